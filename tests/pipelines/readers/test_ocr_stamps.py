"""Stamps and signatures over print: who signed is read below them, and coloured print stays."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from reader_files import needs_tesseract, vietnamese_font

from pipelines.readers import read
from pipelines.readers.ocr_rims import find_rims, without_grey_stamps
from pipelines.readers.ocr_stamps import in_grey

DPI = 200
RED, BLUE = (206, 38, 52), (40, 60, 170)
NAME, POST = "Đậu Hữu Khiêm", "PHÓ TRƯỞNG PHÒNG"
AROUND = "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO * HUYỆN AN PHÚ *"
#: Where a stamp lies: over the name, over both lines of the post, over neither.
OVER_NAME, OVER_POST, BESIDE = (860, 420), (850, 210), (380, 420)


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(vietnamese_font()), size)


def stamp(ink: tuple[int, int, int] = RED, size: int = 300) -> Image.Image:
    """A stamp of 38 mm on white: two rings, a star, the office around it."""
    picture = Image.new("RGB", (size, size), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((4, 4, size - 4, size - 4), outline=ink, width=7)
    drawing.ellipse((size * 0.27, size * 0.27, size * 0.73, size * 0.73), outline=ink, width=3)
    star = [
        (size * (0.5 + far * math.cos(angle)), size * (0.5 + far * math.sin(angle)))
        for far, angle in ((0.05 if corner % 2 else 0.12, (corner / 5 - 0.5) * math.pi) for corner in range(10))
    ]
    drawing.polygon(star, fill=ink)
    for index, letter in enumerate(AROUND):
        angle = 2 * math.pi * index / len(AROUND)
        piece = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
        ImageDraw.Draw(piece).text((8, 2), letter, font=font(24), fill=(*ink, 255))
        piece = piece.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        place = size * (0.5 + 0.38 * math.sin(angle)) - 20, size * (0.5 - 0.38 * math.cos(angle)) - 20
        picture.paste(piece, (int(place[0]), int(place[1])), piece)
    return picture


def page(*stamps: tuple[int, int], print_in: tuple[int, int, int] = (0, 0, 0)) -> Image.Image:
    """The end of a report: a sentence, a heading in red, the receivers, post and name, signed in blue and stamped."""
    picture = Image.new("RGB", (1654, 1000), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.text((150, 60), "Năm học 2020-2021 có 35 em đạt giải học sinh giỏi cấp tỉnh.", font=font(30), fill=print_in)
    drawing.text((150, 130), "Phòng Giáo dục đề nghị các trường thực hiện.", font=font(30), fill=RED)
    drawing.text((150, 230), "Nơi nhận: Như trên; Lưu: VT.", font=font(24), fill=print_in)
    drawing.text((960, 230), "KT. TRƯỞNG PHÒNG", font=font(30), fill=print_in)
    drawing.text((960, 274), POST, font=font(30), fill=print_in)
    drawing.text((1000, 540), NAME, font=font(30), fill=print_in)
    for place in stamps:
        ink = Image.new("RGB", picture.size, "white")
        ink.paste(stamp(), place)
        picture = ImageChops.multiply(picture, ink)
    if stamps:
        pen = [(980, 460), (1050, 400), (1090, 500), (1130, 370), (1180, 510), (1240, 420), (1320, 480)]
        ImageDraw.Draw(picture).line(pen, fill=BLUE, width=5, joint="curve")
    return picture


def photographed(picture: Image.Image) -> Image.Image:
    """As by a phone below a lamp: yellow, darker to one side, with some noise."""
    colours = np.asarray(picture, dtype=np.float32) * (0.97, 0.93, 0.83)
    colours *= 1 - 0.3 * np.linspace(0, 1, picture.width)[None, :, None]
    colours += np.random.default_rng(1).normal(0, 8, colours.shape)
    return Image.fromarray(np.clip(colours, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.5))


@pytest.mark.parametrize("stamps", [[OVER_NAME], [OVER_POST], [OVER_NAME, BESIDE]], ids=["name", "post", "two stamps"])
@pytest.mark.parametrize("kind", ["png", "pdf", "jpg"])
@needs_tesseract()
def test_post_and_name_below_a_stamp_are_read(tmp_path: Path, stamps: list[tuple[int, int]], kind: str) -> None:
    file = tmp_path / f"a.{kind}"
    page(*stamps).save(file, **({"resolution": DPI} if kind == "pdf" else {"dpi": (DPI, DPI)}))
    # A full stop may be lost, as on a page without a stamp.
    lines = read(file).text.replace(".", "").splitlines()
    assert {"KT TRƯỞNG PHÒNG", POST, NAME} <= set(lines)
    # Nothing is made up from rings, star and pen, and red print away from the stamp stays.
    assert len([line for line in lines if line]) == 6, lines
    assert "Phòng Giáo dục đề nghị các trường thực hiện" in lines


@needs_tesseract()
def test_a_photograph_of_a_stamped_page_is_read(tmp_path: Path) -> None:
    photographed(page(OVER_NAME).rotate(1.4, fillcolor="white")).save(tmp_path / "a.jpg", quality=80, dpi=(DPI, DPI))
    assert {POST, NAME} <= set(read(tmp_path / "a.jpg").text.splitlines())


def squared(picture: Image.Image) -> Image.Image:
    """A red frame as large as a stamp, around black text: what letters that come in are marked with."""
    ImageDraw.Draw(picture).rectangle((400, 400, 700, 640), outline=RED, width=6)
    return picture


def emblazoned(picture: Image.Image) -> Image.Image:
    """A red disc as large as a stamp would be with a page around it that is red all over."""
    return ImageChops.multiply(picture, Image.new("RGB", picture.size, (235, 90, 90)))


@pytest.mark.parametrize(
    "picture",
    [
        page(),
        page(OVER_NAME).convert("L"),
        page(OVER_NAME, print_in=(30, 40, 150)),
        squared(page()),
        emblazoned(page(OVER_NAME)),
        Image.new("RGB", (60, 60), "red"),
        Image.new("1", (900, 900), 1),
    ],
    ids=["no stamp", "grey", "printed in blue", "frame", "on red paper", "tiny", "black and white"],
)
def test_a_page_is_only_made_grey(picture: Image.Image) -> None:
    assert in_grey(picture, DPI).tobytes() == picture.convert("L").tobytes()


def test_only_ink_is_taken_off() -> None:
    stamped, plain = (np.asarray(in_grey(each, DPI), dtype=int) for each in (page(OVER_NAME), page()))
    print_only = plain < 60
    assert (stamped[print_only] < 90).mean() > 0.98
    assert (stamped[340:] > 200).sum() > 0.999 * (plain[340:] > 200).sum()


@pytest.mark.parametrize("stamps", [[OVER_NAME], [OVER_POST], [OVER_NAME, BESIDE]], ids=["name", "post", "two stamps"])
@pytest.mark.parametrize("kind", ["png", "jpg"])
@needs_tesseract()
def test_post_and_name_below_a_stamp_are_read_in_grey(tmp_path: Path, stamps: list[tuple[int, int]], kind: str) -> None:
    page(*stamps).convert("L").save(tmp_path / f"a.{kind}", dpi=(DPI, DPI))
    lines = read(tmp_path / f"a.{kind}").text.replace(".", "").splitlines()
    assert {"KT TRƯỞNG PHÒNG", POST, NAME} <= set(lines)
    # The pen is as dark as print: what it wrote may be read as a few letters.
    assert len([line for line in lines if len(line) > 10]) == 6, lines


def test_rims_are_found_where_they_run() -> None:
    found = find_rims(page(OVER_NAME, BESIDE).convert("L"), DPI)
    middles = sorted((x + 150, y + 150) for x, y in (OVER_NAME, BESIDE))
    assert len(found) == 2
    for (x, y, radius), middle in zip(sorted(found), middles, strict=True):
        assert math.dist((x, y), middle) < 6
        assert 138 <= radius <= 148


def test_print_below_a_grey_stamp_stays() -> None:
    stamped, plain = (np.asarray(page(*at).convert("L")) for at in ((OVER_NAME,), ()))
    cleaned = np.asarray(without_grey_stamps(Image.fromarray(stamped), DPI))
    assert (cleaned[plain < 60] < 90).mean() > 0.98
    # Of the stamp nothing is left but what the pen crossed.
    assert ((cleaned < 128) & (plain > 200)).sum() < 0.5 * ((stamped < 128) & (plain > 200)).sum()


def crowded(picture: Image.Image) -> Image.Image:
    """Lines of print all over, in which circles may be seen by chance."""
    drawing = ImageDraw.Draw(picture)
    for top in range(0, picture.height, 34):
        drawing.text((20, top), "Phòng Giáo dục và Đào tạo đề nghị các trường thực hiện; " * 3, font=font(24), fill=70)
    return picture


@pytest.mark.parametrize(
    "picture",
    [
        page().convert("L"),
        page(OVER_NAME).convert("L").point(lambda grey: 255 * (grey > 150)),
        squared(page()).convert("L"),
        crowded(Image.new("L", (1654, 1654), 255)),
        Image.new("L", (900, 900), 90),
        Image.new("L", (60, 60), 255),
    ],
    ids=["no stamp", "black and white", "frame", "lines of print", "dark", "tiny"],
)
def test_a_page_in_grey_stays(picture: Image.Image) -> None:
    assert without_grey_stamps(picture, DPI).tobytes() == picture.tobytes()
