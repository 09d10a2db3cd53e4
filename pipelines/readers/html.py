"""Web pages: the main text as a browser lays it out, without the page's frame."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Protocol

from lxml import etree

from pipelines.readers.builder import LayerBuilder, clean
from pipelines.readers.encoding import decode
from pipelines.readers.grid import GridCell, by_columns, only_places
from pipelines.readers.html_fonts import HtmlFonts
from pipelines.readers.html_frame import main_text
from pipelines.readers.limits import MAX_CELLS, UnreadableError
from pipelines.readers.numbering import letters, roman
from pipelines.readers.old_encodings import Encoding, convert
from pipelines.readers.runs import OldFonts, Run
from schemas import TextLayer

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 "
        "h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
#: A list item that begins with its own sign or number gets none from the list.
_OWN_MARKER = re.compile(r"[-–—+•*▪]|\(?\w{1,4}[.)]\s|\w{1,3}/\s")
#: Numbers that old editors wrote for quotes and dashes are windows-1252, as browsers know.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_MAX_SPAN = 200
#: An entity that was escaped once more, so that a browser prints it as it is written: ``&nbsp;``, ``&#7879;``.
_ENTITY = re.compile(
    r"&(?:nbsp|amp|quot|apos|lt|gt|[a-zA-Z]{1,2}(?:acute|grave|circ|tilde|dash|quo|uml)|#\d{2,6}|#x[\da-fA-F]{2,5});"
)
#: Names under which pages declare encodings of before Unicode.
_OLD_CHARSETS: dict[bytes, Encoding] = {
    b"x-viet-tcvn": "TCVN3", b"x-viet-tcvn5712": "TCVN3", b"tcvn": "TCVN3", b"tcvn5712": "TCVN3",
    b"x-viet-vni": "VNI", b"vni": "VNI", b"x-viet-vps": "VPS", b"viscii": "VISCII", b"x-viscii": "VISCII",
}  # fmt: skip


def read_html(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a web page: its main text, a line for each block and each ``<br>``.

    A page that is cut short is read as far as it goes.

    Raises: UnreadableError.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    text = _decode(data)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("holds no web page that can be read; save the page again") from error
    if root is None or any(entry.level_name == "FATAL" and "depth" in entry.message for entry in parser.error_log):
        raise UnreadableError("is nested too deeply to be a report; save the page again or as text")
    builder = LayerBuilder()
    looks = HtmlFonts(root)
    main = main_text(root)
    fonts = OldFonts(run for element in main for run in looks.runs(element))
    for element in main:
        flow = _Flow(builder, looks, fonts)
        flow.walk(element)
        flow.flush()
    return builder.build(sha256=sha256, file=file, media_type="text/html")


def _decode(data: bytes) -> str:
    """The characters of a page: by its mark, as UTF-8, by the charset it declares, as windows-1258.

    UTF-8 goes first, since pages declare wrong charsets and other text is never valid UTF-8. Declared
    encodings of before Unicode (``x-viet-tcvn``) are mapped.

    Raises: UnreadableError.
    """
    if data.startswith((b"<\0", b"\0<")):
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", "replace")
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            # Not final: a page that is cut short may end in the middle of a letter.
            return codecs.getincrementaldecoder("utf-8-sig")().decode(data)
        except UnicodeDecodeError:
            declared = _CHARSET.search(data[:4096])
            if declared and (encoding := _OLD_CHARSETS.get(declared[1].lower())):
                return convert(data.decode("latin-1"), encoding).text
            if declared and declared[1].lower() not in (b"utf-8", b"iso-8859-1", b"windows-1252", b"windows-1258"):
                # Where the declaration is wrong, `decode` says so if nothing else fits.
                with suppress(UnicodeDecodeError, LookupError):
                    return data.decode(declared[1].decode("ascii"))
    return decode(data)


class _Sink(Protocol):
    def add(self, text: str, *, kind: str = "paragraph", level: int | None = None) -> None: ...

    def add_table(self, cells: list[GridCell]) -> list[int]: ...


class _Lines:
    """Collects the lines of a table cell; a table inside it becomes lines too."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, text: str, *, kind: str = "paragraph", level: int | None = None) -> None:
        if cleaned := clean(text):
            self.lines.append(cleaned)

    def add_table(self, cells: list[GridCell]) -> list[int]:
        self.lines.extend(cell.text for cell in cells if cell.text)
        return []


