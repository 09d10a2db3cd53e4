"""The indicator of a number: its noun, what is said of it, and its subject, made one phrase."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.statistics.amounts import amount
from extractors.statistics.compact import closely, deed, join, says, whence, without_documents
from extractors.statistics.contests import ALWAYS, entrants, of_contest, takes_part, with_contest
from extractors.statistics.gifts import gift
from extractors.statistics.labels import before_bracket, group_of, head_of_list, told_before, total_wording, with_group
from extractors.statistics.measured import Measured
from extractors.statistics.measures import each_of, is_staff, measure, members, staff
from extractors.statistics.naming import ADJECTIVES, PEOPLES, is_level_label
from extractors.statistics.openings import is_place, strip_time
from extractors.statistics.parallel import in_row, of_two_places
from extractors.statistics.phrase import (
    QUANTIFIER,
    after_phrase,
    before_phrase,
    head_phrase,
    is_led,
    last_clause,
    led_by,
    shared_tail,
    words,
)
from extractors.statistics.sequels import a_pass, changed, is_echo, sequel
from extractors.statistics.topics import is_degree
from extractors.statistics.wording import grade_of, graded, noun, with_level, with_pupils, with_subject


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
    phrase = of_two_places(document, sentence[0], number, _worded(document, block, sentence, measured))
    if number.percent:
        phrase = with_contest(document, block, sentence, number.start, phrase)
    return with_pupils(with_group(phrase, group))


def _worded(document: Document, block: Block, sentence: tuple[int, int], measured: Measured) -> str:
    number = measured.number
    start, stop = after_phrase(document, measured.unit_end, sentence[1])
    if whole := _OF_WHOLE.match(document.lower, start, stop):
        start = whole.end()  # "18 đảng viên trên tổng số 20 đảng viên được triệu tập"
    echoes = measured.previous is not None and number.percent and is_echo(document.lower[sentence[0] : number.start])
    if (match := QUANTIFIER.match(document.lower[start:stop])) and not echoes:
        start += match.end()
    behind = _LEADS_ON.sub("", document.value(start, stop)) if document.text[start:stop].strip() else ""
    each = each_of(document, measured.unit_end)
    behind = "" if each or behind.startswith("/") else behind
    whole_behind, behind = behind, closely(behind, whole=not number.percent)
    if number.percent or (measured.unit or "").lower() in _CLASSIFIERS | ALWAYS:
        behind = _COPULA.sub("", behind)
    if not behind and (quoted := _QUOTED.match(document.text, measured.unit_end, sentence[1])):
        behind = quoted["name"]
    first, last = before_phrase(document, block, sentence[0], number.start)
    ahead = without_documents(document.value(first, last)) if last > first else ""
    ahead = _RATE_BEFORE.sub("", ahead)
    if number.percent and (rate := _HAS_RATE.match(ahead)):
        ahead = ahead[rate.end() :]
    led = False
    if measured.unit_range and not number.percent and number.value_to is None:
        led = is_led(document.lower, sentence[0], number.start)
        ahead = led_by(document.lower, sentence[0], number.start, ahead)
    if not behind and measured.unit_range and not strip_time(ahead):
        behind = whence(whole_behind)
    if said := sequel(document, sentence, measured, behind):
        return said
    before = document.lower[sentence[0] : number.start]
    if measured.sign:
        return _of_change(document, block, sentence, measured, (ahead, behind))
    if not behind and measured.unit_range and (told := told_before(document, sentence, number, measured.unit_range)):
        return told
    if not behind and (row := in_row(document, number, strip_time(ahead), measured.alike)):
        return row
    if measured.unit_range is None and "tuổi" in before and (average := _AVERAGE_OF_ITS_OWN.search(before)):
        return document.value(sentence[0] + average.start("what"), sentence[0] + average.end("what"))
    bare = not behind or measured.unit_range is None
    label = (
        re.sub(r" ?[:,]? ?(?:SL|TL|sl|tl|tỷ lệ|số lượng):?$", "", document.value(max(first, last - 60), last))
        if last > first
        else ""
    )
    if passed := a_pass(document, sentence, measured):
        first, last = passed  # "Tốt 21, Khá 19, Đạt 2": no verb, though it looks like one
        label = document.value(*passed)
    grade = grade_of(label) if bare and measured.unit != "đồng" else None
    if grade == "ht" and not _DEGREES.search(document.text, block.start, block.end):
        grade = None  # "HT 1, PHT 2": a headmaster
    if grade:
        rest = label[: len(label) - len(grade)].strip()
        if not (_PERSON.search(rest) and len(rest.split()) > 4):
            unit = measured.unit if measured.unit not in (None, "%") and measured.unit not in _CLASSIFIERS else None
            return with_level(graded(document, block, last - len(grade), grade, unit), measured.level)
    if measured.unit == "đồng":
        told = strip_time(ahead)
        phrase = gift(document, sentence, number.start, measured.unit_end, each) or amount(
            document, block, number.start, (told, whole_behind, each), measured.parent, measured.previous
        )
    elif own := _own_wording(document, block, sentence, measured, (strip_time(ahead), behind, each)):
        phrase = own
    else:
        phrase = _assemble(document, block, sentence, measured, (ahead, behind, stop))
    phrase = _YEAR_TAIL.sub("", phrase) or phrase
    alone = words(phrase) <= words(measured.unit or "")
    sends = led and alone and _BODY.match((measured.unit or "").lower())
    said = (measured.previous or "").lower()
    if sends and measured.previous and _ENTRANTS.search(said) and not _BODY.match(said):
        phrase = f"{phrase} có {' '.join(measured.previous.partition(',')[0].split()[:12])}"
    counted = measured.unit_range is not None and not number.percent
    return with_level(
        phrase if counted else with_subject(phrase, measured.staff, measured.previous if number.percent else None),
        measured.level,
    )


#: An average that counts nobody: ``tuổi bình quân 38``.
_AVERAGE_OF_ITS_OWN = re.compile(
    r"(?:^|[,;:(] ?|(?<!\w)(?:có|với|và) )(?P<what>(?:độ )?tuổi(?: đời| đảng| nghề)? (?:bình quân|trung bình)"
    r"[^,;:.()\d]{0,40}?)"
    r"(?: ?:| (?:là|đạt|khoảng|ở mức))* ?$"
)
#: What leads from a noun to what it consists of: ``2 nội dung thi gồm: …``.
_LEADS_ON = re.compile(r"(?:^| )(?:bao gồm|gồm(?: có)?|đó là|là|như|cụ thể(?: là)?)$")
#: What only links those counted to what they are: ``87% là người dân tộc Thái``.
_COPULA = re.compile(r"^(?:đều )?(?:là|thuộc diện) (?!\d)")
#: What the figure before counts, and how often: ``380 suất/ngày với mức``.
_RATE_BEFORE = re.compile(r"^(?:suất|bữa|lần|buổi|tiết|giờ)/[^\W\d_]+(?: (?:với|cho)(?: |$)|$)")
#: Whose rate it is that a percentage tells: ``Trường THCS Vân Sa có tỷ lệ tốt nghiệp 98%``.
_HAS_RATE = re.compile(r"[^,;:]{3,60}(?<!\w)có (?=t[ỷỉ] lệ (?!cao|thấp)\w+ \w)", re.I)
#: Degrees of fulfilment, abbreviated, among which ``HT`` is one.
_DEGREES = re.compile(r"(?<!\w)(?:HTT|CHT|HTXS)(?!\w)")
#: Bodies and places from which somebody comes, fields in which somebody competes.
_BODY = re.compile(
    r"(?:trường|đơn vị|cơ sở|trung tâm|lớp|sở|phòng|xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|địa phương|"
    r"câu lạc bộ|clb|cụm|chi đoàn|liên đội|nước|quốc gia|môn|lĩnh vực)(?!\w)"
)
#: Those who enter a contest: ``12 trường``, from which ``24 thí sinh`` come, are those that have entrants.
_ENTRANTS = re.compile(r"(?<!\w)(?:thí sinh|vận động viên|vđv|tiết mục|dự thi|dự án|đề tài)(?!\w)")
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
    told = measured.unit_range is not None or words(ahead) > 4  # "46 thí sinh: TH 27, THCS 19" has labels
    if (
        told
        and (
            words(behind) < 4
            or measured.unit.lower() in ALWAYS
            or behind.lower().startswith(("đi thi", "dự thi", "tham gia", "tham dự"))
            or takes_part(document, measured.unit_end, sentence[1])
        )
        and (own := entrants(document, block, sentence, measured.number.start, measured.unit, f"{ahead} {behind}"))
    ):
        return own
    if measured.unit_range and (part := of_contest(document, block, sentence, position, measured.unit)):
        return part
    if measured.unit_range and (body := members(measured.unit, ahead, behind)):
        return body
    counted = document.value(*measured.unit_range).lower() if measured.unit_range else ""
    if counted in _CLASSIFIERS and not behind and not measured.parent:
        return staff(document, block, ahead)
    return ""


_YEAR_TAIL = re.compile(r" (?:trong )?năm(?: học)? (?:19|20)\d\d(?: ?- ?20\d\d)?$", re.I)
_PERSON = re.compile(r"(?<!\w)(?:học sinh|giáo viên|trẻ|đảng viên|cán bộ)(?!\w)", re.I)


#: The whole behind a count of its part, with its noun.
_OF_WHOLE = re.compile(
    r" ?(?:trên|trong) (?:tổng số )?\d[\d.]* (?:đảng viên|học sinh|giáo viên|đại biểu|em|người|trường|xã)"
)


def _of_change(
    document: Document, block: Block, sentence: tuple[int, int], measured: Measured, around: tuple[str, str]
) -> str:
    """``giảm 24 trường so với năm 2018``: ``trường giảm so với năm 2018``; a bare change is of the number before."""
    ahead, behind = around
    unit = document.value(*measured.unit_range) if measured.unit_range else ""
    said = strip_time(_COMPARED.sub("", ahead))
    position = measured.number.start
    contest = entrants(document, block, sentence, position, measured.unit, said) if measured.unit else ""
    parts = [contest or noun(unit)]
    if unit.lower() in _STAND_INS and measured.previous:
        parts = [measured.previous]
    elif measured.parent and (not unit or noun(unit).split()[0] in measured.parent.split()):
        parts = [measured.parent]
    elif contest:
        pass
    elif said and not (unit or measured.previous):
        parts.append(" ".join(said.split()[:_LONGEST_SUBJECT]))
    elif said and words(said) <= 10 and says(said, own=True):
        parts.append(said)
    elif measured.previous and not unit:
        parts = [measured.previous]
    if behind and words(behind) <= 10 and not behind.startswith("so "):
        parts.append(behind)
    phrase = changed(with_level(with_subject(join(parts)), measured.level), measured.sign)
    match = _COMPARED.search(document.lower, measured.unit_end, sentence[1]) or _COMPARED.search(ahead.lower())
    if match and "so với" not in phrase:
        phrase = f"{phrase} so với {match['base'].strip()}"
    return phrase


#: As many words as what changed has at most.
_LONGEST_SUBJECT = 14
_COMPARED = re.compile(
    r"(?<!\w)so(?: với)? (?P<base>(?:cùng kỳ|đầu|cuối|năm|nhiệm kỳ|học kỳ|kỳ|kế hoạch|chỉ tiêu)"
    r"(?: (?!tăng|giảm|do|vì|và|vượt|đạt)[\w-]+){0,4})",
    re.I,
)


def _assemble(
    document: Document, block: Block, sentence: tuple[int, int], measured: Measured, around: tuple[str, str, int]
) -> str:
    """The counted noun and the words around the number, as many as make the phrase whole."""
    ahead, behind, stop = around
    number, parent = measured.number, _TOTAL.sub("", measured.parent or "")
    ahead = "" if measured.unit_range and is_place(ahead) else ahead
    ahead = strip_time(ahead) or ("" if measured.unit_range else ahead)
    if ahead.endswith("/") and measured.previous:
        ahead = " ".join(measured.previous.split()[1:])  # "dạy nghề 11 lớp/341 người" counts both
    if ahead.lower() in PEOPLES and "dân tộc" in document.lower[sentence[0] : number.start]:
        ahead = f"dân tộc {ahead}"  # "Dân tộc Thái 238, Dao 44"
    unit = document.value(*measured.unit_range) if measured.unit_range else ""
    unit = unit if behind.startswith(",") else noun(unit)
    if unit.lower() in ADJECTIVES and measured.unit and measured.unit.lower() != unit.lower():
        unit = f"{noun(measured.unit)} {unit}"
    if measured.staff and unit and measured.unit == measured.staff and unit.lower() != measured.staff.lower():
        unit = f"{measured.staff} trình độ {unit}"
    if not unit and measured.unit and measured.unit not in ("%", "đồng") and not _names_counted(f"{ahead} {behind}"):
        if is_staff(ahead):
            pass
        elif measured.staff and is_degree(ahead):
            ahead = f"{measured.staff} trình độ {ahead}"
        elif measured.subject and ahead:
            ahead = ahead if words(ahead) > 3 else f"{measured.subject} {ahead}"
        else:
            unit = noun(measured.unit)
    if unit.lower() in _CLASSIFIERS and (parent or _PEOPLE.search(f"{ahead} {behind}")):
        unit = ""
    elif unit.lower() in _CLASSIFIERS and measured.subject and _PEOPLE.fullmatch(measured.subject):
        unit = measured.subject  # "thiếu 214 giáo viên; riêng mầm non thiếu 96 người"
    if parent and document.text[number.start - 1] == "(":
        ahead = before_bracket(document, sentence[0], number.start - 1)
    ahead = _PLACED.sub("", ahead) if unit else ahead
    ahead = "" if unit and ahead.lower() in _CLASSIFIERS else ahead  # "52 người gồm 3 CBQL"
    if number.percent and behind and _names_counted(behind):
        ahead = deed(ahead) if words(behind) < 4 else ""
    parts = [unit, behind] if unit else [ahead, behind]
    few = words(" ".join(parts)) < 5 or (measured.unit_range is None and words(ahead) < 5)
    if unit and ahead and few and says(ahead, own=True):
        done = deed(ahead)
        parts.append("" if unit.lower() in _WHOLE and done.lower() in _KEEPING else _without_noun(done, unit))
    if (
        (unit or (number.percent and behind))
        and words(" ".join(parts)) < 4
        and (shared := shared_tail(document, stop, sentence[1]))
    ):
        parts.append(shared)
    kind_of_staff = is_staff(unit or ahead) and _STAFF.match(parent)
    if unit.lower() in _OF_STAFF and _STAFF.match(parent):
        parent = " ".join(parent.split()[:4]).rstrip(",")
    apart = noun(unit).lower() in _SMALL_ONES and "học sinh" in parent.lower()
    if parent and words(" ".join(parts)) < 10 and not (kind_of_staff or apart or (unit and parent in _BARE_WHOLES)):
        parts.append(_without_noun(parent, unit) if unit else parent)
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


def _without_noun(said: str, unit: str) -> str:
    """What is said of a counted noun without the noun: of ``trường`` and ``tỷ lệ trường đạt chuẩn``, ``đạt chuẩn``."""
    rest = _RATE_OF.sub("", said)
    return rest[len(unit) + 1 :] if rest.lower().startswith(f"{unit.lower()} ") else said


_RATE_OF = re.compile(r"^(?:t[ỷỉ] lệ|tổng số|số)(?: các)? ", re.I)
#: Children who are never called pupils.
_SMALL_ONES = frozenset({"trẻ", "cháu", "bé"})
_TOTAL = re.compile(r"^(?:tổng số|tổng|số) ", re.I)
#: All who work at a school, of whom each kind of staff is a part.
_STAFF = re.compile(
    r"(?:ủy viên |thành viên )?(?:ban giám hiệu|bgh)|(?:cán bộ|cb)(?![^\W\d_])(?!ql)|cbgv|"
    r"cbql ?[,-] ?(?:gv|giáo viên)",
    re.I,
)
#: Degrees and memberships of those who work at a school, told as parts of them.
_OF_STAFF = frozenset({"thạc sĩ", "thạc sỹ", "tiến sĩ", "tiến sỹ", "cử nhân", "đảng viên", "đoàn viên"})
_PLACED = re.compile(r" (?:ở|tại|đến từ|thuộc|khắp)$|^.*(?<!\w)(?:chia làm|chia thành|chia ra)$")
#: A figure right behind a head: ``Đánh giá trẻ 5 tuổi: đạt 655/668 trẻ``.
_AFTER_HEAD = re.compile(r": (?:có|đạt|là|còn) $")


_PEOPLE = re.compile(
    r"(?<!\w)(?:học sinh|giáo viên|gv|trẻ|đảng viên|cán bộ|cb|cbql|cbgv(?:nv)?|nhân viên|nv|viên chức|công chức|"
    r"hiệu trưởng|đoàn viên|dân số|thí sinh|hội viên)(?!\w)",
    re.I,
)
_BARE_WHOLES = frozenset({"trường học", "lớp học", "học sinh", "người"})
_CLASSIFIERS = frozenset({"người", "đồng chí", "đ/c"})
#: Words by which a change calls again whatever was counted before: ``34/63 tỉnh (tăng 4 đơn vị)``.
_STAND_INS = _CLASSIFIERS | {"đơn vị", "địa phương", "trường hợp"}
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
