"""Lists announced by a number: ``có 9 trường (MN An Hòa, TH Bình Lâm, …)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors._shared.view import lower
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.structure import Level, Segment
from extractors.relations.wording import forms_of
from schemas.relation import Relation

_REACH = 150
_LISTED = {"pupil", "staff", "person", "school", "site", "place", "cell", "prize", "topic", "any", "room"}
#: Behind "tiếp theo là" stand others than those counted.
_CUE = re.compile(
    r"(?<!\w)(?<!tiếp theo )(?<!kế đến )(?<!tiếp đến )(?<!sau đó )(?<!thứ nhì )(?<!thứ hai )"
    r"(?:đó là|gồm có|bao gồm|gồm|là)(?!\w)\s*:?\s*"
)
_POST_BEFORE = re.compile(
    r",[^,]*(?<!\w)(?:chủ tịch|bí thư|trưởng|phó|giám đốc|hiệu trưởng|thư ký|ủy viên|chủ nhiệm)(?!\w)[^,]*$"
)
_PREFIX = re.compile(
    r"(?:(?:và|các|trường|tiểu học|mầm non|mẫu giáo|trung học cơ sở|trung học phổ thông|thcs|thpt|xã|phường|"
    r"thị trấn|huyện|thôn|ấp|buôn|bản|làng|xóm|khóm|khu phố|tổ dân phố|đội|em|cháu|học sinh|"
    r"đồng chí|đ/c|thầy giáo|cô giáo|thầy|cô|ông|bà|giáo viên|chi bộ|đơn vị|cụm|số \d+ xã|số \d+|\d)\s+)*",
    re.I,
)
_NAME = re.compile(
    rf"(?:[{UPPER}][{UPPER}{LOWER}.&-]*|\d{{1,2}}|xã|số|thị trấn)(?: (?:[{UPPER}][{UPPER}{LOWER}.&-]*|"
    rf"\d{{1,2}}(?!\w)|xã(?= [{UPPER}])|số(?= \d)|thị trấn(?= [{UPPER}])))*"
)
_PERSON = re.compile(rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]*)+(?= ?[,(–-]|\s*$)")
_TWO_NAMES = re.compile(
    rf"(?:[{UPPER}][{LOWER}]+ ){{2,}}?[{UPPER}][{LOWER}]* ?[-–] ?(?:[{UPPER}][{LOWER}]+ ){{2,}}?[{UPPER}][{LOWER}]*"
)
_AND_NAME = re.compile(
    rf" và (?=(?:(?:trường|xã|thị trấn|em|đồng chí|đ/c|thầy|cô|tiểu học|mầm non|thcs)\s+)*[{UPPER}])", re.I
)
_ETC = re.compile(r"…|\.\.\.|v\.v|(?<!\w)(?:khác|vân vân)(?!\w)")
#: ``9 giáo viên (6 Toán, 3 Tin học)`` adds up, it does not list.
_COUNTS = re.compile(r"\d+ \w")
_LABEL = re.compile(rf"^\s*(?:cấp |bậc |khối )?(?:[{UPPER}]\w*|mầm non|tiểu học|thcs)(?: \w+){{0,3}}\s*:\s*", re.I)
_COUNTED = re.compile(r"(?<!\w)và (?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|các|những|nhiều|một số|\d+) (?!\d)[^\W\d_]")
_KEPT = re.compile(
    r"tiểu học và (?:trung học cơ sở|thcs)|(?:trung học cơ sở|thcs) và (?:trung học phổ thông|thpt)|"
    r"giáo dục và đào tạo|văn hóa và thể thao|kế hoạch và đầu tư|tài nguyên và môi trường",
    re.I,
)


def find_lists(reading: Reading, level: Level) -> Iterator[Relation]:
    """Counts followed by the names of the things counted, in parentheses, after a colon or after ``đó là``.

    ``exhaustive`` is None where the names cannot be told apart for sure, False where the text
    says that they are examples.
    """
    for inner in level.walk():
        for segment in inner.segments:
            amounts = [a for a in segment.amounts if usable(a) and a.of is None and a.family in _LISTED]
            for amount in amounts[-1:] or _labelled(reading, segment):
                yield from _list(reading, inner, segment, amount)


def _labelled(reading: Reading, segment: Segment) -> list[Amount]:
    """The count alone in parentheses right before a colon: ``Thành viên (8 trường): THPT Phù Lỗ, …``."""
    for group in segment.groups:
        inside = [amount for part in group.segments for amount in part.amounts]
        if reading.text.startswith("):", group.end) and len(inside) == 1:
            return [a for a in inside if usable(a) and a.of is None and a.family in _LISTED]
    return []


def _list(reading: Reading, level: Level, segment: Segment, amount: Amount) -> Iterator[Relation]:
    place = _list_range(reading, level, segment, amount)
    if place is None:
        return
    start, end, closed = place
    names, clean = _names(reading, start, end, closed)
    if not closed and _by_semicolons(reading, level, level.segments.index(segment) + 1):
        names = list(_trimmed(reading, _chunks(reading, start, end, ";")))
        clean = not any(_TWO_BODIES.search(reading.text, *name) for name in names)
    elif not closed and reading.text[end : end + 1] == ";" and _more_follow(reading, end, level.end):
        clean = False  # more follow, told by another sign
    if clean and amount.family in PEOPLE and not _are_people(reading, names):
        clean = False  # 6 giáo viên dạy chuyên (Nhạc, Họa): what they teach, or where they are from
    if bodies := _bodies(reading, start, _sentence_stop(reading, level, start) if not closed else end):
        names, clean = bodies, True
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
    before = reading.terms("rel_some", amount.end, start)
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
            first = group.segments[0]
            if any(part.amounts for part in group.segments) or first.start == group.end:
                return None
            return group.start, group.end, True
    index = level.segments.index(segment)
    after = level.segments[index + 1] if index + 1 < len(level.segments) else None
    if after is not None and after.separator == ":" and after.groups and not after.amounts:
        group = after.groups[0]  # Tổng số 14 giáo viên: (Hưng, Hậu, …)
        if not reading.text[amount.unit_end : group.start].strip(" :(") and not any(p.amounts for p in group.segments):
            return group.start, group.end, True
    stop = level.end
    for later in level.segments[index + 1 :]:
        if later.separator == "." or (later.separator == ";" and not _by_semicolons(reading, level, index + 1)):
            stop = later.start - 1
            break
    if index + 1 < len(level.segments) and level.segments[index + 1].separator == ":":
        start = level.segments[index + 1].start
        return (start, stop, False) if start - amount.end <= _REACH else None
    # A comma before the cue belongs to another clause, unless the cue itself comes soon.
    following = (a.start for later in level.segments[index:] for a in later.amounts if a.start > amount.end)
    limit = min(stop, amount.end + _REACH, next(following, stop))
    for match in _CUE.finditer(reading.lower, amount.end, limit):
        between = reading.lower[amount.end : match.start()]
        if between.count(";") or (match[0].startswith("là") and _POST_BEFORE.search(between)):
            continue  # có 15 đồng chí, Chủ tịch là đồng chí An
        return match.end(), stop, False
    return None


#: A piece that names two bodies before it says where they are: ``Trường A, Trường B (huyện …)``.
_TWO_BODIES = re.compile(
    rf", (?:và )?(?:[Tt]rường|TH|THCS|THPT|MN|[Tt]iểu học|[Mm]ầm non|[Xx]ã|[Pp]hường) [{UPPER}TtMm]"
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
_PIECE = re.compile(rf"\s*(?:và )?(?:(?:[Tt]rường|em|cô|thầy|ông|bà) )?[{UPPER}][^.;:\d]{{0,60}}(?:\([^()]*\))?\s*")


def _by_semicolons(reading: Reading, level: Level, index: int) -> bool:
    """Whether the segments from one behind a colon on are names between semicolons: ``8 tổ: Toán; Hóa; Sinh``."""
    if index >= len(level.segments) or level.segments[index].separator != ":":
        return False
    start = level.segments[index].start
    stop = next((s.start - 1 for s in level.segments[index + 1 :] if s.separator == "."), level.end)
    pieces = reading.text[start:stop].rstrip(" .").split(";")
    return len(pieces) > 2 and all(_PIECE.fullmatch(piece) for piece in pieces)


#: A body of a list by its kind and name and nothing else: ``THPT Gia Lương``, ``Trung tâm GDNN-GDTX Gia Lương``.
_NAMED_BODY = re.compile(
    rf"(?:[Tt]rường )?(?:THPT|THCS|TH&THCS|TH|MN|MG|PTDTNT|PTDTBT|[Tt]iểu học|[Mm]ầm non|[Tt]rung tâm|[Cc]hi bộ|"
    rf"[Cc]hi đoàn|[Tt]hị trấn|[Xx]ã|[Pp]hường)(?: [{UPPER}\d][\w&-]*)+(?: [-–](?: [{UPPER}][\w-]*)+)?"
)


def _bodies(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of a list with semicolons and other joints mixed, where each is the name of a body; none where not.

    Semicolons may part groups whose place follows the last of each: ``TH A và TH B - An Hòa; TH C - Bình Lâm``.
    """
    text = reading.text[start:end]
    if ";" not in text or not ("," in text or _AND_NAME.search(text)):
        return []
    pieces = list(_trimmed(reading, _chunks(reading, start, end, ",;")))
    pieces = [(first + 3 * reading.lower.startswith("và ", first), last) for first, last in pieces]
    return pieces if all(_NAMED_BODY.fullmatch(reading.text, *piece) for piece in pieces) else []


