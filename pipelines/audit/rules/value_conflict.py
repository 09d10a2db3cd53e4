"""One indicator with two values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.relations.wording import says
from pipelines.audit.claimed import Claimed, between, claims_of, twice_in
from pipelines.audit.findings import fingerprint, normal, operand, sentence, whose
from pipelines.audit.intervals import show
from pipelines.audit.measures import measure
from pipelines.audit.portions import apart, portions_of
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from schemas import Finding, Statistic
from schemas.indicators import counted_alike

# An indicator of fewer words names a kind of thing, not what was measured.
_MIN_WORDS = 3
_MIN_CONFIDENCE = 0.5
_FULL_DATE = 10
_FAR = 0.1
# Below it two quantities have turned digits by chance too often.
_MIN_TRANSPOSED = 1000


@dataclass(frozen=True)
class _Measured:
    facts: ReportFacts
    statistic: Statistic


def check_value_conflict(facts: ReportFacts) -> list[Finding]:
    """Cùng một chỉ tiêu, cùng phạm vi và thời điểm nhưng có hai giá trị trong một báo cáo.

    Chỉ so sánh các số có cùng cách gọi, cấp học, địa bàn, thời gian, đơn vị tính và mẫu số; số làm tròn
    khớp với số chi tiết thì không phải mâu thuẫn. Mục tiêu, mức tăng giảm và số liệu được điều chỉnh, đính chính công
    khai thì không xét. Hai số từ 1.000 trở lên chỉ
    khác nhau ở chỗ hai chữ số liền nhau bị đảo (9.579 và 9.597) được so sánh cả khi cách gọi khác nhau.

    One indicator of one scope and period has two values in a report. Only numbers that agree in wording,
    level, place, period, unit and whole are compared; a rounded number agrees with the detailed one, and figures
    that openly correct earlier ones are left alone. Two numbers
    of 1,000 or more that differ only by two neighbouring digits in turned order (9.579, 9.597) are compared
    whatever the wording.

    Severity: warning. Tolerance: rounding to the fewer decimals of the two; values neither within a tenth of each
    other nor alike but for one digit are taken for two things.
    """
    rows = [_Measured(facts, statistic) for statistic in facts.statistics if _comparable(facts, statistic)]
    groups = _grouped(rows, lambda row: _key(row.statistic, ""))
    found = [finding for group in groups for finding in _conflicts(group, whose(facts))]
    numbers = [_Measured(facts, statistic) for statistic in facts.statistics if _counted(facts, statistic)]
    turned = _grouped(numbers, lambda row: _digits_key(row.statistic, ""))
    found += [finding for group in turned for finding in _transposed(group, whose(facts))]
    return found + [claim for claim in twice_in(facts) if not any(_is_again(claim, finding) for finding in found)]


def _is_again(claim: Finding, finding: Finding) -> bool:
    """Whether a finding shows both numbers of another one."""
    spans = [(o.report, o.start, o.end) for o in finding.operands]
    return all(any(r == o.report and o.start <= a and b <= o.end for r, a, b in spans) for o in claim.operands)


def items_value_conflict(view: View) -> Iterator[tuple[str, _Measured | Claimed]]:
    """The comparable numbers of a report by what they measure, and its large counts by their digits."""
    yield from claims_of(view)
    yield from portions_of(view)
    for statistic in view.facts.statistics:
        if statistic.period is None:
            continue
        row = _Measured(view.facts, statistic)
        if _comparable(view.facts, statistic):
            yield "\x1f".join(("wording", *_key(statistic, view.scope.home))), row
        if _counted(view.facts, statistic):
            yield "\x1f".join(("digits", *_digits_key(statistic, view.scope.home))), row


def across_value_conflict(key: str, items: Sequence[_Measured | Claimed]) -> list[Finding]:
    """Cùng một chỉ tiêu, cùng địa bàn và thời điểm nhưng hai báo cáo nêu hai giá trị.

    Two reports of one district give one indicator of one period two values.
    """
    if key.startswith("claim"):
        return between([item for item in items if isinstance(item, Claimed)], key, _compared)
    if key.startswith("portion"):
        return apart([item for item in items if isinstance(item, Claimed)])
    compare = _conflicts if key.startswith("wording") else _transposed
    found = compare([item for item in items if isinstance(item, _Measured)], None)
    return [finding for finding in found if len({operand.report for operand in finding.operands}) > 1]


def _compared(first: Claimed, other: Claimed) -> bool:
    """Whether the statistics of two numbers are compared by their own wording."""
    keys = []
    for item in (first, other):
        at = item.number.evidence
        rows = [s for s in item.facts.statistics if s.period and s.value == item.number.value]
        rows = [s for s in rows if _comparable(item.facts, s)]
        keys.append({_key(s, "") for s in rows if at.start <= s.evidence[0].start < at.end})
    return bool(keys[0] & keys[1]) and _near(first.number.value, other.number.value)


def _plain(facts: ReportFacts, statistic: Statistic) -> bool:
    """Whether a statistic is one value of the running text; of a table cell the row says what it counts."""
    return (
        statistic.aspect == "value"
        and bool(statistic.evidence)
        and not any(table.start <= statistic.evidence[0].start < table.end for table in facts.layer.tables)
        and statistic.value_to is None
        and statistic.confidence >= _MIN_CONFIDENCE
        and not _ROUNDED.search(_clause(facts, statistic))
        and not says("revision", sentence(facts, statistic.evidence[0]))
    )


#: Before a number: it is rounded or a bound, ``và hơn 3.000 học sinh``.
_ROUNDED = re.compile(r"(?<!\w)(?:hơn|trên|gần|khoảng|ngót|xấp xỉ|chừng|dưới) $", re.I)


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
    of_all = bool(statistic.evidence) and _OF_ALL.search(_clause(facts, statistic)) is not None
    return _plain(facts, statistic) and (told or of_all or (dated and statistic.period != facts.report.date))


#: Before a bare noun: all there are, whatever the noun.
_OF_ALL = re.compile(
    r"(?:toàn (?:trường|huyện|xã|tỉnh|ngành)|(?:nhà )?trường|tổng số(?: học sinh| trẻ| giáo viên| lớp)?)"
    r"(?: (?:hiện|hiện nay|nay|đã))?(?: (?:có|là|gồm))?:? (?:\d+ (?:lớp|nhóm)[^.;]{0,12} )?$",
    re.I,
)


def _clause(facts: ReportFacts, statistic: Statistic) -> str:
    """What stands in its line before a number."""
    text, at = facts.layer.text, statistic.evidence[0].start
    return " ".join(text[max(text.rfind("\n", 0, at), at - 60, 0) : at].split()) + " "


def _key(statistic: Statistic, home: str) -> tuple[str, ...]:
    return (
        home,
        *measure(statistic),
        statistic.level or "",
        _elsewhere(statistic, home),
        statistic.period or "",
        show(statistic.of) if statistic.of is not None else "",
    )


def _elsewhere(statistic: Statistic, home: str) -> str:
    """The place of a number that is not the report's own."""
    place = normal(statistic.place or "")
    return "" if home and normal(home.partition(" (")[0]) in place else place


