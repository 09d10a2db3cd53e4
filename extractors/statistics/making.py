"""The indicator of a number: its noun, what is said of it, and its subject, made one phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors._shared.document import Block, Document
from extractors._shared.numbers import Number
from extractors.statistics.amounts import amount
from extractors.statistics.compact import closely, deed, join, says, whence, without_documents
from extractors.statistics.labels import before_bracket, group_of, head_of_list, told_before, total_wording, with_group
from extractors.statistics.measures import ALWAYS, each_of, entrants, is_staff, measure, members, staff
from extractors.statistics.naming import ADJECTIVES, is_level_label
from extractors.statistics.parallel import in_row
from extractors.statistics.phrase import (
    QUANTIFIER,
    after_phrase,
    before_phrase,
    head_phrase,
    last_clause,
    shared_tail,
    strip_time,
    words,
)
from extractors.statistics.wording import grade_of, graded, noun, with_level, with_pupils, with_subject


@dataclass(frozen=True)
class Measured:
    """A number and what is known of it before its indicator is worded.

    ``unit`` is the counted noun, ``unit_range`` where it stands behind the number (None where it was
    said before); ``parent`` is the indicator of the whole of which the number is said to be a part,
    ``previous`` that of the number before it, ``sign`` that of a change,
    ``subject`` the noun that the numbers of the block count until another is named, ``alike`` the
    indicator of the last number of the same unit in the block.
    """

    number: Number
    unit: str | None
    unit_end: int
    unit_range: tuple[int, int] | None
    parent: str | None
    previous: str | None
    level: str | None
    sign: int = 0
    subject: str | None = None
    alike: str | None = None


def indicator(document: Document, block: Block, sentence: tuple[int, int], measured: Measured) -> str:
    """The noun phrase that a number measures: the counted noun, what is said of it, and its subject."""
    number = measured.number
    if measured.unit == "đồng":
        return _worded(document, block, sentence, measured)
    group = group_of(document, block, sentence, number.start)
    counted = measured.unit_end if measured.unit_range else None
    label = "" if measured.sign else total_wording(document, sentence[0], number, measured.unit, counted)
    if label:
        return with_pupils(with_group(label, group))
    return with_pupils(with_group(_worded(document, block, sentence, measured), group))


def _worded(document: Document, block: Block, sentence: tuple[int, int], measured: Measured) -> str:
    number = measured.number
    start, stop = after_phrase(document, measured.unit_end, sentence[1])
    if whole := _OF_WHOLE.match(document.lower, start, stop):
        start = whole.end()  # "18 đảng viên trên tổng số 20 đảng viên được triệu tập"
    echoes = (
        measured.previous is not None and number.percent and _ECHO.search(document.lower, sentence[0], number.start)
    )
    if (match := QUANTIFIER.match(document.lower[start:stop])) and not echoes:
        start += match.end()
    behind = document.value(start, stop) if document.text[start:stop].strip() else ""
    each = each_of(document, measured.unit_end)
    behind = "" if each or behind.startswith("/") else behind
    whole_behind, behind = behind, closely(behind, whole=not number.percent)
    if not behind and (quoted := _QUOTED.match(document.text, measured.unit_end, sentence[1])):
        behind = quoted["name"]
    first, last = before_phrase(document, block, sentence[0], number.start)
    ahead = without_documents(document.value(first, last)) if last > first else ""
    if not behind and measured.unit_range and not strip_time(ahead):
        behind = whence(whole_behind)
    if measured.previous and _rises_to(document, sentence, measured, behind):
        return measured.previous
    if measured.previous and _goes_on(document, sentence, measured, behind):
        return _of_base(measured.previous, behind) if not measured.sign else _changed(measured.previous, measured.sign)
    before = document.lower[sentence[0] : number.start]
    if measured.previous is None and (counted := _echoed(document, sentence, number, behind)):
        return _of_base(counted, behind)
    if measured.previous and measured.unit_range is None and not behind and _SERIES.search(before):
        return measured.previous
    if measured.previous and not behind and _ANOTHER_YEAR.search(document.lower, sentence[0], number.start):
        return measured.previous
    if measured.previous and not behind and (averaged := _AVERAGED.search(before)):
        return f"{measured.previous} {document.value(sentence[0] + averaged.start(1), sentence[0] + averaged.end(1))}"
    if measured.sign:
        return _of_change(document, block, sentence, measured, (ahead, behind))
    if not behind and measured.unit_range and (told := told_before(document, sentence, number, measured.unit_range)):
        return told
    if not behind and (row := in_row(document, number, strip_time(ahead), measured.alike)):
        return row
    bare = not behind or measured.unit_range is None
    label = (
        re.sub(r" ?[:,]? ?(?:SL|TL|sl|tl|tỷ lệ|số lượng):?$", "", document.value(max(first, last - 60), last))
        if last > first
        else ""
    )
    if bare and (grade := grade_of(label)) and measured.unit != "đồng":
        rest = label[: len(label) - len(grade)].strip()
        if not (_PERSON.search(rest) and len(rest.split()) > 4):
            unit = measured.unit if measured.unit not in (None, "%") and measured.unit not in _CLASSIFIERS else None
            return with_level(graded(document, block, last - len(grade), grade, unit), measured.level)
    if measured.unit == "đồng":
        told = strip_time(ahead)
        phrase = amount(document, block, number.start, (told, whole_behind, each), measured.parent, measured.previous)
    elif own := _own_wording(document, block, sentence, measured, (strip_time(ahead), behind, each)):
        phrase = own
    else:
        phrase = _assemble(document, block, sentence, measured, (ahead, behind, stop))
    phrase = _YEAR_TAIL.sub("", phrase) or phrase
    return with_level(with_subject(phrase), measured.level)


#: A name in quotation marks right behind the noun: ``11 căn "Mái ấm công đoàn"``.
_QUOTED = re.compile(r" ?[\"“«](?P<name>[^\"”»\n]{3,45})[\"”»]")


def _own_wording(
    document: Document,
    block: Block,
    sentence: tuple[int, int],
    measured: Measured,
    around: tuple[str, str, str],
) -> str:
    """The indicator of what has a wording of its own: areas, points, votes, entrants; "" for all else."""
    if measured.unit is None or measured.number.percent:
        return ""
    ahead, behind, each = around
    if own := measure(document, sentence, measured.number.start, measured.unit, (deed(ahead), behind, each)):
        return own
    average = "bình quân" in document.lower[max(sentence[0], measured.number.start - 14) : measured.number.start]
    if each and (average or isinstance(measured.number.value, float)) and measured.unit_range:
        return f"{noun(measured.unit)} bình quân mỗi {each.strip('/ ')}"
    position = measured.number.start
    if measured.unit.lower() in ALWAYS and document.text[position - 1] == "(":
        label = before_bracket(document, sentence[0], position - 1)
        return f"{noun(measured.unit)} dự thi {label}" if label else ""
    if (words(behind) < 4 or behind.lower().startswith(("đi thi", "dự thi", "tham gia", "tham dự"))) and (
        own := entrants(document, block, sentence, measured.number.start, measured.unit, f"{ahead} {behind}")
    ):
        return own
    if measured.unit_range and (body := members(measured.unit, ahead, behind)):
        return body
    counted = document.value(*measured.unit_range).lower() if measured.unit_range else ""
    if counted in _CLASSIFIERS and not behind and not measured.parent:
        return staff(document, block, ahead)
    return ""


def _rises_to(document: Document, sentence: tuple[int, int], measured: Measured, behind: str) -> bool:
    """Whether a number is another value of the one before: ``nâng tổng số lên 58 trường``, ``từ 9 lên 11``."""
    if behind and words(behind) > 2 and not _TIMES.match(behind.lower()):
        return False
    same = not measured.unit_range or noun(measured.unit or "").split()[0] in (measured.previous or "").lower().split()
    return same and _RISES.search(document.lower, sentence[0], measured.number.start) is not None


_TIMES = re.compile(r"(?:đầu|cuối|của|hồi|vào|trong)? ?(?:năm|nhiệm kỳ|kỳ|học kỳ|tháng)(?!\w)")
_RISES = re.compile(
    r"(?<!\w)(?:(?:nâng|đưa)(?: tổng)?(?: số)?(?: \w+){0,6} lên(?: thành)?|so với|"
    r"từ \d[\d.,]*(?: ?%| \w+){0,3}(?: \([^()]*\))? (?:lên|xuống|còn)) $"
)
#: The same thing as an average: ``có 3.600 học viên, bình quân mỗi năm là 720 người``.
_AVERAGED = re.compile(
    r"[,;] ((?:bình quân|trung bình)(?: (?:mỗi|một|hằng|hàng))? năm)(?: (?:là|có|được|khoảng|hơn))* $"
)
#: Nothing but a sign or link between a figure and the one before: ``71%, 73,5% rồi 76,6%``, ``9,7% -> 3,8%``.
_SERIES = re.compile(r"\d ?%?(?:(?:,|;| ->| -| –)?(?: (?:và|rồi|lên|xuống|còn|rồi lên|rồi xuống|rồi còn))?) $")
#: The same thing counted for another year: ``năm học 2020-2021: 22 em``.
_ANOTHER_YEAR = re.compile(
    r"[,;(] ?(?:năm(?: học)? (?:19|20)\d\d(?: ?- ?20\d\d)?|(?:cuối|đầu) (?:năm|kỳ)(?: học)?|nay|năm nay|năm trước|"
    r"đến nay|kỳ này|hiện nay) ?:? ?(?:là |có |còn |đạt |huy động đạt )*$"
)
_YEAR_TAIL = re.compile(r" (?:trong )?năm(?: học)? (?:19|20)\d\d(?: ?- ?20\d\d)?$", re.I)
_PERSON = re.compile(r"(?<!\w)(?:học sinh|giáo viên|trẻ|đảng viên|cán bộ)(?!\w)", re.I)


def _goes_on(document: Document, sentence: tuple[int, int], measured: Measured, behind: str) -> bool:
    """Whether a percentage only says again, in per cent, what the number before counts: ``15 em, đạt 30%``."""
    number = measured.number
    if not number.percent or (behind and not _BASE.match(behind.lower())):
        return False
    before = document.lower[sentence[0] : number.start]
    return _ECHO.search(before) is not None


def _echoed(document: Document, sentence: tuple[int, int], number: Number, behind: str) -> str:
    """What the count before a percentage is said to count, where that is no statistic: an award's winners."""
    if not number.percent or (behind and not _BASE.match(behind.lower())):
        return ""
    match = _ECHO_OF.search(document.lower, sentence[0], number.start)
    if not match:
        return ""
    words_between = document.value(*match.span("said"))
    return " ".join(words_between.split()[:10]) if len(words_between.split()) > 1 else ""


