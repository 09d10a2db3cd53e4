"""Precision, recall and F1 of the records of one report against its gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipelines.evaluate.compare import (
    MEASURES,
    REPORT_FIELDS,
    Found,
    Gold,
    Measure,
    Row,
    expand,
    fold,
    quoted_spans,
    same_value,
)

#: A gold record that is sure wins over one that is not, where a found record fits both.
_SURE_BONUS = 0.01


@dataclass(frozen=True)
class Score:
    """Counts of what was found rightly, found wrongly and missed."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Share of what there is that was found; None where there is nothing."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None where there is nothing and nothing was found."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None

    def __add__(self, other: Score) -> Score:
        return Score(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)


@dataclass(frozen=True)
class Mistake:
    """A gold record that was missed, or a found one that is none, with its passage.

    ``measure`` is ``award/core``; ``start`` is None where a gold quote is not in the text.
    """

    file: str
    measure: str
    kind: Literal["miss", "false"]
    record: Row
    quote: str
    start: int | None


@dataclass(frozen=True)
class FileScores:
    """All scores of one report. Keys are ``award/core`` and, for fields, ``award.contest``."""

    file: str
    scores: Mapping[str, Score]
    fields: Mapping[str, Score]
    mistakes: tuple[Mistake, ...]
    records: int
    bad_quotes: int
    without_evidence: int


def score_file(file: str, gold: Mapping[str, Any], rows: Sequence[Row], text: str) -> FileScores:
    """The scores of the records of one report (as JSON rows) against its gold.

    A gold record that is not sure is neutral: it is never missed, and what fits it is not wrong.
    Fields are scored on the pairs of records that belong together, of sure gold only.
    """
    scores: dict[str, Score] = {}
    fields: dict[str, Score] = {}
    mistakes: list[Mistake] = []
    for measure in MEASURES:
        ours = _golds(gold.get(measure.type) or (), measure, text)
        theirs = _founds([row for row in rows if row.get("type") == measure.type], measure)
        pairs = _pair(measure, ours, theirs)
        key = f"{measure.type}/{measure.name}"
        missed, wrong = _leftovers(measure, ours, theirs, pairs)
        right = sum(ours[i].sure for i in pairs)
        scores[key] = Score(right, len(wrong), len(missed))
        mistakes += [_miss(file, key, record) for record in missed]
        mistakes += [_false_alarm(file, key, record) for record in wrong]
        _score_fields(fields, measure, [(ours[i].row, theirs[j].row) for i, j in pairs.items() if ours[i].sure])
    report = next((row for row in rows if row.get("type") == "report"), {})
    if (expected := gold.get("report")) and expected.get("sure", True):
        _score_report(fields, expected, report)
    quotes = [evidence for row in rows for evidence in row.get("evidence") or ()]
    return FileScores(
        file=file,
        scores=scores,
        fields=fields,
        mistakes=tuple(mistakes),
        records=len(rows),
        bad_quotes=sum(text[quote["start"] : quote["end"]] != quote["quote"] for quote in quotes),
        without_evidence=sum(not row.get("evidence") for row in rows if row.get("type") != "report"),
    )


def _golds(rows: Sequence[Row], measure: Measure, text: str) -> list[Gold]:
    records = [Gold(row, quoted_spans(row, text), bool(row.get("sure", True))) for row in rows]
    distinct: dict[object, Gold] = {}
    for index, record in enumerate(records):
        key = _key(record.row, measure, index)
        known = distinct.get(key)
        # One sure mention of a person makes the person sure.
        distinct[key] = record if known is None else Gold(known.row, known.spans, known.sure or record.sure)
    return list(distinct.values())


def _founds(rows: Sequence[Row], measure: Measure) -> list[Found]:
    distinct: dict[object, Found] = {}
    for index, row in enumerate(rows):
        evidence = row.get("evidence") or ()
        spans = [(each["start"], each["end"]) for each in evidence if each.get("start") is not None]
        distinct.setdefault(_key(row, measure, index), Found(row, spans))
    return list(distinct.values())


def _key(row: Row, measure: Measure, index: int) -> object:
    """What a record is counted once by: the folded field of the measure, else the record itself."""
    return (measure.distinct_by and fold(row.get(measure.distinct_by))) or index


def _pair(measure: Measure, golds: Sequence[Gold], founds: Sequence[Found]) -> dict[int, int]:
    """Places of gold records and of the found records that fit them, the best fits first."""
    fits = []
    for i, gold in enumerate(golds):
        for j, found in enumerate(founds):
            if score := measure.similarity(gold, found):
                fits.append((score + _SURE_BONUS * gold.sure, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(fits, key=lambda fit: -fit[0]):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _leftovers(
    measure: Measure, golds: Sequence[Gold], founds: Sequence[Found], pairs: Mapping[int, int]
) -> tuple[list[Gold], list[Found]]:
    """Sure gold that nothing fits, and found records that fit no gold, not even an unsure one."""
    missed = [gold for i, gold in enumerate(golds) if i not in pairs and gold.sure]
    taken = set(pairs.values())
    doubtful = [gold for gold in golds if not gold.sure]
    wrong = [
        found
        for j, found in enumerate(founds)
        if j not in taken and not any(measure.similarity(gold, found) for gold in doubtful)
    ]
    return missed, wrong


def _miss(file: str, measure: str, gold: Gold) -> Mistake:
    start = gold.spans[0][0] if gold.spans else None
    return Mistake(file, measure, "miss", gold.row, str(gold.row.get("quote") or ""), start)


def _false_alarm(file: str, measure: str, found: Found) -> Mistake:
    first: Row = next(iter(found.row.get("evidence") or ()), {})
    return Mistake(file, measure, "false", found.row, str(first.get("quote") or ""), first.get("start"))


def _score_fields(fields: dict[str, Score], measure: Measure, pairs: Sequence[tuple[Row, Row]]) -> None:
    for field in measure.fields:
        key = f"{measure.type}.{field}"
        for ours, theirs in pairs:
            fields[key] = fields.get(key, Score()) + _field(field, ours.get(field), theirs.get(field))


def _field(field: str, ours: object, theirs: object) -> Score:
    """One value: right, wrong (missed as well), missing, or one too many; nothing where both are null."""
    if ours in (None, "") or theirs in (None, ""):
        return Score(0, int(theirs not in (None, "")), int(ours not in (None, "")))
    return Score(1) if same_value(field, ours, theirs) else Score(0, 1, 1)


def _score_report(fields: dict[str, Score], expected: Row, report: Row) -> None:
    for field in REPORT_FIELDS:
        key = f"report.{field}"
        ours, theirs = expected.get(field), report.get(field)
        if field in ("signers", "recipients"):
            wanted, given = ({expand(value) for value in values or ()} for values in (ours, theirs))
            fields[key] = Score(len(wanted & given), len(given - wanted), len(wanted - given))
        else:
            fields[key] = _field(field, ours, theirs)
