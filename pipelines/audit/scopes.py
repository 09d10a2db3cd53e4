"""Of what body, moment and time a statistic is, as the text around it tells beyond its record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors._shared.levels import find_levels
from extractors.relations.saying import WHOLE
from extractors.relations.time_heads import time_above, time_heads
from extractors.relations.wording import begins_with_grade, says
from pipelines.audit.findings import normal, sentence
from pipelines.facts import ReportFacts
from schemas import Statistic


@dataclass(frozen=True)
class Measured:
    """A number of a report."""

    facts: ReportFacts
    statistic: Statistic


def clause_of(facts: ReportFacts, statistic: Statistic) -> str:
    """What stands in its line before a number."""
    text, at = facts.layer.text, statistic.evidence[0].start
    return " ".join(text[max(text.rfind("\n", 0, at), at - 60, 0) : at].split()) + " "


def level_of(facts: ReportFacts, statistic: Statistic) -> str:
    """The level that a statistic is of; none where a sentence about the whole names none itself.

    A school named in an earlier sentence of the paragraph says nothing of what the district has.
    """
    if not statistic.level or not statistic.evidence:
        return statistic.level or ""
    text, at = facts.layer.text, statistic.evidence[0].start
    said = sentence(facts, statistic.evidence[0])
    if not WHOLE.search(said.lower()) or find_levels(said, said.lower(), 0, len(said)):
        return statistic.level
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return "" if find_levels(before, before.lower(), 0, len(before)) else statistic.level


_AGAINST = re.compile(
    r"so với (?:cùng kỳ |cuối |đầu )?(?:năm học |năm )?(?P<time>(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?)", re.I
)


def is_of_compared(facts: ReportFacts, statistic: Statistic) -> bool:
    """Whether a sentence names a statistic's time only as what it is compared with: ``tăng 135 so với năm học …``."""
    said = sentence(facts, statistic.evidence[0])
    times = [re.sub(r"\s", "", match["time"]).replace("–", "-") for match in _AGAINST.finditer(said)]
    period = statistic.period or "-"
    return period in times and re.sub(r"\s", "", said).replace("–", "-").count(period) == times.count(period)


_COMPARED_WITH = re.compile(r"(?<!\w)so với [^();.\n]*\([^()\n]*$", re.I)


def stands_compared(facts: ReportFacts, statistic: Statistic) -> bool:
    """Whether a number stands in the bracket behind what is compared with: what is told behind it is no change of it.

    ``So với năm học 2020-2021 (17 lớp), tăng 01 lớp``.
    """
    text, at = facts.layer.text, statistic.evidence[0].start
    return _COMPARED_WITH.search(text[max(0, at - 120) : at]) is not None


def in_one_sentence(first: Measured, other: Measured) -> bool:
    """Whether one sentence states both numbers: it knows of two things."""
    if first.facts is not other.facts:
        return False
    at = sorted(row.statistic.evidence[0].start for row in (first, other))
    return re.search(r"\n|[.!?](?=\s)", first.facts.layer.text[at[0] : at[1]]) is None


def is_said(row: Measured) -> bool:
    """Whether an indicator of money is worded in the number's own sentence, and not only carried on from before."""
    if row.statistic.unit != "đồng":
        return True
    said = set(normal(sentence(row.facts, row.statistic.evidence[0])).split())
    words = set(normal(row.statistic.indicator).split())
    return 2 * len(words & said) >= len(words)


_MOMENT = re.compile(r"(?<!\w)(?:(?P<first>đầu (?:năm|kỳ|học kỳ))|(?P<last>cuối (?:năm|kỳ|học kỳ)))(?!\w)", re.I)
_BODY_HEAD = re.compile(
    r"^\s*(?:\d{1,2}|[IVX]+|[a-zđ])[.)/-]\s*((?:Trường|Điểm trường|Cụm|Chi bộ|Xã|Thôn) [^\n:.]{2,60})", re.M
)


def moment_of(row: Measured) -> str:
    """Whether a clause tells the beginning of a time (``first``); its end is what is meant where nothing is said."""
    match = _MOMENT.search(clause_of(row.facts, row.statistic))
    return "first" if match is not None and match.lastgroup == "first" else ""


_THE_SCHOOL = re.compile(r"(?<!\w)(?:nhà )?trường (?:hiện |hiện nay |nay )?(?:có|gồm|còn)(?!\w)", re.I)


