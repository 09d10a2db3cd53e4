"""A report as the extractors read it: blocks of clean text, their outline and what they inherit.

Offsets of a `Document` count characters of its view (`Document.text`); `Document.evidence` and
`Document.value` lead back to the layer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from extractors._shared.dates import DateMention, find_dates
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.markup import SIGNS
from extractors._shared.outline import Marker
from extractors._shared.scan import matches_at
from extractors._shared.view import CAPITAL, View
from schemas.records import Record
from schemas.text import Cell, Evidence, Table, TextLayer

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Under this key of `Doc.user_data` the pipeline leaves the lexicons' terms by group.
TERMS = "baocao_terms"

#: The records found so far, by their type.
Found = Mapping[str, Sequence[Record]]

_SENTENCE_END = re.compile(
    rf"(?<![.!?…])[.!?…]+[)\"”»]*(?=\s+[\"“«(\[]?[{CAPITAL}0-9(+•*-])|(?<=[^\W\d_]{{3}})\.(?=[{CAPITAL}][^\W\d_]*(?![{CAPITAL}])[^\W\d_])"
)
_SENTENCE_SIGN = re.compile(r"[.!?…]")
_HEAD_END = re.compile(r"[:.;](?=\s|$)")
# A dot after these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:tp|ts|ths|th\.s|pgs|gs|tx|tt|q|p|x|kt|tm|tl|t\.m|t/m|gv|hs|đ\.c|v\.v|ks|cn|bs|st|no"
    r"|[ivxlc]+)$",
    re.I,
)
# Nor does one after a number that opens it: ``1. Mục đích``.
_LIST_NUMBER = re.compile(r"\W*\d{1,2}(?:\.\d{1,2})*")


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item or table cell, as a half-open range of the view.

    ``body`` is where the text after the marker begins. ``parent`` is the index of the block whose
    text it stands under. ``kind`` is ``paragraph``, ``heading``, ``item``, ``cell``, ``caption``,
    ``junk`` or one of the zones of `extractors._shared.zones`.
    """

    index: int
    start: int
    end: int
    body: int
    kind: str
    marker: Marker | None = None
    parent: int | None = None
    table: int | None = None
    cell: Cell | None = None
    gap_before: int = 0  # blank lines before it, as in the layer


class Term(NamedTuple):
    """A lexicon entry met in the text: its group, its id and where it stands."""

    start: int
    end: int
    group: str
    id: str


# `Term(…)` itself takes three times as long.
_as_term = tuple.__new__


def _with_starts(spans: list[tuple[int, int, str]]) -> tuple[list[int], list[tuple[int, int, str]]]:
    return [span[0] for span in spans], spans


