"""The words that tell what a number counts, without those that tell its time, its place or nothing."""

from __future__ import annotations

import re
from functools import cache

from extractors._shared.dates import DateMention
from extractors.relations.reading import Reading
from extractors.relations.wording import forms_of

_SHORT = {
    "hs": "học sinh", "gv": "giáo viên", "nv": "nhân viên", "cbql": "cán bộ quản lý", "dtts": "dân tộc thiểu số",
    "hsg": "học sinh giỏi", "gvdg": "giáo viên dạy giỏi", "vđv": "vận động viên", "sl": "", "tl": "", "th": "tiểu học",
    "mn": "mầm non", "tb": "trung bình", "kk": "khuyến khích", "cb": "cán bộ", "mg": "mẫu giáo", "nt": "nhà trẻ",
    "em": "", "người": "", "cháu": "trẻ", "đ/c": "", "sĩ số": "học sinh", "sỹ số": "học sinh", "lượt": "",
}  # fmt: skip
_ABBREVIATED = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_SHORT, key=len, reverse=True)))})(?!\w)")
#: Whose the number is where it is the report's own: ``toàn trường``, ``huyện hiện có``.
WHOLE = re.compile(
    r"(?<!\w)(?:toàn (?:trường|huyện|xã|tỉnh|ngành|thành phố|thị xã|quận|phường|cụm|khối|chi bộ|đảng bộ|liên đội|"
    r"trung tâm)|tổng số|toàn bộ|sĩ số|sỹ số|"
    r"(?:nhà )?(?:trường|huyện|xã|tỉnh|ngành)(?= (?:hiện |nay |đã |ta )*(?:có|còn|duy trì)(?!\w))|"
    r"của (?:nhà )?(?:trường|huyện|xã|tỉnh|ngành))(?!\w)"
)
_WORD = re.compile(r"\w+")
_KEPT = re.compile(
    r"(?<!\w)(?:học sinh|học lực|học bạ|học phí|học viên|phòng học|lớp học|bỏ học|tiểu học|trung học|cấp học|đại học|"
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
    return len(words - _words("claim_kind")) == 0


def without_dates(reading: Reading, start: int, end: int, dates: list[DateMention]) -> str:
    """The text of a range in lower case with blanks for its dates."""
    text = reading.lower[start:end]
    for mention in dates:
        if mention.start < end and mention.end > start:
            first, last = max(mention.start, start) - start, min(mention.end, end) - start
            text = text[:first] + " " * (last - first) + text[last:]
    return text


@cache
def _words(group: str) -> frozenset[str]:
    """The forms of a group, several syllables joined as `telling` joins them."""
    return frozenset(form.replace(" ", "_") for form in forms_of(group))
