"""Word documents (docx): the flow of the body as it is printed, tables with their spans, notes at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from pipelines.readers.builder import LayerBuilder, clean
from pipelines.readers.docx_parts import KIND, RunLooks, read_parts
from pipelines.readers.flow import lone_labels
from pipelines.readers.grid import GridCell, by_columns, only_places
from pipelines.readers.limits import MAX_CELLS, UnreadableError
from pipelines.readers.numbering import Numbering, Style, W, number, read_styles, value
from pipelines.readers.package import DAMAGE, damaged, open_package
from pipelines.readers.runs import OldFonts, Run
from pipelines.readers.signs import bullet_sign, is_symbol_font, symbols
from schemas import Margin, TextLayer

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
    # Nothing on the page, unless the font is one of TCVN3, where its byte is the letter ư.
    f"{W}softHyphen": "\xad",
}


def read_docx(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a docx: paragraphs and tables in their order, footnotes and endnotes at the end.

    Automatic numbers stand in the text as they are printed. Tracked insertions count, deletions do
    not; hidden text is left out. Headers and footers are kept as margins. Letters in fonts of
    before Unicode are mapped run by run.

    Raises: UnreadableError.
    """
    try:
        with open_package(data, KIND) as package:
            parts = read_parts(package)
        looks = RunLooks.of(parts.styles)
        walker = _Walker(
            Numbering(parts.numbering),
            read_styles(parts.styles),
            looks,
            OldFonts(run for root in (parts.body, *parts.notes) for run in looks.runs(root)),
        )
        walker.blocks(parts.body)
        for root in parts.notes:
            walker.notes(root)
        walker.builder.add_margins(Margin(kind="header", text=text) for text in walker.margins(parts.headers))
        walker.builder.add_margins(Margin(kind="footer", text=text) for text in walker.margins(parts.footers))
    except DAMAGE as error:
        raise UnreadableError(damaged(KIND)) from error
    return walker.builder.build(sha256=sha256, file=file, media_type=MEDIA_TYPE)


