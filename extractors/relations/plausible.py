"""Relations whose numbers lie so far apart that the words were misread, not the numbers miswritten."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.numbers import view_offset
from extractors.relations.amounts import find_amounts
from extractors.relations.planned import OF_PLAN
from extractors.relations.rates import OF_NAMED, OF_SUM
from extractors.relations.reading import UPPER, Reading
from extractors.relations.slips import differ_by_slip
from schemas.relation import Quantity, Relation

_ALL = 100.0
#: Percentages whose whole is known beyond doubt: they name it, or their neighbours agree on it.
_SURE = (OF_NAMED, OF_SUM)
#: Parts that make more than this share of their whole are those of another one.
_TOO_MANY = 1.5
_FEW, _TEN = 2, 10
_OF_COUNTS, _AGE = ("sum", "percentage", "ratio"), "tuổi"
#: Percentages that miss what follows by more points than this are of another whole, unless by a slip.
_FAR = 15.0
#: A percentage that names its own whole, which no report states: ``đạt 41,2% độ tuổi``.
_OWN_WHOLE = re.compile(
    r"\s*%?\s*(?:so với |của |trong )?(?:tổng )?(?:số )?(?:trẻ |học sinh |người |cháu )?(?:trong |cùng |theo )?"
    r"(?:độ tuổi|dân số|số dân|kế hoạch|chỉ tiêu|dự toán)(?!\w)"
)


def plausible(reading: Reading, relations: list[Relation]) -> list[Relation]:
    """The relations without those that are rather misread.

    A sum is left out where its parts make far more than the whole, where they are levels of a title that one person may
    have several of, or where the whole is what is left of two parts; a percentage of a whole stated elsewhere where it
    misses that one by far, or where it or one beside it says that it is of something else; a list where it names less
    than half of many things announced; a change where the new value counts something else.
    """
    foreign = {
        relation.whole.evidence.start
        for relation in relations
        if relation.kind == "percentage" and relation.whole is not None and _names_own(reading, relation)
    }
    cells = [block for block in reading.document.blocks if block.table is not None]
    tables = [
        (min(b.start for b in group), max(b.end for b in group))
        for group in ([b for b in cells if b.table == name] for name in {b.table for b in cells})
    ]
    found = (_of_people(relation) if relation.kind == "list" else relation for relation in relations)
    return [relation for relation in found if not _is_misread(reading, relation, foreign, tables)]


def _is_misread(reading: Reading, relation: Relation, foreign: set[int], tables: list[tuple[int, int]]) -> bool:
    whole = relation.whole
    if relation.kind == "shares" and sum(part.value > _ALL for part in relation.parts) > 1:
        return True  # counts taken for percentages, as in a table whose columns are out of step
    if relation.kind == "shares" and not relation.exhaustive and any(part.value >= _ALL for part in relation.parts):
        return True  # where one is all there are, the others are told of something else
    if whole is None or not relation.parts:
        return False
    if relation.kind in _OF_COUNTS and any(each.unit == _AGE for each in (whole, *relation.parts)):
        return True  # trẻ 5 tuổi ra lớp đạt 99,7%: an age says who is counted
    if relation.kind == "percentage" and not float(relation.parts[1].value).is_integer() and whole.unit != "đồng":
        return True
    if relation.kind == "sum":
        if "," not in whole.printed and whole.value >= _ALL and any(map(_has_two_decimals, relation.parts)):
            return True
        made = sum(part.value for part in relation.parts)
        at = view_offset(reading.document, whole.evidence.start)
        tabled = any(table[0] <= at < table[1] for table in tables)
        if not tabled and relation.exhaustive and whole.value >= _LEAST and 0 < made < _TOO_FEW * whole.value:
            return True
        if not tabled and made != whole.value and _is_told_of(reading, relation, whole.value - made):
            return True
        if made != whole.value and (_is_net(relation, whole) or (made > whole.value and _are_levels(relation))):
            return True
        larger = any(part.value > whole.value for part in relation.parts)
        return larger and made > _TOO_MANY * whole.value and not _one_slip(made, whole, relation.parts)
    if relation.kind == "list":
        return bool(relation.exhaustive) and whole.value >= _MANY and len(relation.parts) * 2 < whole.value
    if relation.kind == "change":
        return relation.cue != "balance" and len(relation.parts) > 1 and _is_of_another(reading, relation, whole)
    if relation.kind != "percentage" or relation.cue in _SURE or _is_ratio(relation) or whole.value <= 0:
        by_others = relation.kind == "percentage" and relation.cue == OF_SUM and whole.value > 0
        return by_others and _is_of_other_whole(reading, relation, _ALL * relation.parts[1].value / whole.value)
    if any(table[0] <= whole.evidence.start < table[1] for table in tables):
        return False  # its headings say what each number is
    rate, count = relation.parts[:2]
    follows = _ALL * count.value / whole.value
    if whole.evidence.start in foreign or (follows > _ALL >= rate.value and relation.cue != OF_PLAN):
        return True
    if abs(follows - rate.value) > _FAR and not _slipped(rate, follows):
        return True
    return _is_of_other_whole(reading, relation, follows)


#: So far before a percentage, and behind it, its whole may stand.
_BEFORE, _BEHIND = 900, 80
_DECIMALS = re.compile(r",(\d+)")


def _is_of_other_whole(reading: Reading, relation: Relation, follows: float) -> bool:
    """Whether a percentage with decimals that misses its whole is exactly that of another number near."""
    rate, count = relation.parts[:2]
    decimals = _DECIMALS.search(rate.printed)
    if decimals is None:
        return False
    half = 0.5 * 10.0 ** -len(decimals[1]) + 1e-9
    if abs(follows - rate.value) <= 2 * half:
        return False
    start, end = rate.evidence.start, rate.evidence.end
    near = find_amounts(reading, max(0, start - _BEFORE), min(len(reading.lower), end + _BEHIND))
    wholes = {amount.value for amount in near if not amount.percent and amount.value > count.value}
    return any(abs(_ALL * count.value / value - rate.value) <= half for value in wholes)


_TWO_DECIMALS = re.compile(r"\d[.,]\d\d(?!\d)")


def _has_two_decimals(part: Quantity) -> bool:
    """Whether a number is printed as percentages are: ``46.72`` beside a count of 458."""
    return part.unit != "đồng" and _TWO_DECIMALS.search(part.printed) is not None


def _one_slip(made: float, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one digit of the whole, or of one part, makes the sum right: ``5 giải (1 giải A; 42 giải B; 2 giải C)``.

    A total of one digit is one where all parts are counted by its noun: ``2 trường: 3 trường mầm non, 3 trường …``.
    """
    over = made - whole.value
    alike = whole.unit is not None and all(part.unit == whole.unit for part in parts)
    if differ_by_slip(made, whole.value, 2) or (alike and len(parts) > _FEW and max(made, whole.value) < _TEN):
        return True
    return any(_is_slip_of(part, part.value - over) for part in parts)


