"""Lists of which the wording does not say that they are whole, and that make their whole but for a slip."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.completeness import UPPER_GRADES
from extractors.relations.parts import PEOPLE, Parts
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip

#: So near its whole a sum is that of a slip, and not of parts of which some are left out.
_NEARLY = 0.03
#: A last digit is off by no more, and so small a total as this may be so far off by chance.
_DIGIT, _SMALL = 9, 10
#: Of so many parts a list that makes its whole is all of it, whatever opens it.
_MANY, _FEW = 4, 3
_LARGE = 100
#: Of these categories nobody has two, and a bracket of two may be all there are.
_EXCLUDING = ("dim_level", "dim_class", "dim_staff", "dim_age", "dim_degree", "dim_state", "dim_schooling", "dim_build")
#: What people have besides: of these labels several may hold for one of them.
_BESIDES = Words(
    ("tổ trưởng", "kiêm nhiệm", "giỏi", "chiến sĩ thi đua", "cstđ", "lao động tiên tiến", "lđtt", "trên ", "dưới ",
     "đạt ", "được ", "có ", "đã ", "tham gia", "biết ", "là ", "chứng chỉ", "bồi dưỡng")
)  # fmt: skip


def is_all_but_made(reading: Reading, parts: Parts, whole: Amount, opener: str) -> bool:
    """Whether parts of which the wording does not say that they are all make their whole but for a slip.

    A bracket up to ``và``, labels with bare numbers, or people behind ``gồm``, all but make their whole.

    ``15 em (do hoàn cảnh khó khăn 9, do học yếu 4, do lấy chồng sớm 3)``, ``215 người gồm 35 khách và 185 giáo viên``,
    ``chi 2.204 triệu đồng, trong đó thăm hỏi 730, văn thể 515, khen thưởng 289, đào tạo 670``.
    """
    made = sum(part.amount.value for part in parts.found)
    if opener == "(" and _closes_with_and(parts, whole, made):
        return True
    if parts.uncounted or parts.unnumbered:
        return False
    if opener == "(" and _are_added(reading, parts) and is_near(reading, parts, whole):
        return True
    near = abs(made - whole.value) <= max(2, _NEARLY * whole.value)
    dimension = parts.dimension()
    if dimension in ("dim_grade", "dim_finish") and opener == "ket_qua":
        graded = {part.categories[dimension] for part in parts.found} in UPPER_GRADES
        return near and graded and abs(made - whole.value) <= max(1, _NEARLY * whole.value)
    slip = is_slip(reading, parts, whole, made)
    if opener == "gom":
        counted = whole.family in PEOPLE or (whole.family is None and _is_labelled(reading, whole))
        people = counted and all(part.amount.family in (*PEOPLE, None) for part in parts.found)
        if people and len(parts.found) > 1 and parts.found[-1].segment.separator == "và" and near:
            return all(part.amount.family in PEOPLE for part in parts.found)
        return people and len(parts.found) >= _FEW and slip
    if opener == "(" and dimension in _EXCLUDING and slip:
        return True
    bare = all(p.amount.family in (None, whole.family) and p.amount.of is None for p in parts.found)
    if not bare or len(parts.found) < _FEW or whole.family == "time":
        return False
    if opener in ("(", ":"):
        plain = all(part.amount.family is None for part in parts.found)
        told = whole.family is not None or _is_labelled(reading, whole)
        return (plain and near and whole.family not in (None, "money")) or (told and slip)
    return opener == "trong_do" and len(parts.found) >= _MANY and slip and _printed(reading, whole) >= _LARGE


def is_near(reading: Reading, parts: Parts, whole: Amount) -> bool:
    """Whether parts make their whole, or but for a slip."""
    made = sum(part.amount.value for part in parts.found)
    return abs(made - whole.value) <= max(2, _NEARLY * whole.value) or is_slip(reading, parts, whole, made)


def is_slip(reading: Reading, parts: Parts, whole: Amount, made: float) -> bool:
    """Whether only the last digits of two at least tell a sum from its whole, and no label may hold beside another."""
    scale = whole.value / (_printed(reading, whole) or 1)
    if whole.value < _SMALL * scale or abs(made - whole.value) > _DIGIT * scale:
        return False
    if made != whole.value and not differ_by_slip(made / scale, whole.value / scale, 2):
        return False
    return not are_had_besides(reading, parts, whole)


def are_had_besides(reading: Reading, parts: Parts, whole: Amount) -> bool:
    """Whether some of the people counted may be several of the parts: ``tổ trưởng 5, dạy giỏi 17, kiêm nhiệm 21``."""
    spans = [span for part in parts.found for span in part.segment.own]
    return whole.family in PEOPLE and any(holds(_BESIDES, reading.lower, *span) for span in spans)


def _are_added(reading: Reading, parts: Parts) -> bool:
    """Whether a sign adds the parts: ``44 giáo viên (văn hóa 38 + chuyên biệt 6)``."""
    added = [reading.text.endswith("+ ", 0, part.segment.start) for part in parts.found[1:]]
    return bool(added) and all(added)


_NUMERAL = re.compile(r"\d+(?:\.\d{3})*")


def _printed(reading: Reading, whole: Amount) -> float:
    """A number as it is printed, without the word that scales it: 2.204 of ``2.204 triệu đồng``."""
    match = _NUMERAL.match(reading.text, whole.start, whole.end)
    return float(match.group().replace(".", "")) if match is not None else whole.value


def in_same_unit(reading: Reading, parts: Parts, whole: Amount) -> None:
    """Read the bare numbers of a list in the unit of its total: ``chi 2.204 triệu, trong đó thăm hỏi 730, …``."""
    scale = whole.value / (_printed(reading, whole) or 1)
    if whole.family != "money" or scale < _THOUSAND or not float(scale).is_integer() or len(parts.found) < _FEW:
        return
    plain = all(p.amount.family is None and p.amount.of is None and p.amount.value < _BARE for p in parts.found)
    if plain and all(_ENDED.match(reading.text, p.amount.end) for p in parts.found):
        for part in parts.found:
            unit, value = whole.unit, part.amount.value * int(scale)
            part.amount = replace(part.amount, value=value, unit=unit, family="money")


_ENDED = re.compile(r"\s*(?:[,;.(](?!\d)|và |\)|$)")
_THOUSAND, _BARE = 1000, 1_000_000
_LABELLED = re.compile(r"[^\W\d_]{2,}(?: ?:)? $")


def _is_labelled(reading: Reading, whole: Amount) -> bool:
    """Whether what a number counts is said right before it: ``Tiểu học: 15 (…)``, ``bằng khen 62 (…)``."""
    return _LABELLED.search(reading.lower, max(0, whole.start - 12), whole.start) is not None


def _closes_with_and(parts: Parts, whole: Amount, made: float) -> bool:
    """Whether a bracket names parts up to ``và`` that all but make the whole: ``72 đơn vị (63 tỉnh và 8 trường)``."""
    counted = any(part.amount.family == whole.family for part in parts.found)
    ended = len(parts.found) > 1 and parts.found[-1].segment.separator == "và"
    return counted and ended and not parts.uncounted and abs(made - whole.value) <= _NEARLY * whole.value
