"""Figures in a row of one kind: what the first one measures the others measure for their own grade, level or place."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.numbers import Number
from extractors._shared.view import CAPITAL
from extractors.statistics.phrase import trim

_LEVELS = (
    r"(?:mầm non|tiểu học|trung học cơ sở|thcs|thpt|th|mn|(?:mẫu giáo|nhà trẻ)(?: \d tuổi)?|"
    r"trung học phổ thông|gdtx)"
)
_GRADES = r"(?:khối lớp|khối|lớp) (?:\d{1,2}|một|hai|ba|bốn|năm)"
_OF_LEVELS = r"(?:(?:cấp học|bậc học|cấp|bậc|khối|giáo dục) )"
_LEVEL_OR_GRADE = re.compile(rf"(?:trẻ )?(?:(?P<head>{_OF_LEVELS})?(?P<level>{_LEVELS})|(?P<grade>{_GRADES}))")
#: What is measured for one level ends with it: ``học sinh chuyên cần MN`` of ``MN 97,3%, TH 98,9%``.
_OF_ONE_LEVEL = re.compile(rf"^(?!.*(?:trường|lớp|giáo viên) {_LEVELS}$).*\w {_LEVELS}$")
_NAME = rf"[{CAPITAL}][^\W\d_]*"
#: A district, a commune or a school by its name alone: ``huyện Vân Sa``, ``TX. Hà Trung``, ``Đại học Quốc gia Vân Sa``.
_PLACE = re.compile(
    rf"(?:[Tt]rường )?(?:[Đđ]ại học|[Cc]ao đẳng) {_NAME}(?: [^\W\d_]+)*|"
    rf"(?:(?:[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Tt]ỉnh|[Tt]hành phố|[Qq]uận|TX\.?|TP\.?|[Tt]rường|"
    rf"[Tt]iểu học|[Mm]ầm non|THCS|THPT|TH|MN|PTDTBT|PTDTNT|DTNT|TH&THCS|THCS&THPT|chuyên) )+"
    rf"{_NAME}(?: {_NAME})*(?: \d{{1,2}})?|"
    rf"{_NAME}(?: {_NAME})+(?: \d{{1,2}})?"
)
_LINKED = re.compile(
    r"^(?:(?:một số (?:trường|xã|huyện|đơn vị|nơi)(?= như| chỉ)|đặc biệt|"
    r"kế đến|tiếp đến|tiếp theo|sau đó|thứ hai|(?:thấp|cao|nhiều|ít|đông) nhất|dẫn đầu|riêng|như|còn|và|là|"
    r"ở|tại|trong khi(?: đó)?|đối với|rồi(?: tới| đến)?)(?: là)? )+",
    re.I,
)
#: What is said of such a place or level beside its figure.
_RANKED = re.compile(
    r"(?: (?:chỉ|thì|lại|cũng|mới|vẫn|lên tới|(?:(?:cao|thấp|khá|nhiều|ít|đông)(?: nhất| hơn))|dẫn đầu))+$", re.I
)
#: The place of an indicator, instead of which another is told.
_PLACED = re.compile(
    rf"(?: (?:ở|tại|của))? ?(?:(?:khối phố|huyện|xã|phường|thị trấn|thị xã|tỉnh|thành phố|quận|thôn|trường) )*"
    rf"{_NAME}(?: {_NAME})+$"
)
_RATE_WORD = re.compile(r"(?<!\w)t[ỷỉ] lệ(?!\w)")
_RATE = re.compile(r"(?<!\w)t[ỷỉ] lệ [^,;:.()\d\n]{5,60}")
_RATE_REACH = 600


def in_row(document: Document, number: Number, ahead: str, alike: str | None, share: tuple[int, str] | None) -> str:
    """What a number measures whose words before say only for whom; "" where they say more.

    ``Tỷ lệ ra lớp tiểu học đạt 99,6%, THCS 95,2%``: ``Tỷ lệ ra lớp THCS``. Behind the name of a place the measured
    thing is the same. ``alike`` is the indicator of the number of the same unit before it in the block, ``share`` where
    the percentage before it ends and its indicator.
    """
    label = _RANKED.sub("", _LINKED.sub("", ahead)).strip()
    if match := _LEVEL_OR_GRADE.fullmatch(label.lower()):
        told = alike and (
            label != ahead or match["head"] or _RATE_WORD.search(alike.lower()) or _OF_ONE_LEVEL.search(alike.lower())
        )
        rated = number.percent or isinstance(number.value, float)
        rate = alike if alike and told and rated else ""
        if (
            alike
            and alike.lower().startswith(("số ", "tổng số "))
            and not number.percent
            and re.search(rf"(?<!\w){_OF_LEVELS}?{_LEVELS}(?!\w)", alike.lower())
        ):
            rate = alike  # "trường đạt chuẩn bậc mầm non là 141, tiểu học 206"
        pattern = _GRADES if match["grade"] else f"{_OF_LEVELS}?{_LEVELS}" if match["head"] else _LEVELS
        return _exchanged(rate, label, pattern) if rate else ""
    if not _PLACE.fullmatch(label):
        return ""
    if alike and (there := _PLACED.search(alike)):
        return f"{alike[: there.start()]} {label}".strip()
    if not number.percent:
        return alike or (share[1] if share and _again(document, number) else "")
    if alike or (rate := _rate_before(document, number.start, share[0] if share else 0)):
        return alike or rate
    return share[1] if share else _rate_before(document, number.start)


def _again(document: Document, number: Number) -> bool:
    """Whether a figure tells in a bracket how many the percentage before it are: ``78,2% (72/92 em)``."""
    return document.text.endswith(("% (", "%("), 0, number.start)


def of_two_places(document: Document, start: int, number: Number, phrase: str) -> str:
    """An indicator with the place that is a percentage's own: ``của xã Vân Sa và xã Hà Trung là 81% và 74%``.

    ``start`` is where the sentence begins.
    """
    if not number.percent or " và " not in document.lower[start : number.start]:
        return phrase
    pair = _TWO_PLACES.search(document.text, start, number.start)
    if pair is None:
        return phrase
    one, two = document.value(*pair.span("one")), document.value(*pair.span("two"))
    if pair["first"]:
        return phrase.replace(one, two)
    return phrase.replace(f" và {two}", "") if _AND_SHARE.match(document.lower, number.end) else phrase


_TWO_PLACES = re.compile(
    rf"(?<!\w)(?:của|ở|tại) (?P<one>{_PLACE.pattern}) và (?P<two>{_PLACE.pattern})"
    r"(?: (?:lần lượt|tương ứng|là|đạt|còn|chiếm|có))*:? (?P<first>\d[\d.,]* ?% và )?$"
)
_AND_SHARE = re.compile(r" và \d[\d.,]* ?%")


def _exchanged(phrase: str, label: str, pattern: str) -> str:
    """A phrase with its own level or grade exchanged for another; the other at its end where it has none."""
    found = list(re.finditer(rf"(?<!\w){pattern}(?!\w)", phrase.lower()))
    if not found:
        return f"{phrase} {label}"
    last = found[-1]
    who = "trẻ" if _SMALL.search(label.lower()) else "học sinh"
    return f"{_WHO.sub(who, phrase[: last.start()])}{label}{phrase[last.end() :]}"


#: Those of whom a rate tells at any level, whose name goes with it.
_WHO = re.compile(r"(?<=lệ )(?:trẻ|học sinh)(?= (?:đi học |đến lớp )?(?:chuyên cần|bỏ học))")
_SMALL = re.compile(r"(?<!\w)(?:mầm non|mn|mẫu giáo|nhà trẻ)(?!\w)")


def _rate_before(document: Document, position: int, first: int = 0) -> str:
    """The rate that the text speaks of last before a position: ``tỷ lệ tốt nghiệp``; "" for none behind ``first``."""
    found = list(_RATE.finditer(document.lower, max(first, position - _RATE_REACH), position))
    if not found:
        return ""
    start, end = trim(document.lower, *found[-1].span())
    return document.value(start, end)
