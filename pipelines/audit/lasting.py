"""What stays with a school from year to year, so that two reports of it give it alike: grounds, year of founding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.relations.twins import are_turned
from extractors.relations.wording import says
from pipelines.audit.claimed import Claimed, disagreement
from pipelines.audit.counts import owner_of
from pipelines.audit.findings import normal, sentence
from pipelines.audit.view import View
from pipelines.reconcile.names import expand, fold
from schemas import Finding
from schemas.relation import Quantity, Relation

_UNITS = ("m2", "ha")
#: How all of the grounds are called; those of a site or of a part have more words.
_ALL_OF_IT = re.compile(
    r"(?:tổng )?(?:diện tích|khuôn viên)(?: (?:diện tích|khuôn viên|đất|mặt bằng|toàn|của|nhà|trường|là|rộng))*"
)
_CALLED = "diện tích khuôn viên"
_FOUNDED = "năm thành lập"
#: ``Trường THCS Tân Lễ được thành lập năm 1964``: the school opens the sentence, and no other body was founded.
_FOUNDED_IN = re.compile(
    r"(?:^|[.;:]\s+|\n)(?:[-+*•]\s*|\d{1,2}[.)]\s*)?"
    r"(?P<school>(?:nhà )?trường(?! hợp)(?: [^.,;:()\n\d]{1,50}?(?: \d)?)?)"
    r"(?: \([^()\n]{1,40}\))?,? (?:được )?(?:chính thức )?thành lập (?:từ |vào |trong )?(?:(?:tháng|ngày) [\d/]+,? )?"
    r"(?:năm )?(?P<year>(?:19|20)\d\d)(?![\d/]| ?[-–])",
    re.I,
)
_OWN = ("trường", "nhà trường")
#: So many years the beginning of a school may be told apart by a slip.
_YEARS = 2


def lasting_of(view: View) -> Iterator[tuple[str, Claimed]]:
    """What a report tells of what stays with its school, by what it is and whose."""
    yield from _grounds_of(view)
    owner = owner_of(view)
    if "trường" not in owner:
        return
    for match in _FOUNDED_IN.finditer(view.facts.layer.text):
        named = fold(expand(match["school"]))
        if named in _OWN or named == owner:
            passage = view.facts.layer.evidence(match.start("school"), match.end("year"))
            year = Quantity(value=int(match["year"]), printed=match["year"], label=_FOUNDED, evidence=passage)
            relation = Relation(kind="claim", whole=None, parts=(year,), exhaustive=True, cue="")
            yield f"{owner}\x1f{_FOUNDED}", Claimed(view.facts, relation)


def _grounds_of(view: View) -> Iterator[tuple[str, Claimed]]:
    """The sizes of all of the grounds that a report gives, by whose they are and their unit."""
    owner = owner_of(view)
    for statistic in view.facts.statistics:
        passage = statistic.evidence[0]
        if statistic.unit not in _UNITS or statistic.aspect != "value" or statistic.value_to is not None:
            continue
        if not _ALL_OF_IT.fullmatch(normal(statistic.indicator)) or says("revision", sentence(view.facts, passage)):
            continue
        size = Quantity(value=statistic.value, printed=passage.quote, label=_CALLED, evidence=passage)
        relation = Relation(kind="claim", whole=None, parts=(size,), exhaustive=True, cue="")
        yield f"{owner}\x1f{statistic.unit}", Claimed(view.facts, relation)


def lasting_apart(items: Sequence[Claimed]) -> list[Finding]:
    """The first pair of each two reports of which one number looks like the other by a slip: neither grows so.

    Sizes in reports of one time are compared number by number anyway.
    """
    found: dict[frozenset[str], Finding] = {}
    for first, other in combinations(items, 2):
        pair = frozenset((first.facts.layer.id, other.facts.layer.id))
        if len(pair) == 1 or pair in found:
            continue
        a, b, what = first.number.value, other.number.value, first.number.label
        if what == _FOUNDED:
            slip = a != b and (are_turned(a, b) or abs(a - b) <= _YEARS)
        else:
            slip = are_turned(a, b) and first.facts.report.period != other.facts.report.period
        if slip:
            found[pair] = disagreement(first, other, what)
    return list(found.values())