@dataclass(frozen=True)
class Document:
    """A text layer with its view, blocks and lexicon terms. Built by `extractors.pipeline`."""

    layer: TextLayer
    view: View
    blocks: tuple[Block, ...]
    doc: Doc = field(repr=False)

    @cached_property
    def memory(self) -> dict[object, Any]:
        """What functions of the whole document found in it, by function; see `once`."""
        return {}

    @cached_property
    def text(self) -> str:
        """The view: clean text, blocks separated by ``\\n``."""
        return self.view.text

    @cached_property
    def lower(self) -> str:
        """The view in lower case, position by position."""
        return self.view.lower

    @property
    def tables(self) -> tuple[Table, ...]:
        """The layer's tables; `Block.table` counts in them."""
        return self.layer.tables

    def evidence(self, start: int, end: int) -> Evidence:
        """The layer's passage for a range of the view, without white space at its ends."""
        if (start, end) not in self._passages:
            self._passages[start, end] = self._passage(start, end)
        return self._passages[start, end]

    @cached_property
    def _passages(self) -> dict[tuple[int, int], Evidence]:
        return {}

    def _passage(self, start: int, end: int) -> Evidence:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self.layer.evidence(*self.view.to_layer(start, end))

    def value(self, start: int, end: int) -> str:
        """The report's own spelling of a range of the view on one line, without markup; "" for an empty one."""
        if start >= end:
            return ""
        if (start, end) not in self._spellings:
            first, last = self.view.to_layer(start, end)
            spelling = self.layer.text[first:last]
            if self._has_invisible:
                spelling = spelling.translate(_INVISIBLE)
            if any(sign in spelling for sign in SIGNS):
                spelling = self._without_marks(start, end)
            self._spellings[start, end] = " ".join(spelling.split())
        return self._spellings[start, end]

    def _without_marks(self, start: int, end: int) -> str:
        """The layer's characters of a range of the view; what stands for an entity is the sign that it means."""
        text, shown = self.layer.text, self.view.text
        return "".join(
            shown[at] if text[offset] in "&\n" else text[offset]
            for at, offset in enumerate(self.view.offsets[start:end], start)
        )

    @cached_property
    def _spellings(self) -> dict[tuple[int, int], str]:
        return {}

    @cached_property
    def _has_invisible(self) -> bool:
        return any(chr(sign) in self.layer.text for sign in _INVISIBLE)

    def block_at(self, offset: int) -> Block:
        """The block in which an offset of the view stands."""
        return self.blocks[bisect_right(self._starts, offset, 1) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block_text(self, block: Block) -> str:
        """A block's text after its marker."""
        return self.text[block.body : block.end]

    def ancestors(self, block: Block) -> Iterator[Block]:
        """The blocks that it stands under, the nearest first."""
        while block.parent is not None:
            block = self.blocks[block.parent]
            yield block

    def head(self, block: Block) -> tuple[int, int]:
        """The range of a block's head: up to its first colon or sentence end."""
        if block.index not in self._heads:
            match = _HEAD_END.search(self.text, block.body, block.end)
            self._heads[block.index] = block.body, match.start() if match else block.end
        return self._heads[block.index]

    @cached_property
    def _heads(self) -> dict[int, tuple[int, int]]:
        return {}

    @cached_property
    def _levels(self) -> dict[int, str | None]:
        levels: dict[int, str | None] = {}
        for block in self.blocks:
            own = self.head_level(block)
            levels[block.index] = own or (levels.get(block.parent) if block.parent is not None else None)
        return levels

    def head_level(self, block: Block) -> str | None:
        """The school level that a block's own head names, if it names exactly one."""
        if block.kind not in ("heading", "item"):
            return None
        start, end = self.head(block)
        if end - start > 120:
            return None
        found = {level for _, _, level in find_levels(self.text, self.lower, start, end)}
        return join_levels(list(found)) if len(found) == 1 else None

    def level(self, block: Block) -> str | None:
        """The school level under which a block stands, by its own head or the heads above it."""
        return self._levels[block.index]

    def sentences(self, block: Block) -> list[tuple[int, int]]:
        """The sentences of a block after its marker, as ranges of the view."""
        if block.index not in self._sentences:
            self._sentences[block.index] = self._split(block)
        return self._sentences[block.index]

    @cached_property
    def _sentences(self) -> dict[int, list[tuple[int, int]]]:
        return {}

    def _split(self, block: Block) -> list[tuple[int, int]]:
        ranges, start = [], block.body
        for match in matches_at(_SENTENCE_END, _SENTENCE_SIGN, self.text, block.body, block.end):
            if match.group(0) == "." and (
                _ABBREVIATION.search(self.text, max(start, match.start() - 8), match.start())
                or _LIST_NUMBER.fullmatch(self.text, start, match.start())
            ):
                continue
            ranges.append((start, match.end()))
            start = match.end()
            while start < block.end and self.text[start] == " ":
                start += 1
        if start < block.end:
            ranges.append((start, block.end))
        return ranges

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence in which an offset stands."""
        block = self.block_at(offset)
        sentences = self.sentences(block)
        before = bisect_right(sentences, (offset, len(self.text)))
        if before and offset < sentences[before - 1][1]:
            return sentences[before - 1]
        return block.start, block.end

    @cached_property
    def _terms(self) -> dict[str, tuple[list[int], list[tuple[int, int, str]]]]:
        """Of the groups asked for where their terms start, and where they end and which they are, in order."""
        return {}

    def terms(self, group: str, start: int = 0, end: int | None = None) -> list[Term]:
        """The terms of a lexicon group inside a range, in order, the longest where they overlap."""
        if group not in self._terms:
            self._terms[group] = _with_starts(self.doc.user_data[TERMS][group])
        starts, spans = self._terms[group]
        last = len(self.text) if end is None else end
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= last:
            return []  # most ranges hold none
        stop = bisect_left(starts, last, first)
        # Terms do not overlap: only the last one can reach over the end.
        if spans[stop - 1][1] > last:
            stop -= 1
        # There are ten thousand in a text, and few are asked for: only those become terms.
        return [_as_term(Term, (start, end, group, entry)) for start, end, entry in spans[first:stop]]

    @cached_property
    def dates(self) -> list[DateMention]:
        """Every date, school year and term of the view, in order."""
        return find_dates(self.text, self.lower)

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        """The dates inside a range."""
        first = bisect_left(self.dates, start, key=lambda mention: mention.start)
        last = bisect_left(self.dates, end, key=lambda mention: mention.start)
        return [mention for mention in self.dates[first:last] if mention.end <= end]

    def prose(self) -> Iterator[Block]:
        """The blocks that hold running text: all but table cells and junk."""
        return (block for block in self.blocks if block.kind not in ("cell", "junk"))

    def cells(self, table: int) -> list[Block]:
        """The cells of a table, row by row."""
        return self._cells.get(table, [])

    @cached_property
    def _cells(self) -> dict[int, list[Block]]:
        cells: dict[int, list[Block]] = {}
        for block in self.blocks:
            if block.table is not None:
                cells.setdefault(block.table, []).append(block)
        return cells


_Result = TypeVar("_Result")


def once(find: Callable[[Document], _Result]) -> Callable[[Document], _Result]:
    """A function of the whole document that several topics ask for, worked out once for each document."""

    def remembered(document: Document) -> _Result:
        if find not in document.memory:
            document.memory[find] = find(document)
        result: _Result = document.memory[find]
        return result

    return wraps(find)(remembered)


def once_there(find: Callable[[Document, int, int], _Result]) -> Callable[[Document, int, int], _Result]:
    """A function of two positions of a document that several rules ask for, worked out once for each two."""

    def remembered(document: Document, start: int, end: int) -> _Result:
        known: dict[tuple[int, int], _Result] = document.memory.setdefault(find, {})
        if (start, end) not in known:
            known[start, end] = find(document, start, end)
        return known[start, end]

    return wraps(find)(remembered)


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
