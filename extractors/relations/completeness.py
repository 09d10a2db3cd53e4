"""Whether the parts that a list names are all there are, by its wording."""

from __future__ import annotations

import re

from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, WORKS, Part, Parts
from extractors.relations.reading import Reading, attribute
from extractors.relations.structure import Segment

_CLASSIFIER = re.compile(r"(?<!\w)(hạng|khối|lớp|môn|cụm|tổ|chi bộ|loại|cấp|trường|xã|mức|đợt|khu|điểm)(?!\w)")
_MIN_KNOWN = 3
#: So far before its number the word may stand that makes it a total.
_BEFORE = 30


def is_complete(reading: Reading, parts: Parts, whole: Amount, opener: str) -> bool | None:
    """Whether the parts are all there are, by the wording alone.

    ``opener`` is an id of ``rel_open``, ``(`` or ``:``. False: the text says that there are others,
    or counts something else (prizes of those who only took part); None: it leaves that open.
    """
    if parts.some or parts.overlap:
        return False
    if len(parts.found) < 2 or (parts.uncounted and whole.family in ("school", "cell", None)):
        return None
    if whole.family == "area" and abs(_made(parts) - whole.value) > _UNBUILT * whole.value:
        return None  # of a ground only what stands on it is told
    first = parts.found[0].amount.start
    prizes = parts.dimension() == "dim_prize" or any(part.amount.family == "prize" for part in parts.found)
    if whole.family in PEOPLE and prizes and not (won(reading, whole.end, first) or _are_winners(reading, whole)):
        graded = parts.found[0].amount.family in PEOPLE  # 103 em, trong đó 15 em đoạt giải Nhất, 44 giải Nhì, …
        return None if graded and not reading.has("rel_enter", whole.end, first) else False
    works = whole.unit in WORKS and prizes and not _all_but_won(parts, whole)
    if works and not (won(reading, whole.end, first) or _are_winners(reading, whole)):
        return False
    if any(part.rest for part in parts.found):
        return True
    dimension = parts.dimension()
    teams = dimension == "dim_prize" and whole.family not in (None, "prize") and whole.family not in PEOPLE
    if teams and _entered(reading, max(0, whole.start - 40), first):
        return False
    if _some_graded(reading, parts, dimension) and _ENTERED.search(reading.lower, max(0, whole.start - 40), first):
        return None  # of those who entered not all are graded
    # Peoples may be counted together: ``Mạ 12, H'Mông và Dao 27``.
    if dimension not in (None, "dim_people") and any(dimension in labels for labels in parts.unnumbered):
        return None
    if dimension == "dim_people" and not _are_all_peoples(reading, parts, whole):
        return None
    if dimension == "dim_staff" and len(parts.found) < _MIN_KNOWN:
        return None  # clerks are often left out
    if opener not in ("trong_do", "ket_qua"):
        known = dimension or _alike(reading, parts) or _mostly_categories(parts)
        known = known or (opener == "(" and _all_capitalized(reading, parts))
        known = known or (opener == ":" and _are_labelled(reading, parts, whole))
        known = known or (opener in ("gom", "cu_the", "chia_ra") and _are_bare(reading, parts))
        known = known or (opener == "gom" and _are_of_other_kinds(parts, whole))
        return True if known or all(part.named for part in parts.found) else None
    if dimension is None and _are_both(parts, whole):
        return True
    if dimension is None and whole.family in PEOPLE and _made(parts) > _OVER * whole.value:
        return None  # 30 giáo viên, trong đó 28 dạy 2 buổi, 12 kiêm nhiệm, 6 tổ trưởng: some are counted again
    if dimension is None:
        return True if len(parts.found) >= 3 and _alike(reading, parts) and not _all_named(parts) else None
    found = {part.categories[dimension] for part in parts.found}
    if all(part.amount.of is not None and part.amount.of == whole.value for part in parts.found):
        return True
    left = whole.value - sum(part.amount.value for part in parts.found)
    upper = dimension == "dim_prize" and found <= {"nhat", "nhi", "ba"}
    if upper and opener == "trong_do" and left > whole.value * (_LOWEST if len(found) > 2 else _UNTOLD):
        return None  # honourable mentions are often left out, and they are many
    if opener == "trong_do" and whole.family == "money" and left > _UNTOLD * whole.value:
        return None  # of what paid most nothing is said
    return True if reaches_end(dimension, found) else None


