"""Prizes and medals in prose: ``2 giải Nhất; 17 giải Nhì``, ``6 giải (1 nhì: …)``, ``01 HCV``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.numbers import WORDS
from extractors._shared.scan import holds
from extractors.awards.context import Context, Winner
from extractors.awards.forms import Atom, list_end, number
from extractors.awards.placed import Told, parts_of, placed
from extractors.awards.subjects import delegation, own_school, school_of, squad
from schemas.records import Award

_NAMED_ONLY = re.compile(
    r"(?:đơn vị|trường)[^.;:()]{0,40}?(?:đạt|đoạt) giải(?! (?:nhất|nhì|ba|khuyến))[^.;:()]{0,60}?(?:gồm|là|như)? ?:"
)
_SHARE = re.compile(r"^ ?(?:đạt|có|được|:|-)? ?(?P<n>\d{1,3}|" + "|".join(WORDS) + r") ?(?:giải)?$")
_TEAM = re.compile(r"toàn đoàn|đồng đội|giải tập thể|giải đội")
_PLACE = re.compile(r"(?<!\w)(?:tại|ở|do|sân|hội trường|địa điểm)(?: trường)? $")
_HONOURS = re.compile(
    r"(?<!được )(?<!\w)(?:tặng hoa|tặng quà|trao|tặng|chúc mừng|biểu dương|động viên|khen ngợi"
    r"|chụp ảnh|tuyên dương)(?!\w)"
)
# A threshold: ``học sinh đạt từ giải Ba trở lên``.
_AT_LEAST = re.compile(r"(?<!\w)từ giải|trở lên$")
# What follows from a prize: ``giáo viên có học sinh đạt giải Nhất được xét giảm 02 tiết``.
_CONSEQUENCE = re.compile(
    r"(?:(?! và )[^.;,:]){0,25}? được (?:xét|giảm|cộng|hưởng|ưu tiên|thưởng|tuyển thẳng|miễn|vào thẳng|chọn|cử"
    r"|tham gia|dự)(?!\w)"
)
# Winners as a class of people, without a number: ``các thí sinh đạt giải Nhất được gọi vào đội tuyển``.
_CLASS = re.compile(
    r"(?<!có )(?:học sinh|thí sinh|giáo viên|em|sản phẩm|người|cá nhân|tập thể|đơn vị)(?: \w+)? (?:đạt|đoạt) $"
)
# One work of several: ``dự án của hai em A và B đạt giải Ba`` is one prize.
_JOINT = re.compile(
    r"(?:dự án|đề tài|sản phẩm|mô hình|nhóm(?: tác giả)?|tác phẩm|giải pháp|tiết mục|cặp đôi)(?! các)(?: (?!các"
    r"|đạt)[^.;:]{0,40}?)?"
    r"(?:của|do|gồm|:)(?: (?:nhóm|hai|ba|2|3|02|03|tác giả|học sinh|hs|em|thầy|cô))*(?: giáo)?(?: thực hiện)? ?:? ?$"
)
_TOGETHER = re.compile(r",? (?:cùng|đều|đồng) [^.;()]{0,25}(?:\(|$)")
_ONE_AND_ONE = re.compile(r" và (?:cô |thầy |em |các em )?(?:giáo )?")
_EACH = re.compile(r",? (?:mỗi|cùng) (?:trường|em|đơn vị|đội|đoàn)?(?: ?(?:đạt|có|được|giành|đều đạt))? ?")
_OPENED = re.compile(r"[^(]{0,12}\((?:đạt |đoạt )?")
_SCHOOL_GAP = re.compile(
    r"(?: ?\([^()\d]{2,40}\))? ?[:(,-]? ?(?:đồng |cùng )?(?:dẫn đầu|đứng đầu|nhiều nhất)?(?: với)? ?"
    r"(?:(?:lần đầu(?: tiên)?|tiếp tục|cũng|đã|vinh dự|xuất sắc) )*(?:đạt|có|được|giành|đoạt|chinh phục|mang về)?"
    r"(?: được| về| tới| tổng số| tổng cộng)* ?"
)
_AND_SCHOOL = re.compile(r"(?: \([^()]{2,40}\))? và (?:trường )?")
_MANY = re.compile(r"(?<!\w)(?:nhiều|các|những|một số|hàng)(?!\w)")
_SEVERAL = re.compile(r"(?<!\w)(?:các|những) \w+")
_SUBJECT = re.compile(r"(?<!công )(?:đạt|đoạt|giành|dành|nhận|được trao|mang về|rinh về|ẵm|thắng|đăng quang)(?!\w)")


def extract_prizes(context: Context, block: Block) -> Iterator[Award]:
    """The prizes and medals of one block, with their winners, contest and level."""
    covered = owned = block.body
    owner: list[Winner] = []
    atoms = context.atoms(block.body, block.end)
    told = list(placed(context, block))
    yield from (_placed(context, block, one) for one in told)
    for index, atom in enumerate(atoms):
        if any(one.atom.start < atom.end and atom.start < one.atom.end for one in told):
            continue
        if atom.start < covered or context.is_wish(block, atom.start, atom.end):
            continue
        if _CONSEQUENCE.match(context.document.lower, atom.end, block.end) and not atom.count:
            continue
        if _AT_LEAST.search(context.document.lower, max(block.body, atom.start - 4), min(block.end, atom.end + 9)):
            continue
        limit = atoms[index + 1].start if index + 1 < len(atoms) else block.end
        shares, shares_end = _shares(context, block, atom)
        if shares:
            covered = shares_end
            for winner, count in shares:
                yield _award(context, block, atom, winner, count=count)
            continue
        winners = _named_after(context, block, atom, limit)
        if not winners and not atom.label:
            if (atom.count or 0) > 1 and (counted := _counted_before(context, atom)):
                yield from (_award(context, block, atom, winner, count=1) for winner in counted)
                continue
            if atom.count and (each := _each(context, atom)):
                yield from (_award(context, block, atom, winner, count=atom.count) for winner in each)
                continue
            if beside := _school_beside(context, block, atom):
                winners, owner = beside, beside
                owned = _breakdown_end(context, block, atom) if atom.count else owned
            elif atom.count and atom.start < owned:
                winners = owner
        winners = (
            winners or ([] if atom.label else _named_before(context, block, atom)) or _named_below(context, block, atom)
        )
        yield from _awards(context, block, atom, winners)
    yield from _schools_of_winners(context, block)


def _placed(context: Context, block: Block, told: Told) -> Award:
    """The award of a prize told with its name, its subject said with the contest."""
    award = _award(context, block, told.atom, told.winner, count=told.count)
    if told.subject is None:
        return award
    return award.model_copy(update={"contest": f"{award.contest}, {told.subject}" if award.contest else told.subject})


def _awards(context: Context, block: Block, atom: Atom, winners: list[Winner]) -> Iterator[Award]:
    """The awards of one mention: one for each winner, else one for the count or for the subject."""
    lowered = context.document.lower
    if (
        atom.count in (None, 1)
        and len(winners) > 1
        and _JOINT.search(lowered, max(0, winners[0].start - 60), winners[0].start)
    ):
        together = Winner(
            winners[0].start,
            winners[-1].end,
            context.document.value(winners[0].start, winners[-1].end),
            winners[0].school,
            winners[0].school_text,
        )
        yield _award(context, block, atom, together, count=1)
        return
    for winner in winners:
        yield _award(context, block, atom, winner, count=1 if len(winners) > 1 else atom.count or 1)
    if winners or atom.label:
        return
    if atom.count is not None:
        yield _award(context, block, atom, None, count=atom.count)
        for start, end, count, school in parts_of(context, atom.end, block.end, atom.count):
            part = Atom(start, end, atom.kind, atom.prize, count)
            yield _award(context, block, part, school, count=count)
        return
    if not atom.verbal and _CLASS.search(lowered, max(block.body, atom.start - 40), atom.start):
        return
    subject = _SUBJECT.search(lowered, max(block.body, atom.start - 25), atom.start) or _goes_on(context, block, atom)
    beside = _TEAM.search(lowered, *context.document.sentence_at(atom.start))
    team = squad(context, block, atom.start)
    if subject or beside or team or atom.verbal:
        many = _MANY.search(lowered, max(block.body, atom.start - 60), atom.start) and not team
        yield _award(context, block, atom, None, count=None if many else 1)


def _goes_on(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a prize goes on a list that a verb opened: ``đạt giải Nhất hội thi A; giải Nhì hội thi B``."""
    lowered = context.document.lower
    first, _ = context.document.sentence_at(atom.start)
    before = [other for other in context.atoms(first, atom.start) if other.end <= atom.start]
    opened = before and _SUBJECT.search(lowered, first, before[0].start)
    return bool(opened) and lowered[first : atom.start].rstrip().endswith((";", ",", " và", " cùng"))


