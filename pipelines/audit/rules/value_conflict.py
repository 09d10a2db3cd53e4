"""One indicator with two values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.relations.twins import are_turned
from extractors.relations.wording import says
from pipelines.audit.beside import Told, sentences_of, told_apart
from pipelines.audit.claimed import Claimed, between, claims_of, disagreement, twice_in
from pipelines.audit.counts import PLANS, Count, counts_of, own_time, owner_of, shows
from pipelines.audit.findings import fingerprint, normal, operand, sentence, whose
from pipelines.audit.intervals import agree, show
from pipelines.audit.lasting import lasting_apart, lasting_of
from pipelines.audit.measures import measure
from pipelines.audit.portions import apart, portions_of
from pipelines.audit.prizes import counted_apart, prizes_of
from pipelines.audit.prizes_twice import won_twice
from pipelines.audit.quoted_plans import Aim, aims_of, quoted_otherwise
from pipelines.audit.recounted import told_twice, twice_within
from pipelines.audit.scopes import (
    Measured,
    body_above,
    clause_of,
    in_one_paragraph,
    in_one_sentence,
    is_of_compared,
    is_said,
    level_of,
    listed,
    moment_of,
    of_those_present,
    of_two_heads,
    of_two_labels,
    of_two_rounds,
    school_told,
    stands_alone,
    time_of_section,
)
from pipelines.audit.sized import as_count, turned_in
from pipelines.audit.sized import told_apart as sizes_apart
from pipelines.audit.sizes import Size, all_sizes, sizes_of
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.places import report_scopes
from schemas import Finding, Statistic
from schemas.indicators import counted_alike

# An indicator of fewer words names a kind of thing, not what was measured.
_MIN_WORDS = 3
_MIN_CONFIDENCE = 0.5
_FULL_DATE, _FAR = 10, 0.1
# Below it two quantities have turned digits by chance too often.
_MIN_TRANSPOSED = 1000


def check_value_conflict(facts: ReportFacts) -> list[Finding]:
    """Cùng một chỉ tiêu, cùng phạm vi và thời điểm nhưng có hai giá trị trong một báo cáo.

    Chỉ so sánh các số có cùng cách gọi, cấp học, địa bàn, thời gian, đơn vị tính và mẫu số; số làm tròn khớp với số
    chi tiết thì không phải mâu thuẫn. Mục tiêu, mức tăng giảm và số liệu được điều chỉnh, đính chính công khai thì
    không xét. Hai số từ 1.000 trở lên chỉ khác nhau ở chỗ hai chữ số liền nhau bị đảo (9.579 và 9.597) được so sánh cả
    khi cách gọi khác nhau. Giữa các báo cáo của một cơ quan, số đếm cùng danh từ, cùng thời điểm được so sánh cả khi
    diễn đạt khác; hai câu có chung số liệu khác và từ ngữ được coi là nói về một việc. Số trường, lớp, học sinh (toàn
    bộ hay theo cấp) ở bảng và ở lời văn được đối chiếu dù diễn đạt thế nào, số giải của một cuộc thi và diện tích khuôn
    viên cũng vậy. Số kế hoạch và số thực hiện thì không so sánh; điều báo cáo nhắc lại về kế hoạch thì được đối chiếu
    với chính kế hoạch ấy.

    One indicator of one scope and period has two values in a report. Only numbers that agree in wording, level, place,
    period, unit and whole are compared; a rounded number agrees with the detailed one, and figures that openly correct
    earlier ones are left alone. Two numbers of 1,000 or more that differ only by two neighbouring digits in turned
    order (9.579, 9.597) are compared whatever the wording. Counts of two reports of one office with the same noun and
    time are compared in other words too, and so are sentences that share another number and their words, prizes of one
    contest, grounds, and numbers of schools, classes and pupils of all or of a level, in tables too. What was planned
    and what came of it are not; what a report says was planned is compared with the plan.

    Severity: warning. Tolerance: rounding to the fewer decimals of the two; values neither within a tenth of each
    other nor alike but for one digit are taken for two things.
    """
    rows = [Measured(facts, statistic) for statistic in facts.statistics if _comparable(facts, statistic)]
    groups = _grouped(rows, lambda row: _key(row.facts, row.statistic, ""))
    found = [finding for group in groups for finding in _conflicts(group, whose(facts))]
    numbers = [Measured(facts, statistic) for statistic in facts.statistics if _counted(facts, statistic)]
    turned = _grouped(numbers, lambda row: _digits_key(row.facts, row.statistic, ""))
    found += [finding for group in turned for finding in _transposed(group, whose(facts))]
    sizes = all_sizes(View(facts, report_scopes([facts])[facts.layer.id]))
    more = [*twice_in(facts), *won_twice(facts), *(_apart(as_count(a), as_count(b)) for a, b in turned_in(sizes))]
    for claim in (*more, *(_apart(a, b) for a, b in twice_within(facts))):
        if not any(_is_again(claim, finding) for finding in found):
            found.append(claim)
    return found


def _is_again(claim: Finding, finding: Finding) -> bool:
    """Whether a finding shows both numbers of another one."""
    spans = [(o.report, o.start, o.end) for o in finding.operands]
    return all(any(r == o.report and o.start < b and a < o.end for r, a, b in spans) for o in claim.operands)


#: At the head of a key: counts by whose they are, their noun and their time; sentences by a number they share; sizes.
_COUNTED, _BESIDE, _SIZED, _AIMED, _WON, _LASTING = "counted", "beside", "sized", "aimed", "won", "lasting"


def items_value_conflict(view: View) -> Iterator[tuple[str, Measured | Claimed | Count | Told | Size | Aim]]:
    """The comparable numbers of a report by what they measure, and its large counts by their digits.

    Its counts are compared as well by whose they are, and sentence by sentence by what they share.
    """
    yield from _worded(view)
    owner = owner_of(view)
    for count in counts_of(view.facts, view.scope):
        if count.time is not None:
            yield "\x1f".join((_COUNTED, owner, count.number.unit or "", *count.time)), count
    for size in sizes_of(view):
        yield "\x1f".join((_SIZED, owner, size.kind, size.level, *size.time)), size
    for key, aim in aims_of(view):
        yield f"{_AIMED}\x1f{key}", aim
    for key, prizes in prizes_of(view):
        yield f"{_WON}\x1f{key}", prizes
    for key, lasting in lasting_of(view):
        yield f"{_LASTING}\x1f{key}", lasting
    for key, told in sentences_of(view):
        yield f"{_BESIDE}\x1f{key}", told


def _worded(view: View) -> Iterator[tuple[str, Measured | Claimed]]:
    """The numbers of a report that are compared by their wording, or by their digits."""
    yield from claims_of(view)
    yield from portions_of(view)
    for statistic in view.facts.statistics:
        if statistic.period is None:
            continue
        row = Measured(view.facts, statistic)
        if _comparable(view.facts, statistic):
            yield "\x1f".join(("wording", *_key(view.facts, statistic, view.scope.home))), row
        if _counted(view.facts, statistic):
            yield "\x1f".join(("digits", *_digits_key(view.facts, statistic, view.scope.home))), row


def across_value_conflict(key: str, items: Sequence[Measured | Claimed | Count | Told | Size | Aim]) -> list[Finding]:
    """Cùng một chỉ tiêu, cùng địa bàn và thời điểm nhưng hai báo cáo nêu hai giá trị.

    Two reports of one district give one indicator of one period two values.
    """
    if key.startswith("claim"):
        return between([item for item in items if isinstance(item, Claimed)], key, _compared)
    if key.startswith("portion"):
        return apart([item for item in items if isinstance(item, Claimed)])
    if key.startswith(_WON):
        return counted_apart([item for item in items if isinstance(item, Claimed)])
    if key.startswith(_LASTING):
        return lasting_apart([item for item in items if isinstance(item, Claimed)])
    if key.startswith(_COUNTED):
        return _recounted(told_twice([item for item in items if isinstance(item, Count)]))
    if key.startswith(_BESIDE):
        return _recounted(told_apart([item for item in items if isinstance(item, Told)]))
    if key.startswith(_AIMED):
        return quoted_otherwise([item for item in items if isinstance(item, Aim)])
    if key.startswith(_SIZED):
        return _recounted((as_count(a), as_count(b)) for a, b in sizes_apart([i for i in items if isinstance(i, Size)]))
    compare = _conflicts if key.startswith("wording") else _transposed
    found = compare([item for item in items if isinstance(item, Measured)], None)
    return [finding for finding in found if len({operand.report for operand in finding.operands}) > 1]


def _recounted(pairs: Iterable[tuple[Count, Count]]) -> list[Finding]:
    """The first pair of each two reports."""
    found: dict[frozenset[int], Finding] = {}
    for first, other in pairs:
        pair = frozenset((id(first.facts), id(other.facts)))
        if len(pair) == 1 or pair in found or _is_known(first, other):
            continue
        found[pair] = _apart(first, other)
    return list(found.values())


def _apart(first: Count, other: Count) -> Finding:
    return disagreement(_claimed(first), _claimed(other), _what(first, other))


def _is_known(first: Count, other: Count) -> bool:
    """Whether two numbers do not agree by their wording already."""
    groups: dict[str, list[Measured | Claimed]] = {}
    for count in (first, other):
        for key, item in _worded(View(count.facts, count.scope)) if count.scope is not None else ():
            groups.setdefault(key, []).append(item)
    found = [f for key, items in groups.items() if len(items) > 1 for f in across_value_conflict(key, items)]
    return any(shows(finding, first, other) for finding in found)


def _claimed(count: Count) -> Claimed:
    return Claimed(count.facts, count.relation.model_copy(update={"parts": (count.number,)}))


def _what(first: Count, other: Count) -> str:
    """What two counts are of: the words that both have, else their noun as the first prints it."""
    return " ".join(sorted(first.words & other.words)) or " ".join(first.number.evidence.quote.split())


def _compared(first: Claimed, other: Claimed) -> bool:
    """Whether the statistics of two numbers are compared by their own wording."""
    keys = []
    for item in (first, other):
        at = item.number.evidence
        rows = [s for s in item.facts.statistics if s.period and s.value == item.number.value]
        rows = [s for s in rows if _comparable(item.facts, s)]
        keys.append({_key(item.facts, s, "") for s in rows if at.start <= s.evidence[0].start < at.end})
    return bool(keys[0] & keys[1]) and _near(first.number.value, other.number.value)


def _plain(facts: ReportFacts, statistic: Statistic) -> bool:
    """Whether a statistic is one value of the running text; of a table cell the row says what it counts."""
    return (
        statistic.aspect == "value"
        and bool(statistic.evidence)
        and not any(table.start <= statistic.evidence[0].start < table.end for table in facts.layer.tables)
        and not stands_alone(facts, statistic)
        and statistic.value_to is None
        and statistic.confidence >= _MIN_CONFIDENCE
        and not _ROUNDED.search(clause_of(facts, statistic))
        and not says("revision", sentence(facts, statistic.evidence[0]))
        and not is_of_compared(facts, statistic)
    )


#: Before a number: it is rounded or a bound, ``và hơn 3.000 học sinh``, or a price that is raised to it.
_ROUNDED = re.compile(r"(?<!\w)(?:hơn|trên|gần|khoảng|ngót|xấp xỉ|chừng|dưới|tăng lên|nâng lên)(?: mức)? $", re.I)


def _counted(facts: ReportFacts, statistic: Statistic) -> bool:
    """Whether a statistic is a count so large that the same digits hardly meet by chance."""
    value = statistic.value
    digits = f"{value:.0f}".rstrip("0")
    return (
        _plain(facts, statistic)
        and statistic.unit is not None
        and statistic.of is None
        and value >= _MIN_TRANSPOSED
        and float(value).is_integer()
        and len(digits) >= (4 if statistic.unit == "đồng" else 3)
    )


def _comparable(facts: ReportFacts, statistic: Statistic) -> bool:
    """Whether a statistic says enough to be compared by its wording; of another day than the report's a noun does."""
    told = statistic.indicator_id is not None or len(statistic.indicator.split()) >= _MIN_WORDS
    dated = statistic.period is not None and len(statistic.period) == _FULL_DATE
    of_all = bool(statistic.evidence) and _OF_ALL.search(clause_of(facts, statistic)) is not None
    return _plain(facts, statistic) and (told or of_all or (dated and statistic.period != facts.report.date))


