"""What changes are told by: their sizes and signs, and which of the values around them is the old one."""

from __future__ import annotations

import re

from extractors.relations.amounts import Amount
from extractors.relations.parts import categories, categories_near, fits
from extractors.relations.reading import Reading
from extractors.relations.structure import Segment

Row = tuple[Amount, Segment]

_TERM_REACH = 24

#: What a rise or a fall is told against, between the verb and its size: ``cao hơn năm 2018 là 1,4%``.
_AGAINST = re.compile(r" (?:so với )?năm (?:học )?\d{4}(?: ?- ?\d{4})?(?: là)? ")

# Between the verb and a number: the number is an end of the change, not its size.
_END = re.compile(r"(?<!\w)(?:từ|còn|xuống|lên tới|lên đến|đến|so với)(?!\w)")

_DATED = re.compile(r"(?<!\w)năm(?: học)? (?P<year>(?:19|20)\d\d)(?!\d)")


_YEAR = r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?"
#: Times before the report's own, as numbers are dated back by them.
EARLIER = (
    rf"(?:(?:cùng kỳ|cuối|thời điểm|tổng kết) )*(?:năm (?:học )?(?:trước|ngoái|qua|rồi|cũ|{_YEAR})|cùng kỳ(?: trước)?|"
    r"đầu (?:năm(?: học)?|(?:học |nhiệm )?kỳ|khóa)|(?:học |nhiệm )?kỳ (?:trước|i(?!\w)|1(?!\w))|"
    r"(?:tháng|quý|khóa|đợt|lần|(?:dịp |mùa |kỳ nghỉ )?hè|mùa|vụ|tuần) trước|(?:mùa )?hè (?:19|20)\d\d|"
    r"trước (?:đó|đây|(?:khi )?(?:sáp nhập|sắp xếp|dồn ghép)))"
)
#: Verbs that tell a change only where an earlier time stands behind: ``vượt 8 giải so với năm học 2017-2018``.
_MOVED = re.compile(
    r"(?<!\w)(?:(?P<up>vượt|dôi|trội hơn|nhỉnh hơn)|"
    r"(?P<down>(?<!yếu )(?<!yếu, )(?<!loại )kém|thua|hụt|thiếu))(?: hẳn| tới| đi)? $"
)
_AGAINST_EARLIER = re.compile(rf"[^;.,()\d]{{0,16}}so với {EARLIER}(?!\w)")


def amounts_in(segment: Segment) -> list[Amount]:
    """The amounts of a segment, then those of its brackets."""
    return [*segment.amounts, *(a for group in segment.groups for part in group.segments for a in part.amounts)]


def sign_of(reading: Reading, segment: Segment, amount: Amount) -> int:
    """1 or -1 where the words right before a number make it a rise or a fall, else 0."""
    if amount.vague or amount.of is not None:
        return 0
    if not amount.change:
        return _sign_against(reading, segment, amount)
    terms = reading.terms("rel_step", max(segment.start, amount.start - _TERM_REACH), amount.start)
    if not terms:
        return _sign_against(reading, segment, amount)
    if re.search(r"[,;:]", reading.lower[terms[-1].end : amount.start]):
        return 0
    between = _AGAINST.sub(" ", reading.lower[terms[-1].end : amount.start])
    if _END.search(between) or re.search(r"\d", between):
        return 0
    if amount.percent and reading.lower.startswith(" cho ", amount.end):
        return 0  # a fee is lowered for somebody
    return 1 if terms[-1].id == "up" else -1


#: The value of the earlier time may stand in a bracket before the size: ``nhiều hơn năm 2015 (18 trường) 6 trường``.
_PAST_BRACKET = re.compile(
    rf"(?<!\w)(?:(?P<up>nhiều hơn|cao hơn|tăng(?: thêm)?|hơn)|(?P<down>ít hơn|thấp hơn|giảm(?: đi)?|kém))"
    rf"(?: so với)? {EARLIER} \([^()]{{1,30}}\)(?: là)? $"
)
#: What two values before come to: ``như vậy một năm xóa được 9 phòng``.
_SUMMED_UP = re.compile(
    r"(?<!\w)(?:như vậy|tức(?: là)?|nghĩa là|tính ra|vậy là)(?!\w)"
    r"(?:(?!mỗi|bình quân|trung bình|riêng|cần|phải|sẽ)[^;.()\d]){0,30}(?<!\w)"
    r"(?:(?P<down>xóa|xoá|xóa bỏ|thanh lý|dỡ bỏ|bớt|hạ|mất)|(?P<up>thêm|xây thêm|mở thêm|có thêm|bổ sung))"
    r"(?: được| đi)? $"
)
_LONG_REACH = 80


