"""Titles, orders and certificates: ``74/74 đạt GV dạy giỏi cấp huyện``, ``Bằng khen của UBND tỉnh``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Term
from extractors._shared.names import find_names
from extractors._shared.numbers import Number
from extractors.awards.achievements import achieved, by_year, is_achievement
from extractors.awards.alone import alone, also_held, honours_listed, title_end
from extractors.awards.body_labels import body_beside, further_of_body, labelled_bodies
from extractors.awards.by_schooling import by_schooling
from extractors.awards.called import called, calls_one
from extractors.awards.conferred import far_count, only_describes, received
from extractors.awards.context import Context
from extractors.awards.counted_titles import attained, counted, counted_after
from extractors.awards.degrees import further_degrees
from extractors.awards.holder_counts import (
    Counted,
    belongs_to_another,
    count_before,
    counts_after,
    counts_people,
    of_bodies_only,
    times_before,
)
from extractors.awards.holders import held, named, past_gift, title_award
from extractors.awards.in_brackets import in_brackets
from extractors.awards.joined_titles import (
    further_classes,
    labelled_classes,
    of_each_class,
    of_each_giver,
    of_further_givers,
    of_two_titles,
)
from extractors.awards.later import following_holders, told_later
from extractors.awards.level_lines import at_level_of_line
from extractors.awards.of_years import of_each_year
from extractors.awards.open_titles import open_titles
from extractors.awards.people_titles import among_those, at_further_level, called_by_one_name, said_to_be, with_those
from extractors.awards.rewarded import describes_rewarded, rewarded
from extractors.awards.title_names import entry_of, extend
from extractors.awards.units import unit
from extractors.awards.winner import Winner
from schemas.records import Award

_PUPILS = re.compile(r"(?<!\w)(?:học sinh|hs|em|cháu|trẻ)(?!\w)")
# Holders of a title who are only spoken of: ``giáo viên dạy giỏi cấp tỉnh được điều động``.
_AS_PERSONS = re.compile(
    r"(?: (?:cấp|của) \w+(?: \w+)?)? (?:được (?:điều động|tăng lương|cử|mời|chọn|phân công|cộng"
    r"|xét|hưởng|ưu tiên|bồi dưỡng|kết nạp|giới thiệu)|tham gia|làm|phải|về dự)(?!\w)"
)
#: What a title names before prizes is their contest: ``HSG cấp tỉnh: 8 giải (2 giải ba: …)``.
_PRIZES_BEHIND = re.compile(
    r" ?[:,]? ?(?:có |đạt |được )*\d{1,4} (?:giải|nhất|nhì|kk)(?!\w)"
    r"|(?: (?:bậc |cấp )?(?:thcs|thpt|tiểu học))? ?[:,] ?(?:có |đạt |được )*\d{1,4} ?/ ?\d{1,4}"
    r" (?:thí sinh|em|học sinh|hs)(?: ?\((?:\d+ nhất|i ?:)|[;:,] (?:\d+ )?nhất )"
)
_GRADING_CUE = re.compile(
    r"(?:xếp loại|đánh giá|công nhận|đạt|mức|loại|danh hiệu|xếp|chất lượng|phân loại)[^.;:]{0,25}$"
)
_CONTEST_BEFORE = re.compile(
    r"(?:hội thi|cuộc thi|kỳ thi|thi|hội giảng|dự thi|tham gia thi|đạt giải|đoạt giải"
    r"|có giải|\d giải|(?:^|[;,.:(-]) ?(?:số )?giải|giải (?:nhất|nhì|ba|tư|khuyến khích|kk))"
    r"(?: (?:tuyển chọn|chọn|môn|tuyển))? [\"“]?$"
)
_NONE_BEFORE = re.compile(
    r"(?:không|chưa|hội đồng(?! đội)|phiếu|hồ sơ|phong trào|tiêu chuẩn|quy chế|đăng ký|đề nghị"
    r"|(?:không|chưa) được (?:công nhận|tặng|xét|xếp)|bồi dưỡng|phấn đấu|đội tuyển"
    r"|(?:giới thiệu|kết nạp)(?: (?:vào đảng|đảng|được))*(?: \d+)?)(?: (?!được|đạt)\w+){0,3} $"
)

_SHARE_TOLD = re.compile(r"[”\"']? ?: ?(?:có |đạt )*\d{1,4} ?/ ?\d{1,4}(?!\d| ?%)")
_TRAINED = re.compile(
    r"(?<!\w)(?:người|giáo viên|thầy giáo|cô giáo)(?: (?:đã|trực tiếp|tham gia|có công|từng))*"
    r" (?:giảng dạy|bồi dưỡng"
    r"|hướng dẫn|phụ trách|dẫn dắt|huấn luyện|đào tạo)(?:,| và)?(?: [^\W\d_]+){0,4}(?: cho)? $"
)
_EACH = re.compile(
    r"(?<!\w)mỗi (?:cá nhân|em|học sinh|hs|người|tập thể|thầy cô|giáo viên|đồng chí|đơn vị)(?!\w)[^.;]*$"
)

# What makes an honour of everyday words, and a flag of ``cờ``.
_CUE = re.compile(
    r"(?<!\w)(?:danh hiệu|công nhận|bầu|bình chọn|tuyên dương|biểu dương|vinh danh|được khen|tặng|phong)(?!\w)"
)
#: What opens a list of titles with the number of their holders: ``Danh hiệu học sinh: Học sinh Giỏi 215 em``.
_LIST_OF_TITLES = re.compile(r"[\s*+•.-]*(?:\(?\w{1,2}[.)] )?(?:(?:về|các|đạt|số) )*danh hiệu[^:.;]{0,40}:")
#: An honour that is no grade of pupils is won by the verb alone: ``87 cán bộ nữ đạt "Giỏi việc trường …"``.
_WON_BESIDE = re.compile(r"(?<!\w)(?:đạt|đạt được) [\"“']?$")
#: How many of each level hold it: ``HSG: cấp trường 120 em, cấp huyện 35 em``.
_LEVELS_FOLLOW = re.compile(
    r"(?: các cấp)? ?[:(-] ?cấp (?:trường|xã|phường|cụm|huyện|quận|thị xã|thành phố|tỉnh|quốc gia) ?:? ?(?:có |đạt )?\d"
)
_COUNT_BESIDE = re.compile(r"(?<![\w/.,])\d{1,4}(?: em| hs)? $")
_FLAG = re.compile(r"(?<!\w)(?:tặng|thưởng|trao|nhận)(?: \d+)? $")
#: Who gave a flag: ``Cờ UBND tỉnh: 13``, ``cờ của Bộ GD&ĐT``.
_FLAG_OF = re.compile(
    r" (?:của )?(?:(?:ct|chủ tịch) )?(?:ubnd|ủy ban|bộ (?:gd|giáo)|chính phủ|thủ tướng|tổng l|lđlđ|tw |trung ương)"
)
_NO_FLAG = re.compile(
    r" (?:vua|tướng|đỏ|vây|tổ quốc|đảng|nước|phướn|lưu niệm|giải|nhất|nhì|ba|toàn đoàn)(?!\w)"
    r"|(?: lưu niệm)?(?:,| và) (?:hoa|quà)(?!\w)| cho (?:các|\d+) (?:đơn vị|đội|đoàn|trường)(?! đạt)(?!\w)"
)


def extract_titles(context: Context, block: Block) -> Iterator[Award]:
    """The titles of one block that somebody holds: counted, or with their holders named."""
    document = context.document
    titles = document.terms("title", block.body, block.end)
    known = [*titles, *_honours(context, block, titles)]
    terms = sorted([*known, *open_titles(context, block, known)], key=lambda term: term.start)
    joined = -1
    before: Award | None = None
    for index, term in enumerate(terms):
        if (
            index == joined
            or _names_deed(context, terms, index)
            or context.is_wish(block, term.start, term.end)
            or only_describes(context, term)
            or describes_rewarded(context, term)
        ):
            continue
        if _EACH.search(document.lower, document.sentence_at(term.start)[0], term.start):
            continue  # "mỗi cá nhân được 1 giấy khen và 5 quyển vở": what each gets, no holders
        none = _NONE_BEFORE.search(document.lower, max(block.body, term.start - 40), term.start)
        if none and none.group(0).startswith("phong trào") and _SHARE_TOLD.match(document.lower, term.end, block.end):
            none = None  # "Phong trào Giỏi việc trường: 30/34 chị"
        if not none:
            told = labelled_classes(context, block, term) if entry_of(term).id == "huan_chuong" else []
            told = told or [award for award in _title(context, block, term) if award.count != 0]
            end = title_end(context, block, term)
            told = told or list(also_held(context, block, term, end, before))
            told = told or list(further_of_body(context, block, term, end, before))
            told = told or list(alone(context, block, term, end, before))
            told = told or list(honours_listed(context, block, term, end))
            told = told or body_beside(context, block, term, end)
            told += among_those(context, block, term, end, told)
            told += at_further_level(context, block, term, end, told)
            told += further_degrees(context, end, block.end, told)
            before = told[-1] if told else None
            apart = index + 1 < len(terms) and not _names_deed(context, terms, index + 1)
            if apart and (both := of_two_titles(context, term, terms[index + 1], told)):
                told, joined = both, index + 1
            told = of_each_class(context, term, told) or told if entry_of(term).id == "huan_chuong" else told
            yield from of_each_giver(context, term, told) or of_each_year(context, (term.start, end), told) or told
            yield from of_further_givers(context, block, term, told)
            if told and entry_of(term).id == "huan_chuong":
                yield from further_classes(context, block, term, told[-1])
    yield from told_later(context, block)
    yield from at_level_of_line(context, block)


#: What is done well, where that is no grade: ``hoàn thành tốt các nhiệm vụ được giao``, ``hoàn thành tốt vai trò``.
_DEED_DONE = re.compile(
    r" (?:việc|công tác|các|những|mọi|vai trò|sứ mệnh|trách nhiệm|kế hoạch|chỉ tiêu|nội dung|phần|bài|nghĩa vụ)(?!\w)"
)
#: ``100% cán bộ, giáo viên đạt Lao động tiên tiến``.
_SHARE = re.compile(
    r"\d ?%(?:[^.;:,\d]|,(?= (?:giáo viên|nhân viên|viên chức|cán bộ|gv|nv|đảng viên|người lao động|học sinh)(?!\w)))*$"
)
#: ``Tỷ lệ Lao động tiên tiến đạt 92%``.
_SHARE_BEHIND = re.compile(r"[”\"')]*(?: (?:đạt|chiếm|là|có|tỷ lệ|tỉ lệ))* ?[:(]? ?\d{1,3}(?:[.,]\d+)? ?%")


def _names_deed(context: Context, terms: list[Term], index: int) -> bool:
    """Whether a title is only what a certificate right before it is for: ``Bằng khen “Tập thể lao động xuất sắc”``."""
    before = terms[index - 1] if index else None
    if before is None or "giver" not in entry_of(before).attributes:
        return False
    document = context.document
    if document.text[before.end : terms[index].start].strip(" ") in ("“", '"', "‘", "'"):
        return True
    whole = extend(document.lower, before.end, document.sentence_at(before.start)[1], giver=True)
    told = (' "', " “", " đơn vị", " tập thể") if before.id == "co_thi_dua" else (' "', " “")
    return terms[index].start < whole and document.lower.startswith(told, before.end)


def _honours(context: Context, block: Block, titles: list[Term]) -> Iterator[Term]:
    """Everyday words that are an honour here, because the text says that it was conferred."""
    document = context.document
    for term in document.terms("honour", block.body, block.end):
        if any(term.start < other.end and other.start < term.end for other in titles):
            continue
        if term.id == "co_don_vi" and document.lower[term.start : term.end] == "cờ":
            flag = _FLAG.search(document.lower, max(block.body, term.start - 25), term.start)
            flag = flag or _FLAG_OF.match(document.lower, term.end, block.end)
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
        if _LEVELS_FOLLOW.match(document.lower, term.end):
            yield term
            continue
        counted = "counted" in entry_of(term).attributes and _COUNT_BESIDE.search(document.lower[first : term.start])
        conferred = counted or _CUE.search(document.lower, max(first, term.start - 45), term.start)
        conferred = conferred or _LIST_OF_TITLES.match(document.lower, first, term.start)
        if not conferred and entry_of(term).attributes.get("kind") != "student":
            conferred = _WON_BESIDE.search(document.lower, max(first, term.start - 12), term.start)
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
    if before and _TRAINED.search(document.lower, clause, before.start):
        before = None  # ``Thầy A - người bồi dưỡng 2 học sinh đạt giải được UBND tỉnh tặng Bằng khen``
    if of_bodies_only(context, term):
        before = None if before and counts_people(document.lower, before.end) else before
        after = [] if after and counts_people(after[0][4] or "", 0) else after
    beside = before and document.text[before.end : term.start].strip() in (",", ";")
    if before and (after or beside) and belongs_to_another(context, first, before):
        before = None  # ``LĐTT 331 người, CSTĐ cơ sở 58 người``, ``GVDG cấp trường 13, GVCN giỏi: cô A``
    more = document.terms("title", end, last) if after else []
    if more and more[0].id == term.id and more[0].start == after[0][1] + 1:
        after = []  # ``Huân chương: 02 Huân chương Lao động hạng Ba``: told of the title behind
    told_behind = bool(after and after[0][4])
    if before and told_behind and document.lower.startswith(" cho ", end):
        before = None  # ``trao Giấy khen cho 42 tập thể``
    if before and told_behind and document.lower[max(0, before.start - 4) : before.start] == "cho ":
        before = None  # ``danh hiệu A cho 42 cá nhân và danh hiệu B cho 6 tập thể``
    if "grading" in attributes and document.lower.endswith(" đã ", clause, term.start):
        return  # praise: ``2 tập thể đã hoàn thành xuất sắc, toàn diện nhiệm vụ``
    if "grading" in attributes and _DEED_DONE.match(document.lower, end):
        return  # ``2 trường đều hoàn thành tốt việc duy trì phổ cập``
    if "grading" in attributes and not _is_grading(context, clause, term, before, after):
        return
    if bracketed := list(in_brackets(context, block, term, end)):
        yield from bracketed
    elif parts := by_year(context, block, term, end) or ([] if before else by_schooling(context, block, term, end)):
        yield from parts
    elif known := labelled_bodies(context, block, term, end) or said_to_be(context, block, term, end):
        yield from known
    elif _CONTEST_BEFORE.search(document.lower, max(first, term.start - 22), term.start) and not (
        after and (term.group == "honour" or _LEVELS_FOLLOW.match(document.lower, end))
    ):
        if "giver" not in attributes:
            yield from attained(context, block, term, end)
    elif _AS_PERSONS.match(document.lower, end) or _PRIZES_BEHIND.match(document.lower, end):
        return
    elif before is not None:
        yield from counted(context, block, term, before, end, clause, last)
    elif after:
        yield from counted_after(context, block, term, end, after)
    elif "giver" in attributes and (spoken_of := rewarded(context, term, clause)):
        start, stop, number, noun = spoken_of
        yield title_award(context, block, term, (start, stop), end, number, None, noun)
    elif _SHARE.search(document.lower, clause, term.start) or _SHARE_BEHIND.match(document.lower, end, last):
        return  # a percentage of holders is a statistic
    elif document.lower.find(":", end, min(last, end + 30)) >= 0 and (won := list(attained(context, block, term, end))):
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
            or with_those(context, block, term, end)
            or called_by_one_name(context, block, term, end)
        )


#: A title told of its holder: ``cô là giáo viên dạy giỏi``, ``thầy được công nhận CSTĐ``, ``đạt danh hiệu …``.
_HOLDS = re.compile(r"(?<!\w)(?:là|đạt|được|nhận|danh hiệu|trở thành|vinh dự)(?!\w)[^.;:]*$")


def _of_one_called(context: Context, block: Block, term: Term, end: int) -> Iterator[Award]:
    """The award of a person whom the subject of the sentence means: ``Cô nhiều năm liền là giáo viên dạy giỏi``."""
    attributes = entry_of(term).attributes
    if attributes.get("kind") in ("unit", "school"):
        return
    first = max(context.document.sentence_at(term.start)[0], block.body)
    if not _HOLDS.search(context.document.lower, first, term.start):
        return
    if one := called(context, first, term.start):
        yield from held(context, block, term, end, [one])
    elif calls_one(context, first, term.start) and not find_names(context.document, first, term.start):
        yield title_award(context, block, term, (term.start, end), end, 1, None)


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


#: What tells that pupils are graded in the lines below, not staff.
_OF_PUPILS = re.compile(r"(?:đánh giá|xếp loại|chất lượng|kết quả)(?: [^\W\d_]+){0,3} (?:học sinh|hs|học tập)(?!\w)")


def _head_of(context: Context, term: Term) -> tuple[int, int]:
    """The heading or lead-in right above the block of a title; an empty range for none."""
    document = context.document
    block = document.block_at(term.start)
    above = next(iter(document.ancestors(block)), None)
    if above is not None:
        return document.head(above)
    before = document.blocks[block.index - 1] if block.index else block
    short = before.index != block.index and before.end - before.body < _LEAD_IN
    return (before.body, before.end) if short else (0, 0)


#: Characters of a line that leads in what stands below it.
_LEAD_IN = 140
#: A body as the label of its grade: ``Chi bộ 2: HTTNV``.
_BODY_LABEL = re.compile(r"[\s*+•.-]*(?:chi bộ|đảng bộ|công đoàn|chi đoàn|đoàn trường|tổ|tập thể)[^:;.]{0,40}: ?[\"“]?")


def _is_grading(context: Context, clause: int, term: Term, before: Number | None, after: list[Counted]) -> bool:
    """Whether ``hoàn thành tốt nhiệm vụ`` is a grading of staff here: no praise, no grade of pupils."""
    lowered = context.document.lower
    labelled = _BODY_LABEL.fullmatch(lowered, clause, term.start) is not None
    if before is None and not after and not labelled and not _GRADING_CUE.search(lowered, clause, term.start):
        return False
    if _OF_PUPILS.search(lowered, *_head_of(context, term)):
        return False
    counted = [noun or "" for *_, noun in after] + ([lowered[before.end : term.start]] if before else [])
    return not any(_PUPILS.search(noun) for noun in counted)
