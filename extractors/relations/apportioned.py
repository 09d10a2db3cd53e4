"""Totals whose parts are told each in a way of its own: by the sites of a school, in brackets, as the prizes won."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_complete
from extractors.relations.parts import PEOPLE, Part, Parts, categories, categories_near, fits, usable
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import Sum

_Row = tuple[Segment, Amount]

_LEAST = 3
#: What the parts of a whole stand at: ``26 lớp tại 3 điểm trường``.
_AT_SITES = re.compile(r"(?:tại|ở|vào|thuộc|trên) ?$")
_SITES = ("site",)
#: Those counted won what follows: ``5/5 em dự thi đều đạt giải với 1 giải Nhất, …``.
_WON = re.compile(r"(?<!\w)(?:đạt|đoạt|giành|có|được) giải(?!\w)")
_WITH = re.compile(r"(?<!\w)(?:với|gồm|có) $")
#: So near its prizes their number stands before ``với``: ``19 huy chương với 4 vàng, …``.
_CLOSE = 24
_EACH = re.compile(r"\s*mỗi (?:đơn vị|huyện|trường|xã|môn|đội|lớp|nơi|địa phương|phòng|em) (?:có |đạt )?$")


def find_apportioned(reading: Reading, level: Level) -> Iterator[Sum]:
    """Sums that no words between total and parts open, sentence by sentence."""
    if sum(1 for _ in _amounts(level)) < _LEAST:
        return
    for run in by_sentence(level.segments):
        yield from _by_sites(reading, run)
        yield from _in_brackets(reading, run)
        yield from _prizes_won(reading, run)
        yield from _of_one_prize(reading, run)


def _amounts(level: Level) -> Iterator[Amount]:
    for inner in level.walk():
        for segment in inner.segments:
            yield from segment.amounts


def _by_sites(reading: Reading, run: Sequence[Segment]) -> Iterator[Sum]:
    """``26 lớp tại 3 điểm trường; điểm trường chính có 11 lớp; điểm Hà Mỹ 10 lớp và điểm Ngọc Sơn 5 lớp``.

    As many parts follow as there are sites, each with the name of one.
    """
    for index, segment in enumerate(run):
        rows = [a for a in segment.amounts if usable(a) and a.of is None]
        if len(rows) < 2 or rows[-1].family not in _SITES or rows[-1].value < 2:
            continue
        whole, sites = rows[-2], rows[-1]
        if _AT_SITES.search(reading.lower, whole.unit_end, sites.start) is None or whole.family is None:
            continue
        parts = Parts()
        for part in run[index + 1 :]:
            counts = [a for a in part.amounts if usable(a) and a.of is None and a.family == whole.family]
            if len(counts) != 1 or not reading.has("rel_site", part.start, counts[0].start):
                break
            parts.found.append(Part(counts[0], part, named=True))
        if len(parts.found) == sites.value:
            yield Sum(whole, segment, parts, True, "tại")


def _in_brackets(reading: Reading, run: Sequence[Segment]) -> Iterator[Sum]:
    """``72 em dự thi ở các môn: Toán (8 em), Vật lí (9 em), …``: the count of each stands in its bracket.

    One bracket may count several at once: ``Nam Mỹ, Nam Hải (mỗi xã 2 em)``.
    """
    for index, segment in enumerate(run):
        if (first := _bracketed(segment)) is None or (index and _bracketed(run[index - 1]) is not None):
            continue
        before = [(s, a) for s in run[: index + 1] for a in s.amounts if a.start < first.start]
        wholes = [(s, a) for s, a in before if usable(a) and a.of is None and a.family == first.family is not None]
        if not wholes:
            continue
        where, whole = wholes[-1]
        opened = any(t.end <= first.start for t in reading.terms("rel_open", whole.end, first.start))
        if not (opened or ":" in reading.text[whole.end : first.start]):
            continue
        parts, nameless, finished = Parts(), 0, True
        for later in run[index:]:
            count = _bracketed(later)
            if count is None or count.unit != first.unit:
                if later.amounts or later.groups:
                    finished = False
                    break
                nameless += any(reading.text[s:e].strip() for s, e in later.own)
                continue
            group = later.groups[0]
            if _EACH.fullmatch(reading.lower, group.start, count.start):
                count = replace(count, value=count.value * (nameless + 1))
            elif nameless:
                finished = False
                break
            nameless = 0
            parts.found.append(Part(count, group.segments[0], named=True))
        if len(parts.found) >= _LEAST and finished and not nameless:
            yield Sum(whole, where, parts, True, "gồm")


def _bracketed(segment: Segment) -> Amount | None:
    """The one count of a segment, where it stands in a bracket at its end."""
    if segment.amounts or len(segment.groups) != 1:
        return None
    inside = [a for part in segment.groups[0].segments for a in part.amounts]
    return inside[0] if len(inside) == 1 and usable(inside[0]) and inside[0].of is None else None


def _prizes_won(reading: Reading, run: Sequence[Segment]) -> Iterator[Sum]:
    """``5/5 em dự thi đều đạt giải với 1 giải Nhất, 3 giải Nhì, 1 giải Ba``: the prizes of those who won, or of all."""
    for index, segment in enumerate(run):
        for at, whole in enumerate(segment.amounts):
            prizes = whole.family == "prize" and whole.of is None
            if not usable(whole) or not (prizes or whole.family in PEOPLE) or at + 1 == len(segment.amounts):
                continue
            first = segment.amounts[at + 1]
            if not prizes and not _WON.search(reading.lower, whole.unit_end, first.start):
                continue
            if prizes and first.start - whole.unit_end > _CLOSE:
                continue
            if not _WITH.search(reading.lower, whole.unit_end, first.start):
                continue
            parts = Parts([Part(first, segment, categories(reading, segment, first))])
            for later in run[index + 1 :]:
                count = later.first()
                if count is None or not usable(count) or count.of is not None or not fits(whole, count):
                    break
                parts.found.append(Part(count, later, categories(reading, later, count)))
            parts.some = any(reading.has("rel_some", s.start, s.end) for s in run[index:])
            if parts.dimension() == "dim_prize":
                complete = is_complete(reading, parts, replace(whole, family="prize"), "gom")
                yield Sum(whole, segment, parts, complete, "với")


_IN = re.compile(r"(?<!\w)trong (?:tổng )?(?:số )?$")


def _of_one_prize(reading: Reading, run: Sequence[Segment]) -> Iterator[Sum]:
    """``trong 9 giải Nhất, môn Toán có 6 giải Nhất; 2 giải Nhất thuộc về môn Sinh``: one prize, subject by subject.

    More than all of them are too many, fewer may leave out some.
    """
    rows = [(s, a) for s in run for a in s.amounts]
    at = next((i for i, (s, a) in enumerate(rows) if _IN.search(reading.lower, s.start, a.start)), None)
    if at is None or not usable(rows[at][1]) or rows[at][1].family != "prize":
        return
    segment, whole = rows[at]
    prize = categories_near(reading, segment, whole.end).get("dim_prize")
    parts = Parts()
    for where, count in rows[at + 1 :]:
        if not usable(count) or count.family != "prize":
            break
        around = next((s for s in reversed(run) if s.start < where.start and s is not segment), where)
        told = reading.lower[around.start if not around.amounts else where.start : where.end]
        if categories_near(reading, where, count.end).get("dim_prize") != prize or not _SUBJECT.search(told):
            break
        parts.found.append(Part(count, where, named=True))
    if prize is not None and len(parts.found) > 1 and not reading.has("rel_some", whole.end, run[-1].end):
        yield Sum(whole, segment, parts, None, "trong", apart=True)


_SUBJECT = re.compile(r"(?<!\w)(?:môn|đội|bảng|khối) ")


def find_beside(reading: Reading, level: Level, sums: Sequence[Sum]) -> Iterator[Sum]:
    """A second count beside the total and beside each part: ``20 lớp, 640 em, gồm 12 lớp chọn (360 em) và 8 lớp (…)``.

    Where the parts make up the first total, those who stand with them make up the second.
    """
    for found in sums:
        parts = found.parts.found
        if len(parts) < 2 or found.parts.some or sum(p.amount.value for p in parts) != found.whole.value:
            continue
        seconds = [_second(part) for part in parts]
        families = {row[1].family for row in seconds if row is not None}
        if None in seconds or len(families) != 1 or families & {None, "time", "money", found.whole.family}:
            continue
        family = families.pop()
        run = next((r for r in by_sentence(level.segments) if found.segment in r), [])
        wholes = [(s, a) for s in run for a in s.amounts if a.family == family and a.start < parts[0].amount.start]
        if len(wholes) == 1 and usable(wholes[0][1]) and wholes[0][1].of is None:
            rows = [Part(row[1], row[0], named=True) for row in seconds if row is not None]
            yield Sum(wholes[0][1], wholes[0][0], Parts(rows), True, found.cue)


def _second(part: Part) -> _Row | None:
    """The one other count of a part's segment, in a bracket or not."""
    segment = part.segment
    rows = [(segment, a) for a in segment.amounts if a.start > part.amount.end]
    rows += [(inner, a) for group in segment.groups for inner in group.segments for a in inner.amounts]
    rows = [(s, a) for s, a in rows if a.family != "time"]
    return rows[0] if len(rows) == 1 and usable(rows[0][1]) and rows[0][1].of is None else None
