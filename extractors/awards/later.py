"""Holders of a title that a later sentence lists: ``Đó là các trường: A, B``, ``3 tập thể được khen thưởng gồm: …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.scan import Words, digits, holds, matches_from
from extractors.awards.context import Context
from extractors.awards.holders import held
from extractors.awards.title_names import entry_of, extend
from schemas.records import Award

_NAMED_THERE = re.compile(
    r"(?:theo đó|trong đó|cụ thể),? (?:có )?\d+ (?:tập thể|đơn vị|cá nhân)[^.;:]{0,120}?(?:gồm|là)(?: các)?:? |"
    r"(?:cả )?\d{1,2} (?:giáo viên|nhà giáo|thầy cô|học sinh|em|cá nhân|tập thể|trường|đơn vị)(?: này| trên)?"
    r" (?:gồm|là)(?: có)?(?: các)?:? |"
    r"\( ?(?=(?:các )?(?:cô|thầy|em|đ/c|đồng chí|ông|bà) )|"
    r"(?:\([^()]{1,20}\) ?)?(?:- )?(?:đó là|gồm có|gồm|bao gồm|cụ thể là|cụ thể|danh sách gồm)(?: các"
    r"| \d+)?(?: trường| đơn vị| tập thể)?(?: là)? ?:? "
)


def following_holders(context: Context, block: Block, term: Term, end: int) -> list[Award]:
    """The holders that the next sentence or one of the next paragraphs lists: ``Đó là các trường: A, B và C``."""
    document = context.document
    _, stop = document.sentence_at(term.start)
    later = [other for other in document.blocks[block.index + 1 : block.index + 4] if other.kind != "cell"]
    for start, last in [(stop, block.end), *((other.body, other.end) for other in later)]:
        start += len(document.text[start:last]) - len(document.text[start:last].lstrip())
        if (match := _NAMED_THERE.match(document.lower, start, last)) is not None:
            winners = context.winners(match.end(), document.sentence_at(match.end())[1])
            return list(held(context, block, term, end, winners))
    return []


_MANY_AT = Words(("tập thể", "cá nhân", "đơn vị", "trường", "giáo viên", "nhà giáo", "học sinh"))
_IS_AT = Words(("gồm", "là", ":"))
#: A number of those honoured, told again with their names: ``2 tập thể được khen thưởng gồm A và B``.
_ANNOUNCED = re.compile(
    r"(?<![\w/.,])(?P<n>\d{1,2}) (?:tập thể|cá nhân|đơn vị|trường|giáo viên|nhà giáo|học sinh)(?: này| trên| đó)?"
    r"(?: (?:đã )?(?:được|vinh dự được|nhận) (?:khen|tặng|trao|tuyên dương|biểu dương|vinh danh|tôn vinh|thưởng"
    r"|(?:nhận )?phần thưởng|đón nhận)[^.;:\d]{0,60}?)?,? (?:đợt này |lần này |dịp này )?"
    r"(?:(?:gồm có|gồm|bao gồm|là)(?: các)?(?:(?: \w+){1,2}(?=:))?:? |: )"
)
#: How many blocks back the certificate may be told.
_BACK = 4


def told_later(context: Context, block: Block) -> Iterator[Award]:
    """The holders that a block lists of a certificate which it does not name itself but one before it does."""
    document = context.document
    lowered = document.lower
    if not holds(_MANY_AT, lowered, block.body, block.end) or not holds(_IS_AT, lowered, block.body, block.end):
        return
    numbers = digits(lowered, block.body, block.end)
    for match in matches_from(_ANNOUNCED, numbers, lowered, block.body, block.end):
        first, last = document.sentence_at(match.start())
        if document.terms("title", first, last) or context.atoms(first, match.end()):
            continue  # the sentence tells itself what they got
        winners = context.winners(match.end(), last)
        if len(winners) != int(match["n"]) or context.is_wish(block, match.start(), match.end()):
            continue
        if told := _certificate_before(context, block, match.start()):
            other, term = told
            end = extend(lowered, term.end, other.end, giver=True)
            yield from held(context, other, term, end, winners)


def _certificate_before(context: Context, block: Block, at: int) -> tuple[Block, Term] | None:
    """The one certificate named in a block up to a position, else in the nearest block before that names one."""
    document = context.document
    for other in reversed(document.blocks[max(0, block.index - _BACK) : block.index + 1]):
        if other.kind == "cell":
            return None
        terms = [
            t for t in document.terms("title", other.body, min(other.end, at)) if "giver" in entry_of(t).attributes
        ]
        if terms:
            known = {term.id for term in terms}
            return (other, terms[-1]) if len(known) == 1 and not context.is_wish(other, terms[-1].start, at) else None
    return None
