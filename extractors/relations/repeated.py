"""How often something happened, against the years told of it: ``3 lần được tặng Cờ thi đua (2009, 2014, 2019)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.relation import Relation

_AT = Words((" lần ", " năm liền", " năm liên t", " năm học liền", " năm học liên t"))
_ONE = r"(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)\d\d|\d\d))?"
_YEAR = re.compile(rf"(?<![\d/.-]){_ONE}(?![\d/]|-\d)")
#: The number, what happened, and its years in a bracket, behind ``các năm`` or behind a colon.
_TIMES = re.compile(
    r"(?<![\w/.,-])(?P<n>0?[2-9]|1\d) (?:lần|năm (?:học )?(?:liền(?: kề)?|liên tục|liên tiếp))(?! (?:thứ|so|trở|nhất))"
    r"(?P<what>(?![^.;:()\n]*(?:tiêu biểu|gần (?:nhất|đây)))[^.;:()\d\n]{0,90}?)"
    r"(?P<opener>,? ?(?:vào |trong |ở )?(?:các )?năm(?: học)? | ?\((?:các |vào các |từ )?(?:năm (?:học )?)?|"
    r" ?: ?(?:năm )?)"
    rf"(?P<years>{_ONE}(?:(?:,|;| và|, và) (?:năm )?(?:học )?{_ONE})+)(?P<end>\)|[.;,\n]|$)"
)
#: Before a number that compares: ``tăng 5 lần``, ``gấp 3 lần``, ``mỗi năm 2 lần``.
_COMPARES = re.compile(r"(?<!\w)(?:tăng|gấp|giảm|hơn|mỗi \w+|lần thứ|trong|trên|gần|ít nhất|hằng năm|hàng năm) $")
_BEFORE = 16


def find_repeated(reading: Reading, block: Block) -> Iterator[Relation]:
    """The number of times in a passage with the years that it lists, each of which is one."""
    if not holds(_AT, reading.lower, block.body, block.end):
        return
    for match in _TIMES.finditer(reading.lower, block.body, block.end):
        if _COMPARES.search(reading.lower, max(match.start() - _BEFORE, block.body), match.start()):
            continue
        if match["opener"].strip().startswith("(") != (match["end"] == ")"):
            continue
        years = [year.span() for year in _YEAR.finditer(reading.lower, *match.span("years"))]
        whole = reading.quantity(int(match["n"]), match.span("n"), (match.start(), match.end("years")))
        parts = tuple(reading.thing(*year) for year in years)
        yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue="năm")