class _Walker:
    """Goes through the body once and fills the builder."""

    def __init__(self, numbering: Numbering, styles: dict[str, Style], looks: RunLooks, fonts: OldFonts) -> None:
        self.builder = LayerBuilder()
        self._looks = looks
        self._fonts = fonts
        self._numbering = numbering
        self._styles = styles
        self._carried = ""
        #: Whether each open field of a paragraph, the outermost first, is still in its instruction.
        self._fields: list[bool] = []
        self._is_hidden = False

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

    def margins(self, roots: Sequence[etree._Element]) -> list[str]:
        """The distinct texts of headers or footers."""
        texts = ("\n".join(clean(line) for _, _, line in self._lines(root)) for root in roots)
        return list(dict.fromkeys(text for text in texts if text))

    def _paragraph(self, element: etree._Element) -> None:
        text = self._carried + self._text(element)
        if any(element.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in ("del", "moveFrom")):
            # The paragraph mark was deleted under tracking: what follows belongs to this paragraph.
            self._carried = text
            return
        self._carried = ""
        kind, level, label = self._structure(element, text)
        # Word prints a number on an empty paragraph too, but a number alone says nothing.
        self.builder.add(label + text if clean(text) else "", kind=kind, level=level)
        for box in _text_boxes(element):
            self.blocks(box)

    def _text(self, paragraph: etree._Element) -> str:
        """The printed text of a paragraph without its label, ``\\n`` for line breaks."""
        return self._fonts.join(self._runs(paragraph))

    def _runs(self, paragraph: etree._Element) -> list[Run]:
        runs: list[Run] = []
        # A field whose end is missing hides no more than its paragraph.
        self._fields = []
        self._is_hidden = self._looks.hides_paragraph(paragraph)
        self._collect(paragraph, self._looks.paragraph_font(paragraph), runs)
        return runs

    def _collect(self, element: etree._Element, font: str, runs: list[Run]) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._field(child, runs)
            elif tag not in (f"{W}r", *_TRANSPARENT) and any(self._fields):
                continue
            elif tag in (f"{W}t", f"{_M}t"):
                text = child.text or ""
                runs.append(("", symbols(text, font)) if is_symbol_font(font) else (font, text))
            elif tag in _CHARACTERS:
                runs.append((font, _CHARACTERS[tag]))
            elif tag == f"{W}sym":
                runs.append(("", _symbol(child)))
            elif tag == f"{W}r":
                if not self._looks.is_hidden(child, within=self._is_hidden):
                    self._collect(child, self._looks.run_font(child, font), runs)
            elif tag in _TRANSPARENT:
                self._collect(child, font, runs)

    def _field(self, mark: etree._Element, runs: list[Run]) -> None:
        """Notes where a field begins, where its result does, and where it ends; a list to choose from is its choice."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            entries = [entry.get(f"{W}val", "") for entry in mark.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
            chosen = mark.find(f"{W}ffData/{W}ddList/{W}result")
            place = 0 if chosen is None else number(chosen, f"{W}val")
            if place < len(entries) and not any(self._fields):
                runs.append(("", entries[place]))
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _flush(self) -> None:
        carried, self._carried = self._carried, ""
        self.builder.add(carried)

    def _structure(self, element: etree._Element, text: str) -> tuple[str, int | None, str]:
        """Kind and level of a paragraph with this text, and its label. Counts, so it is asked once a paragraph."""
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
        counts = list_id and list_id != "0" and (clean(text) or not self._looks.hides_mark(element))
        label = self._numbering.label(list_id, list_level) if list_id and counts else ""
        if outline is not None:
            return "heading", outline + 1, label
        return ("list_item", list_level + 1, label) if label else ("paragraph", None, label)

    def _lines(self, parent: etree._Element) -> Iterator[tuple[str, int | None, str]]:
        """Kind, level and text of what stands in a cell or note, tables in it read row by row."""
        labels: list[str] = []
        is_empty = True
        for element in _block_elements(parent):
            if element.tag == f"{W}p":
                text = self._text(element)
                kind, level, label = self._structure(element, text)
                labels.append(label)
                if clean(text):
                    is_empty = False
                    yield kind, level, label + text
                for box in _text_boxes(element):
                    for line in self._lines(box):
                        is_empty = False
                        yield line
            else:
                for cell in self._cells(element):
                    is_empty = is_empty and not cell.text
                    yield "paragraph", None, cell.text
        if is_empty:
            yield from (("paragraph", None, label) for label in lone_labels(labels))

    def _table(self, table: etree._Element) -> None:
        placed = list(_grid(table))
        cells = [cell for cell, _ in placed]
        filled = [index for index, (_, parts) in enumerate(placed) if any(map(_prints, parts))]
        if only_places(cells, filled, lambda index: self._printed(placed[index][1])):
            order = {id(cell): parts for cell, parts in placed}
            for cell in by_columns(cells):
                for part in order[id(cell)]:
                    self._cell_flow(part)
            return
        self.builder.add_table(self._cells(table))

    def _printed(self, parts: Sequence[etree._Element]) -> str:
        """The text of a cell without its numbers, for they are counted where it is read."""
        return "\n".join(self._text(paragraph) for part in parts for paragraph in part.iter(f"{W}p"))

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


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font: its code point where it is a real one, else a bullet."""
    try:
        char = chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return ""
    return bullet_sign(char, element.get(f"{W}font", ""))


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
    rows = [row for row in _rows(table) if not _is_gone(row.find(f"{W}trPr"))]
    open_cells: dict[int, int] = {}  # column of a cell that goes on downwards -> its place in `found`
    found: list[tuple[GridCell, list[etree._Element]]] = []
    for row_number, row in enumerate(rows):
        properties = row.find(f"{W}trPr")
        header = _is_on(properties, "tblHeader")
        col = _count(properties, "gridBefore", 0)
        for tc in _row_cells(row):
            cell_properties = tc.find(f"{W}tcPr")
            if cell_properties is not None and cell_properties.find(f"{W}cellDel") is not None:
                continue
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


def _is_gone(row_properties: etree._Element | None) -> bool:
    """Whether a row was deleted under tracking, or is hidden."""
    return row_properties is not None and (
        row_properties.find(f"{W}del") is not None or _is_on(row_properties, "hidden")
    )


def _prints(element: etree._Element) -> bool:
    """Whether anything stands in a cell, be it an automatic number alone."""
    return any((text.text or "").strip() for text in element.iter(f"{W}t")) or (
        next(element.iter(f"{W}numPr"), None) is not None
    )


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
