"""Scans and pictures: what is recognised, where it stands, and what is told where nothing can be."""

from __future__ import annotations

import errno
import io
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein
from reader_files import LONG, needs_tesseract, ruled_table, vietnamese_font, write_pdf
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from pipelines.errors import ReadError
from pipelines.readers import ocr_image, read, second_reader, tesseract
from schemas import TextLayer
from tests.corpus_tools.scans import CLEAN, NOISY, Scanner, as_pdf, scan

CORPUS = Path(__file__).parents[3] / "corpus" / "reports"
#: A report set in the usual way, on one page and a bit.
REPORT = CORPUS / "giong-sao-ke-hoach-2021-2022.pdf"
A4 = (595, 842)
SENTENCES = (
    "Ngành giáo dục huyện có 24 trường với 815 giáo viên.",
    "Học sinh giỏi đạt 27 giải, tăng 12 giải so với năm học trước.",
    "Phòng Giáo dục và Đào tạo đề nghị các trường thực hiện.",
)

pytestmark = needs_tesseract()


def words(text: str) -> str:
    return " ".join(text.replace("–", "-").split())


def error_rate(truth: str, text: str) -> float:
    return Levenshtein.distance(words(truth), words(text)) / len(words(truth))


def picture(*lines: str, size: tuple[int, int] = (1400, 600), letters: int = 34) -> Image.Image:
    page = Image.new("L", size, 255)
    font = ImageFont.truetype(str(vietnamese_font()), letters)
    for row, line in enumerate(lines):
        ImageDraw.Draw(page).text((80, 80 + 2 * letters * row), line, font=font, fill=0)
    return page


def first_page(path: Path, scanner: Scanner, tmp_path: Path) -> tuple[TextLayer, str]:
    """The first page of a PDF read from its scan, and its text as the PDF stores it."""
    (tmp_path / "scan.pdf").write_bytes(as_pdf(scan(path, scanner, pages=1), scanner.dpi))
    stored = read(path)
    return read(tmp_path / "scan.pdf"), stored.text[stored.pages[0].start : stored.pages[0].end]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[TextLayer, str]:
    return first_page(REPORT, CLEAN, tmp_path_factory.mktemp("clean"))


def test_a_clean_scan_reads_like_its_original(clean: tuple[TextLayer, str]) -> None:
    layer, truth = clean
    assert error_rate(truth, layer.text) <= 0.01
    # Paragraphs, letterhead and lists are told apart as in the original.
    same = set(map(words, truth.splitlines())) & set(map(words, layer.text.splitlines()))
    assert len(same) >= 0.6 * len(truth.splitlines())


def test_recognised_words_have_boxes_and_confidence(clean: tuple[TextLayer, str]) -> None:
    layer, _ = clean
    stored = read(REPORT)
    seen = list(layer.words(0, len(layer.text)))
    assert [layer.text[word.start : word.end] for word in seen] == layer.text.split()
    assert all(word.page == 1 and word.confidence is not None for word in seen)
    assert sum((word.confidence or 0) > 0.8 for word in seen) > 0.9 * len(seen)
    for quote in ("Giồng Sao, ngày", "KẾ HOẠCH"):
        found, known = (each.evidence(each.text.index(quote), each.text.index(quote) + 5) for each in (layer, stored))
        assert found.page == known.page == 1
        assert found.box is not None
        assert known.box is not None
        assert found.box.x0 == pytest.approx(known.box.x0, abs=4)
        assert found.box.bottom == pytest.approx(known.box.bottom, abs=6)


def test_a_noisy_and_skewed_scan_is_read_and_its_numbers_are_right_or_marked(tmp_path: Path) -> None:
    layer, truth = first_page(REPORT, NOISY, tmp_path)
    assert error_rate(truth, layer.text) <= 0.03
    known = set(re.findall(r"\d[\d.,/]*", truth))
    wrong = [
        word
        for word in layer.words(0, len(layer.text))
        for number in re.findall(r"\d[\d.,/]*", layer.text[word.start : word.end])
        if number.rstrip(".,") not in {each.rstrip(".,") for each in known} and not layer.is_doubtful(*word[:2])
    ]
    assert len(wrong) <= 0.01 * len(known) + 1, [layer.text[word.start : word.end] for word in wrong]
    # Boxes are those of the skewed page: the title stands higher on the right than on the left.
    line = layer.text.index("CỘNG HÒA") if "CỘNG HÒA" in layer.text else 0
    end = layer.text.index("\n", line)
    first, *_, last = layer.words(line, end)
    assert last.top < first.top - 2


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_lies_is_set_upright(tmp_path: Path, quarters: int) -> None:
    page = picture(*SENTENCES * 3, size=(1400, 900))
    page.rotate(90 * quarters, expand=True).save(tmp_path / "a.png", dpi=(200, 200))
    layer = read(tmp_path / "a.png")
    assert error_rate(" ".join(SENTENCES * 3), layer.text) <= 0.02
    box = layer.evidence(0, 5).box
    assert box is not None
    # The first line, as the picture shows it: on its left, its foot or its right.
    side = {1: box.x1 < 80, 2: box.top > 250, 3: box.x0 > 240}
    assert side[quarters], box


