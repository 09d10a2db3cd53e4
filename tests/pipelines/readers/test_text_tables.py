"""Tables in plain text: their cells are ranges of the text, and what only looks like a table is none."""

import hashlib

import pytest

from pipelines.readers.text import read_markdown, read_text

TABS = "Danh sách\nTT\tHọ và tên\tTrường\n1\tLò Văn A\tTHCS B\n2\tVì Thị C\tTHCS D\nHết.\n"
BARS = "| TT | Đơn vị | Điểm |\n|----|--------|------|\n| 1 | THPT A | 98,5 |\n| 2 | THPT B |  |\n"
FRAMED = "| Nhóm tuổi | Tỷ lệ |\n| 3 tuổi | 48% |\n| 4 tuổi | 52% |\n"
OPEN = "TT | Trường | Lớp | Hạng\n1 | An Hòa | 12 | 1\n2 | Bình Lâm | 9 | 2\n | Cộng | 21 | \n"
BLANKS = "Lớp      Số HS     Nữ\n6A         31      15\n6B         29      14\n"


def rows(text: str) -> list[list[list[str]]]:
    layer = read_text(text.encode(), sha256=hashlib.sha256(text.encode()).hexdigest(), file="a.txt")
    assert layer.text == text.replace("\t", " ")
    tables = []
    for table in layer.tables:
        lines: list[list[str]] = [[] for _ in range(table.shape[0])]
        for cell in table.cells:
            lines[cell.row].append(layer.text[cell.start : cell.end])
        tables.append(lines)
    return tables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABS, [["TT", "Họ và tên", "Trường"], ["1", "Lò Văn A", "THCS B"], ["2", "Vì Thị C", "THCS D"]]),
        (BARS, [["TT", "Đơn vị", "Điểm"], ["1", "THPT A", "98,5"], ["2", "THPT B", ""]]),
        (FRAMED, [["Nhóm tuổi", "Tỷ lệ"], ["3 tuổi", "48%"], ["4 tuổi", "52%"]]),
        (
            OPEN,
            [
                ["TT", "Trường", "Lớp", "Hạng"],
                ["1", "An Hòa", "12", "1"],
                ["2", "Bình Lâm", "9", "2"],
                ["", "Cộng", "21", ""],
            ],
        ),
        (BLANKS, [["Lớp", "Số HS", "Nữ"], ["6A", "31", "15"], ["6B", "29", "14"]]),
    ],
)
def test_cells(text, expected):
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "UBND HUYỆN A\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nPHÒNG GD&ĐT\t\tĐộc lập - Tự do - Hạnh phúc\n".replace(
            "\t\t", "\t"
        ),
        "UBND HUYỆN A          CỘNG HÒA XÃ HỘI\nPHÒNG GD&ĐT           Độc lập - Tự do\nSố: 12                Ngày 1\n",
        "Nơi nhận:\n- Như trên;\n- Lưu.\n",
        "Trang chủ | Giới thiệu | Tin tức\n\nMột đoạn văn.\n",
    ],
    ids=["letterhead with tabs", "letterhead with blanks", "list", "menu of one line"],
)
def test_no_table(text):
    assert rows(text) == []


def test_a_total_spans_the_columns_that_its_row_leaves_out():
    text = "TT\tĐơn vị\tLớp\tHS\n1\tTH A\t10\t300\n2\tTH B\t12\t410\nCộng\t22\t710\n"
    layer = read_text(text.encode(), sha256="0" * 64, file="a.txt")
    last = [(c.col, c.col_span, layer.text[c.start : c.end]) for c in layer.tables[0].cells if c.row == 3]
    assert last == [(0, 2, "Cộng"), (2, 1, "22"), (3, 1, "710")]


def test_headings_are_marked():
    layer = read_text(TABS.encode(), sha256="0" * 64, file="a.txt")
    assert {layer.text[c.start : c.end] for c in layer.tables[0].cells if c.header} == {"TT", "Họ và tên", "Trường"}


