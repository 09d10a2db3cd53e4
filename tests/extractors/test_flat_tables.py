"""Tables that a page has flattened to lines are found again; lists, letters and prose are left alone."""

from __future__ import annotations

import pytest

from extractors._shared.flat_tables import find_flat_tables, with_flat_tables
from schemas import TextLayer, canonical_text

#: The cells of a table row by row, in the order in which a page prints them, and the rows that they make.
TABLES: dict[str, tuple[str, list[str]]] = {
    "a column of signatures stays empty": (
        "TT/Họ và tên/Chức danh, chức vụ/Nhiệm vụ/Chữ ký/1/Hà Văn Tú/Hiệu trưởng/Chủ tịch Hội đồng/2/Lê Thị Mận/"
        "Phó Hiệu trưởng/Phó Chủ tịch Hội đồng/3/Lò Thị Mai/Tổ trưởng CM/Ủy viên",
        [
            "TT|Họ và tên|Chức danh, chức vụ|Nhiệm vụ|Chữ ký",
            "1|Hà Văn Tú|Hiệu trưởng|Chủ tịch Hội đồng",
            "2|Lê Thị Mận|Phó Hiệu trưởng|Phó Chủ tịch Hội đồng",
            "3|Lò Thị Mai|Tổ trưởng CM|Ủy viên",
        ],
    ),
    "an empty cell in the middle is told by its neighbours": (
        "STT/Họ và tên/Năm sinh/Chức vụ/1/Hà Văn Tú/1971/Hiệu trưởng/2/Lê Thị Mận/Phó Hiệu trưởng/3/Lò Thị Mai/"
        "1985/Giáo viên",
        [
            "STT|Họ và tên|Năm sinh|Chức vụ",
            "1|Hà Văn Tú|1971|Hiệu trưởng",
            "2|Lê Thị Mận||Phó Hiệu trưởng",
            "3|Lò Thị Mai|1985|Giáo viên",
        ],
    ),
    "figures that could count the next row stand before a section": (
        "STT/Nội dung/Số lượng/I/Tổng số phòng/9/II/Số điểm trường/1/III/Diện tích sân chơi (m2)/420/1/Sân trước/"
        "300/2/Sân sau/120",
        [
            "STT|Nội dung|Số lượng",
            "I|Tổng số phòng|9",
            "II|Số điểm trường|1",
            "III|Diện tích sân chơi (m2)|420",
            "1|Sân trước|300",
            "2|Sân sau|120",
        ],
    ),
    "headings over years in two lines": (
        "Số lớp/Năm học/2017-2018/Năm học/2018-2019/Khối 1/4/3/Khối 2/2/5/Cộng/6/8",
        ["Số lớp|Năm học 2017-2018|Năm học 2018-2019", "Khối 1|4|3", "Khối 2|2|5", "Cộng|6|8"],
    ),
    "a whole in two lines beside grades over counts and shares": (
        "Năm học/TS/HS/Giỏi/Khá/SL/%/SL/%/2016-2017/120/30/25,0/90/75,0/2017-2018/100/40/40,0/60/60,0",
        [
            "Năm học|TS HS|Giỏi|Giỏi|Khá|Khá",
            "Năm học|TS HS|SL|%|SL|%",
            "2016-2017|120|30|25,0|90|75,0",
            "2017-2018|100|40|40,0|60|60,0",
        ],
    ),
    "headings and labels told twice, in English too": (
        "Năm học - School year/2018-2019/2019-2020/Sơ bộ/Prel./2020-2021/Số trường (Trường)/Number of schools (School)/"
        "9/8/7/Phân theo loại hình - By types of ownership/Công lập - Public/6/6/5/Ngoài công lập - Non-public/3/2/2",
        [
            "Năm học|2018-2019|2019-2020|Sơ bộ Prel. 2020-2021",
            "Số trường (Trường)|9|8|7",
            "Phân theo loại hình",
            "Công lập|6|6|5",
            "Ngoài công lập|3|2|2",
        ],
    ),
    "headings and cells wrapped": (
        "STT/HỌ VÀ TÊN/CHỨC VỤ,/ĐƠN VỊ CÔNG TÁC/NHIỆM VỤ/01/Hà Văn Tú/Phó Trưởng phòng/Trưởng ban/02/Lê Thị Mận/"
        "Hiệu trưởng trường/(Tân Lễ)/Thành viên",
        [
            "STT|HỌ VÀ TÊN|CHỨC VỤ, ĐƠN VỊ CÔNG TÁC|NHIỆM VỤ",
            "01|Hà Văn Tú|Phó Trưởng phòng|Trưởng ban",
            "02|Lê Thị Mận|Hiệu trưởng trường (Tân Lễ)|Thành viên",
        ],
    ),
    "headings below one that spans them, sections, a total": (
        "STT/Nội dung/Tổng số/Chia ra theo khối lớp/Lớp 6/Lớp 7/I/Số học sinh chia theo học lực/214/110/104/1/Giỏi/"
        "42/22/20/2/Khá/172/88/84/Tổng cộng/214/110/104",
        [
            "STT|Nội dung|Tổng số|Chia ra theo khối lớp|Chia ra theo khối lớp",
            "STT|Nội dung|Tổng số|Lớp 6|Lớp 7",
            "I|Số học sinh chia theo học lực|214|110|104",
            "1|Giỏi|42|22|20",
            "2|Khá|172|88|84",
            "|Tổng cộng|214|110|104",
        ],
    ),
    "pairs below grades": (
        "Lớp/Sĩ số/Giỏi/Khá/SL/TL/SL/TL/6A/40/10/25,0/30/75,0/6B/38/19/50,0/19/50,0",
        [
            "Lớp|Sĩ số|Giỏi|Giỏi|Khá|Khá",
            "Lớp|Sĩ số|SL|TL|SL|TL",
            "6A|40|10|25,0|30|75,0",
            "6B|38|19|50,0|19|50,0",
        ],
    ),
    "rows named by grades that count on": (
        "Khối/Số lớp/Học sinh/6/3/112/7/3/108/8/2/90",
        ["Khối|Số lớp|Học sinh", "6|3|112", "7|3|108", "8|2|90"],
    ),
    "nothing in the corner": (
        "Năm học 2018-2019/Năm học 2019-2020/Phòng học kiên cố/16/18/Phòng học tạm/2/0",
        ["|Năm học 2018-2019|Năm học 2019-2020", "Phòng học kiên cố|16|18", "Phòng học tạm|2|0"],
    ),
    "no numbers, a name in each row": (
        "Họ và tên/Chức vụ/Điện thoại/Hà Văn Tú/Hiệu trưởng/0912 345 678/Lê Thị Mận/Phó Hiệu trưởng/0987 654 321",
        [
            "Họ và tên|Chức vụ|Điện thoại",
            "Hà Văn Tú|Hiệu trưởng|0912 345 678",
            "Lê Thị Mận|Phó Hiệu trưởng|0987 654 321",
        ],
    ),
    "the number and the name on one line": (
        "TT/Họ và tên, cơ quan công tác/Trách nhiệm được giao/Chữ ký/1 Hà Văn Tú/Sở Giáo dục và Đào tạo/Trưởng đoàn/"
        "2 Lê Thị Mận/Phòng Giáo dục và Đào tạo/Thư ký",
        [
            "TT|Họ và tên, cơ quan công tác|Trách nhiệm được giao|Chữ ký",
            "1|Hà Văn Tú Sở Giáo dục và Đào tạo|Trưởng đoàn",
            "2|Lê Thị Mận Phòng Giáo dục và Đào tạo|Thư ký",
        ],
    ),
    "ranks that number the rows": (
        "Hạng/Đơn vị/HCV/HCB/1/THCS Tân Lễ/6/4/2/THCS Vũ Xá/4/-",
        ["Hạng|Đơn vị|HCV|HCB", "1|THCS Tân Lễ|6|4", "2|THCS Vũ Xá|4|-"],
    ),
    "letters below a number": (
        "STT/Nội dung/Số lượng/1/Phòng học/20/a/Kiên cố/18/b/Bán kiên cố/2/2/Phòng bộ môn/6",
        ["STT|Nội dung|Số lượng", "1|Phòng học|20", "a|Kiên cố|18", "b|Bán kiên cố|2", "2|Phòng bộ môn|6"],
    ),
}
#: The same with the headings side by side in a line or two, and rows in a line each or in several.
HEADING_LINES: dict[str, tuple[str, list[str]]] = {
    "cells printed with nothing between, numbers skipped": (
        "STTNội dung Số lượngBình quân\nITổng số phòng\n1Phòng học kiên cố  6 -\n2Phòng học tạm 3\n"
        "4Phòng học nhờ\nIISố điểm trường 2 -\nIIIDiện tích sân chơi (m2) 850",
        [
            "STT|Nội dung|Số lượng|Bình quân",
            "I|Tổng số phòng",
            "1|Phòng học kiên cố|6|-",
            "2|Phòng học tạm|3",
            "4|Phòng học nhờ",
            "II|Số điểm trường|2|-",
            "III|Diện tích sân chơi (m2)|850",
        ],
    ),
    "rows of words in one line": (
        "TT Họ và tên Ngày sinh Trường Môn Điểm Giải\n1 Lê Thị Mận 12/03/2006 Trường THCS Tân Lễ Toán 17,5 Nhất\n"
        "2 Hà Văn Tú 02/11/2006 Nam Hà Lịch sử 16 Khuyến khích\n3 Lò Mai Tuấn Anh 22/07/2006 Nam Hà 14 Ba",
        [
            "TT|Họ và tên|Ngày sinh|Trường|Môn|Điểm|Giải",
            "1|Lê Thị Mận|12/03/2006|Trường THCS Tân Lễ|Toán|17,5|Nhất",
            "2|Hà Văn Tú|02/11/2006|Nam Hà|Lịch sử|16|Khuyến khích",
            "3|Lò Mai Tuấn Anh|22/07/2006|Nam Hà||14|Ba",
        ],
    ),
    "subjects between the rows, which are numbered anew": (
        "STT Họ và tên Trường THCS Điểm Giải\n1 Lê Thị Thu Mận Tân Lễ 17,5 Nhất\n2 Hà Văn Tú Nam Hà 15,0 Nhì\n"
        "MÔN SINH HỌC\n1 Lò Mai Anh Nam Hà 16 Nhì",
        [
            "STT|Họ và tên|Trường THCS|Điểm|Giải",
            "1|Lê Thị Thu Mận|Tân Lễ|17,5|Nhất",
            "2|Hà Văn Tú|Nam Hà|15,0|Nhì",
            "|MÔN SINH HỌC",
            "1|Lò Mai Anh|Nam Hà|16|Nhì",
        ],
    ),
    "rows of a label and figures without numbers": (
        "Tên trường Dự thi Nhất Nhì K.khích Cộng giải Tỉ lệ\nTHPT Tân Lễ 98 9 22 17 48 49,0%\nTHPT Nam Hà 20 - 1 2 3"
        " 15,0%\nTOÀN TỈNH 118 9 23 19 51 43,2%",
        [
            "Tên trường|Dự thi|Nhất|Nhì|K.khích|Cộng giải|Tỉ lệ",
            "THPT Tân Lễ|98|9|22|17|48|49,0%",
            "THPT Nam Hà|20|-|1|2|3|15,0%",
            "TOÀN TỈNH|118|9|23|19|51|43,2%",
        ],
    ),
    "two headings that read as one": (
        "STT Môn Dự thi Nhất Nhì\n1 Toán 10 1 2\n2 Ngữ văn 8 0 1",
        ["STT|Môn|Dự thi|Nhất|Nhì", "1|Toán|10|1|2", "2|Ngữ văn|8|0|1"],
    ),
    "rows of a label and figures": (
        "STT Nội dung Số lượng Bình quân\nI Tổng số phòng 12 Số m2/trẻ em\n1 Phòng học kiên cố 11 -\n2 Phòng học tạm 1",
        [
            "STT|Nội dung|Số lượng|Bình quân",
            "I|Tổng số phòng|12|Số m2/trẻ em",
            "1|Phòng học kiên cố|11|-",
            "2|Phòng học tạm|1",
        ],
    ),
    "rows of several lines": (
        "TT Họ và tên, cơ quan công tác Trách nhiệm\nđược giao Chữ ký\n1 Hà Văn Tú\nSở Giáo dục và Đào tạo\n"
        "tỉnh Sơn Hà\nTrưởng đoàn\n2 Lê Thị Mận\nPhòng Giáo dục và Đào tạo\nhuyện Tân Lễ\nThư ký",
        [
            "TT|Họ và tên, cơ quan công tác|Trách nhiệm được giao|Chữ ký",
            "1|Hà Văn Tú Sở Giáo dục và Đào tạo tỉnh Sơn Hà|Trưởng đoàn",
            "2|Lê Thị Mận Phòng Giáo dục và Đào tạo huyện Tân Lễ|Thư ký",
        ],
    ),
}

