"""Labels before a figure: ``Tổng số giáo viên trực tiếp giảng dạy: 26``, and the group that a line is about."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.numbers import Number
from extractors._shared.scan import Words, holds, matches_from, places_of
from extractors._shared.view import CAPITAL
from extractors.statistics.compact import says, without_documents
from extractors.statistics.naming import is_level_label
from extractors.statistics.openings import strip_time
from extractors.statistics.phrase import trim, words
from extractors.statistics.wording import noun

#: ``tổng số …`` up to its figure. Only with a colon or "là" between them may it be longer than a noun.
_COUNT = re.compile(
    r"(?:^|(?<=[;,.(:*+•-])|(?<=[;,.(:*+•-] )|(?<=\n)|(?<=và )|(?<=với )|(?<=có ))"
    r"(?P<label>(?P<total>tổng số|tổng cộng số|tổng|số lượng|số)"
    r" (?!(?:lượng )?(?:giải(?! pháp)|huy chương|danh hiệu|bằng khen|giấy khen|cờ thi đua)|tiền|kinh phí|điểm|vốn|"
    r"thứ tự|hiệu|điện thoại|\d|liệu|mức|chi|thu|diện tích|tt(?!\w))[^:;=\d\n]{2,90}?)"
    r" ?(?P<sign>:|=|là:?|hiện là:?|có:?|hiện có:?|gồm:?|)(?: (?:trên|gần|khoảng|hơn))? ?$"
)
_COUNT_WORDS = Words(("tổng", "số"))
#: Words of a label without a colon; of one that names those counted, whose figure ends its clause.
_BARE_WORDS, _TOLD_WORDS = 5, 11
_NAMES_COUNTED = re.compile(
    r"(?:tổng )?số (?:học sinh|trẻ|giáo viên|đảng viên|đoàn viên|trường|lớp|hs|gv|cán bộ)(?!\w)"
)
_CLAUSE_ENDS = re.compile(r"[,;.](?!\d)|$|\n")
_CLOSES = re.compile(
    r" ?(?:[,;.)(/+=]|$|\n| - |(?:trong đó|trong số|tăng|giảm|so với|đạt|chiếm|gồm|bao gồm|chia|và|do|vì|với|nữ|nam|"
    r"dân tộc|tỷ lệ|tỉ lệ|tl)(?!\w)|[A-ZĐ][^\W\d_]* ?[:(])",
    re.I,
)
_AFTER_SIGN = re.compile(r" (?=[A-ZĐÀ-Ỹ][^\W\d_]*(?: [^\W\d_]+){0,6} ?:)")


def count_label(document: Document, start: int, number: Number) -> tuple[int, int] | None:
    """The range of ``Tổng số …`` or ``Số …`` right before a figure that no noun follows; None for none.

    ``start`` is where the sentence begins.
    """
    if number.percent or number.of is not None or number.scaled or isinstance(number.value, float):
        return None
    first = max(start, number.start - 110)
    places = places_of(_COUNT_WORDS, document.lower, first, number.start)
    match = next(iter(matches_from(_COUNT, places, document.lower, first, number.start)), None)
    if match is None or match["label"].count("(") != match["label"].count(")"):
        return None
    told = _NAMES_COUNTED.match(match["label"]) and _CLAUSE_ENDS.match(document.text, number.end)
    if not match["sign"] and len(match["label"].split()) > (_TOLD_WORDS if told else _BARE_WORDS):
        return None
    if not (_CLOSES.match(document.lower, number.end) or _AFTER_SIGN.match(document.text, number.end)):
        return None
    return match.span("label")


#: What a line is about: one grade, one kind of group, one level.
_GROUP = re.compile(
    r"(?:[-+*•.] ?)?(?:trong đó ?:? ?)?"
    r"(?P<group>(?:(?:khối lớp|khối|lớp|nhóm|nhóm lớp) [^:;.,()\n]{1,30}|(?:các )?(?:lớp |khối )?(?:mẫu giáo|nhà trẻ)"
    r"[^:;.,()\n]{0,25}|(?:cấp |bậc |khối )?(?:tiểu học|mầm non|thcs|thpt|trung học cơ sở|trung học phổ thông))) ?:"
)
_GROUP_HEAD = re.compile(
    r"(?:(?:khối lớp|khối|lớp|nhóm) (?:\d|mẫu|nhà|lá|chồi|mầm)[^:;.,()\n]{0,25}|(?:các )?(?:lớp |khối )?(?:mẫu giáo|"
    r"nhà trẻ)[^:;.,()\n]{0,25}|(?:cấp |bậc |khối )?(?:tiểu học|mầm non|thcs|thpt))"
)


def group_of(document: Document, block: Block, sentence: tuple[int, int], position: int) -> str:
    """What a line or the short head above it is about: ``Khối lớp 2``, ``Nhà trẻ``; "" where nothing says so."""
    if grade := _grade_here(document, max(sentence[0], position - _NEAR), position):
        return grade
    later = max(document.text.rfind(sign, sentence[0], position) for sign in ";.") + 1
    if later and (match := _GROUP.match(document.lower, later + (document.text[later] == " "), position)):
        return document.value(*match.span("group"))  # "khối 1: 4 lớp/138 em; khối 2: 4 lớp/129 em"
    for start in dict.fromkeys((sentence[0], block.body)):
        match = _GROUP.match(document.lower, start, position)
        if match:
            return document.value(*match.span("group"))
    for above in document.ancestors(block):
        start, end = document.head(above)
        if match := _GROUP_HEAD.fullmatch(document.lower, start, end):
            return document.value(*match.span())
        break
    return ""


def _grade_here(document: Document, first: int, position: int) -> str:
    """The grade whose classes or pupils are told: ``khối 6 - 4 lớp 138 em, khối 7: 3 lớp/109 em``; "" for none."""
    if not holds(_GRADE_WORDS, document.lower, first, position):
        return ""
    named = [*_GRADE_HERE.finditer(document.lower, first, position)]
    near = named and _ONE_BETWEEN.fullmatch(document.lower, named[-1].end(), position)
    return document.value(*named[-1].span("group")) if near else ""


#: A grade right before what it has, and up to one figure of a noun between it and another.
_GRADE_HERE = re.compile(r"(?<!\w)(?P<group>(?:khối lớp|khối|lớp) \d{1,2}(?!\d|[.,]\d))(?: ?[:=-]| có| gồm)? ?(?=\d)")
_GRADE_WORDS = Words(("khối", "lớp"))
_ONE_BETWEEN = re.compile(r"(?:\d[\d.]*(?: [^\W\d_]+){1,2}(?:,| với| và|:| -| ?/)? ?\(?)?")
_NEAR = 50


def with_group(phrase: str, group: str) -> str:
    """A phrase that says little with the group that its line is about: ``học sinh dân tộc Khối lớp 2``."""
    said = {*phrase.lower().split()}
    if not group or len(phrase.split()) > _OPEN_TO_GROUP or _OTHER_GROUP.search(phrase.lower()):
        return phrase
    return phrase if {*group.lower().split()} - _OF_GROUPS <= said else f"{phrase} {group}"


_OPEN_TO_GROUP = 6
_OTHER_GROUP = re.compile(r"(?<!\w)(?:khối|lớp|nhóm) \d")
_OF_GROUPS = frozenset({"các", "cấp", "bậc", "khối"})


def total_wording(document: Document, start: int, number: Number, unit: str | None, unit_end: int | None) -> str:
    """The label of a figure as its indicator: ``tổng số giáo viên trực tiếp giảng dạy``; "" where none stands there.

    ``unit_end`` is where a noun behind the figure ends; it must be the one that the label counts.
    """
    label = count_label(document, start, number)
    if label is None and unit_end is not None:
        label = count_label(document, start, Number(number.start, unit_end, number.value))
        said = _familiar(document.value(*label)) if label else ""
        whoever = (unit or "").lower() in _HEADS and len(said.split()) > len(["tổng", "số"])
        if label and not whoever and noun(unit or "").lower() not in said:
            return ""
    return " ".join(strip_time(document.value(*label)).split()[:_LONGEST]) if label else ""


#: Words that count people whoever they are: ``tổng số dân là 4.650 khẩu``.
_HEADS = frozenset({"người", "khẩu", "nhân khẩu", "đồng chí", "đ/c"})
_LONGEST = 14


def _familiar(label: str) -> str:
    """A label in lower case with the familiar words for those counted made one: ``tổng số cháu`` is ``tổng số trẻ``."""
    return " ".join(noun(word) for word in label.lower().split())


def told_before(document: Document, sentence: tuple[int, int], number: Number, unit: tuple[int, int]) -> str:
    """A clause that begins with the noun its figure counts: ``Học sinh đạt thành tích vượt trội 248 học sinh``.

    "" where the noun stands only behind the number.
    """
    counted = document.lower[slice(*unit)]
    first = document.lower.rfind(f"{counted} ", sentence[0], number.start)
    if first < 0 or (first > sentence[0] and document.text[first - 2] not in ",;:.)"):
        return ""
    start, end = trim(document.lower, first, number.start)
    said = document.value(start, end)
    return said if _LEAST <= words(said) <= _MOST and not _SIGN.search(said) else ""


_LEAST, _MOST = 4, 18
_SIGN = re.compile(r"[;:()\d]|, ")


def before_bracket(document: Document, start: int, bracket: int) -> str:
    """The label that a bracket follows: ``tin học (12 người)``; "" where the whole itself stands before it."""
    first = start + max(document.text[start:bracket].rfind(sign) for sign in ",;:)") + 1
    said = document.text[first:bracket]
    if first == start or re.search(r"\d", said) or words(said) > _LABEL_WORDS:
        return ""
    return strip_time(document.value(*span)) if (span := trim(document.lower, first, bracket))[1] > span[0] else ""


_LABEL_WORDS = 7


def head_of_list(document: Document, sentence: tuple[int, int], number: Number) -> str:
    """What a list of levels is said to be about: ``Trường chuẩn quốc gia: mầm non 35%, tiểu học 70%``."""
    colons = [m.start() for m in re.finditer(": ", document.text[sentence[0] : number.start])]
    for colon in reversed(colons):
        first, last = trim(document.lower, sentence[0], sentence[0] + colon)
        if parted := _PARTED.search(document.lower, first, last):
            first, last = trim(document.lower, first, parted.start())
        first = max(first, document.text.rfind(";", first, last) + 1, document.text.rfind(", ", first, last) + 1)
        said = without_documents(document.value(first, last)) if last > first else ""
        said = _GROWING.sub("", said)
        if (
            said
            and said.lower() not in _INTO_PARTS
            and not re.search(r"\d", said)
            and not is_level_label(said.lower())
            and words(said) <= 12
            and says(said, own=True)
        ):
            return said
    return ""


#: The same behind what is parted: ``tỷ lệ học sinh ra lớp tăng nhanh, trong đó``.
_PARTED = re.compile(r",? (?:trong đó|cụ thể(?: là| như sau)?|bao gồm|gồm|như sau|chia ra)$")
#: How what is measured has developed, which is told of all parts.
_GROWING = re.compile(
    r" (?:đều |ngày càng |luôn |cũng |đã )*(?:tăng|giảm|ổn định|được (?:nâng lên|nâng cao|giữ vững|duy trì|cải thiện))"
    r"(?: (?:nhanh|mạnh|dần|đều|đáng kể|rõ rệt|khá|cao|nhẹ|lên|hơn|so với [^,;:]*|qua (?:các|từng) năm))*$",
    re.I,
)
#: What opens a list of parts and says nothing of what they are.
_INTO_PARTS = frozenset({"chia ra", "trong đó", "gồm", "bao gồm", "cụ thể", "cụ thể như sau"})


def next_label(document: Document, end: int) -> bool:
    """Whether the words behind a figure are the label of the next one: ``Nữ: 13 Nhân viên: 02``."""
    return _NEXT_LABEL.match(document.text, end) is not None


_NEXT_LABEL = re.compile(rf" [{CAPITAL}][^\W\d_]*(?: [^\W\d_]+){{0,4}} ?: ?\d")
