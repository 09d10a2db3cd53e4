"""Whose figures they are in a text about several schools: the school that a clause or its block speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors._shared.document import Block, Document, Found
from extractors._shared.numbers import view_offset
from schemas.records import Report, School

#: What says so little that whose it is must be said.
_SHORT = 5
#: Words of the own name of a school.
_OWN = 2
#: Behind the name of a school: what it has. Before it: where something else is.
_HAS = re.compile(
    r"(?: \([^()]*\))?(?:,? (?:hiện|hiện nay|nay|đã|chỉ|mới|cũng|còn|năm học [\d -]+))*,? "
    r"(?:có|gồm|với|đạt|huy động|tuyển|tiếp nhận|được)(?!\w)"
)
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:tại|ở|của|cho|với|từ|sang|vào|về|thăm|cùng|và|trên cơ sở|chia tách|tách|sáp nhập|thành|là|giữa|đến) $"
)
#: A school spoken of without its name.
_BARE = re.compile(
    r"(?:[^.;]{0,40}[, ])?(?<!các )(?<!\d )(?<!những )(?:nhà )?trường "
    r"(?:đã |hiện |hiện nay |nay |mới |chỉ |cũng |còn |luôn )*(?:có|gồm|với)(?!\w)"
)
#: What may stand before the own name of the school with which a block opens.
_OPENS = re.compile(r"(?:(?:còn|riêng|tại) )?(?:trường[^.;:\d]{0,40})?")
_SEVERAL, _MAINLY = 2, 0.65
_SEPARATES = re.compile(r"[;]|\.(?!\d)")
_BRACKETS = re.compile(r"\([^()]*\)")


#: The title under which a school tells of itself, whose others are those it grew from.
_OF_ITSELF = re.compile(
    r"(?<!\w)(?:lịch sử|truyền thống|quá trình|hình thành|giới thiệu|thành lập)(?!\w).*(?<!các )(?<!giữa )nhà trường"
)


def _of_several(found: Found, schools: list[School]) -> bool:
    """Whether a text is about several schools: not one of them alone is in its title or named again and again."""
    title = next((r.title or "" for r in found.get("report", ()) if isinstance(r, Report)), "").lower()
    times = [len(school.evidence) for school in schools]
    if len(schools) < _SEVERAL or _OF_ITSELF.search(title) or max(times) >= _MAINLY * sum(times):
        return False
    return sum(any(variant.lower() in title for variant in school.variants) for school in schools) != 1


class Subjects:
    """The schools of one document by where they are named; says nothing where it is about one of them."""

    def __init__(self, document: Document, found: Found) -> None:
        self.document = document
        schools = [r for r in found.get("school", ()) if isinstance(r, School) and r.level != "khac"]
        named = [
            (view_offset(document, passage.start), view_offset(document, passage.end - 1) + 1, school.name)
            for school in schools
            for passage in school.evidence
        ]
        self._named = sorted(named) if _of_several(found, schools) else []

    def with_school(self, phrase: str, block: Block, start: int, position: int) -> str:
        """An indicator that says little with the school whose figure it is: ``học sinh Trường Tiểu học Kim Sơn``.

        ``start`` is where the sentence of the number at ``position`` begins.
        """
        if not self._named or len(phrase.split()) > _SHORT or "trường" in phrase.lower():
            return phrase
        name = self._of_clause(start, position) or self._spoken_of(block, start, position)
        said = {*phrase.lower().split()}
        return phrase if not name or said >= {*name.lower().split()[-_OWN:]} else f"{phrase} {name}"

    def _before(self, position: int) -> list[tuple[int, int, str]]:
        return self._named[: bisect_left(self._named, (position,))]

    def _of_clause(self, start: int, position: int) -> str:
        """The school that is the subject of the clause before a position; "" for none."""
        lowered = self.document.lower
        for first, last, name in reversed(self._before(position)):
            if first < start:
                break
            between = _BRACKETS.sub("", lowered[last:position]).partition("(")[0]
            if _SEPARATES.search(between):
                break
            head = lowered[start:first].removesuffix("trường ")
            if _HAS.match(lowered, last) and not _ELSEWHERE.search(head):
                return name
        return ""

    def _spoken_of(self, block: Block, start: int, position: int) -> str:
        """The school that a sentence calls only ``trường``: that with which the block opens; "" for none."""
        lowered = self.document.lower
        if _BARE.match(lowered, start, position) is None:
            return ""
        first, _, name = next(iter(self._named[bisect_left(self._named, (block.body,)) :]), (start, start, ""))
        return name if first < start and _OPENS.fullmatch(lowered, block.body, first) else ""