def test_a_second_row_of_headings_goes_on_the_first():
    text = "TT\tHọ và tên\tDANH HIỆU\n\t\tCSTĐ\tLĐTT\n1\tLò Văn A\tx\n2\tVì Thị C\t\tx\n"
    table = read_text(text.encode(), sha256="0" * 64, file="a.txt").tables[0]
    words = text.replace("\t", " ")
    heads = {(c.row, c.col, c.row_span, c.col_span, words[c.start : c.end]) for c in table.cells if c.header}
    assert heads == {
        (0, 0, 2, 1, "TT"),
        (0, 1, 2, 1, "Họ và tên"),
        (0, 2, 1, 2, "DANH HIỆU"),
        (1, 2, 1, 1, "CSTĐ"),
        (1, 3, 1, 1, "LĐTT"),
    }


@pytest.mark.parametrize(("below", "rows"), [("2021-2022\t2022-2023", 2), ("2021\t2022", 2), ("12\t2022", 1)])
def test_a_second_row_of_headings_may_hold_years(below, rows):
    text = (
        f"TT\tKhoản thu\tMức thu\t\tGhi chú\n\t\t{below}\n1\tNước uống\t8.000\t10.000\tBình\n2\tĐiện\t5.000\t6.000\t\n"
    )
    table = read_text(text.encode(), sha256="0" * 64, file="a.txt").tables[0]
    # A row with a figure is none of headings.
    assert {cell.row for cell in table.cells if cell.header} == set(range(rows))
    assert {cell.col_span for cell in table.cells if cell.row == 0} == ({1, 2} if rows == 2 else {1})


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (
            "TT | Môn thi | Huy chương | Ghi chú |\nVàng | Bạc | Đồng |\n"
            "1. | Cờ vua | 2 | 3 | 6 | |\n2. | Bơi | 1 | | 2 | |\n",
            {"Huy chương": (2, 3), "Vàng": (2, 1), "Đồng": (4, 1), "Ghi chú": (5, 1)},
        ),
        (
            "TT | Trường | Học lực | Rèn luyện\nGiỏi | Khá | Đạt | Tốt | Khá\n"
            "1 | An Hòa | 9 | 8 | 7 | 6 | 5\n2 | Lâm | 4 | 3 | 2 | 1 | 0\n",
            {"Học lực": (2, 3), "Rèn luyện": (5, 2), "Đạt": (4, 1), "Tốt": (5, 1)},
        ),
        (
            "TT | Đơn vị | Tổng số | Trình độ |\nTrung cấp | Đại học |\n"
            "1 | An Hòa | 12 | 2 | 10 |\n2 | Lâm | 9 | 1 | 8 |\n",
            {"Tổng số": (2, 1), "Trình độ": (3, 2), "Trung cấp": (3, 1)},
        ),
        (
            "TT | Họ và tên | Chức vụ\nHà Văn Tú | Hiệu trưởng | x\n1 | Lê Thị Mận | Giáo viên\n",
            {"Họ và tên": (1, 1), "Hà Văn Tú": (0, 1)},
        ),
    ],
)
def test_a_shorter_second_row_of_headings_stands_below_what_it_goes_on(text: str, spans: dict[str, tuple[int, int]]):
    table = read_text(text.encode(), sha256="0" * 64, file="a.txt").tables[0]
    found = {text[cell.start : cell.end]: (cell.col, cell.col_span) for cell in reversed(table.cells)}
    assert {word: found[word] for word in spans} == spans


def test_emphasis_around_a_markdown_cell_is_not_its_text():
    text = "| Đơn vị | Số lớp |\n|---|---|\n| TH A | 12 |\n| **Cộng** | **12** |\n"
    layer = read_markdown(text.encode(), sha256="0" * 64, file="a.md")
    assert [layer.text[c.start : c.end] for c in layer.tables[0].cells if c.row == 2] == ["Cộng", "12"]


