"""Titles in lists of achievements: an item a title, held by the school or body that the list is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.dates import find_dates
from extractors._shared.document import Block, Term
from extractors.awards.context import Context
from extractors.awards.givers import giver
from extractors.awards.holders import title_award
from extractors.awards.home import held_at_home, home_school
from extractors.awards.title_names import entry_of, extend
from schemas.records import Award

_ACHIEVEMENTS = re.compile(
    r"khen thưởng|thành tích|danh hiệu|phần thưởng|ghi nhận|được tặng|đạt được|truyền thống"
    r"|tuyên dương|vinh danh|thi đua|kết quả|dấu ấn|bảng vàng|cột mốc"
)
# What may stand before a title in a list of achievements: a year, a verb, the word for a title.
_OPENING = re.compile(
    r"(?:(?:\w{1,2}[./)] ?)?(?:về )?(?:tập thể|nhà trường|trường|đơn vị) ?: (?:[+*-] ?)?)?"
    r"(?:[^\n]{0,6}?(?:năm(?: học)?|từ năm|giai đoạn)? ?(?:19|20)\d\d"
    r"(?:(?: ?[-/] ?| đến(?: năm| nay)? ?)(?:(?:19|20)?\d\d)?)? ?[:,)|-]* ?)?"
    r"(?:(?:và|là|có|đã|được tặng(?: thưởng)?|được trao(?: tặng)?|được|nhận|đón nhận|đón|vinh dự"
    r"|danh hiệu|đạt|nhà trường|trường|tập thể|đơn vị|công nhận"
    r"|xếp loại|liên tục|nhiều năm liền|nhiều năm liên tục|chi bộ|đảng bộ|công đoàn|liên đội|đoàn trường) )*[\"“(]?"
)
# What may stand behind it: its level, years, signs, nothing else.
_OF = re.compile(r"^[”\"]? (?:cấp|của) [^,;:.()\d]{2,40}?(?= năm|[,;:.(]| \d|$)")
_YEARS = re.compile(
    r"(?<!\w)(?:năm học|năm|các|liên tục|liền|nhiều|giai đoạn|từ|đến|lần|liên tiếp|và|được|nhận|đạt|danh hiệu"
    r"|tặng|ubnd \w+|(?:tỉnh|huyện|sở [^\W\d_]+(?: [^\W\d_]+)?|phòng [^\W\d_]+|ngành) (?:khen|tặng|thưởng))(?!\w)"
    # further classes of an order: "Huân chương Lao động hạng Ba (1998), hạng Nhì (2011)"
    r"|(?<!\w)hạng (?:nhất|nhì|ba|i{1,3})(?!\w)"
    r"|[\d\s,().;/”\"-]"
)
#: A result of another kind behind a sign: ``Cờ thi đua UBND tỉnh, hạng nhất khối thi đua, 5 CSTĐCS``.
_RESULT_BEHIND = re.compile(r", (?=(?:\d|(?:xếp )?hạng |xếp |đứng |giải ))")
#: What a title is for, or the decision on it, at the end of its part: ``… về phong trào thi đua yêu nước``.
_CAUSE = re.compile(r" (?:về|vì|theo|trong) [^;:()]{3,100}$")
_BY_DECISION = re.compile(r" ?\(?(?:theo )?(?:các )?(?:qđ|quyết định)(?!\w)[^;()]*\)?")
#: The same in brackets: ``Cờ thi đua của UBND tỉnh (dẫn đầu khối thi đua)``.
_FOR = re.compile(r" ?\((?:dẫn đầu|đơn vị|khối|về|vì|theo|thành tích|xuất sắc|lần)[^()]{2,80}\)")
#: The body of the next title: ``Tập thể lao động xuất sắc, chi bộ hoàn thành xuất sắc nhiệm vụ``.
_NEXT_BODY = re.compile(
    r"[.,;] (?:nhà trường|trường|chi bộ|đảng bộ|công đoàn|liên đội|đoàn trường|chi đoàn)(?: (?:đạt|được))? ?:? ?$"
)
_SUBJECT_ABOVE = re.compile(r"(?<!\w)(?:nhà trường|trường|chi bộ|đảng bộ|công đoàn|liên đội|đoàn trường)(?!\w)")


#: Achievements told in a line behind what they are: ``Thành tích nổi bật: Tập thể lao động xuất sắc; Bằng khen …``.
_LABEL = re.compile(
    r"(?:[*+•-] ?)?(?:(?:các|những|một số|về|kết quả|đã được|đã đạt|đã nhận) )*(?:thành tích|danh hiệu|phần thưởng"
    r"|khen thưởng|hình thức khen thưởng|kết quả thi đua|thi đua|kết quả(?= (?:đạt được|năm|các năm)(?!\w))"
    r"|ghi nhận|được (?:trao )?tặng(?: thưởng)?|đón nhận)(?!\w)"
    r"[^:;.]{0,60}: ?(?:[-+*•] ?)?"
)


def is_achievement(context: Context, block: Block, term: Term) -> bool:
    """Whether a title opens an item, or a part of one, of a list of achievements."""
    document = context.document
    opens = _opening(context, block, term)
    if context.is_decision or (block.kind not in ("item", "heading", "paragraph") and opens == block.body):
        return False
    last = document.terms("title", opens, term.start)
    start = max(
        [
            opens,
            document.sentence_at(term.start)[0],
            *(t.end for t in last),
            *(document.text.rfind(s, opens, term.start) + 1 for s in ";,"),
        ]
    )
    if label := _LABEL.match(document.lower, start, term.start):
        start = label.end()
    if not _OPENING.fullmatch(document.lower[start : _told_from(context, start, term)].lstrip(" .")) or (
        last and not label and last[0].start > opens + 40
    ):
        return False
    end = extend(document.lower, term.end, block.end, giver="giver" in entry_of(term).attributes)
    signs = [document.text.find(sign, end, block.end) for sign in ";\n"]
    signs += [sign.start() for sign in [_RESULT_BEHIND.search(document.lower, end, block.end)] if sign]
    stop = min([block.end, *(p for p in signs if p >= 0), *(t.start for t in document.terms("title", end, block.end))])
    stop = min([stop, *(t.start for t in document.terms("honour", end, stop) if document.text[t.start - 2] == ":")])
    behind = _BY_DECISION.sub("", _OF.sub("", _FOR.sub("", document.lower[end:stop])))
    behind = _CAUSE.sub("", _NEXT_BODY.sub("", behind))
    if _YEARS.sub("", behind):
        return False
    above = [document.lower[b.body : document.head(b)[1]] for b in document.ancestors(block)]
    if _LABEL.match(document.lower, opens, term.start):
        return True
    told = any(_ACHIEVEMENTS.search(text) for text in [*above, *_neighbours(context, block)])
    return told or _in_chronicle(context, block) or _opens_line(context, block, term)


def _opening(context: Context, block: Block, term: Term) -> int:
    """Where the list of a title opens: with its sentence, if that says so (``… . Phần thưởng: A``), else the block."""
    # within brackets a full stop ends no sentence: "(Đôi nét về trường: … . Phần thưởng: …)"
    first = context.document.text.rfind(". ", block.body, term.start) + len(". ")
    if first > block.body + 1 and _LABEL.match(context.document.lower, first, term.start):
        return first
    return block.body


def _told_from(context: Context, start: int, term: Term) -> int:
    """Where what is told of a title begins: with who gives it, in ``UBND tỉnh tặng Bằng khen năm 2016``."""
    by = giver(context, term) if "giver" in entry_of(term).attributes else None
    return (
        by[0] if by and by[0] >= start and _GIVES.fullmatch(context.document.lower, by[1], term.start) else term.start
    )


_GIVES = re.compile(r"(?: (?:đã|quyết định))*(?: (?:tặng|tặng thưởng|trao|trao tặng|khen tặng|cấp))+(?: \d)? [\"“]?")
#: A line of a chronicle: ``Năm học 2010-2011: Bằng khen …``.
_YEAR_LABEL = re.compile(r"(?:năm(?: học)? |tháng \d{1,2}[/-])?(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)? ?[:|] ")


def _in_chronicle(context: Context, block: Block) -> bool:
    """Whether a line begins with its year, and so does the one before or behind it."""
    document = context.document
    beside = [b for b in document.blocks[max(0, block.index - 1) : block.index + 2] if b.index != block.index]
    return _YEAR_LABEL.match(document.lower, block.body, block.end) is not None and any(
        _YEAR_LABEL.match(document.lower, other.body, other.end) for other in beside
    )


def _opens_line(context: Context, block: Block, term: Term) -> bool:
    """Whether a line is a year and the titles of that year: ``Năm học 2019-2020: Tập thể lao động xuất sắc``."""
    label = _YEAR_LABEL.match(context.document.lower, block.body, block.end)
    return label is not None and not context.document.lower[label.end() : term.start].strip(' “"')


def _neighbours(context: Context, block: Block) -> Iterator[str]:
    """The blocks before one that belong to the same list: up to the first that ends in a colon or is a heading."""
    document = context.document
    for other in reversed(document.blocks[max(0, block.index - 8) : block.index]):
        text = document.lower[other.body : other.end]
        if other.kind == "heading" or text.endswith(":") or other.index == block.index - 1:
            yield text
        if other.kind == "heading" or text.endswith(":"):
            return
        if _LABEL.match(text):  # "Ghi nhận: - Huân chương …": the first item stands in the line of its head
            yield text
            return


_CLASS_AGAIN = re.compile(r",? (?:và )?hạng (?:nhất|nhì|ba|i{1,3})(?!\w)")


#: An item under a title that says how many held it in a year: ``+ Năm học 2011 - 2012: 14 đ/c``.
_IN_YEAR = re.compile(
    r"(?:năm(?: học)? ?)?(?:19|20)\d\d ?(?:[-–/] ?(?:19|20)?\d\d)? *: *(?P<n>\d{1,4}) *(?:đ/ ?c|đồng chí|gv|giáo viên"
    r"|em|hs|học sinh|người|cô|thầy|cháu)?(?: ?\([^()]*\)| ?[.;])*"
)


def by_year(context: Context, block: Block, term: Term, end: int) -> list[Award]:
    """How many held the title of an item in each of the years that the items below it list; [] where none does."""
    document = context.document
    if document.text[end : block.end].strip(" .,:;") or document.text[block.body : term.start].strip(' “"'):
        return []
    awards = []
    for other in document.blocks[block.index + 1 :]:
        match = _IN_YEAR.fullmatch(document.lower[other.body : other.end].strip())
        if match is None or other.marker is None:
            break
        dates = find_dates(document.text, document.lower, other.body, other.end)
        years = [date.iso for date in dates if date.iso and date.kind in ("year", "school_year")]
        award = title_award(context, block, term, (other.body, other.end), end, int(match["n"]), None)
        awards.append(award.model_copy(update={"period": years[0] if years else context.period}))
    return awards


#: Years running: ``Tập thể lao động xuất sắc liên tục từ 2008-2009 đến 2011-2012``, ``TTLĐXS 4 năm liền``.
_FROM_TO = re.compile(
    r"(?:liên tục|liền|liên tiếp) (?:từ|trong các năm học|từ năm học) (?P<first>(?:19|20)\d\d) ?- ?(?:19|20)?\d\d"
    r" đến (?:năm học )?(?:19|20)\d\d ?- ?(?P<last>(?:19|20)\d\d)(?!\d)"
)
_TIMES = re.compile(r"[”\"]? ?\(?(?P<n>\d{1,2}) (?:năm|lần)(?: liền| liên tục| liên tiếp)?\)?(?= ?[;,.]| và |$)", re.M)


def achieved(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """An item of a list of achievements, once for each year it names: ``- Tập thể Lao động xuất sắc các năm học …``."""
    document = context.document
    if not is_achievement(context, block, term) or entry_of(term).attributes.get("kind") == "student":
        return  # a school's achievements are not the titles of its pupils, unless they are counted
    after = [t.start for t in document.terms("title", end, block.end)]
    signs = [p for p in (document.text.find(";", end, block.end),) if p >= 0]
    stop = min([block.end, *after, *signs])
    if again := _CLASS_AGAIN.search(document.lower, end, stop):
        stop = again.start()  # told of the further classes of the order
    years = _years(context, end, stop) or _bracketed(document.text, end, stop)
    item = document.text.rfind("; ", block.body, term.start) + 1
    years = years or (_years(context, item, term.start) if item else [])
    first = max(document.sentence_at(term.start)[0], block.body)
    opens = block.body if _YEAR_LABEL.match(document.lower, block.body, block.end) else first
    years = years or _years(context, opens, term.start)
    heads = [_SUBJECT_ABOVE.search(document.lower, *document.head(b)) for b in document.ancestors(block)]
    elder = [b for b in document.blocks[max(0, block.index - 8) : block.index] if b.parent == block.parent]
    openings = [_SUBJECT_ABOVE.match(document.lower, _behind_year(context, b), b.end) for b in reversed(elder)]
    own = _SUBJECT_ABOVE.search(document.lower, _opening(context, block, term), term.start)
    subject = next((m for m in (own, *heads, *openings) if m and not _in_capitals(context, m.span())), None)
    times = _TIMES.match(document.lower, end, block.end)
    if spell := _FROM_TO.search(document.lower, end, max(stop, end)):
        years = [f"{spell['first']}/{spell['last']}"]
    for year in years or [context.period]:
        award = title_award(context, block, term, (term.start, max(stop, end)), end, 1, None)
        update: dict[str, object] = {
            "period": year,
            "recipient_kind": award.recipient_kind or "school",
            "confidence": 0.7,
        }
        if spell or times:
            update["count"] = int(spell["last"]) - int(spell["first"]) if spell else int(times["n"]) if times else 1
        if subject:
            update["recipient"] = document.value(*subject.span())
        else:
            update |= held_at_home(context, award)
        yield award.model_copy(update=update)


def _in_capitals(context: Context, span: tuple[int, int]) -> bool:
    """Whether a head in capitals only speaks of the school that the report names: ``GIỚI THIỆU VỀ NHÀ TRƯỜNG``."""
    word = context.document.text[slice(*span)]
    return word.isupper() and word.lower().endswith("trường") and home_school(context) is not None


def _behind_year(context: Context, block: Block) -> int:
    """Where a line begins behind the year that labels it: ``2020-2021: trường được tặng …``."""
    label = _YEAR_LABEL.match(context.document.lower, block.body, block.end)
    return label.end() if label else block.body


def _years(context: Context, start: int, end: int) -> list[str | None]:
    document = context.document
    dates = find_dates(document.text, document.lower, start, end)
    return [d.iso for d in dates if d.iso and d.kind in ("year", "school_year")]


_BRACKETED = re.compile(r" ?\((?:năm )?(?P<year>(?:19|20)\d\d)\)")


def _bracketed(text: str, start: int, end: int) -> list[str | None]:
    """The year in brackets right behind a title; [] for none."""
    match = _BRACKETED.match(text, start, end)
    return [match["year"]] if match else []