def _shares(context: Context, block: Block, atom: Atom) -> tuple[list[tuple[Winner, int]], int]:
    """``4 giải nhì (A đạt 3 giải; B đạt 01 giải)``: each winner with its part of the prizes, and where they end."""
    text = context.document.text
    start = atom.end
    while start < block.end and text[start] in " :-":
        start += 1
    if start >= block.end or text[start] != "(" or (end := text.find(")", start, block.end)) < 0:
        return [], atom.end
    shares = []
    for first, last in context.items(start + 1, end):
        winners = context.winners(first, last)
        if len(winners) != 1:
            return [], atom.end
        match = _SHARE.match(context.document.lower[winners[0].end : last].strip(" ."))
        if not match:
            return [], atom.end
        shares.append((winners[0], number(match["n"]) or 1))
    return shares, end


def _named_after(context: Context, block: Block, atom: Atom, limit: int) -> list[Winner]:
    """Winners listed behind a prize: ``Giải nhì: A – trường X và B``, ``giải nhất – C``, ``giải ba (D, E)``."""
    text = context.document.text
    match = re.compile(
        r"(?: (?:môn \w+(?: \w+)?|cấp (?:[Tt]iểu học|[Mm]ầm non|\w+)|toàn \w+"
        r"|tập thể|cá nhân|đồng đội|được trao|trao|đã|xuất sắc|gọi tên|thuộc về|gồm|là|cho(?: các)?(?: đơn vị)?"
        r"|(?:hội|cuộc|kỳ|kì) thi(?: này)?|(?:khối|bậc|bảng|nội dung) [^.;:()]{2,60}?(?= lần lượt thuộc| thuộc về)"
        r"|lần lượt|bảng (?:[A-Z]|\d)(?!\w)|các (?:giáo viên|cô giáo|thầy cô|học sinh|em|thí sinh|đơn vị|đoàn|trường)"
        r"|của))*,?(?: ?\(\d+\))? ?(?P<sign>[:(]|- |thuộc về|gồm|là|cho|của)?(?:(?<=gồm) \d{1,2}(?= ))?"
    ).match(text, atom.end, block.end)
    schools = context.schools_in(atom.end, min(limit, block.end)) if atom.count is None else []
    if schools and schools[0][0] == atom.end + 1 and text[schools[0][1] : schools[0][1] + 1] in (",", ";", "."):
        start, end, school = schools[0]  # ``giải nhì Trường THCS B, giải ba …``
        return [Winner(start, end, None, school, context.document.value(start, end))]
    labelled = text[atom.end - 2 : atom.end].strip()[-1:] in (":", "-")
    aside = _IN_BRACKETS.match(text, atom.end, min(limit, block.end)) if atom.count in (None, 1, 2, 3) else None
    if aside and not (match and match["sign"]):
        named = context.winners(aside.end(), list_end(text, aside.end(), block.end, ")"))
        if named and len(named) == (atom.count or 1) and all(w.person for w in named):
            return named
    if match is None or not (labelled or match["sign"] or re.search(r"thuộc về|gồm|là|cho|của", match.group(0))):
        return []
    start = match.end()
    end = list_end(text, start, min(limit, block.end), ")" if match["sign"] == "(" else ".;)")
    winners = context.winners(start, end) or (context.given_names(start, end) if atom.count or atom.label else [])
    winners = winners or context.teams(start, end)
    lowered = context.document.lower
    several = _SEVERAL.search(lowered, max(block.body, atom.start - 30), atom.start)
    several = several or _SEVERAL.search(lowered, atom.end, start)
    if winners and text[end : end + 1] == ";" and (several or (atom.count and atom.count > len(winners))):
        # A list of several may itself be parted by semicolons.
        longer = context.winners(start, list_end(text, start, min(limit, block.end), ".)"))
        return longer if several or len(longer) <= (atom.count or 0) else winners
    return winners


