"""Schools whose names go on behind one that says its level: ``THCS Nam Hồng, Nam Dương và Nam Toàn``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.places import CAPITAL
from extractors.schools.context import Context
from extractors.schools.items import GAP, is_person, is_province, read_item, read_items
from extractors.schools.mentions import SchoolMention
from extractors.schools.own_names import key
from extractors.schools.winners import is_district

_PAIR = 2
#: ``Trường Mầm non A và B sáp nhập thành …``.
_MERGED = re.compile(rf" và [{CAPITAL}]\w*(?: [{CAPITAL}]\w*)+ (?:được )?(?:sáp nhập|hợp nhất|nhập lại|sáp thành)")
#: ``Tiểu học Tân Lễ B vào Tân Lễ A``: two that a letter or number tells apart.
_JOINS = re.compile(r" (?:vào|với|và) |[,;] (?:và )?")
_LETTERED = re.compile(r"(?P<name>.+) [A-E]")
#: ``Các trường có nhiều giải: THCS A, B``: what follows a level is a list of schools.
_LISTED = re.compile(
    r"(?:(?<!\w)(?:các|những|một số|nhiều|\d+) |^[-+*• ]*|[.;\n] ?)(?:trường|"
    r"đơn vị)[^:;.]{0,60}(?:: ?| (?:là|gồm|như|có|gồm có) )"
    r"(?:[^:.]{0,160}[,;] )?(?:trường )?$|"
    r"(?<!\w)(?:trường|đơn vị)(?!\w)[^;.]{0,60}\d/\d{1,2}(?: trường| đơn vị)? \((?:[^().]{0,120}[,;] )?$"
)
#: Several winners of one prize: ``đồng giải Ba - TH Tân Lễ, Nam Hà``.
_SHARED_PRIZE = re.compile(
    r"(?<!\w)(?:đồng(?: giải| hạng)?|(?:0?[2-9]|hai|ba|bốn) giải) (?:nhất|nhì|ba|tư|khuyến khích|kk)"
    r" ?(?:[:-]|thuộc về|là|cho|gồm) ?(?:các )?(?:trường )?$"
)
#: A grade as the label of those who won it: ``Ba: THCS Tân Lễ, Nam Hà và Vĩnh Hòa``.
_GRADE_LABEL = re.compile(
    r"(?:^|[;,.:(*+\n-]) ?(?:giải )?(?:nhất|nhì|ba|tư|khuyến khích|kk) ?(?::|-|thuộc về|là|gồm) ?(?:các )?(?:trường )?$"
)
#: Middle names that few schools bear.
OF_PERSONS = re.compile(r" (?:Thị|Văn) ")
#: What schools that were listed do.
_SCHOOLS_DO = re.compile(
    r" (?:cùng |đều |lần lượt |đồng |đã |được |cũng )*(?:xếp|đạt|đứng|giành|đoạt|nhận|tham gia|tham dự|tổ chức|có|"
    r"thuộc|hạng|là|hoàn thành|thực hiện|duy trì|triển khai|công nhận|khen|tặng|trao|sáp nhập|hợp nhất|chưa|"
    r"không|còn)"
    r"(?!\w)"
)

#: What a result told of several schools begins with.
_WIN = re.compile(
    r" (?:(?:cùng|đều|đồng|lần lượt|đã|cũng|được|vinh dự|xuất sắc) )*(?:xếp (?:thứ|hạng|vị|nhất|nhì|ba|đồng)|"
    r"đồng hạng"
    r"|hạng (?:nhất|nhì|ba|tư)|thứ (?:nhất|nhì|hai|ba|tư)|(?:đạt|đoạt|giành|nhận|trao) (?:\w+ )?(?:giải|"
    r"huy chương|hc)"
    r"|nhất|nhì)(?!\w)"
)
_SHARES = re.compile(r" (?:cùng|đều|đồng|lần lượt)(?!\w)")
#: At what contest, before the comma behind which its winners stand.
_OCCASION = re.compile(
    r"(?:kết thúc|tại|trong|ở|qua|sau) (?:hội|cuộc|kỳ|kì|giải|liên hoan|ngày hội|giao lưu|vòng|phần)[^,;:]*,"
)
#: With what a clause about a result may open before its schools.
_OPENS_CLAUSE = re.compile(r"(?:kết quả|toàn đoàn|cụ thể|trong đó|theo đó|khối [^,:]{2,20}|tiếp theo|các)[,:]?$")


def find_continued(context: Context) -> Iterator[SchoolMention]:
    """Names that go on after an explicit mention: ``các trường THCS Nam Hồng, Nam Dương và Nam Toàn``."""
    for mention in context.explicit:
        if twins := list(_twins(context, mention)):
            yield from twins
            continue
        gap = GAP.match(context.document.lower, mention.end)
        if gap is None or mention.level == "khac" or any(m.start <= gap.end() < m.end for m in context.explicit):
            continue
        start = gap.start("admin") if gap["admin"] else gap.end()
        first, _ = context.document.sentence_at(mention.start)
        plural = mention.plural or _LISTED.search(context.document.lower, first, mention.start) is not None
        plural = plural or _SHARED_PRIZE.search(context.document.lower, first, mention.start) is not None
        plural = plural or _MERGED.match(context.document.text, mention.end) is not None
        if gap["admin"] and not plural and mention.place is None:
            continue
        items = list(read_items(context, start, mention.level))
        plural = plural or _share_grade(context, mention, items) or _is_series(context, mention, items)
        for item in read_items(context, start, mention.level, known_only=not plural):
            if is_person(context, item, strict=not plural):
                break
            yield item


def _twins(context: Context, mention: SchoolMention) -> Iterator[SchoolMention]:
    """The schools named one behind the other that only a number or letter tells apart: ``TH Tân Lễ 1, Tân Lễ 3``."""
    while (twin := _twin(context, mention)) is not None:
        yield twin
        mention = twin


def _twin(context: Context, mention: SchoolMention) -> SchoolMention | None:
    """The school named behind one of the same name but for a letter or number."""
    joined = _JOINS.match(context.document.lower, mention.end)
    other = read_item(context.document, joined.end(), mention.level) if joined else None
    if other is None or (other.own_name, other.ordinal) == (mention.own_name, mention.ordinal):
        return None
    if other.ordinal and mention.ordinal:
        return other if key(other.own_name) == key(mention.own_name) else None
    lettered = _LETTERED.fullmatch(mention.own_name), _LETTERED.fullmatch(other.own_name)
    return other if lettered[0] and lettered[1] and lettered[0]["name"] == lettered[1]["name"] else None


def _share_grade(context: Context, first: SchoolMention, items: Sequence[SchoolMention]) -> bool:
    """Whether names behind one school are schools that won the same grade: the last is joined by ``và``."""
    lowered = context.document.lower
    if not items or any(is_district(item.own_name) or is_province(item) for item in items):
        return False
    if any(OF_PERSONS.search(item.own_name) or is_person(context, item, strict=False) for item in items):
        return False
    opened = context.document.sentence_at(first.start)[0]
    return lowered.endswith(" và ", 0, items[-1].start) and bool(_GRADE_LABEL.search(lowered, opened, first.start))


def _is_series(context: Context, first: SchoolMention, items: Sequence[SchoolMention]) -> bool:
    """Whether names behind one school are schools too, not its address: many, or one with a number, before a verb."""
    if not items or any(is_person(context, item, strict=False) for item in items):
        return False
    if sum(OF_PERSONS.search(item.own_name) is not None for item in items) >= _PAIR:
        return False  # one school may be named after Võ Thị Sáu
    if any(is_district(item.own_name) or is_province(item) for item in items if item.ordinal is None):
        return False
    several = len(items) > _PAIR or any(item.ordinal or item.own_name.startswith("chuyên ") for item in items)
    if several:
        return _SCHOOLS_DO.match(context.document.lower, items[-1].end) is not None
    return _wins_with(context, first, items)


def _wins_with(context: Context, first: SchoolMention, items: Sequence[SchoolMention]) -> bool:
    """Whether a school that opens its clause shares a result with the names behind it: ``A và B``, ``A, B cùng``."""
    lowered = context.document.lower
    joined = lowered.endswith(" và ", 0, items[-1].start) or (
        len(items) >= _PAIR and _SHARES.match(lowered, items[-1].end)
    )
    if not joined:
        return False
    start = context.document.sentence_at(first.start)[0]
    opening = lowered[max(start, lowered.rfind(";", start, first.start) + 1) : first.start].strip(" \n*+•.-")
    opens = not opening or _OPENS_CLAUSE.search(opening) or _OCCASION.fullmatch(opening)
    return bool(opens) and _WIN.match(lowered, items[-1].end) is not None
