"""Which school level a number is of: its own words, its heads, the school whose report it is."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors._shared.document import Block, Document
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.scan import holds
from extractors._shared.view import CAPITAL


def level_of(
    document: Document,
    block: Block,
    phrase: tuple[int, int],
    before: tuple[int, int],
    sentence: tuple[int, int],
    default: str | None,
) -> str | None:
    """The school level of a number: of its phrase, of the words before it in its clause, of the block.

    A phrase that names several levels (``các trường Mầm non, Tiểu học và THCS``) has none. ``default``
    is the level of the school whose report it is, which a level said farther away does not change.
    """
    if default == "GDTX":
        return default
    entered = _entered(document, phrase, sentence[0])
    if entered and (not default or entered in default.split("&")):
        return entered
    for start, end in (phrase, before):
        found = _named(document, start, end)
        if found:
            return found[0] or None if len(set(found)) == 1 else None
        small = _SMALL.search(document.lower, start, end)
        if small and not default and (line := _GRADE_LINE.match(document.lower, sentence[0])):
            return level_of_class(int(line["grade"]))
        if small and (small["older"] or not _are_of_age(document.lower, sentence[0], end)):
            return "TH" if small["older"] and (small["entering"] or default != "MN") else "MN"
    if default and "&" not in default:
        return default
    part = _level_before(document, sentence, phrase[0])
    if part is not None:
        return part[0]
    own = None if default else document.level(block)
    if told := own or _level_spoken_of(document, block, sentence[0]):
        return told
    if default:  # a grade tells which part of the school is meant
        graded = {level_of_grade(document.lower[start:end]) for start, end in (phrase, before)} - {None}
        return graded.pop() if len(graded) == 1 else default
    return _level_around(document, block, phrase, before, sentence)


#: The first grade of a level that pupils enter, whatever they come from: ``học xong tiểu học vào lớp 6``.
#: The tenth only where they are taken on: how many leave for it tells of the lower secondary school.
_ENTERED_GRADE = re.compile(
    r"(?<!\w)(?:vào|lên|tuyển sinh|tuyển mới|trúng tuyển)(?: (?:học|mới|vào|học sinh|các lớp|đầu cấp))*"
    r"(?: khối| khối lớp| lớp)+ (?P<grade>1|6|(?<=tuyển lớp )10|(?<=sinh lớp )10|(?<=mới lớp )10)(?!\d|[/.,]\d| ?%)"
)
_OTHER_BETWEEN = re.compile(r"(?<![\d-])(?!20\d\d(?!\d))\d(?![\d-]* tuổi)| và $")
_FIRST_GRADES = ("lớp 1", "lớp 6", "khối 1", "khối 6")


def _entered(document: Document, phrase: tuple[int, int], start: int) -> str | None:
    """The level that those enter of whom a number tells: in its phrase, else before it in its clause.

    None where they enter none, and where another figure stands between; one in brackets tells of the one before.
    """
    if not holds(_FIRST_GRADES, document.lower, start, phrase[1]):
        return None
    match = _ENTERED_GRADE.search(document.lower, *phrase)
    if match is None:
        clause = max(start, *(document.text.rfind(sign, start, phrase[0]) + 1 for sign in (";", ", ")))
        match = next(iter(reversed([*_ENTERED_GRADE.finditer(document.lower, clause, phrase[0])])), None)
        aside = document.text[phrase[0] - 1] == "("
        if match is None or (not aside and _OTHER_BETWEEN.search(document.lower, match.end(), phrase[0])):
            return None
    return level_of_class(int(match["grade"]))


#: A line about one grade: ``Lớp 1: Số trẻ trong độ tuổi 1.345``.
_GRADE_LINE = re.compile(r"(?:[-+*•] ?)?(?:khối lớp|khối|lớp) (?P<grade>\d{1,2}) ?:")


def _level_before(document: Document, sentence: tuple[int, int], position: int) -> tuple[str | None] | None:
    """The level that the words before a number in its clause say; a tuple of None where they name several, None where
    they name none."""
    shared = _SHARED.search(document.lower, sentence[0], position)
    if shared and len(set(_named(document, *shared.span()))) > 1:
        return (None,)
    clause = max(
        sentence[0],
        document.text.rfind(";", sentence[0], position) + 1,
        document.text.rfind(":", sentence[0], position) + 1,
    )
    part = max(
        clause,
        document.text.rfind(", ", sentence[0], position) + 1,
        document.lower.rfind(" và ", sentence[0], position) + 1,
    )
    said = set(_named(document, part, position))
    if len(said) == 1 and not (part > clause and _ends_list(document, clause, part, position)):
        return (said.pop() or None,)  # "cấp THPT có 25 dự án/43 em, cấp THCS có 7 dự án/12 em"
    found = _named(document, clause, position)
    if not found and clause > sentence[0] and document.text[clause - 1] == ":":
        first = max(sentence[0], document.text.rfind(";", sentence[0], clause) + 1)
        labelled = set(_named(document, first, clause))
        if len(labelled) == 1 and not _FIGURE.search(document.text, first, clause):
            return (labelled.pop() or None,)  # "Phòng bộ môn THCS: 389 phòng/118 trường, đáp ứng 54,9%"
    if found:
        other = _OTHER_COUNT.search(document.lower, clause, position)
        return ((found[-1] or None) if len(set(found)) == 1 and not other else None,)
    colon = document.text.find(":", sentence[0], position)
    if colon > 0 and not _FIGURE.search(document.text, sentence[0], colon) and colon - sentence[0] < _LABEL:
        labelled = set(_named(document, sentence[0], colon))
        if len(labelled) == 1:
            return (labelled.pop() or None,)  # "Học lực THCS: Giỏi 12%; Khá 40%"
    return None


#: As long as the label of a line is.
_LABEL = 60


_FIGURE = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?! tuổi)(?![\w/-])")


def _ends_list(document: Document, start: int, part: int, end: int) -> bool:
    """Whether the level named behind a comma is the last of several: ``trường mầm non, tiểu học, THPT với 178 em``."""
    levels = _levels(document, start, end)
    pairs = ((one[1], two[0]) for one, two in pairwise(levels) if two[0] >= part)
    return any(_LISTS.fullmatch(document.lower, *between) for between in pairs)


_LISTS = re.compile(r"(?:,| và|, và) (?:(?:các|cấp|trường|trung tâm|ngành học|bậc) )*")


def _level_around(
    document: Document, block: Block, phrase: tuple[int, int], before: tuple[int, int], sentence: tuple[int, int]
) -> str | None:
    """The level that the words farther around a number give it: its sentence, its block's head, its subject."""
    for start in (sentence[0], block.body):
        near = start == sentence[0]
        named = _levels(document, start, phrase[0] if near else min(phrase[0], document.head(block)[1]))
        several = len({level for _, _, level in named}) > 1  # none of them is the subject of all
        said = {
            level
            for at, end, level in named
            if not (near and _is_of_clause_before(document, -_AT_HEAD if several else start, (at, end), phrase[0]))
            and not _CALLED.match(document.text, end)
            and not _COUNTED.search(document.text, max(start, at - 30), at)
        }
        if len(said) == 1:
            return said.pop()
    for start, end in (phrase, before):
        if own := level_of_grade(document.lower[start:end]):
            return own
    part = max(sentence[0], document.text.rfind(";", sentence[0], phrase[0]) + 1)
    return (
        level_of_grade(document.lower[part : phrase[1]])
        or _level_behind(document, phrase[1], sentence[1])
        or _level_of_subject(document, block, sentence[0], phrase[0])
    )


