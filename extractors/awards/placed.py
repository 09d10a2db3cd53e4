"""Prizes told place by place (``Tân Lễ nhất, Vĩnh Hòa nhì``) and number by number (``… là Tân Lễ (3), Nam Hà (2)``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.document import Block
from extractors._shared.levels import find_levels
from extractors._shared.names import find_names
from extractors._shared.scan import Words, holds, matches_from, places_of
from extractors._shared.view import CAPITAL
from extractors.awards.addressed import addressed, people_graded
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.grade_rows import grade_rows
from extractors.awards.in_turn import in_turn
from extractors.awards.name_grades import graded_names
from extractors.awards.ordered_grades import told_in_order
from extractors.awards.winner import Winner

_GRADES = {"nhất": "nhat", "nhì": "nhi", "ba": "ba", "khuyến khích": "khuyen_khich"}
_NAME = rf"[{CAPITAL}][^\W\d_]*(?: (?!Nhất|Nhì)[{CAPITAL}][^\W\d_]*){{1,3}}(?: \d{{1,2}})?"
_ONE_WORD = r"(?:Huế|TP\.? ?HCM|TPHCM)"
_WHO = (
    r"(?:(?:[Hh]uyện|[Tt]hành phố|[Tt]hị xã|TP\.?|TX\.?|[Tt]rường|THCS|THPT|TH|MN|[Tt]iểu học|[Pp]hòng GD-?&?ĐT"
    r"|[Đđ]ội|[Ll]iên đội|[Xx]ã|[Pp]hường|[Cc]ông đoàn) )*"
    rf"{_NAME}"
)
#: A block that tells of prizes with a name each holds one of these; a grade is one of those.
_ANY_AT = Words(("nhất", "nhì", "ba", "kk", "khuyến khích", "hc", "vàng", "bạc", "đồng", "mỗi", "giải"))
_GRADE_AT = Words(("nhất", "nhì", "ba", "khuyến khích"))
#: A name and its place, up to the next sign.
_PLACED = re.compile(
    rf"(?<!\w)(?P<who>{_WHO})(?: \([^()\d]{{0,30}}\d?\))? (?:đạt |giành |đoạt |xếp )?"
    r"(?:giải )?(?P<grade>[Nn]hất|[Nn]hì|[Bb]a|[Kk]huyến khích)"
    r"(?= ?[,;.)]| và |$)",
    re.M,
)
_GRADE_CLOSES = re.compile(r"(?:nhất|nhì|ba|khuyến khích)(?= ?[,;.)]| và |$)", re.M)
#: Names with the number that each of them has behind the last: ``Tân Lễ, Vĩnh Hòa (mỗi đơn vị 7 giải), Nam Hà (3)``.
_COUNTED = re.compile(
    rf"(?P<names>{_WHO}(?:(?:, | và ){_WHO})*) \((?:mỗi [^\d()]{{2,20}}|cùng |đều )?(?:có |đạt |được )?"
    r"(?P<n>\d{1,3})(?: giải)?\)"
)
#: Before a grade in capitals: a verb, with which it is told elsewhere.
_VERB = re.compile(r"(?:đạt|giành|đoạt|xếp|giải) $")
_ITEM_OPENS = re.compile(r"(?:^|[,;:.(]|(?<!\w)và) ?$", re.M)
#: Ranks are no prizes.
_RANKING = re.compile(r"(?<!\w)(?:xếp(?! giải)|hạng|thứ hạng|vị thứ)(?!\w)")
_NAMES_FOLLOW = re.compile(r"[^.;:\d]{0,40}?(?:(?<!\w)(?:là|gồm|thuộc về)(?: các)?(?: đơn vị| trường| huyện)?|:)[: ]*")
_NEXT = re.compile(r"(?:,| và) (?:và )?")
#: Subjects each of which has so many: ``các môn Toán, Ngữ văn và Tin học mỗi môn 1 giải``.
_ITEM = rf"[{CAPITAL}][^\W\d_]*(?: [^\W\d_,]+){{0,2}}"
_EACH = re.compile(
    rf"(?:môn:? |môn thi:? |: |, )?(?P<list>{_ITEM}(?:(?:, | và ){_ITEM})*),? "
    r"mỗi (?:môn|bộ môn|nội dung)(?: thi)?(?: có| đạt| được| giành)? $"
)
_EACH_WORDS = Words(("mỗi môn", "mỗi bộ môn", "mỗi nội dung"))
_SPLIT = re.compile(r", | và ")
#: Who has how many of a number just told: ``MN 31, TH 38 và THCS 27``, ``Tân Lễ 2, Nam Hà: 1``.
_PART = re.compile(
    r"(?P<label>[^\d,;:()]{2,45}?) ?(?::|có|đạt|\()? ?(?P<n>\d{1,4})(?: ?/ ?\d{1,4})?"
    r"(?: (?:đ/c|em|giải|gv|người|học sinh|thầy cô|bài|sản phẩm|dự án|cô|trường|đơn vị))?\)?(?: ?\([\d,.]+ ?%)?"
)
#: By grade of pupils or kind of staff: ``lớp 6: 22, lớp 7: 17``, ``CBQL 52, giáo viên 116``.
_PART_OF_KIND = re.compile(
    r"(?P<label>(?:lớp|khối) \d{1,2}(?= ?:| có| đạt)|cbql|cán bộ quản lý|quản lý|giáo viên|gv|nhân viên|nv"
    r"|ban giám hiệu)"
    r" ?(?::|có|đạt)? ?(?P<n>\d{1,4})(?: (?:em|hs|học sinh|người|đ/c|đồng chí))?"
)
#: The same with the number in front: ``48 nhà giáo bậc mầm non, 81 nhà giáo bậc tiểu học``.
_PART_BEHIND = re.compile(r"(?P<n>\d{1,4}) (?P<label>[^\d,;:()]{2,45})")
_PARTS_OPEN = re.compile(
    r"(?: năm(?: học)? \d{4}(?: ?- ?\d{4})?)?(?: (?:[^\W\d_]+ ){0,2}[^\W\d_]+)?"
    r"(?:,? (?:tăng|giảm) [^.;:()]{2,50}?)?"
    r"(?: ?\([^()\d]{0,12}\d[\d,.]* ?%\)|(?:,? (?:bằng|đạt|chiếm|tỷ lệ|tỉ lệ)| [-–]) \d[\d,.]* ?%)?[,:.;]? ?"
    r"\(?(?:(?:tách|chia|tính|xét)? ?theo (?:từng )?(?:cấp|bậc)(?: học)?(?: thì|,|:)?(?= [^\W\d])"
    r"|trong (?:đó|danh sách này|số (?:này|đó))|gồm|bao gồm|cụ thể|chia ra)(?:,? (?:có|gồm))?:? "
    # "9 cô đạt GVDG tỉnh (mầm non 4, tiểu học 5)", "64 em đạt giải - tiểu học 38, THCS 26"
    r"|(?: (?:[^\W\d_]+ ){1,7}[^\W\d_]+(?= \())?(?: ?\((?:chiếm|đạt|tỷ lệ|tỉ lệ)?[ \d,.%]*\))?"
    r"(?: ?\(| ?[-:] |[.:] )(?=[^\W\d])",
    re.I,
)


@dataclass(frozen=True)
class Told:
    """A prize and who took how many of it; ``subject`` is what it was taken in, beside the contest."""

    atom: Atom
    winner: Winner | None
    count: int
    subject: str | None = None


def placed(context: Context, block: Block) -> Iterator[Told]:
    """The prizes of a block that are told with a name each, in the order of the text."""
    document = context.document
    if not holds(_ANY_AT, document.lower, block.body, block.end):
        return
    graded = len(places_of(_GRADE_AT, document.lower, block.body, block.end)) > 1
    for start, end in document.sentences(block) if graded else ():
        grades = places_of(_GRADE_AT, document.lower, start, end)
        closed = {match[0] for match in matches_from(_GRADE_CLOSES, grades, document.lower, start, end)}
        if len(closed) < 2 or _RANKING.search(document.lower, start, end):
            continue
        found, last = list(_PLACED.finditer(document.text, max(start, block.body), end)), start
        if len({match["grade"].lower() for match in found}) > 1 and len(found) > 1:
            for match in found:
                if _counts_prizes(context, match):
                    continue
                if match["grade"][0].isupper() and not _capital(document.text, start, match):
                    continue
                prize = Atom(match.start("grade"), match.end("grade"), "prize", _GRADES[match["grade"].lower()], 1)
                people = people_graded(context, max(start, block.body, last), match)
                last = match.end()
                yield from (Told(prize, one, 1) for one in people or [_winner(context, *match.span("who"))])
    yield from (Told(atom, winner, 1) for atom, winner in grade_rows(context, block))
    yield from (Told(atom, winner, 1) for atom, winner in in_turn(context, block))
    yield from (Told(a, _winner(context, *school), a.count or 1) for a, school in told_in_order(context, block))
    for atom, subject in graded_names(context, block):
        first = max((n.start for n in find_names(document, block.body, atom.start)), default=block.body)
        for start, end in _sharing(context, block, first):
            yield Told(atom, context.winner(start, end), 1, subject)
        yield Told(atom, context.winner(first, atom.start), 1, subject)
    for atom in context.atoms(block.body, block.end):
        if atom.count is None:
            yield from _named_with_counts(context, block, atom)
        else:
            yield from _bracketed_behind(context, block, atom)
            yield from _runners_up(context, block, atom)
            yield from _of_each_subject(context, block, atom)
            yield from _by_subject(context, block, atom)


#: A number before the word for a prize: ``CĐCS A 2 giải ba``.
_NUMBERED = re.compile(r" \d{1,2}$")


def _counts_prizes(context: Context, match: re.Match[str]) -> bool:
    """Whether the number behind a name counts its prizes and is no part of the name of a school."""
    if not _NUMBERED.search(match["who"]) or "giải" not in match.group(0)[len(match["who"]) :]:
        return False
    return all(school.ordinal is None for _, _, school in context.schools_in(*match.span("who")))


def _capital(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a grade in capitals stands right behind the whole of a name: not ``Mầm non thị trấn A Nhì``."""
    opens = _ITEM_OPENS.search(text, start, match.start()) is not None
    return opens and not _VERB.search(text, match.start(), match.start("grade"))


