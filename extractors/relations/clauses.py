"""Things announced by a number and told in clauses of their own: ``3 chỉ tiêu: …; …; …``, ``Danh sách: đ/c A, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.names import names_in
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

#: Nouns whose things are told in clauses, between semicolons.
_TOLD = (
    "chỉ tiêu", "nội dung", "nhiệm vụ", "giải pháp", "nhóm giải pháp", "yêu cầu", "mục tiêu", "vấn đề", "hoạt động",
    "tiêu chí", "ý kiến", "nhóm nhiệm vụ", "khâu đột phá", "hạng mục",
)  # fmt: skip
#: Nouns that each thing repeats: ``hai Huân chương: Huân chương …, Huân chương …``.
_REPEATED = ("huân chương", "danh hiệu", "bằng khen", "giấy khen", "huy chương")
#: Told by a subject and its class: ``Toán 7, Ngữ văn 8``.
_LESSONS = ("tiết", "bài")
_LESSON = re.compile(rf"[{UPPER}][^\d,;:.()]{{1,24}} \d{{1,2}}(?!\d)")
_LESSONS_ONLY = re.compile(rf" ?{_LESSON.pattern}(?:(?:, | và ){_LESSON.pattern})+ ?")
_COLON = re.compile(":")
_COLON_AFTER = re.compile(r"(?: [^\W\d_]+){0,3}:")
_NOT_ALL = re.compile(
    r"…|\.\.\.|v\.v|(?<!\w)(?:khác|như|trong đó|tiêu biểu|riêng|chủ yếu|đặc biệt|cụ thể|"
    r"(?:và|cùng|với) (?:một số|một vài|các|những|nhiều))(?!\w)"
)
_STOP = re.compile(r"\.(?!\d)(?=\s|$)")
_RENAMED = re.compile(r"[^,;]{2,60} thành [^,;]{2,60}")
_LISTED = re.compile(r"(?<!\w)danh sách(?P<of>[^:.;()]{0,30}): ?")
_PERSON = re.compile(
    rf"(?:(?:[Đđ]/c|[Đđ]ồng chí|[Cc]ô|[Tt]hầy|[Ôô]ng|[Bb]à|[Ee]m) |"
    rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]*)+ ?[,(–;-])"
)
_LIST_AT = Words(("danh sách",))
_PEOPLE = ("staff", "person", "pupil")
_AND = re.compile(r"(?<!\w)và(?!\w)")
_REACH = 90
_LEAST = 2


def find_clause_lists(reading: Reading, level: Level) -> Iterator[Relation]:
    """What a number announces, told behind a colon in the same sentence, one thing to each clause.

    Clauses end at semicolons; honours are told by the noun that each repeats, people by ``Danh sách:``.
    """
    yield from _named_below(reading, level)
    yield from _titled(reading, level)
    for segment in level.segments:
        amount = segment.amounts[-1] if segment.amounts else None
        if amount is None or not usable(amount) or amount.of is not None or amount.value < _LEAST:
            continue
        colon = (_COLON_AFTER if amount.unit in _LESSONS else _COLON).match(reading.lower, amount.unit_end)
        if amount.unit is None or colon is None:
            continue
        start = colon.end()
        stop = _STOP.search(reading.text, start, level.end)
        end = stop.start() if stop is not None else level.end
        if _NOT_ALL.search(reading.lower, start, end):
            continue
        yield from _clauses(reading, segment, amount, (start, end))


_TITLE = r"(?:ông|bà|thầy giáo|cô giáo|thầy|cô|đồng chí|đ/c|em) "
_TITLED = re.compile(rf"\s*{_TITLE}[{UPPER}]", re.I)
_TITLE_AT = Words(("ông ", "bà ", "thầy ", "cô ", "đồng chí ", "đ/c "))
_AND_TITLED = re.compile(rf" và (?={_TITLE}[{UPPER}])")
_SECOND = re.compile(rf", {_TITLE}[{UPPER}]")
_OPENS = re.compile(r"(?<!\w)(?:gồm|bao gồm|gồm có|là)(?: có)? ?: ?|: ?")
_FEWEST = 2
_DIGIT_OR_BRACKET = re.compile(r"[\d()]|(?<!\w)(?:chi ủy|ban chấp hành|ban thường vụ|chủ tọa|thư ký|lãnh đạo)(?!\w)")


def _titled(reading: Reading, level: Level) -> Iterator[Relation]:
    """``4 nhà giáo được phong tặng, gồm: bà A, Hiệu trưởng …; bà B, …; và ông C, …``: people by title and name.

    Every piece between semicolons, or before another title, begins with one person.
    """
    if not holds(_TITLE_AT, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        counts = [(a, s) for s in run for a in s.amounts if a.family in _PEOPLE and usable(a) and a.of is None]
        if not counts or counts[0][0].value < _LEAST:
            continue
        whole, segment = counts[0]
        opened = _OPENS.search(reading.lower, whole.end, run[-1].end)
        if opened is None or reading.text.find(";", opened.end(), run[-1].end) < 0:
            continue
        # 17 đảng viên (chính thức 16, dự bị 1), chi ủy gồm: others than those counted are told
        if opened.start() - whole.end > _REACH or _DIGIT_OR_BRACKET.search(reading.text, whole.end, opened.start()):
            continue
        text = reading.text[opened.end() : run[-1].end]
        if _NOT_ALL.search(text.lower()):
            continue
        marks = [m.start() for m in re.finditer(";", text)]
        marks += [m.start() for pattern in (_AND_TITLED, _SECOND) for m in pattern.finditer(text)]
        cuts = [0, *sorted(marks), len(text)]
        spans = [(a + (text[a : a + 1] in (";", ",")), b) for a, b in pairwise(cuts)]
        pieces = [(a + 4 * text.startswith(" và ", a), b) for a, b in spans if text[a:b].strip(" ;.")]
        if len(pieces) < _FEWEST or any(_TITLED.match(text, a) is None for a, b in pieces):
            continue
        parts = tuple(
            reading.thing(opened.end() + a + len(text[a:b]) - len(text[a:b].lstrip()), opened.end() + b)
            for a, b in pieces
        )
        yield Relation(kind="list", whole=quantity(reading, whole, segment), parts=parts, exhaustive=True, cue="gồm")


def _clauses(reading: Reading, segment: Segment, amount: Amount, span: tuple[int, int]) -> Iterator[Relation]:
    start, end = span
    if amount.unit in _REPEATED:
        heads = [m.start() for m in re.finditer(rf"(?<!\w){amount.unit}(?!\w)", reading.lower[start:end])]
        text = reading.lower[start:end]
        # Each thing begins with the noun, right behind a sign.
        if len(heads) < _LEAST or any(text[:at].rstrip()[-1:] not in ("", ",", ";") for at in heads):
            return
        if len(re.sub(r"\([^()]*\)", "", text).replace(";", ",").split(",")) != len(heads) or _AND.search(text):
            return
        places = [start + at for at in heads]
        parts = tuple(reading.thing(at, until) for at, until in zip(places, [*places[1:], end], strict=True))
        yield Relation(kind="list", whole=quantity(reading, amount, segment), parts=parts, exhaustive=True, cue=":")
        return
    if amount.unit in _LESSONS:
        lessons = [m.span() for m in _LESSON.finditer(reading.text, start, end)]
        if len(lessons) > 1 and _LESSONS_ONLY.fullmatch(reading.text, start, end):
            parts = tuple(reading.thing(*lesson) for lesson in lessons)
            yield Relation(kind="list", whole=quantity(reading, amount, segment), parts=parts, exhaustive=True, cue=":")
        return
    pieces = _pieces(reading, start, end)
    renamed = amount.family == "school" and all(_RENAMED.fullmatch(reading.text[a:b]) for a, b in pieces)
    told = amount.unit in _TOLD or amount.family == "topic"
    if len(pieces) < _LEAST or not (renamed or (told and len(pieces) > _LEAST)):
        return
    # A last "và" may join two things.
    if len(pieces) == amount.value - 1 and _AND.search(reading.lower, *pieces[-1]):
        return
    parts = tuple(reading.thing(*piece) for piece in pieces)
    sure = True if abs(len(parts) - amount.value) <= 1 else None
    yield Relation(kind="list", whole=quantity(reading, amount, segment), parts=parts, exhaustive=sure, cue=":")


def _pieces(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    for piece in reading.text[start:end].split(";"):
        text = piece.strip()
        if text:
            first = at + len(piece) - len(piece.lstrip())
            found.append((first, first + len(text)))
        at += len(piece) + 1
    return found


def _named_below(reading: Reading, level: Level) -> Iterator[Relation]:
    """``Kiểm tra 5 đảng viên. Danh sách kiểm tra: đ/c A, đ/c B, …``: the last people counted before the list."""
    if not holds(_LIST_AT, reading.lower, level.start, level.end):
        return
    match = _LISTED.search(reading.lower, level.start, level.end)
    if match is None or _PERSON.match(reading.text, match.end()) is None:
        return
    before = [
        (a, s)
        for s in level.segments
        for a in s.amounts
        if a.end <= match.start() and usable(a) and a.of is None and a.family in _PEOPLE
    ]
    # Of several counts the list is that of the one before which the same words stand: ``Ban Thường vụ 5 người``.
    of = match["of"].strip()
    named = [row for row in before if of and reading.lower.endswith(f"{of} ", level.start, row[0].start)]
    before = named if len(before) > 1 else before
    stop = _STOP.search(reading.text, match.end(), level.end)
    names, clean = names_in(reading, match.end(), stop.start() if stop is not None else level.end)
    if (
        len(before) != 1
        or before[0][0].value < _LEAST
        or match.start() - before[0][0].end > _REACH
        or len(names) < _LEAST
    ):
        return
    parts = tuple(reading.thing(*name) for name in names)
    yield Relation(
        kind="list",
        whole=quantity(reading, *before[0]),
        parts=parts,
        exhaustive=True if clean else None,
        cue="danh sách",
    )
