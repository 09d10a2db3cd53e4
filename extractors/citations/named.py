"""Documents cited by name: laws, resolutions of congresses and plenums, and those known by type and date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.dates import find_dates
from extractors._shared.document import Document
from extractors._shared.outline import ORDINALS
from extractors._shared.scan import matches_from, places_of
from extractors._shared.view import fold_tone_style, lower
from extractors.citations.context import read_after
from extractors.citations.forms import TYPES_AT, document_types, laws, spelled_type, types_pattern
from extractors.citations.mention import Mention

Range = tuple[int, int]

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_ORDINAL = r"(?:[ivxl]+|\d{1,2}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:\s(?:một|hai|ba|bốn|tư))?)(?!\w)"
_KHOA = r"(?:\s?[,(]?\s?khóa\s?(?P<{name}>" + _ORDINAL + r")\)?)?"
_RESOLUTION = ("nghị quyết", "kết luận", "nq")
_LAW = ("Luật", "Bộ luật", "Pháp lệnh")
_PLENUM = re.compile(
    r"(?<!\w)(?P<type>nghị quyết|kết luận|nq)\s(?:số\s)?(?:hội nghị\s)?"
    rf"(?:lần thứ\s(?P<before>{_ORDINAL})\s)?(?:của\s)?(?:ban chấp hành\s|bch\s)?"
    rf"(?:trung ương|tư|tw|t\.ư|t\.w)(?!\w|\.\w)(?:\sđảng)?\s?(?:lần thứ\s)?(?P<after>{_ORDINAL})?"
    + _KHOA.replace("{name}", "term")
    + r"|(?<!\w)(?P<type2>nghị quyết|nq)\stw(?P<glued>\d{1,2})"
    + _KHOA.replace("{name}", "term2")
)
_CONGRESS = re.compile(
    r"(?<!\w)(?P<type>nghị quyết|nq)\s(?P<name>(?:của\s)?(?:đại hội|đh)\s(?:[^,;.:()\n]{0,70}?\s)?"
    rf"(?:lần thứ|khóa|nhiệm kỳ|thứ)\s(?:{_ORDINAL}|\d{{4}}\s?-\s?\d{{4}})"
    r"(?:\s(?:của\s)?(?:đảng(?!\sbộ)|công đoàn|đoàn)(?!\w))?|"
    r"(?:đại hội|đh)\s(?:đảng\s)?(?P<roman>[ivx]{2,5})(?:\scủa đảng|\sđảng)?(?!\w))"
)
_AMENDING = re.compile(r"luật\s(?:số\s\S+\s)?sửa đổi(?:,|\svà)?\s(?:bổ sung\s)?(?:một số điều\s)?(?:của\s)?(?:các\s)?$")
_AMENDED = re.compile(r"\s?[(,]?\s?(?:đã\s)?(?:được\s)?sửa đổi(?:,?\s(?:và\s)?bổ sung)?(?:\smột số điều)?\)?")
_ADOPTED = re.compile(
    r"\s?,?\s(?:đã\s)?(?:được|do)\s[^.;\n]{5,110}?\s(?:thông qua|ban hành|phê duyệt)(?=\s(?:vào\s)?ngày\s)"
)
_BARE_YEAR = re.compile(r"\s?[,(]?\s?(?P<year>(?:19|20)\d\d)(?!\s?[-/]|\d)")
_ISSUED_HERE = re.compile(r"(?<!\w)kèm theo (?:quyết định|thông tư|nghị quyết|nghị định|quy định) này(?: bản)? $")
_CONTEST = re.compile(
    r"(?<!\w)(?:thi|hội thi|cuộc thi|thi tìm hiểu|thi tuyên truyền)(?:\s(?:tìm hiểu|tuyên truyền|về))*\s$"
)
#: A law of no lexicon: capitals tell its name from ``luật pháp``.
_OTHER_LAW = re.compile(
    r"(?<!\w)(?<!ĐH )(?<![Đđ]ại học )(?<!trường )(?<!khoa )(?<!ngành )"
    r"(?P<law>Luật|Bộ luật|Pháp lệnh)\s(?P<name>[^\W\d_a-z][^\W\d_]+"
    r"(?:,?\s(?!(?:và các|của|năm|số|ngày|sửa|ban|quy|về|đã|được|trong|cho|đối|để|là|tại|theo|do|khi)(?!\w))"
    r"(?:và\s)?[^\W\d_]+){0,7}?)(?=\s(?:năm|số|ngày|sửa đổi|\d{4})(?!\w))"
)


#: Before the day or year of another law of the same name.
_AND_OF = re.compile(r",? (?:và|,) (?=(?:ngày \d|năm (?:19|20)\d\d))|, (?=ngày \d)")


def find_named(document: Document, numbered: list[Range], subjects: list[Range]) -> Iterator[Mention]:
    """Mentions without a number, in no order; those inside other citations or their subjects are left out."""
    official = any(block.kind in ("letterhead", "number") for block in document.blocks)
    limits = sorted(start for start, _ in numbered)
    mentions = [*_laws(document), *_resolutions(document, limits), *_dated(document, limits)]
    issued = {m.key for m in mentions if _ISSUED_HERE.search(document.lower, max(m.start - 60, 0), m.start)}
    for mention in mentions:
        if mention.key in issued and mention.date is None:
            continue  # what the report itself puts in force
        block = document.block_at(mention.start)
        if block.kind in ("letterhead", "number", "byline", "recipients") or mention.end > block.end:
            continue
        if official and block.kind == "title" and mention.start == block.start and mention.doc_type != "Luật":
            continue  # the report's own heading
        if any(a < mention.end and mention.start < b for a, b in [*numbered, *subjects]):
            continue
        yield mention


def join_names(document: Document, numbered: Sequence[Mention], named: Sequence[Mention]) -> list[Mention]:
    """The mentions of both kinds, those by name joined to the number beside them, which takes their date and name.

    ``Luật Giáo dục 2019 (Luật số 43/2019/QH14)``, ``Luật số 43/2019/QH14 (Luật Giáo dục 2019)``.
    """
    joined, alone = list(numbered), list[Mention]()
    for mention in named:
        beside = next((n for n, other in enumerate(joined) if _in_bracket(document, mention, other)), None)
        if beside is None:
            alone.append(mention)
            continue
        other = joined[beside]
        if mention.doc_type not in _LAW:
            # ``Thông tư 28/2020/TT-BGDĐT (Điều lệ trường tiểu học)`` tells what it puts in force.
            alone.extend([mention] if other.start < mention.start and other.doc_type != mention.doc_type else [])
            continue
        kind = other.doc_type if other.typed else mention.doc_type
        joined[beside] = replace(
            other, doc_type=kind, date=other.date or mention.date, subject=other.subject or mention.subject
        )
    return [*joined, *alone]


def _in_bracket(document: Document, one: Mention, other: Mention) -> bool:
    """Whether one of two mentions stands in brackets right behind the other."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return first.end < second.start < first.end + 4 and document.text[first.end : second.start].strip(" ,") == "("


def _laws(document: Document) -> Iterator[Mention]:
    text, lowered = document.text, document.lower
    taken: list[Range] = []
    terms = document.terms("law")
    for position, term in enumerate(terms):
        if taken and term.start < taken[-1][1]:
            continue
        entry, last = laws()[term.id], term.end
        start = (
            amending.start()
            if (amending := _AMENDING.search(lowered, max(0, term.start - 60), term.start))
            else term.start
        )
        if (
            start < term.start
            and position + 1 < len(terms)
            and lowered[last : terms[position + 1].start] in (" và ", ", ")
        ):
            last = terms[position + 1].end  # one law that amends two
        taken.append((start, last))
        end, date = _law_date(document, last)
        named = text[start].isupper() or date is not None
        if not named or ("year" in entry.attributes and date is None):
            continue
        if _CONTEST.search(lowered, max(0, start - 40), start) and date is None:
            continue
        key = f"{'amending ' if start < term.start else ''}{term.id}{'+' if last > term.end else ''}"
        law = Mention(start, end, entry.value or "Luật", key=key, date=date, subject=document.value(start, end))
        yield law
        # ``Luật sửa đổi … ngày 14/6/2005 và ngày 16/11/2013``: two laws of one name.
        while start < term.start and (other := _AND_OF.match(lowered, law.end)):
            days = find_dates(text, lowered, other.end(), other.end() + 40)
            if not days or days[0].start != other.end() or days[0].iso is None:
                break
            law = replace(law, start=days[0].start, end=days[0].end, date=days[0].iso)
            yield law
    for match in matches_from(_OTHER_LAW, places_of(_LAW, text, 0, len(text)), text, 0, len(text)):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        end, date = _law_date(document, match.end())
        if date:
            key = lower(match.group(0))
            yield Mention(
                match.start(), end, match["law"], key=key, date=date, subject=document.value(match.start(), end)
            )


def _law_date(document: Document, end: int) -> tuple[int, str | None]:
    """The year or date of a law after its name: ``năm 2013``, ``2019``, ``sửa đổi năm 2013``, ``ngày 14/6/2019``."""
    lowered = document.lower
    limit = min(document.block_at(end - 1).end, end + 200)
    amended = _AMENDED.match(lowered, end, limit) or _ADOPTED.match(lowered, end, limit)
    after = amended.end() if amended else end
    for mention in find_dates(document.text, lowered, after, min(limit, after + 40)):
        gap = lowered[after : mention.start].strip(" ,(")
        if not gap and mention.kind in ("day", "year", "month"):
            return mention.end, mention.iso
        break
    if bare := _BARE_YEAR.match(lowered, after, limit):
        return bare.end(), bare["year"]
    return end, None


def _limit(limits: list[int], end: int, reach: int) -> int:
    """How far the wording after a name reaches: up to the next citation by number."""
    following = bisect_left(limits, end)
    return min(end + reach, limits[following]) if following < len(limits) else end + reach


def _resolutions(document: Document, limits: list[int]) -> Iterator[Mention]:
    text = document.lower
    places = places_of(_RESOLUTION, text, 0, len(text))
    for match in matches_from(_PLENUM, places, text, 0, len(text)):
        ordinal = match["before"] or match["after"] or match["glued"]
        if ordinal is None:
            continue
        term = match["term"] or match["term2"]
        form = match["type"] or match["type2"]
        key = f"plenum {ordinal_value(ordinal)}" + (f" {ordinal_value(term)}" if term else "")
        yield _with_context(document, match, form, key, limits)
    for match in matches_from(_CONGRESS, places, text, 0, len(text)):
        yield _with_context(document, match, match["type"], _name_key(match["name"]), limits)


def _with_context(document: Document, match: re.Match[str], form: str, key: str, limits: list[int]) -> Mention:
    doc_type = str(document_types()[form].value)
    context = read_after(document, match.end(), _limit(limits, match.end(), 120))
    name = document.value(match.start(), match.end())
    return Mention(
        match.start(), context.end, doc_type, key=key, date=context.date, issuer=context.issuer, subject=name
    )


def ordinal_value(word: str) -> int:
    """4 for ``4``, ``IV`` and ``tư``; 12 for ``mười hai``."""
    if word.isdigit():
        return int(word)
    parts = word.split()
    if parts[0] in ORDINALS:
        return sum(ORDINALS[part] for part in parts if part in ORDINALS)
    values = [_ROMAN[char] for char in word]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _name_key(name: str) -> str:
    return " ".join(
        word for word in fold_tone_style(lower(name)).split() if word not in ("của", "đại", "biểu", "lần", "thứ")
    )


_DAY = re.compile(r"ngày(?<= ngày) \d")
#: The assembly that adopted it tells a document from others: ``Nghị quyết Hội nghị viên chức ngày 4/10/2022``.
_EVENT = (
    r"(?:của )?(?:hội nghị|đại hội|kỳ họp|phiên họp|cuộc họp) "
    r"(?:(?!(?:lần thứ|khóa|nhiệm kỳ|đã|về|được|theo|và)(?!\w))[^\s.;:()\d]+ ){0,14}?"
)
_DATED = re.compile(
    rf"(?<![\w/-])(?P<type>{types_pattern()}) (?:(?P<event>{_EVENT})|(?P<issuer>của [^,;.:()\n\d]{{3,60}}? ))?$"
)
_DATED_REACH = 120


def _dated(document: Document, limits: list[int]) -> Iterator[Mention]:
    """``Quyết định của UBND tỉnh ngày 20/8/1990``, ``Thông báo ngày 5/3/2020 của Sở …``."""
    text, lowered = document.text, document.lower
    for day in _DAY.finditer(lowered):
        first = max(0, day.start() - _DATED_REACH)
        types = places_of(TYPES_AT, lowered, first, day.start())
        match = next(iter(matches_from(_DATED, types, lowered, first, day.start())), None)
        entry = spelled_type(text, match) if match else None
        if match is None or entry is None or not text[match.start()].isupper():
            continue
        if entry.value in ("Báo cáo", "Biên bản", "Hợp đồng"):
            continue
        dates = find_dates(text, lowered, day.start(), min(len(text), day.start() + 40))
        if not dates or dates[0].kind != "day" or dates[0].iso is None:
            continue
        event = match["event"] is not None and entry.id in _OF_EVENTS
        after_type = day.start() - 1 if event else match.end("type")
        context = read_after(document, after_type, _limit(limits, after_type, 200))
        if context.date is None or (context.issuer is None and not event):
            continue
        name = document.value(match.start(), day.start()).strip() if event else None
        key = f"{entry.id} {context.date} {lower(name or context.issuer or '')}"
        kind = str(entry.value)
        yield Mention(match.start(), context.end, kind, key=key, date=context.date, issuer=context.issuer, subject=name)


#: What assemblies adopt.
_OF_EVENTS = frozenset({"nghi_quyet", "ket_luan"})