def _is_slip_of(part: Quantity, meant: float) -> bool:
    """Whether a part, as it is printed, differs from the number meant in one digit; of two at least."""
    printed = part.printed.strip()
    if meant < 0 or not printed.isdigit() or not float(meant).is_integer():
        return meant >= 0 and differ_by_slip(part.value, meant)
    return len(printed) > 1 and sum(a != b for a, b in zip(printed, f"{int(meant):0{len(printed)}}", strict=False)) == 1


def _is_ratio(relation: Relation) -> bool:
    """Whether count and whole stand in one number: ``142/150``."""
    assert relation.whole is not None
    return relation.whole.evidence.start == relation.parts[1].evidence.start


def _slipped(rate: Quantity, follows: float) -> bool:
    """Whether the percentage that follows has the digits of the printed one but for one of them."""
    places = len(rate.printed.rstrip("% ").replace(".", ",").partition(",")[2])
    return differ_by_slip(rate.value, round(follows, places), 2)


def _names_own(reading: Reading, relation: Relation) -> bool:
    if relation.cue in (*_SURE, OF_PLAN) or _is_ratio(relation):
        return False
    passage, printed = relation.parts[0].evidence, relation.parts[0].printed.rstrip("% ")
    at = reading.text.find(printed, passage.start, passage.end)
    return at >= 0 and _OWN_WHOLE.match(reading.lower, at + len(printed)) is not None


