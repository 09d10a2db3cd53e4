"""Excel workbooks (.xlsx): sheets with their tables, each value as its cell shows it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.limits import MAX_CELLS, UnreadableError
from pipelines.readers.package import DAMAGE, damaged, open_package, parse_part
from pipelines.readers.runs import Run
from pipelines.readers.sheets import Sheet, SheetCell, TextBox, add_sheets, is_date_format, print_date, print_number
from schemas import TextLayer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KIND = "an Excel workbook"
#: Formats that files name by number only.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "h:mm:ss", 46: "h:mm:ss", 47: "h:mm:ss",
}  # fmt: skip
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_FLAG = frozenset({"1", "true"})


@dataclass(frozen=True)
class _Book:
    """What the sheets of a workbook share."""

    strings: list[tuple[Run, ...]]
    fonts: list[str]  # of each cell style
    codes: list[str]  # number format of each cell style
    epoch: datetime


def read_xlsx(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a workbook: each visible sheet with its tables; hidden rows and columns are left out.

    Raises: UnreadableError.
    """
    try:
        with open_package(data, _KIND) as package:
            sheets = list(_sheets(package))
    except DAMAGE as error:
        raise UnreadableError(damaged(_KIND)) from error
    builder = LayerBuilder()
    add_sheets(builder, sheets)
    return builder.build(sha256=sha256, file=file, media_type=MEDIA_TYPE)


def _sheets(package: zipfile.ZipFile) -> Iterator[Sheet]:
    workbook = parse_part(package, "xl/workbook.xml")
    if workbook is None:
        raise UnreadableError("is a workbook of another kind than .xlsx (.xlsb); save it as .xlsx")
    targets = _targets(package)
    properties = workbook.find("{*}workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "") in _FLAG
    fonts, codes = _styles(package)
    epoch = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    book = _Book(_strings(package, targets.get("sharedStrings", "xl/sharedStrings.xml")), fonts, codes, epoch)
    left = MAX_CELLS
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        if sheet.get("state", "visible") != "visible":
            continue
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        part = targets.get(str(link), "")
        root = parse_part(package, part)
        if root is None:
            continue
        cells = list(_cells(root, book, left))
        left -= len(cells)
        yield Sheet(sheet.get("name", ""), cells, tuple(_text_boxes(package, part)))


def _text_boxes(package: zipfile.ZipFile, part: str) -> Iterator[TextBox]:
    """The text boxes and shapes with text that lie on a sheet, a paragraph each, in the order of the file."""
    drawing = _targets(package, part).get("drawing")
    root = parse_part(package, drawing) if drawing else None
    for anchor in root if root is not None else ():
        row = _number(anchor.findtext("{*}from/{*}row"))
        for shape in anchor.iterfind(".//{*}sp"):
            about = shape.find("{*}nvSpPr/{*}cNvPr")
            if about is not None and about.get("hidden", "") in _FLAG:
                continue
            for paragraph in shape.iterfind("{*}txBody/{*}p"):
                if runs := tuple(_shape_runs(paragraph)):
                    yield TextBox(row, runs)


def _shape_runs(paragraph: etree._Element) -> Iterator[Run]:
    for run in paragraph.iterchildren("*"):
        if etree.QName(run).localname == "br":
            yield "", "\n"
        elif text := run.findtext("{*}t"):
            font = run.find("{*}rPr/{*}latin")
            yield "" if font is None else font.get("typeface", ""), text


def _targets(package: zipfile.ZipFile, part: str = "xl/workbook.xml") -> dict[str, str]:
    """Names of parts by the links to them, and by their kind; links to other places are not followed."""
    folder, _, name = part.rpartition("/")
    root = parse_part(package, f"{folder}/_rels/{name}.rels")
    found: dict[str, str] = {}
    for link in root if root is not None else ():
        if link.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join(folder, link.get("Target", ""))).lstrip("/")
        found[link.get("Id", "")] = target
        found.setdefault(link.get("Type", "").rsplit("/", 1)[-1], target)
    return found


def _strings(package: zipfile.ZipFile, name: str) -> list[tuple[Run, ...]]:
    root = parse_part(package, name)
    return [] if root is None else [tuple(_rich_text(item)) for item in root.iterfind("{*}si")]


