"""Whether a number tells what is, what changed or what is wanted, and of which time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.document import Block, Document, once
from extractors._shared.numbers import Number
from extractors._shared.scan import holds, words_in
from extractors.statistics.chronicle import is_chronicle
from extractors.statistics.marks import is_mark
from extractors.statistics.votes import is_vote
from extractors.statistics.wanted import (
    FORESEEN,
    GOAL_HEAD,
    TARGET,
    goes_on,
    is_fee,
    is_goal,
    is_of_size,
    wanted_before,
)
from schemas.records import Report

#: With what something is compared: ``cao hơn năm 2019``, ``ít hơn cùng kỳ``, ``thấp hơn chỉ tiêu được giao``.
_THAN = (
    r"(?: so với [^,;.()\d]{4,30}|(?: so)?(?: với)? (?:(?:cùng kỳ |đầu |cuối |hè )?(?:năm(?: học)?|học kỳ|hè) "
    r"(?:20\d\d(?: ?- ?20\d\d)?|trước(?: nữa)?|ngoái|kia)|cùng kỳ(?: năm(?: học)? (?:trước|ngoái|20\d\d))?|"
    r"(?:đầu|cuối|giữa) (?:năm(?: học)?|nhiệm kỳ|học kỳ|kỳ|khóa)|tháng (?:trước|\d{1,2}(?:[/.-](?:20)?\d\d)?)|"
    r"(?:lần|kỳ|đợt|khóa|nhiệm kỳ|quý) (?:thứ nhất|trước|đầu)|"
    r"(?:mức )?(?:chỉ tiêu|kế hoạch)(?: (?:được )?(?:giao|đề ra))?|"
    r"(?<=hơn )(?:mức |tỷ lệ |tỉ lệ )?(?:mặt bằng|bình quân|trung bình)(?: chung)?(?: (?:của )?(?:toàn |cả )?"
    r"(?:tỉnh|huyện|quận|thị xã|thành phố|quốc|nước|vùng|khu vực|ngành|sở|cụm|trường))?))?"
)
_ABOUT = r"(?: thêm| lần lượt(?: là)?| là| được| tới| đến| hơn| gần| khoảng| chừng| nhẹ|:)*"
_UP = re.compile(
    rf"(?<!\w)(?:tăng(?: hơn| thêm| được)?|(?<!không )(?:cao|nhiều|đông|lớn|nhích) hơn|vượt(?= $)){_THAN}{_ABOUT} ?$"
    rf"|(?<!\w)so(?: với)? (?:hè|năm(?: học)?|kỳ|lần) (?:20\d\d|trước|ngoái),? "
    rf"(?:[^\W\d_]+ ){{0,4}}(?:tăng|thêm){_ABOUT} $"
    r"|[,(] thêm $"
)
_DOWN = re.compile(
    rf"(?<!\w)(?:giảm(?: hơn| đi| được)?|(?<!không )(?:thấp|ít|nhỏ) hơn|bớt|hụt|sụt(?: giảm| mất)?){_THAN}{_ABOUT} ?$"
)
_UP_WORDS, _DOWN_WORDS = words_in("tăng|hơn|vượt|thêm"), words_in("giảm|hơn|bớt|hụt|sụt")
#: ``giảm 50% cho 24 em`` tells how much of a fee is left out, ``vượt 5 chỉ tiêu`` how many goals were passed.
_CUT_OF_A_FEE = re.compile(r" (?:cho|học phí|tiền|mức)(?!\w)")
_COUNTED_GOAL = re.compile(r" (?:chỉ tiêu|nội dung|tiêu chí|nhiệm vụ)(?!\w)")
#: The first of two values, from which things are to change: ``từ 72% lên 80%``.
_FROM = re.compile(r"(?<!\w)từ $")
_TO = re.compile(
    r" ?(?:(?!trở|lên|xuống|còn|năm)[^\W\d_]+ ){0,2}(?:\([^()]{1,40}\) ?|năm [\d -]{4,11})?"
    r"(?:lên|xuống|còn|tăng lên|giảm còn) "
)
#: How it was before, told in a bracket beside what is wanted: ``Giỏi 4% (năm trước 3,1%)``.
_AS_BEFORE = re.compile(
    r"\((?:kết quả |thực hiện |cùng kỳ )*(?:năm(?: học)? (?:trước|ngoái|qua|vừa qua)|cùng kỳ|hiện(?: nay| tại)?)"
    r"(?! (?:đã )?(?:đề|đặt))(?: (?:là|có|đạt|mới|chỉ))*(?: ?:)? ?$"
)
#: How things have grown, which a plan tells of the years before it: ``tăng từ 33% năm 2005 lên 44,5% năm 2010``.
_GREW = re.compile(r"(?<!\w)(?:tăng|giảm) từ \d")
#: What a plan says of things as they are: the size of a list, what is kept, what was granted.
_STANDING = re.compile(
    r"(?:(?<!\w)gồm(?: có)?|củng cố|giữ ổn định|thưởng [^,;.:]{0,60}|"
    r"(?:lệ phí|mức thu|phí dự thi)[^,;.]{0,30}|hiện có|trị giá|"
    r"(?<!đạt )(?<!có )giải (?:nhất|nhì|ba|khuyến khích|kk)(?: ?:)?(?: (?:mỗi giải|là|trị giá))*|"
    r"(?<!khen )thưởng(?!\w)[^;.]*\d[^;]*, (?:giải )?(?:nhì|ba|tư|khuyến khích|kk)(?: [^\W\d_]+){0,3}) $"
)
_STANDING_WORDS = words_in("gồm|củng cố|giữ|thưởng|giải|lệ phí|mức thu|phí dự thi|hiện có|trị giá")
_GRANTED = re.compile(r"[^,;.]{0,30}(?<!\w)(?:được giao|hiện có|đã (?:được|có)|/giải|/suất)")
_THRESHOLD = re.compile(
    r"(?<!\w)(?:tối đa|bỏ học quá|vắng quá|từ đủ|"
    r"không (?:cao|nhiều|lớn) hơn|(?P<limit>không (?:vượt )?quá)|"
    r"(?P<soft>không (?:thấp|ít|nhỏ|kém) hơn|tối thiểu|ít nhất|(?<!không )dưới))(?: là)? ?$"
)


_FROM_MARK = re.compile(r" điểm trở (?:lên|xuống)")


def change_sign(lowered: str, start: int, number: Number) -> int:
    """1 for ``tăng 12``, -1 for ``giảm 24``, 0 where the number is no change (``tăng lên 85%``)."""
    before = lowered[max(start, number.start - 60) : number.start]
    if _CUT_OF_A_FEE.match(lowered, number.end) or (
        before.endswith("vượt ") and _COUNTED_GOAL.match(lowered, number.end)
    ):
        return 0
    if holds(_UP_WORDS, before, 0, len(before)) and _UP.search(before):
        return 1
    return -1 if holds(_DOWN_WORDS, before, 0, len(before)) and _DOWN.search(before) else 0


def is_threshold(lowered: str, start: int, number: Number, *, wanted: bool) -> bool:
    """Whether a number is the limit of a rule (``tối đa 05 học sinh``); ``ít nhất 5 trường`` of a plan is a target.

    So is ``phấn đấu … không quá 0,3%``, but not ``mỗi phòng không quá 25 em``. A mark from which something counts is
    a limit (``từ 15 điểm trở lên``).
    """
    if _FROM_MARK.match(lowered, number.end) and lowered.endswith("từ ", 0, number.start):
        return True
    if is_mark(lowered, number):
        return True
    match = _THRESHOLD.search(lowered[max(start, number.start - 18) : number.start])
    if match is None:
        return False
    if match["limit"]:
        return not wanted or "mỗi " in lowered[max(start, number.start - 40) : number.start]
    return not wanted and not match["soft"] if number.percent else not (wanted and match["soft"])


@dataclass(frozen=True)
class Outlook:
    """What a report looks at by its kind and its time: ``plan`` says that it is a plan or a programme,
    ``guides`` that it tells others what to do, ``promises`` that it commits a school to what its tables show."""

    plan: bool = False
    period: str | None = None
    guides: bool = False
    promises: bool = False

    @classmethod
    def of(cls, document: Document, report: Report | None) -> Outlook:
        """The outlook of a report; that of an account without a time where there is none."""
        if report is None:
            return cls()
        title = (report.title or "").lower()
        guides = report.kind == "cong_van" or title.startswith("hướng dẫn")
        promised = _PROMISE.search(title) is not None
        plan = promised or report.kind in ("ke_hoach", "chuong_trinh")
        plan = plan or (report.kind == "quyet_dinh" and _ASSIGNS.search(title) is not None)
        plan = plan or (report.kind == "khac" and not _MINUTES.match(title) and _only_wishes(document))
        return cls(plan, None if not plan and is_chronicle(document) else report.period, guides, promised)

    def is_target(self, document: Document, block: Block, sentence: tuple[int, int], number: Number) -> bool:
        """Whether a number is wanted rather than counted: by cue in its sentence, else by the heads above."""
        before = document.lower[sentence[0] : number.start]
        foreseen = before.endswith(FORESEEN)
        if not foreseen and holds(_STANDING_WORDS, before, 0, len(before)) and _STANDING.search(before):
            return False
        if _GRANTED.match(document.lower, number.end) or is_vote(document.lower, before, number.end):
            return False
        if before.endswith("từ ") and _FROM.search(before) and _TO.match(document.lower, number.end):
            return False
        if "(" in before and _AS_BEFORE.match(before, before.rfind("(")):
            return False
        if is_planned(before) or before.endswith(_AT_LEAST_SIGNS):
            return True
        if _PLACES.match(document.lower, number.end) and _TO_TAKE.search(before):
            return True
        if (wanted := wanted_before(before)) is not None:
            stood = self.plan and _BY_THEN.match(before) and not self.wants(document, block)
            return wanted and not stood and not self._came_before(before)
        if (" từ " in before and _GREW.search(before)) or is_fee(document.lower, before, number.end):
            return False
        if self._is_past(document, sentence[0], number.start):
            return False
        if self.guides and ((number.percent and number.value == 100) or self.demands(document, sentence, number)):
            return True
        if self._opens_later(document, sentence) or _among_goals(document, block, sentence):
            return True
        return self.wants(document, block) and not self._beyond_its_label(document, block, sentence)

    def _beyond_its_label(self, document: Document, block: Block, sentence: tuple[int, int]) -> bool:
        """Whether a goal is only the label of the block's first figure: ``Chỉ tiêu giao: 405 em. Số đăng ký: 512``."""
        start, end = document.head(block)
        own = document.text[end : end + 1] == ":" and is_goal(document.lower[start:end])
        if not own or sentence[0] <= end or not _OWN_FIGURE.match(document.lower, end):
            return False
        return _LABELLED.match(document.lower, *sentence) is not None and not self._wants_under_heads(
            document, block, None, own=False
        )

    def _came_before(self, before: str) -> bool:
        """Whether a sentence tells how things stood by a year before the report's: ``Đến cuối năm 2013, có …``."""
        stood = _BY_THEN.match(before)
        return bool(stood and self.period and stood["year"] < max(re.findall(r"20\d\d", self.period), default=""))

    def demands(self, document: Document, sentence: tuple[int, int], number: Number) -> bool:
        """Whether instructions ask for at least a number, and not as the condition of a rule."""
        said = document.lower[sentence[0] : number.start]
        if self.guides and said.endswith("từ ") and _UPWARDS.match(document.lower, number.end, sentence[1]):
            return _RULE.search(said) is None
        return self.guides and _AT_LEAST.search(said) is not None and _RULE.search(said) is None

    def wants(self, document: Document, block: Block, caption: str | None = None) -> bool:
        """Whether what stands under the heads above a block is wanted: the nearest that says so decides.

        Where none says so, running text of a plan is wanted; of a table (``caption``) only what its caption calls so.
        """
        if caption is not None:
            return GOAL_HEAD.search(caption.lower()) is not None or self._wants_under_heads(document, block, caption)
        key = self, block.index
        if key not in document.memory:
            document.memory[key] = self._wants_under_heads(document, block, None)
        wanted: bool = document.memory[key]
        return wanted

    def _wants_under_heads(self, document: Document, block: Block, caption: str | None, *, own: bool = True) -> bool:
        stands = False  # whether a head on the way tells of the size of schools
        for above in _heads(document, block):
            if above is block and not own:
                continue
            start, end = document.head(above)
            head = document.lower[start:end]
            if above is block and (document.text[end : end + 1] != ":" or re.search(r"\d", _YEARS.sub("", head))):
                continue
            if (goal := is_goal(head)) is not None:
                return goal
            stands = stands or is_of_size(head)
            if self.period and end - start < 120:
                if self._is_later(document, start, end, head):
                    return True
                if self._is_past(document, start, end):
                    return False
        return (
            self.plan
            and not stands
            and caption is None
            and block.index > _first_goals(document)
            and not _above_letterhead(document, block)
        )

    def _opens_later(self, document: Document, sentence: tuple[int, int]) -> bool:
        """Whether a sentence begins with a year after the report's: ``Năm 2018: kết nạp …`` of one on 2017."""
        match = _YEAR_HEAD.match(document.lower, *sentence)
        return bool(match and self.period and match["year"] > max(re.findall(r"20\d\d", self.period), default="9"))

    def _is_later(self, document: Document, start: int, end: int, head: str) -> bool:
        """Whether a head names the time after the report's: ``năm học 2026-2027`` of a report on 2025-2026."""
        period = self.period or ""
        if period.endswith("/HK1") and re.search(r"(?<!\w)(?:học k[ỳì] |hk ?)(?:ii|2)(?!\w)", head):
            return True
        last = period.partition("/HK")[0].replace("/", "-")
        years = [d.iso for d in document.dates_in(start, end) if d.iso and _SCHOOL_YEAR.fullmatch(d.iso)]
        return len(last) == 9 and bool(years) and min(years)[:4] >= last[-4:]

    def _is_past(self, document: Document, start: int, end: int) -> bool:
        """Whether a plan speaks of the time before it: ``năm học 2017-2018`` in a plan for 2018-2019."""
        if not self.plan or not self.period:
            return False
        years = [
            d.iso
            for d in document.dates_in(start, end)
            if d.iso and d.kind in ("year", "school_year") and not _GREW_SINCE.match(document.lower, d.end)
        ]
        return bool(years) and max(years)[:4] < self.period[:4]