def _digits_key(statistic: Statistic, home: str) -> tuple[str, ...]:
    """What two numbers share of which one may be the other with two digits turned."""
    place = _elsewhere(statistic, home)
    return home, statistic.level or "", place, statistic.period or "", "".join(sorted(f"{statistic.value:.0f}"))


def _transposed(group: list[_Measured], identity: str | None) -> list[Finding]:
    """The first pair of a group whose wording differs and whose numbers have two neighbouring digits turned."""
    for position, first in enumerate(group):
        for other in group[position + 1 :]:
            a, b = first.statistic, other.statistic
            if _in_one_sentence(first, other):
                continue
            if _key(a, "") != _key(b, "") and counted_alike(a.unit, b.unit) and _is_turned(a.value, b.value):
                return [_finding(first, other, identity, _digits_key(a, ""))]
    return []


def _is_turned(a: float, b: float) -> bool:
    one, two = f"{a:.0f}", f"{b:.0f}"
    at = [index for index, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]]
    return len(one) == len(two) and len(at) == 2 and at[1] == at[0] + 1


def _grouped(rows: Iterable[_Measured], key: object) -> list[list[_Measured]]:
    groups: dict[object, list[_Measured]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)  # type: ignore[operator]
    return [group for group in groups.values() if len(group) > 1]