def test_a_ruled_table_of_a_scan_is_a_table(tmp_path: Path) -> None:
    rows = [("TT", "Trường", "Giỏi", "Tỷ lệ (%)"), ("1", "TH An Phú", "12", "27,5"), ("2", "TH Định An", "140", "31,8")]
    write_pdf(tmp_path / "a.pdf", [ruled_table(rows, colWidths=[40, 160, 80, 100])])
    (tmp_path / "b.pdf").write_bytes(as_pdf(scan(tmp_path / "a.pdf", CLEAN), CLEAN.dpi))
    layer = read(tmp_path / "b.pdf")
    (table,) = layer.tables
    for cell, text in zip(table.cells, [text for row in rows for text in row], strict=True):
        read_as = layer.text[cell.start : cell.end]
        assert read_as == text or layer.is_doubtful(cell.start, cell.end), read_as
    assert layer.text[table.cells[5].start : table.cells[5].end] == "TH An Phú"
    assert [cell.header for cell in table.cells[:5]] == [True, True, True, True, False]


def stamped(path: Path, page: Image.Image, *behind: str) -> None:
    """A PDF of a picture with some words stored behind it."""
    stream = io.BytesIO()
    page.save(stream, "PNG")
    pdfmetrics.registerFont(TTFont("Vietnamese", str(vietnamese_font())))
    drawing = Canvas(str(path), pagesize=(504, 216))
    drawing.drawImage(ImageReader(stream), 0, 0, 504, 216)
    drawing.setFont("Vietnamese", 8)
    words = drawing.beginText(40, 180)
    words.setTextRenderMode(3)  # printed by nobody, only searched
    for line in behind:
        words.textLine(line)
    drawing.drawText(words)
    drawing.save()


@pytest.mark.parametrize(
    "behind",
    [
        ("Ký bởi: Văn thư, ngày 3/6/2021",),
        (
            "Nganh giao due huyen co 24 truong vdi 8.140 hpc sinh.",
            "Hpc sinh gi6i d@t 27,5%, tang 12 em so vdi nam hpc trudc.",
        )
        * 2,
        (
            "Ngµnh gi¸o dôc huyÖn cã 24 tr­êng víi 8.140 häc sinh",
            "Häc sinh giái ®¹t 27,5%, t¨ng 12 em so víi n¨m häc tr­íc",
        )
        * 2,
    ],
    ids=["a stamp", "taken for English", "letters of another encoding"],
)
def test_what_is_stored_behind_a_picture_may_be_no_text(tmp_path: Path, behind: tuple[str, ...]) -> None:
    stamped(tmp_path / "a.pdf", picture(*SENTENCES), *behind)
    assert SENTENCES[0] in read(tmp_path / "a.pdf").text
    assert "hpc" not in read(tmp_path / "a.pdf").text


def test_good_text_behind_a_picture_is_taken_as_it_is(tmp_path: Path) -> None:
    stamped(tmp_path / "a.pdf", picture("Chữ trong ảnh"), *SENTENCES * 2)
    layer = read(tmp_path / "a.pdf")
    assert layer.text.split("\n")[0] == SENTENCES[0]
    assert next(layer.words(0, 5)).confidence is None


def test_pages_of_text_and_of_pictures_in_one_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    picture(*SENTENCES).save(stream, "PNG")
    write_pdf(tmp_path / "a.pdf", [Paragraph("x")])
    pdfmetrics.registerFont(TTFont("Vietnamese", str(vietnamese_font())))
    drawing = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    drawing.setFont("Vietnamese", 12)
    drawing.drawString(72, 700, "Trang một.")
    drawing.showPage()
    stream.seek(0)
    drawing.drawImage(ImageReader(stream), 0, 300, 595, 255)
    drawing.drawImage(ImageReader(stream), 0, 20, 595, 255)
    drawing.save()
    layer = read(tmp_path / "a.pdf")
    assert layer.text.startswith("Trang một.\n")
    assert layer.evidence(layer.text.index("Ngành"), layer.text.index("Ngành") + 5).page == 2


def test_a_picture_with_several_pages(tmp_path: Path) -> None:
    first, second = picture(SENTENCES[0]), picture(SENTENCES[1]).convert("1")
    first.save(tmp_path / "a.tiff", save_all=True, append_images=[second], dpi=(200, 200))
    layer = read(tmp_path / "a.tiff")
    assert layer.media_type == "image/tiff"
    assert layer.text == f"{SENTENCES[0]}\n{SENTENCES[1]}\n"
    assert [page.number for page in layer.pages] == [1, 2]


def test_a_phone_picture_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture(*SENTENCES).rotate(90, expand=True).convert("RGB").save(
        tmp_path / "a.jpg", exif=exif, quality=90, dpi=(200, 200)
    )
    assert SENTENCES[0] in read(tmp_path / "a.jpg").text


