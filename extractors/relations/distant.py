"""Percentages of a whole that another sentence states: ``431 em, bằng 52,5% học sinh toàn trường``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors._shared.scan import Words, holds
from extractors._shared.view import lower
from extractors.relations.amounts import Amount
from extractors.relations.figures import Figure
from extractors.relations.parts import fits, usable
from extractors.relations.reading import Reading
from extractors.relations.saying import WHOLE, is_bare, is_planned, telling
from extractors.relations.slips import differ_by_slip
from schemas.relation import Quantity, Relation

_ALL = 100.0
_PERCENT = Words(("%",))
_REACH = 90
_LEAST_WHOLE = 20
#: A percentage of fewer digits follows from many wholes.
_LEAST_DIGITS = 2
_JOINED = re.compile(
    r"[^\d;.:()]*[,(]?\s*(?:(?:và|đã) )?(?:chiếm|bằng|tương đương)(?: (?:tỷ lệ|tỉ lệ|tới|khoảng))?\s*$"
)
_ENDS = re.compile(r"[,;:()\n]|[.](?!\d)")
#: Whole that no count of the report is: an age, a plan, a year before.
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:độ tuổi|dân số|dân cư|kế hoạch|chỉ tiêu|dự toán|năm trước|năm ngoái|cùng kỳ|diện tích|thời gian|"
    r"bình quân|ngân sách|tổng chi|tổng thu)(?!\w)"
)
_NUMBER = re.compile(r"(?<![\d.,/-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?![\d,]|\.\d)")


def find_distant_shares(
    reading: Reading, sentences: Sequence[list[Figure]], known: Iterable[Relation]
) -> Iterator[Relation]:
    """Percentages beside a count that name their whole, or follow the only one that their paragraph states.

    They are of a whole that the report counts, by the same words. Only those are given with which no number of the
    report agrees and which follow from that whole but for one digit: whatever else could be meant would agree.
    """
    if not holds(_PERCENT, reading.lower, 0, len(reading.lower)):
        return
    taken = {r.parts[0].evidence.end for r in known if r.kind == "percentage"}
    rates = [relation.parts[0].evidence for relation in known if relation.kind == "percentage"]
    numbers: frozenset[int] | None = None
    for index, found in enumerate(sentences):
        for count in found:
            share = _share_of(reading, count)
            if share is None or any(e.start <= share[1] <= e.end for e in rates) or share[2] in taken:
                continue
            value, _, end, printed = share
            if numbers is None:
                numbers = frozenset(int(m.group().replace(".", "")) for m in _NUMBER.finditer(reading.text))
            if any(_follows(count.amount, whole, value, printed) for whole in numbers):
                continue
            for whole in _wholes(reading, sentences, index, count, end):
                if _is_slip(count.amount, whole.amount.value, value, printed):
                    yield _relation(reading, count, whole, share)
                    break


def _share_of(reading: Reading, count: Figure) -> tuple[float, int, int, str] | None:
    """The percentage right behind a count: its value, where it stands and ends, and itself as printed."""
    amount = count.amount
    if not usable(amount) or amount.of is not None:
        return None
    at = reading.text.find("%", amount.end, min(len(reading.text), amount.end + _REACH))
    if at < 0:
        return None
    number = re.search(r"(\d{1,3}(?:,\d{1,2})?) ?$", reading.text[amount.end : at])
    if number is None or _JOINED.fullmatch(reading.lower, amount.end, amount.end + number.start()) is None:
        return None
    start, printed = amount.end + number.start(), number[1]
    value = float(printed.replace(",", "."))
    if (
        not 0 < value < _ALL
        or len(printed.replace(",", "")) < _LEAST_DIGITS
        or is_planned(reading, start - 12, start, at + 30)
    ):
        return None
    return value, start, at + 1, printed


def _places(printed: str) -> int:
    return len(printed.partition(",")[2])


def _follows(count: Amount, whole: float, rate: float, printed: str) -> bool:
    if whole < count.value or not whole:
        return False
    return abs(_ALL * count.value / whole - rate) <= 10.0 ** -_places(printed)


def _is_slip(count: Amount, whole: float, rate: float, printed: str) -> bool:
    follows = round(_ALL * count.value / whole, _places(printed))
    return differ_by_slip(follows, rate, _LEAST_DIGITS)


def _wholes(
    reading: Reading, sentences: Sequence[list[Figure]], index: int, count: Figure, end: int
) -> Iterator[Figure]:
    """The counts of which a percentage may be one, by the words behind it; behind none those of its paragraph."""
    stop = _ENDS.search(reading.lower, end)
    named = reading.lower[end : stop.start() if stop else end]
    if _ELSEWHERE.search(named):
        return
    words, said = _narrow(telling(named)), named.strip()
    every = [figure for found in sentences for figure in found if _may_hold(figure, count)]
    if said:
        for figure in every:
            passage = figure.quantity.evidence
            alike = _narrow(figure.words) == words and figure.noun == count.noun
            if said in lower(passage.quote) or (alike and (words or WHOLE.search(named))):
                yield figure
        return
    near = [figure for figure in every if figure.block is count.block and figure.sentence < count.sentence]
    near = [figure for figure in near if figure.noun == count.noun and not _narrow(figure.words)]
    if near and len({figure.amount.value for figure in near}) == 1:
        yield near[0]


def _narrow(words: frozenset[str]) -> frozenset[str]:
    """The words that say more than what kind of thing is counted."""
    return frozenset(word for word in words if not is_bare(frozenset((word,))))


def _may_hold(whole: Figure, count: Figure) -> bool:
    amount = whole.amount
    plain = usable(amount) and amount.of is None and amount.value >= max(_LEAST_WHOLE, count.amount.value)
    return plain and whole is not count and fits(amount, count.amount) and whole.moment not in ("before", "first")


def _relation(reading: Reading, count: Figure, whole: Figure, share: tuple[float, int, int, str]) -> Relation:
    value, start, end, printed = share
    rate = Quantity(value=value, printed=f"{printed}%", label="", evidence=reading.evidence(start, end))
    return Relation(
        kind="percentage", whole=whole.quantity, parts=(rate, count.quantity), exhaustive=True, cue="distant"
    )
