"""The project's own reports: one report in several formats is one text."""

from collections import defaultdict
from pathlib import Path

import pytest

from pipelines.readers import find_files, read
from schemas import canonical_text

REPORTS = Path(__file__).parents[3] / "corpus" / "reports"


def in_several_formats() -> list[list[Path]]:
    """Reports that exist in more than one of the formats whose layout is read (txt has none)."""
    versions: defaultdict[str, list[Path]] = defaultdict(list)
    for path in find_files([REPORTS]):
        if path.suffix != ".txt":
            versions[path.stem].append(path)
    return [paths for paths in versions.values() if len(paths) > 1]


@pytest.mark.parametrize("paths", in_several_formats(), ids=lambda paths: paths[0].stem)
def test_formats_of_one_report_give_the_same_lines(paths: list[Path]) -> None:
    texts = {path.suffix: [" ".join(line.split()) for line in read(path).text.splitlines()] for path in paths}
    first, *others = texts.values()
    assert all(other == first for other in others), sorted(texts)


def test_there_is_something_to_compare() -> None:
    assert in_several_formats()


@pytest.mark.parametrize("path", find_files([REPORTS]), ids=lambda path: path.name)
def test_every_layer_keeps_its_laws(path: Path) -> None:
    layer = read(path)
    assert layer.text == canonical_text(layer.text)
    for table in layer.tables:
        cells = sorted((cell for cell in table.cells if cell.end > cell.start), key=lambda cell: (cell.row, cell.col))
        assert [cell.start for cell in cells] == sorted(cell.start for cell in cells)
        assert table.start == cells[0].start
        assert table.end == cells[-1].end
        assert any(cell.header for cell in cells)
    ends = [0, *(page.end for page in layer.pages)]
    assert [page.start for page in layer.pages] == ends[:-1]
    assert all(layer.text[block.start : block.end].strip() for block in layer.blocks)
