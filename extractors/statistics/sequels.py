"""Numbers that measure what the one before them measures: shares of a count, series, later values, plans."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.numbers import Number
from extractors.statistics.measured import Measured
from extractors.statistics.naming import CLASSIFIERS
from extractors.statistics.phrase import words
from extractors.statistics.status import is_planned
from extractors.statistics.wording import noun


def sequel(document: Document, sentence: tuple[int, int], measured: Measured, behind: str) -> str:
    """The indicator of a number that goes on with the one before it; "" for one that measures something else.

    ``15 em, đạt 30%``, ``71%, 73,5% rồi 76,6%``, ``từ 9 lên 11 trường``, ``năm 2021: 22 em``, ``đạt 58%, kế hoạch
    55%``. ``behind`` is what is said behind the number.
    """
    number, previous = measured.number, measured.previous
    before = document.lower[sentence[0] : number.start]
    last = max(0, len(before) - _VOTE)
    if number.percent and (agreed := _AGREED.search(before, last)):
        return f"tỷ lệ {agreed['how']} {behind}".strip()
    if previous is None:
        counted = _echoed(document, sentence, number, behind)
        return _of_base(counted, behind) if counted else ""
    if _rises_to(before, measured, behind):
        raised = _RAISED.search(before)
        first = sentence[0]
        return document.value(first + raised.start("what"), first + raised.end("what")) if raised else previous
    if same_again := _THAT_IS.search(before):
        more = "tăng thêm" if "thêm" in same_again.group(0) else ""
        same = not measured.unit_range or noun(measured.unit or "").split()[0] in previous.lower().split()
        if same and not behind and not measured.sign:
            return f"{previous} {more}".strip()
    if not a_pass(document, sentence, measured) and _goes_on(before, number, behind):
        return changed(previous, measured.sign) if measured.sign else _of_base(previous, behind)
    again = measured.unit_range is None and before.endswith(_IN_BRACKETS_OF_SHARE)
    if not behind and measured.unit_range is None and (again or is_planned(before) or _SERIES.search(before)):
        return previous
    left = measured.unit_range is not None and before.endswith(" còn ")  # "2 em bỏ học; cuối kỳ còn 503 em"
    if not behind and not left and _ANOTHER_YEAR.search(before):
        same = not measured.unit_range or _same_kind(measured.unit or "", previous)
        return previous if same else ""
    if not behind and measured.unit_range is None and _CARRIED_OUT.search(before) and _A_PLAN.search(before):
        return previous
    if not behind and (averaged := _AVERAGED.search(before)):
        return f"{previous} {document.value(sentence[0] + averaged.start(1), sentence[0] + averaged.end(1))}"
    return ""


def _same_kind(unit: str, previous: str) -> bool:
    """Whether a noun counts what an indicator names, or people of whatever kind."""
    return noun(unit).lower() in previous.lower() or unit.lower() in CLASSIFIERS or noun(unit) == "học sinh"


def is_echo(before: str) -> bool:
    """Whether a percentage behind these words only says a count again: ``15 em, đạt``."""
    return _ECHO.search(before) is not None


def a_pass(document: Document, sentence: tuple[int, int], measured: Measured) -> tuple[int, int] | None:
    """The range of ``Đạt`` as the grade of a number behind those of higher grades; None for the verb and all else."""
    line = _PASS_LINE.match(document.text, sentence[0], measured.number.start + 1)
    if line and _GRADE_LINE.match(document.lower, document.text.rfind("\n", 0, max(0, sentence[0] - 6)) + 1):
        return line.span("grade")
    graded = measured.previous and _GRADED.search(measured.previous.lower())
    if not graded:
        return None
    bare = measured.unit_range is None and not measured.number.percent and measured.number.of is None
    text = document.lower if bare else document.text
    match = (_PASSED_LOW if bare else _PASSED).search(text, sentence[0], measured.number.start)
    return match.span("grade") if match else None


#: A pass as the label of a line, below a line for a higher grade.
_PASS_LINE = re.compile(
    r"(?:[-+*•] ?)?(?:[Ll]oại |[Mm]ức )?(?P<grade>(?:Chưa đ|Không đ|Đ|đ)ạt)(?: yêu cầu)? ?: ?(?=\d)"
)
_GRADE_LINE = re.compile(
    r"(?:[-+*•] ?)?(?:xếp )?(?:loại |mức )?(?:xuất sắc|giỏi|khá|tốt|trung bình|hoàn thành|đạt)[^:\n]{0,30}: ?\d"
)
#: A pass as a grade, behind those above it.
_PASSED = re.compile(r"[,;:)+-] ?(?P<grade>(?:Chưa đ|Không đ|Đ)ạt) ?:? ?$")
#: The same in small letters, where no percentage follows: ``tốt 280, khá 120, đạt 12``.
_PASSED_LOW = re.compile(r"[,;:)+-] ?(?P<grade>(?:chưa |không )?đạt) ?:? ?$")
_GRADED = re.compile(r"(?<!\w)(?:xếp loại|xuất sắc|giỏi|khá|tốt|trung bình)(?!\w)")


def _rises_to(before: str, measured: Measured, behind: str) -> bool:
    """Whether a number is another value of the one before: ``nâng tổng số lên 58 trường``, ``từ 9 lên 11``."""
    if behind and words(behind) > 2 and not _TIMES.match(behind.lower()):
        return False
    same = not measured.unit_range or noun(measured.unit or "").split()[0] in (measured.previous or "").lower().split()
    return same and _RISES.search(before) is not None


#: What is said to rise: ``nâng tổng số trường đạt chuẩn quốc gia lên 39 trường``.
_RAISED = re.compile(
    r"(?<!\w)(?:nâng|đưa) (?:tổng )?số (?:các )?(?P<what>[^\W\d_]+(?: [^\W\d_]+){2,9}) lên(?: thành)?"
    r"(?: (?:hơn|gần|trên|khoảng|là|tới|đến))* $"
)
_TIMES = re.compile(r"(?:đầu|cuối|của|hồi|vào|trong)? ?(?:năm|nhiệm kỳ|kỳ|học kỳ|tháng)(?!\w)")
_RISES = re.compile(
    r"(?<!\w)(?:(?:nâng|đưa)(?: tổng)?(?: số)?(?: \w+){0,6} lên(?: thành)?|so với|"
    r"từ \d[\d.,]*(?: ?%| \w+){0,3}(?: \([^()]*\))? (?:lên|xuống|còn)) $"
)
#: What came of a plan, told behind it: ``Nghị quyết giao 70%, thực hiện 73,2%``.
_A_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|nghị quyết|kh)(?: [^\W\d_]+){0,3}:? ?\d[\d.,]*(?: ?%)?[,;(]? ")
_CARRIED_OUT = re.compile(r"[,;(] ?(?:đã |kết quả |đến nay )?(?:thực hiện|đạt được|đạt|kết quả|thực đạt)(?: là|:)? ?$")
#: The same thing as an average: ``có 3.600 học viên, bình quân mỗi năm là 720 người``.
_AVERAGED = re.compile(
    r"[,;] ((?:bình quân|trung bình)(?: (?:mỗi|một|hằng|hàng))? năm)(?: (?:là|có|được|khoảng|hơn))* $"
)
#: The same told in other terms: ``202 trường, tức đạt thêm 12 trường``.
_THAT_IS = re.compile(r"(?<!\w)(?:tức|nghĩa) (?:là )?(?:(?!\d)[^\W\d_]+ ){0,4}$")
#: Nothing but a sign or link between a figure and the one before: ``71%, 73,5% rồi 76,6%``, ``9,7% -> 3,8%``.
_SERIES = re.compile(r"\d ?%?(?:(?:,|;| ->| -| –)?(?: (?:và|rồi|lên|xuống|còn|rồi lên|rồi xuống|rồi còn))?) $")
#: A share, of which the bracket tells the count: ``9,5% (168) học sinh``.
_IN_BRACKETS_OF_SHARE = ("% (", "%(")
#: The same thing counted for another year: ``năm học 2020-2021: 22 em``.
_ANOTHER_YEAR = re.compile(
    r"(?:[,;(] ?(?:năm(?: học)? (?:19|20)\d\d(?: ?- ?20\d\d)?|(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?(?= ?:)|"
    r"(?:cuối|đầu) (?:năm|kỳ)(?: học)?|nay|năm nay|năm trước|"
    r"đến nay|kỳ này|hiện nay|(?:trong khi )?cùng kỳ(?: năm(?: học)? (?:trước|ngoái))?|năm học trước|năm ngoái)|"
    r"\) (?:nay|đến nay|hiện nay))"
    r" ?:? ?(?:chỉ |mới |là |có |còn |đạt |huy động đạt )*$"
)


def _goes_on(before: str, number: Number, behind: str) -> bool:
    """Whether a percentage only says again, in per cent, what the number before counts: ``15 em, đạt 30%``."""
    if not number.percent or (behind and not _BASE.match(behind.lower())):
        return False
    if behind.lower().startswith("số ") and before.endswith((", ", "; ", " và ")):
        return False  # "45% số trường, 60% số lớp"
    if " hơn " in before[-_VOTE:] and _THAN_WHEN.search(before):
        return False
    return is_echo(before)


#: A date with which something is compared, which is no count: ``thấp hơn tháng 10/2021 là 0,5%``.
_THAN_WHEN = re.compile(r" hơn (?:so )?(?:với )?(?:tháng|năm|ngày|hè|học kỳ)(?: học)? [\d/. -]+(?:là )?$")


def _echoed(document: Document, sentence: tuple[int, int], number: Number, behind: str) -> str:
    """What the count before a percentage is said to count, where that is no statistic: an award's winners."""
    if not number.percent or (behind and not _BASE.match(behind.lower())):
        return ""
    match = _ECHO_OF.search(document.lower, sentence[0], number.start)
    if not match:
        labelled = _ECHO_OF_LABEL.search(document.lower, sentence[0], number.start)
        return f"{noun(labelled['who'])} {document.value(*labelled.span('said'))}" if labelled else ""
    words_between = document.value(*match.span("said"))
    return " ".join(words_between.split()[:10]) if len(words_between.split()) > 1 else ""


