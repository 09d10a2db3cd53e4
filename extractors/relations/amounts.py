"""The numbers of a report that count or measure something, with the noun that they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors._shared.numbers import Number, Ranges, find_numbers
from extractors._shared.scan import WholeWords, Words, digit_runs, holds, matches_from, places_of, words_in
from extractors.relations.manner import manner
from extractors.relations.reading import LOWER, UPPER, Reading

# Numbers that name rather than count: dates, periods, symbols of documents, ordinals. What must not stand
# before a word is looked for after it: the engine tells at once where the word does not begin.
_OF_DAYS = "ngày|tháng|quý|tuần"
#: A number before one of these counts them, whatever it stands behind: ``mức độ 3, 6 xã còn lại``.
_BODIES = "tiêu chí(?! \\d)|chỉ số|xã|phường|thị trấn|thôn|chi bộ|điểm trường|tập thể|cá nhân|hộ|trường|đơn vị|huyện"
_OF_YEARS = "năm|năm học|giai đoạn|nhiệm kỳ|khóa|từ|đến|đến hết|hết|tới|niên khóa"
_OF_ORDER = (
    "số(?<!tổng số)(?<!sĩ số)(?<!sỹ số)(?<!quân số)(?<!dân số)(?<!điểm số)(?<!trong số)(?<!thiểu số)"
    "(?<!đổi số)(?<!kỹ năng số)|"
    "lớp(?<!đứng lớp)|lớp ghép|khối|khối lớp|hạng|thứ|"
    "mức(?<!tổng mức)(?<!định mức)|mức độ|còi độ|cân độ|dưỡng độ|phì độ|"
    "cấp(?<!trung cấp)(?<!sơ cấp)(?<!cung cấp)(?<!phụ cấp)(?<!trợ cấp)(?<!xuống cấp)(?<!nâng cấp)|"
    "cấp độ|lần|vòng|điều|khoản|"
    "mục|phần|chương(?<!huy chương)|nội dung|chương trình|tiêu chí|tiêu chuẩn|phụ lục|biểu(?<!tiêu biểu)|mẫu|đợt|"
    "học kỳ|kỳ|hk|"
    "khóa|đại hội|covid|nghị quyết|thông tư|nghị định|chỉ thị|quyết định|kết luận|"
    "công văn|kế hoạch|đề án|tháng|quý|tốp|top|bài|module|mô đun|quyển|"
    "tập(?<!biên tập)(?<!luyện tập)(?<!sưu tập)(?<!tuyển tập)(?<!dự tập)(?<!học tập)|"
    "giải|mũi|cụm|tổ|nhóm|đoàn(?<!trưởng thành đoàn)|khu vực|đề|câu|"
    "trang|số thứ tự|điểm số|giai đoạn|bước|hợp phần|chặng"
)
_NAMES = re.compile(
    rf"(?:{_OF_DAYS})(?<!/ngày)(?<!/tháng)(?<!/tuần)\s*\d{{1,2}}"
    r"(?:\s*(?:,|và|-|đến)\s*\d{1,2})*(?:\s*[/.-]\s*\d{1,4}){0,2}"
    r"|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d(?<![\d/]\d)\d?/(?:19|20)\d{2}(?!\d)"
    rf"|(?:{_OF_YEARS})\s*(?:19|20)\d{{2}}(?:\s*-\s*(?:19|20)?\d{{2,4}})?(?!\d|[.,]\d)"
    r"|(?:19|20)(?<![\d.,]\d\d)\d{2}\s*-\s*(?:19|20)\d{2}(?!\d)|olympic\s*\d{1,2}\s*[/-]\s*\d{1,2}(?!\d)"
    r"|\d+\s*(?:/\s*\d{4}\s*)?[/-]\s*(?=[a-zđ&]*[a-zđ][-/& ])[a-zđ&]+(?:\s?[-/]\s?[a-zđ&]+)+"
    r"|\d+/(?:19|20)\d{2}/[a-zđ]+"
    rf"|(?:{_OF_ORDER})\s*\d+(?:\s*(?:,|và|-|;|/|\+)\s*(?:lớp |khối )?\d+(?!\d| (?:{_BODIES})\b))*(?![\d%.,/]*\d)"
    r"(?!\s*(?:%|em\b|học sinh|giáo viên|trường\b|giải\b|người|đơn vị|cháu|trẻ|gv\b|hs\b|lớp\b|triệu|t[ỷỉ]\b"
    r"|nghìn|đồng\b|suất|bộ\b|phòng\b|lượt|tiết\b|sáng kiến|đồng chí|đ/c|đảng viên|đoàn viên|đại biểu|hồ sơ\b))"
)
#: A name begins with one of these words before its number, or with a digit.
_WORDS_OF_NAMES = words_in(re.sub(r"\(\?<![^)]*\)", "", f"{_OF_DAYS}|{_OF_YEARS}|{_OF_ORDER}|olympic"))
#: They are looked for behind every digit: by their last letters, which most words there do not share.
_ENDING = 2
_NAMES_BY_ENDING: dict[str, list[str]] = {}
for _word in _WORDS_OF_NAMES:
    _NAMES_BY_ENDING.setdefault(_word[-_ENDING:], []).append(_word)
_ORDINAL_AFTER_NAME = re.compile(rf"[{UPPER}][^\W\d_]* (?:trấn |xã )?[{UPPER}][^\W\d_]*\s$|[Tt]hị trấn\s$")
#: A list of names with counts, of which the last is small: ``An Hòa Trung 11, Bình Thạnh 8``.
_LISTED_BY_NAME = re.compile(rf"[{UPPER}][{LOWER}]+ \d\d[,;] (?:[{UPPER}][{LOWER}]+ )+$")
_COUNT_FOLLOWS = re.compile(
    rf"\s*(?:(?!và |là |do |đạt |có |với |vì |được |cùng )[{LOWER}%/(]|HS\b|GV\b|CB|HC|KK\b|NV\b|[A-ZĐ]{{2,}})"
)
_WORD = re.compile(
    r"(?<!\w)(một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?<!giải ba)(?<!thứ ba)(?<!hạng ba)(?= (?:giải(?! pháp| quyết|"
    r" thể| trình| đáp)|huy chương|hcv|hcb|hcđ))"
)
_NAMED_AFTER = re.compile(
    r" (?!Hiệu trưởng|Phó |Bí thư|Chủ tịch|Tổ trưởng|Trưởng (?:ban|đoàn|phòng|tiểu)|Thư ký|Thành viên|"
    r"Tổng phụ trách|Kế toán|Văn thư|Y tế|Nhân viên|Cán bộ|"
    r"HS|GV|CB|HC|KK|NV|Huy|Giải|Em|Trường|Học|Giáo|Nhất|Nhì|Ba(?!\w)|Khuyến|Vàng|Bạc|Đồng|Giỏi|Khá|Tốt|Trung|"
    r"TH(?!\w)|THCS|THPT|MN|MG|PT|GDTX|TT|CĐCS|CBGV|CSTĐ|LĐTT|HSG|GVDG)"
    rf"[{UPPER}]"
)
#: Right behind a number: it is part of the name of a class or of an age: ``5A``, ``4C2``, ``3T``.
_GLUED = re.compile(r"[A-ZĐ]\d{0,2}(?![\w²³])")
_DASHED = re.compile(rf"\s?[-–]\s?[{UPPER}]")
#: Before a day told without its word; scores go ``từ 5/10 trở lên``.
_BY_DAY = re.compile(r"(?<!\w)(?:đến|tới|hết|trước|sau|kể từ|chậm nhất|sáng|chiều|tối|hôm|dịp|lễ|mùng)\s$")
_DAYS, _MONTHS = 31, 12
_OF_COVID, _COVID = 19, re.compile(r"covid\s*[-–]?\s*$", re.I)
#: How much of a name may stand before its first digit and behind its last.
_BEFORE, _AROUND = 16, 30
#: ``tăng 23,5 điểm phần trăm``: between percentages.
_POINTS = re.compile(r" ?(?:điểm phần trăm|điểm %|điểm ?%)")
#: With what a counted prize begins, and what follows.
_PRIZES_AT = WholeWords(("một", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười"))
_PRIZED = Words(("giải", "huy chương", "hc"))
#: At the head of a sentence people and bodies are counted in words too: ``Bốn cô giáo được khen gồm …``.
_COUNTED_IN_WORDS = re.compile(
    r"(?:^|(?<=[.!?:\n] )|(?<=\n)|(?<=gồm )|(?<=gồm có ))(?:cả )?(?P<n>hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
    r"(?= (?:học sinh|em(?!\w)|cô giáo|thầy giáo|giáo viên|thầy cô|đồng chí|trường(?!\w)|đơn vị|tập thể|cá nhân|"
    r"nhà giáo|xã(?!\w)|đại biểu|thí sinh|thành viên|nội dung|nhiệm vụ|giải pháp))"
)
#: What is counted in words where it is then listed.
LISTED_NOUNS = (
    "nhiệm vụ|giải pháp|nội dung|nhóm|môn|lĩnh vực|tiêu chí|tiêu chuẩn|chỉ tiêu|hoạt động|mục tiêu|khâu|"
    "đột phá|vấn đề|chuyên đề|huân chương|danh hiệu|câu lạc bộ|cuộc vận động|hội thi|phong trào|sản phẩm|hạng mục|"
    "yêu cầu|mô hình|đơn vị|tập thể|cá nhân|thành viên|đồng chí|báo cáo|tham luận|xã|phường|thôn|trường|"
    "điểm trường|chi bộ|học sinh|em|bạn|giáo viên|cô|thầy|thầy cô|đại biểu|đội|tổ|khu vực|khu|giai đoạn|bước|phần|"
    "loại giấy tờ|giấy tờ|khoản|biện pháp|nguyên tắc|hình thức|phương pháp|chủ đề|ngoại ngữ|thứ tiếng|cơ quan|tổ chức|"
    "điểm lẻ|tiết mục|đề tài|sáng kiến|cụm|chi đoàn|chi hội|ý kiến|bài học|hạn chế|tồn tại|nguyên nhân|kiến nghị|"
    "đề xuất|công trình|cuộc thi|đầu việc|điều kiện|mặt công tác|trụ cột|phòng học|ấp|xóm|bản|buôn|liên đội"
)
#: In a sentence a word counts where what it counts is then listed: ``gồm bốn nhóm: …``, ``mở sáu lớp (…)``.
_ANNOUNCED_IN_WORDS = re.compile(
    r"(?<!giải )(?<!thứ )(?<!hạng )(?<!khối )(?<!lớp )(?<!tháng )(?<!quý )(?<!môn )(?<!lần )(?<!cấp )(?<!mức )"
    r"(?<!mười )(?<!mươi )(?<!trăm )(?<!\w)(?P<n>hai|ba|bốn|sáu|bảy|tám|chín|mười|"
    r"(?<=tổ chức )năm|(?<=gồm )năm|(?<=có )năm|(?<=hiện )năm|"
    r"(?<=trung )năm|(?<=đề ra )năm|(?<=khai )năm|(?<=với )năm|(?<=nhất )năm|(?<=mở )năm|(?<=được )năm)"
    rf"(?= (?:{LISTED_NOUNS}|lớp(?! \d))"
    r"(?!\w)[^.;:()\n\d]{0,40}(?::|\(| là (?:các )?(?:em|cô|thầy|ông|bà|bạn|đồng chí|đ/c|trường|xã|phường|thôn) ))"
)
#: With what it begins.
_ANNOUNCED_AT = WholeWords(("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"))
_COUNTED_AT = Words(("cả ", "hai ", "ba ", "bốn ", "năm ", "sáu ", "bảy ", "tám ", "chín ", "mười "))
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
#: A number said again in words right behind it: ``05 (năm) cá nhân``.
_SPELLED = re.compile(
    r" ?\((?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: (?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mươi)){0,2}\)"
)
#: The number of an item of a list inside a paragraph: ``gồm: (1) …; (2) …``, ``1) …; 2) …``.
_MARKS = re.compile(r"\)\s?(?=[^\W\d_])")
_MARKED = re.compile(r"(?:^|[:;,.–-])\s*\(?$")
_SKIPPED = re.compile(r"(?:\s*\)\s*|\s+)(?:các |nhóm |số |lượt |bạn |đội ngũ )?")


@dataclass(frozen=True)
class Amount:
    """A number of the view. ``of`` is the whole of a ratio; ``family`` that of the noun after it.

    ``change`` is set where it tells a difference (``giảm 12 trường``), ``vague`` where it is a
    bound or rounded in words (``trên 90%``): nothing may be computed with either.
    """

    start: int
    end: int
    value: int | float
    percent: bool = False
    of: int | float | None = None
    family: str | None = None
    unit: str | None = None
    unit_end: int = 0
    change: bool = False
    vague: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is a plain count: no percentage, no ratio, no change."""
        return not self.percent and self.of is None and not self.change and not self.vague


