"""Fonts of a web page, as far as they say in which encoding its letters are: attributes, styles, style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.readers.runs import Run

_FAMILY = re.compile(
    r"font(?:-family)?\s*:[^;}]*?(?<![\w.])[\"']?(\.Vn\w+|VNI[- ][\w-]+|VPS[- ]\w+|VI [A-Z]\w+)", re.IGNORECASE
)
_ANY_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;,\"'}]+)", re.IGNORECASE)
#: Characters of a style sheet, and of one rule in it, beyond which nothing is looked for.
_MAX_SHEET, _MAX_RULE = 500_000, 5_000
_SELECTOR = re.compile(r"(?:^|[\s,])([a-z][a-z0-9]*)?(?:\.([\w-]+))?(?=[\s,]|$)", re.IGNORECASE)


class HtmlFonts:
    """Which old fonts the elements of a page are set in. Style sheets are read for those fonts only."""

    def __init__(self, root: etree._Element) -> None:
        """``root`` is that of the page, before anything is taken out of it."""
        self._by_class: dict[str, str] = {}
        self._by_tag: dict[str, str] = {}
        for style in root.iter("style"):
            self._read(style.text or "")

    def _read(self, sheet: str) -> None:
        for rule in sheet[:_MAX_SHEET].replace("<!--", " ").replace("-->", " ").split("}"):
            selectors, _, body = rule.rpartition("{")
            if len(selectors) > _MAX_RULE or (family := _FAMILY.search(body[:_MAX_RULE])) is None:
                continue
            for tag, name in _SELECTOR.findall(selectors.rpartition("*/")[2]):
                if name:
                    self._by_class[name] = family[1]
                elif tag:
                    self._by_tag[tag.lower()] = family[1]

    def font(self, element: etree._Element) -> str:
        """The font that an element sets for its text, empty where it sets none."""
        if face := element.get("face"):
            return face.split(",")[0].strip(" \"'")
        if style := element.get("style"):
            family = _ANY_FAMILY.search(style) or _FAMILY.search(style)
            if family:
                return family[1].strip()
        if self._by_class and (names := element.get("class")):
            for name in names.split():
                if name in self._by_class:
                    return self._by_class[name]
        return self._by_tag.get(str(element.tag), "") if self._by_tag else ""

    def runs(self, element: etree._Element, font: str = "") -> Iterator[Run]:
        """The text below an element with its fonts, a sample of the page."""
        stack = [(element, font, False)]
        while stack:
            node, font, is_tail = stack.pop()
            if is_tail:
                yield font, node.tail or ""
                continue
            inside = self.font(node) or font
            yield inside, node.text or ""
            for child in reversed(node):
                stack.append((child, inside, True))
                if isinstance(child.tag, str):
                    stack.append((child, inside, False))
