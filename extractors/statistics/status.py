"""Whether a number tells what is, what changed or what is wanted, and of which level and time."""

from __future__ import annotations

import re

from extractors._shared.dates import find_dates
from extractors._shared.document import Block, Document
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.numbers import Number
from schemas.records import Report

_UP = re.compile(r"(?<!\w)(?:tăng|tăng thêm|cao hơn|nhiều hơn|vượt|tăng được)(?: thêm| so với [^,;.()\d]{0,30})?(?: là| hơn| gần| khoảng)? ?$")
_DOWN = re.compile(r"(?<!\w)(?:giảm|giảm đi|giảm được|thấp hơn|ít hơn|bớt)(?: so với [^,;.()\d]{0,30})?(?: là| hơn| gần| khoảng)? ?$")
_TARGET = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|yêu cầu|không dưới|chỉ tiêu (?:phấn đấu|đề ra|giao|kế hoạch)|dự kiến|đặt ra|đề ra|sẽ (?:có|đạt)|cần đạt|đến (?:hết |cuối )?(?:năm|tháng)(?: học)? [\d/ -]{4,12},? ?(?:có|đạt|phải|toàn|tỷ lệ|tỉ lệ|trên|100)"
    r"|đến năm 20(?:2[5-9]|3\d|4\d)|nhằm đạt|đăng ký|hướng tới|kế hoạch (?:giao|đề ra)|lộ trình đến)(?!\w)"
)
_NOW = re.compile(r"(?<!\w)(?:hiện có|hiện nay|hiện tại|đến nay|tính đến|đã|hiện còn|kết quả|trong năm qua|năm qua|thực hiện được|nhất trí|biểu quyết|so với (?:chỉ tiêu|kế hoạch))(?!\w)")
_GOAL_HEAD = re.compile(r"phương hướng|mục tiêu|(?<!thực hiện )(?<!thực hiện các )chỉ tiêu|kế hoạch năm|nhiệm vụ trọng tâm|nhiệm vụ năm học|giải pháp|lộ trình|giai đoạn (?:i|1|ii|2)\b")
_RESULT_HEAD = re.compile(r"kết quả|thực hiện (?:các )?chỉ tiêu|đánh giá|thực trạng|tình hình|đặc điểm|thuận lợi|đã đạt|tổng kết|ưu điểm")
_THRESHOLD = re.compile(r"(?<!\w)(?:tối đa|không quá|từ đủ|không vượt quá|(?P<soft>tối thiểu|ít nhất|(?<!không )dưới))(?: là)? ?$")


def change_sign(lowered: str, start: int, number: Number) -> int:
    """1 for ``tăng 12``, -1 for ``giảm 24``, 0 where the number is no change (``tăng lên 85%``)."""
    before = lowered[max(start, number.start - 45) : number.start]
    if _UP.search(before):
        return 1
    return -1 if _DOWN.search(before) else 0


def is_threshold(lowered: str, start: int, number: Number, *, wanted: bool) -> bool:
    """Whether a number is the limit of a rule (``tối đa 05 học sinh``); ``ít nhất 5 trường`` of a plan is a target.

    So is ``phấn đấu … không quá 0,3%``.
    """
    match = _THRESHOLD.search(lowered[max(start, number.start - 18) : number.start])
    if match is None:
        return False
    return not wanted and not match["soft"] if number.percent else not (wanted and match["soft"])


def is_target(document: Document, block: Block, sentence: tuple[int, int], number: Number, *, plan: bool) -> bool:
    """Whether a number is wanted rather than counted: by cue in its sentence, else by the heads above."""
    before = document.lower[sentence[0] : number.start]
    cues = [m.start() for m in _TARGET.finditer(before + " ")]
    facts = [m.start() for m in _NOW.finditer(before)]
    if cues and (not facts or cues[-1] > facts[-1]):
        return True
    if facts:
        return False
    for above in document.ancestors(block):
        head = document.lower[above.body : document.head(above)[1]]
        if _RESULT_HEAD.search(head):
            return False
        if _GOAL_HEAD.search(head):
            return True
    return plan


_OPINION = re.compile(r"(?<!\w)(?:cho rằng|nên|có ý kiến)(?!\w)[^.;]{0,40}$")


def is_opinion(lowered: str, start: int, number: Number) -> bool:
    """Whether a number only stands in what somebody thinks (``nên cấp 100%``)."""
    return bool(_OPINION.search(lowered[max(start, number.start - 60) : number.start]))


def report_level(report: Report | None) -> str | None:
    """The one school level that a report is about by its title or its issuer; None for several or none."""
    if report is None:
        return None
    text = f"{report.title or ''} {report.issuer or ''}"
    found = {level for _, _, level in find_levels(text, text.lower())}
    return found.pop() if len(found) == 1 else None


def level_of(
    document: Document, block: Block, phrase: tuple[int, int], before: tuple[int, int], sentence: int, default: str | None
) -> str | None:
    """The school level of a number: of its phrase, of the words before it in its clause, of the block.

    A phrase that names several levels (``các trường Mầm non, Tiểu học và THCS``) has none.
    """
    for start, end in (phrase, before):
        found = _named(document, start, end)
        if found:
            return join_levels(found) if len(set(found)) == 1 else None
    clause = max(sentence, document.text.rfind(";", sentence, phrase[0]) + 1, document.text.rfind(":", sentence, phrase[0]) + 1)
    if found := _named(document, clause, phrase[0]):
        return found[-1] if len(set(found)) == 1 else None
    return document.level(block) or default


_ENTERED = re.compile(r"(?<!\w)(?:vào|lên|tuyển sinh)(?: \w+){0,4} $")


def _named(document: Document, start: int, end: int) -> list[str]:
    """The levels named in a range, without the one that pupils go on to (``thi vào trường THPT``)."""
    return [
        level
        for at, _, level in find_levels(document.text, document.lower, start, end)
        if not _ENTERED.search(document.lower, max(start, at - 30), at)
    ]


_COMPARED = re.compile(r"so với (?:cùng kỳ |cuối |đầu )?(?:của )?(?:năm học |năm )?$")


def period_of(document: Document, sentence: tuple[int, int], at: int, default: str | None) -> str | None:
    """The date, year or school year said nearest before a number in its sentence, else right after it."""
    dates = [
        d
        for d in find_dates(document.text, document.lower, *sentence)
        if d.iso and not _COMPARED.search(document.lower, max(sentence[0], d.start - 30), d.start)
    ]
    before = [d for d in dates if d.end <= at]
    if before:
        return before[-1].iso
    after = [d for d in dates if d.start >= at]
    return after[0].iso if after else default
