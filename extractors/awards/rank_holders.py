"""Who took a rank: a school, a team, the body of a place, told before it, behind it or by those it is out of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.view import CAPITAL
from extractors.awards.bodies import bodies_in, body_told
from extractors.awards.context import Context
from extractors.awards.subjects import delegation, squad
from extractors.awards.winner import Winner
from schemas.records import School

_TEAM = re.compile(r"toàn đoàn|(?<!hội )đồng đội")
_UNIT = re.compile(
    r"toàn ngành|ngành|phòng|huyện|trường|đơn vị|cụm|khối|thành phố|tỉnh|tập thể|chi bộ|công đoàn"
    r"|(?<!\w)(?:phường|xã|thị trấn)(?= ?$| (?:đã|vươn lên|tiếp tục)(?!\w))|(?:lớp|chi đội) \w+"
)

#: The rest of a body's name: ``Phòng GD&ĐT``, ``Ngành Giáo dục huyện``.
_NAMED_BODY = re.compile(
    r"(?: (?!(?:đã|tiếp|luôn|được|đang|vẫn|cũng|có|với|và|xuất|vươn|năm|trong|đạt|là|liên|xếp"
    r"|đứng)(?!\w))[^\s,;:.()\d]+){1,5}"
)


@dataclass(frozen=True)
class Holder:
    """Who took a rank, of which kind, and the school that it is or is of."""

    recipient: str | None = None
    kind: str = "unit"
    school: str | None = None


def rank_holder(
    context: Context,
    block: Block,
    rank: tuple[int, int],
    contest: tuple[int, int] | None,
    school: tuple[int, int, School] | None,
) -> Holder:
    """Who took the rank told in a range; ``school`` is the one that is known to have taken it."""
    document, (start, end) = context.document, rank
    first, _ = document.sentence_at(start)
    first = max(first, document.text.rfind(";", first, start) + 1)
    school = school or _own_name(context, first, start)
    if school:
        return Holder(document.value(*school[:2]), "school", school[2].name)
    team = _team(context, block, first, rank)
    body = _body(context, first, start, end)
    if body and (team is None or document.lower[slice(*team)] == "toàn đoàn"):
        kind = "unit" if body.unit else "school"
        return Holder(body.unit or body.school_text, kind, body.school.name if body.school else None)
    if team:
        return Holder(document.value(*team), "team")
    schools = context.schools_in(first, start)
    if schools and (not contest or schools[-1][0] >= contest[1] or schools[-1][1] <= contest[0]):
        return Holder(document.value(*schools[-1][:2]), "school", schools[-1][2].name)
    if person := _person(context, first, start):
        return person
    unit = _unit(context, first, start, contest) or _one_of_those(context, end)
    return Holder(document.value(*unit)) if unit else Holder()


def _team(context: Context, block: Block, first: int, rank: tuple[int, int]) -> tuple[int, int] | None:
    """The team that took a rank: right before it, else named before in the sentence, else ``toàn đoàn`` beside it."""
    document, (start, end) = context.document, rank
    near = squad(context, block, start) or event_before(context, first, start)
    if near and start - near.end() <= len(" vinh dự "):
        return near.span()
    if named := delegation(context, start):
        return named.span()
    sign = _SIGN.search(document.text, end, min(block.end, end + 11))
    behind = sign.start() if sign else min(block.end, end + 11)
    teams = [match.span() for match in _TEAM.finditer(document.lower, first, behind)]
    return teams[-1] if teams else near.span() if near else None


_SIGN = re.compile(r"[,;.:]")
#: What was contested, as the one that took the rank: ``kéo co nữ xếp thứ 4``, ``bóng đá nam khối THCS đứng thứ 2``.
_EVENT_REST = re.compile(
    r"(?: (?:nam|nữ|mini|đơn|đôi|đồng đội|hỗn hợp|phối hợp|mi ni|tập thể|học sinh"
    r"|giáo viên|u\d+|khối|cấp|tiểu học|thcs|thpt)){0,5} "
)
_LIST_ITEM = re.compile(r"(?:^|[,;:.\n]|(?<!\w)(?:và|còn|riêng|môn|đội|giải|thi)) ?$")


def event_before(context: Context, first: int, at: int) -> re.Match[str] | None:
    """The discipline right before a rank, where it opens its clause; None where none does."""
    document = context.document
    for term in document.terms("discipline", first, at):
        rest = _EVENT_REST.fullmatch(document.lower, term.end, at)
        opens = not document.lower[first : term.start].strip(" -+*•")
        if rest and (opens or _LIST_ITEM.search(document.lower, max(0, term.start - 8), term.start)):
            return re.compile(r".*(?= )").match(document.lower, term.start, at)
    return None


#: Before the name of the one person of whom a sentence tells a rank, and behind it what was reached.
_HONORIFIC = re.compile(r"(?<!\w)(?:em|cháu|bạn|thầy|cô|học sinh|thí sinh|vđv|vận động viên|thầy giáo|cô giáo) $")
_REACHED = re.compile(
    r"(?:[ ,-]+(?:học sinh |hs )?(?:lớp )?\d{1,2}[^,;:]{0,8},?)?"
    r"(?: (?:đã|xuất sắc|cũng|là))* (?:đạt|có|với|được|đỗ|xếp|đứng)(?!\w)"
)


def _person(context: Context, first: int, start: int) -> Holder | None:
    """The one person named in the clause of a rank, as its subject; None for nobody or several."""
    document = context.document
    names = find_names(document, first, start)
    if len(names) != 1 or context.schools_in(first, start):
        return None
    name = names[0]
    before = _HONORIFIC.search(document.lower, max(first, name.start - 20), name.start)
    if before is None or not (_REACHED.match(document.lower, name.end) or start - name.end <= 1):
        return None
    kind = "teacher" if before.group(0).startswith(("thầy", "cô")) else "student"
    return Holder(document.value(name.start, name.end), kind)


def _unit(context: Context, first: int, start: int, contest: tuple[int, int] | None) -> tuple[int, int] | None:
    """The body that a noun names right before a rank, with the rest of its name: ``Ngành GD&ĐT huyện``."""
    document = context.document
    units = [
        match
        for match in _UNIT.finditer(document.lower, first, start)
        if not document.lower.endswith(("các ", "những ", "toàn ", "trong ", "cấp "), first, match.start())
    ]
    if not units or start - units[-1].end() > _FAR or (contest and contest[0] <= units[-1].start() < contest[1]):
        return None
    whole = _NAMED_BODY.match(document.lower, units[-1].end(), start)
    opening = units[-1]
    if len(units) > 1 and _OF_BODY.fullmatch(document.lower, units[-2].end(), units[-1].start()):
        opening = units[-2]  # "Ngành GD&ĐT thành phố"
    return opening.start(), whole.end() if whole else units[-1].end()


#: Characters between a body and its rank.
_FAR = 25
_OF_BODY = re.compile(r" (?:(?:gd ?[-&] ?đt|giáo dục(?: và đào tạo)?) )?(?:của )?")
#: Those among whom a rank was taken: one of them took it (``hạng 5/9 huyện, thành phố``).
_AMONG = re.compile(r" (?P<noun>huyện|trường|tỉnh|xã|phường|đơn vị|đoàn|cụm|khối|phòng)(?!\w)")


def _one_of_those(context: Context, end: int) -> tuple[int, int] | None:
    """The noun of those out of whom a rank is told behind it: whoever took it is one of them."""
    document = context.document
    match = _AMONG.match(document.lower, end) if document.text[end - 1].isdigit() else None
    out_of = match is not None and _OUT_OF.search(document.lower, max(0, end - 30), end) is not None
    return match.span("noun") if match and out_of else None


_OUT_OF = re.compile(r"(?:/|(?<!\w)(?:trên|trong)(?: tổng)?(?: số)?) ?\d{1,3}$")


#: The one whose rank stands before it: ``Xếp thứ 2 là xã Thanh Hà``.
_IS = re.compile(r"(?: toàn đoàn)?,? (?:là|thuộc về|gồm) (?:(?:đoàn|đội|đơn vị) (?=[^\W\d_]))?")
_OPENS = re.compile(r"(?:.*[:.,] ?)?(?:Kết quả|Tiếp theo|Kế đến|Địa phương|Đơn vị|Tỉnh|Huyện)?,? ?")
_CALLED = re.compile(rf"(?P<name>[{CAPITAL}][^\W\d_]*(?: [{CAPITAL}][^\W\d_]*){{0,4}}(?: \d{{1,2}})?) $")


def _body(context: Context, first: int, start: int, end: int) -> Winner | None:
    """The body of a place right before a rank, or right behind one that opens its sentence; None for none."""
    if body := body_told(context, first, start):
        return body
    behind = _IS.match(context.document.lower, end) if _OPENS.fullmatch(context.document.text[first:start]) else None
    bodies = bodies_in(context, behind.end(), behind.end() + 60) if behind else []
    return bodies[0] if behind and bodies and bodies[0].start == behind.end() else None


def _own_name(context: Context, first: int, start: int) -> tuple[int, int, School] | None:
    """The school that its own name alone calls right before a rank: ``Vũ Hạ xếp thứ ba``."""
    match = _CALLED.search(context.document.text, max(first, start - 40), start)
    school = context.school_at(*match.span("name")) if match else None
    return (*match.span("name"), school) if match and school else None
