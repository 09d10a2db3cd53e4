"""Standards reached in degrees, of which a later clause tells only the degree: ``15 xã đạt mức độ 2``."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.levels import find_levels
from extractors._shared.scan import Words, holds

#: A degree, with what of its standard is said again: ``đạt chuẩn mức độ 2``, ``đạt mức 3``, ``mức độ 1``.
_DEGREE = re.compile(r"(?<!\w)(?:đạt )?(?:chuẩn )?(?P<degree>(?:mức độ|cấp độ|mức) (?:\d|i{1,3})(?!\w))", re.I)
_DEGREE_WORDS = ("mức", "cấp độ")
_STANDARDS = r"(?:phổ cập|quốc gia|xóa mù|kiểm định|thư viện|tiếp cận|nghề nghiệp|vệ sinh|pcgd\w*|cqg|xmc|kđcl\w*)"
_STANDARD_WORDS = Words(("phổ cập", "quốc gia", "xóa mù", "kiểm định", "pcgd"))
_NAMED = re.compile(rf"(?<!\w){_STANDARDS}(?!\w)", re.I)
#: A standard by its name: ``chuẩn phổ cập giáo dục THCS``, ``kiểm định chất lượng giáo dục``.
_STANDARD = re.compile(
    r"(?<!\w)(?P<what>chuẩn (?:phổ cập|quốc gia|xóa mù)|kiểm định chất lượng|(?<!chuẩn )(?:phổ cập giáo dục|pcgd\w*))"
    r"(?P<rest>(?: (?!mức|cấp độ|trong|là|đạt|có|được|tăng|giảm|và|với|năm|cho|ở|tại|từ|còn)[^\W\d_]+){0,7})"
)
_REACH = 400


def whole_standard(document: Document, position: int, phrase: str, previous: str | None) -> tuple[str, str | None]:
    """A phrase that tells a degree with the standard of which the text spoke last, and the level that this names.

    ``đạt chuẩn mức độ 2`` behind ``63/63 tỉnh đạt chuẩn phổ cập giáo dục THCS mức độ 1`` is ``đạt chuẩn phổ cập giáo
    dục THCS mức độ 2``, of level THCS. As it is, and None, where it names its standard or none is known. A bare
    degree is that of what the number before measures (``previous``).
    """
    if not holds(_DEGREE_WORDS, phrase.lower(), 0, len(phrase)):
        return phrase, None
    degree = _DEGREE.search(phrase)
    first = max(0, position - _REACH)
    if degree and previous and degree.group(0) == phrase and (same := _DEGREE.search(previous)):
        return f"{previous[: same.start('degree')]}{degree['degree']}", None
    if degree is None or _NAMED.search(phrase, 0, degree.start()):
        return phrase, None
    if not holds(_STANDARD_WORDS, document.lower, first, position):
        return phrase, None
    said = [*_STANDARD.finditer(document.lower, first, position)]
    if not said:
        return phrase, None
    name = document.value(*said[-1].span())
    name = name if name.lower().startswith(("chuẩn", "kiểm")) else f"chuẩn {name}"
    rest = phrase[degree.end() :]
    rest = "" if _NAMED.search(rest) or "chuẩn" in rest.lower() else rest  # what was carried over from the whole
    levels = {level for _, _, level in find_levels(name, name.lower())}
    whole = f"{phrase[: degree.start()]}đạt {name} {degree['degree']}{rest}"
    return whole, levels.pop() if len(levels) == 1 else None
