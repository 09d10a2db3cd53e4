"""Ranks: ``xếp thứ 4/24``, ``xếp thứ hai trên 10 huyện``, ``đứng đầu toàn tỉnh``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.numbers import view_offset
from extractors._shared.outline import ORDINALS, roman_value
from extractors._shared.scan import WholeWords, Words, holds, matches_from, places_of
from extractors._shared.view import CAPITAL, lower
from extractors.awards.context import Context
from extractors.awards.rank_holders import event_before, rank_holder
from extractors.awards.rank_levels import among_communes, rank_contest, rank_level
from extractors.awards.rank_rows import announced_places, announcement, ranked_rows
from extractors.awards.subjects import listed_squads
from extractors.awards.together import schools_together
from schemas.records import Award, School

_RANK = re.compile(
    r"(?<!\w)(?:(?:xếp|đứng|đạt|giành|đoạt|vươn lên|giữ|ở)(?: ở)?(?: vị)?(?: trí)? ?(?:thứ hạng|hạng|thứ"
    # ``đứng nhất toàn đoàn`` is the prize of a team
    r"|vị thứ|vị trí thứ)|vị thứ|xếp vị thứ|(?:xếp|đứng(?! (?:nhất|nhì|ba) toàn đoàn))(?= (?:nhất|nhì|ba)(?: (?:toàn"
    r"|khối|cụm|huyện|tỉnh|là (?:đoàn|đội|trường|thcs|thpt|tiểu học|huyện|tỉnh|xã|phường))|[,;.)]|$)))(?: thứ)? ?"
    r"(?P<n>\d{1,3}|" + "|".join(ORDINALS) + r")(?!\w)(?: toàn đoàn(?= trên| trong))?"
    r"(?:(?: ?/ ?| trên (?:tổng số )?| trong (?:tổng số |số )?)(?P<of>\d{1,3}))?"
)
_RANK_AT = Words(("xếp", "đứng", "đạt", "giành", "đoạt", "vươn", "giữ", "ở", "vị thứ"))
_PLACE_AT = Words(("hạng", "thứ", "tt ", "vt ", "vị thứ"))
_FIRST_AT = Words(("đứng đầu",))
#: Every rank holds one of these.
_ANY_AT = Words((*_PLACE_AT, *_FIRST_AT, "xếp", "vị trí"))
_IN_TURN_AT = Words(("lần lượt",))
#: Further ranks behind one that a verb tells: ``đứng thứ 12 toàn tỉnh về môn Văn, thứ 15 về môn Toán``.
#: Holders of a rank as a class: ``khen thưởng học sinh đạt vị thứ nhất khối``.
_CLASS_OF = re.compile(
    r"(?<!\d )(?<!\w)(?:các|những|cho|thưởng|đối với|,)(?: các)? (?:học sinh|em|giáo viên|cá nhân|tập thể) $"
    r"|(?<!\w)mỗi (?:lớp|trường|đội|đơn vị|em|học sinh|tập thể|liên đội) $"
)
_AGAIN = re.compile(
    r"(?:(?!\d|thứ )[^.;:,()])*(?:\([^()]*\))?(?:,|;| và|, và) (?:thứ|hạng) (?P<n>\d{1,3})(?![\d/.,]\d|\w)"
    r"(?= (?:toàn|khối|cụm|trong|huyện|tỉnh|thành phố|về|môn|ở))"
)
_SLASHED = re.compile(
    r"(?<!\w)(?:hạng|thứ) (?P<n>\d{1,3}) ?/ ?(?P<of>\d{1,3})(?![\d/])|(?<=toàn đoàn )hạng (?P<n2>\d{1,2})(?![\d/])"
    # ``toàn đoàn hạng nhì``, ``phường A (hạng nhất)``, ``hạng tư toàn đoàn``
    r"|(?:(?<=toàn đoàn )|(?<=toàn đoàn: ))hạng (?P<n3>nhất|nhì|hai|ba|tư|bốn|năm)(?!\w)(?! ?: )"
    r"|(?<=\()hạng (?P<n4>\d{1,2}|nhất|nhì|hai|ba|tư|bốn|năm)(?=\))"
    r"|(?<!\w)(?<!xếp )(?<!đạt )(?<!viên )(?<!gv )(?<!danh )hạng (?P<n5>tư|bốn|năm|\d{1,2}"
    r"|(?:i{1,3}|iv|v)(?! toàn đoàn))(?= toàn (?:đoàn|xã|huyện|quận|thị xã|thành phố|tỉnh|cụm|khối|ngành|quốc)(?!\w))"
    # ``Bóng đá mini hạng tư``: what was contested right before it
    r"|(?<!\w)hạng (?P<n7>tư|bốn|năm|sáu|[4-9])(?= ?[,;.)]|$)"
    r"|(?<!\w)(?<!xếp )(?<!đạt )hạng (?P<n8>nhất|nhì|hai|ba|tư|bốn|năm|\d{1,2})(?= (?:khối|cụm) thi đua(?!\w))"
    # ``11 giải (TT 7/11 trường)``
    r"|(?<!\w)(?:tt|vt|vị thứ) (?P<n9>\d{1,3}) ?/ ?(?P<of3>\d{1,3})(?= (?:trường|đơn vị|huyện|xã|phường|tỉnh)(?!\w))"
    r"|(?<!\w)(?:hạng|thứ) (?P<n6>i{1,3}|iv|vi{0,3}|ix|x) ?/ ?(?P<of2>\d{1,3})(?![\d/])",
    re.M,
)
#: The body of a place right before a rank in brackets: ``xã A (hạng ba)``.
_BRACKETED_BODY = re.compile(
    r"(?P<body>(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Tt]ỉnh|[Tt]hành phố) "
    rf"[{CAPITAL}][^\W\d_]*(?: [{CAPITAL}][^\W\d_]*){{0,4}}) \($"
)
_FIRST = re.compile(r"(?<!\w)đứng đầu (?:toàn )?(?:tỉnh|huyện|quốc|khối|cụm|thành phố|khu vực|ngành)")


def extract_ranks(context: Context, block: Block) -> Iterator[Award]:
    """The ranks of one block, each with who took it (a school, a team or a unit) and in what."""
    before: Award | None = None
    for start, end, value, school in ranked_rows(context, block):
        yield from _rank(context, block, start, end, value, None, school=school)
    for award in _ranks(context, block):
        if before is not None and award.recipient is None and _goes_on(context, before, award):
            update = {"recipient": before.recipient, "recipient_kind": before.recipient_kind, "school": before.school}
            award = award.model_copy(update=update)
        yield award
        before = award


#: A rank of a further year of the one told before: ``…; năm 2022 vươn lên xếp thứ 4``.
_FURTHER_YEAR = re.compile(r"[^.]{0,60}?[;,] (?:(?:và|đến|sang) )?năm (?:học )?\d{4}[\d -]*,? (?:[^\W\d]+ ){0,4}")


#: Others, told by the way: ``(sau phường A và xã B)``.
_OTHERS_ASIDE = re.compile(r"\([^()\d]*\)")
#: A further rank of the same one in the same sentence, with no other subject between.
_FURTHER = re.compile(
    r"(?!.*(?<!\w)(?:trường|phòng|đội|em|huyện|quận|xã|phường|đoàn|khối|lớp|môn)(?!\w))[^.:]{0,130}"
    r"(?:,| và|;)(?: (?:đã|được|vinh dự|cũng|vươn lên))* "
)


def _goes_on(context: Context, before: Award, award: Award) -> bool:
    """Whether a rank is of the one whose rank of another year stands before it."""
    document = context.document
    end, start = view_offset(document, before.evidence[-1].end - 1) + 1, view_offset(document, award.evidence[0].start)
    if _FURTHER_YEAR.fullmatch(document.lower, end, start):
        return True
    between = _OTHERS_ASIDE.sub("", document.lower[end:start])
    between = between.replace(lower(before.contest or "\n"), "")  # "xếp thứ 2 thi HSG lớp 9 và đứng thứ 5 …"
    # "đưa tỉnh A đứng thứ 2 khu vực về tỷ lệ và đứng thứ 3 toàn quốc"
    return before.recipient_kind == "unit" and _FURTHER.fullmatch(between) is not None


def _ranks(context: Context, block: Block) -> Iterator[Award]:
    document = context.document
    lowered, start, end = document.lower, block.body, block.end
    if not holds(_ANY_AT, lowered, start, end):
        return
    for match in matches_from(_RANK, places_of(_RANK_AT, lowered, start, end), lowered, start, end):
        number = match["n"]
        if _LABELLED.match(document.lower, block.body, match.end() + 3):
            continue  # told with its schools below
        if _CLASS_OF.search(lowered, max(start, match.start() - 40), match.start()):
            continue  # those who have it, whoever they are
        value = int(number) if number.isdigit() else ORDINALS[number]
        of = int(match["of"]) if match["of"] else None
        if squads := listed_squads(context, match.start(), match.end()):
            for award in _rank(context, block, match.start(), match.end(), value, of):
                yield from (award.model_copy(update=update) for update in squads)
            continue
        row = _ROW.match(lowered, match.end(), end)
        first = document.sentence_at(match.start())[0]
        if together := schools_together(context, first, match.start(), in_turn=row is not None):
            values = [value, *(_value(word) for word in _PLACES.findall(row.group(0)))] if row else []
            values = values if len(values) == len(together) else [value] * len(together)
            for one, rank in zip(together, values, strict=True):
                yield from _of_list(context, block, match.span(), (rank, of), one)
            continue
        told = list(
            _rank(context, block, match.start(), match.end(), value, of, school=_behind(context, block, match.end()))
        )
        yield from told
        position = match.end()
        while told and (more := _AGAIN.match(lowered, position, end)):
            update = {field: getattr(told[0], field) for field in ("recipient", "recipient_kind", "school")}
            for award in _rank(context, block, more.start("n") - len("thứ "), more.end(), int(more["n"]), None):
                yield award.model_copy(update=update)
            position = more.end()
    for match in matches_from(_SLASHED, places_of(_PLACE_AT, lowered, start, end), lowered, start, end):
        if not any(m.start() < match.start() < m.end() for m in _RANK.finditer(lowered, start, end)):
            whole = match["of"] or match["of2"] or match["of3"]
            of = int(whole) if whole else None
            if match["n7"] and not _in_event(context, block, match.start()):
                continue
            value = _value(next(match[f"n{n}"] for n in ("", 2, 3, 4, 5, 6, 7, 8, 9) if match[f"n{n}"]))
            body = _BRACKETED_BODY.search(document.text, max(block.body, match.start() - 50), match.start())
            for award in _rank(context, block, match.start(), match.end(), value, of):
                if body is not None:
                    update = {"recipient": document.value(*body.span("body")), "recipient_kind": "unit", "school": None}
                    award = award.model_copy(update=update)
                yield award
    of_block = {"contest": announcement(context, block), "level": "cum"}
    announced = [
        award.model_copy(update=of_block)
        for first, last, value, school in announced_places(context, block)
        for award in _rank(context, block, first, last, value, None, school=school)
    ]
    labelled = announced or list(_labelled(context, block))
    yield from labelled or _listed(context, block)
    yield from _in_turn(context, block)
    for match in matches_from(_FIRST, places_of(_FIRST_AT, lowered, start, end), lowered, start, end):
        yield from _rank(context, block, match.start(), match.end(), 1, None)


def _in_event(context: Context, block: Block, at: int) -> bool:
    """Whether a rank without a verb stands behind what was contested: ``Bóng đá hạng tư``, ``Cờ vua nữ: hạng 8``."""
    if event_before(context, block.body, at):
        return True
    first = max(context.document.sentence_at(at)[0], block.body)
    events = context.document.terms("discipline", first, at) if context.document.lower.endswith(": ", first, at) else []
    return bool(events) and not context.document.lower[first : events[0].start].strip(" -+*•")


#: Further places behind the first, one for each school: ``A, B và C xếp thứ nhất, nhì, ba``.
_PLACE = r"(?:nhất|nhì|hai|ba|tư|bốn|năm|\d{1,2}(?![/.,]\d))(?!\w)"
_ROW = re.compile(rf"(?:(?:, | và )(?:thứ |hạng )?{_PLACE})+")
_PLACES = re.compile(rf"(?<!\w){_PLACE}")


def _value(place: str) -> int:
    """The place that a number, an ordinal or a Roman number tells."""
    return int(place) if place.isdigit() else ORDINALS.get(place) or roman_value(place.upper())


def _of_list(
    context: Context,
    block: Block,
    span: tuple[int, int],
    rank: tuple[int, int | None],
    school: tuple[int, int, School],
) -> Iterator[Award]:
    """The rank of one of the schools that share it; its own name comes first in the evidence."""
    passage = context.document.evidence(*school[:2])
    for award in _rank(context, block, *span, *rank, school=school):
        yield award.model_copy(update={"evidence": (passage, *award.evidence)})


_IS_TAKEN_BY = re.compile(
    r"(?: toàn \w+)? ?(?:là|thuộc về|:)(?: các)?(?: trường| đơn vị| đoàn| đội| liên đội| công đoàn| đội tuyển)? ?$"
)


def _behind(context: Context, block: Block, at: int) -> tuple[int, int, School] | None:
    """The school that a rank names behind itself: ``xếp thứ nhất là THCS A``."""
    schools = context.schools_in(at, min(block.end, at + 90))
    if schools and _IS_TAKEN_BY.fullmatch(context.document.lower[at : schools[0][0]]):
        return schools[0]
    return None


# ``Thứ hai: MN Khe Mo``, ``đồng hạng ba: Họa Mi, Tân Khe``: a rank as the label of those who took it.
_LABELLED = re.compile(
    r"[\s*+•.-]*(?:\(?\w{1,2}[.)] )?(?:đồng )?(?:xếp )?(?:vị trí )?(?:thứ|hạng)(?: hạng)? (?P<n>\d{1,2}|"
    + "|".join(ORDINALS)
    + r")(?: (?:toàn )?(?:khối|cụm|huyện|tỉnh))? ?: "
)
# ``các hạng 7, 8, 9 lần lượt là A, B, C``.
_IN_TURN = re.compile(
    r"(?:hạng|thứ|vị trí)(?: thứ)? (?P<numbers>\d{1,2}(?:(?:, | và "
    r"|, thứ )\d{1,2})+)[^.;:]{0,60}? lần lượt (?:là|thuộc về|gồm)(?: các)?(?: trường)?:? "
)


def _in_turn(context: Context, block: Block) -> Iterator[Award]:
    """Ranks told in a row and the schools that took them in the same order."""
    document = context.document
    if not holds(_IN_TURN_AT, document.lower, block.body, block.end):
        return
    for match in _IN_TURN.finditer(document.lower, block.body, block.end):
        _, stop = document.sentence_at(match.start())
        numbers = [int(n) for n in re.findall(r"\d+", match["numbers"])]
        schools = context.schools_in(match.end(), stop)
        if len(schools) == len(numbers):
            for value, school in zip(numbers, schools, strict=True):
                yield from _rank(context, block, school[0], school[1], value, None, school=school)


#: How many points those just named have: ``A, B, cùng 92,25 điểm``.
_SCORE = re.compile(r",? (?:cùng |đều |đạt |với |được )+\d")


def _labelled(context: Context, block: Block) -> Iterator[Award]:
    """A rank before a colon, and the schools behind it."""
    document = context.document
    position, prizes = block.body, None
    while match := _LABELLED.match(document.lower, position, block.end):
        prizes = _under_prizes(context, block) if prizes is None else prizes
        value = int(match["n"]) if match["n"].isdigit() else ORDINALS[match["n"]]
        signs = (p for p in range(match.end(), block.end) if document.text[p] in ";.")
        stop = next((p for p in signs if _ends_row(document.lower, p, block.end)), block.end)
        score = _SCORE.search(document.lower, match.end(), stop)
        end = score.start() if score else stop
        for winner in context.winners(match.end(), end) or context.given_names(match.end(), end):
            if winner.school and not winner.person:
                school = (winner.start, winner.end, winner.school)
                for award in _rank(context, block, winner.start, winner.end, value, None, school=school):
                    yield _as_prize(context, block, award) if prizes and value in _GRADES else award
        position = stop + 1


_GRADES = {1: "nhat", 2: "nhi", 3: "ba"}
#: A line that opens a list of prizes: ``* Giải toàn đoàn:``, ``Trao giải tập thể như sau:``.
_OPENS_PRIZES = re.compile(
    r"(?:[\s*+•.-]*(?:\w{1,2}[.)] ?)?(?:(?:về|các|kết quả|cơ cấu) )*|[^.;]*?(?<!\w)trao )giải(?! pháp)(?!\w)[^.;]*$"
)


def _ends_row(lowered: str, sign: int, last: int) -> bool:
    """Whether a sign closes the schools of one rank: a full stop, or a semicolon before the next rank."""
    return lowered[sign] == "." or _LABELLED.match(lowered, sign + 1, last) is not None


def _under_prizes(context: Context, block: Block) -> bool:
    """Whether the line above a list of ranks says that they are prizes: ``Giải toàn đoàn: - Hạng nhất: …``."""
    document = context.document
    for other in reversed(document.blocks[max(0, block.index - _ROWS) : block.index]):
        if not _LABELLED.match(document.lower, other.body, other.end):
            labels = any(one.label and one.start == other.body for one in context.atoms(other.body, other.end))
            return labels or _OPENS_PRIZES.match(document.lower, other.body, other.end) is not None
    return False


#: Lines that a list of ranks may have.
_ROWS = 6


def _as_prize(context: Context, block: Block, award: Award) -> Award:
    """A rank that is told as a prize, of the contest told before."""
    contest = context.contest(block, block.body, block.body)
    told = context.document.value(*contest) if contest else award.contest
    level = award.level or (context.level(block, block.body, block.body, contest) if contest else None)
    return award.model_copy(
        update={"kind": "prize", "prize": _GRADES[int(award.prize or 0)], "contest": told, "level": level}
    )


_LIST = WholeWords(
    ("xếp hạng", "hạng nhất", "hạng nhì", "ngôi đầu", "ngôi nhất", "xếp thứ", "thứ hạng", "vị thứ", "thứ nhất")
)
_ORDER = ORDINALS | {"đầu": 1}
_WORD = r"(?:đồng )?(?:hạng |thứ |ngôi )?(?P<n>nhất|nhì|hai|ba|tư|bốn|năm|(?<=ngôi )đầu)(?: toàn đoàn)?"
#: A prize is no rank: ``giải nhì thuộc về …``.
_BEFORE = re.compile(rf"(?<!\w)(?<!giải ){_WORD}(?: là| thuộc về| gồm)?(?: các)?(?: trường)? ?:? ?$")
_A_NUMBER = re.compile(r"(?:hai|ba|bốn|năm) ?")
_BEHIND = re.compile(rf" (?:xếp )?{_WORD}(?=[,;.)]| và |$)")


def _listed(context: Context, block: Block) -> Iterator[Award]:
    """``hạng nhất THCS A, nhì THCS B, ba THCS C và D``, ``THCS A nhất, THCS B nhì``: a rank for each school."""
    document = context.document
    if not holds(_LIST, document.lower, block.body, block.end):
        return
    value: int | None = None
    position = block.body
    for start, end, school in context.schools_in(block.body, block.end):
        before = _BEFORE.search(document.lower, max(position, start - 45), start)
        behind = _BEHIND.match(document.lower, end, block.end)
        if behind and _RANK.match(document.lower, end + 1, block.end):
            continue  # told as a rank of its own
        if before and _A_NUMBER.fullmatch(before.group(0)) and document.lower.startswith("trường", start):
            before = None  # "hai trường THCS A và B": so many schools
        if before and document.terms("title", max(position, before.start() - 40), before.end("n")):
            continue  # the class of an order: ``Huân chương Lao động hạng Nhất: Trường A``
        for one in schools_together(context, block.body, behind.start("n"))[:-1] if behind and not before else []:
            yield from _of_list(context, block, (one[0], end), (_ORDER[behind["n"]] if behind else 0, None), one)
        if match := before or behind:
            value = _ORDER[match["n"]]
        elif value is None or not re.fullmatch(r" ?(?:,|và) ?(?:trường )?", document.lower[position:start]):
            value = None
        if value is not None and not _RANK.search(document.lower, max(position, start - 45), start):
            yield from _rank(
                context,
                block,
                min(start, match.start()) if match else start,
                max(end, match.end()) if match else end,
                value,
                None,
                school=(start, end, school),
            )
        position = end


def _rank(
    context: Context,
    block: Block,
    start: int,
    end: int,
    value: int,
    of: int | None,
    school: tuple[int, int, School] | None = None,
) -> Iterator[Award]:
    document = context.document
    if context.is_wish(block, start, end) or not value:
        return
    contest = rank_contest(context, block, start, end)
    holder = rank_holder(context, block, (start, end), contest, school)
    level = rank_level(context, block, start, end) or context.level(block, start, end, contest)
    if contest and among_communes(context, end):
        # communes compete in a district, and wherever their contest is: ``HKPĐ cụm A: hạng 2/9 xã``
        level = context.level(block, start, end, contest) or level
    if context.is_emulation(contest) and not rank_level(context, block, start, end):
        level = "cum"  # the schools of a block or cluster compete with each other
    yield Award(
        report=context.report_id,
        evidence=(document.evidence(start, end),),
        confidence=0.85,
        kind="rank",
        prize=str(value),
        contest=document.value(*contest) if contest else None,
        level=level,  # type: ignore[arg-type]
        count=1,
        participants=of,
        recipient=holder.recipient,
        recipient_kind=holder.kind,  # type: ignore[arg-type]
        school=holder.school,
        period=context.period,
    )
