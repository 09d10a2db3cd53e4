"""Schools named after they were merged away, and classes that a school of its level cannot have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.relations.wording import says
from pipelines.audit.findings import fingerprint, operand, sentence, whose
from pipelines.audit.periods import begins_after
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import fold
from schemas import Evidence, Finding, School
from schemas.relation import Quantity, Relation

_AROUND = 120
_FULL_DATE = 10
_NEAR = "near"


def check_school_status(facts: ReportFacts) -> list[Finding]:
    """Trường được nêu với một lớp mà cấp học của nó không có (lớp 7 của trường tiểu học), hoặc trường đã sáp nhập
    vẫn được nêu như đang hoạt động trong báo cáo của kỳ sau.

    Trường nhiều cấp được tính theo mọi cấp của nó. Chỗ nói về trường cũ, lịch sử, việc sáp nhập thì không xét; kế
    hoạch sáp nhập chưa thực hiện cũng không.

    A school is named with a class that its level does not have, or after it was merged away, as if it still worked, in
    a report about a later time. Schools of several levels have the classes of all. Mentions of the former school, its
    history and the merger itself are left alone, and so are mergers that are only planned.

    Severity: error for a class, warning for a merged school. Tolerance: none.
    """
    found = [_grade(facts, relation.parts[0]) for relation in facts.relations if relation.kind == "grade"]
    schools = {school.name: school for school in facts.schools if school.evidence}
    for relation in facts.relations:
        if relation.kind != "merger" or not relation.exhaustive or not relation.cue or relation.whole is None:
            continue
        for part in relation.parts:
            school = schools.get(part.label)
            if school is not None:
                told = Named(facts, school, relation, relation.cue)
                found += [] if (named := _still(told, Named(facts, school))) is None else [named]
    return found


_LEVELS = {"MN": "mầm non", "TH": "tiểu học", "THCS": "THCS", "THPT": "THPT"}


def _grade(facts: ReportFacts, part: Quantity) -> Finding:
    level = " và ".join(_LEVELS.get(name, name) for name in part.label.split("&"))
    grade, grade_en = (f"lớp {part.value}", f"class {part.value}") if part.value else ("lớp mẫu giáo", "kindergarten")
    return Finding(
        rule="school_status",
        severity="error",
        finding_class="contradiction",
        scope="report",
        message=f"“{part.printed}”: trường {level} không có {grade}. Tên lớp hoặc cấp của trường bị ghi sai.",
        message_en=f"“{part.printed}”: a school of this level ({part.label}) has no {grade_en}.",
        operands=(operand(facts, part.evidence, grade),),
        stated=grade,
        expected=None,
        fingerprint=fingerprint("school_status", whose(facts), part.printed),
    )


@dataclass(frozen=True)
class Named:
    """A school in a report: as named there (``merger`` None), or as merged into another one on a day."""

    facts: ReportFacts
    school: School
    merger: Relation | None = None
    day: str = ""
    home: str = ""


def items_school_status(view: View) -> Iterator[tuple[str, Named]]:
    """The schools of a report by entity, and those that it says were merged away."""
    facts = view.facts
    gone: dict[str, tuple[Relation, str]] = {}
    for relation in facts.relations:
        day = relation.cue or facts.report.date or ""
        if relation.kind == "merger" and relation.exhaustive and day:
            gone |= {part.label: (relation, day) for part in relation.parts}
    for school in facts.schools:
        home = view.entity(school)
        if home is None or not school.evidence:
            continue
        merger, day = gone.get(school.name, (None, ""))
        named = Named(facts, school, merger, day, home)
        yield home, named
        # Reports of one town mean the same school, even where they do not say of which district they are.
        if place := fold(facts.report.place or ""):
            yield "\x1f".join((_NEAR, place, fold(school.name))), named


def across_school_status(key: str, items: Sequence[Named]) -> list[Finding]:
    """Trường đã sáp nhập vẫn được nêu như đang hoạt động trong báo cáo của kỳ sau.

    A school that was merged away is named, as if it still worked, in a report about a later time.
    """
    merged = next((item for item in items if item.merger is not None), None)
    if merged is None or merged.merger is None or merged.merger.whole is None:
        return []
    others = [item for item in items if item.facts is not merged.facts and item.merger is None]
    if key.startswith(_NEAR):
        others = [item for item in others if item.home != merged.home]
    found = [_still(merged, item) for item in others]
    return [finding for finding in found if finding is not None]


def _still(merged: Named, item: Named) -> Finding | None:
    """The finding of a school named after it was merged away; None where it is spoken of as it was."""
    period = item.facts.report.period
    if merged.merger is None or merged.merger.whole is None:
        return None
    later = (period is not None and begins_after(period, merged.day)) or _is_news_after(item.facts, merged.day)
    into, same = merged.merger.whole, item.facts is merged.facts
    origin = next(p.evidence for p in merged.merger.parts if p.label == merged.school.name)
    passages = [p for p in item.school.evidence if not _is_former(item, p)]
    # In its own paragraph, or with a time of its own.
    apart = [
        p
        for p in passages
        if not same or "\n" in _between(item, origin.start, p.start) or _has_own_time(item, p, origin)
    ]
    # Of the year of the merger only what is dated after it.
    dated = [p for p in apart if not _dated_before(item, p, merged.day)]
    passage = next((p for p in dated if later or _dated_after(item, p, merged.day)), None)
    if passage is None:
        return None
    news = item.facts.report.date if _is_news_after(item.facts, merged.day) else None
    when = _show(news) if news else period if later and period else _show(max(_told(item, passage)))
    closed = into.label == merged.school.name
    became, became_en = (
        ("giải thể", "closed") if closed else (f"sáp nhập thành {into.printed}", f"merged into {into.printed}")
    )
    return Finding(
        rule="school_status",
        severity="warning",
        finding_class="contradiction",
        scope="report" if same else "corpus",
        message=(
            f"{item.school.name} đã {became} ({_show(merged.day)}) nhưng vẫn được nêu như đang hoạt động ({when})."
        ),
        message_en=f"{item.school.name} was {became_en} ({merged.day}), but is still named as if it worked ({when}).",
        operands=(operand(merged.facts, origin, merged.day), operand(item.facts, passage, when)),
        stated=item.school.name,
        expected=None if closed else into.printed,
        fingerprint=fingerprint("school_status", whose(item.facts), item.school.name, into.printed),
    )


def _has_own_time(item: Named, passage: Evidence, origin: Evidence) -> bool:
    """Whether another sentence than that of the merger names a time of its own."""
    said = sentence(item.facts, passage)
    return said != sentence(item.facts, origin) and (bool(_days(said)) or _NOW.search(said) is not None)


#: Said of the time of the report.
_NOW = re.compile(r"(?<!\w)(?:học kỳ|năm học này|năm nay|hiện (?:nay|có|còn|tại))(?!\w)", re.I)


_DAY = re.compile(
    r"(?<![\d/])(?:(?:ngày )?(?P<day>\d{1,2})/(?P<month>\d{1,2})/|(?:tháng )(?P<only>\d{1,2})/)(?P<year>20\d\d)",
    re.I,
)


_SCHOOL_YEAR = re.compile(r"năm học (?P<year>20\d\d) ?[-–] ?20\d\d", re.I)
_YEAR = re.compile(r"(?<!\w)năm (?P<year>20\d\d)(?! ?[-–/]| ?\d)", re.I)


def _days(said: str) -> list[str]:
    """The days and months that a sentence names, else the beginnings of its school years or its years, as ISO 8601."""
    days = [
        f"{m['year']}-{int(m['month']):02d}-{int(m['day']):02d}" if m["day"] else f"{m['year']}-{int(m['only']):02d}"
        for m in _DAY.finditer(said)
    ]
    days = days or [f"{m['year']}-09" for m in _SCHOOL_YEAR.finditer(said)]
    return days or [m["year"] for m in _YEAR.finditer(said)]


def _is_news_after(facts: ReportFacts, day: str) -> bool:
    """Whether a report is the news of one event, on a day after another one."""
    date = facts.report.date or ""
    return facts.report.kind == "tin_hoi_nghi" and len(date) == len(day) == _FULL_DATE and date > day


def _told(item: Named, passage: Evidence) -> list[str]:
    """The days that a mention's sentence names, else those of its line before it."""
    text = item.facts.layer.text
    before = text[text.rfind("\n", 0, passage.start) + 1 : passage.start]
    return _days(sentence(item.facts, passage)) or _days(before)


