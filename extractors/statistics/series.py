"""Figures of one kind told one after the other: grades, subjects or levels, each with its figure right behind it.

``Giỏi 19 Khá 57 TB 47``, ``Giỏi 3,1 - Khá 38,4 - TB 49,7 (%)``, ``MN 95,2% TH 98,4% THCS 96,9%``, ``Toán 5,92 Văn
5,31``: no sign parts the one from the next, or only the last one says that all of them are shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors._shared.document import Block, Document
from extractors._shared.levels import find_levels
from extractors._shared.numbers import Number
from extractors._shared.subjects import is_subject
from extractors.statistics.labels import head_of_list
from extractors.statistics.phrase import head_phrase, trim
from extractors.statistics.topics import is_degree
from extractors.statistics.wording import grade_of, graded, with_subject


@dataclass(frozen=True)
class Told:
    """A figure whose unit and indicator are known without reading its clause, and the level that its label names."""

    number: Number
    unit: str | None
    phrase: str
    level: str | None = None


@dataclass(frozen=True)
class _Item:
    """A label with its figure, and the share behind that."""

    kind: str
    label: tuple[int, int]
    number: Number
    share: Number | None


@dataclass(frozen=True)
class _Passage:
    """A sentence in its block, and the staff of whom it speaks."""

    block: Block
    sentence: tuple[int, int]
    staff: str | None


#: The label right before a figure, as far back as the figure before it.
_LABEL = re.compile(r"(?<![^\W\d_])(?P<label>[^\W\d_]+(?:[ &-]{1,3}[^\W\d_]+){0,3})(?: ?[:=]| đạt| là)? ?$")
#: What may stand between two items of a series.
_BETWEEN = re.compile(r"[ ,;.+)–-]*(?:(?:và|loại|xếp loại|xếp|cấp|bậc|môn) )*")
_TO_SHARE = re.compile(r" ?[(=:,-] ?(?:(?:tl|tỷ lệ|tỉ lệ|chiếm|đạt|bằng)(?!\w) ?:? ?)?")
#: Grades by their first letters: ``G: 12,5; K: 40,1``.
_LETTERS = {"g": "giỏi", "k": "khá", "y": "yếu", "t": "tốt", "xs": "xuất sắc", "đ": "đạt", "cđ": "chưa đạt"}
_IN_PERCENT = re.compile(r"(?:\(? ?%\)?|t[ỷỉ] lệ ?\(?%?\)?) ?:? ?$", re.I)
_PERCENT_BEHIND = re.compile(r" ?\(?%")
_HONOURS = re.compile(r"(?<!\w)(?:giải|huy chương|danh hiệu|học sinh giỏi|hsg|dạy giỏi)(?!\w)")
_NUMBERED = re.compile(r"(?:lớp|khối|năm|năm học|kỳ|độ) \d[\d /-]*", re.I)
_BRACKETS = re.compile(r" ?\([^()]*\)")
_CLAUSE = re.compile(r"[;.\n](?!\d)|^")
_LEAST, _WHOLE, _BEST_MARK, _LONGEST_HEAD = 3, 100, 10, 14
_LABEL_REACH, _ROUNDING = 30, 1.5


def find_series(
    document: Document, block: Block, sentence: tuple[int, int], numbers: Sequence[Number], *, staff: str | None
) -> dict[int, Told]:
    """The figures of a sentence's series by where they begin; {} for most sentences.

    ``staff`` are those of whom the passage speaks, whose degrees it may tell.
    """
    if len(numbers) < _LEAST:
        return {}
    return {
        told.number.start: told
        for run in _runs(document, sentence, numbers)
        for told in _told(document, _Passage(block, sentence, staff), run)
    }


def _runs(document: Document, sentence: tuple[int, int], numbers: Sequence[Number]) -> Iterator[list[_Item]]:
    """The series of a sentence: three items of a kind or more, each right behind the one before."""
    run: list[_Item] = []
    end = index = 0
    while index < len(numbers):
        number = numbers[index]
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        item = _item(document, max(sentence[0], end), number, following)
        goes_on = run and item and item.kind == run[-1].kind and _BETWEEN.fullmatch(document.lower, end, item.label[0])
        if run and not goes_on:
            if len(run) >= _LEAST:
                yield run
            run = []
        index += 2 if item and item.share else 1
        if item:
            run.append(item)
            end = (item.share or number).end
        else:
            end = number.end
    if len(run) >= _LEAST:
        yield run


def _item(document: Document, start: int, number: Number, following: Number | None) -> _Item | None:
    """A figure with the label right before it; None where the label is of no such kind."""
    if number.of is not None or number.value_to is not None or number.scaled:
        return None
    match = _LABEL.search(document.text, max(start, number.start - _LABEL_REACH), number.start)
    if match is None:
        return None
    first, last = match.span("label")
    kind = _kind(document.text[first:last])
    while kind is None and (blank := document.text.find(" ", first, last)) > 0:
        first = blank + 1
        kind = _kind(document.text[first:last])
    if kind is None:
        return None
    share = None
    if following and following.percent and not number.percent and following.value <= _WHOLE:
        share = following if _TO_SHARE.fullmatch(document.lower, number.end, following.start) else None
    return _Item(kind, (first, last), number, share)


@lru_cache(maxsize=4096)
def _kind(label: str) -> str | None:
    """Whether a label is a grade, a subject or a level; None for any other."""
    lowered = label.lower()
    if lowered in _LETTERS and label[0].isupper():
        return "grade"
    if grade_of(lowered) == lowered and (label[0].isupper() or lowered != "đạt"):
        return "grade"
    found = find_levels(label, lowered)
    if len(found) == 1 and found[0][:2] == (0, len(label)):
        return "level"
    if is_degree(label):
        return "degree"
    return "subject" if is_subject(label) else None


def _told(document: Document, passage: _Passage, run: Sequence[_Item]) -> Iterator[Told]:
    """What the figures of a series tell; nothing where they are told in a way that needs no series."""
    kind, first = run[0].kind, run[0].label[0]
    figures = [item.number for item in run]
    begins = passage.sentence[0]
    if (
        kind != "degree"
        and _HONOURS.search(document.lower, begins, first)
        and not any(number.percent for number in figures)
    ):
        return
    bare = any(isinstance(number.value, float) and not number.percent for number in figures)
    tight = any(document.text[(one.share or one.number).end : two.label[0]] == " " for one, two in pairwise(run))
    lettered = any(document.lower[slice(*item.label)] in _LETTERS for item in run)
    if not (bare or tight or lettered):
        return
    head = _head(document, passage, first, run[-1].number)
    shares = _are_shares(document, begins, run)
    marks = bare and not shares and "điểm" in head.lower() and max(n.value for n in figures) <= _BEST_MARK
    if (bare and not (shares or marks)) or (kind == "subject" and not (marks or (shares and head))):
        return
    if (kind == "level" and not head) or (shares and max(number.value for number in figures) > _WHOLE):
        return
    for item in run:
        phrase, who = _phrase(document, passage, item, head)
        level = find_levels(document.text, document.lower, *item.label)[0][2] if kind == "level" else None
        unit = "%" if shares else "điểm" if marks else who
        yield Told(item.number._replace(percent=shares), unit, phrase, level)
        if item.share:
            yield Told(item.share, "%", phrase, level)


def _are_shares(document: Document, begins: int, run: Sequence[_Item]) -> bool:
    """Whether the figures of a series are shares: as one of them says, its head or what follows, or as their sum is."""
    figures = [item.number for item in run]
    if any(number.percent for number in figures):
        return True
    if not any(isinstance(number.value, float) for number in figures):
        return False
    return (
        _IN_PERCENT.search(document.text, begins, run[0].label[0]) is not None
        or _PERCENT_BEHIND.match(document.text, figures[-1].end) is not None
        or (run[0].kind == "grade" and abs(sum(number.value for number in figures) - _WHOLE) <= _ROUNDING)
    )


def _phrase(document: Document, passage: _Passage, item: _Item, head: str) -> tuple[str, str | None]:
    """``học sinh xếp loại học lực giỏi``, ``điểm trung bình môn Toán``, ``tỉ lệ chuyên cần THCS``; whom it counts."""
    label = document.value(*item.label)
    if item.kind == "degree":
        who = passage.staff or "giáo viên"
        return f"{who} trình độ {label}", who
    if item.kind == "grade":
        grade = _LETTERS.get(label.lower(), label.lower())
        phrase = graded(document, passage.block, item.label[0], grade, None)
        return phrase, phrase.split(" xếp")[0].split(" tốt nghiệp")[0]
    return with_subject(f"{head} {label}"), None


def _head(document: Document, passage: _Passage, position: int, number: Number) -> str:
    """What stands before a series in its clause, else the heading above it: what its figures measure."""
    clauses = list(_CLAUSE.finditer(document.text, passage.sentence[0], position))
    start = max(clauses[-1].end() if clauses else 0, passage.sentence[0], passage.block.body)
    start, end = trim(document.lower, start, position)
    said = _BRACKETS.sub("", document.value(start, end)).strip(" :-") if end > start else ""
    if re.search(r"\d", _NUMBERED.sub("", said)) or len(said.split()) > _LONGEST_HEAD:
        said = head_of_list(document, passage.sentence, number)
    return said or head_phrase(document, passage.block, number)