def _of_base(counted: str, base: str) -> str:
    """``đảng viên kết nạp so với kế hoạch``: what is counted with that of which it is a percentage."""
    if not base or base.lower().startswith("trở lên"):
        return counted
    link = "" if base.lower().startswith(("so với", "trên")) else "so với " if _WANTED.match(base.lower()) else "trên "
    return f"{counted} {link}{' '.join(base.split()[:7])}"


#: The whole behind a count of its part, with its noun.
_OF_WHOLE = re.compile(
    r" ?(?:trên|trong) (?:tổng số )?\d[\d.]* (?:đảng viên|học sinh|giáo viên|đại biểu|em|người|trường|xã)"
)
_WANTED = re.compile(r"(?:kế hoạch|dự toán|chỉ tiêu|định mức)")
_ECHO_OF = re.compile(
    r"\d (?:(?:đ/c|đồng chí|người) )?(?P<said>[^\W\d_][^\d,;:.()]{3,90}?) ?[,(] ?"
    r"(?:(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tl|là|"
    r"khoảng|hơn|gần|trên) ?)*$"
)
#: Of what a percentage that says a count again is a part.
_BASE = re.compile(r"(?:so với|tổng số|trở lên|kế hoạch|dự toán|chỉ tiêu|số|định mức|trên tổng)(?!\w)")
#: What may stand between a count and its percentage: the counted noun and ``đạt``, ``chiếm tỷ lệ``.
_ECHO = re.compile(
    r"(?:(?<=\d)(?<!lớp \d)(?<!khối \d)(?<!lớp \d\d)(?<!khối \d\d)|[,(;])[,(; ]*"
    r"(?:(?:em|hs|học sinh|đ/c|đồng chí|người|trẻ|cháu|lớp|trường|gv|giáo viên|tiết|phiếu|bài)(?!\w) ?)?[,(; ]*"
    r"(?:(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương đương|tương ứng|là|=|:|tl|khoảng|hơn|gần|trên|ở mức|với|"
    r"và|tăng|giảm|thêm) ?)*$"
)