def test_a_transparent_picture_stands_on_white(tmp_path: Path) -> None:
    dark = picture(SENTENCES[0])
    clear = Image.new("RGBA", dark.size, (0, 0, 0, 0))
    clear.putalpha(dark.point([255 - value for value in range(256)]))
    clear.save(tmp_path / "a.png", dpi=(200, 200))
    assert read(tmp_path / "a.png").text == SENTENCES[0] + "\n"


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    return str(caught.value)


def test_an_empty_picture_is_empty(tmp_path: Path) -> None:
    Image.new("L", (800, 600), 250).save(tmp_path / "a.png")
    assert "empty" in refusal(tmp_path / "a.png")


@pytest.mark.parametrize("kind", ["png", "jpg", "tiff"])
def test_a_damaged_picture_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    picture(*SENTENCES).save(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert "damaged" in refusal(path)


def test_a_picture_of_too_many_points_is_refused(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "a.png")
    assert "points" in refusal(tmp_path / "a.png")


def test_a_scanned_page_as_large_as_a_field_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    drawing = Canvas(str(tmp_path / "a.pdf"), pagesize=(100_000, 100_000))
    drawing.drawInlineImage(picture(*SENTENCES), 0, 0, 100_000, 100_000)
    drawing.save()
    assert "100000 by 100000 points" in refusal(tmp_path / "a.pdf")


def test_a_large_page_is_not_made_larger_than_memory_holds() -> None:
    straight = ocr_image.Straight(Image.new("L", (5_000, 5_000), 255), 0.0, 0.0)
    enlarged_page, dpi = ocr_image.enlarged(straight, 20.0)
    assert enlarged_page.width * enlarged_page.height < 65_000_000
    assert dpi == pytest.approx(20 * enlarged_page.width / 5_000, rel=0.01)


@pytest.fixture
def without_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    tesseract._program.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    yield
    tesseract._program.cache_clear()


@pytest.mark.usefixtures("without_program")
def test_without_tesseract_a_scan_says_what_to_install(tmp_path: Path) -> None:
    picture(*SENTENCES).save(tmp_path / "a.png")
    assert "tesseract-ocr-vie" in refusal(tmp_path / "a.png")
    (tmp_path / "tesseract").write_text("#!/bin/sh\necho eng\n")
    (tmp_path / "tesseract").chmod(0o755)
    tesseract._program.cache_clear()
    assert "Vietnamese" in refusal(tmp_path / "a.png")


def test_a_full_disk_is_told_where_a_page_is_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture(*SENTENCES).save(tmp_path / "a.png")

    def no_room(**_: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tesseract.tempfile, "TemporaryFile", no_room)
    assert "No space left on device); make room in /" in refusal(tmp_path / "a.png")


def test_specks_are_taken_away_and_a_clean_page_is_left_as_it_is() -> None:
    page = picture(*[LONG[:70]] * 12, size=(1400, 1500), letters=30)
    assert ocr_image._without_specks(page) is page
    dice = np.random.default_rng(5)
    grey = np.asarray(page).copy()
    down, across = dice.integers(0, 1500, 4_000), dice.integers(0, 1400, 4_000)
    grey[down, across] = dice.choice([0, 255], 4_000)
    healed = np.asarray(ocr_image._without_specks(Image.fromarray(grey)))
    wrong, left = np.count_nonzero(grey != np.asarray(page)), np.count_nonzero(healed != np.asarray(page))
    assert left < wrong / 4


@pytest.mark.parametrize(("seen", "sure", "marked"), [("99", 0.9, True), ("24", 0.9, False), ("99", 0.2, False)])
def test_a_number_on_which_a_second_reader_disagrees_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: str, sure: float, marked: bool
) -> None:
    def predict(picture: Image.Image, mode: str) -> Any:
        assert mode == "line"
        assert picture.width > picture.height // 2
        return types.SimpleNamespace(text=seen, lines=[{"confidence": sure}])

    model = types.SimpleNamespace(predict=predict)
    reader = types.SimpleNamespace(OCRConfig=lambda **_: None, load_model=lambda _: model)
    monkeypatch.setitem(sys.modules, "trueocr", reader)
    second_reader._reader.cache_clear()
    picture("Có 24 trường").save(tmp_path / "a.png", dpi=(200, 200))
    layer = read(tmp_path / "a.png")
    second_reader._reader.cache_clear()
    assert layer.text == "Có 24 trường\n"
    assert [(doubt.start, doubt.end, doubt.reason, doubt.other) for doubt in layer.doubts] == (
        [(3, 5, "second_reader", "99")] if marked else []
    )
    assert layer.is_doubtful(4, 8) is marked


@pytest.mark.parametrize("angle", [-3.3, -0.5, 0.0, 0.4, 1.6, 4.9])
def test_skew_is_found(angle: float) -> None:
    page = picture(*[LONG[:70]] * 12, size=(1400, 1500), letters=30)
    turned = page.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert ocr_image.find_skew(turned) == pytest.approx(angle, abs=0.1)
