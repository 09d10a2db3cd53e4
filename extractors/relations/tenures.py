"""Heads of a school one after the other, with their years: ``- Thầy Lò Văn Thắng: 1989 - 2001``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors.relations.reading import LOWER, UPPER, Reading
from schemas.relation import Quantity, Relation

_LINE = re.compile(
    rf"(?:(?:Thầy|Cô|Ông|Bà|Đ/c|Đồng chí|NGƯT|NGND|Nhà giáo)[.:]? )*"
    rf"(?P<name>[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]*)+)"
    r"\s*[:(,–-]\s*(?:[Tt]ừ )?(?:năm )?(?P<first>(?:19|20)\d\d)\s*(?:-|–|đến)\s*(?:năm )?(?P<last>(?:19|20)\d\d|nay)"
    r"\s*\)?\s*[.;,]?"
)
#: The line above says whose years they are; of several posts nothing is known.
_HEADS = re.compile(r"(?<!\w)hiệu trưởng(?!\w)")
_OTHERS = re.compile(r"(?<!\w)(?:phó|ban giám hiệu|lãnh đạo|cán bộ quản lý|bí thư|chủ tịch|quyền|phân hiệu)(?!\w)")
_LEAST = 3
_OPEN_ENDED = 9999


def find_tenures(reading: Reading) -> Iterator[Relation]:
    """One relation for a list of heads in the order of their years: each part a person, its value the first year.

    Its unit is the last year; a list that is not in order tells of more than one post.
    """
    run: list[Quantity] = []
    above: Block | None = None
    for block in [*reading.document.blocks, None]:
        match = _LINE.fullmatch(reading.text[block.body : block.end].strip()) if block is not None else None
        if block is not None and match is not None:
            last = str(_OPEN_ENDED) if match["last"] == "nay" else match["last"]
            passage = reading.evidence(block.body, block.end)
            name = match["name"]
            run.append(Quantity(value=int(match["first"]), printed=name, unit=last, label=name, evidence=passage))
            continue
        if len(run) >= _LEAST and above is not None and _of_heads(reading, above) and _in_order(run):
            yield Relation(kind="tenure", whole=None, parts=tuple(run), exhaustive=True, cue="Hiệu trưởng")
        run, above = [], block


def _of_heads(reading: Reading, above: Block) -> bool:
    said = reading.lower[above.body : above.end]
    return _HEADS.search(said) is not None and _OTHERS.search(said) is None


def _in_order(run: list[Quantity]) -> bool:
    """Whether the years rise from one to the next, both the first and the last ones."""
    firsts, lasts = [part.value for part in run], [int(part.unit or 0) for part in run]
    ordered = firsts == sorted(firsts) and lasts == sorted(lasts)
    return ordered and all(first <= last for first, last in zip(firsts, lasts, strict=True))
