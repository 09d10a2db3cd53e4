"""Bodies that hold a title as the subject or the label of what is told: ``Nhà trường vinh dự được tặng …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.names import find_names
from extractors.awards.context import Context
from extractors.awards.holders import title_award
from schemas.records import Award

_CONFERRED = re.compile(
    r"(?<!\w)(?:được|tặng|tặng thưởng|trao|trao tặng|đón nhận|nhận|vinh dự|phong tặng|công nhận"
    r"|đạt|đạt danh hiệu|xếp loại|xếp)(?!\w)"
)
_UNIT = re.compile(
    r"(?<!\w)(?:nhà trường|trường|chi bộ|đảng bộ|công đoàn|liên đội|đoàn trường|đoàn thanh niên"
    r"|chi đoàn|thư viện|chi hội|hội chữ thập đỏ|phòng gd&đt|phòng giáo dục và đào tạo|tập thể|đơn vị"
    r"|hội(?! nghị| đồng| thi)|ngành"
    r"|trung tâm|tổ(?! chức))"
    r"(?: (?!vinh|đã|được|đạt|luôn|tiếp|liên|nhiều|đón|nhận|hoàn|xếp"
    r"|và|\d+(?:/\d+)? (?:năm|lần))[^\s,;:.()]+){0,7}(?= (?:vinh|đã|được|đạt|luôn|tiếp|liên|đón|nhận|hoàn|xếp|nhiều năm"
    r"|\d+(?:/\d+)? (?:năm|lần))| (?:có \d{1,4} (?:đoàn|đảng|hội|đội) viên,|\(\d{1,4} (?:đoàn|đảng|hội|đội) viên\)) )"
)
_MANY = re.compile(
    r"(?<!\w)(?:nhiều(?! năm| lần| phần thưởng| danh hiệu| thành tích)|các|những|một số|một vài|vài|mọi|toàn thể"
    r"|hầu hết|đa số|mỗi)(?!\w)"
)


#: What a body gives, others get.
_GAVE = re.compile(
    r" (?:đã |cũng |còn |quyết định )*(?:trao|tặng|khen thưởng|tuyên dương|biểu dương|khen tặng)"
    r"(?: (?:tặng|thưởng|và))*(?:,? \w+){0,4} ?$"
)
#: A number that counts bodies, no year: ``năm 2019 trường được tặng …``.
_A_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d )\d{1,4} ?$")


def unit(context: Context, block: Block, term: Term, first: int, end: int) -> Iterator[Award]:
    """One body as the subject: ``Nhà trường vinh dự được tặng Huân chương Lao động hạng Ba``."""
    document = context.document
    lowered = document.lower
    own = lowered.rfind(";", first, term.start) + 1
    if labelled := _LABEL_UNIT.match(lowered, max(own, first), term.start) or _LABEL_UNIT.match(
        lowered, first, term.start
    ):
        yield _of_body(context, block, term, end, labelled.span("unit"))
        return
    clause = max(lowered.rfind(sign, first, term.start) for sign in ";:") + 1
    if clause > first and (opened := _CLAUSE_UNIT.match(lowered, clause, end)):
        yield _of_body(context, block, term, end, opened.span("unit"))
        return
    units = list(_UNIT.finditer(lowered, first, term.start + 1))
    if (
        not units
        or not _CONFERRED.search(lowered, units[-1].end(), end)
        or _MANY.search(lowered, max(first, units[-1].start() - 12), term.start)
    ):
        return
    unit = units[-1]
    if _GAVE.match(lowered, unit.end(), term.start):
        return  # ``nhà trường đã trao Giấy khen và phần thưởng cho học sinh``
    if len(units) > 1 and lowered[units[-2].end() : unit.start()].strip() == "được":
        unit = units[-2]  # "Chi bộ được Đảng bộ xã công nhận …"
    elif context.schools_in(unit.end(), term.start) or find_names(document, unit.end(), term.start):
        return
    if _A_NUMBER.search(document.text, max(first, unit.start() - 6), unit.start()):
        return
    if context.in_school(unit.start() - 1) or find_names(document, max(first, unit.start() - 60), unit.start()):
        return  # a word inside the name of a school, or the body at which a named person works
    yield _of_body(context, block, term, end, unit.span())


# ``…; Công đoàn vững mạnh xuất sắc, được … tặng bằng khen; Liên đội mạnh``: each clause has its own subject.
_CLAUSE_UNIT = re.compile(
    r" (?P<unit>công đoàn|liên đội|chi bộ(?: đảng)?|đảng bộ|đoàn trường|chi đoàn|đoàn thanh niên|thư viện)"
    r"(?: cơ sở)?(?= (?:đạt|được|liên|nhiều|mạnh|vững|xuất sắc|trong sạch|luôn|đón|nhận))"
)
# ``Tập thể nhà trường: Huân chương …; Bằng khen …``: a body as the label of what it got.
_LABEL_UNIT = re.compile(
    r"[\s*+•.-]*(?:(?:danh hiệu |thi đua |kết quả )?(?:tập thể|thi đua)[^:;.\d]{0,20}: )?"
    r"(?:(?:về|đối với|(?:xếp loại |đạt )?danh hiệu(?: của)?"
    r"|xếp loại) )?(?P<unit>(?:tập thể )?(?:nhà trường|trường|chi bộ|đảng bộ|công đoàn"
    r"|đoàn trường|đoàn thanh niên"
    r"|đoàn tncs|đoàn tn|chi đoàn|liên đội|thư viện|trung tâm|chi hội|hội)(?: (?!có|đã|được"
    r"|đạt)[^\s,;:.()\d]+){0,6}) ?:(?= )"
)


#: So many times that nobody counts: ``nhà trường nhiều lần được tặng Bằng khen``.
_OFTEN = re.compile(r"(?<!\w)nhiều lần(?!\w)")
_YEAR_BEHIND = re.compile(r"[”\" ]*\(?(?:năm(?: học)? )?(?P<year>(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?)(?![\d/])")


def _of_body(context: Context, block: Block, term: Term, end: int, body: tuple[int, int]) -> Award:
    """The award of a title that one body holds, with the period told right behind it."""
    document = context.document
    schools = context.schools_in(*body)
    called = document.lower[slice(*body)]
    update: dict[str, object] = {
        "recipient": document.value(*body),
        "recipient_kind": "school" if re.match(r"(?:tập thể )?(?:nhà )?trường", called) else "unit",
        "school": schools[0][2].name if schools else None,
        "confidence": 0.7,
    }
    count = None if _OFTEN.search(document.lower, body[1], term.start) else 1
    if year := _YEAR_BEHIND.match(document.lower, end, block.end):
        update["period"] = year["year"].replace(" ", "")
    return title_award(context, block, term, (term.start, end), end, count, None).model_copy(update=update)