def _is_of_clause_before(document: Document, start: int, named: tuple[int, int], position: int) -> bool:
    """Whether a level is named in passing in a clause before that of a number: ``huy động nhà trẻ 35%; phòng học 90%``.

    The subject of the sentence and a label with a colon go on over a semicolon.
    """
    if ";" not in document.text[named[1] : position] or named[0] - start < _AT_HEAD:
        return False
    return ":" not in document.text[named[1] : named[1] + _AT_HEAD]


#: As far from its beginning the subject of a sentence may stand.
_AT_HEAD = 25


def _level_spoken_of(document: Document, block: Block, position: int) -> str | None:
    """The level with which the nearest sentence before in the block begins: ``Cấp THCS có …. Bỏ học 45 em``."""
    for start, _ in reversed(document.sentences(block)):
        if start < position and (match := _TOPIC_LEVEL.match(document.lower, start)):
            found = _named(document, match.start("level"), min(match.start("level") + 30, position))
            if found and found[0]:
                return found[0]
    return None


_TOPIC_LEVEL = re.compile(
    r"(?:ở |đối với |về )?(?:cấp|bậc|ngành học|giáo dục) (?:học )?(?P<level>mầm|tiểu|trung|th|mn)"
)


def _level_behind(document: Document, start: int, end: int) -> str | None:
    """The level of the school named at the end of a clause: ``6 phòng học, 1 bếp ăn tại Trường Mầm non …``."""
    stop = document.text.find(";", start, end)
    match = _WHERE.search(document.lower, start, end if stop < 0 else stop)
    found = _named(document, match.start(), min(match.end() + 30, end)) if match else []
    return (found[0] or None) if found else None


