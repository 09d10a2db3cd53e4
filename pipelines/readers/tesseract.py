"""Text recognition by the program Tesseract: a picture to words with boxes and how sure it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from lxml import etree
from PIL import Image

from pipelines.readers.limits import UnreadableError

_SECONDS = 250
_INSTALL = "install the Debian packages tesseract-ocr and tesseract-ocr-vie and run it again"
_FIGURE = re.compile(r"\d[\d.,]*O+[\d.,O]*%?|O?[.,]\d+%?")
_ONE_COMMA = re.compile(r"(\d+)L(\d+%?)")
#: No line is tried as one of a typewriter, whose letters are all as wide, nor a second time in white on black, and
#: paragraphs are not told by what they say: they are made elsewhere.
_SETTINGS = ("-c", "textord_all_prop=1", "-c", "invert_threshold=0", "-c", "paragraph_text_based=0")
_NUMBERS = re.compile(r"(\w+) (-?[\d.]+(?: -?[\d.]+)*)")


class SeenWord(NamedTuple):
    """A word as recognised: its text, the box of its ink in pixels, and how sure the recognition is (0..1)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


@dataclass(frozen=True)
class SeenLine:
    """A line as recognised: where its letters stand and how high they are, in pixels, and its words."""

    baseline: float
    slope: float
    x0: float
    size: float
    words: tuple[SeenWord, ...]


def recognise(picture: Image.Image, dpi: float) -> list[SeenLine]:
    """The lines of a picture as one block of text, from top to bottom.

    Raises: UnreadableError where Tesseract or its Vietnamese data is not installed, or fails.
    """
    page = _run(picture, "--psm", "6", "-l", "vie", "--dpi", str(round(dpi)), *_SETTINGS, "hocr")
    return list(_lines(page))


def find_turn(picture: Image.Image) -> int:
    """By how many degrees, clockwise, a picture has to be turned to stand upright; 0 where that is not seen.

    Raises: UnreadableError as `recognise` does.
    """
    try:
        told = _run(picture, "--psm", "0", "-l", "osd").decode("utf-8", "replace")
    except UnreadableError:
        # Too few letters to tell which way they stand.
        return 0
    turn = re.search(r"Rotate: (\d+)", told)
    return int(turn[1]) if turn else 0


@cache
def _program() -> str:
    """Raises: UnreadableError."""
    program = shutil.which("tesseract")
    if program is None:
        raise UnreadableError(f"is a scan, and the program that reads scans is missing; {_INSTALL}")
    languages = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=60, check=False)
    if "vie" not in languages.stdout.split():
        raise UnreadableError(f"is a scan, and Tesseract lacks its data for Vietnamese; {_INSTALL}")
    return program


def _run(picture: Image.Image, *arguments: str) -> bytes:
    command = [_program(), "stdin", "stdout", *arguments]
    try:
        # A pipe would take the megabytes of a page in thousands of pieces.
        with tempfile.TemporaryFile(prefix="baocao-") as file:
            # Leptonica takes a quarter of a second to read a page of PPM, point by point.
            picture.save(file, "BMP")
            file.seek(0)
            done = subprocess.run(
                command,
                stdin=file,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
                # One page takes one core; several files are read at the same time.
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
    except OSError as error:
        raise UnreadableError(
            f"has a page that cannot be handed to text recognition ({error.strerror or error});"
            f" make room in {tempfile.gettempdir()}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(f"has a page on which text recognition takes more than {_SECONDS} s") from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableError(f"cannot be recognised: Tesseract says {told[-1] if told else done.returncode!r}")
    return done.stdout


def _lines(page: bytes) -> Iterator[SeenLine]:
    """The lines of a page in hOCR."""
    root = etree.fromstring(page, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    if root is None:
        return
    for element in root.iter("{*}span"):
        if element.get("class") not in {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}:
            continue
        title = _title(element)
        words = []
        for word in element.iter("{*}span"):
            text = str(word.xpath("string()")).strip()
            if word.get("class") == "ocrx_word" and text:
                box = _title(word)
                x0, top, x1, bottom = box["bbox"]
                words.append(SeenWord(_as_number(text), x0, top, x1, bottom, box["x_wconf"][0] / 100))
        if words:
            slope, offset = title.get("baseline", [0.0, 0.0])
            left, _, _, bottom = title["bbox"]
            yield SeenLine(bottom + offset, slope, left, title["x_size"][0], tuple(words))


def _as_number(text: str) -> str:
    """The word; a letter O inside a figure is a nought (``8.14O``), an L a one with its comma (``2L0``)."""
    if (cut := _ONE_COMMA.fullmatch(text)) is not None:
        return f"{cut[1]}1,{cut[2]}"
    return text.replace("O", "0") if _FIGURE.fullmatch(text) else text


def _title(element: etree._Element) -> dict[str, list[float]]:
    title = element.get("title") or ""
    return {name: [float(number) for number in numbers.split()] for name, numbers in _NUMBERS.findall(title)}
