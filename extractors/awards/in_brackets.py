"""Titles in brackets behind those who hold them: ``TH A (Cờ thi đua), THCS B và MN C (Tập thể LĐXS)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors.awards.context import Context
from extractors.awards.holders import held, in_list
from extractors.awards.winner import Winner
from schemas.records import Award

#: From the bracket to the first title in it.
_OPENS = re.compile(r" ?(?:(?:đạt|được|được tặng|tặng|nhận|danh hiệu|là|công nhận) )*[\"“]?")
#: Between the last of the holders and the bracket: further words of who they are, no verb and no number.
_GAP = re.compile(r"(?:,? ?[^\W\d_]+){0,8} ?")
_TELLS = re.compile(r"(?<!\w)(?:đạt|được|có|nhận|tặng|giành|đoạt|là|cho|với|tổng)(?!\w)")
_AND = re.compile(r"(?:,| và|, và) (?:cô |thầy |em |trường |các trường )?$")


def in_brackets(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """The awards of a title that brackets tell of those named right before them, each bracket of its own."""
    document = context.document
    first = max(document.sentence_at(term.start)[0], block.body)
    bracket = document.text.rfind("(", first, term.start)
    if bracket <= first or document.text.find(")", bracket, term.start) >= 0:
        return
    if document.text.find(")", end, block.end) < 0:
        return
    lowered = document.lower
    if not (_OPENS.fullmatch(lowered, bracket + 1, term.start) or in_list(context, bracket + 1, term.start)):
        return
    yield from held(context, block, term, end, _holders(context, first, bracket))


def _holders(context: Context, first: int, bracket: int) -> list[Winner]:
    """Those whom a list names right before a bracket, behind the one before it; [] where a number or a verb tells."""
    document = context.document
    told = document.text.rfind(")", first, bracket)
    start = max(told + 1, first, *(document.text.rfind(sign, first, bracket) + 1 for sign in ":;"))
    opens = re.compile(r"[ ,]*(?:và |còn )?").match(document.lower, start, bracket)
    start = opens.end() if opens else start
    if _TELLS.search(document.lower, start, bracket) or document.terms("title", start, bracket):
        return []
    winners = context.winners(start, bracket)
    if not winners or not _GAP.fullmatch(document.lower, winners[-1].end, bracket):
        return []
    if any(not winner.person and winner.school is None for winner in winners):
        return []
    if len(winners) > 1 and told < first and not _AND.search(document.lower, winners[0].end, winners[-1].start):
        return winners[-1:]
    return winners
