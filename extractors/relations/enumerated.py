"""Things numbered inside running text: ``(1) …; (2) …``, ``Tổ 1 …; Tổ 2 …``, and lines such as ``Tiêu chuẩn 3: …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_KINDS = "tổ|nhóm|bảng|đợt|vòng|bước|giai đoạn|phần|đoàn|chặng|tiểu ban|nhóm lớp"
_KINDS_AT = Words(tuple(f"{kind} 1" for kind in _KINDS.split("|")))
#: How many of a kind there are, right before the first of them: ``3 tổ công tác: Tổ 1 …``.
_ANNOUNCED = re.compile(
    rf"(?<![\d.,/-])(?P<n>\d{{1,2}}) (?P<kind>{_KINDS})(?: (?!và|gồm|với)[^\W\d_]+){{0,4}}"
    r"(?: gồm| như sau)?: ?(?P=kind) 1(?!\d)"
)
_SEMICOLON = re.compile(r"[.;](?=\s|$)")
_MARKS = {
    "(": re.compile(r"(?:^|(?<=[:;,.] )|(?<=[:;,.]))\((?P<n>\d{1,2})\) ?(?=[^\W\d_])"),
    "1": re.compile(r"(?<=[:;,.] )(?P<n>\d{1,2})\. ?(?=[^\W\d_])"),
    "a": re.compile(r"(?:^|(?<=[:;,.] ))(?P<n>[a-eghđ])\) ?(?=[^\W\d_])"),
}
_MARKS_AT = {
    "(": Words(("(1)",)),
    "1": Words((": 1. ", "; 1. ", ". 1. ", ", 1. ", ": 1.", "; 1.")),
    "a": Words((" a) ", ":a) ")),
}
_ALPHABETS = ("abcdđegh", "abcdegh")
_LEAST = 3
_SHOWN = 60
_LINE = re.compile(r"(?P<kind>tiêu chuẩn|nhiệm vụ|bước|giải pháp|chuyên đề|mô đun) (?P<n>\d{1,2}) ?[:.] ?(?=[^\W\d_])")
#: With one of these such a line begins.
_LINE_INITIALS = "tnbgcm"
_LINE_AT = Words(("tiêu chuẩn ", "nhiệm vụ ", "bước ", "giải pháp ", "chuyên đề ", "mô đun "))


def find_enumerated(reading: Reading) -> Iterator[Relation]:
    """Lists of the numbered kinds that a number announces, and the sequences of numbers inside paragraphs and of lines.

    A sequence counts on from 1 but for one place.
    """
    if not any(
        holds(words, reading.lower, 0, len(reading.lower)) for words in (_KINDS_AT, *_MARKS_AT.values(), _LINE_AT)
    ):
        return
    lines: dict[str, list[tuple[int, Block]]] = {}
    for block in reading.document.blocks:
        if block.kind in ("cell", "junk", "caption"):
            continue
        if holds(_KINDS_AT, reading.lower, block.body, block.end):
            yield from _kinds(reading, block)
        for sign, pattern in _MARKS.items():
            if holds(_MARKS_AT[sign], reading.lower, block.body, block.end):
                yield from _inside(reading, block, pattern)
        if block.marker is not None or reading.lower[block.body : block.body + 1] not in _LINE_INITIALS:
            continue
        if (match := _LINE.match(reading.lower, block.body, block.end)) is not None:
            number, found = int(match["n"]), lines.setdefault(match["kind"], [])
            if number == 1 and found:
                yield from _lines(reading, match["kind"], found)
                found.clear()
            found.append((number, block))
    for kind, found in lines.items():
        yield from _lines(reading, kind, found)


def _kinds(reading: Reading, block: Block) -> Iterator[Relation]:
    for match in _ANNOUNCED.finditer(reading.lower, block.body, block.end):
        first = match.end() - len(match["kind"]) - 2
        marks = list(re.finditer(rf"(?<!\w){match['kind']} (\d{{1,2}})(?!\d)", reading.lower[first : block.end]))
        opens = [
            m for m in marks if m.start() == 0 or reading.lower[: first + m.start()].rstrip()[-1:] in (";", ".", ",")
        ]
        numbers = [int(m[1]) for m in opens]
        if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
            continue
        whole = reading.quantity(int(match["n"]), match.span("n"), (match.start(), match.end("kind")))
        starts = [first + m.start() for m in opens]
        ends = [*starts[1:], block.end]
        parts = tuple(reading.thing(a, b) for a, b in zip(starts, ends, strict=True))
        yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue=":")


def _inside(reading: Reading, block: Block, pattern: re.Pattern[str]) -> Iterator[Relation]:
    marks = list(pattern.finditer(reading.lower, block.body, block.end))
    if len(marks) < _LEAST:
        return
    readings = (
        [[int(m["n"]) for m in marks]]
        if marks[0]["n"].isdigit()
        else [
            [alphabet.index(m["n"]) + 1 for m in marks]
            for alphabet in _ALPHABETS
            if all(m["n"] in alphabet for m in marks)
        ]
    )
    numbers = min(readings, key=_slips, default=[])
    spans = [m.span() for m in marks]
    if numbers and _counts_on(numbers) and not _share_a_place(reading, block, numbers, spans):
        yield _sequence(reading, numbers, spans, [(a, min(b + _SHOWN, block.end)) for a, b in spans])


#: Ranks are told in such words; of two with one rank the next one is left out.
_RANKED = re.compile(r"(?<!\w)(?:thứ tự|xếp (?:hạng|thứ|loại|vị)|thứ hạng|bảng xếp|kết quả xếp)(?!\w)")
_SCORE = re.compile(r"(?<![\d.,])(?P<score>\d+(?:[.,]\d+)?)(?: điểm| đ)?\s*[;.,)]?\s*$")


def _share_a_place(reading: Reading, block: Block, numbers: Sequence[int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a number that stands twice is a rank that two share: their scores are the same, or not told."""
    if len(set(numbers)) == len(numbers) or not _RANKED.search(reading.lower, block.body, spans[0][0]):
        return False
    at = next(index for index in range(1, len(numbers)) if numbers[index] == numbers[index - 1])
    ends = [*(start for start, _ in spans[1:]), block.end]
    scores = [_SCORE.search(reading.lower[spans[i][1] : ends[i]]) for i in (at - 1, at)]
    told = {score["score"] for score in scores if score is not None}
    return len(told) < len(scores)


