"""Titles, orders and certificates: ``74/74 đạt GV dạy giỏi cấp huyện``, ``Bằng khen của UBND tỉnh``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.names import find_names
from extractors._shared.numbers import Number
from extractors.awards.achievements import achieved, by_year, is_achievement
from extractors.awards.called import called
from extractors.awards.conferred import far_count, only_describes, received
from extractors.awards.context import Context
from extractors.awards.forms import list_end
from extractors.awards.groups import listed_bodies
from extractors.awards.holder_counts import (
    NOUNS,
    Counted,
    belongs_to_another,
    count_before,
    counts_after,
    times_before,
)
from extractors.awards.holders import (
    entry_of,
    extend,
    following_holders,
    held,
    listed_awards,
    listed_names,
    named,
    past_gift,
    title_award,
)
from extractors.awards.joined_titles import further_classes, of_each_giver, of_two_titles
from extractors.awards.open_titles import open_titles
from extractors.awards.placed import parts_of
from extractors.awards.units import unit
from extractors.awards.winner import Winner
from schemas.records import Award

_OF_A_GRADE = re.compile(
    r" (?:[^.;:,\d]{0,30} )?(?:đạt|đoạt) "
    r"(?:giải (?:nhất|nhì|ba|khuyến khích|kk|[abc])|huy chương|hc[vbđ])(?!\w)(?! ?[,-] ?(?:nhì|ba|khuyến|kk))"
)
#: Between a count of holders and their names: ``4/6 người dự thi, gồm: cô A``.
_NAMES_BEHIND = re.compile(r"(?: (?:người|đ/c|gv|cô|thầy|em))?(?: dự thi| đạt)?,? (?:gồm|là|đó là)(?: các)?(?=:? )")
#: ``học sinh (HS) ``.
_SHORT_FORM = re.compile(r" \([^\W\d_]{1,6}\) ")
_ANOTHER = re.compile(r"[.;] (?:[^.;]{0,30} )?(?:tham gia|tham dự|trong|tại|về) (?:các |cuộc |hội |kỳ )?thi(?!\w)")
_PUPILS = re.compile(r"(?<!\w)(?:học sinh|hs|em|cháu|trẻ)(?!\w)")
_COUPLED = re.compile(r"(?P<n>\d{1,4}) tập thể(?:,| và) $")
#: ``2 tổ Văn và Sử-Địa và 14 cá nhân được tặng``: groups by name before the people who are counted.
_COUPLED_GROUPS = re.compile(
    r"(?:(?<!\w)\d{1,2} )?(?P<names>(?P<noun>tổ|lớp|liên đội|chi đội|công đoàn|chi bộ|đội"
    r"|chi đoàn|(?<!\d )tập thể(?= (?:nhà trường|trường|cán bộ|thầy))) [^.;:\d]{2,80}?) và $"
)
#: ``4 tập thể là Trường A, Trường B … và 43 cá nhân nhận``: bodies named before the people who are counted.
_COUPLED_NAMES = re.compile(
    r"(?P<n>\d{1,3}) (?:tập thể|trường|đơn vị)(?: là| gồm)?(?: các)?:? (?P<names>[^.;]{5,}) và $"
)
# Holders of a title who are only spoken of: ``giáo viên dạy giỏi cấp tỉnh được điều động``.
_AS_PERSONS = re.compile(
    r"(?: (?:cấp|của) \w+(?: \w+)?)? (?:được (?:điều động|tăng lương|cử|mời|chọn|phân công|cộng"
    r"|xét|hưởng|ưu tiên|bồi dưỡng)|tham gia|làm|phải|về dự)(?!\w)"
)
#: What a title names before prizes is their contest: ``HSG cấp tỉnh: 8 giải (2 giải ba: …)``.
_PRIZES_BEHIND = re.compile(r" ?[:,]? ?(?:có |đạt |được )*\d{1,4} giải(?!\w)")
#: Who got a certificate by name, before those who are counted: ``tặng Giấy khen cho Trường A và 6 cá nhân``.
_NAMED_BEFORE_COUNT = re.compile(r" cho (?P<names>[^.;:\d]{4,120}?) và (?:các )?")
_ATTAINED = re.compile(
    r"(?<!không )(?<!chưa )(?<!\w)(?:đạt|công nhận|kết quả đạt)(?: được"
    r"| yêu cầu)? ?:? ?(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?! ?%|[,.]\d|[/\d]| giải)"
    r"|(?<![\w/.,])(?P<n2>\d{1,4}) ?/ ?(?P<of2>\d{1,4})(?: \w+){0,4} (?:được công nhận|đạt yêu cầu"
    r"|đạt danh hiệu|đạt(?=[,;.]))"
    rf"|(?<![\w/.,])(?P<n3>\d{{1,4}}) {NOUNS} (?:(?:tham gia |tham )?dự thi )?(?:được công nhận|đạt yêu cầu"
    r"|đạt danh hiệu|được cấp giấy chứng nhận|đạt)(?! giải)(?!\w)"
)
_GRADE = re.compile(
    r"(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?: \w+){0,3}? (?:đạt "
    r"|xếp )?loại (?P<grade>xuất sắc|giỏi|tốt|khá|đạt)(?!\w)"
)
_GRADING_CUE = re.compile(
    r"(?:xếp loại|đánh giá|công nhận|đạt|mức|loại|danh hiệu|xếp|chất lượng|phân loại)[^.;:]{0,25}$"
)
_CONTEST_BEFORE = re.compile(
    r"(?:hội thi|cuộc thi|kỳ thi|thi|hội giảng|dự thi|tham gia thi|đạt giải|đoạt giải"
    r"|có giải|\d giải)(?: (?:tuyển chọn|chọn|môn|tuyển))? [\"“]?$"
)
_NONE_BEFORE = re.compile(
    r"(?:không|chưa|hội đồng(?! đội)|phiếu|hồ sơ|phong trào|tiêu chuẩn|quy chế|đăng ký|đề nghị"
    r"|bồi dưỡng|phấn đấu|đội tuyển|giới thiệu(?: \d+)?)(?: (?!được|đạt)\w+){0,3} $"
)

# What makes an honour of everyday words, and a flag of ``cờ``.
_CUE = re.compile(
    r"(?<!\w)(?:danh hiệu|công nhận|bầu|bình chọn|tuyên dương|biểu dương|vinh danh|được khen|tặng|phong)(?!\w)"
)
_COUNT_BESIDE = re.compile(r"(?<![\w/.,])\d{1,4}(?: em| hs)? $")
_FLAG = re.compile(r"(?<!\w)(?:tặng|thưởng|trao|nhận)(?: \d+)? $")
_NO_FLAG = re.compile(r" (?:vua|tướng|đỏ|vây|tổ quốc|đảng|nước|phướn)")


def extract_titles(context: Context, block: Block) -> Iterator[Award]:
    """The titles of one block that somebody holds: counted, or with their holders named."""
    document = context.document
    titles = document.terms("title", block.body, block.end)
    known = [*titles, *_honours(context, block, titles)]
    terms = sorted([*known, *open_titles(context, block, known)], key=lambda term: term.start)
    joined = -1
    for index, term in enumerate(terms):
        if (
            index == joined
            or _names_deed(context, terms, index)
            or context.is_wish(block, term.start, term.end)
            or only_describes(context, term)
        ):
            continue
        if not _NONE_BEFORE.search(document.lower, max(block.body, term.start - 30), term.start):
            told = list(_title(context, block, term))
            if index + 1 < len(terms) and (both := of_two_titles(context, term, terms[index + 1], told)):
                told, joined = both, index + 1
            yield from of_each_giver(context, term, told) or told
            if told and entry_of(term).id == "huan_chuong":
                yield from further_classes(context, block, term, told[-1])


def _names_deed(context: Context, terms: list[Term], index: int) -> bool:
    """Whether a title is only what a certificate right before it is for: ``Bằng khen “Tập thể lao động xuất sắc”``."""
    before = terms[index - 1] if index else None
    if before is None or "giver" not in entry_of(before).attributes:
        return False
    return context.document.text[before.end : terms[index].start].strip(" ") in ("“", '"', "‘", "'")


def _honours(context: Context, block: Block, titles: list[Term]) -> Iterator[Term]:
    """Everyday words that are an honour here, because the text says that it was conferred."""
    document = context.document
    for term in document.terms("honour", block.body, block.end):
        if any(term.start < other.end and other.start < term.end for other in titles):
            continue
        if term.id == "co_don_vi" and document.lower[term.start : term.end] == "cờ":
            flag = _FLAG.search(document.lower, max(block.body, term.start - 25), term.start)
            if flag and not _NO_FLAG.match(document.lower, term.end):
                yield term
            continue
        first, _ = document.sentence_at(term.start)
        if document.lower[max(0, term.start - 4) : term.start].rstrip(" \"'“") == "cờ":
            continue  # the name of a flag
        if (cues := entry_of(term).attributes.get("after")) is not None:
            forms = tuple(f"{cue}{more}" for cue in cues.split("|") for more in ("", " loại", " danh hiệu"))
            if document.lower[first : term.start].rstrip(' "“').endswith(forms):
                yield term
            continue
        counted = "counted" in entry_of(term).attributes and _COUNT_BESIDE.search(document.lower[first : term.start])
        conferred = counted or _CUE.search(document.lower, max(first, term.start - 45), term.start)
        if conferred or is_achievement(context, block, term):
            yield term


def _title(context: Context, block: Block, term: Term) -> Iterator[Award]:
    document = context.document
    attributes = entry_of(term).attributes
    first, last = document.sentence_at(term.start)
    clause = max(first, document.text.rfind(";", first, term.start) + 1)
    end = extend(document.lower, term.end, last, giver="giver" in attributes)
    before = count_before(context, clause, term.start) or far_count(context, clause, term.start)
    after = list(counts_after(document.lower, past_gift(document.lower, term, end, last), last))
    if before and after and belongs_to_another(context, first, before):
        before = None  # ``LĐTT 331 người, CSTĐ cơ sở 58 người``
    told_behind = bool(after and after[0][4])
    if before and told_behind and document.lower.startswith(" cho ", end):
        before = None  # ``trao Giấy khen cho 42 tập thể``
    if before and told_behind and document.lower[max(0, before.start - 4) : before.start] == "cho ":
        before = None  # ``danh hiệu A cho 42 cá nhân và danh hiệu B cho 6 tập thể``
    if "grading" in attributes and document.lower.endswith(" đã ", clause, term.start):
        return  # praise: ``2 tập thể đã hoàn thành xuất sắc, toàn diện nhiệm vụ``
    if "grading" in attributes and not _is_grading(context, clause, term, before, after):
        return
    if yearly := by_year(context, block, term, end):
        yield from yearly
    elif _CONTEST_BEFORE.search(document.lower, max(first, term.start - 22), term.start):
        if "giver" not in attributes:
            yield from _attained(context, block, term, end)
    elif _AS_PERSONS.match(document.lower, end) or _PRIZES_BEHIND.match(document.lower, end):
        return
    elif before is not None:
        yield from _counted(context, block, term, before, end, clause, last)
    elif after:
        yield from _counted_after(context, block, term, end, after)
    elif document.lower.find(":", end, min(last, end + 30)) >= 0 and (
        won := list(_attained(context, block, term, end))
    ):
        yield from won
    else:
        bodies = list(unit(context, block, term, first, end))
        within = bodies if bodies and bodies[0].recipient_kind == "unit" else []
        awards = within or list(named(context, block, term, clause, end)) or bodies
        awards = awards or list(_of_one_called(context, block, term, end)) or list(_in_row(context, block, term, end))
        times = times_before(context, clause, term.start)
        if times and len(awards) <= 1:
            awards = awards or [title_award(context, block, term, (term.start, end), end, times, None)]
            awards = [awards[0].model_copy(update={"count": times})]
        yield from (
            awards
            or list(achieved(context, block, term, end))
            or list(received(context, block, term, end))
            or (following_holders(context, block, term, end) if "giver" in attributes else [])
        )


#: A title told of its holder: ``cô là giáo viên dạy giỏi``, ``thầy được công nhận CSTĐ``, ``đạt danh hiệu …``.
_HOLDS = re.compile(r"(?<!\w)(?:là|đạt|được|nhận|danh hiệu|trở thành|vinh dự)(?!\w)[^.;:]*$")


def _of_one_called(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """The award of a person whom the subject of the sentence means: ``Cô nhiều năm liền là giáo viên dạy giỏi``."""
    attributes = entry_of(term).attributes
    if attributes.get("kind") in ("unit", "school"):
        return
    first = max(context.document.sentence_at(term.start)[0], block.body)
    if _HOLDS.search(context.document.lower, first, term.start) and (one := called(context, first, term.start)):
        yield from held(context, block, term, end, [one])


#: A row of a table read as a line: its number, a name, further columns with a year or an amount, what the person holds.
_ROW_NUMBER = re.compile(r"(?<![\w.,/-])\d{1,3}[.)]? $")
_COLUMNS = re.compile(r"[^.;:!?]*?(?<!\w)(?:(?:19|20)\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}[.,]\d{1,2})(?:[^;:!?]*)")


def _in_row(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """The person of a row of a table read as a line: ``4 Lê Thị A 1980 GV ĐH 2005 2.67 GV giỏi cấp trường``."""
    lowered = context.document.lower
    names = find_names(context.document, max(block.start, term.start - 120), term.start)
    if not names or "giver" in entry_of(term).attributes or context.document.terms("title", names[-1].end, term.start):
        return
    name = names[-1]
    row = _ROW_NUMBER.search(lowered, max(block.start, name.start - 5), name.start)
    if (row or block.start == name.start) and _COLUMNS.fullmatch(lowered, name.end, term.start):
        person = context.document.value(name.start, name.end)
        yield from held(context, block, term, end, [Winner(name.start, name.end, person, None, None)])


def _is_grading(context: Context, clause: int, term: Term, before: Number | None, after: list[Counted]) -> bool:
    """Whether ``hoàn thành tốt nhiệm vụ`` is a grading of staff here: no praise, no grade of pupils."""
    lowered = context.document.lower
    if before is None and not after and not _GRADING_CUE.search(lowered, clause, term.start):
        return False
    counted = [noun or "" for *_, noun in after] + ([lowered[before.end : term.start]] if before else [])
    return not any(_PUPILS.search(noun) for noun in counted)


def _counted(
    context: Context, block: Block, term: Term, before: Number, end: int, clause: int, last: int
) -> Iterator[Award]:
    """``12 đồng chí đạt …``: the count, or its holders where all of them are listed."""
    document = context.document
    holders = list(listed_awards(context, block, term, end))
    if len(holders) == before.value:
        yield from holders
        return
    if coupled := _COUPLED.search(document.lower, max(clause, before.start - 22), before.start):
        yield title_award(context, block, term, coupled.span(), end, int(coupled["n"]), None, "tập thể")
    elif coupled := _COUPLED_NAMES.search(document.lower, clause, before.start):
        bodies = context.winners(*coupled.span("names"))
        if len(bodies) == int(coupled["n"]):
            yield from held(context, block, term, end, bodies)
    elif coupled := _COUPLED_GROUPS.search(document.lower, clause, before.start):
        yield from held(context, block, term, end, context.groups(*coupled.span("names"), coupled["noun"]))
    if len(following := following_holders(context, block, term, end)) == before.value:
        yield from following
        return
    if 0 < len(holders) < before.value and document.text[end : end + 2].strip(" ")[:1] in (":", "("):
        yield from holders
    noun = document.lower[before.end : term.start].strip()
    yield title_award(context, block, term, (before.start, end), end, int(before.value), _int(before.of), noun)
    yield from _parts(context, block, term, end, parts_of(context, end, block.end, int(before.value)))
    yield from _grades(context, block, term, end, last)


def _counted_after(context: Context, block: Block, term: Term, end: int, after: list[Counted]) -> Iterator[Award]:
    """``…: 12 đồng chí``, ``… cho 5 tập thể và 12 cá nhân``, ``…: 5 đ/c (Hà, Mai, …)``."""
    document = context.document
    start, stop, count, _, _ = after[0]
    listed = _NAMES_BEHIND.match(document.lower, stop)
    if len(after) == 1 and listed:
        stop = listed.end()
    opens = stop + len(short.group(0)) if (short := _SHORT_FORM.match(document.lower, stop)) else stop + 1
    schools = context.schools_in(stop, block.end)[:1]
    direct = bool(schools and schools[0][0] == opens)  # ``tặng 2 tập thể Trường A và Trường B``
    direct = direct or any(name.start == opens for name in find_names(document, stop, min(block.end, stop + 45)))
    if len(after) == 1 and direct:
        winners = context.winners(opens, list_end(document.text, opens, block.end, ".;"))
        if len(winners) == count:
            yield from held(context, block, term, end, winners)
            return
    if len(after) == 1 and (listed or document.text[stop : stop + 2] in (" (", ": ", ":")):
        holders = list(listed_awards(context, block, term, stop))
        if len(holders) != count:
            holders = listed_names(context, block, term, stop, count) or holders
        if len(holders) == count:
            yield from (award.model_copy(update={"title": document.value(term.start, end)}) for award in holders)
            return
    if len(after) == 1 and (bodies := listed_bodies(context, stop, block.end, count)):
        yield from held(context, block, term, end, bodies)
        return
    told = after[0]
    if coupled := _NAMED_BEFORE_COUNT.fullmatch(document.lower, end, told[0]):
        yield from held(context, block, term, end, context.winners(*coupled.span("names")))
    if len(after) == 1 and (parts := parts_of(context, told[1], document.sentence_at(told[0])[1], told[2])):
        yield title_award(context, block, term, (term.start, told[1]), end, told[2], told[3], told[4] or "")
        yield from _parts(context, block, term, end, parts)
        return
    for start, stop, count, of, noun in after:
        if "giver" in entry_of(term).attributes and _OF_A_GRADE.match(document.lower, stop):
            continue  # a certificate for a grade is one award, the grade
        if any(start < other.start < stop for other in document.terms("title", start, min(block.end, stop + 40))):
            continue  # ``tặng Giấy khen cho 6 tập thể, 59 giáo viên giỏi cấp tỉnh``: they hold the title behind
        if start != after[0][0] and _GETS_ELSE.match(document.lower, stop):
            break  # ``trao Giấy khen cho 41 giáo viên và 136 giáo viên được nhận phần thưởng``
        passage = (term.start, stop) if start == after[0][0] else (start, stop)
        award = title_award(context, block, term, passage, end, count, of, noun or "")
        level = document.terms("level", start, stop)
        yield award.model_copy(update={"level": context.level_of(level[0])}) if level else award


def _attained(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """A contest for a title, and how many attained it: ``Hội thi GVDG: 12 dự thi, 10 được công nhận``."""
    document = context.document
    nearest = min((t.start for t in document.terms("title", end, block.end)), default=block.end)
    match = _ATTAINED.search(document.lower, end, block.end)
    if match is None or (match.start() > nearest and match["n"] is None):
        return
    if _ANOTHER.search(document.lower, end, match.start()):
        return  # told of another contest
    following = list(document.terms("title", match.start(), document.sentence_at(match.start())[1]))[:1]
    if (
        following
        and (counted := count_before(context, match.start(), following[0].start))
        and counted.start < match.end()
    ):
        return  # the title is told again with its count
    out_of = match["of"] or match["of2"]
    of = int(out_of) if out_of else context.entrants(block, match.start())
    count = int(match["n"] or match["n2"] or match["n3"])
    if len(winners := listed_names(context, block, term, match.end(), count)) == count:
        yield from (award.model_copy(update={"title": document.value(term.start, end)}) for award in winners)
        return
    yield title_award(context, block, term, (match.start(), match.end()), end, count, of)
    stop = document.sentence_at(match.start())[1]
    yield from _parts(context, block, term, end, parts_of(context, match.end(), stop, count))
    yield from _grades(context, block, term, match.end(), block.end)


def _parts(
    context: Context, block: Block, term: Term, end: int, parts: list[tuple[int, int, int, Winner | None]]
) -> Iterator[Award]:
    """The holders of a title by school or level, as many as each part says."""
    for start, stop, count, school in parts:
        award = title_award(context, block, term, (start, stop), end, count, None)
        yield award.model_copy(update={"school": school.school.name}) if school and school.school else award


#: Those counted get something else.
_GETS_ELSE = re.compile(r" (?:đã )?(?:được (?:nhận|tặng|trao|hỗ trợ)|nhận)(?!\w)")


def _int(value: int | float | None) -> int | None:
    return None if value is None else int(value)


def _grades(context: Context, block: Block, term: Term, start: int, last: int) -> Iterator[Award]:
    """``Trong đó có 17/36 đạt loại Xuất sắc``: the grades of a title just counted."""
    document = context.document
    title = document.value(term.start, term.end)
    for match in _GRADE.finditer(document.lower, start, last):
        if document.terms("title", start, match.start()):
            return
        award = title_award(
            context,
            block,
            term,
            (match.start(), match.end()),
            term.end,
            int(match["n"]),
            int(match["of"]) if match["of"] else None,
        )
        yield award.model_copy(
            update={"title": f"{title} loại {document.value(match.start('grade'), match.end('grade'))}"}
        )
