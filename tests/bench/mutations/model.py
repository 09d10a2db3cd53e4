"""What is broken, where, and how a text layer is edited without moving its tables from their text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, is_dataclass, replace
from typing import Any

from schemas import TextLayer

_BREAK = "\n"


@dataclass(frozen=True)
class Edit:
    """A half-open range of a text and what stands there instead."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Mutation:
    """One broken relation of one report.

    ``rule`` is the rule that must find it, ``how`` what was done; ``beside`` is another report that takes part.
    ``fields`` are set in the report's own record and ``beside_fields`` in the other's, where the two must be of one
    office for the passage to be a copy.
    """

    rule: str
    how: str
    report: str
    edits: tuple[Edit, ...]
    beside: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    beside_fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """An intact report: its name, its layer, and its gold records by type (empty where it has none)."""

    name: str
    layer: TextLayer
    gold: dict[str, Any]

    def records(self, kind: str) -> list[dict[str, Any]]:
        """The sure gold records of a type."""
        return [row for row in self.gold.get(kind, []) if row.get("sure", True)]

    def place(self, quote: str) -> tuple[int, int] | None:
        """Where a quote stands, white space folded; None where it stands nowhere or more than once."""
        found = self._folded.find(" ".join(quote.split()))
        if found < 0 or self._folded.find(" ".join(quote.split()), found + 1) >= 0:
            return None
        last = found + len(" ".join(quote.split())) - 1
        return self._offsets[found], self._offsets[last] + 1

    @property
    def _folded(self) -> str:
        return _fold(self.layer.text)[0]

    @property
    def _offsets(self) -> list[int]:
        return _fold(self.layer.text)[1]

    def prose(self) -> Iterator[tuple[int, int]]:
        """The lines outside tables, as ranges of the text."""
        start = 0
        for line in self.layer.text.split(_BREAK):
            end = start + len(line)
            if line.strip() and not any(table.start <= start < table.end for table in self.layer.tables):
                yield start, end
            start = end + 1


_FOLDED: dict[int, tuple[str, list[int]]] = {}


def _fold(text: str) -> tuple[str, list[int]]:
    """The text with runs of white space as one space, and where each of its characters stands."""
    if id(text) not in _FOLDED:
        chars: list[str] = []
        offsets: list[int] = []
        for offset, char in enumerate(text):
            if not char.isspace():
                chars.append(char)
                offsets.append(offset)
            elif chars and chars[-1] != " ":
                chars.append(" ")
                offsets.append(offset)
        _FOLDED[id(text)] = "".join(chars), offsets
    return _FOLDED[id(text)]


def apply(layer: TextLayer, edits: Sequence[Edit]) -> TextLayer:
    """The layer with its edits made; tables, blocks and pages keep their text."""
    text = layer.text
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]

    def moved(offset: int) -> int:
        return offset + sum(len(edit.new) - (edit.end - edit.start) for edit in edits if edit.end <= offset)

    def model(part: Any, **more: Any) -> Any:
        new = {"start": moved(part.start), "end": moved(part.end), **more}
        return replace(part, **new) if is_dataclass(part) else part.model_copy(update=new)

    return TextLayer(
        id=hashlib.sha256(text.encode()).hexdigest(),
        file=layer.file,
        media_type=layer.media_type,
        text=text,
        pages=tuple(model(page) for page in layer.pages),
        tables=tuple(model(table, cells=tuple(model(cell) for cell in table.cells)) for table in layer.tables),
        blocks=tuple(model(block) for block in layer.blocks),
    )
