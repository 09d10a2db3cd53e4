"""The linking itself: what must hold whatever is linked, at a size that fits a test."""

from __future__ import annotations

import pytest

from pipelines import correct
from pipelines.errors import UsageError
from pipelines.reconcile import merge_decisions, resolve, split_decisions
from pipelines.reconcile.linkage import link
from schemas import Judgement
from tests.bench.linkage import named, ours, scores
from tests.bench.mentions import World

SUOI_MAY = "Phòng GD&ĐT huyện Suối Mây"


@pytest.fixture(scope="module")
def mentions():
    return list(World(seed=7).mentions(4000))


def test_every_reference_is_in_one_cluster_and_order_does_not_matter(mentions):
    references = [named(mention) for mention in mentions]
    clusters = link(references).clusters
    assert sorted(index for cluster in clusters for index in cluster) == list(range(len(references)))
    turned = link(references[::-1]).clusters
    last = len(references) - 1
    assert {frozenset(cluster) for cluster in clusters} == {frozenset(last - i for i in cluster) for cluster in turned}


def test_generated_mentions_are_joined_well(mentions):
    found = scores(mentions, ours(mentions))
    assert found["people_precision"] >= 0.999
    assert found["recall"] >= 0.9


def test_no_cluster_holds_two_names_or_what_is_kept_apart(mentions):
    references = [named(mention) for mention in mentions]
    clusters = link(references).clusters
    large = max(clusters, key=len)
    first, *others = large
    torn = link(references, apart=[(first, other) for other in others], alone=[first]).clusters
    assert [first] in torn
    for cluster in clusters:
        kinds = {references[index].kind for index in cluster}
        assert len(kinds) == 1
        if kinds == {"person"}:
            assert len({references[index].profile.name for index in cluster}) == 1


def test_judgements_outrank_comparisons(mentions):
    references = [named(mention) for mention in mentions]
    people = [index for index, reference in enumerate(references) if reference.kind == "person"]
    one = people[0]
    other = next(index for index in people if references[index].profile.name != references[one].profile.name)
    joined = link(references, same=[(one, other)]).clusters
    assert any(one in cluster and other in cluster for cluster in joined)
    both = link(references, same=[(one, other)], apart=[(one, other)]).clusters
    assert not any(one in cluster and other in cluster for cluster in both)


# --- splink ------------------------------------------------------------------------------------------


@pytest.fixture
def reports(paper):
    head = [("Đinh Mạnh Trí", "Trưởng phòng", "Phòng GD&ĐT")]
    beside = [("Đinh Mạnh Trí", "Huyện ủy viên", "Huyện ủy"), ("Doan Quang Vong", "Thư ký", "")]
    other = [("Đinh Mạnh Trì", "Trưởng phòng", "Phòng GD&ĐT"), ("Đoàn Quang Vọng", "Thư ký", "")]
    return [
        paper("a.txt", issuer=SUOI_MAY, people=head, schools=[("TH", "Thị trấn Suối Mây", 1)]),
        paper("b.txt", issuer=SUOI_MAY, people=beside, schools=[("TH", "Suối Mây", 1)]),
        paper("c.txt", issuer=SUOI_MAY, people=other, schools=[("TH", "Suối Mây", 2)]),
    ]


def groups(found):
    kinds = ("person", "school")
    return {
        (entity.kind, frozenset((mention.file, mention.quote) for mention in entity.mentions))
        for entity in found.entities
        if entity.kind in kinds
    }


def test_splink_finds_the_pairs_and_the_same_judgements_hold(reports):
    own, theirs = resolve(reports), resolve(reports, linker="splink")
    assert groups(own) == groups(theirs)
    assert {entity.id for entity in own.entities} == {entity.id for entity in theirs.entities}
    assert any("splink" in made.note for made in theirs.judgements)
    people = [entity for entity in theirs.entities if entity.kind == "person"]
    whole = max(people, key=lambda entity: entity.attributes["reports"])
    other = next(entity for entity in people if entity.name == "Đinh Mạnh Trì")
    decided = [*merge_decisions(whole, other), *split_decisions(whole, [whole.mentions[0].report])]
    judgements = [
        Judgement(
            left=made.left,
            right=made.right,
            decision=made.decision,
            by="Lan",
            note="đã hỏi",
            score=None,
            at="2024-06-01",
            left_anchors=made.left_anchors,
            right_anchors=made.right_anchors,
        )
        for made in decided
    ]
    for some in (judgements[:1], judgements[1:]):
        assert groups(resolve(reports, some)) == groups(resolve(reports, some, linker="splink"))


def test_the_setting_chooses_the_linker(monkeypatch):
    monkeypatch.delenv(correct.LINKER_VARIABLE, raising=False)
    assert correct._linker() == "own"
    monkeypatch.setenv(correct.LINKER_VARIABLE, "splink")
    assert correct._linker() == "splink"
    monkeypatch.setenv(correct.LINKER_VARIABLE, "other")
    with pytest.raises(UsageError, match="own, splink"):
        correct._linker()
