"""Numbers as Vietnamese reports print them: decimal comma, thousands dot, leading zeros, ratios.

Only digits are read; numbers in words are no records, except counts of prizes, which
`word_number` reads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractors._shared.document import Document
from extractors._shared.scan import digits, matches_from

_NUMERAL = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![.,]?\d)|\d{1,3}(?:,\d{3}){2,}(?![.,]?\d)|"
    r"(?<![Ll]ớp )(?<![Kk]hối )\d{1,3}(?: \d{3})+(?![\d.,]\d|\d| ?%)|"
    r"\d+,\d+|\d+\.\d{1,2}(?![\d.])|\d+"
)
_PERCENT = r" ?%| điểm (?:%|phần trăm)"
_NUMBER = re.compile(
    rf"(?:(?<![\w.,/-])|(?<=[^\W\d_]{{2}}[/,;])|(?<=\)/)|(?<=\) /))(?P<sign>[-+](?=\d))?"
    rf"(?P<a>{_NUMERAL})(?P<pct>{_PERCENT})?"
    rf"(?: ?/ ?(?P<b>{_NUMERAL})(?P<pct2> ?%)?| ?- ?(?P<to>{_NUMERAL})(?P<pct3> ?%)?)?(?![\d]|[.,]\d|"
    rf"(?<!%)/(?!(?:[Nn]ữ|[Nn]am|[Dd]ân tộc|[Đđ]ảng viên|DTTS) ?:? ?\d)\w|\.\w|-[^\W\d_])"
)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
#: Thousands parted by commas, as some write them: nobody counts three places behind the decimal comma that are all 0.
_BY_COMMAS = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}|,000)")
_SCALE = re.compile(r" ?(?P<scale>nghìn|ngàn|triệu|t[ỷỉ](?! lệ)|trăm)(?: (?P<scale2>triệu|t[ỷỉ](?! lệ)))?(?!\w)", re.I)
_SCALES = {"trăm": 100, "nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}

#: Numbers in words as they stand before a counted prize.
WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip


class Number(NamedTuple):
    """A printed number, as a range of the view that includes its percent sign and its scale word.

    ``of`` is the whole of a ratio ``17/36``, ``value_to`` the upper end of a range ``25-30``.
    """

    start: int
    end: int
    value: int | float
    percent: bool = False
    of: int | float | None = None
    value_to: int | float | None = None
    scaled: bool = False


def parse_numeral(printed: str) -> int | float:
    """The value of a numeral: ``27,68`` is 27.68, ``1.250`` and ``1 250`` are 1250, ``3.5`` is 3.5.

    A dot before exactly three digits parts thousands, and so do several commas (``1,250,000``) or one before zeros.
    Raises: ValueError on anything else.
    """
    text = printed.replace(" ", "")
    if text.isdecimal():
        return int(text)
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    text = text.replace(",", "" if _BY_COMMAS.fullmatch(text) else ".")
    return float(text) if "." in text else int(text)


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Every number of a range that stands alone, in order; parts of words and of symbols do not.

    Accepts ``08``, ``27,68%``, ``1.250``, ``350.000.000``, ``17/36``, ``25-30``, ``từ 25 đến 30``, ``5,2 tỷ``.
    """
    return list(_numbers(text, start, len(text) if end is None else end))


@lru_cache(maxsize=256)  # several topics ask for those of the same sentence
def _numbers(text: str, start: int, last: int) -> tuple[Number, ...]:
    numbers: list[Number] = []
    for match in matches_from(_NUMBER, _openings(text, start, last), text, start, last):
        number = _number(text, match)
        if number.of is not None and (second := _second_count(text, match, start)):
            numbers += [Number(number.start, match.end("a"), number.value), second]
            continue
        if number.percent and number.value_to is not None and _is_share(match):
            numbers += [
                Number(number.start, match.end("a"), number.value),
                Number(match.start("to"), number.end, number.value_to, percent=True),
            ]
            continue
        if number.value_to is not None and _names_group(text, match, number):
            numbers += [
                Number(number.start, match.end("a"), number.value),
                Number(match.start("to"), number.end, number.value_to),
            ]
            continue
        if (
            numbers
            and text[numbers[-1].end : number.start].lower() in _BETWEEN
            and _is_range(text, numbers[-1], number)
        ):
            first = numbers.pop()
            value = first.value if first.scaled or not number.scaled else _times(first.value, _factor(text, number))
            number = Number(first.start, number.end, value, number.percent, value_to=number.value, scaled=number.scaled)
        elif numbers and _completes(text, numbers[-1], number):
            first = numbers.pop()
            number = Number(first.start, number.end, first.value + number.value, scaled=True)
        numbers.append(number)
    return tuple(numbers)


def _openings(text: str, start: int, end: int) -> Iterator[int]:
    """Where a number can begin: at the first of a run of digits, or at a sign before it."""
    for first in digits(text, start, end):
        if first > start and text[first - 1] in "-+":
            yield first - 1
        yield first


_BETWEEN = frozenset({" đến ", " tới ", " - ", " đồng đến ", "đ đến ", " đồng - ", "đ - ", " đ - "})


