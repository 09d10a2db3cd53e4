"""What looks like an award and is none: wishes, targets, rules, proposals, denials."""

from __future__ import annotations

import re
from functools import cached_property

from extractors._shared.document import Block, Document
from extractors._shared.scan import holds

#: A block under such a heading tells what is wanted, not what was obtained.
_AHEAD = re.compile(
    r"phương hướng|nhiệm vụ trọng tâm|mục tiêu|chỉ tiêu|kế hoạch|giải pháp|kiến nghị|đề xuất|đăng ký thi đua"
    r"|nhiệm vụ (?:và giải pháp|năm học|chủ yếu|học kỳ (?:ii|2))|cơ cấu giải|tiêu chuẩn|tiêu chí|phấn đấu"
)
_REVIEW = re.compile(
    r"kết quả|đánh giá|tổng kết|sơ kết|thành tích|ưu điểm|đã đạt|tình hình"
    r"|^(?:công tác |việc |về )?(?:tổ chức )?thực hiện (?:các )?(?:chỉ tiêu|nhiệm vụ|nội dung|mục tiêu)"
)
#: Wishes and rules: they hold to the end of the sentence, unless a result is told after them.
_WISH = re.compile(
    r"(?<!\w)(?:phấn đấu|chuẩn bị(?= (?:đón|được))|đề nghị(?! của)|đề xuất|chỉ tiêu|dự kiến|mục tiêu|cơ cấu giải"
    r"|mỗi (?:giải|bảng|khối|nội dung|môn|đơn vị)"
    r"|chúc(?! mừng| tết)|mong(?: muốn| ước| đợi| mỏi)?|(?:hy|hi) vọng|kỳ vọng|kì vọng|ước mơ|ước muốn"
    r"|quyết tâm(?= (?:đạt|giành|đoạt|có|đưa))"
    r"|trình(?= (?:cấp trên|cấp có|ubnd|chủ tịch|hội đồng|sở|phòng|lên)(?!\w))|đề cử|thang điểm"
    r"|giao ước|ít nhất|tối thiểu|trị giá|tiền thưởng|mức thưởng|xét tặng|sẽ|(?<!\d )tiêu chí"
    r"|nếu(?! (?:xét|tính|so|kể)(?!\w))|thể lệ|được xét(?! công nhận)"
    r"|(?<!đạt )yêu cầu)(?!\w)"
)
#: Weaker ones: a clause of its own that tells a result ends them as well.
_AIM = re.compile(
    # "có 22 đội đăng ký" tells who took part
    r"(?<!\w)(?:(?<!\d đội )(?<!\d thí sinh )(?<!\d vđv )đăng ký|nhằm|hướng tới|quy định|ưu tiên"
    r"|cần(?! (?:thơ|giuộc|đước|giờ|đăng|thạnh|kiệm)(?!\w))|để(?! trao giải))(?!\w)"
)
#: ``vượt qua 67 dự án để giành giải Nhất`` tells what came of it.
_OVERCAME = re.compile(r"(?<!\w)(?:vượt qua|vượt lên|đánh bại|chiến thắng|thắng|hạ gục|loại)(?!\w)[^.;]{0,60} $")
_OWN_CLAUSE = re.compile(r"[,:] (?:có|đã|đạt|kết quả|được|toàn|\d)")
_RESULT = re.compile(
    r"(?<!\w)(?:kết quả|(?:đã )?quyết định (?:trao|tặng)|đã (?:đạt|có|được|giành|đoạt)|vượt|đạt được|thực hiện được"
    r"|được công nhận|được tặng|vinh dự)(?!\w)"
)
#: A list that opens with one of them is about nothing else: ``Chỉ tiêu: GVDG cấp huyện: 5 đ/c; CSTĐ cơ sở: 4 đ/c``.
_OPENS_WISHED = re.compile(
    r"[\s*+•.-]*(?:(?:các|về|\w{1,2}[.)]) )?(?:chỉ tiêu|phấn đấu|mục tiêu|đăng ký|dự kiến|thể lệ|cơ cấu giải"
    r"|kế hoạch)(?!\w)"
)
_TOLD = re.compile(r"(?<!\w)(?:đã|kết quả|thực hiện|vượt|đạt được|thực đạt)(?!\w)")
_ASIDE = re.compile(r"\([^()]*\)")
_PAST_ASIDE = re.compile(r"\((?:năm (?:học )?(?:20\d\d|trước|ngoái)|lần trước|kỳ trước|nhiệm kỳ trước)(?!\w)[^()]*$")
#: What a plan tells of the year before.
_PAST = re.compile(
    r"(?<!\w)(?:năm (?:học )?(?:trước|vừa qua|qua)|đã (?:đạt|có|được)|kết quả (?:đạt|năm|thi)"
    r"|vừa qua|thực hiện năm|năm ngoái|tin vui|vui mừng báo)(?!\w)"
)
#: Denials hold for their own item only: ``không có giải Nhất, đạt 02 giải Nhì``.
_DENIAL = re.compile(r"(?<!\w)(?:không|chưa|chẳng)(?: \w+){0,3} $")
_NOT = ("không", "chưa")
_DENIED = re.compile(
    r"(?<!\w)(?:không (?:có|đạt|đoạt|giành)|chưa (?:có|đạt)|không còn)(?: (?!nhưng|song|mà)[^\s,;:.]+){0,8} ?$"
)


