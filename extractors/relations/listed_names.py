"""Names listed several to a line below the number that announces them: ``- Giải Nhì: Lò Thị Mai; Vì Văn Nam (9A)``.

Also those elected, each with the votes: ``1. Lò Thị Mai: 21/23 phiếu``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.document import Block
from extractors._shared.outline import PART, ROMAN
from extractors.relations.amounts import Amount
from extractors.relations.items import last_count, stands_beside_another
from extractors.relations.parts import PEOPLE
from extractors.relations.pieces import NAMED_BODY, chunks, trimmed
from extractors.relations.quantities import quantity
from extractors.relations.reading import LOWER, UPPER, Reading
from extractors.relations.structure import Level
from schemas.relation import Relation

_SYLLABLE = rf"[{UPPER}](?:['’][{UPPER}])?[{LOWER}]*"
#: Somebody by name, with a class or a school behind it.
PERSON = re.compile(
    rf"(?:và )?(?:(?:[Ee]m|[Cc]háu|[Cc]ô|[Tt]hầy|[Ôô]ng|[Bb]à|[Đđ]/c|[Đđ]ồng chí) )?{_SYLLABLE}(?: {_SYLLABLE}){{1,5}}"
    r"(?: ?\([^()]*\)|,? ?[-–]? ?(?:lớp )?\d{1,2}[A-Za-z]?\d?)?"
)
#: What those of a line have in common: a grade, a class, a school, a team; no post, which may be held by one of them.
_LABEL = re.compile(r"\s*(?P<label>[^:;,()]{2,45}(?:\([^()]{1,20}\))?) ?: ?(?=\S)")
#: The same behind the names: ``Lò Thị Mai, Vì Văn Nam: giải Nhất``.
_LABEL_BEHIND = re.compile(r"\s*[:–-] ?(?:giải|huy chương|lớp|khối|tổ|trường|môn) [^:,;]{1,40}$", re.I)
_VOTES = re.compile(
    rf"(?:(?:[Cc]ô|[Tt]hầy|[Ôô]ng|[Bb]à|[Đđ]/c|[Đđ]ồng chí) )?{_SYLLABLE}(?: {_SYLLABLE}){{1,5}}"
    r"(?: ?[:,(–-]+ ?)(?:đạt |được |với )?\d{1,4}(?:/\d{1,4})?(?: phiếu)?"
    r"(?:[ ,(=;-]+(?:đạt |tỷ lệ |chiếm )?\d{1,3}(?:,\d+)? ?%)?\)?\s*[.;,]?"
)
_ELECTED = re.compile(r"(?<!\w)(?:bầu|trúng cử|đắc cử|tín nhiệm)(?!\w)")
_ANNOUNCED = re.compile(
    r"(?<!\w)(?:có tên|danh sách|tặng|khen|thưởng|tuyên dương|công nhận|vinh danh|đạt giải|đoạt giải|gồm|cử|cụ thể|sau)"
    r"(?!\w)"
)
#: Several of a kind are not all: ``tiêu biểu như:``.
_SOME = re.compile(r"(?<!\w)(?:tiêu biểu|điển hình|trong đó|như|ví dụ|đặc biệt)(?!\w)(?! sau)")
#: Behind the number: what stands below is told of others, or of some of them.
_ANOTHER = re.compile(r"[;.]\s|(?<!\w)trong (?:số )?(?:đó|này)(?!\w)")
#: At the head of the line behind: it tells of more of them.
_MORE = re.compile(r"\s*(?:và|cùng|ngoài ra|bên cạnh|đồng thời|còn lại)(?!\w)")
_ETC = re.compile(r"…|\.\.\.|v\.v|(?<!\w)(?:khác|vân vân)(?!\w)")
_LISTED = (*PEOPLE, "school")
_LEAST_LINES = 2


def find_listed_names(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Numbers of people or schools over lines that name them, several to a line or each with the votes."""
    for index, (block, level) in enumerate(rows[:-1]):
        whole = last_count(reading, block, level)
        if whole is None or whole[0].family not in _LISTED or whole[0].value < _LEAST_LINES:
            continue
        said = reading.lower[block.body : block.end]
        if _SOME.search(said) or not (_ANNOUNCED.search(said) or _ELECTED.search(said)):
            continue
        if _ANOTHER.search(reading.lower, whole[0].end, block.end) or stands_beside_another(reading, level, whole[0]):
            continue
        below = [b for b, _ in rows[index + 1 :]]
        names = _elected(reading, below, whole[0]) if _ELECTED.search(said) else _named(reading, below, whole[0])
        if names:
            parts = tuple(reading.thing(*span) for span in names)
            yield Relation(kind="list", whole=quantity(reading, *whole), parts=parts, exhaustive=True, cue=":")


def _elected(reading: Reading, below: Sequence[Block], whole: Amount) -> list[tuple[int, int]]:
    """Those elected, numbered from 1, with their votes; of more than were elected some may have lost."""
    found: list[tuple[int, int]] = []
    for block in below:
        numbered = block.marker is not None and block.marker.number == len(found) + 1
        if not numbered or not _VOTES.fullmatch(reading.text, block.body, block.end):
            break
        found.append((block.start, block.end))
    return found if _LEAST_LINES <= len(found) < whole.value else []


def _named(reading: Reading, below: Sequence[Block], whole: Amount) -> list[tuple[int, int]]:
    """The names of the lines below, as far as each line is nothing but names; none where that may not be all."""
    lines: list[list[tuple[int, int]]] = []
    for block in below:
        names = _names_of(reading, block, whole) if _is_like(block, below[0]) else []
        if not names:
            break
        lines.append(names)
    found = [name for names in lines for name in names]
    if len(lines) < _LEAST_LINES or len(found) == len(lines) or whole.value == len(lines):
        return []  # one to a line is told by the items
    following = below[len(lines)] if len(lines) < len(below) else None
    if following is not None and below[0].marker is not None and _is_like(following, below[0]):
        return []  # an item that is not only names: not all could be counted
    if following is not None and (_MORE.match(reading.lower, following.body) or _names_of(reading, following, whole)):
        return []
    told = {reading.lower[first:last].split("(")[0].strip(" .;,") for first, last in found}
    return found if len(told) == len(found) else []


def _is_like(block: Block, first: Block) -> bool:
    """Whether a line is marked as the first of a list is."""
    if block.kind in ("cell", "junk", "signature") or (block.kind == "heading" and block.marker is None):
        return False
    if first.marker is None or block.marker is None:
        return first.marker is block.marker
    return block.marker.style == first.marker.style and block.marker.kind not in (PART, ROMAN)


def _names_of(reading: Reading, block: Block, whole: Amount) -> list[tuple[int, int]]:
    """The names of a line behind its label, if any; none where something else stands among them."""
    label = _LABEL.match(reading.text, block.body, block.end)
    behind = _LABEL_BEHIND.search(reading.text, block.body, block.end) if label is None else None
    start = label.end() if label is not None else block.body
    end = behind.start() if behind is not None else block.end
    pieces = list(trimmed(reading, chunks(reading, start, end, ",;")))
    pieces = [(first, last - (reading.text[last - 1] in ".;,")) for first, last in pieces]
    pattern = NAMED_BODY if whole.family == "school" else PERSON
    if _ETC.search(reading.lower, block.body, block.end) or not pieces:
        return []
    if not all(pattern.fullmatch(reading.text, *piece) for piece in pieces):
        return []
    return pieces if all(a[1] <= b[0] for a, b in pairwise(pieces)) else []
