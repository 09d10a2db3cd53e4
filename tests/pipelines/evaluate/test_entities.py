"""Reconciliation against the corpus's gold clusters and pairs; the floors that it must keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.evaluate.clusters import (
    GoldClusters,
    GoldMention,
    evaluate_clusters,
    extracted_facts,
    gold_facts,
    load_clusters,
)
from pipelines.evaluate.pairs import ANSWERS, evaluate_pairs, load_pairs

CORPUS = Path(__file__).parents[3] / "corpus"


@pytest.fixture(scope="module")
def clusters() -> GoldClusters:
    return load_clusters(CORPUS / "clusters.yml")


@pytest.mark.parametrize("read", [gold_facts, extracted_facts])
def test_floors_on_the_corpus(clusters, read):
    found = evaluate_clusters([facts for folder in clusters.gold for facts in read(folder)], clusters)
    total = found.scores[-1]
    assert total.kind == "all"
    assert total.mentions > 700
    assert total.precision is not None
    assert total.precision >= 0.995
    assert total.recall is not None
    assert total.recall >= 0.97
    assert not [pair for pair in found.wrong if pair[0].kind == "person"]


def test_every_mention_of_a_cluster_stands_in_the_gold(clusters):
    found = evaluate_clusters([facts for folder in clusters.gold for facts in gold_facts(folder)], clusters)
    assert found.absent == ()


def test_pairs(clusters):
    assert clusters.pairs is not None
    pairs = load_pairs(clusters.pairs)
    assert len(pairs) >= 200
    assert {pair.same for pair in pairs} == set(ANSWERS)
    found = evaluate_pairs(pairs)
    assert found.unread == ()
    assert found.wrong_merges == ()
    assert len(found.missed) <= 2


def test_scores_of_wrong_clusters(clusters):
    """What is judged otherwise than it is shows in the figures: one wrong merge, one pair missed."""
    facts = [facts for folder in clusters.gold for facts in gold_facts(folder)]
    person = next(mention for mention in clusters.numbers if mention.kind == "person")
    others = {mention: number for mention, number in clusters.numbers.items() if mention != person}
    torn = GoldClusters(others, clusters.left_out, clusters.reports, clusters.gold, None)
    found = evaluate_clusters(facts, torn)
    assert {person} <= {mention for pair in found.wrong for mention in pair}
    assert found.scores[-1].precision < 1
    names = [mention for mention in clusters.numbers if mention.kind == "school"]
    strange = GoldMention("school", names[0].report, names[0].label)
    joined = dict(clusters.numbers) | {strange: clusters.numbers[names[-1]]}
    found = evaluate_clusters(facts, GoldClusters(joined, frozenset(), clusters.reports, clusters.gold, None))
    assert found.missed
    assert found.scores[-1].recall < 1
    assert {row["measure"] for row in found.as_rows()} >= {"clusters/all", "wrong_merge", "missed_pair"}


@pytest.mark.parametrize("text", ["", "clusters: 3", "reports: []\nclusters:\n- {kind: school}", "]["])
def test_a_file_that_holds_no_clusters(tmp_path, text):
    path = tmp_path / "clusters.yml"
    path.write_text(text)
    with pytest.raises(UsageError, match="gold clusters"):
        load_clusters(path)


def test_a_pair_without_an_answer(tmp_path):
    side = "{name: A, post: B, issuer: C, date: 2020}"
    (tmp_path / "people.yml").write_text(f"- same: perhaps\n  why: x\n  left: {side}\n  right: {side}\n")
    with pytest.raises(UsageError, match="perhaps"):
        load_pairs(tmp_path)
