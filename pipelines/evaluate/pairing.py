"""Which found record belongs to which gold record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.evaluate.compare import Found, Gold, Row, Similarity, fold, quoted_spans

#: A gold record that is sure wins over one that is not, where a found record fits both.
_SURE_BONUS = 0.01


def golds_of(rows: Sequence[Row], text: str, *, distinct_by: str | None = None) -> list[Gold]:
    """The gold records with the places of their quotes; of equal values of a field the first one."""
    records = [Gold(row, quoted_spans(row, text), bool(row.get("sure", True))) for row in rows]
    distinct: dict[object, Gold] = {}
    for index, record in enumerate(records):
        key = _key(record.row, distinct_by, index)
        known = distinct.get(key)
        # One sure mention of a person makes the person sure.
        distinct[key] = record if known is None else Gold(known.row, known.spans, known.sure or record.sure)
    return list(distinct.values())


def founds_of(rows: Sequence[Row], *, distinct_by: str | None = None) -> list[Found]:
    """The extracted records with the places of their evidence; of equal values of a field the first one."""
    distinct: dict[object, Found] = {}
    for index, row in enumerate(rows):
        evidence = row.get("evidence") or ()
        spans = [(each["start"], each["end"]) for each in evidence if each.get("start") is not None]
        distinct.setdefault(_key(row, distinct_by, index), Found(row, spans))
    return list(distinct.values())


def _key(row: Row, distinct_by: str | None, index: int) -> object:
    """What a record is counted once by: the folded field, else the record itself."""
    return (distinct_by and fold(row.get(distinct_by))) or index


def pair(similarity: Similarity, golds: Sequence[Gold], founds: Sequence[Found]) -> dict[int, int]:
    """Places of gold records and of the found records that fit them, the best fits first."""
    fits = []
    for i, gold in enumerate(golds):
        for j, found in enumerate(founds):
            if score := similarity(gold, found):
                fits.append((score + _SURE_BONUS * gold.sure, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(fits, key=lambda fit: -fit[0]):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def leftovers(
    similarity: Similarity, golds: Sequence[Gold], founds: Sequence[Found], pairs: Mapping[int, int]
) -> tuple[list[int], list[int]]:
    """Places of sure gold that nothing fits, and of found records that fit no gold, not even an unsure one."""
    missed = [i for i, gold in enumerate(golds) if i not in pairs and gold.sure]
    taken = set(pairs.values())
    doubtful = [gold for gold in golds if not gold.sure]
    wrong = [
        j for j, found in enumerate(founds) if j not in taken and not any(similarity(gold, found) for gold in doubtful)
    ]
    return missed, wrong