def test_a_rule_with_bars_below_the_first_row_makes_a_table_of_two_columns() -> None:
    (table,) = rows("Trường Vũ Xá | |\n---|---|\nThành lập | 1984 |\nHiệu trưởng | Hà Văn Tú |\n")
    assert table[2] == ["Hiệu trưởng", "Hà Văn Tú"]
    assert not rows("TRƯỜNG VŨ XÁ | CỘNG HÒA XÃ HỘI\nSố 3 | Độc lập - Tự do\n")


SECTIONS = """Hạng | Đơn vị | HCV
Nhất | TH A | 9
Nhì | TH B | 7
KHỐI THCS
Nhất | THCS C | 4
Nhì | THCS D | 3
Hết.
"""
CLOSE = """TT  Cuộc thi     Cấp      Nhất  Nhì
1   Chữ đẹp      Huyện    2     4
2   Giải toán    Tỉnh     1     3
3   Kể chuyện    Huyện    -     1
"""


def test_a_line_of_a_section_between_rows_with_bars_goes_on_under_the_same_headings():
    lines = [line.split(" | ") for line in SECTIONS.splitlines()[:-1]]
    assert rows(SECTIONS) == [lines]
    own = SECTIONS.replace("Nhất | THCS C", "Hạng | Trường | HCB\nNhất | THCS C")
    assert len(rows(own)) == 2


def test_headings_closer_to_each_other_than_the_columns_below_them():
    first = CLOSE.splitlines()[0]
    assert rows(CLOSE)[0][0] == ["TT", "Cuộc thi", "Cấp", "Nhất", "Nhì"]
    assert rows(CLOSE.replace(first, "Bảng tổng hợp các giải"))[0][0] == ["1", "Chữ đẹp", "Huyện", "2", "4"]


SEMICOLONS = """TT; Trường; Phòng học; Máy tính
1; MN Hòa Sơn; 15; 6
2; TH Hòa Sơn; 12; 5
Cộng; 27; 11
Có 2 trường; 27 phòng học; 11 máy tính.
"""


def test_semicolons_part_cells_below_a_heading_of_the_rows_numbers():
    lines = SEMICOLONS.splitlines()
    assert rows(SEMICOLONS) == [[line.split("; ") for line in lines[:4]]]
    assert not rows("\n".join(lines[1:]))


ALIGNED = """Lớp    Sĩ số   Giỏi   Khá   Yếu
6A     35      12     20
6B     34  10  22  2
Cộng   69      22     42    2
"""


def test_rows_of_figures_in_columns_below_a_line_of_headings():
    assert rows(ALIGNED) == [
        [
            ["Lớp", "Sĩ số", "Giỏi", "Khá", "Yếu"],
            ["6A", "35", "12", "20", ""],
            ["6B", "34", "10", "22", "2"],
            ["Cộng", "69", "22", "42", "2"],
        ]
    ]
    assert rows("TT  Họ tên  Giải\n1  Lò Mai  Nhất\n2  Hà Tú  Nhì")[0][2] == ["2", "Hà Tú", "Nhì"]
    assert not rows("Nơi nhận:        THƯ KÝ        CHỦ TỌA\n- Như trên;  Lò Mai  Hà Tú\n- Lưu.  9A  Vì Hoa")
    assert not rows(ALIGNED.splitlines()[0] + "\n6A  35  12  20  3")
    total = rows("TT  Lớp  Sĩ số  Chủ nhiệm\n1  6A  35  Lò Mai\n2  6B  34  Hà Tú\nCộng  69")[0][3]
    assert total == ["Cộng", "", "69", ""]
    listed = "Lớp  Sĩ số  Nữ  Chủ nhiệm\n6A  35  16  Lò Mai\n6B  34  17  Hà Tú\nCộng  69  33"
    assert rows(listed)[0][3] == ["Cộng", "69", "33", ""]
