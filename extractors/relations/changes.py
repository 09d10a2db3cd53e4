"""Changes with the values that they lead from and to: ``còn 21 trường, giảm 12 trường so với năm trước (33)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.relations.amounts import Amount
from extractors.relations.parts import fits
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

_REACH = 90
_TERM_REACH = 24
# What may stand between the two ends of "from .. to ..".
_TO = re.compile(
    r"[^;.()]{0,40}?(?<!\w)(?:(?P<up>lên|tăng lên|lên thành)|(?P<down>xuống|xuống còn|còn|giảm còn))[^;.()\d]{0,16}$"
)
_YEAR = re.compile(r"(?:năm học |năm )((?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?)")
#: What a rise or a fall is told against, between the verb and its size: ``cao hơn năm 2018 là 1,4%``.
_AGAINST = re.compile(r" (?:so với )?năm (?:học )?\d{4}(?: ?- ?\d{4})?(?: là)? ")
_LAST = re.compile(r"(?:so với )?(?:cùng kỳ )?(?:năm học trước|năm trước|năm ngoái|cùng kỳ)(?!\w)")

# Between the verb and a number: the number is an end of the change, not its size.
_END = re.compile(r"(?<!\w)(?:từ|còn|xuống|lên tới|lên đến|đến|so với)(?!\w)")
_THEN = re.compile(
    r"(?: (?:do|vì|sau|qua) [^,;.()\d]{1,40})?[ ,;]*(?:và |nay |hiện |nên |đến nay |toàn (?:huyện|ngành|trường|tỉnh) )*"
    r"(?:còn|còn lại|xuống còn|lên|nay còn|hiện còn|đạt|thành)(?: lại| là| có)? ?"
)
_BESIDE = re.compile(r"\($|(?:là|có|:|với) $|\((?:là |có |năm (?:học )?trước:? |năm ngoái:? )?$")
#: The old value alone in a bracket behind the change: ``cao hơn … 1,4% (năm 2018 đạt 95,8%)``.
_OLD_BESIDE = re.compile(
    r"\s*\((?:(?:năm học |năm )(?:trước|ngoái|\d{4}(?: ?- ?\d{4})?)|cùng kỳ)(?: (?:là|có|đạt))?:? "
)
_CLOSES = re.compile(r"[^\W\d_ ]{0,8}(?: [^\W\d_]+){0,2}\s*(?:\)|[,;.]|$)")

_Row = tuple[Amount, Segment]


def find_changes(reading: Reading, level: Level) -> Iterator[Relation]:
    """The changes of a passage, sentence by sentence, where the wording says which numbers they join.

    A change by percent of a count, or among percentages, leaves open whether points or a share of the old
    value are meant; the caller allows for both. Changes whose end is not named are skipped.
    """
    for inner in level.walk():
        yield from _series(reading, inner.segments)
        earlier: list[_Row] = []
        for run in by_sentence(inner.segments):
            rows = [(amount, segment) for segment in run for amount in _all(segment)]
            rows.sort(key=lambda row: row[0].start)
            yield from _from_to(reading, rows)
            for index, (amount, segment) in enumerate(rows):
                sign = _sign(reading, segment, amount)
                found = _stated(reading, rows, index, sign) if sign else _compared(reading, rows, index)
                if sign and (found is None or len(found.parts) == 1):
                    found = _since(reading, rows, index, sign, earlier) or found
                if found is not None:
                    yield found
            earlier += rows


def _series(reading: Reading, segments: Sequence[Segment]) -> Iterator[Relation]:
    """Years in a row with their changes: ``năm học 2019-2020: 437 em; năm học 2020-2021: 466 em (tăng 29)``."""
    before: tuple[int, Amount, Segment] | None = None
    for segment in segments:
        amount = segment.first()
        year = _year(reading.lower, segment.start, amount.start) if amount is not None else None
        if amount is None or year is None or not _plain(amount):
            before = None if segment.separator == "." else before
            continue
        inside = [a for group in segment.groups for part in group.segments for a in part.amounts]
        step = inside[0] if len(inside) == 1 and inside[0].change and not inside[0].percent else None
        terms = reading.terms("rel_step", amount.end, step.start) if step is not None else []
        if step is not None and terms and before is not None and before[0] == year - 1 and _alike(before[1], amount):
            way = 1 if terms[-1].id == "up" else -1
            yield Relation(
                kind="change",
                whole=quantity(reading, amount, segment),
                parts=(
                    quantity(reading, replace(step, value=way * step.value), segment),
                    quantity(reading, before[1], before[2]),
                ),
                exhaustive=True,
                cue="up" if way > 0 else "down",
            )
        before = year, amount, segment


def _all(segment: Segment) -> list[Amount]:
    return [*segment.amounts, *(a for group in segment.groups for part in group.segments for a in part.amounts)]


def _sign(reading: Reading, segment: Segment, amount: Amount) -> int:
    """1 or -1 where the words right before a number make it a rise or a fall, else 0."""
    if not amount.change or amount.vague or amount.of is not None:
        return 0
    terms = reading.terms("rel_step", max(segment.start, amount.start - _TERM_REACH), amount.start)
    if not terms or re.search(r"[,;:]", reading.lower[terms[-1].end : amount.start]):
        return 0
    between = _AGAINST.sub(" ", reading.lower[terms[-1].end : amount.start])
    if _END.search(between) or re.search(r"\d", between):
        return 0
    if amount.percent and reading.lower.startswith(" cho ", amount.end):
        return 0  # a fee is lowered for somebody
    return 1 if terms[-1].id == "up" else -1


def _plain(amount: Amount) -> bool:
    return not amount.change and not amount.vague and amount.of is None


def _alike(one: Amount, other: Amount) -> bool:
    if one.percent != other.percent:
        return False
    return fits(one, other) or fits(other, one)


def _from_to(reading: Reading, rows: Sequence[_Row]) -> Iterator[Relation]:
    """``từ 72% lên 80%``, ``giảm từ 664 em xuống còn 661 em``: the direction that the words give."""
    for (old, where), (new, place) in pairwise(rows):
        if old.of is not None or new.of is not None or not _alike(old, new) or new.start - old.end > _REACH:
            continue
        if new.vague or "trở lên" in reading.lower[old.end : new.start] or _bound(reading, new):
            continue
        if not re.search(r"(?<!\w)từ (?:mức |tỷ lệ )?$", reading.lower[max(0, old.start - 14) : old.start]):
            continue
        between = _TO.search(reading.lower[max(old.end, old.unit_end) : new.start])
        if between is None:
            continue
        yield Relation(
            kind="change",
            whole=quantity(reading, new, place),
            parts=(quantity(reading, replace(new, value=0), place), quantity(reading, old, where)),
            exhaustive=True,
            cue="up" if between["up"] else "down",
        )
        # The size behind it: từ 4 em xuống 2 em, … giảm 50%; từ 72% lên 80% (tăng 8%).
        for step, where_step in rows[rows.index((new, place)) + 1 :][:1]:
            sign = _sign(reading, where_step, step)
            alone = not new.percent or _SAID_ALONE.match(reading.lower, step.end) is not None
            if sign and step.percent and alone and step.start - new.end <= _REACH:
                yield Relation(
                    kind="change",
                    whole=quantity(reading, new, place),
                    parts=(
                        quantity(reading, replace(step, value=sign * step.value), where_step),
                        quantity(reading, old, where),
                    ),
                    exhaustive=True,
                    cue="up" if sign > 0 else "down",
                )


#: A size of which nothing more is said: not ``tăng 5% so với kế hoạch``.
_SAID_ALONE = re.compile(r"\s*(?:[),;]|\.(?!\d)|$)")


def _bound(reading: Reading, amount: Amount) -> bool:
    """Whether a number is only a bound, however far the word stands: ``còn dưới 3%``."""
    return any(term.id == "before" for term in reading.terms("rel_approx", amount.start - 8, amount.start))


_COMPARED = re.compile(r"(?<!\w)(?P<way>tăng|giảm)(?: nhẹ| mạnh| ít| nhiều)? so với (?:mức |con số |số )?$")


def _compared(reading: Reading, rows: Sequence[_Row], index: int) -> Relation | None:
    """``5.884 cháu, giảm so với 6.079 cháu của năm trước``: the direction between two values."""
    amount, segment = rows[index]
    match = _COMPARED.search(reading.lower[max(0, amount.start - 40) : amount.start])
    before = [row for row in rows[:index] if _plain(row[0]) and _alike(row[0], amount)]
    if match is None or amount.of is not None or not before or amount.start - before[-1][0].end > _REACH:
        return None
    new, where = before[-1]
    return Relation(
        kind="change",
        whole=quantity(reading, new, where),
        parts=(quantity(reading, replace(new, value=0), where), quantity(reading, amount, segment)),
        exhaustive=True,
        cue="up" if match["way"] == "tăng" else "down",
    )


def _stated(reading: Reading, rows: Sequence[_Row], index: int, sign: int) -> Relation | None:
    """The relation of one stated change; None where its end cannot be told."""
    step, segment = rows[index]
    before = [row for row in rows[:index] if step.start - row[0].end <= _REACH * 2 and not _is_step(reading, row[0])]
    outside = [row for row in before if not _shut_in(reading.lower[row[0].end : step.start])]
    before = [row for row in before if row in outside or not outside or _is_old(reading.lower, row[0])]
    after = [row for row in rows[index + 1 :] if row[0].start - step.end <= _REACH and not row[0].change]
    new, old = _ends(reading, (step, sign), before, after)
    if new is None or not _ends_here(reading, step, after, (old[0], new[0]) if old is not None else (new[0],)):
        return None
    text = reading.lower[step.end : min(len(reading.lower), step.end + _REACH)]
    if _PLANNED.match(text):
        return None
    change = quantity(reading, replace(step, value=sign * step.value), segment)
    parts = [change.model_copy(update={"label": _basis(text)})]
    if old is not None:
        parts.append(quantity(reading, *old))
    return Relation(
        kind="change",
        whole=quantity(reading, *new),
        parts=tuple(parts),
        exhaustive=True if old is not None else None,
        cue="up" if sign > 0 else "down",
    )


#: Told against a plan or others, a size is none of what lies between the two values.
_PLANNED = re.compile(
    r"[^;.()\d]{0,16}so với (?:kế hoạch|chỉ tiêu|mục tiêu|nghị quyết|bình quân|mặt bằng|cả nước)(?!\w)"
)
_THIS_YEAR = re.compile(r"(?<!\w)(?:năm học này|năm nay|năm này|như vậy|theo đó)(?!\w)")
_DATED = re.compile(r"(?<!\w)năm(?: học)? (?P<year>(?:19|20)\d\d)(?!\d)")


def _since(reading: Reading, rows: Sequence[_Row], index: int, sign: int, earlier: Sequence[_Row]) -> Relation | None:
    """``… có 1.326 em. Năm học 2020-2021 có 1.310 em, như vậy năm học này tăng 16 em``: the new value stands before."""
    step, segment = rows[index]
    old = rows[index - 1] if index else None
    if old is None or not _plain(old[0]) or not _fits_step(old[0], step) or step.percent:
        return None
    if not _THIS_YEAR.search(reading.lower, old[0].end, step.start):
        return None
    if not _ends_here(reading, step, rows[index + 1 :], ()):
        return None
    year = _year(reading.lower, old[1].start, old[0].start)
    new = next((row for row in reversed(earlier) if _plain(row[0]) and _alike(row[0], old[0])), None)
    if year is None or new is None:
        return None
    other = _year(reading.lower, max(0, new[0].start - _REACH), new[0].start)
    if other is not None and other <= year:
        return None
    change = quantity(reading, replace(step, value=sign * step.value), segment)
    return Relation(
        kind="change",
        whole=quantity(reading, *new),
        parts=(change, quantity(reading, *old)),
        exhaustive=True,
        cue="up" if sign > 0 else "down",
    )


def _year(lower: str, start: int, end: int) -> int | None:
    """The year named last in a range: the first one of a school year."""
    found = _DATED.findall(lower, start, end)
    return int(found[-1]) if found else None


_OPEN = re.compile(r"\s*(?:so với|[(),;.]|do |vì |sau |qua |nên |còn |lên |xuống |và |nay |tương|$)")


def _ends_here(reading: Reading, step: Amount, after: Sequence[_Row], known: Sequence[Amount]) -> bool:
    """Whether a step counts what its values count, and is the only one: ``tăng 5 trường đạt chuẩn`` does not."""
    at = max(step.end, step.unit_end)
    if _OPEN.match(reading.lower, at, at + 12) is None:
        return False
    for other, _ in after:
        between = reading.lower[at : other.start]
        if (
            other not in known
            and _fits_step(other, step)
            and re.fullmatch(r"[^.;()]{0,25}(?:,|và) [^.;()\d]{0,20}", between)
            and not reading.has("rel_open", at, other.start)
        ):
            return False  # giảm 2 em chuyển trường, 2 em bỏ học
    return True


def _ends(
    reading: Reading, stated: tuple[Amount, int], before: Sequence[_Row], after: Sequence[_Row]
) -> tuple[_Row | None, _Row | None]:
    """The new and the old value of a change with its sign; (None, None) where the wording leaves that open."""
    step, sign = stated
    fitting = [row for row in before if _plain_or_from(reading, row[0]) and _fits_step(row[0], step)]
    fitting = without_parts(reading, fitting, step)
    following = [row for row in after if _plain(row[0]) and _fits_step(row[0], step)]
    lower = reading.lower
    last = fitting[-1] if fitting and "." not in lower[fitting[-1][0].unit_end : step.start] else None
    # More than one number in the bracket are what the change is made of.
    shut = lower.find(")", step.end)
    if len(following) > 1 and following[0][0].end < following[1][0].start < shut:
        following = []
    beside = following[0] if following and not _apart(lower[step.end : following[0][0].start]) else None
    if beside is not None and _is_part(reading, step, beside[0]):
        beside = None
    if beside is not None:
        between = lower[max(step.end, step.unit_end) : beside[0].start]
        closes = _CLOSES.match(lower, max(beside[0].end, beside[0].unit_end)) is not None
        if re.search(r"(?<!\w)so với(?!\w)", between) and _BESIDE.search(between) and closes:
            return last, (beside if last is not None else None)
        if last is not None and closes and _OLD_BESIDE.fullmatch(between):
            return last, beside
        if last is not None and _THEN.fullmatch(between):
            return beside, last
    if last is None:
        return None, None
    first = fitting[-2] if len(fitting) > 1 else None
    if first is not None and _alike(first[0], last[0]):
        if _is_old(lower, first[0]) and _is_new(lower, first[0].end, last[0]):
            return last, first
        if _is_old(lower, last[0], since=first[0].end):
            return first, last
        years = _year(lower, max(0, first[0].start - _REACH), first[0].start), _year(lower, first[0].end, last[0].start)
        # A year before the second value alone dates it back where the direction says so too.
        rises = first[0].value > last[0].value
        if years[1] is not None and ((years[0] or years[1]) > years[1] or (years[0] is None and rises == (sign > 0))):
            return first, last
        if years[0] is not None and years[1] == years[0] + 1 and not _OTHERWISE.search(lower[step.end : step.end + 40]):
            return last, first
    if _far(lower, last[0], step):
        return None, None
    return last, None


def _shut_in(between: str) -> bool:
    """Whether a bracket that holds a number is shut before another one."""
    return ")" in between and "(" not in between[: between.index(")")]


def _is_part(reading: Reading, step: Amount, amount: Amount) -> bool:
    """Whether a number behind a change is opened as a part: ``tăng 6 giải so với năm trước, trong đó 2 Nhất``."""
    return any(term.id in ("gom", "trong_do", "chia_ra") for term in reading.terms("rel_open", step.end, amount.start))


def _apart(between: str) -> bool:
    """Whether a sentence, a clause or the bracket ends between two numbers."""
    return "." in between.rstrip(".") or ";" in between or between.count(")") > between.count("(")


def without_parts(reading: Reading, rows: list[_Row], step: Amount) -> list[_Row]:
    """The values before a change without the parts of the one before them: ``214 em, gồm 9 giải Nhất, …; tăng 17``."""
    if len(rows) < 2:
        return rows
    # 14.206 học sinh: mầm non 4.318, tiểu học 5.977, THCS 3.911; … tăng 154
    for last in range(3, len(rows) + 1):
        if rows[0][0].value == sum(row[0].value for row in rows[1:last]):
            return [rows[0], *rows[last:]]
    opened = [t.end for t in reading.terms("rel_open", rows[0][0].end, step.start) if t.id in ("gom", "trong_do")]
    whole = [row for row in rows if opened and row[0].end <= opened[0]]
    inside = [row for row in rows if opened and row[0].start >= opened[0]]
    return whole if whole and len(inside) > 1 else rows


def _far(lower: str, amount: Amount, step: Amount) -> bool:
    return re.search(r"[;:]", lower[amount.unit_end : step.start]) is not None


def _is_step(reading: Reading, amount: Amount) -> bool:
    """Whether a number is itself the size of a change; after ``từ`` it is where one begins."""
    return amount.change and reading.lower[max(0, amount.start - 3) : amount.start] != "từ "


def _plain_or_from(reading: Reading, amount: Amount) -> bool:
    return (
        not _is_step(reading, amount)
        and amount.of is None
        and (not amount.vague or reading.lower[max(0, amount.start - 3) : amount.start] == "từ ")
    )


def _fits_step(value: Amount, step: Amount) -> bool:
    if step.percent:
        return True
    return not value.percent and (fits(value, step) or fits(step, value))


_OTHERWISE = re.compile(r"so với (?!năm (?:học )?trước(?!\w))")
_OLD = re.compile(
    r"(?<!\w)(?:năm học trước|năm trước|năm ngoái|đầu năm(?: học)?|cùng kỳ|trước đây|trước sáp nhập|từ)(?!\w)"
)
_NEW = re.compile(
    r"(?<!\w)(?:năm học này|năm nay|đến nay|hiện nay|hiện có|cuối năm(?: học)?|nay|xuống|còn|lên|sau sáp nhập|"
    r"đến cuối năm)(?!\w)"
)


def _is_old(lower: str, amount: Amount, since: int = 0) -> bool:
    return _OLD.search(lower[max(since, amount.start - 45) : amount.start]) is not None


def _is_new(lower: str, since: int, amount: Amount) -> bool:
    return _NEW.search(lower[since : amount.start]) is not None


def _basis(text: str) -> str:
    """What a change is compared with, by the words after it."""
    head = re.split(r"[;.]", text, maxsplit=1)[0]
    if "so với" not in head:
        return ""
    head = head[head.index("so với") :]
    if match := _YEAR.search(head):
        return re.sub(r"\s", "", match.group(1))
    return "last" if _LAST.search(head) else "other"
