"""Totals, shares and percentages of tables."""

from __future__ import annotations

import pytest

from pipelines.audit import audit_report
from tests.pipelines.audit.making import make_facts, make_table

SCHOOLS = [["TT", "Trường", "Số lớp", "Số học sinh"], ["1", "An Hòa", "10", "320"], ["2", "Bình Lâm", "12", "400"]]
POINTS = ["TT", "Đơn vị", "ND 1 (40)", "ND 2 (30)", "Thưởng", "Tổng điểm"]
TEAMS = [["1", "An Hòa", "38", "29", "2", "69"], ["2", "Bình Lâm", "37", "28", "1,5", "66,5"]]
TAKEN = [["2", "Bình Lâm", "37", "28", "1", "64"], ["3", "Sao Mai", "35", "27", "3", "59"]]
AIMS = ["TT", "Huy động", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"]
PLANNED = [["1", "Nhà trẻ", "300", "285", "95,0"], ["2", "Mẫu giáo", "900", "882", "98,0"]]
GRADES = ["Khối", "Tổng số", "Giỏi SL", "Giỏi %", "Khá SL", "Khá %", "Trung bình SL", "Trung bình %", "Yếu SL", "Yếu %"]

#: A form of public disclosure: percentages in one cell with their counts (Thông tư 36/2017/TT-BGDĐT, biểu mẫu 10).
DISCLOSED = [
    ["STT", "Nội dung", "Tổng số", "Lớp 6", "Lớp 7", "Lớp 8", "Lớp 9"],
    ["I", "Số học sinh chia theo học lực", "612", "170", "158", "146", "138"],
    ["1", "Giỏi (tỷ lệ so với tổng số)", "92 (15,0%)", "28 (16,5%)", "24 (15,2%)", "20 (13,7%)", "20 (14,5%)"],
    ["2", "Khá", "300 (49,0%)", "84 (49,4%)", "76 (48,1%)", "71 (48,6%)", "69 (50,0%)"],
    ["3", "Trung bình", "203 (33,2%)", "53 (31,2%)", "52 (32,9%)", "51 (34,9%)", "47 (34,1%)"],
    ["4", "Yếu", "17 (2,8%)", "5 (2,9%)", "6 (3,8%)", "4 (2,7%)", "2 (1,4%)"],
]

#: The same with percentages in rows of their own.
RATED = [
    ["STT", "Nội dung", "Tổng số", "Lớp 1", "Lớp 2", "Lớp 3", "Lớp 4", "Lớp 5"],
    ["I", "Tổng số học sinh", "702", "140", "138", "146", "141", "137"],
    ["II", "Năng lực tự chủ (tỷ lệ so với tổng số)", "", "", "", "", "", ""],
    ["", "Tốt", "74,2%", "77,1%", "72,5%", "75,3%", "73,0%", "73,0%"],
    ["", "Đạt", "25,5%", "22,2%", "26,8%", "24,7%", "27,0%", "27,0%"],
    ["", "Cần cố gắng", "0,3%", "0,7%", "0,7%", "", "", ""],
]


def with_cell(rows, row, column, text):
    """A table with the text of one cell changed."""
    return [[text if (r, c) == (row, column) else cell for c, cell in enumerate(cells)] for r, cells in enumerate(rows)]


def found(rows):
    layer = make_table(rows, "Biểu thống kê")
    facts = make_facts(layer.text, layer=layer)
    return [(f.rule, f.stated, f.expected) for f in audit_report(facts)]


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ([*SCHOOLS, ["", "Cộng", "22", "710"]], [("sum_of_parts", "710", "720")]),
        (DISCLOSED, []),
        (RATED, []),
        (with_cell(RATED, 4, 5, "34,7%"), [("percent_total", "110,0%", "100%")]),
        (with_cell(DISCLOSED, 3, 5, "71 (46,8%)"), [("percent_of_counts", "46,8%", "48,6%")]),
        (with_cell(DISCLOSED, 4, 2, "203 - 31,2%"), [("percent_of_counts", "31,2%", "33,2%")]),
        (
            with_cell(DISCLOSED, 1, 3, "140"),
            [("sum_of_parts", "612", "582"), ("sum_of_parts", "140", "170")],
        ),
        ([*SCHOOLS, ["", "Toàn huyện", "23", "720"]], [("sum_of_parts", "23", "22")]),
        ([*SCHOOLS, ["3", "Cẩm Sơn", "-", ""], ["", "Tổng cộng", "22", "721"]], [("sum_of_parts", "721", "720")]),
        (
            [
                ["Môn", "Nhất", "Nhì", "Ba", "KK", "Tổng"],
                ["Toán", "1", "2", "3", "4", "11"],
                ["Văn", "0", "1", "1", "2", "4"],
            ],
            [("sum_of_parts", "11", "10")],
        ),
        (
            [GRADES, ["Khối 6", "200", "50", "25,0", "90", "45,0", "55", "27,5", "6", "2,5"]],
            [("sum_of_parts", "200", "201"), ("percent_of_counts", "2,5%", "3,0%")],
        ),
        (
            [GRADES, ["Khối 6", "200", "50", "25,0", "90", "45,0", "55", "28,5", "5", "2,5"]],
            [("percent_of_counts", "28,5%", "27,5%"), ("percent_total", "101,0%", "100%")],
        ),
        ([AIMS, *PLANNED, ["3", "Lớp 1", "800", "816", "102,0"]], []),
        ([AIMS, *PLANNED, ["3", "Lớp 1", "800", "816", "120,0"]], [("percent_of_counts", "120,0%", "102,0%")]),
        # What a total adds up is known where the other rows say so.
        ([POINTS, *TEAMS, ["3", "Sao Mai", "35,5", "26,5", "1", "64"]], [("sum_of_parts", "64,0", "63,0")]),
        ([POINTS, *TEAMS, ["3", "Sao Mai", "35,5", "26,5", "1", "63"]], []),
        ([[*POINTS[:4], "Điểm trừ", "Tổng điểm"], ["1", "An Hòa", "38", "29", "2", "65"], *TAKEN], []),
        ([POINTS, *TEAMS[:1], ["2", "Bình Lâm", "37", "28", "1,5", "40"], ["3", "Sao Mai", "35", "26", "1", "75"]], []),
        ([*SCHOOLS, ["", "Cộng", "22", "720"]], []),
        ([*SCHOOLS, ["3", "Cẩm Sơn", "-", ""], ["", "Tổng cộng", "22", "720"]], []),
        ([GRADES, ["Khối 6", "200", "50", "25,0", "90", "45,0", "55", "27,5", "5", "2,5"]], []),
        # Averages, years and ranks are not added up.
        (
            [
                ["Trường", "Số HS", "Bình quân"],
                ["An Hòa", "320", "32,0"],
                ["Bình Lâm", "400", "33,3"],
                ["Cộng", "720", "32,7"],
            ],
            [],
        ),
        ([["Trường", "Năm"], ["An Hòa", "2015"], ["Bình Lâm", "2018"], ["Tổng", "2"]], []),
        # Women are some of all; they are no scale.
        ([["Lớp", "Tổng số", "Nữ"], ["6A", "35", "20"], ["6B", "36", "17"], ["Cộng", "71", "37"]], []),
        # Subtotals of groups make the grand total.
        (
            [
                ["Trường", "Lớp"],
                ["An Hòa", "10"],
                ["Bình Lâm", "12"],
                ["Cộng mầm non", "22"],
                ["Cẩm Sơn", "9"],
                ["Đông Hà", "8"],
                ["Cộng tiểu học", "17"],
                ["Toàn huyện", "39"],
            ],
            [],
        ),
        # Rows agree on what is made of what, but for one; a count with its percentage of the total row.
        (
            [
                ["Cụm", "Số em", "Có thẻ", "Chưa có", "Tỷ lệ"],
                ["An Hòa", "400", "380", "20", "95,0"],
                ["Bình Lâm", "500", "450", "50", "90,0"],
                ["Cẩm Sơn", "320", "304", "16", "98,0"],
                ["Đông Hà", "250", "240", "10", "96,0"],
            ],
            [("percent_of_counts", "98,0%", "95,0%")],
        ),
        (
            [
                ["Đơn vị", "A", "B", "Tất cả"],
                ["An Hòa", "40", "38", "78"],
                ["Bình Lâm", "50", "45", "95"],
                ["Cẩm Sơn", "32", "30", "64"],
                ["Đông Hà", "25", "24", "49"],
            ],
            [("sum_of_parts", "64", "62")],
        ),
        (
            [
                ["Xếp loại", "Số lượng", "Tỷ lệ"],
                ["Giỏi", "110", "22,0%"],
                ["Khá", "200", "40,0%"],
                ["TB", "170", "37,0%"],
                ["Yếu", "20", "4,0%"],
                ["Cộng", "500", "100%"],
            ],
            [("percent_of_counts", "37,0%", "34,0%"), ("percent_total", "103,0%", "100%")],
        ),
        (
            [
                ["Cụm", "Số em", "Có thẻ", "Chưa có", "Tỷ lệ"],
                ["An Hòa", "400", "380", "20", "95,0"],
                ["Bình Lâm", "500", "450", "50", "91,2"],
                ["Cẩm Sơn", "320", "304", "16", "98,0"],
                ["Đông Hà", "250", "240", "10", "96,0"],
            ],
            [],
        ),
        ([["Lớp", "Yếu %", "Kém %"], ["6A", "2,0", "0,5"], ["6B", "1,0", "0,0"]], []),
    ],
)
def test_tables(rows, findings):
    assert sorted(found(rows)) == sorted(findings)