#: The winners in brackets behind the contest: ``01 em đạt Huy chương Bạc Olympic Tiếng Anh (em A, trường X)``.
_IN_BRACKETS = re.compile(r"[^.;:()\n]{2,90} \((?=(?:các )?(?:em|cô|thầy|giáo viên|học sinh|cháu|bé) )")


def _named_below(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """Winners in the items under a prize: ``Giải Nhất:`` and a numbered list of names."""
    document = context.document
    if document.text[atom.end : block.end].strip(" :.") != "" or document.text[block.end - 1] != ":":
        return []
    winners: list[Winner] = []
    for other in document.blocks[block.index + 1 :]:
        if other.marker is None:
            break
        found = context.winners(other.body, other.end)[:1]
        if not found or found[0].start > other.body + 12:
            break
        winners.extend(found)
    return winners


def _named_before(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """The subject of the clause: ``em A trường X đạt …``; schools alone for ``trường X đạt giải Nhì``."""
    document = context.document
    first, _ = document.sentence_at(atom.start)
    if labelled := _before_colon(context, atom, first):
        return labelled
    first = max(first, document.text.rfind(";", first, atom.start) + 1, document.text.rfind(":", first, atom.start) + 1)
    atoms = context.atoms(first, block.end)
    previous = [other.end for other in atoms if other.end <= atom.start]
    verbs = [m.start() for m in _SUBJECT.finditer(document.lower, first, atom.start)]
    if atom.verbal:
        verbs.append(atom.start)
    if beside := _beside(context, atom, max([first, *previous, *verbs[-1:]])):
        return beside
    if verbs and (leader := _first_of_all(context, atom, first, verbs[-1])):
        return [leader]
    if not verbs or _TEAM.search(document.lower, verbs[-1], min(block.end, atom.end + 20)):
        return []
    subject_end = verbs[-1]
    if previous and previous[-1] > subject_end:
        # ``em A đạt 01 HCV và 01 HCB``: the same subject goes on.
        start_of_first = next(other.start for other in atoms)
        subject_end = next((v for v in reversed(verbs) if v < start_of_first), subject_end)
        previous = [p for p in previous if p <= subject_end]
    first = max([first, *previous[-1:]])
    if _TEAM.search(document.lower, first, subject_end):
        return []
    named: list[Winner] = []
    for start, end in reversed(context.items(first, subject_end)):
        winner = context.winner(start, end)
        if winner is None and named:
            break
        if winner is not None and _HONOURS.search(document.lower, winner.end, subject_end):
            break  # the one who hands over, not the one who won
        if winner is not None and not _PLACE.search(document.lower, max(first, winner.start - 16), winner.start):
            named.insert(0, winner)
    winners = context.merged(named)
    people = [w for w in winners if w.person]
    schools = [w for w in winners if w.school]
    return people or schools[-1:]


#: A prize of all that a school or a body has won: ``Trường A đoạt giải nhất toàn đoàn``.
_OF_ALL = re.compile(r" ?toàn đoàn(?!\w)")
_RIGHT_BEFORE = 14


def _first_of_all(context: Context, atom: Atom, first: int, verb: int) -> Winner | None:
    """The school right before the verb of a prize ``toàn đoàn``, which is the team's name; None for no school."""
    document = context.document
    schools = context.schools_in(first, verb)
    if not schools or not _OF_ALL.match(document.lower, atom.end) or verb - schools[-1][1] > _RIGHT_BEFORE:
        return None
    start, end, school = schools[-1]
    return Winner(start, end, None, school, document.value(start, end))


def _before_colon(context: Context, atom: Atom, first: int) -> list[Winner]:
    """Winners whose name is a label: ``em A - lớp 12A1, THPT B: giải Ba …``; [] where no person's name stands so."""
    text = context.document.text
    colon = text.rfind(":", first, atom.start)
    if colon < 0 or text[colon + 1 : atom.start].strip():
        return []
    start = max(first, text.rfind(";", first, colon) + 1, text.rfind(":", first, colon) + 1)
    winners = context.merged(w for a, b in context.items(start, colon) if (w := context.winner(a, b)))
    return winners if winners and all(w.person for w in winners) and winners[0].start < start + 40 else []


def _beside(context: Context, atom: Atom, first: int) -> list[Winner]:
    """A winner right before a prize without a verb: ``em A, Trường X - giải Nhì``, ``em B (giải Ba môn Sử)``."""
    document = context.document
    items = [w for w in (context.winner(a, b) for a, b in context.items(first, atom.start)) if w]
    winners = context.merged(items)
    if not winners or not winners[-1].person:
        return []
    gap = document.lower[winners[-1].end : atom.start]
    if _HONOURS.search(gap):
        return []  # ``Phó Giám đốc Sở A trao giải Nhất cho 2 cô giáo``
    if len(winners) > 1 and _TOGETHER.match(gap) and all(w.person for w in winners):
        return winners
    if (
        len(winners) > 1
        and winners[-2].person
        and gap.strip() in ("", "-", ":")
        and _ONE_AND_ONE.fullmatch(document.lower, winners[-2].end, winners[-1].start)
    ):
        return winners[-2:]  # "cô A và cô B giải Nhì"
    return winners[-1:] if len(gap) <= 25 and ("(" not in gap.replace("(th", "") or _OPENED.fullmatch(gap)) else []


#: ``Cô A và cô B là 2 giáo viên đạt giải Nhì``.
_ARE = re.compile(r",? (?:đều )?là (?:những |các )?$")


def _counted_before(context: Context, atom: Atom) -> list[Winner]:
    """The people who are said to be those that a number counts; [] where they are not as many."""
    document = context.document
    first, _ = document.sentence_at(atom.start)
    link = _ARE.search(document.lower, first, atom.start)
    if link is None:
        return []
    items = (context.winner(a, b) for a, b in context.items(first, link.start()))
    winners = [winner for winner in context.merged(w for w in items if w) if winner.person]
    return winners if len(winners) == atom.count else []


def _each(context: Context, atom: Atom) -> list[Winner]:
    """The winners before ``mỗi trường một giải``: each has the whole count."""
    document = context.document
    first, _ = document.sentence_at(atom.start)
    first = max(document.text.rfind(sign, first, atom.start) + 1 for sign in ";:") or first
    winners = context.merged(w for a, b in context.items(max(first, 0), atom.start) if (w := context.winner(a, b)))
    return winners if winners and _EACH.fullmatch(document.lower, winners[-1].end, atom.start) else []


def _school_beside(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """A school right before a count: ``THCS Bình An: 12 giải``, ``Trường Tiểu học Nam Hà (6 giải)``."""
    document = context.document
    if atom.count is None and _TEAM.search(
        document.lower, document.sentence_at(atom.start)[0], min(block.end, atom.end + 14)
    ):
        return []
    for start, end, school in reversed(context.schools_in(block.body, atom.start)):
        if not _SCHOOL_GAP.fullmatch(document.lower, end, atom.start):
            return []
        before = max(block.body, start - 45)
        if _PLACE.search(document.lower, max(block.body, start - 16), start) or find_names(document, before, start):
            return []
        found = Winner(start, end, None, school, document.value(start, end))
        return [*_joined(context, block, start), found] if atom.count is None else [found]
    return []


def _joined(context: Context, block: Block, at: int) -> list[Winner]:
    """The school joined by ``và`` to the one that begins at a position: they share a prize."""
    document = context.document
    schools = context.schools_in(block.body, at)
    if not schools or not _AND_SCHOOL.fullmatch(document.lower[schools[-1][1] : at]):
        return []
    start, end, school = schools[-1]
    return [Winner(start, end, None, school, document.value(start, end))]


# ``có 31 giải (chiếm 53%) gồm: 2 giải Nhất …``, ``… 31 giải. Trong đó, có 2 giải Nhất``.
_BREAKDOWN = re.compile(
    r"(?: (?!có|đạt|được|giành|đoạt)[^\s.;:,()\d]+){0,8}(?: ?\([^()\n]{0,40}\))?[.,:;]? ?"
    r"(?:trong đó|cụ thể|gồm|bao gồm|với)(?!\w)"
)
#: ``67 giải, 21 giải Nhất, 25 giải Nhì``: the grades follow without a word.
_GRADES_BEHIND = re.compile(r"(?:,| và) \d{1,3} ?(?:giải )?(?:nhất|nhì|ba|khuyến khích|kk)(?!\w)")


def _breakdown_end(context: Context, block: Block, atom: Atom) -> int:
    """Where the grades end into which a total is broken down; its own end where there are none."""
    text, lowered = context.document.text, context.document.lower
    if broken := _BREAKDOWN.match(lowered, atom.end, block.end) or _GRADES_BEHIND.match(lowered, atom.end, block.end):
        _, stop = context.document.sentence_at(broken.end() - 1)
        if not context.schools_in(broken.end(), stop):
            return stop
    start = atom.end + len(text[atom.end : block.end]) - len(text[atom.end : block.end].lstrip(" :,"))
    return list_end(text, start + 1, block.end, ")") if text[start : start + 1] == "(" else atom.end


def _schools_of_winners(context: Context, block: Block) -> Iterator[Award]:
    """``Các đơn vị có học sinh đạt giải cấp tỉnh gồm: X, Y``: a prize of no said grade for each school."""
    document = context.document
    if not holds(("đạt giải", "đoạt giải"), document.lower, block.body, block.end):
        return
    for match in _NAMED_ONLY.finditer(document.lower, block.body, block.end):
        if context.is_wish(block, match.start(), match.end()):
            continue
        _, stop = document.sentence_at(match.start())
        atom = Atom(
            match.start(),
            match.end(),
            "prize",
            "giai",
            None,
            None,
            "học sinh" if "học sinh" in match.group(0) else None,
        )
        for winner in context.winners(match.end(), stop):
            if winner.school:
                yield _award(context, block, atom, winner, count=None)


def _award(context: Context, block: Block, atom: Atom, winner: Winner | None, *, count: int | None) -> Award:
    document = context.document
    contest = context.contest(block, atom.start, atom.end)
    clause = max(document.text.rfind(sign, block.start, atom.start) for sign in ".;(") + 1
    stop = next(
        (p for p in range(atom.end, min(block.end, atom.end + 12)) if document.text[p] in ".;,"),
        min(block.end, atom.end + 12),
    )
    team = _TEAM.search(document.lower, max(clause, block.start), stop)
    subject = delegation(context, atom.start) or (None if atom.count else squad(context, block, atom.start))
    passages = [document.evidence(atom.start, atom.end)]
    recipient, kind, school = None, None, None
    if winner:
        passages = [document.evidence(winner.start, winner.end), *passages]
        school = winner.school.name if winner.school else None
        recipient = winner.person or winner.unit or (winner.school_text if not atom.who else None)
        kind = "team" if winner.unit else "school" if not winner.person and recipient else None
    elif team or subject:
        named = subject or team
        recipient, kind = document.value(named.start(), named.end()) if named else None, "team"
        school = school_of(context, named) if named else None
    elif (home := own_school(context, atom.start)) is not None:
        school = home.name
    elif len(homes := {home.name for _, _, home in context.schools_in(atom.start, atom.end)}) == 1:
        school = homes.pop()  # ``01 học sinh trường A đạt giải Ba``
    if winner and winner.person:
        kind = (
            context.person_kind(max(block.start, winner.start - 14), winner.start)
            or (context.person_kind(*contest) if contest else None)
            or context.person_kind(block.start, atom.start)
        )
    if kind is None:
        kind = (
            context.recipient_kind(atom.start, atom.end)
            or (context.recipient_kind(*contest) if contest else None)
            or context.recipient_kind(max(clause, block.start), atom.start)
        )
    entrants = None if team or (winner and not atom.count) else atom.of or context.entrants(block, atom.start)
    return Award(
        report=context.report_id,
        evidence=tuple(passages),
        confidence=0.9 if contest else 0.75,
        kind="medal" if atom.kind == "medal" else "prize",
        prize=atom.prize,
        contest=document.value(*contest) if contest else None,
        level=context.level(block, atom.start, atom.end, contest),  # type: ignore[arg-type]
        count=count if count is not None or not team else 1,
        participants=entrants,
        recipient=recipient,
        recipient_kind=kind,  # type: ignore[arg-type]
        school=school,
        period=context.period,
    )
