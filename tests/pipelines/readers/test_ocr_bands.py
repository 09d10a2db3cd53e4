"""Dark bands of scans: what stands in them is read, and pages without any stay as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reader_files import LONG, needs_tesseract, vietnamese_font

from pipelines.readers import read
from pipelines.readers.ocr_bands import without_bands
from pipelines.readers.ocr_image import cleaned
from schemas import TextLayer
from tests.corpus_tools.scans import Scanner, spoil

DPI = 200
ROWS = (
    ("TT", "Trường tiểu học", "Số lớp", "Giáo viên", "Tỷ lệ (%)"),
    ("2", "Tiểu học An Phú", "24", "35", "28,6"),
    ("3", "Tiểu học Định An", "38", "42", "30,8"),
    ("4", "Tổng cộng", "62", "80", "29,4"),
)
COLUMNS = (100, 200, 700, 900, 1150, 1500)
#: A scan by a machine in use: a little noise, a little turned, darker in a corner.
WORN = Scanner(skew=-1.0, noise=6.0, blur=0.5, shade=0.3)


def written(page: Image.Image, place: tuple[int, int], text: str, grey: int, size: int = 30) -> None:
    ImageDraw.Draw(page).text(place, text, font=ImageFont.truetype(str(vietnamese_font()), size), fill=grey)


def page_with_table(band: int, letters: int, line: int) -> Image.Image:
    """A page with a title in a band, a sentence, and a table whose first and last rows are bands."""
    page = Image.new("L", (1654, 900), 255)
    drawing = ImageDraw.Draw(page)
    drawing.rectangle((100, 60, 1500, 160), fill=band)
    written(page, (200, 82), "Báo cáo sơ kết học kỳ hai", letters, 40)
    written(page, (150, 230), "Ngành giáo dục huyện có 24 trường với 815 giáo viên.", 0)
    for row, texts in enumerate(ROWS):
        is_band = row in {0, 3}
        for column, text in enumerate(texts):
            left, top = COLUMNS[column], 340 + 56 * row
            box = left, top, COLUMNS[column + 1], top + 56
            drawing.rectangle(box, fill=band if is_band else 255, outline=line if is_band else 0, width=3)
            written(page, (left + 15, top + 10), text, letters if is_band else 0)
    written(page, (150, 640), "Phòng Giáo dục và Đào tạo đề nghị các trường thực hiện.", 0)
    return page


def layer_of(page: Image.Image, folder: Path) -> TextLayer:
    page.save(folder / "a.png", dpi=(DPI, DPI))
    return read(folder / "a.png")


@pytest.mark.parametrize(
    ("band", "letters", "line"),
    [(0, 255, 255), (40, 255, 255), (90, 240, 0), (150, 230, 255), (110, 0, 0), (150, 0, 0)],
    ids=[
        "white on black",
        "white on dark",
        "light on dark, dark lines",
        "light grey on grey",
        "black on grey",
        "black on light grey",
    ],
)
@pytest.mark.parametrize("scanner", [Scanner(), WORN], ids=["clean", "worn"])
@needs_tesseract()
def test_what_stands_in_dark_bands_is_read(
    tmp_path: Path, scanner: Scanner, band: int, letters: int, line: int
) -> None:
    layer = layer_of(spoil(page_with_table(band, letters, line), scanner, seed=3), tmp_path)
    for text in ("Báo cáo sơ kết học kỳ hai", "815 giáo viên", "các trường thực hiện"):
        assert text in layer.text
    (table,) = layer.tables
    cells = [layer.text[cell.start : cell.end] for cell in table.cells]
    wanted = [text for row in ROWS for text in row]
    assert sum(read_as == text for read_as, text in zip(cells, wanted, strict=True)) >= len(wanted) - 4, cells
    assert [cell.header for cell in table.cells[:6]] == [True] * 5 + [False]


@needs_tesseract()
def test_a_heading_in_black_without_lines_is_read(tmp_path: Path) -> None:
    """Lines as dark as their band are not to be seen in it: the words are there, in the place of the row."""
    layer = layer_of(page_with_table(0, 255, 0), tmp_path)
    order = [layer.text.index(text) for text in ("TT Trường tiểu học Số lớp", "Tiểu học An Phú", "Tổng cộng 62 80")]
    assert order == sorted(order)


def test_a_page_without_bands_stays_as_it_is() -> None:
    page = Image.new("L", (1654, 1200), 255)
    for row in range(12):
        written(page, (80, 60 + 50 * row), LONG[:70], 0)
    drawing = ImageDraw.Draw(page)
    # Thick letters and lines, a tick box and a pale row are no bands.
    written(page, (80, 700), "BIỂU TỔNG HỢP", 0, 90)
    drawing.line((80, 860, 1500, 860), fill=0, width=10)
    drawing.rectangle((80, 900, 110, 930), fill=0)
    drawing.rectangle((80, 1000, 1500, 1060), fill=225)
    assert without_bands(page, DPI) is page


def test_letters_beside_a_band_stay_as_they_are() -> None:
    page = Image.new("L", (1200, 400), 255)
    ImageDraw.Draw(page).rectangle((100, 100, 1100, 170), fill=60)
    written(page, (200, 115), "Tổng số học sinh toàn trường", 255)
    for top in (54, 182):
        written(page, (150, top), LONG[:60], 0)
    drawn = np.asarray(without_bands(page, DPI))
    for rows in (slice(0, 92), slice(180, 400)):
        assert (drawn[rows] == np.asarray(page)[rows]).all()
    # Inside of its frame the band is paper with dark letters.
    inner = drawn[108:163, 108:1093]
    assert np.median(inner) == 255
    assert 0.01 < (inner < 100).mean() < 0.3


def test_shade_is_divided_out_and_a_band_stays_one() -> None:
    page = Image.new("L", (1200, 900), 255)
    ImageDraw.Draw(page).rectangle((0, 200, 1200, 500), fill=70)
    written(page, (200, 300), "Tổng số học sinh toàn trường", 255, 60)
    shaded = spoil(page, Scanner(shade=0.4), seed=1)
    straight = np.asarray(cleaned(shaded, DPI).picture)
    assert straight[50:150].min() > 240
    assert np.median(straight[230:470, 100:1100]) > 240
    assert (straight[300:370, 200:1000] < 100).mean() > 0.05


def test_the_star_of_a_stamp_is_no_band_and_a_soft_shadow_is_divided_out() -> None:
    page = Image.new("L", (1600, 1200), 255)
    for row in range(20):
        written(page, (80, 60 + 50 * row), LONG[:70], 0)
    ImageDraw.Draw(page).regular_polygon((1200, 600, 60), 5, fill=110)
    assert without_bands(page, DPI) is page
    plain = Image.new("L", page.size, 255)
    ImageDraw.Draw(plain).ellipse((900, 700, 1900, 1500), fill=150)
    grey = np.asarray(page, dtype=np.float32) * np.asarray(plain.filter(ImageFilter.GaussianBlur(25))) / 255
    straight = np.asarray(cleaned(Image.fromarray(grey.astype(np.uint8)), DPI).picture)
    paper = np.asarray(page) == 255
    assert np.median(straight[paper]) == 255
    assert np.percentile(straight[paper], 2) > 200
