"""Who holds a title, who gave it, and the award that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.grid import Grid
from extractors._shared.view import CAPITAL
from extractors.awards.called import called_by_name
from extractors.awards.contests import CONTESTED
from extractors.awards.context import Context
from extractors.awards.forms import list_end
from extractors.awards.given_to import body_and_people, body_given
from extractors.awards.givers import PLACES, giver, level_of_giver
from extractors.awards.groups import classes_at
from extractors.awards.holder_tables import row_holders
from extractors.awards.honour_events import level_of_event
from extractors.awards.title_names import GIVER, entry_of, extend, short_title
from extractors.awards.winner import Winner
from schemas.records import Award

#: ``GV dạy giỏi tỉnh``: the level that a title names without ``cấp``.
_AT_BODY = {"tỉnh": "tinh", "huyện": "huyen", "quận": "huyen", "trường": "truong", "quốc": "quoc_gia"}
_SUBJECT = re.compile(
    r"(?<!\w)(?:đạt|được|(?<!ghi )nhận|đón(?! tiếp| đoàn| chào| khách)|tặng|trao|xếp loại|công nhận"
    r"|vinh dự|phong tặng)(?!\w)"
)
#: Verbs of who gives, unless ``được`` stands before them or a giver between (``được UBND tỉnh tặng``).
_GIVES = re.compile(r"(?:trao|tặng|phong tặng|công nhận)(?!\w)")
_IS_GIVEN = re.compile(r"(?<!\w)(?:được|vinh dự|bởi)(?!\w)")
_NAMELY = re.compile(
    r"^[”\"'’)]*(?: (?:do|của) [^.;:,\d]{3,45}?)?,? (?:là|gồm|gồm có|như|bao gồm|trong đó có|thuộc về)(?: các)? ?:? "
)
_LISTED = re.compile(
    r"^[”\"'’)]*(?: ?\(|[^.;:\d]{0,30}?(?:;|,|:|\()? ?(?:điển hình|tiêu biểu|gồm|cụ thể|đó là"
    r"|trong đó có)?(?: là| như| có)?(?: các (?:đồng chí|thầy cô|cô giáo|thầy giáo|\w+))? ?:? ?)"
)
_KINDS = {
    "tập": "unit",
    "đơn": "unit",
    "chi": "unit",
    "liên": "unit",
    "tổ": "unit",
    "lớp": "unit",
    "trường": "school",
    "học": "student",
    "hs": "student",
    "em": "student",
    "cháu": "student",
    "đội": "student",
}


#: Between two titles of one subject: ``A được tặng Bằng khen và năm 2021 được phong tặng …``.
_SAME_ONE = re.compile(r"[ ,]*(?:(?:và|năm(?: học)?|đồng thời|cũng|còn|sau đó|đến|vinh dự|[\d-]+),? )*")


def named(context: Context, block: Block, term: Term, clause: int, end: int) -> Iterator[Award]:
    """Holders named before a title as the clause's subject, or listed behind it."""
    document = context.document
    verbs = [m for m in _SUBJECT.finditer(document.lower, clause, term.start) if document.text[m.start()].islower()]
    before = [other.end for other in document.terms("title", clause, term.start) if other.end < term.start]
    again = [m for m in verbs if before and m.start() > before[-1]]
    if again and not _SAME_ONE.fullmatch(document.lower, before[-1], again[0].start()):
        clause, verbs = before[-1], again  # "A được tặng …, B được tặng …": each has its own
    if (
        verbs
        and _GIVES.match(document.lower, verbs[0].start())
        and not _IS_GIVEN.search(document.lower, clause, verbs[0].start())
    ):
        verbs = []  # ``ông A trao Cờ thi đua cho …``: who hands over does not hold it
    winners: list[Winner] = []
    if behind := _TO.match(document.lower, past_gift(document.lower, term, end, block.end), block.end):
        stop = list_end(document.text, behind.end(), block.end, ".;")
        winners = body_and_people(context, behind.end(), stop)
        winners = winners or context.winners(behind.end(), stop) or body_given(context, behind.end(), stop)
        winners = winners or called_by_name(context, behind.end(), stop)
    if not winners and (direct := _DIRECT.match(document.lower, end, block.end)) and giver(context, term):
        stop = list_end(document.text, direct.end(), block.end, ".")
        near = list_end(document.text, direct.end(), block.end, ".;")
        listed = [context.winners(direct.end(), last) for last in (stop, near)]
        winners = next((found for found in listed if found and all(w.school for w in found)), listed[1])
    if verbs and not winners:
        # "đ/c A ghi nhận kết quả: trường B được tặng …": the subject stands behind the colon
        colon = document.text.rfind(": ", clause, verbs[0].start()) + 1
        for opening in (colon, clause) if colon > clause else (clause,):
            items = [context.winner(a, b) for a, b in context.items(opening, verbs[0].start())]
            winners = winners or context.merged(w for w in items if w)
    if verbs and not winners:
        winners = classes_at(context, clause, verbs[0].start(), bare=False)
    if not winners:
        winners = _labelled(context, clause, term) or _listed(context, block, end)
    if not winners and document.text[block.start : block.end].rstrip().endswith(":"):
        tables: list[int] = []
        for child in context.children(block):
            if child.kind != "cell":
                winners.extend(context.winners(child.body, document.head(child)[1])[:1])
            elif child.table is not None and child.table not in tables:
                tables.append(child.table)
                winners.extend(row_holders(context, Grid(document, child.table)).values())
    if entry_of(term).attributes.get("kind") == "unit" and "giver" not in entry_of(term).attributes:
        winners = [winner for winner in winners if not winner.person]  # a person speaks of the title of a body
    yield from held(context, block, term, end, winners)


