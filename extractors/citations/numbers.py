"""Document numbers in a text: ``29-NQ/TW``, ``55/2012/NĐ-CP``, ``70/ KH- UBND``, ``17, 18, 19/2018/TT-BGDĐT``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors._shared.document import Document
from extractors._shared.lexicon import Entry
from extractors._shared.scan import digits, matches_from, places_of
from extractors.citations.forms import (
    TYPES_AT,
    bare_number,
    spelled_type,
    type_before,
    type_symbols,
    types_pattern,
)

_CAPITALS = "A-ZĐƯƠÂÔ"
_EDUCATION = r"(?:(?:Bộ|Sở|Phòng)\s|[BSP])?GD\s?(?:&|và\s|-(?=ĐT))?\s?ĐT"
_BODY = rf"(?:{_EDUCATION}|TTg|TTG|[{_CAPITALS}][{_CAPITALS}&]+[\wĐđ]*)"
_PART = rf"(?:{_EDUCATION}(?![\wĐ])|[{_CAPITALS}][{_CAPITALS}a-zđươ&]{{0,14}}\d{{0,2}})"
#: Digits at which no document number can begin are those of dates, decimals and fractions; ``số15`` may be glued.
_LEAD = r"(?:(?<![\w/.,])(?<!\d-)(?<!\d\s-)|(?<=[Ss]ố)|(?<=SỐ)|(?<=\bTT)|(?<=\bNĐ)|(?<=\bQĐ)|(?<=\bNQ)|(?<=\bCV))"
_WINDOW = 70
_NEAR_TYPE_WINDOW = 60
_LIST = re.compile(
    r"(?<![\w/.-])(?<!\d )(?P<items>(?:\d{1,5}(?:\s?[/-]\s?(?:19|20)\d\d)?\s?(?:,|;|và|&)\s?(?:số\s)?)+)$"
)
_ITEM = re.compile(r"(?P<n>\d{1,5})(?P<year>\s?[/-]\s?(?:19|20)\d\d)?")
_ONLY_SO = re.compile(r"(?<!\w)(?:số|sô)\s?:?\s?$")
_JOINED = re.compile(r"^\s?(?:,|;|và|và số|, số)?\s?(?:số\s)?$")


#: A type's mark and a body in one: ``QĐUB``, ``NQTW``, ``QĐTTG``.
_GLUED = re.compile(
    r"(?P<mark>NQ|QĐ|QD|CT|TB|HD|KH|KL|TT|NĐ|BC)(?:UB(?:ND|HC|MT)?|TTG|CP|TW|TƯ|TU|HU|HĐND|HĐBT|[BSP]?GD(?:&?ĐT)?|BNV|BTC|CTN?)"
)


#: The National Assembly of a term, which adopts laws.
_OF_ASSEMBLY = re.compile(r"QH1\d")


@cache
def _number() -> re.Pattern[str]:
    spelled = {*type_symbols(), "CTr", "TTr", "QyĐ", "QĐi", "QyC", "CTrHĐ"}
    marks = "|".join(sorted(spelled, key=len, reverse=True))
    mark = rf"(?P<mark>{marks})(?![{_CAPITALS}a-zđ&])(?:\s?[-/.]\s?{_BODY}|/{_PART})?"
    more = rf"(?:[-/]{_PART}|\.[{_CAPITALS}]{{2,}}|\s?[-/]\s?{_BODY}(?![a-zà-ỹ]))*"
    closing_year = r"(?:(?<=[A-ZĐ])\.[789]\d(?![\w%]|[.,/-]\d))?"  # ``12/QĐ.UB.87``
    digits = r"(?P<n>\d{1,5}(?:[A-Za-zđĐ](?=\s?[-/]))?)(?P<year>\s?[/-]\s?(?:19|20)\d\d)?"
    return re.compile(
        rf"{_LEAD}{digits}(?P<sep>\s?[-/.]\s?|\s?)(?P<symbol>(?:{mark}|{_PART}){more}{closing_year})(?!\w)"
    )


@dataclass(frozen=True)
class Numbered:
    """A number met in the text. ``start`` is where its type begins, ``first`` and ``end`` its digits and end."""

    start: int
    first: int
    end: int
    number: str
    doc_type: str
    typed: bool
    complete: bool
    name: str | None = None


def find_numbered(document: Document, own: str | None) -> list[Numbered]:
    """All documents cited by number outside the letterhead, in order; ``own`` is the report's number."""
    found: list[Numbered] = []
    text = document.text
    for match in matches_from(_number(), digits(text, 0, len(text)), text, 0, len(text)):
        if document.block_at(match.start()).kind in ("number", "letterhead", "dateline", "motto"):
            continue
        found.extend(_read(document, match, found[-1] if found else None))
    taken = [(item.first, item.end) for item in found]
    found.extend(item for item in _bare(document) if not any(a < item.end and item.first < b for a, b in taken))
    own_key = number_key(own) if own else None
    return sorted((item for item in found if number_key(item.number) != own_key), key=lambda item: item.first)