PUPILS = [["TT", "Họ và tên", "Lớp"], ["1", "Lò Văn An", "5A"], ["2", "Vì Thị Hoa", "5B"], ["3", "Hà Thị Bích", "4B"]]
AGES = [["Nhóm tuổi", "Tỷ lệ so với tổng số trẻ"], ["Nhà trẻ", "17,5%"], ["3 tuổi", "24,2%"], ["4 tuổi", "28,6%"]]


@pytest.mark.parametrize(
    ("before", "rows", "findings"),
    [
        ("Danh sách 04 học sinh đạt giải:", PUPILS, [("list_count", "4", "3")]),
        ("Danh sách 03 học sinh đạt giải:", PUPILS, []),
        ("Trường có 4 học sinh đạt giải.", PUPILS, []),
        ("Kết quả huy động", [*AGES, ["5 tuổi", "31,7%"]], [("percent_total", "102,0%", "100%")]),
        ("Kết quả huy động", [*AGES, ["5 tuổi", "29,7%"]], []),
        (
            "Tỷ lệ đỗ những năm gần đây",
            [
                ["Năm", "Dự thi", "Đỗ", "Tỷ lệ"],
                ["2017", "402", "398", "99,0%"],
                ["2018", "411", "405", "98,5%"],
                ["2019", "418", "416", "98,5%"],
            ],
            [("percent_of_counts", "98,5%", "99,5%")],
        ),
    ],
)
def test_tables_below_a_line(before, rows, findings):
    layer = make_table(rows, before)
    facts = make_facts(layer.text, layer=layer)
    assert [(f.rule, f.stated, f.expected) for f in audit_report(facts)] == findings