def _sign_against(reading: Reading, segment: Segment, amount: Amount) -> int:
    """The sign of a change by a verb of plans too, where what it is told against is an earlier time."""
    near = max(segment.start, amount.start - _LONG_REACH), amount.start
    for pattern in (_PAST_BRACKET, _SUMMED_UP):
        if (match := pattern.search(reading.lower, *near)) is not None:
            return 1 if match["up"] else -1
    moved = _MOVED.search(reading.lower, max(segment.start, amount.start - _TERM_REACH), amount.start)
    if moved is None or _AGAINST_EARLIER.match(reading.lower, max(amount.end, amount.unit_end)) is None:
        return 0
    return 1 if moved["up"] else -1


def is_plain(amount: Amount) -> bool:
    """Whether a number is a value: no change, no bound, no ratio."""
    return not amount.change and not amount.vague and amount.of is None


def are_alike(one: Amount, other: Amount) -> bool:
    """Whether two numbers may be of one thing, by what they count."""
    if one.percent != other.percent:
        return False
    return fits(one, other) or fits(other, one)


def year_in(lower: str, start: int, end: int) -> int | None:
    """The year named last in a range: the first one of a school year."""
    found = _DATED.findall(lower, start, end)
    return int(found[-1]) if found else None


def shut_in(between: str) -> bool:
    """Whether a bracket that holds a number is shut before another one."""
    return ")" in between and "(" not in between[: between.index(")")]


def is_part(reading: Reading, step: Amount, amount: Amount) -> bool:
    """Whether a number behind a change is opened as a part: ``tăng 6 giải so với năm trước, trong đó 2 Nhất``."""
    return any(term.id in ("gom", "trong_do", "chia_ra") for term in reading.terms("rel_open", step.end, amount.start))


def apart(between: str) -> bool:
    """Whether a sentence, a clause or the bracket ends between two numbers."""
    return "." in between.rstrip(".") or ";" in between or between.count(")") > between.count("(")


def without_parts(reading: Reading, rows: list[Row], step: Amount) -> list[Row]:
    """The values before a change without the parts of the one before them: ``214 em, gồm 9 giải Nhất, …; tăng 17``."""
    if step.percent and any(row[0].percent for row in rows[-2:]):
        rows = [row for row in rows if row[0].percent]  # 6.959 thí sinh đỗ, đạt 96,41% (năm 2018: 97,13%), giảm 0,72
    if len(rows) < 2:
        return rows
    # 41 em đạt giải: 1 giải Nhất, 8 giải Nhì, …, tăng 6 giải: what rose is what they make
    graded = [row for row in rows if "dim_prize" in categories(reading, row[1], row[0])]
    if len(graded) > 1 and not reading.terms("dim_prize", step.start, max(step.end, step.unit_end) + 12):
        rows = [row for row in rows if row not in graded] or rows
    # 14.206 học sinh: mầm non 4.318, tiểu học 5.977, THCS 3.911; … tăng 154
    for last in range(3, len(rows) + 1):
        if rows[0][0].value == sum(row[0].value for row in rows[1:last]):
            return [rows[0], *rows[last:]]
    opened = [t.end for t in reading.terms("rel_open", rows[0][0].end, step.start) if t.id in ("gom", "trong_do")]
    whole = [row for row in rows if opened and row[0].end <= opened[0]]
    inside = [row for row in rows if opened and row[0].start >= opened[0]]
    return whole if whole and len(inside) > 1 else rows


def is_step(reading: Reading, amount: Amount) -> bool:
    """Whether a number is itself the size of a change; after ``từ`` it is where one begins."""
    return amount.change and reading.lower[max(0, amount.start - 3) : amount.start] != "từ "


def is_plain_or_from(reading: Reading, amount: Amount) -> bool:
    """Whether a number is a value, also where ``từ`` stands before it."""
    return (
        not is_step(reading, amount)
        and amount.of is None
        and (not amount.vague or reading.lower[max(0, amount.start - 3) : amount.start] == "từ ")
    )


