"""Whether a number tells what is, what changed or what is wanted, and of which level and time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.document import Block, Document, Found
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.numbers import Number
from extractors._shared.scan import holds, words_in
from extractors._shared.view import CAPITAL
from extractors.statistics.wanted import GOAL_HEAD, is_goal, wanted_before
from schemas.records import Report, School

_UP = re.compile(
    r"(?<!\w)(?:tăng|tăng thêm|cao hơn|nhiều hơn|vượt(?= $)|tăng được)(?: thêm|"
    r" so với [^,;.()\d]{4,30}| năm(?: học)? (?:20\d\d(?: ?- ?20\d\d)?|trước|ngoái))?(?: là| hơn| gần| khoảng)? ?$"
    r"|[,(] thêm $"
)
_DOWN = re.compile(
    r"(?<!\w)(?:giảm|giảm đi|giảm được|thấp hơn|ít hơn|bớt)(?: so với [^,;.()\d]{4,30}|"
    r" năm(?: học)? (?:20\d\d(?: ?- ?20\d\d)?|trước|ngoái))?(?: là| hơn| gần| khoảng)? ?$"
)
#: ``giảm 50% cho 24 em`` tells how much of a fee is left out, ``vượt 5 chỉ tiêu`` how many goals were passed.
_CUT_OF_A_FEE = re.compile(r" (?:cho|học phí|tiền|mức)(?!\w)")
_COUNTED_GOAL = re.compile(r" (?:chỉ tiêu|nội dung|tiêu chí|nhiệm vụ)(?!\w)")
#: The first of two values, from which things are to change: ``từ 72% lên 80%``.
_FROM = re.compile(r"(?<!\w)từ $")
_TO = re.compile(r" ?(?:năm [\d -]{4,11})?(?:lên|xuống|còn|tăng lên|giảm còn) ")
#: What a plan says of things as they are: the size of a list, what is kept, what was granted.
_STANDING = re.compile(
    r"(?:(?<!\w)gồm(?: có)?|củng cố|giữ ổn định|giữ vững|thưởng [^,;.:]{0,60}|"
    r"(?:lệ phí|mức thu|phí dự thi)[^,;.]{0,30}|hiện có|trị giá) $"
)
_STANDING_WORDS = words_in("gồm|củng cố|giữ|thưởng|lệ phí|mức thu|phí dự thi|hiện có|trị giá")
_GRANTED = re.compile(r"[^,;.]{0,30}(?<!\w)(?:được giao|hiện có|đã (?:được|có)|/giải|/suất)")
_THRESHOLD = re.compile(
    r"(?<!\w)(?:tối đa|không quá|bỏ học quá|vắng quá|từ đủ|không vượt quá|"
    r"(?P<soft>tối thiểu|ít nhất|(?<!không )dưới))(?: là)? ?$"
)


def change_sign(lowered: str, start: int, number: Number) -> int:
    """1 for ``tăng 12``, -1 for ``giảm 24``, 0 where the number is no change (``tăng lên 85%``)."""
    before = lowered[max(start, number.start - 60) : number.start]
    if _CUT_OF_A_FEE.match(lowered, number.end) or (
        before.endswith("vượt ") and _COUNTED_GOAL.match(lowered, number.end)
    ):
        return 0
    if _UP.search(before):
        return 1
    return -1 if _DOWN.search(before) else 0


def is_threshold(lowered: str, start: int, number: Number, *, wanted: bool) -> bool:
    """Whether a number is the limit of a rule (``tối đa 05 học sinh``); ``ít nhất 5 trường`` of a plan is a target.

    So is ``phấn đấu … không quá 0,3%``.
    """
    match = _THRESHOLD.search(lowered[max(start, number.start - 18) : number.start])
    if match is None:
        return False
    return not wanted and not match["soft"] if number.percent else not (wanted and match["soft"])


@dataclass(frozen=True)
class Outlook:
    """What a report looks at by its kind and its time: ``plan`` says that it is a plan or a programme,
    ``guides`` that it tells others what to do."""

    plan: bool = False
    period: str | None = None
    guides: bool = False

    @classmethod
    def of(cls, report: Report | None) -> Outlook:
        """The outlook of a report; that of an account without a time where there is none."""
        if report is None:
            return cls()
        guides = report.kind == "cong_van" or (report.title or "").lower().startswith("hướng dẫn")
        return cls(report.kind in ("ke_hoach", "chuong_trinh"), report.period, guides)

    def is_target(self, document: Document, block: Block, sentence: tuple[int, int], number: Number) -> bool:
        """Whether a number is wanted rather than counted: by cue in its sentence, else by the heads above."""
        before = document.lower[sentence[0] : number.start]
        standing = holds(_STANDING_WORDS, before, 0, len(before)) and _STANDING.search(before)
        if standing or _GRANTED.match(document.lower, number.end):
            return False
        if _FROM.search(before) and _TO.match(document.lower, number.end):
            return False
        if (wanted := wanted_before(before)) is not None:
            return wanted
        if self._is_past(document, sentence[0], number.start):
            return False
        if self.guides and ((number.percent and number.value == 100) or self.demands(document, sentence, number)):
            return True
        return self._opens_later(document, sentence) or self.wants(document, block)

    def demands(self, document: Document, sentence: tuple[int, int], number: Number) -> bool:
        """Whether instructions ask for at least a number, and not as the condition of a rule."""
        said = document.lower[sentence[0] : number.start]
        return self.guides and _AT_LEAST.search(said) is not None and _RULE.search(said) is None

    def wants(self, document: Document, block: Block, caption: str | None = None) -> bool:
        """Whether what stands under the heads above a block is wanted: the nearest that says so decides.

        Where none says so, running text of a plan is wanted; of a table (``caption``) only what its caption calls so.
        """
        if caption is not None and GOAL_HEAD.search(caption.lower()):
            return True
        for above in _heads(document, block):
            start, end = document.head(above)
            if end - start < 4:
                end = above.end  # "D. NHIỆM VỤ HỌC KỲ II": its letter is no head
            head = document.lower[start:end]
            if above is block and (document.text[end : end + 1] != ":" or re.search(r"\d", head)):
                continue
            if (goal := is_goal(head)) is not None:
                return goal
            if self.period and above is not block and end - start < 120:
                if self._is_later(document, start, end, head):
                    return True
                if self._is_past(document, start, end):
                    return False
        return self.plan and caption is None

    def _opens_later(self, document: Document, sentence: tuple[int, int]) -> bool:
        """Whether a sentence begins with a year after the report's: ``Năm 2018: kết nạp …`` of one on 2017."""
        match = _YEAR_HEAD.match(document.lower, *sentence)
        return bool(match and self.period and match["year"] > max(re.findall(r"20\d\d", self.period), default="9"))

    def _is_later(self, document: Document, start: int, end: int, head: str) -> bool:
        """Whether a head names the time after the report's: ``năm học 2026-2027`` of a report on 2025-2026."""
        period = self.period or ""
        if period.endswith("/HK1") and re.search(r"học k[ỳì] (?:ii|2)(?!\w)", head):
            return True
        last = period.partition("/HK")[0].replace("/", "-")
        years = [d.iso for d in document.dates_in(start, end) if d.iso and _SCHOOL_YEAR.fullmatch(d.iso)]
        return len(last) == 9 and bool(years) and min(years)[:4] >= last[-4:]

    def _is_past(self, document: Document, start: int, end: int) -> bool:
        """Whether a plan speaks of the time before it: ``năm học 2017-2018`` in a plan for 2018-2019."""
        if not self.plan or not self.period:
            return False
        years = [d.iso for d in document.dates_in(start, end) if d.iso and d.kind in ("year", "school_year")]
        return bool(years) and max(years)[:4] < self.period[:4]