#: What opens a list of names that share one grade: a label or the line itself.
_LIST_OPENS = re.compile(r"(?:[:;]|^)[ *+•-]*(?:(?:các )?(?:em|cô|thầy) )?$", re.M)
_LIST_GOES_ON = re.compile(r"(?:, | và )(?:(?:em|cô|thầy) )?")


def _sharing(context: Context, block: Block, at: int) -> list[tuple[int, int]]:
    """The names of a list before the one at a position, whose grade they share: ``Đẩy gậy: A, B - HCĐ``."""
    document = context.document
    shared: list[tuple[int, int]] = []
    for name in reversed(find_names(document, block.body, at)):
        if not _LIST_GOES_ON.fullmatch(document.lower, name.end, at):
            break
        shared.insert(0, (name.start, name.end))
        at = name.start
    return shared if shared and _LIST_OPENS.search(document.lower, block.start, at) else []


#: A further name with its number behind one whose brackets say what is counted: ``A (96 em đạt giải), B (89), C (83)``.
_BRACKETED = re.compile(rf"\)?(?:,| và|, và) (?P<who>{_WHO}|{_ONE_WORD}) \((?P<n>\d{{1,4}})\)")


def _bracketed_behind(context: Context, block: Block, atom: Atom) -> Iterator[Told]:
    """The names that follow a bracketed count with their bare numbers in brackets."""
    text, position = context.document.text, atom.end
    if not atom.who or not text.startswith(")", position - text[atom.start : atom.end].endswith(")")):
        return
    while match := _BRACKETED.match(text, position, block.end):
        part = Atom(match.start("who"), match.end("n"), atom.kind, atom.prize, int(match["n"]), None, atom.who)
        yield Told(part, _winner(context, *match.span("who")), int(match["n"]))
        position = match.end()