#: Between the name of a holder as a label and what they got: ``Ông A - giáo viên: danh hiệu …``.
#: What parts the name of a holder from what they got: ``Ông A - giáo viên: danh hiệu B``, ``thầy C - Bằng khen``.
_LABEL_SIGN = re.compile(r":| [-–](?= )")
_LABELS = re.compile(r" ?(?:(?:đạt|được|tặng|công nhận|nhận|danh hiệu|vinh dự) )*[\"“]?")


def _labelled(context: Context, clause: int, term: Term) -> list[Winner]:
    """Those whose names stand before a title as its label: ``Thầy A: Huân chương …``; right before it: ``cô A GVG``."""
    text = context.document.text
    signs = list(_LABEL_SIGN.finditer(text, clause, term.start))
    if not signs and (opened := _opened_by(context, clause, term)):
        return opened
    colon, clause = (signs[-1].end() - 1, _opening(text, clause, signs[-1])) if signs else (-1, clause)
    if colon >= 0 and (
        _LABELS.fullmatch(context.document.lower, colon + 1, term.start) or in_list(context, colon + 1, term.start)
    ):
        winners = [w for a, b in context.items(clause, colon) if (w := context.winner(a, b))]
    elif "giver" not in entry_of(term).attributes and entry_of(term).attributes.get("kind") == "teacher":
        winners = []
        for start, end in reversed(context.items(clause, term.start)):
            winner = context.winner(start, end)
            if winner is None or (not winners and winner.end + 1 != term.start):
                break
            winners.insert(0, winner)
    else:
        return []
    told = all(w.person or (colon >= 0 and w.school) for w in winners)
    return context.merged(winners) if winners and told else []


def _opened_by(context: Context, clause: int, term: Term) -> list[Winner]:
    """The person whose name labels a list parted by semicolons: ``Cô A: GVDG năm 2014; CSTĐ cơ sở năm 2017``."""
    first = context.document.sentence_at(term.start)[0]
    colon = context.document.text.find(":", first, clause)
    if colon < 0 or not in_list(context, colon + 1, term.start):
        return []
    winners = [w for a, b in context.items(first, colon) if (w := context.winner(a, b))]
    return context.merged(winners) if winners and all(winner.person for winner in winners) else []