def _level_of_subject(document: Document, block: Block, start: int, position: int) -> str | None:
    """The level of the school that a sentence calls only ``trường``: that with which the block opens, else the last."""
    match = _BARE_SCHOOL.search(document.lower, start, position)
    if match is None:
        return None
    opening = document.lower.find("trường", block.body, block.body + _OPENING)
    named = [
        (at, level)
        for at, end, level in _levels(document, max(0, match.start() - _FAR), match.start())
        if level and _CALLED.match(document.text, end)
    ]
    if 0 <= opening < match.start() and (own := [level for at, level in named if 0 < at - opening < _NAME]):
        return own[0]
    return named[-1][1] if named else None


#: ``Hiện nay trường có 17 lớp``, ``nhà trường hiện có 36 giáo viên``.
_BARE_SCHOOL = re.compile(
    r"(?<!\w)(?<!các )(?<!\d )(?<!những )(?<!điểm )trường "
    r"(?:đã |hiện |hiện nay |nay |mới |chỉ |cũng |còn |luôn )*(?:có|gồm|với)(?!\w)"
)
#: How far before it the school may be named, how soon a block opens with one, how much of a name precedes its level.
_FAR, _OPENING, _NAME = 900, 12, 45
_WHERE = re.compile(r"(?<!\w)(?:tại|ở|của|cho) (?:các )?trường (?=\w)")
#: ``3 trường mầm non, 3 trường TH&THCS với 2.150 học sinh``: what all of a list have together.
_SHARED = re.compile(
    r"(?:\d{1,3} trường [^;:\d]{2,40}?(?:, | và ))+\d{1,3} trường [^;:\d]{2,40}?(?: \([^()]*\))? (?:với|cùng)"
    r"(?: (?:tổng số|trên|hơn|gần|khoảng))* $"
)
#: ``28 trường mầm non (…), 418 trường …``: a count of its own behind that of a level.
_OTHER_COUNT = re.compile(
    r"\d ?trường (?:mầm non|mn|tiểu học|th|thcs|thpt)[^\d]{0,40}(?:\([^()]*\))?, $|"
    r"\d (?:đơn vị|trường|cơ sở)[^;\d]{2,60}(?:và|,) \d+ trung tâm [^\d,;]{2,40},? (?:gồm|với|có)[^;]*$"
)
#: A level right behind a number is that number's: ``28 trường mầm non``.
_COUNTED = re.compile(r"(?<![\d.,-])(?<!- )\d{1,3}(?:[.,]\d+)? (?:[^\W\d_]+ (?:- )?){0,3}$")
#: A name behind a level makes it one school's.
_CALLED = re.compile(rf" (?:chuyên )?(?:[{CAPITAL}]|số \d)")
_CLASS = re.compile(
    r"(?<!\w)(?:(?<!vào )(?<!thi )(?:lớp|khối)(?: lớp)? (?P<grade>\d{1,2})(?![\d/]|[.,]\d| ?%)|"
    r"lớp (?P<first>một)(?!\w)|"
    r"k(?P<short>[1-9]|1[0-2])(?![\w/]|[.,]\d))"
)
_SMALL = re.compile(
    r"(?<!\w)(?:(?P<older>trẻ(?: em)? (?:từ )?(?:[6-9]|6 ?(?:-|–|đến) ?10) tuổi(?P<entering> (?:vào|học|ra) lớp)?)|"
    r"(?<!giáo viên )(?<!cán bộ )(?<!tuổi )(?<!người )(?<!hệ )trẻ"
    r"(?! em| mồ côi| khuyết tật| (?:trong )?(?:từ |độ tuổi )*(?:[6-9]|1\d)(?!\d))|"
    r"nhóm trẻ|bé ngoan|(?<!\d)(?:0|1|dưới) ?(?:- ?)?[2-6] tuổi|[345] tuổi)(?!\w)"
)
_AGE = re.compile(r"(?<![\d-])(?P<age>\d{1,2})(?: ?(?:-|–|đến) ?\d{1,2})? tuổi|độ tuổi (?:từ )?(?P<from>\d{1,2})")
_AT_SCHOOL = 6