def _is_net(relation: Relation, whole: Quantity) -> bool:
    """Whether the whole is what is left of two parts: ``tăng 71 phòng (xây mới 96, thanh lý 25)``."""
    return len(relation.parts) == 2 and abs(relation.parts[0].value - relation.parts[1].value) == abs(whole.value)


_LEVELS = re.compile(r"(?<!\w)cấp (?:trường|cơ sở|xã|cụm|huyện|quận|thành phố|tỉnh|bộ|quốc gia)(?!\w)", re.I)
_TITLED = re.compile(r"(?<!\w)(?:dạy giỏi|chủ nhiệm giỏi|chiến sĩ thi đua|sáng kiến)(?!\w)", re.I)


def _are_levels(relation: Relation) -> bool:
    """Whether the parts are levels of a title, of which one person may have several: ``dạy giỏi cấp trường 33 …``."""
    said = [part.evidence.quote for part in relation.parts]
    levels = {level[0].lower() for one in said if (level := _LEVELS.search(one))}
    return len(levels) == len(said) and any(map(_TITLED.search, said))


#: Of a number that is not small its parts make more than this, whatever is wrong with one of them.
_LEAST, _TOO_FEW = 20, 0.3
#: Behind the parts: what is left of their whole, or what is taken off again.
_REST = re.compile(
    r"[^\d;()]{0,80}?(?<!\w)(?P<what>còn lại|còn dư|số dư|kết dư|còn|dư|tồn quỹ|tồn|trừ(?: đi)?|bù trừ|sau khi trừ)"
    r"(?: [^\d,;.:()]{1,30}?)?:? (?=\d)"
)


def _is_told_of(reading: Reading, relation: Relation, miss: float) -> bool:
    """Whether the words behind the last part tell what it lacks as left over, or take off what is too much."""
    last = view_offset(reading.document, max(part.evidence.end for part in relation.parts))
    rest = _REST.match(reading.lower, last, last + _BEFORE)
    if rest is None:
        return False
    if rest["what"].endswith("trừ") or rest["what"] == "trừ đi":
        return True
    following = find_amounts(reading, rest.end(), min(len(reading.lower), rest.end() + _BEHIND))
    return miss > 0 and bool(following) and following[0].value == miss


#: A list of so many or more that names less than half of them is another one, or some of it.
_MANY = 6
_NAME = rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,4}}"
#: Several people who share what is said of them: ``Phạm Văn Cường, Lương Thị Hải - cấp ủy viên``.
_TOGETHER = re.compile(rf"(?:và )?({_NAME}(?:(?:,| và) {_NAME})+)(?=$| [-–:(])")
_BETWEEN = re.compile(r", | và ")


def _of_people(relation: Relation) -> Relation:
    """A list in which people named together are one each, where that makes the number announced."""
    each = [name for part in relation.parts for name in _people(part)]
    told = relation.whole is not None and len(relation.parts) != relation.whole.value == len(each)
    return relation.model_copy(update={"parts": tuple(each)}) if told else relation


def _people(part: Quantity) -> list[Quantity]:
    """The people whom an item of a list names, or the item itself."""
    together = _TOGETHER.match(part.printed)
    if together is None:
        return [part]
    return [part.model_copy(update={"printed": name}) for name in _BETWEEN.split(together[1])]


#: A slip changes a value by no more than this factor.
_OTHER = 3.0
_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\n")
#: As far a sentence is looked for on either side.
_REACH = 600


def _is_of_another(reading: Reading, relation: Relation, new: Quantity) -> bool:
    """Whether the new value counts something else: it is far from what follows, or that stands in the sentence too."""
    step, old = relation.parts[:2]
    follows = old.value + step.value
    if not step.value or new.value == follows:
        return False
    if new.value > _OTHER * max(follows, old.value) or new.value * _OTHER < min(follows, old.value):
        return True
    passage = step.evidence
    starts = [m.end() for m in _SENTENCE_END.finditer(reading.text, max(0, passage.start - _REACH), passage.start)]
    stop = _SENTENCE_END.search(reading.text, passage.end, passage.end + _REACH)
    start, end = starts[-1] if starts else max(0, passage.start - _REACH), stop.start() if stop else passage.end
    if start <= new.evidence.start < end:
        return False
    return any(amount.value == round(follows, 6) for amount in find_amounts(reading, start, end))
