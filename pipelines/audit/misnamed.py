"""Heads whose name is told otherwise than in the list of all heads: one syllable of it differs."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.audit.findings import sentence
from pipelines.audit.posts import OWN_NAMES
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import fold
from schemas import Official

_SYLLABLES = 3


def misnamed_heads(facts: ReportFacts) -> Iterator[tuple[Official, Official]]:
    """Whom a list of heads with their years names, and whom the text names in that post of the same body.

    The two differ in one syllable, the list has nobody of the other name, and the text tells nothing of a deputy.
    """
    for relation in facts.relations:
        post = fold(relation.cue)
        listed = {fold(part.printed): part for part in relation.parts} if relation.kind == "tenure" else {}
        for other in facts.officials if listed else ():
            name = fold(other.person)
            own = not other.organization or fold(other.organization) in OWN_NAMES
            if fold(other.role) != post or name in listed or not own or not other.evidence:
                continue
            alike = [known for known in listed if _is_slip(known, name)]
            if len(alike) != 1 or any("nguyên" in fold(sentence(facts, e)).split() for e in other.evidence):
                continue
            part = listed[alike[0]]
            head = Official(
                report=facts.layer.id, person=part.printed, post=relation.cue, role=relation.cue,
                evidence=(part.evidence,), confidence=1.0,
            )  # fmt: skip
            yield head, other


def _is_slip(one: str, other: str) -> bool:
    """Whether two names of three syllables or more differ in one of them, and there in few letters."""
    a, b = one.split(), other.split()
    apart = [pair for pair in zip(a, b, strict=False) if pair[0] != pair[1]]
    if len(a) != len(b) or len(a) < _SYLLABLES or len(apart) != 1:
        return False
    first, second = apart[0]
    return first[:1] == second[:1] and abs(len(first) - len(second)) <= 1