def _changed(phrase: str, sign: int) -> str:
    verb = "tăng" if sign > 0 else "giảm"
    return phrase if re.search(rf"(?<!\w){verb}(?!\w)", phrase) else f"{phrase} {verb}"


def _of_change(
    document: Document, block: Block, sentence: tuple[int, int], measured: Measured, around: tuple[str, str]
) -> str:
    """``giảm 24 trường so với năm 2018``: ``trường giảm so với năm 2018``; a bare change is of the number before."""
    ahead, behind = around
    unit = document.value(*measured.unit_range) if measured.unit_range else ""
    said = strip_time(_COMPARED.sub("", ahead))
    position = measured.number.start
    contest = entrants(document, block, sentence, position, measured.unit or "", said) if measured.unit else ""
    parts = [contest or noun(unit)]
    if unit.lower() in _CLASSIFIERS and measured.previous:
        parts = [measured.previous]
    elif measured.parent and (not unit or noun(unit).split()[0] in measured.parent.split()):
        parts = [measured.parent]
    elif contest:
        pass
    elif said and words(said) <= 10 and says(said, own=True):
        parts.append(said)
    elif measured.previous and not unit:
        parts = [measured.previous]
    if behind and words(behind) <= 10 and not behind.startswith("so với"):
        parts.append(behind)
    phrase = _changed(with_level(with_subject(join(parts)), measured.level), measured.sign)
    match = _COMPARED.search(document.lower, measured.unit_end, sentence[1]) or _COMPARED.search(ahead.lower())
    if match and "so với" not in phrase:
        phrase = f"{phrase} so với {match['base'].strip()}"
    return phrase


