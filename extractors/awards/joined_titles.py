"""Titles told together: of several givers, two that the same people hold, the further classes of an order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Block, Term
from extractors._shared.numbers import view_offset
from extractors.awards.context import Context
from extractors.awards.givers import givers_together, level_of_giver
from extractors.awards.holder_counts import counts_after
from extractors.awards.holders import title_award
from extractors.awards.title_names import entry_of, extend, giver_behind
from schemas.records import Award


def of_each_giver(context: Context, term: Term, told: list[Award]) -> list[Award]:
    """The awards of a certificate once for each of those who gave it together; [] where one gave it."""
    document = context.document
    spans = givers_together(context, term) if told and "giver" in entry_of(term).attributes else []
    name = document.value(term.start, term.end)
    awards = []
    for award in told if spans else ():
        for start, end in spans:
            levels = document.terms("level", start, end)
            level = context.level_of(levels[0]) if levels else award.level
            awards.append(
                award.model_copy(update={"title": f"{name} của {document.value(start, end)}", "level": level})
            )
    return awards


#: Before a further giver of the certificate just named: ``Cờ thi đua của UBND tỉnh, của Bộ GD&ĐT``.
_AND_OF = re.compile(
    r"(?: (?:các )?năm(?: học)?(?:(?:,| và)? (?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)?)+)?(?:[,;]| và|, và)(?= của )"
)


def of_further_givers(context: Context, block: Block, term: Term, told: Sequence[Award]) -> Iterator[Award]:
    """The awards of the same holders by those who gave the certificate too, listed behind the first giver."""
    document = context.document
    if not told or "giver" not in entry_of(term).attributes:
        return
    end = extend(document.lower, term.end, block.end, giver=True)
    while (gap := _AND_OF.match(document.lower, end, block.end)) and (
        by := giver_behind(document.lower, gap.end(), block.end)
    ):
        levels = document.terms("level", *by)
        title = f"{document.value(term.start, term.end)} của {document.value(*by)}"
        for award in told:
            update = {
                "title": title,
                "level": context.level_of(levels[0]) if levels else level_of_giver(context, title.lower()),
                "evidence": (*award.evidence[:-1], document.evidence(by[0] - len("của "), by[1])),
            }
            yield award.model_copy(update=update)
        end = by[1]


#: Between two titles that the same number of people hold: ``110 nhà giáo được phong tặng “A”, “B”``.
_AND_ANOTHER = re.compile(r"[”\"’']?(?:,| và|, và|/| hoặc) ?(?:danh hiệu )?[“\"‘']?")


def of_two_titles(context: Context, term: Term, other: Term, told: list[Award]) -> list[Award]:
    """The one award of those counted as holders of either of two titles; [] where they are not told so."""
    document = context.document
    if len(told) != 1 or (told[0].count or 0) < 2 or told[0].recipient or "giver" in entry_of(term).attributes:
        return []
    if not document.text[view_offset(document, told[0].evidence[0].start)].isdigit():
        return []
    gap = _AND_ANOTHER.fullmatch(document.lower, term.end, other.start)
    _, last = document.sentence_at(term.start)
    if gap is None or list(counts_after(document.lower, other.end, last)):
        return []
    return [told[0].model_copy(update={"title": document.value(term.start, other.end)})]


#: Further classes of an order: ``Huân chương Lao động hạng Ba (2005), hạng Nhì (2012) và hạng Nhất``.
_ORDER = re.compile(r"(?P<order>[^,;.()]*?) (?P<class>hạng (?:nhất|nhì|ba|i{1,3}))(?!\w)", re.I)
_CLASS_AGAIN = re.compile(
    r"(?: ?\(?(?:năm )?\d{4}\)?)?(?:,| và|;) (?P<class>hạng (?:nhất|nhì|ba|i{1,3}))(?!\w)"
    r"(?: ?\(?(?:năm )?(?P<year>\d{4}))?"
)


#: The classes of orders just counted: ``02 Huân chương Lao động (hạng Ba năm 2000, hạng Nhì năm 2010)``.
_CLASSES = re.compile(
    r" ?[(:] ?(?P<list>hạng (?:nhất|nhì|ba|i{1,3})(?!\w)[^().;]{0,25}(?:(?:, | và |; )hạng (?:nhất|nhì|ba|i{1,3})(?!\w)"
    r"[^().;,]{0,25})+)"
)
_CLASS = re.compile(r"hạng (?:nhất|nhì|ba|i{1,3})(?!\w)")


def of_each_class(context: Context, term: Term, told: list[Award]) -> list[Award]:
    """The orders of each class into which a number of them is taken apart; [] where it is not."""
    document = context.document
    listed = _CLASSES.match(document.lower, term.end) if len(told) == 1 and (told[0].count or 0) > 1 else None
    classes = [m.span() for m in _CLASS.finditer(document.lower, *listed.span("list"))] if listed else []
    if len(classes) != (told[0].count if told else 0):
        return []
    name = document.value(term.start, term.end)
    return [
        told[0].model_copy(
            update={
                "title": f"{name} {document.value(*span)}",
                "count": 1,
                "evidence": (document.evidence(*span), *told[0].evidence),
            }
        )
        for span in classes
    ]


#: The classes of an order that labels them: ``Huân chương Lao động: hạng Ba (1998), hạng Nhì (2013)``.
_LABELLED = re.compile(r" ?: ?(?=hạng (?:nhất|nhì|ba|i{1,3})(?!\w))")


def labelled_classes(context: Context, block: Block, term: Term) -> list[Award]:
    """The orders of each class that stands behind their name as a label, with its year; [] for no such label."""
    document = context.document
    label = _LABELLED.match(document.lower, term.end, block.end)
    before = document.text[block.body : term.start].rstrip(' -+*•“"')
    if label is None or (before and before[-1] not in ";:,."):
        return []
    name, awards, at = document.value(term.start, term.end), [], label.end()
    while match := _ONE_CLASS.match(document.lower, at, block.end):
        award = title_award(context, block, term, match.span("class"), term.end, 1, None)
        update: dict[str, object] = {"title": f"{name} {document.value(*match.span('class'))}"}
        awards.append(award.model_copy(update=update | ({"period": match["year"]} if match["year"] else {})))
        at = match.end()
    return awards


_ONE_CLASS = re.compile(
    r"(?:,? và |[,;] ?)?(?P<class>hạng (?:nhất|nhì|ba|i{1,3}))(?!\w)(?:,? ?\(?(?:năm )?(?P<year>(?:19|20)\d\d)\)?)?"
)


def further_classes(context: Context, block: Block, term: Term, first: Award) -> Iterator[Award]:
    """The awards of the other classes of an order that follow the one just told."""
    document = context.document
    order = _ORDER.match(document.text, term.start, block.end)
    position = order.end() if order else block.end
    while order and (match := _CLASS_AGAIN.match(document.lower, position, block.end)):
        title = f"{document.value(*order.span('order'))} {document.value(*match.span('class'))}"
        passage = document.evidence(*match.span("class"))
        yield first.model_copy(
            update={"title": title, "evidence": (passage,), "period": match["year"] or context.period}
        )
        position = match.end("class")
