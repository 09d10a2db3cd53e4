"""The size of a school's grounds, which stays from year to year: two reports of one school give it alike."""

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
from schemas import Finding
from schemas.relation import Quantity, Relation

_UNITS = ("m2", "ha")
#: How all of the grounds are called; those of a site or of a part have more words.
_ALL_OF_IT = re.compile(
    r"(?:tổng )?(?:diện tích|khuôn viên)(?: (?:diện tích|khuôn viên|đất|mặt bằng|toàn|của|nhà|trường|là|rộng))*"
)
_CALLED = "diện tích khuôn viên"


def grounds_of(view: View) -> Iterator[tuple[str, Claimed]]:
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


def sized_apart(items: Sequence[Claimed]) -> list[Finding]:
    """The first pair of each two reports of which one size is the other with two digits turned: no school grows so.

    Reports of one time are compared number by number anyway.
    """
    found: dict[frozenset[str], Finding] = {}
    for first, other in combinations(items, 2):
        pair = frozenset((first.facts.layer.id, other.facts.layer.id))
        if first.facts.report.period == other.facts.report.period:
            continue
        if len(pair) == 2 and pair not in found and are_turned(first.number.value, other.number.value):
            found[pair] = disagreement(first, other, _CALLED)
    return list(found.values())