def find_amounts(reading: Reading, start: int, end: int) -> list[Amount]:
    """The amounts of a range of the view, in order; names, dates and ordinals are left out."""
    names = Ranges(
        [
            m.span()
            for first, last in _windows(reading.text, start, end)
            for m in matches_from(_NAMES, _beginnings(reading.lower, first, last), reading.lower, first, last)
        ]
    )
    found = list(_digits(reading, start, end, names)) + list(_words(reading, start, end))
    found.sort(key=lambda amount: amount.start)
    return [found[0], *(_out_of(reading, a, b) for a, b in pairwise(found))] if found else found


#: A number behind these counts grades or classes, of which no school has so many by number: ``toàn khối 302``.
_ALL_GRADES, _MOST_GRADES = re.compile(r"(?<!\w)(?:số|toàn|cả|tổng) (?:lớp|khối|khối lớp|cụm|tổ|nhóm) ?:? ?$"), 12
#: Grades, with a dash before how many they have: ``Khối 9 - 166 em``, ``Khối 6, 7 - 312 em``.
_GRADE_BEFORE = re.compile(r"(?<!\w)(?:khối|lớp) (?:\d{1,2}(?:, | và ))*$")
_DASH = re.compile(r"\d{1,2} [-–] (?=\d)")


def _behind_grade(reading: Reading, start: int, number: Number) -> Number:
    """A number behind a grade and a dash, which together look like a range; any other number as it is."""
    if number.value_to is None or number.percent or not number.value <= _MOST_GRADES < number.value_to:
        return number
    dash = _DASH.match(reading.text, number.start, number.end)
    if dash is None or _GRADE_BEFORE.search(reading.lower, max(start, number.start - 24), number.start) is None:
        return number
    return number._replace(start=dash.end(), value=number.value_to, value_to=None)


