"""Precision, recall and F1 of the records of one report against its gold, strict and soft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pipelines.evaluate.compare import (
    ABOUT,
    CONFUSABLE,
    MEASURES,
    REPORT_FIELDS,
    Found,
    Gold,
    Measure,
    Row,
    common,
    expand,
    fields_of,
    same_value,
)
from pipelines.evaluate.pairing import founds_of, golds_of, leftovers, pair

#: Of a field what the gold says and what was found, and how often. None is "nothing".
Confusion = Counter[tuple[str | None, str | None]]


@dataclass(frozen=True)
class Score:
    """Counts of what was found rightly, found wrongly and missed; of a soft score they are parts of records."""

    tp: float = 0
    fp: float = 0
    fn: float = 0

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

    ``measure`` is ``award/core``; ``start`` and ``end`` are None where a gold quote is not in the
    text. ``other`` is the record of the other side about the same thing, None where there is none.
    """

    file: str
    measure: str
    kind: Literal["miss", "false"]
    record: Row
    quote: str
    start: int | None
    end: int | None = None
    other: Row | None = None

    def differences(self) -> dict[str, tuple[object, object]]:
        """The fields in which the record and the other one differ: what the gold says and what was found."""
        if self.other is None:
            return {}
        gold, found = (self.record, self.other) if self.kind == "miss" else (self.other, self.record)
        names = dict.fromkeys((*_named(self.measure), *fields_of(self.measure.split("/")[0])))
        return {
            name: (gold.get(name), found.get(name))
            for name in names
            if not same_value(name, gold.get(name), found.get(name))
        }


@dataclass(frozen=True)
class Outcome:
    """An extracted record that gold decides on: its type, its confidence and whether all of it is right."""

    type: str
    confidence: float
    right: bool
    row: Row = field(repr=False)


@dataclass(frozen=True)
class FileScores:
    """All scores of one report.

    Keys are ``award/core`` in ``scores`` (``award/soft`` counts the share of each record that is
    right), ``award.contest`` in ``fields``, ``soft_fields`` and ``confusions``.
    """

    file: str
    scores: Mapping[str, Score]
    fields: Mapping[str, Score]
    soft_fields: Mapping[str, Score]
    confusions: Mapping[str, Confusion]
    mistakes: tuple[Mistake, ...]
    outcomes: tuple[Outcome, ...]
    records: int
    bad_quotes: int
    without_evidence: int
    text: str = field(repr=False, default="")
    rows: Sequence[Row] = field(repr=False, default=())


def score_file(file: str, gold: Mapping[str, Any], rows: Sequence[Row], text: str) -> FileScores:
    """The scores of the records of one report (as JSON rows) against its gold.

    A gold record that is not sure is neutral: it is never missed, and what fits it is not wrong.
    Fields are scored on the pairs of records that belong together, of sure gold only.
    """
    tally = _Tally(file, gold, rows, text)
    for measure in MEASURES:
        tally.add_measure(measure)
    for record_type in ABOUT:
        tally.add_soft(record_type)
    report = next((row for row in rows if row.get("type") == "report"), {})
    if (expected := gold.get("report")) and expected.get("sure", True):
        tally.add_report(expected, report)
    return tally.done()


