"""The skeleton of a passage: groups in parentheses, and between separators one segment each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.relations.amounts import Amount, find_amounts
from extractors.relations.reading import UPPER, Reading

# Each alternative begins with its sign, so that the engine skips to the next one.
_SIGN = re.compile(
    r"\(|\)|\[|\]|;|,(?:(?!\d)|(?<!\d,))|"
    r"%(?= [^\W\d_]{1,8}(?: [^\W\d_]{1,8})? ?: ?\d)|"
    r"\+ (?<= \+ )(?=[^\W_])|và(?<!\wvà)(?!\w)|"
    r"cùng(?<!\wcùng)(?!\w| (?:kỳ|kì|thời|lúc|ngày|năm|độ tuổi|lứa tuổi)(?!\w))|"
    r":(?!\d)|…|\.\.\.|- (?<!\w- )"
)
#: Behind a bracket the label of the next number, parted by blanks alone: ``Tốt: 402 (82,2%)   Khá: 81 (16,6%)``.
_LABEL_NEXT = re.compile(rf" [{UPPER}][^\W\d_]{{0,7}}(?: [^\W\d_]{{1,8}})? ?: ?\d")
_ONLY_NUMBER = re.compile(r"\(\s*\d+\s*\)")
_AREAS = r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)"
# Two counted nouns that are one: a comma or "và" between them parts nothing.
_JOINED = re.compile(
    rf"{_AREAS}(?:, {_AREAS})+(?: và {_AREAS})?|nhóm, lớp|"
    r"cán bộ(?: quản lý)?, giáo viên(?:(?:,| và) nhân viên|,? học sinh)?|"
    r"(?:yếu|giỏi|khá|tốt),? (?:và )?(?:kém|khá|giỏi)|kiểm tra, đánh giá|tiểu học và (?:trung học cơ sở|thcs)|"
    r"giáo dục và đào tạo|học tập và rèn luyện|thừa cân,? (?:và )?béo phì|năng lực,? (?:và )?phẩm chất|"
    r"nhà trẻ, mẫu giáo|"
    r"phẩm chất,? (?:và )?năng lực|"
    r"thi đua,? (?:và )?khen thưởng"
)


@dataclass(eq=False)
class Segment:
    """A stretch between two separators. ``before`` is the separator that precedes it.

    ``own`` are the ranges of its text outside its groups; ``groups`` what stands in parentheses.
    ``separator`` is ``;`` ``,`` ``và`` ``:`` ``.`` or ``-`` (or empty at the start of a level).
    """

    start: int
    separator: str = ""
    end: int = 0
    own: list[tuple[int, int]] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    groups: list[Level] = field(default_factory=list)

    @property
    def head_end(self) -> int:
        """Where its text ends before its first group."""
        return self.own[0][1] if self.own else self.end

    def first(self) -> Amount | None:
        """The first amount outside its groups."""
        return self.amounts[0] if self.amounts else None


@dataclass(eq=False)
class Level:
    """The segments of a block or of one group in parentheses."""

    start: int
    end: int = 0
    segments: list[Segment] = field(default_factory=list)

    def walk(self) -> Iterator[Level]:
        """This level and all inside it."""
        yield self
        for segment in self.segments:
            for group in segment.groups:
                yield from group.walk()


def parse_level(reading: Reading, start: int, end: int, stops: list[int]) -> Level:
    """The skeleton of a range of the view; ``stops`` are the ends of its sentences.

    A parenthesis that is never closed ends with the range; a stray closing one is text. A number
    alone in parentheses (``giải ba (2)``) is no group. A range without amounts has no segments.
    """
    amounts = find_amounts(reading, start, end)
    if not amounts:
        return Level(start, end)
    levels = [Level(start)]
    current = [Segment(start)]
    joined = [match.span() for match in _JOINED.finditer(reading.lower, start, end)]
    position = start
    for at, until, sign in _signs(reading, start, end, stops, joined):
        if sign in ("(", "["):
            _own(current[-1], position, at)
            level = Level(until)
            current[-1].groups.append(level)
            levels.append(level)
            current.append(Segment(until))
        elif sign in (")", "]"):
            if len(levels) == 1:
                continue
            _close(levels, current, position, at, until)
        else:
            if sign == "." and len(levels) > 1 and reading.text.find(")", until, end) < 0:
                while len(levels) > 1:
                    _close(levels, current, position, at, at)
                    position = at
            _own(current[-1], position, at)
            current[-1].end = at
            levels[-1].segments.append(current[-1])
            current[-1] = Segment(until, sign)
        position = until
    while len(levels) > 1:
        _close(levels, current, position, end, end)
        position = end
    _own(current[0], position, end)
    current[0].end = end
    levels[0].segments.append(current[0])
    levels[0].end = end
    _place(levels[0], amounts)
    for level in levels[0].walk():
        level.segments = _merge_labels(level.segments)
    return levels[0]


_SHUT = re.compile(r" ?\([^()]{1,120}\)")


def without_brackets(passage: str) -> str:
    """A passage without its closed brackets."""
    return _SHUT.sub("", passage)


def by_sentence(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """The segments of a level, sentence by sentence."""
    run: list[Segment] = []
    for segment in segments:
        if segment.separator == "." and run:
            yield run
            run = []
        run.append(segment)
    if run:
        yield run


def _merge_labels(segments: list[Segment]) -> list[Segment]:
    """The segments, with a label joined to its number: ``Giỏi: 12 em``, ``01 giải - Nam Điền``."""
    merged: list[Segment] = []
    for index, segment in enumerate(segments):
        listed = segment.separator == "-" and merged and merged[-1].amounts
        if listed and (segment.amounts or _labels(segments[index - 1 : index + 2])):
            segment.separator = ","  # 3 Nhất - 4 Nhì - 6 Ba
        if merged and (segment.separator == "-" or (segment.separator == ":" and _is_label(merged[-1], segment))):
            last = merged[-1]
            last.amounts = [amount for amount in last.amounts if segment.separator == "-" or amount.family != "time"]
            last.end = segment.end
            last.own += segment.own
            last.amounts += segment.amounts
            last.groups += segment.groups
        else:
            merged.append(segment)
    return merged


def _labels(around: Sequence[Segment]) -> bool:
    """Whether a piece between dashes is the label of the next number, as before it: ``Lớp 6: 41 - Lớp 7: 39``.

    ``around`` is the piece with those beside it.
    """
    before, label, *after = around
    short = label.end - label.start <= _LABEL and not label.groups
    return short and before.separator == ":" and any(one.separator == ":" and one.amounts for one in after)


#: A label is no longer than this.
_LABEL = 24


def _is_label(before: Segment, segment: Segment) -> bool:
    """Whether what stands before a colon counts nothing but a time: ``6 tháng đầu năm 2022: 3``."""
    return not before.amounts or (bool(segment.amounts) and all(amount.family == "time" for amount in before.amounts))


def _own(segment: Segment, start: int, end: int) -> None:
    if end > start:
        segment.own.append((start, end))


def _close(levels: list[Level], current: list[Segment], position: int, at: int, until: int) -> None:
    segment, level = current.pop(), levels.pop()
    _own(segment, position, at)
    segment.end = at
    level.segments.append(segment)
    level.end = at


def _signs(
    reading: Reading, start: int, end: int, stops: list[int], joined: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    bare = [match.span() for match in _ONLY_NUMBER.finditer(reading.text, start, end)]
    found = [(stop - 1, stop, ".") for stop in stops if start < stop < end]
    for match in _SIGN.finditer(reading.lower, start, end):
        at, until = match.span()
        if any(first <= at < last for first, last in bare) or any(first < at < last for first, last in joined):
            continue
        sign = match.group(0)
        if sign == "%":  # Giỏi: 14,4% Khá: 44,6%
            found.append((until, until, ","))
            continue
        if sign == ")" and _LABEL_NEXT.match(reading.text, until, end):
            found.append((until, until, ","))
        found.append((at, until, {"cùng": "và", "...": "…", "- ": "-", "+ ": ","}.get(sign, sign)))
    return iter(sorted(found))


def _place(level: Level, amounts: list[Amount]) -> None:
    """Puts every amount into the segment on whose own text it stands."""
    segments = sorted((s for part in level.walk() for s in part.segments), key=lambda s: s.start)
    ranges = sorted((first, last, index) for index, s in enumerate(segments) for first, last in s.own)
    at = 0
    for amount in amounts:
        while at < len(ranges) and ranges[at][1] <= amount.start:
            at += 1
        if at < len(ranges) and ranges[at][0] <= amount.start:
            segments[ranges[at][2]].amounts.append(amount)
