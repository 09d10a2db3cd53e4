"""Who and what is one over several reports, and what stays apart."""

from __future__ import annotations

import pytest

from pipelines.reconcile import merge_decisions, part_id, reconcile, resolve, split_decisions
from schemas import Judgement

SUOI_MAY = "Phòng GD&ĐT huyện Suối Mây"
BEN_LAU = "Phòng Giáo dục và Đào tạo thị xã Bến Lau"


def entities(kind, reports, judgements=()):
    return [entity for entity in reconcile(reports, judgements) if entity.kind == kind]


def joined(kind, reports, judgements=()):
    """The files of every entity of a kind, as a set of sets."""
    found = entities(kind, reports, judgements)
    return sorted(sorted({mention.file for mention in entity.mentions}) for entity in found)


def judgement(left, right, decision="same"):
    return Judgement(left=left, right=right, decision=decision, by="Lan", note="đã hỏi", score=None, at="2024-06-01")


def judged(decisions, *, retracted=False):
    return [
        Judgement(
            left=made.left,
            right=made.right,
            decision="retracted" if retracted else made.decision,
            by="Lan",
            note="đã hỏi",
            score=None,
            at="2024-06-01",
            left_anchors=made.left_anchors,
            right_anchors=made.right_anchors,
        )
        for made in decisions
    ]


# --- schools -------------------------------------------------------------------------------------


def test_a_school_is_one_over_the_reports_of_a_district(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, schools=[("TH", "An Bình", 2)]),
        paper("b.txt", issuer="PGDĐT Suối Mây", schools=[("TH", "AN BÌNH", 2)]),
        paper("c.txt", issuer="UBND huyện Suối Mây", schools=[("TH", "An Bình", 1), ("THCS", "An Bình", None)]),
    ]
    assert joined("school", reports) == [["a.txt", "b.txt"], ["c.txt"], ["c.txt"]]


def test_two_districts_have_two_schools_of_one_name(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, schools=[("TH", "An Bình", None)]),
        paper("b.txt", issuer=BEN_LAU, schools=[("TH", "An Bình", None)]),
    ]
    assert joined("school", reports) == [["a.txt"], ["b.txt"]]


def test_a_province_report_joins_the_only_district_that_fits(paper):
    province = paper("p.txt", issuer="Sở GD&ĐT Hà Trung", schools=[("TH", "An Bình", None)])
    one = paper("a.txt", issuer=SUOI_MAY, schools=[("TH", "An Bình", None)])
    other = paper("b.txt", issuer=BEN_LAU, schools=[("TH", "An Bình", None)])
    assert joined("school", [province, one]) == [["a.txt", "p.txt"]]
    assert joined("school", [province, one, other]) == [["a.txt"], ["b.txt"], ["p.txt"]]
    (school,) = entities("school", [province, one])
    assert "only Suối Mây has a school of this level, name and ordinal" in school.attributes["reason"]


def test_schools_of_reports_without_a_district_are_one_by_name(paper):
    reports = [
        paper("a.txt", issuer="Sở GD&ĐT Hà Trung", schools=[("THCS", "Cầu Gỗ", None)]),
        paper("b.txt", issuer="Sở GD&ĐT Hà Trung", schools=[("THCS", "Cầu Gỗ", None)]),
    ]
    assert joined("school", reports) == [["a.txt", "b.txt"]]


# --- where a report comes from -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issuer", "place", "body"),
    [
        (SUOI_MAY, None, ""),
        ("PHÒNG GD VÀ ĐT SUOI MAY", "Suối Mây", ""),
        ("Ban biên tập Phòng GD&ĐT", "huyện Suối Mây", ""),
        ("Khối thi đua Tiểu học", "Suối Mây", "Các trường của huyện Suối Mây"),
        ("Trường Tiểu học An Bình", "An Bình", "xã An Bình, huyện Suối Mây tổ chức. Huyện Suối Mây có"),
        (None, None, "trên địa bàn huyện Suối Mây và huyện Suối Mây, khác với huyện Ba Gò"),
    ],
)
def test_the_district_of_a_report(paper, issuer, place, body):
    known = paper("a.txt", issuer=SUOI_MAY, schools=[("TH", "An Bình", None)])
    far = paper("far.txt", issuer=BEN_LAU, schools=[("TH", "An Bình", None)])
    asked = paper("b.txt", issuer=issuer, place=place, body=body, schools=[("TH", "An Bình", None)])
    assert joined("school", [known, far, asked]) == [["a.txt", "b.txt"], ["far.txt"]]