def fits_step(value: Amount, step: Amount) -> bool:
    """Whether a change can be one of a value; one in percent can be of any."""
    if step.percent:
        return True
    return not value.percent and (fits(value, step) or fits(step, value))


_OLD = re.compile(
    r"(?<!\w)(?:năm học trước|năm trước|năm ngoái|đầu năm(?: học)?|cùng kỳ(?! năm (?:học )?(?:nay|này))|trước đây|"
    r"trước (?:khi )?(?:sáp nhập|sắp xếp)|đầu (?:nhiệm kỳ|khóa|giai đoạn|kỳ)|"
    r"nhiệm kỳ trước|(?:học )?kỳ trước|khóa trước|từ)(?!\w)"
)
#: What a change before is told against, with its sign behind: ``giảm 1 cháu so với năm học trước; thấp còi 12 cháu``.
_AGAINST_BY = re.compile(r"\d[^;.()\d]{0,24}(?<!\w)(?:so với|hơn) (?:cùng kỳ |cuối )?$")
_SHUT = re.compile(r"\s*[,;)]")
#: Right before a value that holds since a time: ``15.000 đồng, từ tháng 01/2019 nâng lên 17.000 đồng``.
_HELD_SINCE = re.compile(
    r"(?<!\w)(?:từ|sang|bước sang|đến) (?:ngày|tháng|năm|quý|học kỳ|kỳ|khóa|tuần|đợt)(?!\w)[^;()]{0,24}?"
    r"(?<!\w)(?:lên|xuống|còn|thành)(?: còn| đến| mức| tới| là)? $"
)
_NEW = re.compile(
    r"(?<!\w)(?:năm học này|năm nay|đến nay|hiện nay|hiện có|nay|xuống|lên|"
    r"còn(?! (?:chuyển|tiếp nhận|nhận|kết nạp|tuyển|bổ sung|tổ chức|phải|được|xây|mua|mở)(?!\w))|"
    r"cuối (?:năm(?: học)?|(?:học |nhiệm )?kỳ|khóa|giai đoạn)|"
    r"sau (?:khi )?(?:sáp nhập|sắp xếp|dồn ghép))(?!\w)"
)
#: A bracket right behind a number that gives another one of an earlier time: ``245 người (năm 2010 là 210 người)``.
_ASIDE = re.compile(
    rf"[^\d().;]{{0,24}}\((?:so với )?(?:{EARLIER}|{EARLIER}[^\d();:]{{1,24}})"
    r"(?:[,:]| chỉ)?(?: (?:là|có|đạt|chiếm|tỷ lệ|ở mức))* ?"
)


def is_beside(lower: str, amount: Amount, old: Amount) -> bool:
    """Whether a number stands in a bracket right behind another one, as that of an earlier time."""
    return _ASIDE.fullmatch(lower, max(amount.end, amount.unit_end), old.start) is not None


#: Before a number: what is told against it follows, ``So với năm 2015 (có 18 trường), …``.
_BASE = re.compile(
    rf"(?<!\w)(?:so với|(?:nhiều|ít|cao|thấp|kém) hơn) (?:{EARLIER})(?: \(|,? )(?:chỉ )?(?:là |có |đạt |với )*$"
)


def is_base(lower: str, amount: Amount) -> bool:
    """Whether a number is said to be what others are compared with."""
    return _BASE.search(lower[max(0, amount.start - _BASE_REACH) : amount.start]) is not None


_BASE_REACH = 60
_CLAUSE_BACK = 45


def is_old(lower: str, amount: Amount, since: int = 0) -> bool:
    """Whether the words of its clause before a number make it that of an earlier time."""
    begins = max(since, amount.start - _CLAUSE_BACK)
    begins = max(begins, lower.rfind(";", begins, amount.start) + 1)
    return not holds_since(lower, amount) and any(
        _SHUT.match(lower, old.end()) is None
        or _AGAINST_BY.search(lower, max(0, old.start() - _BASE_REACH), old.start()) is None
        for old in _OLD.finditer(lower, begins, amount.start)
    )


def holds_since(lower: str, amount: Amount) -> bool:
    """Whether a number is what another one has become at a time named before it."""
    return _HELD_SINCE.search(lower[max(0, amount.start - _BASE_REACH) : amount.start]) is not None


#: A month before a value that a later one follows: ``tháng 5/2022 còn 31 phòng, đến nay 24 phòng``.
_MONTH = re.compile(r"(?<!\w)(?:tháng|cuối tháng|đầu tháng) \d{1,2}(?:/| năm )\d{4}[^\d;.()]*$")


