"""The words that tell what a number counts, without those that tell its time, its place or nothing."""

from __future__ import annotations

import re
from functools import cache

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors.relations.reading import UPPER, Reading, remembered
from extractors.relations.wording import forms_of

_SHORT = {
    "hs": "học sinh", "gv": "giáo viên", "nv": "nhân viên", "cbql": "cán bộ quản lý", "dtts": "dân tộc thiểu số",
    "hsg": "học sinh giỏi", "gvdg": "giáo viên dạy giỏi", "vđv": "vận động viên", "sl": "", "tl": "", "th": "tiểu học",
    "mn": "mầm non", "tb": "trung bình", "kk": "khuyến khích", "cb": "cán bộ", "mg": "mẫu giáo", "nt": "nhà trẻ",
    "em": "", "người": "", "cháu": "trẻ", "đ/c": "", "sĩ số": "học sinh", "sỹ số": "học sinh", "lượt": "",
    "kết nạp mới": "kết nạp",
}  # fmt: skip
_ABBREVIATED = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_SHORT, key=len, reverse=True)))})(?!\w)")
#: Whose the number is where it is the report's own: ``toàn trường``, ``huyện hiện có``.
WHOLE = re.compile(
    r"(?<!\w)(?:toàn (?:trường|huyện|xã|tỉnh|ngành|thành phố|thị xã|quận|phường|cụm|khối|chi bộ|đảng bộ|liên đội|"
    r"trung tâm)|tổng số|toàn bộ|sĩ số|sỹ số|"
    r"(?:nhà )?(?:trường|huyện|xã|tỉnh|ngành|quận|phường|thành phố|thị xã|chi bộ|đảng bộ|công đoàn|liên đội|trung tâm)"
    r"(?= (?:hiện |nay |đã |ta )*(?:có|còn|duy trì)(?!\w))|"
    r"của (?:nhà )?(?:trường|huyện|xã|tỉnh|ngành))(?!\w)"
)
KINDS_OF_TIME = ("year", "school_year", "term", "day", "month")
#: Words of plans, bounds and additions: a number beside them is no state of things.
PLANNED = re.compile(
    r"(?<!\w)(?:phấn đấu|dự kiến|mục tiêu|chỉ tiêu|kế hoạch|đăng k[ýí](?! (?:dự|thi|xét|tham gia|nguyện vọng))|"
    r"yêu cầu|cần|sẽ|đề nghị|giao|ước|trên|khoảng|bình quân|tối đa|tối thiểu|mỗi|riêng|trung bình mỗi|"
    r"ít nhất|thêm|(?<!kết nạp )mới|nếu|"
    r"khi đó|sau khi (?:ghép|dồn|sáp nhập))(?!\w)"
)
#: The beginning or the end of a time, or the time before.
MOMENT = re.compile(
    r"(?<!\w)(?:(?P<first>đầu (?:năm|kỳ)|khai giảng)|(?P<last>cuối (?:năm|kỳ|học k[ỳì]))|"
    r"(?P<half>h(?:ọc )?k(?:[ỳì])? ?(?:ii?|1|2))|"
    r"(?P<before>năm (?:học )?trước|năm ngoái|cùng kỳ|trước đây|kỳ trước))(?!\w)"
)
#: A body of its own in a heading or at the head of a clause: what follows is said of it.
_BODY = re.compile(
    rf"(?<!\w)(?:[Tt]rường|THCS|THPT|TH|MN|MG|[Tt]iểu học|[Mm]ầm non|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Cc]hi bộ|[Cc]ụm|"
    rf"[Tt]ổ|[Kk]hối|[Ll]ớp|[Đđ]iểm trường|[Tt]hôn|[Ấấ]p)(?: số)? "
    # ``Tiểu học 1``, but ``tiểu học 9.204 em`` and ``mầm non 12 trường`` count.
    rf"(?:[{UPPER}]|\d{{1,2}}(?![\d.,]?\d|%| (?:em|học sinh|trẻ|cháu|trường|lớp|nhóm|giáo viên|người|đơn vị|phòng)))"
)
_GRADE = re.compile(r"(?:khối|lớp) \d")
_REACH = 160
#: Whose a line is stands in so many of its signs.
_BEGINNING = 40
_WORD = re.compile(r"\w+")
_KEPT = re.compile(
    r"(?<!\w)(?:học sinh|học lực|học bạ|học phí|học viên|vận động viên|thí sinh|"
    r"phòng học|lớp học|bỏ học|tiểu học|trung học|cấp học|đại học|"
    r"số hóa|dân số|thiểu số|kỳ thi|học nghề|kết nạp|công lập|công đoàn|đồng bằng|quy mô|chất lượng|mũi nhọn|"
    r"cơ sở vật chất|đội ngũ|tình hình)(?!\w)"
)