def _are_of_age(lowered: str, start: int, end: int) -> bool:
    """Whether the age named last is one at which children go to school: their level is that of what they do there."""
    if not holds(("tuổi",), lowered, start, end):
        return False
    ages = [int(match["age"] or match["from"]) for match in _AGE.finditer(lowered, start, end)]
    return bool(ages) and ages[-1] >= _AT_SCHOOL


_SMALL_WORDS = ("trẻ", "bé ngoan", "tuổi")


def level_of_grade(lowered: str) -> str | None:
    """The level of the one grade named in a text (``lớp 9``), or of the small children spoken of."""
    classes = _CLASS.finditer(lowered) if "lớp" in lowered or "k" in lowered else ()
    levels = {level_of_class(int(match["grade"] or match["short"] or 1)) for match in classes} - {None}
    if len(levels) == 1:
        return levels.pop()
    small = _SMALL.search(lowered) if not levels and holds(_SMALL_WORDS, lowered, 0, len(lowered)) else None
    if small and not small["older"] and _are_of_age(lowered, 0, len(lowered)):
        return None
    return ("TH" if small["older"] else "MN") if small else None


_NATIONAL = re.compile(r"(?<!\w)(?:học sinh giỏi|hsg)(?: cấp)? quốc gia(?! tiểu học| lớp [1-9](?!\d)| thcs)")


def level_of_contest(document: Document, phrase: str, start: int, position: int) -> str | None:
    """The level of the grade for which the contest is that an indicator names: ``dự thi học sinh giỏi lớp 9``."""
    if _NATIONAL.search(phrase.lower()):
        return "THPT"  # Thông tư 17/2023/TT-BGDĐT: the national selection is for pupils of upper secondary schools
    if " dự thi " not in phrase:
        return None
    said = document.lower[start:position]
    return level_of_grade(said if "lớp" in said else phrase.lower())


def level_at_contest(document: Document, phrase: str, level: str | None) -> str | None:
    """The level of those whom a school of several sends to a contest that the title says is for one grade.

    ``14`` of ``TH&THCS Vân Sa`` below ``Kỳ thi chọn học sinh giỏi lớp 9`` are of ``THCS``; else ``level`` itself.
    """
    if level is None or "&" not in level or _AT_CONTEST.search(phrase.lower()) is None:
        return level
    titles = (document.lower[each.start : each.end] for each in document.blocks if each.kind == "title")
    graded = level_of_grade(" ".join(titles))
    return graded if graded in level.split("&") else level


_AT_CONTEST = re.compile(r"(?<!\w)(?:dự thi|tham gia|thí sinh|đạt giải|đoạt giải|giải)(?!\w)")