#: Before a bare noun: all there are, whatever the noun.
_OF_ALL = re.compile(
    r"(?:toàn (?:trường|huyện|xã|tỉnh|ngành)|(?:nhà )?trường|tổng số(?: học sinh| trẻ| giáo viên| lớp)?)"
    r"(?: (?:hiện|hiện nay|nay|đã))?(?: (?:có|là|gồm))?:? (?:\d+ (?:lớp|nhóm)[^.;]{0,12} )?$",
    re.I,
)


def _key(facts: ReportFacts, statistic: Statistic, home: str) -> tuple[str, ...]:
    return (
        home,
        *measure(statistic),
        level_of(facts, statistic),
        _elsewhere(statistic, home),
        statistic.period or "",
        show(statistic.of) if statistic.of is not None else "",
    )


def _elsewhere(statistic: Statistic, home: str) -> str:
    """The place of a number that is not the report's own."""
    place = normal(statistic.place or "")
    return "" if home and normal(home.partition(" (")[0]) in place else place


def _digits_key(facts: ReportFacts, statistic: Statistic, home: str) -> tuple[str, ...]:
    """What two numbers share of which one may be the other with two digits turned."""
    place = _elsewhere(statistic, home)
    return home, level_of(facts, statistic), place, statistic.period or "", "".join(sorted(f"{statistic.value:.0f}"))


