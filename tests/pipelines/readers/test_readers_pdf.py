"""PDFs with text: paragraphs, columns, pages, tables, refusals."""

import errno
import re
import tracemalloc
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from reader_files import LEFT, LONG, RIGHT, ruled_table, side_by_side, styles, vietnamese_font, write_pdf
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, Spacer

from pipelines.errors import ReadError
from pipelines.readers import pdf, pdf_assembly, read
from pipelines.readers.limits import UnreadableError
from schemas import TextLayer, canonical_text

A4 = (595, 842)


def read_story(tmp_path: Path, *story: Any, **options: Any) -> TextLayer:
    path = write_pdf(tmp_path / "a.pdf", story, **options)
    layer = read(path)
    assert layer.text == canonical_text(layer.text)
    assert layer.media_type == "application/pdf"
    assert [page.start for page in layer.pages[1:]] == [page.end for page in layer.pages[:-1]]
    return layer


def paragraph(text: str, look: str = "body") -> Paragraph:
    return Paragraph(text, styles()[look])


def canvas(path: Path, size: tuple[float, float] = A4, font_size: int = 12, **options: Any) -> Canvas:
    pdfmetrics.registerFont(TTFont("Vietnamese", str(vietnamese_font())))
    drawing = Canvas(str(path), pagesize=size, **options)
    drawing.setFont("Vietnamese", font_size)
    return drawing


def lines(layer: TextLayer) -> list[str]:
    return layer.text.split("\n")[:-1]


