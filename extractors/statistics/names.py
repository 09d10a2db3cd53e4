"""Numbers that count nothing: parts of names, of lists of names, of times, and demands in headings."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.numbers import Number
from extractors._shared.scan import Words, holds, words_in
from extractors._shared.view import CAPITAL
from extractors.statistics.labels import count_label
from extractors.statistics.naming import (
    FEAST,
    FEASTS,
    FRACTION_OF,
    GIVEN,
    GIVEN_TO,
    GIVEN_WORDS,
    NAMED_CLASS,
    NAMES,
    NAMES_ALONE,
    NUMBERED,
    NUMBERED_ENDS,
)
from extractors.statistics.reading import Reading

_WEIGHT = re.compile(r"(?:(?:tiêu chuẩn|tiêu chí|nội dung|phần|điều) )?\d* ?[^.;:%]{0,30}\(\d{1,3} ?%\) ?:")
_MODEL = re.compile(
    r"(?:công nghiệp|công nghệ|cách mạng|khoa học|thời đại|kỷ nguyên|module|web|vị trí số|hạt giống số|top|tốp) $|"
    r"(?:lần thứ|lần) $|covid ?[-–]? ?$|(?<!\w)(?:cụm|khối|đội)(?: thi đua)? số $"
)
_MODEL_ENDS = (
    *(
        f"{word} "
        for word in words_in("công nghiệp|công nghệ|cách mạng|khoa học|thời đại|kỷ nguyên|module|web|top|tốp")
    ),
    *(
        "lần thứ ",
        "lần ",
        " số ",
        *words_in("covid|covid |covid-|covid -|covid–|covid –|covid- |covid - |covid– |covid – "),
    ),
)
#: The place in which a numbered one lies: ``phường 14 quận 6``, ``phường 2 thành phố Mỹ Lộc``.
_PLACE_ABOVE = re.compile(
    rf",? (?:[Qq]uận (?:\d{{1,2}}(?!\d)|[{CAPITAL}])|(?:[Tt]hành phố|[Tt]hị xã|[Hh]uyện|[Tt]ỉnh) [{CAPITAL}])"
)
#: A house in a street: ``tại số 41 đường Lê Lợi``, ``(nay là số 57) đường``.
_ADDRESSED = frozenset({"thầy", "cô", "đồng chí", "đ/c", "thầy cô"})
#: Years in which staff are born, and the name before such a year in a list of staff.
_BORN = 1935, 2012
_NAME_BEFORE = re.compile(rf"[{CAPITAL}][^\W\d_]+ [{CAPITAL}][^\W\d_]+ $")
_HOUSE = re.compile(r"(?:tại|là|ở|nhà) số $")
_STREET = re.compile(r"[^.;:\n]{0,30}?(?<!\w)(?:đường|phố|ngõ|hẻm|khu phố)(?!\w)")
_ADDRESS = re.compile(
    r"(?<!\w)(?:địa chỉ|trụ sở (?:tại|đặt tại)) ?:? ?(?:số )?"
    r"(?:[^.;:\d]|\d[\d/]*[a-z]? (?:đường|phố)|(?:khóm|phường|tổ|ấp|quận) \d)*$"
)
_ADDRESS_WORDS = Words(("địa chỉ", "trụ sở"))
#: A hamlet named by its number, of the commune behind it: ``thuộc địa bàn thôn 8 xã Hòa Lộc``.
_HAMLET = re.compile(
    r"(?<!\d )(?<!\w)(?:thôn|xóm|ấp|bản|buôn|khóm|làng|tổ dân phố|khu phố|tiểu khu|điểm)(?: [^\W\d_]+){0,2} $"
)
_PLACE_BEHIND = re.compile(r"(?:,| ?-)? (?:xã|phường|thị trấn|huyện|thị xã|thành phố)(?!\w)")
#: A group of houses, a lane or a street right before its number, where the rest of an address follows; a street alone
#: bears days as its name: ``tổ 7 phường Tân Giang``, ``ngõ 20, đường Láng``, ``đường 30/4``.
_LANE = re.compile(
    r"(?<!\w)(?:(?<!\d )(?:tổ|đội|khu|cụm|ấp|khóm|thôn|xóm)|số|ngõ|ngách|hẻm|kiệt|lô|(?P<street>đường|phố))(?: số)? $"
)
_LANE_ENDS = tuple(
    f"{word} " for word in words_in("tổ|đội|khu|cụm|ấp|khóm|thôn|xóm|số|ngõ|ngách|hẻm|kiệt|lô|đường|phố")
)
_ADDRESS_ON = re.compile(
    rf"(?:,| ?-)? (?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Kk]hóm|[Ấấ]p|[Tt]hôn|"
    rf"[Kk]hu phố|[Nn]gõ|[Nn]gách|[Hh]ẻm|[Đđ]ường|[Pp]hố|[Tt]ổ dân phố|P\.|TP\.|Q\.) ?(?:số )?(?:\d|[{CAPITAL}])"
)
#: The time at which a page was written: ``lúc : 08:51 17/04/2018``.
_CLOCK = re.compile(r"[0-2]?\d:[0-5]\d(?![\d.,])")
_AT = re.compile(r"(?<!\w)(?:lúc|hồi|đăng|ngày) ?:? ?$")
_DAY = re.compile(r":\d\d,? \d{1,2}[/-]\d{1,2}[/-]\d{4}")
#: A slogan in quotation marks: ``“3 đủ”``.
_SLOGAN = re.compile(r"[“\"]\d{1,2} [^\d“”\",;.:]{2,30}[”\"]")
#: A symbol behind a number makes it a document's: ``Số:03/ BC-MNHS``.
_SYMBOL = re.compile(r" ?/ ?[A-ZĐ]{2}")
_NUMBERED_PAPER = re.compile(r"(?<!\w)số ?:? ?$")
_NAMED = rf"[{CAPITAL}](?![{CAPITAL}])[^\W\d_]*"
_PROPER = re.compile(rf"(?:{_NAMED} {_NAMED}|(?:TH|MN|THCS|THPT|xã|phường|trấn|học|non|sở|thông) {_NAMED}) $")


#: Words that are no names though each begins with a capital: subjects and degrees as labels (``Tiếng Anh 18``).
_COMMON = tuple(
    f"{word} "
    for word in (
        *("tiếng anh", "tiếng việt", "tiếng pháp", "tiếng nhật", "tiếng trung", "tiếng khmer", "tiếng thái"),
        *("ngoại ngữ", "ngữ văn", "lịch sử", "địa lý", "địa lí", "vật lý", "vật lí", "hóa học", "sinh học", "tin học"),
        *("công nghệ", "mỹ thuật", "mĩ thuật", "âm nhạc", "thể dục", "giáo viên", "nhân viên", "học sinh", "quản lý"),
        *("đại học", "cao đẳng", "trung cấp", "sơ cấp", "thạc sĩ", "tiến sĩ", "mầm non", "tiểu học", "nhà trẻ"),
        *("mẫu giáo", "đảng viên", "kế toán", "văn thư", "y tế", "thư viện", "bảo vệ", "biên chế", "hợp đồng"),
    )
)


#: Books are numbered by their grade: ``tài liệu Tiếng Việt 1``.
_BOOK = re.compile(r"(?<!\w)(?:tài liệu|sách|vở|chương trình|môn)(?!\w)")
#: What a figure labels that tells how many there are of a kind: ``giảm 50%: 112 em``.
_LABELS = re.compile(r" ?(?:điểm|học phí|kinh phí)? ?: ?\d")
_RATE_BEFORE = re.compile(
    r"(?<!\w)(?:(?<!số )(?:miễn )?giảm|hỗ trợ|hưởng|mức|trợ cấp|phụ cấp|số (?:trường|lớp|em|hs|học sinh|"
    r"giáo viên|đơn vị|xã)(?: đạt| hoàn thành| thực hiện)?) $"
)
_MARK_BEFORE = re.compile(r"(?<!\w)điểm(?: từ| dưới| trên)? $")
#: Ages, and how old those counted by them may be.
_AGED = re.compile(r"(?<!\w)(?:độ tuổi|biết chữ)(?: từ| lao động từ)? $")
_OLDEST = 100
#: Shifts in which a school is full: ``không còn lớp học 3 ca``.
_SHIFT = re.compile(r" ca(?!\w)")
#: Of how many subjects points are the sum or the mean.
_POINTS_OF = re.compile(r"điểm (?:bình quân|trung bình|tb)(?: của)?(?: cả)? $")
#: A year before another.
_YEAR_BEFORE = re.compile(r"(?<!\w)(?:năm(?: học)?|mốc|hè) (?:19|20)\d\d (?:đến|tới|và|-) $")
#: What a year is part of: a quarter, the prices by which a value is told.
_OF_YEAR = re.compile(
    r"(?<!\w)(?:(?:quý|quí) ?(?:i{1,3}|iv|[1-4]) ?/ ?|giá (?:so sánh|cố định|hiện hành)(?: của)?(?: năm)? )$"
)
#: The weight by which those who fight or lift are told apart: ``đẩy gậy nữ 44 kg``, ``hạng cân 52kg``.
_KILOS = re.compile(r" ?kg(?!\w)")
_WEIGHED = re.compile(
    r"(?<!\w)(?:đẩy gậy|hạng cân|hạng|vật|võ|vovinam|karate|taekwondo|judo|cử tạ|kéo co|boxing|pencak silat)"
    r"(?: [^\W\d_]+){0,3} $"
)
#: A paper by its number and year: ``Giấy khen 1183/2005``, ``Bằng công nhận số: 55/2006``.
_PAPER = re.compile(
    r"(?<!\w)(?:giấy khen|bằng khen|giấy chứng nhận|bằng công nhận|bằng|chứng chỉ|quyết định|qđ|công văn|cv|tờ trình|"
    r"biên bản)(?: số)? ?:? ?$"
)
#: A year that labels what is told of it in a series of years: ``Tỷ lệ đỗ: 2019: 91%; 2020: 93%``.
_YEAR_OPENS = re.compile(r"[:;,(] ?$")
_TOLD_OF_YEAR = re.compile(r" ?: ?\d")
_TOWARDS = re.compile(
    r"(?:^|[.;:,(+*-] ?|(?<!\w)(?:tính|từ|kể từ|mốc|hướng) |"
    r"(?<!\w)(?:kế hoạch|mục tiêu|định hướng|lộ trình|tầm nhìn) (?:[^\W\d_]+ ){0,4})(?:đến|tới|từ|mốc|hè|đầu|cuối) $"
)
#: Ends of words that are no ``cấp 2``: ``7 phòng xuống cấp``, ``lý luận chính trị: cao cấp 1, trung cấp 5``.
_NO_STEP = ("xuống cấp ", "cao cấp ", "trung cấp ", "sơ cấp ", "cung cấp ", "trợ cấp ", "phụ cấp ", "định mức ")
_TO_CLASS = ("ra lớp ", "đến lớp ", "ra nhóm lớp ", "ra nhóm, lớp ")
_LAST_GRADE = 12
_LAST_MONTH, _FIRST_YEAR, _LAST_YEAR = 12, 1945, 2050
_ROOM = re.compile(r"(?<!\d )(?<!số )(?<!\w)phòng $")
_FIRST_ROOM = 101


class Naming:
    """Tells the numbers of one document that name or rule from those that count."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self.document = document
        self.reading = reading

    def is_name(self, block: Block, sentence: tuple[int, int], number: Number) -> bool:
        """Whether a number is part of a name: ``lớp 9``, ``hạng II``, ``công nghiệp 4.0``, ``Vĩnh Tuy 1``."""
        document = self.document
        before = document.text[max(block.start, number.start - 30) : number.start]
        lowered = document.lower[max(block.start, number.start - 30) : number.start]
        addressed = holds(_ADDRESS_WORDS, document.lower, sentence[0], number.start)
        if addressed and _ADDRESS.search(document.lower, sentence[0], number.start):
            return True
        if number.of is not None and document.lower.startswith(" lần thứ", number.end):
            return True  # "Olympic truyền thống 30/4 lần thứ 28"
        if lowered.endswith("học ") and _SHIFT.match(document.lower, number.end):
            return True
        if self._is_address(lowered, number) or enters_grade(document.lower, number):
            return True
        if self._numbers_line(block, number) or _TEACHINGS.match(document.lower, number.end):
            return True
        if _COPIES.match(document.lower, number.end) and _DRAWN_UP.search(lowered):
            return True
        if number.value_to is not None and number.value < _OLDEST and _AGED.search(lowered):
            return True  # "trong độ tuổi 15 - 60"
        if number.of is None and _FIRST_YEAR <= number.value <= _LAST_YEAR and self._is_year(before.lower(), number):
            return True
        if number.of is None and _BORN[0] <= number.value <= _BORN[1] and _NAME_BEFORE.search(before):
            return True  # "Lê Thị Mận 1973 GV": the year of birth
        if (
            lowered.endswith("số ")
            and _HOUSE.search(lowered)
            and _STREET.match(document.lower, number.end, sentence[1])
        ):
            return True
        if number.of and number.value <= _LAST_MONTH and _FIRST_YEAR <= number.of <= _LAST_YEAR:
            told = self._unit(number)
            if told is None or document.lower[slice(*told)] in _ADDRESSED:
                return True  # "từ 10/1965 đến 6/1970 thầy A làm hiệu trưởng"
        if _KILOS.match(document.lower, number.end) and _WEIGHED.search(lowered):
            return True
        if number.of and _FIRST_YEAR <= number.of <= _LAST_YEAR and _PAPER.search(lowered):
            return True
        if _SLOGAN.match(document.text, number.start - 1) and document.text[number.start - 1] in '“"':
            return True
        if number.value_to is not None and number.value_to < number.value:
            return True
        if lowered.endswith(_MODEL_ENDS) and _MODEL.search(lowered):
            return True
        if _SYMBOL.match(document.text, number.end) and _NUMBERED_PAPER.search(lowered):
            return True
        if (
            document.text[number.start] == "0"
            and document.text[number.start + 1 : number.start + 2].isdigit()
            and number.value >= _FIRST_ROOM
        ):
            return True  # the beginning of a telephone number: "0918 xxx 112"
        if _LABELS.match(document.lower, number.end) and (
            (_MARK_BEFORE.search(lowered) and not number.percent) or (number.percent and _RATE_BEFORE.search(lowered))
        ):
            return True  # "giảm 50%: 112 em", "Điểm 9-10: 188 bài"
        if number.percent:
            return self._heads_criterion(block, number)
        if _PLACE_BEHIND.match(document.lower, number.end) and _HAMLET.search(lowered):
            return True
        if _CLOCK.match(document.lower, number.start) and (
            _AT.search(lowered) or _DAY.match(document.lower, number.end)
        ):
            return True
        if (label := count_label(document, sentence[0], number)) and document.lower.startswith("tổng", label[0]):
            return False  # "Tổng số lớp 17"
        if self._is_numbered(before, lowered, number):
            return True
        given = holds(GIVEN_WORDS, document.lower, sentence[0], number.start)
        given = given and GIVEN_TO.search(document.lower, sentence[0], number.start) is not None
        if given or GIVEN.match(document.lower, number.end):
            return True
        if (
            number.of is not None
            and (FEAST.search(lowered) or (number.value, number.of) in FEASTS)
            and self._unit(number) is None
        ):
            return True
        terms = document.terms("not_after", max(block.start, number.start - 25), number.start)
        if (
            terms
            and not lowered.endswith(_NO_STEP)
            and document.text[terms[-1].end : number.start] == " "
            and number.of is None
            and isinstance(number.value, int)
        ):
            word = document.lower[terms[-1].start : terms[-1].end]
            if word == "năm":
                return self._unit(number) is None and 1900 <= number.value <= 2100
            counts = self._unit(number) is not None
            if word in NAMES_ALONE:
                if number.value < 100 and _PLACE_ABOVE.match(self.document.text, number.end):
                    return True
                return number.value < 100 and not counts
            if word == "chương trình" and 2000 < number.value < 2100:
                return True
            if word in NAMES:
                if lowered.endswith(_TO_CLASS) and number.value > _LAST_GRADE:
                    return False  # "trẻ 0-2 tuổi: 1.480, ra lớp 412"
                beyond = lowered.endswith("ra lớp ") or (word in ("lớp", "khối") and number.value > _LAST_GRADE)
                return number.value < 1000 and not (beyond and counts)
            return number.value < 1000 and self._unit(number) is None and not self.reading.labels(sentence)
        if not before.endswith(" ") or not _PROPER.search(before):
            return False
        if lowered.endswith(_COMMON) and not _BOOK.search(lowered):
            return False
        return not (number.scaled or number.of or self._unit(number) is not None)

    def _unit(self, number: Number) -> tuple[int, int] | None:
        """The noun behind a number, but for a post: ``khu vực 3 Bí thư chi bộ phát biểu`` counts none."""
        unit = self.reading.unit(number)
        if unit and any(t.id == "chức vụ" and t.start == unit[0] for t in self.document.terms("unit", *unit)):
            return None
        return unit

    def _is_address(self, lowered: str, number: Number) -> bool:
        """Whether a number names a group of houses, a lane or a street: ``tổ 7 phường Tân Giang``, ``đường 3/2``."""
        if number.percent or number.scaled or not lowered.endswith(_LANE_ENDS):
            return False
        match = _LANE.search(lowered)
        if match is None:
            return False
        days = match["street"] is not None and number.of is not None
        return days or _ADDRESS_ON.match(self.document.text, number.end) is not None

    def _is_year(self, before: str, number: Number) -> bool:
        """Whether a number is a year told without its word: ``từ năm 2016 đến 2019``, ``đến 2030, tỷ lệ …``."""
        if _YEAR_BEFORE.search(before) or _OF_YEAR.search(before):
            return True
        if _YEAR_OPENS.search(before) and _TOLD_OF_YEAR.match(self.document.text, number.end):
            return True
        return self._unit(number) is None and not number.percent and _TOWARDS.search(before) is not None

    def _is_numbered(self, before: str, lowered: str, number: Number) -> bool:
        """Whether a number stands in a name or a list of names (``lớp 1, 2, 3``), or is a part of a time."""
        if number.of is not None:
            if number.of < number.value <= 31 and number.of <= 12 and self._unit(number) is None:
                return True  # a day that names: "Nhà máy 29/3"
            if lowered.endswith("olympic "):
                return True
            unit = self._unit(number)
            if number.value <= _LAST_MONTH and _FIRST_YEAR <= number.of <= _LAST_YEAR and unit is None:
                return True  # a month: "từ 12/2006 đến nay"
            alone = unit is None or self.document.text[unit[0]].isupper()  # "lớp 1/3 Trường Tiểu học …"
            named = NAMED_CLASS.search(before) is not None and number.value <= 12 and alone
            time = NUMBERED.search(lowered) is not None and number.value <= 31 and number.of <= 12
            return (
                named
                or (time and self._unit(number) is None)
                or FRACTION_OF.match(self.document.lower, number.end) is not None
            )
        if _FIRST_ROOM <= number.value < 1000 and _ROOM.search(lowered):
            return True
        if self.document.text[number.start] in "-+" and self.document.lower.startswith(("kg", " kg"), number.end):
            return True  # a weight class: "Karate -42kg"
        if lowered.endswith(_NO_STEP):
            return False
        if self.document.lower.startswith(" môn", number.end) and _POINTS_OF.search(lowered):
            return True  # "điểm bình quân 3 môn 18,7 điểm"
        if lowered.endswith("tổng điểm "):
            return True  # "tổng điểm 3 môn đạt từ 27 điểm"
        match = NUMBERED.search(lowered) if lowered.removesuffix("\n").endswith(NUMBERED_ENDS) else None
        if match and match.group(0).startswith("cụm"):
            return True  # "Cụm chuyên môn số 2 khối THCS"
        if match and not match.group(0).startswith("trước"):
            return self._unit(number) is None and not number.scaled
        return number.value < 20 and NAMED_CLASS.search(before) is not None and self._unit(number) is None

    def _numbers_line(self, block: Block, number: Number) -> bool:
        """Whether a number only numbers the line that it begins, beside others: ``1 Trường A`` / ``2 Trường B``."""
        document, value = self.document, number.value
        if number.start == block.start and number.end == block.end:
            return True  # a line of its own, whatever the next one is about
        if (
            number.start != block.start
            or not isinstance(value, int)
            or not _CAPITAL_NEXT.match(document.text, number.end)
        ):
            return False
        near = (block.index - 1, value - 1), (block.index + 1, value + 1)
        for index, other in near:
            if 0 <= index < len(document.blocks):
                line = document.blocks[index]
                first = _NUMBERED_LINE.match(document.text, line.start, line.end)
                if first and int(first["n"]) == other:
                    return True
        return False

    def _heads_criterion(self, block: Block, number: Number) -> bool:
        """Whether a percentage stands in the heading of a criterion, which is a demand, not a figure."""
        if _WEIGHT.match(self.document.lower, block.body, block.end) and block.start <= number.start < block.body + 40:
            return True
        if block.marker is None or block.marker.number is None or block.end - block.start > 260:
            return False
        follower = self.document.blocks[block.index + 1] if block.index + 1 < len(self.document.blocks) else None
        closes = follower is not None and follower.kind in _CLOSING  # a signature under the last line
        opens = follower is not None and follower.parent == block.index and not closes
        return opens and (block.kind == "heading" or "." in block.marker.path)


