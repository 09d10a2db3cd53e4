"""Lists announced by a number: ``có 9 trường (MN An Hòa, TH Bình Lâm, …)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractors._shared.view import lower
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.pieces import (
    INSTITUTION,
    NAMED_BODY,
    bodies,
    by_their_noun,
    chunks,
    people_in,
    sites,
    trimmed,
)
from extractors.relations.quantities import quantity
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.structure import Level, Segment
from extractors.relations.wording import forms_of
from schemas.relation import Relation

_REACH = 150
#: What has a place and no more than that for a name.
_OF_SITES = ("site", "school", "place")
_LISTED = {"pupil", "staff", "person", "school", "site", "place", "cell", "prize", "topic", "any", "room"}
#: Behind "tiếp theo là" stand others than those counted.
_CUE = re.compile(
    r"(?<!\w)(?<!tiếp theo )(?<!kế đến )(?<!tiếp đến )(?<!sau đó )(?<!thứ nhì )(?<!thứ hai )"
    r"(?:đó là|gồm có|bao gồm|gồm|là)(?!\w)"
    r"(?: (?:các|những) (?:thầy,? cô(?: giáo)?|thầy giáo|cô giáo|thầy|cô|em|cháu|đồng chí|đ/c|nhà giáo|bạn)(?= ?:))?"
    r"\s*:?\s*"
)
#: Behind a comma "là" has a subject of its own: ``cử 5 thầy cô, phụ trách là thầy Ninh``.
_OTHER_SUBJECT = re.compile(r",[^,]*[^\W\d_][^,]*$")
#: Words that say of the names behind a colon that they are those counted.
_NAMED_THERE = re.compile(
    r"(?<!\w)(?:(?:nêu|kể|ghi|gọi|xướng|có|mang|là) tên|danh sách|gồm(?: các)?(?: có)?)(?: [^\W\d_]+){0,3}\s*:\s*"
)
_PREFIX = re.compile(
    r"(?:(?:và|các|trường|tiểu học|mầm non|mẫu giáo|trung học cơ sở|trung học phổ thông|thcs|thpt|xã|phường|"
    r"thị trấn|huyện|thôn|ấp|buôn|bản|làng|xóm|khóm|khu phố|tổ dân phố|đội|của|tổ|tập thể|câu lạc bộ|em|cháu|học sinh|"
    r"đồng chí|đ/c|thầy giáo|cô giáo|thầy|cô|ông|bà|giáo viên|chi bộ|đơn vị|cụm|số \d+ xã|số \d+|\d)\s+)*",
    re.I,
)
_NAME = re.compile(
    rf"(?:[{UPPER}][{UPPER}{LOWER}.&'’-]*|\d{{1,2}}|xã|số|thị trấn)(?: (?:[{UPPER}][{UPPER}{LOWER}.&'’-]*|"
    rf"\d{{1,2}}(?!\w)|(?:xã|thị trấn|chuyên|dân lập|tư thục|nội trú|bán trú|liên cấp)(?= [{UPPER}])|số(?= \d)))*"
)
_SYLLABLE = rf"[{UPPER}](?:['’][{UPPER}])?[{LOWER}]"
_PERSON = re.compile(rf"{_SYLLABLE}+(?: {_SYLLABLE}*)+(?= ?[,(–-]|\s*$)")
_TWO_NAMES = re.compile(
    rf"(?:[{UPPER}][{LOWER}]+ ){{2,}}?[{UPPER}][{LOWER}]* ?[-–] ?(?:[{UPPER}][{LOWER}]+ ){{2,}}?[{UPPER}][{LOWER}]*"
)
_ETC = re.compile(r"…|\.\.\.|v\.v|(?<!\w)(?:khác|vân vân)(?!\w)")
#: ``9 giáo viên (6 Toán, 3 Tin học)`` adds up, it does not list.
_COUNTS = re.compile(r"\d+ \w")
_LABEL = re.compile(rf"^\s*(?:cấp |bậc |khối )?(?:[{UPPER}]\w*|mầm non|tiểu học|thcs)(?: \w+){{0,3}}\s*:\s*", re.I)
#: Others, counted and named by themselves: ``và 1 dự khuyết là bà Mơ``.
_OTHERS_NAMED = re.compile(
    r"và (?:một|hai|ba|\d+) (?:[^\W\d_]+ ){1,5}(?:là|:|gồm) (?:(?:ông|bà|thầy|cô|em|đồng chí|đ/c|cháu) )"
)
_COUNTED = re.compile(
    r"(?<!\w)và (?:một(?! số)|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|các|những|nhiều|một số|\d+) (?!\d)[^\W\d_]"
)


def find_lists(reading: Reading, level: Level) -> Iterator[Relation]:
    """Counts followed by the names of the things counted, in parentheses, after a colon or after ``đó là``.

    ``exhaustive`` is None where the names cannot be told apart for sure, False where the text
    says that they are examples.
    """
    for inner in level.walk():
        for segment in inner.segments:
            counted = [of_title(reading, amount) for amount in segment.amounts]
            amounts = [a for a in counted if usable(a) and a.of is None and a.family in _LISTED]
            named = labelled(reading, segment)
            bracketed = [named] if named is not None and usable(named) and named.family in _LISTED else []
            for amount in amounts[-1:] or bracketed:
                yield from _list(reading, inner, segment, amount)


#: Holders of a title that are counted by it.
_OF_TITLE = re.compile(
    r" (?:chiến sĩ thi đua|cstđ|cstđcs|lao động tiên tiến|lđtt|gvdg|gvg|hsg|gvcn giỏi|tổng phụ trách(?: giỏi)?|"
    r"lao động giỏi|chiến sĩ nhỏ|cháu ngoan bác hồ)(?!\w)"
)


def of_title(reading: Reading, amount: Amount) -> Amount:
    """A count of those who hold a title, told by the title alone: ``7 CSTĐ cơ sở``; any other amount as it is."""
    if amount.family is not None or amount.percent:
        return amount
    title = _OF_TITLE.match(reading.lower, amount.end)
    return replace(amount, family="person", unit="người", unit_end=title.end()) if title is not None else amount


def labelled(reading: Reading, segment: Segment) -> Amount | None:
    """The count alone in parentheses right before a colon: ``Thành viên (8 trường): THPT Phù Lỗ, …``."""
    for group in segment.groups:
        inside = [amount for part in group.segments for amount in part.amounts]
        if reading.text.startswith("):", group.end) and len(inside) == 1:
            return inside[0] if inside[0].of is None else None
    return None


def _list(reading: Reading, level: Level, segment: Segment, amount: Amount) -> Iterator[Relation]:
    place = _list_range(reading, level, segment, amount)
    if place is None:
        return
    start, end, closed = place
    names, clean = _names(reading, start, end, closed)
    if not closed and _parted(reading, level, amount):
        names = list(trimmed(reading, chunks(reading, start, end, ";")))
        clean = not any(_TWO_BODIES.search(reading.text, *n) or _COUNTED.search(reading.lower, *n) for n in names)
    elif not closed and reading.text[end : end + 1] == ";" and _more_follow(reading, end, level.end):
        clean = False  # more follow, told by another sign
    if clean and amount.family in PEOPLE and any(INSTITUTION.fullmatch(reading.text, *name) for name in names):
        clean = False  # 4 đại biểu: Phòng Nội vụ, Đảng ủy xã, …: where they are from
    if clean and amount.family in PEOPLE and not _are_people(reading, names):
        clean = False  # 6 giáo viên dạy chuyên (Nhạc, Họa): what they teach, or where they are from
    last = _sentence_stop(reading, level, start) if not closed else end
    found = bodies(reading, start, last) or people_in(reading, start, last)
    found = found or by_their_noun(reading, start, end, amount.unit or "?")
    found = found or (sites(reading, start, last) if amount.family in _OF_SITES else [])
    if found := found or by_their_noun(reading, start, end, (amount.unit or "?").split()[0]):
        names, clean = found, True
    # Numbers inside make it a sum of parts, one name may stand for several things, and what follows one is said of it.
    if (
        len(names) < 2
        or (amount.value == 1 and not _are_schools(reading, names))
        or any(usable(a) and start <= a.start < names[-1][1] for later in level.segments for a in later.amounts)
        or all(_COUNTS.match(reading.text, first, last) for first, last in names)
        or all(reading.text[last - 1].isdigit() for _, last in names)  # An Hòa 2, Bình Lâm 1: these may be counts
        or any(not re.search(r"[^\W\d_]", reading.text[first:last]) for first, last in names)
    ):
        return
    before = reading.terms("rel_some", max(amount.end, amount.unit_end), start)
    clean = clean and not (closed and _goes_on_behind(level, segment, end))
    examples = bool(before) or _ETC.search(reading.lower, names[0][0], end) is not None
    yield Relation(
        kind="list",
        whole=quantity(reading, amount, segment, last=start),
        parts=tuple(reading.thing(*span) for span in names),
        exhaustive=False if examples else (True if clean else None),
        cue=reading.text[max(amount.end, start - 12) : start].strip(),
    )


def _more_follow(reading: Reading, start: int, end: int) -> bool:
    return _PERSON.match(reading.text, start + 2) is not None or _goes_on(reading, start, end)


def _are_people(reading: Reading, names: list[tuple[int, int]]) -> bool:
    """Whether most of several names can be those of people, no subjects and no peoples."""
    return sum(reading.lower[slice(*name)].strip(" .") in _no_people() for name in names) * 2 < len(names)


@cache
def _no_people() -> frozenset[str]:
    return frozenset(forms_of("no_person"))


def _list_range(reading: Reading, level: Level, segment: Segment, amount: Amount) -> tuple[int, int, bool] | None:
    """Where the names may stand: (start, end, whether a parenthesis closes them)."""
    for group in segment.groups:
        if group.start <= amount.start < group.end:
            return group.end + 2, _sentence_stop(reading, level, group.end), False
        if group.start > amount.end and group.start - amount.end <= _REACH:
            if _tells_names(reading, amount.end, group.start):
                break  # là cô K'Liên (MN Hoa Đào), …: what a bracket says of the first of them
            first = group.segments[0]
            if any(part.amounts for part in group.segments) or first.start == group.end:
                return None
            cue = _CUE.match(reading.lower, group.start, group.end)  # (gồm Lan, Huệ, …)
            return cue.end() if cue else group.start, group.end, True
    index = level.segments.index(segment)
    after = level.segments[index + 1] if index + 1 < len(level.segments) else None
    if after is not None and after.separator == ":" and after.groups and not after.amounts:
        group = after.groups[0]  # Tổng số 14 giáo viên: (Hưng, Hậu, …)
        if not reading.text[amount.unit_end : group.start].strip(" :(") and not any(p.amounts for p in group.segments):
            return group.start, group.end, True
    stop, parted = level.end, _parted(reading, level, amount)
    for later in level.segments[index + 1 :]:
        if later.separator == "." or (later.separator == ";" and not parted):
            stop = later.start - 1
            break
    if index + 1 < len(level.segments) and level.segments[index + 1].separator == ":":
        start = level.segments[index + 1].start
        return (start, stop, False) if start - amount.end <= _REACH else None
    if (named := _NAMED_THERE.search(reading.lower, amount.end, min(stop, amount.end + _REACH))) is not None:
        between = reading.lower[amount.end : named.start()]
        if not re.search(r"[\d;]|trong đó", between):
            return named.end(), stop, False
    # A comma before the cue belongs to another clause, unless the cue itself comes soon.
    following = (a.start for later in level.segments[index:] for a in later.amounts if a.start > amount.end)
    limit = min(stop, amount.end + _REACH, next(following, stop))
    for match in _CUE.finditer(reading.lower, amount.end, limit):
        between = reading.lower[amount.end : match.start()]
        if between.count(";") or (match[0].startswith("là") and _OTHER_SUBJECT.search(between)):
            continue  # có 15 đồng chí, Chủ tịch là đồng chí An
        return match.end(), stop, False
    return None


def _parted(reading: Reading, level: Level, amount: Amount) -> bool:
    """Whether semicolons part what is listed behind the next colon: ``6 trường đạt chuẩn, gồm: MN A; TH B; TH C``."""
    colon = reading.text.find(":", amount.end, min(level.end, amount.end + _REACH))
    counted = [a for s in level.segments for a in s.amounts if amount.end <= a.start < colon]
    if colon < 0 or counted or re.search(r"[.;]", reading.text[amount.end : colon]):
        return False
    pieces = reading.text[colon + 1 : _sentence_stop(reading, level, colon)].rstrip(" .").split(";")
    return len(pieces) > 2 and all(_PIECE.fullmatch(piece) for piece in pieces)


def _tells_names(reading: Reading, start: int, end: int) -> bool:
    """Whether words that open a list stand before a bracket and a name between them and it."""
    cue = next(_CUE.finditer(reading.lower, start, end), None)
    if cue is None:
        return False
    named = _PERSON.match(reading.text, cue.end(), end + 1)
    return named is not None or _PERSONAL.search(reading.text, cue.end(), end) is not None


#: Somebody with a word that people have before their names.
_PERSONAL = re.compile(rf"(?<!\w)(?:[Cc]ô|[Tt]hầy|[Ôô]ng|[Bb]à|[Ee]m|[Đđ]/c|[Đđ]ồng chí|[Cc]háu) [{UPPER}]")


#: A piece that names two bodies before it says where they are: ``Trường A, Trường B (huyện …)``.
_TWO_BODIES = re.compile(
    rf", (?:và )?(?:[Ôô]ng|[Bb]à|[Tt]hầy|[Cc]ô|[Ee]m|[Đđ]/c|[Đđ]ồng chí|[Tt]rường|TH|THCS|THPT|MN|[Tt]iểu học|"
    rf"[Mm]ầm non|[Xx]ã|[Pp]hường) [{UPPER}TtMm]"
)


def _goes_on_behind(level: Level, segment: Segment, end: int) -> bool:
    """Whether ``và`` joins a second bracket to the one of a list: ``dạy chuyên (Nhạc, Họa) và tự chọn (Tin)``."""
    index = level.segments.index(segment) + 1
    after = level.segments[index] if index < len(level.segments) else None
    joined = after is not None and after.separator == "và" and bool(after.groups)
    return joined or any(group.start > end for group in segment.groups)


#: A school by its name alone.
_SCHOOL = re.compile(
    rf"(?:[Tt]rường )?(?:THPT|THCS|TH&THCS|TH|MN|PTDTNT|[Tt]iểu học|[Mm]ầm non)(?: [{UPPER}\d][\w&-]*)+"
)


def _are_schools(reading: Reading, names: list[tuple[int, int]]) -> bool:
    """Whether each of several names is that of a school: no place or head of the one before."""
    return all(_SCHOOL.fullmatch(reading.text, *name) for name in names)


#: A piece of a list between semicolons: a name of a few words, with a pupil's class or subject perhaps.
_JOINT = re.compile(r"(?:và|cùng) ")
_PIECE = re.compile(rf"\s*(?:và )?(?:(?:[Tt]rường|em|cô|thầy|ông|bà) )?[{UPPER}][^.;:\d]{{0,60}}(?:\([^()]*\))?\s*")


def _sentence_stop(reading: Reading, level: Level, start: int) -> int:
    """Where the sentence ends in which a list begins."""
    return next((s.start - 1 for s in level.segments if s.separator == "." and s.start > start), level.end)


def _names(reading: Reading, start: int, end: int, closed: bool) -> tuple[list[tuple[int, int]], bool]:
    """The names of a list and whether they were told apart for sure.

    An open list ends with the name after which the sentence goes on.
    """
    text = reading.text[start:end]
    labelled = (
        all(_LABEL.match(piece) for piece in text.split(";")) if ";" in text else bool(_LABEL.match(text) and closed)
    )
    mixed = ";" in text and "," in re.sub(r"\([^)]*\)", "", text) and not labelled
    names, institution = list[tuple[int, int]](), False
    by_semicolons = mixed and _starts_with_names(reading, start, end)
    mixed = mixed and not by_semicolons
    for first, last in chunks(reading, start, end, ";" if by_semicolons else ",;"):
        if labelled and (label := _LABEL.match(reading.text[first:last])):
            first += label.end()
        while first < last and reading.text[first] in " -":
            first += 1
        while last > first and reading.text[last - 1] in " .":
            last -= 1
        if joint := _JOINT.match(reading.lower, first, last):
            first = joint.end()
        if first >= last:
            return names, False
        if INSTITUTION.fullmatch(reading.text, first, last):
            names.append((first, last))
            institution = True
            continue
        if institution and not NAMED_BODY.match(reading.text, first, last):
            return names, False  # Trung tâm Văn hóa, Thông tin và Thể thao: the name goes on
        prefix = _PREFIX.match(reading.text, first, last)
        at = prefix.end() if prefix else first
        match = _NAME.match(reading.text, at, last)
        if match is None and prefix and prefix.end() > first and _NAME.match(reading.text, first, last):
            match = _NAME.match(reading.text, first, last)
        if match is None and _COUNTED.match("và " + reading.lower[first:last]):
            return names, len(names) > 1 and _OTHERS_NAMED.match("và " + reading.lower[first:last]) is not None
        if match is None:
            return names, not closed and bool(names) and not _goes_on(reading, last, end)
        rest = reading.text[match.end() : last].strip()
        if not closed and rest[:1].islower() and " " not in match.group(0) and at == first:
            return names, False  # an ordinary word that begins with a capital
        if _TWO_NAMES.fullmatch(reading.text, at, last):
            return names, False  # two people joined by a dash, or a person and where they are from
        names.append((first, last if closed else match.end()))
        if rest.startswith("(") and not closed and (note := re.match(r"\([^)]*\)\s*(?=[.\w])", rest)):
            rest = rest[note.end() :] or rest
            if rest.startswith("."):
                return names, True
        if rest and not rest.startswith(("(", "-", "–")):
            if closed:
                # A capital and small letters after it: a heading of its own, no proper name.
                continue
            if _COUNTED.match(lower(rest)):
                return names, _OTHERS_NAMED.match(lower(rest)) is not None
            return names, last == end or reading.text[last : last + 1] in ".;" or not _goes_on(reading, last, end)
    return names, not mixed


def _starts_with_names(reading: Reading, start: int, end: int) -> bool:
    """Whether every piece between semicolons begins with a name: ``Lò Văn A, Trưởng ban; Vì Thị B, Phó ban``."""
    pieces = list(chunks(reading, start, end, ";"))
    for first, last in pieces:
        while first < last and reading.text[first] in " -":
            first += 1
        prefix = _PREFIX.match(reading.text, first, last)
        if _PERSON.match(reading.text, prefix.end() if prefix else first, last) is None:
            return False
    return len(pieces) > 1


def names_in(reading: Reading, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """The names of an open list in a range of the view, and whether they were told apart for sure."""
    return _names(reading, start, end, False)


def _goes_on(reading: Reading, start: int, end: int) -> bool:
    """Whether more names follow a piece that broke off."""
    match = re.compile(rf"[,;]\s*(?:[{LOWER}]+ )*[{UPPER}][{LOWER}]+ [{UPPER}]").match(reading.text, start, end)
    return match is not None
