"""Word documents: old fonts, margins, hidden and deleted text, tables in tables, parts that want to reach out."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipelines.readers import read
from schemas import TextLayer
from tests.pipelines.readers.layer_checks import lines, refusal_of
from tests.pipelines.readers.reader_files import LEFT, RIGHT, paragraph_xml


def read_document(tmp_path: Path, document: Any) -> TextLayer:
    document.save(str(tmp_path / "a.docx"))
    return read(tmp_path / "a.docx")


def add_xml(document: Any, *inner: str) -> None:
    for xml in inner:
        document.element.body.insert(len(document.element.body) - 1, paragraph_xml(xml))


def add_run(paragraph: Any, text: str, font: str) -> None:
    run = paragraph.add_run(text)
    run.font.name = font
    run._r.rPr.rFonts.set(qn("w:hAnsi"), font)


def test_letters_of_old_fonts_are_mapped_run_by_run(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    add_run(paragraph, "céng hoµ x· héi chñ nghÜa ", ".VnTimeH")
    add_run(paragraph, "Vieät Nam, ñoäc laäp töï do ", "VNI-Times")
    add_run(paragraph, "hạnh phúc", "Times New Roman")
    assert lines(read_document(tmp_path, document)) == ["cộng hoà xã hội chủ nghĩa Việt Nam, độc lập tự do hạnh phúc"]


def test_unicode_under_the_name_of_an_old_font_is_left_alone(tmp_path: Path) -> None:
    document = docx.Document()
    add_run(document.add_paragraph(), "Trường Tiểu học Định An", ".VnTime")
    add_run(document.add_paragraph(), "có và không có", ".VnTime")
    assert lines(read_document(tmp_path, document)) == ["Trường Tiểu học Định An", "có và không có"]


def test_old_font_of_a_style_and_the_optional_hyphen_that_is_a_letter(tmp_path: Path) -> None:
    document = docx.Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{name}"), ".VnTime")
    add_xml(
        document,
        "<w:r><w:t>Tr</w:t></w:r><w:r><w:softHyphen/></w:r><w:r><w:t xml:space='preserve'>êng tiÓu häc sè mét cña x·, "
        "n¨m häc võa qua</w:t></w:r>",
    )
    assert lines(read_document(tmp_path, document)) == ["Trường tiểu học số một của xã, năm học vừa qua"]


def test_old_letters_under_other_font_names_are_told_by_content(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Phßng Gi¸o dôc vµ §µo t¹o huyÖn b¸o c¸o kÕt qu¶ n¨m häc; tû lÖ chuyªn cÇn ®¹t yªu cÇu")
    assert lines(read_document(tmp_path, document)) == [
        "Phòng Giáo dục và Đào tạo huyện báo cáo kết quả năm học; tỷ lệ chuyên cần đạt yêu cầu"
    ]


def test_headers_and_footers_are_margins_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung")
    document.sections[0].header.paragraphs[0].text = "UBND HUYỆN AN PHONG"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    document.add_section()
    document.sections[1].header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "UBND HUYỆN AN PHONG"
    layer = read_document(tmp_path, document)
    assert lines(layer) == ["Nội dung"]
    assert [(margin.kind, margin.text) for margin in layer.margins] == [
        ("header", "UBND HUYỆN AN PHONG"),
        ("footer", "Trang 1"),
    ]


def test_text_hidden_by_its_style_and_moved_text_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    style = document.styles.add_style("Ẩn", 2)
    style.element.get_or_add_rPr().append(OxmlElement("w:vanish"))
    document.add_paragraph("hiện ").add_run("ẩn", style=style)
    add_xml(
        document,
        "<w:pPr><w:rPr><w:moveFrom w:id='1'/></w:rPr></w:pPr>"
        "<w:moveFrom w:id='2'><w:r><w:t>cũ</w:t></w:r></w:moveFrom>",
        "<w:moveTo w:id='3'><w:r><w:t>mới</w:t></w:r></w:moveTo>",
    )
    assert lines(read_document(tmp_path, document)) == ["hiện", "mới"]


def test_empty_rows_make_no_table_of_a_letterhead(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 2)
    for row, col, text in ((0, 0, "UBND HUYỆN"), (0, 1, "CỘNG HÒA"), (2, 0, "Số: 1"), (2, 1, "ngày 3")):
        table.cell(row, col).text = text
    layer = read_document(tmp_path, document)
    assert lines(layer) == ["UBND HUYỆN", "Số: 1", "CỘNG HÒA", "ngày 3"]
    assert layer.tables == ()


def test_nested_table_is_read_in_its_cell_row_by_row(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for col in range(3):
            table.cell(row, col).text = f"{'abc'[row]}{col}"
    inner = table.cell(1, 1).add_table(2, 2)
    for row in range(2):
        for col in range(2):
            inner.cell(row, col).text = f"trong {row}{col}"
    layer = read_document(tmp_path, document)
    (read_table,) = layer.tables
    cells = {(cell.row, cell.col): layer.text[cell.start : cell.end] for cell in read_table.cells}
    assert cells[1, 1] == "b1\ntrong 00\ntrong 01\ntrong 10\ntrong 11"
    assert cells[2, 2] == "c2"


def test_rows_and_cells_deleted_under_tracking_are_gone(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for row in range(4):
        for col in range(3):
            table.cell(row, col).text = f"{'abcd'[row]}{col}"
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:del"))
    table.cell(3, 2)._tc.get_or_add_tcPr().append(OxmlElement("w:cellDel"))
    layer = read_document(tmp_path, document)
    assert lines(layer) == ["a0", "a1", "a2", "c0", "c1", "c2", "d0", "d1"]


def rewritten(path: Path, change: dict[str, bytes]) -> Path:
    """The package with some parts replaced."""
    out = path.with_name("changed.docx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
    return out


def test_strict_open_xml_is_read_too(saved: Path) -> None:
    with zipfile.ZipFile(saved) as package:
        document = package.read("word/document.xml")
    strict = document.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(rewritten(saved, {"word/document.xml": strict})).text == "Báo cáo\n"


def test_entities_are_not_expanded(saved: Path) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        b'<!ENTITY c SYSTEM "file:///etc/hostname">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "entities" in refusal_of(rewritten(saved, {"word/document.xml": bomb}))


def test_a_letterhead_with_a_line_in_each_row_is_read_column_by_column(tmp_path: Path) -> None:
    """Also with an empty column in its middle, and with its title below in a cell of its own."""
    rows = [[left, right] for left, right in zip(LEFT, RIGHT, strict=True)]
    for width in (2, 3):
        document = docx.Document()
        table = document.add_table(len(rows) + 1, width)
        for at, (left, right) in enumerate(rows):
            table.cell(at, 0).text, table.cell(at, width - 1).text = left, right
        table.cell(len(rows), 0).merge(table.cell(len(rows), width - 1)).text = "BÁO CÁO"
        layer = read_document(tmp_path, document)
        assert layer.text.split("\n")[:-1] == [*LEFT, *RIGHT, "BÁO CÁO"]
        assert layer.tables == ()


def test_two_columns_of_names_and_figures_stay_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for at, (name, count) in enumerate((("Nơi nhận hồ sơ", "Số bộ"), ("An Phong", "12"), ("Vũ Xá", "9"))):
        table.cell(at, 0).text, table.cell(at, 1).text = name, count
    (read_table,) = read_document(tmp_path, document).tables
    assert len(read_table.cells) == 6


def test_hidden_by_the_style_of_the_paragraph_or_in_a_hidden_row(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("Ẩn", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    document.add_paragraph("Không in.", style="Ẩn").add_run(" In.").font.hidden = False
    table = document.add_table(3, 3)
    for at, row in enumerate(table.rows):
        for cell in row.cells:
            cell.text = f"dòng {at}"
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))
    assert set(read_document(tmp_path, document).text.split("\n")[:-1]) == {"In.", "dòng 0", "dòng 2"}


def field(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def test_fields_print_their_result_and_choices_what_was_chosen(tmp_path: Path) -> None:
    document = docx.Document()
    entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in ("Tốt", "Khá"))
    choice = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    condition = field("begin") + "<w:r><w:t>điều kiện</w:t></w:r>" + field("separate") + "<w:r><w:t>có</w:t></w:r>"
    add_xml(
        document,
        condition + field("end") + "<w:r><w:t xml:space='preserve'> 24 trường</w:t></w:r>",
        "<w:r><w:t xml:space='preserve'>Xếp loại: </w:t></w:r>" + field("begin", choice) + field("end"),
        # What is never closed takes nothing from the next paragraph.
        "<w:r><w:t>Trước</w:t></w:r>" + field("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        "<w:r><w:t>Sau</w:t></w:r>",
    )
    assert read_document(tmp_path, document).text == "có 24 trường\nXếp loại: Khá\nTrước\nSau\n"


def test_signs_of_symbol_fonts_stored_as_letters(tmp_path: Path) -> None:
    document = docx.Document()
    add_run(document.add_paragraph(), "l", "Wingdings")
    paragraph = document.add_paragraph("Tỷ lệ ")
    add_run(paragraph, "\u00b3", "Symbol")
    paragraph.add_run(" 80%")
    assert read_document(tmp_path, document).text == "•\nTỷ lệ ≥ 80%\n"