def _heads(document: Document, block: Block) -> Iterator[Block]:
    """A block, the heading last before it and the blocks that it stands under, the nearest first."""
    yield block
    for index in range(block.index - 1, block.parent if block.parent is not None else -1, -1):
        above = document.blocks[index]
        if above.kind == "heading" and above.marker is not block.marker:
            if above.parent == block.parent and (block.marker is None or above.marker != block.marker):
                yield above
            break
    for above in document.ancestors(block):
        # "Chỉ tiêu:" over a list says nothing of the paragraphs behind the list.
        if (
            document.text[above.end - 1] == ":"
            and block.marker is None
            and document.blocks[above.index + 1].marker is not None
        ):
            continue
        yield above


_YEAR_HEAD = re.compile(r"(?:sang )?năm(?: học)? (?P<year>20\d\d)(?: ?- ?20\d\d)?(?=[:,])")
_AT_LEAST = re.compile(r"(?<!\w)(?:ít nhất|tối thiểu)(?: là)? ?$")
_RULE = re.compile(r"(?<!\w)(?:điều kiện|tiêu chuẩn|xếp loại|xét|đối với|trường hợp|được cử)(?!\w)")
_SCHOOL_YEAR = re.compile(r"20\d\d-20\d\d")


_OPINION = re.compile(r"(?<!\w)(?:cho rằng|nên|có ý kiến)(?!\w)[^.;]{0,40}$")


