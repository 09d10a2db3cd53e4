"""Prizes and medals in prose: ``2 giải Nhất; 17 giải Nhì``, ``6 giải (1 nhì: …)``, ``01 HCV``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.numbers import WORDS
from extractors._shared.scan import Words, holds
from extractors.awards.atoms import Atom, number, parts_of_grades
from extractors.awards.awarded import SEVERAL, prize_award
from extractors.awards.below import named_below
from extractors.awards.bodies import body_told, told_of
from extractors.awards.called import called, lists_of_one
from extractors.awards.context import Context
from extractors.awards.counted_winners import behind_comma, counted_before, each_named
from extractors.awards.forms import list_end
from extractors.awards.going_on import counts_on, wins_further
from extractors.awards.joint import of_one_work
from extractors.awards.labelled import in_row, labelling_school, opens_item, under_contest
from extractors.awards.one_row import as_one_row
from extractors.awards.placed import Told, parts_of, placed
from extractors.awards.rank_rows import announced_places
from extractors.awards.school_beside import TEAM, school_beside
from extractors.awards.subjects import squad
from extractors.awards.team_lists import teams_listed
from extractors.awards.these import chosen_again, points_back, those_named, trained_again
from extractors.awards.ungraded import at_each_level, ungraded, with_entrants
from extractors.awards.verbs import SUBJECT, WIN
from extractors.awards.winner import Winner
from extractors.awards.winners import named_after, named_before
from extractors.awards.works import with_work
from schemas.records import Award

_BY_COUNT = re.compile(r"\d{1,2} (?:em|học sinh|hs|giáo viên|gv|cháu|bé|đồng chí|đ/c|cô|thầy)(?: giáo|:)? ")
_WON_AT = Words(("đạt giải", "đoạt giải"))
_NAMED_ONLY = re.compile(
    r"(?:đơn vị|trường)[^.;:()]{0,40}?(?:đạt|đoạt) giải(?! (?:nhất|nhì|ba|khuyến))[^.;:()]{0,60}?(?:gồm|là|như)? ?:"
)
_SHARE = re.compile(r"^ ?(?:đạt|có|được|:|-)? ?(?P<n>\d{1,3}|" + "|".join(WORDS) + r") ?(?:giải)?$")
# A threshold: ``học sinh đạt từ giải Ba trở lên``.
_AT_LEAST = re.compile(r"(?<!\w)từ giải|trở lên$")
#: ``là 1 trong 3 Huy chương Vàng đồng đội``: the others are not spoken of.
_ONE_OF = re.compile(r"(?<!\w)(?:1|01|một) trong (?:số )?$")
# What follows from a prize: ``giáo viên có học sinh đạt giải Nhất được xét giảm 02 tiết``.
_CONSEQUENCE = re.compile(
    r"(?:(?! và )[^.;,:]){0,25}? được (?:xét|giảm|cộng|hưởng|ưu tiên|thưởng|tuyển thẳng|miễn|vào thẳng|chọn|cử"
    r"|tham gia|dự)(?!\w)"
)
# Winners as a class of people, without a number: ``các thí sinh đạt giải Nhất được gọi vào đội tuyển``.
_CLASS = re.compile(
    r"(?:(?<!có )(?:học sinh|thí sinh|giáo viên|em|sản phẩm|người|cá nhân|tập thể|đơn vị|tác giả)(?: \w+)?"
    # those who are rewarded for what is theirs: ``trao giải cho các tác giả có tác phẩm đạt giải Nhất``
    r"|(?<!\w)(?:cho|thưởng|tuyên dương|biểu dương|khen ngợi|chúc mừng|đối với)(?: (?:các|những))? (?:học sinh|hs"
    r"|sinh viên|thí sinh|em|giáo viên|gv|thầy cô|thầy, cô|tác giả|nhóm tác giả|cá nhân|tập thể|đơn vị|nhóm|trường"
    rf"|đội|lớp|người) có (?:[^\W\d_]+ ){{0,2}}[^\W\d_]+) (?:{WIN}) $"
)
#: One work is none: ``Sản phẩm này đạt giải Nhì``, ``Dự án của các em đoạt giải Ba``.
_ONE_WORK = re.compile(
    r"(?:^|[.;,:\n] ?|(?<!\w)(?:và|một|khi|với) )(?:sản phẩm|dự án|đề tài|mô hình|tiết mục|tác phẩm|ý tưởng|giải pháp"
    r"|bài (?:viết|thi|dự thi)|bức (?:tranh|thư)|video|phần thi)"
    r" (?:này|trên|(?:do|của) (?!các (?:trường|đơn vị))[^.;:]{2,60})"
    rf" (?:(?:đã|cũng|vừa|vinh dự|xuất sắc|từng) )*(?:{WIN}) $"
)
#: Characters that such a class and its verb may have.
_CLASS_BEFORE = 70
#: Behind the first of the winners, where the others are left out.
_MORE = re.compile(r"[^,;.…\n]{0,40}?,? ?(?:…|\.\.\.|v\.v|và (?:nhiều|các) (?:em|bạn|học sinh|cô|thầy) khác)")
#: What a prize is worth: ``giải Nhất 5 triệu đồng``.
_WORTH = re.compile(
    r" (?:được )?(?:cộng|tính|thưởng) \d[\d,.]* ?điểm(?!\w)"
    r"| ?[:(]? ?(?:là |được |thưởng |mỗi giải )*\d[\d.,]* ?(?:triệu|nghìn|ngàn|đồng|đ(?!\w)|trđ|vnđ)"
)
_MANY = re.compile(r"(?<!\w)(?:nhiều|các|những|một số|hàng)(?!\w)")


def extract_prizes(context: Context, block: Block) -> Iterator[Award]:
    """The prizes and medals of one block, with their winners, contest and level."""
    yield from as_one_row(context.document, list(with_entrants(list(_prizes(context, block)))))
    for atom, winner in ungraded(context, block, context.atoms(block.body, block.end)):
        yield prize_award(context, block, atom, winner, count=1)


def _prizes(context: Context, block: Block) -> Iterator[Award]:
    covered = owned = block.body
    told_end = block.body
    owner: list[Winner] = []
    teller: list[Winner] = []
    before: tuple[Atom, list[Winner]] | None = None
    last: tuple[Atom, list[Winner]] | None = None
    ranked = [one[:2] for one in announced_places(context, block)]
    atoms = parts_of_grades(context.document.lower, context.atoms(block.body, block.end))
    told = list(placed(context, block))
    given = [one.winner for one in told if one.winner]
    yield from (_placed(context, block, one) for one in told)
    for index, atom in enumerate(atoms):
        if any(one.atom.start < atom.end and atom.start < one.atom.end for one in told):
            continue
        if any(first <= atom.start < last for first, last in ranked):
            continue  # "Xếp hạng của khối: Nhất: A; Nhì: B"
        if atom.start < covered or context.is_wish(block, atom.start, atom.end) or _is_title(context, atom):
            continue
        if _CONSEQUENCE.match(context.document.lower, atom.end, block.end) and not atom.count:
            continue
        if chosen_again(context, block, atom) or trained_again(context, block, atom):
            continue
        if points_back(context, block, atom):
            yield from (prize_award(context, block, atom, one, count=1) for one in those_named(context, block, atom))
            continue
        if _ONE_OF.search(context.document.lower, max(block.body, atom.start - 14), atom.start):
            alone = replace(atom, count=None, who=None)
            for winner in named_before(context, block, alone)[:1] if atom.who else []:
                yield prize_award(context, block, alone, winner, count=1)
            continue
        if _AT_LEAST.search(context.document.lower, max(block.body, atom.start - 4), min(block.end, atom.end + 9)):
            continue
        worth = atom.count is None and _WORTH.match(context.document.lower, atom.end, block.end)
        if worth and not named_below(context, block, atom):
            continue
        limit = atoms[index + 1].start if index + 1 < len(atoms) else block.end
        shares, shares_end = _shares(context, block, atom)
        if shares:
            covered = shares_end
            for winner, count in shares:
                yield prize_award(context, block, atom, winner, count=count)
            continue
        winners = teams_listed(context, block, atom, limit) or _counted_by_name(context, atom)
        winners = winners or named_after(context, block, atom, limit)
        if len(winners) == 1 and winners[0].person and atom.who and (atom.count or 0) > 1 and atom.who != "lần":
            winners = []  # ``3 học sinh đạt giải gồm: em A …; em B …``: only the first of them
        if winners and atom.prize == "giai" and all(_graded(winner, told) for winner in winners):
            yield prize_award(context, block, atom, None, count=atom.count)
            continue  # ``2 giải: A (Ba, Địa lý), B – KK Lịch sử``: the total beside its parts
        if not winners and last and len(last[1]) == 1 and last[1][0].person and counts_on(context, last[0], atom):
            winners = last[1]
        last = (atom, winners) if winners else None
        several = atom.who in SEVERAL and (atom.count or 0) > 1
        given += [] if _wins_again(context, winners, atom, limit) else winners
        if not winners and not atom.label:
            if (atom.count or 0) > 1 and (counted := counted_before(context, atom)):
                yield from (prize_award(context, block, atom, winner, count=1) for winner in counted)
                continue
            if atom.count and (each := each_named(context, atom)):
                yield from (prize_award(context, block, atom, winner, count=atom.count) for winner in each)
                continue
            if beside := _others(school_beside(context, block, atom), given):
                winners, owner = beside, beside
                owned = _breakdown_end(context, block, atom) if atom.count else owned
            elif atom.count and atom.start < owned:
                winners = owner
        winners = (
            winners
            or ([] if atom.label or several else _others(named_before(context, block, atom), given))
            or named_below(context, block, atom)
        )
        if not winners and atom.count and not atom.label and not several:
            winners = _others(told_of(context, block, atom), given)
            if winners and atom.prize == "giai":
                teller, told_end = winners, _breakdown_end(context, block, atom)
            elif not winners and atom.start < told_end:
                winners = teller
        if not winners and atom.count is None and (body := _of_all(context, block, atom)):
            winners = [body]
        if not winners and not atom.who and (one := _called(context, block, atom)):
            winners = [one]
        if not winners and atom.count is None and (subject := behind_comma(context, block, atom)):
            winners = [subject]
        if (
            not winners
            and (atom.prize != "giai" or not atom.count)
            and (school := labelling_school(context, block, atom))
        ):
            winners = [school]
        if not winners and atom.count is None and not atom.label and before:
            winners = before[1] if wins_further(context, before[0], atom) else []
        before = (atom, winners) if winners and atom.count is None else None
        last = (atom, winners) if winners else last
        for award in _awards(context, block, atom, winners):
            yield from at_each_level(context, block, atom, award)
    yield from _schools_of_winners(context, block)


def _graded(winner: Winner, told: Sequence[Told]) -> bool:
    """Whether one of those named behind a prize is told with a grade of their own."""
    return any(one.winner and winner.start <= one.winner.start < winner.end for one in told)


def _is_title(context: Context, atom: Atom) -> bool:
    """Whether a prize is one that bears a name of its own, which is a title: ``Giải thưởng Kim Đồng``."""
    terms = context.document.terms("title", atom.start, min(len(context.document.text), atom.end + _LONGEST_TITLE))
    return atom.prize == "giai" and any(term.start < atom.end < term.end or term.start == atom.start for term in terms)


#: Characters that the name of a prize may go on behind ``Giải thưởng``.
_LONGEST_TITLE = 40
_WINS = re.compile(SUBJECT.pattern + r"|(?<!\w)(?:với|có)(?!\w)")


def _wins_again(context: Context, winners: list[Winner], atom: Atom, limit: int) -> bool:
    """Whether those named behind a prize are the subject of the next one: ``giải Nhất cho em A, em B đạt giải Nhì``."""
    if not winners or winners[-1].end > limit:
        return True
    return winners[0].start < atom.end or _WINS.search(context.document.lower, winners[-1].end, limit) is not None


def _others(winners: list[Winner], given: list[Winner]) -> list[Winner]:
    """The winners before a prize; [] where the one before it was given to them."""
    return [] if any(one.start <= w.start < one.end for w in winners for one in given) else winners


def _of_all(context: Context, block: Block, atom: Atom) -> Winner | None:
    """The body of a place right before a prize ``toàn đoàn``: ``Huyện A nhất toàn đoàn``; None for no such body."""
    lowered = context.document.lower
    if "toàn đoàn" not in lowered[atom.start : atom.end + len(" toàn đoàn")]:
        return None
    first = max(context.document.sentence_at(atom.start)[0], block.body)
    first = max(first, lowered.rfind(";", first, atom.start) + 1)
    body = body_told(context, first, atom.start)
    return body if body and body.unit else None


def _placed(context: Context, block: Block, told: Told) -> Award:
    """The award of a prize told with its name, its subject said with the contest."""
    award = prize_award(context, block, told.atom, told.winner, count=told.count)
    if told.subject is None or told.subject in (award.contest or ""):
        return award
    return award.model_copy(update={"contest": f"{award.contest}, {told.subject}" if award.contest else told.subject})


def _awards(context: Context, block: Block, atom: Atom, winners: list[Winner]) -> Iterator[Award]:
    """The awards of one mention: one for each winner, else one for the count or for the subject."""
    lowered = context.document.lower
    first = max(context.document.sentence_at(atom.start)[0], block.body)
    winners = of_one_work(context, atom, [with_work(context, first, atom.start, winner) for winner in winners])
    for winner in winners:
        yield prize_award(context, block, atom, winner, count=1 if len(winners) > 1 else atom.count or 1)
    if len(winners) > 1 and (atom.count or 0) > len(winners) and _MORE.match(lowered, winners[-1].end):
        yield prize_award(context, block, atom, None, count=atom.count)
    if winners or atom.label:
        return
    if atom.count is not None:
        yield prize_award(context, block, atom, None, count=atom.count)
        for start, end, count, school in parts_of(context, atom.end, block.end, atom.count):
            part = Atom(start, end, atom.kind, atom.prize, count)
            yield prize_award(context, block, part, school, count=count)
        return
    clause = max(block.body, atom.start - _CLASS_BEFORE)
    one_work = _ONE_WORK.search(lowered, clause, atom.start)
    team = squad(context, block, atom.start)
    if not atom.verbal and not one_work and team is None and _CLASS.search(lowered, clause, atom.start):
        return
    subject = SUBJECT.search(lowered, max(block.body, atom.start - 25), atom.start) or _goes_on(context, block, atom)
    beside = TEAM.search(lowered, *context.document.sentence_at(atom.start))
    if (
        subject
        or beside
        or team
        or atom.verbal
        or under_contest(context, block, atom)
        or _achieved(context, block, atom)
        or in_row(context, block, atom)
        or opens_item(context, block, atom)
    ):
        many = _MANY.search(lowered, max(block.body, atom.start - 60), atom.start) and not team and not one_work
        yield prize_award(context, block, atom, None, count=None if many else 1)


def _counted_by_name(context: Context, atom: Atom) -> list[Winner]:
    """The one whom a prize counts and names: ``01 đ/c Lê Thị A đạt giải Ba``; [] where it names nobody."""
    if atom.count != 1 or not atom.who:
        return []
    names = find_names(context.document, atom.start, atom.end)
    if len(names) != 1 or not _BY_COUNT.fullmatch(context.document.lower, atom.start, names[0].start):
        return []
    winner = context.winner(atom.start, atom.end)
    return [winner] if winner else []


def _called(context: Context, block: Block, atom: Atom) -> Winner | None:
    """The person whom the subject of the sentence of a prize means: ``Em đạt giải Nhất``; None for a team's prize."""
    first = max(context.document.sentence_at(atom.start)[0], block.body)
    won = SUBJECT.search(context.document.lower, first, atom.start) is not None or atom.verbal
    own_list = lists_of_one(context, first, atom.start)
    if not own_list and (not won or atom.count not in (None, 1)):
        return None
    if atom.label or TEAM.search(context.document.lower, first, min(block.end, atom.end + 12)):
        return None
    return called(context, first, atom.start)


