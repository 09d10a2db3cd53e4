"""Those present at one meeting: as many as are counted at its beginning vote at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_PEOPLE = (
    r"(?:đại biểu|đồng chí|đ/c|thành viên|đảng viên|đoàn viên|công đoàn viên|hội viên|người|cán bộ, giáo viên|"
    r"viên chức)"
)
#: ``Có mặt: 38``, ``Dự đại hội có 41/42 đoàn viên``.
_PRESENT = re.compile(
    rf"(?<!\w)(?:có mặt|(?:tham )?dự (?:đại hội|hội nghị|họp|cuộc họp))(?: (?:có|là|gồm))?:? "
    rf"(?P<n>\d{{1,3}})(?!\d|[.,]\d)"
    rf"(?: ?/ ?(?P<of>\d{{1,3}})(?!\d))?(?: {_PEOPLE}| ?[,;.(])"
)
#: ``46/46 đại biểu dự họp nhất trí``, ``100% đại biểu (46/46) tán thành``.
_VOTED = re.compile(
    rf"(?P<n>\d{{1,3}}) ?/ ?(?P<of>\d{{1,3}})(?!\d)\)?(?: {_PEOPLE})?(?P<here> (?:có mặt|dự họp|tham dự|dự đại hội))?"
    r"(?: (?:đã|đều|cùng|hoàn toàn))?(?: (?:nhất trí|tán thành|đồng ý|biểu quyết|thống nhất))(?!\w)"
)
_VOTES = Words(("nhất trí", "tán thành", "đồng ý", "biểu quyết", "thống nhất"))


def find_meetings(reading: Reading) -> Iterator[Relation]:
    """Whom a report of one meeting counts as present, and the wholes of its votes that are others.

    Reports that count those present more than once tell of several meetings and are left alone. A vote that does not
    say that it is of those present may be of all who were called.
    """
    if not holds(_VOTES, reading.lower, 0, len(reading.lower)):
        return
    present: list[re.Match[str]] = []
    votes: list[re.Match[str]] = []
    for block in reading.document.blocks:
        if block.kind not in ("cell", "junk"):
            present += _PRESENT.finditer(reading.lower, block.body, block.end)
            votes += _VOTED.finditer(reading.lower, block.body, block.end)
    if len(present) != 1 or not votes:
        return
    here = int(present[0]["n"])
    called = {int(present[0]["of"])} if present[0]["of"] else set(_called(reading, present[0]))
    parts = [_size(reading, present[0], here)]
    for vote in votes:
        size = int(vote["of"])
        if size != here and (vote["here"] or size not in called):
            parts.append(_size(reading, vote, size))
    if len(parts) > 1:
        yield Relation(kind="whole", whole=None, parts=tuple(parts), exhaustive=True, disjoint=True, cue="người dự họp")


_CALLED = re.compile(r"(?<!\w)(?:triệu tập|tổng số|mời)[^\d.;]{0,24}(?P<n>\d{1,3})(?!\d)")


def _called(reading: Reading, present: re.Match[str]) -> Iterator[int]:
    block = reading.document.block_at(present.start())
    for match in _CALLED.finditer(reading.lower, block.start, block.end):
        yield int(match["n"])


def _size(reading: Reading, match: re.Match[str], size: int) -> Quantity:
    start, end = match.start(), match.end()
    while end > start and reading.text[end - 1] in " ,;.(":
        end -= 1
    return Quantity(
        value=size,
        printed=reading.document.value(match.start("n"), match.end("of") if match["of"] else match.end("n")),
        label="người dự họp",
        evidence=reading.evidence(start, end),
    )