def number_key(number: str) -> str:
    """A number by which its spellings with other spaces, dashes and case are compared."""
    return "".join(number.split()).casefold()


def clean(printed: str) -> str:
    """A number as printed, without inner spaces and with one kind of dash."""
    return "".join(printed.split())


def _read(document: Document, match: re.Match[str], previous: Numbered | None) -> Iterator[Numbered]:
    text, lowered = document.text, document.lower
    symbol_type = _symbol_type(match["symbol"])
    base = document.block_at(match.start()).start
    listed = _LIST.search(lowered, max(base, match.start() - _WINDOW), match.start())
    start, printed, so = _type_at(document, base, listed.start() if listed else match.start(), symbol_type)
    if listed and printed is None and not so:
        listed = None
        start, printed, so = _type_at(document, base, match.start(), symbol_type)
    joined = bool(previous and previous.start >= base and _JOINED.match(lowered[previous.end : match.start()]))
    if not _accept(match, symbol_type, printed is not None or so or joined):
        return
    if printed is None and symbol_type is None and len(match["symbol"]) < 4:
        return  # ``số 12/TN`` may be anything
    name = None
    if printed is None and previous and joined:
        # ``Thông tư 27/2020/TT-BGDĐT, 22/2021/TT-BGDĐT`` names its type once.
        if symbol_type is None or symbol_type.value == previous.doc_type or previous.doc_type == "Quy định":
            doc_type, typed = previous.doc_type, previous.typed
        else:
            doc_type, typed = str(symbol_type.value), False
    elif printed is not None:
        doc_type, typed = str(printed.value), True
        if doc_type in ("Luật", "Bộ luật", "Pháp lệnh"):
            name = _law_name(document, start, match.start())
    else:
        law = re.match(r"QH\d", match["symbol"])
        doc_type = str(symbol_type.value) if symbol_type else "Luật" if law else "Công văn"
        typed = False
    number = clean(text[match.start() : match.end()])
    if listed:
        own_year = match["year"] or ""
        tail = text[match.end("year") if own_year else match.end("n") : match.end()]
        for item in _ITEM.finditer(listed["items"]):
            shared = clean(item["n"] + (item["year"] or own_year) + tail)
            yield Numbered(start, match.start(), match.end(), shared, doc_type, typed, True)
    yield Numbered(start, match.start(), match.end(), number, doc_type, typed, True, name)


def _symbol_type(symbol: str) -> Entry | None:
    """The type whose mark is the first part of a symbol, its second (``UBND-QĐ``), or glued to a body (``QĐUB``)."""
    parts = [part.strip().upper() for part in re.split(r"[-/.]", symbol)]
    named = next((part for part in parts[:2] if part in type_symbols()), None)
    glued = _GLUED.fullmatch(parts[0]) if named is None else None
    return type_symbols().get(glued["mark"] if glued else named or "")


def _accept(match: re.Match[str], symbol_type: Entry | None, announced: bool) -> bool:
    """Whether digits and letters are a document number and not a class, a fraction or a range."""
    joined = match["sep"].strip() != ""
    parts = re.split(r"[-/.]", match["symbol"])
    if match["sep"].strip() == ".":
        return announced and match["mark"] is not None and len(parts) > 1
    if not joined:
        return announced and match["mark"] is not None and (len(parts) > 1 or match["year"] is not None)
    if announced:
        return len(match["symbol"]) >= 2
    if match["year"] is not None and _OF_ASSEMBLY.fullmatch(match["symbol"]):
        return True  # ``Bộ luật Lao động (45/2019/QH14)``
    return symbol_type is not None and len(parts) > 1 and len(parts[0].strip()) >= 2


def _type_at(document: Document, base: int, end: int, symbol_type: Entry | None) -> tuple[int, Entry | None, bool]:
    """Where the citation begins, the type printed before the number, and whether ``số`` stands there."""
    text, lowered = document.text, document.lower
    low = max(base, end - _WINDOW)
    if (match := type_before().search(lowered, low, end)) and (entry := spelled_type(text, match)):
        return match.start(), entry, True
    so = _ONLY_SO.search(lowered, low, end)
    if not so:
        return end, None, False
    # ``Quyết định của UBND tỉnh số 12/QĐ-UB``, ``Luật Giáo dục số 43/2019/QH14``
    near = max(low, end - _NEAR_TYPE_WINDOW)
    colon = _COLON.search(lowered, near, so.start())
    stop = colon.start() if colon else so.start()
    clause = max((sign.end() for sign in _CLAUSE_SIGN.finditer(lowered, near, stop)), default=near)
    for match in reversed(list(_any_type().finditer(lowered, clause, stop))):
        entry = spelled_type(text, match)
        if entry and (symbol_type is None or symbol_type.value == entry.value):
            return match.start(), entry, True
    return so.start(), None, True


