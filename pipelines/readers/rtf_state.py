"""What an RTF reader keeps in mind on its way: the state of a group, a row as it is described, a flow."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.readers.flow import EdgeCell, Item
from pipelines.readers.runs import Run

#: Code pages by the numbers of character sets.
CODE_PAGES = {
    "77": "mac_roman", "128": "cp932", "129": "cp949", "134": "gbk", "136": "big5", "161": "cp1253", "162": "cp1254",
    "163": "cp1258", "177": "cp1255", "178": "cp1256", "186": "cp1257", "204": "cp1251", "222": "cp874",
    "238": "cp1250",
}  # fmt: skip


@dataclass(frozen=True)
class State:
    """What holds in a group, and for what follows in it."""

    target: str = "body"
    font: str = ""
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1  # characters that stand behind a \\u for readers that do not know it


@dataclass
class Row:
    """The description of a table row, as far as it was met."""

    edges: list[int] = field(default_factory=list)
    flags: list[frozenset[str]] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    left: int = 0
    header: bool = False


@dataclass
class Story:
    """A flow under construction: the body, a note or a text box."""

    items: list[Item] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    cell: list[Item] = field(default_factory=list)
    cells: list[list[Item]] = field(default_factory=list)
    rows: list[list[EdgeCell]] = field(default_factory=list)
    in_table: bool = False
    outline: int | None = None
    level: int | None = None


def edge_cells(cells: list[list[Item]], row: Row) -> list[EdgeCell]:
    """The cells of a row with their borders; those merged into their left neighbour widen it."""
    edges = [row.left, *row.edges]
    if len(edges) <= len(cells) or edges != sorted(edges):
        edges = list(range(0, 1440 * (len(cells) + 1), 1440))
    placed: list[EdgeCell] = []
    for index, content in enumerate(cells):
        flags = row.flags[index] if index < len(row.flags) else frozenset()
        if "clmrg" in flags and placed:
            placed[-1].right = edges[index + 1]
            placed[-1].content.extend(content)
            continue
        placed.append(
            EdgeCell(
                edges[index],
                edges[index + 1],
                content,
                restarts="clvmgf" in flags,
                continues="clvmrg" in flags,
                header=row.header or None,
            )
        )
    return placed
