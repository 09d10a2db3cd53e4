"""Schools that the level rules do not reach: universities, groups with a brand, ``trường Tân Lễ``, table columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors._shared.document import Block, Document
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.lexicon import load_lexicon
from extractors._shared.places import CAPITAL, is_place
from extractors._shared.scan import WholeWords, Words, matches_from, places_of
from extractors._shared.view import fold_tone_style, lower
from extractors.schools.context import Context
from extractors.schools.endings import UNION
from extractors.schools.items import is_person, is_province, read_item, read_items
from extractors.schools.mentions import SchoolMention, starts_with_level
from extractors.schools.own_names import to_ordinal

# Words of fields of study that stand in small letters inside the name of a university.
_FIELD = (
    r"học|phạm|hợp|hội|văn|nhiên|nghệ|thuật|tế|khoa|dân|ngữ|thể|thao|chính|thương|mại|lịch|sản|nghiệp|lâm|nông|y|"
    r"dược|tài|nghề|giáo|dục|"
    r"quân|sự|cảnh|sát|an|ninh|hành|thông|lợi|dựng|trúc|luật|ngoại|thiệp|tin|dân|tộc|hóa|quản|lý|kỹ|du|tư|pháp|"
    r"gia|trị|cương|doanh|công(?= ngh| th)|kinh(?= tế| doanh)|quốc(?= dân| tế| gia)|"
    r"báo|chí|tuyên|truyền|trẻ|mầm|non|xuất|bản|tải|hải|đội|cộng|đồng|nội|vụ|đô|ương|khí|tượng|mỏ|địa|chất|điện|lực|"
    r"khấu|ảnh|nguyên|môi|trường|đoàn|nữ|niên|biên|trú|phòng|liệu|dưỡng|khấu|dệt|may|sâm|thực|phẩm|đông"
)
#: Fields that a name joins by ``và``; behind another ``và`` the name of another school begins.
_SECOND_FIELD = (
    r"(?:Nhân|Công|Kỹ|Kinh|Quản|Truyền|Du|Đào|Bồi|Nông|Lâm|Môi|Thể|Phát|Dược|Hội|Thương|Tin|Đời|Xã|Ngoại|Tài|"
    r"Văn|Nghệ)"
)
_HIGHER_NAME = (
    rf"(?:TP\.? ?(?:HCM|[{CAPITAL}]\w*(?: [{CAPITAL}]\w*){{1,2}})|(?:sư phạm (?=[{CAPITAL}])|"
    rf"[{CAPITAL}])\w*(?:\.\w+)*(?:(?: - (?=(?:[Cc]ông|[Kk]ỹ|[Kk]inh|[Qq]uản|[Tt]ài|"
    rf"[Tt]hương|[Dd]u) |[Dd]ược|"
    rf"(?:Hàn|Đức|Nhật|Pháp|Nga|Hung|Mỹ|Úc|Anh)(?!\w))| )"
    rf"(?!(?i:và )?(?i:trường|đại học|cao đẳng|học viện|trung cấp|đh|cđ|đhsp|cđsp)(?!\w))(?!TP\.? )"
    rf"(?:{_FIELD}|và(?= [^{CAPITAL}]| {_SECOND_FIELD}(?!\w))|khu vực(?= [IVX])|"
    rf"[{CAPITAL}]\w*(?:\.\w+)*)(?!\w))*(?<! và)"
    rf"(?: [1-9](?![\w./]))?(?:,? TP\.? ?(?:HCM|[{CAPITAL}]\w*(?: [{CAPITAL}]\w*){{1,2}}))?)"
)
_NUMBER_BEHIND = re.compile(r" (?P<n>[1-9])$")
_GROUP_AT = Words(("nhóm trẻ", "nhóm lớp", "lớp m", "cơ sở "))
_GROUP = re.compile(
    r"(?:nhóm trẻ|nhóm lớp|lớp mẫu giáo|lớp mầm non|cơ sở (?:gdmn|mầm non|"
    r"giáo dục mầm non))"
    r"(?:(?!(?<!\w)(?:tặng|múa|vẽ|hát|đọc|kể|diễn|trình diễn|biểu diễn|bài|tiết mục|bức|vở|chủ đề|"
    r"với)(?!\w))[^.,;\n\"“«]){0,45}?\s?[\"“«']"
    r"(?P<name>[^\"”»'\n]{2,40})[\"”»']"
)
#: The same without quotes, behind a word that tells who runs it.
_GROUP_UNQUOTED = re.compile(
    r"(?i:nhóm trẻ|nhóm lớp|lớp mẫu giáo|lớp mầm non|cơ sở (?:gdmn|mầm non|giáo dục mầm non))"
    r"(?i:(?:,? (?:lớp mẫu giáo|lớp mầm non|nhóm trẻ))?(?: (?:độc lập|tư thục|gia đình|dân lập|ngoài công lập))+) "
    rf"(?P<name>[{CAPITAL}][\w']*(?: [{CAPITAL}][\w']*){{1,4}})"
)
# Looked for as a literal in lower case, since most words of a report are no schools.
_WORD = re.compile(r"trường ")
_PLAIN = re.compile(rf"(?:[Tt]rường|TRƯỜNG) (?=(?:thị trấn |xã |số \d (?:xã )?)?[{CAPITAL}][\w']+)")
# ``môi trường``, ``điểm trường`` and the like are no schools.
_COMPOUND = re.compile(
    r"(?:nhà|môi|thị|lập|hội|điểm|công|chiến|quảng|nông|lâm|ngư|hiện|đấu|thao|khai|tựu|toàn|hiệu|đoàn|liên) $"
)
#: Before the name of a school they speak of its grounds: ``sân trường Lê Lợi``.
_GROUNDS = re.compile(r"(?:sân|cổng|mái) $")
#: The level in brackets behind: ``trường Trần Thị Khuê (cấp 3)``.
_ITS_LEVEL = re.compile(r" \((?:trường |bậc |khối )?(?P<level>[^()\n]{2,20})\)")
#: With what a line or clause opens that lists schools.
_OPENS_LIST = re.compile(r"(?:^|[\n.;] ?|\d[.)] )(?:[-+*] )?(?:cụm|khối|nhóm|các)[^.;:\n]{0,40}(?::| gồm:?) $")
#: More than one school: ``học sinh các trường Tân Lễ, Nam Hà``.
_SEVERAL = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|năm|sáu|bảy|0?[2-9]|1\d) $")
_PLAIN_NUMBER = re.compile(r"(?:số (?P<n>\d) )?(?:xã )?", re.I)
_SHORT_CELL = 24
_COLUMN = re.compile(
    r"^(?:tên\s)?(?:các\s)?(?P<noun>trường|đơn vị(?: trường)?|nhà trường|cơ sở|trường học|(?:học sinh|"
    r"hs) trường)(?P<rest>.{0,40})$",
    re.S,
)
_TOTAL = re.compile(r"(?:cộng|tổng|toàn|chung|s?tt\W*$|huyện|xã|\W*$)")


@cache
def _higher() -> dict[str, str]:
    """Lower-case forms of the kinds of higher schools, with the kinds."""
    rows = load_lexicon("extractors.schools")["school_higher"]
    return {lower(fold_tone_style(form)): entry.value or "" for entry in rows for form in entry.forms}


#: With what names of universities begin that are no fields of study.
_REGIONS = ("Tây Bắc", "Tây Nguyên", "Tây Đô", "Quốc gia ")
_HIGHER_AT_START = re.compile(r"(?:đại học|cao đẳng|học viện|trung cấp|đh|cđ)(?!\w)")
#: With what the name of such a school begins.
_HIGHER_AT = WholeWords(("trường", *_higher()))


@cache
def _higher_name() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, _higher()), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?P<school>(?i:trường)\s)?(?P<kind>(?i:{kinds}))\s(?P<rest>(?:nghề |tỉnh |huyện )?{_HIGHER_NAME})"
    )


def find_higher(document: Document) -> list[SchoolMention]:
    """Universities, colleges and academies with a name, in order: ``Trường Cao đẳng Sư phạm Yên Khê``.

    Without ``Trường`` before it the name must hold a place (``Đại học Sư phạm`` is a degree).
    """
    forms, text = _higher(), document.text
    found = []
    places = places_of(_HIGHER_AT, document.lower, 0, len(text))
    for match in matches_from(_higher_name(), places, text, 0, len(text)):
        kind, rest = match["kind"], match["rest"]
        if UNION.match(document.lower, match.start("kind")):
            continue
        if kind.islower() and (match["school"] is None or kind in ("đh", "cđ") or forms[kind] == "Quốc tế"):
            continue
        first = re.sub(r" \d$", "", rest).removeprefix("nghề ").removeprefix("tỉnh ").removeprefix("huyện ").split(" ")
        last_words = [" ".join(first[-n:]) for n in (1, 2, 3) if len(first) > n - 1]
        if match["school"] is None and forms[kind.lower()] != "Học viện" and not _is_of_place(rest, last_words):
            continue
        if match.group(0).isupper():
            rest = " ".join(syllable.capitalize() for syllable in rest.split())
        kind_only, *pedagogy = forms[kind.lower()].split(" Sư phạm")
        rest = f"Sư phạm {rest}" if pedagogy else rest
        number = _NUMBER_BEHIND.search(rest)
        own, ordinal = (rest[: number.start()], int(number["n"])) if number else (rest, None)
        span = match.span("rest")
        found.append(SchoolMention(match.start(), match.end(), "khac", own, ordinal, kind=kind_only, name=span))
    return found


def _is_of_place(rest: str, last_words: Sequence[str]) -> bool:
    """Whether a university's name ends with a place or is that of a region: it is no degree then."""
    return rest.startswith(_REGIONS) or rest.endswith("HCM") or any(map(is_place, last_words))


