"""Grades each before the bare name of who won it: ``Giải đồng đội: nhất Tân Lễ, nhì Thị trấn``, ``nhất Vũ Thị A (TH
B), 2 nhì``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.scan import Words, places_of
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import CONSOLATION, GRADES, Atom
from extractors.awards.context import Context
from extractors.awards.own_homes import school_called
from extractors.awards.winner import Winner

_GRADE_AT = Words(("nhất ", "nhì ", "ba ", "khuyến khích ", "kk "))
_PART = rf"[{CAPITAL}][^\W\d_]*(?:['’][{CAPITAL}]?[^\W\d_]+)?"
#: ``K' Đờn``, ``Y Tố``, ``B'Lá A`` beside ``Tân Lễ``.
_WORD = rf"(?!Nhất |Nhì |Ba |KK )(?:[{CAPITAL}]['’](?= )|{_PART})"
_WHO = rf"(?:[Tt]hị trấn|{_WORD}(?: {_WORD}){{1,4}})(?: \d{{1,2}})?"
#: Where a winner is from.
_ASIDE = r"(?: \([^()\n]{2,60}\))?"
_ENDS = rf"(?={_ASIDE} ?(?:[,;.)]|$)| và )"
_GRADED = re.compile(
    r"(?:(?<=[:,;(] )|(?<= và )|^)(?:đồng )?(?:giải )?(?P<grade>[Nn]hất|[Nn]hì|[Bb]a|[Kk]huyến khích|KK)"
    rf"(?: là| thuộc về)? (?P<who>{_WHO}){_ENDS}",
    re.M,
)
_FURTHER = re.compile(rf"{_ASIDE}(?:, | và )(?P<who>{_WHO}){_ENDS}")
_FROM = re.compile(_ASIDE)
#: What tells that prizes are listed, and of whom.
_PRIZES = re.compile(r"(?<!\w)(?:giải|đoạt|đạt|toàn đoàn|đồng đội|hội thi|hội thao|cuộc thi|nội dung|môn)(?!\w)")
_OF_TEAMS = re.compile(r"(?<!\w)(?:toàn đoàn|đồng đội|tập thể|đơn vị|các trường)(?!\w)")
#: Places are no prizes where schools are ranked.
_RANKING = re.compile(r"(?<!\w)(?:xếp|hạng|thứ hạng|vị thứ|thi đua)(?!\w)")
#: Names that say what they are; such rows are read elsewhere.
_SAID = re.compile(r"(?:trường|thcs|thpt|th|th&thcs|tiểu học|mầm non|mn|mg|mẫu giáo|ptdt\w*)(?!\w)", re.I)
#: Grades that make a row.
_ROW = 2


def grade_rows(context: Context, block: Block) -> Iterator[tuple[Atom, Winner]]:
    """The prizes of the rows of a block, each with one of those who won it, in the order of the text."""
    document = context.document
    if not places_of(_GRADE_AT, document.lower, block.body, block.end):
        return
    for first, last in document.sentences(block):
        start = max(first, block.body)
        found = list(_GRADED.finditer(document.text, start, last))
        if not found or _RANKING.search(document.lower, start, last):
            continue
        if all(_SAID.match(match["who"]) for match in found) or not _makes_row(context, block, start, last, found):
            continue
        teams = _OF_TEAMS.search(document.lower, start, found[0].start()) is not None
        spoken_of = teams or _spoken_of(context, block, found[0].start())
        if not spoken_of and not any(school_called(context, *match.span("who")) for match in found):
            continue
        for index, match in enumerate(found):
            limit = found[index + 1].start() if index + 1 < len(found) else last
            grade = match["grade"].lower()
            prize = "khuyen_khich" if grade in CONSOLATION else GRADES[grade]
            atom = Atom(match.start("grade"), match.end("grade"), "prize", prize, 1)
            for span in _those(context, match, limit):
                yield atom, _winner(context, *span, teams=teams)


def _makes_row(context: Context, block: Block, start: int, last: int, found: list[re.Match[str]]) -> bool:
    """Whether the grades of a sentence make a row: two with names, or one beside a number of another grade.

    ``nhất Vũ Thị A (TH B), 2 nhì, 3 ba``
    """
    grades = {GRADES.get(match["grade"].lower(), "khuyen_khich") for match in found}
    counted = {a.prize for a in context.atoms(block.body, block.end) if a.count and start <= a.start < last}
    return len(grades) >= _ROW or bool(counted - grades - {"giai"})


def _spoken_of(context: Context, block: Block, at: int) -> bool:
    """Whether the words before a row, or what stands above it, tell that prizes are listed."""
    document = context.document
    if _PRIZES.search(document.lower, block.start, at):
        return True
    heads = [document.head(above) for above in document.ancestors(block)]
    before = document.blocks[max(0, block.index - _NEAR) : block.index]
    heads += [(one.start, one.end) for one in before if document.text[one.end - 1 : one.end] == ":"]
    return any(_PRIZES.search(document.lower, *head) for head in heads)


#: Lines before a row among which may be the one that opens its list.
_NEAR = 3


def _those(context: Context, match: re.Match[str], limit: int) -> Iterator[tuple[int, int]]:
    """The names behind one grade: its own, and those that follow it before the next grade."""
    yield match.span("who")
    position = match.end("who")
    while (more := _FURTHER.match(context.document.text, position)) and more.end() <= limit:
        yield more.span("who")
        position = more.end()


def _winner(context: Context, start: int, end: int, *, teams: bool) -> Winner:
    """Who a bare name is: a school of the report, else a person where no teams are told, else a body."""
    document = context.document
    spelling = document.value(start, end)
    school = school_called(context, start, end) or context.school_at(start, end)
    if school:
        return Winner(start, end, None, school, spelling)
    names = [] if teams else [n for n in find_names(document, start, end) if (n.start, n.end) == (start, end)]
    if not names:
        return Winner(start, end, None, None, None, spelling)
    aside = _FROM.match(document.text, end)
    told = context.winner(start, aside.end()) if aside else None
    return told if told and told.person else Winner(start, end, spelling, None, None)
