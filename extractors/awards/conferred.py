"""Who got an order or a certificate, where a title in the same sentence only says why or of whom.

``28 tập thể xuất sắc được nhận Cờ thi đua của UBND tỉnh`` confers the flag alone, and so does
``tặng Giấy khen cho 12 tập thể có thành tích xây dựng công đoàn vững mạnh``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.names import find_names
from extractors._shared.numbers import Number, find_numbers
from extractors.awards.context import Context
from extractors.awards.holders import title_award
from extractors.awards.home import held_at_home
from extractors.awards.title_names import entry_of
from schemas.records import Award

#: Words of praise that are a title elsewhere.
_PRAISE = frozenset({"tập thể xuất sắc", "tập thể tiên tiến", "lao động xuất sắc", "học sinh xuất sắc"})
_GETS = r"được (?:[^.;:,]{0,60} )?(?:nhận|tặng|trao|tặng thưởng|trao tặng|khen thưởng|đón nhận)"
_GOT_BEHIND = re.compile(rf"[^.;:]{{0,120}}?(?<!\w){_GETS}(?!\w)")
_CAUSE = re.compile(
    r"(?:có (?:nhiều )?thành tích|thành tích xuất sắc|[\"“'] ?đã|(?<!\w)vì đã|trong xây dựng)(?!\w)"
    # a clause of its own ends it: "… vì có nhiều thành tích, 5 năm liền là Chiến sĩ thi đua"
    r"(?:(?!, (?:\d|năm \d|nhiều năm|liên tục|được|đạt|vinh dự))[^.;]){0,80}$"
)
_BODIES = r"tập thể|cá nhân|đơn vị|trường|giáo viên|gv|học sinh|hs|em|cán bộ|thầy cô|nhà giáo|đồng chí|đ/c|người|tổ|lớp"
# ``tặng Bằng khen cho 24 học sinh tiêu biểu``.
_GIVEN_TO = re.compile(
    r"(?: của [^.;:,\d]{2,60}?)?(?: (?:kèm(?: theo)?|cùng(?: với)?|và) [^.;:]{2,60}?)? cho (?:các )?(?:\d{1,4} )?"
    # ``tặng Bằng khen 40 tập thể, 158 cá nhân tiêu biểu``
    rf"|(?: cho)? \d{{1,4}} (?:{_BODIES})(?: [^.;:,\d]{{2,60}}?)?(?:,| và|, và|,? cùng) \d{{1,4}} "
)
_FAR = re.compile(
    rf"(?<![\w/.,])(?<!năm )(?<!một trong )(?<!1 trong )(?<!trong số )(?P<n>\d{{1,4}}) (?:{_BODIES})(?!\w)"
    rf"(?:(?! \d+ (?:{_BODIES})(?!\w))[^.;:\n]){{0,220}}?"
    rf" {_GETS}(?: [^.;:,\d]{{0,60}}? (?:trao|tặng|trao tặng))? $"
)
#: Who gives, where an item opens with it: ``- Chủ tịch nước tặng thưởng Huân chương Lao động hạng Ba năm 2001``.
_GIVES = (
    r"(?:chủ tịch|thủ tướng|chính phủ|nhà nước|bộ|bộ trưởng|ubnd|ủy ban|sở|phòng|giám đốc|liên đoàn|lđlđ|công đoàn"
    r"|tỉnh đoàn|trung ương|hội)(?: (?!cho |vì |về |đã |đề |xét )[^\s,;:.()\d]+){0,9}?"
    r" (?:đã )?(?:tặng|trao tặng|tặng thưởng|khen tặng)"
)
_RECEIVED = re.compile(
    r"\W*(?:(?:(?:vào |trong )?năm(?: học)? [\d -]{4,11}|vinh dự|đã|liên tục|nhiều lần|vào năm \d{4}) ?[,:]? ?)*"
    rf"(?:được|đón nhận|nhận|{_GIVES})(?!\w)"
)
#: Characters of a line that tells one thing without a subject: ``Được Thủ tướng Chính phủ tặng Bằng khen``.
_LINE = 140
#: A clause of a chronicle in running text: ``…. Năm 2006 được Chính phủ tặng Bằng khen; năm 2010 nhận Huân chương``.
_OPENS_WITH_YEAR = re.compile(r"(?:vào |trong |đến )?năm(?: học)? (?:19|20)\d\d")
_ANOTHER_SUBJECT = re.compile(
    r"[;.]|(?<!\w)(?:nhiều|các|những|một số|đề nghị|lễ|công nhận (?:là )?trường|em|học sinh|giáo viên)(?!\w)"
)


def only_describes(context: Context, term: Term) -> bool:
    """Whether a title tells of whom or why something else is given, and is not itself conferred.

    ``28 tập thể xuất sắc được nhận Cờ thi đua``, ``tặng Giấy khen vì đã hoàn thành xuất sắc nhiệm vụ``.
    """
    document = context.document
    if "giver" in entry_of(term).attributes:
        return False
    first, last = document.sentence_at(term.start)
    others = [t for t in document.terms("title", first, last) if "giver" in entry_of(t).attributes]
    if document.lower[term.start : term.end] in _PRAISE and any(t.start > term.end for t in others):
        return _GOT_BEHIND.match(document.lower, term.end, last) is not None
    before = [t for t in others if t.end <= term.start]
    if not before:
        return False
    lowered, end = document.lower, before[-1].end
    return (
        _CAUSE.search(lowered, end, term.start) is not None or _GIVEN_TO.fullmatch(lowered, end, term.start) is not None
    )


#: Before a person of whom a clause goes on to speak: ``41 em đỗ đại học, em Vũ Hải Yến được … tặng Bằng khen``.
_SPEAKS_OF = re.compile(r"[,;] (?:(?:riêng|trong đó(?: có)?|đặc biệt(?: là)?),? )?(?:em|cô|thầy|bạn|cháu|ông|bà) $")


def another_subject(context: Context, start: int, end: int) -> bool:
    """Whether a person who is named behind a number, in a clause of their own, is the one who got the title."""
    document = context.document
    return any(
        _SPEAKS_OF.search(document.lower, start, name.start) is not None
        for name in find_names(document, start, end)
        if name.start > start
    )


def far_count(context: Context, clause: int, at: int) -> Number | None:
    """The number of those who got a title at the other end of a long clause.

    ``05 tập thể dẫn đầu phong trào thi đua năm học 2019-2020 được nhận Cờ thi đua``.
    """
    matches = list(_FAR.finditer(context.document.lower, clause, at))
    if not matches or context.in_school(matches[-1].start("n")):
        return None
    if another_subject(context, matches[-1].end("n"), at):
        return None
    match = matches[-1]
    numbers = find_numbers(context.document.text, match.start("n"), match.end("n") + 1)
    return numbers[0] if numbers else None


def received(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """An item that tells what the school got, its subject left out: ``- Đón nhận Bằng khen của UBND tỉnh (1997)``."""
    document = context.document
    start = block.body
    clause = max(document.sentence_at(term.start)[0], document.text.rfind("; ", block.body, term.start) + 2)
    if clause > start and _OPENS_WITH_YEAR.match(document.lower, clause):
        start = clause
    elif block.marker is None and block.kind != "item" and block.end - block.body > _LINE:
        return
    opening = _RECEIVED.match(document.lower, start, term.start)
    if opening is None or context.is_decision:
        return
    between = document.lower[opening.end() : term.start]
    if document.lower.startswith(" cho ", end):
        return
    if _ANOTHER_SUBJECT.search(between) or find_names(document, start, term.start):
        return
    award = title_award(context, block, term, (term.start, end), end, 1, None)
    update: dict[str, object] = {"recipient_kind": award.recipient_kind or "school", "confidence": 0.65}
    yield award.model_copy(update=update | (_behind(context, end) or held_at_home(context, award)))


#: Who it is that an opening clause tells of: ``Vinh dự được A tặng Bằng khen năm 2015, thầy B …``.
_SUBJECT_BEHIND = re.compile(
    r"(?: (?:trong |vào )?năm(?: học)? [\d -]+)?, (?P<who>em|cháu|bạn|cô giáo|thầy giáo|cô|thầy|ông|bà|nhà giáo) "
)


def _behind(context: Context, end: int) -> dict[str, object]:
    """The person who is the subject behind the comma of a clause that ends at a position; {} for nobody."""
    document = context.document
    match = _SUBJECT_BEHIND.match(document.lower, end)
    names = find_names(document, match.end(), match.end() + 45) if match else []
    if match is None or not names or names[0].start != match.end():
        return {}
    kind = "student" if match["who"] in ("em", "cháu", "bạn") else "teacher"
    return {"recipient": document.value(names[0].start, names[0].end), "recipient_kind": kind}