NONE = [
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG\nLê Thị Mận",
    "PHÒNG GD&ĐT TÂN LỄ\nTRƯỜNG THCS VŨ XÁ\nSố: 12/BC-THCS\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "MỤC LỤC\nNội dung\nTrang\nI. Đặt vấn đề\n1\nII. Nội dung\n4\nIII. Kết luận\n9",
    "Trường\nNhà trường có 20 lớp.\n1\n2\n3\n4",
    "1. Kết quả\nNăm học này trường có 412 học sinh, tăng 12 em.\n2. Tồn tại\nCòn 3 phòng học tạm.",
    "TT Tân Lễ có 3 trường.\n1 Trường Tiểu học\n2 Trường THCS",
    "TT HĐND huyện họp với các đơn vị.\n1. Nội dung\nHọp bàn về năm học mới.\n2. Thời gian\nTháng 8 năm 2021.",
    "Hiệu trưởng\nHà Văn Tú\nPhó Hiệu trưởng\nLê Thị Mận",
    "Trường Tiểu học Tân Lễ có 2 điểm trường\nĐiểm chính có 12 lớp, 340 học sinh\nĐiểm lẻ có 5 lớp, 98 học sinh",
    "Năm học mới toàn trường thi đua dạy tốt\n20 lớp, 612 em\n31 giáo viên, 2 nhân viên",
    "TT\nHọ và tên\nChức vụ\nTrường Tiểu học Tân Lễ xin thông báo để các đơn vị biết và thực hiện từ ngày 1 tháng 9.",
]