def find_groups(document: Document) -> list[SchoolMention]:
    """Private groups of children by their brand: ``nhóm trẻ của cơ sở "Hoa Mai"``, ``nhóm trẻ tư thục Hoa Mai``."""
    lowered = document.lower
    places = places_of(_GROUP_AT, lowered, 0, len(lowered))
    unquoted = (_GROUP_UNQUOTED.match(document.text, place) for place in places)
    named = [match for match in unquoted if match is not None]
    return [
        SchoolMention(m.start(), m.end(), "MN", document.value(*m.span("name")), kind="group", name=m.span("name"))
        for m in named
    ] + [
        SchoolMention(m.start(), m.end(), "MN", document.value(*m.span("name")), kind="group", name=m.span("name"))
        for m in matches_from(_GROUP, places, lowered, 0, len(lowered))
        if document.text[m.start("name")].isupper() and 'mầm non "' not in m.group(0)
    ]


def find_plain(context: Context, found: Sequence[SchoolMention]) -> list[SchoolMention]:
    """``trường Nam Mỹ``: a known school of that name, else one of the level that the context gives."""
    document, mentions = context.document, []
    taken = [(mention.start, mention.end) for mention in found]
    for word in _WORD.finditer(document.lower):
        match = _PLAIN.match(document.text, word.start())
        if match is None or (word.start() and document.text[word.start() - 1].isalnum()):
            continue
        before = document.lower[max(match.start() - 8, 0) : match.start()]
        if (
            _COMPOUND.search(before)
            or starts_with_level(document, match.end())
            or any(start <= match.end() < end for start, end in taken)
        ):
            continue
        number = _PLAIN_NUMBER.match(document.lower, match.end())
        at = number.end() if number else match.end()
        item = read_item(document, at, "") if not _HIGHER_AT_START.match(document.lower, at) else None
        if item is None or document.lower.startswith(" học", item.end):
            continue  # ``trường Nam Tiểu học``
        ordinal = item.ordinal or to_ordinal(number["n"] if number else None)
        level = _level_of_plain(context, found, match.start(), item, ordinal)
        if level is not None:
            mentions.append(SchoolMention(match.start(), item.end, level, item.own_name, ordinal, name=item.name))
            before = document.lower[max(match.start() - 60, 0) : match.start()]
            if _OPENS_LIST.search(before) or _SEVERAL.search(before):
                mentions += list(_listed_after(context, item, level))
    return mentions


