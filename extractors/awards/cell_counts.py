"""Prizes that cells tell in words: ``1 HCV, 2 HCĐ`` or ``11 giải`` in a column headed by their contest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.dates import find_dates
from extractors._shared.document import Block
from extractors._shared.grid import Grid
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.table_contests import above, level_named
from schemas.records import Award

#: Between the prizes of one cell.
_BETWEEN = re.compile(r"[\s,;:.+()-]*(?:và)?[\s,;:.+()-]*")


def extract_cell_counts(context: Context, grid: Grid, contests: dict[int, Block]) -> Iterator[Award]:
    """The prizes of the cells below the headings of contests (column: its heading), of whom a row names."""
    document = context.document
    for row in range(grid.header_rows, grid.shape[0]):
        label = grid.cells.get((row, grid.label_col)) if grid.label_col is not None else None
        schools = context.schools_in(label.start, label.end) if label else []
        dates = find_dates(document.text, document.lower, label.start, label.end) if label else []
        year = next((date.iso for date in dates if date.iso), None)
        for col, head in contests.items():
            block = grid.cells.get((row, col))
            atoms = _counted(context, block) if block else []
            if not block or not atoms:
                continue
            level = level_named(context, document.text[head.start : head.end])
            contest = above(context, block) if level else (head.start, head.end)
            level = level or context.level(head, head.end, head.end, contest)
            for atom in atoms:
                yield Award(
                    report=context.report_id,
                    evidence=(document.evidence(atom.start, atom.end), document.evidence(head.start, head.end)),
                    confidence=0.8,
                    kind=atom.kind,  # type: ignore[arg-type]
                    prize=atom.prize,
                    contest=document.value(*contest) if contest else None,
                    level=level,  # type: ignore[arg-type]
                    count=atom.count,
                    participants=atom.of,
                    recipient=document.value(*schools[0][:2]) if schools else None,
                    recipient_kind="school" if schools else None,
                    school=schools[0][2].name if schools else None,
                    period=year or context.period,
                )


def extract_contest_rows(context: Context, grid: Grid, label: int, result: int) -> Iterator[Award]:
    """The prizes of a table with a contest a row: ``Hội thi kể chuyện cấp huyện | Giải Nhì``."""
    document = context.document
    for row in range(grid.header_rows, grid.shape[0]):
        head, block = grid.cells.get((row, label)), grid.cells.get((row, result))
        if head is None or block is None or not document.text[head.start : head.end].strip():
            continue
        contest = (head.start, head.end)
        for atom in context.atoms(block.start, block.end):
            yield Award(
                report=context.report_id,
                evidence=(document.evidence(atom.start, atom.end), document.evidence(*contest)),
                confidence=0.8,
                kind=atom.kind,  # type: ignore[arg-type]
                prize=atom.prize,
                contest=document.value(*contest),
                level=context.level(block, atom.start, atom.end, None) or context.level(head, *contest, contest),  # type: ignore[arg-type]
                count=atom.count or 1,
                participants=atom.of,
                period=context.period,
            )


def _counted(context: Context, block: Block) -> list[Atom]:
    """The prizes of a cell that tells nothing else, each with its number; [] for any other cell."""
    position = block.start
    atoms = context.atoms(block.start, block.end)
    for atom in atoms:
        if not atom.count or not _BETWEEN.fullmatch(context.document.lower, position, atom.start):
            return []
        position = atom.end
    return atoms if _BETWEEN.fullmatch(context.document.lower, position, block.end) else []