_COMPARED = re.compile(
    r"(?<!\w)so(?: với)? (?P<base>(?:cùng kỳ|đầu|cuối|năm|nhiệm kỳ|học kỳ|kỳ|kế hoạch|chỉ tiêu)"
    r"(?: (?!tăng|giảm|do|vì)[\w-]+){0,4})"
)


def _assemble(
    document: Document, block: Block, sentence: tuple[int, int], measured: Measured, around: tuple[str, str, int]
) -> str:
    """The counted noun and the words around the number, as many as make the phrase whole."""
    ahead, behind, stop = around
    number, parent = measured.number, _TOTAL.sub("", measured.parent or "")
    ahead = strip_time(ahead) or ("" if measured.unit_range else ahead)
    if ahead.endswith("/") and measured.previous:
        ahead = " ".join(measured.previous.split()[1:])  # "dạy nghề 11 lớp/341 người" counts both
    unit = document.value(*measured.unit_range) if measured.unit_range else ""
    unit = unit if behind.startswith(",") else noun(unit)
    if unit.lower() in ADJECTIVES and measured.unit and measured.unit.lower() != unit.lower():
        unit = f"{noun(measured.unit)} {unit}"
    if not unit and measured.unit and measured.unit not in ("%", "đồng") and not _names_counted(f"{ahead} {behind}"):
        if is_staff(ahead):
            pass
        elif measured.subject and ahead:
            ahead = ahead if words(ahead) > 3 else f"{measured.subject} {ahead}"
        else:
            unit = noun(measured.unit)
    if unit.lower() in _CLASSIFIERS and (parent or _PEOPLE.search(f"{ahead} {behind}")):
        unit = ""
    if parent and document.text[number.start - 1] == "(":
        ahead = before_bracket(document, sentence[0], number.start - 1)
    ahead = _PLACED.sub("", ahead) if unit else ahead
    if number.percent and behind and _names_counted(behind):
        ahead = deed(ahead) if words(behind) < 4 else ""
    parts = [unit, behind] if unit else [ahead, behind]
    if unit and ahead and words(" ".join(parts)) < 5 and says(ahead, own=True):
        done = deed(ahead)
        parts.append("" if unit.lower() in _WHOLE and done.lower() in _KEEPING else done)
    if (
        (unit or (number.percent and behind))
        and words(" ".join(parts)) < 4
        and (shared := shared_tail(document, stop, sentence[1]))
    ):
        parts.append(shared)
    kind_of_staff = is_staff(unit or ahead) and _STAFF.match(parent)
    apart = noun(unit).lower() in _SMALL_ONES and "học sinh" in parent.lower()
    if parent and words(" ".join(parts)) < 10 and not (kind_of_staff or apart or (unit and parent in _BARE_WHOLES)):
        parts.append(parent)
    phrase = join(parts)
    if unit.lower() in _CLASSIFIERS and (told := with_subject(join(parts[1:]))) != join(parts[1:]):
        phrase = told
    if not phrase and measured.previous:
        return measured.previous
    if not phrase:
        first, last = last_clause(document, sentence[0], number.start)
        phrase = strip_time(" ".join(document.value(first, last).split()[:14])) if last > first else ""
    of_level = is_level_label(ahead.lower()) and not behind and document.lower[number.start - 2] != ":"
    if of_level and unit and not parent and (list_head := head_of_list(document, sentence, number)):
        return f"{list_head} {ahead}"
    if (
        not unit
        and not parent
        and is_level_label(phrase.lower())
        and (list_head := head_of_list(document, sentence, number))
    ):
        return f"{list_head} {phrase}"
    open_to_head = phrase.lower() not in _WHOLE or _AFTER_HEAD.search(document.lower, sentence[0], number.start)
    if words(phrase) < 3 and open_to_head and (context := head_phrase(document, block, number)):
        phrase = phrase if is_staff(phrase) and _STAFF.match(context) else join([phrase, context])
    return phrase


