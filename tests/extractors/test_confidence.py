"""Confidence: what is asked about a record, where the answers lead, and how the rates are learned."""

from collections.abc import Iterator
from itertools import product

import pytest

from extractors import extract, find_records
from extractors._shared.confidence import Tree, ask, decide, load_trees
from pipelines.readers.text import read_text
from schemas import RECORD_TYPES
from tests.bench.calibrate import MIN_LEAF, Example, cross_fitted, grow, learn, rated

TEXT = """BÁO CÁO
Kết quả năm học 2020-2021

Toàn huyện có 24 trường THCS; ông Lê Văn Hòa - Trưởng phòng GD&ĐT chủ trì theo Công văn số 12/PGDĐT.
Em Trần Thị Lan, Trường THCS Hoa Lộc đạt giải Nhất môn Toán cấp huyện.
"""


def leaves(tree: Tree) -> Iterator[float]:
    if isinstance(tree, float | int):
        yield float(tree)
    else:
        yield from leaves(tree["yes"])
        yield from leaves(tree["no"])


def questions(tree: Tree) -> Iterator[str]:
    if not isinstance(tree, float | int):
        yield tree["ask"]
        yield from questions(tree["yes"])
        yield from questions(tree["no"])


def test_every_type_has_rates_and_every_question_an_answer() -> None:
    layer = read_text(TEXT.encode(), sha256="0" * 64, file="a.txt")
    document, records = find_records(layer)
    trees = load_trees()
    assert set(trees) == set(RECORD_TYPES) - {"report"}
    assert {record.type for record in records} == set(RECORD_TYPES)
    for record in records:
        if record.type in trees:
            assert set(questions(trees[record.type])) <= set(ask(record, document))
    assert all(0 < leaf < 1 for tree in trees.values() for leaf in leaves(tree))
    rates = {kind: set(leaves(tree)) for kind, tree in trees.items()}
    assert all(record.confidence in rates[record.type] for record in extract(layer) if record.type in rates)


def test_a_record_without_a_passage_is_rated_too() -> None:
    layer = read_text(TEXT.encode(), sha256="0" * 64, file="a.txt")
    document, records = find_records(layer)
    for record in records:
        if record.type != "report":
            answers = ask(record.model_copy(update={"evidence": ()}), document)
            assert not answers["in a table"]
            assert answers.keys() == ask(record, document).keys()


def test_answers_lead_to_a_leaf() -> None:
    tree = {"ask": "a", "yes": 0.9, "no": {"ask": "b", "yes": 0.5, "no": 0.1}}
    found = {(a, b): decide(tree, {"a": a, "b": b}) for a, b in product((True, False), repeat=2)}
    assert found == {(True, True): 0.9, (True, False): 0.9, (False, True): 0.5, (False, False): 0.1}


def examples(times: int, good: float, **answers: bool) -> list[Example]:
    return [Example("award", number, answers, number < good * times) for number in range(times)]


def test_groups_are_those_that_tell_right_from_wrong() -> None:
    given = examples(100, 0.9, told=True, other=True) + examples(100, 0.3, told=False, other=True)
    tree = grow(given)
    assert not isinstance(tree, float)
    assert tree["ask"] == "told"
    assert decide(tree, {"told": True, "other": False}) > 0.85
    assert isinstance(grow(given[:MIN_LEAF]), float)


def test_rates_are_those_of_the_blind_part_and_small_groups_lean_on_their_type() -> None:
    opened = examples(100, 1.0, told=True) + examples(100, 0.5, told=False)
    blind = examples(80, 0.75, told=True) + examples(2, 0.0, told=False)
    tree = learn(opened, blind)["award"]
    assert decide(tree, {"told": True}) == pytest.approx(0.75, abs=0.01)
    assert decide(tree, {"told": False}) == pytest.approx(0.66, abs=0.03)
    assert rated(tree, [], 0.4) == {"ask": "told", "yes": 0.4, "no": 0.4}


def test_each_report_is_rated_by_the_others() -> None:
    blind = examples(50, 0.8, told=True)
    found = cross_fitted(examples(50, 1.0, told=True), blind)
    assert sum(each.records for each in found.bins) == 50
    assert found.error is not None
    assert found.error > 0