#: A year in a bracket before what is to come of it: ``từ 72% (năm 2025) lên 85%``.
_GREW_SINCE = re.compile(r"\) (?:lên|xuống|còn|tăng lên|giảm còn)(?!\w)")


def _among_goals(document: Document, block: Block, sentence: tuple[int, int]) -> bool:
    """Whether a sentence of a passage goes on with the goals that one before it announces."""
    said = document.lower[slice(*sentence)]
    for start, end in reversed(document.sentences(block)):
        if end <= sentence[0] and (wanted := goes_on(document.lower[start:end], said)) is not None:
            return wanted
    return False


#: A goal that labels one figure, and a sentence that begins with a label of its own.
_OWN_FIGURE = re.compile(r": ?(?:là |có |gồm )?\d")
_LABELLED = re.compile(r"(?:tổng )?số [^:;.\d]{3,60}(?::|là|có|đạt)")
#: Who sets a goal for others, beside what came of it: ``đạt 238 phòng, thành phố giao 300``.
_ASSIGNED = (
    r"(?:(?:ủy ban nhân dân|ubnd|hđnd) )?(?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường|sở|phòng|bộ|cấp trên|ngành)"
    r"(?: gd ?& ?đt| gdđt)?"
)
#: What was planned: ``đạt 58%, kế hoạch 55%``, ``92,2% (chỉ tiêu tỉnh giao 94%)``, ``đạt 104% kế hoạch (50)``.
_PLANNED = re.compile(
    r"(?:[(,;:>-] ?|so với |trong khi )(?:kế hoạch|chỉ tiêu|kh|nghị quyết|nq)"
    r"(?: (?:được |huyện |tỉnh |xã |trường )?(?:giao|đề ra|năm|đặt ra))?"
    r" ?(?:là |đạt |có |:|dưới |trên |từ |\()* ?$|"
    r"(?<!\w)(?<!\d )(?<!hoàn thành )(?<!thực hiện )(?<!đạt )(?<!vượt )"
    r"(?:kế hoạch|chỉ tiêu)(?: năm| (?:được )?giao| đề ra)? \((?:là )?$|"
    r"\((?:kế hoạch|chỉ tiêu)(?!\w)(?:(?!đạt|thực hiện|vượt|số \d)[^()])*$|"
    r"\((?:nghị quyết|nq)(?: (?:hđnd|đại hội|đảng bộ|đảng ủy|chi bộ|huyện|tỉnh|xã|phường|quận|trường|ubnd)){0,3} ?: ?$|"
    rf"\d[^;:.()]{{0,20}}, {_ASSIGNED} giao(?: là)? $|\({_ASSIGNED} giao ?:? ?$"
)
_PLAN_WORDS = words_in("kế hoạch|chỉ tiêu|kh|nghị quyết|nq|giao")
#: Places for which a school may take pupils: ``tuyển mới 105 chỉ tiêu``.
_TO_TAKE = re.compile(r"(?<!\w)(?:tuyển|tuyển mới|tuyển sinh)(?: được giao)? $")
_PLACES = re.compile(r" (?:chỉ tiêu|suất)(?!\w)")
_AT_LEAST_SIGNS = ("≥", "≥ ", ">=", ">= ")