#: Children who are never called pupils.
_SMALL_ONES = frozenset({"trẻ", "cháu", "bé"})
_TOTAL = re.compile(r"^(?:tổng số|tổng|số) ", re.I)
#: All who work at a school, of whom each kind of staff is a part.
_STAFF = re.compile(r"(?:cán bộ|cb)(?![^\W\d_])(?!ql)|cbgv|cbql ?[,-] ?(?:gv|giáo viên)", re.I)
_PLACED = re.compile(r" (?:ở|tại|đến từ|thuộc|khắp)$|^.*(?<!\w)(?:chia làm|chia thành|chia ra)$")
#: A figure right behind a head: ``Đánh giá trẻ 5 tuổi: đạt 655/668 trẻ``.
_AFTER_HEAD = re.compile(r": (?:có|đạt|là|còn) $")


_PEOPLE = re.compile(
    r"(?<!\w)(?:học sinh|giáo viên|gv|trẻ|đảng viên|cán bộ|cb|cbql|nhân viên|nv|viên chức|công chức|"
    r"hiệu trưởng|đoàn viên|dân số|thí sinh|hội viên)(?!\w)",
    re.I,
)
_BARE_WHOLES = frozenset({"trường học", "lớp học", "học sinh", "người"})
_CLASSIFIERS = frozenset({"người", "đồng chí", "đ/c"})
_WHOLE = frozenset(
    {
        "trường",
        "lớp",
        "học sinh",
        "trẻ",
        "giáo viên",
        "nhóm, lớp",
        "điểm trường",
        "đảng viên",
        "chi bộ",
        "cán bộ quản lý",
        "nhân viên",
    }
)
#: Verbs that say of a whole only that it is there.
_KEEPING = frozenset(
    {"quản lý", "giữ ổn định", "ổn định", "duy trì", "phụ trách", "theo dõi", "giữ vững", "đưa", "nhận"}
)
_COUNTED = re.compile(
    r"(?<!\w)(?:học sinh|trẻ|giáo viên|đảng viên|cán bộ|nhân viên|trường|lớp|phòng|người|nhà giáo|viên chức|"
    r"em|cháu)(?!\w)",
    re.I,
)


def _names_counted(phrase: str) -> bool:
    return _COUNTED.search(phrase) is not None
