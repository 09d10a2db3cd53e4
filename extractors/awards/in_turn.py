"""Grades in a row and those who won them in the same order: ``A, B, C lần lượt đạt giải Nhất, Nhì và Ba``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.awards.atoms import CONSOLATION, GRADES, MEDALS, PLACE, Atom
from extractors.awards.context import Context
from extractors.awards.forms import list_end
from extractors.awards.verbs import GIVEN, WIN
from extractors.awards.winner import Winner

_IN_TURN_AT = Words(("lần lượt",))
_ONE = rf"(?:giải |huy chương |hc )?(?:{PLACE}|hc[vbđ]|vàng|bạc|đồng)"
#: A further prize with a winner of its own is no part of the row: ``…, huy chương đồng về tay em C``.
_ROW = rf"(?P<row>{_ONE}(?:(?:, | và |, và ){_ONE}(?!\w)(?! (?:về tay|thuộc về|được trao|cho|của|là)(?!\w)))+)(?!\w)"
_BEHIND = re.compile(rf"(?<!\w)lần lượt (?:(?:cùng|đã|xuất sắc) )*(?:{WIN}|{GIVEN}) (?:các )?{_ROW}")
_BEFORE = re.compile(
    rf"(?<!\w){_ROW}(?: [^.;:()]{{0,40}}?)? (?:được )?lần lượt (?:được )?(?:thuộc về|là|trao(?: tặng)? cho|gồm)"
    r"(?: các)?:? ?"
)
_GRADE = re.compile(rf"(?P<medal>(?:huy chương |hc )(?:vàng|bạc|đồng)|hc[vbđ])|(?P<grade>{PLACE}|vàng|bạc|đồng)(?!\w)")


def in_turn(context: Context, block: Block) -> Iterator[tuple[Atom, Winner]]:
    """The prizes of a row, each with the one of as many names who won it."""
    document = context.document
    lowered = document.lower
    if not holds(_IN_TURN_AT, lowered, block.body, block.end):
        return
    for match in _BEHIND.finditer(lowered, block.body, block.end):
        first = max(document.sentence_at(match.start())[0], block.body)
        first = max(document.text.rfind(sign, first, match.start()) + 1 for sign in ";:") or first
        winners = _listed(context, first, match.start())
        yield from zip(_atoms(lowered, match), winners, strict=True) if len(winners) == _length(match) else ()
    for match in _BEFORE.finditer(lowered, block.body, block.end):
        stop = list_end(document.text, match.end(), block.end, ".;")
        winners = context.winners(match.end(), stop) or context.teams(match.end(), stop)
        yield from zip(_atoms(lowered, match), winners, strict=True) if len(winners) == _length(match) else ()


def _listed(context: Context, first: int, last: int) -> list[Winner]:
    """The people, schools or groups of a list before their common verb."""
    items = context.items(first, last)
    named = context.merged(w for a, b in items if (w := context.winner(a, b)))
    return named or context.teams(first, last)


def _length(match: re.Match[str]) -> int:
    return len(_GRADE.findall(match["row"]))


def _atoms(lowered: str, match: re.Match[str]) -> Iterator[Atom]:
    """The prizes of a row, a bare metal or grade of the kind of the one before it."""
    for grade in _GRADE.finditer(lowered, *match.span("row")):
        word = grade.group(0).removeprefix("huy chương ").removeprefix("hc ").removeprefix("hc")
        metal = MEDALS.get(word)
        prize = metal or ("khuyen_khich" if word in CONSOLATION else GRADES[word])
        yield Atom(*grade.span(), "medal" if metal else "prize", prize, 1)
