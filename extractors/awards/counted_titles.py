"""Titles whose holders are counted: ``12 đồng chí đạt …``, ``… cho 5 tập thể và 12 cá nhân``, ``…: 5 đ/c (Hà)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.names import find_names
from extractors._shared.numbers import Number
from extractors.awards.conferred import only_describes
from extractors.awards.contests import CONTESTED
from extractors.awards.context import Context
from extractors.awards.forms import list_end
from extractors.awards.groups import listed_bodies
from extractors.awards.holder_counts import LEVEL, NOUNS, Counted, count_before
from extractors.awards.holders import held, listed_awards, listed_names, named, past_gift, title_award
from extractors.awards.later import following_holders
from extractors.awards.placed import parts_of
from extractors.awards.rewarded import coupled_counts
from extractors.awards.title_names import entry_of, short_title
from extractors.awards.units import unit
from extractors.awards.winner import Winner
from schemas.records import Award

_OF_A_GRADE = re.compile(
    r" (?:[^.;:,\d]{0,30} )?(?:đạt|đoạt) "
    r"(?:giải (?:nhất|nhì|ba|khuyến khích|kk|[abc])|huy chương|hc[vbđ])(?!\w)(?! ?[,-] ?(?:nhì|ba|khuyến|kk))"
)
#: Between a count of holders and their names: ``4/6 người dự thi, gồm: cô A``.
_NAMES_BEHIND = re.compile(r"(?: (?:người|đ/c|gv|cô|thầy|em))?(?: dự thi| đạt)?,? (?:gồm|là|đó là)(?: các)?(?=:? )")
#: ``học sinh (HS) ``.
_SHORT_FORM = re.compile(r" \([^\W\d_]{1,6}\) ")
_ANOTHER = re.compile(r"[.;] (?:[^.;]{0,30} )?(?:tham gia|tham dự|trong|tại|về) (?:các |cuộc |hội |kỳ )?thi(?!\w)")
_COUPLED = re.compile(
    r"(?P<n>\d{1,4}) (?:lượt )?(?P<noun>tập thể|đơn vị|trường|lớp|tổ|chi đội|liên đội|chi đoàn|chi bộ)"
    r"(?: (?:lớp|học sinh|nhỏ))?(?:,| và) $"
)
#: ``2 tổ Văn và Sử-Địa và 14 cá nhân được tặng``: groups by name before the people who are counted.
_COUPLED_GROUPS = re.compile(
    r"(?:(?<!\w)\d{1,2} )?(?P<names>(?P<noun>tổ|lớp|liên đội|chi đội|công đoàn|chi bộ|đội"
    r"|chi đoàn|(?<!\d )tập thể(?= (?:nhà trường|trường|cán bộ|thầy))) [^.;:\d]{2,80}?) và $"
)
#: ``4 tập thể là Trường A, Trường B … và 43 cá nhân nhận``: bodies named before the people who are counted.
_COUPLED_NAMES = re.compile(
    r"(?P<n>\d{1,3}) (?:tập thể|trường|đơn vị)(?: là| gồm)?(?: các)?:? (?P<names>[^.;]{5,}) và $"
)
#: Who got a certificate by name, before those who are counted: ``tặng Giấy khen cho Trường A và 6 cá nhân``.
_NAMED_BEFORE_COUNT = re.compile(r" cho (?P<names>[^.;:\d]{4,120}?) và (?:các )?")
#: Right behind those who took part, before how many of them attained it: ``37 cô dự thi – 35 đạt``.
_OF_ENTRANTS = "|".join(
    rf"(?<=dự thi{sign} \d{{{n}}} )" for sign in ("", ",", ";", " -", " –", ", có", " có") for n in (1, 2, 3)
)
_ATTAINED = re.compile(
    r"(?<!không )(?<!chưa )(?<!\w)(?:đạt|công nhận|kết quả đạt)(?: được"
    r"| yêu cầu)? ?:? ?(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?! ?%|[,.]\d|[/\d]| giải)"
    r"|(?<![\w/.,])(?P<n2>\d{1,4}) ?/ ?(?P<of2>\d{1,4})(?: [\w/]+){0,4} (?:được công nhận|đạt yêu cầu"
    r"|đạt danh hiệu|đạt(?=[,;.]))"
    rf"|(?<![\w/.,])(?P<n3>\d{{1,4}}) (?:{NOUNS} |lượt (?=đạt(?! giải))|(?=được (?:công nhận|cấp))"
    rf"|(?:{_OF_ENTRANTS})(?=đạt ?[,;.\n]))"
    r"(?:(?:tham gia |tham )?dự thi )?(?:được công nhận|đạt yêu cầu"
    r"|đạt danh hiệu|được cấp giấy chứng nhận|đạt)(?! giải)(?!\w)"
)
_GRADE = re.compile(
    r"(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?: \w+){0,3}? (?:đạt "
    r"|xếp )?loại (?P<grade>xuất sắc|giỏi|tốt|khá|đạt)(?!\w)"
)


def counted(
    context: Context, block: Block, term: Term, before: Number, end: int, clause: int, last: int
) -> Iterator[Award]:
    """``12 đồng chí đạt …``: the count, or its holders where all of them are listed."""
    document = context.document
    holders = list(listed_awards(context, block, term, end))
    if len(holders) == before.value:
        yield from holders
        return
    if kinds := list(coupled_counts(context, term, clause, before.start)):
        for start, stop, number, kind in reversed(kinds):
            yield title_award(context, block, term, (start, stop), end, number, None, kind)
    elif coupled := _COUPLED.search(document.lower, max(clause, before.start - 30), before.start):
        yield title_award(context, block, term, coupled.span(), end, int(coupled["n"]), None, coupled["noun"])
    elif coupled := _COUPLED_NAMES.search(document.lower, clause, before.start):
        bodies = context.winners(*coupled.span("names"))
        if len(bodies) == int(coupled["n"]):
            yield from held(context, block, term, end, bodies)
    elif coupled := _COUPLED_GROUPS.search(document.lower, clause, before.start):
        yield from held(context, block, term, end, context.groups(*coupled.span("names"), coupled["noun"]))
    of_bodies = _BODIES_ASIDE.match(document.lower, before.end, term.start)
    bodies = listed_bodies(context, of_bodies.end(), term.start, int(before.value)) if of_bodies else []
    if bodies:
        yield from held(context, block, term, end, bodies)
        return
    aside = _NAMED_ASIDE.match(document.lower, before.end, term.start)
    named_aside = context.winners(*aside.span("names")) if aside else []
    if named_aside and len(named_aside) == before.value and all(winner.person for winner in named_aside):
        yield from held(context, block, term, end, named_aside)
        yield from _at_other_levels(
            context, title_award(context, block, term, (term.start, end), end, 1, None), end, last
        )
        return
    if len(following := following_holders(context, block, term, end)) == before.value:
        yield from following
        return
    if 0 < len(holders) < before.value and document.text[end : end + 2].strip(" ")[:1] in (":", "("):
        yield from holders
    noun = document.lower[before.end : term.start].strip()
    of = _int(before.of) or _entrants(context, block, term, before.start, int(before.value))
    award = title_award(context, block, term, (before.start, end), end, int(before.value), of, noun)
    certificates = noun in _CERTIFICATES and "giver" in entry_of(term).attributes
    one = certificates or _YEARS.match(noun) is not None
    yield _of_subject(context, block, term, award, clause, end) if one else award
    yield from _at_other_levels(context, award, end, last)
    yield from _parts(context, block, term, end, parts_of(context, end, block.end, int(before.value)))
    yield from _grades(context, block, term, end, last)


#: Bodies that are counted, before their names in brackets: ``04 tập thể (TH A, THCS B, …) được tặng …``.
_BODIES_ASIDE = re.compile(r" (?:tập thể|đơn vị|trường|cơ quan|tổ|lớp|chi bộ|công đoàn)(?= \()")
#: The names of those counted, before what they hold: ``01 cô (Lê Thị A) đạt …``.
_NAMED_ASIDE = re.compile(r" [^\d,;:()]{1,25} ?\((?P<names>[^\d()]{4,160})\)")
#: More of those counted, at another level, the title left out: ``…, 46 lượt giáo viên đạt cấp huyện``.
_ELIDED = re.compile(
    rf"[\"”]?(?: \([^()\d]{{2,30}}\))?(?:[,;]|,? và)(?: và)? (?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,4}}))?"
    rf"(?: {NOUNS}(?!\w))?"
    rf"(?: (?:đạt|được công nhận|giỏi|ở))* (?P<at>{LEVEL})(?= ?[,;.)]| và |$)",
    re.M,
)


def _at_other_levels(context: Context, award: Award, at: int, last: int) -> Iterator[Award]:
    """The holders of the same title at further levels, told behind those just counted."""
    document = context.document
    base = (award.title or "").partition(" cấp ")[0]
    while match := _ELIDED.match(document.lower, at, last):
        levels = document.terms("level", *match.span("at"))
        update = {
            "title": f"{base} {document.value(*match.span('at'))}",
            "level": context.level_of(levels[0]) if levels else None,
            "count": int(match["n"]),
            "participants": int(match["of"]) if match["of"] else None,
            "evidence": (document.evidence(match.start("n"), match.end("at")),),
        }
        yield award.model_copy(update=update)
        at = match.end()


def _entrants(context: Context, block: Block, term: Term, at: int, count: int) -> int | None:
    """How many took part in the contest in which a title was won; None where that is not told."""
    contest = context.contest(block, at) if term.id in CONTESTED else None
    entrants = context.entrants(block, at, contest) if contest else None
    return entrants if entrants and entrants >= count else None


#: Between a number and a certificate, where certificates are counted and not those who hold them.
_CERTIFICATES = ("", "tấm", "chiếc", "lá")
#: How often, where years are counted: ``Chi bộ 4/5 năm đạt …``.
_YEARS = re.compile(r"(?:năm|lần)(?!\w)")


def _of_subject(context: Context, block: Block, term: Term, award: Award, clause: int, end: int) -> Award:
    """A number of certificates or years with the one who got them all: ``Trường A được tặng 3 Bằng khen``."""
    first, _ = context.document.sentence_at(term.start)
    held_by = list(unit(context, block, term, first, end)) or list(named(context, block, term, clause, end))
    if len({other.recipient for other in held_by}) != 1:
        return award
    update = {field: getattr(held_by[0], field) for field in ("recipient", "recipient_kind", "school")}
    return award.model_copy(update=update)


def counted_after(context: Context, block: Block, term: Term, end: int, after: list[Counted]) -> Iterator[Award]:
    """``…: 12 đồng chí``, ``… cho 5 tập thể và 12 cá nhân``, ``…: 5 đ/c (Hà, Mai, …)``."""
    document = context.document
    start, stop, count, _, _ = after[0]
    listed = _NAMES_BEHIND.match(document.lower, stop)
    if len(after) == 1 and listed:
        stop = listed.end()
    opens = stop + len(short.group(0)) if (short := _SHORT_FORM.match(document.lower, stop)) else stop + 1
    schools = context.schools_in(stop, block.end)[:1]
    direct = bool(schools and schools[0][0] == opens)  # ``tặng 2 tập thể Trường A và Trường B``
    direct = direct or any(name.start == opens for name in find_names(document, stop, min(block.end, stop + 45)))
    if len(after) == 1 and listed and (bodies := listed_bodies(context, after[0][1], block.end, count)):
        yield from held(context, block, term, end, bodies)
        return
    if len(after) == 1 and direct:
        winners = context.winners(opens, list_end(document.text, opens, block.end, ".;"))
        if len(winners) == count:
            yield from held(context, block, term, end, winners)
            return
    if len(after) == 1 and (listed or document.text[stop : stop + 2] in (" (", ": ", ":")):
        holders = list(listed_awards(context, block, term, stop))
        if len(holders) != count:
            holders = listed_names(context, block, term, stop, count) or holders
        if len(holders) == count:
            titled = title_award(context, block, term, (term.start, end), end, 1, None)
            yield from (award.model_copy(update={"title": titled.title, "level": titled.level}) for award in holders)
            return
    if len(after) == 1 and (bodies := listed_bodies(context, stop, block.end, count)):
        yield from held(context, block, term, end, bodies)
        return
    told = after[0]
    if coupled := _NAMED_BEFORE_COUNT.fullmatch(document.lower, end, told[0]):
        yield from held(context, block, term, end, context.winners(*coupled.span("names")))
    if len(after) == 1 and (parts := parts_of(context, told[1], document.sentence_at(told[0])[1], told[2])):
        yield title_award(context, block, term, (term.start, told[1]), end, told[2], told[3], told[4] or "")
        yield from _parts(context, block, term, end, parts)
        return
    home = _home_behind(context, after[-1][1], block.end)
    nexts = [*(one[0] for one in after[1:]), block.end]
    for (start, stop, count, of, noun), limit in zip(after, nexts, strict=True):
        if "giver" in entry_of(term).attributes and _OF_A_GRADE.match(document.lower, stop):
            continue  # a certificate for a grade is one award, the grade
        behind = document.terms("title", start, min(block.end, stop + 40))
        if any(start < other.start < stop and not only_describes(context, other) for other in behind):
            continue  # ``tặng Giấy khen cho 6 tập thể, 59 giáo viên giỏi cấp tỉnh``: they hold the title behind
        if start != after[0][0] and _GETS_ELSE.match(document.lower, stop):
            break  # ``trao Giấy khen cho 41 giáo viên và 136 giáo viên được nhận phần thưởng``
        if len(after) > 1 and (those := _named_with(context, stop, limit, count)):
            told_there = document.evidence(start, stop)
            for award in held(context, block, term, end, those):
                own = _at_own_level(context, term, award, start, stop)
                yield own.model_copy(update={"evidence": (*own.evidence, told_there)})
            continue
        passage = (term.start, stop) if start == after[0][0] else (start, stop)
        award = title_award(context, block, term, passage, end, count, of, noun or "")
        if start == after[0][0] and past_gift(document.lower, term, end, block.end) > end:
            # the money that comes with it is no part of what tells the award
            passages = (document.evidence(term.start, end), document.evidence(start, stop))
            award = award.model_copy(update={"evidence": passages})
        if home and count > 1 and _PEOPLE.match(noun or ""):
            award = award.model_copy(update={"school": home})
        yield _at_own_level(context, term, award, start, stop)
        if noun is None and len(after) == 1:
            yield from _better(context, block, term, stop, award)


#: Between those who are counted and the school where they all are: ``24 học sinh giỏi của Trường A``.
_AT_SCHOOL = re.compile(r"(?: (?:giỏi|xuất sắc|tiêu biểu|trẻ))*(?: (?:của|thuộc|tại|ở))? (?:trường )?")


def _home_behind(context: Context, at: int, last: int) -> str | None:
    """The one school named right behind the last of those counted; None where none is, or several are."""
    schools = context.schools_in(at, min(last, at + 90))
    if not schools or not _AT_SCHOOL.fullmatch(context.document.lower, at, schools[0][0]):
        return None
    more = _NEXT_SCHOOL.match(context.document.lower, schools[0][1])
    return None if more else schools[0][2].name


_PEOPLE = re.compile(r"(?:học sinh|hs|em|giáo viên|gv|thầy|cô|cán bộ|nhà giáo|sinh viên)(?!\w)")
_NEXT_SCHOOL = re.compile(r"(?:,| và) (?:trường|thpt|thcs|th|tiểu học|mầm non|mn)(?!\w)")
#: What opens the names of those whom one of several counts counts: ``2 tập thể (A, B), 5 cá nhân``, ``02 cô: A, B``.
_NAMES_OPEN = re.compile(r" ?[:(] ?")
_TRAILS = re.compile(r"[ ,]*(?: và)? ?$")
_GROUP_NAME = re.compile(r"(?:tổ|lớp|chi đội|nhóm|liên đội|chi đoàn|công đoàn|chi bộ|phòng) ", re.I)


def _named_with(context: Context, at: int, last: int, count: int) -> list[Winner]:
    """Those whom the count that ends at a position counts, as many as it says; [] where they are not named."""
    text = context.document.text
    opens = _NAMES_OPEN.match(text, at, last)
    if opens is None:
        return []
    start = opens.end()
    stop = list_end(text, start, last, ")" if "(" in opens.group(0) else ".;")
    stop = start + len(_TRAILS.sub("", text[start:stop]))
    if count == 1 and _GROUP_NAME.match(text, start, stop):
        return [Winner(start, stop, None, None, None, context.document.value(start, stop))]
    winners = context.winners(start, stop) or context.given_names(start, stop) or context.teams(start, stop)
    if len(winners) < count and text[stop : stop + 1] == ";" and ":" in opens.group(0):
        # "hai cá nhân: bà A, Hiệu trưởng trường B; ông C": the list itself is parted by semicolons
        winners = context.winners(start, list_end(text, start, last, "."))
    return winners if len(winners) == count else []


def _at_own_level(context: Context, term: Term, award: Award, start: int, stop: int) -> Award:
    """An award with the level told beside its own count: ``… cấp huyện 15 cô; cấp tỉnh 02 cô``, also in its title."""
    document = context.document
    levels = document.terms("level", start, stop)
    if not levels:
        return award
    update: dict[str, object] = {"level": context.level_of(levels[0])}
    base = _TITLE_LEVEL.sub("", award.title or "")
    if base != award.title and levels[0].start == start:
        update["title"] = short_title(f"{base} {document.value(levels[0].start, levels[0].end)}")
    return award.model_copy(update=update)


#: The level that ends a title: ``GVDG cấp tỉnh``, ``GV giỏi vòng huyện``, ``GVG tỉnh``.
_TITLE_LEVEL = re.compile(
    r" (?:(?:cấp|vòng) [^\W\d_]+(?: [^\W\d_]+){0,2}|trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|TP"
    r"|quốc gia)$",
    re.I,
)


#: How many of those just counted hold it in a higher degree: ``trong sạch vững mạnh 21 (tiêu biểu 9)``.
_BETTER = re.compile(
    r" ?[(,] ?(?:trong đó )?(?:có )?(?:(?P<how>tiêu biểu|xuất sắc):? (?P<n>\d{1,3})|(?P<n2>\d{1,3}) "
    r"(?:đơn vị |tập thể |chi bộ |tổ chức )?(?P<how2>tiêu biểu|xuất sắc))(?= ?[),;.])"
)


def _better(context: Context, block: Block, term: Term, at: int, award: Award) -> Iterator[Award]:
    """The holders of the higher degree of a title whose holders were counted right before."""
    match = _BETTER.match(context.document.lower, at, block.end)
    count = int(match["n"] or match["n2"]) if match else 0
    if match and 0 < count <= (award.count or 0):
        how = "how" if match["how"] else "how2"
        passage = context.document.evidence(match.start(how), match.end())
        title = f"{award.title} {context.document.value(*match.span(how))}"
        yield award.model_copy(update={"title": title, "count": count, "evidence": (passage,)})


def attained(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """A contest for a title, and how many attained it: ``Hội thi GVDG: 12 dự thi, 10 được công nhận``."""
    document = context.document
    nearest = min((t.start for t in document.terms("title", end, block.end)), default=block.end)
    match = _ATTAINED.search(document.lower, end, block.end)
    if match is None or (match.start() > nearest and match["n"] is None):
        return
    if _ANOTHER.search(document.lower, end, match.start()):
        return  # told of another contest
    following = list(document.terms("title", match.start(), document.sentence_at(match.start())[1]))[:1]
    if (
        following
        and (counted := count_before(context, match.start(), following[0].start))
        and counted.start < match.end()
    ):
        return  # the title is told again with its count
    out_of = match["of"] or match["of2"]
    of = int(out_of) if out_of else context.entrants(block, match.start(), None)
    count = int(match["n"] or match["n2"] or match["n3"])
    if len(winners := listed_names(context, block, term, match.end(), count)) == count:
        yield from (award.model_copy(update={"title": document.value(term.start, end)}) for award in winners)
        return
    yield title_award(context, block, term, (match.start(), match.end()), end, count, of)
    stop = document.sentence_at(match.start())[1]
    yield from _parts(context, block, term, end, parts_of(context, match.end(), stop, count))
    yield from _grades(context, block, term, match.end(), block.end)


def _parts(
    context: Context, block: Block, term: Term, end: int, parts: list[tuple[int, int, int, Winner | None]]
) -> Iterator[Award]:
    """The holders of a title by school or level, as many as each part says."""
    for start, stop, count, school in parts:
        award = title_award(context, block, term, (start, stop), end, count, None)
        yield award.model_copy(update={"school": school.school.name}) if school and school.school else award


#: Those counted get something else.
_GETS_ELSE = re.compile(r" (?:đã )?(?:được (?:nhận|tặng|trao|hỗ trợ)|nhận)(?!\w)")


def _int(value: int | float | None) -> int | None:
    return None if value is None else int(value)


def _grades(context: Context, block: Block, term: Term, start: int, last: int) -> Iterator[Award]:
    """``Trong đó có 17/36 đạt loại Xuất sắc``: the grades of a title just counted."""
    document = context.document
    title = document.value(term.start, term.end)
    for match in _GRADE.finditer(document.lower, start, last):
        if document.terms("title", start, match.start()):
            return
        award = title_award(
            context,
            block,
            term,
            (match.start(), match.end()),
            term.end,
            int(match["n"]),
            int(match["of"]) if match["of"] else None,
        )
        yield award.model_copy(
            update={"title": f"{title} loại {document.value(match.start('grade'), match.end('grade'))}"}
        )
