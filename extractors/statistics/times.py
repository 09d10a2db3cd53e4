"""Of which time a number tells."""

from __future__ import annotations

import re

from extractors._shared.dates import find_dates
from extractors._shared.document import Block, Document
from extractors.statistics.status import Outlook

_COMPARED = re.compile(
    r"(?:so với|(?:cao|thấp|nhiều|ít|kém|tốt|lớn|nhỏ) hơn(?: so với)?|hơn|kém|vượt) (?:kết quả |số liệu |mức )?"
    r"(?:cùng kỳ |cuối |đầu )?(?:của )?(?:năm học |năm )?$"
)

#: Before the day of a document that is cited: ``Nghị quyết số 9c/NQ-BCH ngày``.
_OF_DOCUMENT = re.compile(r"\d[a-zđ]?(?:/\d{4})?[/-][^\W\d_][^\s,;()]*,?\s(?:ngày )?$")


def _is_aside(lowered: str, sentence: tuple[int, int], date: tuple[int, int], at: int) -> bool:
    """Whether a date stands with figures in a bracket outside of which a number stands."""
    opened = lowered.rfind("(", sentence[0], date[0])
    if opened < 0 or lowered.find(")", opened, date[0]) >= 0:
        return False
    closed = lowered.find(")", date[1], sentence[1])
    if closed < 0 or opened < at < closed:
        return False
    return _DIGIT.search(lowered, opened, date[0]) is not None or _DIGIT.search(lowered, date[1], closed) is not None


_DIGIT = re.compile(r"\d")


def _of_founding(lowered: str, start: int, date: tuple[int, int], at: int) -> bool:
    """Whether a date only tells since when there is what later figures tell of: ``thành lập năm 1977, rộng 9 ha``."""
    if date[1] > at or _FOUNDED.search(lowered, max(start, date[0] - 60), date[0]) is None:
        return False
    between = lowered[date[1] : at]
    return _NOW_HAS.search(between) is not None and _AT_FIRST.search(between) is None


_FOUNDED = re.compile(
    r"(?<!\w)(?:thành lập|ra đời|hình thành|khánh thành|khởi công|hoạt động|sử dụng|xây dựng|tách|đổi tên|nâng cấp|"
    r"tiền thân)(?!\w)[^,;.:\d]{0,30}$"
)
_NOW_HAS = re.compile(r",|;|(?<!\w)(?:có|rộng|gồm|hiện)(?!\w)")
_AT_FIRST = re.compile(
    r"(?<!\w)(?:ban đầu|lúc đầu|buổi đầu|khi đó|lúc đó|lúc ấy|bấy giờ|chỉ có|chỉ|vẻn vẹn|vỏn vẹn|khi mới|năm học đầu|"
    r"đầu tiên|với)(?!\w)"
)


def period_of(document: Document, sentence: tuple[int, int], at: int, default: str | None) -> str | None:
    """The date, year or school year said nearest before a number in its sentence, else right after it.

    A bracket with figures of its own tells the time of these alone: ``671 em (năm trước 642 em); khối 6: 184``.
    """
    dates = [
        d
        for d in document.dates_in(*sentence)
        if d.iso
        and not _COMPARED.search(document.lower, max(sentence[0], d.start - 30), d.start)
        and not _OF_DOCUMENT.search(document.lower, max(sentence[0], d.start - 40), d.start)
        and not _is_aside(document.lower, sentence, (d.start, d.end), at)
        and not _of_founding(document.lower, sentence[0], (d.start, d.end), at)
    ]
    before = [d for d in dates if d.end <= at]
    if before:
        return before[-1].iso
    after = [d for d in dates if d.start >= at]
    return after[0].iso if after else default


def time_of(
    document: Document, block: Block, sentence: tuple[int, int], at: int, *, outlook: Outlook, wanted: bool
) -> str | None:
    """The time of which a number at a position tells: by its sentence, those before it, the heads, the report."""
    above = told_above(document, block, sentence)
    if above is None and wanted and not outlook.plan:
        above = time_to_come(document, block, outlook.period)
    return period_of(document, sentence, at, above or outlook.period)


