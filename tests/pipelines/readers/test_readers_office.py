"""Old Word and Excel files, rich text, sheets, tables of values and OpenDocument."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from pipelines.errors import ReadError
from pipelines.readers import programs, read
from pipelines.readers.sheets import is_date_format, print_number
from schemas import TextLayer, canonical_text
from tests.pipelines.readers.office_files import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    SPECIAL,
    Doc,
    Par,
    Xls,
    compound_file,
    list_item,
    par,
    row_end,
)


def layer_of(tmp_path: Path, data: bytes, name: str = "báo cáo.bin") -> TextLayer:
    (tmp_path / name).write_bytes(data)
    layer = read(tmp_path / name)
    assert layer.text == canonical_text(layer.text)
    return layer


def lines(layer: TextLayer) -> list[str]:
    return layer.text.split("\n")[:-1]


def cells(layer: TextLayer, number: int = 0) -> list[tuple[int, int, int, int, str, bool]]:
    return [
        (c.row, c.col, c.row_span, c.col_span, layer.text[c.start : c.end], c.header)
        for c in layer.tables[number].cells
    ]


def refusal(tmp_path: Path, data: bytes, name: str = "a.bin") -> str:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(tmp_path / name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- Word 97 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("wide", [False, True])
def test_doc_letters_are_read_by_font(tmp_path: Path, wide: bool) -> None:
    document = Doc(
        [
            par("céng hoµ x· héi chñ nghÜa viÖt nam", ".VnTimeH"),
            Par([("VNI-Times", "Vieät Nam, ñoäc laäp ", b""), ("Arial", "2003-2004", b"")]),
            par("Plain text\x0bnext\ttab\x1e1", "Arial"),
        ]
    )
    layer = layer_of(tmp_path, document.build(wide=wide))
    assert layer.media_type == "application/msword"
    assert lines(layer) == [
        *("cộng hoà xã hội chủ nghĩa việt nam", "Việt Nam, độc lập 2003-2004", "Plain text", "next tab-1"),
    ]


def test_doc_unicode_stays(tmp_path: Path) -> None:
    layer = layer_of(tmp_path, Doc([par("Trường Tiểu học Định An", ".VnTime")]).build(wide=True))
    assert lines(layer) == ["Trường Tiểu học Định An"]


def test_doc_hidden_deleted_and_instructions_are_left_out(tmp_path: Path) -> None:
    document = Doc(
        [
            Par(
                [
                    ("Arial", "shown ", b""),
                    ("Arial", "hidden", HIDDEN),
                    ("Arial", "deleted", DELETED),
                    ("Arial", "\x13", SPECIAL),
                    ("Arial", " PAGE ", b""),
                    ("Arial", "\x14", SPECIAL),
                    ("Arial", "7", b""),
                    ("Arial", "\x15\x01", SPECIAL),
                ]
            ),
            par("Heading", style=1),
        ],
        footnotes=[par("a note")],
        headers=[par("running head")],
        boxes=[par("in a box")],
    )
    layer = layer_of(tmp_path, document.build())
    assert lines(layer) == ["shown 7", "Heading", "a note", "in a box"]
    assert [(block.kind, block.level) for block in layer.blocks] == [
        *(("paragraph", None), ("heading", 1), ("footnote", None), ("paragraph", None)),
    ]
    assert [(margin.kind, margin.text) for margin in layer.margins] == [("header", "running head")]


def test_doc_tables_have_spans_from_the_borders(tmp_path: Path) -> None:
    def cell(text: str) -> Par:
        return par(text, properties=IN_TABLE, mark="\x07")

    document = Doc(
        [
            par("before"),
            *(cell("TT"), cell("School"), cell("Good"), row_end([0, 100 * 10, 3000, 6000], [0x60, 0x60, 0])),
            *(cell(""), cell(""), cell("SL"), cell("%"), row_end([0, 1000, 3010, 4500, 6000], [0x20, 0x20, 0, 0])),
            *(cell("1"), cell("A"), cell("12"), cell("5"), row_end([0, 1000, 3000, 4500, 6000])),
            par("after"),
        ]
    )
    layer = layer_of(tmp_path, document.build())
    assert lines(layer) == ["before", "TT", "School", "Good", "SL", "%", "1", "A", "12", "5", "after"]
    assert cells(layer) == [
        (0, 0, 2, 1, "TT", True),
        (0, 1, 2, 1, "School", True),
        (0, 2, 1, 2, "Good", True),
        (1, 2, 1, 1, "SL", True),
        (1, 3, 1, 1, "%", True),
        (2, 0, 1, 1, "1", False),
        (2, 1, 1, 1, "A", False),
        (2, 2, 1, 1, "12", False),
        (2, 3, 1, 1, "5", False),
    ]


def test_doc_letterhead_is_read_column_by_column(tmp_path: Path) -> None:
    def cell(text: str, mark: str = "\x07") -> Par:
        return par(text, properties=IN_TABLE, mark=mark)

    document = Doc([cell("UBND", "\r"), cell("So: 1"), cell("CONG HOA", "\r"), cell("ngay 3"), row_end([0, 9, 18])])
    layer = layer_of(tmp_path, document.build())
    assert lines(layer) == ["UBND", "So: 1", "CONG HOA", "ngay 3"]
    assert layer.tables == ()


def test_doc_automatic_numbers_are_printed(tmp_path: Path) -> None:
    document = Doc(
        [list_item("one"), list_item("below", level=1), list_item("two"), list_item("below", level=1), par("none")],
        levels=[(1, "\0.", 1), (0, "\0.\x01", 4)],
    )
    assert lines(layer_of(tmp_path, document.build())) == ["I. one", "I.4 below", "II. two", "II.4 below", "none"]


def test_doc_that_is_protected_damaged_or_other(tmp_path: Path) -> None:
    document = Doc([par("text")])
    assert "password" in refusal(tmp_path, document.build(flags=0x0300))
    streams = document.streams()
    for cut in ({**streams, "1Table": b"\0" * 4096}, {**streams, "WordDocument": streams["WordDocument"][:700]}):
        assert any(word in refusal(tmp_path, compound_file(cut)) for word in ("damaged", "empty"))
    assert "damaged" in refusal(tmp_path, document.build()[:3000])
    assert "PowerPoint" in refusal(tmp_path, compound_file({"PowerPoint Document": b"x"}))
    assert "Outlook" in refusal(tmp_path, compound_file({"__properties_version1.0": b"x"}))
    assert "password" in refusal(tmp_path, compound_file({"EncryptedPackage": b"x"}))
    assert "old Office file" in refusal(tmp_path, compound_file({"Other": b"x"}))


def test_word_95_needs_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = Doc([par("text")]).build(version=0x0068)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "install antiword or catdoc" in refusal(tmp_path, data)
    script = tmp_path / "program"
    script.write_text("#!/bin/sh\nprintf 'Tr\\302\\255\\303\\252ng n\\302\\250m h\\303\\244c tiÓu ®Þnh cña x· kÕt'\n")
    script.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(script) if name == "catdoc" else None)
    assert lines(layer_of(tmp_path, data)) == ["Trường năm học tiểu định của xã kết"]
    script.write_text("#!/bin/sh\nexit 3\n")
    assert "before 1997" in refusal(tmp_path, data)
    script.write_text("#!/bin/sh\nsleep 5\n")
    monkeypatch.setattr(programs, "_SECONDS", 0.2)
    assert "before 1997" in refusal(tmp_path, data)


# --- Excel 97 --------------------------------------------------------------------------------------

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


# --- sheets ----------------------------------------------------------------------------------------


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


# --- tables of values ------------------------------------------------------------------------------


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


# --- rich text -------------------------------------------------------------------------------------

RTF_HEAD = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset0 .VnTime;}"
    rb"{\f2\fnil\fcharset0 VNI-Times;}{\f3\fnil\fcharset163 Arial{\*\falt x};}{\f4\fnil\fcharset2 Wingdings;}}"
    rb"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}{\info{\title nothing}}"
)


def test_rtf_letters_are_read_by_the_font(tmp_path: Path) -> None:
    data = RTF_HEAD + (
        rb"\pard\plain\f1 c\'e9ng ho\'b5 x\'b7 h\'e9i tr\'ad\'eang {\f2 Vie\'e4t Nam} \f3 T\'ecr\'fd\'f5ng\par"
        rb"\f0 \u272?\u7883?nh An \uc2\u8211\'96\'96 1\par "
        rb"{\f4\'6c}\tab x\line y\emdash z\~{\v hidden}{\deleted gone}\{\}\par}"
    )
    layer = layer_of(tmp_path, data)
    assert layer.media_type == "application/rtf"
    assert lines(layer)[0].startswith("cộng hoà xã hội trường Việt Nam")
    assert lines(layer)[1:] == ["Định An – 1", "• x", "y—z {}"]


def test_rtf_tables_notes_boxes_and_silent_groups(tmp_path: Path) -> None:
    data = RTF_HEAD + (
        rb"{\header\pard head\par}\pard before{\footnote\pard a note}\par"
        rb"\trowd\trhdr\cellx1000\clvmgf\cellx3000\cellx6000\pard\intbl TT\cell A\cell B\cell\row"
        rb"\trowd\cellx1000\clvmrg\cellx3000\cellx4500\cellx6000\pard\intbl 1\cell\cell 2\cell 3\cell\row"
        rb"\pard after{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard in a box\par}}{\*\unknown secret}"
        rb"{\field{\*\fldinst PAGE}{\fldrslt 7}}{\pict\bin5 \}\}\}}\par"
        rb"{\upr{ansi}{\*\ud{uni}}}{\pntext 1.\tab}item\par}"
    )
    layer = layer_of(tmp_path, data)
    assert lines(layer) == [
        *("before", "TT", "A", "B", "1", "2", "3", "after7", "uni1. item", "a note", "in a box"),
    ]
    assert cells(layer) == [
        (0, 0, 1, 1, "TT", True),
        (0, 1, 2, 1, "A", True),
        (0, 2, 1, 2, "B", True),
        (1, 0, 1, 1, "1", False),
        (1, 2, 1, 1, "2", False),
        (1, 3, 1, 1, "3", False),
    ]
    assert [block.kind for block in layer.blocks][-2:] == ["footnote", "paragraph"]
    assert [(margin.kind, margin.text) for margin in layer.margins] == [("header", "head")]


def test_rtf_that_is_cut_short_or_deep(tmp_path: Path) -> None:
    assert lines(layer_of(tmp_path, RTF_HEAD + rb"\pard one\par two {\b thr")) == ["one", "two thr"]
    assert "nested too deeply" in refusal(tmp_path, RTF_HEAD + b"{" * 100_000)
    assert "empty" in refusal(tmp_path, RTF_HEAD + b"}")


# --- OpenDocument ----------------------------------------------------------------------------------

ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def open_document(body: str, kind: str = "text", styles: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr(
            "content.xml",
            f'<office:document-content {ODF}><office:font-face-decls><style:font-face style:name="F1" '
            f"svg:font-family=\"'.VnTime'\"/></office:font-face-decls><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
            "</office:document-content>",
        )
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def test_odt_text_lists_notes_and_tables(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="T1"><style:text-properties style:font-name="F1"/></style:style>'
        '<style:style style:name="T2" style:parent-style-name="T3"/>'
        '<style:style style:name="T3"><style:text-properties text:display="none"/></style:style>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="I" '
        'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" '
        'text:display-levels="2" style:num-suffix=")"/></text:list-style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">I.  KẾT\n QUẢ</text:h>'
        '<text:p>Tr<text:span>ường</text:span> <text:span text:style-name="T1">tiÓu häc sè mét cña x·</text:span>'
        '<text:span text:style-name="T2">ẩn</text:span><text:s text:c="2"/>A<text:tab/>B<text:line-break/>C'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>chú thích</text:p>"
        "</text:note-body></text:note><draw:frame><draw:text-box><text:p>hộp</text:p></draw:text-box></draw:frame></text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>một</text:p><text:list><text:list-item><text:p>hai'
        "</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>ba</text:p></text:list-item>"
        "</text:list>"
        '<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row>'
        '<table:table-cell table:number-columns-spanned="2"><text:p>a</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
        "<table:table-cell/><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"
    )
    layer = layer_of(tmp_path, open_document(body, styles=styles))
    assert layer.media_type == "application/vnd.oasis.opendocument.text"
    assert lines(layer) == [
        *("I. KẾT QUẢ", "Trường tiểu học số một của xã  A B", "C", "hộp", "I. một", "I.1) hai", "II. ba"),
        *("a", "b", "1", "2", "chú thích"),
    ]
    assert [cell[:5] for cell in cells(layer)] == [
        *((0, 0, 1, 2, "a"), (0, 2, 1, 1, "b"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, ""), (1, 2, 1, 1, "2")),
    ]


def test_ods_rows_and_repeated_cells(tmp_path: Path) -> None:
    def row(*texts: str, more: str = "") -> str:
        return f"<table:table-row>{''.join(map(cell, texts))}{more}</table:table-row>"

    def cell(text: str) -> str:
        return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" if text else "<table:table-cell/>"

    far = '<table:table-cell table:number-columns-repeated="16000"/>'
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>7</text:p></table:table-cell>'
    body = (
        f'<table:table table:name="x">{row("TT", "Trường", "Lớp", "Lớp", more=far)}{row("1", "A", more=twice)}'
        f'{row("2", "B", "8", "9")}<table:table-row table:number-rows-repeated="1048000">{far}</table:table-row>'
        "</table:table>"
    )
    layer = layer_of(tmp_path, open_document(body, "spreadsheet"))
    assert [text for *_, text, _ in cells(layer)] == [
        "TT",
        "Trường",
        "Lớp",
        "Lớp",
        "1",
        "A",
        "7",
        "7",
        "2",
        "B",
        "8",
        "9",
    ]


def test_open_document_that_is_protected_damaged_or_a_drawing(tmp_path: Path) -> None:
    assert "drawing" in refusal(tmp_path, open_document("<x/>", "drawing"))
    data = open_document("<text:p>a</text:p>")
    assert "damaged" in refusal(tmp_path, data[: len(data) // 2])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if name != "META-INF/manifest.xml" else "<encryption-data/>")
    assert "password" in refusal(tmp_path, stream.getvalue())