def _transposed(group: list[Measured], identity: str | None) -> list[Finding]:
    """The first pair of a group whose wording differs and whose numbers have two neighbouring digits turned."""
    for position, first in enumerate(group):
        for other in group[position + 1 :]:
            a, b = first.statistic, other.statistic
            if in_one_sentence(first, other) or moment_of(first) != moment_of(other):
                continue
            if not _is_worded(first, other) and counted_alike(a.unit, b.unit) and _is_turned(a.value, b.value):
                return [_finding(first, other, identity, _digits_key(first.facts, a, ""))]
    return []


def _is_worded(first: Measured, other: Measured) -> bool:
    """Whether two numbers are compared by their wording."""
    told = all(_comparable(row.facts, row.statistic) for row in (first, other))
    return told and _key(first.facts, first.statistic, "") == _key(other.facts, other.statistic, "")


def _is_large(first: Measured, other: Measured) -> bool:
    """Whether two counts have so many digits that the same ones hardly meet by chance."""
    return all(_counted(row.facts, row.statistic) for row in (first, other))


def _is_turned(a: float, b: float) -> bool:
    one, two = f"{a:.0f}", f"{b:.0f}"
    at = [index for index, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]]
    return len(one) == len(two) and len(at) == 2 and at[1] == at[0] + 1


