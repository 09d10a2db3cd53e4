"""The parts of a Word package (docx), and what its styles say about runs: their font, whether they are hidden."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipelines.readers.limits import UnreadableError
from pipelines.readers.numbering import W, value
from pipelines.readers.package import damaged, parse_part
from pipelines.readers.runs import Run

KIND = "a Word document"
_MAIN = "officeDocument"
#: Bound on chains of styles, which a hostile file may make endless.
_MAX_CHAIN = 20


@dataclass(frozen=True)
class Parts:
    """The roots of the parts that hold text or say how it looks; None of those that the package lacks."""

    body: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    notes: tuple[etree._Element, ...] = ()
    headers: tuple[etree._Element, ...] = ()
    footers: tuple[etree._Element, ...] = ()


def read_parts(package: zipfile.ZipFile) -> Parts:
    """The parts of a Word package, found by its own links; links to places outside are not followed.

    Raises: UnreadableError; one of `package.DAMAGE`.
    """
    main = next(iter(_links(package, "_rels/.rels", "").get(_MAIN, ())), "word/document.xml")
    folder, name = posixpath.split(main)
    document = parse_part(package, main)
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise UnreadableError(damaged(KIND))
    links = _links(package, posixpath.join(folder, "_rels", f"{name}.rels"), folder)

    def roots(*kinds: str) -> tuple[etree._Element, ...]:
        found = [parse_part(package, part) for kind in kinds for part in links.get(kind, ())]
        return tuple(root for root in found if root is not None)

    return Parts(
        body,
        next(iter(roots("styles")), None),
        next(iter(roots("numbering")), None),
        roots("footnotes", "endnotes"),
        roots("header"),
        roots("footer"),
    )


def _links(package: zipfile.ZipFile, name: str, folder: str) -> dict[str, list[str]]:
    """Names of parts by the kind of link that leads to them."""
    root = parse_part(package, name)
    found: dict[str, list[str]] = {}
    for link in root if root is not None else ():
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            found.setdefault(link.get("Type", "").rsplit("/", 1)[-1], []).append(target)
    return found


@dataclass
class RunLooks:
    """What styles and runs say about the look of text."""

    default_font: str = ""
    #: Font, whether hidden, and parent of each style.
    _styles: dict[str, tuple[str, bool, str]] = field(default_factory=dict)
    _default_style: str = ""

    @classmethod
    def of(cls, root: etree._Element | None) -> RunLooks:
        """``root`` is that of styles.xml, None where the document has none."""
        looks = cls()
        if root is None:
            return looks
        looks.default_font = _font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            properties = style.find(f"{W}rPr")
            looks._styles[name] = (_font(properties), _is_on(properties, "vanish"), value(style, "basedOn") or "")
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                looks._default_style = name
        return looks

    def paragraph_font(self, paragraph: etree._Element) -> str:
        """The font of a paragraph's style."""
        properties = paragraph.find(f"{W}pPr")
        style = None if properties is None else value(properties, "pStyle")
        return self._inherited(style or self._default_style)[0] or self.default_font

    def run_font(self, run: etree._Element, paragraph_font: str) -> str:
        """The font in which a run's letters outside ASCII are set."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return paragraph_font
        style = value(properties, "rStyle")
        return _font(properties) or (self._inherited(style)[0] if style else "") or paragraph_font

    def hides_paragraph(self, paragraph: etree._Element) -> bool:
        """Whether the style of a paragraph hides what is in it."""
        properties = paragraph.find(f"{W}pPr")
        style = None if properties is None else value(properties, "pStyle")
        return self._inherited(style or self._default_style)[1]

    def hides_mark(self, paragraph: etree._Element) -> bool:
        """Whether the mark that ends a paragraph is hidden, so that without a text nothing of it is printed."""
        properties = paragraph.find(f"{W}pPr/{W}rPr")
        if properties is not None and properties.find(f"{W}vanish") is not None:
            return _is_on(properties, "vanish")
        return self.hides_paragraph(paragraph)

    def is_hidden(self, run: etree._Element, *, within: bool = False) -> bool:
        """Whether a run is hidden, by itself, by its style or by that of its paragraph (``within``)."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return within
        if properties.find(f"{W}vanish") is not None:
            return _is_on(properties, "vanish")
        style = value(properties, "rStyle")
        return within or (bool(style) and self._inherited(style)[1])

    def _inherited(self, style: str | None) -> tuple[str, bool]:
        font, hidden = "", False
        for _ in range(_MAX_CHAIN):
            if style is None or style not in self._styles:
                break
            own_font, own_hidden, style = self._styles[style]
            font, hidden = font or own_font, hidden or own_hidden
        return font, hidden

    def runs(self, root: etree._Element) -> Iterator[Run]:
        """Every run below an element with its font, paragraphs parted by line ends: a sample of the document."""
        for paragraph in root.iter(f"{W}p"):
            font = self.paragraph_font(paragraph)
            for run in paragraph.iter(f"{W}r"):
                text = "".join(
                    "\xad" if part.tag == f"{W}softHyphen" else part.text or ""
                    for part in run
                    if part.tag in (f"{W}t", f"{W}softHyphen")
                )
                yield self.run_font(run, font), text
            yield font, "\n"


def _font(properties: etree._Element | None) -> str:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return "" if fonts is None else fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii") or ""


def _is_on(properties: etree._Element | None, tag: str) -> bool:
    element = None if properties is None else properties.find(f"{W}{tag}")
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")
