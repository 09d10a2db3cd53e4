"""Holders of a title that the line before names, at another level: ``- Cấp huyện có 64/80 đồng chí được công nhận``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors.awards.context import Context
from extractors.awards.holder_counts import LEVEL, NOUNS
from extractors.awards.holders import title_award
from extractors.awards.title_names import entry_of, extend
from schemas.records import Award

_LINE = re.compile(
    rf"[\s*+•.-]*(?:\(?\w{{1,2}}[.)] )?(?:ở |với )?(?P<at>{LEVEL}),? ?:?(?: có| đạt| là)? ?"
    rf"(?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,5}}))?(?: (?P<noun>{NOUNS}))?"
    r"(?: (?:dự thi|tham gia|thi|đã|đều))*,? (?:được công nhận|đạt danh hiệu|đạt|được xếp)(?! (?:giải|\d))(?!\w)"
)
#: Lines back among which the title may be named.
_BACK = 2


def at_level_of_line(context: Context, block: Block) -> Iterator[Award]:
    """The holders that a line counts for its level, of the one title that the line before it tells for another."""
    document = context.document
    match = _LINE.match(document.lower, block.body, block.end)
    if match is None or document.terms("title", block.body, block.end):
        return
    if context.atoms(block.body, block.end) or context.is_wish(block, match.start("n"), match.end()):
        return
    told = _told_before(context, block)
    if told is None:
        return
    other, term = told
    end = extend(document.lower, term.end, other.end, giver=False)
    of = int(match["of"]) if match["of"] else None
    stop = match.end("noun") if match["noun"] else match.end("of") if match["of"] else match.end("n")
    award = title_award(context, other, term, (match.start("n"), stop), end, int(match["n"]), of, match["noun"] or "")
    levels, at = document.terms("level", *match.span("at")), document.value(*match.span("at"))
    yield award.model_copy(
        update={
            "title": f"{document.value(term.start, term.end)} {at[0].lower()}{at[1:]}",
            "level": context.level_of(levels[0]) if levels else None,
        }
    )


def _told_before(context: Context, block: Block) -> tuple[Block, Term] | None:
    """The nearest line of the same list that names a title of teachers, and that title; None for none or several."""
    document = context.document
    for other in reversed(document.blocks[max(0, block.index - _BACK) : block.index]):
        if other.parent != block.parent or other.kind == "cell":
            return None
        terms = [t for t in document.terms("title", other.body, other.end) if "giver" not in entry_of(t).attributes]
        if terms:
            one = len({t.id for t in terms}) == 1 and entry_of(terms[0]).attributes.get("kind") == "teacher"
            return (other, terms[0]) if one and LEVEL_TOLD.search(document.lower, other.body, other.end) else None
    return None


LEVEL_TOLD = re.compile(LEVEL)
