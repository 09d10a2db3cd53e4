"""Prizes, medals, titles and ranks that were obtained."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.document import Block, Document, Found
from extractors._shared.numbers import view_offset
from extractors._shared.view import fold_tone_style
from extractors.awards.all_of import at_one_school
from extractors.awards.authority import with_authority
from extractors.awards.context import Context
from extractors.awards.graded_tables import extract_graded_tables
from extractors.awards.group_homes import group_homes
from extractors.awards.lists import extract_lists
from extractors.awards.merge import (
    once_by_passage,
    once_with_list,
    with_givers,
    with_homes,
    without_headlines,
    without_ranked,
    without_repeats,
    without_retold,
    without_told_counts,
    without_won_titles,
)
from extractors.awards.ordered_grades import extract_ordered_grades
from extractors.awards.own_homes import own_home, with_own_names
from extractors.awards.periods import with_told_periods
from extractors.awards.planned import is_planned
from extractors.awards.portraits import portrayed_homes
from extractors.awards.prize_rows import extract_prize_rows
from extractors.awards.prizes import extract_prizes
from extractors.awards.ranks import extract_ranks
from extractors.awards.ranks_by_year import ranks_by_year
from extractors.awards.retold import once_told
from extractors.awards.school_bodies import with_school_bodies
from extractors.awards.tables import extract_table_awards
from extractors.awards.title_tables import extract_title_tables
from extractors.awards.titles import extract_titles
from extractors.awards.yearly_tables import extract_yearly_tables
from schemas.records import Award, Record

_THE_SCHOOL = re.compile(r"(?:tập thể )?(?:nhà )?trường", re.I)
_SPEAKS_OF_IT = re.compile(
    r"(?<!\w)(?:nhà trường|của trường|thầy và trò|thầy trò|trường(?= (?:cũng |còn |đã )*(?:có|đạt|đoạt|giành) ))(?!\w)"
)
#: Characters of a line that may be a caption.
_CAPTION = 140
#: Words of a headline by which a caption is known to say it again.
_LONG_TITLE = 8
_WORD = re.compile(r"\w+")
TYPE = "award"
AFTER = ("report", "schools")


def extract(document: Document, found: Found) -> list[Record]:
    """The awards of a report, in the order of the text, tables last; each is listed once."""
    context = Context(document, found)
    awards: list[Award] = []
    for block in document.prose():
        if block.kind in ("letterhead", "motto", "number", "dateline", "recipients", "signature", "byline"):
            continue
        for rule in (extract_titles, extract_prizes, extract_ranks):
            awards.extend(rule(context, block))
    tables = (
        extract_table_awards,
        extract_title_tables,
        extract_yearly_tables,
        extract_lists,
        extract_graded_tables,
        extract_ordered_grades,
        extract_prize_rows,
        ranks_by_year,
    )
    listed = [award for rule in tables for award in rule(context) if not is_planned(context, award)]
    # The counts of tables stay: a cell is a statement of its own.
    awards = _at_school_of_headline(context, at_one_school(context, [*with_own_names(context, awards)]))
    listed = [*with_own_names(context, listed)]
    told, listed = once_with_list(without_told_counts(awards, listed), listed)
    told = with_authority(context, with_givers([*told, *listed], decision=context.is_decision))
    told = once_told(context, told)
    told = without_ranked(told) if context.of_schools_block else told
    told = without_retold(_once(without_won_titles(once_by_passage(told))))
    told = without_headlines(told, _heads(document))
    told = [*with_school_bodies(context, with_homes(told, _homes(context, told)))]
    return [*without_repeats(_within_school([*with_told_periods(context, told)]))]


#: Groups inside a school, which meet each other at its own contests.
_GROUP = re.compile(
    r"(?:(?:tập thể|đội|nhóm|chi đoàn|chi đội|học sinh|các)? ?(?:(?:liên )?tổ|lớp|khối|chi đội|chi đoàn)"
    r" (?:lớp )?(?:\d{1,2}[^\W\d_]?\d?|toán|văn|lý|hóa|sử|địa|anh|khtn|khxh|ngoại ngữ|tiếng anh|tự nhiên|xã hội"
    r"|văn phòng|chuyên môn|hành chính|mẫu giáo|nhà trẻ|lá|chồi|mầm)(?!\w))",
    re.I,
)


def _within_school(awards: Sequence[Award]) -> list[Award]:
    """Awards whose level is not told, at the level of the school where its own groups won them: ``nhất: tổ Toán``."""
    return [award.model_copy(update={"level": "truong"}) if _of_group(award) else award for award in awards]


def _of_group(award: Award) -> bool:
    won = award.level is None and award.kind != "title" and award.contest is not None
    return won and _GROUP.match(award.recipient or "") is not None


#: Between a person and the school where they are: a class, brackets, a post.
_AT = re.compile(
    r"(?:,? \(?(?:sinh năm|sn) ?\d{4}\)?|,? \d{2} tuổi)?(?: ?[,(-]| (?=(?:hiện |đang )*là )) ?(?:(?:hiện|đang"
    r"|là|nguyên) )*"
    r"(?:(?:học sinh|hs|em|sinh viên|(?:giáo viên|gv|hiệu trưởng|phó hiệu trưởng|hiệu phó|tổ trưởng|tổ phó"
    r"|tổng phụ trách|bí thư (?:đoàn|chi bộ))(?: (?!trường)[^\W\d_]+){0,5}?)(?!\w) ?)?(?:(?:lớp"
    r"|khối) [^,;.()]{1,14}[,]? ?)?"
    # a pupil of a gifted class: ``học sinh chuyên Lý K26 Trường …``
    r"(?:(?:lớp )?chuyên (?:[^\W\d_]+ ){1,2}(?:(?:khóa |niên khóa |k)[\d -]+,? ?)?)?"
    r"(?:(?:của|tại|đang học tại|-) )?(?:trường )?",
    re.I,
)


def _homes(context: Context, awards: Sequence[Award]) -> dict[str, str]:
    """The school that stands right behind a name, for the people who won without one."""
    document = context.document
    homes: dict[str, str] = {}
    for person in {award.recipient for award in awards if award.recipient and not award.school}:
        called = fold_tone_style(person)
        at = document.text.find(called)
        while at >= 0 and person not in homes:
            end = at + len(called)
            schools = context.schools_in(end, end + 90)
            if schools and _AT.fullmatch(document.lower, end, schools[0][0]):
                homes[person] = schools[0][2].name
            elif school := own_home(context, end):
                homes[person] = school.name
            at = document.text.find(called, end)
    return portrayed_homes(context, awards) | group_homes(context, awards) | homes


def _at_school_of_headline(context: Context, awards: list[Award]) -> list[Award]:
    """Of news whose headline or whole text names one school, what ``nhà trường`` got with that school's name.

    A report with a letterhead is the school's own and does not fill it.
    """
    blocks = context.document.blocks
    titles = [block for block in blocks[:3] if block.kind == "title"]
    if any(block.kind in ("letterhead", "number") for block in blocks):
        return awards
    headed = {school.name for title in titles for _, _, school in context.schools_in(title.start, title.end)}
    named = headed or {school.name for _, _, school in context.schools}
    if len(named) != 1:
        return awards
    school = next(iter(named))
    return [
        award.model_copy(update={"school": school})
        if not award.school
        and (
            _THE_SCHOOL.fullmatch(award.recipient or "")
            or _of_the_school(context, award)
            or (headed and _told_of(context, award, school))
        )
        else award
        for award in awards
    ]


def _told_of(context: Context, award: Award, school: str) -> bool:
    """Whether a paragraph tells what its pupils won right behind the school of the headline, no other in between."""
    if award.kind not in ("prize", "medal", "rank") or award.recipient_kind == "unit":
        return False
    start = view_offset(context.document, award.evidence[0].start)
    before = context.schools_in(context.document.block_at(start).body, start)
    return bool(before) and before[-1][2].name == school


def _of_the_school(context: Context, award: Award) -> bool:
    """Whether a sentence tells what ``nhà trường`` won and names no school and nobody else."""
    document = context.document
    first, last = document.sentence_at(view_offset(document, award.evidence[-1].start))
    told = _SPEAKS_OF_IT.search(document.lower, first, last) is not None
    return told and not award.recipient and not context.schools_in(first, last)


def _heads(document: Document) -> list[tuple[int, int]]:
    """The headline and the captions (short lines without a full stop, or that say the headline again), as ranges of
    the report's own text."""
    title = next((set(_WORD.findall(document.lower, b.body, b.end)) for b in document.blocks[:3]), set())
    heads = [
        block
        for block in document.blocks
        if block.kind in ("title", "caption")
        or (
            block.kind == "paragraph"
            and block.marker is None
            and block.end - block.start < _CAPTION
            and (document.text[block.end - 1].isalnum() or _says_again(document, block, title))
        )
    ]
    passages = [document.evidence(block.start, block.end) for block in heads if block.end > block.start]
    return [(passage.start, passage.end) for passage in passages]


def _says_again(document: Document, block: Block, title: set[str]) -> bool:
    """Whether a short paragraph is the headline again, as below a picture."""
    words = set(_WORD.findall(document.lower, block.body, block.end))
    return len(title) >= _LONG_TITLE and len(title & words) * 10 >= 9 * len(title)


def _once(awards: list[Award]) -> list[Award]:
    """The awards without those whose every field, passage included, has been listed."""
    seen: dict[str, Award] = {}
    for award in awards:
        seen.setdefault(award.model_dump_json(), award)
    return list(seen.values())
