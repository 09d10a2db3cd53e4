"""Lists of titles in quotation marks, and numbers with one name only: ``Hai trường được khen là TH An Hòa.``"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.scan import WholeWords, Words, holds
from extractors.relations.pieces import NAMED_BODY
from extractors.relations.reading import LOWER, UPPER, Reading
from schemas.relation import Relation

_IN_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_N = rf"(?<![\w.,/-])(?P<n>0?[2-9]|1\d|{'|'.join(_IN_WORDS)})"
#: What goes by a title of its own.
_TITLED = (
    "dự án|đề tài|sản phẩm|mô hình|sáng kiến|chuyên đề|giải pháp|tiết mục|câu lạc bộ|phong trào|cuộc vận động|"
    "chương trình|hội thi|cuộc thi|sân chơi|tác phẩm|bài thơ|bài hát|bài dự thi|vở kịch|cuốn sách|đầu sách|ý tưởng|"
    "công trình|tham luận|chủ đề|phần thi|danh hiệu|đề án|hoạt động|tiểu phẩm|ca khúc|trò chơi|"
    "lớp tập huấn|bộ phim|bức tranh"
)
_OPEN, _CLOSE = '“"«', '”"»'
_ANNOUNCED = re.compile(
    rf"{_N} (?P<noun>{_TITLED})(?!\w)(?P<more>[^.;:(){_OPEN}\d]{{0,80}}?)"
    rf"(?: (?:gồm|gồm có|bao gồm|đó là|là)(?: các [^\W\d_]+(?: [^\W\d_]+)?)?:?|:| ?\() ?(?=[{_OPEN}])"
)
#: A title with what is said of it: ``“Vườn rau sạch” của lớp 5A``.
_PIECE = (
    rf"[{_OPEN}][^{_OPEN}{_CLOSE}]{{2,160}}[{_CLOSE}](?: ?\([^()]{{1,60}}\)|(?! và )[^,;.:(){_OPEN}{_CLOSE}]){{0,60}}?"
)
_LIST = re.compile(rf"{_PIECE}(?:(?:[,;]| và|, và|; và) (?:và )?{_PIECE})*(?=\s*(?:[.;)]|$))")
_TITLE = re.compile(rf"[{_OPEN}][^{_OPEN}{_CLOSE}]{{2,160}}[{_CLOSE}]")
#: Not all of them are listed.
_SOME = re.compile(r"(?<!\w)(?:như|tiêu biểu|điển hình|trong đó|nổi bật|ví dụ|thứ|đặc biệt|nhất là)(?!\w)")
_QUOTES_AT = Words(("“", '"', "«"))

_SCHOOLS, _PLACES = "trường|đơn vị|trường học", "xã|phường|thị trấn|thôn|ấp|bản|khu phố"
_PEOPLE = "em|học sinh|giáo viên|cô giáo|thầy giáo|thầy cô|đồng chí|cá nhân|nhà giáo|thí sinh"
_SUBJECT = re.compile(
    rf"(?:có |riêng |và )?{_N} (?:(?P<schools>{_SCHOOLS})|(?P<places>{_PLACES})|(?P<people>{_PEOPLE}))(?!\w)"
    r"(?P<more>[^.;:(),\d]{3,80}?) (?:đó là|gồm|là):? "
)
#: What may be one for several: where they are, whom they belong to.
_SHARED = re.compile(
    r"(?<!\w)(?:đều|cùng|địa bàn|nơi|quê|thuộc|đến từ|địa phương|đơn vị|tên|mục tiêu|yêu cầu|nhiệm vụ|như|tiêu biểu|"
    r"gồm|có|khác)"
    r"(?: [^\W\d_]+){0,2}$"
)
_PERSON = re.compile(
    r"(?:(?:em|cháu|cô|thầy|ông|bà|đồng chí|đ/c|cô giáo|thầy giáo) )?"
    rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]*){{1,4}}"
    r"(?: \([^()]{1,40}\))?"
)
_PLACE = re.compile(rf"(?:{_PLACES}) [{UPPER}][{LOWER}]+(?: [{UPPER}\d][{LOWER}\d]*){{0,3}}", re.I)
_COUNTED_AT = WholeWords(("là", "gồm"))


def find_titled(reading: Reading, block: Block) -> Iterator[Relation]:
    """Numbers of titled things with their titles, and numbers of several with one single name behind them."""
    lower, start, end = reading.lower, block.body, block.end
    if holds(_QUOTES_AT, lower, start, end):
        yield from _titles(reading, start, end)
    if holds(_COUNTED_AT, lower, start, end):
        for first, last in reading.document.sentences(block):
            yield from _single(reading, first, last)


def _value(number: str) -> int:
    return _IN_WORDS.get(number) or int(number)


def _titles(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    for match in _ANNOUNCED.finditer(reading.lower, start, end):
        listed = _LIST.match(reading.lower, match.end(), end)
        if listed is None or _SOME.search(match["more"]):
            continue
        titles = [title.span() for title in _TITLE.finditer(reading.lower, *listed.span())]
        # Of one title the number may count something else: two prizes of the project “…”.
        if len(titles) > 1:
            whole = reading.quantity(_value(match["n"]), match.span("n"), (match.start(), match.end()))
            parts = tuple(reading.thing(*span) for span in titles)
            yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue="“”")


def _single(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """A sentence that says of several by their number who they are and names one."""
    match = _SUBJECT.match(reading.lower, start, end)
    if match is None or _SHARED.search(match["more"]) or _SOME.search(match["more"]):
        return
    last = end
    while last > match.end() and reading.text[last - 1] in " .\n":
        last -= 1
    kind = NAMED_BODY if match["schools"] else _PLACE if match["places"] else _PERSON
    if kind.fullmatch(reading.text, match.end(), last):
        whole = reading.quantity(_value(match["n"]), match.span("n"), (match.start(), match.end()))
        name = reading.thing(match.end(), last)
        yield Relation(kind="list", whole=whole, parts=(name,), exhaustive=True, cue="là")
