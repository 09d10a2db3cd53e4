"""Automatic list numbers of a docx: Word keeps them out of the text, a reader of the page sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipelines.readers.signs import bullet_sign, is_symbol_font, symbols

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
_ROMAN_UNITS = ((9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
#: Bound on a counter and on style chains, which a hostile file may make endless.
_MAX_DEPTH = 20


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts and what it prints (``%1.%2.``)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = " "
    restart: int | None = None
    all_decimal: bool = False


@dataclass
class _List:
    """A list that counts: its levels, and its counters, which all lists of one definition share."""

    levels: dict[int, Level]
    counters: dict[int, int]
    #: Levels that start anew when this list is first used.
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each numbered paragraph its label, in the order of the document."""

    def __init__(self, root: etree._Element | None) -> None:
        """``root`` is the root of numbering.xml, None where the document has none."""
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def define(
        self, list_id: str, levels: Mapping[int, Level], *, counts_with: str, restarts: Mapping[int, int]
    ) -> None:
        """Adds a list; all that name the same ``counts_with`` go on counting where another stopped.

        ``restarts`` are the levels that start anew, with their first number, when the list is first used.
        """
        shared = self._counters.setdefault(counts_with, {})
        self._lists[list_id] = _List(dict(levels), shared, dict(restarts))

    def label(self, list_id: str, level: int) -> str:
        """The label that the next paragraph of a list prints, with what separates it from the text.

        It is empty for a level that prints none and for a list that is not defined. Calling it
        counts.
        """
        numbered = self._lists.get(list_id)
        if numbered is None or level not in numbered.levels:
            return ""
        for restarted, start in numbered.restarts.items():
            numbered.counters[restarted] = start - 1
        numbered.restarts.clear()
        rule = numbered.levels[level]
        counters = numbered.counters
        counters[level] = counters.get(level, rule.start - 1) + 1
        for deeper, other in numbered.levels.items():
            if deeper > level and (other.restart is None or 0 < other.restart >= level + 1):
                counters.pop(deeper, None)
        printed = _print(rule, numbered)
        return printed + rule.suffix if printed else ""

    def restart(self, list_id: str, level: int, start: int) -> None:
        """Lets the next paragraph on a level of a list have this number."""
        if (numbered := self._lists.get(list_id)) is not None:
            numbered.restarts[level] = start

    def _read(self, root: etree._Element) -> None:
        abstract: dict[str, dict[int, Level]] = {}
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for element in root.iterfind(f"{W}abstractNum"):
            key = element.get(f"{W}abstractNumId", "")
            abstract[key] = {number(lvl, f"{W}ilvl"): _level(lvl) for lvl in element.iterfind(f"{W}lvl")}
            if (link := value(element, "numStyleLink")) is not None:
                linked[key] = link
            if (style := value(element, "styleLink")) is not None:
                by_style[style] = key
        for element in root.iterfind(f"{W}num"):
            key = value(element, "abstractNumId") or ""
            key = by_style.get(linked.get(key, ""), key)
            levels = dict(abstract.get(key, {}))
            restarts: dict[int, int] = {}
            for override in element.iterfind(f"{W}lvlOverride"):
                at = number(override, f"{W}ilvl")
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[at] = _level(own)
                if (start := value(override, "startOverride")) is not None and start.isdecimal():
                    restarts[at] = int(start)
            self.define(element.get(f"{W}numId", ""), levels, counts_with=key, restarts=restarts)


def value(element: etree._Element, tag: str) -> str | None:
    """The ``w:val`` of a child, None without the child."""
    child = element.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def number(element: etree._Element, attribute: str) -> int:
    """An attribute as a number, 0 where it is missing or none."""
    raw = element.get(attribute, "0")
    return int(raw) if raw.isdecimal() else 0


def _level(element: etree._Element) -> Level:
    start, restart = value(element, "start"), value(element, "lvlRestart")
    text = value(element, "lvlText") or ""
    kind = value(element, "numFmt") or "decimal"
    return Level(
        start=int(start) if start and start.isdecimal() else 1,
        format=kind,
        text=_bullet(text, element) if kind == "bullet" else text,
        suffix="" if value(element, "suff") == "nothing" else " ",
        restart=int(restart) if restart and restart.isdecimal() else None,
        all_decimal=element.find(f"{W}isLgl") is not None,
    )


def _bullet(text: str, element: etree._Element) -> str:
    """The sign of a bullet as it is printed: signs of symbol fonts are mapped, the rest is a ``•``."""
    fonts = element.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else (fonts.get(f"{W}ascii") or "")
    if font.startswith("Courier") and text == "o":
        return "•"
    return symbols(text, font) if is_symbol_font(font) else "".join(map(bullet_sign, text))


def _print(rule: Level, numbered: _List) -> str:
    if rule.format == "bullet":
        return rule.text

    def fill(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = numbered.levels.get(at, Level())
        count = numbered.counters.get(at, other.start)
        return _format(count, "decimal" if rule.all_decimal else other.format)

    return re.sub(r"%([1-9])", fill, rule.text)


def _format(count: int, kind: str) -> str:
    formats: dict[str, Callable[[int], str]] = {
        "none": lambda _: "",
        "decimalZero": lambda n: f"{n:02d}",
        "upperRoman": roman,
        "lowerRoman": lambda n: roman(n).lower(),
        "upperLetter": letters,
        "lowerLetter": lambda n: letters(n).lower(),
    }
    return formats.get(kind, str)(count)


def roman(count: int) -> str:
    """Roman numeral of 1..3999, digits outside."""
    if not 0 < count < 4000:
        return str(count)
    out = ""
    for size, sign in (*_ROMAN, *_ROMAN_UNITS):
        out += sign * (count // size)
        count %= size
    return out


def letters(count: int) -> str:
    """``A`` to ``Z``, then ``AA``, ``BB`` as Word counts; digits outside 1..780."""
    if not 0 < count <= 780:
        return str(count)
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)


@dataclass(frozen=True)
class Style:
    """What a paragraph style says about structure, its parents included."""

    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """Paragraph styles by id. ``root`` is the root of styles.xml. ``outline`` counts from 0."""
    raw: dict[str, tuple[str | None, Style]] = {}
    for element in root.iterfind(f"{W}style") if root is not None else ():
        name = (value(element, "name") or "").lower()
        properties = element.find(f"{W}pPr")
        outline = list_id = level = None
        if properties is not None:
            outline = value(properties, "outlineLvl")
            list_properties = properties.find(f"{W}numPr")
            if list_properties is not None:
                list_id, level = value(list_properties, "numId"), value(list_properties, "ilvl")
        if outline is None and (heading := re.fullmatch(r"heading ([1-9])|title", name)):
            outline = str(int(heading[1] or 1) - 1)
        own = Style(_int(outline), list_id, _int(level))
        raw[element.get(f"{W}styleId", "")] = (value(element, "basedOn"), own)
    return {key: _inherit(key, raw) for key in raw}


def _inherit(key: str, raw: dict[str, tuple[str | None, Style]]) -> Style:
    outline = list_id = level = None
    at: str | None = key
    for _ in range(_MAX_DEPTH):
        if at is None or at not in raw:
            break
        at, own = raw[at]
        outline = own.outline if outline is None else outline
        list_id = own.list_id if list_id is None else list_id
        level = own.list_level if level is None else level
    # Outline level 9 is Word's "body text".
    return Style(outline if outline is not None and outline < 9 else None, list_id, level)


def _int(raw: str | None) -> int | None:
    return int(raw) if raw is not None and raw.isdecimal() else None
