"""Indicators of what has a wording of its own: areas, points, votes, entrants, members of bodies, those who came."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.statistics.attendance import attendance
from extractors.statistics.bodies import members, of_cluster
from extractors.statistics.compact import deed
from extractors.statistics.contests import ALWAYS, entrants, of_contest, takes_part
from extractors.statistics.labels import before_bracket
from extractors.statistics.measured import Measured
from extractors.statistics.measures import measure, staff
from extractors.statistics.naming import CLASSIFIERS
from extractors.statistics.phrase import words
from extractors.statistics.wording import noun


def own_wording(
    document: Document,
    block: Block,
    sentence: tuple[int, int],
    measured: Measured,
    around: tuple[str, str, str],
) -> str:
    """The indicator of what has a wording of its own: areas, points, votes, entrants; "" for all else."""
    if measured.unit is None or measured.number.percent:
        return ""
    ahead, behind, each = around
    if came := attendance(document, block, measured, ahead):
        return came
    if measured.unit_range and (
        schools := of_cluster(document, sentence[0], measured.number.start, measured.unit, behind)
    ):
        return schools
    if own := measure(document, sentence, measured.number.start, measured.unit, (deed(ahead), behind, each)):
        return own
    average = _AVERAGE.search(document.lower, max(sentence[0], measured.number.start - 24), measured.number.start)
    if each and (average or isinstance(measured.number.value, float)) and measured.unit_range:
        return f"{noun(measured.unit)} bình quân mỗi {each.strip('/ ')}"
    position = measured.number.start
    if measured.unit.lower() in ALWAYS and document.text[position - 1] == "(":
        label = before_bracket(document, sentence[0], position - 1)
        return f"{noun(measured.unit)} dự thi {label}" if label else ""
    told = measured.unit_range is not None or words(ahead) > 4  # "46 thí sinh: TH 27, THCS 19" has labels
    if (
        told
        and not _LEFT_OUT.search(ahead.lower())
        and (
            words(behind) < 4
            or measured.unit.lower() in ALWAYS
            or behind.lower().startswith(("đi thi", "dự thi", "tham gia", "tham dự"))
            or takes_part(document, measured.unit_end, sentence[1])
        )
        and (own := entrants(document, block, sentence, measured.number.start, measured.unit, f"{ahead} {behind}"))
    ):
        return own
    if measured.unit_range and (part := of_contest(document, block, sentence, position, measured.unit)):
        return part
    if measured.unit_range and (body := members(document, sentence[0], position, measured.unit, (ahead, behind))):
        return body
    counted = document.value(*measured.unit_range).lower() if measured.unit_range else ""
    if counted in CLASSIFIERS and not behind and not measured.parent:
        return staff(document, block, ahead)
    return ""


#: Those who did not enter, or of whom more is told than that they did.
_LEFT_OUT = re.compile(r"(?<!\w)(?:vắng|bỏ|vi phạm|hỏng|trượt|bị [^\W\d_]+|đình chỉ|đỗ|trúng tuyển)(?: thi)?$")
#: What says right before a number that each has so many: ``tỷ lệ 12 HS/máy``.
_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình|tỷ lệ|tỉ lệ|sĩ số)(?: (?:là|đạt|khoảng|mỗi|gần|hơn|trên))*:? ?$")
