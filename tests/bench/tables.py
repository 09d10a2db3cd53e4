"""How much of the corpus's tables comes back from each format: cells with the headings above them.

usage: python -m tests.bench.tables

A cell is recovered where its value and the headings above it, from the top down, are those of the source.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.readers import read
from schemas import TextLayer
from tests.corpus_tools.build import render, sources
from tests.corpus_tools.markup import Grid, Source
from tests.corpus_tools.render_sheet import to_xlsx

FORMATS = ("docx", "pdf", "html", "xlsx")
#: A value and the headings above it.
Fact = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Placed:
    """A cell of a table, of a source or as it was read."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    header: bool


@dataclass
class Result:
    """Cells of one format: how many came back with their headings, of how many, and some that did not."""

    right: int = 0
    total: int = 0
    missed: list[str] | None = None

    @property
    def share(self) -> float:
        """Share of the cells that came back."""
        return self.right / self.total if self.total else 1.0


def _folded(text: str) -> str:
    return " ".join(text.split())


def _of_source(grid: Grid) -> list[Placed]:
    return [
        Placed(cell.row, cell.col, cell.row_span, cell.col_span, _folded(cell.line.text), cell.header)
        for cell in grid.cells
    ]


def _of_layer(layer: TextLayer) -> list[list[Placed]]:
    return [
        [
            Placed(
                cell.row,
                cell.col,
                cell.row_span,
                cell.col_span,
                _folded(layer.text[cell.start : cell.end]),
                cell.header,
            )
            for cell in table.cells
        ]
        for table in layer.tables
    ]


def facts(cells: Sequence[Placed]) -> dict[tuple[int, int], Fact]:
    """The cells that hold a value, by place, each with its headings."""
    headings = [cell for cell in cells if cell.header and cell.text]
    return {
        (cell.row, cell.col): (
            cell.text,
            tuple(
                heading.text
                for heading in sorted(headings, key=lambda heading: heading.row)
                if heading.col <= cell.col < heading.col + heading.col_span and heading.row < cell.row
            ),
        )
        for cell in cells
        if cell.text and not cell.header
    }


def measure(source: Source, suffix: str) -> Result:
    """The cells of one report in one format."""
    wanted = [facts(_of_source(block)) for block in source.blocks if isinstance(block, Grid)]
    result = Result(missed=[])
    if not any(wanted):
        return result
    data = to_xlsx(source) if suffix == "xlsx" else render(source, suffix)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{source.name}.{suffix}")
        path.write_bytes(data)
        found = [facts(cells) for cells in _of_layer(read(path))]
    for table in wanted:
        best = max(found, key=lambda other: sum(other.get(place) == fact for place, fact in table.items()), default={})
        for place, fact in table.items():
            result.total += 1
            if best.get(place) == fact:
                result.right += 1
            elif result.missed is not None:
                result.missed.append(f"{source.name}.{suffix} {place}: {fact} is {best.get(place)}")
    return result


def results(formats: Sequence[str] = FORMATS) -> Iterator[tuple[str, Result]]:
    """Each format with the cells of all reports."""
    for suffix in formats:
        whole = Result(missed=[])
        for source in sources():
            one = measure(source, suffix)
            whole.right += one.right
            whole.total += one.total
            if whole.missed is not None:
                whole.missed += one.missed or []
        yield suffix, whole


def main() -> None:
    """Prints a line for each format, and the first cells that did not come back."""
    for suffix, result in results():
        print(f"{suffix:5} {result.share:8.2%} of {result.total} cells with their headings")
        for line in (result.missed or [])[:10]:
            print(f"      {line}")


if __name__ == "__main__":
    main()
