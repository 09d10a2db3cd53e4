"""PDFs: lists and rows that no line parts, told by their numbers."""

from collections.abc import Sequence
from pathlib import Path

from layer_checks import cells, lines
from reader_files import vietnamese_font
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.readers import read


def canvas(path: Path) -> Canvas:
    pdfmetrics.registerFont(TTFont("Vietnamese", str(vietnamese_font())))
    drawing = Canvas(str(path), pagesize=(595, 842))
    drawing.setFont("Vietnamese", 12)
    return drawing


def test_numbers_and_signs_of_a_list_stand_before_their_items(tmp_path: Path) -> None:
    """However wide the space behind them is."""
    items = [("I.", "Đặc điểm"), ("1.", "Thuận lợi"), ("2.1.", "Đội ngũ"), ("a)", "Tiểu học"), ("•", "Mầm non")]
    drawing = canvas(tmp_path / "a.pdf")
    for row, (label, text) in enumerate(items):
        drawing.drawString(72, 700 - 16 * row, label)
        drawing.drawString(130, 700 - 16 * row, text)
    drawing.save()
    assert lines(read(tmp_path / "a.pdf")) == [f"{label} {text}" for label, text in items]


def draw(path: Path, rows: Sequence[Sequence[str]], lefts: Sequence[int], top: int = 700) -> None:
    drawing = canvas(path)
    for row, texts in enumerate(rows):
        for left, text in zip(lefts, texts, strict=True):
            drawing.drawString(left, top - 16 * row, text)
    drawing.save()


def test_numbered_rows_without_rulings_are_a_table_however_few(tmp_path: Path) -> None:
    rows = [("TT", "Họ và tên", "Chức vụ"), ("1", "Nguyễn Văn An", "Hiệu trưởng"), ("2", "Lê Hà", "Giáo viên")]
    draw(tmp_path / "a.pdf", rows, (72, 130, 300))
    layer = read(tmp_path / "a.pdf")
    assert [cell[-2:] for cell in cells(layer)] == [(text, at == 0) for at, row in enumerate(rows) for text in row]


def test_rows_of_figures_without_rulings_are_a_table_with_headings_and_sum(tmp_path: Path) -> None:
    rows = [
        ("Trường", "Số lớp", "Học", "Số lớp", "Học"),
        ("", "", "sinh", "", "sinh"),
        ("An Phong", "12", "350", "13", "362"),
        ("Vũ Xá", "9", "1.201", "9", "1.210"),
        ("Cộng", "21", "1.551", "22", ""),
    ]
    draw(tmp_path / "a.pdf", rows, (72, 180, 250, 320, 390))
    layer = read(tmp_path / "a.pdf")
    texts = {cell[:2]: cell[4].replace("\n", " ") for cell in cells(layer)}
    assert [texts[0, col] for col in range(5)] == ["Trường", "Số lớp", "Học sinh", "Số lớp", "Học sinh"]
    assert [texts[3, col] for col in range(5)] == ["Cộng", "21", "1.551", "22", ""]
    assert all(cell[5] == (cell[0] == 0) for cell in cells(layer))


def test_a_table_without_rulings_goes_on_on_the_next_page(tmp_path: Path) -> None:
    head = ("Trường", "Số lớp", "Học sinh")
    pages = [
        [("An Phong", "12", "350"), ("Vũ Xá", "9", "1.201")],
        [("Hoa Sơn Đông", "7", "98"), ("Cộng", "28", "1.649")],
    ]
    lefts = (72, 220, 300)
    for repeated in (True, False):
        drawing = canvas(tmp_path / "a.pdf")
        for number, body in enumerate(pages):
            rows = [head, *body] if repeated or not number else [("Tân Lễ", "8", "240"), *body]
            for row, texts in enumerate(rows):
                for left, text in zip(lefts, texts, strict=True):
                    drawing.drawString(left, (160 if not number else 760) - 16 * row, text)
            drawing.showPage()
            drawing.setFont("Vietnamese", 12)
        drawing.save()
        (table,) = read(tmp_path / "a.pdf").tables
        assert table.shape == (6, 3)


def test_a_letterhead_and_a_list_of_three_signers_are_no_table(tmp_path: Path) -> None:
    rows = [("NGƯỜI LẬP", "KẾ TOÁN", "HIỆU TRƯỞNG"), ("Lê Hà", "Võ Út", "Nguyễn Văn An")]
    draw(tmp_path / "a.pdf", rows, (72, 220, 380))
    assert read(tmp_path / "a.pdf").tables == ()


def test_a_word_goes_on_behind_the_hyphen_of_a_short_line(tmp_path: Path) -> None:
    rows = [("Theo Quyết định số 45/QĐ-",), ("UBND của tỉnh, toàn huyện duy trì tốt sĩ số học sinh ở các cấp học.",)]
    draw(tmp_path / "a.pdf", rows, (72,))
    assert lines(read(tmp_path / "a.pdf")) == [rows[0][0] + rows[1][0]]


def test_a_watermark_across_the_page_is_no_word_of_the_text(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.drawString(72, 400, "Toàn huyện có 24 trường và 512 lớp học.")
    drawing.translate(120, 330)
    drawing.rotate(45)
    drawing.setFont("Vietnamese", 60)
    drawing.drawString(0, 0, "BẢN NHÁP")
    drawing.save()
    assert lines(read(tmp_path / "a.pdf")) == ["Toàn huyện có 24 trường và 512 lớp học."]


def test_lines_with_letters_of_another_font_stay_in_their_paragraph(tmp_path: Path) -> None:
    """A font that lacks letters is helped out by one with higher boxes, word by word."""
    drawing = canvas(tmp_path / "a.pdf")
    rows = ["Toàn huyện duy trì tốt sĩ số học sinh ở các bậc học, ngành", "học và tăng cường cơ sở vật chất."]
    for row, text in enumerate(rows):
        left = 72.0
        for at, word in enumerate(text.split()):
            size = 15 if row == 0 and at % 3 else 12
            drawing.setFont("Vietnamese", size)
            drawing.drawString(left, 700 - 18 * row, word)
            left += drawing.stringWidth(word + " ", "Vietnamese", size)
    drawing.save()
    assert lines(read(tmp_path / "a.pdf")) == [" ".join(rows)]