def test_a_bare_report_takes_the_district_of_its_issuers_other_reports(paper):
    known = paper(
        "a.txt", issuer="Ban biên tập Phòng GD&ĐT", place="huyện Suối Mây", people=[("Lò Văn Tính", "Tổ trưởng", "")]
    )
    bare = paper("b.txt", issuer="Ban biên tập PGD&ĐT", people=[("Lò Văn Tính", "Tổ trưởng", "")])
    assert joined("person", [known, bare]) == [["a.txt", "b.txt"]]


def test_a_schools_own_report_takes_the_district_in_which_the_school_is_known(paper):
    known = paper("a.txt", issuer=SUOI_MAY, schools=[("TH", "An Bình", 2)], people=[("Lò Văn Tính", "Hiệu trưởng", "")])
    own = paper(
        "b.txt",
        issuer="Trường Tiểu học An Bình 2",
        place="An Bình",
        schools=[("TH", "An Bình", 2)],
        people=[("Lò Văn Tính", "Hiệu trưởng", "")],
    )
    other = paper("c.txt", issuer=BEN_LAU, schools=[("TH", "An Bình", 2)])
    assert joined("person", [known, own]) == [["a.txt", "b.txt"]]
    assert joined("person", [known, own, other]) == [["a.txt"], ["b.txt"]]


@pytest.mark.parametrize(
    ("date", "places"),
    [("2024-06-30", {"Hà Trung": 2}), (None, {"Hà Trung": 2}), ("2025-09-01", {"Hà Trung": 1, None: 1})],
)
def test_a_bare_province_is_that_of_the_district_while_there_were_districts(paper, date, places):
    people = [("Lò Văn Tính", "Chủ tịch", "UBND tỉnh Hà Trung")]
    reports = [
        paper("a.txt", issuer=SUOI_MAY, body="tỉnh Hà Trung", people=people, date=date),
        paper("b.txt", issuer=SUOI_MAY, people=[("Lò Văn Tính", "Chủ tịch", "UBND tỉnh")]),
    ]
    found = [entity for entity in entities("organization", reports) if entity.attributes["level"] == "province"]
    assert {entity.attributes["place"]: entity.attributes["reports"] for entity in found} == places


# --- people --------------------------------------------------------------------------------------


def test_a_person_is_one_within_a_district_whatever_the_tone_style(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, people=[("Lò Thị Hoà", "Trưởng phòng", "Phòng GD&ĐT")]),
        paper("b.txt", issuer="UBND huyện Suối Mây", people=[("LÒ THỊ HÒA", "Ủy viên", "UBND huyện")]),
    ]
    (person,) = entities("person", reports)
    assert person.name == "Lò Thị Hoà"
    assert person.attributes["posts"] == "Trưởng phòng; Ủy viên"
    assert person.attributes["reports"] == 2


def test_tones_decide(paper):
    people = [("Đinh Mạnh Hùng", "Hiệu trưởng", ""), ("Đinh Mạnh Hưng", "Hiệu trưởng", "")]
    assert len(entities("person", [paper("a.txt", issuer=SUOI_MAY, people=people)])) == 2


def test_one_name_in_two_districts_stays_two(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, people=[("Đinh Mạnh Hùng", "Trưởng phòng", "Phòng GD&ĐT")]),
        paper("b.txt", issuer=BEN_LAU, people=[("Đinh Mạnh Hùng", "Trưởng phòng", "Phòng GD&ĐT")]),
    ]
    assert joined("person", reports) == [["a.txt"], ["b.txt"]]


def test_a_guest_belongs_to_the_district_of_the_body(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, people=[("Đinh Mạnh Hùng", "Phó Chủ tịch", "UBND thị xã Bến Lau")]),
        paper("b.txt", issuer=BEN_LAU, people=[("Đinh Mạnh Hùng", "Phó Chủ tịch", "UBND thị xã")]),
    ]
    assert joined("person", reports) == [["a.txt", "b.txt"]]


