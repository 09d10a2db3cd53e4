"""Word documents (docx): the flow of the body as it is printed, tables with their spans, notes at the end."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import cast

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from lxml import etree

from pipelines.readers.builder import LayerBuilder, clean
from pipelines.readers.encoding import OLD_FONTS, is_old_font, is_plausible_vietnamese
from pipelines.readers.grid import GridCell, by_columns, is_layout
from pipelines.readers.limits import (
    MAX_CELLS,
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
    RATIO_FLOOR_BYTES,
    UnreadableError,
    megabytes,
)
from pipelines.readers.numbering import Numbering, Style, W, number, read_styles, value
from schemas import TextLayer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Wrappers that are transparent for the reader: their content stands in the flow.
_TRANSPARENT = frozenset(
    f"{W}{tag}" for tag in ("ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple")
) | {f"{_MC}AlternateContent", f"{_MC}Choice", f"{W}dir", f"{W}bdo", f"{W}ruby", f"{W}rubyBase", f"{_M}oMath"}
_TRANSPARENT |= {f"{_M}oMathPara", f"{_M}r", f"{W}r"}
_CHARACTERS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_OTHER_ZIPS = (
    ("xl/", "is an Excel workbook; save the report as .docx or PDF"),
    ("ppt/", "is a PowerPoint presentation; save the report as .docx or PDF"),
    ("mimetype", "is an OpenDocument file or an e-book; save it as .docx"),
)
_DAMAGED = "is damaged or cut short and cannot be opened as a Word document; fetch the file again"


def read_docx(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a docx: paragraphs and tables in their order, footnotes and endnotes at the end.

    Automatic numbers stand in the text as they are printed. Tracked insertions count, deletions
    do not; headers, footers and hidden text are left out.

    Raises: UnreadableError.
    """
    _check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        parts = {part.partname.split("/")[-1]: part.blob for part in document.part.package.iter_parts()}
        body, styles = cast(etree._Element, document.element.body), _parse(parts.get("styles.xml"))
        _check_fonts(body, styles)
        walker = _Walker(Numbering(_parse(parts.get("numbering.xml"))), read_styles(styles))
        walker.blocks(body)
        for notes in ("footnotes.xml", "endnotes.xml"):
            if (root := _parse(parts.get(notes))) is not None:
                walker.notes(root)
    except (
        OpcError,
        KeyError,
        ValueError,
        AttributeError,
        etree.LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        RecursionError,
    ) as error:
        raise UnreadableError(_DAMAGED) from error
    return walker.builder.build(sha256=sha256, file=file, media_type=MEDIA_TYPE)


def _parse(xml: bytes | None) -> etree._Element | None:
    """The root of a part; python-docx's parser resolves no entities."""
    return None if xml is None else cast(etree._Element, parse_xml(xml))


