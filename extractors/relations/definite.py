"""A count taken up again as all of those told before: ``có 2 điểm trường`` and later ``cả 3 điểm đều có sân chơi``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors._shared.document import Block
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, usable
from extractors.relations.quantities import quantity
from extractors.relations.reading import Reading
from extractors.relations.saying import PLANNED
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment
from extractors.relations.years import stands_in_plan
from schemas.relation import Quantity, Relation

#: With what the cue of such pairs begins.
DEFINITE = "toàn bộ số"
#: Right before a number: all of those there are.
_ALL = re.compile(r"(?<!\w)(?:cả|tất cả|toàn bộ|khắp|đủ|hết|trong tổng số|trong toàn bộ|trên tất cả) (?:số )?$")
#: Right behind a noun: those told before, or all of this year.
_THESE = re.compile(
    r" (?:này|nói trên|kể trên|nêu trên|ấy|(?:của|trong) (?:năm học này|năm học nay|"
    r"toàn (?:trường|xã|huyện|tỉnh)))(?!\w)"
)
#: Before a count that is not of all, or of another time.
_NOT_ALL = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|riêng|thêm|mới|tăng|giảm|trước|đầu năm|ngoái|so với|cần|thiếu|mượn|nhờ|còn|chỉ tiêu|"
    r"mỗi|tối đa|tối thiểu|định biên|được giao|nữ|dân tộc|đảng viên|ngày ấy|khi ấy|lúc đó|lúc ấy|hồi đó|buổi đầu|"
    r"ban đầu có|nâng|lên|xuống|khoảng|gần|hơn|trên|dự kiến|đề nghị|đề xuất|phấn đấu|lượt)(?!\w)"
)
#: Behind a noun: what tells some of them from the others.
_SOME = re.compile(
    r"\s*(?:nữ|dân tộc|mới|cũ|lẻ|chính|khác|còn lại|nghèo|cận nghèo|khó khăn|khuyết tật|giỏi|khá|đạt|đoạt|thuộc|"
    r"trong diện|ngoài|lớp|khối|ở|tại|bị|vắng|thi|tham gia|dự|đăng k[ýí]|xuất sắc|tiêu biểu|hợp đồng|"
    r"biên chế|dưới|trên|từ)(?!\w)"
)
_WORD = re.compile(r"\s*([^\W\d_]+)")
#: Words that end a noun: what is said of it begins.
_PREDICATES = frozenset(
    ("đều", "cùng", "đã", "được", "có", "là", "gồm", "với", "và", "của", "này", "nói", "kể", "nêu", "ấy", "trong",
     "tại", "ở", "trên", "để", "cho", "do", "bảo", "đảm", "trực", "thuộc", "hiện", "theo", "toàn", "nằm", "hoàn",
     "phải", "cần", "sẽ", "vào", "từ", "bao", "như", "hoạt", "tổ", "thực", "tham", "rộng", "cách")
)  # fmt: skip
_LONGEST = 3
#: Schools, people and what is done are told by name before they are all meant; of few such nothing follows.
_FEW = 10
_NEAR, _NEAR_FEW = 0.1, 2
#: Kinds of which a body has a few that last.
_LASTING = frozenset(
    ("điểm trường", "điểm", "cơ sở", "phân hiệu", "chi bộ", "tổ chuyên môn", "phòng học", "thôn", "ấp", "bản",
     "khu phố", "xã", "khóm", "dãy phòng", "tòa nhà", "điểm thi", "hội đồng thi", "cụm")
)  # fmt: skip
_WORDS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_YEAR = re.compile(r"(?<![\d./])(?:19|20)\d\d(?!\d)")
_REACH = 50


@dataclass(frozen=True)
class _Counted:
    """One count of a report: its noun by its words, and where it stands."""

    reading: Reading
    block: Block
    amount: Amount
    segment: Segment
    noun: tuple[str, ...]

    @cached_property
    def before(self) -> str:
        """What its clause says before it."""
        said = self.reading.lower[max(self.block.body, self.amount.start - _REACH) : self.amount.start]
        return re.split(r"[.;:] ", said)[-1]

    @cached_property
    def end(self) -> int:
        """The end of its noun."""
        at = self.amount.end
        for _ in self.noun:
            match = _WORD.match(self.reading.lower, at)
            at = match.end() if match is not None else at
        return at

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that its sentence names."""
        for start, end in self.reading.document.sentences(self.block):
            if start <= self.amount.start < end:
                return frozenset(_YEAR.findall(self.reading.lower, start, end))
        return frozenset()

    @property
    def all_of_them(self) -> bool:
        """Whether it is said of all of those told."""
        return _ALL.search(self.before) is not None or _THESE.match(self.reading.lower, self.end) is not None

    @cached_property
    def quantity(self) -> Quantity:
        """The number as a relation has it."""
        return quantity(self.reading, self.amount, self.segment)