_AND_THEN = r"(?:kế đến|kế tiếp|kế là|tiếp theo|tiếp đến|tiếp sau|sau đó|rồi đến|theo sau|xếp sau)(?: đó)?"
#: Up to the next body of a row, of which only a number of people is told: ``kế đến là Tân Lễ có 9 em; Nam Hà 7 em``.
_NEXT_BODY = re.compile(
    rf"(?:(?:[;,]|,? và)(?: (?:còn )?{_AND_THEN}(?: là|:)?| là)?|\. {_AND_THEN}(?: là|:))"
    r"(?: (?:các |đơn vị |trường(?! (?:tiểu|mầm|trung|thcs|thpt|th|mn|mẫu)(?!\w)) ))* ?"
)
_HAS = re.compile(
    r":?(?: (?:cũng |chỉ )?(?:có|đạt|với|được))? ?\(?(?P<n>\d{1,3}) (?:em|học sinh|hs|giáo viên|gv|thí sinh)\)?"
    r"(?=[,;.…)]| và |$| \()",
    re.M,
)
_PEOPLE = ("em", "học sinh", "hs", "giáo viên", "gv", "thí sinh")
#: The grades of the number before: ``26 em (6 HC Vàng, 10 HC Bạc)``.
_GRADES_ASIDE = re.compile(r" ?\([^()\n]{3,160}\)")


