"""The indicator of a change: what has risen or fallen, and since when."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.numbers import Number, view_offset
from extractors.statistics.compact import join, says, without_noun
from extractors.statistics.contests import entrants
from extractors.statistics.measured import Measured
from extractors.statistics.naming import CLASSIFIERS, is_level_label
from extractors.statistics.openings import strip_time
from extractors.statistics.phrase import words
from extractors.statistics.sequels import changed
from extractors.statistics.wording import noun, with_level, with_subject
from schemas.records import Statistic


def of_change(
    document: Document, block: Block, sentence: tuple[int, int], measured: Measured, around: tuple[str, str]
) -> str:
    """``giảm 24 trường so với năm 2018``: ``trường giảm so với năm 2018``; a bare change is of the number before."""
    ahead, behind = around
    unit = document.value(*measured.unit_range) if measured.unit_range else ""
    than = _THAN.search(ahead.lower())
    said = strip_time(ahead[: than.start()] if than else _COMPARED.sub("", ahead))
    position = measured.number.start
    contest = entrants(document, block, sentence, position, measured.unit, said) if measured.unit else ""
    parts = [contest or noun(unit)]
    if unit.lower() in _STAND_INS and measured.previous:
        parts = [measured.previous]
    elif measured.parent and (not unit or noun(unit).split()[0] in measured.parent.split()):
        parts = [measured.parent]
    elif contest:
        pass
    elif said and not (unit or measured.previous):
        parts.append(" ".join(said.split()[:_LONGEST_SUBJECT]))
    elif said and words(said) <= 10 and says(said, own=True):
        parts.append(without_noun(said, noun(unit)) if unit else said)
    elif measured.previous and (not unit or (unit == "điểm" and measured.previous.lower().startswith("điểm "))):
        parts = [measured.previous]  # "điểm bình quân 6,4, thấp hơn năm trước 0,3 điểm"
    if behind and words(behind) <= 10 and not behind.startswith("so "):
        parts.append(behind)
    phrase = changed(with_level(with_subject(join(parts)), measured.level), measured.sign)
    match = _COMPARED.search(document.lower, measured.unit_end, sentence[1]) or _COMPARED.search(ahead.lower()) or than
    if match and "so với" not in phrase:
        phrase = f"{phrase} so với {match['base'].strip()}"
    return phrase


#: As many words as what changed has at most.
_LONGEST_SUBJECT = 14
_COMPARED = re.compile(
    r"(?<!\w)so(?: với)? (?P<base>(?:cùng kỳ|đầu|cuối|năm|nhiệm kỳ|học kỳ|kỳ|kế hoạch|chỉ tiêu)"
    r"(?: (?!tăng|giảm|do|vì|và|vượt|đạt)[\w-]+){0,4})",
    re.I,
)
#: With what it is compared how high or how many there are: ``cao hơn năm trước 0,3%``.
_THAN = re.compile(
    r"(?:^|(?<=\s))(?:cao|thấp|nhiều|ít|đông|lớn|nhỏ) hơn (?:so )?(?:với )?"
    r"(?P<base>(?:(?:đầu|cuối|giữa) )?(?:năm|nhiệm kỳ|học kỳ|kỳ|khóa|tháng|quý|đợt|lần|cùng kỳ)"
    r"(?: (?!là|tăng|giảm|có)[\w/.-]+){0,4})(?: là)?$"
)
#: Words by which a change calls again whatever was counted before: ``34/63 tỉnh (tăng 4 đơn vị)``.
_STAND_INS = CLASSIFIERS | {"đơn vị", "địa phương", "trường hợp"}


def shared_sign(document: Document, before: Statistic | None, number: Number, *, aside: bool) -> int:
    """The sign of a number that shares the verb of the one before: ``tăng 12 lớp, 845 học sinh``; 0 for none.

    So do the parts of a change by levels in brackets (``aside``): ``tăng 38 phòng (mầm non 21, tiểu học 17)``.
    """
    if before is None or before.aspect != "change":
        return 0
    between = document.lower[view_offset(document, before.evidence[0].end - 1) + 1 : number.start]
    shared = bool(_SHARES_VERB.fullmatch(between) or (number.percent and _IN_BRACKET.fullmatch(between)))
    if aside and not number.percent and (part := _PART.fullmatch(between)) is not None:
        shared = shared or is_level_label(part["label"])
    return (-1 if before.value < 0 else 1) if shared else 0


#: What leads from a change to another told with the same verb, or to the same in per cent.
_SHARES_VERB = re.compile(
    r", | và |(?: [^\W\d_]+){0,4},? ?\(?(?:tương (?:ứng|đương)|hay|bằng|tức)(?: với| là| khoảng| gần| hơn)* "
)
_PART = re.compile(r"(?: ?\(|(?: [^\W\d_]+){0,3}[,;]| và) ?(?P<label>[^\W\d_][^()\d,;:]{1,24}?):? ")
_IN_BRACKET = re.compile(r"(?: [^\W\d_]+){0,3} ?\(")
