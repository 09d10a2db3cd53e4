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

from extractors._shared.document import Document
from extractors._shared.view import fold_tone_style, lower
from schemas.records import Record

#: A question and where its answers lead: a leaf is a number, a node ``{ask, yes, no}``.
Tree = float | Mapping[str, Any]

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
        record.model_copy(update={"confidence": decide(trees[record.type], ask(record, document))})
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
    answers = {f"rated under {step}": record.confidence < step for step in (0.8, 0.9, 0.95)}
    passage = record.evidence[0] if record.evidence else None
    block = document.block_at(bisect_left(document.view.offsets, passage.start)) if passage else None
    answers |= {
        "in a table": block is not None and block.cell is not None,
        "in a list": block is not None and block.kind == "item",
        "in a heading": block is not None and block.kind in ("heading", "title", "caption"),
        "in a signature": block is not None and block.kind == "signature",
        "in a long paragraph": block is not None and block.end - block.start > _LONG_PARAGRAPH,
        "several passages": len(record.evidence) > 1,
    }
    return answers | _QUESTIONS[record.type](record, document.lower[block.start : block.end] if block else "")


def _stands_in(value: str | None, text: str) -> bool:
    return value is not None and fold_tone_style(lower(value)) in text


def _ask_official(record: Any, text: str) -> dict[str, bool]:
    return {
        "no organization": record.organization is None,
        "no date": record.as_of is None,
        "only mentioned": record.activity == "mentioned",
        "post beside the name": _stands_in(record.post, text),
        "long post": record.post.count(" ") >= _LONG_NAME,
    }


def _ask_school(record: Any, text: str) -> dict[str, bool]:
    return {
        "no place": record.place is None,
        "has an ordinal": record.ordinal is not None,
        "no usual level": record.level not in ("MN", "TH", "THCS", "THPT"),
        "several spellings": len(record.variants) > 1,
        "name of one word": " " not in record.own_name,
        "long name": record.own_name.count(" ") >= 3,
        "name as it stands": _stands_in(record.name, text),
    }


def _ask_award(record: Any, text: str) -> dict[str, bool]:
    return {
        "a title": record.kind == "title",
        "a rank": record.kind == "rank",
        "grade not said": record.prize == "giai",
        "no contest": record.contest is None,
        "contest beside it": _stands_in(record.contest, text),
        "long contest": (record.contest or "").count(" ") >= _LONG_NAME,
        "no level": record.level is None,
        "several": (record.count or 1) > 1,
        "no recipient": record.recipient is None,
        "recipient beside it": _stands_in(record.recipient, text),
        "no kind of recipient": record.recipient_kind is None,
        "no school": record.school is None,
        "participants": record.participants is not None,
        "no period": record.period is None,
    }


def _ask_statistic(record: Any, text: str) -> dict[str, bool]:
    return {
        "no unit": record.unit is None,
        "a percentage": record.unit == "%",
        "of a whole": record.of is not None,
        "a change": record.aspect == "change",
        "a target": record.aspect == "target",
        "no level": record.level is None,
        "no place": record.place is None,
        "no period": record.period is None,
        "usual indicator": record.indicator_id is not None,
        "indicator as it stands": _stands_in(record.indicator, text),
        "short indicator": record.indicator.count(" ") < 2,
        "long indicator": record.indicator.count(" ") >= _LONG_NAME,
        "a range": record.value_to is not None,
    }


def _ask_citation(record: Any, text: str) -> dict[str, bool]:
    return {
        "no number": record.number is None,
        "no date": record.date is None,
        "no issuer": record.issuer is None,
        "no subject": record.subject is None,
    }


_QUESTIONS: Mapping[str, Callable[[Any, str], dict[str, bool]]] = {
    "official": _ask_official,
    "school": _ask_school,
    "award": _ask_award,
    "statistic": _ask_statistic,
    "citation": _ask_citation,
}
