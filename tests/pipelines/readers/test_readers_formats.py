"""One report in several formats gives the same records, and its scan nearly all of them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from reader_files import needs_tesseract

from pipelines.readers import find_files, read
from tests.corpus_tools.formats import lost_and_gained, record_values, share
from tests.corpus_tools.scans import CLEAN, as_pdf, scan

REPORTS = Path(__file__).parents[3] / "corpus" / "reports"


def in_several_formats() -> dict[str, list[Path]]:
    versions: defaultdict[str, list[Path]] = defaultdict(list)
    for path in find_files([REPORTS]):
        versions[path.stem].append(path)
    return {name: paths for name, paths in versions.items() if len(paths) > 1}


def comparisons() -> list[object]:
    """Each file of a report with the file that it is compared with: its docx, else its pdf, else its html."""
    cases = []
    for name, paths in in_several_formats().items():
        first = min(paths, key=lambda path: (".docx", ".pdf", ".html", ".txt").index(path.suffix))
        for path in paths:
            if path != first:
                cases.append(pytest.param(first, path, id=f"{name}{path.suffix}"))
    return cases


def test_there_are_enough_reports_in_several_formats() -> None:
    versions = in_several_formats().values()
    assert len(versions) >= 20
    assert sum({path.suffix for path in paths} == {".docx", ".html", ".pdf", ".txt"} for paths in versions) >= 10


@pytest.mark.parametrize(("first", "other"), comparisons())
def test_formats_give_the_same_records(first: Path, other: Path) -> None:
    lost, gained = lost_and_gained(record_values(read(first)), record_values(read(other)))
    assert (lost, gained) == ([], [])


@needs_tesseract()
def test_a_scan_gives_nearly_the_same_records(tmp_path: Path) -> None:
    # One short report here; `tests.bench.ocr` takes them all.
    path = REPORTS / "xa-hoa-loc-ke-hoach-2025-2026.pdf"
    (tmp_path / "scan.pdf").write_bytes(as_pdf(scan(path, CLEAN), CLEAN.dpi))
    known, found = record_values(read(path)), record_values(read(tmp_path / "scan.pdf"))
    assert share(known, found) >= 0.9, lost_and_gained(known, found)
