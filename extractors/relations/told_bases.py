"""Percentages of a whole told before them: ``Có 240 chi bộ được xếp loại. Trong sạch vững mạnh 150 (62,5%)``.

The whole stands in the sentence before, as those who were graded, asked or present; in the heading of a list of grades
(``Kết quả bình xét (62 giáo viên)``); or as what is reckoned on (``tính trên 812 học sinh``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, categories, fits, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import UPPER, Reading
from extractors.relations.restated import share_after
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

#: Cue of percentages whose whole the sentence before or the heading tells.
OF_TOLD = "told base"

_ALL = 100.0
_PERCENT = Words(("%",))
#: Fewer make a percentage of too many other wholes.
_LEAST_WHOLE = 10
_DONE = (
    r"(?:đánh giá|xếp loại|phân loại|bình xét|khảo sát|kiểm tra|hỏi|lấy ý kiến|phỏng vấn|khám|cân|đo|"
    r"triệu tập|xét|rà soát|giám sát|bỏ phiếu|chấm)"
)
#: Behind a number: all those of whom the shares are told.
_EXAMINED = re.compile(
    r"[^\d,;.:()]{0,40}(?:(?:của|từ|thuộc|ở) \d{1,3}(?:/\d{1,3})? [^\d,;.:()]{0,30})?(?<!\w)"
    rf"(?:(?:đều|đã|cùng) )*(?:được (?:đưa ra |tham gia )?{_DONE}|dự thi|dự kiểm tra|dự xét|"
    r"tham gia (?:đánh giá|khảo sát|bỏ phiếu|dự thi)|trả lời(?: phiếu)?|đưa ra (?:đánh giá|xếp loại|bỏ phiếu))(?!\w)"
)
_PRESENT = re.compile(r"(?: chính thức)? (?:được triệu tập|(?:về |tham |đến )?dự|có mặt|tham gia)(?!\w)(?! thi| kiến)")
_DELEGATES = ("đại biểu", "hội viên", "đảng viên", "đoàn viên")
#: Right before a number that is the whole.
_LABELLED = re.compile(
    rf"(?<!\w)(?:(?:tổng )?số [^\d,;.:()]{{0,24}}(?:được {_DONE}|dự thi|dự xét|dự kiểm tra|trả lời)(?: là|:)?|"
    r"(?:phát ra|thu (?:về|vào)|nhận về)(?: được| là|:)*|(?:khám|cân|đo|tiêm)(?: [^\W\d_]+){0,4} cho(?: tổng số)?|"
    r"tính (?:trên|theo)(?: tổng số)?|"
    r"(?:bầu|hiệp thương|cử)(?: ra| được)?(?: [^\d;.:()]{0,60}(?:gồm|có))?) ?$"
)
#: The same of a beginning with which those who left are compared.
_AGAINST = re.compile(r"(?<!\w)so với (?:tổng số )?$")
_AT_FIRST = re.compile(r" (?:đầu năm(?: học)?|toàn (?:trường|huyện|xã|ngành|tỉnh))(?: thì|,)? ")
_ELECTED = re.compile(r"(?<!\w)(?:bầu|hiệp thương|cử)(?!\w)")
#: Headings of grades with the whole in a bracket at their end.
_GRADES = re.compile(
    r"(?<!\w)(?:kết quả|xếp loại|đánh giá|bình xét|phân loại|chất lượng|học lực|hạnh kiểm|rèn luyện|danh hiệu)(?!\w)"
)
_HEADED = re.compile(
    r"(?:\(|: ?)(?:(?:tổng số|tổng|tổng cộng|có|trên|trong|xét|đánh giá) )*(?P<n>\d[\d.]*)"
    r"(?: [^\W\d_&/]+){1,3}\)?\s*[:.]?\s*$"
)
#: What is told of some only has another whole, and so has what names it.
_NARROW = re.compile(
    r"(?<!\w)(?:riêng|trong đó|trong số|khối|lớp|môn|cấp|tổ|nhóm|thôn|(?<!toàn )(?:xã|trường)|so với|của|mỗi|bình quân|"
    r"năm (?:học )?(?:trước|ngoái|\d{4})|cùng kỳ|vòng|đợt|lần|đầu năm|"
    r"trở lên)(?!\w)"
)
_NAMED = re.compile(rf"[{UPPER}][^\W\d_]* [{UPPER}]")
#: Right behind the percentage: it names no whole of its own.
_BARE = re.compile(r"\s*(?:[(),;]|\.(?!\d)|$)")
#: A percentage before its count: ``chiếm 28,9%, tức 92 đơn vị``.
_THAT_IS = re.compile(r"\s*,? ?\(?(?:tức(?: là)?|tương ứng(?: với)?|tương đương(?: với)?|hay(?: là)?|ứng với) ")
_NUMBER = re.compile(r"(?<![\d.,-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?![\d,]|\.\d)")
#: So far before a list other wholes are looked for.
_AROUND, _BEHIND = 500, 40


@dataclass(frozen=True)
class _Base:
    """A number told as the whole, and how many more sentences may be of it."""

    amount: Amount
    segment: Segment
    left: int


def find_told_bases(
    reading: Reading, rows: Sequence[tuple[Block, Level]], known: Iterable[Relation]
) -> Iterator[Relation]:
    """The percentages beside counts that ``known`` has no whole for and whose whole was told right before.

    Where a percentage follows from another number near by, that one may be meant: nothing is said of it.
    """
    if not holds(_PERCENT, reading.lower, 0, len(reading.lower)):
        return
    taken = {r.parts[0].evidence.end for r in known if r.kind == "percentage" and r.exhaustive}
    base: _Base | None = None
    style: str | None = None
    last: Block | None = None
    for block, level in rows:
        own = block.marker.style if block.marker is not None else None
        goes_on = base is not None and last is not None and block.index == last.index + 1 and own is not None
        if goes_on and last is not None:
            first = style is None and (last.marker is None or last.marker.style != own)
            goes_on = first or style == own
        listed = base if goes_on else None
        style, last, base = own if goes_on else None, block, listed
        if not level.segments:
            continue
        for relation, now in _in_level(reading, level, base):
            base = now
            if relation is not None and relation.parts[0].evidence.end not in taken:
                yield relation
        if listed is None and (headed := _headed(reading, block, level)) is not None:
            listed = _Base(*headed, _LIST)
        if listed is None and base is not None and reading.text[block.body : block.end].rstrip().endswith(":"):
            listed = _Base(base.amount, base.segment, _LIST)
        base = listed


#: A list is of its whole to its end, prose for a few sentences.
_LIST, _PROSE = 99, 3


def _headed(reading: Reading, block: Block, level: Level) -> tuple[Amount, Segment] | None:
    """The only number of people or bodies in a heading of grades, in the bracket at its end or before its colon."""
    head = _HEADED.search(reading.lower, max(block.body, block.end - 60), block.end)
    if head is None and (block.marker is None or not reading.text[block.body : block.end].rstrip().endswith(":")):
        return None
    found = [(a, part) for inner in level.walk() for part in inner.segments for a in part.amounts]
    if head is None:
        found = [row for row in found if row[0].family in PEOPLE]  # not (theo TT 30)
    found = [row for row in found if not _LEFT_OUT.search(reading.lower, block.body, row[0].start)]
    if len(found) != 1 or not _GRADES.search(reading.lower, block.body, found[0][0].start):
        return None
    amount = found[0][0]
    told = head is None or amount.start == head.start("n")
    return found[0] if told and _may_be_whole(amount) else None


#: Those who are not among the number told.
_LEFT_OUT = re.compile(r"(?<!\w)(?:không tính|chưa tính|không kể|chưa kể|trừ|ngoài)(?!\w)[^,;]*$")


def _may_be_whole(amount: Amount) -> bool:
    return usable(amount) and amount.of is None and amount.value >= _LEAST_WHOLE and amount.family != "time"


def _in_level(reading: Reading, level: Level, base: _Base | None) -> Iterator[tuple[Relation | None, _Base | None]]:
    """The percentages of a passage with the whole that holds behind each; that of a list is handed in."""
    for run in by_sentence(level.segments):
        opened = False
        for index, segment in enumerate(run):
            told = _told(reading, segment)
            now = _Base(told, segment, _PROSE) if told is not None else None
            opened = (opened and segment.separator != ";") or _opens(reading, segment)
            for whole in (base, now) if not opened else ():
                for share, count in pairs(reading, run, index) if whole is not None else ():
                    if whole is not None and _is_of(reading, whole, share, count):
                        yield _relation(reading, whole, share, count), whole
            base = now or base
            if told is None and base is not None and _counts_anew(reading, segment, base):
                base = None
            yield None, base
        if base is not None:
            base = _Base(base.amount, base.segment, base.left - 1) if base.left else None
            yield None, base


def _opens(reading: Reading, segment: Segment) -> bool:
    terms = [t for span in segment.own for t in reading.terms("rel_open", *span)]
    return any(t.id in ("trong_do", "gom", "chia_ra") for t in terms)


def _told(reading: Reading, segment: Segment) -> Amount | None:
    """The number of a segment that its words make the whole of what follows; None where these are several."""
    numbers = [
        replace(a, vague=False) if _RECKONED.search(reading.lower, segment.start, a.start) else a
        for a in segment.amounts
    ]
    told = [a for a in numbers if _may_be_whole(a) and _is_told(reading, segment, a)]
    return told[0] if len(told) == 1 else None


#: Before a number that is no bound: ``tính trên 812 học sinh``.
_RECKONED = re.compile(r"(?<!\w)tính (?:trên|từ) $")


def _is_told(reading: Reading, segment: Segment, amount: Amount) -> bool:
    end = max(amount.end, amount.unit_end)
    if any(t.id == "trong_do" for t in reading.terms("rel_open", segment.start, amount.start)):
        return False
    if amount.unit and _EXAMINED.match(reading.lower, end, segment.end):
        return True
    if amount.unit in _DELEGATES and _PRESENT.match(reading.lower, end, segment.end):
        return True
    before = _LABELLED.search(reading.lower, max(segment.start, amount.start - _LONG), amount.start)
    if before is not None:
        elected = _ELECTED.search(reading.lower, before.start(), amount.start) is not None
        return not elected or amount.family in PEOPLE or reading.lower.startswith(" ủy viên", amount.end)
    against = _AGAINST.search(reading.lower, segment.start, amount.start) is not None
    return against and _AT_FIRST.match(reading.lower, end, segment.end + 2) is not None


_LONG = 110


def _counts_anew(reading: Reading, segment: Segment, base: _Base) -> bool:
    """Whether a segment tells another whole: a total, or more than the one before of its noun, without a percentage."""
    plain = [a for a in segment.amounts if usable(a) and a.start > base.amount.start]
    if any(a.percent for a in segment.amounts) or not plain:
        return False
    total = any(reading.has("rel_total", *span) for span in segment.own)
    return total or any(a.value > base.amount.value and a.unit == base.amount.unit for a in plain)


def pairs(
    reading: Reading, run: Sequence[Segment], index: int, *, left_out: Sequence[str] = ("time", "money")
) -> Iterator[tuple[tuple[Amount, Segment], tuple[Amount, Segment]]]:
    """Each percentage of a segment with the count that it says again, the one before the other or behind it."""
    segment = run[index]
    counts = [a for a in segment.amounts if usable(a) and a.of is None and a.family not in left_out]
    if counts and (share := share_after(reading, run, index, counts[-1])) is not None:
        yield share, (counts[-1], segment)
        return
    shares = [a for a in segment.amounts if a.percent and not a.change and not a.vague and a.of is None]
    if len(shares) != 1 or counts:
        return
    following = [(a, s) for s in run[index : index + 2] for a in s.amounts if a.start > shares[0].end][:1]
    inside = [(a, part) for g in segment.groups[:1] for part in g.segments for a in part.amounts]
    for count, where in following:
        if usable(count) and count.of is None and _THAT_IS.fullmatch(reading.lower, shares[0].end, count.start):
            yield (shares[0], segment), (count, where)
            return
    if len(inside) == 1 and usable(inside[0][0]) and inside[0][0].of is None and not following:
        yield (shares[0], segment), inside[0]


def _is_of(reading: Reading, base: _Base, share: tuple[Amount, Segment], count: tuple[Amount, Segment]) -> bool:
    """Whether nothing says that a percentage is of another whole than the one told."""
    whole, (rate, where), (part, segment) = base.amount, share, count
    first, last = min(rate.start, part.start), max(rate.end, part.end, part.unit_end)
    if part.value > whole.value or not 0 < rate.value < _ALL or not _may_be_of(whole, part) or first < whole.end:
        return False
    opening = max(min(segment.start, where.start), whole.end)
    if (at_first := _AT_FIRST.match(reading.lower, max(whole.end, whole.unit_end))) is not None:
        opening = max(opening, at_first.end())
    said = (opening, first)
    if _NARROW.search(reading.lower, *said) or _NAMED.search(reading.text, *said):
        return False
    if not _BARE.match(reading.lower, last):
        return False
    if any(group in ("dim_level", "dim_class") for group in categories(reading, segment, part)):
        return False
    if _RECKONED.search(reading.lower, base.segment.start, whole.start):
        return True  # nothing else can be meant
    return follows(part.value, whole.value, rate) or not agrees(reading, whole, part, rate)


#: What bodies of any kind may be called.
_BODIES, _BODY = ("cell", "school", "unit", "place"), ("đơn vị", "tổ chức", "cơ sở", "tập thể")


def _may_be_of(whole: Amount, part: Amount) -> bool:
    """Whether a number may be some of a whole, by what they count; cells and schools are called units."""
    return fits(whole, part) or (whole.family in _BODIES and part.unit in _BODY)


def agrees(reading: Reading, whole: Amount, part: Amount, rate: Amount) -> bool:
    """Whether a percentage follows from its count and another number near by than the whole told."""
    start = max(0, whole.start - _AROUND)
    end = max(part.end, rate.end)
    numbers = [float(m[0].replace(".", "")) for m in _NUMBER.finditer(reading.text, start, end + _BEHIND)]
    return any(n not in (whole.value, part.value) and follows(part.value, n, rate) for n in numbers)


def follows(count: float, whole: float, rate: Amount, *, capped: bool = True) -> bool:
    """Whether a percentage follows from a count and its whole, to its last digit or cut off there."""
    if (whole < count and capped) or whole <= 0:
        return False
    digit = 10.0 ** -len(f"{rate.value:.6f}".rstrip("0").split(".")[1])
    return abs(_ALL * count / whole - rate.value) <= digit


def _relation(reading: Reading, base: _Base, share: tuple[Amount, Segment], count: tuple[Amount, Segment]) -> Relation:
    parts = quantity(reading, *share), quantity(reading, *count)
    whole = quantity(reading, base.amount, base.segment)
    return Relation(kind="percentage", whole=whole, parts=parts, exhaustive=True, cue=OF_TOLD)