def _of_base(counted: str, base: str) -> str:
    """``đảng viên kết nạp so với kế hoạch``: what is counted with that of which it is a percentage."""
    if not base or base.lower().startswith("trở lên"):
        return counted
    link = "" if base.lower().startswith(("so với", "trên")) else "so với " if _WANTED.match(base.lower()) else "trên "
    return f"{counted} {link}{' '.join(base.split()[:7])}"


_WANTED = re.compile(r"(?:kế hoạch|dự toán|chỉ tiêu|định mức)")
_ECHO_OF = re.compile(
    r"\d (?:(?:đ/c|đồng chí|người) )?(?P<said>[^\W\d_][^\d,;:.()]{3,90}?) ?[,(] ?"
    r"(?:(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tl|là|"
    r"khoảng|hơn|gần|trên) ?)*$"
)
#: The same with its count behind what it tells: ``Đạt giải 96 em = 44,9%``.
_ECHO_OF_LABEL = re.compile(
    r"(?:(?<=[,;:.(+\n-])|(?<=[,;:.(+-] ))"
    r"(?P<said>(?:đạt|đoạt|có|được|đỗ|trúng|hoàn thành|không đạt) [^\d,;:.()]{2,50}?):? "
    r"\d[\d.]*(?:/\d[\d.]*)? (?P<who>em|học sinh|hs|giáo viên|gv|trẻ|cháu|thí sinh)"
    r"(?: ?(?:=|,|\(|-|đạt|chiếm|tỷ lệ|tỉ lệ|bằng))+ ?$"
)
#: How those at a meeting voted, right before their share: ``nhất trí 100% các chỉ tiêu``.
_AGREED = re.compile(
    r"(?:^|[,;:.] ?|(?<!\w)(?:hội nghị|đại hội|đại biểu|cuộc họp|họp|tập thể|biểu quyết|đã|đều|và) )"
    r"(?P<how>(?:biểu quyết )?(?:nhất trí|thống nhất|tán thành|đồng ý)(?: cao| thông qua)?)"
    r"(?: (?:với )?(?:tỷ lệ|tỉ lệ|đạt|là))*:? ?$"
)
_VOTE = 60  # as far before its share it is said
#: Of what a percentage that says a count again is a part.
_BASE = re.compile(
    r"(?:dân số|so với|tổng số|tổng chi|tổng thu|tổng mức|trở lên|kế hoạch|dự toán|chỉ tiêu|số|định mức|"
    r"trên tổng)(?!\w)"
)
#: What may stand between a count and its percentage: the counted noun and ``đạt``, ``chiếm tỷ lệ``.
_ECHO = re.compile(
    r"(?:(?<=\d)(?<!lớp \d)(?<!khối \d)(?<!lớp \d\d)(?<!khối \d\d)(?<!độ \d)(?<!mức \d)|"
    r"[,(;–-])[,(;– -]*"
    r"(?:(?:em|hs|học sinh|đ/c|đồng chí|người|trẻ|cháu|lớp|trường|gv|giáo viên|tiết|phiếu|bài)(?!\w) ?)?[,(; ]*"
    r"(?:(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương đương|tương ứng|là|=|:|tl|khoảng|hơn|gần|trên|ở mức|với|"
    r"và|tăng|giảm|thêm) ?)*$"
)


def changed(phrase: str, sign: int) -> str:
    """An indicator as that of a change: ``học sinh tăng``."""
    verb, than = ("tăng", "cao|nhiều|đông|lớn") if sign > 0 else ("giảm", "thấp|ít|nhỏ")
    return phrase if re.search(rf"(?<!\w)(?:{verb}|(?:{than}) hơn)(?!\w)", phrase) else f"{phrase} {verb}"