#: No sum of money is so small.
_BRONZE = 200
#: A year that only names what is counted behind it: ``2021: 48 tỷ; 2022: 62 tỷ``.
_YEAR_LABEL, _BEFORE_YEAR = re.compile(r" ?: ?(?=\d)"), re.compile(r"(?:^|[:;,.(–-]) ?$")
_YEARS = range(1900, 2051)
#: At the head of a line it names what happened then: ``1976: trường mở 12 lớp``, ``1994 – tách khỏi trường …``.
_YEAR_HEAD = re.compile(r"(?: ?:| [-–]) ")
#: Of a season: ``hè 2015``.
_SEASON = re.compile(r"(?<!\w)(?:hè|xuân|vụ|mùa|tết) $", re.I)
#: An age that only names those who are counted behind it: ``3 tuổi 118; 4 tuổi: 131``.
_AGE_LABEL = re.compile(r" tuổi:? (?=\d)")
#: Between a count and what it is taken from: no bound.
_OUT_OF = re.compile(r"[^\d,;.:()]{0,24}(?<!\w)trên (?:tổng số )?")
_PEOPLE = ("pupil", "staff", "person")


def _out_of(reading: Reading, before: Amount, amount: Amount) -> Amount:
    """A number behind a counted noun and ``trên`` is the whole: ``31 giải trên 64 em dự thi``."""
    alike = before.family == amount.family or (before.family in (*_PEOPLE, "prize") and amount.family in _PEOPLE)
    if alike and amount.vague and before.counts and _OUT_OF.fullmatch(reading.lower, before.unit_end, amount.start):
        return replace(amount, vague=False)
    return amount


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The surroundings of digits, where alone a number can be a name: most of a text has none."""
    first, last = start, start
    for begin, stop in digit_runs(text, start, end):
        if begin - _BEFORE > last:
            if last > first:
                yield first, last
            first = begin - _BEFORE
        last = min(end, stop + _AROUND)
    if last > first:
        yield first, last


def _beginnings(lowered: str, start: int, end: int) -> Iterator[int]:
    """Where a name can begin in a range, in order: at a digit, and at a word before one."""
    for first, last in digit_runs(lowered, start, end):
        before = first
        while before > start and lowered[before - 1].isspace():
            before -= 1
        words = _NAMES_BY_ENDING.get(lowered[before - _ENDING : before], ()) if before - _ENDING >= start else ()
        yield from sorted([before - len(word) for word in words if lowered.endswith(word, start, before)])
        yield from range(first, last)


def _digits(reading: Reading, start: int, end: int, names: Ranges) -> Iterator[Amount]:
    text, mark = reading.text, 0
    for printed in find_numbers(text, start, end):
        number = _behind_grade(reading, start, printed)
        if number.value == mark + 1 and _is_mark(text, start, number.start, number.end):
            mark += 1
            continue
        if number.value_to is not None or number.value < 0:
            continue
        if names.touch(number.start, number.end) and not _counts_grades(reading, start, number.start, number.value):
            continue
        if _is_year_label(text, start, number.start, number.end):
            continue
        if number.start == start and _DASHED.match(text, number.end, end):
            continue  # the number of a heading: 2- Đảng viên
        if number.of is None and not number.percent and _GLUED.match(text, number.end):
            continue
        if _AGE_LABEL.match(text, number.end, end):
            continue
        if number.value == _OF_COVID and _COVID.search(text, max(start, number.start - 9), number.start):
            continue
        if _is_ordinal(text, number.start, number.end) and not number.percent and number.of is None:
            continue
        family, unit, unit_end = _unit(reading, number.end, end)
        if number.of is not None and unit is None and _is_day(reading, start, number):
            continue
        points = _POINTS.match(reading.lower, number.end, end)
        percent = number.percent or points is not None
        if points is not None:
            family, unit, unit_end = None, None, points.end()
        if number.scaled:
            family, unit = "money", "đồng"
        elif family in (None, "time") and (sign := _SIGN.match(reading.lower, number.end, end)) is not None:
            if sign["area"]:
                family, unit, unit_end = "area", sign["area"], sign.end()
            elif number.value >= _LEAST_SUM:
                family, unit, unit_end = "money", "đồng", sign.end()
        elif unit == "đồng" and number.value < _BRONZE and not text.startswith("/", unit_end):
            family = "prize"  # 3 vàng, 4 bạc, 6 đồng
        change, vague = manner(reading, start, number.start, number.end, end)
        if family is None and not percent and _ROUND.search(text, number.start, number.end):
            vague = True  # giỏi 22,4 khá 39,1 TB 36,0 yếu 2,5%: no count, its sign stands behind the last one
        of = number.of
        if of is not None and family in _FULL_OF and number.value > _PER_CLASS * of:
            of, family, unit = None, None, None  # 478/13 lớp: pupils and their classes
        yield Amount(
            number.start,
            number.end,
            number.value,
            percent,
            of,
            family,
            unit,
            unit_end,
            change,
            vague,
        )


#: Units that stand right behind a number, with or without a blank; not ``đ/c``, nor what there is of it for each.
_SIGN = re.compile(r" ?(?:(?:đ|vnđ|vnd)(?![\w/]|\.\w)|(?P<area>m2|m²|ha)(?![\w/]))")
#: Of fewer the sign stands for points.
_LEAST_SUM = 1000
#: A whole number printed with decimals.
_ROUND = re.compile(r",0+(?!\d)")
#: Of what pupils fill there are never so many to one.
_FULL_OF, _PER_CLASS = ("class", "room"), 4
#: Days of the year that are told without their word.
HOLIDAYS = {
    (20, 11), (8, 3), (26, 3), (22, 12), (30, 4), (2, 9), (19, 5), (15, 5), (20, 10), (27, 7), (9, 1), (5, 9), (15, 10),
    (13, 9), (31, 5), (31, 12), (30, 6), (27, 2),
}  # fmt: skip


def _is_day(reading: Reading, start: int, number: Number) -> bool:
    """Whether two numbers are a day and a month without the word for it: ``đến 15/12 mới đạt 71%``."""
    if number.of is not None and (number.value, number.of) in HOLIDAYS and number.value > number.of:
        return True
    days = 1 <= number.value <= _DAYS and 1 <= (number.of or 0) <= _MONTHS
    return days and _BY_DAY.search(reading.lower, max(start, number.start - _BEFORE), number.start) is not None


def _counts_grades(reading: Reading, start: int, at: int, value: float) -> bool:
    """Whether a number behind a word that names grades counts what they have all together."""
    return value > _MOST_GRADES and _ALL_GRADES.search(reading.lower, max(start, at - _BEFORE), at) is not None


def _is_year_label(text: str, start: int, first: int, last: int) -> bool:
    """Whether a number is a year at the head of a piece of a list, before the number that is of it."""
    year = last - first == len("2021") and text[first:last].isdigit() and int(text[first:last]) in _YEARS
    head = first == start and _YEAR_HEAD.match(text, last) is not None
    if year and (head or _SEASON.search(text, max(start, first - 5), first)):
        return True
    named = year and _YEAR_LABEL.match(text, last) is not None
    return named and _BEFORE_YEAR.search(text[max(start, first - 3) : first]) is not None


def _is_mark(text: str, start: int, first: int, last: int) -> bool:
    """Whether a number stands where an item of a list inside a paragraph begins: ``; (2) mẫu giáo ra lớp 99%``."""
    return (
        text.startswith(")", last)
        and _MARKS.match(text, last) is not None
        and _MARKED.search(text[max(start, first - 4) : first]) is not None
    )


def _words(reading: Reading, start: int, end: int) -> Iterator[Amount]:
    prized = holds(_PRIZED, reading.lower, start, end)
    prizes = places_of(_PRIZES_AT, reading.lower, start, end) if prized else ()
    for match in matches_from(_WORD, prizes, reading.lower, start, end):
        family, unit, unit_end = _unit(reading, match.end(), end)
        yield Amount(match.start(), match.end(), _WORDS[match.group(1)], family=family, unit=unit, unit_end=unit_end)
    places = places_of(_COUNTED_AT, reading.lower, max(0, start - 2), end)
    for match in matches_from(_COUNTED_IN_WORDS, places, reading.lower, max(0, start - 2), end):
        first, last = match.span("n")
        if first >= start and (reading.text[first].isupper() or reading.lower.startswith("gồm", first - 4)):
            family, unit, unit_end = _unit(reading, last, end)
            yield Amount(first, last, _WORDS[match["n"]], family=family, unit=unit, unit_end=unit_end)
    taken = {match.start("n") for match in matches_from(_COUNTED_IN_WORDS, places, reading.lower, start, end)}
    announcing = places_of(_ANNOUNCED_AT, reading.lower, start, end) if holds(_LISTS, reading.text, start, end) else ()
    for match in matches_from(_ANNOUNCED_IN_WORDS, announcing, reading.lower, start, end):
        first, last = match.span("n")
        opens = not reading.text[first].isupper() or reading.text[:first].rstrip(" ")[-1:] in ("", ".", ":", ";", "\n")
        if first not in taken and opens:
            family, unit, unit_end = _unit(reading, last, end)
            yield Amount(first, last, _WORDS[match["n"]], family=family, unit=unit, unit_end=unit_end)


#: Before what is listed stands one of these.
_LISTS = (":", "(", " là ")


#: Levels and subjects, with capitals too: ``Mầm non 4``, ``Tiếng Anh 6``.
_NO_NAME = re.compile(
    r"(?:tiểu học|mầm non|trung học cơ sở|thcs|thpt|mn|th|mẫu giáo|nhà trẻ|tiếng (?:anh|pháp|nga|trung|nhật|đức|hàn|"
    r"việt|khmer|thái|mông)|(?:tpt|phụ trách) đội|y tế|thư viện|thiết bị|kế toán|văn thư|thủ quỹ|bảo vệ) $"
)


def _is_ordinal(text: str, start: int, end: int) -> bool:
    """Whether a number belongs to a name before or after it: ``Vĩnh Tuy 1``, ``Tiểu học 2 Vĩnh Hòa``."""
    if end - start > 1 or text[start] == "0":
        return False
    if _NAMED_AFTER.match(text, end):
        return True
    if not _ORDINAL_AFTER_NAME.search(text[max(0, start - 30) : start]):
        return False
    before = text[max(0, start - 24) : start].lower()
    if _NO_NAME.search(before) or _LISTED_BY_NAME.search(text[max(0, start - 40) : start]):
        return False
    return not _COUNT_FOLLOWS.match(text, end)


def _unit(reading: Reading, position: int, end: int) -> tuple[str | None, str | None, int]:
    """The counted noun right after a number: its family, itself, and where it ends."""
    plain = position + 1 if reading.lower[position : position + 1] == " " else position
    if spelled := _SPELLED.match(reading.lower, position, end):
        position = spelled.end()
        plain = position + 1 if reading.lower[position : position + 1] == " " else position
    match = _SKIPPED.match(reading.lower, position, end)
    for at in (plain, match.end() if match else plain):
        if (term := reading.term_at("rel_unit", at, min(end, at + 40))) is not None:
            return term.id, reading.lower[term.start : term.end], term.end
    return None, None, position
