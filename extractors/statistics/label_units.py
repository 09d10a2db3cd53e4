"""What a label before a figure counts: ``lớp`` of ``Tổng số lớp``, those who work there of ``CB-GV-NV``."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.numbers import Number
from extractors.statistics.naming import ADJECTIVES

_PERSON_UNITS = ("cán bộ quản lý", "giáo viên", "nhân viên", "học sinh", "đảng viên", "cbql", "gv", "nv")
_NUMBERED = re.compile(r" \d")
#: Words that only begin as a counted noun does: ``quận 1 tổ chức hội nghị``.
OTHER_WORD = re.compile(
    r"(?:người học (?:đại học|cao đẳng|thạc s|tiến s|cao học|trung cấp|lớp|nâng|liên thông)|"
    r"dân (?:tộc|số|lập|quân|vận|chủ|trí)|lần lượt|"
    r"tổ chức (?!hội khuyến|hội cơ sở|cơ sở|đảng|đoàn|công đoàn|chính trị|xã hội|quần)|ban hành|bộ phận|đội ngũ|"
    r"đồng (?:ý|bào|bộ|đội|thời|thuận|tình|phục|loạt|giải|hạng|hành|đều|diễn|nghiệp|tác giả|chủ (?:trì|tịch|biên)))"
)


def unit_of_label(document: Document, label: str, number: Number) -> str | None:
    """The counted noun of a label: ``cán bộ quản lý`` at its end, ``phiếu`` in ``Số phiếu phát ra``."""
    first = document.lower.rfind(label, 0, number.start)
    listed = document.terms("unit", first, first + len(label)) if "-" in label or "," in label else []
    if len(listed) == 1 and (listed[0].start, listed[0].end) == (first, first + len(label)):
        return document.value(first, first + len(label))  # "CB-GV-NV: 52" counts no employees alone
    said = next((unit for unit in _PERSON_UNITS if _ends_in(label, unit) or label.startswith(unit)), None)
    if said:
        return said
    begin = first + len("tổng số " if label.startswith("tổng số ") else "số " if label.startswith("số ") else "")
    terms = document.terms("unit", first, number.start) if first >= 0 else []
    if not terms or terms[0].start not in (first, begin):
        return None
    numbered = _NUMBERED.match(document.lower, terms[0].end, number.start)
    if numbered or OTHER_WORD.match(document.lower, terms[0].start):
        return None  # "Khối 6: 112" counts no grades, "dân tộc Tày 31" no inhabitants
    said_noun = re.sub(r"^(?:tổng )?số ", "", document.value(terms[0].start, terms[0].end), flags=re.I)
    return None if said_noun.lower() in ADJECTIVES and label == said_noun.lower() else said_noun


def _ends_in(label: str, unit: str) -> bool:
    """Whether a label ends in a whole word: ``số gv``, not ``cbgv``."""
    return label.endswith(unit) and not label.removesuffix(unit)[-1:].isalpha()


def first_unit(document: Document, start: int, end: int) -> str | None:
    """The counted noun that a label names first: ``lớp`` of ``Tổng số lớp``."""
    terms = document.terms("unit", start, end)
    if not terms:
        return None
    return re.sub(r"^(?:tổng )?số ", "", document.value(terms[0].start, terms[0].end), flags=re.I)
