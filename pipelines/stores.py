"""Finding the store that a command or a script means."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import StoreError

if TYPE_CHECKING:
    from pipelines.store import Store

#: Where a store is looked for when none is named.
DEFAULT_STORE = "sqlite:///baocao.db"
STORE_VARIABLE = "BAOCAO_STORE"


def default_store() -> str:
    """The URL of the store when none is named: ``$BAOCAO_STORE``, else ``sqlite:///baocao.db``."""
    return os.environ.get(STORE_VARIABLE) or DEFAULT_STORE


def open_store(url: str, *, must_exist: bool = True) -> Store:
    """The store at a URL.

    Raises: StoreError where it cannot be opened, or must exist and does not.
    """
    from pipelines.store import Store

    prefix = "sqlite:///"
    file = url.removeprefix(prefix).split("?")[0]
    if must_exist and url.startswith(prefix) and file != ":memory:" and not Path(file).exists():
        raise StoreError(
            f"{file}: there is no store yet; make it with `baocao ingest PATH`, or name another with --store"
        )
    return Store.open(url)