class _Tally:
    """The scores of one report while they are counted."""

    def __init__(self, file: str, gold: Mapping[str, Any], rows: Sequence[Row], text: str) -> None:
        self._file, self._text, self._rows = file, text, rows
        self._golds = {kind: golds_of(gold.get(kind) or (), text) for kind in ABOUT}
        self._founds = {kind: founds_of([row for row in rows if row.get("type") == kind]) for kind in ABOUT}
        self._about = {kind: self._pair_loosely(kind) for kind in ABOUT}
        self._scores: dict[str, Score] = {}
        self._fields: dict[str, Score] = {}
        self._soft_fields: dict[str, Score] = {}
        self._confusions: dict[str, Confusion] = {}
        self._mistakes: list[Mistake] = []
        self._outcomes: list[Outcome] = []

    def _pair_loosely(self, kind: str) -> dict[int, int]:
        """Pairs of records about the same thing, those first that are the same by a measure."""
        measures = [measure for measure in MEASURES if measure.type == kind]

        def closeness(gold: Gold, found: Found) -> float:
            if not ABOUT[kind](gold, found):
                return 0.0
            return 1 + _share(kind, gold.row, found.row) + sum(m.similarity(gold, found) > 0 for m in measures)

        return pair(closeness, self._golds[kind], self._founds[kind])

    def add_measure(self, measure: Measure) -> None:
        golds, founds = self._golds[measure.type], self._founds[measure.type]
        if measure.distinct_by:
            golds = golds_of([gold.row for gold in golds], self._text, distinct_by=measure.distinct_by)
            founds = founds_of([found.row for found in founds], distinct_by=measure.distinct_by)
        pairs = pair(measure.similarity, golds, founds)
        missed, wrong = leftovers(measure.similarity, golds, founds, pairs)
        key = f"{measure.type}/{measure.name}"
        right = [(golds[i].row, founds[j].row) for i, j in pairs.items() if golds[i].sure]
        self._scores[key] = Score(len(right), len(wrong), len(missed))
        self._mistakes += [self._miss(key, golds[i]) for i in missed]
        self._mistakes += [self._false_alarm(key, founds[j]) for j in wrong]
        for name in measure.fields:
            field_key = f"{measure.type}.{name}"
            for ours, theirs in right:
                values = name, ours.get(name), theirs.get(name)
                self._fields[field_key] = self._fields.get(field_key, Score()) + _strict(*values)
                self._soft_fields[field_key] = self._soft_fields.get(field_key, Score()) + _soft(*values)
        if measure.strict:
            outcomes = [(theirs, True) for _, theirs in right] + [(founds[j].row, False) for j in wrong]
            self._outcomes += [Outcome(measure.type, row.get("confidence", 1.0), good, row) for row, good in outcomes]

    def add_soft(self, kind: str) -> None:
        golds, founds, pairs = self._golds[kind], self._founds[kind], self._about[kind]
        sure = [(golds[i].row, founds[j].row) for i, j in pairs.items() if golds[i].sure]
        missed, wrong = leftovers(ABOUT[kind], golds, founds, pairs)
        credit = sum(_share(kind, ours, theirs) for ours, theirs in sure)
        lost = len(sure) - credit
        self._scores[f"{kind}/soft"] = Score(credit, lost + len(wrong), lost + len(missed))
        for name in CONFUSABLE.get(kind, ()):
            self._confusions[f"{kind}.{name}"] = Counter((_closed(name, a), _closed(name, b)) for a, b in sure)

    def add_report(self, expected: Row, report: Row) -> None:
        for name in REPORT_FIELDS:
            key = f"report.{name}"
            ours, theirs = expected.get(name), report.get(name)
            if name in ("signers", "recipients"):
                wanted, given = ({expand(value) for value in values or ()} for values in (ours, theirs))
                self._fields[key] = Score(len(wanted & given), len(given - wanted), len(wanted - given))
                self._soft_fields[key] = self._fields[key]
            else:
                self._fields[key] = _strict(name, ours, theirs)
                self._soft_fields[key] = _soft(name, ours, theirs)
        for name in CONFUSABLE["report"]:
            self._confusions[f"report.{name}"] = Counter([(_closed(name, expected), _closed(name, report))])

    def done(self) -> FileScores:
        quotes = [evidence for row in self._rows for evidence in row.get("evidence") or ()]
        order = [f"{measure.type}/{measure.name}" for measure in MEASURES]
        names = {key.split("/")[0]: [*(k for k in order if k.startswith(f"{key}/")), f"{key}/soft"] for key in ABOUT}
        return FileScores(
            file=self._file,
            scores={key: self._scores[key] for keys in names.values() for key in keys},
            fields=self._fields,
            soft_fields=self._soft_fields,
            confusions=self._confusions,
            mistakes=tuple(self._mistakes),
            outcomes=tuple(self._outcomes),
            records=len(self._rows),
            bad_quotes=sum(self._text[quote["start"] : quote["end"]] != quote["quote"] for quote in quotes),
            without_evidence=sum(not row.get("evidence") for row in self._rows if row.get("type") != "report"),
            text=self._text,
            rows=self._rows,
        )

    def _miss(self, measure: str, gold: Gold) -> Mistake:
        start, end = gold.spans[0] if gold.spans else (None, None)
        other = self._other(measure, gold.row, found=False)
        return Mistake(self._file, measure, "miss", gold.row, str(gold.row.get("quote") or ""), start, end, other)

    def _false_alarm(self, measure: str, found: Found) -> Mistake:
        first: Row = next(iter(found.row.get("evidence") or ()), {})
        other = self._other(measure, found.row, found=True)
        passage = str(first.get("quote") or ""), first.get("start"), first.get("end")
        return Mistake(self._file, measure, "false", found.row, *passage, other)

    def _other(self, measure: str, row: Row, *, found: bool) -> Row | None:
        kind = measure.split("/")[0]
        for i, j in self._about[kind].items():
            ours, theirs = self._golds[kind][i].row, self._founds[kind][j].row
            if (theirs if found else ours) is row:
                return ours if found else theirs
        return None


def _named(measure: str) -> tuple[str, ...]:
    """The fields beside the scored ones that a measure goes by."""
    return {"official": ("person",), "school": ("ordinal",), "award": ("kind", "prize"), "statistic": ("of",)}.get(
        measure.split("/")[0], ()
    )


def _share(kind: str, ours: Row, theirs: Row) -> float:
    """How much of a record is right: the mean over its fields of what the values have in common."""
    names = [*_named(kind), *fields_of(kind)]
    asked = [name for name in names if _given(ours.get(name)) or _given(theirs.get(name))]
    return sum(common(name, ours.get(name), theirs.get(name)) for name in asked) / len(asked) if asked else 1.0


def _given(value: object) -> bool:
    return value is not None and value != ""


def _strict(name: str, ours: object, theirs: object) -> Score:
    """One value: right, wrong (missed as well), missing, or one too many; nothing where both are null."""
    if not (_given(ours) and _given(theirs)):
        return Score(0, int(_given(theirs)), int(_given(ours)))
    return Score(1) if same_value(name, ours, theirs) else Score(0, 1, 1)


def _soft(name: str, ours: object, theirs: object) -> Score:
    """Like `_strict`, with the share that two values have in common counted as right."""
    if not (_given(ours) and _given(theirs)):
        return _strict(name, ours, theirs)
    share = common(name, ours, theirs)
    return Score(share, 1 - share, 1 - share)


def _closed(name: str, row: Row) -> str | None:
    """A value of `CONFUSABLE`; the number of a rank is none of a closed list."""
    if name == "kind/prize":
        kind, prize = row.get("kind"), row.get("prize")
        return f"{kind}:{prize}" if prize and kind in ("prize", "medal") else kind
    value = row.get(name)
    return None if value is None else str(value)
