"""Works that win a prize, with the school they come from: ``giải Nhì thuộc về dự án A của học sinh Trường B``.

Where those who made them are named, they are the winners: ``gồm: “Máy lọc nước” của em A và em B (Trường C)``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors._shared.names import find_names
from extractors._shared.scan import WholeWords, places_of, words_in
from extractors.awards.context import Context
from extractors.awards.joint import together
from extractors.awards.winner import Winner

_NOUNS = "dự án|đề tài|sản phẩm|mô hình|tác phẩm|giải pháp|ý tưởng|công trình|bài dự thi|tiết mục|phần mềm|đồ dùng"
_NOUN_AT = WholeWords(words_in(_NOUNS))
#: A work by its name, in quotation marks or up to whose it is.
_WORK = re.compile(
    rf"(?P<work>[\"“][^\"”\n]{{2,260}}[\"”]|(?:{_NOUNS})(?!\w)(?: [^\s;\"“”]+){{0,4}}?"
    r"(?: ?[\"“][^\"”\n]{2,260}[\"”]| [^;\"“”\n]{3,260}?))"
    r"(?=[,.]? \(?(?:của|do|\(|[-–]) ?(?:(?:các |hai |ba |\d+ )?(?:nhóm|học sinh|hs|em|tác giả|giáo viên|cô|thầy)"
    r"(?: học sinh| tác giả)? ?|đến từ |thuộc )*(?:trường )?"
    r"(?:trường|thpt|thcs|tiểu học|th|mầm non|mn|trung tâm|tt)(?!\w)|$)"
)
#: What parts the works of one list.
_NEXT = re.compile(rf"(?:[;,] ?(?:và )?| và )(?=(?:{_NOUNS})(?!\w)|[\"“])")
#: A work whose name is only its kind is none by a name: ``sản phẩm của Trường A``.
_CALLED = re.compile(rf"(?:{_NOUNS})(?: (?:dự thi|này|trên|đạt giải|xuất sắc))*", re.I)


def works_at(context: Context, start: int, end: int) -> list[Winner]:
    """The works by name that a range lists, each with its school; [] where it lists anything else or people."""
    document = context.document
    start += len(document.text[start:end]) - len(document.text[start:end].lstrip())
    works: list[Winner] = []
    while start < end:
        gap = _NEXT.search(document.lower, start + 1, end)
        stop = gap.start() if gap else end
        if (work := _work(context, start, stop)) is None:
            return works
        works.append(work)
        start = gap.end() if gap else end
    return works


#: The name of a work, which opens its item of a list, and behind it the word for whose it is.
_QUOTED = re.compile(
    rf"[\s:]*(?:,|;)?(?: ?và)? ?(?:[(-] ?)?(?:(?:các |hai |\d{{1,2}} )?(?:{_NOUNS})[^\"“”;.()]{{0,40}}?)?"
    r"(?:[\"“][^\"“”\n]{2,260}[\"”]|'[^'\n]{2,260}')(?: ?\([^()]{2,60}\))?"
    r"(?:,? (?:thuộc|ở|môn|lĩnh vực|nội dung) [^\"“”;.()]{2,60}?)?"
    r",? ?(?:- |– |: )?(?:của|do|tác giả|nhóm)(?!\w)"
)
#: Where the name of the next work opens.
_OPENS = re.compile(r"[\"“]")


def makers_at(context: Context, start: int, end: int) -> list[Winner]:
    """Who made the works that a range lists by quoted names, those of one work as one; [] where it lists no such."""
    document = context.document
    makers: list[Winner] = []
    while work := _QUOTED.match(document.lower, start, end):
        opening = _OPENS.search(document.lower, work.end(), end)
        stop = opening.start() if opening else end
        guided = _GUIDED.search(document.lower, work.end(), stop)
        stop = guided.start() if guided else stop
        people = context.winners(work.end(), stop)
        people = people[: next((n for n, one in enumerate(people) if not one.person), len(people))]
        if not people:
            return []
        makers.append(together(context, people) if len(people) > 1 else people[0])
        ends = _ITEM_ENDS.match(document.lower, people[-1].end, stop)
        start = ends.start("sign") if ends else stop
    return makers


#: Who only guided those who made a work: ``…; GVHD: thầy A``, ``…, cô B hướng dẫn``.
_GUIDED = re.compile(
    r"[;,.(-] ?(?:gvhd|(?:giáo viên|người|thầy|cô)(?: giáo)? hướng dẫn"
    r"|(?:thầy|cô)(?: giáo)? [^;,.:()]{2,30} hướng dẫn)(?!\w)"
)
#: What parts the works, behind the rest of the brackets that tell where those who made one are from.
_ITEM_ENDS = re.compile(r"(?:[^()\n]*\))?[^()\n]*?(?P<sign>[;,]| và )")


#: A work of which only is told whose it is: ``dự án của nhóm học sinh Trường A``; a group of pupils won then.
_WHOSE = re.compile(rf"(?:{_NOUNS})(?: dự thi)? (?:của|do) (?:(?P<group>nhóm|đội)|các|học sinh|hs|em|trường)(?!\w)")


def _work(context: Context, start: int, end: int) -> Winner | None:
    """The work that one item of a list names, which begins it; None for a person's or none by a name."""
    document = context.document
    if document.text[start] not in '“"' and not places_of(_NOUN_AT, document.lower, start, min(end, start + 12)):
        return None
    schools = context.schools_in(start, end)
    stop = schools[0][0] + len("trường") if schools else end
    match = _WORK.match(document.lower, start, min(end, max(stop, start)))
    if match is None or match.start("work") != start or find_names(document, match.end("work"), end):
        return None
    called = document.value(start, match.end("work"))
    if _CALLED.fullmatch(called) or (not schools and "“" not in called and '"' not in called):
        return None
    home = schools[0][2] if schools else None
    if schools and (whose := _WHOSE.match(document.lower, start, schools[0][1])):
        group = (whose.start("group"), schools[0][1]) if whose["group"] else None
        return Winner(*group, None, home, None, document.value(*group)) if group else None
    # the passage goes on to the school, which it names as that of the work
    stop = schools[0][1] if schools else match.end("work")
    return Winner(start, stop, None, home, None, called)


def with_work(context: Context, first: int, at: int, winner: Winner) -> Winner:
    """A school before a prize, as the work of it that the words right before the school name; else the school."""
    document = context.document
    if winner.person or winner.unit or winner.school is None or winner.start > at:
        return winner
    places = places_of(_NOUN_AT, document.lower, max(first, winner.start - 260), winner.start)
    for start in places:
        work = _work(context, start, winner.end)
        if work and work.school == winner.school:
            return replace(work, end=winner.end)
    return winner