def is_planned(before: str) -> bool:
    """Whether the words before a number make it what was planned, told beside what came of it."""
    return holds(_PLAN_WORDS, before, 0, len(before)) and _PLANNED.search(before) is not None


#: What decisions assign to schools and districts as their goals.
_ASSIGNS = re.compile(
    r"(?<!\w)(?:giao (?:các )?(?:chỉ tiêu|kế hoạch|dự toán)|phân bổ (?:dự toán|kinh phí|vốn|ngân sách))(?!\w)"
)
#: The title of a school's promise to the public, of which all figures are goals.
_PROMISE = re.compile(r"(?<!\w)cam kết chất lượng(?!\w)")


#: What was said at a meeting, wishes among it, is an account for all that.
_MINUTES = re.compile(r"biên bản(?!\w)")


def _only_wishes(document: Document) -> bool:
    """Whether a text without a kind speaks of goals again and again and never of what is: a plan told as news."""
    return len(TARGET.findall(document.lower)) >= _WISHES and not _FACT.search(document.lower)


_WISHES = 3
_FACT = re.compile(
    r"(?<!\w)(?:đã|vừa|hiện có|hiện nay|hiện tại|đến nay|tính đến|năm qua|so với|còn lại|giành được|xếp thứ|đoạt)(?!\w)"
)