def is_opinion(lowered: str, start: int, number: Number) -> bool:
    """Whether a number only stands in what somebody thinks (``nên cấp 100%``)."""
    return bool(_OPINION.search(lowered[max(start, number.start - 60) : number.start]))


def report_level(document: Document, found: Found) -> str | None:
    """The one school level that a report is about by its title, its issuer or its head; None for several or none.

    Where these name none it is that of the one school of which all of it speaks.
    """
    report = next((record for record in found.get("report", ()) if isinstance(record, Report)), None)
    if report is None:
        return None
    first = document.blocks[:12]
    above = next((b.index for b in first if b.kind == "title"), 0)
    head = " ".join(document.text[b.start : b.end] for b in first if b.kind in _HEAD_KINDS or b.index < above)
    for text in (f"{report.title or ''} {report.issuer or ''}", head):
        levels = {level for _, _, level in find_levels(text, text.lower())}
        if levels:
            return levels.pop() if len(levels) == 1 else None
    return level_of_grade(f"{report.title or ''}".lower()) or _level_of_home(document, report, found)


#: How a report speaks of the school whose it is, without its name.
_AT_HOME = re.compile(r"(?<!\w)(?:nhà trường|thầy và trò|thầy trò|trường ta|của trường|toàn trường)(?!\w)")
_OFFICE = re.compile(r"(?<!\w)(?:phòng|sở|bộ|ubnd|ủy ban|huyện|thành phố|thị xã|tỉnh|xã)(?!\w)", re.I)
_MAINLY, _EARLY = 0.6, 700


def _level_of_home(document: Document, report: Report, found: Found) -> str | None:
    """The level of the one school that a text is about: named early, the most, and called ``nhà trường``."""
    schools = [record for record in found.get("school", ()) if isinstance(record, School)]
    taught = [school for school in schools if school.level and school.level != "khac"]
    if not taught or _OFFICE.search(report.issuer or "") or not _AT_HOME.search(document.lower):
        return None
    main = max(taught, key=lambda school: len(school.evidence))
    times = sum(len(school.evidence) for school in taught)
    early = min(passage.start for passage in main.evidence) < _EARLY
    if not early or len(main.evidence) < _MAINLY * times:
        return None
    return main.level


_HEAD_KINDS = frozenset({"letterhead", "number", "title"})


def level_of(
    document: Document,
    block: Block,
    phrase: tuple[int, int],
    before: tuple[int, int],
    sentence: tuple[int, int],
    default: str | None,
) -> str | None:
    """The school level of a number: of its phrase, of the words before it in its clause, of the block.

    A phrase that names several levels (``các trường Mầm non, Tiểu học và THCS``) has none. ``default``
    is the level of the school whose report it is, which a level said farther away does not change.
    """
    if default == "GDTX":
        return default
    for start, end in (phrase, before):
        found = _named(document, start, end)
        if found:
            return found[0] if len(set(found)) == 1 else None
        if _SMALL.search(document.lower, start, end):
            return "MN"
    if default:
        return default
    clause = max(
        sentence[0],
        document.text.rfind(";", sentence[0], phrase[0]) + 1,
        document.text.rfind(":", sentence[0], phrase[0]) + 1,
    )
    if found := _named(document, clause, phrase[0]):
        other = _OTHER_COUNT.search(document.lower, clause, phrase[0])
        return found[-1] if len(set(found)) == 1 and not other else None
    if own := document.level(block):
        return own
    if topic := _level_spoken_of(document, block, sentence[0]):
        return topic
    for start in (sentence[0], block.body):
        said = {
            level
            for at, end, level in _levels(
                document, start, phrase[0] if start == sentence[0] else min(phrase[0], document.head(block)[1])
            )
            if not _CALLED.match(document.text, end) and not _COUNTED.search(document.text, max(start, at - 30), at)
        }
        if len(said) == 1:
            return said.pop()
    for start, end in (phrase, before):
        if own := level_of_grade(document.lower[start:end]):
            return own
    part = max(sentence[0], document.text.rfind(";", sentence[0], phrase[0]) + 1)
    return level_of_grade(document.lower[part : phrase[1]]) or _level_behind(document, phrase[1], sentence[1])