def test_a_provinces_official_is_one_over_its_reports(paper):
    people = [("Đinh Mạnh Hùng", "Giám đốc", "Sở GD&ĐT")]
    reports = [
        paper("a.txt", issuer="Sở GD&ĐT Hà Trung", people=people),
        paper("b.txt", issuer="SGDĐT Hà Trung", people=people),
        paper("c.txt", issuer="Sở Nội vụ Hà Trung", people=people),
        paper("d.txt", issuer="Sở GD&ĐT Sơn Bắc", people=people),
        paper("e.txt", issuer=SUOI_MAY, people=[("Đinh Mạnh Hùng", "Hiệu trưởng", "")]),
    ]
    assert joined("person", reports) == [["a.txt", "b.txt", "c.txt"], ["d.txt"], ["e.txt"]]


# --- documents -----------------------------------------------------------------------------------


def cite(number, doc_type="Kế hoạch", **fields):
    return {"doc_type": doc_type, "number": number, **fields}


def test_separators_do_not_make_another_document(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, documents=[cite("29/NQ-TW", "Nghị quyết", date="2013-11-04")]),
        paper("b.txt", issuer=BEN_LAU, documents=[cite("29-NQ/TW", "Nghị quyết", date="2013-11-04")]),
    ]
    (document,) = entities("document", reports)
    assert document.attributes["number"] == "29/NQ-TW; 29-NQ/TW"
    assert document.attributes["year"] == "2013"


def test_one_number_of_two_years_is_two_documents(paper):
    documents = [
        cite("01/ĐA-UBND", "Đề án", date="2016-07-24", issuer="UBND huyện"),
        cite("01/ĐA-UBND", "Đề án", date="2018-08-08", issuer="UBND huyện"),
    ]
    found = entities("document", [paper("a.txt", issuer=SUOI_MAY, documents=documents)])
    assert sorted(document.attributes["year"] for document in found) == ["2016", "2018"]


def test_two_days_of_one_year_are_one_document(paper):
    documents = [cite("05-CT/TW", "Chỉ thị", date="2016-05-15"), cite("05-CT/TW", "Chỉ thị", date="2016-05-16")]
    (document,) = entities("document", [paper("a.txt", issuer=SUOI_MAY, documents=documents)])
    assert document.attributes["date"] == "2016-05-15; 2016-05-16"


def test_an_undated_citation_joins_the_only_dated_one(paper):
    dated = paper("a.txt", issuer=SUOI_MAY, documents=[cite("41/KH-UBND", date="2022-09-05", issuer="UBND huyện")])
    undated = paper("b.txt", issuer=SUOI_MAY, documents=[cite("41/KH-UBND", issuer="UBND huyện Suối Mây")])
    later = paper("c.txt", issuer=SUOI_MAY, documents=[cite("41/KH-UBND", date="2023-09-05", issuer="UBND huyện")])
    assert joined("document", [dated, undated]) == [["a.txt", "b.txt"]]
    assert joined("document", [dated, undated, later]) == [["a.txt"], ["b.txt"], ["c.txt"]]
    (document,) = entities("document", [dated, undated])
    assert "without a date" in document.attributes["reason"]


def test_local_bodies_number_for_themselves(paper):
    documents = [cite("41/KH-UBND", date="2022-09-05", issuer="UBND huyện")]
    of_province = [cite("41/KH-UBND", date="2022-03-01", issuer="UBND tỉnh Hà Trung")]
    reports = [
        paper("a.txt", issuer=SUOI_MAY, documents=documents),
        paper("b.txt", issuer=BEN_LAU, documents=[cite("41/KH-UBND", date="2022-09-05", issuer="UBND thị xã")]),
        paper("c.txt", issuer=SUOI_MAY, documents=of_province),
    ]
    assert joined("document", reports) == [["a.txt"], ["b.txt"], ["c.txt"]]