def is_of_month(lower: str, amount: Amount) -> bool:
    """Whether a month with its year dates a number."""
    return _MONTH.search(lower[max(0, amount.start - 45) : amount.start]) is not None


def is_new(lower: str, since: int, amount: Amount) -> bool:
    """Whether the words between an offset and a number make it that of the later time."""
    return _NEW.search(lower[since : amount.start]) is not None


#: What a change is told against behind its size: ``tăng 0,7% so với năm 2019``.
_AGAINST_BEHIND = re.compile(r"[^;.,()\d]{0,24}so với [^;.,()\d]{0,24}năm (?:học )?(?P<year>(?:19|20)\d\d)")


def year_against(reading: Reading, segment: Segment, step: Amount) -> int | None:
    """The year that a change is told against: ``cao hơn năm 2019 là 0,7``, ``tăng 0,7 so với năm học 2018-2019``."""
    before = _AGAINST.search(reading.lower, max(segment.start, step.start - 2 * _TERM_REACH), step.start)
    if before is not None:
        return year_in(reading.lower, *before.span())
    behind = _AGAINST_BEHIND.match(reading.lower, max(step.end, step.unit_end))
    return int(behind["year"]) if behind is not None else None


_FROM_TO = re.compile(r"[^;.()\d]{4,60}?(?<!\w)(?:đến|tới|thành)(?: nay)?(?: là| có)? $")


def has_become(lower: str, first: Amount, last: Amount) -> bool:
    """Whether one number is said to have become another: ``Từ 12 lớp lúc mới thành lập đến 28 lớp hôm nay``.

    Without its own noun the first one only begins a range: ``từ 10 đến 12 em``.
    """
    own = first.unit is not None and first.end < first.unit_end < last.start
    led = lower[max(0, first.start - len("từ ")) : first.start].startswith("từ")
    told = own and led and _FROM_TO.fullmatch(lower, first.unit_end, last.start) is not None
    return told or holds_since(lower, last)


#: In the clause of a number: it is that of several years.
_SPAN = re.compile(r"(?<!\w)(?:năm (?:gần đây|qua|liền|liên tục)|giai đoạn|cả nhiệm kỳ|\d+ năm học)(?!\w)")
#: Before a number: it is only some of the one before.
_ALONE = re.compile(r"(?<!\w)(?:riêng|trong đó|trong số đó)(?!\w)")
#: Of these two values of one thing do not have two categories.
_APART = ("dim_level", "dim_class", "dim_gender", "dim_staff", "dim_owner", "dim_age", "dim_prize")


def of_one_thing(reading: Reading, first: Row, last: Row) -> bool:
    """Whether two numbers may be one thing's at two times: of one level, none a part of the other or of many years."""
    (one, where), (other, place) = first, last
    if _SPAN.search(reading.lower, where.start, one.start) or _ALONE.search(reading.lower, one.end, other.start):
        return False
    if where is place:
        return True
    here, there = (categories_near(reading, s, a.start, a.end) for a, s in (first, last))
    return all(here[group] == there[group] for group in _APART if group in here and group in there)


def of_one_kind(reading: Reading, value: Row, step: Row) -> bool:
    """Whether a change names no category but that of a value: not ``18 giải, … giải Nhất tăng 1``."""
    (amount, where), (size, place) = value, step
    own, there = categories_near(reading, place, size.start), categories_near(reading, where, amount.start, amount.end)
    return all(there.get(group) == own[group] for group in _APART if group in own)


def is_narrowed(reading: Reading, value: Row, step: Amount) -> bool:
    """Whether a change behind a value is said of some only: ``157 em, học sinh yếu kém giảm 7 em``."""
    amount, segment = value
    words = [reading.lower[t.start : t.end] for t in reading.categories(amount.unit_end, step.start)]
    said = reading.lower[segment.start : max(amount.unit_end, amount.end)]
    return any(word not in said for word in words)


_TIME_BEFORE = re.compile(rf"(?<!\w){EARLIER}(?: là)? $")


def tells_time(reading: Reading, segment: Segment, step: Amount) -> bool:
    """Whether the time that a change is told against stands right before its size: ``thấp hơn năm trước 1,1%``."""
    return _TIME_BEFORE.search(reading.lower, max(segment.start, step.start - 2 * _TERM_REACH), step.start) is not None
