"""The lines of a text as tables may stand in them: without what is not printed, and without their English repetition.

Statistical yearbooks tell every heading and label twice, in Vietnamese and in English: ``Số trường`` / ``Number of
schools``, ``Công lập - Public``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors._shared.flat_headings import Line
from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import CAPITAL
from schemas.text import TextLayer

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(r"[A-Za-z]+")
_HALVES = re.compile(r" ?[-–/] (?=[A-Z])")


def stretches(layer: TextLayer) -> Iterator[list[Line]]:
    """The lines that are not empty between the tables of a layer."""
    at = 0
    for table in sorted(layer.tables, key=lambda table: table.start):
        yield _lines(layer.text, at, table.start)
        at = max(at, table.end)
    yield _lines(layer.text, at, len(layer.text))


def _lines(text: str, start: int, end: int) -> list[Line]:
    lines: list[Line] = []
    hidden = any(sign in text for sign in INVISIBLE)
    for raw in text[start:end].split("\n"):
        places = [at for at, sign in enumerate(raw) if sign not in INVISIBLE] if hidden else range(len(raw))
        shown = "".join(raw[at] for at in places) if hidden else raw
        if stripped := shown.strip(" *"):
            first = shown.index(stripped)
            kept = tuple(start + at for at in places[first : first + len(stripped)]) if hidden else ()
            last = kept[-1] + 1 if kept else start + first + len(stripped)
            line = _in_vietnamese(Line(kept[0] if kept else start + first, last, stripped, kept))
            if line is not None:
                lines.append(line)
        start += len(raw) + 1
    return _parted(lines)


#: Cells printed with nothing between: ``STTNội dung Số lượngBình quân``, ``IITổng số phòng``, ``1Phòng học``.
_GLUED_HEADS = re.compile(rf"S?TT(?=N(?:ội|ỘI) dung|Họ (?:và )?tên|Chỉ (?:tiêu|số)|Tên [{CAPITAL}a-z])")
_IN_HEADS = re.compile(rf"(?:^S?TT|[^\W\d_{CAPITAL}])(?=[{CAPITAL}][^\W\d_{CAPITAL}])")
_COUNTER = re.compile(rf"^(?:\d{{1,2}}|[IVX]{{1,5}})(?=[{CAPITAL}][^\W\d_{CAPITAL}])")


def _parted(lines: list[Line]) -> list[Line]:
    """The lines with a blank between cells that were printed together, from such a line of headings on."""
    first = next((at for at, line in enumerate(lines) if _GLUED_HEADS.match(line.text)), None)
    if first is None:
        return lines
    rows = [_with_blanks(line, _COUNTER) for line in lines[first + 1 :]]
    return [*lines[:first], _with_blanks(lines[first], _IN_HEADS), *rows]


def _with_blanks(line: Line, glued: re.Pattern[str]) -> Line:
    """A line with a blank behind each match, which stands for nothing in the text."""
    places = line.places or tuple(range(line.start, line.end))
    at, text, kept = 0, "", list[int]()
    for match in glued.finditer(line.text):
        text += f"{line.text[at : match.end()]} "
        kept += [*places[at : match.end()], places[match.end()]]
        at = match.end()
    return line if not at else line._replace(text=text + line.text[at:], places=(*kept, *places[at:]))


def _in_vietnamese(line: Line) -> Line | None:
    """A line without its English half; None for one that is English throughout."""
    if _is_english(line.text):
        return None
    half = _english_half(line)
    return line.part(0, half) if half else line


def _english_half(line: Line) -> int:
    """Where the English half of a line begins: behind ``Công lập``; 0 for none."""
    cut = next((match for match in _HALVES.finditer(line.text) if _is_english(line.text[match.end() :])), None)
    return cut.start() if cut else 0


def _is_english(text: str) -> bool:
    """Whether all words of a text are those of headings in English."""
    if not text.isascii():
        return False
    words = _WORD.findall(text)
    known = _english()
    return bool(words) and len(max(words, key=len)) > 1 and all(word.lower() in known for word in words)


@cache
def _english() -> frozenset[str]:
    rows = load_lexicon("extractors._shared", "columns.yml")["english"]
    return frozenset(form for entry in rows for form in entry.forms)