def test_a_citation_without_issuer_joins_the_only_one_of_its_district(paper):
    named = paper("a.txt", issuer=SUOI_MAY, documents=[cite("41/KH-UBND", date="2022-09-05", issuer="UBND huyện")])
    bare = paper("b.txt", issuer=SUOI_MAY, documents=[cite("41-KH/UBND", date="2022-09-05")])
    far = paper("c.txt", issuer=BEN_LAU, documents=[cite("41/KH-UBND", date="2022-09-05")])
    assert joined("document", [named, bare, far]) == [["a.txt", "b.txt"], ["c.txt"]]


def test_the_symbol_tells_the_type(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, documents=[cite("29-NQ/TW", "Nghị quyết", date="2013-11-04")]),
        paper("b.txt", issuer=SUOI_MAY, documents=[cite("29-NQ/TW", "Quyết định", date="2013-11-04")]),
    ]
    (document,) = entities("document", reports)
    assert document.attributes["doc_type"] == "Nghị quyết; Quyết định"


def test_a_law_without_number_is_one_for_all_districts(paper):
    law = {"doc_type": "Luật", "subject": "Giáo dục", "date": "2019"}
    reports = [paper("a.txt", issuer=SUOI_MAY, documents=[law]), paper("b.txt", issuer=BEN_LAU, documents=[law])]
    assert joined("document", reports) == [["a.txt", "b.txt"]]


# --- bodies --------------------------------------------------------------------------------------


def test_a_body_is_one_by_its_expanded_name_within_its_place(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, people=[("Lò Văn Tính", "Trưởng phòng", "PGDĐT")]),
        paper("b.txt", issuer=BEN_LAU, people=[("Vàng A Sỹ", "Trưởng phòng", "Phòng GD&ĐT")]),
    ]
    assert joined("organization", reports) == [["a.txt"], ["b.txt"]]
    names = {entity.attributes["place"] for entity in entities("organization", reports)}
    assert names == {"Suối Mây", "Bến Lau"}


def test_a_central_body_is_one_everywhere(paper):
    documents = [cite("29-NQ/TW", "Nghị quyết", issuer="Bộ Chính trị")]
    reports = [
        paper(f"{name}.txt", issuer=issuer, documents=documents) for name, issuer in (("a", SUOI_MAY), ("b", BEN_LAU))
    ]
    (politburo,) = [entity for entity in entities("organization", reports) if entity.name == "Bộ Chính trị"]
    assert politburo.attributes["reports"] == 2
    assert [mention.quote for mention in politburo.mentions] == ["Bộ Chính trị"] * 2


# --- ids, mentions, judgements -------------------------------------------------------------------


@pytest.fixture
def namesakes(paper):
    return [
        paper(f"{name}.txt", issuer=issuer, people=[("Đinh Mạnh Hùng", "Trưởng phòng", "Phòng GD&ĐT")])
        for name, issuer in (("a", SUOI_MAY), ("b", BEN_LAU), ("c", BEN_LAU), ("d", BEN_LAU))
    ]


def test_the_order_of_reports_and_more_reports_change_no_id(namesakes):
    assert reconcile(namesakes) == reconcile(list(reversed(namesakes)))
    before = {entity.id for entity in reconcile(namesakes[:2])}
    assert before == {entity.id for entity in reconcile(namesakes)}


def test_every_mention_is_cut_from_its_report(namesakes, paper):
    documents = [cite("41/KH-UBND", date="2022-09-05", issuer="UBND huyện")]
    reports = [*namesakes, paper("e.txt", issuer=SUOI_MAY, schools=[("TH", "An Bình", 2)], documents=documents)]
    texts = {report.layer.id: report.layer.text for report in reports}
    found = reconcile(reports)
    assert {entity.kind for entity in found} == {"school", "person", "organization", "document"}
    for entity in found:
        assert entity.id.startswith(f"{entity.kind}-")
        for mention in entity.mentions:
            assert texts[mention.report][mention.start : mention.end] == mention.quote


def test_a_merge_joins_keeps_the_older_id_and_can_be_undone(namesakes):
    one, other = entities("person", namesakes)
    merge = judged(merge_decisions(one, other))
    (person,) = entities("person", namesakes, merge)
    assert person.id in (one.id, other.id)
    assert "joined with" in person.attributes["reason"]
    assert "by Lan (đã hỏi)" in person.attributes["reason"]
    undone = [*merge, *judged(merge_decisions(one, other), retracted=True)]
    assert entities("person", namesakes, undone) == entities("person", namesakes)
    for older, younger in ((one, other), (other, one)):
        ages = {mention.report: 1 for mention in younger.mentions}
        found = resolve(namesakes, merge, ages)
        assert [entity.id for entity in found.entities if entity.kind == "person"] == [older.id]
        assert found.redirects[younger.id] == older.id


