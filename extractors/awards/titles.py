"""Titles, orders and certificates: ``74/74 đạt GV dạy giỏi cấp huyện``, ``Bằng khen của UBND tỉnh``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.dates import find_dates
from extractors._shared.document import Block, Term
from extractors._shared.lexicon import entries
from extractors._shared.numbers import Number, find_numbers
from extractors.awards.context import Context, Winner
from schemas.records import Award

PACKAGE = "extractors.awards"
_NOUNS = r"(?:lượt )?(?:cá nhân|tập thể|đồng chí|đ/c|giáo viên|gv\w*|học sinh|hs|em|người|cán bộ|viên chức|cbql|thầy|cô|đơn vị|trường|chi bộ|liên đội|tổ|cháu|nhà giáo|lớp|cbgv\w*|đội viên|đoàn viên|đảng viên|công đoàn viên|gia đình|danh hiệu|nhà trường|công chức)"
_LINK = re.compile(
    rf"^ ?(?:{_NOUNS})?(?: \(?[^\d.;:%]{{0,60}}?)?(?:được|đạt|nhận|tặng|xếp|công nhận|là|danh hiệu|đón nhận|vinh dự|có|thưởng|trao)?[^\d.;:%]{{0,45}}$"
)
_AFTER = re.compile(
    rf"^(?P<gap>(?: ?(?:cấp|của|năm|năm học|cho|hạng|giai đoạn|lớp) ?[^\d.;:,()]{{0,40}}|(?: năm(?: học)?)? 20\d\d ?(?:-|–) ?20\d\d| năm 20\d\d)*?)[ :,(-]*(?:tổng số|có|đạt|là|gồm|cho|được)?[ :]*"
    rf"(?P<n>\d{{1,4}}(?:\.\d{{3}})*)(?: ?/ ?(?P<of>\d{{1,5}}))?(?! ?%|[,.]\d|[/\d])(?: (?P<noun>{_NOUNS}))?(?!\w)"
)
_MORE = re.compile(rf"^ ?(?:,|và|;|\+|&) ?(?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,5}}))?(?! ?%|[,.]\d|[/\d]) (?P<noun>{_NOUNS})(?!\w)")
_TRIED = re.compile(r" ?(?:\w+ ){0,2}(?:tham gia|dự thi|tham dự|đăng ký|dự|được chọn|bảo lưu)(?!\w)")
_PUPILS = re.compile(r"(?<!\w)(?:học sinh|hs|em|cháu|trẻ)(?!\w)")
_COUPLED = re.compile(r"(?P<n>\d{1,4}) tập thể(?:,| và) $")
_OTHER_LEVEL = re.compile(
    rf"^ ?[;,] ?(?:gvdg |hsg )?(?P<at>cấp (?:trường|xã|cụm|huyện|tỉnh|quốc gia|thành phố|quận)) ?:? ?(?:có )?(?P<n>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,5}}))?(?! ?%|[,.]\d|[/\d])(?: (?P<noun>{_NOUNS}))?"
)
_ATTAINED = re.compile(r"(?<!không )(?<!chưa )(?<!\w)(?:đạt|công nhận|kết quả đạt)(?: được| yêu cầu)? ?:? ?(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?! ?%|[,.]\d|[/\d]| giải)"
    r"|(?<![\w/.,])(?P<n2>\d{1,4}) ?/ ?(?P<of2>\d{1,4})(?: \w+){0,2} (?:được công nhận|đạt yêu cầu|đạt danh hiệu)")
_GRADE = re.compile(r"(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?: \w+){0,3}? (?:đạt |xếp )?loại (?P<grade>xuất sắc|giỏi|tốt|khá|đạt)(?!\w)")
_SUBJECT = re.compile(r"(?<!\w)(?:đạt|được|nhận|đón nhận|tặng|trao|xếp loại|công nhận|vinh dự|phong tặng)(?!\w)")
_GRADING_CUE = re.compile(r"(?:xếp loại|đánh giá|công nhận|đạt|mức|loại|danh hiệu|xếp|chất lượng|phân loại)[^.;:]{0,25}$")
_CONTEST_BEFORE = re.compile(r"(?:hội thi|cuộc thi|kỳ thi|thi|hội giảng|dự thi|tham gia thi)(?: (?:tuyển chọn|chọn))? $")
_GIVER = re.compile(r" của (?:[^\d.;:,()]|(?<=tp)\.){2,60}?(?=\s(?:cho|vì|về|năm|trao|tặng|do|trong|đã)\s|\svà (?:\d|bằng|giấy|cờ|huân|kỷ)|[.;:,()\n]|$| \d)")
_CLASS = re.compile(r" hạng (?:nhất|nhì|ba|i{1,3})(?!\w)")
_DEED = re.compile(r" (?:\"[^\"\n]{3,60}\"|“[^”\n]{3,60}”|vì sự nghiệp [^.;:,()\d]{3,30}?(?=\s(?:cho|của)|[.;:,()\n]|$))")
_LISTED = re.compile(r"^[”\"'’)]*[^.;:\d]{0,30}?(?:;|,|:|\()? ?(?:điển hình|tiêu biểu|gồm|cụ thể|đó là|trong đó có)?(?: là| như| có)?(?: các \w+)? ?:? ?")
_NONE_BEFORE = re.compile(r"(?:không|chưa|hội đồng|phong trào|tiêu chuẩn|quy chế|đăng ký|đề nghị|bồi dưỡng|phấn đấu)(?: \w+){0,3} $")
_KINDS = {"tập": "unit", "đơn": "unit", "chi": "unit", "liên": "unit", "tổ": "unit", "lớp": "unit", "trường": "school", "học": "student", "hs": "student", "em": "student", "cháu": "student", "đội": "student"}


def extract_titles(context: Context, block: Block) -> Iterator[Award]:
    """The titles of one block that somebody holds: counted, or with their holders named."""
    document = context.document
    terms = document.terms("title", block.body, block.end)
    for term in terms:
        if context.is_wish(block, term.start, term.end) or _NONE_BEFORE.search(document.lower, max(block.body, term.start - 30), term.start):
            continue
        yield from _title(context, block, term)


def _title(context: Context, block: Block, term: Term) -> Iterator[Award]:
    document = context.document
    entry = entries(PACKAGE, "title")[term.id]
    first, last = document.sentence_at(term.start)
    clause = max(first, document.text.rfind(";", first, term.start) + 1)
    end = extend(document.lower, term.end, last, giver="giver" in entry.attributes)
    before = _count_before(context, clause, term.start)
    after = list(_counts_after(document.lower, end, last))
    if "grading" in entry.attributes and before is None and not after and not _GRADING_CUE.search(document.lower, clause, term.start):
        return
    counted = [noun or "" for *_, noun in after] + ([document.lower[before.end : term.start]] if before else [])
    if "grading" in entry.attributes and any(_PUPILS.search(noun) for noun in counted):
        return  # the grades of pupils are statistics
    in_contest = _CONTEST_BEFORE.search(document.lower, max(first, term.start - 22), term.start)
    if before is not None and not in_contest:
        named = list(_listed_awards(context, block, term, end))
        if len(named) == before.value:
            yield from named
            return
        if coupled := _COUPLED.search(document.lower, max(clause, before.start - 22), before.start):
            yield _award(context, block, term, coupled.span(), end, int(coupled["n"]), None, "tập thể")
        yield _award(context, block, term, (before.start, end), end, int(before.value), _int(before.of))
        yield from _grades(context, block, term, end, last)
        return
    if after and not in_contest:
        for start, stop, count, of, noun in after:
            award = _award(context, block, term, (term.start, stop) if start == after[0][0] else (start, stop), end, count, of, noun)
            level = document.terms("level", start, stop)
            yield award.model_copy(update={"level": level[0].id}) if level else award
        return
    tail = document.lower.find(":", end, min(last, end + 30)) >= 0 or in_contest
    if tail and (match := _ATTAINED.search(document.lower, end, block.end)) and "giver" not in entry.attributes:
        out_of = match["of"] or match["of2"]
        of = int(out_of) if out_of else context.entrants(block, match.start())
        yield _award(context, block, term, (match.start(), match.end()), end, int(match["n"] or match["n2"]), of)
        yield from _grades(context, block, term, match.end(), block.end)
        return
    if not in_contest:
        bodies = list(_unit(context, block, term, first, end))
        within = bodies if bodies and bodies[0].recipient_kind == "unit" else []
        awards = within or list(_named(context, block, term, clause, end)) or bodies
        yield from awards or _achieved(context, block, term, end)


def _int(value: int | float | None) -> int | None:
    return None if value is None else int(value)


def extend(lowered: str, end: int, last: int, *, giver: bool) -> int:
    """The end of a title with its class, its deed and its giver."""
    for pattern in (_CLASS, _DEED, _GIVER) if giver else (_CLASS,):
        if match := pattern.match(lowered, end, last):
            end = match.end()
    return end


def _count_before(context: Context, clause: int, at: int) -> Number | None:
    """The number that counts the holders before a title: ``12 đồng chí đạt danh hiệu …``."""
    document = context.document
    numbers = [n for n in find_numbers(document.text, clause, at) if n.end <= at]
    if not numbers or numbers[-1].percent or isinstance(numbers[-1].value, float) or numbers[-1].value_to is not None:
        return None
    number = numbers[-1]
    between = document.lower[number.end : at]
    if number.value > 100000 or not _LINK.match(between) or document.terms("title", number.end, at):
        return None
    if document.lower[max(0, number.start - 4) : number.start].endswith(("năm ", "lớp ", "thứ ")) or between.startswith("-"):
        return None
    return number


def _counts_after(lowered: str, end: int, last: int) -> Iterator[tuple[int, int, int, int | None, str | None]]:
    """The counts behind a title: ``: 12 đồng chí``, ``cho 5 tập thể và 12 cá nhân``."""
    match = _AFTER.match(lowered[end:last])
    if match and _TRIED.match(lowered, end + match.end(), last):
        return
    direct = match and lowered[end : end + match.start("n")] == " " and lowered[end + match.end() : end + match.end() + 1] in (",", ";", ".", ")", "")
    if not match or (not match["noun"] and not direct and ":" not in lowered[end : end + match.start("n")] and not match["of"]):
        return
    position = end + match.end()
    yield end + match.start("n"), position, int(match["n"].replace(".", "")), int(match["of"]) if match["of"] else None, match["noun"]
    while more := _MORE.match(lowered[position:last]) or _OTHER_LEVEL.match(lowered[position:last]):
        yield position + more.start("at" if "at" in more.re.groupindex else "n"), position + more.end(), int(more["n"]), int(more["of"]) if more["of"] else None, more["noun"]
        position += more.end()


def _grades(context: Context, block: Block, term: Term, start: int, last: int) -> Iterator[Award]:
    """``Trong đó có 17/36 đạt loại Xuất sắc``: the grades of a title just counted."""
    document = context.document
    title = document.value(term.start, term.end)
    for match in _GRADE.finditer(document.lower, start, last):
        if document.terms("title", start, match.start()):
            return
        award = _award(context, block, term, (match.start(), match.end()), term.end, int(match["n"]), int(match["of"]) if match["of"] else None)
        yield award.model_copy(update={"title": f"{title} loại {document.value(match.start('grade'), match.end('grade'))}"})


def _named(context: Context, block: Block, term: Term, clause: int, end: int) -> Iterator[Award]:
    """Holders named before a title as the clause's subject, or listed behind it."""
    document = context.document
    verbs = list(_SUBJECT.finditer(document.lower, clause, term.start))
    winners: list[Winner] = []
    if verbs:
        items = [context.winner(a, b) for a, b in context.items(clause, verbs[0].start())]
        winners = [w for w in items if w]
    if not winners:
        winners = _listed(context, block, end)
    if not winners and document.text[block.start : block.end].rstrip().endswith(":"):
        for child in context.children(block):
            winners.extend(context.winners(child.body, document.head(child)[1])[:1])
    yield from held(context, block, term, end, winners)


