"""Lists of so many beside a count of the same: ``Danh sách 8 học sinh khuyết tật``, ``Học sinh khuyết tật: 9 em``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from schemas.relation import Relation

#: At the head of the cue of such pairs.
ROSTER = "danh sách"
_AT = Words(("danh sách ",))
#: How many are on a list, and what they are: a noun with two words at least that narrow it.
_ROSTER = re.compile(
    r"(?<!\w)danh sách (?:của )?(?P<n>\d{1,4}) (?P<what>(?:học sinh|giáo viên|cán bộ|đảng viên|trẻ|sinh viên|hộ|em)"
    r"(?: (?!(?:đã|được|kèm|có|này|trên|nói|gửi|và|của|trong|theo|đạt|dự|tham|đề|nhận|năm|học kỳ|lớp|khối)(?!\w))"
    r"[^\W\d_]+){2,5}?)"
    r"(?=\s*(?:[.;:()]|$|"
    r"(?:đã |được |đã được )?(?:đính )?(?:kèm|gửi|niêm yết|công khai|lập|phê duyệt|duyệt|xét|này)(?!\w)|"
    r"(?:có tên |ở |như )?(?:trên|dưới|sau)(?!\w)|(?:và )?\d))"
)
_NUMBER = r"(?<![\d.,/])(?P<n>\d{1,4})(?![\d/%]|[.,]\d| ?%)"
#: Before or behind a count that is not all there are now.
_OTHER = re.compile(
    r"(?<!\w)(?:trong đó|thêm|tăng|giảm|trước|ngoái|đầu năm|mới|riêng|lớp|khối|danh sách)(?!\w)[^.;\n]{0,30}$"
)
_NEAR, _NEAR_COUNT = 0.1, 2


def find_rosters(reading: Reading) -> Iterator[Relation]:
    """Pairs of numbers of one thing: how many a list has, and how many there are by the same words."""
    lower = reading.lower
    if not holds(_AT, lower, 0, len(lower)):
        return
    for block in reading.document.prose():
        if not holds(_AT, lower, block.body, block.end):
            continue
        for match in _ROSTER.finditer(lower, block.body, block.end):
            counts = list(_counts(reading, match["what"]))
            value, told = int(match["n"]), {int(other["n"]) for other in counts}
            some = _OTHER.search(lower, max(block.body, match.start() - 40), match.start())
            if len(told) != 1 or value in told or some:
                continue
            first, other = counts[0], told.pop()
            if abs(value - other) <= max(_NEAR_COUNT, _NEAR * other) or differ_by_slip(value, other):
                parts = (
                    reading.quantity(other, first.span("n"), first.span()),
                    reading.quantity(value, match.span("n"), match.span()),
                )
                yield Relation(kind="same", whole=None, parts=parts, exhaustive=True, cue=f"{ROSTER} {match['what']}")


def _counts(reading: Reading, what: str) -> Iterator[re.Match[str]]:
    """The counts of a thing by its words: ``9 học sinh khuyết tật`` and ``Học sinh khuyết tật: 9 em``."""
    lower, words = reading.lower, re.escape(what)
    for pattern in (rf"{_NUMBER} {words}(?!\w)(?=\s*[.,;:()]|$)", rf"(?<!\w){words}(?: là| có)?: ?{_NUMBER}"):
        for match in re.finditer(pattern, lower, re.M):
            if not _OTHER.search(lower, max(0, match.start() - 40), match.start()):
                yield match
