"""Bodies that hold a title as the subject or the label of what is told: ``Nhà trường vinh dự được tặng …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.names import find_names
from extractors.awards.context import Context
from extractors.awards.holders import title_award
from extractors.awards.title_names import entry_of
from schemas.records import Award

_CONFERRED = re.compile(
    r"(?<!\w)(?:được|tặng|tặng thưởng|trao|trao tặng|đón nhận|đón|nhận|vinh dự|phong tặng|công nhận"
    r"|đạt|đạt danh hiệu|xếp loại|xếp|đánh giá|suy tôn|bình chọn|vinh danh|khen tặng"
    r"|là(?= (?:tập thể|đơn vị|lá cờ|trường tiên|chi bộ|liên đội|công đoàn)))(?!\w)"
)
#: A title that a body has again, told of its year: ``Năm học 2020-2021 trường tiếp tục giữ vững danh hiệu …``.
_KEEPS = re.compile(
    r"(?<!\w)(?:năm(?: học)? (?:19|20)\d\d|\d năm|năm(?: học)? (?:qua|vừa qua)|nhiều năm|các năm|liên tục)(?!\w)"
    r"(?:(?!quyết tâm|(?<!\w)(?:sẽ|tới|phải|cần|để|nhằm)(?!\w))[^.;])*? (?:giữ vững|duy trì|giữ được|bảo vệ)"
    r"(?:,? (?:và|giữ vững|duy trì|thành công|được|tốt))* danh hiệu [“\"]?$"
)
_MEMBERS = r"\d{1,4} (?:(?:công )?(?:đoàn|đảng|hội|đội|thành) viên|đồng chí|đ/c|người|cán bộ|giáo viên|cbgv\w*)"
_UNIT = re.compile(
    r"(?<!\w)(?:nhà trường|trường|chi bộ|đảng bộ|công đoàn|cđcs(?= (?:được|đạt|vinh|luôn|nhiều|liên|xếp|đã|\d))"
    r"|cđ(?= trường| cơ sở)|liên đội|đoàn trường"
    r"|đoàn thanh niên"
    r"|đoàn tncs|cơ quan|chính quyền|chi đoàn|thư viện|chi hội|hội chữ thập đỏ|phòng gd&đt"
    r"|phòng giáo dục và đào tạo|tập thể|đơn vị"
    r"|(?<!đại )(?<!cơ )(?<!xã )hội(?! nghị| đồng| thi)|ngành"
    r"|(?<!của )(?<!trong )(?<!toàn )(?:sở|phòng|huyện|quận|xã|phường)"
    r"(?= (?:đã |vinh dự )*(?:được|đón nhận|nhận)(?!\w))"
    r"|trung tâm|tổ(?! chức)|(?:tập thể )?(?:lớp|chi đội)(?= \d{1,2}[a-zđ/]))"
    r"(?: (?!vinh|đã|được|đạt|luôn|tiếp|liên|nhiều|đón|nhận|hoàn|xếp|hiện|còn|giữ|với|gồm|là (?!\w+ học)|dẫn đầu"
    r"|đứng đầu"
    r"|có \d|và|\d+(?:/\d+)? (?:năm|lần))[^\s,;:.()]+){0,7}"
    r"(?= (?:vinh|đã|được|đạt|luôn|tiếp|liên|đón|nhận|hoàn|xếp|còn|giữ|nhiều năm"
    # what it is: the search ends behind the first letter of the title
    r"|\d+(?:/\d+)? (?:năm|lần)|là (?:[^\W\d_]$|tập thể lao|lá cờ))"
    # its members: "Công đoàn có 24 đoàn viên, …", "Chi bộ (17 đảng viên) …"
    # what else is said of it first: "Phòng GD&ĐT dẫn đầu khối các phòng, được UBND tỉnh tặng …"
    r"|(?P<said> (?:là|dẫn đầu|đứng đầu|hoàn thành|thực hiện|làm) [^.;:]{3,90}?,(?: (?:nên|và|vì vậy|do đó))*)"
    r" (?:được|vinh dự|đạt danh hiệu|đón nhận|nhận|5 năm|nhiều năm|liên tục)(?!\w)"
    rf"| (?:hiện |đang |nay )*(?:có|gồm|gồm có|với)(?: tổng số)? {_MEMBERS}[^.;:,]{{0,30}},| \({_MEMBERS}[^()]*\) )"
)
_MANY = re.compile(
    r"(?<!\w)(?:nhiều(?! năm| lần| phần thưởng| danh hiệu| thành tích| bằng khen| huân chương| giấy khen)"
    r"|các(?! cấp| ngành| năm| danh hiệu| phần thưởng)|những(?! danh hiệu| phần thưởng| năm)"
    r"|một số|một vài|vài|mọi|toàn thể|hầu hết|đa số|mỗi)(?!\w)"
)


#: What a body gives, others get.
_GAVE = re.compile(
    r" (?:đã |cũng |còn |quyết định )*(?:trao|tặng|khen thưởng|tuyên dương|biểu dương|khen tặng)"
    r"(?: (?:tặng|thưởng|và))*(?:,? \w+){0,4} ?$"
)
#: A number that counts bodies, no year: ``năm 2019 trường được tặng …``.
_A_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d )\d{1,4} ?$")


#: The body that another one grades, right before the title: ``Đảng bộ huyện công nhận chi bộ hoàn thành …``.
_RECOGNISED = re.compile(
    r"(?<!được )(?<!\w)(?:công nhận|xếp loại|đánh giá|suy tôn)(?: cho| tập thể)? "
    r"(?P<unit>(?:chi bộ|đảng bộ|công đoàn|liên đội"
    r"|đoàn trường|chi đoàn|nhà trường)(?: (?!đạt|là|được)[^\s,;:.()\d]+){0,6}?)(?: (?:đạt|là|danh hiệu))* [\"“]?$"
)


#: What a body is given behind the comma of what else is said of it: ``Trường xếp hạng Nhất …, được tặng …``.
_GIVEN_THEN = re.compile(r",(?: (?:đã|và|cũng|nên))* (?:được|vinh dự|đón nhận|nhận|đạt danh hiệu)(?!\w)")


#: Who the body is of which a sentence speaks: ``Đơn vị duy nhất được tặng Cờ thi đua năm 2018 là Trường A``.
_IS_BEHIND = re.compile(
    r"[”\"]?(?: (?:trong )?năm(?: học)? [\d -]{4,11})?(?: [^.;:,\d]{2,30})? là (?=trường|thcs|thpt|th|mn)"
)


def _conferral(lowered: str, unit: re.Match[str], at: int) -> int:
    """Where the clause begins that tells what a body got: behind what else is said of it."""
    start = unit.end("said") if unit["said"] else unit.end()
    given = list(_GIVEN_THEN.finditer(lowered, start, at))
    return given[-1].start() if given else start


def unit(context: Context, block: Block, term: Term, first: int, end: int) -> Iterator[Award]:
    """One body as the subject: ``Nhà trường vinh dự được tặng Huân chương Lao động hạng Ba``."""
    document = context.document
    lowered = document.lower
    own = lowered.rfind(";", first, term.start) + 1
    if labelled := _LABEL_UNIT.match(lowered, max(own, first), term.start) or _LABEL_UNIT.match(
        lowered, first, term.start
    ):
        inner = [m for m in _UNIT.finditer(lowered, labelled.end(), term.start + 1) if m["said"] is None]
        body = inner[-1].span() if inner and not lowered[labelled.end() : inner[-1].start()].strip() else None
        yield of_body(context, block, term, end, body or labelled.span("unit"))
        return
    if recognised := _RECOGNISED.search(lowered, first, term.start):
        yield of_body(context, block, term, end, recognised.span("unit"))
        return
    clause = max(lowered.rfind(sign, first, term.start) for sign in ";:") + 1
    if clause > first and (opened := _CLAUSE_UNIT.match(lowered, clause, end)):
        yield of_body(context, block, term, end, opened.span("unit"))
        return
    units = list(_UNIT.finditer(lowered, first, term.start + 1))
    if (
        not units
        or not (_CONFERRED.search(lowered, units[-1].end(), end) or _KEEPS.search(lowered, first, term.start))
        or _MANY.search(lowered, max(first, units[-1].start() - 12), units[-1].end())
        or _MANY.search(lowered, _conferral(lowered, units[-1], term.start), term.start)
    ):
        return
    told = next((u for u in units if u["said"] and u.end("said") > units[-1].start()), None)
    unit = told or units[-1]  # "Phòng GD&ĐT là đơn vị dẫn đầu khối, được UBND tỉnh tặng …"
    if lowered.endswith(" là ", first, unit.start()) and context.schools_in(first, unit.start()):
        return  # "Trường A là tập thể được tặng Bằng khen": the school by its name holds it
    if _GAVE.match(lowered, unit.end(), term.start):
        return  # ``nhà trường đã trao Giấy khen và phần thưởng cho học sinh``
    if len(units) > 1 and lowered[units[-2].end() : unit.start()].strip() == "được":
        unit = units[-2]  # "Chi bộ được Đảng bộ xã công nhận …"
    elif context.schools_in(unit.end(), term.start) or find_names(document, unit.end(), term.start):
        return
    if _A_NUMBER.search(document.text, max(first, unit.start() - 6), unit.start()):
        return
    behind = _IS_BEHIND.match(lowered, end, block.end)
    schools = context.schools_in(behind.end(), block.end) if behind else []
    if behind and schools and schools[0][0] <= behind.end() + len("trường "):
        yield of_body(context, block, term, end, schools[0][:2])
        return
    if context.in_school(unit.start() - 1) or find_names(document, max(first, unit.start() - 60), unit.start()):
        return  # a word inside the name of a school, or the body at which a named person works
    yield from (of_body(context, block, term, end, body) for body in _named_along(lowered, first, unit.start()))
    yield of_body(context, block, term, end, unit.span())


#: Bodies named before the last of those that share a title: ``Tổ Toán - Tin, tổ Hóa và tổ Văn - Sử được công nhận …``.
_ONE_BODY = (
    r"(?:tổ|lớp|chi đoàn|chi đội|liên đội|công đoàn) "
    r"(?:(?!(?:được|đạt|nhận|công nhận|có|luôn|đã)(?!\w))[^,;.:()\d]){2,40}?"
)
_ALONG = re.compile(rf"(?:^|[.;:,] )(?P<bodies>{_ONE_BODY}(?:, {_ONE_BODY})*)(?: và |, )$")


def _named_along(lowered: str, first: int, at: int) -> Iterator[tuple[int, int]]:
    """The ranges of the bodies that stand in one list with the one that begins at a position."""
    if (match := _ALONG.search(lowered[first:at])) is None:
        return
    position = first + match.start("bodies")
    for body in match["bodies"].split(", "):
        yield position, position + len(body)
        position += len(body) + len(", ")


# ``…; Công đoàn vững mạnh xuất sắc, được … tặng bằng khen; Liên đội mạnh``: each clause has its own subject.
_CLAUSE_UNIT = re.compile(
    r" (?P<unit>chính quyền|công đoàn|liên đội|chi bộ(?: đảng)?|đảng bộ|đoàn trường|chi đoàn|đoàn thanh niên|thư viện)"
    r"(?: cơ sở)?(?= (?:đạt|được|liên|nhiều|mạnh|vững|xuất sắc|trong sạch|luôn|đón|nhận))"
)
# ``Tập thể nhà trường: Huân chương …; Bằng khen …``: a body as the label of what it got.
_LABEL_UNIT = re.compile(
    r"[\s*+•.-]*(?:(?:danh hiệu |thi đua |kết quả )?(?:tập thể|thi đua)[^:;.\d]{0,20}: )?"
    r"(?:(?:về|đối với|(?:xếp loại |đạt )?danh hiệu(?: của)?"
    r"|xếp loại) )?(?P<unit>(?:tập thể )?(?:nhà trường|trường|chi bộ|đảng bộ|công đoàn"
    r"|đoàn trường|đoàn thanh niên"
    r"|đoàn tncs|đoàn tn|chi đoàn|liên đội|thư viện|trung tâm|chi hội|hội)(?: (?!có|đã|được"
    r"|đạt)[^\s,;:.()\d]+){0,6}(?: \d{1,2})?) ?:(?= )"
)


#: So many times that nobody counts: ``nhà trường nhiều lần được tặng Bằng khen``.
_OFTEN = re.compile(r"(?<!\w)nhiều lần(?!\w)")
#: How many years running, behind the title: ``Tổ lao động xuất sắc 2 năm liên tục``.
_YEARS_RUNNING = re.compile(r"[”\"]?,? (?:trong |suốt )?(?P<n>\d{1,2}) năm (?:học )?(?:liền|liên tục|liên tiếp)(?!\w)")
_YEAR_BEHIND = re.compile(
    r"[”\" ]*\(?(?:, )?(?:(?:đón nhận|nhận|trao tặng|được tặng) )?(?:vào )?(?:năm(?: học)? )?(?P<year>(?:19"
    r"|20)\d\d(?: ?- ?(?:19|20)\d\d)?)(?![\d/])"
)


def of_body(context: Context, block: Block, term: Term, end: int, body: tuple[int, int]) -> Award:
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
    # behind a certificate they tell what it was given for
    years = None if "giver" in entry_of(term).attributes else _YEARS_RUNNING.match(document.lower, end)
    often = _OFTEN.search(document.lower, body[1], term.start) is not None
    count = None if often else int(years["n"]) if years else 1
    if year := _YEAR_BEHIND.match(document.lower, end, block.end):
        update["period"] = year["year"].replace(" ", "")
    return title_award(context, block, term, (term.start, end), end, count, None).model_copy(update=update)
