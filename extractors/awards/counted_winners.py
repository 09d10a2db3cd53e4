"""Winners named before their number (``Cô A và cô B là 2 giáo viên đạt giải Nhì``, ``…, mỗi trường một giải``), and
behind the comma of a prize that opens its sentence (``Với giải Nhì môn Hóa học, em A …``)."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.winner import Winner

_EACH = re.compile(r",? (?:mỗi|cùng) (?:trường|em|đơn vị|đội|đoàn)?(?: ?(?:đạt|có|được|giành|đều đạt))? ?")
#: ``Cô A và cô B là 2 giáo viên đạt giải Nhì``.
_ARE = re.compile(r",? (?:đều )?là (?:những |các )?$")


def counted_before(context: Context, atom: Atom) -> list[Winner]:
    """The people who are said to be those that a number counts; [] where they are not as many."""
    document = context.document
    first, _ = document.sentence_at(atom.start)
    link = _ARE.search(document.lower, first, atom.start)
    if link is None:
        return []
    items = (context.winner(a, b) for a, b in context.items(first, link.start()))
    winners = [winner for winner in context.merged(w for w in items if w) if winner.person]
    return winners if len(winners) == atom.count else []


def each_named(context: Context, atom: Atom) -> list[Winner]:
    """The winners before ``mỗi trường một giải``: each has the whole count."""
    document = context.document
    first, _ = document.sentence_at(atom.start)
    first = max(document.text.rfind(sign, first, atom.start) + 1 for sign in ";:") or first
    told = [other.end for other in context.atoms(max(first, 0), atom.start) if other.count]
    first = max([first, *told])  # "A 6 giải, các trường B, C, mỗi trường 4 giải": A has its own
    winners = context.merged(w for a, b in context.items(max(first, 0), atom.start) if (w := context.winner(a, b)))
    return winners if winners and _EACH.fullmatch(document.lower, winners[-1].end, atom.start) else []


#: What opens a sentence whose subject stands behind the prize.
_WITH = re.compile(
    r"(?:với|bằng|cùng với|nhờ|sau khi (?:đạt|đoạt|giành)|giành|đoạt)(?: (?:tấm|chiếc|thành tích|việc))* $"
)
_CALLS = re.compile(
    r"(?:(?:em|bạn|cô|thầy|nữ sinh|nam sinh|học sinh|cô giáo|thầy giáo|anh|chị|chàng trai|cô gái)(?: |$))*"
)


def behind_comma(context: Context, block: Block, atom: Atom) -> Winner | None:
    """The person who is the subject behind the comma of a prize that opens its sentence; None where nobody is."""
    document = context.document
    first, last = document.sentence_at(atom.start)
    first = max(first, block.body)
    if not _WITH.fullmatch(document.lower[first : atom.start].lstrip()):
        return None
    comma = document.text.find(", ", atom.end, min(last, block.end))
    names = find_names(document, comma, min(last, comma + 60)) if comma >= 0 else []
    if not names or not _CALLS.fullmatch(document.lower, comma + 2, names[0].start):
        return None
    return context.winner(names[0].start, names[0].end)
