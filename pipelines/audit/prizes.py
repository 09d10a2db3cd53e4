"""Prizes of one contest that two reports of one office count: the same grade, level and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.relations.twins import are_alike, are_turned, misprinted
from pipelines.audit.claimed import Claimed, disagreement
from pipelines.audit.counts import owner_of
from pipelines.audit.findings import normal
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand
from schemas import Award, Finding
from schemas.relation import Quantity, Relation

_COUNTED = ("prize", "medal")
#: What may be said of any contest, and what says its time and level, which are compared for themselves.
_ANY = re.compile(
    r"(?<!\w)(?:kỳ thi|hội thi|cuộc thi|kì thi|thi|chọn|năm học|năm|cấp|tỉnh|thành phố|huyện|quốc gia|văn hóa|lần thứ|"
    r"(?<!lớp )(?<!khối )\d[\d/-]*|[ivx]+)(?!\w)"
)
_NUMBER = re.compile(r"\d[\d.]*")
_NEAR = 0.3


def prizes_of(view: View) -> Iterator[tuple[str, Claimed]]:
    """The prizes that a report counts without naming winners, by whose they are, contest, level, grade and time."""
    owner = owner_of(view)
    for award in view.facts.awards:
        contest = contest_of(award)
        named = award.recipient or award.school
        period = award.period
        if award.kind in _COUNTED and award.count and contest and period and not named:
            key = "\x1f".join((owner, contest, award.level or "", award.prize or "", period))
            own = (view.facts.report.period or period).split("/")[0]
            yield key, claimed(view.facts, award, LOOKS_BACK if period.split("/")[0] != own else "")


#: The cue of prizes of another year than the report's.
LOOKS_BACK = "looks back"


def claimed(facts: ReportFacts, award: Award, cue: str = "") -> Claimed:
    """A counted award as a number of its report."""
    passage = award.evidence[0]
    # Called as parts of one whole are, so that what both ways find is one finding.
    label = _NUMBER.sub("", normal(passage.quote)).strip()
    count = Quantity(value=award.count or 0, printed=str(award.count), label=label, evidence=passage)
    return Claimed(facts, Relation(kind="claim", whole=None, parts=(count,), exhaustive=True, cue=cue))


def contest_of(award: Award) -> str:
    """The words of a contest in the order of the alphabet; ``học sinh giỏi môn Sinh`` has one twice."""
    return " ".join(sorted(_ANY.sub(" ", normal(expand(award.contest or ""))).split()))


def counted_apart(items: Sequence[Claimed]) -> list[Finding]:
    """The pairs of two reports whose counts look like one another misprinted; one for each pair of reports."""
    found: dict[frozenset[str], Finding] = {}
    values: dict[str, set[float]] = {}
    for item in items:
        values.setdefault(item.facts.layer.id, set()).add(item.number.value)
    for first, other in combinations(items, 2):
        reports = first.facts.layer.id, other.facts.layer.id
        pair = frozenset(reports)
        if len(pair) == 1 or pair in found or any(len(values[report]) > 1 for report in reports):
            continue
        a, b = first.number.value, other.number.value
        # Who looks back on last year's prizes means those that were told then.
        back = (first.relation.cue == LOOKS_BACK) != (other.relation.cue == LOOKS_BACK)
        near = back and abs(a - b) <= max(2.0, _NEAR * max(a, b))
        if a != b and (near or are_turned(a, b) or are_alike(a, b) or misprinted(a, b)):
            found[pair] = disagreement(first, other, first.number.label)
    return list(found.values())