def told_above(document: Document, block: Block, sentence: tuple[int, int]) -> str | None:
    """The time of which a sentence tells that names none: of those before it in its block, of the heads above it.

    ``Năm học 1996-1997, trường có 8 lớp. Đội ngũ có 12 giáo viên.``, ``Đến cuối năm học 2012-2013:`` above a list.
    """
    if _NOW.match(document.lower, sentence[0]):
        return None
    for start, end in reversed([each for each in document.sentences(block) if each[1] <= sentence[0]]):
        if _NOW.match(document.lower, start):
            return None
        if opening := _opening(document, start, end):
            return opening
    return _of_heads(document, block)


def time_above(document: Document, block: Block, caption: str) -> str | None:
    """The time that a table's caption names, or a head above the table; None where none says just one."""
    said = find_dates(caption, lowered := caption.lower())
    dates = {d.iso for d in said if d.iso and not _OF_DOCUMENT.search(lowered, 0, d.start)}
    return dates.pop() if len(dates) == 1 else None if dates else _of_heads(document, block)


def time_to_come(document: Document, block: Block, period: str | None) -> str | None:
    """The time after the report's that a head above announces without its date: ``Phương hướng năm học tới``.

    Of a school year or a year the next one, of its first term the second; None where no head announces any.
    """
    heads = [document.lower[slice(*document.head(above))] for above in (block, *document.ancestors(block))]
    if period is None or not any(_TO_COME.search(head) and len(head) <= _HEAD for head in heads):
        return None
    year, _, term = period.partition("/HK")
    if term:
        return f"{year}/HK2" if term == "1" else None
    years = [int(each) + 1 for each in year.split("-") if len(each) == _YEAR_LENGTH and each.isdigit()]
    return "-".join(map(str, years)) if years and len(years) == len(year.split("-")) else None


_YEAR_LENGTH = 4
_TO_COME = re.compile(
    r"(?<!\w)phương hướng(?!\w)|"
    r"(?:năm(?: học)?|học kỳ|kỳ|thời gian) (?:tới|sau|tiếp theo|kế tiếp|mới)(?!\w)|học kỳ (?:ii|2)(?!\w)"
)


def _of_heads(document: Document, block: Block) -> str | None:
    """The one time that the nearest head above a block names that names any."""
    for above in document.ancestors(block):
        start, end = document.head(above)
        if end - start > _HEAD or _is_title(document, above):
            continue
        if found := _only(document, start, end):
            return found
        if _TO_COME.search(document.lower, start, end):
            return None
    return None


_HEAD = 120
_NOW = re.compile(r"\W{0,4}(?:cho )?(?:đến nay|hiện nay|hiện tại|hiện|ngày nay|nay|bây giờ)(?!\w)")
_OPENS = re.compile(
    r"\W{0,4}(?:(?:từ|trong|vào|đến|tính đến|hết|đầu|cuối|tới|ngay từ|sang|bước vào|thời điểm) )*"
    r"(?:năm học|năm|học kỳ|tháng|ngày|nhiệm kỳ|giai đoạn|niên khóa|khóa)(?!\w)"
)


def _opening(document: Document, start: int, end: int) -> str | None:
    """The time with which a sentence opens; None where it opens with none."""
    match = _OPENS.match(document.lower, start, end)
    if match is None:
        return None
    dates = [d for d in document.dates_in(start, min(end, match.end() + 30)) if d.iso and d.start <= match.end() + 6]
    return dates[0].iso if dates else None


def _only(document: Document, start: int, end: int) -> str | None:
    """The one time that a head names; None where it names several or none."""
    found = {
        d.iso
        for d in document.dates_in(start, end)
        if d.iso and not _OF_DOCUMENT.search(document.lower, max(start, d.start - 40), d.start)
    }
    return found.pop() if len(found) == 1 else None


def _is_title(document: Document, block: Block) -> bool:
    """Whether a head is the report's own."""
    return block.marker is None and block.kind not in ("heading", "item", "paragraph")
