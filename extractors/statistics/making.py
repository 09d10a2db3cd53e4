"""The indicator of a number: its noun, what is said of it, and its subject, made one phrase."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.statistics.amounts import amount
from extractors.statistics.averages import average_wording
from extractors.statistics.behind import of_itself
from extractors.statistics.beside import in_own_words
from extractors.statistics.changes import of_change
from extractors.statistics.compact import (
    closely,
    deed,
    join,
    names_counted,
    says,
    up_to_others,
    whence,
    without_documents,
    without_noun,
)
from extractors.statistics.company import in_company
from extractors.statistics.contests import ALWAYS, examinees, with_contest
from extractors.statistics.coordinated import shared_deed
from extractors.statistics.gifts import gift, reward
from extractors.statistics.kinds import heads
from extractors.statistics.labels import (
    before_bracket,
    group_of,
    head_of_list,
    next_label,
    told_before,
    total_wording,
    with_group,
)
from extractors.statistics.leading import is_led, led_by
from extractors.statistics.measured import Measured
from extractors.statistics.measures import each_before, each_of, is_staff
from extractors.statistics.naming import ADJECTIVES, CLASSIFIERS, PEOPLES, is_level_label
from extractors.statistics.openings import before_year, is_place, strip_time
from extractors.statistics.own_wording import own_wording
from extractors.statistics.parallel import in_row, of_two_places
from extractors.statistics.phrase import (
    ASIDE_IN_PHRASE,
    QUANTIFIER,
    VERB,
    after_phrase,
    before_phrase,
    head_phrase,
    last_clause,
    shared_tail,
    words,
)
from extractors.statistics.sequels import a_pass, is_echo, sequel
from extractors.statistics.topics import is_degree
from extractors.statistics.totals import whom_of_total
from extractors.statistics.wording import (
    classroom,
    grade_of,
    graded,
    noun,
    says_what_they_do,
    with_level,
    with_subject,
    without_counts,
)


def indicator(document: Document, block: Block, sentence: tuple[int, int], measured: Measured) -> str:
    """The noun phrase that a number measures: the counted noun, what is said of it, and its subject."""
    number = measured.number
    if measured.unit == "đồng":
        return _worded(document, block, sentence, measured)
    group = group_of(document, block, sentence, number.start)
    counted = measured.unit_end if measured.unit_range else None
    label = "" if measured.sign else total_wording(document, sentence[0], number, measured.unit, counted)
    if label.lower() in _BARE_TOTALS:
        label = f"{label} {whom_of_total(document, block, sentence, measured)}".strip()
    if label:
        label = in_own_words(document, sentence[0], number.start, with_level(label, measured.level))
        return with_group(label, group)
    phrase = of_two_places(document, sentence[0], number, _worded(document, block, sentence, measured))
    phrase = in_own_words(document, sentence[0], number.start, phrase)
    if number.percent:
        phrase = without_counts(with_contest(document, block, sentence, number.start, phrase))
    return with_group(phrase, group)


def _worded(document: Document, block: Block, sentence: tuple[int, int], measured: Measured) -> str:
    number = measured.number
    start, stop = after_phrase(document, measured.unit_end, sentence[1])
    if whole := _OF_WHOLE.match(document.lower, start, stop):
        start = whole.end()  # "18 đảng viên trên tổng số 20 đảng viên được triệu tập"
    echoes = measured.previous is not None and number.percent and is_echo(document.lower[sentence[0] : number.start])
    if (match := QUANTIFIER.match(document.lower[start:stop])) and not echoes:
        start += match.end()
    each = each_of(document, measured.unit_end)
    if not each and (piece := each_before(document, sentence[0], number.start)):
        each = f"/{noun(piece)}"
        if measured.unit_range and measured.unit != "đồng":
            return f"{noun(measured.unit or '')} mỗi {noun(piece)}"  # "8 môn x 3 GV"
    said = document.value(start, stop) if document.text[start:stop].strip() else ""
    of_next = measured.unit_range is None and next_label(document, measured.unit_end)
    behind = "" if each or of_next or said.startswith("/") else of_itself(said)
    if measured.unit_range:
        behind = up_to_others(behind)
    whole_behind, behind = behind, closely(behind, whole=not number.percent)
    if number.percent or (measured.unit or "").lower() in CLASSIFIERS | ALWAYS:
        behind = _COPULA.sub("", behind)
    if not behind and (quoted := _QUOTED.match(document.text, measured.unit_end, sentence[1])):
        behind = quoted["name"]
    behind = "" if _NOW.fullmatch(behind.lower()) else behind
    first, last = before_phrase(document, sentence[0], before_year(document, sentence[0], number.start))
    ahead = without_documents(ASIDE_IN_PHRASE.sub("", document.value(first, last))) if last > first else ""
    ahead = _AT_HEIGHT.sub("", " ".join(ahead.split()))
    ahead = _RATE_BEFORE.sub("", ahead)
    ahead = "" if _PLAN_UP_TO.fullmatch(ahead.lower()) else ahead
    if _PLAN.match(ahead) and (planned := _PLANNED_HEAD.search(document.lower, sentence[0], number.start)):
        ahead = document.value(*planned.span("what"))
    if number.percent and (rate := _HAS_RATE.match(ahead)):
        ahead = ahead[rate.end() :]
    led = False
    if measured.unit_range and not number.percent and number.value_to is None:
        led = is_led(document.lower, sentence[0], number.start)
        ahead = led_by(document.lower, sentence[0], number.start, ahead)
        beside = in_company(document, sentence[0], number.start)
        ahead = ahead if beside is None else beside
    if not behind and measured.unit_range and not strip_time(ahead):
        behind = whence(whole_behind)
    if said := sequel(document, sentence, measured, behind):
        return said
    if measured.sign:
        return of_change(document, block, sentence, measured, (ahead, behind))
    if measured.unit_range is None and (average := average_wording(document, sentence[0], number)):
        return average
    if not behind and measured.unit_range and (told := told_before(document, sentence, number, measured.unit_range)):
        return told
    if not behind and (row := in_row(document, number, strip_time(ahead), measured.alike, measured.share)):
        return row
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
            unit = measured.unit if measured.unit not in (None, "%") and measured.unit not in CLASSIFIERS else None
            return with_level(graded(document, block, last - len(grade), grade, unit, measured.staff), measured.level)
    if measured.unit == "đồng":
        told = strip_time(ahead)
        phrase = reward(document, sentence[0], number.start, each)
        phrase = (
            phrase
            or gift(document, sentence, number.start, measured.unit_end, each)
            or amount(document, block, number.start, (told, whole_behind, each), measured.parent, measured.previous)
        )
    elif own := own_wording(document, block, sentence, measured, (strip_time(ahead), behind, each)):
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
    if number.percent and phrase.lower().startswith("chuyên cần"):
        return f"tỷ lệ {phrase[0].lower()}{phrase[1:]}"
    phrase = phrase if counted else examinees(document, number.start, phrase)
    return with_level(
        phrase
        if counted or measured.unit == "đồng"
        else with_subject(phrase, measured.staff, measured.previous if number.percent else None),
        measured.level,
    )


#: What only links those counted to what they are: ``87% là người dân tộc Thái``.
_COPULA = re.compile(r"^(?:đều )?(?:là|thuộc diện) (?!\d)")
#: That something is so now, which says nothing of what it is: ``từ 91% (năm 2015) nay đạt 98%``.
_NOW = re.compile(r"(?:đến )?nay|hiện(?: nay| tại)?")
#: How high a rate is, before the figure that tells it: ``Tỷ lệ kiên cố hóa phòng học cũng ở mức cao, đạt 98%``.
_AT_HEIGHT = re.compile(
    r"(?<=\w) (?:(?:cũng|đều|luôn|vẫn|khá|duy trì|được duy trì|đang) )*"
    r"(?:ở mức (?:rất |khá |tương đối )?(?:cao|thấp|tốt)|(?:rất |khá |tương đối )(?:cao|thấp))(?: nhất [^,;]{3,30})?$"
)
#: By whom something was planned, which does not say what it is.
_PLAN = re.compile(
    r"^(?:kế hoạch|chỉ tiêu|kh|nghị quyết)(?: (?:được )?(?:huyện|tỉnh|xã|trường|đại hội)?)?"
    r"(?: ?(?:giao|đề ra|đặt ra))?$",
    re.I,
)
#: The plan that a list of goals is of: ``Kế hoạch của trường đến 2026: 28 lớp``.
_PLAN_UP_TO = re.compile(r"(?:kế hoạch|mục tiêu|định hướng|lộ trình)(?: [^\W\d_]+){0,5} đến (?:năm )?20\d\d")
#: What a plan was made for, said before it: ``Tỷ lệ trường đạt chuẩn: nghị quyết giao 70%``.
_PLANNED_HEAD = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;:+*•-] )|[:;.+-] )(?P<what>[^:;.\d]{6,90}): ?(?:kế hoạch|chỉ tiêu|nghị quyết|kh)(?!\w)[^:;]*$"
)
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


_YEAR_TAIL = re.compile(r" (?:trong )?năm(?: học)? (?:19|20)\d\d(?: ?- ?20\d\d)?$", re.I)
_PERSON = re.compile(r"(?<!\w)(?:học sinh|giáo viên|trẻ|đảng viên|cán bộ)(?!\w)", re.I)


#: The whole behind a count of its part, with its noun.
_OF_WHOLE = re.compile(
    r" ?(?:trên|trong) (?:tổng số )?\d[\d.]* (?:đảng viên|học sinh|giáo viên|đại biểu|em|người|trường|xã|"
    r"(?:cán bộ|cb)(?:,? (?:giáo viên|gv))?(?:,? (?:nhân viên|nv))?|cbgv(?:nv)?)(?!\w)"
)


def _assemble(
    document: Document, block: Block, sentence: tuple[int, int], measured: Measured, around: tuple[str, str, int]
) -> str:
    """The counted noun and the words around the number, as many as make the phrase whole."""
    ahead, behind, stop = around
    number, parent = measured.number, _TOTAL.sub("", measured.parent or "")
    ahead = "" if measured.unit_range and is_place(ahead) else ahead
    ahead = strip_time(ahead) or ("" if measured.unit_range else ahead)
    if measured.unit_range and _BEGINNING.fullmatch(ahead.lower()) and "cuối" not in document.lower[slice(*sentence)]:
        ahead = ""  # no other time of the year is told beside it
    if ahead.endswith("/") and measured.previous:
        ahead = " ".join(measured.previous.split()[1:])  # "dạy nghề 11 lớp/341 người" counts both
    if ahead.lower() in PEOPLES and "dân tộc" in document.lower[sentence[0] : number.start]:
        ahead = f"dân tộc {ahead}"  # "Dân tộc Thái 238, Dao 44"
    unit = document.value(*measured.unit_range) if measured.unit_range else ""
    unit = unit if behind.startswith(",") else noun(unit)
    trained = unit.lower() not in ADJECTIVES and unit.lower() != (measured.staff or "").lower()
    if unit.lower() in ADJECTIVES and measured.unit and measured.unit.lower() != unit.lower():
        unit = f"{noun(measured.unit)} {unit}"
    if measured.staff and unit and measured.unit == measured.staff and trained:
        unit = f"{measured.staff} trình độ {unit}"
    if not unit and measured.unit and measured.unit not in ("%", "đồng") and not names_counted(f"{ahead} {behind}"):
        if is_staff(ahead) or noun(ahead) == noun(measured.unit) or ahead.lower() == f"số {measured.unit.lower()}":
            pass
        elif measured.staff and is_degree(ahead):
            ahead = f"{measured.staff} trình độ {ahead}"
        elif measured.subject and ahead:
            own = ahead.lower() in ADJECTIVES and is_staff(measured.unit)  # "CBQL: 02; Nữ: 1"
            who = noun(measured.unit) if own else measured.subject
            ahead = ahead if words(ahead) > 3 else f"{who} {ahead}"
        else:
            unit = noun(measured.unit)
    unit = classroom(unit, behind)
    if unit.lower() in CLASSIFIERS and (parent or _PEOPLE.search(f"{ahead} {behind}")):
        unit = ""
    elif unit.lower() in CLASSIFIERS and measured.subject and _PEOPLE.fullmatch(measured.subject):
        unit = measured.subject  # "thiếu 214 giáo viên; riêng mầm non thiếu 96 người"
    if parent and document.text[number.start - 1] == "(":
        ahead = before_bracket(document, sentence[0], number.start - 1)
    ahead = _PLACED.sub("", ahead) if unit else ahead
    if unit and behind.startswith("là ") and _ATTENDS.match(ahead.lower()):
        behind = ""  # "Dự hội nghị có 126 đại biểu là lãnh đạo các trường": that they attended matters more
    ahead = "" if unit and ahead.lower() in CLASSIFIERS else ahead  # "52 người gồm 3 CBQL"
    if number.percent and behind and names_counted(behind):
        ahead = deed(ahead) if words(behind) < 4 else ""
    parts = [unit, behind] if unit else [ahead, behind]
    few = words(" ".join(parts[unit.lower() in CLASSIFIERS :])) < 5 or (
        (measured.unit_range is None or _ATTENDS.match(ahead.lower())) and words(ahead) < 5
    )
    if unit and ahead and few and says(ahead, own=True) and not _SIZE_OF_SCHOOL.match(ahead.lower()):
        done = deed(ahead)
        parts.append("" if unit.lower() in _WHOLE and done.lower() in _KEEPING else without_noun(done, unit))
    if (
        (unit or (number.percent and behind))
        and (words(" ".join(parts)) < 4 or _OF_RANK.fullmatch(behind.lower()))
        and not (number.percent and VERB.search(behind.lower()))
        and (shared := shared_tail(document, stop, sentence[1], number))
    ):
        parts.append(shared)
    if unit and not (ahead or parent) and words(" ".join(parts)) < 4 and measured.unit_range:
        parts.append(shared_deed(document, block, sentence, number))
    kind_of_staff = is_staff(unit or ahead) and _STAFF.match(parent)
    if unit.lower() in _OF_STAFF and _STAFF.match(parent):
        parent = " ".join(parent.split()[:4]).rstrip(",")
    apart = noun(unit).lower() in _SMALL_ONES and "học sinh" in parent.lower()
    does = number.percent and not unit and not ahead and says_what_they_do(behind)  # "trong đó 40% xếp loại tốt"
    if (
        parent
        and words(" ".join(parts)) < 10
        and not (does or kind_of_staff or apart or (unit and parent in _BARE_WHOLES))
    ):
        inherited = without_noun(parent, unit) if unit else parent
        parts.append(_OF_LEVELS.sub("", inherited) if unit and is_level_label(behind.lower()) else inherited)
    phrase = join(parts)
    if unit.lower() in CLASSIFIERS and (told := with_subject(join(parts[1:]))) != join(parts[1:]):
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
        phrase = (
            phrase
            if is_staff(_WOMEN.sub("", phrase)) and _STAFF.match(_TOTAL.sub("", context))
            else join([context, phrase] if heads(context, phrase) and not unit else [phrase, context])
        )
    return phrase


#: Of which rank bodies are, of which nothing more is said: ``12 đơn vị cấp xã``.
_OF_RANK = re.compile(r"(?:hành chính )?cấp (?:xã|huyện|tỉnh|cơ sở)")
#: The levels of a whole, of which a part has one: ``trường mầm non, phổ thông đạt chuẩn``.
_OF_LEVELS = re.compile(
    r"^(?:(?:mầm non|mẫu giáo|nhà trẻ|tiểu học|phổ thông|trung học|mn|th|thcs|thpt)(?!\w)(?: ?(?:,|và|/|-) ?| |$))+",
    re.I,
)
#: The time as of which all figures are told where no other is.
_BEGINNING = re.compile(r"đầu năm(?: học)?")
#: Children who are never called pupils.
_SMALL_ONES = frozenset({"trẻ", "cháu", "bé"})
_TOTAL = re.compile(r"^(?:tổng số|tổng|số)(?: |$)", re.I)
#: Women or men of those named next: ``nữ BGH``.
_WOMEN = re.compile(r"^(?:nữ|nam) (?=\w)", re.I)
#: All who work at a school, of whom each kind of staff is a part.
_STAFF = re.compile(
    r"(?:ủy viên |thành viên )?(?:ban giám hiệu|bgh)|(?:cán bộ|cb)(?![^\W\d_])(?!ql)|cbgv|"
    r"cbql ?[,-] ?(?:gv|giáo viên)|đội ngũ$",
    re.I,
)
#: Degrees and memberships of those who work at a school, told as parts of them.
#: Labels of a total that leave it to the head to say of whom.
_BARE_TOTALS = frozenset({"tổng số", "tổng cộng", "tổng"})
_OF_STAFF = frozenset({"thạc sĩ", "thạc sỹ", "tiến sĩ", "tiến sỹ", "cử nhân", "đảng viên", "đoàn viên"})
_PLACED = re.compile(r" (?:ở|tại|đến từ|thuộc|khắp)$|^.*(?<!\w)(?:chia làm|chia thành|chia ra)$")
#: What only says that a school has grown: ``quy mô trường đã phát triển lên 8 lớp``.
_SIZE_OF_SCHOOL = re.compile(r"(?:về )?(?:quy mô|mạng lưới) (?:nhà )?trường(?:,? lớp)?(?: [^\W\d_]+){0,5}$")
#: What those do who are counted, said before their number.
_ATTENDS = re.compile(r"(?:tham |đến |về )?(?:dự|tham gia)(?!\w)")
#: A figure right behind a head: ``Đánh giá trẻ 5 tuổi: đạt 655/668 trẻ``.
_AFTER_HEAD = re.compile(r": (?:có|đạt|là|còn) $")


_PEOPLE = re.compile(
    r"(?<!\w)(?:học sinh|giáo viên|gv|trẻ|đảng viên|cán bộ|cb|cbql|cbgv(?:nv)?|nhân viên|nv|viên chức|công chức|"
    r"hiệu trưởng|đoàn viên|đội viên|thanh niên|dân số|thí sinh|hội viên|phụ huynh(?: học sinh)?|cha mẹ học sinh|"
    r"học viên|sinh viên|người lao động|người dân|quần chúng|ứng viên|thành viên|đại biểu)(?!\w)",
    re.I,
)
_BARE_WHOLES = frozenset({"trường học", "lớp học", "học sinh", "người"})
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
