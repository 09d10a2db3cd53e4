"""How clauses open before what they count: the time and the place or body that has it."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.view import CAPITAL

#: A time that is past, or told beside one that is: ``Buổi đầu trường chỉ có``, ``Bây giờ trường có``.
_EARLIER = (
    r"(?:(?:vào|trong|từ|ngay từ) )?(?:(?:buổi|thuở|thời|hồi|(?:những |mấy )?(?:ngày|năm)|lúc|khi|thời kỳ) "
    r"(?:ban đầu|đầu tiên|đầu(?! năm)|mới)(?: mới)?"
    r"(?: (?:được )?(?:thành lập|chia tách|tách|ra đời|mở)(?: trường| ra)?)?"
    r"|thời (?:kỳ|gian|điểm) (?:này|đó|ấy)|trước đây|trước kia|(?:có )?lúc(?: (?:đó|ấy|này|cao điểm|đông nhất|lên))?)"
    r"(?!\w)"
)
_TIME = re.compile(
    rf"^(?:(?:{_EARLIER}|bây giờ|hôm nay|ngày nay|(?:chỉ|mới chỉ|vẻn vẹn|vỏn vẹn|cả thảy)(?: có| lên)?(?!\w)|"
    r"(?:trong |đến |từ |tính đến |vào |hết )*(?:năm học|năm|học kỳ|kỳ|nhiệm kỳ|tháng|quý|đầu năm|cuối năm|"
    r"đầu kỳ|giai đoạn|(?:khi|lúc) (?:đó|ấy|này|đầu|bấy giờ))"
    r"(?: (?:này|nay|qua|học|trước|i|ii|1|2|vừa qua|mới|\d[\d/-]*(?: ?- ?\d{4})?))*"
    r"|(?:tính )?(?:đến|tới) (?:hết )?(?:ngày |thời điểm |tháng )?\d[\d/.]+"
    r"|(?:kể )?từ (?:đó|đây|ấy|khi (?:đó|ấy|ra đời|thành lập|mới thành lập))(?: (?:đến|tới) nay)?|cho đến nay"
    r"|(?:tính )?đến (?:thời điểm (?:này|hiện tại|nay)|giờ)"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d|(?:19|20)\d\d|(?:nay|hiện|đến nay|hiện nay|hiện tại)"
    r"|(?:toàn quốc|cả nước)(?: đã| có| hiện)*|(?:cả |của )?(?:toàn )?(?:huyện|ngành|tỉnh|xã(?! hội)|"
    r"thị xã|thành phố|quận|đảng bộ|"
    r"trường(?! (?:(?:đạt|được công nhận)(?: mới)? )*chuẩn)|khối(?! \d)|cụm)"
    r"(?: ta| nhà| đã| có| hiện| này)*|(?:tại )?nhà trường|(?:đã |phải )*(?:trải )?qua(?= ?$)|"
    r"phòng(?! (?:học|máy|chức|bộ|thi|ở|đọc))(?: gd&đt| giáo dục (?:và|&) đào tạo)?|"
    r"sở(?: gd&đt| giáo dục (?:và|&) đào tạo)?"
    r"|(?:đã |được |sẽ |có |huy động |tổ chức )+)(?: |$|, ?))+",
    re.I,
)


#: A place by its kind, and its name where no more is said: ``huyện`` ``Vân Sa hiện``.
_PLACE_ENDS = re.compile(r"(?<!\w)(?:huyện|tỉnh|xã|thành phố|quận)(?: nhà)? ?$", re.I)
_PLACE_NAME = re.compile(
    rf"(?:[{CAPITAL}](?![{CAPITAL}])[^\W\d_]*(?: |$|, ?)){{1,4}}(?:(?:đã|hiện|hiện nay|nay|có|chỉ|còn)(?: |$))*"
)


def is_place(phrase: str) -> bool:
    """Whether a phrase is but a place that has what is counted: ``Toàn huyện Vân Sa hiện``."""
    match = _TIME.match(phrase)
    if match is None or _PLACE_ENDS.search(match.group(0)) is None:
        return False
    return _PLACE_NAME.fullmatch(phrase, match.end()) is not None


def is_earlier(before: str) -> bool:
    """Whether the words before a number tell of an earlier time than the report's: ``Buổi đầu trường chỉ có``."""
    return _OPENS_EARLIER.match(before) is not None


_OPENS_EARLIER = re.compile(rf"\W*{_EARLIER}", re.I)


def strip_time(phrase: str) -> str:
    """A phrase without the time and the body at its beginning: ``Năm học này huyện``, ``Đến nay toàn ngành``."""
    match = _TIME.match(phrase)
    rest = phrase[match.end() :].strip(" ,") if match else phrase
    return rest or (phrase if re.fullmatch(r"(?:đầu|cuối) năm(?: học)?", phrase.lower()) else "")


def before_year(document: Document, start: int, position: int) -> int:
    """Where the year begins that labels a figure: ``Số đỗ đại học: 2018: 87 em``; its own place for any other."""
    if ":" not in document.text[position - 2 : position]:
        return position
    year = _YEAR_LABEL.search(document.lower, start, position)
    return year.start("year") if year else position


_YEAR_LABEL = re.compile(r"[:;,(] (?P<year>(?:đến )?(?:năm(?: học)? )?(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)? ?: ?)$")
