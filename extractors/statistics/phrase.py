"""What a number measures: the noun phrase around it, as written and made whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors._shared.document import Block, Document
from extractors._shared.numbers import Number
from extractors._shared.outline import PART, ROMAN
from extractors._shared.view import CAPITAL
from extractors.statistics.wording import grade_of, graded, money, noun, spell_out, with_level, with_subject

# A noun phrase ends at a sign, before a second number, and where a new clause begins.
_STOP_AFTER = re.compile(
    r"[;:()=\n\"“”]|\.(?!\d)|(?<!\d)\.| - |(?: (?:lên|xuống|còn|đến|thành|tới) (?=\d))| (?:và|với|còn|"
    r"trong đó|chiếm|giảm|tăng|gồm|là|bao gồm|đạt|có) (?=(?:\w+ ){0,6}?\d)"
    r"| (?:trong đó|góp phần|từ đó|nhưng|nhằm|nên|vì vậy|do đó|đồng thời|so với|chiếm|tỷ lệ|tỉ lệ|bao gồm|"
    r"thay mặt|từ ngày|đến từ|kết quả|do (?:ông|bà|đồng chí|các)|trị giá|theo (?:nghị định|quy định|"
    r"quyết định|thông tư|kế hoạch|hướng dẫn|đề án))(?!\w)|(?<!\w)(?:là|như|tại) (?=(?:trường )?(?:thcs|"
    r"tiểu học|mầm non|thpt|th|mn) )|^/"
)
_STOP_BEFORE = re.compile(
    r"(?:[,.](?!\d)|(?<!\d)[,.])|[;:()\n\"“”]| - |(?<!\w)(?:và|với|trong đó|đồng thời|nhưng|còn lại)(?!\w)(?= )"
)
_TRIM_TAIL = re.compile(
    r"(?:(?<!\w)(?:có|còn|(?<!không )(?<!chưa )đạt|là|được|gồm|gồm có|với|trên|dưới|khoảng|hơn|gần|đã|tổng số|"
    r"tổng cộng|chiếm|bằng|lên|xuống|đến|từ|tăng|giảm|thêm|về|tỷ lệ|tỉ lệ|số lượng|ở mức|tới|lên tới|lên đến|"
    r"cho|cả|chỉ|mới|của|các|những|bao gồm|đó là|thì|tại|vào|ít nhất|không dưới|bình quân|ước đạt|ước|và|"
    r"trong|do|phấn đấu|phấn đấu đạt|phấn đấu có|đều|nhất trí)(?: |$))+$"
)
_TRIM_HEAD = re.compile(
    r"^(?:(?:phấn đấu(?: đến[^,;]{0,30}\d(?= có| đạt))?|dự kiến|sẽ|cụ thể|cụ thể như sau|kết quả|kết quả có|"
    r"trong đó|trong đó có|đặc biệt|ngoài ra|hiện nay|hiện|đến nay|hiện có|toàn ngành có|riêng|và|đồng thời|"
    r"có|năm qua|trong năm|bên cạnh đó|tính đến nay|tính đến|như|theo đó|đã|nâng|được|tổng số|tổng cộng|cũng|"
    r"thì|là|còn(?! thiếu)|với)(?: |$))+"
)
_QUANTIFIER = re.compile(r"^(?:\([^)]{0,15}\) )?(?:(?:các|số|những|toàn thể|tổng số|trên tổng số)(?: |$))+")
_WITHIN = re.compile(r"^(?: ?(?:\([^()]*\)|trở lên|trở xuống)(?!\w))+ ?")
_VERB = re.compile(
    r"(?<!\w)(?:đạt|có|được|đều|hoàn thành|tham gia|thực hiện|duy trì|ra lớp|đỗ|tốt nghiệp|đảm bảo|bảo đảm|"
    r"giữ|xếp|(?<!trung )(?<!tiểu )học(?! (?:sinh|viên|kỳ|lực|phí))"
    r"|biết|đang|là|do|tại|của|trên|đến|vào|nghỉ|bỏ|đăng ký|chuyển|làm|dự|thuộc|vượt|cho)(?!\w)"
)
_NEW_SENTENCE = re.compile(rf"[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+ (?!học|non)")
_WORDS = re.compile(r"\w+")


def after_phrase(document: Document, position: int, limit: int) -> tuple[int, int]:
    """The rest of the noun phrase that begins at a position, parentheses right behind it skipped."""
    text, lowered = document.text, document.lower
    start = position
    if match := _WITHIN.match(text[start:limit]):
        start += match.end()
    while start < limit and text[start] == " ":
        start += 1
    if text[position - 1] == "%" and start < limit and _NEW_SENTENCE.match(text[start:limit]):
        return start, start  # the full stop is missing: "28,53% Thi vào ..."
    stop = _STOP_AFTER.search(lowered, max(start - 1, position), limit)
    end = max(stop.start(), start) if stop else limit
    if text[start : start + 1] == ",":
        return start, start
    for comma in re.finditer(r",(?!\d)|(?<!\d),", text[start:end]):
        # A comma ends the phrase once it has its verb; before, it parts a list of subjects.
        if _VERB.search(lowered, start, start + comma.start()) or re.match(
            r", (?:\w+ ){0,4}\d", text[start + comma.start() : end + 1]
        ):
            return start, start + comma.start()
    return start, end


def before_phrase(document: Document, block: Block, limit: int, position: int) -> tuple[int, int]:
    """The subject before a number: the words back to the last sign or number, without verbs at their end."""
    lowered = document.lower
    start = limit
    for match in _STOP_BEFORE.finditer(lowered, limit, position):
        if match.group(0)[0] in ",v" and _LISTED.search(lowered, max(limit, match.start() - 14), match.end() + 14):
            continue  # "CB, GV, NV", "khá, giỏi" are one subject
        # A colon or bracket right before the number follows its label and ends nothing.
        if lowered[match.end() : position].strip() not in _COUNT_OR_SHARE or match.group(0) not in (":", "(", " - "):
            start = match.end()
    for match in _FIGURE.finditer(lowered, start, position):
        if lowered[match.end() : position].strip(" (:"):
            start = match.end()
    return trim(lowered, start, position)


_COUNT_OR_SHARE = frozenset({"", "sl", "tl", "sl:", "tl:", "số lượng", "tỷ lệ", "tỉ lệ"})
_LISTED = re.compile(
    r"(?:cán bộ|cb|giáo viên|gv|cbql|quản lý|công chức|mầm non|mn|tiểu học|th|mẫu giáo|xã|khá|yếu|thừa cân|"
    r"tốt|nhân viên|công nhân) ?(?:,|và) ?"
    r"(?:gv|giáo viên|nv|nhân viên|viên chức|công chức|cán bộ|tiểu học|thcs|th|thị trấn|phường|công nhân|giỏi|"
    r"kém|béo phì|khá|người lao động)(?!\w)"
)
#: A number counted before, which ends what can be said of the next; grades, years and dates are none.
_FIGURE = re.compile(
    r"(?<!lớp )(?<!khối )(?<!năm )(?<!học )(?<!tháng )(?<!ngày )(?<!độ )(?<!đoạn )(?<!thứ )(?<!kỳ )(?<!số "
    r")(?<!hạng )(?<!từ )(?<!đến )(?<![\w,.:/-])"
    r"\d[\d.,/]*(?![\d/-])(?: ?%)?(?! ?(?:tuổi|buổi|năm|-))(?!\w)"
)


def trim(lowered: str, start: int, end: int) -> tuple[int, int]:
    """The range without leading link words and trailing verbs."""
    while start < end and lowered[start] in ' ,;:-+*•("“':
        start += 1
    if match := _TRIM_HEAD.match(lowered[start:end]):
        start += match.end()
    while start < end and lowered[end - 1] in ' ,;:-("“':
        end -= 1
    if match := _TRIM_TAIL.search(lowered[start:end]):
        end = start + match.start()
    while start < end and lowered[end - 1] in ' ,;:-("“':
        end -= 1
    return start, end


def words(text: str) -> int:
    """How many words a text has."""
    return len(_WORDS.findall(text))


@dataclass(frozen=True)
class Measured:
    """A number and what is known of it before its indicator is worded.

    ``unit`` is the counted noun, ``unit_range`` where it stands behind the number (None where it was
    said before); ``parent`` is the indicator of the whole of which the number is said to be a part,
    ``previous`` that of the number before it, ``sign`` that of a change.
    """

    number: Number
    unit: str | None
    unit_end: int
    unit_range: tuple[int, int] | None
    parent: str | None
    previous: str | None
    level: str | None
    sign: int = 0


def indicator(document: Document, block: Block, sentence: tuple[int, int], measured: Measured) -> str:
    """The noun phrase that a number measures: the counted noun, what is said of it, and its subject."""
    number = measured.number
    start, stop = after_phrase(document, measured.unit_end, sentence[1])
    if match := _QUANTIFIER.match(document.lower[start:stop]):
        start += match.end()
    behind = document.value(start, stop) if document.text[start:stop].strip() else ""
    rate = re.match(r" ?/ ?[^\W\d_]+", document.text[measured.unit_end : measured.unit_end + 20])
    each = rate.group(0).strip() if rate else ""
    behind = behind.removeprefix(each).strip(" ,;") if each else behind
    behind = "" if behind.startswith("/") else behind
    first, last = before_phrase(document, block, sentence[0], number.start)
    ahead = document.value(first, last) if last > first else ""
    if measured.previous and _goes_on(document, sentence, measured, behind):
        return measured.previous if not measured.sign else _changed(measured.previous, measured.sign)
    if measured.previous and not behind and _ANOTHER_YEAR.search(document.lower, sentence[0], number.start):
        return measured.previous
    if measured.sign:
        return _of_change(document, measured, ahead, behind)
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
    phrase = _assemble(document, block, sentence, measured, (ahead, behind, stop))
    if measured.unit == "đồng":
        phrase = money(phrase, each)
    phrase = _YEAR_TAIL.sub("", phrase) or phrase
    return spell_out(with_level(with_subject(phrase), measured.level))


#: The same thing counted for another year: ``năm học 2020-2021: 22 em``.
_ANOTHER_YEAR = re.compile(r"[,;(] ?(?:năm(?: học)? )(?:19|20)\d\d(?: ?- ?20\d\d)? ?:? ?(?:là |có |còn |đạt )?$")
_YEAR_TAIL = re.compile(r" (?:trong )?năm(?: học)? (?:19|20)\d\d(?: ?- ?20\d\d)?$", re.I)
_PERSON = re.compile(r"(?<!\w)(?:học sinh|giáo viên|trẻ|đảng viên|cán bộ)(?!\w)", re.I)


def _goes_on(document: Document, sentence: tuple[int, int], measured: Measured, behind: str) -> bool:
    """Whether a percentage only says again, in per cent, what the number before counts: ``15 em, đạt 30%``."""
    number = measured.number
    if not number.percent or (behind and not behind.lower().startswith(("so với", "tổng số", "trở lên"))):
        return False
    before = document.lower[sentence[0] : number.start]
    return _ECHO.search(before) is not None


#: What may stand between a count and its percentage: the counted noun and ``đạt``, ``chiếm tỷ lệ``.
_ECHO = re.compile(
    r"(?:(?<=\d)|[,(;])[,(; ]*"
    r"(?:(?:em|hs|học sinh|đ/c|đồng chí|người|trẻ|cháu|lớp|trường|gv|giáo viên|tiết|phiếu|bài)(?!\w) ?)?[,(; ]*"
    r"(?:(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương đương|tương ứng|là|=|:|tl|khoảng|hơn|gần|trên|ở mức|với|"
    r"và|tăng|giảm|thêm) ?)*$"
)


def _changed(phrase: str, sign: int) -> str:
    verb = "tăng" if sign > 0 else "giảm"
    return phrase if re.search(rf"(?<!\w){verb}(?!\w)", phrase) else f"{phrase} {verb}"


def _of_change(document: Document, measured: Measured, ahead: str, behind: str) -> str:
    """``giảm 24 trường so với năm 2018`` is ``trường … giảm``; a bare change is that of the number before."""
    unit = document.value(*measured.unit_range) if measured.unit_range else ""
    said = strip_time(ahead)
    parts = [noun(unit)]
    if measured.parent and (not unit or noun(unit).split()[0] in measured.parent.split()):
        parts = [measured.parent]
    elif said and words(said) <= 10:
        parts.append(said)
    elif measured.previous and not unit:
        parts = [measured.previous]
    if behind and words(behind) <= 10:
        parts.append(behind)
    phrase = _join(parts)
    return spell_out(_changed(with_level(with_subject(phrase), measured.level), measured.sign))


def _assemble(
    document: Document, block: Block, sentence: tuple[int, int], measured: Measured, around: tuple[str, str, int]
) -> str:
    """The counted noun and the words around the number, as many as make the phrase whole."""
    ahead, behind, stop = around
    number, parent = measured.number, measured.parent
    ahead = strip_time(ahead) or ("" if measured.unit_range else ahead)
    unit = noun(document.value(*measured.unit_range)) if measured.unit_range else ""
    if not unit and measured.unit and measured.unit not in ("%", "đồng") and not _names_counted(f"{ahead} {behind}"):
        unit = noun(measured.unit)
    if unit.lower() in _CLASSIFIERS and (parent or _PEOPLE.search(f"{ahead} {behind}")):
        unit = ""
    if parent and document.text[number.start - 1] == "(":
        ahead = ""
    parts = [unit, behind] if unit else [ahead, behind]
    if unit and ahead and words(" ".join(parts)) < 5:
        parts.append(ahead)
    if unit and words(" ".join(parts)) < 4 and (shared := _shared_tail(document, stop, sentence[1])):
        parts.append(shared)
    if parent and words(" ".join(parts)) < 10 and not (unit and parent in _BARE_WHOLES):
        parts.append(parent)
    phrase = _join(parts)
    if unit.lower() in _CLASSIFIERS and (told := with_subject(_join(parts[1:]))) != _join(parts[1:]):
        phrase = told
    if not phrase and measured.previous:
        return measured.previous
    if not phrase:
        first, last = trim(document.lower, sentence[0], number.start)
        phrase = strip_time(" ".join(document.value(first, last).split()[:14])) if last > first else ""
    if words(phrase) < 3 and phrase.lower() not in _WHOLE and (context := head_phrase(document, block, number)):
        phrase = _join([phrase, context])
    return phrase


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
_TIME = re.compile(
    r"^(?:(?:(?:trong |đến |từ |tính đến |vào )*(?:năm học|năm|học kỳ|kỳ|nhiệm kỳ|tháng|quý|đầu năm|cuối năm|"
    r"đầu kỳ|giai đoạn)(?: (?:này|nay|qua|học|trước|i|ii|1|2|vừa qua|mới|\d[\d/-]*))*"
    r"|(?:19|20)\d\d|(?:nay|hiện|đến nay|hiện nay|hiện tại)|(?:cả |của )?(?:toàn )?(?:huyện|ngành|tỉnh|xã(?! hội)|"
    r"thị xã|thành phố|quận|đảng bộ|trường|khối(?! \d)|cụm)(?: ta| nhà| đã| có| hiện| này)*|nhà trường|"
    r"phòng(?: gd&đt)?|sở(?: gd&đt)?"
    r"|(?:đã |được |sẽ |có |huy động |tổ chức )+)(?: |$|, ?))+",
    re.I,
)
_COUNTED = re.compile(
    r"(?<!\w)(?:học sinh|trẻ|giáo viên|đảng viên|cán bộ|nhân viên|trường|lớp|phòng|người|nhà giáo|viên chức|"
    r"em|cháu)(?!\w)",
    re.I,
)


def _names_counted(phrase: str) -> bool:
    return _COUNTED.search(phrase) is not None


def strip_time(phrase: str) -> str:
    """A phrase without the time and the body at its beginning: ``Năm học này huyện``, ``Đến nay toàn ngành``."""
    match = _TIME.match(phrase)
    rest = phrase[match.end() :].strip(" ,") if match else phrase
    return rest or (phrase if re.fullmatch(r"(?:đầu|cuối) năm(?: học)?", phrase.lower()) else "")


def _join(parts: list[str]) -> str:
    """The parts in one line, without those that the others before hold already."""
    phrase = ""
    for part in parts:
        if part and f" {part.lower()} " not in f" {phrase.lower()} ":
            phrase = f"{phrase} {part}".strip()
    return phrase


def _is_title(document: Document, block: Block) -> bool:
    """Whether a head is the report's own (``BÁO CÁO``), which says nothing of what is counted."""
    return block.marker is None and (
        block.kind not in ("heading", "item", "paragraph") or document.text[block.start : block.end].isupper()
    )