def _runners_up(context: Context, block: Block, atom: Atom) -> Iterator[Told]:
    """The bodies that follow one whose winners are counted, each with a bare number of people."""
    document, position = context.document, atom.end
    if atom.who is None and atom.prize == "giai" and atom.kind == "prize":
        yield from _further_shares(context, block, atom)
    if atom.who not in _PEOPLE:
        return
    while True:
        aside = _GRADES_ASIDE.match(document.lower, position, block.end)
        gap = _NEXT_BODY.match(document.lower, aside.end() if aside else position, block.end)
        body = _body_at(context, gap.end(), block.end) if gap else None
        has = _HAS.match(document.lower, body.end, block.end) if body else None
        if body is None or has is None:
            return
        part = Atom(body.start, has.end("n"), atom.kind, atom.prize, int(has["n"]), None, atom.who)
        yield Told(part, body, int(has["n"]))
        position = has.end()


#: Between one share of a total and the next, which is told by its number alone.
_NEXT_SHARE = re.compile(r"(?: ?\([^()\d]{2,30}\))?(?:;|,) (?:và )?")
_BARE_SHARE = re.compile(rf"(?P<who>{_WHO}):? (?P<n>\d{{1,3}})(?= ?[,;.]| và |$)(?![.,]\d)", re.M)


def _further_shares(context: Context, block: Block, atom: Atom) -> Iterator[Told]:
    """The shares behind that of one school, by bare numbers: ``riêng A 15 giải (dẫn đầu); B 9, C 8``."""
    position = atom.end
    if not _SHARE_BEFORE.search(context.document.text, max(block.body, atom.start - 40), atom.start):
        return
    while gap := _NEXT_SHARE.match(context.document.lower, position, block.end):
        share = _BARE_SHARE.match(context.document.text, gap.end(), block.end)
        if share is None:
            return
        part = Atom(*share.span(), atom.kind, atom.prize, int(share["n"]))
        yield Told(part, _winner(context, *share.span("who")), int(share["n"]))
        position = share.end()


#: The name right before a share.
_SHARE_BEFORE = re.compile(rf"(?<!\w)[{CAPITAL}][^\W\d_]*(?: \d)?:? (?:có |đạt |với )?$")


def _body_at(context: Context, start: int, end: int) -> Winner | None:
    """The school or the body of a place whose name begins at a position."""
    schools = context.schools_in(start, min(end, start + _LONGEST_NAME))
    if schools and schools[0][0] == start:
        return _winner(context, *schools[0][:2])
    named = _WHO_AT.match(context.document.text, start, end)
    return _winner(context, *named.span()) if named else None


#: The number of those counted is no part of the name.
_WHO_AT = re.compile(rf"{_WHO}(?! (?:em|học sinh|hs|giáo viên|gv|thí sinh)(?!\w))(?!\w)")
#: Characters of the name of a school.
_LONGEST_NAME = 90


def _winner(context: Context, start: int, end: int) -> Winner:
    """Who a name is: a school of the report or the body of a place."""
    document = context.document
    schools = context.schools_in(start, end)
    if not schools and addressed(document.lower, start):
        return Winner(start, end, document.value(start, end), None, None)
    school = schools[0][2] if schools else context.school_at(start, end)
    spelling = document.value(start, end)
    return Winner(start, end, None, school, spelling if school else None, None if school else spelling)


def _named_with_counts(context: Context, block: Block, atom: Atom) -> Iterator[Told]:
    """``Có giải nhất là A, B (mỗi đơn vị có 7 giải), C (3)``: those before a number have so many each."""
    text = context.document.text
    opening = _NAMES_FOLLOW.match(text, atom.end, block.end)
    position = opening.end() if opening else atom.end
    told: list[Told] = []
    while opening and (match := _COUNTED.match(text, position, block.end)):
        at = match.start("names")
        for name in _SPLIT.split(match["names"]):
            at = text.index(name, at)
            told.append(Told(atom, _winner(context, at, at + len(name)), int(match["n"])))
            at += len(name)
        gap = _NEXT.match(text, match.end(), block.end)
        position = gap.end() if gap else match.end()
    if len(told) > 1:
        yield from told


