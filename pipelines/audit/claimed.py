"""Numbers that a report, or two, give for one and the same thing, by what the words around them say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors.relations.aims_twice import AIMED_TWICE
from extractors.relations.anniversaries import AGE
from extractors.relations.cohorts import COHORT
from extractors.relations.definite import DEFINITE
from extractors.relations.founded import FOUNDED, RECOGNISED
from extractors.relations.headlined import HEADLINED
from extractors.relations.occasions import OCCASION
from extractors.relations.paired_sizes import PAIRED
from extractors.relations.premises import PREMISES
from extractors.relations.prices import PRICES
from extractors.relations.prized import PRIZES
from extractors.relations.resumed import RESUMED
from extractors.relations.rosters import ROSTER
from extractors.relations.rows_told import ROW_TOLD
from extractors.relations.slips import differ_by_slip
from extractors.relations.spelled import IN_WORDS
from extractors.relations.wording import says
from pipelines.audit.findings import fingerprint, number_operand, sentence, whose
from pipelines.audit.intervals import interval, show
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity, Relation

_YEAR = re.compile(r"(?:19|20)\d\d")
#: Values further apart than this share of the greater one rather count two things.
_NEAR = 0.05
_LOOKING_BACK = 0.35
#: What of numbers said twice needs no likeness of their values.
_SURE = (
    IN_WORDS, AGE, PRIZES, OCCASION, RESUMED, ROSTER, FOUNDED, RECOGNISED, DEFINITE, COHORT, PREMISES,
    AIMED_TWICE, HEADLINED, ROW_TOLD, PRICES, PAIRED,
)  # fmt: skip


@dataclass(frozen=True)
class Claimed:
    """One number of a report that another report may give as well."""

    facts: ReportFacts
    relation: Relation

    @property
    def number(self) -> Quantity:
        """The number with its passage."""
        return self.relation.parts[0]


def twice_in(facts: ReportFacts) -> Iterator[Finding]:
    """The findings inside one report: the first pair of each group that does not agree."""
    for relation in facts.relations:
        if relation.kind != "same":
            continue
        for first, other in combinations(relation.parts, 2):
            if (
                _disagree(first, other, 1 if relation.cue.startswith(_SURE) else _NEAR)
                and not _is_revised(facts, first)
                and not _is_revised(facts, other)
            ):
                yield _finding((facts, first), (facts, other), relation.cue)
                break


def claims_of(view: View) -> Iterator[tuple[str, Claimed]]:
    """The numbers that another report may give, by what they count and of what time."""
    facts = view.facts
    for relation in facts.relations:
        when = relation.cue or facts.report.period or ""
        if relation.kind == "claim" and when:
            yield "\x1f".join(("claim", view.scope.home, relation.parts[0].label, when)), Claimed(facts, relation)


def between(items: Sequence[Claimed], key: str, known: Callable[[Claimed, Claimed], bool]) -> list[Finding]:
    """The first pair of two reports that does not agree and is not ``known`` otherwise."""
    for first, other in combinations(items, 2):
        # Only one of both tells its own time, the other looks back; else the digits must be the same.
        back = bool(first.relation.cue) != bool(other.relation.cue)
        if first.facts is other.facts or not _disagree(first.number, other.number, _LOOKING_BACK if back else 0):
            continue
        if known(first, other):
            continue
        same = [i.number.value for i in items if i.facts is first.facts or i.facts is other.facts]
        if len(set(same)) > 2 or _is_revised(first.facts, first.number) or _is_revised(other.facts, other.number):
            continue
        return [_finding((first.facts, first.number), (other.facts, other.number), key.split("\x1f")[2])]
    return []


def disagreement(first: Claimed, other: Claimed, what: str) -> Finding:
    """The finding that two reports give one thing two values."""
    return _finding((first.facts, first.number), (other.facts, other.number), what)


def _is_revised(facts: ReportFacts, number: Quantity) -> bool:
    return says("revision", sentence(facts, number.evidence))


def _disagree(one: Quantity, other: Quantity, apart: float) -> bool:
    """Whether two numbers cannot be one, but are so near (by a share of the greater) or alike as if meant so."""
    a, b = interval(one), interval(other)
    if a.meets(b):
        return False
    low, high = sorted((float(one.value), float(other.value)))
    digits = [f"{value:g}".replace(".", "") for value in (low, high)]
    alike = sorted(digits[0]) == sorted(digits[1]) and len(digits[0]) > 1
    return alike or high - low <= apart * high or (bool(apart) and differ_by_slip(low, high))


def _finding(one: tuple[ReportFacts, Quantity], other: tuple[ReportFacts, Quantity], what: str) -> Finding:
    (facts, a), (others, b) = one, other
    same = facts is others
    said, said_too = " ".join(a.evidence.quote.split()), " ".join(b.evidence.quote.split())
    words = what.replace("_", " ")
    if what == IN_WORDS:
        return _in_words(facts, a, b)
    return Finding(
        rule="value_conflict",
        severity="warning",
        finding_class="contradiction",
        scope="report" if same else "corpus",
        message=(
            f"“{words}” được nêu hai giá trị cho cùng một thời điểm: {a.printed} (“{said}”) và {b.printed} "
            f"(“{said_too}”), lệch {show(abs(a.value - b.value))}."
        ),
        message_en=(
            f"“{words}” has two values of one time: {a.printed} (“{said}”) and {b.printed} (“{said_too}”), "
            f"{show(abs(a.value - b.value))} apart."
        ),
        operands=(number_operand(facts, a), number_operand(others, b)),
        stated=_shown(b),
        expected=_shown(a),
        fingerprint=fingerprint("value_conflict", whose(facts) if same else "", words, *sorted((a.printed, b.printed))),
    )


def _shown(number: Quantity) -> str:
    """A number in the report's own digits, a year as it is printed."""
    return number.printed if _YEAR.fullmatch(number.printed) else show(number.value)


def _in_words(facts: ReportFacts, figure: Quantity, words: Quantity) -> Finding:
    """A number whose figures say another thing than its words."""
    said = " ".join(figure.evidence.quote.split())
    return Finding(
        rule="value_conflict",
        severity="warning",
        finding_class="contradiction",
        scope="report",
        message=(
            f"Số ghi bằng chữ số là {figure.printed} nhưng ghi bằng chữ là {words.printed} (“{said}”): hai cách ghi "
            "không khớp nhau."
        ),
        message_en=f"In figures it is {figure.printed}, in words {show(words.value)} ({words.printed}): “{said}”.",
        operands=(number_operand(facts, figure),),
        stated=show(figure.value),
        expected=show(words.value),
        fingerprint=fingerprint("value_conflict", whose(facts), said),
    )