def layer_of(text: str) -> TextLayer:
    return TextLayer(id="0" * 64, file="case.txt", media_type="text/plain", text=canonical_text(text))


def rows_of(layer: TextLayer) -> list[str]:
    """The rows of the one table of a layer, its cells parted by bars; what spans several is said for each."""
    (table,) = find_flat_tables(layer)
    rows, cols = table.shape
    said = [[""] * cols for _ in range(rows)]
    for cell in table.cells:
        text = " ".join(layer.text[cell.start : cell.end].split())
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                said[row][col] = text
    return ["|".join(row).rstrip("|") for row in said]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n"])
@pytest.mark.parametrize("name", TABLES)
def test_flattened_table_is_found(name: str, gap: str) -> None:
    cells, rows = TABLES[name]
    text = "Nhà trường lập danh sách như sau để theo dõi.\n" + cells.replace("/", gap) + "\nNơi nhận:\n- Như trên."
    assert rows_of(layer_of(text)) == rows


@pytest.mark.parametrize("name", HEADING_LINES)
def test_table_below_a_line_of_headings_is_found(name: str) -> None:
    text, rows = HEADING_LINES[name]
    assert rows_of(layer_of(f"Nhà trường báo cáo.\n{text}\nTrên đây là báo cáo của đoàn.")) == rows


@pytest.mark.parametrize("text", NONE)
def test_lines_that_are_no_table(text: str) -> None:
    layer = layer_of(text)
    assert with_flat_tables(layer) is layer


def test_two_tables_and_the_text_between() -> None:
    cells = [TABLES[name][0].replace("/", "\n") for name in ("ranks that number the rows", "letters below a number")]
    layer = with_flat_tables(layer_of(f"{cells[0]}\nCác đơn vị đã cố gắng trong năm qua.\n{cells[1]}\nHết."))
    assert [layer.text[table.start : table.end] for table in layer.tables] == cells