PLACES = ["Bậc học", "Trước sắp xếp", "Sau sắp xếp", "Tăng, giảm"]


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        (
            [PLACES, ["Mầm non", "16", "15", "-1"], ["Tiểu học", "17", "15", "-2"], ["THCS", "11", "12", "+2"]],
            [("change_mismatch", "2", "1")],
        ),
        (
            [PLACES, ["Mầm non", "16", "15", "1"], ["Tiểu học", "17", "15", "2"], ["THCS", "11", "10", "4"]],
            [("change_mismatch", "4", "1")],
        ),
        ([PLACES, ["Mầm non", "16", "15", "-1"], ["Tiểu học", "17", "15", "-2"], ["THCS", "11", "12", "+1"]], []),
        (
            [PLACES, ["Mầm non", "16", "15", "giảm 1"], ["Tiểu học", "17", "20", "tăng 5"]],
            [("change_mismatch", "5", "3")],
        ),
        ([PLACES, ["Mầm non", "16", "15", "giảm 1"], ["Tiểu học", "17", "20", "tăng 3"]], []),
        # Two rows that disagree: the column tells something else.
        ([PLACES, ["Mầm non", "16", "15", "-1"], ["Tiểu học", "17", "15", "-4"], ["THCS", "11", "12", "+2"]], []),
        ([PLACES, ["Mầm non", "16", "15", "-1"], ["Tiểu học", "17", "15", "-4"]], []),
    ],
)
def test_column_of_changes(rows, findings):
    assert found(rows) == findings