def _slips(numbers: Sequence[int]) -> int:
    """At how many places numbers do not count on; many where they go back."""
    return sum(b != a + 1 for a, b in pairwise(numbers)) + len(numbers) * any(b < a for a, b in pairwise(numbers))


def _counts_on(numbers: Sequence[int]) -> bool:
    """Whether numbers count on from 1 but for one place, or for one number that stands in the place of another."""
    slips = _slips(numbers)
    return numbers[0] == 1 and (slips <= 1 or (slips == 2 and len(numbers) == numbers[-1]))


def _lines(reading: Reading, kind: str, found: Sequence[tuple[int, Block]]) -> Iterator[Relation]:
    numbers = [number for number, _ in found]
    if len(found) < _LEAST or not _counts_on(numbers):
        return
    heads = [(block.body, block.body + len(kind) + 1 + len(str(number))) for number, block in found]
    yield _sequence(
        reading,
        numbers,
        heads,
        [(a, min(b + _SHOWN, block.end)) for (a, b), (_, block) in zip(heads, found, strict=True)],
    )


def _sequence(
    reading: Reading, numbers: Sequence[int], marks: Sequence[tuple[int, int]], passages: Sequence[tuple[int, int]]
) -> Relation:
    parts = tuple(
        Quantity(
            value=number,
            printed=reading.document.value(*mark).strip(),
            label=" ".join(reading.document.value(mark[1], max(mark[1], passage[1])).split()),
            evidence=reading.evidence(*passage),
        )
        for number, mark, passage in zip(numbers, marks, passages, strict=True)
    )
    return Relation(kind="sequence", whole=None, parts=parts, exhaustive=True, cue="inline")
