"""Percentages that share out one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.document import Term
from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.completeness import is_whole_scale
from extractors.relations.parts import categories, common_dimension, group_share, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading, attribute
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_ALL = 100


def find_shares(reading: Reading, level: Level) -> Iterator[Relation]:
    """Runs of percentages that one scale shares out: ``Giỏi 27,68%; Khá 43,97%; TB 28,35%``.

    A run ends where a category comes back, with its sentence, and where another scale begins.
    """
    for inner in level.walk():
        run: list[tuple[Segment, Amount, dict[str, str]]] = []
        base: Amount | None = None
        for segment in inner.segments:
            if segment.separator == ".":
                yield from _share_run(reading, run, base, inner)
                run, base = [], None
            shares = [a for a in segment.amounts if a.percent and not a.change]
            # Behind a change a bracket holds what it is told against: ``vượt 2,2% so với quy định (90%)``.
            changed = any(a.change for a in segment.amounts)
            if not shares and not changed and (beside := group_share(segment)) is not None:
                shares = [beside]
            if not shares:
                # A count whose percentage stands in the next segment: ``Giỏi 80 em, đạt 25,0%``.
                counts = any(usable(a) for a in segment.amounts) and not _share_follows(inner.segments, segment)
                if counts or (run and any(reading.has("rel_scale", *span) for span in segment.own)):
                    yield from _share_run(reading, run, base, inner)
                    run, base = [], None
                continue
            if not categories(reading, segment, shares[-1]) and (before := _counted(inner.segments, segment)):
                segment = before
            if run and any(reading.has("rel_scale", *span) for span in segment.own):
                yield from _share_run(reading, run, base, inner)
                run, base = [], None
            share, labels = shares[-1], categories(reading, segment, shares[-1])
            scale = {group: label for group, label in labels.items() if attribute(group, label, "shares")}
            if _opens_scale(reading, segment, shares[0]) and len(shares) > 1:
                yield from _share_run(reading, run, base, inner)
                run, base = [], shares[0]
            elif share.value == _ALL and (not scale or _opened_next(reading, inner.segments, segment)):
                yield from _share_run(reading, run, base, inner)
                run, base = [], share
                continue
            # More than the whole is a share of a plan, not of those graded; ``khá trở lên`` holds the grades above too.
            above = _ABOVE.search(reading.lower, segment.start, segment.end) is not None
            if share.vague or above or _mixed(labels) or not scale or share.value > _ALL:
                yield from _share_run(reading, run, base, inner)
                run, base = [], None
                continue
            others = common_dimension([row for _, _, row in [*run, (segment, share, scale)]]) is None
            anew = bool(run) and ";" in reading.text[run[-1][1].end : share.start]
            if run and (others or (anew and _is_made(run))):
                yield from _share_run(reading, run, base, inner)
                run, base = [], None
            run.append((segment, share, scale))
        yield from _share_run(reading, run, base, inner)


def _is_made(run: Sequence[tuple[Segment, Amount, dict[str, str]]]) -> bool:
    """Whether three shares at least make the whole with commas between them: a semicolon ends such a list."""
    made = sum(share.value for _, share, _ in run)
    commas = all(segment.separator in (",", "và") for segment, _, _ in run[1:])
    return len(run) >= _MIN_LISTED and commas and abs(made - _ALL) <= _HALF * len(run)


#: A grade with those above it, and those who passed in the end with those who had passed before.
_ABOVE = re.compile(r"(?<!\w)(?:trở lên|sau (?:khi )?(?:thi lại|kiểm tra lại|rèn luyện|hè))(?!\w)")
#: What is shared out in full: ``Cơ cấu nguồn vốn gồm: …``.
STRUCTURE = re.compile(r"(?<!\w)(?:cơ cấu|tỷ trọng|tỉ trọng)(?! giải)(?!\w)")
#: Of what money comes from all sources are told: ``Nguồn kinh phí: tỉnh 55%, huyện 30%, xã hội hóa 15%``.
_SOURCES = re.compile(r"(?<!\w)nguồn (?:kinh phí|vốn|lực tài chính|tài chính|thu)[^\d:;.()%]{0,40}(?=:)")
_STRUCTURE_WORDS = Words(
    (
        "cơ cấu",
        "tỷ trọng",
        "tỉ trọng",
        "nguồn kinh phí",
        "nguồn vốn",
        "nguồn lực tài chính",
        "nguồn tài chính",
        "nguồn thu",
    )
)
_LISTS = re.compile(r"(?<!\w)(?:gồm|bao gồm|như sau|cụ thể|là)(?!\w)|:")
_LIST_REACH = 90


def find_structures(reading: Reading, level: Level) -> Iterator[Relation]:
    """The percentages of what a sentence shares out as a structure: ``Cơ cấu nguồn vốn gồm: huyện 62%, tỉnh 38%, …``.

    Every item is one percentage and nothing else; a list that says that there are others is left out.
    """
    if not holds(_STRUCTURE_WORDS, reading.lower, level.start, level.end):
        return
    for inner in level.walk():
        for run in by_sentence(inner.segments):
            head = STRUCTURE.search(reading.lower, run[0].start, run[-1].end)
            head = head or _SOURCES.search(reading.lower, run[0].start, run[-1].end)
            opener = (
                _LISTS.search(reading.lower, head.end(), min(run[-1].end, head.end() + _LIST_REACH)) if head else None
            )
            if opener is None or any(reading.has("rel_some", s.start, s.end) for s in run):
                continue
            # Ages and years only name what is shared out: từ 60 đến 69 tuổi 49,3%.
            listed = [(s, [a for a in s.amounts if a.start >= opener.start() and not _names_age(a)]) for s in run]
            listed = [(s, amounts) for s, amounts in listed if amounts]
            if any(len(amounts) != 1 or s.groups for s, amounts in listed):
                continue
            if len(listed) < _MIN_LISTED and not _are_pair(reading, listed):
                continue
            shares = [amounts[0] for _, amounts in listed]
            if all(a.percent and not a.change and not a.vague and a.of is None for a in shares):
                parts = tuple(quantity(reading, a, s) for a, (s, _) in zip(shares, listed, strict=True))
                yield Relation(kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue="cơ cấu")


def _are_pair(reading: Reading, listed: Sequence[tuple[Segment, list[Amount]]]) -> bool:
    """Whether two shares are those of a pair: ``công lập 96,4%, ngoài công lập 3,6%``."""
    labels = [categories(reading, segment, amounts[0]) for segment, amounts in listed]
    dimension = common_dimension(labels)
    return dimension is not None and is_whole_scale(dimension, {row[dimension] for row in labels})


def find_rest_shares(reading: Reading, level: Level) -> Iterator[Relation]:
    """Percentages of which the last takes the rest: ``61,4% đạt cấp độ 1, 26,3% cấp độ 2, còn lại 12,3% chưa đạt``.

    Also the parts of a percentage up to the others: ``dân tộc 27,6%, trong đó Tày 24,1%, Nùng 2,9%, khác 0,6%``.
    Every number of the sentence, or of what follows ``trong đó``, is a share.
    """
    if not holds(_REST_AT, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        listed = [(s, s.amounts[0]) for s in run if len(s.amounts) == 1]
        if len(listed) != sum(bool(s.amounts) for s in run) or any(s.groups for s in run):
            continue
        # A level is said by its number: cấp độ 3.
        rates = [row for row in listed if row[1].percent]
        if len(rates) < _MIN_LISTED or len(rates) != len(listed) or not all(_is_share(a) for _, a in rates):
            continue
        last = run[-1]
        if rates[-1][0] is not last or not reading.has("rel_rest", last.start, last.end):
            continue
        opened = [s for s, _ in rates[1:2] if any(t.id == "trong_do" for t in _opened(reading, s))]
        if opened and len(rates) > _MIN_LISTED:
            whole, parts = quantity(reading, rates[0][1], rates[0][0]), [quantity(reading, a, s) for s, a in rates[1:]]
            yield Relation(kind="sum", whole=whole, parts=tuple(parts), exhaustive=True, cue="trong đó")
        elif (
            not any(_opened(reading, s) for s in run)
            and reading.has("rel_some", last.start, rates[-1][1].start)
            and abs(sum(a.value for _, a in rates) - _ALL) <= _NEAR_ALL
        ):
            parts = [quantity(reading, a, s) for s, a in rates]
            yield Relation(kind="shares", whole=None, parts=tuple(parts), exhaustive=True, disjoint=True, cue="còn lại")


_REST_AT = Words(("còn lại", "khác "))


def _is_share(amount: Amount) -> bool:
    return not amount.change and not amount.vague and amount.of is None


def _opened(reading: Reading, segment: Segment) -> list[Term]:
    return [term for span in segment.own for term in reading.terms("rel_open", *span)]


def find_divided(reading: Reading, level: Level) -> Iterator[Relation]:
    """Percentages that a label shares out: ``Theo nguồn thẻ: tự đóng 61%; hộ nghèo 36%; đối tượng khác 3%``.

    Only where they come so near to 100 that no other whole can be meant and the label, or a rest at the end, says that
    one thing is divided.
    """
    if not holds(_DIVIDED_AT, reading.lower, level.start, level.end):
        return
    for run in by_sentence(level.segments):
        head = _DIVIDED.search(reading.lower, run[0].start, run[-1].end)
        if head is None or any(reading.has("rel_some", s.start, s.end) for s in run[1:]):
            continue
        listed = [s for s in run if s.end > head.end() and any(a.start >= head.end() for a in s.amounts)]
        shares = [[a for a in s.amounts if a.start >= head.end() and not _names_age(a)] for s in listed]
        if len(listed) < _MIN_LISTED or any(len(row) != 1 or s.groups for row, s in zip(shares, listed, strict=True)):
            continue
        rates = [row[0] for row in shares]
        if not all(a.percent and not a.change and not a.vague and a.of is None and a.value > 0 for a in rates):
            continue
        rest = _REST.search(reading.lower, listed[-1].start, rates[-1].start) is not None
        told = rest or head["by"] is not None or head["all"] is not None
        if abs(sum(a.value for a in rates) - _ALL) <= _NEAR_ALL and told:
            parts = tuple(quantity(reading, a, s) for a, s in zip(rates, listed, strict=True))
            yield Relation(kind="shares", whole=None, parts=parts, exhaustive=True, disjoint=True, cue="chia theo")


_DIVIDED_AT = Words(("theo ", "thành phần ", "phân bố ", "nguồn gốc "))
_DIVIDED = re.compile(
    r"(?<!\w)(?:(?:(?P<by>chia|phân|tính|xếp|tỷ lệ|tỉ lệ)[^.;:%]{0,60} )?theo [^.;:\d]{2,30}|"
    r"(?:thành phần|phân bố|(?P<all>nguồn gốc))(?: [^\W\d_]+){0,6}(?: gồm)?):"
)
_REST = re.compile(r"(?<!\w)(?:khác|còn lại)(?!\w)")
_NEAR_ALL = 8
_FAR_OFF = 12


def _names_age(amount: Amount) -> bool:
    return not amount.percent and (amount.family == "time" or amount.unit is None)


_MIN_LISTED = 3


def _share_follows(segments: Sequence[Segment], segment: Segment) -> bool:
    index = segments.index(segment) + 1
    after = segments[index] if index < len(segments) else None
    return after is not None and after.separator == "," and [a.percent for a in after.amounts] == [True]


def _counted(segments: Sequence[Segment], segment: Segment) -> Segment | None:
    """The segment before a bare percentage, where that has the count and the category."""
    index = segments.index(segment)
    if index and segment.separator == "," and any(usable(a) for a in segments[index - 1].amounts):
        return segments[index - 1]
    return None


def _opens_scale(reading: Reading, segment: Segment, first: Amount) -> bool:
    return any(term.start > first.end for span in segment.own for term in reading.terms("rel_open", *span))


def _opened_next(reading: Reading, segments: Sequence[Segment], segment: Segment) -> bool:
    """Whether the next segment begins with ``trong đó``: then this percentage is the whole."""
    index = segments.index(segment) + 1
    if index >= len(segments) or not segments[index].own:
        return False
    start, end = segments[index].own[0]
    return any(term.start - start <= 1 for term in reading.terms("rel_open", start, end))


def _mixed(labels: dict[str, str]) -> bool:
    return any(attribute(group, label, "mixed") for group, label in labels.items())


def _share_run(
    reading: Reading, run: list[tuple[Segment, Amount, dict[str, str]]], base: Amount | None, level: Level
) -> Iterator[Relation]:
    dimension = common_dimension([labels for _, _, labels in run])
    if dimension is None or _dangling(reading, run[0][0], level, dimension):
        return
    found = {labels[dimension] for _, _, labels in run}
    sentence = reading.lower[max(level.start, run[0][0].start - 300) : run[-1][0].end]
    conditions = [attribute(dimension, label, "low_for") for label in found]
    finished = len(found) >= 3 and any(condition is not None and condition in sentence for condition in conditions)
    complete = is_whole_scale(dimension, found) or finished or (base is not None and base.value == _ALL)
    if complete and _made_up(run, level):
        complete = False
    # Of a pair that misses the whole by far one half is said of others: đạt 80%, lớp 9 không đạt 5%.
    if complete and len(run) == 2 and base is None and _AT_ONCE in reading.lower[run[0][0].start : run[-1][0].end]:
        return  # beside them those who pass in the end
    if complete and len(run) == 2 and base is None and abs(sum(share.value for _, share, _ in run) - _ALL) > _FAR_OFF:
        return
    yield Relation(
        kind="shares",
        whole=None,
        parts=tuple(
            quantity(reading, amount, segment, first=_label_start(reading, segment, amount))
            for segment, amount, _ in run
        ),
        exhaustive=True if complete else None,
        disjoint=True,
        cue=dimension.removeprefix("dim_"),
    )


def _made_up(run: Sequence[tuple[Segment, Amount, dict[str, str]]], level: Level) -> bool:
    """Whether a share right before or behind a run makes up what it lacks, by whatever name: ``tiêu biểu 8%, …``."""
    made = sum(share.value for _, share, _ in run)
    first, last = (level.segments.index(run[at][0]) for at in (0, -1))
    beside = [level.segments[first - 1]] if first and run[0][0].separator in _LISTING else []
    beside += [s for s in level.segments[last + 1 : last + 2] if s.separator in _LISTING]
    others = [a.value for s in beside for a in s.amounts if a.percent and _is_share(a)]
    slack = _HALF * (len(run) + 1)
    return made < _ALL - slack and any(abs(made + other - _ALL) <= slack for other in others)


#: Those who pass at the first go are neither all who pass nor the others of those who fail.
_AT_ONCE = "lên lớp thẳng"
#: Signs between the shares of one list, and half of the digit to which they are rounded.
_LISTING, _HALF = (",", ";", "và"), 0.05


def _label_start(reading: Reading, segment: Segment, amount: Amount) -> int | None:
    starts = [t.end for span in segment.own for t in reading.terms("rel_open", *span) if t.end <= amount.start]
    return max(starts, default=None)


def _dangling(reading: Reading, first: Segment, level: Level, dimension: str) -> bool:
    """Whether a category without a number stands before the run: ``Khá, Giỏi 75%`` is one share."""
    index = level.segments.index(first)
    if index == 0 or first.separator not in (",", "và"):
        return False
    before = level.segments[index - 1]
    if before.amounts:
        return False
    text = "".join(reading.lower[s:e] for s, e in before.own).strip()
    return any(
        text.endswith(reading.lower[t.start : t.end]) for s, e in before.own for t in reading.terms(dimension, s, e)
    )