def _heads(document: Document, block: Block) -> Iterator[Block]:
    """A block, the heading last before it and the blocks that it stands under, the nearest first."""
    yield block
    if (line := _line_before(document, block)) is not None:
        yield line
    for index in range(block.index - 1, block.parent if block.parent is not None else -1, -1):
        above = document.blocks[index]
        if above.kind == "heading" and above.marker is not block.marker:
            if above.parent == block.parent and (block.marker is None or above.marker != block.marker):
                yield above
            break
    if block.marker is not None and (opener := _opener(document, block)):
        yield opener
    for above in document.ancestors(block):
        # "Chỉ tiêu:" over a list says nothing of the paragraphs behind the list.
        if (
            document.text[above.end - 1] == ":"
            and block.marker is None
            and document.blocks[above.index + 1].marker is not None
        ):
            continue
        yield above


def _line_before(document: Document, block: Block) -> Block | None:
    """The short line that a paragraph in small letters goes on with: ``Năm 2013 phấn đấu`` over ``đạt 26%``."""
    if block.index == 0 or block.marker is not None or not document.text[block.start].islower():
        return None
    above = document.blocks[block.index - 1]
    short = above.kind in ("paragraph", "item") and above.end - above.start < _LINE
    return above if short and document.text[above.end - 1].isalnum() else None


