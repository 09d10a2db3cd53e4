"""Records gained, lost and changed between two runs over the same reports."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.evaluate.compare import Row
from pipelines.evaluate.runs import Run

# What a record is not known by: where it was read and how sure it is.
_BESIDE = frozenset({"report", "evidence", "confidence"})


@dataclass(frozen=True)
class Change:
    """A record of one run that the other does not have: gained (no ``before``), lost (no ``after``) or changed.

    ``right_before`` and ``right_after`` say whether gold has it so, None where no gold decides.
    """

    file: str
    before: Row | None
    after: Row | None
    right_before: bool | None = None
    right_after: bool | None = None

    @property
    def kind(self) -> str:
        """``gained``, ``lost`` or ``changed``."""
        return "gained" if self.before is None else "lost" if self.after is None else "changed"

    @property
    def type(self) -> str:
        """The type of the record."""
        return str((self.after or self.before or {})["type"])

    def differences(self) -> dict[str, tuple[object, object]]:
        """The fields whose values differ, with both; empty unless changed."""
        if self.before is None or self.after is None:
            return {}
        names = [name for name in dict.fromkeys((*self.before, *self.after)) if name not in _BESIDE]
        pairs = {name: (self.before.get(name), self.after.get(name)) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


#: Whether a record (by the identity of its row) is right; rows that gold does not decide on are missing.
Verdicts = Mapping[int, bool]


def compare_runs(before: Run, after: Run, verdicts: Verdicts | None = None) -> tuple[Change, ...]:
    """The changes in the reports that both runs hold, report by report in the order of the later run.

    A record is the same where all its fields are; of what is left, records of one type with a
    passage in common are the same record changed. Confidence and passages alone are no change.
    """
    known = verdicts or {}
    changes = []
    for file, rows in after.records.items():
        if file in before.records:
            for old, new in _match(before.records[file], rows):
                changes.append(Change(file, old, new, known.get(id(old)), known.get(id(new))))
    return tuple(changes)


def only_in_one(before: Run, after: Run) -> tuple[str, ...]:
    """The reports that just one of the runs holds."""
    return tuple(sorted(set(before.records) ^ set(after.records)))


def _match(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    old, new = _without_common(before, after), _without_common(after, before)
    fits = [
        (_in_common(left, right), -i, -j)
        for i, left in enumerate(old)
        for j, right in enumerate(new)
        if left["type"] == right["type"] and _overlap(left, right)
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(fits, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    gained = [(None, row) for j, row in enumerate(new) if j not in pairs.values()]
    lost = [(row, None) for i, row in enumerate(old) if i not in pairs]
    return [*gained, *lost, *((old[i], new[j]) for i, j in sorted(pairs.items()))]


def _without_common(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """The rows that the others do not hold as often."""
    there = Counter(map(_key, others))
    left = []
    for row in rows:
        if there[_key(row)]:
            there[_key(row)] -= 1
        else:
            left.append(row)
    return left


def _key(row: Row) -> str:
    return json.dumps({name: value for name, value in row.items() if name not in _BESIDE}, sort_keys=True)


def _overlap(left: Row, right: Row) -> bool:
    if left["type"] == "report":
        return True
    spans = [[(each["start"], each["end"]) for each in row.get("evidence") or ()] for row in (left, right)]
    return any(a < d and c < b for a, b in spans[0] for c, d in spans[1])


def _in_common(left: Row, right: Row) -> int:
    return sum(left[name] == right.get(name) for name in left if name not in _BESIDE)


def count_changes(changes: Sequence[Change]) -> dict[str, Counter[str]]:
    """By record type how many records were ``gained``, ``lost`` and ``changed``."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for change in changes:
        counts[change.type][change.kind] += 1
    return dict(counts)
