"""Last year's year left in this year's report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.relations.wording import says
from pipelines.audit.datelines import own_date
from pipelines.audit.leftovers import check_ahead, check_passing, stale
from pipelines.audit.periods import first_year, last_year
from pipelines.audit.year_days import check_year_days
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity, Relation

# Further back it is hardly a leftover of the last report.
_BACK = 2
_FULL_DATE = 10
_PLANS = ("ke_hoach", "chuong_trinh", "nghi_quyet")
_REVIEWS = ("bao_cao", "tin_hoi_nghi")


def check_stale_year(facts: ReportFacts) -> list[Finding]:
    """Năm hoặc năm học của báo cáo trước còn sót lại: ở câu kết (“Trên đây là báo cáo …”), ở đề mục kết quả hoặc phương
    hướng, ở câu mở đầu, ngày ký sớm hơn kỳ báo cáo, hoặc hạn hoàn thành trong kế hoạch đã qua khi ban hành kế
    hoạch.

    Cũng xét tên sự kiện nêu trong báo cáo, văn bản làm căn cứ, học kỳ hoặc năm học sắp tới, chỗ nhắc lại tên văn bản,
    việc kéo dài từ ngày này đến ngày kia mà ngày đầu ghi năm trước.
    Việc “sẽ” làm trong một năm đã qua cũng là năm còn sót lại.
    Năm học đã kết thúc trước tháng ghi cho việc phải làm, hoặc trước lễ khai giảng đang chuẩn bị, cũng được báo.
    Tháng trong phần việc sẽ làm, năm tổng kết của kế hoạch nhiều năm và năm học mà cụm bầu cụm trưởng cũng được xét.
    Ngày khai giảng, ngày kết thúc năm học, thời gian học kỳ, năm sinh của trẻ và năm học đề nghị khen thưởng cũng vậy.
    Chỉ xét những chỗ báo cáo tự nói về thời gian của chính nó; so sánh với năm trước không phải là lỗi.

    The year of an earlier report was left in: in the closing sentence, in a heading of results or plans, in the
    opening, for what is to be done in a month after it, in a dateline before the time reported on, or in a plan's day
    that had passed when it was made; in the name of the event, in the grounds, in the term or year to come, where the
    title is said again, for the first of two days between which something lasts, for what will be done: its month,
    the year that closes a plan of several years, the school year for which a group elects its head; the days on which
    the year and its terms begin and end, years of birth, the year of proposed honours. Only where a report names its
    own time.

    Severity: warning. Tolerance: years more than two back are left alone.
    """
    years = [relation for relation in facts.relations if relation.kind == "year"]
    if facts.report.kind == "tin_hoi_nghi" and _LOOKS_AHEAD.search((facts.report.title or "").lower()):
        # The year that its title names is the one to come; what is told may be of the year before.
        return [f for relation in years if relation.cue == "pair" for f in check_passing(facts, relation)]
    known = [f for relation in years for f in (*_against_month(facts, relation), *check_passing(facts, relation))]
    known = _besides(known, [f for relation in years for f in check_year_days(facts, relation)])
    # A month in plans may be known as a day that is due, or scheduled.
    known = _besides(known, [f for relation in years for f in check_ahead(facts, relation)])
    period = facts.report.period
    reviews = facts.report.kind in _REVIEWS or says("review_title", facts.report.title or "")
    if period is None or not (reviews or facts.report.kind in _PLANS) or "/2" in period:
        return known + (_title(facts, period) if period else [])
    own = first_year(period)
    if own is None:
        return known
    found = [finding for relation in years for finding in _check(facts, relation, period, own)]
    return _besides(found, known) + _dateline(facts, period) + _title(facts, period)


def _besides(found: Sequence[Finding], more: Sequence[Finding]) -> list[Finding]:
    """Findings, and those of some more that are about other passages."""
    said = [finding.operands[0] for finding in found]
    apart = [f for f in more if not any(f.operands[0].start < o.end and o.start < f.operands[0].end for o in said)]
    return [*found, *apart]


#: News of a meeting about the year to come: ``tổng kết năm học cũ, bàn nhiệm vụ năm học 2025-2026``.
_LOOKS_AHEAD = re.compile(
    r"(?<!\w)(?:nhiệm vụ|phương hướng|kế hoạch|chuẩn bị(?: cho)?|bước vào|khai giảng|đầu)"
    r"(?: (?:trọng tâm|công tác|giáo dục|cho|của))* năm(?: học)? (?:mới )?20\d\d"
)
_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d) ?[-–] ?(20\d\d)(?!\d)")


def _title(facts: ReportFacts, period: str) -> list[Finding]:
    """A title that names the year before the one that its date and its text tell."""
    return _of_half(facts, period) or _of_plans(facts, period) or _of_review(facts, period)


def _of_review(facts: ReportFacts, period: str) -> list[Finding]:
    """A review whose title names the year before that of its date, which its text names more often, or of its plans."""
    report = facts.report
    match = _SCHOOL_YEAR.fullmatch(period)
    if match is None or not report.title or not says("review_title", report.title):
        return []
    last = int(match[2])
    named = Counter(f"{a}-{b}" for a, b in _SCHOOL_YEAR.findall(facts.layer.text))
    following = f"{last}-{last + 1}"
    passage = next((p for p in report.evidence if match[1] in p.quote and match[2] in p.quote), None)
    if passage is None or int(match[2]) != int(match[1]) + 1:
        return []
    dated = f"{last + 1}-03" <= (report.date or "")[:7] <= f"{last + 1}-08"
    if not (dated and named[following] >= named[period]) and not (named[following] and _plans_from(facts, last + 1)):
        return []
    return [stale(facts, passage, period, following, "ở tên báo cáo", "in its title")]


def _plans_from(facts: ReportFacts, first: int) -> bool:
    """Whether all that a report plans is for the school year that begins in a year, as its directions say."""
    plans = {int(r.parts[0].value) for r in facts.relations if r.kind == "year" and r.cue == "next"}
    dated = facts.report.date is None or facts.report.date[:4] == str(first)
    return plans == {first} and dated


#: In these months a report on the first half of a year is written, or on a quarter of it.
_PARTS = {"6 tháng đầu năm": range(5, 10), "sáu tháng đầu năm": range(5, 10), "9 tháng": range(9, 12)}


def _of_half(facts: ReportFacts, period: str) -> list[Finding]:
    """``sơ kết 6 tháng đầu năm 2022`` with a dateline of June 2023: the half that has just passed is meant."""
    report, date = facts.report, facts.report.date or ""
    months = next((m for words, m in _PARTS.items() if words in (report.title or "").lower()), None)
    year = period[:4]
    if (
        months is None
        or period != year
        or own_date(facts) is None
        or date[:4] != str(int(year) + 1)
        or int(date[5:7] or 0) not in months
    ):
        return []
    passage = next((p for p in report.evidence if year in p.quote and date[:4] not in p.quote), None)
    return [stale(facts, passage, year, date[:4], "ở tên báo cáo", "in its title")] if passage else []


#: What a title speaks of that lies ahead, and what lies behind.
_AHEAD = re.compile(
    r"(?<!\w)(?:nhiệm vụ|kế hoạch|khai giảng|tựu trường|chuẩn bị|phương hướng|triển khai|tuyển sinh|biên chế năm học|"
    r"đầu năm(?: học)?)(?!\w)"
)
_BEHIND = re.compile(r"(?<!\w)(?:tổng kết|sơ kết|kết quả|đánh giá|báo cáo|kiểm điểm|bế giảng|hoàn thành)(?!\w)")
_OPENING = range(8, 13)


def _of_plans(facts: ReportFacts, period: str) -> list[Finding]:
    """A paper of the opening months on what lies ahead, whose title names the year that has ended and its text not."""
    report, match = facts.report, _SCHOOL_YEAR.fullmatch(period)
    title, date = (report.title or "").lower(), report.date or ""
    if match is None or report.kind not in (*_PLANS, "cong_van", "thong_bao", "quyet_dinh") or own_date(facts) is None:
        return []
    last = int(match[2])
    if not _AHEAD.search(title) or _BEHIND.search(title) or date[:4] != match[2] or int(date[5:7] or 0) not in _OPENING:
        return []
    named = Counter(f"{a}-{b}" for a, b in _SCHOOL_YEAR.findall(facts.layer.text))
    following = f"{last}-{last + 1}"
    passage = next((p for p in report.evidence if match[1] in p.quote and match[2] in p.quote), None)
    if passage is None or named[period] > 1 or not named[following]:
        return []
    return [stale(facts, passage, period, following, "ở tên văn bản", "in its title")]


def _check(facts: ReportFacts, relation: Relation, period: str, own: int) -> list[Finding]:
    part, role = relation.parts[0], relation.cue
    if role == "due":
        return _overdue(facts, part)
    if role not in _NAMED:
        return []  # compared with a date of its own, or by the place where it stands
    if ("-" in part.printed) != ("-" in period):
        return []  # a school year beside a calendar year
    year = int(part.value)
    planned = facts.report.kind in _PLANS
    if role == "aimed" and not planned:
        return []
    least = own
    if role == "next" and not planned and "/HK1" not in period:
        least = own + 1
    elif role in ("own", "will") and planned and not _OWN_PLAN.search(part.evidence.quote.lower()):
        least = own - 1
    if year >= least or year < least - _BACK:
        return []
    expected = f"{least}-{least + 1}" if "-" in part.printed else str(least)
    return [stale(facts, part.evidence, part.printed, expected, *_NAMED[role])]


#: What a plan says of itself: ``Trên đây là kế hoạch thực hiện nhiệm vụ năm học …``.
_OWN_PLAN = re.compile(r"(?:trên|dưới) đây là (?:toàn bộ |nội dung )?(?:bản )?kế hoạch")
#: Where a report names its own time, by the cue of the relation.
_NAMED = {
    "own": ("ở chỗ nói về kết quả của chính báo cáo", "where the report names its own time"),
    "next": ("ở phần phương hướng", "in its plans"),
    "any": ("ở câu mở đầu", "in its opening"),
    "will": ("ở việc sẽ làm", "for what is yet to be done"),
    "aimed": ("ở chỉ tiêu phấn đấu", "where it says what is aimed at"),
}


#: How news begins that tells its day: ``Sáng 28/7/2023, UBND huyện …``.
_ON_THE_DAY = re.compile(
    r"^\W*(?:(?:sáng|chiều|tối|trưa|vào|trong|hôm) ){0,2}(?:ngày )?"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d)",
    re.I | re.M,
)
_OPENING_REACH = 600


def _opening_day(facts: ReportFacts) -> str:
    """The day with which a line near the beginning of a text opens; empty where none does."""
    match = _ON_THE_DAY.search(facts.layer.text, 0, _OPENING_REACH)
    return f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}" if match else ""


def _against_month(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """What is to be done in a month after the school year for which it is said to be done."""
    part, date = relation.parts[0], facts.report.date or _opening_day(facts)
    if relation.cue == "held":
        year, month = map(int, part.label.split("-"))
        where, where_en = f"ở việc làm vào tháng {month}/{year}", f"for what is to be done in {month}/{year}"
    elif relation.cue == "opens" and date[:7] >= f"{int(part.value) + 1}-06":
        year, month = int(date[:4]), int(date[5:7] or 1)
        where, where_en = "ở việc chuẩn bị khai giảng", "for the opening that is prepared"
    else:
        return []
    begins = year if month >= _BEGINS else year - 1
    if begins - int(part.value) > _BACK:
        return []
    return [stale(facts, part.evidence, part.printed, f"{begins}-{begins + 1}", where, where_en)]


#: From this month on the next school year is meant.
_BEGINS = 6


def _overdue(facts: ReportFacts, part: Quantity) -> list[Finding]:
    """A plan's day for something to be done, which had passed when the plan was made."""
    date = facts.report.date
    if facts.report.kind not in _PLANS or date is None or len(date) != _FULL_DATE or part.printed >= date:
        return []
    if int(part.value) < int(date[:4]) - _BACK:
        return []
    return [stale(facts, part.evidence, part.printed, f"≥ {date}", "ở hạn hoàn thành", "as the day it is due")]


