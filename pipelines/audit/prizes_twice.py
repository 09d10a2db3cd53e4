"""Prizes and title holders that one report counts twice, and those of last year that the next report tells again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from extractors.relations.slips import differ_by_slip
from extractors.relations.wording import says
from pipelines.audit.claimed import disagreement
from pipelines.audit.findings import sentence
from pipelines.audit.prizes import claimed, contest_of
from pipelines.facts import ReportFacts
from schemas import Award, Finding

#: The sentence tells of some of them, of another time or of what is aimed at.
_OF_SOME = re.compile(
    r"(?<!\w)(?:trong đó|riêng|gồm|môn|khối|lớp \d|nữ|nam|dân tộc|thêm|còn lại|so với|năm (?:học )?(?:trước|ngoái)|"
    r"vòng|đợt|lần|chỉ tiêu|phấn đấu|đề nghị|đăng ký|kế hoạch|dự thi|tham gia|cá nhân|đồng đội|tăng|giảm|trên tổng số|"
    r"bảng|cụm|tổ|nhiều năm|giai đoạn|nhiệm kỳ|từ năm|trong \d+ năm|học kỳ)(?!\w)",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(20\d\d) ?[-–] ?(20\d\d)(?!\d)")
_LEAST, _NEAR, _DIGITS = 5, 0.25, 2


def won_twice(facts: ReportFacts) -> Iterator[Finding]:
    """The first pair of counts of one contest or title in two paragraphs that are not one number.

    None where more than two numbers are given, or a sentence tells of some of them only.
    """
    groups: dict[tuple[str, ...], list[Award]] = {}
    for award in facts.awards:
        # What a school's report says of a school is said of its own.
        if award.count and award.count >= _LEAST and not award.recipient and award.evidence:
            what = contest_of(award) or award.title or ""
            key = award.kind, what.lower(), award.level or "", award.prize or "", _time(facts, award)
            if what:
                groups.setdefault(key, []).append(award)
    for group in groups.values():
        for first, other in combinations(group, 2):
            if len({award.count for award in group}) == 2 and _are_two_tellings(facts, first, other):
                yield disagreement(claimed(facts, first), claimed(facts, other), contest_of(first) or first.title or "")
                break


def _are_two_tellings(facts: ReportFacts, first: Award, other: Award) -> bool:
    a, b = float(first.count or 0), float(other.count or 0)
    places = sorted(award.evidence[0].start for award in (first, other))
    if a == b or "\n" not in facts.layer.text[slice(*places)] or _in_tables(facts, places):
        return False
    said = [sentence(facts, award.evidence[0]) for award in (first, other)]
    if any(says("revision", one) or says("handover", one) for one in said):
        return False
    if any(_OF_SOME.search(_clause(facts, award)) for award in (first, other)):
        return False
    return differ_by_slip(a, b, _DIGITS) or abs(a - b) <= max(1.0, _NEAR * max(a, b))


def _in_tables(facts: ReportFacts, places: list[int]) -> bool:
    return any(table.start <= place < table.end for table in facts.layer.tables for place in places)


def _clause(facts: ReportFacts, award: Award) -> str:
    """The words around a count up to the next signs."""
    text, passage = facts.layer.text, award.evidence[0]
    before = re.split(r"[;:()\n]|[.,] ", text[max(0, passage.start - 120) : passage.start])[-1]
    return before + re.split(r"[;()\n]|[.,] ", text[passage.start : passage.end + 80])[0]


def _time(facts: ReportFacts, award: Award) -> str:
    """The one school year that a sentence names, else that of the award or of the report."""
    named = {f"{a}-{b}" for a, b in _YEAR.findall(sentence(facts, award.evidence[0]))}
    return named.pop() if len(named) == 1 else award.period or facts.report.period or ""