def _check_package(data: bytes) -> None:
    """Looks at a zip before anything of it is unpacked.

    Raises: UnreadableError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(_DAMAGED) from error
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("is protected with a password; save a copy without the password")
    unpacked = sum(entry.file_size for entry in entries)
    bombs = [
        entry
        for entry in entries
        if entry.file_size > RATIO_FLOOR_BYTES and entry.file_size > MAX_UNPACK_RATIO * max(entry.compress_size, 1)
    ]
    if unpacked > MAX_UNPACKED_BYTES or bombs or len(entries) > MAX_ZIP_ENTRIES:
        raise UnreadableError(f"unpacks to {megabytes(unpacked)}, which no report does; it is not opened")
    if "word/document.xml" not in names and not any(name.startswith("word/document") for name in names):
        for prefix, reason in _OTHER_ZIPS:
            if any(name.startswith(prefix) for name in names):
                raise UnreadableError(reason)
        raise UnreadableError("is a zip archive and no Word document; unpack it and give the files in it")


def _check_fonts(body: etree._Element, styles: etree._Element | None) -> None:
    """Raises: UnreadableError where most of the text is set in fonts whose letters are not the stored ones."""
    defaults = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    normal = _font(defaults)
    total, old = 0, ""
    for run in body.iter(f"{W}r"):
        text = "".join(part.text or "" for part in run.iterchildren(f"{W}t"))
        total += len(text)
        old += text if is_old_font(_font(run.find(f"{W}rPr")) or normal) else ""
    # Word shows Unicode letters under an old font's name in another font.
    if len(old) > total * 0.5 and not is_plausible_vietnamese(old):
        raise UnreadableError(OLD_FONTS)


def _font(properties: etree._Element | None) -> str:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


class _Walker:
    """Goes through the body once and fills the builder."""

    def __init__(self, numbering: Numbering, styles: dict[str, Style]) -> None:
        self.builder = LayerBuilder()
        self._numbering = numbering
        self._styles = styles
        self._carried = ""

    def blocks(self, parent: etree._Element) -> None:
        """Adds the paragraphs and tables below an element, through transparent wrappers."""
        for element in _block_elements(parent):
            if element.tag == f"{W}p":
                self._paragraph(element)
            else:
                self._table(element)
        self._flush()

    def notes(self, root: etree._Element) -> None:
        """Adds footnotes or endnotes; Word's own separators are none."""
        for note in root:
            if note.get(f"{W}type") in (None, "normal"):
                lines = [line for _, _, line in self._lines(note)]
                self.builder.add("\n".join(lines), kind="footnote")

    def _paragraph(self, element: etree._Element) -> None:
        text = self._carried + _text(element)
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            # The paragraph mark was deleted under tracking: what follows belongs to this paragraph.
            self._carried = text
            return
        self._carried = ""
        kind, level, label = self._structure(element)
        # Word prints a number on an empty paragraph too, but a number alone says nothing.
        self.builder.add(label + text if clean(text) else "", kind=kind, level=level)
        for box in _text_boxes(element):
            self.blocks(box)

    def _flush(self) -> None:
        carried, self._carried = self._carried, ""
        self.builder.add(carried)

    def _structure(self, element: etree._Element) -> tuple[str, int | None, str]:
        """Kind and level of a paragraph, and its label. Counts, so it is asked once a paragraph."""
        properties = element.find(f"{W}pPr")
        style, outline, list_id, list_level = Style(), None, None, None
        if properties is not None:
            style = self._styles.get(value(properties, "pStyle") or "", style)
            raw = value(properties, "outlineLvl")
            outline = int(raw) if raw and raw.isdecimal() and int(raw) < 9 else style.outline
            numbered = properties.find(f"{W}numPr")
            if numbered is not None:
                list_id, own = value(numbered, "numId"), value(numbered, "ilvl")
                list_level = int(own) if own and own.isdecimal() else None
        list_id = style.list_id if list_id is None else list_id
        list_level = (style.list_level or 0) if list_level is None else list_level
        label = self._numbering.label(list_id, list_level) if list_id and list_id != "0" else ""
        if outline is not None:
            return "heading", outline + 1, label
        return ("list_item", list_level + 1, label) if label else ("paragraph", None, label)

    def _lines(self, parent: etree._Element) -> Iterator[tuple[str, int | None, str]]:
        """Kind, level and text of what stands in a cell or note, tables in it read row by row."""
        for element in _block_elements(parent):
            if element.tag == f"{W}p":
                text = _text(element)
                kind, level, label = self._structure(element)
                if clean(text):
                    yield kind, level, label + text
                for box in _text_boxes(element):
                    yield from self._lines(box)
            else:
                for cell in self._cells(element):
                    yield "paragraph", None, cell.text

    def _table(self, table: etree._Element) -> None:
        placed = list(_grid(table))
        if is_layout([cell for cell, _ in placed]):
            order = {id(cell): parts for cell, parts in placed}
            for cell in by_columns([cell for cell, _ in placed]):
                for part in order[id(cell)]:
                    self._cell_flow(part)
            return
        self.builder.add_table(self._cells(table))

    def _cell_flow(self, part: etree._Element) -> None:
        for element in _block_elements(part):
            if element.tag == f"{W}p":
                self._paragraph(element)
            else:
                self._table(element)
        self._flush()

    def _cells(self, table: etree._Element) -> list[GridCell]:
        cells: list[GridCell] = []
        for cell, parts in _grid(table):
            lines = [line for part in parts for _, _, line in self._lines(part)]
            cells.append(
                GridCell(cell.row, cell.col, "\n".join(lines), cell.row_span, cell.col_span, header=cell.header)
            )
        return cells