#: A line that a number and a capital begin.
_CAPITAL_NEXT = re.compile(rf" {{1,4}}[{CAPITAL}](?![{CAPITAL}])")
_NUMBERED_LINE = re.compile(rf"(?P<n>\d{{1,3}}) {{1,4}}[{CAPITAL}]")
#: What children learn by heart, and the copies of a paper: names and a formula, not figures.
_TEACHINGS = re.compile(r" điều bác(?: hồ)?(?!\w)")
_COPIES = re.compile(r" bản(?! (?:làng|vùng|đặc|xã|của))(?!\w)")
_DRAWN_UP = re.compile(r"(?<!\w)(?:lập|làm|in) (?:xong )?thành $")
#: What stands under the last line of a report.
_CLOSING = frozenset({"signature", "recipients", "junk"})


def enters_grade(lowered: str, number: Number) -> bool:
    """Whether a number is the grade that a contest lets in, called so by itself: ``thi vào 10 điểm trung bình 6,1``."""
    if number.value != _ENTERED or not _ENTRANCE.search(lowered, max(0, number.start - 22), number.start):
        return False
    return _COUNTED_THERE.match(lowered, number.end) is None


_ENTERED = 10
_ENTRANCE = re.compile(r"(?<!\w)(?:(?:thi|đỗ|đậu|trúng tuyển|thi tuyển|điểm) vào|tuyển sinh(?: vào)?) $")
_COUNTED_THERE = re.compile(r" (?!điểm (?:trung|bình|cao)|công lập|chuyên|đạt)[^\W\d_]|/\d| ?%|[.,]\d")


def is_year_label(lowered: str, number: Number) -> bool:
    """Whether a number is a year that labels the figure behind it: ``2018: 87 em; 2019: 101 em``."""
    if _LABELS.match(lowered, number.end) is None or not _YEARS[0] <= number.value <= _YEARS[1]:
        return False
    return lowered.endswith(
        (": ", "; ", ", ", "(", "(năm ", ", năm ", "; năm ", ": năm ", "đến ", "đến năm "), 0, number.start
    )


_YEARS = 1950, 2100
_LABELS = re.compile(r"(?: ?[-–] ?\d{4})? ?: ?\d")