PUPILS = ["TT", "Họ và tên", "Lớp", "Trường", "Giải"]


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        (
            [PUPILS, ["1", "Lò Thị Mai", "4C", "TH An Hòa", "Nhì"], ["2", "Vì Văn Nam", "9A", "TH An Hòa", "Ba"]],
            [("school_status", "lớp 9", None)],
        ),
        ([PUPILS, ["1", "Lò Thị Mai", "4C", "TH An Hòa", "Nhì"], ["2", "Vì Văn Nam", "9A", "THCS An Hòa", "Ba"]], []),
        ([PUPILS, ["1", "Lò Thị Mai", "4C", "TH&THCS An Hòa", "Nhì"], ["2", "Vì Văn Nam", "9A", "An Hòa", "Ba"]], []),
        ([PUPILS, ["1", "Lò Thị Mai", "12C1", "THCS&THPT An Hòa", "Nhì"]], []),
        ([PUPILS, ["1", "Lò Thị Mai", "9A", "Trường TH-THCS An Hòa", "Nhì"]], []),
    ],
)
def test_class_beside_its_school(rows, findings):
    assert found(rows) == findings


COURSES = [["Đơn vị", "Số lớp", "Số em"], ["Xã An Lạc", "40", "800"], ["Xã Bình Hòa", "28", "512"]]
COURSES += [["Cộng", "68", "1.312"]]
TAKEN = [["Vị trí", "Dự tuyển", "Trúng tuyển"], ["Mầm non", "30", "19"], ["Tiểu học", "50", "35"], ["Cộng", "80", "54"]]
RATES = [["Chỉ tiêu", "Đơn vị", "Tỷ lệ"], ["Trẻ 5 tuổi ra lớp", "%", "99,2"], ["Tốt nghiệp THPT chung", "%", "97,86"]]


@pytest.mark.parametrize(
    ("before", "rows", "stated"),
    [
        ("Tóm tắt: hè năm nay huyện mở 86 lớp bơi.", COURSES, ["68"]),
        ("1. Có 45 người trúng tuyển nộp hồ sơ trong 30 ngày.", TAKEN, ["54"]),
        ("Tỷ lệ tốt nghiệp THPT chung toàn tỉnh là 97,68%, cao hơn mọi năm.", RATES, ["97,86"]),
        # The number of the text stands in the table as well, or the cell counts something else.
        ("Hè năm nay huyện mở 68 lớp bơi.", COURSES, []),
        ("Hè năm nay huyện tặng 86 phao bơi.", COURSES, []),
        ("1. Có 35 người trúng tuyển bậc tiểu học.", TAKEN, []),
        ("Đầu năm huyện có 86 lớp bơi.", COURSES, []),
        ("Năm 2019 huyện mở 86 lớp bơi.", COURSES, []),
        # Turned digits of one row alone are two things.
        ("Xã mở 82 lớp bơi.", COURSES, []),
        ("Tỷ lệ tốt nghiệp THPT chung toàn tỉnh là 97,86%.", RATES, []),
    ],
)
def test_a_number_of_the_text_with_turned_digits_in_a_table(before, rows, stated):
    layer = make_table(rows, f"BÁO CÁO\n{before}\nBiểu thống kê")
    facts = make_facts(layer.text, layer=layer, period="2022")
    assert [f.operands[-1].quote.split("\n")[-1] for f in audit_report(facts) if f.rule == "value_conflict"] == stated


