"""Letters that only their measures on the picture tell apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont
from reader_files import vietnamese_font

from pipelines.readers.ocr_ink import looked_at_again
from pipelines.readers.ocr_tables import lay_out
from pipelines.readers.tesseract import SeenLine, SeenWord

_SIZE = 40
_LEFT, _TOP = 20, 20


def seen(*printed: str, read_as: Sequence[str], confidence: float = 0.9) -> list[str]:
    """What is made of words on lines of their own that were read as others."""
    page = Image.new("L", (800, 80 * len(printed) + 40), 255)
    font = ImageFont.truetype(str(vietnamese_font()), _SIZE)
    draw = ImageDraw.Draw(page)
    lines = []
    for row, (text, guess) in enumerate(zip(printed, read_as, strict=True)):
        baseline = _TOP + 80 * row + 50
        draw.text((_LEFT, baseline), text, font=font, fill=0, anchor="ls")
        box = page.crop((0, 80 * row, 800, 80 * (row + 1) + 30)).point([255 - value for value in range(256)]).getbbox()
        assert box is not None
        word = SeenWord(guess, box[0], box[1] + 80 * row, box[2], box[3] + 80 * row, confidence)
        lines.append(SeenLine(baseline, 0.0, box[0], _SIZE, (word,)))
    return [line.words[0].text for line in looked_at_again(page, lines)]


#: Figures and words with dots, as every page has them.
_USUAL = ("2021", "khi", "hai", "mai", "thi", "ai", "vui", "phi", "tai", "ghi", "gai", "bui", "cai")


@pytest.mark.parametrize(
    ("printed", "read_as", "meant"),
    [
        ("chi", "chỉ", "chi"),
        ("chi,", "chỉ,", "chi,"),
        ("chỉ", "chỉ", "chỉ"),
        ("Sươl", "Sươi", "Sươl"),
        ("Mai", "Mai", "Mai"),
        ("Thớı", "Thới", "Thới"),
        ("x", "X", "x"),
        ("X", "X", "X"),
        ("11", '"1', "11"),
        ('"1', '"1', '"1'),
    ],
)
def test_the_measures_of_a_letter_tell_which_it_is(printed: str, read_as: str, meant: str) -> None:
    assert seen(*_USUAL, printed, read_as=[*_USUAL, read_as])[-1] == meant


@pytest.mark.parametrize(("width", "meant"), [(9, "-"), (20, "–")])
def test_a_dash_is_told_by_its_length(width: int, meant: str) -> None:
    dash = SeenWord("-", 100, 50, 100 + width, 53, 0.9)
    (line,) = looked_at_again(Image.new("L", (200, 100), 255), [SeenLine(60, 0.0, 100, _SIZE, (dash,))])
    assert line.words[0].text == meant


def test_where_dots_are_not_seen_none_is_missed() -> None:
    # Dots run into their stems on a bad copy: printed here without them.
    usual = ["2021", *(word.replace("i", "ı") for word in _USUAL[1:])]
    assert seen(*usual, "Sươl", read_as=[*_USUAL, "Sươi"])[-1] == "Sươi"


@pytest.mark.parametrize(("guess", "confidence", "meant"), [("b‹", 0.5, "x"), ("b‹", 0.9, "b‹"), ("8", 0.5, "8")])
def test_what_was_hardly_read_and_measures_as_a_tick_is_one(guess: str, confidence: float, meant: str) -> None:
    printed, read_as = [*_USUAL, *"xxxxxx"], [*_USUAL, *"xxxxx", guess]
    assert seen(*printed, read_as=read_as, confidence=confidence)[-1] == meant


@pytest.mark.parametrize(("foot", "is_border"), [(400, True), (385, True), (360, False)])
def test_a_border_that_falls_short_on_a_bad_copy_is_one(foot: int, is_border: bool) -> None:
    page = Image.new("L", (600, 500), 255)
    draw = ImageDraw.Draw(page)
    for y in (100, 200, 300, 400):
        draw.line((50, y, 550, y), width=2)
    for x, end in ((50, 400), (300, foot), (549, 400)):
        draw.line((x, 100, x, end), width=2)
    # A stem of a large letter between two lines.
    draw.line((450, 215, 450, 285), width=4)
    columns = {round(ruling.x0 / 10) for ruling in lay_out(page, 150).rulings if ruling.x0 == ruling.x1}
    assert columns == ({2, 14, 26} if is_border else {2, 26})
