"""Citations: the documents that a report refers to, by number, by name or by date."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise

from extractors._shared.document import Document, Found
from extractors._shared.zone_forms import FLAT_HEAD, FLAT_NUMBER, NUMBER_LINE
from extractors.citations.context import (
    date_in_row,
    issuer_inside,
    read_after,
    read_before,
    read_subject,
    tells_subject,
)
from extractors.citations.mention import Mention
from extractors.citations.merge import Group, join_mentions
from extractors.citations.named import find_named, join_names
from extractors.citations.numbers import Numbered, find_numbered
from schemas.records import Citation, Record

TYPE = "citation"
#: One day for all numbers of a list: ``Quyết định số 12/QĐ-UBND, 13/QĐ-UBND cùng ngày 5/3/2020``.
_SAME_DAY = re.compile(r",? (?:cùng|đều) (?:ký |ban hành )?ngày \d")
#: The day of the one before: ``Quyết định số 12/QĐ-UBND ngày 5/3/2020 và số 13/QĐ-UBND cùng ngày``.
_OF_THAT_DAY = re.compile(r",? \(?(?:ký |ban hành )?cùng ngày(?! \d)(?!\w)")
_DAY, _DAY_BEHIND_COMMA = re.compile(r" (?:ký |ban hành )?ngày \d"), re.compile(r", (?:ký |ban hành )?ngày \d")
_MANY = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|0?[2-9]) $")
_LISTED = re.compile(r"\s?(?:,|;|và|, và)\s?(?:số\s)?")
#: What stands before the report's own number in a head that was flattened into one line.
_BODY_FIRST = re.compile(
    r"cộng hòa xã hội|cộng hòa xhcn|chxhcn|đảng cộng sản việt nam|^\W*(?:ubnd|ủy ban|sở|phòng|huyện ủy)"
)


def extract(document: Document, found: Found) -> list[Record]:
    """The documents cited in a report, one record for each type, number and date, in order of mention."""
    numbered = find_numbered(document, _own_number(document))
    starts = [(item.start, item.first, item.end) for item in numbered]
    told = [0, *accumulate((item.end for item in numbered), max)]  # up to where those before each one reach
    mentions: list[Mention] = []
    subjects: list[tuple[int, int]] = []
    for position, item in enumerate(numbered):
        mention, subject = _numbered_mention(document, item, starts, position, told[position])
        if position and mention.date and _is_day_of_all(document, numbered, position):
            _date_joined(document, numbered[:position], item.start, mentions, mention.date)
        if position and mention.date is None and _OF_THAT_DAY.match(document.lower, item.end):
            mention = replace(mention, date=mentions[-1].date)
        mentions.append(mention)
        if subject:
            subjects.append(subject)
    named = list(find_named(document, [(m.start, m.end) for m in mentions], subjects))
    return [_record(document, group) for group in join_mentions(join_names(document, mentions, named))]


def _is_day_of_all(document: Document, numbered: list[Numbered], position: int) -> bool:
    """Whether the day behind a number is that of all joined before it: by a word, a comma, or since they are many."""
    item, lowered = numbered[position], document.lower
    if _SAME_DAY.match(lowered, item.end):
        return True
    first = position
    while first and _LISTED.fullmatch(lowered, numbered[first - 1].end, numbered[first].start):
        first -= 1
    alike = len({_tail(one.number) for one in numbered[first : position + 1]}) == 1
    if first == position or not alike:
        return False
    untyped = lowered[item.start : item.first].strip() in ("", "số")
    untyped = untyped and " và " in lowered[numbered[position - 1].end : item.first]
    if untyped and _DAY.match(lowered, item.end) and _follow_each_other(numbered[first : position + 1]):
        return True
    many = _MANY.search(lowered, max(numbered[first].start - 10, 0), numbered[first].start) is not None
    return (many and _DAY.match(lowered, item.end) is not None) or _DAY_BEHIND_COMMA.match(
        lowered, item.end
    ) is not None


def _follow_each_other(items: list[Numbered]) -> bool:
    """Whether numbers were given one after the other, as on one day: ``12/QĐ-UBND và 13/QĐ-UBND ngày 5/3/2020``."""
    digits = [re.match(r"\d+", one.number) for one in items]
    return all(a and b and int(b.group()) == int(a.group()) + 1 for a, b in pairwise(digits))


def _tail(number: str) -> str:
    """What stands behind the digits of a number: its year, type and body."""
    return number.lstrip("0123456789")


def _date_joined(document: Document, before: list[Numbered], start: int, mentions: list[Mention], date: str) -> None:
    """Gives undated mentions right before ``start`` the date that is said of the whole list."""
    for position in range(len(before) - 1, -1, -1):
        item = before[position]
        joined = _LISTED.fullmatch(document.lower, item.end, start) is not None
        if not joined or mentions[position].date is not None:
            return
        mentions[position] = replace(mentions[position], date=date)
        start = item.start


def _own_number(document: Document) -> str | None:
    for block in document.blocks:
        if block.kind == "number" and (match := NUMBER_LINE.match(document.text[block.start : block.end])):
            number = "".join(match["number"].split()).rstrip("-_*|")
            return number if number[:1].isdigit() else None
    if match := FLAT_NUMBER.search(document.text, 0, FLAT_HEAD):
        before = document.lower[: match.start()]
        if _BODY_FIRST.search(before) and "căn cứ" not in before:
            return "".join(match["number"].split())
    return None


def _numbered_mention(
    document: Document, item: Numbered, starts: list[tuple[int, int, int]], position: int, low: int
) -> tuple[Mention, tuple[int, int] | None]:
    behind = (starts[at] for at in range(position + 1, len(starts)))
    following = next((each for each in behind if each[1] > item.first), None)
    limit = len(document.text)
    if following:  # the next may begin with the type said before this one: ``Quyết định 12/QĐ … và số 13/QĐ``
        limit = following[0] if following[0] >= item.end else following[1]
    context = read_after(document, item.end, max(limit, item.end))
    date, issuer = context.date, context.issuer or issuer_inside(document, item.start, item.first)
    if date is None or issuer is None:
        block = document.block_at(item.start)
        before_date, before_issuer = read_before(document, item.start, max(low if low < item.start else 0, block.start))
        date, issuer = date or before_date, issuer or before_issuer
    date = date or date_in_row(document, item.start)
    nested: list[tuple[int, int]] = []
    if following and tells_subject(document, context.end):
        nested.append((following[0], read_after(document, following[2], following[2] + 60).end))
    subject = read_subject(document, context.end, nested)
    mention = Mention(
        item.start,
        context.end,
        item.doc_type,
        number=item.number,
        typed=item.typed,
        complete=item.complete,
        date=date,
        issuer=issuer,
        subject=document.value(*subject) if subject else item.name,
    )
    return mention, subject


def _record(document: Document, group: Group) -> Record:
    mentions = sorted(group.mentions, key=lambda mention: mention.start)
    evidence = tuple(document.evidence(mention.start, mention.end) for mention in mentions)
    if group.number is None:
        confidence = 0.75
    elif not group.complete:
        confidence = 0.7
    else:
        confidence = 0.97 if any(mention.typed for mention in mentions) else 0.85
    return Citation(
        report=document.layer.id,
        evidence=evidence,
        confidence=confidence,
        doc_type=group.doc_type,
        number=group.number,
        date=group.date,
        issuer=next((mention.issuer for mention in mentions if mention.issuer), None),
        subject=next((mention.subject for mention in mentions if mention.subject), None),
    )