def _dated_after(item: Named, passage: Evidence, day: str) -> bool:
    """Whether all days told for a mention, and there is one, are after the merger."""
    days = _told(item, passage)
    return bool(days) and bool(day) and all(one[: len(day)] > day or one[:7] > day[:7] for one in days)


def _dated_before(item: Named, passage: Evidence, day: str) -> bool:
    """Whether all days told in a mention's sentence, and there is one, are before the merger."""
    days = _days(sentence(item.facts, passage))
    return bool(days) and all(one < day[: len(one)] for one in days)


def _between(item: Named, one: int, other: int) -> str:
    return item.facts.layer.text[min(one, other) : max(one, other)]


#: Said of the name beside it alone: ``Trường THCS An Hòa (cũ)``.
_OLD = re.compile(r"(?<!\w)cũ(?!\w)", re.I)


def _is_former(item: Named, passage: Evidence) -> bool:
    """Whether a mention, or what stands around it, speaks of the school as it was."""
    said = sentence(item.facts, passage)
    if _days(said):
        return says("former_school", said)  # of a time of its own, whatever the sentences around it tell
    around = _OLD.sub(" ", _around(item, passage.start, passage.end))
    return says("former_school", around) or says("former_school", said)


def _around(item: Named, start: int, end: int) -> str:
    text = item.facts.layer.text
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = text.find("\n", end)
    return text[first : min(stop if stop >= 0 else len(text), end + _AROUND)]


def _show(day: str) -> str:
    return "/".join(reversed(day.split("-")))
