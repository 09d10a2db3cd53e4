"""What was there, came and went, and what is left: ``tồn đầu năm 3 triệu; thu 48 triệu; chi 45 triệu; còn 6 triệu``.

Of people and things too: ``đầu năm 24 đảng viên; kết nạp 03, chuyển đi 02; hiện có 25 đảng viên``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.slips import is_plausible_rest
from extractors.relations.structure import Level, Segment, by_sentence
from schemas.relation import Relation

#: Who has what is told, between the time and the verb: ``đến nay chi bộ có``, ``cuối năm học toàn huyện còn``.
_WHOSE = r"(?:,? (?!còn |có |là )[^\W\d_]+){0,5}"
#: What each number of a balance is, by the words right before it.
_ROLES = (
    ("rest", r"còn lại|còn tồn|hiện còn|nay còn|còn sử dụng|còn dùng được|còn|tồn (?:quỹ )?cuối (?:năm|kỳ)|"
             r"dư cuối (?:năm|kỳ)|(?:đến )?cuối (?:năm(?: học)?|kỳ|nhiệm kỳ)|hiện có|nay có|"
             rf"(?:(?:đến|hiện) nay|hiện tại|(?:đến )?cuối (?:năm(?: học)?|kỳ|học k[ỳì]|nhiệm kỳ)){_WHOSE} "
             r"(?:có|còn|là)"),
    ("first", r"(?:tồn|dư|số dư|tồn quỹ|số tồn)?\s?(?:đầu (?:năm(?: học)?|kỳ|nhiệm kỳ)|năm (?:học )?trước chuyển sang|"
              r"kỳ trước chuyển sang)|trước (?:khi )?(?:sắp xếp|sáp nhập|thanh lý)|"
              rf"(?:năm (?:học )?(?:trước|ngoái)|đầu (?:năm(?: học)?|kỳ|nhiệm kỳ)){_WHOSE} (?:có|là)"),
    ("in", r"(?:số )?chuyển đến nhiều hơn (?:số )?(?:chuyển )?đi|tổng thu|thu(?: trong (?:năm|kỳ))?|nhận thêm|"
           r"nhận mới|mua thêm|mua mới|bổ sung|chuyển đến|tiếp nhận|"
           r"tuyển (?:mới|dụng|thêm)|kết nạp(?: mới)?|nhập học thêm|được tặng|thêm|thành lập(?: mới| thêm)?"),
    ("out", r"(?:số )?chuyển đi nhiều hơn (?:số )?(?:chuyển )?đến|tổng chi|chi(?: trong (?:năm|kỳ))?|(?:bị )?hỏng|"
            r"thanh lý|xóa|xóa được|bỏ học|thôi học|nghỉ học|chuyển đi|"
            r"chuyển trường|chuyển sinh hoạt(?: đi)?|(?:luân )?chuyển(?: công tác)? đi|chuyển công tác|"
            r"nghỉ (?:hưu|việc|chế độ)(?: và chuyển đi)?|thôi việc|tinh giản(?: biên chế)?|từ trần|xóa tên|khai trừ|"
            r"trưởng thành đoàn|giải thể|cấp phát|đã cấp|đã dùng|đã phát|đã bán"),
)  # fmt: skip
_ROLE = re.compile(
    "(?<!\\w)(?:" + "|".join(f"(?P<{name}>{forms})" for name, forms in _ROLES) + r")(?: (?:là|được|có|tổng số))?:? ?$"
)
#: The same behind a number: ``ngoài 3 em chuyển đến còn chuyển đi 6``.
_BEHIND = re.compile(
    r" ?(?:em |người |đồng chí |cháu |học sinh )?(?:(?P<in>chuyển (?:đến|về)|nhập học thêm)|"
    r"(?P<out>chuyển (?:đi|trường)|bỏ học|thôi học|nghỉ (?:học|hưu|việc)|từ trần|xóa tên))(?!\w)(?!:? ?\d)"
)
#: A sentence without one of these tells no balance.
_LEFT = Words(("còn", "cuối kỳ", "cuối năm", "cuối học k", "cuối nhiệm kỳ", "hiện có", "nay có", "hiện nay", "đến nay"))
#: What makes up a rise or is only some of it.
_OTHER = re.compile(r"(?<!\w)(?:trong đó|gồm|riêng|bình quân|mỗi|từ nguồn|kế hoạch|dự kiến|phấn đấu|sẽ)(?!\w)")
#: Then two times are compared, and what went is the change.
_BEFORE = re.compile(r"(?<!\w)trước(?: khi)? (?:sắp xếp|sáp nhập)")
#: Between the number of classes and that of those in them.
_WITH = re.compile(r"(?<=lớp) ?(?:với|và|,|/|=) ?(?:tổng số )?")
_NEAR = 48
_LEAST = 3
_PEOPLE = ("pupil", "staff", "person")


def find_balances(reading: Reading, level: Level) -> Iterator[Relation]:
    """The balance of a sentence all of whose numbers are its parts, of one noun or sum of money.

    Without anything that came the first number is the whole of what went and what is left, else what is left is made of
    the others, those that went with a minus: of money a sum, of what is counted at two times a change. What a bracket
    or the end of the sentence tells of what is left is no part of it.
    """
    if not holds(_LEFT, reading.lower, level.start, level.end):
        return
    before: list[tuple[Amount, Segment]] = []
    for run in by_sentence(level.segments):
        rows = sorted(((a, s) for s in run for a in _all(s)), key=lambda row: row[0].start)
        opened, before = before, rows
        timed = len(opened) == 1 and _OPENS.search(reading.lower, opened[0][1].start, opened[0][0].start) is not None
        if timed and opened[0][0].unit is not None and len(rows) > 1:
            found = _balance(reading, [*opened, *rows])
            if found is not None and found.cue == "balance":
                yield found
                continue
        if len(rows) > 1 and _WITH.fullmatch(reading.lower, rows[0][0].unit_end, rows[1][0].start):
            rows = rows[1:]  # 19 lớp với 612 học sinh
        if len(rows) >= _LEAST and (found := _balance(reading, rows)) is not None:
            yield found


#: What there was, in a sentence of its own: ``Tính đến 31/12/2022 chi bộ có 22 đảng viên.``
_OPENS = re.compile(
    r"(?<!\w)(?:tính đến|đến (?:ngày|hết|cuối)|đầu (?:năm(?: học)?|kỳ|nhiệm kỳ)|cuối năm(?: học)?|"
    r"năm (?:học )?(?:trước|ngoái))(?!\w)"
    r"[^;.]{0,60}(?<!\w)(?:có|là|còn) $"
)


def _all(segment: Segment) -> list[Amount]:
    inside = [a for group in segment.groups for part in group.segments for a in part.amounts]
    return [*segment.amounts, *inside]


def _balance(reading: Reading, rows: Sequence[tuple[Amount, Segment]]) -> Relation | None:
    found = _told(reading, rows)
    roles = [role for role, _, _ in found]
    if roles.count("first") != 1 or roles.count("rest") != 1 or set(roles) <= {"first", "rest"}:
        return None
    if _OTHER.search(reading.lower, rows[0][1].start, max(amount.start for _, amount, _ in found)):
        return None
    numbers = [(role, quantity(reading, replace(amount, change=False), segment)) for role, amount, segment in found]
    opening, rest = numbers[roles.index("first")][1], numbers[roles.index("rest")][1]
    if roles == ["first", "out", "rest"] and _BEFORE.search(reading.lower, rows[0][1].start, rows[0][0].start):
        step = numbers[1][1].model_copy(update={"value": -numbers[1][1].value})
        return Relation(kind="change", whole=rest, parts=(step, opening), exhaustive=True, cue="down")
    gone, came = ([q for role, q in numbers if role == wanted] for wanted in ("out", "in"))
    taken = tuple(q.model_copy(update={"value": -q.value}) for q in gone)
    if any(amount.family == "money" for _, amount, _ in found):
        if not came:
            return Relation(kind="sum", whole=opening, parts=(*gone, rest), exhaustive=True, cue="còn")
        return Relation(kind="sum", whole=rest, parts=(opening, *came, *taken), exhaustive=True, cue="còn")
    if not came and not _TIMED.search(reading.lower, rows[0][1].start, found[-1][1].start):
        left = opening.value - sum(quantity.value for quantity in gone)
        if not is_plausible_rest(opening.value, left, rest.value):
            return None
        return Relation(kind="sum", whole=opening, parts=(*gone, rest), exhaustive=True, cue="còn")
    return Relation(kind="change", whole=rest, parts=(opening, *came, *taken), exhaustive=True, cue="balance")


#: What was there is told of another time than what is left.
_TIMED = re.compile(r"(?<!\w)(?:đầu (?:năm|kỳ|nhiệm kỳ)|năm (?:học )?(?:trước|ngoái)|cuối (?:năm|kỳ|nhiệm kỳ))(?!\w)")


def _told(reading: Reading, rows: Sequence[tuple[Amount, Segment]]) -> list[tuple[str, Amount, Segment]]:
    """The numbers of a balance with what each is; none where one has another noun or stands for something else."""
    noun = next((amount.family for amount, _ in rows if amount.family is not None), None)
    found: list[tuple[str, Amount, Segment]] = []
    for index, (amount, segment) in enumerate(rows):
        floor = max(rows[index - 1][0].end, rows[index - 1][0].unit_end) if index else segment.start
        match = _ROLE.search(reading.lower, max(floor, amount.start - _NEAR), amount.start)
        if match is None and index:
            match = _BEHIND.match(reading.lower, max(amount.end, amount.unit_end))
        role = match.lastgroup if match is not None else "first" if index == 0 else None
        if role is None and found and (found[-1][0] == "rest" or amount not in segment.amounts):
            continue  # hiện có 25 đảng viên (nữ 13, dự bị 02); kết nạp 3 (nữ 2)
        alike = amount.family in (None, noun) or (amount.family in _PEOPLE and noun in _PEOPLE)
        if role is None or not alike or amount.percent or amount.of is not None or amount.vague:
            return []
        found.append((role, amount, segment))
    return found
