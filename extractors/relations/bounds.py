"""Numbers that cannot exceed one another though no sign joins them: a place among so many, ballots, who passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import UPPER, Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Quantity, Relation

#: ``xếp thứ 21/19 đoàn``, ``đứng thứ 9 trên 8 trường``: a place among those counted behind it.
_RANK = re.compile(
    r"(?<!\w)(?:xếp|đứng|đạt|vị) (?:vị )?(?:thứ|hạng)(?: hạng)? (?P<place>\d{1,3})"
    r"(?: ?/ ?| trên (?:tổng số )?| trong (?:tổng )?số )(?P<size>\d{1,3}) (?=[^\W\d_])"
)
_RANKED = ("school", "place", "cell", "pupil", "person", "class", "staff")
_RANK_WORDS = ("thứ", "hạng")
#: ``Phiếu phát ra 117, thu về 115, hợp lệ 114``: each of them out of the one before.
_BALLOTS = re.compile(
    r"(?<!\w)(?<!không )(?:phát ra|phát|thu (?:về|vào|lại)|hợp lệ|đồng ý|tán thành)"
    r"(?:(?: là|:|:? có)? (?P<count>\d{1,4}))(?!\d|[.,/]\d)(?! ?%)"
    r"(?! (?:triệu|tỷ|nghìn|đồng|suất|bộ|quyển|cuốn|kg|tấn|tờ|thùng|xe|chiếc))(?: phiếu)?"
)
_STEPS: tuple[str | tuple[str, ...], ...] = ("phát", "thu", "hợp lệ", ("đồng ý", "tán thành"))
_BALLOTS_AT = Words(("thu về", "thu vào", "thu lại"))
#: Who was examined, and how many of them passed.
_EXAMINED = re.compile(r"(?<!\w)(?:dự thi|dự kiểm tra|được kiểm tra|khảo sát|kiểm tra|dự xét|được xét)(?!\w)")
_PASSED = re.compile(r"(?<!\w)(?:đạt|đỗ|đậu|đạt yêu cầu|đạt giải|đoạt giải)(?: được| giải)?:? $")
_PASSED_BEHIND = re.compile(
    r" (?:đã )?(?:đỗ|đậu|đạt giải|đoạt giải|đạt yêu cầu|thi đỗ|được công nhận tốt nghiệp|"
    r"hài lòng|đồng tình|nhất trí)(?!\w)"
)
_PEOPLE = ("pupil", "staff", "person")


def find_bounds(reading: Reading, level: Level) -> Iterator[Relation]:
    """Ratios whose two numbers stand apart; each is complete, since none of them can exceed its whole."""
    if holds(_BALLOTS_AT, reading.lower, level.start, level.end):
        yield from _ballots(reading, level)
    yield from _passed(reading, level)
    if holds(_AMONG_AT, reading.lower, level.start, level.end):
        yield from _among(reading, level)
    yield from _awarded(reading, level)
    if holds(_WOMEN_AT, reading.lower, level.start, level.end):
        yield from _women(reading, level)


#: ``Tổng số CB: 34/ nữ 27``: all and the women among them.
_WOMEN = re.compile(r"(?<![\d.,/])(?P<all>\d{1,5}) ?/ ?nữ ?:? ?(?P<n>\d{1,5})(?![\d.,/]\d)")
_WOMEN_AT = Words(("/ nữ", "/nữ"))


def _women(reading: Reading, level: Level) -> Iterator[Relation]:
    for match in _WOMEN.finditer(reading.lower, level.start, level.end):
        whole = reading.quantity(int(match["all"]), match.span("all"), match.span())
        part = reading.quantity(int(match["n"]), match.span("n"), match.span())
        yield Relation(kind="ratio", whole=whole, parts=(part,), exhaustive=True, cue="apart")


_AMONG_AT = Words(("trong ",))
_AMONG = re.compile(r"(?<!\w)trong (?:(?:tổng )?số )?$")
#: Nouns that may stand for whoever was told before.
_ANYBODY = ("người", "đồng chí")
_ARE_AMONG = re.compile(r"(?:[^\d,;.:()]|(?<=lớp )\d{1,2}|(?<=khối )\d{1,2})*,? (?:có|thì có|chỉ có|đã có) $")


def _among(reading: Reading, level: Level) -> Iterator[Relation]:
    """``Trong số 40 hồ sơ nộp đúng hạn có 37 hồ sơ hợp lệ``: those told of a number, by the same noun."""
    for inner in level.walk():
        for run in by_sentence(inner.segments):
            rows = [(a, s) for s in run for a in s.amounts]
            for (whole, where), (part, place) in pairwise(rows):
                plain = usable(whole) and usable(part) and whole.of is None and part.of is None
                people = _are_they(reading, whole, part)
                if not plain or whole.unit is None or whole.family == "time" or not (whole.unit == part.unit or people):
                    continue
                if not _AMONG.search(reading.lower, where.start, whole.start):
                    continue
                if _ARE_AMONG.fullmatch(reading.lower, whole.unit_end, part.start):
                    yield Relation(
                        kind="ratio",
                        whole=quantity(reading, whole, where),
                        parts=(quantity(reading, part, place),),
                        exhaustive=True,
                        cue="apart",
                    )


def _are_they(reading: Reading, whole: Amount, part: Amount) -> bool:
    """Whether a number by another noun counts the same people: ``Trong 45 giáo viên có 43 người``."""
    if whole.family not in _PEOPLE or _KIN.match(reading.lower, part.unit_end):
        return False
    called = part.unit in _ANYBODY or (part.unit == "em" and whole.family == "pupil")
    return called and part.value <= _NEAR * whole.value


_KIN = re.compile(r" (?:con|cháu|thân|nhà)(?!\w)")
#: Far more than all of them are others.
_NEAR = 1.25
_TOOK_PART = re.compile(r"(?<!\w)(?:tham gia|dự thi|tham dự)(?!\w)")
_RESULT = re.compile(r"\s*kết quả,?:? (?:đã )?(?:có )?$")
_AWARDED = re.compile(r"\s*(?:được (?:tặng|khen|nhận|trao)|đạt giải|đoạt giải|đạt yêu cầu)(?!\w)")


def _awarded(reading: Reading, level: Level) -> Iterator[Relation]:
    """``Có 32 em của 5 khối tham gia. Kết quả có 28 em được khen``: told in the sentence after those who took part."""
    before: list[tuple[Amount, Segment]] = []
    for run in by_sentence(level.segments):
        rows = [(a, s) for s in run for a in s.amounts if a.family in _PEOPLE]
        if len(before) == 1 and rows and _RESULT.fullmatch(reading.lower, run[0].start, rows[0][0].start):
            (whole, where), (part, place) = before[0], rows[0]
            plain = all(usable(a) and a.of is None for a in (whole, part)) and whole.unit == part.unit
            if plain and _AWARDED.match(reading.lower, part.unit_end):
                made = quantity(reading, part, place)
                yield Relation(
                    kind="ratio", whole=quantity(reading, whole, where), parts=(made,), exhaustive=True, cue="apart"
                )
        took_part = _TOOK_PART.search(reading.lower, run[0].start, run[-1].end) is not None
        before = rows if took_part else []


def find_ranks(reading: Reading, block: Block) -> Iterator[Relation]:
    """Places among so many; the two numbers of ``thứ 14/12`` are no amounts by themselves."""
    if not holds(_RANK_WORDS, reading.lower, block.body, block.end):
        return
    for match in _RANK.finditer(reading.lower, block.body, block.end):
        noun = reading.term_at("rel_unit", match.end(), min(block.end, match.end() + 40))
        if noun is None or noun.id not in _RANKED:
            continue
        first, last = (match.start(), noun.end)
        size = reading.quantity(int(match["size"]), match.span("size"), (match.start("size"), last))
        span = (match.start("place"), match.end("size"))
        place = reading.quantity(int(match["place"]), span, (first, last))
        yield Relation(kind="ratio", whole=size, parts=(place,), exhaustive=True, cue="rank")


#: Whom a place is among, in the sentence or the heading before it: ``Xếp hạng khối huyện (11 đơn vị): …``.
_RANKING = re.compile(
    r"(?<!\w)xếp (?:hạng|thứ|loại)[^.;:()]{0,40}\((?:gồm |có )?(?P<size>\d{1,3}) "
    r"(?P<noun>đơn vị|trường|đoàn|đội|xã|chi bộ)\)"
)
_PLACE = re.compile(r"(?<!\w)(?:hạng|thứ) (?P<place>\d{1,3})(?![\d/.,]\d)(?!\s?/)")
#: A place in the own group of a report, and how many that counts.
_IN_GROUP = re.compile(
    r"(?<!\w)(?:xếp|đứng) (?:vị )?(?:thứ|hạng) (?P<place>\d{1,3}) (?:trong )?(?:toàn )?"
    r"(?:cụm|khối thi đua|khối)(?!\w)"
)
_GROUP_SIZE = re.compile(
    r"(?<!\w)(?:(?:cụm|khối)(?: thi đua)?(?: [^\d.;:()]{0,30})? (?:có|gồm)(?: có)? (?P<size>\d{1,3}) |"
    r"(?P<a>\d{1,3})/(?P<b>\d{1,3}) )"
    r"(?:trường|đơn vị|thành viên)(?!\w)"
)


def find_places(reading: Reading) -> Iterator[Relation]:
    """Places beyond the number of those ranked, which stands further off: in the heading of the ranking or anywhere in
    the report of a group.
    """
    if not holds(_RANK_WORDS, reading.lower, 0, len(reading.lower)):
        return
    for block in reading.document.prose():
        for head in _RANKING.finditer(reading.lower, block.body, block.end):
            size = reading.quantity(int(head["size"]), head.span("size"), (head.start("size"), head.end("noun")))
            for match in _PLACE.finditer(reading.lower, head.end(), block.end):
                place = reading.quantity(int(match["place"]), match.span("place"), match.span())
                yield Relation(kind="ratio", whole=size, parts=(place,), exhaustive=True, cue="apart")
        for match in _IN_GROUP.finditer(reading.lower, block.body, block.end):
            if (whole := _group_size(reading)) is not None:
                place = reading.quantity(int(match["place"]), match.span("place"), match.span())
                yield Relation(kind="ratio", whole=whole, parts=(place,), exhaustive=True, cue="apart")


def _group_size(reading: Reading) -> Quantity | None:
    """How many a group has, where all places of its report say the same."""
    found: dict[int, Quantity] = {}
    for match in _GROUP_SIZE.finditer(reading.lower):
        name = "size" if match["size"] else "b"
        if name == "b" and match["a"] != match["b"]:
            continue
        value = int(match[name])
        found.setdefault(value, reading.quantity(value, match.span(name), match.span()))
    return max(found.items())[1] if found else None


_BALLOT_ITEM = re.compile(
    rf"[{UPPER}][^:;/\d]{{3,50}}: ?(?P<n>\d{{1,3}})/(?P<of>\d{{1,3}})(?!\d)(?: phiếu)?(?: ?\([^()]*\))?(?:[.;,]|$)"
)
_LEAST_ITEMS = 3


def find_ballot_items(reading: Reading) -> Iterator[Relation]:
    """Lists of names with their votes out of one number: ``- Lò Thị Mai: 12/13``, which no dates can be."""
    run: list[tuple[re.Match[str], Block]] = []
    for block in [*reading.document.blocks, None]:
        match = None
        if block is not None and block.kind in ("item", "paragraph"):
            match = _BALLOT_ITEM.match(reading.text, block.body, block.end)
        if match is not None and block is not None and (not run or match["of"] == run[-1][0]["of"]):
            run.append((match, block))
            continue
        yield from _votes(reading, run)
        run = [(match, block)] if match is not None and block is not None else []


def _votes(reading: Reading, run: Sequence[tuple[re.Match[str], Block]]) -> Iterator[Relation]:
    if len(run) < _LEAST_ITEMS:
        return
    for match, block in run:
        part = reading.quantity(int(match["n"]), (match.start("n"), match.end("of")), (block.body, match.end("of")))
        whole = part.model_copy(update={"value": int(match["of"])})
        yield Relation(kind="ratio", whole=whole, parts=(part,), exhaustive=True, cue="/")


def _ballots(reading: Reading, level: Level) -> Iterator[Relation]:
    for start, end in _sentences(level):
        found: list[tuple[int, Quantity]] = []
        for match in _BALLOTS.finditer(reading.lower, start, end):
            step = next(index for index, word in enumerate(_STEPS) if match[0].startswith(word))
            count = reading.quantity(int(match["count"]), match.span("count"), match.span())
            if found and found[-1][0] < step:
                yield Relation(kind="ratio", whole=found[-1][1], parts=(count,), exhaustive=True, cue="apart")
            found.append((step, count))


def _sentences(level: Level) -> Iterator[tuple[int, int]]:
    for run in by_sentence(level.segments):
        yield run[0].start, run[-1].end


def _passed(reading: Reading, level: Level) -> Iterator[Relation]:
    """``Khảo sát 410 học sinh lớp 5: đạt 403 em``: those who passed out of those examined, in one sentence."""
    for run in by_sentence(level.segments):
        rows = [(amount, segment) for segment in run for amount in segment.amounts]
        if len(rows) < 2 or not _EXAMINED.search(reading.lower, run[0].start, run[-1].end):
            continue
        if any(reading.has("rel_target", s.start, s.end) or reading.has("rel_some", s.start, s.end) for s in run):
            continue
        (whole, where), (part, place) = rows[0], rows[1]
        if _are_examined(reading, rows[0], run) and _is_passed(reading, part, whole):
            made = quantity(reading, part, place)
            yield Relation(
                kind="ratio", whole=quantity(reading, whole, where), parts=(made,), exhaustive=True, cue="apart"
            )


def _are_examined(reading: Reading, row: tuple[Amount, Segment], run: Sequence[Segment]) -> bool:
    amount, _ = row
    if amount.family not in _PEOPLE or not usable(amount) or amount.of is not None:
        return False
    near = reading.lower[run[0].start : amount.start]
    behind = reading.lower[amount.unit_end : amount.unit_end + 24]
    return _EXAMINED.search(near) is not None or _EXAMINED.match(behind.lstrip()) is not None


def _is_passed(reading: Reading, part: Amount, whole: Amount) -> bool:
    if part.family not in _PEOPLE or not usable(part) or part.of is not None:
        return False
    if _PASSED_BEHIND.match(reading.lower, part.unit_end) and part.unit == whole.unit:
        return True
    return _PASSED.search(reading.lower, max(whole.end, part.start - 24), part.start) is not None
