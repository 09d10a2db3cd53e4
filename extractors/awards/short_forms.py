"""Grades without the word for a prize: ``2 nhất, 3 nhì``, ``Nhất: 2; Nhì: 3``, ``5 Vàng, 3 Bạc``, ``(5V, 4B, 2Đ)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors._shared.scan import Words, holds, matches_from, places_of
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import MEDALS, PLACE, Atom, graded
from extractors.awards.contest_names import contests_in
from extractors.awards.roman_rows import ROMAN, roman_rows

#: Whom a number behind a grade counts.
_WINNERS = r"(?:em|hs|học sinh|thí sinh|đ/c|đồng chí|giáo viên|gv|người|đội|cô|bài|tiết mục|dự án|sản phẩm)(?!\w)"
_BARE = re.compile(
    r"(?<![\w.,])(?<!\d/)(?<!tổ )(?<!lớp )(?<!khối )(?<!nhóm )(?P<n>\d{1,4})"
    rf"(?:(?: {_WINNERS})? (?P<grade>nhất|nhì|ba|khuyến khích|kk)|(?P<grade2>kk))"
    r"(?= ?(?:[,;:.)(+/\n-]|và |$)| (?:xếp|đứng|cấp|môn|toàn đoàn|cá nhân|đồng đội|tập thể|trên|trong)(?!\w)"
    r"| \d{1,3} (?:nhất|nhì|ba|khuyến khích|kk)(?!\w))",
    re.M,
)
_AFTER = re.compile(
    rf"(?<!\w)(?:(?:giải )?(?P<grade>{PLACE}) ?[:=] ?|giải (?P<grade2>{PLACE}) |giải (?P<grade3>[abc]) ?[:=] ?)"
    r"(?P<n>\d{1,4})(?! ?%| ?(?:triệu|nghìn|ngàn|đồng|trđ?|đ|vnđ)(?!\w)| giải (?:nhất|nhì|ba|tư|khuyến|kk))"
    rf"(?P<noun> giải| {_WINNERS})?(?!\w|[.,]\d)"
)
# ``Nhất 06, Nhì 15, Ba 24``: grades with their numbers, several in a row.
_PLAIN = re.compile(
    rf"(?<!\w)(?<!giải )(?<!thứ )(?<!hạng )(?P<grade>{PLACE}) (?P<n>\d{{1,4}})(?: {_WINNERS})?"
    r"(?= ?(?:[,;.)(]| và | - |$))(?!\.\d)",
    re.M,
)
#: ``Thí sinh nhỏ tuổi nhất: …`` is no grade.
_MOST = ("hay", "tuổi", "đẹp", "tốt", "cao", "sắc", "biểu", "nhiều", "nhanh", "trẻ")
_NOT_MOST = "".join(f"(?<!{word} )" for word in _MOST)
# ``Nhất: Long Điền; Nhì: …``, ``Ba - THCS Mường Tạ``: a grade as a label before its winners.
_LABEL = re.compile(
    rf"(?<!\w)(?<!giải )(?<!thứ )(?<!hạng ){_NOT_MOST}(?P<grade>{PLACE})"
    r"(?: (?:bộ )?môn [^,;:.()\d\n]{2,30}?| toàn đoàn| đồng đội)?"
    r"(?: ?(?::|-) ?| (?:thuộc về|(?<!nhất )là)(?: các)? )(?=[^\W\d])"
)
# ``nhất Trường THCS A, nhì THCS B``: bare grades before those who won them, two or more in a row.
_GRADE_BEFORE = re.compile(
    rf"(?<!\w)(?<!giải )(?<!thứ )(?<!hạng )(?<!lần )(?<!là )(?<!hợp )(?<!thống )(?<!hợp nhất )(?<!thống nhất )"
    rf"(?<!sáp nhập )(?P<grade>{PLACE})"
    r"(?= (?:(?:(?:các|hai|ba) (?=em|cô|trường|lớp|đội))?"
    r"(?:trường|lớp|chi đội|tổ|nhóm|thcs|thpt|th|tiểu học|mầm non|mn|mẫu giáo|mg|cđcs|ptdt\w*|em|đội|đơn vị|xã"
    r"|phường|cô|thầy|thị trấn"
    r"|(?:huyện|quận|thị xã|thành phố)(?! (?:môn|bộ môn|khối|lớp|năm|nội dung|về|ở|tại)(?!\w))|phòng gd&đt|công đoàn"
    r"|liên đội|chi đoàn|câu lạc bộ|clb)"
    r"(?: |&)[^,;.()]{2,50}(?:[,;.(]| và |$)|\d{1,2}[a-eđ][\d.]{0,2}(?:[,;.(]| và |$)))",
    re.M,
)
#: A bare grade before the name of a person.
_BEFORE_NAME = re.compile(
    rf"(?<!\w)(?i:{PLACE}) [{CAPITAL}][^\W\d_]* [{CAPITAL}][^\W\d_]*(?: [{CAPITAL}][^\W\d_]*){{0,3}}(?= ?[(,;.]| và )"
)
#: A bare grade before the part of a contest in which it was won: ``…: nhất phần thi kể chuyện, nhì toàn đoàn``.
_OF_PART = re.compile(rf"(?<!\w)(?P<grade>{PLACE})(?= (?:phần thi|nội dung|phần) (?!này|đó|trên)[^\W\d_])")
#: Bare grades of those who competed by sex or number: ``Giải bóng chuyền: Nhất nam, Nhì nữ``.
_OF_SIDE = re.compile(
    rf"(?<!\w)(?P<grade>{PLACE})(?= (?:(?:đơn|đôi|đội|đồng đội|toàn đoàn) )?(?:nam nữ|nam|nữ)(?: ?[,;.)]| và |$))", re.M
)
#: Where an item of a list begins, behind whose sign a bare grade goes on the row of prizes.
_ITEM_BEGINS = re.compile(r"(?:[,;:(] ?(?:và |còn |đồng )?| và (?:đồng )?)$")
_METAL_LABEL = re.compile(r"(?P<metal>vàng|bạc|đồng) ?(?::|-) ?(?=[^\W\d])")
_BARE_MEDAL = re.compile(
    r"(?<![\w/.,])(?P<n>\d{1,4}) (?P<metal>Vàng|Bạc|Đồng|vàng|bạc|đồng)"
    r"(?= ?(?:[,;:.)+]|và |[-–] \d|$)| \d{1,3} (?:[Vv]àng|[Bb]ạc|[Đđ]ồng)(?!\w))",
    re.M,
)
# ``đồng hạng ba: A, B``, ``giải đồng hạng 3 thuộc về C``: a grade that several share, beside other prizes.
_SHARED = re.compile(r"(?<!\w)(?:giải )?đồng hạng (?P<grade>nhì|ba|tư|[23])(?!\w)")
#: A consolation prize is one wherever it is counted: ``1 KK``, ``3 em khuyến khích``.
_CONSOLED = re.compile(r"kk|khuyến khích")
#: A count that is all that a label tells: ``Viết đúng viết đẹp: 01 nhì``, ``Khoa học kỹ thuật: 1 nhất (THCS A)``.
_LONE = re.compile(r": \d{1,2} (?:nhất|nhì|ba)(?= ?[,;.(\n]|$)", re.M)
_PRIZE_WORD = re.compile(r"(?<!\w)giải(?!\w)")
_GIAI_AT = Words(("giải",))
_PRECIOUS_AT = Words(("vàng", "bạc"))
_SHARED_AT = Words(("giải đồng hạng", "đồng hạng"))


def short_forms(
    text: str,
    lowered: str,
    start: int,
    end: int,
    numbers: list[int],
    places: list[int],
    *,
    in_context: bool,
    medals: bool,
) -> Iterator[Atom]:
    """Grades without the word for a prize: ``2 nhất, 3 nhì``, ``Nhất: 2; Nhì: 3``, ``5 Vàng, 3 Bạc``."""
    prizes = places_of(_GIAI_AT, lowered, start, end)
    in_context = in_context or any(_PRIZE_WORD.match(lowered, place, end) for place in prizes)
    begins = sorted((*places, *prizes))
    listed = matches_from(_AFTER, begins, lowered, start, end)
    if len(listed) == 1 and listed[0]["grade2"] and not listed[0]["noun"]:
        listed = []  # one number behind a grade may be anything
    alone = len(listed) == 1 and listed[0].start() == start and not lowered[listed[0].end() : end].strip(" .;,")
    metals = _metals(text, lowered, start, end, numbers, medals=medals)
    # "02 Vàng, 05 Bạc, 11 KK": the honourable mentions of those who won no medal
    in_context = in_context or bool(metals)
    bare = matches_from(_BARE, numbers, lowered, start, end)
    if bare and not in_context:  # "nhất Vũ Thị A (TH B); 05 ba"
        named = matches_from(_BEFORE_NAME, places, text, start, end)
        in_context = any(_begins_item(lowered, start, m.start()) for m in named) or _behind_contest(
            lowered, start, bare
        )
    plain = matches_from(_PLAIN, places, lowered, start, end)
    labels = matches_from(_LABEL, places, lowered, start, end)
    # "Nhất: em A; Nhì: em B; KK: 06 em": counts beside the names of others
    counted = bool(labels) and all(match["noun"] for match in listed)
    told = in_context or any(_CONSOLED.search(match.group(0)) for match in bare)
    told = told or any(_LONE.search(lowered, max(start, m.start() - 2), m.end() + 3) for m in bare)
    for found, enough in ((bare, told), (listed, in_context or alone or counted), (plain, bool(listed))):
        if enough or len(found) > 1:
            yield from (graded(match) for match in found)
    # One label alone counts where it opens its block: ``- Nhì: Tống Hải Phong (THCS Cao Xá)``.
    shared = matches_from(_SHARED, places_of(_SHARED_AT, lowered, start, end), lowered, start, end)
    if prizes or labels:
        yield from (replace(graded(m), label=True) for m in shared)
    row = len(labels) + len(listed) > 1
    yield from (
        replace(graded(m), label=True)
        for m in labels
        if row or m.start() == start or ((in_context or len(bare) > 1) and _begins_item(lowered, start, m.start()))
    )
    before = matches_from(_GRADE_BEFORE, places, lowered, start, end)
    if in_context:
        yield from (replace(graded(m), label=True) for m in before if _begins_item(lowered, start, m.start()))
    parts = matches_from(_OF_PART, places, lowered, start, end)
    yield from (graded(m) for m in parts if _begins_item(lowered, start, m.start()))
    sides = matches_from(_OF_SIDE, places, lowered, start, end)
    yield from (replace(graded(m), count=1) for m in sides if _begins_item(lowered, start, m.start()))
    if len({m["grade"] for m in before}) > 1:
        yield from (replace(graded(m), label=True) for m in before)
        if not prizes and not labels:
            yield from (replace(graded(m), label=True) for m in shared)
    elif not prizes and (row or in_context):
        yield from (replace(graded(m), label=True) for m in shared)
    elif len(before) == 1 and not in_context:
        # "Khối THPT: Nhất Trường THPT A.": what a label tells, and nothing else
        yield from (replace(graded(m), label=True) for m in before if _IS_TOLD.fullmatch(lowered, start, m.start()))
    if (medal := _METAL_LABEL.match(lowered, start, end)) is not None:
        yield Atom(start, medal.end(), "medal", MEDALS[medal["metal"]], None, label=True)
    if holds(_SHORT_WORDS, lowered, start, end) and _SHORT_GUARD.search(lowered, start, end):
        yield from _by_letters(lowered, start, end)
    if holds(_ROMAN_AT, lowered, start, end) and ROMAN.search(lowered, start, end):
        yield from roman_rows(lowered, start, end)
    yield from metals


def _behind_contest(lowered: str, start: int, found: list[re.Match[str]]) -> bool:
    """Whether a bare count ends the clause of a contest: ``IOE thành phố 4 Ba;``."""
    for match in found:
        first = max(lowered.rfind(sign, start, match.start()) + 1 for sign in ";:.,")
        clause = contests_in(lowered, max(first, start), match.end())
        if any(one.start() < match.start() <= one.end() and _CLOSES.match(lowered, match.end()) for one in clause):
            return True
    return False


_CLOSES = re.compile(r" ?(?:[;.]|$)", re.M)


def _metals(text: str, lowered: str, start: int, end: int, numbers: list[int], *, medals: bool) -> list[Atom]:
    """Metals with a bare number before each: ``5 Vàng, 3 Bạc``; ``medals``: such are told elsewhere in the range."""
    if not holds(_PRECIOUS_AT, lowered, start, end):
        return []
    found = matches_from(_BARE_MEDAL, numbers, text, start, end)
    if medals:
        found = [m for m in found if m["metal"].lower() != "đồng" or len(m["n"]) <= _FEW]
    if sum(m["metal"].lower() != "đồng" for m in found) <= (0 if medals else 1):
        return []
    return [Atom(m.start(), m.end(), "medal", MEDALS[m["metal"].lower()], int(m["n"])) for m in found]


#: What labels one result: the schools or groups that competed.
_IS_TOLD = re.compile(r"[ *+•-]*(?:khối|cấp|bậc|bảng|nhóm|cụm|môn|nội dung|giải) [^,;:.()]{1,40}: ?")
#: Digits of a number that, where medals are told, counts bronze ones and is no money.
_FEW = 2


def _begins_item(lowered: str, start: int, at: int) -> bool:
    """Whether an item of a list begins at a position: behind a sign or ``và``."""
    return _ITEM_BEGINS.search(lowered, max(start, at - 9), at) is not None


#: Metals told by letters: ``11 HC (5V, 4B, 2Đ)``.
_LETTERS = re.compile(r"(?<![\w/.,])(?<!lớp )(?P<n>\d{1,3}) ?(?P<metal>[vbđ])(?=[,;.)+ –-]|$)")
_SHORT_WORDS = Words(("v,", "v;", "v)", "v+", "v ", "v-", "v–"))
_SHORT_GUARD = re.compile(r"\d ?v(?=[,;)+ –-])")
_ROMAN_AT = Words(("ii:", "ii :", "i:", "i :", "ii ", "ii,", "ii;", "ii)", "ii="))


def _by_letters(lowered: str, start: int, end: int) -> Iterator[Atom]:
    """Medals told by letters, two or more in a row."""
    metals = list(_LETTERS.finditer(lowered, start, end))
    letters = {m["metal"] for m in metals}
    of_medals = len(letters) > 1 and re.search(r"(?<!\w)(?:hc|huy chương)(?!\w)", lowered[start:end])
    if of_medals or len(letters) == len("vbđ"):
        yield from (Atom(m.start(), m.end(), "medal", MEDALS[m["metal"]], int(m["n"])) for m in metals)