class _Flow:
    """Walks elements, gathers inline text and gives whole blocks to a sink."""

    def __init__(self, sink: _Sink, looks: HtmlFonts, fonts: OldFonts) -> None:
        self._sink = sink
        self._looks = looks
        self._fonts = fonts
        self._inline: list[Run] = []
        self._kind = "paragraph"
        self._level: int | None = None
        self._label = ""

    def flush(self) -> None:
        """Ends the block: what was gathered becomes a paragraph, heading or list item."""
        text = self._fonts.join(self._inline)
        self._inline.clear()
        if text := clean(text):
            label = "" if self._label.startswith("•") and _OWN_MARKER.match(text) else self._label
            self._sink.add(label + text, kind=self._kind, level=self._level)
            self._label = ""

    def walk(self, element: etree._Element, pre: bool = False, font: str = "") -> None:
        """Gathers the text of an element and of what is in it; ``font`` is that around it."""
        tag = element.tag
        font = self._looks.font(element) or font
        if tag == "br":
            self._inline.append((font, "\n"))
            return
        if tag == "table":
            self.flush()
            self._table(element, font)
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
        before = (self._kind, self._level)
        self._enter(element)
        pre = pre or tag == "pre"
        self._text(element.text, pre, font)
        for child in element:
            if isinstance(child.tag, str):
                self.walk(child, pre, font)
            self._text(child.tail, pre, font)
        if block:
            self.flush()
            self._kind, self._level = before
            if tag == "li":
                self._label = ""

    def _enter(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if re.fullmatch("h[1-6]", tag):
            self._kind, self._level = "heading", int(tag[1])
        elif tag == "li":
            depth = sum(1 for above in element.iterancestors() if above.tag in ("ul", "ol"))
            self._kind, self._level = "list_item", max(depth, 1)
            self._label = _label(element)

    def _text(self, text: str | None, pre: bool, font: str) -> None:
        if not text:
            return
        text = (
            _ENTITY.sub(lambda match: unescape(match[0]), text.translate(_C1)) if "&" in text else text.translate(_C1)
        )
        if not pre:
            text = _SPACES.sub(" ", text)
            if self._inline and self._inline[-1][1].endswith((" ", "\n")):
                text = text.removeprefix(" ")
        if text:
            self._inline.append((font, text))

    def _table(self, table: etree._Element, font: str) -> None:
        if (caption := table.find("caption")) is not None:
            self.walk(caption, font=font)
        placed = list(_grid(table))
        cells = [cell for cell, _ in placed]
        nested = any(element.find(".//table") is not None for _, element in placed)
        filled = [index for index, (_, element) in enumerate(placed) if element.xpath("normalize-space()")]
        is_placed = only_places(cells, filled, lambda index: self._filled(*placed[index], font).text)
        if not (is_placed or nested or table.get("role") in ("presentation", "none")):
            self._sink.add_table([self._filled(cell, element, font) for cell, element in placed])
            return
        elements = {id(cell): element for cell, element in placed}
        # Pages that are one big table are read as they are written, letterheads by column.
        for cell in by_columns(cells) if is_placed and not nested else cells:
            self.walk(elements[id(cell)], font=font)

    def _filled(self, cell: GridCell, element: etree._Element, font: str) -> GridCell:
        lines = _Lines()
        flow = _Flow(lines, self._looks, self._fonts)
        flow.walk(element, font=font)
        flow.flush()
        text = "\n".join(lines.lines)
        return GridCell(cell.row, cell.col, text, cell.row_span, cell.col_span, header=cell.header)


def _label(item: etree._Element) -> str:
    """What a browser prints before a list item: ``1. ``, ``a. ``, ``• ``."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "• "
    count = _int(parent.get("start"), 1)
    for sibling in parent.iterchildren("li"):
        count = _int(sibling.get("value"), count)
        if sibling is item:
            break
        count += 1
    kind = parent.get("type", "1")
    printed = {"a": letters(count).lower(), "A": letters(count), "i": roman(count).lower(), "I": roman(count)}
    return printed.get(kind, str(count)) + ". "


def _int(raw: str | None, default: int) -> int:
    return int(raw) if raw is not None and re.fullmatch(r"\d{1,6}", raw.strip()) else default


def _grid(table: etree._Element) -> Iterator[tuple[GridCell, etree._Element]]:
    """The cells of a table with their places, without text.

    Raises: UnreadableError.
    """
    rows = list(_rows(table))
    taken: dict[int, int] = {}  # column -> first row in which it is free again
    count = 0
    for row, (tr, in_head) in enumerate(rows):
        cells = [cell for cell in tr if cell.tag in ("td", "th")]
        headings = in_head or (bool(cells) and all(cell.tag == "th" for cell in cells))
        col = 0
        for cell in cells:
            while taken.get(col, 0) > row:
                col += 1
            width = min(max(_int(cell.get("colspan"), 1), 1), _MAX_SPAN)
            height = min(_int(cell.get("rowspan"), 1) or len(rows), len(rows) - row)
            taken.update(dict.fromkeys(range(col, col + width), row + height))
            heading = headings or (cell.tag == "th" and cell.get("scope") in ("col", "colgroup"))
            yield GridCell(row, col, "", height, width, header=heading or None), cell
            col += width
            count += 1
        if count > MAX_CELLS:
            raise UnreadableError(f"has more than {MAX_CELLS} table cells; split it into reports")


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Rows in the order they are printed, each with whether it stands in the table's head."""
    foot: list[tuple[etree._Element, bool]] = []
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag == "tfoot":
            foot.extend((row, False) for row in child.iterchildren("tr"))
        elif child.tag in ("thead", "tbody"):
            for row in child.iterchildren("tr"):
                yield row, child.tag == "thead"
    yield from foot
