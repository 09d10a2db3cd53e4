"""Sizes that a report prints for one and the same whole: ``24/24 đơn vị`` and ``23/23 đơn vị``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors._shared.document import Block
from extractors._shared.levels import find_levels, join_levels
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import UPPER, Reading
from extractors.relations.structure import Level, Segment
from schemas.records import Record, Report
from schemas.relation import Quantity, Relation

_FAMILIES = ("school", "place", "cell", "class")
#: All classes are counted where the words behind say so: ``43/43 lớp trong toàn trường``.
_OF_ALL = re.compile(
    r"\s*(?:của |trong |thuộc |ở )?(?:toàn |nhà |cả )?trường(?! [^\W\d_]*(?:học|non|sở|thông|số)(?!\w))(?!\w)"
)
#: The members of one body, where it is named as the whole: ``42/42 đảng viên của chi bộ``.
_MEMBERS = ("đảng viên", "đoàn viên", "công đoàn viên", "hội viên", "đội viên")
_OF_BODY = re.compile(
    r"\s*(?:trong |của |thuộc )?(?:toàn |cả )?(?:chi bộ|đảng bộ|công đoàn|chi đoàn|đoàn trường|liên đội|chi hội|hội)"
    r"(?!\w)"
)
_ALIKE = {
    "lớp học": "lớp",
    "nhóm lớp": "nhóm, lớp",
    "trường học": "trường",
    "nhà trường": "trường",
    "đơn vị trường": "đơn vị",
    "đơn vị trường học": "đơn vị",
    "xã thị trấn": "xã, thị trấn",
}
# Words after the counted noun that narrow it: the whole is then another one.
_NARROWED = re.compile(
    r"\s*(?:tham gia|dự thi|dự|đăng ký|đăng kí|được (?:kiểm tra|chọn|giao|thanh tra|đánh giá|khảo sát)|thuộc|"
    r"vùng|ngoài công lập|công lập|tư thục|"
    r"xây dựng|đề nghị|trong|của|"
    r"trực thuộc(?= (?:đảng|huyện|phòng|sở|ubnd|ủy|thành|quận|công đoàn))|"
    r"có (?:học sinh|trẻ|cấp|lớp)|tổ chức bán trú|bán trú|ở|tại|nằm|"
    r"khó khăn|còn lại|khác)(?!\w)"
)
#: Words after ``lớp`` that tell some of the classes by their age or kind.
_SOME_CLASSES = re.compile(
    r"\s*(?:\d|khối|mẫu giáo|nhà trẻ|mầm|chồi|lá|ghép|nhô|lớn|bé|nhỡ|tiểu học|thcs|thpt|chọn|chuyên|đầu cấp|cuối cấp|"
    r"bán trú|học|dạy|phổ cập|xóa|xoá|năng khiếu|bồi dưỡng|tập huấn|đơn|của khối|ở|tại|trong khối|được chọn|tham gia|"
    r"dự)"
    r"(?!\w)"
)
# Words before a number that limit it to a part of the whole.
_LIMITED = re.compile(
    rf"(?<!\w)(?:(?i:cụm|miền|khu vực|khối thi đua|vòng|đợt)(?= ?(?:[{UPPER}\d]|số|thi đua|chuyên môn)) ?(?:số ?)?\S+|"
    rf"(?i:năm học|năm|giai đoạn) \d[\d/-]*|"
    rf"(?i:khối|lớp|tổ|điểm|khu|nhà trẻ|mẫu giáo)(?= [\d{UPPER}(])(?! \d+ ?/) \S+|"
    rf"(?i:nhà trẻ|mẫu giáo|\d tuổi|năm (?:học )?(?:trước|ngoái)|cùng k[ỳì])|"
    rf"(?i:xã|thị trấn|phường|huyện|quận|tỉnh) [{UPPER}]\S+)"
)
_TOTAL = re.compile(
    r"(?:toàn (?:huyện|ngành|tỉnh|thành phố|quận|thị xã|xã|phường|khối|cụm) (?:hiện )?(?:có|còn)|tổng số(?: là| có)?|"
    r"^\s*(?:huyện|tỉnh|thành phố|quận|thị xã) (?:ta )?(?:hiện |hiện nay |nay )?(?:có|còn)|hiện có|"
    r"mạng lưới (?:trường(?:,? lớp| học)* )?(?:(?!mầm|tiểu|trung|thcs|thpt|công|tư|ngoài)[^\W\d_]+ ){0,4}"
    r"(?:từ \d+(?: trường)? )?(?:xuống )?còn)\s*$"
)
#: The same for the classes of a school, in its own report.
_TOTAL_CLASSES = re.compile(
    r"(?:(?:nhà |toàn )?trường (?:hiện |hiện nay )?(?:có|còn)|năm học (?:này|nay|\d{4} ?- ?\d{4})(?:,)? (?:nhà |toàn )?"
    r"(?:trường )?có|số (?:nhóm, )?lớp:|tổng số(?: là| có)?|hiện có)\s*$"
)
#: Behind a count that is said of all of them: ``22 trường tiểu học của huyện đều …``.
_ALL_OF_THEM = re.compile(
    r"\s*(?:của |trong |thuộc )?(?:toàn )?(?:huyện|tỉnh|thành phố|quận|thị xã|xã|phường|ngành) (?:đều|cùng)(?!\w)"
)
_LABEL = re.compile(r"^\s*(?:tổng )?số [\w, ]{2,12}:$")
#: What narrows a whole by itself, whatever is said of it then.
_OWNED = re.compile(r"(?:ngoài công lập|công lập|tư thục|dân lập)(?!\w)(?= (?!trong|ở|tại|thuộc|vùng|tham gia|dự))")
#: Whose all of them are anyway: ``11/11 trường trong xã``.
_HERE = re.compile(
    r"\s*(?:trong |của |thuộc )?(?:toàn )?(?:địa bàn )?(?:huyện|tỉnh|thành phố|quận|thị xã|xã|phường|ngành|cụm|khối)"
    r"(?:(?= (?!thi đua|lớp|công lập|mầm non|tiểu học|thcs|thpt|chuyên môn)[^\W\d_]*[a-zà-ỹ])"
    r"|(?<!xã)(?<!phường)\s*(?=[.;,)]|$))"
)
#: Behind ``15/15 khu phố``, at the end of its clause: all of them took part; units of a contest are those who did.
_TOOK_PART = re.compile(r" (?:đã |đều |cùng )?(?:tham gia|tham dự|hưởng ứng)\s*(?:[.;,]|$)", re.M)
#: Behind ``11/11 trường`` at the head of a clause: all there are.
_ALL_TOOK_PART = re.compile(r" (?:đã |đều |cùng )?(?:tham gia|hưởng ứng)(?!\w)")
#: Behind a noun: another kind of place or school that is counted with it.
_AND_KIND = re.compile(
    r"(?:,| và| -) (thành phố|thị xã|thị trấn|huyện|quận|xã|phường|mẫu giáo|mầm non|tiểu học|thcs|thpt|nhóm trẻ|cơ sở)"
    r"(?!\w)(?! \d)"
)
_AGE = re.compile(r"\d tuổi|nhà trẻ|mẫu giáo", re.I)
_WITH = re.compile(r"\s*(?:với|/)\s*\d")


def find_wholes(
    reading: Reading, levels: Iterable[tuple[Block, Level]], records: Sequence[Record] = ()
) -> list[Relation]:
    """One relation for each whole whose size is printed at least twice.

    A whole is told by the counted noun, its school level (its own, or that of the headings above),
    what narrows it and the part or time it is limited to. People are left out: those counted of
    one contest are not those of another; of the members of a body those counted as all of them are told. Classes are
    counted in a school's own report (by the report among ``records``), elsewhere where the words say that they are all.
    """
    report = next((record for record in records if isinstance(record, Report)), None)
    school = report is not None and _SCHOOL.match((report.issuer or "").lower()) is not None
    found: dict[tuple[str, str, str], list[Quantity]] = {}
    for block, level in levels:
        for inner in level.walk():
            for segment in inner.segments:
                for amount in segment.amounts:
                    if size := _size(reading, segment, amount, school=school):
                        found.setdefault(_key(reading, block, segment, amount), []).append(size)
    return [
        Relation(kind="whole", whole=None, parts=tuple(sizes), exhaustive=True, cue=" ".join(filter(None, key)))
        for key, sizes in found.items()
        if len(sizes) > 1
    ]


_SCHOOL = re.compile(r"trường (?!cán bộ|chính trị|bồi dưỡng|đại học|cao đẳng)")


def _size(reading: Reading, segment: Segment, amount: Amount, *, school: bool) -> Quantity | None:
    if amount.of is None and amount.family is None:
        amount = _labelled(reading, segment, amount)
    members = amount.unit in _MEMBERS and _OF_BODY.match(reading.lower, amount.unit_end) is not None
    if (amount.family not in _FAMILIES and not members) or amount.percent or amount.change or amount.vague:
        return None
    classes = amount.family == "class"
    if classes and school and _SOME_CLASSES.match(reading.lower, amount.unit_end):
        return None
    if amount.of is None:
        total = _TOTAL_CLASSES if classes else _TOTAL
        before = reading.lower[max(segment.start, amount.start - 40) : amount.start]
        end = _noun_end(reading, amount)
        after = re.match(r"[^,;.()]*", reading.lower[end : segment.end])
        alone = after is None or not after.group(0).strip() or _WITH.match(reading.lower, end)
        all_of = not classes and not members and _ALL_OF_THEM.match(reading.lower, end) is not None
        all_of = all_of or (amount.family in ("place", "school") and _each_of_them(reading, segment, amount, end))
        if (classes and not school) or members or not (all_of or (total.search(before) and alone)):
            return None
        return quantity(reading, amount, segment)
    if (members or (classes and not school)) and (amount.value != amount.of or not _of_all(reading, amount)):
        return None
    if amount.value > amount.of or any(reading.has("rel_target", *span) for span in segment.own):
        return None
    return quantity(reading, amount, segment).model_copy(update={"value": amount.of})


#: Of fewer ``cả 4 trường`` may be some of them that were told just before.
_MANY = 8
_EACH = re.compile(r" (?:đều|cùng)(?!\w)")


def _each_of_them(reading: Reading, segment: Segment, amount: Amount, end: int) -> bool:
    """Whether a clause begins with all there are: ``Sinh hoạt: 14 khu phố đều mở điểm``, ``cả 14 khu phố đều``."""
    before = reading.lower[segment.start : amount.start].rstrip()
    opens = (not before or before.endswith(":")) and amount.family == "place"
    opens = opens or (before.endswith(" cả") and amount.value >= _MANY)
    return opens and _EACH.match(reading.lower, end) is not None


def _labelled(reading: Reading, segment: Segment, amount: Amount) -> Amount:
    """A bare number with the noun of its label: ``Số nhóm, lớp: 11``."""
    before = reading.lower[segment.start : amount.start].rstrip()
    terms = reading.terms("rel_unit", segment.start, segment.start + len(before)) if before.endswith(":") else []
    if not terms or segment.start + len(before) - terms[-1].end > 2 or not _LABEL.search(before):
        return amount
    unit = reading.lower[terms[-1].start : terms[-1].end]
    return replace(amount, family=terms[-1].id, unit=unit, unit_end=amount.end)


def _of_all(reading: Reading, amount: Amount) -> bool:
    pattern = _OF_BODY if amount.unit in _MEMBERS else _OF_ALL
    return pattern.match(reading.lower, amount.unit_end) is not None


def _noun_end(reading: Reading, amount: Amount) -> int:
    levels = find_levels(reading.text, reading.lower, amount.unit_end, min(len(reading.text), amount.unit_end + 30))
    if levels and levels[0][0] - amount.unit_end <= 5 and "(" not in reading.text[amount.unit_end : levels[0][0]]:
        return levels[0][1]
    return amount.unit_end


def _key(reading: Reading, block: Block, segment: Segment, amount: Amount) -> tuple[str, str, str]:
    if amount.family is None:
        amount = _labelled(reading, segment, amount)
    own = [found[2] for place in segment.own for found in find_levels(reading.text, reading.lower, *place)]
    level = join_levels(own) or reading.document.level(block) or ""
    if amount.unit in _MEMBERS:
        return f"{amount.unit} của tổ chức", "", ""
    end = _noun_end(reading, amount)
    narrowed = _NARROWED.match(reading.lower, end)
    # Toàn huyện có 22/22 trường tham gia: all there are.
    before = reading.lower[max(segment.start, amount.start - 40) : amount.start]
    # Units of a contest are those who took part: ``Hội thi có 18/18 đơn vị tham gia``.
    opens = amount.unit != "đơn vị" and reading.lower[segment.start : amount.start].strip()[-1:] in ("", ":")
    pattern = _ALL_TOOK_PART if opens else _TOOK_PART
    took_part = amount.family == "place" or opens
    took_part = took_part and pattern.match(reading.lower, end) is not None
    if amount.of == amount.value and (_TOTAL.search(before) or took_part):
        narrowed = None
    # Where some did not, all could have taken part: ``8/9 đơn vị tham gia``.
    if (amount.of or 0) > amount.value and _TOOK_PART.match(reading.lower, end):
        narrowed = None
    if _ALL_OF_THEM.match(reading.lower, end) or _HERE.match(reading.lower, end):
        narrowed = None
    what = reading.lower[amount.unit_end : amount.unit_end + 40].strip() if narrowed else ""
    if named := _OWNED.match(what):
        what = named.group()
    if amount.family == "place":
        level = ""  # as many communes, whatever level of school is spoken of
    limits = sorted(_limits(reading, segment, amount))
    limits += sorted(_times_above(reading, block))
    if more := _AND_KIND.match(reading.lower, end):
        limits.append(more[1])  # 9 huyện, thành phố: more than the 8 huyện
    unit = amount.unit or ""
    if amount.family == "class" and _of_all(reading, amount):
        return "lớp", level, ""
    return _ALIKE.get(unit, unit), level, "; ".join(filter(None, [what, *limits]))


def _times_above(reading: Reading, block: Block) -> Iterator[str]:
    """The school years that the headings above a number name, where its own line names none."""
    if _SCHOOL_YEAR.search(reading.lower, block.body, block.end):
        return
    for above in reading.document.ancestors(block):
        yield from _SCHOOL_YEAR.findall(reading.lower[above.body : above.end])


_SCHOOL_YEAR = re.compile(r"(?<!\w)năm học (?:19|20)\d\d ?[-–] ?(?:19|20)\d\d")


def _limits(reading: Reading, segment: Segment, amount: Amount) -> Iterator[str]:
    for start, end in segment.own:
        for match in _LIMITED.finditer(reading.text, start, end):
            if amount.family == "place" and _AGE.fullmatch(match[0]):
                continue  # 19/19 xã đạt chuẩn phổ cập cho trẻ 5 tuổi
            if not match.start() <= amount.unit_end <= match.end() and match.start() != amount.end + 1:
                yield match.group(0).lower()