_PARALLEL = re.compile(r" ?(?:;|,| và) (?P<n>\d[\d.]*) ")


def _shared_tail(document: Document, stop: int, limit: int) -> str:
    """``03 trường THCS; 02 trường Mầm non được đón …``: what is said of both stands behind the second."""
    match = _PARALLEL.match(document.text, stop, limit)
    if not match:
        return ""
    unit = next(iter(document.terms("unit", match.end(), match.end() + 30)), None)
    if unit is None or unit.start != match.end():
        return ""
    start, end = after_phrase(document, unit.end, limit)
    verb = _VERB.search(document.lower, start, end)
    return document.value(verb.start(), end) if verb else ""


def head_phrase(document: Document, block: Block, number: Number) -> str:
    """What the text above says is being counted: the block's own head, else the nearest heading."""
    start, end = document.head(block)
    if end < number.start and words(document.text[start:end]) <= 12 and not re.search(r"\d", document.text[start:end]):
        first, last = trim(document.lower, start, end)
        if last > first:
            return document.value(first, last)
    for above in document.ancestors(block):
        if (above.marker is not None and above.marker.kind in (PART, ROMAN)) or _is_title(document, above):
            break
        start, end = document.head(above)
        if 0 < words(document.text[start:end]) <= 8 and not re.search(r"\d[\d.,]* ", document.text[start:end]):
            return document.value(start, end)
    return ""