def _conflicts(group: list[_Measured], identity: str | None) -> list[Finding]:
    first = group[0]
    found = []
    for other in group[1:]:
        a, b = first.statistic, other.statistic
        if _in_one_sentence(first, other) or not _is_said(other):
            continue
        if _agree(a.value, b.value) or not _near(a.value, b.value) or _overlap(first, other) or _listed(first, other):
            continue
        if _school_told(first) != _school_told(other):
            continue
        if _moment(first) != _moment(other) or _body_above(first) != _body_above(other):
            continue
        if _of_two_labels(first, other) or _of_those_present(first) != _of_those_present(other):
            continue
        found.append(_finding(first, other, identity, _key(a, "")))
    return found


def _in_one_sentence(first: _Measured, other: _Measured) -> bool:
    """Whether one sentence states both numbers: it knows of two things."""
    if first.facts is not other.facts:
        return False
    at = sorted(row.statistic.evidence[0].start for row in (first, other))
    return re.search(r"\n|[.!?](?=\s)", first.facts.layer.text[at[0] : at[1]]) is None


def _is_said(row: _Measured) -> bool:
    """Whether an indicator of money is worded in the number's own sentence, and not only carried on from before."""
    if row.statistic.unit != "đồng":
        return True
    said = set(normal(sentence(row.facts, row.statistic.evidence[0])).split())
    words = set(normal(row.statistic.indicator).split())
    return 2 * len(words & said) >= len(words)


def _finding(first: _Measured, other: _Measured, identity: str | None, key: tuple[str, ...]) -> Finding:
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


def _agree(a: float, b: float) -> bool:
    """Whether two values are one, the one with fewer decimals being rounded."""
    places = min(_places(a), _places(b))
    return abs(round(a, places) - round(b, places)) < 1e-9 and (
        places > 0 or float(a).is_integer() == float(b).is_integer() or abs(a - b) <= 0.5
    )


def _near(a: float, b: float) -> bool:
    """Whether one value may be the other misprinted: numbers far apart rather measure two things."""
    one, two = f"{a:.2f}".rstrip("0").rstrip("."), f"{b:.2f}".rstrip("0").rstrip(".")
    if len(one) == len(two) and (sum(x != y for x, y in zip(one, two, strict=True)) == 1 or sorted(one) == sorted(two)):
        return len(one) > 1 or abs(a - b) <= 1
    return abs(a - b) <= max(1.0, _FAR * max(abs(a), abs(b)))


_MOMENT = re.compile(r"(?<!\w)(?:(?P<first>đầu (?:năm|kỳ|học kỳ))|(?P<last>cuối (?:năm|kỳ|học kỳ)))(?!\w)", re.I)
_BODY_HEAD = re.compile(
    r"^\s*(?:\d{1,2}|[IVX]+|[a-zđ])[.)/-]\s*((?:Trường|Điểm trường|Cụm|Chi bộ|Xã|Thôn) [^\n:.]{2,60})", re.M
)


def _moment(row: _Measured) -> str:
    """Whether a clause tells the beginning of a time (``first``); its end is what is meant where nothing is said."""
    match = _MOMENT.search(_clause(row.facts, row.statistic))
    return "first" if match is not None and match.lastgroup == "first" else ""


_THE_SCHOOL = re.compile(r"(?<!\w)(?:nhà )?trường (?:hiện |hiện nay |nay )?(?:có|gồm|còn)(?!\w)", re.I)


def _school_told(row: _Measured) -> str:
    """Of a number that a report of nobody's own says of ``trường``: the school named last before it."""
    facts, at = row.facts, row.statistic.evidence[0].start
    if normal(facts.report.issuer or "").startswith("trường"):
        return ""
    if _THE_SCHOOL.search(sentence(facts, row.statistic.evidence[0])) is None:
        return ""
    named = [(p.start, school.name) for school in facts.schools for p in school.evidence if p.start < at]
    return max(named)[1] if named else ""


