"""What of a web page is the text, and what its frame: menus, side columns, footers, lists of links."""

from __future__ import annotations

import re

from lxml import etree

#: Elements that print nothing, or nothing of the text.
_NEVER_TEXT = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template svg canvas head iframe object embed video audio nav aside button select "
        "textarea input dialog map menu xml del",
    )
)
_ROLES = frozenset({"navigation", "banner", "search", "complementary", "contentinfo", "menu", "menubar", "dialog"})
_NOT_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FRAME_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|header|banner|comments?|related|share|"
    r"social|widget|advert|advertisement|ads|pagination|pager|copyright|cookies?|popup|modal|search|login|topbar|"
    r"toolbar|counter|skip-link)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_LINK_LISTS = ("ul", "ol", "div", "section", "td", "table", "p")


def main_text(root: etree._Element) -> list[etree._Element]:
    """The elements that hold the text of a page, in order; frames are taken out of the tree.

    A frame is told by its tag, role, class or id, and outside ``main`` and ``article`` also by
    consisting of links. What holds the headline or much of the text is kept whatever its name.
    """
    body = root.find("body")
    body = root if body is None else body
    for element in list(body.iter(etree.Element)):
        if _prints_nothing(element):
            _remove(element)
    page = _Page(body)
    landmark = page.landmark()
    for element in page.elements:
        if element is body or element is landmark or element.getparent() is None or page.is_main(element):
            continue
        above = list(element.iterancestors())
        inside = landmark is not None and landmark in above
        if _is_frame(element, inside) or (not inside and page.is_link_list(element)):
            _remove(element)
    if landmark is None:
        return [body]
    headlines = [h1 for h1 in body.iter("h1") if landmark not in h1.iterancestors() and h1.xpath("normalize-space()")]
    return [*headlines[:1], landmark] if landmark.find(".//h1") is None else [landmark]


class _Page:
    """The elements of a page with how much text each holds, and how much of that is links."""

    def __init__(self, body: etree._Element) -> None:
        self._body = body
        self.elements = list(body.iter(etree.Element))
        self._length: dict[etree._Element, int] = {}
        self._linked: dict[etree._Element, int] = {}
        self._links: dict[etree._Element, int] = {}
        # Backwards, so that what is in an element was measured before it.
        for element in reversed(self.elements):
            is_link = element.tag == "a" and element.get("href") is not None
            length = len((element.text or "").strip())
            for child in element:
                length += self._length.get(child, 0) + len((child.tail or "").strip())
            self._length[element] = length
            self._linked[element] = length if is_link else sum(self._linked.get(child, 0) for child in element)
            self._links[element] = is_link + sum(self._links.get(child, 0) for child in element)

    def weight(self, element: etree._Element) -> int:
        """Length of the text that is no link."""
        return self._length[element] - self._linked[element]

    def landmark(self) -> etree._Element | None:
        """The one ``main`` or outermost ``article`` that holds a good part of the text, None without one."""
        for path in (".//main", ".//*[@role='main']", ".//article"):
            found = [element for element in self._body.iterfind(path) if not _inside_any(element, "article")]
            if len(found) == 1 and self.weight(found[0]) * 3 > self.weight(self._body):
                return found[0]
        return None

    def is_main(self, element: etree._Element) -> bool:
        """Whether an element holds the headline or much of the text, so that its name does not count."""
        if element.tag == "h1" or element.find(".//h1") is not None:
            return True
        return self.weight(element) * 5 > self.weight(self._body) * 2

    def is_link_list(self, element: etree._Element) -> bool:
        """Whether it is little more than three or more links, as menus and lists of other news are."""
        return (
            element.tag in _LINK_LISTS
            and self._links[element] >= 3
            and self._linked[element] > 0.7 * self._length[element]
        )


def _prints_nothing(element: etree._Element) -> bool:
    return (
        element.tag in _NEVER_TEXT
        or element.get("hidden") is not None
        or element.get("role", "") in _ROLES
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _inside_any(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _is_frame(element: etree._Element, inside: bool) -> bool:
    if element.tag in ("header", "footer"):
        return not inside
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in ("div", "section", "ul", "table", "td", "form") and _FRAME_NAME.search(names) is not None


def _remove(element: etree._Element) -> None:
    """Takes an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = _storable((parent.text or "") + element.tail)
        else:
            previous.tail = _storable((previous.tail or "") + element.tail)
    parent.remove(element)


def _storable(text: str) -> str:
    """The text without what lxml reads (``&#1;``) and does not store."""
    return _NOT_STORED.sub(" ", text)