def school_told(row: Measured) -> str:
    """Of a number that a report of nobody's own says of ``trường``: the school named last before it."""
    facts, at = row.facts, row.statistic.evidence[0].start
    if normal(facts.report.issuer or "").startswith("trường"):
        return ""
    if _THE_SCHOOL.search(sentence(facts, row.statistic.evidence[0])) is None:
        return ""
    named = [(p.start, school.name) for school in facts.schools for p in school.evidence if p.start < at]
    return max(named)[1] if named else ""


def body_above(row: Measured) -> str:
    """The body that the nearest numbered heading above a number names; empty where none does."""
    found = _BODY_HEAD.findall(row.facts.layer.text[: row.statistic.evidence[0].start])
    return normal(found[-1]) if found else ""


def time_of_section(row: Measured) -> str:
    """The time that the nearest line of nothing else above a number names; empty where none does."""
    return time_above(time_heads(row.facts.layer.text), row.statistic.evidence[0].start)


#: At the head of a line: whose the numbers behind the colon are, a part of a body (group 1) or a body by its name.
_LABEL = re.compile(
    r"\s*(?:[-+*•·–]\s*|(?:\d{1,2}|[IVX]+|[a-zđ])[.)]\s*)?(?:((?:tổ|nhóm|lớp|khối|điểm trường|phân hiệu|chi đội|"
    r"chi đoàn|khu|đội(?! ngũ)) [^\n:.;]{1,50})|((?:trường|th|thcs|thpt|mn|cụm|chi bộ|xã|phường|thị trấn|thôn|huyện) "
    r"(?-i:[^\n:.;]{0,40}[A-ZĐ])[^\n:.;]{1,40}))\s*:",
    re.I,
)


def of_two_labels(first: Measured, other: Measured) -> bool:
    """Whether the labels at the head of their lines say that two numbers are of two bodies."""
    one, two = (_label(row) for row in (first, other))
    if one is None or two is None:
        return any(label is not None and label[1] is not None for label in (one, two))
    return normal(one[1] or one[2]) != normal(two[1] or two[2])


#: What counts off rounds, times and groups: ``Đợt 1``, ``vòng hai``, ``tháng 9``.
_ROUND = re.compile(
    r"(?<!\w)(đợt|vòng|lần|ca|kỳ|quý|tháng|tuần|lượt|phiên|khóa|bảng|nhóm|môn|khối|lớp) "
    r"(?:thứ )?(\d{1,2}|[ivx]+|nhất|hai|ba)(?!\w)",
    re.I,
)


def of_two_rounds(first: Measured, other: Measured) -> bool:
    """Whether the clauses before two numbers name two rounds of one kind: ``Đợt 1 có 256 em``, ``Đợt 2 có 265 em``."""
    one, two = (dict(_ROUND.findall(normal(clause_of(row.facts, row.statistic)))) for row in (first, other))
    return any(one[kind] != two[kind] for kind in one.keys() & two.keys())


def _label(row: Measured) -> re.Match[str] | None:
    """The label before a number; one that names what is counted (``Lớp học: 12 lớp``) tells no body."""
    text, at = row.facts.layer.text, row.statistic.evidence[0].start
    label = _LABEL.match(text, text.rfind("\n", 0, at) + 1, at)
    named = normal(label[1] or label[2]) if label is not None else ""
    return None if named.startswith(normal(row.statistic.unit or "-") or "-") else label


_PRESENT = re.compile(r"(?<!\w)(?:có mặt|tham dự|dự họp|về dự|dự đại hội|dự hội nghị)(?!\w)", re.I)
_PART = re.compile(r"(?<!\w)(?:trong (?:số )?đó|gồm)(?!\w)", re.I)
_STOP = re.compile(r"[.;]\s|\n")
_LINES_BACK = 400


def of_those_present(row: Measured) -> bool:
    """Whether a number counts those who came to a meeting; of a part (``trong đó …``) its whole says so."""
    text, at = row.facts.layer.text, row.statistic.evidence[0].start
    begins = max(0, at - _LINES_BACK)
    pieces = [piece for piece in _STOP.split(text[begins:at]) if piece.strip()]
    said = pieces[-1:] if not pieces or _PART.match(pieces[-1].lstrip(" -+*•")) is None else pieces[-2:]
    return any(_PRESENT.search(piece) for piece in said)


_MARK = re.compile(r"\s*(?:[-+*•·–]|\d{1,2}[.)]|[a-zđ][.)])\s|[^\n:]{1,60}:")
_ROW = re.compile(r"\||\t|\S {3,}\S")


def listed(first: Measured, other: Measured) -> bool:
    """Whether both stand in items of lists (of schools, classes, places) or rows of figures: two things of one kind."""
    lines = [_line(row) for row in (first, other)]
    if any(says("scope_whole", line) for line in lines):
        return False
    if len({re.sub(r"\d", "", line) for line in lines}) == 1:
        return _in_one_list(first, other)  # else the same said twice
    return all(_MARK.match(line) for line in lines) or any(_ROW.search(line) for line in lines)


