"""OpenDocument texts and sheets (.odt, .ods), read from their content part."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.flow import Grid, Item, Paragraph, add_items, margins_of, runs_of
from pipelines.readers.grid import GridCell
from pipelines.readers.limits import MAX_CELLS, UnreadableError
from pipelines.readers.numbering import Level, Numbering
from pipelines.readers.package import DAMAGE, damaged, open_package, parse_part
from pipelines.readers.runs import OldFonts, Run
from pipelines.readers.sheets import Sheet, SheetCell, add_sheets
from pipelines.readers.signs import is_symbol_font, symbols
from schemas import TextLayer

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _STYLE, _OFFICE, _DRAW = (_NS % name for name in ("text", "table", "style", "office", "drawing"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_KIND = "an OpenDocument file"
#: What stands inside a paragraph and prints nothing of its content there; every other field or mark-up prints it.
_SILENT = frozenset(f"{_TEXT}{tag}" for tag in ("ruby-text", "script", "hidden-text", "hidden-paragraph", "toc-mark"))
#: Controls that people fill in, which stand around text as they stand.
_CONTROL = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}content-control"
_SECTIONS = frozenset(
    {f"{_TEXT}section", f"{_TEXT}index-body", f"{_TEXT}table-of-content", f"{_TEXT}numbered-paragraph"}
)
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_MAX_SPAN = 1_000


@dataclass(frozen=True)
class _Look:
    """What a style says: its font, and whether its text is hidden."""

    font: str = ""
    is_hidden: bool = False
    parent: str = ""
    list_style: str = ""


def read_odf(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a text (.odt) or of sheets (.ods); hidden text and deletions are left out.

    Headers and footers of a text are kept as margins.

    Raises: UnreadableError.
    """
    builder = LayerBuilder()
    try:
        with open_package(data, _KIND) as package:
            media_type = package.read("mimetype").decode("ascii", "replace").strip()[:100]
            content = parse_part(package, "content.xml")
            if content is None:
                raise UnreadableError(damaged(_KIND))
            _check_encryption(package)
            styles = parse_part(package, "styles.xml")
            walker = _Walker([content, styles])
            text = content.find(f"{_OFFICE}body/{_OFFICE}text")
            sheets = content.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
            if text is not None:
                items = [*walker.items(text), *walker.notes]
                fonts = OldFonts(runs_of(items))
                add_items(builder, items, fonts)
                builder.add_margins(margins_of(walker.margins(styles), fonts))
            elif sheets is not None:
                add_sheets(builder, walker.sheets(sheets))
            else:
                raise UnreadableError("is an OpenDocument file without text (a drawing?); save the report as .odt")
    except DAMAGE as error:
        raise UnreadableError(damaged(_KIND)) from error
    return builder.build(sha256=sha256, file=file, media_type=media_type)


def _check_encryption(package: zipfile.ZipFile) -> None:
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableError("is protected with a password; save a copy without the password")


