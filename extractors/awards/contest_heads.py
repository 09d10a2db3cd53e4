"""Where the contest of a list is named: in the heads above it, in full in the report's title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Document

_BARE_LEVEL = re.compile(r"(?:kết quả )?(?:vòng |cấp )(?:trường|cụm|huyện|tỉnh|thành phố|quận|thị xã|khu vực|quốc gia)")
_RESULT = re.compile(
    r"(?:kết quả|cụ thể|giải (?:nhất|nhì|ba|khuyến khích|cá nhân|tập thể|toàn đoàn)|toàn đoàn|cá nhân|tập thể"
    r"|đồng đội"
    r"|nhất|nhì|trong đó|về )(?!\w)"
)
#: A line of the results of one year: ``2008-2009: 6 giải``.
_YEAR_LINE = re.compile(r"[\s*+•-]*(?:năm(?: học)? )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)? ?: ")
#: Lines that the results of single years may have.
_MOST_YEARS = 12


def heads_above(document: Document, block: Block) -> Iterator[Block]:
    """The heads above a block; before them, where its own head is a bare level, its elder siblings.

    Of lines each of one year it is the line above the first of them: ``Mũi nhọn: HSG huyện``.
    """
    bare = _BARE_LEVEL.fullmatch(document.lower, *document.head(block))
    if bare or _RESULT.match(document.lower, block.body, block.end):
        blocks = document.blocks[max(0, block.index - 6) : block.index]
        yield from (other for other in reversed(blocks) if other.parent == block.parent)
    if _YEAR_LINE.match(document.lower, block.start, block.end):
        before = reversed(document.blocks[max(0, block.index - _MOST_YEARS) : block.index])
        lead = next((b for b in before if not _YEAR_LINE.match(document.lower, b.start, b.end)), None)
        if lead is not None and lead.kind != "cell":
            yield lead
    if (opening := _lead_in(document, block)) is not None:
        yield opening
    yield from document.ancestors(block)


#: Lines between those that a lead-in opens, and characters that such a line may have.
_MOST_LINES, _LONGEST_LINE = 10, 200


def _lead_in(document: Document, block: Block) -> Block | None:
    """The line that ends in a colon and opens the lines of results of which a block is one; None for none."""
    for other in reversed(document.blocks[max(0, block.index - _MOST_LINES) : block.index]):
        if other.kind == "cell" or other.parent != block.parent:
            return None
        if document.text[other.body : other.end].rstrip().endswith(":"):
            return other
        if other.end - other.body > _LONGEST_LINE:
            return None
    return None


#: Contests by the first letters of their names.
_SHORT: tuple[tuple[str, str], ...] = (
    ("hkpđ", "hội khỏe phù đổng"),
    ("hsg", "học sinh giỏi"),
    ("khkt", "khoa học kỹ thuật"),
    ("gvdg", "giáo viên dạy giỏi"),
    ("gvcn giỏi", "giáo viên chủ nhiệm giỏi"),
)
_LEVEL = re.compile(
    r"(?<!\w)(?:cấp )?(?:trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|quốc gia|toàn quốc)(?!\w)"
)


def titled_in_full(
    document: Document, contest: tuple[int, int], titled: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The contest of the report's title that one in short is: ``HKPĐ cấp huyện``; None where it is another."""
    told = document.lower[slice(*contest)].removeprefix("thi ")
    full = document.lower[slice(*titled)] if titled else ""
    for short, whole in _SHORT:
        if told.startswith(short) and whole in full:
            levels = [_LEVEL.search(told), _LEVEL.search(full)]
            same = levels[0] is None or (levels[1] is not None and levels[0].group(0) == levels[1].group(0))
            rest = _LEVEL.sub("", told.removeprefix(short)).strip()
            return titled if same and not rest else None
    return None
