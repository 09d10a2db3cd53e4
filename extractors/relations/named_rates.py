"""Percentages that name those counted, away from both counts: ``26 em dự thi, 21 có giải. … Tỷ lệ đạt giải 80,8%``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.numbers import parse_numeral
from extractors._shared.scan import Words, matches_from, places_of
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_N = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?![\d,]|\.\d)"
_NOUN = (
    r"(?: (?:lượt )?(?:em|học sinh|thí sinh|hs|giáo viên|gv|thầy cô|người|bạn|học viên|sinh viên|đội|dự án|sản phẩm))"
)
_ENTERED = r"(?:đăng k[ýí] )?(?:tham gia )?(?:dự thi|dự xét|tham dự|tham gia|dự)"
#: What those who succeeded did, by its forms.
_DONE = {
    "won": r"(?:đạt|đoạt|có|giành|được) giải(?: thưởng)?",
    "passed": r"(?:thi )?(?:đỗ|đậu)(?: tốt nghiệp)?|(?:được công nhận )?tốt nghiệp",
    "admitted": r"trúng tuyển",
    "recognised": r"được công nhận",
}
_ANY = "|".join(f"(?P<{name}>{form})" for name, form in _DONE.items())
_PAIR = re.compile(
    rf"(?P<n>{_N}){_NOUN}(?: [^\W\d_]+){{0,4}}? {_ENTERED}(?!\w)(?: [^\W\d_]+){{0,10}}?[,;:]?(?: [^\W\d_]+){{0,3}}? "
    rf"(?P<m>{_N}){_NOUN}? (?:{_ANY})(?!\w)"
)
_OUT_OF = re.compile(rf"(?P<m>{_N}) ?/ ?(?P<n>{_N}){_NOUN}(?: {_ENTERED})? (?:{_ANY})(?!\w)")
_RATE_AT = Words(("tỷ lệ", "tỉ lệ"))
_RATE = re.compile(
    rf"t[ỷỉ] lệ{_NOUN}?(?: {_ENTERED})? (?:{_ANY})(?: (?:của|cả|toàn|năm) [^\W\d_]+(?: [^\W\d_]+){{0,3}})?"
    r"(?: (?:là|đạt|chiếm|bằng))*:? ?(?P<p>\d{1,3}(?:,\d{1,2})?) ?%"
)
#: What parts a report into several of them.
_SEVERAL = re.compile(
    r"(?<!\w)(?:riêng|môn|khối|cấp|bậc|so với|năm (?:học )?(?:trước|ngoái)|trong đó|trung bình)(?!\w)"
)
_REACH, _ALL = 900, 100.0


def find_named_rates(reading: Reading) -> Iterator[Relation]:
    """The percentages of those who succeeded, where the report tells one number of them and one of those entered."""
    rates = list(
        matches_from(
            _RATE, places_of(_RATE_AT, reading.lower, 0, len(reading.lower)), reading.lower, 0, len(reading.lower)
        )
    )
    if not rates:
        return
    for rate in rates:
        start = max(0, rate.start() - _REACH)
        kind = _kind(rate)
        pairs = [
            pair
            for pattern in (_PAIR, _OUT_OF)
            for pair in pattern.finditer(reading.lower, start, rate.start())
            if _kind(pair) == kind
        ]
        sentence, _ = reading.document.sentence_at(rate.start())
        if len(pairs) != 1 or _SEVERAL.search(reading.lower, sentence, rate.start()):
            continue
        pair = pairs[0]
        whole, count = (_quantity(reading, pair.span(name)) for name in ("n", "m"))
        if count.value > whole.value:
            continue
        share = reading.quantity(parse_numeral(rate["p"]), rate.span("p"), rate.span(), unit="%")
        yield Relation(kind="percentage", whole=whole, parts=(share, count), exhaustive=True, cue="tỷ lệ")


def _kind(match: re.Match[str]) -> str:
    return next(name for name in _DONE if match[name])


def _quantity(reading: Reading, span: tuple[int, int]) -> Quantity:
    start, end = reading.document.sentence_at(span[0])
    return reading.quantity(parse_numeral(reading.lower[slice(*span)]), span, (start, end))
