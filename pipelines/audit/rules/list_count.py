"""Announced numbers against the names that follow."""

from __future__ import annotations

import re

from pipelines.audit.findings import fingerprint, number_operand, operand, whose, words_of
from pipelines.audit.intervals import show
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity, Relation


def check_list_count(facts: ReportFacts) -> list[Finding]:
    """Báo trước N đơn vị, người, nội dung… nhưng liệt kê một số lượng khác.

    Chỉ xét danh sách tách được chắc chắn; các danh sách nêu ví dụ (như, tiêu biểu, …) thì bỏ qua.

    N things are announced and another number is named. Only lists whose names can be told apart for
    sure; lists of examples are left alone.

    Severity: warning. Tolerance: none.
    """
    return [
        finding
        for relation in facts.relations
        if relation.kind == "list" and relation.exhaustive and relation.whole is not None
        for finding in _check(facts, relation)
    ]


def _check(facts: ReportFacts, relation: Relation) -> list[Finding]:
    whole, named = relation.whole, len(relation.parts)
    assert whole is not None
    people = sum(map(_people, relation.parts))
    if whole.value in (named, people) or (whole.value >= _MANY and named * 2 < whole.value):
        return []  # a list of less than half is another one, or some of it
    if relation.cue == "complement":
        return [_complement(facts, whole, relation)]
    stated, counted = show(whole.value), show(named)
    side = f"thừa {show(named - whole.value)}" if named > whole.value else f"thiếu {show(whole.value - named)}"
    more = "too many" if named > whole.value else "missing"
    names = "; ".join(part.printed for part in relation.parts)
    return [
        Finding(
            rule="list_count",
            severity="warning",
            finding_class="contradiction",
            scope="report",
            message=f"Nêu {stated} (“{whole.evidence.quote}”) nhưng liệt kê {counted}, {side}: {names}.",
            message_en=(
                f"{stated} are announced but {counted} are named, {show(abs(named - whole.value))} {more}: {names}."
            ),
            operands=(
                number_operand(facts, whole),
                *(operand(facts, part.evidence, part.printed) for part in relation.parts),
            ),
            stated=stated,
            expected=counted,
            fingerprint=fingerprint("list_count", whose(facts), words_of(whole), *(p.printed for p in relation.parts)),
        )
    ]


#: From so many on a list that names less than half is not the one announced.
_MANY = 6
_NAME = r"[^\W\d_a-zà-ỹ][^\W\d_]*(?: [^\W\d_a-zà-ỹ][^\W\d_]*){1,4}"
#: Several people who share what is said of them: ``Phạm Văn Cường, Lương Thị Hải - cấp ủy viên``.
_TOGETHER = re.compile(rf"(?:và )?{_NAME}(?:(?:,| và) {_NAME})+(?=$| [-–:(])")


def _people(part: Quantity) -> int:
    """How many people an item of a list names."""
    together = _TOGETHER.match(part.printed)
    return 1 + len(re.findall(r",| và ", together[0].removeprefix("và "))) if together else 1


def _complement(facts: ReportFacts, whole: Quantity, relation: Relation) -> Finding:
    """Those left over by a ratio against the names of those left over."""
    part, size = (part.strip() for part in whole.printed.split("/"))
    named = len(relation.parts)
    names = "; ".join(part.printed for part in relation.parts)
    proper = show(float(size.replace(".", "")) - named)
    return Finding(
        rule="list_count",
        severity="warning",
        finding_class="contradiction",
        scope="report",
        message=(
            f"Ghi {whole.printed} nên còn {show(whole.value)}, nhưng nêu tên {named}: {names}. Nếu các tên đúng thì "
            "phải là "
            f"{proper}/{size}."
        ),
        message_en=(
            f"{whole.printed} leaves {show(whole.value)}, but {named} are named: {names}. If the names are right it "
            "must be "
            f"{proper}/{size}."
        ),
        operands=(
            number_operand(facts, whole),
            *(operand(facts, part.evidence, part.printed) for part in relation.parts),
        ),
        stated=part,
        expected=proper,
        fingerprint=fingerprint("list_count", whose(facts), words_of(whole), *(p.printed for p in relation.parts)),
    )
