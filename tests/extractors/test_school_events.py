"""What sentences tell of the life of schools."""

from __future__ import annotations

import pytest

from extractors._shared.school_events import find_school_events
from schemas import School, TextLayer


def schools_of(text, *names):
    layer = TextLayer(id="r", file="a.txt", media_type="text/plain", text=text)
    found = []
    for name in names:
        start = text.index(name)
        passage = layer.evidence(start, start + len(name))
        found.append(School(report="r", evidence=(passage,), name=name, level="TH", own_name=name))
    return found


@pytest.mark.parametrize(
    ("text", "names", "events"),
    [
        ("Trường TH Bến Cau được thành lập năm 1981.", ["Trường TH Bến Cau"], [("founded", "1981")]),
        ("Tháng 9/1994, Trường TH Bến Cau đổi tên.", ["Trường TH Bến Cau"], [("renamed", "1994-09")]),
        (
            "Trường TH Bến Cau đón bằng chuẩn quốc gia ngày 05/9/2019.",
            ["Trường TH Bến Cau"],
            [("standard", "2019-09-05")],
        ),
        (
            "Từ 01/8/2020 sáp nhập TH Đồi Sim A và TH Đồi Sim B.",
            ["TH Đồi Sim A", "TH Đồi Sim B"],
            [("merged", "2020-08-01")],
        ),
        ("Năm 2009 TH Đồi Sim giải thể.", ["TH Đồi Sim"], [("closed", "2009")]),
        ("TH Đồi Sim tách ra thành hai trường.", ["TH Đồi Sim"], [("split", None)]),
        ("Phấn đấu TH Đồi Sim đạt chuẩn quốc gia năm 2025.", ["TH Đồi Sim"], []),
        ("TH Đồi Sim thành lập đoàn kiểm tra.", ["TH Đồi Sim"], []),
        ("TH Đồi Sim nhất giải thể thao năm 2019.", ["TH Đồi Sim"], []),
        ("Năm 2012 đạt chuẩn quốc gia.", [], []),
    ],
)
def test_events(text, names, events):
    found = find_school_events(text, schools_of(text, *names))
    assert [(event.kind, event.date) for event in found] == events
    assert all(text[event.start : event.end].strip() for event in found)


def test_the_issuing_school_need_not_be_named():
    (school,) = schools_of("Trường TH Bến Cau", "Trường TH Bến Cau")
    (event,) = find_school_events("Năm 2012 được công nhận đạt chuẩn quốc gia.", [school], school)
    assert (event.kind, event.date, event.school) == ("standard", "2012", school)


def test_the_other_schools_of_a_merger():
    text = "Hợp nhất TH Đồi Sim A với TH Đồi Sim B năm 2020."
    (event,) = find_school_events(text, schools_of(text, "TH Đồi Sim A", "TH Đồi Sim B"))
    assert [event.school.name, *(school.name for school in event.others)] == ["TH Đồi Sim A", "TH Đồi Sim B"]
