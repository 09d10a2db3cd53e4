"""Which team, work or school is the subject of a sentence that tells prizes or a rank."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.scan import Words, matches_from, places_of, words_in
from extractors.awards.context import Context
from extractors.awards.verbs import WIN
from schemas.records import School

# A team as the subject: ``đội bóng chuyền nam giành``, ``đoàn Yên Trạch xếp``.
TEAM_SUBJECT = re.compile(
    r"(?<!toàn )(?<!công )(?<!chi )(?<!liên )(?<!các )(?<!\w)(?:đội tuyển|đội|đoàn|công đoàn|tốp ca|tiết mục"
    r"|liên quân|nhóm(?= (?:học sinh|hs|bé|trẻ|lớp))|câu lạc bộ|clb)(?! viên| ngũ| thi| tncs"
    r"| tntp)(?: (?!đạt|đoạt|có|được|đã|giành|dành|xếp|với|vinh dự|xuất sắc|nhận(?!\w)|\d)[^\s,;:.()]+){0,8}"
    r"(?: \d{1,2}(?:[a-eđ]\d{0,2}|/\d{1,2})?)?"
    rf"(?= (?:đã |xuất sắc |vinh dự |vươn lên )*(?:{WIN}|nhận|được|xếp|đứng|có|thiết lập|dẫn đầu|tiếp tục"
    r"|vô địch|về|mang về|á quân|giải|huy chương|hc[vbđ]|(?:đồng )?hạng (?:nhất|nhì|ba)|(?:nhất|nhì"
    r"|ba) (?:toàn đoàn|đồng đội))(?!\w))"
)
_TEAM_AT = Words(words_in("đội|đoàn|công đoàn|tốp ca|tiết mục|liên quân|nhóm|câu lạc bộ|clb"))
# A work as the subject: ``dự án “…” giải Nhất``.
_WORK = re.compile(
    r"(?:dự án|sản phẩm|đề tài|mô hình|tiết mục|tác phẩm|ý tưởng|giải pháp|bài viết) [\"“][^\"”\n]{2,80}[\"”]"
    rf"(?= (?:của [^,;.]{{2,60}} )?(?:đã |xuất sắc )*(?:{WIN}|được|giải|có))"
)
# Whose pupils won: the words right before the school that a sentence is about.
_OF = re.compile(
    r"(?:đội tuyển(?: học sinh giỏi| hsg)?|đội|học sinh|hs|các em|em|thí sinh|giáo viên|gv|tập thể|thầy và trò"
    r"|thầy trò|thầy, trò"
    r"|của)(?: của)? (?:trường )?$"
)
# The school that a sentence opens with and says its result of: ``Trường A là đơn vị dẫn đầu với 35 giải``.
_LEADS = re.compile(
    r" (?:[^,;.:()]{0,60} )?(?:là (?:trường|đơn vị)|dẫn đầu|đứng đầu|đứng thứ|xếp|tiếp tục|có|đạt|giành|đoạt|với)"
    r"(?!\w)[^;.]{0,120}$"
    r"| (?:không ngừng|luôn|đã|tiếp tục|ngày càng|liên tục|nhiều năm)(?!\w)[^;.]{0,240}(?<!\w)(?:với|đạt|đoạt|giành|có)"
    r"(?!\w)[^;.]{0,60}$"
)
_OPENS = re.compile(
    r"(?:(?:trong đó|riêng|đặc biệt|nổi bật|cụ thể|tiêu biểu)(?: là| có)?,? |"
    r"(?:về|trong|tại|ở|qua|sau|với|riêng) [^,;:.]{2,60}, )?(?:trường )?$"
)
# ``Với 53 giải, Trường A trở thành …``.
_WITH = re.compile(
    r"(?:với|bằng|giành|đạt)(?: được)? (?:tổng số |tổng cộng )?"
    r"(?:\d{1,3} (?:giải|huy chương|hc)[^,;.:\d]{0,30}(?:, | và ))*$"
)
_SPAN = 220
_AHEAD = 18
#: How far into a paragraph the school may stand that opens it.
_OPENING = 25


def _teams(context: Context, start: int, end: int) -> list[re.Match[str]]:
    """The teams of a range that are subjects, in order."""
    lowered = context.document.lower
    return matches_from(TEAM_SUBJECT, places_of(_TEAM_AT, lowered, start, end), lowered, start, end)


def squad(context: Context, block: Block, at: int) -> re.Match[str] | None:
    """The team or the work that is the subject right before a prize: ``đội tuyển huyện đạt giải Ba toàn đoàn``."""
    seen = min(at + _AHEAD, block.end)  # the pattern looks ahead to what the team won
    first = max(block.body, context.document.text.rfind(";", block.body, at) + 1)
    squads = [m for m in _teams(context, max(first, at - 60), seen) if m.end() <= at]
    squads = squads or _goes_on(context, first, at)
    squads = squads or [m for m in _WORK.finditer(context.document.lower, max(first, at - 160), seen) if m.end() <= at]
    return squads[-1] if squads and _only_prizes(context, squads[-1].end(), at) else None


#: Between the prizes of one team: ``giành giải Nhất toàn đoàn với 9 HCV, 7 HCB và 4 HCĐ``.
_BETWEEN = re.compile(r"(?:[ ,]|(?<!\w)(?:toàn đoàn|đồng đội|với|gồm|cùng|và|trong đó|có)(?!\w))*")


def _goes_on(context: Context, first: int, at: int) -> list[re.Match[str]]:
    """The team that won the prizes told before one in its sentence."""
    first = max(first, context.document.sentence_at(at)[0])
    return [m for m in _teams(context, first, at) if m.end() <= at and context.atoms(m.end(), at)]


def _only_prizes(context: Context, start: int, at: int) -> bool:
    """Whether nothing but its prizes stands between a team and one of them."""
    atoms = context.atoms(start, at)
    starts = [*(one.start for one in atoms[1:]), at]
    gaps = zip((one.end for one in atoms), starts, strict=False)
    return all(_BETWEEN.fullmatch(context.document.lower, end, begin) is not None for end, begin in gaps)


# ``3 đội tuyển xếp thứ nhất: Toán, Hóa và Ngữ văn``.
_SQUADS = re.compile(r"(?<![\w/.,])(?P<n>\d{1,2}) đội tuyển (?:đã |cùng |đều |cùng đều )*$")
_SUBJECTS = re.compile(r"(?: toàn \w+| tỉnh| huyện)?(?: ?:| là| gồm| \() ?(?P<names>[^.;:()\n]+)")
_PARTS = re.compile(r", và |, | và ")


def listed_squads(context: Context, start: int, end: int) -> list[dict[str, object]]:
    """The recipients of a rank that so many teams took, each with its passage; [] where they are not all named."""
    document = context.document
    counted = _SQUADS.search(document.lower, max(0, start - 30), start)
    listed = _SUBJECTS.match(document.lower, end) if counted else None
    if counted is None or listed is None:
        return []
    first, last = listed.span("names")
    gaps = [match.span() for match in _PARTS.finditer(document.lower, first, last)]
    spans = list(zip([first, *(b for _, b in gaps)], [*(a for a, _ in gaps), last], strict=True))
    if len(spans) != int(counted["n"]):
        return []
    told = document.evidence(start, end)
    return [
        {
            "recipient": f"đội tuyển {document.value(*span)}",
            "recipient_kind": "team",
            "school": None,
            "evidence": (document.evidence(*span), told),
        }
        for span in spans
    ]


def delegation(context: Context, at: int) -> re.Match[str] | None:
    """The team with a name that is the subject of a sentence: ``đoàn A đạt 3 HCV, 5 HCB và xếp thứ 9``."""
    document = context.document
    first, _ = document.sentence_at(at)
    first = max(first, document.text.rfind(";", first, at) + 1)
    teams = [m for m in _teams(context, first, at + _AHEAD) if m.end() <= at]
    named = [m for m in teams if re.search(r"[^\W\d_]*[A-ZĐ]", document.text[m.start() + 1 : m.end()])]
    return named[-1] if named else None


def school_of(context: Context, team: re.Match[str]) -> str | None:
    """The school whose team it is: ``Đội tuyển học sinh giỏi Trường THPT A``."""
    schools = context.schools_in(team.start(), team.end() + 1)
    return schools[0][2].name if schools else None


def own_school(context: Context, at: int) -> School | None:
    """The one school whose pupils, teachers or team a sentence is about: ``Đội tuyển Trường A đoạt 31 giải``."""
    document = context.document
    first, _ = document.sentence_at(at)
    first = max(first, document.text.rfind(";", first, at) + 1, at - _SPAN)
    schools = context.schools_in(first, at)
    if len({school.name for _, _, school in schools}) == 1:
        start, _, school = schools[0]
        if _OF.search(document.lower, max(first, start - 40), start):
            return school
        opens = _OPENS.fullmatch(document.lower[first:start].lstrip()) is not None
        if opens and _LEADS.fullmatch(document.lower, schools[0][1], at):
            return school
    return _opening_school(context, at) or _following_school(context, at)


#: Further prizes of a list that opens a sentence, and what stands before the school whose they are.
_MORE_PRIZES = re.compile(r"(?:, (?:và )?\d{1,3} (?:giải|huy chương|hc)[^,;.:]{0,30}(?: và \d{1,3} [^,;.:]{2,25})?)+, ")
_THEIRS = re.compile(
    r", (?:(?:đoàn|đội|đội tuyển|tập thể|đoàn học sinh|học sinh|các em|thầy và trò|thầy trò|thầy cô|đơn vị|của"
    r"|các em học sinh|đoàn vận động viên|đoàn vđv) )*(?:trường )?"
)


def _following_school(context: Context, at: int) -> School | None:
    """The school behind the comma of a count that opens its sentence: ``Với 53 giải, Trường A …``."""
    document = context.document
    first, last = document.sentence_at(at)
    if not _WITH.fullmatch(document.lower[first:at].lstrip()):
        return None
    schools = context.schools_in(at, last)
    comma = document.text.find(", ", at, last)
    while comma >= 0 and (prizes := _MORE_PRIZES.match(document.lower, comma, last)):
        comma = prizes.end() - len(", ")  # "Với 5 giải Nhất, 7 giải Nhì, Trường A …"
    opens = schools and comma >= 0 and _THEIRS.fullmatch(document.lower, comma, schools[0][0])
    return schools[0][2] if opens else None


def _opening_school(context: Context, at: int) -> School | None:
    """The one school of a paragraph that opens it, or of the heading right above: what is counted there is its own."""
    document = context.document
    block = document.block_at(at)
    own = context.schools_in(block.body, block.end)
    if own:
        opens = own[0][0] - block.body <= _OPENING and len({school.name for _, _, school in own}) == 1
        opens = opens and document.text[own[0][0] - 1] != "("  # "nhất Vũ Thị A (TH B), 2 nhì": where she is from
        return own[0][2] if opens and own[0][0] < at else None
    above = next(iter(document.ancestors(block)), None)
    if above is None or above.kind != "heading":
        return None
    heads = context.schools_in(above.body, document.head(above)[1])
    return heads[0][2] if len(heads) == 1 and heads[0][0] - above.body <= _OPENING else None
