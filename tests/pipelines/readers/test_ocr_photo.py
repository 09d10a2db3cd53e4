"""Sheets photographed on a desk are laid flat; what a scanner made stays as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from rapidfuzz.distance import Levenshtein
from reader_files import needs_tesseract

from pipelines.readers import read
from pipelines.readers.ocr_photo import laid_flat, projection
from tests.corpus_tools.scans import CLEAN, NOISY, Scanner, photograph, scan

REPORTS = Path(__file__).parents[3] / "corpus" / "reports"
REPORT = REPORTS / "giong-sao-ke-hoach-2021-2022.pdf"
SIZE = 2448, 3264
MILD = (180, 150), (2180, 120), (2260, 3080), (120, 3050)
VIEWS = {
    "from above": MILD,
    "from the foot": ((420, 330), (2020, 300), (2330, 2950), (130, 3000)),
    "turned": ((300, 180), (2250, 420), (2010, 3120), (90, 2870)),
    "cut at both sides": ((-60, 200), (2300, 150), (2530, 3150), (-90, 3100)),
}


def page_and_truth() -> tuple[Image.Image, str]:
    stored = read(REPORT)
    return scan(REPORT, Scanner(dpi=240), pages=1)[0], stored.text[: stored.pages[0].end]


@needs_tesseract()
@pytest.mark.parametrize("desk", [70, 140])
@pytest.mark.parametrize("view", VIEWS)
def test_a_photographed_sheet_is_read_like_its_original(tmp_path: Path, view: str, desk: int) -> None:
    page, truth = page_and_truth()
    photograph(page, VIEWS[view], SIZE, desk=desk).save(tmp_path / "a.jpg", quality=88)
    layer = read(tmp_path / "a.jpg")
    words, seen = (" ".join(text.replace("–", "-").split()) for text in (truth, layer.text))
    assert Levenshtein.distance(words, seen) <= 0.02 * len(words)


@needs_tesseract()
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_boxes_are_those_of_the_photograph(tmp_path: Path, quarters: int) -> None:
    page, _ = page_and_truth()
    picture = photograph(page, MILD, SIZE).rotate(90 * quarters, expand=True)
    picture.save(tmp_path / "a.jpg", quality=88, dpi=(288, 288))
    layer, stored = read(tmp_path / "a.jpg"), read(REPORT)
    quote = "KẾ HOẠCH"
    known, found = (each.evidence(each.text.index(quote), each.text.index(quote) + 8).box for each in (stored, layer))
    assert known is not None
    assert found is not None
    # Where the middle of the title lies in the photograph, by the projection that made it.
    whole = ((0, 0), (page.width, 0), page.size, (0, page.height))
    a, b, c, d, e, f, g, h = projection(whole, MILD)
    x, y = (known.x0 + known.x1) / 2 * 240 / 72, (known.top + known.bottom) / 2 * 240 / 72
    x, y = (a * x + b * y + c) / (g * x + h * y + 1), (d * x + e * y + f) / (g * x + h * y + 1)
    for turn in range(quarters):
        x, y = y, (SIZE[0] if turn % 2 == 0 else SIZE[1]) - x
    points = 72 / 288
    assert (found.x0 + found.x1) / 2 == pytest.approx(x * points, abs=8)
    assert (found.top + found.bottom) / 2 == pytest.approx(y * points, abs=8)


@pytest.mark.parametrize("scanner", [CLEAN, NOISY], ids=["clean", "noisy"])
def test_a_scan_stays_as_it_is(scanner: Scanner) -> None:
    for name in ("giong-sao-ke-hoach-2021-2022", "can-tho-khoi-thi-dua-2022-2023", "lang-son-so-ket-hk1-2014-2015"):
        for page in scan(REPORTS / f"{name}.pdf", scanner):
            assert laid_flat(page, scanner.dpi).back is None


def test_the_dark_rims_of_a_scanner_are_no_desk() -> None:
    page = scan(REPORT, CLEAN, pages=1)[0]
    drawing = ImageDraw.Draw(page)
    drawing.rectangle((0, 0, 40, page.height), fill=20)
    drawing.rectangle((0, page.height - 60, page.width, page.height), fill=30)
    assert laid_flat(page, CLEAN.dpi).back is None


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_picture_of_nothing_has_no_sheet(grey: int) -> None:
    for size in ((20, 20), (300, 2000), (1700, 2200)):
        assert laid_flat(Image.new("L", size, grey), 200).back is None
    noise = np.random.default_rng(1).integers(0, 255, (900, 700), dtype=np.uint8)
    assert laid_flat(Image.fromarray(noise), 200).back is None


def test_a_whole_sheet_of_a4_gets_its_sides_back() -> None:
    page, _ = page_and_truth()
    flat = laid_flat(photograph(page, VIEWS["from the foot"], SIZE), 290)
    assert flat.picture.height / flat.picture.width == pytest.approx(297 / 210, abs=0.01)
    assert flat.picture.width / flat.dpi == pytest.approx(8.27, abs=0.01)
    # Its corners, but for the shadow of the rim, are those of the photograph.
    for corner, known in zip(
        ((0, 0), flat.picture.size), (VIEWS["from the foot"][0], VIEWS["from the foot"][2]), strict=True
    ):
        x, y, *_ = flat.place(*corner, *corner)
        assert (x, y) == pytest.approx(known, abs=30)
