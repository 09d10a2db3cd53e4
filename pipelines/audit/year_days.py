"""School years beside days, births and proposals that cannot be theirs."""

from __future__ import annotations

import re
from datetime import date

from pipelines.audit.leftovers import stale
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Relation

_SCHOOL_YEAR = re.compile(r"(?P<first>20\d\d)-20\d\d(?P<half>/HK[12])?")
_PLANS = ("ke_hoach", "chuong_trinh", "thong_bao", "cong_van")
_A_YEAR, _LONGEST_TERM = 300, 240
_TERM = ("ở thời gian của học kỳ", "as the time of a term")
_OPENING = ("ở ngày khai giảng, tựu trường", "as the day on which the year opens")
_END = ("ở ngày kết thúc năm học", "as the day on which the year ends")
_BORN = ("ở năm sinh của trẻ", "as the year of birth")
_ARTICLE = ("ở Điều 1", "in its first article")
_PROPOSED = ("ở việc đề nghị khen thưởng", "for honours that are proposed")
#: Who is taken into a form, by the age at which that is.
_FORM = re.compile(r"(?<!\w)tuyển sinh (?:vào )?(?:các )?lớp (1|6|10)(?!\d)")
_AGES = {"1": "6", "6": "11", "10": "15"}
_SUMS_UP = re.compile(r"(?<!\w)(?:tổng kết|sơ kết|kết quả|báo cáo)(?!\w)")


def check_year_days(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """The finding of a relation of `extractors.relations.year_days`, where it tells the year before the one meant."""
    part, cue = relation.parts[0], relation.cue
    if cue == "term":
        return _term(facts, relation)
    match = _SCHOOL_YEAR.fullmatch(facts.report.period or "")
    if match is None:
        return []
    own, planned = int(match["first"]), facts.report.kind in _PLANS
    if cue == "born":
        form = _FORM.search((facts.report.title or "").lower())
        age = part.label or (_AGES[form[1]] if form else "")
        if not age:
            return []
        born = own - int(age)
        wrong = part.value == born - 1 and (planned or match["half"] is not None)
        return [stale(facts, part.evidence, part.printed, str(born), *_BORN)] if wrong else []
    if cue in ("opening", "end") and int(part.label) == own - 1:
        if cue == "end" and not planned:
            return []
        meant = f"{int(part.value) + 1}{part.printed[4:]}"
        if (
            planned
            and facts.report.date
            and part.printed < facts.report.date
            and int(part.value) == own
            and cue == "end"
        ):
            return []  # the year before has just ended
        return [stale(facts, part.evidence, part.printed, meant, *(_OPENING if cue == "opening" else _END))]
    if cue == "article" and part.value == own - 1 and facts.report.kind == "quyet_dinh" and match["half"] is None:
        named = "năm học" in (facts.report.title or "").lower()
        return [stale(facts, part.evidence, part.printed, f"{own}-{own + 1}", *_ARTICLE)] if named else []
    if cue == "proposed" and part.value == own - 1 and match["half"] is None:
        sums_up = _SUMS_UP.search((facts.report.title or "").lower()) is not None and not planned
        return [stale(facts, part.evidence, part.printed, f"{own}-{own + 1}", *_PROPOSED)] if sums_up else []
    return []


def _term(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """A term of more than a year, which would be one were it to begin a year later."""
    part, until = relation.parts
    first, last = date.fromisoformat(part.printed), date.fromisoformat(until.printed)
    if (last - first).days <= _A_YEAR:
        return []
    meant = first.replace(year=first.year + 1)
    if not 0 < (last - meant).days <= _LONGEST_TERM:
        return []
    return [stale(facts, part.evidence, part.printed, meant.isoformat(), *_TERM)]