def in_list(context: Context, start: int, end: int) -> bool:
    """Whether a range behind a label holds titles and their years alone: ``Thầy A: CSTĐ năm 2015, Bằng khen``."""
    document = context.document
    for term in document.terms("title", start, end):
        gap = document.lower[start : term.start].strip(' ,;“”"')
        if gap and not _YEARS_ALONE.fullmatch(gap):
            return False
        start = extend(document.lower, term.end, end, giver="giver" in entry_of(term).attributes)
    told = document.lower[start:end].strip(' ,;“”"')
    return bool(document.terms("title", max(0, start - 40), end)) and _YEARS_ALONE.fullmatch(told) is not None


_YEARS_ALONE = re.compile(r"(?:(?:các |và )?(?:năm(?: học)? )?(?:\d{4}(?: ?- ?\d{4})?)?[ ,;()]*)*")


def _opening(text: str, clause: int, sign: re.Match[str]) -> int:
    """Where the item of a list begins whose label ends at a sign: behind the colon that opens the list."""
    return max(clause, text.rfind(":", clause, sign.start()) + 1) if sign.group(0) != ":" else clause


def _listed(context: Context, block: Block, end: int) -> list[Winner]:
    """The holders listed behind a title: ``…: A, B``, ``… (A - Hiệu trưởng THCS X; B - …)``, ``… điển hình như C``."""
    document = context.document
    match = _NAMELY.match(document.lower[end : block.end]) or _LISTED.match(document.lower[end : block.end])
    if not match or not match.group(0).strip(" ”\"'’)"):
        return []
    start = end + match.end()
    start += document.text[start : start + 1] == "("
    stop = list_end(document.text, start, block.end, ")" if document.text[start - 1] == "(" else ".")
    others = document.terms("title", start, stop)
    if others and (parted := document.text.rfind(";", start, others[0].start)) >= 0:
        stop = parted  # "Cờ thi đua của A: B; Cờ thi đua của C: D": each has its own
    labels = match.group(0).rstrip().endswith((":", "("))
    if match.group(0).strip() == ";" and context.atoms(start, stop):
        return []  # "Giấy khen của A; VSCĐ cấp tỉnh em B giải KK": the next item tells who won what
    people = context.winners(start, stop) or context.given_names(start, stop)
    return people or (context.teams(start, stop) if labels else [])


def listed_names(context: Context, block: Block, term: Term, end: int, count: int) -> list[Award]:
    """One award for each of ``count`` names in parentheses or behind a colon, names of one syllable too; else []."""
    text = context.document.text
    match = re.compile(r" ?[:(] ?").match(text, end, block.end)
    if match is None:
        return []
    stop = list_end(text, match.end(), block.end, ")" if "(" in match.group(0) else ".;")
    winners = context.given_names(match.end(), stop)
    return list(held(context, block, term, end, winners)) if len(winners) == count else []