def _listed(context: Context, block: Block, end: int) -> list[Winner]:
    """The holders listed behind a title: ``…: A, B``, ``… (A - Hiệu trưởng THCS X; B - …)``, ``… điển hình như C``."""
    document = context.document
    match = _LISTED.match(document.lower[end : block.end])
    if not match or not match.group(0).strip(" ”\"'’)"):
        return []
    start = end + match.end()
    closing = ")" if document.text[start - 1] == "(" or document.text[start : start + 1] == "(" else "."
    stop = document.text.find(closing, start + 1, block.end)
    return context.winners(start, stop if stop >= 0 else block.end) or context.given_names(start, stop if stop >= 0 else block.end)


def _listed_awards(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    yield from held(context, block, term, end, _listed(context, block, end))


def held(context: Context, block: Block, term: Term, end: int, winners: list[Winner]) -> Iterator[Award]:
    """One award for each holder."""
    document = context.document
    for winner in winners:
        award = _award(context, block, term, (winner.start, winner.end), end, 1, None)
        yield award.model_copy(
            update={
                "recipient": winner.person or winner.school_text,
                "recipient_kind": award.recipient_kind if winner.person else "school",
                "school": winner.school.name if winner.school else None,
                "evidence": (award.evidence[0], document.evidence(term.start, end)),
            }
        )


_ACHIEVEMENTS = re.compile(r"khen thưởng|thành tích|danh hiệu|phần thưởng|ghi nhận|được tặng|đạt được|truyền thống|tuyên dương|vinh danh")


def _achieved(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """An item of a list of achievements, once for each year it names: ``- Tập thể Lao động xuất sắc các năm học …``."""
    document = context.document
    if term.start > block.body + 12 or block.kind not in ("item", "heading", "paragraph"):
        return
    above = [document.lower[b.body : document.head(b)[1]] for b in document.ancestors(block)]
    neighbour = document.blocks[block.index - 1] if block.index else block
    if not any(_ACHIEVEMENTS.search(text) for text in [*above, document.lower[neighbour.body : neighbour.end]]):
        return
    years = [d.iso for d in find_dates(document.text, document.lower, end, block.end) if d.iso and d.kind in ("year", "school_year")]
    for year in years or [context.period]:
        award = _award(context, block, term, (block.body, block.end), end, 1, None)
        yield award.model_copy(update={"period": year, "recipient_kind": award.recipient_kind or "school", "confidence": 0.7})


_CONFERRED = re.compile(r"(?<!\w)(?:được|tặng|tặng thưởng|trao|trao tặng|đón nhận|nhận|vinh dự|phong tặng|công nhận|đạt|đạt danh hiệu|xếp loại|xếp)(?!\w)")
_UNIT = re.compile(
    r"(?<!\w)(?:nhà trường|trường|chi bộ|đảng bộ|công đoàn|liên đội|đoàn trường|chi đoàn|phòng gd&đt|phòng giáo dục và đào tạo|tập thể|đơn vị|hội|ngành|trung tâm|tổ)"
    r"(?: (?!vinh|đã|được|đạt|luôn|tiếp|liên|nhiều|đón|nhận|hoàn|xếp|và)[^\s,;:.()]+){0,7}(?= (?:vinh|đã|được|đạt|luôn|tiếp|liên|đón|nhận|hoàn|xếp))"
)
_MANY = re.compile(r"(?<!\w)(?:nhiều|các|những|một số|mọi|toàn thể|hầu hết|đa số|mỗi)(?!\w)")


def _unit(context: Context, block: Block, term: Term, first: int, end: int) -> Iterator[Award]:
    """One body as the subject: ``Nhà trường vinh dự được tặng Huân chương Lao động hạng Ba``."""
    document = context.document
    lowered = document.lower
    units = [m for m in _UNIT.finditer(lowered, first, term.start + 1)]
    if not units or not _CONFERRED.search(lowered, units[-1].end(), end) or _MANY.search(lowered, max(first, units[-1].start() - 12), term.start):
        return
    unit = units[-1]
    if document.text[max(first, unit.start() - 2) : unit.start()].strip().isdigit():
        return
    schools = context.schools_in(unit.start(), unit.end())
    award = _award(context, block, term, (term.start, end), end, 1, None)
    yield award.model_copy(
        update={
            "recipient": document.value(unit.start(), unit.end()),
            "recipient_kind": "school" if unit.group(0).startswith(("trường", "nhà trường")) else "unit",
            "school": schools[0][2].name if schools else None,
            "confidence": 0.7,
        }
    )


_GIVEN_BY = re.compile(
    r"(?:(?<!\w)(?:được|do) |^|[,;.:] ?)(?P<giver>(?:ubnd|chủ tịch|thủ tướng|bộ|sở|phòng|trung ương|tỉnh|huyện|ban|liên đoàn|hội|công đoàn|đảng|giám đốc|hđnd|bch|btv)[^,;.:()]{0,60}?) (?:đã |quyết định )?(?:trao |khen |thưởng |quyết định )*(?:tặng|trao|khen|cấp|công nhận)"
)


def _title_text(context: Context, term: Term, end: int) -> str:
    """A title with its giver: ``Bằng khen của UBND tỉnh`` for ``được UBND tỉnh tặng Bằng khen`` too."""
    document = context.document
    title = document.value(term.start, end)
    entry = entries(PACKAGE, "title")[term.id]
    if "giver" not in entry.attributes or entry.id == "huan_chuong" or " của " in title:
        return title
    first, _ = document.sentence_at(term.start)
    givers = list(_GIVEN_BY.finditer(document.lower[max(first, term.start - 110) : term.start]))
    if not givers:
        return title
    return f"{title} của {document.value(*(max(first, term.start - 110) + at for at in givers[-1].span('giver')))}"


def _award(
    context: Context,
    block: Block,
    term: Term,
    passage: tuple[int, int],
    end: int,
    count: int,
    of: int | None,
    noun: str | None = None,
) -> Award:
    document = context.document
    entry = entries(PACKAGE, "title")[term.id]
    kind = entry.attributes.get("kind") or (_KINDS.get(noun.split()[0]) if noun else None)
    return Award(
        report=context.report_id,
        evidence=(document.evidence(*passage),),
        confidence=0.85,
        kind="title",
        title=_title_text(context, term, end),
        level=entry.attributes.get("level") or context.level(block, term.start, end, None, within=",;"),  # type: ignore[arg-type]
        count=count,
        participants=of,
        recipient_kind=kind,  # type: ignore[arg-type]
        period=context.period,
    )