def _all_but_won(parts: Parts, whole: Amount) -> bool:
    """Whether prizes down to the lowest all but make the number of works: then all of these won one."""
    lowest = {part.categories.get("dim_prize") for part in parts.found} & {"kk", "tu", "c"}
    return bool(lowest) and 0 < abs(_made(parts) - whole.value) <= max(1, _UNWON * whole.value)


#: So many works that nothing was won with are told as such.
_UNWON = 0.1
#: So much of a ground no slip leaves out.
_UNBUILT = 0.15
#: So much of a sum of money, or of prizes, no slip leaves out.
_UNTOLD = 0.4
#: So many of all prizes, where all grades but the lowest are told, are those of the lowest.
_LOWEST = 0.1
#: What makes so much more than the whole counts some of them twice.
_OVER = 1.25


def _made(parts: Parts) -> float:
    return sum(part.amount.value for part in parts.found)


def _are_both(parts: Parts, whole: Amount) -> bool:
    """Whether a total of two kinds together is taken apart into the two: ``18 xã, thị trấn: 15 xã và 3 thị trấn``."""
    kinds = (whole.unit or "").split(", ")
    return len(kinds) == len(parts.found) > 1 and sorted(kinds) == sorted(
        part.amount.unit or "" for part in parts.found
    )


_MINORITIES_BEFORE = re.compile(r"(?<!\w)(?:dân tộc(?: thiểu số| ít người)?|dtts)(?: có| là| gồm)?:? $")
_MINORITIES = re.compile(r" (?:là |thuộc )?(?:con em |người )?(?:đồng bào )?(?:các )?(?:dân tộc|dtts)(?!\w)")


def _are_all_peoples(reading: Reading, parts: Parts, whole: Amount) -> bool:
    """Whether peoples are told of all, with the largest one, or of those counted as minorities."""
    majority = any(part.categories["dim_people"] == "kinh" for part in parts.found)
    before = _MINORITIES_BEFORE.search(reading.lower, max(0, whole.start - _BEFORE), whole.start)
    return majority or before is not None or _MINORITIES.match(reading.lower, whole.unit_end or whole.end) is not None


_ENTERED = re.compile(r"(?<!\w)(?:tham gia|dự thi|tham dự|đăng k[ýí]|gửi|nộp)(?!\w)")


def _some_graded(reading: Reading, parts: Parts, dimension: str | None) -> bool:
    """Whether the parts are grades, but no whole scale of them: ``65 sáng kiến xếp loại A, 212 loại B``."""
    if dimension == "dim_grade":
        return not is_whole_scale(dimension, {part.categories[dimension] for part in parts.found})
    return dimension in (None, "dim_type") and all("loại" in _words(reading, part) for part in parts.found)


def _all_capitalized(reading: Reading, parts: Parts) -> bool:
    """Whether each part is a name and a bare number: ``(M'nông 197, Ê-đê 86, Mạ 12)``."""
    return len(parts.found) >= _MIN_KNOWN and all(
        part.amount.family is None and reading.text[part.segment.own[0][0] : part.amount.start].strip()[:1].isupper()
        for part in parts.found
        if part.segment.own
    )


def _are_bare(reading: Reading, parts: Parts) -> bool:
    """Whether each part is a label with its bare number: ``gồm lãnh đạo xã 22, giáo viên 70, học sinh 28``."""
    return len(parts.found) >= _MIN_KNOWN and all(
        part.amount.family is None and part.amount.of is None and _ENDED.match(reading.text, part.amount.end)
        for part in parts.found
    )