#: A part of a calendar year that a title names: ``quý I``, ``6 tháng đầu năm``, ``9 tháng``, ``tháng 3``.
_PART_OF_YEAR = re.compile(
    r"(?<!\w)(?:quý (?:thứ )?(?P<quarter>iv|i{1,3}|[1-4])|(?P<months>\d{1,2}|sáu|chín|ba) tháng|"
    r"tháng (?P<month>\d{1,2})|(?P<some>tuần|đợt|giữa năm|giữa kỳ))(?!\w)"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_IN_WORDS = {"ba": 3, "sáu": 6, "chín": 9}


def _last_month(part: re.Match[str]) -> int:
    """The month in which a part of a year ends; the first one where that is not told."""
    if quarter := part["quarter"]:
        return 3 * (_QUARTERS.get(quarter) or int(quarter))
    if months := part["months"]:
        return min(12, max(1, _IN_WORDS.get(months) or int(months)))
    return min(12, max(1, int(part["month"]))) if part["month"] else 1


def _dateline(facts: ReportFacts, period: str) -> list[Finding]:
    """A report that looks back on a time cannot be dated before most of it has passed."""
    report = facts.report
    date, end = report.date, last_year(period)
    if date is None or len(date) < len("2020-01") or end is None or not report.title:
        return []
    planned = report.kind in ("ke_hoach", "chuong_trinh") and "/" not in period
    if not planned and (not says("review_title", report.title) or says("event_title", report.title)):
        return []
    earliest = f"{end}-03" if "-" in period else f"{end}-09"
    if planned:
        earliest = f"{period[:4]}-02" if "-" in period else f"{end - 1}-11"
    if "/HK1" in period:
        earliest = f"{end - 1}-11"
    if "-" not in period and (part := _PART_OF_YEAR.search(report.title.lower())):
        # A quarter, a month or some of them are over before the year is.
        earliest = f"{end}-{_last_month(part):02d}"
    if date[:7] >= earliest or int(date[:4]) < end - _BACK:
        return []
    passage = next((p for p in report.evidence if date[:4] in p.quote and "\n" not in p.quote.strip()), None)
    passage = passage or next((p for p in report.evidence if date[:4] in p.quote), None)
    if passage is None or own_date(facts) is None:
        return []
    expected = f"≥ {earliest}"
    return [stale(facts, passage, date, expected, "ở ngày tháng của báo cáo", "in its date")]