def _rich_text(item: etree._Element) -> Iterator[Run]:
    """The runs of a string; one without a font of its own has that of its cell, here empty."""
    for part in item:
        name = etree.QName(part).localname
        if name == "t":
            yield "", part.text or ""
        elif name == "r":
            font = part.find("{*}rPr/{*}rFont")
            text = part.find("{*}t")
            if text is not None:
                yield "" if font is None else font.get("val", ""), text.text or ""


def _styles(package: zipfile.ZipFile) -> tuple[list[str], list[str]]:
    """Font and number format of each cell style."""
    root = parse_part(package, "xl/styles.xml")
    if root is None:
        return [], []
    names = []
    for font in root.iterfind("{*}fonts/{*}font"):
        name = font.find("{*}name")
        names.append("" if name is None else name.get("val", ""))
    codes = dict(_BUILT_IN)
    for form in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[_number(form.get("numFmtId"))] = form.get("formatCode", "")
    fonts, formats = [], []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        at = _number(style.get("fontId"))
        fonts.append(names[at] if at < len(names) else "")
        formats.append(codes.get(_number(style.get("numFmtId")), "General"))
    return fonts, formats


def _cells(root: etree._Element, book: _Book, most: int) -> Iterator[SheetCell]:
    spans, covered = _merges(root)
    hidden = _hidden_columns(root)
    row_number = -1
    count = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        row_number = _number(row.get("r")) - 1 if row.get("r") else row_number + 1
        if row.get("hidden", "") in _FLAG:
            continue
        col = -1
        for cell in row.iterfind("{*}c"):
            place = _REFERENCE.fullmatch(cell.get("r", ""))
            col = _column(place[1]) if place else col + 1
            if (row_number, col) in covered or col in hidden:
                continue
            count += 1
            if count > most:
                raise UnreadableError(f"has more than {MAX_CELLS} cells; split it into reports")
            runs = tuple(_value(cell, book))
            if runs or (row_number, col) in spans:
                yield SheetCell(row_number, col, runs, *spans.get((row_number, col), (1, 1)))


def _value(cell: etree._Element, book: _Book) -> Iterator[Run]:
    style = _number(cell.get("s"))
    font = book.fonts[style] if style < len(book.fonts) else ""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        for name, text in _rich_text(inline) if inline is not None else ():
            yield name or font, text
        return
    element = cell.find("{*}v")
    raw = "" if element is None else element.text or ""
    if not raw:
        return
    if kind == "s":
        number = _number(raw)
        for name, text in book.strings[number] if number < len(book.strings) else ():
            yield name or font, text
    elif kind in ("str", "d"):
        yield font, raw
    elif kind == "b":
        yield font, "TRUE" if raw in _FLAG else "FALSE"
    elif kind == "n":
        code = book.codes[style] if style < len(book.codes) else "General"
        yield font, _printed(raw, code, book.epoch)


def _printed(raw: str, code: str, epoch: datetime) -> str:
    try:
        value = float(raw)
    except ValueError:
        return raw
    if is_date_format(code) and 0 <= value < 2_958_466:  # up to the year 9999
        return print_date(epoch + timedelta(seconds=round(value * 86_400)), code)
    return print_number(value, code) if abs(value) < 1e300 else raw


def _merges(root: etree._Element) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Height and width of merged cells by their first, and the cells that they cover. Raises: UnreadableError."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merge in root.iterfind("{*}mergeCells/{*}mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        top_left, bottom_right = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if not top_left or not bottom_right:
            continue
        top, left = int(top_left[2]) - 1, _column(top_left[1])
        height, width = int(bottom_right[2]) - top, _column(bottom_right[1]) - left + 1
        # A merge over whole columns reaches to the last row that a sheet can have; only what is filled counts.
        if height < 1 or width < 1 or height * width + len(covered) > 4 * MAX_CELLS:
            continue
        spans[top, left] = (height, width)
        covered.update(
            (row, col)
            for row in range(top, top + height)
            for col in range(left, left + width)
            if (row, col) != (top, left)
        )
    return spans, covered


def _hidden_columns(root: etree._Element) -> frozenset[int]:
    hidden: set[int] = set()
    for column in root.iterfind("{*}cols/{*}col"):
        if column.get("hidden", "") in _FLAG:
            first, last = _number(column.get("min")), min(_number(column.get("max")), 16_384)
            hidden.update(range(first - 1, last))
    return frozenset(hidden)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _number(raw: str | None) -> int:
    return int(raw) if raw is not None and re.fullmatch(r"\d{1,9}", raw) else 0