def _of_each_subject(context: Context, block: Block, atom: Atom) -> Iterator[Told]:
    text = context.document.text
    start, _ = context.document.sentence_at(atom.start)
    each = holds(_EACH_WORDS, context.document.lower, max(start, block.body), atom.start)
    match = _EACH.search(text, max(start, block.body), atom.start) if each else None
    names = _SPLIT.split(match["list"]) if match else []
    if not any(name.isupper() for name in names):
        yield from (Told(atom, None, atom.count or 1, f"môn {name}") for name in names)


#: ``10 HC Vàng thuộc về các môn: Sinh học 3 HC, Toán và Hóa học mỗi môn 2 HC``.
_SUBJECTS_FOLLOW = re.compile(r" ?(?:thuộc về|gồm|ở|chia cho)?(?: các)? ?(?:bộ )?môn(?: học)? ?:? ?", re.I)
_SUBJECT = rf"[{CAPITAL}][^\W\d_]*(?: (?!mỗi)[^\W\d_]+){{0,2}}?"
_OF_SUBJECT = re.compile(
    rf"(?P<names>{_SUBJECT}(?:(?:, | và ){_SUBJECT})*)(?P<each>,? mỗi (?:bộ )?môn)?:? "
    r"(?P<n>\d{1,3})(?: (?:HC|giải|huy chương|em))?"
)


def _by_subject(context: Context, block: Block, atom: Atom) -> Iterator[Told]:
    """The parts by subject into which a number is taken apart right behind it, where they make the number."""
    text = context.document.text
    opening = _SUBJECTS_FOLLOW.match(text, atom.end, block.end)
    position = opening.end() if opening else atom.end
    told: list[Told] = []
    while opening and (match := _OF_SUBJECT.match(text, position, block.end)):
        names = _SPLIT.split(match["names"])
        if len(names) > 1 and not match["each"]:
            return
        part = Atom(match.start(), match.end(), atom.kind, atom.prize, int(match["n"]))
        told += [Told(part, None, int(match["n"]), f"môn {name}") for name in names]
        gap = _NEXT.match(text, match.end(), block.end)
        position = gap.end() if gap else match.end()
    if len(told) > 1 and sum(one.count for one in told) == atom.count:
        yield from told


def parts_of(context: Context, position: int, limit: int, total: int) -> list[tuple[int, int, int, Winner | None]]:
    """The parts into which a number is taken apart by school or level right behind it: range, count and school.

    ``trong đó MN 31, TH 38 và THCS 27`` of 96; [] where they are no such list or do not make the number.
    """
    document = context.document
    opening = _PARTS_OPEN.match(document.text, position, limit)
    if opening is None:
        return []
    for signs in (".;\n", ".\n"):  # the parts may themselves be parted by semicolons
        stop = min((p for sign in signs if (p := document.text.find(sign, opening.end(), limit)) >= 0), default=limit)
        if (parts := _parts_in(context, opening.end(), stop)) and _make(parts, total, opening.group(0)):
            return parts
    return []


def _make(parts: list[tuple[int, int, int, Winner | None]], total: int, opening: str) -> bool:
    """Whether parts make a number; ``trong đó`` may name only some of the schools that have a part in it."""
    told = sum(number for _, _, number, _ in parts)
    some = "trong đó" in opening.lower() and all(school for _, _, _, school in parts)
    return told == total or (some and told < total)


def _parts_in(context: Context, first: int, stop: int) -> list[tuple[int, int, int, Winner | None]]:
    """The parts by school or level that a range lists; [] where it lists anything else."""
    document = context.document
    parts: list[tuple[int, int, int, Winner | None]] = []
    for start, end in context.items(first, stop):
        start += len(document.text[start:end]) - len(document.text[start:end].lstrip())
        part = document.text[start:end].rstrip(" ).").lower()
        kind = _PART_OF_KIND.fullmatch(part)
        match = kind or _PART.fullmatch(part) or _PART_BEHIND.fullmatch(part)
        if match is None:
            return []
        label = start + match.start("label"), start + match.end("label")
        levels = find_levels(document.text, document.lower, *label)
        schools = context.schools_in(start, end)
        school = schools[0][2] if schools else context.school_at(*label)
        if school is None and not levels and kind is None:
            return []
        winner = Winner(*label, None, school, document.value(*label)) if school else None
        parts.append((start, start + match.end(), int(match["n"]), winner))
    return parts if len(parts) > 1 else []
