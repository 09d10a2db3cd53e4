"""What a report says its plan was, against the plan itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors.relations.saying import telling
from extractors.relations.slips import differ_by_slip
from extractors.relations.twins import are_turned
from extractors.relations.wording import says
from pipelines.audit.claimed import Claimed, disagreement
from pipelines.audit.counts import PLANS, owner_of
from pipelines.audit.findings import normal, sentence
from pipelines.audit.intervals import show
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import fold
from schemas import Finding, Statistic
from schemas.relation import Quantity, Relation

#: Plans further from what is said of them than this share are of another thing; of few, than so many.
_NEAR, _NEAR_COUNT = 0.25, 3
#: Before a number of a report: it is what was planned, ``(kế hoạch 30%)``, ``Kế hoạch xây 64 phòng học``.
_QUOTED = re.compile(
    r"(?<!\w)(?:chỉ tiêu|kế hoạch|kh)(?! số| năm (?:học )?(?:sau|tới))(?: [^\W\d_]+){0,3}:? \(?$|"
    r"(?<!\w)(?:chỉ tiêu|kế hoạch)(?: [^\W\d_]+){0,3} \($",
    re.I,
)
#: Behind a ratio, ``15/16 phòng học theo kế hoạch``: its whole was planned.
_OF_PLAN = re.compile(
    r"[^.;:,()\d]{0,40}?(?<!\w)(?:theo kế hoạch|(?:so với )?(?:kế hoạch|chỉ tiêu))(?! số)(?!\w)", re.I
)
_REACH = 48
#: Words that the same aim may have in the plan or its report alone.
_SILENT = frozenset(
    ("chỉ", "tiêu", "kế", "hoạch", "theo", "xây", "dựng", "mới", "đạt", "giao", "đề", "ra", "phấn", "đấu", "mục", "từ",
     "trở", "ít", "vượt", "tỷ", "lệ", "so", "thực", "hiện", "hoàn", "thành", "đã", "xong", "giải")
)  # fmt: skip


@dataclass(frozen=True)
class Aim:
    """A number that a plan sets (``quoted`` False), or that a report says was planned."""

    facts: ReportFacts
    statistic: Statistic
    value: float
    words: frozenset[str]
    quoted: bool


def aims_of(view: View) -> Iterator[tuple[str, Aim]]:
    """The aims of a plan and what a report says was planned, by whose they are, their unit, level and year."""
    facts = view.facts
    period = facts.report.period or ""
    if not period:
        return
    year = period.partition("/HK")[0]
    # A commune's plan is its committee's, and its report that of an office.
    owners = {owner_of(view), fold(facts.report.place or "")} - {""}
    for statistic in facts.statistics:
        if not statistic.evidence or statistic.value_to is not None or statistic.period != period:
            continue
        aim = _set(facts, statistic) if facts.report.kind in PLANS else _quoted(facts, statistic)
        if aim is not None and aim.words:
            unit = normal(statistic.unit or "")
            for owner in owners:
                yield "\x1f".join((owner, unit, statistic.level or "", year)), aim


def _set(facts: ReportFacts, statistic: Statistic) -> Aim | None:
    if statistic.aspect != "target" or statistic.of is not None:
        return None
    return Aim(facts, statistic, statistic.value, _words(statistic), quoted=False)


def _quoted(facts: ReportFacts, statistic: Statistic) -> Aim | None:
    text, passage = facts.layer.text, statistic.evidence[0]
    if facts.report.kind != "bao_cao":
        return None
    if statistic.of is not None:
        behind = _OF_PLAN.match(text, passage.end, min(len(text), passage.end + _REACH))
        told = behind is not None or _OF_PLAN.search(passage.quote) is not None
        return Aim(facts, statistic, statistic.of, _words(statistic), quoted=True) if told else None
    digits = re.search(r"\d", passage.quote)
    at = passage.start + (digits.start() if digits else 0)
    line = text.rfind("\n", 0, at) + 1
    if _QUOTED.search(text, max(line, at - _REACH), at) is None:
        return None
    return Aim(facts, statistic, statistic.value, _words(statistic), quoted=True)


def _words(statistic: Statistic) -> frozenset[str]:
    said = _ENROLLED.sub(" ", statistic.indicator.lower())
    return frozenset(word for word in telling(said) if word not in _SILENT)


#: How a plan and its report say in words of their own that children come to school.
_ENROLLED = re.compile(
    r"(?<!\w)(?:huy động|ra lớp|đến (?:trường|lớp)|đi học|(?:so với )?(?:dân số )?(?:trong )?(?:độ tuổi))(?!\w)"
)


def quoted_otherwise(aims: Sequence[Aim]) -> list[Finding]:
    """What reports say was planned where the plan gives another number; one for each report and aim.

    Where the plan gives that number for anything with the same unit, that may be meant.
    """
    found = []
    for first, other in combinations(aims, 2):
        if first.quoted == other.quoted:
            continue
        plan, told = (other, first) if first.quoted else (first, other)
        given = {aim.value for aim in aims if not aim.quoted and aim.facts is plan.facts}
        quoted = {aim.value for aim in aims if aim.quoted and aim.facts is told.facts and _are_one(plan, aim)}
        if told.value in given or plan.value in quoted or not _are_one(plan, told):
            continue
        rivals = [aim for aim in aims if not aim.quoted and aim.facts is plan.facts and _are_one(aim, told)]
        near = abs(plan.value - told.value) <= max(_NEAR_COUNT, _NEAR * max(plan.value, told.value))
        if len(rivals) > 1 or not (near or differ_by_slip(plan.value, told.value, least=2)):
            continue
        if any(says("revision", sentence(aim.facts, aim.statistic.evidence[0])) for aim in (plan, told)):
            continue
        found.append(disagreement(_claimed(plan), _claimed(told), plan.statistic.indicator))
    return found


def _are_one(plan: Aim, told: Aim) -> bool:
    """Whether an aim is told in the same words, or in some of them with two of its digits turned."""
    within = plan.words <= told.words or told.words <= plan.words
    return plan.words == told.words or (within and are_turned(plan.value, told.value))


def _claimed(aim: Aim) -> Claimed:
    passage = aim.statistic.evidence[0]
    number = Quantity(
        value=aim.value, printed=show(aim.value), label=aim.statistic.indicator, unit=aim.statistic.unit,
        evidence=passage,
    )  # fmt: skip
    return Claimed(aim.facts, Relation(kind="claim", whole=None, parts=(number,), exhaustive=True, cue=""))
