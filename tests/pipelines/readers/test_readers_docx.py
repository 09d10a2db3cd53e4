"""Word documents: flow, automatic numbers, tables with spans, letterheads, revisions, refusals."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from layer_checks import refusal_of
from reader_files import LEFT, RIGHT, paragraph_xml

from pipelines.readers import limits, read
from schemas import TextLayer, canonical_text


def read_document(tmp_path: Path, document: Any) -> TextLayer:
    path = tmp_path / "báo cáo.bin"  # the name says nothing
    document.save(str(path))
    layer = read(path)
    assert layer.text == canonical_text(layer.text)
    assert layer.media_type.endswith("wordprocessingml.document")
    return layer


def lines(layer: TextLayer) -> list[str]:
    return layer.text.split("\n")[:-1]


def add_xml(document: Any, *inner: str) -> None:
    for xml in inner:
        document.element.body.insert(len(document.element.body) - 1, paragraph_xml(xml))


def test_paragraphs_tables_and_headings_in_document_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("BÁO CÁO", 0)
    document.add_heading("I. KẾT QUẢ", 2)
    table = document.add_table(3, 3)
    for row, values in enumerate((("TT", "Trường", "Lớp"), ("1", "TH Nam Hồng", "12"), ("2", "TH An Phú", "9"))):
        for col, value in enumerate(values):
            table.cell(row, col).text = value
    document.add_paragraph("Trên đây\tlà\u00a0báo cáo.")
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    document.sections[0].footer.paragraphs[0].text = "chân trang"
    layer = read_document(tmp_path, document)
    assert lines(layer) == [
        *("BÁO CÁO", "I. KẾT QUẢ", "TT", "Trường", "Lớp", "1", "TH Nam Hồng", "12", "2", "TH An Phú", "9"),
        "Trên đây là báo cáo.",
    ]
    kinds = [(block.kind, block.level, layer.text[block.start : block.end]) for block in layer.blocks]
    assert kinds == [
        ("heading", 1, "BÁO CÁO"),
        ("heading", 2, "I. KẾT QUẢ"),
        ("paragraph", None, "Trên đây là báo cáo."),
    ]
    (table_read,) = layer.tables
    assert layer.text[table_read.start : table_read.end].split("\n") == lines(layer)[2:11]
    assert [cell.header for cell in table_read.cells] == [True] * 3 + [False] * 6


def test_merged_cells_stand_once_with_their_spans(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "TT"
    table.cell(0, 1).merge(table.cell(1, 1)).text = "Trường"
    table.cell(0, 2).merge(table.cell(0, 3)).text = "Giỏi"
    for row, values in ((1, ("", "", "SL", "TL%")), (2, ("1", "TH Nam Hồng", "12", "12,5"))):
        for col, value in enumerate(values):
            if value:
                table.cell(row, col).text = value
    table.cell(3, 0).merge(table.cell(3, 1)).text = "Cộng"
    table.cell(3, 2).text = "12"
    layer = read_document(tmp_path, document)
    cells = [
        (c.row, c.col, c.row_span, c.col_span, layer.text[c.start : c.end], c.header) for c in layer.tables[0].cells
    ]
    assert cells == [
        (0, 0, 2, 1, "TT", True),
        (0, 1, 2, 1, "Trường", True),
        (0, 2, 1, 2, "Giỏi", True),
        (1, 2, 1, 1, "SL", True),
        (1, 3, 1, 1, "TL%", True),
        (2, 0, 1, 1, "1", False),
        (2, 1, 1, 1, "TH Nam Hồng", False),
        (2, 2, 1, 1, "12", False),
        (2, 3, 1, 1, "12,5", False),
        (3, 0, 1, 2, "Cộng", False),
        (3, 2, 1, 1, "12", False),
        (3, 3, 1, 1, "", False),
    ]
    assert layer.text.count("TT\n") == 1


def test_repeated_header_rows_are_headings_whatever_they_hold(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for col in range(3):
            table.cell(row, col).text = f"{row}{col}"
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    layer = read_document(tmp_path, document)
    assert [cell.header for cell in layer.tables[0].cells] == [True] * 3 + [False] * 6


def test_letterhead_is_read_column_by_column_and_is_no_table(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "\n".join(LEFT[:2]), LEFT[2]
    table.cell(0, 1).text, table.cell(1, 1).text = "\n".join(RIGHT[:2]), RIGHT[2]
    layer = read_document(tmp_path, document)
    assert lines(layer) == [*LEFT, *RIGHT]
    assert layer.tables == ()


def numbering_xml(levels: str, nums: str = '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>') -> list[Any]:
    root = parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>{nums}</w:numbering>'
    )
    return list(root)


def level(at: int, kind: str, text: str, *, start: int = 1, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl>'
    )


def item(at: int, text: str, num: int = 90) -> str:
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f'<w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>{run}'


def test_automatic_numbers_stand_in_the_text_as_printed(tmp_path: Path) -> None:
    document = docx.Document()
    levels = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%2.", start=3)
        + level(2, "decimal", "%2.%3.")
        + level(3, "lowerLetter", "%4)")
        + level(4, "bullet", "\uf02d")
        + level(5, "decimal", "%1.%6.", extra="<w:isLgl/>")
        + level(6, "none", "", extra='<w:suff w:val="nothing"/>')
    )
    for element in numbering_xml(levels):
        document.part.numbering_part.element.append(element)
    add_xml(
        document,
        *(item(at, text) for at, text in [(0, "a"), (1, "b"), (2, "c"), (2, "d"), (1, ""), (1, "e"), (2, "f")]),
        *(item(at, text) for at, text in [(3, "g"), (3, "h"), (4, "i"), (0, "k"), (1, "l"), (5, "m"), (6, "n")]),
        item(0, "không đánh số", num=0),
    )
    layer = read_document(tmp_path, document)
    assert lines(layer) == [
        *("I. a", "3. b", "3.1. c", "3.2. d", "5. e", "5.1. f", "a) g", "b) h", "- i", "II. k", "3. l", "2.1. m", "n"),
        "không đánh số",
    ]
    assert [block.level for block in layer.blocks][:3] == [1, 2, 3]
    assert {block.kind for block in layer.blocks[:3]} == {"list_item"}


def test_a_new_list_over_the_same_definition_goes_on_unless_it_restarts(tmp_path: Path) -> None:
    document = docx.Document()
    nums = "".join(
        f'<w:num w:numId="{num}"><w:abstractNumId w:val="90"/>{override}</w:num>'
        for num, override in (
            (90, ""),
            (91, ""),
            (92, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        )
    )
    for element in numbering_xml(level(0, "decimal", "%1."), nums):
        document.part.numbering_part.element.append(element)
    add_xml(document, item(0, "a"), item(0, "b", 91), item(0, "c", 92), item(0, "d", 92))
    assert lines(read_document(tmp_path, document)) == ["1. a", "2. b", "1. c", "2. d"]


def test_a_number_alone_stands_in_its_cell_and_a_hidden_paragraph_has_none(tmp_path: Path) -> None:
    document = docx.Document()
    for element in numbering_xml(level(0, "decimal", "%1") + level(1, "bullet", "-")):
        document.part.numbering_part.element.append(element)
    table = document.add_table(4, 3)
    for at, row in enumerate(table.rows):
        for cell, text in zip(row.cells, ("TT" * (at == 0), f"Trường {at}", str(9 * at)), strict=True):
            cell.text = text
    for at, row in enumerate(table.rows[1:]):
        number = row.cells[0].paragraphs[0]._p
        number.getparent().replace(number, paragraph_xml(item(int(at == 2), "")))
    hidden = item(0, "ẩn").replace("</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>")
    add_xml(document, hidden.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"), item(0, "ba"))
    layer = read_document(tmp_path, document)
    texts = [layer.text[cell.start : cell.end] for cell in layer.tables[0].cells]
    assert texts == ["TT", "Trường 0", "0", "1", "Trường 1", "9", "2", "Trường 2", "18", "", "Trường 3", "27"]
    assert lines(layer)[-1] == "3 ba"


def test_numbers_of_a_style_are_printed(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("ba", style="List Bullet")
    assert lines(read_document(tmp_path, document)) == ["1. một", "2. hai", "• ba"]


def test_revisions_links_controls_and_signs(tmp_path: Path) -> None:
    document = docx.Document()
    add_xml(
        document,
        "<w:r><w:t>Có </w:t></w:r><w:ins w:id='1'><w:r><w:t>24</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>23</w:delText></w:r></w:del><w:moveFrom w:id='3'><w:r><w:t>xx</w:t></w:r>"
        "</w:moveFrom><w:hyperlink><w:r><w:t xml:space='preserve"
        "'> trường</w:t></w:r></w:hyperlink>",
        "<w:smartTag><w:r><w:t>An</w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t> Phong</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:r><w:noBreakHyphen/><w:t>1</w:t></w:r>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hi\u00adện</w:t><w:br/><w:t>dòng</w:t></w:r>",
        "<w:pPr><w:rPr><w:del w:id='4'/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>nối </w:t></w:r>",
        "<w:r><w:t>liền</w:t></w:r>",
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>trang 7</w:t></w:r>",
    )
    assert lines(read_document(tmp_path, document)) == [
        *("Có 24 trường", "An Phong-1", "hiện", "dòng", "nối liền", "trang 7")
    ]


def test_text_boxes_stand_once_after_their_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Số: 12/BC</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    add_xml(
        document,
        f"<w:r><w:t>UBND HUYỆN</w:t><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        "<w:r><w:t>sau</w:t></w:r>",
    )
    assert lines(read_document(tmp_path, document)) == ["UBND HUYỆN", "Số: 12/BC", "sau"]


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Có 24 trường")
    path = tmp_path / "a.docx"
    document.save(str(path))
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>--</w:t></w:r></w:p>"
        "</w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>Kể cả trường tư.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    relation = (
        '<Relationship Id="rIdF" Target="footnotes.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    rewritten = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(rewritten, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", relation.encode())
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"</Types>", b'<Override PartName="/word/footnotes.xml" ContentType="application/xml"/></Types>'
                )
            new.writestr(name, data)
        new.writestr("word/footnotes.xml", notes)
    path.write_bytes(rewritten.getvalue())
    layer = read(path)
    assert lines(layer) == ["Có 24 trường", "Kể cả trường tư."]
    assert [block.kind for block in layer.blocks] == ["paragraph", "footnote"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_truncated_document_is_refused(saved: Path, share: float) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[: int(len(data) * share)])
    assert "cut short" in refusal_of(saved)


def test_damaged_xml_is_refused(saved: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(tmp_path / "b.docx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:-20] if name == "word/document.xml" else old.read(name))
    assert "damaged" in refusal_of(tmp_path / "b.docx")


def test_password_protected_document_is_refused(tmp_path: Path) -> None:
    # Word encrypts a docx into a compound file whose directory names the stream "EncryptedPackage".
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refusal_of(path)


def test_document_without_text_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    assert "empty" in refusal_of(tmp_path / "a.docx")


def test_other_archives_are_named(tmp_path: Path) -> None:
    for inside, word in (("xl/workbook.bin", ".xlsx"), ("ppt/a.xml", "PowerPoint"), ("a.txt", "zip archive")):
        with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
            archive.writestr(inside, "x")
        assert word in refusal_of(tmp_path / "a.docx")


def test_a_document_nested_too_deeply_says_so(saved: Path, tmp_path: Path) -> None:
    deep = b"<w:sdt><w:sdtContent>" * 300 + b"<w:p/>" + b"</w:sdtContent></w:sdt>" * 300
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(tmp_path / "b.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<w:body>", b"<w:body>" + deep) if name == "word/document.xml" else data)
    assert "nested too deeply" in refusal_of(tmp_path / "b.docx")


def test_zip_bomb_is_not_unpacked(saved: Path) -> None:
    with zipfile.ZipFile(saved, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.bin", b"\0" * (limits.RATIO_FLOOR_BYTES + 1))
    assert "unpacks to" in refusal_of(saved)
