"""Places where a report names its own time in passing, against the time that it is about."""

from __future__ import annotations

import re
from datetime import date

from pipelines.audit.findings import fingerprint, operand, whose
from pipelines.audit.periods import first_year
from pipelines.facts import ReportFacts
from schemas import Evidence, Finding
from schemas.relation import Relation

_FULL_DATE = 10
_SCHOOL_YEAR = re.compile(r"(?P<first>20\d\d)-20\d\d(?P<half>/HK[12])?")
_PLANS = ("ke_hoach", "chuong_trinh")
_SCHEDULES = ("ke_hoach", "chuong_trinh", "thong_bao", "cong_van")

_EVENT = ("ở tên sự kiện mà văn bản nói đến", "where it names its event")
_GROUND = ("ở văn bản làm căn cứ", "in what it is founded on")
_SECOND = ("ở chỗ nói về học kỳ tới", "where it speaks of the term to come")
_PAIR = ("ở năm học được triển khai tiếp theo", "as the year to come")
_ECHO = ("ở chỗ nhắc lại tên văn bản", "where its title is said again")
_HELD = ("ở ngày thực hiện", "as a day of its schedule")


def check_passing(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """The finding of a relation of `extractors.relations.own_times`, where it names a time before the report's own."""
    part, cue = relation.parts[0], relation.cue
    if cue == "pair":
        return _beside(facts, relation)
    if cue == "spanned":
        return _spanned(facts, relation)
    if cue == "scheduled":
        return _scheduled(facts, relation)
    period = facts.report.period or ""
    if cue == "closing":
        return _closing(facts, relation)
    if cue == "elected":
        return _elected(facts, relation)
    if cue == "echo":
        own = first_year(period)
        return [stale(facts, part.evidence, part.printed, period, *_ECHO)] if own and part.value < own else []
    match = _SCHOOL_YEAR.fullmatch(period)
    if match is None or part.value != int(match["first"]) - 1:
        return []
    if cue == "event":
        return [stale(facts, part.evidence, part.printed, period, *_EVENT)]
    if cue == "second" and (match["half"] == "/HK1" or facts.report.kind in _PLANS):
        return [stale(facts, part.evidence, part.printed, period.partition("/")[0], *_SECOND)]
    if cue == "ground":
        return [stale(facts, part.evidence, part.printed, period, *_GROUND)]
    return []


def _beside(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """The year to come, which is the one that is summed up or an earlier one."""
    part, base = relation.parts
    year = int(base.value)
    if part.value not in (year, year - 1):
        return []
    expected = f"{year + 1}-{year + 2}" if "-" in base.printed else str(year + 1)
    return [stale(facts, part.evidence, part.printed, expected, *_PAIR)]


def _scheduled(facts: ReportFacts, relation: Relation, *, begun: bool = False) -> list[Finding]:
    """A day of a plan that would lie ahead, were it not of the year before its signature; or may have ``begun``."""
    part, own = relation.parts[0], facts.report.date or ""
    if facts.report.kind not in _SCHEDULES or len(own) != _FULL_DATE or part.value != int(own[:4]) - 1:
        return []
    try:
        meant = date.fromisoformat(part.printed).replace(year=int(own[:4]))
    except ValueError:
        return []
    if meant.isoformat() <= own and not begun:
        return []
    return [stale(facts, part.evidence, part.printed, meant.isoformat(), *_HELD)]


def _spanned(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """What would last for more than a year, and for some months were it to begin after the plan is signed."""
    first, last = (date.fromisoformat(part.printed) for part in relation.parts)
    found = _scheduled(facts, relation, begun=True) if (last - first).days > _A_YEAR else []
    meant = [date.fromisoformat(finding.expected or "") for finding in found]
    return [finding for finding, day in zip(found, meant, strict=True) if 0 <= (last - day).days <= _SOME_MONTHS]


_A_YEAR, _SOME_MONTHS = 365, 240
_AHEAD = ("ở việc sẽ làm", "for what is yet to be done")
_CLOSING = ("ở lúc kết thúc giai đoạn", "as the end of its time")
_ELECTED = ("ở việc chuẩn bị cho năm học sau", "for what is agreed on for the year to come")
_SPAN = re.compile(r"(?P<first>20\d\d)/(?P<last>20\d\d)")


def check_ahead(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """A month of the plans that had passed: that of the year before the one meant."""
    part, match = relation.parts[0], _SCHOOL_YEAR.fullmatch(facts.report.period or "")
    if match is None or relation.cue != "ahead":
        return []
    year, month = int(part.value), int(part.printed[-2:])
    first = int(match["first"])
    planned = facts.report.kind in _PLANS
    if planned and not match["half"]:
        meant = first if month >= _BEGINS else first + 1
    elif match["half"] == "/HK1":
        meant = first + 1
    else:
        meant = first + 1 if month >= _BEGINS else first + 2
    # A month of summer may belong to either year.
    if year != meant - 1 or (month in _SUMMER and not match["half"]):
        return []
    if match["half"] and month >= _BEGINS:
        return []  # the first term itself
    if facts.report.date and part.printed >= facts.report.date[: len(part.printed)]:
        return []
    expected = f"{meant}-{month:02d}"
    return [stale(facts, part.evidence, part.printed, expected, *_AHEAD)]


#: With this month a school year begins, and these lie between two.
_BEGINS, _SUMMER = 8, (5, 6, 7, 8)


def _closing(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """The year in which a plan of several years would be summed up, or which it aims at, before its end."""
    part, match = relation.parts[0], _SPAN.fullmatch(facts.report.period or "")
    planned = facts.report.kind in (*_PLANS, "nghi_quyet") or _PLANNED.match((facts.report.title or "").lower())
    if match is None or not planned:
        return []
    first, last, year = int(match["first"]), int(match["last"]), int(part.value)
    summed = "tổng kết" in part.evidence.quote.lower()
    if last - first < _SOME_YEARS or not first - 1 <= year < (last if summed else first):
        return []
    return [stale(facts, part.evidence, part.printed, str(last), *_CLOSING)]


_PLANNED = re.compile(r"(?:đề án|chiến lược|quy hoạch|lộ trình)(?!\w)")
#: So many years a plan lasts that is not that of one.
_SOME_YEARS = 2


def _elected(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """A head elected, or a pledge made, for the year that is summed up."""
    part, report = relation.parts[0], facts.report
    match = _SCHOOL_YEAR.fullmatch(report.period or "")
    if match is None or match["half"] or _SUMS_UP.search((report.title or "").lower()) is None:
        return []
    year = int(match["first"])
    if part.value not in (year, year - 1):
        return []
    return [stale(facts, part.evidence, part.printed, f"{year + 1}-{year + 2}", *_ELECTED)]


_SUMS_UP = re.compile(r"(?<!\w)(?:tổng kết|(?:bình )?xét(?: các danh hiệu| danh hiệu)? thi đua|đánh giá thi đua)(?!\w)")


def stale(facts: ReportFacts, passage: Evidence, stated: str, expected: str, where: str, where_en: str) -> Finding:
    """The finding that a passage names another time than the report's own."""
    period = facts.report.period or ""
    own = next((p for p in facts.report.evidence if period[:4] in p.quote and p.start != passage.start), None)
    other = bool(period) and period != stated
    about, about_en = (f"Báo cáo về {period} nhưng ", f"The report is about {period}, but ") if other else ("", "")
    where, where_en = (where, where_en) if other else (where.capitalize(), where_en.capitalize())
    return Finding(
        rule="stale_year",
        severity="warning",
        finding_class="contradiction",
        scope="report",
        message=(f"{about}{where} lại ghi {stated}: có thể còn sót từ báo cáo trước. Đúng ra là {expected}."),
        message_en=(
            f"{about_en}{where_en} stands {stated}: it may be left from an earlier report. Expected: {expected}."
        ),
        operands=(operand(facts, passage, stated), *([operand(facts, own, period)] if own else [])),
        stated=stated,
        expected=expected,
        fingerprint=fingerprint("stale_year", whose(facts), stated, passage.quote),
    )