#: What opens a list of what somebody won.
_ACHIEVEMENTS = re.compile(
    r"(?<!\w)(?:thành tích|danh hiệu|phần thưởng|kết quả(?= (?:năm|đạt|các năm|thi đua)))(?!\w)[^.;:]{0,60}(?::|$)"
)


def _achieved(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a prize opens a part of a list of achievements: ``Thành tích: giải Nhất hội thi A; giải Nhì …``."""
    document = context.document
    start = max(document.text.rfind(sign, block.body, atom.start) + 1 for sign in ";:,")
    if document.text[max(start, block.body) : atom.start].strip(" -+*•"):
        return False
    heads = [document.lower[slice(*document.head(above))] for above in document.ancestors(block)]
    return _ACHIEVEMENTS.search(document.lower, block.body, atom.start) is not None or any(
        _ACHIEVEMENTS.search(head.strip()) for head in heads[:1]
    )


def _goes_on(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a prize goes on a list that a verb opened: ``đạt giải Nhất hội thi A; giải Nhì hội thi B``."""
    lowered = context.document.lower
    first, _ = context.document.sentence_at(atom.start)
    before = [other for other in context.atoms(first, atom.start) if other.end <= atom.start]
    opened = before and SUBJECT.search(lowered, first, before[0].start)
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


# ``có 31 giải (chiếm 53%) gồm: 2 giải Nhất …``, ``… 31 giải. Trong đó, có 2 giải Nhất``.
_BREAKDOWN = re.compile(
    r"(?: ?/ ?\d{1,4}(?= ))?(?: (?!có|đạt|được|giành|đoạt)[^\s.;:,()\d]+){0,8}(?: ?\([^()\n]{0,40}\))?[.,:;]? ?"
    r"(?:trong đó|cụ thể|gồm|bao gồm|với)(?!\w)"
)
#: ``67 giải, 21 giải Nhất, 25 giải Nhì``: the grades follow without a word.
_GRADES_BEHIND = re.compile(r"(?:,| và) \d{1,3} ?(?:giải )?(?:nhất|nhì|ba|khuyến khích|kk)(?!\w)")


def _breakdown_end(context: Context, block: Block, atom: Atom) -> int:
    """Where the grades end into which a total is broken down; its own end where there are none."""
    text, lowered = context.document.text, context.document.lower
    contest = context.contest(block, atom.start, atom.end)
    behind = contest[1] if contest and atom.end < contest[0] <= atom.end + len(" trong ") else atom.end
    if broken := _BREAKDOWN.match(lowered, behind, block.end) or _GRADES_BEHIND.match(lowered, atom.end, block.end):
        _, stop = context.document.sentence_at(broken.end() - 1)
        if not context.schools_in(broken.end(), stop):
            return stop
    start = atom.end + len(text[atom.end : block.end]) - len(text[atom.end : block.end].lstrip(" :,"))
    return list_end(text, start + 1, block.end, ")") if text[start : start + 1] == "(" else atom.end


def _schools_of_winners(context: Context, block: Block) -> Iterator[Award]:
    """``Các đơn vị có học sinh đạt giải cấp tỉnh gồm: X, Y``: a prize of no said grade for each school."""
    document = context.document
    if not holds(_WON_AT, document.lower, block.body, block.end):
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
            if winner.school and not winner.person:
                yield prize_award(context, block, atom, winner, count=None)
