"""The gold files of a folder and the reports they belong to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.errors import UsageError
from pipelines.evaluate.compare import MEASURES


def find_golds(gold_dir: Path, reports_dir: Path | None = None) -> list[tuple[Path, Mapping[str, Any]]]:
    """Each report with its gold, in the order of the gold files' names.

    Raises: UsageError for a folder without gold, a gold file that is none and a report that is not found.
    """
    if not gold_dir.is_dir():
        raise UsageError(f"{gold_dir}: is no folder; give the folder that holds the gold files")
    golds = [(path, load_gold(path)) for path in sorted(gold_dir.glob("*.json"))]
    if not golds:
        raise UsageError(f"{gold_dir}: holds no gold (*.json); give the folder that holds the gold files")
    return [(_find_report(path, str(gold["file"]), gold_dir, reports_dir), gold) for path, gold in golds]


def load_gold(path: Path) -> Mapping[str, Any]:
    """The content of a gold file.

    Raises: UsageError where it is none.
    """
    try:
        gold = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: is no gold file that can be read ({error}); correct or remove it") from error
    if not isinstance(gold, dict) or not isinstance(gold.get("file"), str):
        raise UsageError(f"{path}: names no report in `file`; correct it or take it out of the folder")
    known = {measure.type for measure in MEASURES}
    if any(not isinstance(gold.get(kind) or [], list) for kind in known):
        raise UsageError(f"{path}: a record type holds no list; correct it or take it out of the folder")
    return gold


def _find_report(gold: Path, file: str, gold_dir: Path, reports_dir: Path | None) -> Path:
    folders = [gold.parent, gold_dir, gold_dir.resolve().parent, gold_dir.resolve().parent / "reports"]
    if reports_dir is not None:
        folders.insert(0, reports_dir)
    for folder in folders:
        if (folder / file).is_file():
            return folder / file
    raise UsageError(f"{gold}: its report {file} is not found; put it beside the gold folder in `reports`")