def telling(lower: str) -> frozenset[str]:
    """What a stretch of lower-case text counts, by its telling syllables."""
    text = WHOLE.sub(lambda m: " học sinh " if m.group().endswith("ỹ số") or m.group() == "sĩ số" else " ", lower)
    text = _ABBREVIATED.sub(lambda m: f" {_SHORT[m.group()]} ", text)
    text = _KEPT.sub(lambda m: m.group().replace(" ", "_"), text)
    return frozenset(word for word in _WORD.findall(text) if word not in _words("claim_silent"))


def is_bare(words: frozenset[str]) -> bool:
    """Whether words name a kind of thing and nothing that tells it from its neighbours."""
    return not without_kinds(words)


def without_kinds(words: frozenset[str]) -> frozenset[str]:
    """The words that tell a thing from its neighbours, not only what kind of thing it is."""
    return words - _words("claim_kind")


def narrowing(words: frozenset[str]) -> frozenset[str]:
    """The words that tell some of a kind from all of it: girls, a level of school, minorities."""
    found = words & _words("claim_narrow")
    return found - _CHILDREN if found & _LEVELS else found


#: At school children are pupils.
_CHILDREN, _LEVELS = frozenset(("trẻ",)), frozenset(("tiểu_học", "thcs", "thpt"))


def without_dates(reading: Reading, start: int, end: int, dates: list[DateMention]) -> str:
    """The text of a range in lower case with blanks for its dates."""
    text = reading.lower[start:end]
    for mention in dates:
        if mention.start < end and mention.end > start:
            first, last = max(mention.start, start) - start, min(mention.end, end) - start
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def is_of_a_body(reading: Reading, block: Block, *, grades: bool = True) -> bool:
    """Whether a block stands under the heading of one body, or begins with one; a grade counts as one where asked."""
    begins = _BODY.search(reading.text[block.body : min(block.end, block.body + 60)].split(":")[0])
    if begins and begins.end() <= _BEGINNING and (grades or not _GRADE.match(begins.group().lower())):
        return True
    return any(_names_body(reading, above) for above in reading.document.ancestors(block))


@remembered  # many blocks stand under each
def _names_body(reading: Reading, heading: Block) -> bool:
    return _BODY.search(reading.text[heading.body : min(heading.end, heading.body + _REACH)]) is not None


def moment_of(lower: str) -> str:
    """Which beginning, end or earlier time a stretch of lower-case text names; empty for none."""
    match = MOMENT.search(lower)
    return (match.lastgroup or "") if match else ""


def is_planned(reading: Reading, start: int, number: int, end: int) -> bool:
    """Whether the range around a number tells a plan, a bound, an addition or, before it, only some of a whole."""
    if PLANNED.search(reading.lower, start, end) or reading.has("rel_target", start, end):
        return True
    return reading.has("rel_some", start, number)


@cache
def _words(group: str) -> frozenset[str]:
    """The forms of a group, several syllables joined as `telling` joins them."""
    return frozenset(form.replace(" ", "_") for form in forms_of(group))
