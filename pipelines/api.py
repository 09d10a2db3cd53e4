"""The project from Python: records as objects, facts as data frames.

>>> from pipelines.api import extract, facts
>>> records = extract("report.docx")
>>> frame = facts("statistic", where="unit = '%'")
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import BaocaoError, ReadError
from pipelines.extraction import Failure, extract_files
from pipelines.readers import find_files
from pipelines.stores import default_store, open_store
from schemas import Record

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["extract", "facts"]


def extract(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, workers: int = 1) -> list[Record]:
    """The records of a report, of several, or of folders of them: each report's own record first.

    Raises: ReadError for the first file that cannot be read; BaocaoError for one that fails otherwise.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    records: list[Record] = []
    for outcome in extract_files(find_files([Path(path) for path in given]), workers):
        if isinstance(outcome, Failure):
            if outcome.error == ReadError.__name__:
                raise ReadError(outcome.file, outcome.message.removeprefix(f"{outcome.file}: "))
            raise BaocaoError(f"{outcome.message}\n{outcome.details or ''}".rstrip())
        records.extend(outcome.records)
    return records


def facts(type: str, where: str | None = None, *, store: str | None = None) -> pd.DataFrame:
    """The stored facts of a record type, a row each; ``where`` is a SQL condition over the columns.

    ``store`` is the URL of the store: ``$BAOCAO_STORE`` if None, else ``sqlite:///baocao.db``.

    Raises: StoreError where there is no such store; UsageError for an unknown type or column.
    """
    opened = open_store(store or default_store())
    try:
        return opened.facts(type, where)
    finally:
        opened.close()