def _block_elements(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, through content controls, insertions and the like."""
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in _TRANSPARENT:
            yield from _block_elements(element)


def _text(paragraph: etree._Element) -> str:
    """The printed text of a paragraph without its label, ``\\n`` for line breaks."""
    parts: list[str] = []
    _collect(paragraph, parts)
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in (f"{W}t", f"{_M}t"):
            parts.append(child.text or "")
        elif tag in _CHARACTERS:
            parts.append(_CHARACTERS[tag])
        elif tag == f"{W}sym":
            parts.append(_symbol(child))
        elif tag == f"{W}r" and _is_hidden(child):
            continue
        elif tag in _TRANSPARENT:
            _collect(child, parts)


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font: its code point where it is a real one, else a bullet."""
    try:
        char = chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if "\ue000" <= char <= "\uf8ff" else char


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false", "off")


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Contents of the text boxes anchored in a paragraph; of two versions of one box the newer."""
    for box in paragraph.iter(f"{W}txbxContent"):
        ancestors = list(box.iterancestors())
        below = ancestors[: ancestors.index(paragraph)]
        if not any(above.tag in (f"{_MC}Fallback", f"{W}txbxContent", f"{W}del") for above in below):
            yield box


def _grid(table: etree._Element) -> Iterator[tuple[GridCell, list[etree._Element]]]:
    """The cells of a table without text, each with the elements that make it up (one a row spanned).

    Raises: UnreadableError.
    """
    rows = [row for row in _rows(table) if row.find(f"{W}trPr/{W}del") is None]
    open_cells: dict[int, int] = {}  # column of a cell that goes on downwards -> its place in `found`
    found: list[tuple[GridCell, list[etree._Element]]] = []
    for row_number, row in enumerate(rows):
        properties = row.find(f"{W}trPr")
        header = _is_on(properties, "tblHeader")
        col = _count(properties, "gridBefore", 0)
        for tc in _row_cells(row):
            cell_properties = tc.find(f"{W}tcPr")
            span = _count(cell_properties, "gridSpan", 1) or 1
            merge = cell_properties.find(f"{W}vMerge") if cell_properties is not None else None
            continues = merge is not None and merge.get(f"{W}val") != "restart"
            if continues and col in open_cells:
                cell, parts = found[open_cells[col]]
                found[open_cells[col]] = (_taller(cell, row_number), [*parts, tc])
            else:
                found.append((GridCell(row_number, col, "", 1, span, header=header or None), [tc]))
                open_cells.pop(col, None)
                if merge is not None:
                    open_cells[col] = len(found) - 1
            if merge is None:
                open_cells.pop(col, None)
            col += span
        if len(found) > MAX_CELLS:
            raise UnreadableError(f"has more than {MAX_CELLS} table cells; split it into reports")
    yield from found


def _taller(cell: GridCell, row: int) -> GridCell:
    return GridCell(cell.row, cell.col, "", row - cell.row + 1, cell.col_span, header=cell.header)


def _rows(table: etree._Element) -> Sequence[etree._Element]:
    return [row for element in table for row in _unwrap(element, f"{W}tr")]


def _row_cells(row: etree._Element) -> Sequence[etree._Element]:
    return [cell for element in row for cell in _unwrap(element, f"{W}tc")]


def _unwrap(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    if element.tag == tag:
        yield element
    elif element.tag in _TRANSPARENT:
        for child in element:
            yield from _unwrap(child, tag)


def _is_on(properties: etree._Element | None, tag: str) -> bool:
    element = None if properties is None else properties.find(f"{W}{tag}")
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")


def _count(properties: etree._Element | None, tag: str, default: int) -> int:
    """A small count in a property, bounded: a hostile span must not make millions of columns."""
    element = None if properties is None else properties.find(f"{W}{tag}")
    return default if element is None else min(number(element, f"{W}val"), 1_000)
