"""How sure a record is: the share of such records of the corpus of which all is right.

What is known when a record is made (how its rule rates it, whether it stands in a table, which
attributes are missing or come from elsewhere) sorts it into one of a few groups of its type; each
group's confidence is learned from the corpus and stands in ``confidence.yml``, which
``make calibration`` writes. The groups of a type are the leaves of a small tree of yes-no
questions, so that anybody can read why a record is rated as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from extractors._shared.document import Block, Document
from extractors._shared.view import fold_tone_style, lower
from schemas.records import Record

#: A question and where its answers lead: a leaf is a number, a node ``{ask, yes, no}``.
Tree = float | Mapping[str, Any]
#: Asked about a record, the block in which its passage stands and the lower-case text of that block.
Question = Callable[[Any, Block | None, str], bool]

_LONG_PARAGRAPH = 500
_LONG_NAME = 9


@cache
def load_trees() -> Mapping[str, Tree]:
    """The tree of each record type."""
    text = files(__package__).joinpath("confidence.yml").read_text(encoding="utf-8")
    trees: Mapping[str, Tree] = yaml.safe_load(text)
    return trees


def rate(records: list[Record], document: Document) -> list[Record]:
    """The records with the confidence that their groups have; those of a type without a tree as they are."""
    trees = load_trees()
    return [
        record.model_copy(update={"confidence": decide(trees[record.type], _Answers(record, document))})
        if record.type in trees
        else record
        for record in records
    ]


def decide(tree: Tree, answers: Mapping[str, bool]) -> float:
    """The leaf of a tree to which the answers lead."""
    while not isinstance(tree, float | int):
        tree = tree["yes" if answers[tree["ask"]] else "no"]
    return float(tree)


def ask(record: Record, document: Document) -> dict[str, bool]:
    """The answers to all questions about a record of its type; the rating of its rule counts in steps."""
    answers = _Answers(record, document)
    return {question: answers[question] for question in _QUESTIONS[record.type]}


class _Answers(dict[str, bool]):
    """Answers worked out when they are asked for: a tree asks a few of two dozen questions."""

    def __init__(self, record: Record, document: Document) -> None:
        super().__init__()
        passage = record.evidence[0] if record.evidence else None
        self._record = record
        self._block = document.block_at(bisect_left(document.view.offsets, passage.start)) if passage else None
        self._text = document.lower[self._block.start : self._block.end] if self._block else ""

    def __missing__(self, question: str) -> bool:
        answer = _QUESTIONS[self._record.type][question](self._record, self._block, self._text)
        self[question] = answer
        return answer


def _stands_in(value: str | None, text: str) -> bool:
    return value is not None and fold_tone_style(lower(value)) in text


_ANY: Mapping[str, Question] = {
    "rated under 0.8": lambda record, block, text: record.confidence < 0.8,
    "rated under 0.9": lambda record, block, text: record.confidence < 0.9,
    "rated under 0.95": lambda record, block, text: record.confidence < 0.95,
    "in a table": lambda record, block, text: block is not None and block.cell is not None,
    "in a list": lambda record, block, text: block is not None and block.kind == "item",
    "in a heading": lambda record, block, text: block is not None and block.kind in ("heading", "title", "caption"),
    "in a signature": lambda record, block, text: block is not None and block.kind == "signature",
    "in a long paragraph": lambda record, block, text: block is not None and block.end - block.start > _LONG_PARAGRAPH,
    "several passages": lambda record, block, text: len(record.evidence) > 1,
}

_OFFICIAL: Mapping[str, Question] = {
    "no organization": lambda record, block, text: record.organization is None,
    "no date": lambda record, block, text: record.as_of is None,
    "only mentioned": lambda record, block, text: record.activity == "mentioned",
    "post beside the name": lambda record, block, text: _stands_in(record.post, text),
    "long post": lambda record, block, text: record.post.count(" ") >= _LONG_NAME,
}

_SCHOOL: Mapping[str, Question] = {
    "no place": lambda record, block, text: record.place is None,
    "has an ordinal": lambda record, block, text: record.ordinal is not None,
    "no usual level": lambda record, block, text: record.level not in ("MN", "TH", "THCS", "THPT"),
    "several spellings": lambda record, block, text: len(record.variants) > 1,
    "name of one word": lambda record, block, text: " " not in record.own_name,
    "long name": lambda record, block, text: record.own_name.count(" ") >= 3,
    "name as it stands": lambda record, block, text: _stands_in(record.name, text),
}

_AWARD: Mapping[str, Question] = {
    "a title": lambda record, block, text: record.kind == "title",
    "a rank": lambda record, block, text: record.kind == "rank",
    "grade not said": lambda record, block, text: record.prize == "giai",
    "no contest": lambda record, block, text: record.contest is None,
    "contest beside it": lambda record, block, text: _stands_in(record.contest, text),
    "long contest": lambda record, block, text: (record.contest or "").count(" ") >= _LONG_NAME,
    "no level": lambda record, block, text: record.level is None,
    "several": lambda record, block, text: (record.count or 1) > 1,
    "no recipient": lambda record, block, text: record.recipient is None,
    "recipient beside it": lambda record, block, text: _stands_in(record.recipient, text),
    "no kind of recipient": lambda record, block, text: record.recipient_kind is None,
    "no school": lambda record, block, text: record.school is None,
    "participants": lambda record, block, text: record.participants is not None,
    "no period": lambda record, block, text: record.period is None,
}

_STATISTIC: Mapping[str, Question] = {
    "no unit": lambda record, block, text: record.unit is None,
    "a percentage": lambda record, block, text: record.unit == "%",
    "of a whole": lambda record, block, text: record.of is not None,
    "a change": lambda record, block, text: record.aspect == "change",
    "a target": lambda record, block, text: record.aspect == "target",
    "no level": lambda record, block, text: record.level is None,
    "no place": lambda record, block, text: record.place is None,
    "no period": lambda record, block, text: record.period is None,
    "usual indicator": lambda record, block, text: record.indicator_id is not None,
    "indicator as it stands": lambda record, block, text: _stands_in(record.indicator, text),
    "short indicator": lambda record, block, text: record.indicator.count(" ") < 2,
    "long indicator": lambda record, block, text: record.indicator.count(" ") >= _LONG_NAME,
    "a range": lambda record, block, text: record.value_to is not None,
}

_CITATION: Mapping[str, Question] = {
    "no number": lambda record, block, text: record.number is None,
    "no date": lambda record, block, text: record.date is None,
    "no issuer": lambda record, block, text: record.issuer is None,
    "no subject": lambda record, block, text: record.subject is None,
}

_QUESTIONS: Mapping[str, Mapping[str, Question]] = {
    "official": {**_ANY, **_OFFICIAL},
    "school": {**_ANY, **_SCHOOL},
    "award": {**_ANY, **_AWARD},
    "statistic": {**_ANY, **_STATISTIC},
    "citation": {**_ANY, **_CITATION},
}
