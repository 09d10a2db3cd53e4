"""Lists of parts: which numbers stand for parts of one whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.relations.amounts import Amount
from extractors.relations.bodies import names_body
from extractors.relations.reading import LOWER, UPPER, Reading, attribute, dimensions, remembered
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Segment

#: Families of counted people.
PEOPLE = {"pupil", "staff", "person"}
_NAME = re.compile(rf"(?<!\w)[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)+")
#: What follows is what a number is for, with a subject of its own: ``9 giáo viên để bảo đảm 100% trường …``.
AIM = re.compile(r"(?<!\w)(?:để|nhằm|phấn đấu|bảo đảm cho|đảm bảo cho)(?!\w)")
# What follows comes on top of the whole.
_BESIDES = re.compile(
    r"\s*(?:và |cộng |(?:đó|đấy|ấy|như thế) là )?(?:còn )?(?:thêm|ngoài ra|(?:chưa|không) (?:kể|tính)|"
    r"cùng với|(?:số )?(?:còn )?(?:chuyển|để lại)(?: sang)? "
    r"(?:năm|kỳ|quý|tháng|nhiệm kỳ) sau|kết dư|số dư|dư cuối|tồn (?:quỹ|cuối))(?!\w)"
)
# All that may stand beside a percentage that belongs to the count before.
_JOINING = re.compile(r"[\s,(]*(?:(?:và|đạt|chiếm|bằng|tỷ lệ|tỉ lệ|tl|tương đương|tức|là|=)\s*)*")
# The words that open parts of the part just named; a result (``xếp loại``) may stand beside its number.
_INNER = {"trong_do", "gom", "chia_ra"}


#: Of these a list names all before it takes one of them apart.
_NEVER_AGAIN = ("dim_level", "dim_staff", "dim_prize")
#: What people make, each alone or several together.
WORKS = {"sản phẩm", "dự án", "đề tài", "bài", "bài dự thi", "tiết mục", "tiết"}


@dataclass
class Part:
    """One part of a list: its number, its segment, what it is called, its percentage."""

    amount: Amount
    segment: Segment
    categories: dict[str, str] = field(default_factory=dict)
    share: Amount | None = None
    rest: bool = False
    named: bool = False


@dataclass
class Parts:
    """The parts of one list and what was said of them.

    ``some``: that there are others; ``overlap``: that they cut across each other; ``unnumbered``: the
    categories of members without a number (``Nhất: em Đinh Bảo Châu``); ``uncounted``: that some member is only named
    (``MN 14, TH 13 và Trung tâm GDTX``).
    """

    found: list[Part] = field(default_factory=list)
    some: bool = False
    overlap: bool = False
    unnumbered: list[dict[str, str]] = field(default_factory=list)
    uncounted: bool = False

    def dimension(self) -> str | None:
        """The dimension in which all parts have categories of their own, or None."""
        return common_dimension([part.categories for part in self.found])

    def _without_nested(self, whole: int | float) -> None:
        """Leave out those above the standard where they are counted among those who have it, and the others are all."""
        labels = [part.categories.get("dim_standard") for part in self.found]
        if "above" not in labels or "standard" not in labels:
            return
        others = [part for part, label in zip(self.found, labels, strict=True) if label != "above"]
        if sum(part.amount.value for part in others) == whole:
            self.found[:] = others

    def settle(self) -> None:
        """Take back that parts cut across each other where they are categories that exclude each other."""
        dimension = self.dimension()
        labels = {part.categories[dimension] for part in self.found} if dimension is not None else set()
        # Those above the standard have it too, unless those below it are told beside them.
        if dimension in _PAIRS and (dimension != "dim_standard" or "below" in labels):
            self.overlap = False

    def cut(self, whole: int | float, *, closed: bool) -> None:
        """Leave out what follows the first parts that make the whole: it takes it apart anew, or belongs elsewhere.

        A smaller number behind them may be a part misprinted, and in a bracket of one dimension (``closed``: the
        grades of a prize, the levels of schools) all are parts; elsewhere where the same sign stands between them.
        """
        self._without_nested(whole)
        values = [part.amount.value for part in self.found]
        signs = signs_in(self.found[1:])
        told_once = self.dimension() in _NEVER_AGAIN and signs in ({","}, {";"}, {",", "và"})
        if told_once or (closed and self.dimension() is not None) or self._is_closed():
            return
        for count in range(2, len(values)):
            first, rest = values[:count], values[count:]
            anew = self.found[count].segment.separator == ";" and signs_in(self.found[1:count]) <= {",", "và"}
            if sum(first) == whole and (anew or 2 * min(rest) >= min(first) > 0):
                del self.found[count:]
                return

    def _is_closed(self) -> bool:
        """Whether ``và`` closes a list of one noun: ``1 phòng Lý, 3 phòng Tin học và 1 phòng STEM``."""
        units = {part.amount.unit for part in self.found}
        closing = len(self.found) > 2 and self.found[-1].segment.separator == "và"
        return closing and len(units) == 1 and None not in units and signs_in(self.found[1:-1]) == {","}


def signs_in(parts: Sequence[Part]) -> set[str]:
    """The signs before parts of a list."""
    return {part.segment.separator for part in parts}


def usable(amount: Amount) -> bool:
    """Whether an amount counts things exactly: a count, the first number of a ratio, or so much ground."""
    whole = amount.family == "area" or float(amount.value).is_integer()
    return whole and not amount.percent and not amount.change and not amount.vague


def fits(whole: Amount, part: Amount) -> bool:
    """Whether a number can be a part of another one, by what they count."""
    left, right = whole.family, part.family
    if left == "prize" and part.unit == "đồng":
        return True  # bronze, not money
    if left == right == "area":
        return (whole.unit == "ha") is (part.unit == "ha")
    if left == right or right is None or left is None:
        return True
    if whole.unit in ("đoàn", "đội") and right in ("school", "place"):
        return True  # who sent one each
    if (whole.unit, part.unit) == ("điểm trường", "điểm"):
        return True  # not marks
    if {left, right} <= PEOPLE:
        return "person" in (left, right)
    if "any" in (left, right) and {whole.unit, part.unit} & WORKS:
        # So many pupils make so many works, each of which wins one prize.
        return right == "prize" and whole.unit in WORKS
    if "any" in (left, right):
        return ({left, right} - {"any"}) <= PEOPLE | {"prize"}
    return left in PEOPLE and right == "prize"


def common_dimension(categories: Sequence[dict[str, str]]) -> str | None:
    """The dimension in which all have a category and no two the same, or None."""
    if len(categories) < 2:
        return None
    for group in categories[0]:
        values = [row.get(group) for row in categories]
        if None not in values and len(set(values)) == len(values):
            return group
    return None


def categories(reading: Reading, segment: Segment, amount: Amount) -> dict[str, str]:
    """The category that a segment names in each dimension, the one nearest to the number."""
    return categories_near(reading, segment, amount.start, amount.end)


@remembered
def categories_near(reading: Reading, segment: Segment, first: int, last: int | None = None) -> dict[str, str]:
    """The category that a segment names in each dimension, the one nearest to a range."""
    last = first if last is None else last
    best: dict[str, tuple[int, int, str]] = {}
    for start, end in segment.own:
        for term in reading.categories(start, end):
            group = term.group
            if _is_place(reading, group, term.start, term.end):
                continue
            weak = int(attribute(group, term.id, "weak") is not None)
            distance = min(abs(term.start - last), abs(first - term.end))
            if group not in best or (weak, distance) < best[group][:2]:
                best[group] = (weak, distance, term.id)
    return {group: best[group][2] for group in dimensions() if group in best} if best else {}


#: Before the name of a people, and behind one that stands by itself.
_NAMED_PEOPLE = ("dân tộc ", "người ")
_ALONE = re.compile(r"\s*(?:$|[\d:,;.()%]|(?:có|là|chiếm|đạt)(?!\w))")


def _is_place(reading: Reading, group: str, start: int, end: int) -> bool:
    """Whether a word is part of a name (``Nam`` of ``Nam Mỹ``), or a common one that sounds like one (``thái độ``)."""
    if group == "dim_people" and not reading.lower.startswith(_NAMED_PEOPLE, start):
        if not reading.text[start].isupper() or _ALONE.match(reading.lower, end) is None:
            return True
    elif group != "dim_gender" or not reading.text[start].isupper():
        return False
    return (
        re.match(rf" [{UPPER}]", reading.text[end : end + 2]) is not None
        or re.search(rf"[{UPPER}][^\W\d_]* $", reading.text[max(0, start - 10) : start]) is not None
    )


#: Before what so many at so much come to.
_MADE = ("= ", "=")
#: Before what an amount of money is raised from and to: ``tăng lương từ 730.000đ lên 830.000đ bổ sung 5.870 triệu``.
_ENDS = (" từ ", " lên ", " xuống ", " mức ")


def read_parts(
    reading: Reading, segments: Sequence[Segment], start: int, whole: Amount, *, closed: bool = False
) -> Parts:
    """The parts that a run of segments names for a whole, from an offset on.

    The run ends with its sentence, with a number that counts something else, with a total, and
    with a part that opens a list of its own by ``trong đó``; one in parentheses (``closed``) not with another scale.
    """
    parts = Parts()
    known: set[str] = set()
    nested = False
    for index, segment in enumerate(segments):
        if index and segment.separator == ".":
            break
        if nested and segment.separator != ";":
            continue
        nested = False
        own = [(max(first, start), last) for first, last in segment.own if last > start]
        if index and _opens(reading, own):
            nested = True
            continue
        if index and own and _BESIDES.match(reading.lower, own[0][0], own[0][1]):
            break
        amounts = [amount for amount in segment.amounts if amount.start >= start]
        counts = [a for a in amounts if usable(a) and (a.family != "time" or whole.family == "time" or fits(whole, a))]
        amount = next((a for a in counts if fits(whole, a)), None)
        if amount is not None and amount.family == "money":  # 24 suất x 400.000đ = 9.600.000đ
            made = (a for a in counts if fits(whole, a) and reading.text.endswith(_MADE, 0, a.start))
            told = (a for a in counts if fits(whole, a) and not reading.lower.endswith(_ENDS, 0, a.start))
            amount = next(made, None) or next(told, amount)
        if amount is not None and amount.of is not None and whole.of not in (None, whole.value):
            break  # 754/760 em khá, giỏi, … 751/760 em hạnh kiểm tốt: each has its own whole
        if counts and (amount is None or (parts.found and _is_total(reading, own, amount))):
            break
        nobody = bool(parts.found) and not counts and any(_NOBODY.search(reading.lower, *span) for span in own)
        if nobody:
            parts.found[-1].rest = True  # the others have none: those named are all
            break
        parts.some |= segment.separator == "…" or any(_says_some(reading, span, bool(counts)) for span in own)
        if amount is None:
            if not parts.found and amounts and amounts[0].change and not amounts[0].percent:
                parts.some = True  # mầm non thiếu 203, tiểu học 118: a part whose verb is that of the others
            if own and amounts and _JOINING.fullmatch(reading.lower, own[0][0], amounts[0].start):
                _attach_share(reading, parts, amounts, whole)
            if not amounts and segment.end > start:
                parts.unnumbered.append(categories_near(reading, segment, segment.start))
                parts.uncounted |= (
                    bool(parts.found) and segment.separator in (",", ";", "và") and names_body(reading, own)
                )
            continue
        across = any(reading.has("rel_overlap", *span) for span in own)
        if across and segment.separator == ";" and len(parts.found) > 1 and _by_commas(parts):
            break  # gồm: quản lý 2, giáo viên 33, nhân viên 3; đảng viên 27
        if across and segment.separator == "," and len(parts.found) > 2 and _by_semicolons(parts):
            break  # tiểu học 2.247; THCS 1.561; mầm non 1.108, nữ 2.390
        parts.overlap |= any(reading.has("rel_overlap", *span) for span in own) and not _both_genders(reading, segments)
        if segment.separator == ";" and _is_anew(reading, parts, segment, amount):
            break  # quản lý 3, giáo viên 31, nhân viên 4; kể từ khi tách đã có 26 thầy cô về hưu
        if segment.separator == ";" and parts.found and _opens_next(reading, segments[index + 1 : index + 2]):
            break
        labels = categories(reading, segment, amount)
        kin = known | parts.found[-1].categories.keys() if parts.found else known
        if segment.separator == ";" and parts.dimension() not in labels and _is_told(parts, whole.value, amount.value):
            break  # MN 212, TH 365, THCS 338; xếp loại A 97, B 402
        if parts.found and known and labels and not kin & labels.keys() and segment.separator in (";", "."):
            if not closed:
                break
            labels = {}
        known = (known & labels.keys()) if parts.found else set(labels)
        share = next((a for a in amounts if a.percent and a.start > amount.end and not a.change), None)
        if share is not None and AIM.search(reading.lower, amount.end, share.start):
            share = None
        part = Part(amount, segment, labels, share or group_share(segment))
        part.rest = any(reading.has("rel_rest", *span) for span in own)
        part.named = any(_NAME.search(reading.text, *span) for span in own)
        parts.found.append(part)
        nested = _opens_its_own(reading, segment, amount)
    _share_of_all(parts, whole)
    parts.settle()
    return parts


#: Categories that exclude each other though words of them may overlap elsewhere: đảng viên chính thức, dự bị.
_PAIRS = ("dim_member", "dim_track", "dim_session", "dim_standard", "dim_gender", "dim_people")


def _share_of_all(parts: Parts, whole: Amount) -> None:
    """Leave out a percentage behind the last part that is said of all who won: ``84 em: 8 Nhất, …, 35 KK (65,6%)``."""
    if len(parts.found) <= 2:
        return
    *listed, last = parts.found
    if last.share is None or any(part.share is not None for part in listed):
        return
    if whole.family in PEOPLE and sum(part.amount.value for part in parts.found) == whole.value:
        last.share = None


#: Behind the parts: ``các trường còn lại không có em nào``.
_NOBODY = re.compile(
    r"(?<!\w)(?:còn lại (?:đều )?không (?:có|phát sinh)|không (?:có|còn|xếp loại|xếp))(?!\w)[^;.]{0,30}"
    r"(?<!\w)(?:nào|trường hợp|vắng|yếu|kém)(?!\w)"
)


def _is_total(reading: Reading, own: list[tuple[int, int]], amount: Amount) -> bool:
    """Whether words before a number make it a total; behind it they tell another: ``32 giải trên tổng số 184 em``."""
    return any(reading.has("rel_total", first, min(last, amount.start)) for first, last in own if first < amount.start)


def _opens_its_own(reading: Reading, segment: Segment, amount: Amount) -> bool:
    """Whether a part goes on with parts of its own: ``trong đó Phòng quản lý 35 trường gồm: 14 trường mầm non, …``."""
    return any(
        term.id in _INNER
        for first, last in segment.own
        for term in reading.terms("rel_open", max(first, amount.end), last)
    )


def _is_told(parts: Parts, whole: float, following: float) -> bool:
    """Whether three parts at least of one scale make the whole but for the last digit, and not with what follows."""
    made = sum(part.amount.value for part in parts.found)
    if len(parts.found) <= 2 or not _by_commas(parts) or parts.dimension() is None or made + following == whole:
        return False
    return made == whole or (abs(made - whole) <= _LAST_DIGIT and differ_by_slip(made, whole))


_LAST_DIGIT = 9


def _is_anew(reading: Reading, parts: Parts, segment: Segment, amount: Amount) -> bool:
    """Whether a number behind a semicolon has a noun, where labels with bare numbers stood before; or the reverse."""
    units = {part.amount.unit for part in parts.found}
    if amount.family is None and len(parts.found) > 2 and _by_commas(parts) and len(units) == 1 and None not in units:
        return True  # phòng kiên cố 10 phòng, bán kiên cố 6 phòng, phòng tạm 2 phòng; giường tầng 150 chiếc
    if len(parts.found) <= 2 or amount.family is None or not _by_commas(parts):
        return False
    bare = parts.dimension() is not None and all(part.amount.family is None for part in parts.found)
    return bare and parts.dimension() not in categories(reading, segment, amount)


def _by_commas(parts: Parts) -> bool:
    """Whether the parts so far stand between commas."""
    return all(part.segment.separator in (",", "và") for part in parts.found[1:])


def _by_semicolons(parts: Parts) -> bool:
    """Whether the parts so far stand between semicolons."""
    return all(part.segment.separator == ";" for part in parts.found[1:])


def _says_some(reading: Reading, span: tuple[int, int], counted: bool) -> bool:
    """Whether a range says that there are other parts; ``còn lại`` with a number says the contrary."""
    return any(not (counted and term.id == "con_lai") for term in reading.terms("rel_some", *span))


def _opens(reading: Reading, own: list[tuple[int, int]]) -> bool:
    return bool(own) and any(
        term.start - own[0][0] <= 3 and term.id == "trong_do" for term in reading.terms("rel_open", *own[0])
    )


def _opens_next(reading: Reading, following: Sequence[Segment]) -> bool:
    return any(segment.separator in (",", ":") and _opens(reading, segment.own) for segment in following)


def _both_genders(reading: Reading, segments: Sequence[Segment]) -> bool:
    found = {term.id for s in segments for span in s.own for term in reading.terms("dim_gender", *span)}
    return {"nam", "nu"} <= found


#: A percentage of a total that is named behind it: ``12 giải KK, chiếm 38,3% tổng số giải toàn huyện``.
_OF_OTHERS = re.compile(
    r"\s*(?:của |trong |so với |trên )?(?:tổng số|kế hoạch|chỉ tiêu|dự toán|"
    r"toàn (?:huyện|tỉnh|ngành|xã|trường|khối|cụm))"
)


def _attach_share(reading: Reading, parts: Parts, amounts: list[Amount], whole: Amount) -> None:
    listed = parts.found[:-1]
    whole_list = len(listed) > 1 or sum(part.amount.value for part in parts.found) == whole.value
    if listed and whole_list and all(part.share is None for part in listed):
        return  # 9 giải, gồm 2 giải Nhất, 3 giải Nhì và 4 giải Ba, đạt tỷ lệ 75%: said of them all
    shares = [a for a in amounts if a.percent and not (a.change or a.vague)]
    shares = [share for share in shares if not AIM.search(reading.lower, amounts[0].end, share.start)]
    if len(shares) == 1 and _OF_OTHERS.match(reading.lower, shares[0].end):
        return
    if parts.found and parts.found[-1].share is None and len(shares) == 1 and shares[0].family is None:
        parts.found[-1].share = shares[0]


def group_share(segment: Segment) -> Amount | None:
    """The percentage alone in parentheses: ``12 em (8,5%)``."""
    for group in segment.groups:
        inside = [amount for part in group.segments for amount in part.amounts]
        if len(inside) == 1 and inside[0].percent and not inside[0].change and not inside[0].vague:
            return inside[0]
    return None
