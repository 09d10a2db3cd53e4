"""The headings of a table that was flattened to lines: where they begin, what each column holds, what spans what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower

_WORD = re.compile(r"\S+")
#: No heading of the lexicon has more words.
_LONGEST_FORM = 7
_SPACES = re.compile(r"\s+")
_NOTE = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r"\s*(?:[,;/]|\s[-–]\s|\bvà\b|\bhoặc\b)\s*")
#: ``Lớp 6``, ``Năm 2019``, ``2020-2021``, ``3-4 tuổi``: headings of columns of figures that no list could hold.
_NUMBERED = re.compile(
    r"(?:(?:khối|lớp|khối lớp|năm|năm học|tháng|đợt|vòng|hk|học kỳ|kỳ|quý|sơ bộ|ước|ước tính) ?)?"
    r"[\divx]{1,4}(?: ?[-–/] ?\d{1,4})?(?: tuổi| tháng)?"
)
_LONGEST, _MOST = 70, 40
#: What may have something of another kind beside it in its cells.
_OPEN = frozenset({"name", "post", "school", "text", "any"})
#: A heading spans two others at least: ``SL`` / ``TL``.
_PAIR, _MOST_GROUPS, _MOST_WAYS, _WAYS = 2, 5, 3000, 8
#: How likely a heading of a kind stands over others, and below others.
_GROUPED, _UNLIKELY = 2.0, -3.0
_SPANNING = {"any": 0.6, "grade": 0.6, "result": 0.8, "free": 0.6, "figure": -0.8}
_LEAF = {"share": 0.6, "grade": 0.5, "figure": 0.1, "sex": 0.2, "result": -0.3}
#: The same for headings of any other kind, which stand over figures where they stand below others.
_OTHER_LEAF = {"any": 0.0, "free": 0.0, "text": -0.7, "mark": -0.3, "class": -0.3, "school": -0.8}
_WHOLE = ("ts", "tổng số", "tổng", "cộng")
#: With the highest grade a series begins.
_HIGHEST = ("tốt", "giỏi", "xuất sắc", "vàng", "nhất", "sl", "số lượng")
#: What a degree of training stands over.
_DEGREES = frozenset({"sơ cấp", "trung cấp", "cao đẳng", "đại học", "thạc sĩ", "thạc sỹ", "đạt chuẩn", "trên chuẩn"})


class Line(NamedTuple):
    """A line of the text that is not empty, without the blanks around it and the signs in it that are not printed.

    ``places`` are the offsets of its characters where such signs stand among them.
    """

    start: int
    end: int
    text: str
    places: tuple[int, ...] = ()

    def part(self, first: int, last: int) -> Line:
        """The part of a line between two positions of its text."""
        if not self.places:
            return Line(self.start + first, self.start + last, self.text[first:last])
        return Line(self.places[first], self.places[last - 1] + 1, self.text[first:last], self.places[first:last])


@dataclass(frozen=True)
class Heading:
    """One heading: its range, the columns it stands over, its row, and the kind of what is below it.

    ``kind`` is one of ``columns.yml``, ``counter`` or ``any``; ``mixed`` says that the cells below hold more
    than one thing (``Họ và tên, cơ quan công tác``).
    """

    start: int
    end: int
    kind: str
    mixed: bool = False
    col: int = 0
    span: int = 1
    row: int = 0
    rows: int = 1


@lru_cache(maxsize=4096)  # headings are tried in many ways
def fold(text: str) -> str:
    """A heading as the lexicon writes it: in lower case, without notes, signs and stray blanks."""
    plain = lower(fold_tone_style(_NOTE.sub(" ", text)))
    return _SPACES.sub(" ", plain.replace("*", " ")).strip(" .:-_")


@cache
def _kinds() -> dict[str, str]:
    rows = load_lexicon("extractors._shared", "columns.yml")["column"]
    return {lower(fold_tone_style(form)): entry.value or "" for entry in rows for form in entry.forms}


@cache
def _forms(group: str) -> frozenset[str]:
    rows = load_lexicon("extractors._shared", "columns.yml")[group]
    return frozenset(lower(fold_tone_style(form)) for entry in rows for form in entry.forms)


def is_counter(text: str) -> bool:
    """Whether a line heads the column that numbers the rows: ``TT``."""
    return fold(text) in _forms("column_counter")


def is_rank(text: str) -> bool:
    """Whether a line heads the column of ranks, which counts the rows too: ``Hạng``."""
    return fold(text) in _forms("column_rank")


def is_ordinal(text: str) -> bool:
    """Whether the rows below a heading are named by numbers that count on: ``Khối``, ``Năm``."""
    return fold(text) in ("khối", "lớp", "khối lớp", "năm", "tháng", "tuần")


def is_group(text: str) -> bool:
    """Whether a heading only stands above others: ``Chia ra theo khối lớp``."""
    folded = fold(text)
    return folded in _forms("column_group") or folded.startswith(("chia ra", "chia theo", "phân theo", "trong đó"))


@lru_cache(maxsize=4096)
def kind_of(text: str) -> tuple[str, bool]:
    """The kind of what stands below a heading and whether it asks for several things; ``any`` where it is not known."""
    folded = fold(text)
    kinds = _kinds()
    if folded in kinds:
        return kinds[folded], False
    if _NUMBERED.fullmatch(folded) or folded.startswith(("tháng ", "năm học ", "hk")):
        return "figure", False
    said = [kinds.get(part, "any") for part in _PARTS.split(folded) if part]
    if said and said[0] != "any":
        return said[0] if said[0] in _OPEN or len(set(said)) == 1 else "free", len(set(said)) > 1
    known = next((form for form in _openings(folded) if form in kinds), None)
    return (kinds[known], _PARTS.match(folded, len(known)) is not None) if known else ("any", False)


def _openings(folded: str) -> list[str]:
    """A heading cut after its words, the longest first: of ``chức vụ cao nhất`` ``chức vụ``."""
    words = folded.split()
    return [" ".join(words[:count]).rstrip(" ,;:/-") for count in range(len(words) - 1, 1, -1)]


def gather(lines: Sequence[Line], first: int, last: int) -> list[Line] | None:
    """The headings in a range of lines, wrapped ones joined; None where a line is too long to be one."""
    if last - first > _MOST:
        return None
    heads: list[Line] = []
    for at, line in enumerate(lines[first:last], first + 1):
        follows = lines[at].text if at < last else ""
        if len(line.text) > _LONGEST or line.text.endswith((";", "...")):
            return None
        goes_on = (
            line.text[0].islower() and fold(line.text) not in _kinds() and not _NUMBERED.fullmatch(fold(line.text))
        )
        if heads and (
            goes_on
            or _is_one(heads[-1].text, line.text, follows)
            or line.text[0] == "("
            or heads[-1].text.endswith((",", "/", "-", "và"))
        ):
            above = heads.pop()
            line = Line(above.start, line.end, f"{above.text} {line.text}")
        heads.append(line)
    return heads


#: A heading told in two lines: the word for years and which they are, how sure they are, what the whole counts.
_OF_YEARS = re.compile(r"(?:năm(?: học)?|sơ bộ|ước(?: tính)?|chính thức)")
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)?")
_WHOLE_OF = re.compile(r"ts|tổng số|tổng|số")
_COUNTED = frozenset({"hs", "học sinh", "gv", "giáo viên", "trẻ", "cháu", "em", "lớp", "cb, gv, nv", "cbgvnv"})


def _is_one(above: str, below: str, follows: str) -> bool:
    """Whether two lines are one heading: ``Năm học`` / ``2019-2020``, ``TS`` / ``HS``.

    Where another year ``follows``, the first stands in the corner, above years that are headings each.
    """
    said = fold(above)
    if _OF_YEARS.fullmatch(said):
        return _YEARS.fullmatch(below.strip(" .*")) is not None and _YEARS.fullmatch(follows.strip(" .*")) is None
    return _WHOLE_OF.fullmatch(said) is not None and fold(below) in _COUNTED


def opens_row_of_headings(text: str) -> bool:
    """Whether a line begins with ``TT`` and has more behind it."""
    first, _, rest = text.partition(" ")
    return bool(rest) and fold(first) in _forms("column_counter")


def spread(lines: Sequence[Line], first: int, last: int) -> list[Line] | None:
    """The headings that stand side by side in a range of lines: ``TT Họ và tên Chức vụ`` / ``hiện nay Ghi chú``.

    Words that are no heading go on the one before. None where less than three are found (two where the first is over
    years) or most words are none.
    """
    words = [line.part(*word.span()) for line in lines[first:last] for word in _WORD.finditer(line.text)]
    heads: list[list[Line]] = []
    known, index = 0, 0
    while index < len(words):
        size = next((size for size in range(_LONGEST_FORM, 0, -1) if _is_form(words[index : index + size], size)), 0)
        if heads and (not size or heads[-1][-1].text.endswith((",", "/"))):
            heads[-1] += words[index : index + max(size, 1)]
        elif size:
            heads.append(words[index : index + size])
        else:
            return None
        known += size
        index += max(size, 1)
    if len(heads) < _PAIR or known * 3 < len(words) * 2:
        return None
    found = [Line(head[0].start, head[-1].end, " ".join(word.text for word in head)) for head in heads]
    return found if len(found) > _PAIR or kind_of(found[0].text)[0] == "year" else None


def parted(heads: Sequence[Line], width: int) -> list[Line]:
    """The headings as so many as there are columns: ``Môn dự thi`` over two of them is ``Môn`` and ``dự thi``.

    The same ones where it cannot be told which of them are two.
    """
    halves = {index: half for index, head in enumerate(heads) if (half := _halves(head))}
    if len(heads) + len(halves) != width:
        return list(heads)
    return [part for index, head in enumerate(heads) for part in halves.get(index, (head,))]


def _halves(head: Line) -> tuple[Line, Line] | None:
    """The two headings of the lexicon that stand in one, the second with a capital; None where there are none."""
    for space in re.finditer(" ", head.text):
        one, two = head.part(0, space.start()), head.part(space.end(), len(head.text))
        if two.text[0].isupper() and fold(one.text) in _kinds() and fold(two.text) in _kinds():
            return one, two
    return None


def _is_form(words: Sequence[Line], size: int) -> bool:
    """Whether so many words are a heading; a single one begins with a capital."""
    said = fold(" ".join(word.text for word in words).rstrip(",/"))
    if len(words) < size or not words[0].text[0].isupper():
        return len(words) == size > 1 and said in _kinds()
    return said in _kinds() or said in _forms("column_counter") or is_group(said)


def arrange(heads: Sequence[Line], widths: Iterable[int]) -> list[tuple[float, list[Heading]]]:
    """The ways in which headings can stand over columns, the likeliest first, and how likely each is.

    In one row, or in two: of ten headings over eight columns two span others (``Giỏi`` / ``Khá`` / ``SL`` / ``TL``
    / ``SL`` / ``TL``). ``widths`` are the numbers of columns that the rows may have.
    """
    ways = [(0.0, [_heading(head, col) for col, head in enumerate(heads)])]
    for rare, width in enumerate(widths):
        ways += [(likely - 0.7 * rare, way) for likely, way in _in_two_rows(heads, len(heads) - width)]
    return sorted(ways, key=lambda way: -way[0])[:_WAYS]


def _in_two_rows(heads: Sequence[Line], count: int) -> list[tuple[float, list[Heading]]]:
    """The ways in which so many headings of the first row span all of the second."""
    ways: list[tuple[float, list[Heading]]] = []
    if not 0 < count <= _MOST_GROUPS:
        return ways
    for first in range(count + 1, len(heads) - _PAIR * count + 1):
        for groups in combinations(range(1, first), count):
            for spans in _parts(len(heads) - first, count):
                ways.append(_two_rows(heads, first, dict(zip(groups, spans, strict=True))))
                if len(ways) >= _MOST_WAYS:
                    return ways
    return ways


def _parts(whole: int, count: int) -> list[tuple[int, ...]]:
    """The ways to part a number of subheadings among groups, two at least for each."""
    if count == 1:
        return [(whole,)]
    return [
        (first, *rest)
        for first in range(_PAIR, whole - _PAIR * (count - 1) + 1)
        for rest in _parts(whole - first, count - 1)
    ]


def _two_rows(heads: Sequence[Line], first: int, spans: dict[int, int]) -> tuple[float, list[Heading]]:
    """Headings of which those from an index on stand below the groups, which span so many each; and how likely."""
    way: list[Heading] = []
    likely, col, sub = 0.0, 0, first
    seconds: list[list[str]] = []
    for index in range(first):
        head = heads[index]
        if (span := spans.get(index)) is None:
            way.append(_heading(head, col, rows=2))
            col += 1
            continue
        way.append(Heading(head.start, head.end, "group", col=col, span=span))
        spans_degrees = fold(head.text).startswith("trình độ") and fold(heads[sub].text) in _DEGREES
        grouped = is_group(head.text) or spans_degrees
        likely += _GROUPED if grouped else _SPANNING.get(kind_of(head.text)[0], _UNLIKELY)
        leaves = [_heading(line, col + offset, row=1) for offset, line in enumerate(heads[sub : sub + span])]
        likely += sum({**_OTHER_LEAF, **_LEAF}.get(leaf.kind, _UNLIKELY) for leaf in leaves) / span - 0.05 * span
        likely += 0.7 * (fold(heads[sub].text) in _WHOLE) + 0.4 * (fold(heads[sub].text) in _HIGHEST)
        way += [leaf if leaf.kind in _LEAF else replace(leaf, kind="figure") for leaf in leaves]
        seconds.append([fold(line.text) for line in heads[sub : sub + span]])
        col, sub = col + span, sub + span
    if kind_of(heads[first - 1].text)[0] == kind_of(heads[first].text)[0] != "any":
        likely -= 0.8  # ``Nhất`` above and ``Nhì`` below: a series is not cut apart
    for before, after in pairwise(seconds):
        likely += 1.0 if before == after else 0.5 if before[0] == after[0] or len(before) == len(after) else 0.0
    return likely, way


def _heading(head: Line, col: int, *, row: int = 0, rows: int = 1) -> Heading:
    if is_counter(head.text) or (col == 0 and is_rank(head.text)):
        return Heading(head.start, head.end, "counter", col=col, row=row, rows=rows)
    kind, mixed = kind_of(head.text)
    return Heading(head.start, head.end, kind, mixed, col=col, row=row, rows=rows)