TERMS = ["Thời gian", "Hiệu trưởng"]
STAFF = ["STT", "Họ và tên", "Chức vụ", "Thời gian"]
SPANS = ["TT", "Họ và tên", "Từ năm", "Đến năm"]
FIRST, LAST = ["1", "Hoàng Văn Tâm", "1978", "1986"], ["3", "Lộc Văn Chung", "2009", "nay"]


@pytest.mark.parametrize(
    ("before", "rows", "stated"),
    [
        ("", [TERMS, ["1978 - 1986", "Thầy Hoàng Văn Tâm"], ["1984 - 1998", "Cô Vi Thị Lan"]], ["Vi Thị Lan"]),
        ("Các đời hiệu trưởng", [SPANS, FIRST, ["2", "Vi Thị Lan", "1984", "2009"], LAST], ["Vi Thị Lan"]),
        (
            "Ban giám hiệu các thời kỳ",
            [STAFF, ["1", "Hoàng Văn Tâm", "Hiệu trưởng", "Từ 1978 đến 1989"],
             ["2", "Nông Văn Bảo", "Phó Hiệu trưởng", "1980 - 1998"],
             ["3", "Vi Thị Lan", "Hiệu trưởng", "Từ năm 1986 đến nay"]],
            ["Vi Thị Lan"],
        ),
        # One after the other, a deputy beside the head, somebody acting, of a post that is not said.
        ("", [TERMS, ["1978 - 1986", "Thầy Hoàng Văn Tâm"], ["1986 - 1998", "Cô Vi Thị Lan"]], []),
        ("Các đời hiệu trưởng", [SPANS, FIRST, ["2", "Vi Thị Lan", "1986", "2009"], LAST], []),
        (
            "Ban giám hiệu các thời kỳ",
            [STAFF, ["1", "Hoàng Văn Tâm", "Hiệu trưởng", "1978 - 1986"],
             ["2", "Nông Văn Bảo", "Phó Hiệu trưởng", "1980 - 1998"],
             ["3", "Vi Thị Lan", "Hiệu trưởng", "1986 - nay"]],
            [],
        ),
        ("", [TERMS, ["1978 - 1986", "Thầy Hoàng Văn Tâm"], ["1985 - 1988", "Cô Vi Thị Lan (quyền)"]], []),
        ("Giáo viên của trường", [SPANS, FIRST, ["2", "Vi Thị Lan", "1984", "2009"], LAST], []),
    ],
)  # fmt: skip
def test_heads_with_their_years(before, rows, stated):
    layer = make_table(rows, before)
    facts = make_facts(layer.text, layer=layer)
    assert [f.stated for f in audit_report(facts) if f.rule == "post_conflict"] == stated


PUPILS = ["TT", "Họ và tên", "Lớp", "Môn"]


@pytest.mark.parametrize(
    ("numbers", "findings"),
    [
        (["1", "2", "3", "3", "4"], [("numbering", "3", "4")]),
        (["1", "2", "4", "5"], [("numbering", "4", "3")]),
        (["1", "2", "2", "4"], [("numbering", "2", "3")]),
        (["1", "2", "3", "4"], []),
        (["1", "2", "I", "1", "2", "3"], []),
        (["1", "2", "", "3", "4"], []),
    ],
)
def test_numbers_of_rows(numbers, findings):
    names = ["Lò Văn An", "Vì Thị Hoa", "Hà Văn Sơn", "Tòng Thị Mai", "Quàng Văn Nam", "Cà Thị Bình"]
    rows = [[number, name, "9A", "Toán"] for number, name in zip(numbers, names, strict=False)]
    assert found([PUPILS, *rows]) == findings
