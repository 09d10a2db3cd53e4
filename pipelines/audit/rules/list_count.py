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

    Chỉ xét danh sách tách được chắc chắn; các danh sách nêu ví dụ (như, tiêu biểu, …) thì bỏ qua. Từ 6 trở lên, danh
    sách chưa được một nửa số báo trước được coi là danh sách khác. Mấy người nêu chung một mục được đếm từng người;
    mục ghi kèm số lượng (2 phòng Tin học) được đếm theo số ấy; một trường, đơn vị nêu hai lần chỉ được đếm một.

    N things are announced and another number is named. Only lists whose names can be told apart for
    sure; lists of examples are left alone, and so is one of less than half of six or more announced: it is another
    list, or some of it. Of people named together in one item each counts, and so do as many as an item says; a
    school or unit named twice counts once.

    Severity: warning. Tolerance: none.
    """
    return [
        finding
        for relation in facts.relations
        if relation.kind == "list" and relation.exhaustive and relation.whole is not None
        for finding in _check(facts, relation)
    ]


def _check(facts: ReportFacts, relation: Relation) -> list[Finding]:
    # Of a list that counts some of its members and names the others each counts for what it says.
    whole, named = relation.whole, sum(part.value for part in relation.parts)
    assert whole is not None
    twice = _named_twice(relation)
    named -= len(twice)
    if whole.value == named:
        return []
    if relation.cue == "complement":
        return [_complement(facts, whole, relation, int(named))]
    stated, counted = show(whole.value), show(named)
    side = f"thừa {show(named - whole.value)}" if named > whole.value else f"thiếu {show(whole.value - named)}"
    more = "too many" if named > whole.value else "missing"
    names = "; ".join(part.printed for part in relation.parts)
    again = f" (nêu hai lần: {', '.join(twice)})" if twice else ""
    again_en = f" (named twice: {', '.join(twice)})" if twice else ""
    return [
        Finding(
            rule="list_count",
            severity="warning",
            finding_class="contradiction",
            scope="report",
            message=f"Nêu {stated} (“{whole.evidence.quote}”) nhưng liệt kê {counted}, {side}{again}: {names}.",
            message_en=(
                f"{stated} are announced but {counted} are named, {show(abs(named - whole.value))} {more}{again_en}: "
                f"{names}."
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


#: What has a name of its own, and is one of those counted only once.
_BODIES = ("trường", "đơn vị", "cơ sở", "xã", "phường", "thị trấn", "huyện", "tổ", "chi bộ", "thôn", "bản", "cụm")
_NUMBER = re.compile(r"[\s*+-]*(?:\d{1,2}[.)]\s*)?")


def _named_twice(relation: Relation) -> list[str]:
    """The schools or units that a list names again, once for each time more."""
    whole = relation.whole
    if whole is None or not (whole.unit or "").startswith(_BODIES) or any(part.value != 1 for part in relation.parts):
        return []
    names = [_NUMBER.sub("", part.printed, count=1).strip(" .;,") for part in relation.parts]
    folded = [name.lower() for name in names]
    return [name for at, name in enumerate(names) if " " in name and folded[at] in folded[:at]]


def _complement(facts: ReportFacts, whole: Quantity, relation: Relation, named: int) -> Finding:
    """Those left over by a ratio against the names of those left over."""
    part, size = (part.strip() for part in whole.printed.split("/"))
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