class _Walker:
    """Goes through the content once."""

    def __init__(self, roots: list[etree._Element | None]) -> None:
        self.notes: list[Item] = []
        self._looks: dict[str, _Look] = {}
        self._numbering = Numbering(None)
        self._lists = 0
        self._levels: dict[str, dict[int, Level]] = {}
        for root in roots:
            if root is not None:
                self._read_styles(root)

    def items(self, parent: etree._Element) -> Iterator[Item]:
        """Paragraphs and tables below an element, in order; text boxes after their paragraph."""
        for element in parent:
            tag = element.tag
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield from self._paragraph(element, "", 0)
            elif tag == f"{_TABLE}table":
                yield Grid(list(self._grid(element)))
            elif tag == f"{_TEXT}list":
                yield from self._list(element, "", 0, "")
            elif tag in _SECTIONS and element.get(f"{_TEXT}display") != "none":
                yield from self.items(element)

    def margins(self, styles: etree._Element | None) -> Iterator[tuple[Literal["header", "footer"], list[Item]]]:
        """Headers and footers of the page styles."""
        kinds: tuple[Literal["header", "footer"], ...] = ("header", "footer")
        for kind in kinds:
            for element in styles.iter(f"{_STYLE}{kind}", f"{_STYLE}{kind}-left") if styles is not None else ():
                yield kind, list(self.items(element))

    def _paragraph(self, element: etree._Element, label: str, depth: int) -> Iterator[Item]:
        look = self._look(element.get(f"{_TEXT}style-name", ""))
        runs: list[Run] = []
        boxes: list[etree._Element] = []
        if not look.is_hidden:
            self._inline(element, look.font, runs, boxes)
        level = element.get(f"{_TEXT}outline-level", "")
        if element.tag == f"{_TEXT}h":
            yield Paragraph(runs, "heading", int(level) if level.isdecimal() and 0 < int(level) < 20 else 1, label)
        elif depth:
            yield Paragraph(runs, "list_item", depth, label)
        else:
            yield Paragraph(runs)
        for box in boxes:
            yield from self.items(box)

    def _inline(self, element: etree._Element, font: str, runs: list[Run], boxes: list[etree._Element]) -> None:
        if element.text:
            runs.append(_run(font, element.text))
        for child in element:
            tag = child.tag
            if tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                runs.append((font, " " * (min(int(count), 1_000) if count.isdecimal() else 1)))
            elif tag == f"{_TEXT}tab":
                runs.append((font, " "))
            elif tag == f"{_TEXT}line-break":
                runs.append((font, "\n"))
            elif tag == f"{_TEXT}soft-hyphen":
                runs.append((font, "\xad"))
            elif tag == f"{_TEXT}note":
                self._note(child)
            elif tag == _CONTROL or (isinstance(tag, str) and tag.startswith(_TEXT) and tag not in _SILENT):
                look = self._look(child.get(f"{_TEXT}style-name", ""))
                if not look.is_hidden:
                    self._inline(child, look.font or font, runs, boxes)
            elif isinstance(tag, str):
                boxes.extend(child.iter("{*}text-box"))
            if child.tail:
                runs.append(_run(font, child.tail))

    def _note(self, note: etree._Element) -> None:
        body = note.find(f"{_TEXT}note-body")
        for item in self.items(body) if body is not None else ():
            if isinstance(item, Paragraph):
                item.kind = "footnote"
            self.notes.append(item)

    # --- lists -------------------------------------------------------------------------------------

    def _list(self, element: etree._Element, style: str, depth: int, list_id: str) -> Iterator[Item]:
        style = element.get(f"{_TEXT}style-name", style)
        if not list_id:
            self._lists += 1
            list_id = str(self._lists)
            # "Continue numbering" counts on in the same list style.
            continues = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
            self._numbering.define(
                list_id,
                self._levels.get(style, {}),
                counts_with=style if continues else f"{style}/{list_id}",
                restarts={},
            )
        for item in element:
            if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                continue
            start = item.get(f"{_TEXT}start-value", "")
            if start.isdecimal():
                self._numbering.restart(list_id, depth, int(start[:9]))
            label = self._numbering.label(list_id, depth) if item.tag == f"{_TEXT}list-item" else ""
            for child in item:
                if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                    yield from self._paragraph(child, label, depth + 1)
                    label = ""
                elif child.tag == f"{_TEXT}list":
                    yield from self._list(child, style, depth + 1, list_id)

    # --- tables ------------------------------------------------------------------------------------

    def _grid(self, table: etree._Element) -> Iterator[tuple[GridCell, list[Item]]]:
        """The cells of a table of a text. Raises: UnreadableError."""
        for row, col, cell, is_header in self._places(table):
            height, width = _span(cell, "rows"), _span(cell, "columns")
            yield GridCell(row, col, "", height, width, header=is_header or None), list(self.items(cell))

    def sheets(self, parent: etree._Element) -> Iterator[Sheet]:
        """The visible sheets. Raises: UnreadableError."""
        for table in parent.iterfind(f"{_TABLE}table"):
            cells: list[SheetCell] = []
            for row, col, cell, _ in self._places(table):
                runs = [
                    run for item in self.items(cell) if isinstance(item, Paragraph) for run in (*item.runs, ("", "\n"))
                ]
                if runs or _span(cell, "rows") > 1 or _span(cell, "columns") > 1:
                    cells.append(SheetCell(row, col, tuple(runs), _span(cell, "rows"), _span(cell, "columns")))
            yield Sheet(table.get(f"{_TABLE}name", ""), cells)

    def _places(self, table: etree._Element) -> Iterator[tuple[int, int, etree._Element, bool]]:
        """Row, column and element of each cell that is not covered, and whether it stands in the heading rows.

        Raises: UnreadableError.
        """
        number = count = 0
        for row, is_header in _rows(table):
            repeated = _repeat(row, "rows")
            is_hidden = row.get(f"{_TABLE}visibility", "visible") != "visible"
            filled = 0 if is_hidden else (min(repeated, _MAX_SPAN) if row.find(f".//{_TEXT}p") is not None else 0)
            for copy in range(filled or (0 if is_hidden else 1)):
                col = 0
                for cell in row:
                    if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                        continue
                    wide = _repeat(cell, "columns")
                    if cell.tag == f"{_TABLE}table-cell":
                        # Empty cells are repeated up to the last column that a sheet can have.
                        for again in range(min(wide, _MAX_SPAN) if len(cell) else 1):
                            yield number + copy, col + again, cell, is_header
                            count += 1
                    col += wide
                if count > MAX_CELLS:
                    raise UnreadableError(f"has more than {MAX_CELLS} table cells; split it into reports")
            number += repeated

    # --- styles ------------------------------------------------------------------------------------

    def _read_styles(self, root: etree._Element) -> None:
        faces = {
            face.get(f"{_STYLE}name", ""): _first(face.get(_NS % "svg-compatible" + "font-family", ""))
            for face in root.iterfind(f".//{_STYLE}font-face")
        }
        for style in root.iter(f"{_STYLE}style"):
            properties = style.find(f"{_STYLE}text-properties")
            font, hidden = "", False
            if properties is not None:
                named = properties.get(f"{_STYLE}font-name", "")
                font = faces.get(named) or named or _first(properties.get(f"{_FO}font-family", ""))
                hidden = properties.get(f"{_TEXT}display") == "none"
            self._looks.setdefault(
                style.get(f"{_STYLE}name", ""), _Look(font, hidden, style.get(f"{_STYLE}parent-style-name", ""))
            )
        for style in root.iter(f"{_TEXT}list-style"):
            self._levels.setdefault(style.get(f"{_STYLE}name", ""), dict(map(_level, style)))

    def _look(self, name: str) -> _Look:
        """The style with what it inherits."""
        font, hidden = "", False
        for _ in range(20):
            look = self._looks.get(name)
            if look is None:
                break
            font, hidden, name = font or look.font, hidden or look.is_hidden, look.parent
        return _Look(font, hidden)


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child, False
        elif child.tag == f"{_TABLE}table-header-rows":
            for row in child.iterchildren(f"{_TABLE}table-row"):
                yield row, True
        elif child.tag in (f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child)


