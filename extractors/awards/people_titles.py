"""People who are said to be holders of a title (``cô A, thầy B là hai CSTĐ``), or some of those counted by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.numbers import WORDS
from extractors.awards.called import called_by_name
from extractors.awards.context import Context
from extractors.awards.forms import list_end
from extractors.awards.holders import held
from extractors.awards.title_names import entry_of
from extractors.awards.winner import Winner
from schemas.records import Award

_ARE = re.compile(
    r",? (?:(?:đều|cũng|hiện|cùng) )*là (?:(?P<n>\d{1,2}|"
    + "|".join(WORDS)
    + r"|những|các) )?(?:(?:giáo viên|nhà giáo|thầy cô|đồng chí|người|cán bộ) )?(?:(?:đạt|được công nhận) )?[\"“]?$"
)
#: The same title at another level, its name left out: ``giáo viên giỏi cấp huyện: 9 đ/c; cấp tỉnh: cô A, thầy B``.
_AT_LEVEL = re.compile(
    r"[;,.] (?P<at>(?:cấp|vòng) (?:trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|quốc gia))(?: ?:| có| là| gồm)"
    r"(?: các)? (?=\D)"
)
#: How many of those counted are named, behind the count or what they got the certificate for.
_AMONG = re.compile(
    r"[^.;:()]{0,110}?(?:,| \() ?(?:trong đó|tiêu biểu|điển hình)(?: có| là| như| gồm)+(?: các)? (?=\D)"
)


def said_to_be(context: Context, block: Block, term: Term, end: int) -> list[Award]:
    """One award for each of the people who a sentence says are holders: ``cô A, thầy B là hai CSTĐ``; [] for none."""
    document = context.document
    if entry_of(term).attributes.get("kind") != "teacher":
        return []
    first = max(document.sentence_at(term.start)[0], block.body)
    link = _ARE.search(document.lower, first, term.start)
    if link is None:
        return []
    people: list[Winner] = []
    for start, stop in context.items(first, link.start()):
        winner = context.winner(start, stop)
        if winner is None or not winner.person:
            return []
        people.append(winner)
    number = WORDS.get(link["n"] or "") or (int(link["n"]) if link["n"] and link["n"].isdigit() else None)
    if number not in (None, len(people)) or (number is None and not link["n"]):
        return []
    return list(held(context, block, term, end, people))


#: ``CSTĐ cấp tỉnh có bà Hằng, ông Lê Tú``.
_HAS = re.compile(r"[”\"]? có (?:các )?(?=(?:cô|thầy|bà|ông|em|đ/c|đồng chí) [^\W\d_])")
#: One who is called by one name alone, before what they got: ``ông Tám:``, ``cô Ánh được tặng``.
_CALL = r"(?P<call>cô|thầy|bà|ông|em|bạn|đ/c|đồng chí|cô giáo|thầy giáo)"
_CALLED = re.compile(
    rf"(?:^|[,;.:\n] ?|(?<!\w)(?:và|còn|riêng|trong đó) ){_CALL} (?P<name>[^\W\d_]+)"
    r"(?: ?: ?|(?: (?:đã|cũng|còn|vinh dự|từng))* (?:đạt|được|nhận|đón nhận|là)(?!\w)[^.;:]{0,60}?)"
    r"(?:(?:đạt|được công nhận|danh hiệu|là) )*[\"“]?$",
    re.M,
)


def with_those(context: Context, block: Block, term: Term, end: int) -> list[Award]:
    """One award for each of the people whom a title has behind it: ``CSTĐ cấp tỉnh có bà Hằng``; [] for none."""
    match = _HAS.match(context.document.lower, end, block.end)
    if match is None or entry_of(term).attributes.get("kind") in ("unit", "school"):
        return []
    stop = list_end(context.document.text, match.end(), block.end, ".;")
    people = people_in(context, match.end(), stop)
    return list(held(context, block, term, end, people)) if all(one.person for one in people) else []


def called_by_one_name(context: Context, block: Block, term: Term, end: int) -> list[Award]:
    """The award of the one who is called by one name alone right before a title: ``cô Ánh được tặng …``."""
    document = context.document
    if entry_of(term).attributes.get("kind") in ("unit", "school"):
        return []
    first = max(document.sentence_at(term.start)[0], block.body)
    # with the sign before the sentence, behind which a name may stand
    match = _CALLED.search(document.lower, max(first - 2, block.body, term.start - 100), term.start)
    if match is None or not document.text[match.start("name")].isupper() or document.terms("title", *match.span()):
        return []
    name = match.span("name")
    known = called_by_name(context, name[0], name[1])
    return list(held(context, block, term, end, known or [Winner(*name, document.value(*name), None, None)]))


def at_further_level(context: Context, block: Block, term: Term, end: int, told: list[Award]) -> Iterator[Award]:
    """The people who hold the title just told at another level, its name left out."""
    document = context.document
    if not told or entry_of(term).attributes.get("kind") != "teacher":
        return
    last = document.sentence_at(term.start)[1]
    stop = min((t.start for t in document.terms("title", end, last)), default=last)
    match = _AT_LEVEL.search(document.lower, end, stop)
    if match is None:
        return
    levels = document.terms("level", *match.span("at"))
    base = (told[0].title or "").partition(" cấp ")[0].partition(" vòng ")[0]
    update = {
        "title": f"{base} {document.value(*match.span('at'))}",
        "level": context.level_of(levels[0]) if levels else None,
    }
    people = people_in(context, match.end(), list_end(document.text, match.end(), last, ".;"))
    for award in held(context, block, term, end, people):
        yield award.model_copy(update=update | {"evidence": (award.evidence[0], document.evidence(*match.span("at")))})


def among_those(context: Context, block: Block, term: Term, end: int, told: list[Award]) -> Iterator[Award]:
    """The people named of those who are counted: ``Giấy khen cho 04 thầy cô …, trong đó có thầy A, cô B``."""
    document = context.document
    counts = [award for award in told if (award.count or 0) > 1 and not award.recipient]
    if not counts or len(told) > len(counts):
        return
    last = document.sentence_at(term.start)[1]
    match = _AMONG.match(document.lower, end, last)
    others = [t for t in document.terms("title", end, last) if entry_of(t).attributes.get("kind") != "student"]
    if match is None or any(t.start < match.end() for t in others):
        return
    people = people_in(context, match.end(), list_end(document.text, match.end(), last, ".;)"))
    if 0 < len(people) < max(award.count or 0 for award in counts) and all(one.person for one in people):
        update = {"title": counts[0].title, "level": counts[0].level}
        yield from (award.model_copy(update=update) for award in held(context, block, term, end, people))


def people_in(context: Context, start: int, end: int) -> list[Winner]:
    """The people of a list, also those who are called by one name: ``thầy Đàm Vĩnh, cô Lượt``."""
    winners, given = context.winners(start, end), context.given_names(start, end)
    return given if len(given) > len(winners) else winners