_LINE = 80


@once
def _first_goals(document: Document) -> int:
    """The heading with which a plan turns to its goals, behind what it tells of things as they are; -1 for none."""
    for block in document.blocks:
        if block.kind == "heading" and block.marker and is_goal(document.lower[slice(*document.head(block))]):
            return block.index
    return -1


def _above_letterhead(document: Document, block: Block) -> bool:
    """Whether a block stands above a letterhead further down: it is of another paper, or of a page torn apart."""
    return any(below.kind == "motto" for below in document.blocks[block.index + 1 :])


def _opener(document: Document, block: Block) -> Block | None:
    """The paragraph that opens a list though a stray dash ends it: ``xác định mục tiêu trọng tâm là: -``."""
    index = block.index
    while index > 0 and document.blocks[index].marker == block.marker:
        index -= 1
    above = document.blocks[index]
    return above if above.marker is None and document.text[above.start : above.end].endswith(": -") else None


#: Years in a head, which may label what is wanted then: ``Nhiệm vụ năm 2026:``, ``Học kỳ II:``.
_YEARS = re.compile(r"(?<!\d)20\d\d(?: ?- ?20\d\d)?(?!\d)")
_YEAR_HEAD = re.compile(r"(?:sang )?năm(?: học)? (?P<year>20\d\d)(?: ?- ?20\d\d)?(?=[:,])")
_BY_THEN = re.compile(r"\W*(?:tính )?đến (?:hết |cuối )?(?:tháng \d+[/ -])?(?:năm(?: học)? )?(?P<year>20\d\d)[, ]")
_AT_LEAST = re.compile(r"(?<!\w)(?:ít nhất|tối thiểu)(?: là)? ?$")
_UPWARDS = re.compile(r" ?%[^,;.\d]{0,40} trở lên(?!\w)|[^%,;.\d]{0,40} trở lên(?!\w)")
_RULE = re.compile(r"(?<!\w)(?:điều kiện|tiêu chuẩn|xếp loại|xét|đối với|trường hợp|được cử)(?!\w)")
_SCHOOL_YEAR = re.compile(r"20\d\d-20\d\d")