#: With what a clause ends; the comma in a law's name ends none: ``Luật Thi đua, khen thưởng số 06/2022/QH15``.
_CLAUSE_SIGN = re.compile(r"[;.:(]|,(?! (?:khen thưởng|bổ sung|công chức|chống )(?!,))")
#: Right before the number it belongs to the field: ``Quyết định thành lập: Số 118/QĐ-UB``.
_COLON = re.compile(r" ?: ?$")


@cache
def _any_type() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-])(?P<type>{types_pattern()})(?!\w)")


def _law_name(document: Document, start: int, end: int) -> str | None:
    so = _ONLY_SO.search(document.lower, start, end)
    name = document.value(start, so.start()) if so and so.start() > start + 6 else None
    return name if name and len(name) > 8 else None


_FOLLOWS = re.compile(
    r"\s?(?:của|ngày|về|v/v|khóa|do|ban|quy|hướng|sửa|thay|theo|từ|để|tại|vào|với|nêu"
    r"|tw|trung|năm|và|đã|là|được|\(|)$"
)
#: What stands before an abbreviated type, and behind its number, where it names a document: ``theo TT 58``.
_OBEYED = re.compile(
    r"(?<!\w)(?:theo|thực hiện|căn cứ|áp dụng|vận dụng|triển khai|tinh thần|sửa đổi|thay thế|bổ sung)\s$"
)
_OF_ISSUER = re.compile(r"\s?của\s(?:bộ|chính phủ|thủ tướng|trung ương|tw|quốc hội|hđnd|ubnd|sở|phòng|b?gd)(?!\w)")
_OBEY_WINDOW = 16
#: Types to whose abbreviation a number is glued: ``theo TT22``.
_GLUED_TYPES = frozenset({"TT", "NQ", "NĐ", "QĐ", "CT", "CV", "KH"})


def _bare(document: Document) -> list[Numbered]:
    """Numbers without a symbol: ``Chỉ thị số 05``, ``Nghị định 116/2020``, ``Thông tư 22, 27``."""
    found: list[Numbered] = []
    text, lowered = document.text, document.lower
    glued = [place - 2 for place in digits(text, 2, len(text)) if text[place - 2 : place] in _GLUED_TYPES]
    places = sorted([*places_of(TYPES_AT, lowered, 0, len(lowered)), *glued])
    for match in matches_from(bare_number(), places, lowered, 0, len(lowered)):
        entry = spelled_type(text, match)
        if entry is None or document.block_at(match.start()).kind in ("number", "letterhead"):
            continue
        items = list(_ITEM.finditer(match["numbers"]))
        plain = all(item["year"] is None for item in items)
        told = _is_told(lowered, match, found[-1] if found else None)
        if text[match.start("numbers") - 1].isalpha() and not told:
            continue  # ``TT22`` may be a class or a room
        follows = bool(_FOLLOWS.fullmatch(match["after"]))
        if plain and not match["so"]:
            capital = text[match.start()].isupper()
            issued = _OF_ISSUER.match(lowered, match.end("numbers")) is not None
            if not ("bare" in entry.attributes or issued) or not follows or not capital:
                continue
            short = match["type"].isalpha() and text[match.start("type") : match.end("type")].isupper()
            if short and not told:
                continue
            if len(items[0]["n"]) < 2 or _is_year(items):
                continue
        if plain and match["so"] and not follows:
            continue
        if plain and match["so"] and len(items[0]["n"]) < 2 and match["after"].strip() not in ("của", "ngày"):
            continue
        begin, end = match.span("numbers")
        found.extend(
            Numbered(match.start(), begin, end, clean(item.group(0)), str(entry.value), True, False) for item in items
        )
    return found


def _is_told(lowered: str, match: re.Match[str], previous: Numbered | None) -> bool:
    """Whether what stands around an abbreviation and a number tells that they are a document.

    ``TB 179`` in a list of marks says too little; ``theo TT 58``, ``TT 58 của Bộ`` and ``Thông tư 22, TT 27`` do.
    """
    if previous and _JOINED.match(lowered[previous.end : match.start()]):
        return True
    before = max(match.start() - _OBEY_WINDOW, 0)
    return bool(_OBEYED.search(lowered, before, match.start()) or _OF_ISSUER.match(lowered, match.end("numbers")))


def _is_year(items: list[re.Match[str]]) -> bool:
    return any(re.fullmatch(r"(?:19|20)\d\d", item["n"]) for item in items)