def _listed_after(context: Context, first: SchoolMention, level: str) -> Iterator[SchoolMention]:
    """The further items of a list of which the first says ``trường`` for all: ``Cụm 1: trường Tân Lễ, Nam Hà``."""
    items = list(read_items(context, first.start, level))[1:]
    if not any(is_person(context, item) or is_province(item) for item in items):
        yield from items


def _level_of_plain(
    context: Context, found: Sequence[SchoolMention], start: int, item: SchoolMention, ordinal: int | None
) -> str | None:
    """The level of a school told as ``trường`` only: in brackets behind, of its namesakes, of what stands around."""
    document = context.document
    behind = _ITS_LEVEL.match(document.lower, item.end)
    said = find_levels(document.text, document.lower, *behind.span("level")) if behind else []
    if len(said) == 1:
        return said[0][2]
    levels = {m.level for m in found if m.own_name == item.own_name and (m.ordinal == ordinal or ordinal is None)}
    if len(levels) == 1:
        return levels.pop()
    if _GROUNDS.search(document.lower, max(start - 8, 0), start):
        return None
    first, _ = document.sentence_at(start)
    return context.level_at(start, document.lower[first:start])


def find_in_tables(context: Context, found: Sequence[SchoolMention]) -> Iterator[SchoolMention]:
    """Bare names in a column of schools: the level is its heading's, the row section's or the caption's."""
    document = context.document
    taken = {document.block_at(mention.start).index for mention in found}
    for table in range(len(document.tables)):
        cells = document.cells(table)
        columns = dict(_school_columns(document, cells))
        columns = {col: told for col, told in columns.items() if told[1] or not _of_districts(document, cells, col)}
        if not columns:
            continue
        outer = document.level(cells[0]) or _caption_level(document, cells[0]) or context.level
        section: str | None = None
        own = _row_levels(document, cells, set(columns))
        for block in cells:
            section = _section_level(document, block, cells) or section
            if block.cell is None or block.cell.col not in columns or block.index in taken:
                continue
            heading_row, heading_level = columns[block.cell.col]
            text = document.block_text(block)
            if block.cell.row <= heading_row or _TOTAL.match(text.lower()):
                continue
            level = own.get(block.cell.row) or heading_level or section or outer
            item = read_item(document, block.body, level) if level else None
            if item is None and level and text.strip().lower() == "thị trấn":
                item = SchoolMention(block.body, block.end, level, "Thị trấn", name=(block.body, block.end))
            if (
                item is not None
                and item.end == block.end
                and not _ADDRESSED.match(text)
                and not is_person(context, item)
            ):
                yield item