_ENDED = re.compile(r" ?(?:[,;.](?!\d)|và |$)")


def _are_labelled(reading: Reading, parts: Parts, whole: Amount) -> bool:
    """Whether a total is taken apart into labels with bare numbers: ``Tổng số 27 người: giáo viên 18, bảo vệ 2, …``."""
    totalled = reading.has("rel_total", max(0, whole.start - _BEFORE), whole.start)
    bare = all(part.amount.family is None and part.amount.of is None for part in parts.found)
    return totalled and bare and len(parts.found) > _MIN_KNOWN


def _mostly_categories(parts: Parts) -> bool:
    """Whether all parts but one have categories of one dimension: ``mầm non 17; tiểu học 15; THCS 12; trung tâm 2``."""
    if len(parts.found) < _MIN_KNOWN:
        return False
    for group in {group for part in parts.found for group in part.categories}:
        labels = [part.categories[group] for part in parts.found if group in part.categories]
        if len(labels) >= len(parts.found) - 1 and len(set(labels)) == len(labels):
            return all(part.amount.family is None for part in parts.found)
    return False


def won(reading: Reading, start: int, end: int) -> bool:
    """Whether those counted are winners, by the words up to the list: ``đạt giải``, ``học sinh giỏi``."""
    if _ALL_WON.search(reading.lower, start, end):
        return True  # 54 học sinh dự thi và 100% học sinh đoạt giải
    if reading.has("rel_enter", start, end):
        return False
    won = any("giải" in reading.lower[t.start : t.end] for t in reading.terms("rel_won", start, end))
    return won or re.search(r"(?<!\w)(?:giỏi|hsg)(?!\w)", reading.lower[start:end]) is not None


_ALL_WON = re.compile(r"(?<!\w)100 ?% [^.;:\d]{0,30}(?:đạt|đoạt|giành|có) giải(?!\w)")
#: Before those who got what follows: ``trao giải cho 74 dự án``, ``nhiều học sinh đạt giải như: A có 69 học sinh (…)``.
_WINNERS = re.compile(
    r"(?<!\w)(?:(?:trao|tặng) (?:giải|thưởng|giải thưởng|huy chương)(?: cho)?|chọn(?: ra)?(?: được)?"
    r"|(?:học sinh|hs|em|thí sinh) (?:đạt|đoạt) giải[^.;\d]{0,40}(?::|như|là|gồm)[^.\d]{0,40})"
    r"[^.;:\d]{0,24}$"
)
_FAR_BEFORE = 120


def _are_winners(reading: Reading, whole: Amount) -> bool:
    """Whether words before a count make those counted winners."""
    return _WINNERS.search(reading.lower, max(0, whole.start - _FAR_BEFORE), whole.start) is not None


def _entered(reading: Reading, start: int, end: int) -> bool:
    return reading.has("rel_enter", start, end) or _ENTERED.search(reading.lower, start, end) is not None


#: Kinds of bodies, by the nouns that count them.
_BODIES = ("school", "place", "cell")


def _are_of_other_kinds(parts: Parts, whole: Amount) -> bool:
    """Whether units or people are taken apart by what they are: ``51 đơn vị, gồm 34 sở và 17 trường đại học``.

    People then have posts of three kinds or more, and nothing that one has beside a post (sex, party, degree).
    """
    units = [part.amount.unit for part in parts.found]
    if whole.unit == "đơn vị":
        return len({*units}) == len(units) and all(p.amount.family in (*_BODIES, None) for p in parts.found)
    staff = [part for part in parts.found if part.categories.keys() & {"dim_staff"}]
    others = [part for part in parts.found if part.categories.keys() - {"dim_staff"}]
    joined = len({part.segment.separator for part in parts.found[1:]} - {"và"}) == 1
    return whole.family in PEOPLE and len(parts.found) > _MIN_KNOWN and len(staff) > 1 and not others and joined