def find_definite(reading: Reading, rows: Sequence[tuple[Block, Level]]) -> Iterator[Relation]:
    """Counts said to be all of those told, where the report tells one number of them before, and it is another one.

    Where the number is told anywhere else of that noun, or of the same years there are two, nothing follows.
    """
    found: list[_Counted] = []
    for block, level in rows:
        if block.kind == "cell" or stands_in_plan(reading, block):
            continue
        for inner in level.walk():
            for segment in inner.segments:
                found += [
                    _Counted(reading, block, a, segment, noun) for a in segment.amounts if (noun := _noun(reading, a))
                ]
    found.sort(key=lambda counted: counted.amount.start)
    for again in found:
        if not again.all_of_them or not _is_whole(again):
            continue
        told = _told_before(again, found)
        if told is not None:
            cue = f"{DEFINITE} {' '.join(told.noun)}"
            yield Relation(kind="same", whole=None, parts=(told.quantity, again.quantity), exhaustive=True, cue=cue)


def _noun(reading: Reading, amount: Amount) -> tuple[str, ...]:
    """The words behind a number that name what it counts, as far as nothing is said of it; none of a bare number."""
    if amount.percent or amount.change or (amount.family == "time" and amount.unit != "điểm"):
        return ()
    words: list[str] = []
    at = amount.end
    while len(words) < _LONGEST and (match := _WORD.match(reading.lower, at)) is not None:
        if match[1] in _PREDICATES and words:
            break
        words.append(match[1])
        at = match.end()
    return tuple(words)


def _is_whole(counted: _Counted) -> bool:
    plain = usable(counted.amount) or counted.before.endswith("từ ")  # from so many of now to more
    return plain and counted.amount.of is None and _SOME.match(counted.reading.lower, counted.end) is None


def _told_before(again: _Counted, found: Sequence[_Counted]) -> _Counted | None:
    """The one count of the same noun before, that can only be of the same things."""
    alike = [one for one in found if one is not again and _are_alike(one.noun, again.noun)]
    value = again.amount.value
    if any(value in (one.amount.value, one.amount.of) for one in alike):
        return None
    near = [one for one in alike if _is_near(one.amount, again.amount)]
    before = [one for one in near if one.amount.start < again.amount.start]
    if len({one.amount.value for one in near}) != 1 or not before:
        return None
    told = before[0]
    if told.block is again.block or not _is_whole(told) or _NOT_ALL.search(told.before) or told.all_of_them:
        return None
    if told.years - again.years and again.years - told.years:
        return None
    if PLANNED.search(again.before) or PLANNED.search(told.before) or _is_summed(again, alike):
        return None
    shared = _shared(told.noun, again.noun)
    if value < _FEW and (" ".join(told.noun[:2]) not in _LASTING and " ".join(shared) not in _LASTING):
        return None
    return None if _is_in_words(again, shared) else told


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    shared = []
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared.append(a)
    return tuple(shared)


def _are_alike(one: tuple[str, ...], again: tuple[str, ...]) -> bool:
    """Whether one noun is the other one, or begins as it does and says more."""
    shared = len(_shared(one, again))
    return shared == min(len(one), len(again))


def _is_near(told: Amount, again: Amount) -> bool:
    """Whether one number may stand for the other by mistake; of people fewer may only be some of them."""
    a, b = told.value, again.value
    if a == b:
        return False
    if differ_by_slip(a, b):
        return True
    if again.family in PEOPLE or told.family in PEOPLE:
        return sorted(f"{a:g}") == sorted(f"{b:g}")
    return abs(a - b) <= (1 if min(a, b) < _FEW else max(_NEAR_FEW, _NEAR * max(a, b)))


def _is_summed(again: _Counted, alike: Sequence[_Counted]) -> bool:
    """Whether two other counts of the noun make up the number."""
    values = {one.amount.value for one in alike}
    return any(again.amount.value - value in values and 2 * value != again.amount.value for value in values)


def _is_in_words(again: _Counted, noun: tuple[str, ...]) -> bool:
    """Whether the number is told in words elsewhere."""
    value = int(again.amount.value)
    if value >= len(_WORDS):
        return False
    return f"{_WORDS[value]} {' '.join(noun)}" in again.reading.lower
