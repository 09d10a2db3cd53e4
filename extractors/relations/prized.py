"""Prizes told by their classes in two places: ``8 giải Nhất, 20 Nhì, 21 Ba và 16 Khuyến khích``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.records import Record, Report
from schemas.relation import Quantity, Relation

#: What opens the cue of numbers of prizes that should be the same.
PRIZES = "số giải"
_AT = Words((" nhất", " vàng"))
_CLASSES = (
    ("nhất", "nhì", "ba", "khuyến khích"),
    ("vàng", "bạc", "đồng", "khuyến khích"),
)
_SHORT = {"khuyến khích": r"(?:khuyến khích|kk)", "vàng": r"(?:vàng|v)(?!\w)", "bạc": "bạc", "đồng": "đồng"}
_JOINT = r"\s?(?:,|;|và|,? và)\s"
_COUNTED = r"(?P<n{n}>\d{{1,3}})\s(?:giải\s|huy chương\s|hc\s?)?{word}(?!\w)"


def _run(classes: Sequence[str]) -> re.Pattern[str]:
    counted = [_COUNTED.format(n=n, word=_SHORT.get(word, word)) for n, word in enumerate(classes)]
    return re.compile(r"(?<![\w/.,])" + _JOINT.join(counted))


_RUNS = tuple(_run(classes) for classes in _CLASSES)
#: Of fewer prizes the same numbers are met by chance.
_MANY = 20
_LEAST_SAME = 15
_OTHER_TIME = re.compile(r"(?<!\w)(?:năm (?:học )?trước|năm ngoái|cùng kỳ|chỉ tiêu|phấn đấu|mục tiêu)(?!\w)")


@dataclass(frozen=True)
class Prizes:
    """The numbers of prizes of all classes, one after the other, the total of them and where they stand."""

    block: int
    numbers: tuple[Quantity, ...]

    @property
    def values(self) -> list[int | float]:
        """The numbers of prizes from the highest class down."""
        return [number.value for number in self.numbers]


def find_prizes(reading: Reading, blocks: Sequence[Block], records: Sequence[Record]) -> Iterator[Relation]:
    """Two places of a report that tell its prizes by classes and differ in one number only.

    For comparison with other reports of the same time each number is given as a part of all prizes.
    """
    report = next((record for record in records if isinstance(record, Report)), None)
    period = (report.period if report is not None else None) or ""
    found = [prizes for block in blocks for prizes in _in_block(reading, block)]
    found = [prizes for prizes in found if sum(prizes.values) >= _MANY]
    for first, other in combinations(found, 2):
        apart = [(a, b) for a, b in zip(first.numbers, other.numbers, strict=True) if a.value != b.value]
        same = sum(a for a, b in zip(first.values, other.values, strict=True) if a == b)
        alike = first.numbers[0].unit == other.numbers[0].unit
        if alike and first.block != other.block and len(apart) == 1 and same >= _LEAST_SAME:
            yield Relation(kind="same", whole=None, parts=apart[0], exhaustive=True, cue=f"{PRIZES} {apart[0][0].unit}")
    for prizes in found if period else ():
        yield from _portions(prizes, period)


def _portions(prizes: Prizes, period: str) -> Iterator[Relation]:
    """Each number but the last as a part of all prizes; its label says the other ones but that of the next class.

    So only two reports are compared that agree in all but two neighbouring classes.
    """
    total = sum(prizes.values)
    for at, number in enumerate(prizes.numbers[:-1]):
        others = [f"{n.value}_{n.unit}".replace(" ", "_") for n in (*prizes.numbers[:at], *prizes.numbers[at + 2 :])]
        whole = number.model_copy(update={"value": total, "unit": PRIZES})
        part = number.model_copy(update={"label": " ".join(("giải", number.unit or "", *others))})
        yield Relation(kind="portion", whole=whole, parts=(part,), exhaustive=True, cue=f"|{period}")


def _in_block(reading: Reading, block: Block) -> Iterator[Prizes]:
    if not holds(_AT, reading.lower, block.body, block.end):
        return
    for classes, run in zip(_CLASSES, _RUNS, strict=True):
        for match in run.finditer(reading.lower, block.body, block.end):
            start = max(start for start, _ in reading.document.sentences(block) if start <= match.start())
            if _OTHER_TIME.search(reading.lower, start, match.start()):
                continue
            numbers = tuple(
                reading.quantity(int(match[f"n{n}"]), match.span(f"n{n}"), match.span(), unit=word)
                for n, word in enumerate(classes)
            )
            yield Prizes(block.index, numbers)