def _in_one_list(first: Measured, other: Measured) -> bool:
    """Whether two lines are items of one list, with a number each and nothing but items between."""
    if first.facts is not other.facts:
        return False
    at = sorted(row.statistic.evidence[0].start for row in (first, other))
    text = first.facts.layer.text
    lines = text[text.rfind("\n", 0, at[0]) + 1 : at[1]].splitlines()
    numbers = [style["number"] for line in lines if line.strip() for style in [_STYLE.match(line)] if style is not None]
    filled = sum(1 for line in lines if line.strip())
    return len(numbers) == filled > 1 and None not in numbers and numbers[0] != numbers[-1]


def _line(row: Measured) -> str:
    text, at = row.facts.layer.text, row.statistic.evidence[0].start
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)].strip()


#: The mark of a line of a list, which tells its style: a sign, a letter or a number.
_STYLE = re.compile(r"\s*(?:(?P<sign>[-+*•·–])|(?P<letter>[a-zđ])[.)]|(?P<number>\d{1,2})[.)])\s*(?P<rest>\S.*)")
#: Labels of a size, which whoever tells it means of the whole.
_SIZE = re.compile(r"(?:tổng|số|sĩ số|sỹ số|quy mô|diện tích)(?!\w)", re.I)


def of_two_heads(first: Measured, other: Measured) -> bool:
    """Whether items alike stand below two lines of one list that announce them: ``- Cân nặng:``, ``- Chiều cao:``."""
    if first.facts is not other.facts:
        return False
    one, two = (_head_above(row) for row in (first, other))
    return one is not None and two is not None and one[0] == two[0] and one[1] != two[1]


def _head_above(row: Measured) -> tuple[str, str] | None:
    """The style and the words of the line that announces a number's list; above grades it needs no colon."""
    text, at = row.facts.layer.text, row.statistic.evidence[0].start
    end = text.find("\n", at)
    line = text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]
    above = text[max(0, at - _LIST_BACK) : text.rfind("\n", 0, at) + 1].splitlines()
    own = _style(line)
    if own is None:
        return _above_grades(above) if begins_with_grade(line.strip()) else None
    if _SIZE.match(own[1]):
        return None
    graded = begins_with_grade(own[1])
    for line in reversed(above):
        found = _style(line)
        if found is None or found[0] != own[0]:
            return found if line.rstrip().endswith(":") or graded else None
    return None


def _above_grades(above: Sequence[str]) -> tuple[str, str] | None:
    """The heading of a list of grades whose lines have no marks; None where prose stands above it."""
    head = next((line for line in reversed(above) if line.strip() and not begins_with_grade(line.strip())), "")
    style = _style(head)
    if style is not None or head.rstrip().endswith(":"):
        return "", style[1] if style is not None else normal(head)
    return None


#: So far above a line of a list the line stands at most that announces it.
_LIST_BACK = 1500


def _style(line: str) -> tuple[str, str] | None:
    match = _STYLE.match(line)
    if match is None:
        return None
    kind = match["sign"] or ("a" if match["letter"] else "1")
    return kind, normal(match["rest"].strip())


def in_one_paragraph(a: Measured, b: Measured) -> bool:
    """Whether both stand in one paragraph: then they are a number and its parts, not two statements."""
    if a.facts.layer.id != b.facts.layer.id:
        return False
    first, last = sorted((a.statistic.evidence[0].start, b.statistic.evidence[0].start))
    return "\n" not in a.facts.layer.text[first:last]


#: What one winner gets, of which a report tells as much for each grade.
_PRICE = re.compile(r"mức (?:tiền|thưởng|tiền thưởng)?(?: mỗi)? ?(?:giải|suất|em|cá nhân|tập thể)?")


def stands_alone(facts: ReportFacts, statistic: Statistic) -> bool:
    """Whether a number does not say enough: alone in its line (the cell of a table pasted cell by cell), or a price.

    ``mức tiền mỗi giải`` has one value for each grade.
    """
    if _PRICE.fullmatch(normal(statistic.indicator)):
        return True
    text, passage = facts.layer.text, statistic.evidence[0]
    end = text.find("\n", passage.end)
    line = text[text.rfind("\n", 0, passage.start) + 1 : end if end >= 0 else len(text)]
    return line.strip().rstrip("%").strip() == passage.quote.strip().rstrip("%").strip() and line.strip()[:1].isdigit()