def tells_of_inhabitants(phrase: str) -> bool:
    """Whether an indicator tells of those who live in a place, which has no school level: ``Tỷ lệ hộ nghèo``."""
    return _INHABITANTS.match(phrase.lower()) is not None


_INHABITANTS = re.compile(
    r"(?:(?:tổng số|tổng|số|t[ỷỉ] lệ|mật độ) )*(?:thu nhập|hộ(?! khẩu)|dân số|dân cư|nhân khẩu|khẩu|"
    r"dân(?! tộc| lập)|thôn|ấp|buôn|tổ dân phố|diện tích tự nhiên)(?!\w)(?!.*(?:trường|lớp|học sinh|trẻ|giáo viên))"
)


def level_of_class(grade: int) -> str | None:
    """The level of a grade of general education; None beyond the twelfth."""
    return "TH" if grade <= 5 else "THCS" if grade <= 9 else "THPT" if grade <= 12 else None


_ENTERED = re.compile(
    r"(?<!\w)(?:vào|lên|tuyển sinh|đỗ(?! tốt nghiệp)|trúng tuyển|học nghề)(?! [\w ,]{0,30}sau )[\w ,]{0,30} $"
)


def _named(document: Document, start: int, end: int) -> list[str]:
    """The levels named in a range, without the one that pupils go on to (``thi vào trường THPT``) and those that
    have a figure of their own in brackets (``68.747 HS (hệ GDPT 68.652 HS và hệ GDTX 95 HS)``)."""
    return [
        _SEVERAL if _GENERAL.match(document.lower, stop) else level
        for at, stop, level in _levels(document, start, end)
        if not _ENTERED.search(document.lower, max(start, at - 34), at)
        and not ((aside := _BRACKET_BEFORE.search(document.text, start, at)) and _counts(document, aside.start(), end))
    ]


#: A level told with all others: ``trường mầm non, phổ thông``.
_GENERAL = re.compile(r"(?:,| và| -) (?:giáo dục |trường )?phổ thông(?! (?:trung|cơ sở|dân tộc|có))")
_SEVERAL = ""
#: A bracket that is still open.
_BRACKET_BEFORE = re.compile(r"\([^()]*$")


def _counts(document: Document, start: int, end: int) -> bool:
    """Whether a figure stands between a position and the end of its bracket."""
    close = document.text.find(")", start, end)
    return re.search(r"\d", document.text[start : end if close < 0 else close]) is not None


def _levels(document: Document, start: int, end: int) -> list[tuple[int, int, str]]:
    """The levels named in a range; ``TH&THCS`` is one."""
    return levels_in(document.text, document.lower, start, end)


def levels_in(text: str, lowered: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The levels named in a range of a text, with where they stand; ``TH&THCS`` is one."""
    found = [
        (
            at,
            stop,
            join_levels([level, "THCS" if level == "TH" else "THPT"]) or level
            if text[stop : stop + 3] == "&TH"
            else level,
        )
        for at, stop, level in find_levels(text, lowered, start, end)
    ]
    for index in range(len(found) - 1, 0, -1):
        (at, stop, level), (again, last, other) = found[index - 1 : index + 1]
        if lowered[stop:again] in _JOINS and _OF_SEVERAL.search(lowered, max(0, at - _REACH_OF_KIND), at):
            found[index - 1 : index + 1] = [(at, last, join_levels([level, other]) or level)]
    return found


#: Kinds of schools that have several levels each: ``trường PTDTBT tiểu học và THCS``, ``trường liên cấp TH, THCS``.
_OF_SEVERAL = re.compile(
    r"(?<!\w)(?:(?:pt ?)?(?:dân tộc|dt) ?(?:bán trú|nội trú|bt|nt)|liên cấp|nhiều cấp học)"
    r"(?: ?\([^()]{2,10}\))?(?: (?:cấp|bậc|gồm|có))* ?$"
)
_JOINS = frozenset({" và ", "-", " - ", "&", " & ", ", ", " + ", "+"})
_REACH_OF_KIND = 40
