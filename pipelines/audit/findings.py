"""Making findings: operands with their passages, and fingerprints that survive a new extraction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from extractors._shared.view import fold_tone_style, lower
from pipelines.facts import ReportFacts
from pipelines.fingerprints import PART
from schemas import Evidence, Finding, Operand, TextLayer
from schemas.relation import Quantity

_WORDS = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


def operand(facts: ReportFacts, passage: Evidence, value: str | float | None = None) -> Operand:
    """One passage of a report as an operand."""
    return Operand(
        report=facts.layer.id,
        file=facts.layer.file,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        page=passage.page,
        value=value,
    )


def number_operand(facts: ReportFacts, quantity: Quantity) -> Operand:
    """A printed number as an operand."""
    return operand(facts, quantity.evidence, float(quantity.value))


def fingerprint(rule: str, *content: str) -> str:
    """An id that follows from the rule and from what its passages say; see `pipelines.fingerprints`.

    The first piece of content tells whose finding it is (see `whose`) and may be empty. Offsets, files and reports do
    not enter, nor case, spaces, punctuation and the placement of tones: saving a report anew or moving a paragraph
    keeps it, another number changes it.
    """
    folded = [normal(part) for part in content]
    whose_it_is, said = folded[:1], folded[1:]
    words = [" ".join(_DIGITS.sub(" ", part).split()) for part in said]
    values = [" ".join(_DIGITS.findall(part)) for part in said]
    # Where nobody's, the words must tell it from all others.
    identity = (rule, *whose_it_is) if any(whose_it_is) else (rule, *folded)
    return _digest(rule, *words) + _digest(rule, *values) + _digest(*identity)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:PART]


def normal(text: str) -> str:
    """A text by its words alone, in lower case and with tones in one style."""
    return " ".join(_WORDS.findall(lower(fold_tone_style(text))))


_SENTENCE = re.compile(r"[.!?;](?=\s)|\n")


def sentence(facts: ReportFacts, passage: Evidence) -> str:
    """The sentence in which a passage stands, or the clause between semicolons, on one line."""
    text = facts.layer.text
    starts = [match.end() for match in _SENTENCE.finditer(text, max(0, passage.start - 600), passage.start)]
    after = _SENTENCE.search(text, passage.end, min(len(text), passage.end + 600))
    first = starts[-1] if starts else max(0, passage.start - 600)
    return " ".join(text[first : after.start() if after else passage.end + 600].split())


def whose(facts: ReportFacts) -> str:
    """What tells a report from next year's and from its neighbours', without its bytes or file name."""
    report = facts.report
    return f"{report.issuer or ''} {report.period or (report.date or '')[:4]}"


def words_of(quantity: Quantity) -> str:
    """What a quantity says, for a fingerprint: its passage and label, and the number."""
    return f"{quantity.evidence.quote} {quantity.label} {quantity.printed}"


def merge_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those of one fingerprint joined into one with the passages of all."""
    merged: dict[str, Finding] = {}
    for finding in findings:
        known = merged.get(finding.fingerprint)
        if known is None:
            merged[finding.fingerprint] = finding
            continue
        places = {(o.report, o.start, o.end) for o in known.operands}
        added = tuple(o for o in finding.operands if (o.report, o.start, o.end) not in places)
        merged[finding.fingerprint] = known.model_copy(update={"operands": known.operands + added})
    return list(merged.values())


def told_once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those that another one tells better.

    Where plain counts are found to be one number with two values (``value_conflict``), that they are two sizes of one
    whole (``denominator_drift``) says the same of the same passages. Sizes printed in ratios stay.
    """
    conflicts = [finding for finding in findings if finding.rule == "value_conflict"]
    return [
        finding
        for finding in findings
        if finding.rule != "denominator_drift"
        or any("/" in operand.quote for operand in finding.operands)
        or not any(_covers(conflict, finding) for conflict in conflicts)
    ]


def _covers(finding: Finding, other: Finding) -> bool:
    """Whether every passage of the other finding overlaps one of this."""
    return all(any(one.start < o.end and o.start < one.end for one in finding.operands) for o in other.operands)


def is_certain(finding: Finding, layers: Mapping[str, TextLayer]) -> bool:
    """Whether no passage of a finding holds a number that text recognition may have misread.

    ``layers`` are the texts of the reports by their ids; those without doubts may be missing.
    """
    return not any(
        operand.report in layers and layers[operand.report].is_doubtful(operand.start, operand.end)
        for operand in finding.operands
    )


def listed(values: Sequence[str], *, word: str) -> str:
    """``4 + 2 + 1``, or ``4 + 2 + … + 1`` where there are many."""
    shown = list(values) if len(values) <= 12 else [*values[:10], "…", values[-1]]
    return f" {word} ".join(shown)
