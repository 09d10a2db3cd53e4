"""Markup that pages and editors leave in plain text: HTML tags and entities, emphasis and links of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_INLINE = (
    "b|i|u|s|em|strong|span|font|a|sup|sub|small|big|mark|ins|del|o:p|st1:[a-z]+|label|img|input|col|colgroup|figure|"
    "figcaption|code|abbr|tt|iframe|video|source|button|wbr"
)
_BLOCK = (
    "p|div|br|hr|li|ul|ol|dl|dt|dd|tr|td|th|table|thead|tbody|tfoot|caption|h[1-6]|blockquote|section|article|header|"
    "footer|main|nav|aside|center|pre|body|html|head|title|form"
)
_REST = r"(?:\s[^<>\n]{0,600})?/?>"
#: Tags at which a line ends: paragraphs, breaks, items, cells.
_BREAKS = re.compile(rf"(?:\s*</?(?:{_BLOCK}){_REST})+\s*", re.I)
_BREAK = re.compile(rf"</?(?:{_BLOCK})(?![\w:])", re.I)
_TAG = re.compile(rf"</?(?:{_INLINE}|{_BLOCK}){_REST}|<!--[^\n]*?-->", re.I)
_ENTITIES = {
    "nbsp": " ",
    "amp": "&",
    "quot": '"',
    "ndash": "-",
    "mdash": "-",
    "ldquo": '"',
    "rdquo": '"',
    "hellip": "…",
}
_ENTITY = re.compile(rf"&(?:{'|'.join(_ENTITIES)}|#160|#xA0);", re.I)
#: Two or three stars on a word's side; footnotes have theirs in brackets.
_STARS = re.compile(r"(?<![*(])\*{2,3}(?=[^\s*])|(?<=[^\s*])\*{2,3}(?![*)])")
_STAR_PAIR = re.compile(r"(?<![\w*(])(?P<first>\*)(?=[^\s*])[^*\n]{1,400}?(?<=[^\s*])(?P<last>\*)(?![\w*)])")
_LINE_PAIR = re.compile(r"(?<![\w_])(?P<first>_{1,2})(?=[^\s_])[^_\n]{1,400}?(?<=[^\s_])(?P<last>(?P=first))(?![\w_])")
_CODE = re.compile(r"(?<!`)(?P<first>`)(?=[^\s`])[^`\n]{1,300}(?P<last>`)(?!`)")
_LINK = re.compile(
    r"!\[[^\]\n]{0,200}\]\([^()\s]*\)|(?P<open>\[)[^\[\]\n]{1,300}(?P<close>\]\((?:https?:|mailto:|[/#.])[^()\s]*\))"
)
#: A sign kept from being read as markup: ``1\. Kết quả``.
_ESCAPE = re.compile(r"\\(?=[-.*_()\[\]#+!>~|&\"'])")
#: Without one of these a text has no markup.
SIGNS = ("<", "&", "*", "_", "`", "\\", "[")


class Mark(NamedTuple):
    """A piece of markup: where it stands, and the one sign it stands for (``&nbsp;``: a space) or nothing."""

    start: int
    end: int
    sign: str = ""


def find_marks(text: str) -> list[Mark]:
    """The markup of a piece of text, in order and without overlap."""
    marks = sorted({mark for mark in _marks(text) if mark.end > mark.start}) if any(s in text for s in SIGNS) else []
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _marks(text: str) -> Iterator[Mark]:
    if "<" in text:
        for tag in _TAG.finditer(text):
            yield Mark(*tag.span(), " " if _BREAK.match(text, tag.start()) else "")
    if "&" in text:
        for entity in _ENTITY.finditer(text):
            yield Mark(*entity.span(), _ENTITIES.get(entity.group(0)[1:-1].lower(), " "))
    if "*" in text:
        for stars in _STARS.finditer(text):
            yield Mark(*stars.span())
        yield from _pairs(_STAR_PAIR, text)
    if "`" in text:
        yield from _pairs(_CODE, text)
    if "_" in text:
        yield from _pairs(_LINE_PAIR, text)
    if "](" in text:
        for link in _LINK.finditer(text):
            if link["open"] is None:
                yield Mark(*link.span())
            else:
                yield Mark(*link.span("open"))
                yield Mark(*link.span("close"))
    if "\\" in text:
        for escape in _ESCAPE.finditer(text):
            yield Mark(*escape.span())


def _pairs(pattern: re.Pattern[str], text: str) -> Iterator[Mark]:
    for pair in pattern.finditer(text):
        yield Mark(*pair.span("first"))
        yield Mark(*pair.span("last"))


def without_marks(text: str) -> str:
    """The text as a reader of the page sees it."""
    parts, last = list[str](), 0
    for mark in find_marks(text):
        parts += text[last : mark.start], mark.sign
        last = mark.end
    return "".join((*parts, text[last:])) if parts else text


def find_breaks(line: str) -> list[tuple[int, int]]:
    """Where a line of the source is several of the page: the ranges of the tags between them."""
    return [match.span() for match in _BREAKS.finditer(line)] if "<" in line else []
