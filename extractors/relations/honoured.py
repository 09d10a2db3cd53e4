"""Bodies and people honoured together: ``16 giấy khen cho 5 tập thể và 11 cá nhân``, ``36 tập thể, cá nhân (…)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from extractors.relations.structure import Level
from schemas.relation import Relation

_AT = Words(("tập thể",))
_COUNT = r"(?<![\d.,/-])\d{1,3}(?:\.\d{3})?"
_TWO = (
    rf"(?P<a>{_COUNT}) (?:lượt )?tập thể(?: [^\W\d_]+){{0,3}}(?:,| và|;)(?: có)? (?P<b>{_COUNT}) (?:lượt )?(?:cá nhân|"
    r"thầy(?: giáo)?,? cô(?: giáo)?|giáo viên|học sinh)"
)
_TOGETHER = (
    rf"(?P<n>{_COUNT}) (?:lượt )?(?:(?:giấy khen|bằng khen|phần thưởng|cờ thi đua|quyết định khen thưởng)"
    r"[^\d.;:()]{0,40}?(?: cho|: |\()|"
    r"(?:tập thể(?:,| và) cá nhân|cá nhân(?:,| và) tập thể)[^\d.;]{0,40}?(?:\(|:|gồm|trong đó))"
)
_HONOURED = re.compile(rf"{_TOGETHER}(?: gồm| có|:)? ?{_TWO}(?![^.;)]*(?:, | và )\d+ (?:gia đình|hộ|đơn vị))")


def find_honoured(reading: Reading, level: Level) -> Iterator[Relation]:
    """The certificates, or those honoured, against the bodies and the people told for them."""
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    for match in _HONOURED.finditer(reading.lower, level.start, level.end):
        numbers = {name: int(match[name].replace(".", "")) for name in ("n", "a", "b")}
        ends = {"n": match.end("n"), "a": match.start("b"), "b": match.end()}
        whole, first, second = (
            reading.quantity(numbers[name], match.span(name), (match.start(name), ends[name]))
            for name in ("n", "a", "b")
        )
        yield Relation(kind="sum", whole=whole, parts=(first, second), exhaustive=True, disjoint=True, cue="cho")