def listed_awards(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """One award for each holder listed behind a title."""
    yield from held(context, block, term, end, _listed(context, block, end))


def held(context: Context, block: Block, term: Term, end: int, winners: list[Winner]) -> Iterator[Award]:
    """One award for each holder."""
    document = context.document
    for winner in winners:
        award = title_award(context, block, term, (winner.start, winner.end), end, 1, None)
        yield award.model_copy(
            update={
                "recipient": winner.person or winner.unit or winner.school_text,
                "recipient_kind": award.recipient_kind if winner.person else "unit" if winner.unit else "school",
                "school": winner.school.name if winner.school else None,
                "evidence": (award.evidence[0], document.evidence(term.start, end)),
            }
        )


#: What is given with a certificate, before who gets it: ``Bằng khen kèm theo tiền thưởng 5 triệu đồng/em cho …``.
_GIFT = re.compile(
    r",? (?:kèm(?: theo)?|cùng(?: với)?|và) (?:(?:số|phần|tiền|các|những|suất|\d+) )*"
    r"(?:tiền|thưởng|quà|hoa|phần thưởng|phần quà|kinh phí)(?!\w)(?:[^.;:]|(?<=\d)\.(?=\d)){0,110}?(?= (?:cho|tới) )"
)


def past_gift(lowered: str, term: Term, end: int, last: int) -> int:
    """The end of a certificate with the gift that comes with it."""
    gift = _GIFT.match(lowered, end, last) if "giver" in entry_of(term).attributes else None
    return gift.end() if gift else end


_TO = re.compile(
    r"[”\"']?(?: năm(?: học)? [\d -]+)? (?:(?:được |đã )*(?:trao|tặng|trao tặng) )?"
    r"(?:cho|thuộc về)(?: các)?(?: (?:ông|bà|đồng chí"
    r"|tập thể|(?:thầy|cô)(?: giáo)?|em)(?=[: ]))?:? "
    r"| (?:trao )?tặng (?=(?:công đoàn|trường|nhà trường|tập thể|chi bộ|liên đội|đoàn trường|thầy|cô|em|ông|bà) )"
)


#: Who is given something, right behind it: ``Sở tặng Giấy khen các trường tiểu học: A, B``, ``… Bằng khen thầy C``.
_DIRECT = re.compile(
    r" (?=(?:các )?(?:trường|thcs|thpt|th|mn|mg) |(?:thầy|cô|em|ông|bà|đ/c|đồng chí|cháu|thầy giáo|cô giáo) )"
)
#: A place that gives: ``tỉnh A tặng Bằng khen cho …``.
_OF_PLACE = re.compile(r"(tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?= )")


#: The level right behind a title in quotes: ``14 chị đạt danh hiệu “Phụ nữ hai giỏi” cấp huyện, …``.
_QUOTED_AT = re.compile(
    r"(?:danh hiệu|thành tích|đạt) [\"“][^\"”\n]{3,80}[\"”] (?P<at>(?:cấp|vòng) [^\W\d_]+(?: (?:phố|xã|gia))?)(?!\w)"
)


#: Others who are praised, with no certificate named: ``…, 1 cá nhân được Tỉnh đoàn khen``.
_PRAISED_TOO = re.compile(r"[,;] (?:\d{1,3} )?[^,;.:]{3,60}? (?:khen|khen thưởng)(?= ?[,;.]| ?$)")


def _said_of_others(context: Context, block: Block, term: Term) -> list[tuple[int, int]]:
    """The ranges of a block that tell the level or the giver of titles before one: ``UBND tỉnh tặng Bằng khen; …``."""
    document = context.document
    ranges = []
    by = giver(context, term)
    for other in document.terms("title", block.body, term.start):
        given = "giver" in entry_of(other).attributes
        end = extend(document.lower, other.end, term.start, giver=given)
        if other.id != term.id and other.end <= term.start and document.text[end : term.start].strip(' ,“"'):
            clause = max(document.text.rfind(sign, block.body, other.start) + 1 for sign in ",;:.")
            ranges.append((clause if given and clause else other.start, end))
        if (conferred := giver(context, other)) and conferred != by:
            ranges.append(conferred)
    ranges.extend(m.span("at") for m in _QUOTED_AT.finditer(document.lower, block.body, term.start))
    _, last = document.sentence_at(term.start)
    ranges.extend(m.span() for m in _PRAISED_TOO.finditer(document.lower, term.end, last))
    for other in document.terms("title", term.end, last):
        comma = max(document.text.rfind(sign, term.end, other.start) for sign in ",;")
        told = comma >= 0 and _SUBJECT.search(document.lower, comma, other.start) is not None
        told = told or "giver" in entry_of(other).attributes or entry_of(other).attributes.get("kind") == "unit"
        if comma >= 0 and told:
            # ``…, Liên đội được Trung ương Đoàn tặng Bằng khen``, ``…, Liên đội đạt Liên đội mạnh cấp tỉnh``
            given = "giver" in entry_of(other).attributes
            ranges.append((comma, extend(document.lower, other.end, last, giver=given)))
    return ranges


#: Titles that a school gives its own pupils and classes where nobody else is said to.
#: The place whose a title is: ``giáo viên chủ nhiệm giỏi phường Tân An``.
_OF_PLACE_BEHIND = re.compile(
    r"(?: (?:cấp|bậc) (?:tiểu học|THCS|THPT|mầm non|học))?"
    rf" ((?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)) (?=[{CAPITAL}])"
)
_OF_SCHOOL = frozenset(
    {"hoc_sinh_xuat_sac", "hoc_sinh_gioi_tien_tien", "hoc_sinh_tung_mat", "lop_tien_tien", "chau_ngoan_bac_ho"}
)


def _level(context: Context, block: Block, term: Term, end: int, kind: str | None) -> str | None:
    """The level of a title as the text around says it; that of the school for what schools give their pupils."""
    level = context.level(block, term.start, end, None, _said_of_others(context, block, term))
    if level is None and (place := _OF_PLACE_BEHIND.match(context.document.text, end)):
        level = context.city_level if place[1].lower() == "thành phố" else PLACES[place[1].lower()]
    if level is None and (term.id in CONTESTED):
        level = context.organizer_level
    own = term.id in _OF_SCHOOL or (term.group == "open" and kind == "student" and context.of_school)
    if level is None and own and not context.of_school:
        level = level_of_event(context.document, block, term.start, city=context.city_level)
    return level or ("truong" if own else None)


def title_award(
    context: Context,
    block: Block,
    term: Term,
    passage: tuple[int, int],
    end: int,
    count: int | None,
    of: int | None,
    noun: str = "",
) -> Award:
    """The award of a title that ends at ``end``, told by ``passage``; ``noun`` is what was counted."""
    document = context.document
    entry = entry_of(term)
    opening = term.start - (
        document.text[term.start - 1 : term.start] in ("“", '"') and "”" in document.text[term.start : end]
    )
    title = document.value(opening, end)
    told = " của " in title or GIVER.match(document.lower, term.end, end) is not None
    by = giver(context, term) if "giver" in entry.attributes and not told else None
    conferred = giver(context, term) if "giver" not in entry.attributes else None
    given = document.terms("level", *by) if by else document.terms("level", term.end, end)
    title = short_title(title)
    if by and entry.id != "huan_chuong":
        title = f"{title} của {document.value(*by)}"
    level = entry.attributes.get("level") or (
        context.level_of(given[0]) if given else _AT_BODY.get(title.split()[-1].lower())
    )
    if level is None and title.lower().endswith(" thành phố") and "giver" not in entry.attributes:
        level = context.city_level
    if entry.attributes.get("deed", "\n") in title.lower():
        level = entry.attributes["deed_level"]
    if by and level is None and document.lower.startswith("hiệu trưởng", by[0]):
        level = "truong"
    if by and level is None and (place := _OF_PLACE.match(document.lower, *by)):
        level = context.city_level if place[1] == "thành phố" else PLACES[place[1]]
    if level is None and conferred and (levels := document.terms("level", *conferred)):
        level = context.level_of(levels[0])  # ``được UBND tỉnh công nhận Tập thể lao động xuất sắc``
    if level is None and "giver" in entry.attributes:
        level = level_of_giver(context, title.lower())
    kind = entry.attributes.get("kind") or (_KINDS.get(noun.split()[0]) if noun else None)
    return Award(
        report=context.report_id,
        evidence=(document.evidence(*passage),),
        confidence=0.85,
        kind="title",
        title=title,
        level=level or _level(context, block, term, end, kind),  # type: ignore[arg-type]
        count=count,
        participants=of,
        recipient_kind=kind,  # type: ignore[arg-type]
        period=context.period,
    )
