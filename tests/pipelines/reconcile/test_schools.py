"""Abbreviated communes, communes of one district, and schools of the whole province."""

from __future__ import annotations

import pytest

from pipelines.reconcile import reconcile
from pipelines.reconcile.schools import write_out

SUOI_MAY = "Phòng GD&ĐT huyện Suối Mây"


def schools(reports):
    found = [entity for entity in reconcile(reports) if entity.kind == "school"]
    return sorted(sorted({mention.file for mention in entity.mentions}) for entity in found)


@pytest.mark.parametrize(
    ("short", "names", "full"),
    [
        ("VHHNam", ["Vĩnh Hòa Hưng Nam", "Vĩnh Hòa Hưng Bắc"], "Vĩnh Hòa Hưng Nam"),
        ("VHH Nam", ["Vĩnh Hòa Hưng Nam", "Vĩnh Hòa Hưng Bắc"], "Vĩnh Hòa Hưng Nam"),
        ("V.H.H Bắc", ["Vĩnh Hòa Hưng Nam", "Vĩnh Hòa Hưng Bắc"], "Vĩnh Hòa Hưng Bắc"),
        ("VTĐông", ["Vĩnh Thuận Đông", "Vĩnh Thắng Đông"], None),
        ("VTĐông", ["Vĩnh Tuy"], None),
        ("Nam Hùng", ["Nam Hưng"], None),
        ("Định An", ["Định An"], None),
    ],
)
def test_abbreviated_names(short, names, full):
    assert write_out(short, names) == full


def test_a_report_tells_what_its_abbreviations_mean(paper):
    full = [("TH", "Vĩnh Hòa Hưng Nam", 1), ("TH", "VHHNam", 2)]
    reports = [
        paper("a.txt", issuer=SUOI_MAY, schools=full),
        paper("b.txt", issuer=SUOI_MAY, schools=[("TH", "Vĩnh Hòa Hưng Nam", 2)]),
        paper("c.txt", issuer=SUOI_MAY, schools=[("TH", "VHH Nam", 2)]),
    ]
    assert schools(reports) == [["a.txt"], ["a.txt", "b.txt", "c.txt"]]


def test_the_map_tells_what_an_abbreviation_means(paper):
    issuer = "Phòng GD&ĐT huyện Gò Quao"
    reports = [
        paper("a.txt", issuer=issuer, schools=[("TH", "VHHNam", 2)]),
        paper("b.txt", issuer=issuer, schools=[("TH", "Vĩnh Hòa Hưng Nam", 2)]),
    ]
    assert schools(reports) == [["a.txt", "b.txt"]]


def test_the_word_of_the_commune_does_not_make_another_school(paper):
    reports = [
        paper("a.txt", issuer=SUOI_MAY, schools=[("TH", "Thị trấn Suối Mây", None)]),
        paper("b.txt", issuer=SUOI_MAY, schools=[("TH", "Suối Mây", None)]),
    ]
    assert schools(reports) == [["a.txt", "b.txt"]]


def test_a_report_that_has_both_tells_them_apart(paper):
    both = paper("a.txt", issuer=SUOI_MAY, schools=[("TH", "Thị trấn Suối Mây", None), ("TH", "Suối Mây", None)])
    assert schools([both]) == [["a.txt"], ["a.txt"]]


def test_a_school_for_the_gifted_is_one_in_its_province(paper):
    chosen = [("THPT", "chuyên Hà Trung", None)]
    reports = [
        paper("a.txt", issuer="Sở GD&ĐT tỉnh Hà Trung", schools=chosen),
        paper("b.txt", issuer=SUOI_MAY, body="huyện Suối Mây, tỉnh Hà Trung", schools=chosen),
        paper("c.txt", issuer="Sở GD&ĐT tỉnh Sơn Bắc", schools=chosen),
    ]
    assert schools(reports) == [["a.txt", "b.txt"], ["c.txt"]]


def test_districts_of_one_name_are_told_apart_by_their_provinces(paper):
    def report(file, province):
        text = f"huyện Châu Thành, tỉnh {province}. Tỉnh {province}"
        return paper(file, issuer="Phòng GD&ĐT huyện Châu Thành", body=text, schools=[("TH", "An Bình", None)])

    reports = [report("a.txt", "Kiên Giang"), report("b.txt", "Tiền Giang"), report("c.txt", "Kiên Giang")]
    assert schools(reports) == [["a.txt", "c.txt"], ["b.txt"]]


def test_a_province_that_went_into_another_is_no_other_province(paper):
    def report(file, province, date):
        text = f"huyện Suối Mây, tỉnh {province}. Tỉnh {province}"
        schools = [("TH", "An Bình", None)]
        return paper(file, issuer="UBND huyện Suối Mây", body=text, schools=schools, date=date)

    before = report("a.txt", "Nam Định", "2024-05-31")
    after = report("b.txt", "Ninh Bình", "2025-09-12")
    assert schools([before, after]) == [["a.txt", "b.txt"]]
    earlier = report("c.txt", "Hà Tây", "2007-05-31")
    later = report("d.txt", "Hà Nội", "2010-05-31")
    assert schools([earlier, later]) == [["c.txt", "d.txt"]]
    assert schools([before, after, earlier, later]) == [["a.txt", "b.txt"], ["c.txt", "d.txt"]]