def test_a_split_takes_reports_out_and_can_be_undone(namesakes):
    whole = next(entity for entity in entities("person", namesakes) if entity.attributes["reports"] == 3)
    taken = [report.layer.id for report in namesakes if report.layer.file in ("b.txt", "c.txt")]
    split = judged(split_decisions(whole, taken))
    assert joined("person", namesakes, split) == [["a.txt"], ["b.txt", "c.txt"], ["d.txt"]]
    assert whole.id in {person.id for person in entities("person", namesakes, split)}
    undo = judged(split_decisions(whole, taken), retracted=True)
    assert entities("person", namesakes, [*split, *undo]) == entities("person", namesakes)


def test_what_was_split_off_can_be_merged_with_another(namesakes):
    single, whole = sorted(entities("person", namesakes), key=lambda entity: entity.attributes["reports"])
    report = next(report.layer.id for report in namesakes if report.layer.file == "b.txt")
    split = judged(split_decisions(whole, [report]))
    part = next(e for e in entities("person", namesakes, split) if e.id not in (single.id, whole.id))
    merge = judged(merge_decisions(single, part))
    assert joined("person", namesakes, [*split, *merge]) == [["a.txt", "b.txt"], ["c.txt", "d.txt"]]
    by_id = [*split, judgement(single.id, part_id(whole.id, report))]
    assert joined("person", namesakes, by_id) == [["a.txt", "b.txt"], ["c.txt", "d.txt"]]


def test_a_later_report_joins_what_a_split_left_whole(namesakes, paper):
    whole = next(entity for entity in entities("person", namesakes) if entity.attributes["reports"] == 3)
    taken = [report.layer.id for report in namesakes if report.layer.file == "b.txt"]
    split = judged(split_decisions(whole, taken))
    later = paper("e.txt", issuer=BEN_LAU, people=[("Đinh Mạnh Hùng", "Trưởng phòng", "Phòng GD&ĐT")])
    assert joined("person", [*namesakes, later], split) == [["a.txt"], ["b.txt"], ["c.txt", "d.txt", "e.txt"]]


@pytest.mark.parametrize("decision", ["unsure", "retracted", "different"])
def test_judgements_that_join_nothing(namesakes, decision):
    one, other = (entity.id for entity in entities("person", namesakes))
    assert joined("person", namesakes, [judgement(one, other, decision)]) == joined("person", namesakes)


def test_what_was_told_apart_is_not_joined_over_a_third(paper):
    issuers = (SUOI_MAY, BEN_LAU, "Phòng GD&ĐT huyện Ba Gò")
    people = [("Đinh Mạnh Hùng", "Trưởng phòng", "Phòng GD&ĐT")]
    reports = [paper(f"{number}.txt", issuer=issuer, people=people) for number, issuer in enumerate(issuers)]
    ids = {entity.mentions[0].file: entity.id for entity in entities("person", reports)}
    a, b, c = ids["0.txt"], ids["1.txt"], ids["2.txt"]
    decided = [judgement(a, c, "different"), judgement(a, b), judgement(b, c)]
    assert joined("person", reports, decided) == [["0.txt", "1.txt"], ["2.txt"]]
    late = [judgement(a, b), judgement(b, c), judgement(a, c, "different")]
    assert joined("person", reports, late) == [["0.txt", "1.txt"], ["2.txt"]]


def test_judgements_about_nothing_known_or_of_two_kinds_change_nothing(namesakes):
    person = entities("person", namesakes)[0].id
    body = entities("organization", namesakes)[0].id
    strange = [
        judgement(person, "person-000000000000"),
        judgement(person, body),
        judgement(person, f"{person}@none", "different"),
    ]
    assert reconcile(namesakes, strange) == reconcile(namesakes)
    assert resolve(namesakes, strange).orphans == strange