#: A person in a column of bodies and people: ``Em Lò Thị Hoa``.
_ADDRESSED = re.compile(
    rf"\s*(?:(?:[Ee]m|[Cc]háu|[Bb]ạn) (?=[{CAPITAL}])|"
    rf"(?:[Ôô]ng|[Bb]à|[Cc]ô|[Tt]hầy|[Đđ]/c) (?:[{CAPITAL}][^\W\d_]*\s*){{3,6}}$)"
)


#: A district, city or commune among the units of a column, which then are all such.
_DISTRICT = re.compile(r"(?:tx|tp|huyện|quận|thị xã|thành phố|xã|phường|phòng gd)(?:\.| |&|đt)")


def _of_districts(document: Document, cells: list[Block], column: int) -> bool:
    """Whether a column without a level in its heading lists districts: ``Yên Khê``, ``TX. Tam Hà``."""
    texts = (document.block_text(one).lower().strip() for one in cells if one.cell and one.cell.col == column)
    return any(_DISTRICT.match(text) for text in texts)


def _row_levels(document: Document, cells: list[Block], columns: set[int]) -> dict[int, str]:
    """The levels of rows that give theirs in a column of its own: ``Hoa Mai | MN``, ``Kim Đồng | Tiểu học``."""
    told: dict[int, dict[int, str]] = {}
    for block in cells:
        if block.cell is None or block.cell.col in columns or block.end - block.start > _SHORT_CELL:
            continue
        levels = find_levels(document.text, document.lower, block.start, block.end)
        if len(levels) == 1 and levels[0][:2] == (block.start, block.end):
            told.setdefault(block.cell.col, {})[block.cell.row] = levels[0][2]
    return max(told.values(), key=len, default={}) if any(len(rows) > 1 for rows in told.values()) else {}


def _school_columns(document: Document, cells: list[Block]) -> Iterator[tuple[int, tuple[int, str | None]]]:
    """Columns that list schools: column → (row of the heading, level that the heading names)."""
    for block in cells:
        if block.cell is None or block.cell.row > 3:
            continue
        text = " ".join(document.block_text(block).lower().split())
        match = _COLUMN.match(text)
        if match and not re.search(r"công tác|tính|bộ đội|thực hiện", match["rest"]):
            levels = {level for _, _, level in find_levels(document.text, document.lower, block.start, block.end)}
            yield block.cell.col, (block.cell.row, join_levels(list(levels)) if len(levels) == 1 else None)


def _section_level(document: Document, block: Block, cells: list[Block]) -> str | None:
    """The level of a row that is nothing but a level: ``I. Mầm non``, ``Khối Tiểu học``."""
    if block.cell is None or block.end - block.start > 40:
        return None
    text = re.sub(
        r"^(?:[ivx]+|\d+|[a-d])?[.)]?\s?(?:khối|cấp|bậc(?: học)?|trường)?\s?", "", document.block_text(block).lower()
    )
    levels = find_levels(text.upper(), text)
    if len(levels) == 1 and levels[0][0] == 0 and levels[0][1] >= len(text.rstrip(" :")):
        row = block.cell.row
        if (
            sum(1 for other in cells if other.cell is not None and other.cell.row == row) <= 3
            or block.cell.col_span > 1
        ):
            return levels[0][2]
    return None


def _caption_level(document: Document, first: Block) -> str | None:
    """The level named in the two blocks before a table."""
    for block in reversed(document.blocks[max(first.index - 2, 0) : first.index]):
        levels = {level for _, _, level in find_levels(document.text, document.lower, block.start, block.end)}
        if levels:
            return join_levels(list(levels)) if len(levels) == 1 else None
    return None
