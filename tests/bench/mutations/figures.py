"""Relations that exact arithmetic between neighbouring numbers gives away, and ways to break them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from tests.bench.mutations.model import Edit, Mutation, Source

_NUMBER = re.compile(r"(?<![\w/.,-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\w/]|[.,-]\d)")
_SENTENCE = re.compile(r"[.!?](?=\s+[A-ZĐÀ-Ỹ])")
# Words that open a list of all parts, between a total and its first part.
_ALL_PARTS = re.compile(r"^[^;.]{0,60}?(?:\(|:|gồm|chia ra|cụ thể)[^;.]{0,40}$")
_SOME = re.compile(
    r"tiêu biểu|như |một số|ngoài ra|còn lại|trong số|so với|năm|khoảng|trên|dưới|từ |đến |tăng|giảm|kế hoạch"
)
_RATIO = re.compile(
    r"(?<![\w/.,-])(\d+)/(\d+)(?![\d/])(?= (?:trường|đơn vị|xã|em|học sinh|giáo viên|chi bộ|lớp|người))"
)
_PLAN = re.compile(r"kế hoạch|chỉ tiêu|vượt|so với|giao|đăng ký|phấn đấu")
_PERCENT = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d+)?) ?%")
_WAY = re.compile(r"(tăng|giảm)(?: thêm| đi)? (\d{1,3}(?:\.\d{3})+|\d+)(?![\d.,%/-])")
_FROM_TO = re.compile(r"từ (\d+(?:,\d+)?)(%?) (?:lên|xuống|xuống còn|còn) (\d+(?:,\d+)?)\2(?![\w.,])")
_NAMES = re.compile(r"(?<![\w/.,-])(\d{1,2}) ([^\d():;.,]{2,60})(?:\(|: )([^():;.\d]{8,400})(?=\)|\.|;|$)")
_NEAR = 120
_LEFT = 3
_NAME = re.compile(r"\s*(?:(?:Trường|trường|xã|em|đ/c|bà|ông) )?(?:[A-ZĐÀ-Ỹ][\w&]*\s?)+\s*")


@dataclass(frozen=True)
class _Number:
    start: int
    end: int
    value: float
    text: str


def find(source: Source, random: Random) -> Iterator[Mutation]:
    """Every mutation of this kind that a report allows, in the order of its text."""
    for start, end in source.prose():
        for first, last in _sentences(source.layer.text, start, end):
            yield from _sums(source, first, last, random)
            yield from _ratios(source, first, last)
            yield from _percentages(source, first, last, random)
            yield from _shares(source, first, last, random)
            yield from _changes(source, first, last, random)
            yield from _lists(source, first, last)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text, start, end):
        yield start, match.end()
        start = match.end()
    if start < end:
        yield start, end


def _numbers(text: str, start: int, end: int) -> list[_Number]:
    return [
        _Number(m.start(), m.end(), float(m.group().replace(".", "").replace(",", ".")), m.group())
        for m in _NUMBER.finditer(text, start, end)
        if not (m.group().isdigit() and 1900 <= int(m.group()) <= 2100)
    ]


def other(text: str, random: Random) -> str:
    """A number of as many digits with one digit changed by 1 to 4; the first digit never becomes 0."""
    places = [index for index, char in enumerate(text) if char.isdigit()]
    index = random.choice(places)
    step = random.choice((1, 2, 3, 4))
    digit = (int(text[index]) + step) % 10
    if index == places[0] and digit == 0:
        digit = int(text[index]) - 1 or 2
    return text[:index] + str(digit) + text[index + 1 :]


def _sums(source: Source, start: int, end: int, random: Random) -> Iterator[Mutation]:
    """A total and the run of numbers after it that makes it exactly."""
    text = source.layer.text
    counts = (n for n in _numbers(text, start, end) if "," not in n.text)
    numbers = [n for n in counts if text[n.end : n.end + 2].strip()[:1] != "%"]
    for index, whole in enumerate(numbers):
        made, parts = 0.0, []
        for part in numbers[index + 1 :]:
            made += part.value
            parts.append(part)
            if made >= whole.value:
                break
        if made != whole.value or len(parts) < 2 or whole.value < 4:
            continue
        between, over = text[whole.end : parts[0].start], text[whole.start : parts[-1].end]
        if not _ALL_PARTS.search(between) or _SOME.search(over) or ";" in between:
            continue
        for how, number in (*(("digit of a part", part) for part in parts), ("digit of the total", whole)):
            edit = Edit(number.start, number.end, other(number.text, random))
            yield _mutation(source, "sum_of_parts", how, edit)
        if len(parts) > 2 and (cut := _clause(text, parts)):
            yield _mutation(source, "sum_of_parts", "part dropped", cut)


def _clause(text: str, parts: list[_Number]) -> Edit | None:
    """The clause of a middle part with the separator after it."""
    for part in parts[1:-1]:
        first = max(text.rfind(sign, 0, part.start) for sign in ";,(:")
        nexts = [at for sign in ";," if (at := text.find(sign, part.end)) >= 0]
        last = min(nexts, default=-1)
        inside = text[first + 1 : last]
        if 0 < first < last and "(" not in inside and ")" not in inside and len(_NUMBER.findall(inside)) == 1:
            return Edit(first + 1, last + 1, "")
    return None


def _ratios(source: Source, start: int, end: int) -> Iterator[Mutation]:
    """``a/b`` of things, a < b: swapped."""
    text = source.layer.text
    if _PLAN.search(text[start:end].lower()):
        return
    for match in _RATIO.finditer(text, start, end):
        a, b = match.groups()
        if int(a) < int(b):
            edit = Edit(match.start(), match.start() + len(a + b) + 1, f"{b}/{a}")
            yield _mutation(source, "ratio_bounds", "swapped", edit)


def _percentages(source: Source, start: int, end: int, random: Random) -> Iterator[Mutation]:
    """``a/b … p%`` where p is what a of b makes, to the printed digits."""
    text = source.layer.text
    for match in _RATIO.finditer(text, start, end):
        a, b = int(match[1]), int(match[2])
        share = _PERCENT.search(text, match.end(), min(end, match.end() + 60))
        if share is None or not 0 < a < b or _RATIO.search(text, match.end(), share.start()):
            continue
        printed = share[1]
        places = len(printed.partition(",")[2])
        if round(100 * a / b, places) != float(printed.replace(",", ".")):
            continue
        broken = other(printed, random)
        value = float(broken.replace(",", "."))
        if value <= 100 and abs(value - 100 * a / b) > 2 * 10**-places:
            yield _mutation(source, "percent_of_counts", "digit", Edit(share.start(1), share.end(1), broken))


def _shares(source: Source, start: int, end: int, random: Random) -> Iterator[Mutation]:
    """Runs of at least three percentages that make 100 but for rounding."""
    text = source.layer.text
    shares = list(_PERCENT.finditer(text, start, end))
    for first in range(len(shares)):
        made = 0.0
        for last in range(first, len(shares)):
            made += float(shares[last][1].replace(",", "."))
            count = last - first + 1
            places = max(len(s[1].partition(",")[2]) for s in shares[first : last + 1])
            slack = 0.5 * 10**-places * count
            if count >= 3 and abs(made - 100) <= slack + 1e-9:
                victim = random.choice(shares[first : last + 1])
                broken = other(victim[1], random)
                change = float(broken.replace(",", ".")) - float(victim[1].replace(",", "."))
                if abs(made + change - 100) > slack + 10**-places * count:
                    yield _mutation(source, "percent_total", "digit", Edit(victim.start(1), victim.end(1), broken))
                break


def _changes(source: Source, start: int, end: int, random: Random) -> Iterator[Mutation]:
    """``tăng d`` between two numbers of the sentence that are d apart, and ``từ a lên b`` turned round."""
    text = source.layer.text
    numbers = _numbers(text, start, end)
    for match in _WAY.finditer(text, start, end):
        step = float(match[2].replace(".", ""))
        around = [n for n in numbers if not match.start(2) <= n.start < match.end(2)]
        near = [n for n in around if abs(n.start - match.start()) < _NEAR]
        noun = _noun(text, match.end())
        ends = [(a, b) for a, b in pairwise(near) if abs(b.value - a.value) == step]
        if any(noun in (_noun(text, a.end), _noun(text, b.end)) for a, b in ends):
            broken = other(match[2], random)
            yield _mutation(
                source, "change_mismatch", "digit of the change", Edit(match.start(2), match.end(2), broken)
            )
    for match in _FROM_TO.finditer(text, start, end):
        a, b = match[1], match[3]
        if float(a.replace(",", ".")) != float(b.replace(",", ".")):
            edits = (Edit(match.start(1), match.end(1), b), Edit(match.start(3), match.end(3), a))
            yield Mutation("change_mismatch", "ends turned round", source.name, edits)


def _noun(text: str, end: int) -> str:
    """The word right after a number."""
    match = re.match(r" ?([^\W\d_]+|%)", text[end : end + 20])
    return match[1].lower() if match else ""


def _lists(source: Source, start: int, end: int) -> Iterator[Mutation]:
    """``N things (A, B, C)`` with as many names as announced."""
    text = source.layer.text
    for match in _NAMES.finditer(text, start, end):
        names = re.split(r",| và (?=[A-ZĐÀ-Ỹ])", match[3])
        if len(names) < 2 or len(names) != int(match[1]) or _SOME.search(match[0].lower()):
            continue
        if not all(_NAME.fullmatch(name) for name in names):
            continue
        more = str(int(match[1]) + 1).zfill(len(match[1]))
        yield _mutation(source, "list_count", "one more announced", Edit(match.start(1), match.end(1), more))
        first = match.start(3) + len(names[0]) + 1
        if len(names) < _LEFT:
            continue  # one name alone may say something else
        yield _mutation(source, "list_count", "name dropped", Edit(match.start(3), first, ""))


def _mutation(source: Source, rule: str, how: str, edit: Edit) -> Mutation:
    return Mutation(rule, how, source.name, (edit,))