#: Behind the second of two counts: whom of the first it counts (``54/31 nữ``), or into what they are parted.
_PART_OF_FIRST = re.compile(r" ?(?:nữ|nam|dân tộc|dt|đảng viên|đv|đoàn viên|bán trú|khuyết tật)(?!\w)", re.I)
#: Behind two counts that are near: what so many of all members did.
_MEMBERS_DID = re.compile(
    r" ?(?:đảng viên|đv|đoàn viên) (?:chính thức |trong chi bộ |của chi bộ |đã |đều |cùng )*(?:dự(?! bị)|"
    r"tham|có mặt|đạt|được|hoàn thành|xếp|đăng|nhất trí|đồng ý|tán thành|biểu quyết)"
    r"(?!\w)",
    re.I,
)
#: By so much a slip may exceed what it is out of; more is a count with some of it.
_NEAR = 1.25
#: Before two counts: those of all who came, or agreed.
_CAME = re.compile(
    r"(?<!\w)(?:dự|dự họp|tham dự|có mặt|tham gia|nhất trí|tán thành|đồng ý|biểu quyết|bỏ phiếu)[^\d,;.]{0,12}$", re.I
)
_GROUPS = re.compile(r" ?(?:lớp|nhóm)(?!\w)", re.I)
_REACH, _CAME_REACH = 16, 24
_HEADS_COUNTED = re.compile(
    r"(?<!\w)(?:cháu|trẻ|học sinh|(?:ts|tổng số )?hs|em|sĩ số|(?:đầu|cuối) (?:năm|kỳ))[ :]*$", re.I
)


def _second_count(text: str, match: re.Match[str], start: int) -> Number | None:
    """The second of two counts that a stroke only sets apart, not a share: ``205/108 nữ``, ``số cháu 76/3 nhóm``."""
    value, other = parse_numeral(match["a"]), parse_numeral(match["b"])
    if match["pct"] or match["pct2"] or value <= other:
        return None
    came = _CAME.search(text, max(start, match.start() - _CAME_REACH), match.start())
    if value <= _NEAR * other and (came or _MEMBERS_DID.match(text, match.end())):
        return None  # dự họp có 33/31 đảng viên
    if _PART_OF_FIRST.match(text, match.end()) or (
        _GROUPS.match(text, match.end())
        and _HEADS_COUNTED.search(text[max(start, match.start() - _REACH) : match.start()])
    ):
        return Number(match.start("b"), match.end("b"), other)
    return None


def _is_share(match: re.Match[str]) -> bool:
    """Whether a dash parts a count from its share (``Giỏi 74 - 15,1%``) rather than the ends of ``25 - 30%``."""
    if match["pct"] or not match["a"].isdecimal():
        return False
    return int(match["a"]) > parse_numeral(match["to"]) or not match["to"].isdecimal()


def _names_group(text: str, match: re.Match[str], number: Number) -> bool:
    """Whether a dash parts a grade from what it has: ``khối 6 - 4 lớp``, and not the ends of ``lớp 6 - 9``."""
    if match["to"] is None or number.percent or not text.endswith(_OF_GRADES, 0, number.start):
        return False
    return number.value > (number.value_to or 0) or (
        text.endswith(_OF_GRADES[:2], 0, number.start) and _CLASSES.match(text, number.end) is not None
    )


_OF_GRADES = ("khối ", "Khối ", "lớp ", "Lớp ")
_CLASSES = re.compile(r" lớp(?! \d)(?!\w)")


def _completes(text: str, first: Number, last: Number) -> bool:
    """Whether ``2 tỷ 350 triệu`` goes on with the smaller part of an amount."""
    plain = first.value_to is None and last.value_to is None and first.of is None
    between = text[first.end : last.start]
    return (
        plain
        and first.scaled
        and last.scaled
        and between == " "
        and last.value < first.value
        and first.value % 1000 == 0
    )


def _is_range(text: str, first: Number, last: Number) -> bool:
    """Whether ``từ 25 đến 30`` is one range; ``tăng từ 25 đến 30`` tells two values."""
    before = text[max(0, first.start - 14) : first.start].lower()
    plain = first.of is None and last.of is None and first.value_to is None and last.value_to is None
    if plain and "đ" in text[first.end : last.start] and "-" in text[first.end : last.start]:
        return first.value < last.value
    return (
        plain
        and (before.endswith("từ ") or (last.percent and not first.percent and first.value < last.value))
        and not before.endswith(("tăng từ ", "giảm từ "))
        and first.percent <= last.percent
    )


def _number(text: str, match: re.Match[str]) -> Number:
    value, end = parse_numeral(match["a"]), match.end()
    if match["sign"] == "-":
        value = -value
    of = parse_numeral(match["b"]) if match["b"] else None
    value_to = parse_numeral(match["to"]) if match["to"] else None
    percent = bool(match["pct"] or match["pct3"] or match["pct2"])
    factor = 1
    if not percent and of is None and (scale := _SCALE.match(text, end)):
        factor = _SCALES[scale["scale"].lower()] * (_SCALES[scale["scale2"].lower()] if scale["scale2"] else 1)
        end = scale.end()
        value, value_to = _times(value, factor), _times(value_to, factor) if value_to is not None else None
    return Number(match.start(), end, value, percent, of, value_to, factor > 1)


def _factor(text: str, number: Number) -> int:
    """By how much the scale word at the end of a number multiplies it."""
    words = text[number.start : number.end].lower().split()
    factor = 1
    for word in words:
        factor *= _SCALES.get(word, 1)
    return factor


def _times(value: int | float, factor: int) -> int | float:
    product = round(value * factor, 4)
    return int(product) if product == int(product) else product


class Ranges:
    """A set of half-open ranges that can be asked whether they touch another one."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(ranges):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def touch(self, start: int, end: int) -> bool:
        """Whether any range shares a character with ``start:end``."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start


def view_offset(document: Document, layer_offset: int) -> int:
    """The view's offset at or after an offset of the layer."""
    return document.view.from_layer[layer_offset]
