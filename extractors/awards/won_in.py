"""The pupil named behind what a prize was won in: ``Giải Nhì chạy 60m em A``, ``HCV Olympic Tin học của em B``."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.forms import list_end
from extractors.awards.verbs import SUBJECT
from extractors.awards.winner import Winner

#: What a prize was won in, before the pupil who won it: ``Giải Ba bật xa em A``.
_EVENT_OF = re.compile(
    r" (?:(?!(?:đạt|đoạt|giành|được|có|trao|cho|là|tại|trong|thuộc|trị|với|và|năm|như|theo|của)(?!\w))"
    r"[^\s.;:,()]+ ){1,5}?(?=(?:em|cháu|bé|vđv) )|"
    # ``huy chương vàng Olympic Tin học quốc tế năm 2025 của em A``
    r" (?:(?!(?:đạt|đoạt|giành|được|có|trao|cho|là|tại|trị|với|và|như|theo|của)(?!\w))[^\s.;:,()]+ ){1,12}?"
    r"của (?=(?:em|cháu|bé|vđv|bạn|học sinh|sinh viên|thầy giáo|thầy|cô giáo|cô) )"
)
_CALLED_SO = re.compile(r"(?:em|cháu|bé|vđv|bạn|học sinh|sinh viên|thầy giáo|thầy|cô giáo|cô)(?: học sinh)? ")


def won_in_by(context: Context, block: Block, atom: Atom, limit: int) -> Winner | None:
    """The pupil named behind what a prize without a verb was won in: ``Giải Nhì chạy 60m em A``; None for none."""
    document = context.document
    match = _EVENT_OF.match(document.lower, atom.end, limit)
    if match is None or SUBJECT.search(document.lower, max(block.body, atom.start - 30), atom.start):
        return None
    names = find_names(document, match.end(), min(limit, match.end() + 40))
    if not names or not _CALLED_SO.fullmatch(document.lower, match.end(), names[0].start):
        return None
    winners = context.winners(match.end(), list_end(document.text, match.end(), limit, ".;"))
    return winners[0] if winners and winners[0].person else None


#: Where a grade opens the item that tells who won it.
_OPENS = re.compile(r"(?:^|[:,;(+•–-]|(?<!\w)(?:gồm|là|và)) ?$", re.M)
_NAME_ENDS = re.compile(r" ?(?:[;.,)(–-]|$)| và ", re.M)


#: Names of the highlands that begin with a letter, before the school: ``A Blong - THCS B``, ``Y Mlô (TH C)``.
_LETTER_NAME = re.compile(rf" (?P<name>(?:A|Y|H'|K') ?[{CAPITAL}][^\W\d_]+(?: [{CAPITAL}][^\W\d_]+)?)(?: ?[-–(,] ?| )")


def of_one_letter(context: Context, start: int, limit: int) -> Winner | None:
    """The pupil of the highlands named at a position, by the school right behind the name; None for none."""
    match = _LETTER_NAME.match(context.document.text, start, limit)
    schools = context.schools_in(match.end(), limit) if match else []
    if match is None or not schools or schools[0][0] > match.end() + len("trường "):
        return None
    first, last, school = schools[0]
    name = match.span("name")
    return Winner(*name, context.document.value(*name), school, context.document.value(first, last))


def named_right_behind(context: Context, block: Block, atom: Atom, limit: int) -> list[Winner]:
    """The person named right behind a grade that opens an item: ``HCV Hà Thị A (THCS B)``, ``giải Nhì C - TH D``."""
    document = context.document
    limit = min(limit, block.end)
    if not _OPENS.search(document.text, max(block.start, atom.start - 6), atom.start):
        return []
    if one := of_one_letter(context, atom.end, limit):
        return [one]
    names = find_names(document, atom.end, min(limit, atom.end + 45))
    if not names or names[0].start != atom.end + 1 or not _NAME_ENDS.match(document.text, names[0].end, block.end):
        return []
    winners = context.winners(names[0].start, list_end(document.text, names[0].start, limit, ".;"))
    return winners if all(winner.person for winner in winners) else []
