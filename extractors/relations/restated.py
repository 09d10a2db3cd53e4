"""The percentage that says again what a count says: ``12 em (8,5%)``, ``31/38, chiếm tỷ lệ: 81,6%``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.relations.amounts import Amount
from extractors.relations.parts import AIM
from extractors.relations.reading import Reading
from extractors.relations.structure import Segment, without_brackets

_REACH = 90
_JOINERS = ("", "=", "đạt", "chiếm", "tỷ lệ", "tỉ lệ", "tl", "đạt tỷ lệ", "đạt tỉ lệ", "chiếm tỷ lệ", "chiếm tỉ lệ")


def share_after(
    reading: Reading, segments: Sequence[Segment], index: int, count: Amount
) -> tuple[Amount, Segment] | None:
    """The percentage that says again what a count says: ``(94,67%)``, ``, đạt tỷ lệ 94,67%``, ``chiếm 94,67%``."""
    segment = segments[index]
    # A bound only narrows what is counted: ``640/655 em đọc từ 3 cuốn trở lên, đạt 97,7%``.
    later = [a for a in segment.amounts if a.start > count.end and a.family != "time" and (a.percent or not a.vague)]
    if later:
        return (later[0], segment) if restates(reading, count, later[0], segment) else None
    for group in segment.groups:
        inside = [a for part in group.segments for a in part.amounts]
        close = len(inside) == 1 and 0 <= group.start - count.end < _REACH and is_plain_share(inside[0])
        if close and reading.lower[group.start : inside[0].start].strip() in _JOINERS:
            return inside[0], segment
    if index + 1 < len(segments) and segments[index + 1].separator == ",":
        after = segments[index + 1]
        if after.amounts and restates(reading, count, after.amounts[0], after):
            return after.amounts[0], after
    return _behind_colon(reading, segments, index, count)


def _behind_colon(
    reading: Reading, segments: Sequence[Segment], index: int, count: Amount
) -> tuple[Amount, Segment] | None:
    """The percentage behind a colon of its own: ``31/38, chiếm tỷ lệ: 81,6%``."""
    for after in segments[index + 1 : index + 3]:
        if after.separator == ":" and after.amounts and restates(reading, count, after.amounts[0], after):
            return after.amounts[0], after
        if after.amounts or after.separator not in (",", ":"):
            return None
    return None


def is_plain_share(amount: Amount) -> bool:
    """Whether an amount is a percentage and nothing else."""
    return amount.percent and not amount.change and not amount.vague and amount.of is None


#: A percentage named by what was said of those counted: ``Huy động 265/270 trẻ ra lớp, tỷ lệ huy động 98,1%``.
_RATE_OF = re.compile(
    r",[^,]*(?<!\w)(?:tỷ|tỉ) lệ (?P<of>(?!là |đạt |chiếm )[^\d,;:.()%]{3,30}?)(?: là| đạt| chiếm)?:? $"
)


#: Right before a percentage: ``chiếm tỷ lệ: 8,3%``.
_RATE_COLON = re.compile(r"(?:(?<=tỷ lệ)|(?<=tỉ lệ)|(?<=chiếm)) ?: ?$")


def restates(reading: Reading, count: Amount, share: Amount, segment: Segment) -> bool:
    """Whether a percentage behind a count says again what the count says."""
    if not is_plain_share(share) or share.unit not in (None, "chỉ tiêu", count.unit, (count.unit or "").split(" ")[0]):
        return False
    between = without_brackets(reading.lower[max(count.end, count.unit_end) : share.start])  # 477 em (nữ 240; Mông 12)
    if len(between) > _REACH or "trong đó" in between or AIM.search(between):
        return False
    if any(sign in _RATE_COLON.sub("", between) for sign in ";:"):
        return False
    cues = reading.terms("rel_percent", count.end, share.start)
    if (named := _RATE_OF.search(between)) is not None:
        comma = share.start - len(between) + named.start()
        return named["of"] in reading.lower[max(0, count.start - _REACH) : comma]
    joined = (bool(cues) and share.start - cues[-1].end <= 4) or between.rstrip().endswith("=")
    return joined or re.fullmatch(r"\s?[=,(–-]?\s?", between) is not None