#: A sentence that takes apart what the one before it counts, and one that only proposes.
_OF_THESE = re.compile(r"\s*(?:trong đó|cụ thể|gồm)(?!\w)")
_PROPOSED = re.compile(r"(?<!\w)(?:đề nghị|đề xuất|trình)(?!\w)[^.]{0,120}(?:khen thưởng|tặng|công nhận)")


#: What opens a list of proposals: ``đã bỏ phiếu đề nghị tặng: …; …``, ``thống nhất đề nghị:`` over items.
_PROPOSES_LIST = re.compile(
    r"(?<!\w)(?:đề nghị(?! của)|đề xuất|trình (?:cấp|ubnd|chủ tịch|hội đồng|sở|phòng)|xét tặng)(?!\w)[^.;:\n]{0,140}:"
)


#: What a sentence among proposals tells of what was given already: ``Năm qua trường A còn được … tặng Cờ thi đua``.
_OF_THE_PAST = re.compile(
    r"(?<!\w)(?:(?:trong )?năm(?: học)? (?:qua|vừa qua|trước)|vừa qua|trước đó|(?:đã|còn|vừa) được)(?!\w)"
)


class Guards:
    """Tells, for one document, where an award is only wanted or denied."""

    def __init__(self, document: Document, *, plan: bool) -> None:
        self.document = document
        self._plan = plan
        self._ahead: dict[int | None, bool] = {}

    def is_ahead(self, block: Block) -> bool:
        """Whether the block stands under a heading about plans and targets."""
        if block.parent not in self._ahead:
            self._ahead[block.parent] = self._under_plan(block)
        return self._ahead[block.parent]

    def _under_plan(self, block: Block) -> bool:
        lowered = self.document.lower
        for above in self.document.ancestors(block):
            if above.kind != "heading" and above.marker is None:
                continue
            head = lowered[above.body : self.document.head(above)[1]]
            if _REVIEW.search(head):
                return False
            if (above.kind == "heading" and _AHEAD.search(head)) or _AHEAD.match(head):
                return True
        return self._plan and not self._told_first(block)

    def _told_first(self, block: Block) -> bool:
        """Whether a block of a plan stands before its first heading about what is wanted: it tells the year before."""
        return self._first_ahead is not None and block.index < self._first_ahead

    @cached_property
    def _first_ahead(self) -> int | None:
        lowered = self.document.lower
        for block in self.document.blocks:
            if block.kind in ("title", "cell") or (block.kind != "heading" and block.marker is None):
                continue
            if _AHEAD.search(lowered, block.body, min(self.document.head(block)[1], block.body + 80)):
                return block.index
        return None

    def _proposes(self, block: Block, position: int) -> bool:
        """Whether the sentence before a position of a block only proposes honours."""
        end = len(self.document.text[block.body : position].rstrip()) + block.body
        first = max(self.document.sentence_at(end - 1)[0], block.body)
        return _PROPOSED.search(self.document.lower, first, end) is not None

    def _in_proposals(self, block: Block, sentence: int, first: int, start: int) -> bool:
        """Whether a position stands in a list that its sentence or the line above it opens as one of proposals."""
        lowered = self.document.lower
        if first > sentence and (opening := _PROPOSES_LIST.search(lowered, sentence, first)):
            return _RESULT.search(lowered, opening.end(), start) is None
        # "Đề nghị công nhận: Tập thể LĐXS: A, B. CSTĐ cấp tỉnh: cô C.": the block goes on proposing
        if sentence > block.body and (opening := _PROPOSES_LIST.match(lowered, block.body, sentence)):
            return _RESULT.search(lowered, opening.end(), start) is None
        if _OF_THE_PAST.search(lowered, sentence, start):
            return False
        for above in self.document.ancestors(block):
            if not lowered[above.body : above.end].rstrip().endswith(":"):
                continue
            opened = max(self.document.sentence_at(above.end - 1)[0], above.body)
            if _PROPOSES_LIST.search(lowered, opened, above.end):
                return True
        return False

    def _told_after(self, wished: int, at: int) -> bool:
        """Whether a result is told between a wish and a position: no mere ``được tặng`` that the wish goes on with."""
        lowered = self.document.lower
        result = _RESULT.search(lowered, wished, at)
        goes_on = result is not None and result.group(0).startswith(("được", "vinh"))
        return result is not None and not (goes_on and not lowered[wished : result.start()].strip(' "“'))

    def is_wish(self, block: Block, start: int, end: int) -> bool:
        """Whether the clause around a range says wish, target, rule or denial."""
        lowered = self.document.lower
        prose = self._plan or (block.kind == "paragraph" and block.marker is None)
        if self.is_ahead(block) and not (prose and _PAST.search(lowered, block.body, start)):
            return True
        sentence = max(self.document.sentence_at(start)[0], block.start)
        # "… thống nhất đề nghị khen thưởng 22 tập thể. Trong đó, có 5 tập thể nhận Bằng khen …"
        if sentence > block.body and _OF_THESE.match(lowered, sentence) and self._proposes(block, sentence):
            return True
        first = max(sentence, lowered.rfind(";", block.start, start))
        if self._in_proposals(block, sentence, first, start):
            return True
        denied = holds(_NOT, lowered, first, start) and _DENIED.search(lowered, first, start)
        if denied or _DENIAL.search(lowered, max(first, start - 25), start):
            return True
        if lowered.find("(", first, start) >= 0 and _PAST_ASIDE.search(lowered, first, start):
            return False  # "phấn đấu đạt 15 HCV (năm 2004 huyện đạt 9 HCV"
        aside = list(_ASIDE.finditer(lowered, first, start))
        wishes = [
            m for m in _WISH.finditer(lowered, first, start) if not any(a.start() < m.start() < a.end() for a in aside)
        ]
        if wishes:
            return not self._told_after(wishes[-1].end(), start)
        if first > sentence and _OPENS_WISHED.match(lowered, sentence, first):
            return not _TOLD.search(lowered, sentence, start)
        aims = [m for m in _AIM.finditer(lowered, first, start) if not _OVERCAME.search(lowered, first, m.start())]
        if aims:
            told = lowered[aims[-1].end() : start + 5]
            return not _RESULT.search(told) and not _OWN_CLAUSE.search(told)
        return False
