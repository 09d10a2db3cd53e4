"""Ratios beside percentages: of goals and bodies that each reached so much, and of what a percentage is told of.

``12/15 chỉ tiêu đạt 100%`` says nothing of a share; ``100% trẻ 5 tuổi ra lớp: 214/214 cháu`` says it twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.relations.amounts import Amount
from extractors.relations.reading import Reading
from extractors.relations.structure import Segment

_ALL = 100
_GOALS = ("chỉ tiêu", "tiêu chí", "mục tiêu", "nội dung", "nhiệm vụ", "hạng mục", "môn", "công trình")
_REACHED = re.compile(r" (?:đã |đều )?(?:đạt|hoàn thành|vượt|tiến độ)(?: [^\W\d_]+){0,2} ")
#: Bodies, of which each may have reached all; people reach a percentage together.
_BODIES = ("school", "place", "cell", "class")
#: In one breath: behind a comma the percentage says the ratio again.
_DID = re.compile(
    r"(?:, (?:bản|buôn|làng|ấp|phường|thị trấn))* (?:[^\W\d_]+ ){0,6}"
    r"(?:đạt|hoàn thành|có|tỷ lệ|tỉ lệ|tham gia|bao phủ)(?: (?:mức|tỷ lệ|tỉ lệ|được|tham gia))? "
)


def each_reached(reading: Reading, ratio: Amount, share: Amount) -> bool:
    """Whether a percentage behind a ratio is what each of the counted reached, and not the ratio said again.

    ``12/15 chỉ tiêu đạt 100%``, ``26/53 trường đạt 100%``.
    """
    if share.start < ratio.end:
        return False
    if ratio.unit in _GOALS and _REACHED.fullmatch(reading.lower, ratio.unit_end, share.start):
        return True
    bodies = ratio.family in _BODIES and share.value == _ALL != ratio.value
    return bodies and _DID.fullmatch(reading.lower, ratio.unit_end, share.start) is not None


#: What is aimed at is no share of those counted so far.
_AIMED = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|kế hoạch|yêu cầu|tối thiểu|ít nhất|dự kiến|chỉ tiêu|trên|dưới)(?!\w)")
_NOUN = re.compile(r"[^\W_]+(?:,? [^\W_]+){1,14}")
_LONG = 90


def share_explained(
    reading: Reading, segments: Sequence[Segment], index: int, ratio: Amount
) -> tuple[Amount, Segment] | None:
    """The percentage before a colon that a ratio right behind it explains: ``100% học sinh lên lớp: 412/412 em``.

    Nothing else is counted before the colon; the ratio stands alone behind it.
    """
    segment, before = segments[index], segments[index - 1] if index else None
    if before is None or segment.separator != ":" or before.groups or not ratio.of or ratio.family is None:
        return None
    told = [amount for amount in before.amounts if amount.family != "time"]  # trẻ 5 tuổi
    share = told[0] if len(told) == 1 and told[0].start == before.amounts[0].start else None
    if share is None or not share.percent or share.change or share.vague or share.of is not None:
        return None
    if segment.amounts != [ratio] or reading.lower[segment.start : ratio.start].strip(" :"):
        return None
    if reading.lower[ratio.unit_end : segment.end].strip(" .") or _goes_on(segments, index):
        return None
    said = reading.lower[share.end : before.end].strip()
    aimed = _AIMED.search(reading.lower, before.start, before.end) is not None
    return (share, before) if len(said) <= _LONG and _NOUN.fullmatch(said) and not aimed else None


def _goes_on(segments: Sequence[Segment], index: int) -> bool:
    """Whether other numbers are listed behind one."""
    following = segments[index + 1 : index + 2]
    return any(one.separator in (",", ";", "và") and bool(one.amounts) for one in following)
