"""Holders of a title counted by grade of schooling: ``GVDG cấp huyện: mầm non 21/25, tiểu học 30/38; THCS 12/15``."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Term
from extractors.awards.context import Context
from extractors.awards.holder_counts import NOUNS
from extractors.awards.holders import title_award
from extractors.awards.title_names import entry_of
from schemas.records import Award

_GRADE = (
    r"(?:(?:cấp học|bậc học|cấp|bậc|khối|ngành học) )?"
    r"(?:mầm non|mẫu giáo|tiểu học|trung học cơ sở|trung học phổ thông|thcs|thpt|gdtx|mn|mg|th)"
)
_OPENS = re.compile(r"(?: năm(?: học)? [\d –-]+)? ?(?::|\(|,? (?:gồm|cụ thể|trong đó)(?: có)?:?) ?")
_PART = re.compile(
    rf"(?:{_GRADE}:? ?(?:có |đạt |là )?(?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,4}}))?(?: {NOUNS})?"
    rf"|(?P<n2>\d{{1,4}})(?: ?/ ?(?P<of2>\d{{1,4}}))? (?:{NOUNS} )?{_GRADE})(?![\w%]| ?%|[.,]\d)"
)
_NEXT = re.compile(r" ?[,;] ?(?:và )?| và | - ")


def _in_lines(context: Context, block: Block, end: int) -> list[re.Match[str]]:
    """The parts that the lines below a title tell, one each (``+ MN: 15/19``); [] where the title ends no lead-in."""
    document = context.document
    parts: list[re.Match[str]] = []
    if document.text[end : block.end].strip(' ”"') != ":":
        return parts
    for other in document.blocks[block.index + 1 :]:
        part = _PART.match(document.lower, other.body, other.end)
        if other.kind == "cell" or part is None or document.text[part.end() : other.end].strip(" .;,"):
            break
        parts.append(part)
    return parts


def by_schooling(context: Context, block: Block, term: Term, end: int) -> list[Award]:
    """The awards of each grade of schooling behind a teachers' title; [] where no list of at least two follows."""
    lowered = context.document.lower
    if entry_of(term).attributes.get("kind") != "teacher":
        return []
    opens = _OPENS.match(lowered, end, block.end)
    parts = _in_lines(context, block, end)
    at = opens.end() if opens else block.end
    while part := _PART.match(lowered, at, block.end):
        parts.append(part)
        further = _NEXT.match(lowered, part.end(), block.end)
        if further is None:
            break
        at = further.end()
    if len(parts) < 2:
        return []
    return [
        title_award(
            context,
            block,
            term,
            part.span(),
            end,
            int(part["n"] or part["n2"]),
            int(of) if (of := part["of"] or part["of2"]) else None,
        )
        for part in parts
        if int(part["n"] or part["n2"])
    ]