def _repeat(element: etree._Element, what: str) -> int:
    raw = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return max(int(raw[:9]), 1) if raw.isdecimal() else 1


def _span(cell: etree._Element, what: str) -> int:
    raw = cell.get(f"{_TABLE}number-{what}-spanned", "1")
    return min(max(int(raw), 1), _MAX_SPAN) if raw.isdecimal() else 1


def _level(element: etree._Element) -> tuple[int, Level]:
    """One level of a list style, counted from 0."""
    raw = element.get(f"{_TEXT}level", "1")
    at = int(raw) - 1 if raw.isdecimal() and 0 < int(raw) < 20 else 0
    if element.tag != f"{_TEXT}list-level-style-number":
        return at, Level(format="bullet", text=_bullet(element.get(f"{_TEXT}bullet-char", "•")))
    kind = _FORMATS.get(element.get(f"{_STYLE}num-format", ""), "decimal")
    shown = element.get(f"{_TEXT}display-levels", "1")
    count = int(shown) if shown.isdecimal() else 1
    numbers = ".".join(f"%{number + 1}" for number in range(max(at - count + 1, 0), at + 1))
    if kind == "none":
        numbers = ""
    text = element.get(f"{_STYLE}num-prefix", "") + numbers + element.get(f"{_STYLE}num-suffix", "")
    start = element.get(f"{_TEXT}start-value", "1")
    return at, Level(start=int(start) if start.isdecimal() else 1, format=kind, text=text)


def _bullet(sign: str) -> str:
    return "•" if not sign or "\ue000" <= sign <= "\uf8ff" else sign


def _first(families: str) -> str:
    return families.split(",")[0].strip().strip("'\"")


def _run(font: str, text: str) -> Run:
    """Text in a font; signs of a symbol font are what they print."""
    text = _folded(text)
    return ("", symbols(text, font)) if is_symbol_font(font) else (font, text)


def _folded(text: str) -> str:
    """White space as OpenDocument means it: any amount is one blank."""
    return " ".join(f"\0{text}\0".split()).replace("\0 ", " ").replace(" \0", " ").replace("\0", "")
