"""Whether a number tells what is, what changed or what is wanted, and of which level and time."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.numbers import Number
from extractors._shared.view import CAPITAL
from schemas.records import Report

_UP = re.compile(
    r"(?<!\w)(?:tăng|tăng thêm|cao hơn|nhiều hơn|vượt(?= $)|tăng được)(?: thêm|"
    r" so với [^,;.()\d]{4,30})?(?: là| hơn| gần| khoảng)? ?$"
)
_DOWN = re.compile(
    r"(?<!\w)(?:giảm|giảm đi|giảm được|thấp hơn|ít hơn|bớt)(?: so với [^,;.()\d]{4,30})?(?: là| hơn| gần| khoảng)? ?$"
)
_TARGET = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|(?<!đạt )(?<!theo )yêu cầu|không dưới|"
    r"chỉ tiêu (?:\w+ ){0,3}(?:phấn đấu|đề ra|giao|kế hoạch)|"
    r"dự kiến|đặt ra|đề ra|sẽ|cần đạt|đến (?:hết |cuối )?năm(?: học)? [\d/ -]{4,12},? ?(?:có|đạt|phải|toàn|"
    r"tỷ lệ|tỉ lệ|trên|100)"
    r"|đến năm 20(?:2[5-9]|3\d|4\d)|nhằm đạt|đăng ký (?:đạt|phấn đấu|thực hiện|xây dựng|danh hiệu|chỉ tiêu)|"
    r"hướng tới|đề nghị (?:ngành|các|phòng|huyện|xã|nhà trường)|kế hoạch (?:giao|đề ra)|"
    r"lộ trình đến)(?!\w)"
)
_NOW = re.compile(
    r"(?<!\w)(?:hiện có|hiện nay|hiện tại|đến nay|tính đến|đã|hiện còn|kết quả|trong năm qua|năm qua|"
    r"thực hiện được|nhất trí|biểu quyết|so với (?:chỉ tiêu|kế hoạch))(?!\w)"
)
_GOAL_HEAD = re.compile(
    r"phương hướng|mục tiêu|(?<!thực hiện )(?<!thực hiện các )chỉ tiêu|kế hoạch năm|nhiệm vụ trọng tâm|"
    r"nhiệm vụ năm học|giải pháp|lộ trình|giai đoạn (?:i|1|ii|2)\b"
)
_RESULT_HEAD = re.compile(
    r"kết quả|thực hiện (?:các )?chỉ tiêu|đánh giá|thực trạng|tình hình|đặc điểm|thuận lợi|đã đạt|tổng kết|ưu điểm"
)
#: What a plan says of things as they are: the size of a list, what is kept, what was granted.
_STANDING = re.compile(
    r"(?:(?<!\w)gồm(?: có)?|củng cố|giữ ổn định|giữ vững|thưởng [^,;.:]{0,60}|lệ phí [^,;.:]{0,30}|hiện có|trị giá) $"
)
_GRANTED = re.compile(r"[^,;.]{0,30}(?<!\w)(?:được giao|hiện có|đã (?:được|có)|/giải|/suất)")
_THRESHOLD = re.compile(
    r"(?<!\w)(?:tối đa|không quá|từ đủ|không vượt quá|(?P<soft>tối thiểu|ít nhất|(?<!không )dưới))(?: là)? ?$"
)


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
    if _STANDING.search(before) or _GRANTED.match(document.lower, number.end):
        return False
    cues = [m.start() for m in _TARGET.finditer(before + " ")]
    facts = [m.start() for m in _NOW.finditer(before, before.rfind(";") + 1)]
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
    if found:
        return found.pop() if len(found) == 1 else None
    return _of_grade(text.lower(), 0, len(text))


def level_of(
    document: Document,
    block: Block,
    phrase: tuple[int, int],
    before: tuple[int, int],
    sentence: int,
    default: str | None,
) -> str | None:
    """The school level of a number: of its phrase, of the words before it in its clause, of the block.

    A phrase that names several levels (``các trường Mầm non, Tiểu học và THCS``) has none.
    """
    for start, end in (phrase, before):
        found = _named(document, start, end)
        if found:
            return found[0] if len(set(found)) == 1 else None
    clause = max(
        sentence, document.text.rfind(";", sentence, phrase[0]) + 1, document.text.rfind(":", sentence, phrase[0]) + 1
    )
    if found := _named(document, clause, phrase[0]):
        return found[-1] if len(set(found)) == 1 else None
    if own := document.level(block):
        return own
    said = {
        level for at, end, level in _levels(document, block.body, phrase[0]) if not _CALLED.match(document.text, end)
    }
    if len(said) == 1:
        return said.pop()
    part = max(sentence, document.text.rfind(";", sentence, phrase[0]) + 1)
    return _of_grade(document.lower, part, phrase[1]) or default


#: A name behind a level makes it one school's.
_CALLED = re.compile(rf" (?:[{CAPITAL}]|số \d)")
_CLASS = re.compile(r"(?<!\w)(?<!vào )(?:lớp|khối)(?: lớp)? (?P<grade>\d{1,2})(?![\d/])")
_SMALL = re.compile(
    r"(?<!\w)(?:(?<!giáo viên )(?<!cán bộ )(?<!tuổi )(?<!người )(?<!hệ )trẻ(?! em| mồ côi| khuyết tật)|"
    r"nhóm trẻ|bé ngoan|[345] tuổi)(?!\w)"
)


def _of_grade(lowered: str, start: int, end: int) -> str | None:
    """The level of the one grade named in a range (``lớp 9``), or of the small children spoken of."""
    levels = {_level_of_class(int(match["grade"])) for match in _CLASS.finditer(lowered, start, end)}
    if len(levels) == 1:
        return levels.pop()
    return "MN" if not levels and _SMALL.search(lowered, start, end) else None


def _level_of_class(grade: int) -> str | None:
    return "TH" if grade <= 5 else "THCS" if grade <= 9 else "THPT" if grade <= 12 else None


_ENTERED = re.compile(r"(?<!\w)(?:vào|lên|tuyển sinh|đỗ|trúng tuyển|học nghề)[\w ,]{0,30} $")


def _named(document: Document, start: int, end: int) -> list[str]:
    """The levels named in a range, without the one that pupils go on to (``thi vào trường THPT``)."""
    return [
        level
        for at, _, level in _levels(document, start, end)
        if not _ENTERED.search(document.lower, max(start, at - 34), at)
    ]


def _levels(document: Document, start: int, end: int) -> list[tuple[int, int, str]]:
    """The levels named in a range; ``TH&THCS`` is one."""
    found = find_levels(document.text, document.lower, start, end)
    return [
        (
            at,
            stop,
            join_levels([level, "THCS" if level == "TH" else "THPT"]) or level
            if document.text[stop : stop + 3] == "&TH"
            else level,
        )
        for at, stop, level in found
    ]


_COMPARED = re.compile(r"so với (?:cùng kỳ |cuối |đầu )?(?:của )?(?:năm học |năm )?$")


def period_of(document: Document, sentence: tuple[int, int], at: int, default: str | None) -> str | None:
    """The date, year or school year said nearest before a number in its sentence, else right after it."""
    dates = [
        d
        for d in document.dates_in(*sentence)
        if d.iso and not _COMPARED.search(document.lower, max(sentence[0], d.start - 30), d.start)
    ]
    before = [d for d in dates if d.end <= at]
    if before:
        return before[-1].iso
    after = [d for d in dates if d.start >= at]
    return after[0].iso if after else default