def test_a_report_with_letterhead_paragraphs_list_and_signature(tmp_path: Path) -> None:
    layer = read_story(
        tmp_path,
        side_by_side(LEFT, RIGHT),
        Spacer(1, 20),
        paragraph("BÁO CÁO", "center"),
        paragraph("Tổng kết năm học 2020-2021", "center"),
        Spacer(1, 10),
        paragraph("I. KẾT QUẢ", "flat"),
        paragraph(f"{LONG} {LONG}"),
        paragraph(LONG),
        paragraph(f"- Cấp mầm non: {LONG}", "flat"),
        paragraph("- Cấp tiểu học: 12 trường.", "flat"),
        Spacer(1, 20),
        side_by_side(
            ("Nơi nhận:", "- UBND huyện;", "- Lưu VT."),
            ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Đoàn Quang Vị"),
            centered_left=False,
        ),
    )
    assert lines(layer) == [
        *LEFT,
        *RIGHT,
        *("BÁO CÁO", "Tổng kết năm học 2020-2021", "I. KẾT QUẢ", f"{LONG} {LONG}", LONG, f"- Cấp mầm non: {LONG}"),
        "- Cấp tiểu học: 12 trường.",
        *("Nơi nhận:", "- UBND huyện;", "- Lưu VT.", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Đoàn Quang Vị"),
    ]
    assert layer.tables == ()
    title = next(block for block in layer.blocks if layer.text[block.start : block.end] == "BÁO CÁO")
    assert title.box is not None
    assert title.box.page == 1
    assert 250 < title.box.x0 < title.box.x1 < 345
    assert 0 < title.box.top < title.box.bottom < 300


def test_running_heads_go_and_a_paragraph_crosses_pages(tmp_path: Path) -> None:
    texts = [f"{number} là số của đoạn này. {LONG} {LONG} {LONG}" for number in range(16)]
    layer = read_story(tmp_path, *(paragraph(text) for text in texts), furniture=True)
    assert lines(layer) == texts
    assert [page.number for page in layer.pages] == [1, 2, 3, 4]
    assert layer.pages[0].end > 1500
    for page in layer.pages[1:]:
        assert layer.text[page.start - 1] in " \n"
        assert layer.page_at(page.start) == page.number
        assert layer.page_at(page.start - 1) == page.number - 1
    crossing = layer.text.index("\n", layer.pages[1].start)
    assert layer.evidence(layer.pages[1].start, crossing).page == 2


def test_empty_page_keeps_the_count(tmp_path: Path) -> None:
    layer = read_story(
        tmp_path, paragraph("Trang đầu."), PageBreak(), Spacer(1, 5), PageBreak(), paragraph("Trang ba.")
    )
    assert lines(layer) == ["Trang đầu.", "Trang ba."]
    assert [(page.number, page.start, page.end) for page in layer.pages] == [(1, 0, 11), (2, 11, 11), (3, 11, 21)]
    assert layer.page_at(layer.text.index("ba")) == 3


HEAD = (("TT", "Trường", "Giỏi", ""), ("", "", "SL", "TL%"))
SPANS = (("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1)), ("SPAN", (2, 0), (3, 0)))


def test_ruled_table_with_merged_headings(tmp_path: Path) -> None:
    name = "Trường Tiểu học Định An xã Định An"
    rows = [*HEAD, ("1", paragraph(name, "center"), "12", "12,5"), ("2", "TH An Phú", "", "3,5")]
    layer = read_story(
        tmp_path,
        paragraph("Trước bảng."),
        ruled_table(rows, SPANS, colWidths=[40, 120, 80, 80]),
        paragraph("Sau bảng."),
    )
    (table,) = layer.tables
    cells = [(c.row, c.col, c.row_span, c.col_span, layer.text[c.start : c.end], c.header) for c in table.cells]
    assert cells == [
        (0, 0, 2, 1, "TT", True),
        (0, 1, 2, 1, "Trường", True),
        (0, 2, 1, 2, "Giỏi", True),
        (1, 2, 1, 1, "SL", True),
        (1, 3, 1, 1, "TL%", True),
        (2, 0, 1, 1, "1", False),
        (2, 1, 1, 1, name, False),
        (2, 2, 1, 1, "12", False),
        (2, 3, 1, 1, "12,5", False),
        (3, 0, 1, 1, "2", False),
        (3, 1, 1, 1, "TH An Phú", False),
        (3, 2, 1, 1, "", False),
        (3, 3, 1, 1, "3,5", False),
    ]
    assert lines(layer)[0] == "Trước bảng."
    assert lines(layer)[-1] == "Sau bảng."
    assert layer.text.count(name) == 1


def test_table_goes_on_over_pages_with_its_headings(tmp_path: Path) -> None:
    rows = [*HEAD, *((str(n), f"Trường số {n}", str(n * 3), "12,5") for n in range(1, 61))]
    layer = read_story(tmp_path, ruled_table(rows, SPANS, colWidths=[40, 200, 80, 80], repeatRows=2), furniture=True)
    (table,) = layer.tables
    assert len(layer.pages) == 2
    last = table.cells[-3]
    assert layer.text[last.start : last.end] == "Trường số 60"
    assert layer.page_at(last.start) == 2
    headings = [layer.text[cell.start : cell.end] for cell in table.cells if cell.header]
    assert headings == ["TT", "Trường", "Giỏi", "SL", "TL%"] * 2
    second = next(cell for cell in table.cells if cell.header and cell.row > 1)
    assert second.start == layer.pages[1].start


def test_rows_without_rulings_stay_rows(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    people = [("Nguyễn Văn An", "Hiệu trưởng"), ("Trần Thị Bình Minh", "Phó Hiệu trưởng"), ("Lê Hà", "Giáo viên")]
    people += [("Phạm Công Danh", "Giáo viên"), ("Võ Thị Út", "Nhân viên")]
    for row, (name, post) in enumerate(people):
        drawing.drawString(72, 700 - 16 * row, name)
        drawing.drawString(300, 700 - 16 * row, post)
    for row, (level, count) in enumerate((("Mầm non", "12"), ("Tiểu học", "14"))):
        drawing.drawString(72, 560 - 16 * row, level)
        drawing.drawString(300, 560 - 16 * row, count)
    drawing.save()
    assert lines(read(tmp_path / "a.pdf")) == [*(f"{a}  {b}" for a, b in people), "Mầm non  12", "Tiểu học  14"]


def test_hyphens_at_line_ends_join_without_a_space(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    # Lines as full as the page's other lines, broken inside a word.
    for row, text in enumerate(
        ("Ngành giáo dục huyện tổng kết toàn diện năm học 2020-", "2021 vào sáng nay tại hội trường.")
    ):
        drawing.drawString(72, 700 - 16 * row, text)
    drawing.save()
    expected = "Ngành giáo dục huyện tổng kết toàn diện năm học 2020-2021 vào sáng nay tại hội trường."
    assert lines(read(tmp_path / "a.pdf")) == [expected]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_pages_are_read_as_they_are_shown(tmp_path: Path, rotation: int) -> None:
    drawing = canvas(tmp_path / "a.pdf", (842, 595) if rotation != 180 else A4)
    wide, high = (842, 595) if rotation != 180 else A4
    drawing.translate(*{90: (wide, 0), 180: (wide, high), 270: (0, high)}[rotation])
    drawing.rotate({90: 90, 180: 180, 270: -90}[rotation])
    for row, text in enumerate(("Dòng một.", "Dòng hai.")):
        drawing.drawString(72, 500 - 16 * row, text)
    drawing.save()
    document = pdfium.PdfDocument(tmp_path / "a.pdf")
    document[0].set_rotation(rotation)
    document.save(tmp_path / "b.pdf")
    document.close()
    layer = read(tmp_path / "b.pdf")
    assert lines(layer) == ["Dòng một.", "Dòng hai."]
    assert layer.blocks[0].box is not None
    assert layer.blocks[0].box.x0 == pytest.approx(72, abs=3)


def test_decomposed_letters_and_doubled_print(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.drawString(72, 700, "Trường")
    drawing.drawString(72.3, 700, "Trường")
    drawing.save()
    assert lines(read(tmp_path / "a.pdf")) == ["Trường"]


def test_junk_before_the_signature_is_no_hindrance(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [paragraph("Báo cáo.")])
    path.write_bytes(b"\r\n%junk\r\n" + path.read_bytes())
    assert lines(read(path)) == ["Báo cáo."]


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read(path)
    return str(caught.value)


def test_password_protected_pdf_is_refused(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf", encrypt="secret")
    drawing.drawString(72, 700, "Báo cáo")
    drawing.save()
    assert "password" in refusal(tmp_path / "a.pdf")


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_truncated_pdf_is_refused(tmp_path: Path, share: float) -> None:
    path = write_pdf(tmp_path / "a.pdf", [paragraph(LONG)])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "cut short" in refusal(path)


def test_blank_pages_hold_nothing(tmp_path: Path) -> None:
    blank = canvas(tmp_path / "b.pdf")
    blank.showPage()
    blank.save()
    assert "empty" in refusal(tmp_path / "b.pdf")


def test_a_table_is_read_where_other_readers_give_up(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.grid([72, 172, 272, 372], [600, 620, 640, 660])
    drawing.drawString(80, 605, "Trường")
    # A dictionary with an odd number of items.
    drawing._code.append("/Span << /A /B /C >> BDC EMC")
    drawing.save()
    (table,) = read(tmp_path / "a.pdf").tables
    assert table.shape == (3, 3)


def test_rulings_inside_a_form_make_a_table(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.beginForm("frame")
    drawing.grid([0, 50, 100, 150], [0, 10, 20, 30])
    drawing.endForm()
    drawing.translate(72, 600)
    drawing.scale(2, 2)
    drawing.doForm("frame")
    drawing.setFont("Vietnamese", 5)
    for row in range(3):
        for col in range(3):
            drawing.drawString(50 * col + 4, 10 * row + 3, f"Ô {2 - row}.{col}")
    drawing.save()
    layer = read(tmp_path / "a.pdf")
    (table,) = layer.tables
    assert [layer.text[cell.start : cell.end] for cell in table.cells] == [
        f"Ô {r}.{c}" for r in range(3) for c in range(3)
    ]


def test_a_word_too_wide_for_its_column_is_whole(tmp_path: Path) -> None:
    rows = [("TT", "Hạng", "Năm học"), ("1", "Nhất", "2022-2023"), ("2", "Nhì", "2023-2024")]
    cells = [[paragraph(text, "flat") for text in row] for row in rows]
    layer = read_story(tmp_path, ruled_table(cells, colWidths=[20, 34, 60]))
    (table,) = layer.tables
    assert [layer.text[cell.start : cell.end] for cell in table.cells] == [text for row in rows for text in row]


def test_every_passage_has_its_box(tmp_path: Path) -> None:
    rows = [("Trường", "Số lớp"), ("TH An Phú", "12"), ("TH Định An", "14")]
    layer = read_story(tmp_path, paragraph(f"{LONG} {LONG}"), ruled_table(rows), PageBreak(), paragraph("Hết trang."))
    printed = pdfium.PdfDocument(tmp_path / "a.pdf")
    for match in re.finditer(r"\S+", layer.text):
        passage = layer.evidence(*match.span())
        assert passage.box is not None
        assert passage.box.page == passage.page
        page = printed[passage.page - 1]
        inside = page.get_textpage().get_text_bounded(
            passage.box.x0 - 1, A4[1] - passage.box.bottom, passage.box.x1 + 1, A4[1] - passage.box.top
        )
        assert unicodedata.normalize("NFC", inside.strip()) == passage.quote
    printed.close()


def test_what_pages_print_around_the_text_is_kept_beside_it(tmp_path: Path) -> None:
    texts = [f"{number} là số của đoạn này. {LONG} {LONG} {LONG}" for number in range(16)]
    layer = read_story(tmp_path, *(paragraph(text) for text in texts), furniture=True)
    heads = [margin for margin in layer.margins if margin.kind == "header"]
    feet = [margin for margin in layer.margins if margin.kind == "footer"]
    assert [head.text for head in heads] == [f"Báo cáo năm học, trang {number}" for number in range(1, 5)]
    assert [foot.text for foot in feet] == ["1", "2", "3", "4"]
    assert [foot.box.page for foot in feet if foot.box] == [1, 2, 3, 4]


def test_letters_of_old_fonts_are_read_as_they_print(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    for row, text in enumerate(("Céng hoµ x· héi chñ nghÜa viÖt nam.", "Tr­êng tiÓu häc, sè th­", "12-2004.")):
        drawing.drawString(72, 700 - 30 * row, text)
    drawing.save()
    data = (tmp_path / "a.pdf").read_bytes()
    named = data.replace(b"Geist", b".VnTm")
    assert named != data
    (tmp_path / "a.pdf").write_bytes(named)
    expected = ["Cộng hoà xã hội chủ nghĩa việt nam.", "Trường tiểu học, số thư", "12-2004."]
    assert lines(read(tmp_path / "a.pdf")) == expected


def test_an_empty_password_is_no_hindrance(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf", encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    drawing.drawString(72, 700, "Báo cáo.")
    drawing.save()
    assert lines(read(tmp_path / "a.pdf")) == ["Báo cáo."]


def test_a_broken_table_of_offsets_is_rebuilt(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [paragraph("Báo cáo.")])
    data = path.read_bytes()
    start = data.rindex(b"startxref")
    path.write_bytes(data[:start] + b"startxref\n99\n%%EOF\n")
    assert lines(read(path)) == ["Báo cáo."]


def long_report(path: Path, pages: int) -> bytes:
    story = [Paragraph(f"{number}. {LONG}", styles()["body"]) for number in range(14 * pages)]
    return write_pdf(path, story).read_bytes()


def layer_of(data: bytes) -> TextLayer:
    return pdf.read_pdf(data, sha256="0" * 64, file="a.pdf")


def test_a_long_report_is_read_in_parts_with_the_same_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = long_report(tmp_path / "a.pdf", 5)
    whole = layer_of(data)
    opened = []
    monkeypatch.setattr(pdf, "_PAGES_OPEN", 2)
    monkeypatch.setattr(pdf_assembly, "_HELD", 1)
    monkeypatch.setattr(pdf, "_open", lambda data, before=pdf._open: opened.append(before(data)) or opened[-1])
    assert layer_of(data) == whole
    assert len(opened) == -(-len(whole.pages) // 2) >= 3
    # PDFium keeps what it read of a document until it is closed.
    assert not any(document.raw for document in opened)


def test_a_long_report_takes_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = long_report(tmp_path / "a.pdf", 60)
    monkeypatch.setattr(pdf_assembly, "_HELD", 5)
    tracemalloc.start()
    layer = layer_of(data)
    size, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # A page has 650 words here. What is packed, dropped and shared would take twice as much.
    assert size < 50_000 * len(layer.pages)
    assert peak < size + 10_000 * len(layer.pages) + 1_000_000


def test_a_long_report_is_told_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = long_report(tmp_path / "a.pdf", 3)
    monkeypatch.setattr(pdf_assembly, "_HELD", 1)

    def no_room(**_: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pdf_assembly.tempfile, "TemporaryFile", no_room)
    with pytest.raises(UnreadableError, match=r"No space left on device.*; make room in /"):
        layer_of(data)
