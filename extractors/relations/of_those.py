"""Totals whose parts are told with a verb of their own: who got and who waits, what levels gave, posts of a board.

``39 học sinh …. Có 26 em đã được cấp, còn 13 em đang chờ``; ``78 thầy cô được công nhận. Trong số được công nhận, mầm
non góp 21 người, …``; ``9 thành viên: 1 Chủ tịch, 1 Phó Chủ tịch, 1 thư ký và 6 ủy viên``; ``dãy A 18 phòng, dãy B 12
phòng, tổng cộng 30 phòng``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.scan import Words, holds
from extractors.relations.amounts import Amount
from extractors.relations.parts import PEOPLE, Part, Parts, categories, fits, usable
from extractors.relations.reading import Reading
from extractors.relations.slips import differ_by_slip
from extractors.relations.structure import Level, Segment, by_sentence
from extractors.relations.totals import Sum

_Row = tuple[Amount, Segment]

_AT = Words(("còn", "trong số", "thành viên", "tổng cộng", "tất cả", "cả thảy"))
#: So much the parts may miss their whole, as a share of it.
_FAR = 0.3
_NEAR = 0.1

#: Behind the first of two numbers: these have it already.
_GOT = re.compile(
    r" (?:đã (?:được )?|được )(?:cấp|nhận|tặng|trao|phát|hỗ trợ|bố trí|sắp xếp|đào tạo|bồi dưỡng|tập huấn|"
    r"hoàn thành|xong|tiêm|khám|đến|nộp|đăng ký|có|ký)(?!\w)"
)
#: Before the second one, and behind it: these have not yet.
_STILL = re.compile(r"\s*(?:và |nhưng |hiện |nay |vẫn )*còn(?: lại)?(?: là| có)? $")
_WAITS = re.compile(r" (?:(?:đang|phải|vẫn) )*(?:chờ|đợi|chưa)(?!\w)")
#: Before the whole something is told of others.
_OTHER = re.compile(
    r"(?<!\w)(?:trong đó|riêng|mỗi|thêm|tăng|giảm|năm (?:học )?(?:trước|ngoái)|kế hoạch|chỉ tiêu)(?!\w)"
)

#: At the head of a sentence: those told right before are taken apart.
_OF_THOSE = re.compile(
    r"\s*(?:trong|tính riêng|xét) (?:tổng )?(?:số )?(?:những |các )?(?:(?:người|em|thầy cô|giáo viên|học sinh|bạn) )?"
    r"(?:này|đó|ấy|được (?:công nhận|cấp|khen|chọn|trao|tuyển|duyệt|xét|đánh giá)|đạt(?: giải| yêu cầu)?|trúng tuyển|"
    r"tham gia|dự thi|đăng ký)(?: [^\W\d_]+){0,3}$"
)
#: What a board begins and ends with.
_CHIEFS = re.compile(r" (?:chủ tịch|trưởng ban|tổ trưởng|trưởng đoàn|chủ nhiệm|bí thư|đội trưởng)(?!\w)")
_PLAIN = re.compile(r" (?:ủy viên|uỷ viên|thành viên|tổ viên|hội viên|thư ký)(?: thường)?\s*(?:[.;,)]|$)")
_BOARD = ("thành viên", "đồng chí", "người", "ủy viên", "uỷ viên")
_POSTS = re.compile(
    r" (?:phó )?(?:chủ tịch|trưởng ban|tổ trưởng|trưởng đoàn|chủ nhiệm|bí thư|đội trưởng)(?!\w)|"
    r" phó (?:ban|đoàn|tổ|trưởng ban)(?!\w)| (?:thư ký|ủy viên|uỷ viên|thành viên|tổ viên|kế toán|thủ quỹ)(?!\w)"
)
_OPENS = re.compile(r"\s*(?::|,? ?(?:gồm|gồm có|trong đó(?: có)?)):? ?$")

#: What the parts of one site are called, each with its own name.
_SITE = re.compile(
    r"(?<!\w)(?P<word>dãy|nhà|tòa|khu|tầng|cơ sở|điểm(?: trường)?|khối nhà) (?P<name>[a-zđ\d]{1,4}|chính|lẻ)(?!\w)"
)
_TOTAL = re.compile(r"\s*(?:tổng cộng|tất cả|cả thảy|cộng lại)(?: là| có| được)? $")


def find_of_those(reading: Reading, level: Level) -> Iterator[Sum]:
    """The sums of a passage, each exhaustive: its words tell of all that there are."""
    if not holds(_AT, reading.lower, level.start, level.end):
        return
    runs = list(by_sentence(level.segments))
    for index, run in enumerate(runs):
        before = runs[index - 1] if index else ()
        yield from _waiting(reading, before, run)
        yield from _by_levels(reading, before, run)
        yield from _board(reading, run)
        yield from _sites(reading, run)


def _counts(run: Sequence[Segment]) -> list[_Row]:
    return [(a, s) for s in run for a in s.amounts if a.family != "time" and not a.percent]


def _plain(row: _Row) -> bool:
    return usable(row[0]) and row[0].of is None


def _waiting(reading: Reading, before: Sequence[Segment], run: Sequence[Segment]) -> Iterator[Sum]:
    """Those who have got it and those who still wait, where both are more than all, or all but for a slip."""
    rows = _counts(run)
    for first, second in pairwise(rows):
        others = [row for row in rows if row[0].end <= first[0].start] or (_counts(before) if before else [])
        ends = max(first[0].end, first[0].unit_end), max(second[0].end, second[0].unit_end)
        gap = reading.lower[ends[0] : second[0].start]
        told = _GOT.match(reading.lower, ends[0]) and _STILL.search(gap[gap.rfind(",") + 1 :]) and "," in gap
        if not told or not _WAITS.match(reading.lower, ends[1]) or ";" in gap or len(others) != 1:
            continue
        whole, where = others[0]
        people = {row[0].family for row in (others[0], first, second)} <= PEOPLE
        if not people or first[0].unit != second[0].unit or not all(_plain(row) for row in (others[0], first, second)):
            continue
        if max(first[0].value, second[0].value) >= whole.value or _OTHER.search(
            reading.lower, where.start, first[0].start
        ):
            continue
        made = first[0].value + second[0].value
        over = whole.value < made <= (1 + _FAR) * whole.value
        if over or made == whole.value or differ_by_slip(made, whole.value, 2):
            yield Sum(whole, where, Parts([Part(*first), Part(*second)]), True, "còn lại", apart=True)


def _by_levels(reading: Reading, before: Sequence[Segment], run: Sequence[Segment]) -> Iterator[Sum]:
    """Levels of schools with so many each of those told in the sentence before."""
    if not before or _OF_THOSE.fullmatch(reading.lower, run[0].start, run[0].end) is None:
        return
    rows = _counts(run)
    labels = [categories(reading, s, a).get("dim_level") for a, s in rows]
    if len(rows) < 3 or None in labels or len(set(labels)) != len(rows) or not all(_plain(row) for row in rows):
        return
    made = sum(a.value for a, _ in rows)
    wholes = [row for row in _counts(before) if _plain(row) and row[0].unit and fits(row[0], rows[0][0])]
    wholes = [row for row in wholes if row[0].value > max(a.value for a, _ in rows)]
    if len({row[0].value for row in wholes}) < 1 or any(row[0].value == made for row in wholes):
        return
    whole, where = wholes[0]
    if abs(made - whole.value) <= _NEAR * whole.value:
        yield Sum(whole, where, Parts([Part(a, s, categories(reading, s, a)) for a, s in rows]), True, "trong số")


def _board(reading: Reading, run: Sequence[Segment]) -> Iterator[Sum]:
    """The posts of a board from its head to its plain members, and how many sit on it."""
    rows = _counts(run)
    for index, (whole, where) in enumerate(rows):
        if whole.unit not in _BOARD or not _plain((whole, where)) or len(rows) < index + 3:
            continue
        parts = rows[index + 1 :]
        if not _OPENS.fullmatch(reading.lower, whole.unit_end, parts[0][0].start):
            continue
        if not _CHIEFS.match(reading.lower, parts[0][0].end) or not all(_plain(row) for row in parts):
            continue
        if not all(_POSTS.match(reading.lower, a.end) for a, _ in parts):
            continue
        bare = all(len(s.amounts) == 1 for _, s in parts[1:]) and run[-1] is parts[-1][1]
        if bare and parts[-1][1].separator == "và" and _PLAIN.match(reading.lower, parts[-1][0].end):
            yield Sum(whole, where, Parts([Part(a, s, named=True) for a, s in parts]), True, ":", apart=True)


def _sites(reading: Reading, run: Sequence[Segment]) -> Iterator[Sum]:
    """Buildings or sites by name with so many each, and behind them all of these together."""
    rows = _counts(run)
    at = next((i for i, (a, s) in enumerate(rows) if _TOTAL.fullmatch(reading.lower, s.start, a.start)), None)
    if at is None or at < 2 or not _plain(rows[at]):
        return
    total, where = rows[at]
    parts: list[_Row] = []
    names: list[tuple[str, str]] = []
    for row in rows[:at]:
        site = _SITE.search(reading.lower, row[1].start, row[0].start)
        if site is None or row[0].family != total.family or not _plain(row):
            if parts:
                return
            continue
        parts.append(row)
        names.append((site["word"], site["name"]))
    told = len(parts) > 1 and len({word for word, _ in names}) == 1 and len(set(names)) == len(names)
    made = sum(a.value for a, _ in parts)
    if told and total.family is not None and abs(made - total.value) <= _FAR * total.value:
        yield Sum(total, where, Parts([Part(a, s, named=True) for a, s in parts]), True, "cộng", apart=True)
