"""Places of a form left blank, and dates and school years that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors._shared.outline import PART, ROMAN
from extractors._shared.scan import matches_from, places_of
from extractors.relations.reading import LOWER, UPPER, Reading
from schemas.relation import Quantity, Relation

_BLANK_NUMBER = re.compile(
    rf"(?<!\w)[Ss]ố\s*:?\s*(?:[.…_]+\s*|\s+)/(?:\d{{4}}/)?[{UPPER}][\w&]*(?:-[{UPPER}][\w&-]*)?"
    # Of the Party and the unions, whose numbers have a dash first: ``Số: … -BC/ĐTN``.
    rf"|(?<!\w)[Ss]ố(?:\s*:\s*(?:[.…_]+\s*)?|\s*[.…_]+\s*)[-–]\s?[{UPPER}]{{1,4}}[{LOWER}]?/[{UPPER}][\w&-]*"
)
#: A line of a report that leaves out what its label announces: ``Kiến nghị với tỉnh: ……``.
_BLANK_FIELD = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|(?:[.…_]\s?){5,})(?: [^\W\d_]+(?: [^\W\d_]+)?)?\s*[.;,]?")
#: Labels of what others fill in and sign.
_FILLED_LATER = re.compile(
    r"(?<!\w)(?:ý kiến|nhận xét|xác nhận|chữ ký|ký|họ (?:và )?tên|người|phụ huynh|học sinh|lớp|trường|điểm|số phách|"
    r"ngày|phiếu|mẫu|kính gửi|địa chỉ|điện thoại|lý do|ghi chú|tổng số điểm|bằng chữ)(?!\w)[^:]{0,40}:\s*$"
)
_MOST_BLANKS, _LONGEST_LABEL, _LEAST_WORDS = 3, 90, 3
# The gap itself: dots, a line, or more than one space where a number should be.
_GAP = re.compile(r"(?:ngày|tháng|năm)(?: ?[.…_]|\s{2,}(?!\d))", re.I)
_PLACE = re.compile(rf"[*_ ]*[{UPPER}][^\d.;:]{{1,60}},\s*")
_SAME_YEAR = re.compile(r"(?<!\w)năm học(?: mới)?:? (?P<year>(?:19|20)\d\d) ?[-–] ?(?P=year)(?!\d)")
_SCHOOL_YEAR = re.compile(r"năm học|nh\s?\d")


def find_form_gaps(reading: Reading) -> Iterator[Relation]:
    """Blank numbers (``Số: … /BC-PGDĐT``) and dates (``ngày … tháng 6 năm 2021``), and impossible dates.

    A school year runs over two years that follow each other, so ``năm học 2021-2025`` cannot be.
    """
    text = reading.text
    for match in matches_from(_BLANK_NUMBER, places_of(("Số", "số"), text, 0, len(text)), text, 0, len(text)):
        if _describes_form(reading, match.start()) or _is_draft(reading, match.end()):
            continue
        yield _gap(reading, "blank", "number", match.start(), match.end())
    yield from _empty_sections(reading)
    yield from _blank_fields(reading)
    for mention in reading.document.dates:
        if mention.blank:
            if _describes_form(reading, mention.start):
                continue
            gap = _GAP.search(reading.evidence(mention.start, mention.end).quote) or _is_dateline(reading, mention)
            if any(mention.parts[:2]) and gap:
                yield _gap(reading, "blank", "date", *_line(reading, mention.start, mention.end))
        elif mention.iso is None and mention.kind in ("day", "month") and all(mention.parts[:2]):
            yield _gap(reading, "impossible", "date", mention.start, mention.end)
        elif (
            mention.iso is None
            and mention.kind == "school_year"
            and _SCHOOL_YEAR.match(reading.lower, mention.start)
            and not _is_term_of_office(reading, mention)
        ):
            yield _gap(reading, "impossible", "school_year", mention.start, mention.end)

    yield from _turned_ranges(reading)
    places = places_of(("năm học",), reading.lower, 0, len(text))
    for match in matches_from(_SAME_YEAR, places, reading.lower, 0, len(text)):
        yield _gap(reading, "impossible", "school_year", match.start(), match.end())


def _blank_fields(reading: Reading) -> Iterator[Relation]:
    """Labels of a report with dots where a number or a text should be; a text with many of them is a form."""
    if ".." not in reading.text and "…" not in reading.text and "__" not in reading.text:
        return
    found, blanks = [], 0
    for block in reading.document.prose():
        for start, end in reading.document.sentences(block):
            colon = reading.text.rfind(":", start, end)
            if colon < 0 or not _BLANK_FIELD.fullmatch(reading.text[colon + 1 : end].strip()):
                continue
            blanks += 1
            if _describes_form(reading, colon) or _FILLED_LATER.search(reading.lower, start, colon + 1):
                continue
            told = len(reading.text[start:colon].split()) >= _LEAST_WORDS
            if told and colon - start <= _LONGEST_LABEL:
                found.append((start, end))
    if blanks <= _MOST_BLANKS:
        for start, end in found:
            yield _gap(reading, "blank", "field", start, end)


_FROM = re.compile(r"(?<!\w)từ(?: ngày)? ?$")
_TO = re.compile(r" ?(?:đến|tới)(?: hết)?(?: ngày)? ?")


def _turned_ranges(reading: Reading) -> Iterator[Relation]:
    """Times that end before they begin: ``từ ngày 22/7/2022 đến ngày 06/6/2022``."""
    for first, last in pairwise(reading.document.dates):
        if first.kind != "day" or last.kind != "day" or not first.iso or not last.iso or last.iso >= first.iso:
            continue
        years = all(str(d.parts[0]) in reading.text[d.start : d.end] for d in (first, last))
        opens = _FROM.search(reading.lower[max(0, first.start - 10) : first.start])
        if years and opens and _TO.fullmatch(reading.lower, first.end, last.start):
            yield _gap(reading, "impossible", "range", first.start, last.end)


_FORM = re.compile(r"(?<!\w)(?:thể thức|theo mẫu|mẫu số|biểu mẫu|ghi rõ|có dạng)(?!\w)[^\n]{0,60}$")
#: A form told in brackets, with all that is to be filled in.
_FORM_BRACKET = re.compile(r"\((?:theo )?(?:mẫu|phiếu|biểu)(?!\w)[^()\n]*$")


#: The blocks that end the text of a document.
_TAIL_KINDS = frozenset({"recipients", "signature"})
_LONGEST_TITLE = 12


def _empty_sections(reading: Reading) -> Iterator[Relation]:
    """Numbered sections of a document with a title and nothing below it: ``IV. Kiến nghị`` right before ``V.``."""
    blocks = reading.document.blocks
    heads = [b for b in blocks if b.marker is not None and b.marker.kind in (PART, ROMAN)]
    for head in heads:
        following = blocks[head.index + 1] if head.index + 1 < len(blocks) else None
        assert head.marker is not None
        if following is None or len(reading.text[head.body : head.end].split()) > _LONGEST_TITLE:
            continue
        if reading.text[head.body : head.end].rstrip()[-1:] in ".;:," or "đã ký" in reading.lower[head.body : head.end]:
            continue
        if _FILLED_IN.search(reading.text, head.body, head.end):
            continue  # I. Thời gian: 14h00 ngày 24/9/2021
        next_one = (
            following.marker is not None
            and following.marker.style == head.marker.style
            and following.marker.number == (head.marker.number or 0) + 1
        )
        filled = any(b.marker and b.marker.style == head.marker.style and _is_filled(blocks, b) for b in heads)
        if (next_one or following.kind in _TAIL_KINDS) and filled:
            yield _gap(reading, "blank", "section", head.start, head.end)


_FILLED_IN = re.compile(r": ?\w")


def _is_filled(blocks: Sequence[Block], head: Block) -> bool:
    """Whether text stands below a heading."""
    following = blocks[head.index + 1] if head.index + 1 < len(blocks) else None
    return following is not None and following.kind in ("paragraph", "item", "cell") and following.parent == head.index


def _describes_form(reading: Reading, position: int) -> bool:
    """Whether a blank stands in what others are told to fill in: ``theo mẫu (Số: …/KH-THCS)``."""
    if _FORM.search(reading.lower, max(0, position - 90), position) is not None:
        return True
    return _FORM_BRACKET.search(reading.lower, max(0, position - 300), position) is not None


_HELD = re.compile(r"(?<!\w)(?:giữ chức|giữ cương vị|làm|là|đảm nhận)(?: chức)?(?: vụ)? (?:phó )?hiệu trưởng(?!\w)")


def _is_term_of_office(reading: Reading, mention: DateMention) -> bool:
    """Whether years called one school year are those of a head: ``Năm học: 1979-1984 cô A làm Hiệu trưởng``."""
    block = reading.document.block_at(mention.start)
    return mention.start - block.body <= 1 and _HELD.search(reading.lower, mention.end, block.end) is not None


_DRAFT = re.compile(r"(?<!\w)dự thảo(?!\w)")
_HEAD_REACH = 600


def _is_draft(reading: Reading, position: int) -> bool:
    """Whether a blank number stands in the head of a draft: it is given when the document is issued."""
    return position < _HEAD_REACH and _DRAFT.search(reading.lower, 0, _HEAD_REACH) is not None


def _is_dateline(reading: Reading, mention: DateMention) -> bool:
    """Whether a date is a line's end after a place: there one space between its words is a gap that was closed up."""
    start, end = reading.text.rfind("\n", 0, mention.start) + 1, reading.text.find("\n", mention.end)
    rest = reading.text[mention.end : end if end >= 0 else len(reading.text)]
    return not rest.strip(" .*_") and _PLACE.fullmatch(reading.text, start, mention.start) is not None


def _line(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """A blank date with what is dated before it: the place or the document."""
    first = reading.text.rfind("\n", 0, start) + 1
    before = max(first, start - 60)
    if before > first:
        before = reading.text.find(" ", before, start) + 1 or start
    sentence = reading.text.rfind(". ", before, start)
    return (sentence + 2 if sentence > 0 else before), end


def _gap(reading: Reading, kind: str, label: str, start: int, end: int) -> Relation:
    part = Quantity(
        value=0, printed=reading.document.value(start, end), label=label, evidence=reading.evidence(start, end)
    )
    return Relation(kind="blank" if kind == "blank" else "impossible", whole=None, parts=(part,), exhaustive=True)