def _grouped(rows: Iterable[Measured], key: object) -> list[list[Measured]]:
    groups: dict[object, list[Measured]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)  # type: ignore[operator]
    return [group for group in groups.values() if len(group) > 1]


def _conflicts(group: list[Measured], identity: str | None) -> list[Finding]:
    first = group[0]
    found = []
    for other in group[1:]:
        a, b = first.statistic, other.statistic
        if in_one_sentence(first, other) or not is_said(other):
            continue
        if (
            agree(a.value, b.value)
            or not _near(a.value, b.value)
            or (in_one_paragraph(first, other) and not (_is_large(first, other) and _is_turned(a.value, b.value)))
            or listed(first, other)
        ):
            continue
        if identity is None and _is_planned_and_done(first, other):
            continue
        if school_told(first) != school_told(other) or (identity is None and _of_two_moments(first, other)):
            continue
        if any(told(first) != told(other) for told in (moment_of, body_above, time_of_section)):
            continue
        if (
            of_two_rounds(first, other)
            or of_two_heads(first, other)
            or of_two_labels(first, other)
            or of_those_present(first) != of_those_present(other)
        ):
            continue
        found.append(_finding(first, other, identity, _key(first.facts, a, "")))
    return found


def _is_planned_and_done(first: Measured, other: Measured) -> bool:
    """Whether one number is of a plan and the other of what came of it, and no slip tells them one."""
    planned = [row.facts.report.kind in PLANS for row in (first, other)]
    return planned[0] != planned[1] and not are_turned(first.statistic.value, other.statistic.value)


def _of_two_moments(first: Measured, other: Measured) -> bool:
    """Whether one report is of the beginning of a year and the other one of its end, and no slip tells them one."""
    times = [
        own_time(moment_of(row), row.facts) if row.statistic.period == row.facts.report.period else None
        for row in (first, other)
    ]
    apart = times[0] is not None and times[1] is not None and times[0][1] != times[1][1]
    return apart and not are_turned(first.statistic.value, other.statistic.value)


def _finding(first: Measured, other: Measured, identity: str | None, key: tuple[str, ...]) -> Finding:
    a, b = first.statistic, other.statistic
    unit = "%" if a.unit == "%" else f" {a.unit}" if a.unit else ""
    where = ", ".join(filter(None, (a.level, a.place, a.period)))
    values = f"{show(a.value)}{unit}", f"{show(b.value)}{unit}"
    return Finding(
        rule="value_conflict",
        severity="warning",
        finding_class="contradiction",
        scope="corpus" if identity is None else "report",
        message=(
            f"“{a.indicator}” ({where or 'cùng phạm vi'}) được nêu hai giá trị: {values[0]} và {values[1]}, "
            f"lệch {show(abs(a.value - b.value))}."
        ),
        message_en=(
            f"“{a.indicator}” ({where or 'same scope'}) has two values: {values[0]} and {values[1]}, "
            f"{show(abs(a.value - b.value))} apart."
        ),
        operands=(
            operand(first.facts, a.evidence[0], float(a.value)),
            operand(other.facts, b.evidence[0], float(b.value)),
        ),
        stated=show(b.value),
        expected=show(a.value),
        fingerprint=fingerprint("value_conflict", identity or "", *key, *sorted((show(a.value), show(b.value)))),
    )


def _near(a: float, b: float) -> bool:
    """Whether one value may be the other misprinted: numbers far apart rather measure two things."""
    one, two = f"{a:.2f}".rstrip("0").rstrip("."), f"{b:.2f}".rstrip("0").rstrip(".")
    if len(one) == len(two) and (sum(x != y for x, y in zip(one, two, strict=True)) == 1 or sorted(one) == sorted(two)):
        return len(one) > 1 or abs(a - b) <= 1
    return abs(a - b) <= max(1.0, _FAR * max(abs(a), abs(b)))
