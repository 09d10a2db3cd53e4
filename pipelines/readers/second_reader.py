"""A second opinion on recognised numbers, by trueocr where it is installed (the extra ``second-reader``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from PIL import Image

from pipelines.readers.pdf_lines import Word

_DIGITS = re.compile(r"\d")
#: Space around a word that the second reader sees, in shares of the word's height.
_AROUND = 0.15
#: What the second reader is not sure of itself says nothing.
_LEAST_SURE = 0.5


def second_opinions(picture: Image.Image, words: Sequence[Word], points: float) -> list[Word]:
    """The words; on numbers that the second reader sees otherwise, ``other`` says how.

    ``points`` is how many points a pixel has. Without a second reader the words come back as they are.
    """
    reader = _reader()
    if reader is None:
        return list(words)
    return [_compared(reader, picture, word, points) if _DIGITS.search(word.text) else word for word in words]


def _compared(reader: Any, picture: Image.Image, word: Word, points: float) -> Word:
    around = _AROUND * (word.bottom - word.top)
    box = word.x0 - around, word.top - around, word.x1 + around, word.bottom + around
    pixels = [round(edge / points) for edge in box]
    seen = reader.predict(picture.crop((pixels[0], pixels[1], pixels[2], pixels[3])), mode="line")
    sure = min((line["confidence"] for line in seen.lines), default=0.0)
    if sure < _LEAST_SURE or _DIGITS.findall(seen.text) == _DIGITS.findall(word.text):
        return word
    return word._replace(other=seen.text)


@cache
def _reader() -> Any:
    try:
        from trueocr import OCRConfig, load_model
    except ImportError:
        return None
    return load_model(OCRConfig(threads=1, auto_rotate=False))