def _level_spoken_of(document: Document, block: Block, position: int) -> str | None:
    """The level with which the nearest sentence before in the block begins: ``Cấp THCS có …. Bỏ học 45 em``."""
    for start, _ in reversed(document.sentences(block)):
        if start < position and (match := _TOPIC_LEVEL.match(document.lower, start)):
            found = _named(document, match.start("level"), min(match.start("level") + 30, position))
            if found and found[0]:
                return found[0]
    return None


_TOPIC_LEVEL = re.compile(
    r"(?:ở |đối với |về )?(?:cấp|bậc|ngành học|giáo dục) (?:học )?(?P<level>mầm|tiểu|trung|th|mn)"
)


def _level_behind(document: Document, start: int, end: int) -> str | None:
    """The level of the school named at the end of a clause: ``6 phòng học, 1 bếp ăn tại Trường Mầm non …``."""
    stop = document.text.find(";", start, end)
    match = _WHERE.search(document.lower, start, end if stop < 0 else stop)
    found = _named(document, match.start(), min(match.end() + 30, end)) if match else []
    return found[0] if found else None


_WHERE = re.compile(r"(?<!\w)(?:tại|ở|của|cho) (?:các )?trường (?=\w)")
#: ``28 trường mầm non (…), 418 trường …``: a count of its own behind that of a level.
_OTHER_COUNT = re.compile(r"\d ?trường (?:mầm non|mn|tiểu học|th|thcs|thpt)[^\d]{0,40}(?:\([^()]*\))?, $")
#: A level right behind a number is that number's: ``28 trường mầm non``.
_COUNTED = re.compile(r"(?<![\d.,-])(?<!- )\d{1,3}(?:[.,]\d+)? (?:[^\W\d_]+ ){0,2}$")
#: A name behind a level makes it one school's.
_CALLED = re.compile(rf" (?:chuyên )?(?:[{CAPITAL}]|số \d)")
_CLASS = re.compile(r"(?<!\w)(?<!vào )(?:lớp|khối)(?: lớp)? (?P<grade>\d{1,2})(?![\d/]|[.,]\d| ?%)")
_SMALL = re.compile(
    r"(?<!\w)(?:(?<!giáo viên )(?<!cán bộ )(?<!tuổi )(?<!người )(?<!hệ )trẻ(?! em| mồ côi| khuyết tật)|"
    r"nhóm trẻ|bé ngoan|[345] tuổi)(?!\w)"
)


def level_of_grade(lowered: str) -> str | None:
    """The level of the one grade named in a text (``lớp 9``), or of the small children spoken of."""
    levels = {_level_of_class(int(match["grade"])) for match in _CLASS.finditer(lowered)} - {None}
    if len(levels) == 1:
        return levels.pop()
    return "MN" if not levels and _SMALL.search(lowered) else None


def _level_of_class(grade: int) -> str | None:
    return "TH" if grade <= 5 else "THCS" if grade <= 9 else "THPT" if grade <= 12 else None


_ENTERED = re.compile(
    r"(?<!\w)(?:vào|lên|tuyển sinh|đỗ(?! tốt nghiệp)|trúng tuyển|học nghề)(?! [\w ,]{0,30}sau )[\w ,]{0,30} $"
)


def _named(document: Document, start: int, end: int) -> list[str]:
    """The levels named in a range, without the one that pupils go on to (``thi vào trường THPT``)."""
    return [
        level
        for at, _, level in _levels(document, start, end)
        if not _ENTERED.search(document.lower, max(start, at - 34), at)
    ]


def _levels(document: Document, start: int, end: int) -> list[tuple[int, int, str]]:
    """The levels named in a range; ``TH&THCS`` is one."""
    found = find_levels(document.text, document.lower, start, end)
    return [
        (
            at,
            stop,
            join_levels([level, "THCS" if level == "TH" else "THPT"]) or level
            if document.text[stop : stop + 3] == "&TH"
            else level,
        )
        for at, stop, level in found
    ]


_COMPARED = re.compile(r"so với (?:cùng kỳ |cuối |đầu )?(?:của )?(?:năm học |năm )?$")


def period_of(document: Document, sentence: tuple[int, int], at: int, default: str | None) -> str | None:
    """The date, year or school year said nearest before a number in its sentence, else right after it."""
    dates = [
        d
        for d in document.dates_in(*sentence)
        if d.iso and not _COMPARED.search(document.lower, max(sentence[0], d.start - 30), d.start)
    ]
    before = [d for d in dates if d.end <= at]
    if before:
        return before[-1].iso
    after = [d for d in dates if d.start >= at]
    return after[0].iso if after else default