def _body_above(row: _Measured) -> str:
    """The body that the nearest numbered heading above a number names; empty where none does."""
    found = _BODY_HEAD.findall(row.facts.layer.text[: row.statistic.evidence[0].start])
    return normal(found[-1]) if found else ""


#: At the head of a line: whose the numbers behind the colon are, a part of a body (group 1) or a body by its name.
_LABEL = re.compile(
    r"\s*(?:[-+*•·–]\s*|(?:\d{1,2}|[IVX]+|[a-zđ])[.)]\s*)?(?:((?:tổ|nhóm|lớp|khối|điểm trường|phân hiệu|chi đội|"
    r"chi đoàn|khu|đội(?! ngũ)) [^\n:.;]{1,50})|((?:trường|th|thcs|thpt|mn|cụm|chi bộ|xã|phường|thị trấn|thôn|huyện) "
    r"(?-i:[^\n:.;]{0,40}[A-ZĐ])[^\n:.;]{1,40}))\s*:",
    re.I,
)


def _of_two_labels(first: _Measured, other: _Measured) -> bool:
    """Whether the labels at the head of their lines say that two numbers are of two bodies."""
    one, two = (_label(row) for row in (first, other))
    if one is None or two is None:
        return any(label is not None and label[1] is not None for label in (one, two))
    return normal(one[1] or one[2]) != normal(two[1] or two[2])


def _label(row: _Measured) -> re.Match[str] | None:
    """The label before a number; one that names what is counted (``Lớp học: 12 lớp``) tells no body."""
    text, at = row.facts.layer.text, row.statistic.evidence[0].start
    label = _LABEL.match(text, text.rfind("\n", 0, at) + 1, at)
    named = normal(label[1] or label[2]) if label is not None else ""
    return None if named.startswith(normal(row.statistic.unit or "-") or "-") else label


_PRESENT = re.compile(r"(?<!\w)(?:có mặt|tham dự|dự họp|về dự|dự đại hội|dự hội nghị)(?!\w)", re.I)
_PART = re.compile(r"(?<!\w)(?:trong (?:số )?đó|gồm)(?!\w)", re.I)
_STOP = re.compile(r"[.;]\s|\n")
_LINES_BACK = 400


def _of_those_present(row: _Measured) -> bool:
    """Whether a number counts those who came to a meeting; of a part (``trong đó …``) its whole says so."""
    text, at = row.facts.layer.text, row.statistic.evidence[0].start
    begins = max(0, at - _LINES_BACK)
    pieces = [piece for piece in _STOP.split(text[begins:at]) if piece.strip()]
    said = pieces[-1:] if not pieces or _PART.match(pieces[-1].lstrip(" -+*•")) is None else pieces[-2:]
    return any(_PRESENT.search(piece) for piece in said)


_MARK = re.compile(r"\s*(?:[-+*•·–]|\d{1,2}[.)]|[a-zđ][.)])\s|[^\n:]{1,60}:")
_ROW = re.compile(r"\||\t|\S {3,}\S")


def _listed(first: _Measured, other: _Measured) -> bool:
    """Whether both stand in items of lists (of schools, classes, places) or rows of figures: two things of one kind."""
    lines = [_line(row) for row in (first, other)]
    if any(says("scope_whole", line) for line in lines) or len({re.sub(r"\d", "", line) for line in lines}) == 1:
        return False  # of the whole, or the same said twice
    return all(_MARK.match(line) for line in lines) or any(_ROW.search(line) for line in lines)


def _line(row: _Measured) -> str:
    text, at = row.facts.layer.text, row.statistic.evidence[0].start
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)].strip()


def _places(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.split(".")[1])


def _overlap(a: _Measured, b: _Measured) -> bool:
    """Whether both stand in one paragraph: then they are a number and its parts, not two statements."""
    if a.facts.layer.id != b.facts.layer.id:
        return False
    first, last = sorted((a.statistic.evidence[0].start, b.statistic.evidence[0].start))
    return "\n" not in a.facts.layer.text[first:last]
