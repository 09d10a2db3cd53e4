"""Sheets and tables of values: values as they are shown, tables with their headings, what stands around them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from pipelines.readers import read
from pipelines.readers.sheets import is_date_format, print_number
from tests.pipelines.readers.layer_checks import cells, layer_of, lines, refusal
from tests.pipelines.readers.office_files import Xls

PLAIN = ("Arial", "General")


def test_xls_values_are_printed_as_shown_in_their_font(tmp_path: Path) -> None:
    book = Xls(
        {
            (0, 0): ("B¸o c¸o n¨m häc", ".VnTime", "General"),
            (2, 0): ("TT", *PLAIN),
            (2, 1): ("Tröôøng", "VNI-Times", "General"),
            (2, 2): ("Tỷ lệ", *PLAIN),
            (2, 3): ("Ngày", *PLAIN),
            (3, 0): (1.0, *PLAIN),
            (3, 1): ("TH Nam Hồng", *PLAIN),
            (3, 2): (0.985, "Arial", "0.0%"),
            (3, 3): (44350.0, "Arial", "dd/mm/yyyy"),
            (4, 0): ("hidden", *PLAIN),
            (5, 0): ("Cộng", *PLAIN),
            (5, 2): (1234.5, "Arial", "#,##0.00"),
            (5, 3): (7.0, *PLAIN),
        },
        merged=[(0, 0, 0, 3), (5, 5, 0, 1)],
        hidden_rows=(4,),
    )
    layer = layer_of(tmp_path, book.build())
    assert layer.media_type == "application/vnd.ms-excel"
    assert lines(layer)[0] == "Báo cáo năm học"
    assert cells(layer) == [
        (0, 0, 1, 1, "TT", True),
        (0, 1, 1, 1, "Trường", True),
        (0, 2, 1, 1, "Tỷ lệ", True),
        (0, 3, 1, 1, "Ngày", True),
        (1, 0, 1, 1, "1", False),
        (1, 1, 1, 1, "TH Nam Hồng", False),
        (1, 2, 1, 1, "98,5%", False),
        (1, 3, 1, 1, "03/06/2021", False),
        (2, 0, 1, 2, "Cộng", False),
        (2, 2, 1, 1, "1234,50", False),
        (2, 3, 1, 1, "7", False),
    ]


def test_xls_that_is_damaged(tmp_path: Path) -> None:
    data = Xls({(0, 0): ("a", *PLAIN)}).build()
    assert "damaged" in refusal(tmp_path, data[:512] + b"\xff" * 600 + data[1112:])


def workbook(fill: Any, **options: Any) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(book)
    book.close()
    return stream.getvalue()


def test_xlsx_report_with_letterhead_table_and_signature(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Biểu 1")
        percent, day = book.add_format({"num_format": "0.00%"}), book.add_format({"num_format": "dd/mm/yyyy"})
        for row, (left, right) in enumerate((("UBND HUYỆN", "CỘNG HÒA"), ("PHÒNG GD", "Độc lập"), ("Số: 1", "ngày 3"))):
            sheet.write(row, 0, left)
            sheet.write(row, 4, right)
        sheet.merge_range(4, 0, 4, 5, "BIỂU TỔNG HỢP")
        sheet.merge_range(6, 0, 7, 0, "TT")
        sheet.merge_range(6, 1, 7, 1, "Trường")
        sheet.merge_range(6, 2, 6, 3, "Giỏi")
        sheet.write(6, 4, "Năm")
        sheet.write(6, 5, "Ngày")
        for col, text in ((2, "SL"), (3, "TL"), (4, "2020"), (5, "báo")):
            sheet.write(7, col, text)
        sheet.write_row(8, 0, [1, "TH Nam Hồng", 12])
        sheet.write(8, 3, 0.1234, percent)
        sheet.write(8, 4, 5)
        sheet.write_datetime(8, 5, date(2021, 6, 3), day)
        sheet.write(9, 1, "Khối phường")
        sheet.write_row(10, 0, [2, "TH An Phú", 9.5, "", 7])
        sheet.write_rich_string(12, 0, "Người ", book.add_format({"font_name": ".VnTime"}), "lËp biÓu", " ")
        sheet.write(12, 4, "TRƯỞNG PHÒNG")
        sheet.write(13, 4, "Lê Văn Bảo")
        sheet.set_column(7, 7, None, None, {"hidden": True})
        sheet.write(8, 7, "ẩn")
        book.add_worksheet("Nháp").hide()

    layer = layer_of(tmp_path, workbook(fill))
    assert lines(layer)[:7] == ["UBND HUYỆN", "PHÒNG GD", "Số: 1", "CỘNG HÒA", "Độc lập", "ngày 3", "BIỂU TỔNG HỢP"]
    assert lines(layer)[-3:] == ["Người lập biểu", "TRƯỞNG PHÒNG", "Lê Văn Bảo"]
    found = cells(layer)
    assert found[:8] == [
        (0, 0, 2, 1, "TT", True),
        (0, 1, 2, 1, "Trường", True),
        (0, 2, 1, 2, "Giỏi", True),
        (0, 4, 1, 1, "Năm", True),
        (0, 5, 1, 1, "Ngày", True),
        (1, 2, 1, 1, "SL", True),
        (1, 3, 1, 1, "TL", True),
        (1, 4, 1, 1, "2020", True),
    ]
    assert [text for row, _, _, _, text, _ in found if row == 2] == [
        "1",
        "TH Nam Hồng",
        "12",
        "12,34%",
        "5",
        "03/06/2021",
    ]
    assert [text for row, _, _, _, text, _ in found if row == 3 and text] == ["Khối phường"]
    assert [text for row, _, _, _, text, _ in found if row == 4 and text] == ["2", "TH An Phú", "9,5", "7"]
    assert "ẩn" not in layer.text


def test_xlsx_sheets_stand_under_their_names(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        for name in ("Tiểu học", "THCS"):
            sheet = book.add_worksheet(name)
            for row in range(3):
                sheet.write_row(row, 0, ["TT", "Trường", "Lớp"] if row == 0 else [row, f"{name} {row}", row * 3])

    layer = layer_of(tmp_path, workbook(fill))
    assert [layer.text[block.start : block.end] for block in layer.blocks if block.kind == "heading"] == [
        *("Tiểu học", "THCS"),
    ]
    assert len(layer.tables) == 2


def test_xlsx_text_boxes_stand_above_or_behind_the_cells(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for row, values in enumerate([["TT", "Trường", "Lớp"], [1, "TH An Phú", 12], [2, "TH Định An", 14]], 6):
            sheet.write_row(row, 0, values)
        sheet.insert_textbox(0, 0, "PHÒNG GD&ĐT AN BÌNH\nTHỐNG KÊ SỐ LỚP")
        sheet.insert_textbox(10, 2, "Người lập biểu")
        sheet.insert_textbox(7, 5, "")

    layer = layer_of(tmp_path, workbook(fill))
    lines = [line for line in layer.text.splitlines() if line.strip()]
    assert lines[:2] == ["PHÒNG GD&ĐT AN BÌNH", "THỐNG KÊ SỐ LỚP"]
    assert lines[-1] == "Người lập biểu"
    assert [layer.text[cell.start : cell.end] for cell in layer.tables[0].cells][:3] == ["TT", "Trường", "Lớp"]


def test_xlsx_formulas_give_their_stored_values_and_nothing_is_fetched(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, '=WEBSERVICE("http://example.org")', None, "kết quả")
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_url(2, 0, "http://example.org/", string="liên kết")
        sheet.write_boolean(3, 0, True)

    assert lines(layer_of(tmp_path, workbook(fill))) == ["kết quả", "2", "liên kết", "TRUE"]


def test_cells_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for row in range(10):
            sheet.write_row(row, 0, range(10))

    monkeypatch.setattr("pipelines.readers.xlsx.MAX_CELLS", 99)
    assert "more than 99 cells" in refusal(tmp_path, workbook(fill))


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (12.0, "General", "12"), (12.5, "General", "12,5"), (0.1 + 0.2, "General", "0,3"),
        (1e21, "General", "1" + "0" * 21),
        (1234567.0, "#,##0", "1234567"), (0.985, "0%", "99%"), (0.985, "0.0%", "98,5%"), (2.345, "0.00", "2,35"),
        (-5.5, "0.0;[Red]-0.0", "-5,5"), (0.5, '0.0" điểm"', "0,5"), (145518547.0, "General", "145518547"),
        (1e-7, "General", "0,0000001"),
    ],
)  # fmt: skip
def test_numbers_are_printed_as_shown(value: float, code: str, printed: str) -> None:
    assert print_number(value, code) == printed


def test_date_formats_are_told_from_numbers() -> None:
    assert all(map(is_date_format, ("dd/mm/yyyy", "m/d/yy h:mm", "[$-42A]dd/mm/yyyy", "mmm-yy")))
    assert not any(map(is_date_format, ("General", "0.00", "#,##0", "0%", '0.0" học sinh"', "@", "[Red]0")))


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("TT;Trường;Lớp\n1;TH An Phú;12\n2;TH Định An;14\n3;TH Tân Lập;9\n", 1),
        ("TT;Trường;Lớp\r\n1;TH An Phú;12\r\n2;TH Định An;14\r\n3;TH Tân Lập;9\r\n" * 90, 1),
        ("- Như trên;\n- Lưu: VT;\n- Các trường;\n- Website;\n", 0),
        ("Có 3 giải nhất; 4 giải nhì; 2 giải ba.\nCó 1 giải nhất; 2 giải nhì.\nTrường có 12 lớp.\nHết.\n", 0),
    ],
)
def test_a_text_of_rows_with_semicolons_is_a_table(tmp_path: Path, text: str, tables: int) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert len(read(tmp_path / "a.txt").tables) == tables


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_is_a_table_whatever_its_separator(tmp_path: Path, sign: str) -> None:
    rows = [
        ["TT", "Trường", "Tỷ lệ"],
        ["1", "TH Nam Hồng", '"98,5"' if sign == "," else "98,5"],
        ["2", '"A ""B"""', "7"],
    ]
    data = "\ufeff" + "\r\n".join(sign.join(row) for row in rows) + "\r\n"
    layer = layer_of(tmp_path, data.encode(), "a.csv")
    assert layer.media_type == "text/csv"
    assert [(row, col, text, header) for row, col, _, _, text, header in cells(layer)] == [
        *((0, 0, "TT", True), (0, 1, "Trường", True), (0, 2, "Tỷ lệ", True)),
        *((1, 0, "1", False), (1, 1, "TH Nam Hồng", False), (1, 2, "98,5", False)),
        *((2, 0, "2", False), (2, 1, 'A "B"', False), (2, 2, "7", False)),
    ]


def test_csv_in_an_old_encoding_and_with_a_named_separator(tmp_path: Path) -> None:
    data = "sep=;\nTT;Tr­êng;Sè häc sinh;TØ lÖ ®¹t\n1;TiÓu häc;12;3\n2;MÇm non;4;5\n".encode("latin-1")
    layer = layer_of(tmp_path, data, "a.csv")
    assert [text for *_, text, _ in cells(layer)][:6] == ["TT", "Trường", "Số học sinh", "Tỉ lệ đạt", "1", "Tiểu học"]


def test_csv_with_an_open_quotation_is_refused(tmp_path: Path) -> None:
    assert "no table of values" in refusal(tmp_path, b'a;"' + b"x" * 1_100_000, "a.csv")
