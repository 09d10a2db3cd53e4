"""What one verb says of several counted things: ``Nhà trường mua 18 bộ máy tính, 4 ti vi và 2 máy chiếu``."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.numbers import Number, find_numbers
from extractors.statistics.compact import acts, deed
from extractors.statistics.phrase import before_phrase

#: From a count to the next in a row: its noun and a comma or ``và``, nothing said of it.
_ROW = re.compile(
    r" ?(?!giải|huy chương|năm|tháng|ngày|tuổi)(?:[^\W\d_]+[ /]?){1,5}(?: \d+ (?:inch|kg|m2|lít|cm))?"
    r"(?:,| và|, và|;) (?:(?:hơn|gần|trên|khoảng|cùng|thêm) )*"
)
_VERB = re.compile(r"(?<!\w)(?:có|còn|đạt|được|tăng|giảm|chiếm|gồm|trong đó|cho|do|tại|để)(?!\w)")
#: People, who are not opened with their class nor bought with its tables: ``mở 4 lớp, 79 học viên``.
_PEOPLE = re.compile(
    r" ?(?:lượt )?(?:học|giáo|nhân|viên|công|đảng|đoàn|đội|hội|thành|ủy) (?:sinh|viên|chức|nhân)(?!\w)|"
    r" ?(?:em|hs|gv|cháu|trẻ|người|đồng chí|đ/c|cán bộ|cbql|phụ huynh|thí sinh|nhà giáo|hiệu trưởng|quần chúng|"
    r"thanh niên|thầy|cô|đại biểu|sinh viên|nghệ nhân)(?!\w)"
)
_LONGEST = 3


def shared_deed(document: Document, block: Block, sentence: tuple[int, int], number: Number) -> str:
    """What was done with the first of a row of counted things, which is said of a later one too; "" for none."""
    row = [each for each in find_numbers(document.text, *sentence) if each.start <= number.start]
    if not row or row[-1].start != number.start:
        return ""
    at = len(row) - 1
    while at > 0 and _links(document, row[at - 1], row[at]):
        at -= 1
    if at == len(row) - 1:
        return ""
    start, end = before_phrase(document, sentence[0], row[at].start)
    said = document.value(start, end) if end > start else ""
    done = deed(said)
    return done if acts(done) and len(done.split()) <= _LONGEST else ""


def _links(document: Document, one: Number, two: Number) -> bool:
    """Whether two numbers count things of one row."""
    if one.percent or two.percent or one.of is not None or not _ROW.fullmatch(document.lower, one.end, two.start):
        return False
    people = [_PEOPLE.match(document.lower, each.end) is not None for each in (one, two)]
    return people[0] == people[1] and _VERB.search(document.lower, one.end, two.start) is None
