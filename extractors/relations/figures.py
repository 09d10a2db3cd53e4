"""Counts with the words around them, so that two passages about one thing are told though they are worded apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import usable
from extractors.relations.reading import UPPER, Reading
from extractors.relations.saying import (
    KINDS_OF_TIME,
    WHOLE,
    is_of_a_body,
    is_planned,
    moment_of,
    telling,
    without_dates,
)
from extractors.relations.structure import Level
from extractors.relations.years import stands_in_plan
from schemas.relation import Quantity

_SIGNS = re.compile(r"[;():]|[,.](?!\d)")
_LABEL = 60
_LONGEST = 90
#: What tells one contest, class or body from the next: ``môn Toán``, ``lớp 7``, ``cấp huyện``.
_TOLD_APART = re.compile(
    rf"(?<!\w)(?i:(môn|khối|lớp|vòng|lần|đợt|mức độ|hạng|bảng|xã|trường|thôn|cụm|tổ|chi bộ|độ tuổi|giai đoạn|quý|tuần|"
    r"tháng(?= \d{1,2}(?! ?(?:năm|[/.-]|\d))))) "
    rf"([{UPPER}\d]\w*)|(?<!\w)(?i:(cấp) (tỉnh|huyện|trường|cụm|xã|thành phố|quốc gia|bộ))(?!\w)"
)
_AGE = re.compile(
    r"(?<![\d.,])(?:(?P<first>\d{1,2})(?: ?- ?(?P<last>\d{1,2}))? tuổi"
    r"|tuổi (?:từ )?(?P<low>\d{1,2}) ?(?:-|đến) ?(?P<high>\d{1,2}))(?!\w)"
)
#: What a number does not go on with: what stands beside it or what it is taken from.
_JOINS = re.compile(
    r"(?<!\w)(?:và|với|cùng|trong đó|trong (?:tổng )?số|gồm|trên|phần lớn|chủ yếu|đa số|hầu hết|nhất là)(?!\w)"
)
#: A part told by itself: ``Riêng THCS còn 4.291 em``.
_ALONE = re.compile(r"\s*(?:trong đó )?riêng ")
#: Nouns that two passages may use of the same bodies.
_ALIKE = {"cơ sở giáo dục": "cơ sở", "trường học": "trường", "đơn vị trường": "trường", "lớp học": "lớp"}
#: Nouns that two passages may use of the same people.
_PUPILS = frozenset({"học sinh", "hs", "em", "cháu", "trẻ", "thí sinh", "học viên", "đội viên"})


@dataclass(frozen=True)
class Figure:
    """A count, what its clause says of it, and what its sentence says of the time and the circumstances.

    ``of`` is the whole of a ratio. ``whole`` tells that it counts all there are of a kind.
    """

    amount: Amount
    unit: str | None
    words: frozenset[str]
    context: frozenset[str]
    apart: frozenset[tuple[str, str]]
    times: frozenset[str]
    moment: str
    whole: bool
    block: Block
    sentence: int
    quantity: Quantity

    @property
    def noun(self) -> str:
        """The counted noun, one for all that mean pupils, people or rooms alike."""
        if self.unit in _PUPILS:
            return "pupil"
        if self.amount.percent:
            return "%"
        family = self.amount.family
        return family if family in ("person", "room", "prize") else _ALIKE.get(self.unit or "", self.unit or "")


def find_figures(reading: Reading, rows: Iterable[tuple[Block, Level]]) -> Iterator[list[Figure]]:
    """The figures of each sentence that states some; plans, bounds, changes and what one body has are left out.

    Percentages are among them, which those who compare counts leave out.
    """
    for block, level in rows:
        if block.kind in ("cell", "junk", "recipients"):
            continue
        if stands_in_plan(reading, block) and not _tells_state(reading, block):
            continue
        if is_of_a_body(reading, block, grades=False):
            continue
        amounts = sorted(
            (a for inner in level.walk() for s in inner.segments for a in s.amounts), key=lambda a: a.start
        )
        # An age tells who is counted: ``tỷ lệ trẻ 5 tuổi ra lớp đạt 99,2%``.
        amounts = [a for a in amounts if a.unit != "tuổi"]
        for start, end in reading.document.sentences(block):
            inside = [a for a in amounts if start <= a.start < end]
            if inside and (found := _in_sentence(reading, block, (start, end), inside)):
                yield found


#: How a plan tells what there is: ``Toàn xã hiện có 12 trường``.
_STATE = re.compile(
    r"(?:toàn (?:xã|trường|huyện|phường|tỉnh|ngành|thị xã|thành phố)|(?:nhà )?trường|xã|phường|huyện|địa bàn xã)"
    r"(?: nhà)? (?:hiện (?:nay )?|đang )có \d"
)
_AIMS = re.compile(
    r"(?<!\w)(?:phấn đấu|chỉ tiêu|mục tiêu|dự kiến|kế hoạch|sẽ|tăng thêm|xây mới|bổ sung|đề nghị|tuyển mới)(?!\w)"
)


def _tells_state(reading: Reading, block: Block) -> bool:
    """Whether a paragraph of a plan only tells what there is."""
    told = _STATE.search(reading.lower, block.body, block.end) is not None
    return told and _AIMS.search(reading.lower, block.body, block.end) is None


def _in_sentence(reading: Reading, block: Block, sentence: tuple[int, int], inside: Sequence[Amount]) -> list[Figure]:
    start, end = sentence
    lower = reading.lower
    mentions = [d for d in reading.document.dates_in(start, end) if d.kind in KINDS_OF_TIME and d.iso]
    times = frozenset(mention.iso or "" for mention in mentions)
    context = telling(without_dates(reading, start, end, mentions))
    found: list[Figure] = []
    for index, amount in enumerate(inside):
        if not usable(amount) and not (amount.percent and not amount.change and not amount.vague):
            continue
        before = inside[index - 1] if index else None
        floor = max(start, before.end, before.unit_end) if before is not None else start
        following = inside[index + 1].start if index + 1 < len(inside) else end
        opening = max(
            (m.end() for p in (_SIGNS, _JOINS) for m in p.finditer(lower, floor, amount.start)), default=floor
        )
        after = max(amount.end, amount.unit_end)
        ends = [m.start() for p in (_SIGNS, _JOINS) if (m := p.search(lower, after, following))]
        stop = min([*ends, following, amount.end + _LONGEST])
        if (all_of := _ALL_CLASSES.search(lower, opening, amount.start)) and _are_all_classes(amount):
            opening, stop = all_of.start(), amount.unit_end  # đại diện cha mẹ học sinh của cả 26 lớp
        alone = _ALONE.match(lower, opening, stop)
        if is_planned(reading, alone.end() if alone else opening, amount.start, stop):
            continue
        label = _label(reading, start, opening)
        said = without_dates(reading, opening, amount.start, mentions) + " " + lower[amount.end : stop]
        first = max(opening, amount.start - _LONGEST)
        while first < amount.start and reading.text[first] in " :,;.-(":
            first += 1
        found.append(
            Figure(
                amount,
                amount.unit
                if amount.family is not None or amount.percent
                else _noun_before(reading, start, opening, amount, found),
                frozenset(word for word in telling(f"{label} {said}") if not word.isdigit()),
                context,
                _told_apart(reading, start, amount, stop),
                times,
                moment_of(lower[_clause(reading, start, amount) : stop]),
                WHOLE.search(lower, opening, stop) is not None
                or reading.has("rel_total", opening, amount.start)
                or (all_of is not None and _are_all_classes(amount))
                or (not any(not f.amount.percent for f in found) and WHOLE.search(label) is not None),
                block,
                start,
                reading.quantity(
                    amount.value, (amount.start, amount.end), (first, max(stop, amount.unit_end)), unit=amount.unit
                ),
            )
        )
    return found


#: Right before the number of all classes: ``cả 26 lớp``, ``tất cả 26 lớp``; of few, some may be meant.
_ALL_CLASSES = re.compile(r"(?<!\w)cả $")
_MANY_CLASSES = 8


def _are_all_classes(amount: Amount) -> bool:
    return amount.family == "class" and amount.value >= _MANY_CLASSES


def _noun_before(reading: Reading, start: int, opening: int, amount: Amount, earlier: Sequence[Figure]) -> str | None:
    """The noun of a number without one behind it: ``Số cơ sở … là 412``, else that of what it goes on with."""
    for first, last in ((opening, amount.start), _label_range(reading, start, opening)):
        named = reading.terms("rel_unit", first, last)
        if named and _NUMBER_OF.search(reading.lower, first, named[0].start):
            return reading.lower[named[0].start : named[0].end]
    return next((figure.unit for figure in reversed(earlier) if figure.unit and not figure.amount.percent), None)


_NUMBER_OF = re.compile(r"(?<!\w)(?:tổng )?số (?:các )?$")


def _clause(reading: Reading, start: int, amount: Amount) -> int:
    """Where the clause between semicolons begins in which a number stands."""
    return max(start, reading.lower.rfind(";", start, amount.start) + 1)


def _told_apart(reading: Reading, start: int, amount: Amount, stop: int) -> frozenset[tuple[str, str]]:
    found = _TOLD_APART.findall(reading.text[_clause(reading, start, amount) : stop])
    named = {(kind.lower() or level.lower(), name.lower() or of.lower()) for kind, name, level, of in found}
    ages = {
        ("tuổi", "-".join(filter(None, match.groups())))
        for match in _AGE.finditer(reading.lower, _clause(reading, start, amount), stop)
    }
    return frozenset(named | ages)


def _label(reading: Reading, start: int, opening: int) -> str:
    """The words before the colon in front of a clause: ``Học sinh: 24 lớp, 1.062 em``."""
    return reading.lower[slice(*_label_range(reading, start, opening))]


#: Before a colon: somebody says what follows.
_SAID = re.compile(
    r"(?<!\w)(?:cho biết|cho hay|phát biểu|thông báo|báo cáo|khẳng định|nêu rõ|nhấn mạnh|nói)(?: rằng)?$"
)


def _label_range(reading: Reading, start: int, opening: int) -> tuple[int, int]:
    colon = reading.lower.rfind(":", start, opening)
    if colon >= 0 and _SAID.search(reading.lower, start, colon):
        return start, start  # cô Hiệu trưởng cho biết: who says it
    first = max(start, colon - _LABEL, reading.lower.rfind(";", start, max(colon, start)) + 1)
    return (first, colon) if colon >= 0 else (start, start)
