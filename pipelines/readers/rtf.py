"""Rich text (RTF): paragraphs and tables, each letter by the code page or the old encoding of its font."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.flow import Item, Paragraph, add_items, margins_of, place, runs_of
from pipelines.readers.limits import UnreadableError
from pipelines.readers.old_encodings import encoding_of_font
from pipelines.readers.rtf_state import CODE_PAGES, Row, State, Story, edge_cells
from pipelines.readers.runs import OldFonts
from pipelines.readers.signs import bullet_sign, symbols
from schemas import TextLayer

MEDIA_TYPE = "application/rtf"
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?\x20?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL
)
_MAX_DEPTH = 5_000
_SYMBOLS = "2"
#: Groups that print nothing in the flow, besides those that are marked with a star.
_SILENT = frozenset(
    re.findall(
        r"\w+",
        "colortbl stylesheet info pict objdata ftnsep ftnsepc "
        "aftnsep aftnsepc annotation atnid fldinst sn sv xe tc rxe shprslt nonshppict nonesttables filetbl "
        "themedata datafield template private txe objclass objname bkmkstart bkmkend",
    )
)
#: Groups with a star whose content is read all the same.
_STARRED = frozenset({"shpinst", "shptxt", "ud", "footnote", "moveto"})
#: Groups that are flows of their own, with what becomes of them.
_FLOWS = {"footnote": "footnote", "shptxt": "box"} | {
    f"{kind}{page}": kind for kind in ("header", "footer") for page in ("", "l", "r", "f")
}
_SIGNS = {
    b"tab": " ", b"line": "\n", b"lbr": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
#: Two signs that TCVN3 uses as letters: a hard blank stays one, an optional hyphen is ư in such a font.
_CONTROL_SIGNS = {b"~": "\xa0", b"_": "-", b"-": "\xad"}


def read_rtf(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of an RTF file: paragraphs and tables in their order, notes and text boxes at the end.

    Automatic numbers stand as they are printed; hidden text and tracked deletions are left out,
    headers and footers kept as margins. A file that is cut short is read as far as it goes.

    Raises: UnreadableError.
    """
    reader = _Reader(data)
    items = reader.read()
    builder = LayerBuilder()
    fonts = OldFonts(runs_of(items))
    add_items(builder, items, fonts)
    for kind in ("header", "footer"):
        builder.add_margins(margins_of([(kind, story.items) for own, story in reader.ended if own == kind], fonts))
    return builder.build(sha256=sha256, file=file, media_type=MEDIA_TYPE)


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._state = State()
        self._stack: list[State] = []
        self._starred = False
        self._fresh = False  # nothing stood in this group yet: its first word names it
        self._fonts: dict[str, tuple[str, str]] = {}  # number -> name and character set
        self._font_number, self._font_name, self._charset = "", "", "0"
        self._default_font = ""
        self._code_page = "cp1252"
        self._bytes = bytearray()
        self._skip = 0
        self._surrogate = ""
        self._row = Row()
        self._stories = [Story()]
        self.ended: list[tuple[str, Story]] = []

    def read(self) -> list[Item]:
        """All items. Raises: UnreadableError."""
        position, data = 0, self._data
        while match := _TOKEN.match(data, position):
            position = match.end()
            word, number, code, sign, brace, text = match.groups()
            if text is not None:
                self._text(text)
            elif code is not None:
                self._text(bytes.fromhex(code.decode("ascii")))
            elif brace == b"{":
                self._open()
            elif brace == b"}":
                self._close()
            elif word == b"bin":
                position += max(int(number or 0), 0)
            elif word is not None:
                self._word(word.decode("ascii"), word, int(number) if number is not None else None)
            elif sign is not None:
                self._sign(sign)
        while len(self._stories) > 1:  # cut short inside a note
            self._end_story("footnote")
        self._end_story("body")
        for kind in ("footnote", "box"):
            for own, story in self.ended:
                if own == kind:
                    self._stories[0].items.extend(_marked(story.items, kind))
        return self._stories[0].items

    # --- groups ----------------------------------------------------------------------------------

    def _open(self) -> None:
        self._flush()
        if len(self._stack) >= _MAX_DEPTH:
            raise UnreadableError("is nested too deeply to be a report; save it as .docx")
        self._stack.append(self._state)
        self._fresh, self._skip = True, 0

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if not self._stack:
            return
        before, ended = self._stack.pop(), self._state.target
        if ended == "fonttbl" and self._font_number:
            self._end_font()
        if ended != before.target and ended in _FLOWS.values():
            self._end_story(ended)
        self._state = before
        self._starred = self._fresh = False

    def _enter(self, target: str) -> None:
        self._state = replace(self._state, target=target)
        self._stories.append(Story())

    def _end_story(self, kind: str) -> None:
        """Closes the innermost flow; the body stays open."""
        self._flush()
        story = self._stories[-1]
        if story.runs:
            self._end_paragraph()
        self._end_table(story)
        if kind != "body" and len(self._stories) > 1:
            self.ended.append((kind, self._stories.pop()))

    # --- words -----------------------------------------------------------------------------------

    def _word(self, name: str, raw: bytes, number: int | None) -> None:
        fresh, starred = self._fresh, self._starred
        self._fresh = self._starred = False
        if name == "u" and number is not None:
            self._unicode(number)
            return
        if name in ("f", "af", "plain", "pard", "par", "cell", "row", "line", "tab") or fresh:
            self._flush()
        if (fresh or starred) and self._is_destination(name, starred):
            return
        if self._state.target == "silent":
            return
        if self._state.target == "fonttbl":
            if name == "f":
                self._end_font()
                self._font_number = str(number)
            elif name == "fcharset":
                self._charset = str(number)
            return
        if sign := _SIGNS.get(raw):
            self._print(sign)
        elif handler := _WORDS.get(name):
            handler(self, number)
        else:
            self._row_word(name, number)

    def _is_destination(self, name: str, starred: bool) -> bool:
        """Whether a word that opens a group names what the group is for; the group is entered then."""
        if self._state.target == "silent":
            return True
        if name == "fonttbl":
            self._state = replace(self._state, target="fonttbl")
        elif name in _SILENT or (starred and name not in _STARRED):
            self._state = replace(self._state, target="silent")
        elif name == "upr":
            self._state = replace(self._state, target="upr")
        elif name == "ud":
            self._state = replace(self._state, target="body")
        elif name in _FLOWS:
            self._enter(_FLOWS[name])
        else:
            return False
        return True

    def _row_word(self, name: str, number: int | None) -> None:
        row = self._row
        if name == "trowd":
            self._row = Row()
        elif name == "trleft":
            row.left = number or 0
        elif name == "trhdr":
            row.header = True
        elif name == "cellx" and len(row.edges) < 1_000:
            row.edges.append(number or 0)
            row.flags.append(frozenset(row.pending))
            row.pending.clear()
        elif name in ("clmrg", "clvmgf", "clvmrg"):
            row.pending.add(name)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in _CONTROL_SIGNS:
            self._print(_CONTROL_SIGNS[sign])
        elif sign in b"\\{}":
            self._text(sign)
        elif sign in b"\r\n":
            self._end_paragraph()

    # --- text ------------------------------------------------------------------------------------

    def _text(self, data: bytes) -> None:
        self._fresh = False
        if self._state.target == "fonttbl":
            self._font_name += data.decode("cp1252", "replace")
            return
        if self._skip:
            data, self._skip = data[self._skip :], max(self._skip - len(data), 0)
        self._bytes += data

    def _unicode(self, number: int) -> None:
        self._flush()
        char = chr(number % 0x10000)
        self._skip = self._state.fallback
        if "\ud800" <= char < "\udc00":
            self._surrogate = char
            return
        if "\udc00" <= char < "\ue000":
            pair = (self._surrogate + char).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            char = pair if self._surrogate else "\ufffd"
        self._surrogate = ""
        self._print(bullet_sign(char, self._fonts.get(self._state.font or self._default_font, ("", ""))[0]))

    def _print(self, text: str) -> None:
        self._flush()
        state = self._state
        if state.target not in ("silent", "fonttbl", "upr") and not state.hidden and not state.deleted:
            name, charset = self._fonts.get(state.font or self._default_font, ("", "0"))
            if charset == _SYMBOLS and len(text) == 1 and not text.isspace() and text.isascii():
                text = symbols(text, name)
            self._stories[-1].runs.append((name, text))

    def _flush(self) -> None:
        """Decodes the bytes gathered so far, all of one font."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        state = self._state
        if state.target in ("silent", "fonttbl", "upr") or state.hidden or state.deleted:
            return
        name, charset = self._fonts.get(state.font or self._default_font, ("", "0"))
        if charset == _SYMBOLS:
            text = symbols(data.decode("latin-1"), name)
        elif encoding_of_font(name):
            text = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
        else:
            text = data.decode(CODE_PAGES.get(charset, self._code_page), "replace")
        self._stories[-1].runs.append((name, text))

    def _end_font(self) -> None:
        if self._font_number:
            self._fonts[self._font_number] = (self._font_name.split(";")[0].strip(), self._charset)
        self._font_number, self._font_name, self._charset = "", "", "0"

    # --- paragraphs and tables ---------------------------------------------------------------------

    def _end_paragraph(self) -> None:
        self._flush()
        if self._state.target in ("silent", "fonttbl", "upr"):
            return
        story = self._stories[-1]
        runs, story.runs = story.runs, []
        if story.outline is not None:
            paragraph = Paragraph(runs, "heading", story.outline + 1)
        elif story.level is not None:
            paragraph = Paragraph(runs, "list_item", story.level + 1)
        else:
            paragraph = Paragraph(runs)
        if story.in_table or story.cell or story.cells:
            story.cell.append(paragraph)
            return
        self._end_table(story)
        story.items.append(paragraph)

    def _end_cell(self) -> None:
        story = self._stories[-1]
        if story.runs:
            story.in_table = True
            self._end_paragraph()
        story.cells.append(story.cell)
        story.cell = []

    def _end_row(self) -> None:
        story = self._stories[-1]
        if story.cells:
            story.rows.append(edge_cells(story.cells, self._row))
        story.cells = []
        story.in_table = False

    def _end_table(self, story: Story) -> None:
        """Gives the rows met so far to the flow as one table; cells without a row end become paragraphs."""
        if story.rows:
            story.items.append(place(story.rows))
            story.rows = []
        for content in [*story.cells, story.cell]:
            story.items.extend(content)
        story.cells, story.cell = [], []

    # --- words with a meaning of their own -----------------------------------------------------------

    def _set_font(self, number: int | None) -> None:
        self._state = replace(self._state, font=str(number))

    def _plain(self, _: int | None) -> None:
        self._state = replace(self._state, font=self._default_font, hidden=False, deleted=False)

    def _pard(self, _: int | None) -> None:
        story = self._stories[-1]
        story.in_table, story.outline, story.level = False, None, None

    def _intbl(self, _: int | None) -> None:
        self._stories[-1].in_table = True

    def _set_outline(self, number: int | None) -> None:
        self._stories[-1].outline = number if number is not None and 0 <= number < 9 else None

    def _set_level(self, number: int | None) -> None:
        self._stories[-1].level = min(max(number or 0, 0), 8)

    def _set_hidden(self, number: int | None) -> None:
        self._state = replace(self._state, hidden=number != 0)

    def _set_deleted(self, number: int | None) -> None:
        self._state = replace(self._state, deleted=number != 0)

    def _set_fallback(self, number: int | None) -> None:
        self._state = replace(self._state, fallback=min(max(number or 0, 0), 100))

    def _set_code_page(self, number: int | None) -> None:
        try:
            b"".decode(f"cp{number}")
            self._code_page = f"cp{number}"
        except LookupError:
            self._code_page = "cp1252"

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = str(number)


_WORDS: dict[str, Callable[[_Reader, int | None], None]] = {
    "f": _Reader._set_font,
    "plain": _Reader._plain,
    "pard": _Reader._pard,
    "intbl": _Reader._intbl,
    "outlinelevel": _Reader._set_outline,
    "ls": _Reader._set_level,
    "ilvl": _Reader._set_level,
    "v": _Reader._set_hidden,
    "deleted": _Reader._set_deleted,
    "uc": _Reader._set_fallback,
    "ansicpg": _Reader._set_code_page,
    "deff": _Reader._set_default_font,
    "par": lambda reader, _: reader._end_paragraph(),
    "sect": lambda reader, _: reader._end_paragraph(),
    "page": lambda reader, _: reader._print("\n"),
    "cell": lambda reader, _: reader._end_cell(),
    "nestcell": lambda reader, _: reader._end_paragraph(),
    "row": lambda reader, _: reader._end_row(),
}


def _marked(items: list[Item], kind: str) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Paragraph) and kind == "footnote":
            item.kind = "footnote"
        yield item
