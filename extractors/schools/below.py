"""Schools listed below a heading, a name a line: ``Các trường Tiểu học:``, ``Kết quả cấp Tiểu học:``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Document
from extractors.schools.context import Context
from extractors.schools.items import is_person, is_province, read_item
from extractors.schools.mentions import SchoolMention
from extractors.schools.own_names import key

#: Words of heads that list schools, communes and persons.
NOUN = re.compile(r"(?<!\w)(?:(?<!điểm )trường(?! lớp| hợp| học sinh)|đơn vị)(?!\w)")
COMMUNES = re.compile(
    r"(?<!\w)(?:điểm (?:trường|lẻ)|phân hiệu|địa phương|xã|thị trấn|phường|huyện|thôn|ấp|bản|khu vực|vùng)(?!\w)"
)
PERSONS = re.compile(
    r"(?<!\w)(?:đồng chí|đ/c|ông|bà|em|cháu|thầy|cô|giáo viên|học sinh|hiệu trưởng|cán bộ|hs|gv|tác giả|người|"
    r"quần chúng|đảng viên|thí sinh|giám khảo|nhà giáo|nhân viên|phụ huynh|vận động viên|cá nhân|bạn|"
    r"bí thư|chủ tịch|thư ký|tổ trưởng|trưởng đoàn|trưởng ban)(?!\w)"
)
#: Where listed schools are: ``Danh sách các trường tiểu học trên địa bàn huyện:``.
_AREA = re.compile(
    r" (?:trên địa bàn|trong|của|thuộc|toàn) (?:toàn )?(?:huyện|tỉnh|thành phố|quận|thị xã|xã|phường)"
    r"(?: [^,;:()\d]{2,20})?(?=[:,]| (?:gồm|như|đạt|có))"
)
_ENDS = re.compile(r"\s?(?:[,;.(:]|-\s|$|\n)")
#: What is told of each school of a list: ``Tân Lễ A: 15 em``.
_FIGURE = re.compile(r"\s?(?:[:=]|-|\()\s?\d[\d.,]*(?!\d)(?: ?(?:%|/)| [^\W\d_]|\)|\s?$)")
_TOLD_APART = re.compile(r" [A-E]$")


def find_below(context: Context) -> Iterator[SchoolMention]:
    """Names a line below a heading on schools, or below one on a level where the lines tell a figure of each."""
    document = context.document
    counted: dict[int, list[SchoolMention | None]] = {}
    heads: dict[int, str | None] = {}
    for block in document.blocks:
        if block.parent is None or block.kind not in ("item", "paragraph", "heading"):
            continue
        head = document.blocks[block.parent]
        if head.index not in heads:
            heads[head.index] = _head_of_schools(document, head)
        text = heads[head.index]
        if text is None:
            continue
        level = document.level(block)
        item = read_item(document, block.body, level) if level else None
        item = None if item and is_person(context, item) else item
        if text.endswith(":") and NOUN.search(text):
            if item and _ENDS.match(document.text[item.end : block.end + 1]):
                yield item
        elif document.level(head) is not None and block.kind == "item":
            counted.setdefault(head.index, []).append(_with_figure(context, block, item))
    for items in counted.values():
        if _are_schools(context, items):
            yield from (item for item in items if item is not None)


def _head_of_schools(document: Document, head: Block) -> str | None:
    """What a head says in lower case; None where it lists persons or communes."""
    text = _AREA.sub("", document.block_text(head).lower().rstrip())
    return None if PERSONS.search(text) or COMMUNES.search(text) else text


def _with_figure(context: Context, block: Block, item: SchoolMention | None) -> SchoolMention | None:
    """A line's school, where its name and a figure are what the line says first."""
    fits = item and not is_province(item) and _FIGURE.match(context.document.text, item.end, block.end)
    return item if fits else None


def _are_schools(context: Context, items: list[SchoolMention | None]) -> bool:
    """Whether all lines name what can be a school, and some one that is known or told from its namesakes."""
    names = [item for item in items if item is not None]
    anywhere = {key(mention.own_name) for mention in context.explicit}
    told = [m for m in names if m.ordinal or _TOLD_APART.search(m.own_name) or key(m.own_name) in anywhere]
    return len(names) > 1 and len(names) == len(items) and 2 * len(told) >= len(names)