def _sentence_stop(reading: Reading, level: Level, start: int) -> int:
    """Where the sentence ends in which a list begins."""
    return next((s.start - 1 for s in level.segments if s.separator == "." and s.start > start), level.end)


def _trimmed(reading: Reading, pieces: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pieces of a list without blanks and the full stop at their ends."""
    for first, last in pieces:
        while first < last and reading.text[first] == " ":
            first += 1
        while last > first and reading.text[last - 1] in " .":
            last -= 1
        if last > first:
            yield first, last


def _chunks(reading: Reading, start: int, end: int, signs: str) -> Iterator[tuple[int, int]]:
    """The pieces between separators that stand outside parentheses."""
    text, depth, first = reading.text, 0, start
    ands = {m.start(): m.end() for m in _AND_NAME.finditer(text, start, end)}
    kept = [m.span() for m in _KEPT.finditer(text, start, end)]
    position = start
    while position < end:
        char = text[position]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif (depth == 0 and char in signs) or (
            depth == 0 and position in ands and not any(a <= position < b for a, b in kept)
        ):
            yield first, position
            first = position + 1
        position += 1
    yield first, end


def _names(reading: Reading, start: int, end: int, closed: bool) -> tuple[list[tuple[int, int]], bool]:
    """The names of a list and whether they were told apart for sure.

    An open list ends with the name after which the sentence goes on.
    """
    text = reading.text[start:end]
    labelled = (
        all(_LABEL.match(piece) for piece in text.split(";")) if ";" in text else bool(_LABEL.match(text) and closed)
    )
    mixed = ";" in text and "," in re.sub(r"\([^)]*\)", "", text) and not labelled
    names: list[tuple[int, int]] = []
    by_semicolons = mixed and _starts_with_names(reading, start, end)
    mixed = mixed and not by_semicolons
    for first, last in _chunks(reading, start, end, ";" if by_semicolons else ",;"):
        if labelled and (label := _LABEL.match(reading.text[first:last])):
            first += label.end()
        while first < last and reading.text[first] in " -":
            first += 1
        while last > first and reading.text[last - 1] in " .":
            last -= 1
        if reading.lower.startswith("và ", first):
            first += 3
        if first >= last:
            return names, False
        prefix = _PREFIX.match(reading.text, first, last)
        at = prefix.end() if prefix else first
        match = _NAME.match(reading.text, at, last)
        if match is None and prefix and prefix.end() > first and _NAME.match(reading.text, first, last):
            match = _NAME.match(reading.text, first, last)
        if match is None and _COUNTED.match("và " + reading.lower[first:last]):
            return names, False
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
                return names, False
            return names, last == end or reading.text[last : last + 1] in ".;" or not _goes_on(reading, last, end)
    return names, not mixed


def _starts_with_names(reading: Reading, start: int, end: int) -> bool:
    """Whether every piece between semicolons begins with a name: ``Lò Văn A, Trưởng ban; Vì Thị B, Phó ban``."""
    pieces = list(_chunks(reading, start, end, ";"))
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
