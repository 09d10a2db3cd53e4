"""Totals against their parts."""

from __future__ import annotations

from pipelines.audit.findings import fingerprint, listed, number_operand, whose, words_of
from pipelines.audit.intervals import Interval, decimals, interval, show, total
from pipelines.facts import ReportFacts
from schemas import Finding
from schemas.relation import Quantity, Relation


def check_sum_of_parts(facts: ReportFacts) -> list[Finding]:
    """Tổng số nêu trong báo cáo không bằng tổng các phần được nêu cho nó.

    Chỉ xét khi câu văn hoặc bảng cho biết các phần đó là toàn bộ; nếu các phần loại trừ nhau mà cộng
    lại vượt tổng thì luôn là mâu thuẫn. Các phần chỉ nêu tiêu biểu, hoặc mấy phần đầu đã đủ tổng, thì không xét.
    Cũng xét số còn lại so với số đầu, số thêm và số bớt (tồn đầu năm + thu - chi), và thành tiền so với số lượng nhân
    với mức của mỗi người, mỗi suất.

    A stated total is not the sum of the parts stated for it. Only where the wording or the table
    says that the parts are all there are; parts that exclude each other and make more than their
    whole contradict it in any case. Mere examples are left alone, and so are lists whose first parts already
    make the whole. What is left is compared with what was there, came and went, and what so many at so much each
    come to with the total stated for them.

    Severity: error. Tolerance: none for counts, half of the last printed digit for decimals.
    """
    found = [
        finding
        for relation in facts.relations
        if relation.kind == "sum" and relation.whole is not None and len(relation.parts) > 1
        for finding in _check(facts, relation)
    ]
    return found + [
        finding
        for relation in facts.relations
        if relation.kind == "product" and relation.whole is not None
        for finding in _product(facts, relation, relation.whole)
    ]


def _product(facts: ReportFacts, relation: Relation, whole: Quantity) -> list[Finding]:
    """What counts and prices come to against the total stated for them."""
    pairs = list(zip(relation.parts[::2], relation.parts[1::2], strict=True))
    prices = [_price(price) for _, price in pairs]
    low = sum(count.value * price.low for (count, _), price in zip(pairs, prices, strict=True))
    high = sum(count.value * price.high for (count, _), price in zip(pairs, prices, strict=True))
    if Interval(low, high).meets(interval(whole)):
        return []
    value = sum(count.value * price.value for count, price in pairs)
    terms = " + ".join(f"{show(count.value)} x {show(price.value)}" for count, price in pairs)
    stated, made, miss = show(whole.value), show(value), show(abs(value - whole.value))
    return [
        Finding(
            rule="sum_of_parts",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=f"Nêu tổng là {stated} (“{_said(relation, whole)}”), nhưng {terms} = {made}: lệch {miss}.",
            message_en=f"The total is given as {stated}, but {terms} = {made}: {miss} apart.",
            operands=(number_operand(facts, whole), *(number_operand(facts, part) for part in relation.parts)),
            stated=stated,
            expected=made,
            fingerprint=fingerprint("sum_of_parts", whose(facts), words_of(whole), *map(words_of, relation.parts)),
        )
    ]


def _price(price: Quantity) -> Interval:
    """What a price may stand for: one of whole millions is just that much (``mỗi suất 2 triệu đồng``)."""
    exact = decimals(price.printed) == 0 and "triệu" in price.printed
    return Interval(price.value, price.value) if exact else interval(price)


def _said(relation: Relation, whole: Quantity) -> str:
    """What says the total: its passage, of a table cell its row and column as well."""
    quote = " ".join(whole.evidence.quote.split())
    if quote != whole.printed or not whole.label:
        return quote
    row = f"{relation.cue}, " if relation.cue and relation.cue not in whole.label.lower() else ""
    return f"{row}{whole.label}: {quote}"


def _check(facts: ReportFacts, relation: Relation) -> list[Finding]:
    whole = relation.whole
    assert whole is not None
    made, stated = total(relation.parts), interval(whole)
    too_many = made.low > stated.high and not made.meets(stated)
    if made.meets(stated) or not (relation.exhaustive or (too_many and relation.disjoint)):
        return []
    places = max(decimals(part.printed) for part in (whole, *relation.parts)) or None
    value = sum(part.value for part in relation.parts)
    sum_text, stated_text = show(value, places), show(whole.value, places)
    terms = listed([show(part.value, places) for part in relation.parts], word="+").replace("+ -", "- ")
    miss = show(abs(value - whole.value), places)
    where, by, side = ("vượt", "exceed", "hơn") if value > whole.value else ("không đủ", "fall short of", "thiếu")
    return [
        Finding(
            rule="sum_of_parts",
            severity="error",
            finding_class="contradiction",
            scope="report",
            message=(
                f"Nêu tổng là {stated_text} (“{_said(relation, whole)}”), nhưng các phần kèm theo cộng lại là "
                f"{terms} = "
                f"{sum_text}, {where} tổng: {side} {miss}. Nếu các phần đúng thì tổng phải là {sum_text}; nếu tổng "
                f"đúng thì có phần ghi sai{'' if value > whole.value else f' hoặc còn {miss} chưa nêu'}."
            ),
            message_en=(
                f"The total is given as {stated_text} (“{_said(relation, whole)}”), but the parts stated for it make "
                f"{terms} = {sum_text}: "
                f"they {by} "
                f"it by {miss}. If the parts are right the total must be {sum_text}; if it is right, a part is wrong"
                f"{'' if value > whole.value else f' or {miss} are not named'}."
            ),
            operands=(number_operand(facts, whole), *(number_operand(facts, part) for part in relation.parts)),
            stated=stated_text,
            expected=sum_text,
            fingerprint=fingerprint("sum_of_parts", whose(facts), words_of(whole), *map(words_of, relation.parts)),
        )
    ]