def _all_named(parts: Parts) -> bool:
    return all(part.named for part in parts.found)


#: Pairs of categories that are a whole scale by themselves.
_PAIRS = (
    {"ht", "cht"},
    {"dat", "chua_dat"},
    {"pass", "fail"},
    {"nam", "nu"},
    {"public", "private"},
    {"permanent", "contract"},
    {"full", "candidate"},
    {"chosen", "common"},
    {"two", "one"},
    {"present", "absent"},
    {"valid", "invalid"},
    {"regular", "sudden"},
    {"whole", "topic"},
    {"new", "repaired"},
    {"right", "wrong"},
    {"body", "one"},
    {"again", "newly"},
    {"good", "broken"},
    {"main", "branch"},
    {"literate", "illiterate"},
    {"learning", "office"},
    {"overall", "one"},
)


#: Grades from the highest on, with which a list ends where nobody has a lower one.
UPPER_GRADES = (
    {"htxs", "htt", "ht"}, {"htxs_short", "htt_short", "ht"}, {"htxs_short", "htt", "ht"},
    {"tot", "kha", "dat"}, {"gioi", "kha", "tb"}, {"gioi", "kha", "dat"}, {"tot", "kha", "tb"},
)  # fmt: skip


def is_pair(found: set[str]) -> bool:
    """Whether two categories exclude each other, and nobody is neither."""
    return found in _PAIRS


def is_whole_scale(dimension: str, found: set[str]) -> bool:
    """Whether percentages of these categories must make 100: both ends of a scale, or a pair."""
    if found in _PAIRS:
        return True
    ends = ("low", "top") if dimension in ("dim_grade", "dim_finish") else ("low",)
    if "kha" in found and found & {"yeu", "kem", "yeu_kem"} and not found & {"tb", "dat"}:
        return False  # those in between are left out
    return len(found) >= 3 and all(any(attribute(dimension, label, end) for label in found) for end in ends)


#: Dimensions of two categories, and funds.
_BY_PAIRS = (
    "dim_gender", "dim_pass", "dim_owner", "dim_attend", "dim_contract", "dim_member", "dim_fund", "dim_track",
    "dim_session", "dim_ballot", "dim_occasion", "dim_check", "dim_work", "dim_right", "dim_honoured", "dim_seat",
    "dim_place", "dim_literacy", "dim_use", "dim_praise",
)  # fmt: skip


def reaches_end(dimension: str, found: set[str]) -> bool:
    """Whether a list by this dimension is complete: it has both of a pair or the lower end of a scale."""
    if dimension == "dim_level":
        return len(found) >= 3 or found == {"th", "thcs"} or found == {"mn", "nt"}
    if dimension == "dim_class":
        return len(found) >= 3 and any(attribute(dimension, category, "low") for category in found)
    if dimension in _BY_PAIRS:
        return len(found) >= 2
    if dimension in ("dim_degree", "dim_staff"):
        return len(found) >= 3
    return any(attribute(dimension, category, "low") for category in found)


def _alike(reading: Reading, parts: Parts) -> bool:
    """Whether the parts are worded alike: the same unit, or the same classifier before each."""
    units = {part.amount.family for part in parts.found}
    if len(units) == 1 and None not in units:
        return True
    words = [_words(reading, part) for part in parts.found]
    return bool(set.intersection(*words)) if words else False


def _words(reading: Reading, part: Part) -> set[str]:
    return {match.group(1) for span in part.segment.own for match in _CLASSIFIER.finditer(reading.lower, *span)}


def is_of_some(reading: Reading, whole: Amount, segment: Segment) -> bool:
    """Whether a count before a list is of some of those that the list counts: ``58 người, nữ 41; gồm quản lý 3, …``."""
    labelled = reading.has("rel_overlap", max(segment.start, whole.start - _LABEL), whole.start)
    return whole.family is None and segment.separator == "," and labelled


_LABEL = 12
