"""Winners whom a sentence only points at: ``Đây là 2 em đã đạt Huy chương Đồng`` behind their names."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.winner import Winner

_THESE = re.compile(r"(?:đây|đó)(?: cũng| đều| chính)? là (?:những |các |hai |ba )?$")
#: Those whom somebody trained, told again with the trainer: ``người bồi dưỡng 2 học sinh đạt giải``.
_TRAINED = re.compile(r"(?<!\w)(?:giảng dạy|bồi dưỡng|hướng dẫn|dạy|luyện|huấn luyện|dìu dắt)(?: cho)? $")
#: Winners told of before, of whom so many are chosen, sent or gather: ``chọn 6 dự án đạt giải cao vào đội tuyển``,
#: ``hội thi quy tụ 75 sản phẩm đã đạt giải ở huyện``.
_CHOSEN = re.compile(
    r"(?<!\w)(?:(?:lựa )?chọn(?: ra| cử)?|cử|đưa|quy tụ|thu hút"
    r"|(?:góp mặt|tham gia|tham dự|tranh tài) của|(?:thành lập|gồm) (?:đội tuyển|đoàn)[^.;:]{0,50}?(?:gồm|với|có)) $"
)
_TO_BE_GIVEN = re.compile(r"(?<!\w)để trao(?!\w)")


def points_back(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a counted prize points at those whom the sentence before it names."""
    document = context.document
    if not atom.who or not atom.count:
        return False
    first = max(document.sentence_at(atom.start)[0], block.body)
    if first <= block.body or not _THESE.fullmatch(document.lower, first, atom.start):
        return False
    return bool(find_names(document, max(document.sentence_at(first - 2)[0], block.body), first))


def those_named(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """The people of the sentence before a prize that points at them; [] where they are not as many as it says,
    or that sentence has told itself what they won."""
    document = context.document
    first = max(document.sentence_at(atom.start)[0], block.body)
    start = max(document.sentence_at(first - 2)[0], block.body)
    if any(start <= other.start < first for other in context.atoms(block.body, block.end)):
        return []
    found = (context.winner(a, b) for a, b in context.items(start, first))
    people = [winner for winner in context.merged(w for w in found if w) if winner.person]
    if len(people) != atom.count:
        return []
    homes = {school.name: school for _, _, school in context.schools_in(start, first)}
    home = next(iter(homes.values())) if len(homes) == 1 else None
    return [winner if winner.school else replace(winner, school=home) for winner in people]


def trained_again(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a count is of pupils told before, here with who trained them."""
    if not atom.who or not _TRAINED.search(context.document.lower, max(block.body, atom.start - 20), atom.start):
        return False
    before = [other for other in context.atoms(block.body, block.end) if other.end <= atom.start]
    return any(other.count == atom.count for other in before)


def chosen_again(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a prize tells of winners who are chosen or sent to the next contest: they have been counted."""
    lowered = context.document.lower
    chosen = bool(atom.who) and _CHOSEN.search(lowered, max(block.body, atom.start - 90), atom.start) is not None
    return chosen and not _TO_BE_GIVEN.search(lowered, atom.start, atom.end)
