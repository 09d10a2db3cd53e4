"""Stated changes against the values that they lead from and to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.relations.ranked import RANK
from extractors.relations.wording import says
from pipelines.audit.counts import Count, against_of, counts_of, owner_of, shows, steps_of
from pipelines.audit.findings import fingerprint, normal, number_operand, operand, sentence, whose, words_of
from pipelines.audit.intervals import Interval, decimals, interval, is_percentage, show
from pipelines.audit.measures import measure, words_measured
from pipelines.audit.moved import against_counts
from pipelines.audit.periods import before, same_span, school_year
from pipelines.audit.scopes import Measured, moment_of, stands_compared
from pipelines.audit.sized import as_count, moved_finding, moved_wrongly
from pipelines.audit.sizes import Move, Size, moves_of, sizes_of
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from schemas import Finding, Statistic
from schemas.relation import Quantity, Relation

_ALL = 100.0


def check_change_mismatch(facts: ReportFacts) -> list[Finding]:
    """Mức tăng, giảm nêu ra không khớp với hai giá trị đứng cạnh, hoặc hướng tăng giảm ngược với hai giá trị.

    Chỉ xét khi câu văn cho biết số nào là cũ, số nào là mới (từ … xuống còn …; đầu năm … cuối năm …; so với năm
    trước (…)), hoặc có số đầu, các số thêm, bớt và số cuối (đầu năm 24, kết nạp 3, chuyển đi 2,
    hiện có 25). Mức tăng giảm tính bằng phần trăm được hiểu theo cả hai cách: điểm phần trăm hoặc tỷ lệ so với số cũ.
    Số cũ nêu ở đoạn khác, hoặc trong báo cáo khác của cùng cơ quan, cũng được đối chiếu khi cùng danh từ, cùng cách
    gọi, cùng thời điểm; nếu báo cáo ấy có nêu đúng số cần có thì không xét. Số mới hơn hoặc kém số cần có quá ba lần
    được coi là số của việc khác; câu văn có nêu đúng số cần có cũng vậy.

    A stated change does not lead from the one value to the other, or the words say a rise where the values fall. Only
    where the wording tells the old value from the new one, or gives what was there, came, went and is left. A change
    in percent is read both as points and as a share of the old value. An old value that another passage gives, or
    another report of the same office, counts where noun, words and time are the same, and where that report does not
    give the number that should have been. A new value more than three times what follows, or less than a third of it,
    counts something else, and so does one beside which the sentence gives the number that follows.

    Severity: error; warning where the old value stands elsewhere. Tolerance: half of the last printed digit of each
    number.
    """
    found = [
        finding
        for relation in facts.relations
        if relation.kind == "change" and relation.exhaustive and relation.whole is not None and len(relation.parts) > 1
        for finding in _of_change(facts, relation, relation.whole)
    ]
    told = {operand.start for finding in found for operand in finding.operands}
    elsewhere = against_counts(steps_of(facts), list(counts_of(facts)))
    return found + [finding for finding in elsewhere if finding.operands[2].start not in told]


def _of_change(facts: ReportFacts, relation: Relation, new: Quantity) -> list[Finding]:
    if relation.cue == "balance":
        return _balance(facts, relation, new)
    return _check(facts, relation, new, relation.parts[0], relation.parts[1])


def _balance(facts: ReportFacts, relation: Relation, new: Quantity) -> list[Finding]:
    """What was there, with what came and went, against what is left."""
    old, *steps = relation.parts
    follows = sum(part.value for part in relation.parts)
    if interval(new).meets(Interval(follows, follows)):
        return []
    moves = " ".join(f"{'-' if step.value < 0 else '+'} {show(abs(step.value))}" for step in steps)
    terms = f"{show(old.value)} {moves}"
    return [
        Finding(
            rule="change_mismatch",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=(
                f"Từ {show(old.value)}, tính cả số thêm và số bớt là {terms} = {show(follows)}, nhưng nêu "
                f"{show(new.value)}: lệch {show(abs(new.value - follows))}."
            ),
            message_en=(
                f"With what came and went {terms} = {show(follows)} follows, but {show(new.value)} is stated: "
                f"{show(abs(new.value - follows))} apart."
            ),
            operands=tuple(number_operand(facts, part) for part in (new, *relation.parts)),
            stated=show(new.value),
            expected=show(follows),
            fingerprint=fingerprint("change_mismatch", whose(facts), *map(words_of, (new, *relation.parts))),
        )
    ]


def _check(facts: ReportFacts, relation: Relation, new: Quantity, step: Quantity, old: Quantity) -> list[Finding]:
    if step.value == 0:
        return _direction(facts, relation, new, old)
    if _leads(interval(old), interval(step), interval(new), step):
        return []
    places = max(decimals(part.printed) for part in (new, step, old)) or None
    moved = show(abs(new.value - old.value), places)
    up = -1 if step.unit == RANK else 1  # the first place is the highest
    way, way_en = ("tăng", "a rise") if up * step.value > 0 else ("giảm", "a fall")
    real, real_en = ("tăng", "rise") if up * new.value > up * old.value else ("giảm", "fall")
    follows = show(old.value + step.value, places)
    return [
        Finding(
            rule="change_mismatch",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=(
                f"Ghi {way} {show(abs(step.value), places)} nhưng từ {show(old.value, places)} đến "
                f"{show(new.value, places)} là {real} {moved}. Nếu số cũ và mức {way} đúng thì số mới phải là "
                f"{follows}."
            ),
            message_en=(
                f"{way_en} of {show(abs(step.value), places)} is stated, but from {show(old.value, places)} to "
                f"{show(new.value, places)} it is a {real_en} of {moved}. If the old value and the change are right, "
                "the "
                f"new one must be {follows}."
            ).capitalize(),
            operands=(number_operand(facts, old), number_operand(facts, step), number_operand(facts, new)),
            stated=show(abs(step.value), places),
            expected=moved,
            fingerprint=fingerprint("change_mismatch", whose(facts), *map(words_of, (old, step, new))),
        )
    ]


def _direction(facts: ReportFacts, relation: Relation, new: Quantity, old: Quantity) -> list[Finding]:
    up = relation.cue == "up"
    if (interval(new).high >= interval(old).low) if up else (interval(new).low <= interval(old).high):
        return []
    said, said_en = ("tăng (lên)", "rise") if up else ("giảm (xuống, còn)", "fall")
    a, b = old.printed, new.printed
    return [
        Finding(
            rule="change_mismatch",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=f"Câu văn nói {said} nhưng hai số đi ngược hướng: từ {a} đến {b}. Có thể hai số bị đảo.",
            message_en=(
                f"The wording tells of a {said_en}, but the numbers go the other way: from {a} to {b}. The two may "
                "be swapped."
            ),
            operands=(number_operand(facts, old), number_operand(facts, new)),
            stated=b,
            expected=f"≥ {a}" if up else f"≤ {a}",
            fingerprint=fingerprint("change_mismatch", whose(facts), relation.cue, words_of(old), words_of(new)),
        )
    ]


def _leads(old: Interval, step: Interval, new: Interval, printed: Quantity) -> bool:
    """Whether old + step can be new; a step in percent may also be a share of the old value."""
    if Interval(old.low + step.low, old.high + step.high).meets(new):
        return True
    if not is_percentage(printed) or old.low <= 0:
        return False
    # Beside 88,2% a 93% is no rounded number: a share of a share is not stretched that far.
    slack = min(old.high - old.low, new.high - new.low) / 2
    old, new = (Interval(middle - slack, middle + slack) for middle in ((i.low + i.high) / 2 for i in (old, new)))
    shares = Interval(_ALL * (new.low - old.high) / old.high, _ALL * (new.high - old.low) / old.low)
    return shares.meets(step)


@dataclass(frozen=True)
class Stated:
    """A value of one period, with the change by which a report says that it came about (None: a bare value)."""

    facts: ReportFacts
    statistic: Statistic
    change: Relation | None = None


#: At the head of a key: counts by whose they are, their noun and their year; sizes.
_COUNTED, _SIZED = "counted", "sized"


def items_change_mismatch(view: View) -> Iterator[tuple[str, Stated | Count | Size | Move]]:
    """The values of a report by indicator, scope and period; a value with its change under the period before.

    Its counts by whose they are as well, each change with what it is told against.
    """
    yield from _by_words(view)
    owner = owner_of(view)
    for size in sizes_of(view):
        yield "\x1f".join((_SIZED, owner, size.kind, size.level, *size.time)), size
    for move in moves_of(view):
        yield "\x1f".join((_SIZED, owner, move.now.kind, move.now.level, *move.against)), move


def _by_words(view: View) -> Iterator[tuple[str, Stated | Count]]:
    yield from _stated(view)
    owner = owner_of(view)
    for count in counts_of(view.facts, view.scope):
        if count.time is not None:
            yield "\x1f".join((_COUNTED, owner, count.number.unit or "", count.time[0])), count
    for step, (year, _) in steps_of(view.facts, view.scope):
        yield "\x1f".join((_COUNTED, owner, step.number.unit or "", year)), step


def _stated(view: View) -> Iterator[tuple[str, Stated]]:
    facts = view.facts
    changes = [relation for relation in facts.relations if relation.kind == "change" and relation.exhaustive is None]
    for statistic in facts.statistics:
        if (
            statistic.aspect != "value"
            or not (own_period := statistic.period or school_year(facts.report.date))
            or not statistic.evidence
            or statistic.value_to is not None
        ):
            continue
        stated = [(own_period, Stated(facts, statistic))]
        for relation in () if stands_compared(facts, statistic) else _changes_of(statistic, changes):
            period = before(own_period, relation.parts[0].label)
            stated += [(period, Stated(facts, statistic, relation))] if period is not None else []
        # By its words as well: the indicator may be known in one report and not in the other.
        for own in {measure(statistic), words_measured(statistic)}:
            for period, item in stated:
                scope = (statistic.level or "", normal(statistic.place or ""), period)
                yield "\x1f".join((view.scope.home, *own, *scope)), item


def _changes_of(statistic: Statistic, changes: Iterable[Relation]) -> list[Relation]:
    passage = statistic.evidence[0]
    return [
        relation
        for relation in changes
        if relation.whole is not None
        and relation.whole.value == statistic.value
        and relation.whole.evidence.start <= passage.end
        and passage.start <= relation.whole.evidence.end
    ]


def across_change_mismatch(key: str, items: Sequence[Stated | Count | Size | Move]) -> list[Finding]:
    """Mức tăng, giảm so với năm trước không khớp với số mà báo cáo năm trước đã nêu.

    A change against the year before does not lead from the value that the earlier report gives.
    """
    if key.startswith(_SIZED):
        moves, sizes = [i for i in items if isinstance(i, Move)], [i for i in items if isinstance(i, Size)]
        return [moved_finding(then, move) for then, move in moved_wrongly(moves, sizes) if not _is_found(then, move)]
    if key.startswith(_COUNTED):
        return _counted([item for item in items if isinstance(item, Count)], key)
    return _told([item for item in items if isinstance(item, Stated)], key)


def _counted(items: Sequence[Count], key: str) -> list[Finding]:
    """The changes that do not lead from what another report counts."""
    counts = [item for item in items if item.relation.kind == "count"]
    found = []
    for step in items:
        against = against_of(step) if step.relation.kind == "step" else None
        others = [count for count in counts if count.facts is not step.facts]
        if against is not None and against[0] == key.rsplit("\x1f", 1)[-1]:
            told = against_counts([(step, against)], others)
            found += [finding for finding in told if not _is_known(finding, step, others)]
    return found


def _is_found(then: Size, move: Move) -> bool:
    """Whether a change of a size is found by its words already, against the same report."""
    groups: dict[str, list[Stated | Count]] = {}
    for view in (then.view, move.now.view):
        for key, item in _by_words(view):
            groups.setdefault(key, []).append(item)
    change = as_count(Size(move.now.view, move.change, "", "", move.against, in_table=False, looks_back=False))
    found = [f for key, items in groups.items() if len(items) > 1 for f in across_change_mismatch(key, items)]
    return any(shows(finding, change) for finding in found)


def _is_known(finding: Finding, step: Count, others: Sequence[Count]) -> bool:
    """Whether a change is found by the wording of its indicator already."""
    earlier = next(count for count in others if count.facts.layer.id == finding.operands[0].report)
    groups: dict[str, list[Stated]] = {}
    for count in (earlier, step):
        for key, item in _stated(View(count.facts, count.scope)) if count.scope is not None else ():
            groups.setdefault(key, []).append(item)
    return any(shows(known, step) for key, items in groups.items() for known in _told(items, key))


def _told(items: Sequence[Stated], key: str) -> list[Finding]:
    found = []
    for later in items:
        if later.change is None:
            continue
        step = later.change.parts[0]
        values = [item for item in items if item.change is None and item.facts is not later.facts]
        ends = [item for item in values if same_span(_period(item), key.rsplit("\x1f", 1)[-1])]
        # What is there at the beginning of a year is not told against the end of the one before.
        ends = [item for item in ends if _moment(item) == _moment(later)]
        if not ends or any(_fits(item.statistic, step, later.statistic) for item in ends):
            continue
        if any(says("revision", sentence(item.facts, item.statistic.evidence[0])) for item in (later, *ends)):
            continue
        found.append(_across(ends[0], later, step))
    return found


def _moment(item: Stated) -> str:
    return moment_of(Measured(item.facts, item.statistic))


def _period(item: Stated) -> str | None:
    return item.statistic.period or school_year(item.facts.report.date)


def _fits(old: Statistic, step: Quantity, new: Statistic) -> bool:
    if (old.unit == "%") != (new.unit == "%"):
        return True
    return _leads(_interval(old), interval(step), _interval(new), step)


def _interval(statistic: Statistic) -> Interval:
    value = float(statistic.value)
    if statistic.unit != "%":
        return Interval(value, value)
    digits = f"{value:.6f}".rstrip("0").split(".")[1]
    half = 0.5 * 10.0 ** -len(digits)
    return Interval(value - half, value + half)


def _across(earlier: Stated, later: Stated, step: Quantity) -> Finding:
    old, new = earlier.statistic, later.statistic
    way, way_en = ("tăng", "rise") if step.value > 0 else ("giảm", "fall")
    moved, follows = show(abs(new.value - old.value)), show(old.value + step.value)
    return Finding(
        rule="change_mismatch",
        severity="warning",
        finding_class="contradiction",
        scope="corpus",
        message=(
            f"“{new.indicator}”: nêu {show(new.value)}, {way} {show(abs(step.value))}, nhưng báo cáo trước "
            f"({_period(earlier)}) "
            f"ghi {show(old.value)}: chênh lệch thực là {moved}. Theo số trước và mức {way} thì số mới phải là "
            f"{follows}."
        ),
        message_en=(
            f"“{new.indicator}”: {show(new.value)} is given, a {way_en} of {show(abs(step.value))}, but the earlier "
            "report "
            f"({_period(earlier)}) has {show(old.value)}: they are {moved} apart. From that and the change {follows} "
            "follows."
        ),
        operands=(
            operand(earlier.facts, old.evidence[0], float(old.value)),
            number_operand(later.facts, step),
            operand(later.facts, new.evidence[0], float(new.value)),
        ),
        stated=show(abs(step.value)),
        expected=moved,
        fingerprint=fingerprint(
            "change_mismatch", whose(earlier.facts), whose(later.facts), normal(new.indicator), show(old.value),
            show(step.value), show(new.value),
        ),
    )  # fmt: skip
