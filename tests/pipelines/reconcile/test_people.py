"""Namesakes, promotions, and what a report tells apart."""

from __future__ import annotations

import pytest

from pipelines.reconcile import reconcile, resolve
from pipelines.reconcile.names import name_bits, spelled, toneless
from pipelines.reconcile.people import PersonProfile, month

SUOI_MAY = "Phòng GD&ĐT huyện Suối Mây"
SCHOOLS = [("TH", "An Bình", None), ("MN", "Hoa Lê", None)]


def people(reports):
    found = [entity for entity in reconcile(reports) if entity.kind == "person"]
    return sorted(sorted({mention.file for mention in entity.mentions}) for entity in found)


def test_one_name_at_two_schools_of_one_report_is_two_people(paper):
    posts = [("Nguyễn Thị Hà", "Giáo viên", "TH An Bình"), ("Nguyễn Thị Hà", "Giáo viên", "MN Hoa Lê")]
    report = paper("a.txt", issuer=SUOI_MAY, people=posts, schools=SCHOOLS)
    found = [entity for entity in reconcile([report]) if entity.kind == "person"]
    assert len(found) == 2


def test_a_rare_name_does_not_join_what_one_report_tells_apart(paper):
    posts = [("Lò Mí Sèn", "Giáo viên", "TH An Bình"), ("Lò Mí Sèn", "Giáo viên", "MN Hoa Lê")]
    both = paper("a.txt", issuer=SUOI_MAY, people=posts, schools=SCHOOLS, date="2019-05-31")
    later = paper("b.txt", issuer=SUOI_MAY, people=posts[:1], schools=SCHOOLS, date="2024-05-31")
    found = [entity for entity in reconcile([both, later]) if entity.kind == "person"]
    assert sorted(entity.attributes["reports"] for entity in found) == [1, 2]


def test_somebody_without_a_job_joins_the_only_namesake(paper):
    head = paper("a.txt", issuer=SUOI_MAY, people=[("Đinh Mạnh Trí", "Trưởng phòng", "Phòng GD&ĐT")])
    jury = paper("b.txt", issuer=SUOI_MAY, people=[("Đinh Mạnh Trí", "Thư ký", "")])
    teacher = paper("c.txt", issuer=SUOI_MAY, people=[("Đinh Mạnh Trí", "Giáo viên", "TH An Bình")], schools=SCHOOLS)
    assert people([head, jury]) == [["a.txt", "b.txt"]]
    assert people([head, jury, teacher]) == [["a.txt"], ["b.txt"], ["c.txt"]]


def test_a_job_in_between_keeps_two_people_apart(paper):
    def report(file, school, date):
        posts = [("Vừ A Chía", "Hiệu trưởng", school)]
        return paper(file, issuer=SUOI_MAY, people=posts, schools=SCHOOLS, date=date)

    there = report("a.txt", "TH An Bình", "2018-05-31")
    meanwhile = report("b.txt", "MN Hoa Lê", "2020-05-31")
    again = report("c.txt", "TH An Bình", "2022-05-31")
    assert people([there, meanwhile]) == [["a.txt", "b.txt"]]
    assert people([there, meanwhile, again]) == [["a.txt", "c.txt"], ["b.txt"]]


def test_what_is_unsure_is_told_with_its_reasons(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, people=[("Đoàn Quang Vọng", "Trưởng phòng", "Phòng GD&ĐT")]),
        paper("b.txt", issuer=SUOI_MAY, people=[("Doan Quang Vong", "Trưởng phòng", "Phòng GD&ĐT")]),
    ]
    (made,) = resolve(reports).judgements
    assert made.decision == "unsure"
    assert "tones decide" in made.note
    assert people(reports) == [["a.txt"], ["b.txt"]]


@pytest.mark.parametrize(
    ("rarer", "commoner"),
    [("Đặng Thị Lụa", "Nguyễn Thị Hà"), ("Thạch Ngọc Sươl", "Trần Văn Hùng"), ("Lò Mí Sèn", "Lê Thị Hương")],
)
def test_rare_names_tell_more(rarer, commoner):
    assert name_bits(spelled(rarer)) > name_bits(spelled(commoner))


@pytest.mark.parametrize(
    ("day", "months"),
    [("2021-06-10", 2021 * 12 + 5), ("2021-06", 2021 * 12 + 5), ("2021", 2021 * 12 + 6), (None, None)],
)
def test_months(day, months):
    assert month(day) == months


def test_comparison_is_symmetric_and_tones_never_give_way():
    profiles = [
        PersonProfile(spelled(name), "suối mây", jobs)
        for name in ("Đinh Mạnh Hùng", "Đinh Mạnh Hưng", "Dinh Manh Hung")
        for jobs in ((), (("phòng", 24000, 24010),), (("trường", 24020, 24020),))
    ]
    for one in profiles:
        for other in profiles:
            assert one.compare(other).outcome == other.compare(one).outcome
            if one.name != other.name:
                assert one.compare(other).outcome != "same"
    assert toneless("đinh mạnh hùng") == "dinh manh hung"
