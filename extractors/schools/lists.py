"""Schools named without their level: the items of a list, of an award bullet or of a table column.

``cấp Tiểu học gồm các trường: Nam Mỹ, Hồng Quang`` declares what its items are; under a heading on
primary schools ``4 giải ba: Nam Minh, Nam Giang`` names schools too, because the names are known
as schools of that level or as communes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._shared.document import Block, Document
from extractors._shared.family_names import honoured_names
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.numbers import Ranges
from extractors._shared.places import CAPITAL, fold, gazetteer
from extractors._shared.scan import WholeWords, Words, holds, matches_at, matches_from, places_of, words_in
from extractors._shared.view import fold_tone_style, lower
from extractors.schools.below import COMMUNES, NOUN, PERSONS, find_below
from extractors.schools.bracketed import find_bracketed
from extractors.schools.context import CANDIDATE, TWO_WORDS, Context
from extractors.schools.continued import OF_PERSONS, find_continued
from extractors.schools.figured import find_figured
from extractors.schools.items import GAP, is_person, is_province, read_item, read_items
from extractors.schools.mentions import SchoolMention
from extractors.schools.own_names import key
from extractors.schools.winners import (
    behind_winner,
    follows_winner,
    gifted,
    is_district,
    opens_grade,
    tells_grade,
)

_OPENER = re.compile(
    r"(?:(?<!\w)(?:đó là|gồm có|bao gồm|gồm|như sau|như|là|có|cụ thể|nhất là|đặc biệt là|tại (?:các )?(?:xã|"
    r"phường|thị trấn)"
    r"(?:,? (?:và )?(?:phường|thị trấn|xã))*)\s?:?|:|\()\s?(?:trường\s)?(?:(?:thị trấn|xã|phường|chuyên)\s)?$"
)
#: With one of these the text before a list ends.
_OPENS = (
    *words_in("đó là|gồm có|gồm|như sau|như|là|có|cụ thể|nhất là|đặc biệt là|:|("),
    *words_in("trường|thị trấn|xã|phường|chuyên"),
)
_COMMUNE_HEAD = re.compile(
    r"(?:ở|tại|thuộc|của|gồm|từ|giữa|với|là|nhập|địa bàn)\s(?:các |hai |ba |bốn |\d+ )"
    r"(?:xã|phường|thị trấn|huyện|địa phương)(?:,? (?:thị trấn|phường|xã))*:? "
)
_AT_COMMUNES = re.compile(
    r"^\W{0,2}(?:công lập |trọng điểm |\w+ ){0,2}(?:tại|ở|thuộc|trên địa bàn|của)\s(?:địa bàn\s)?(?:các |"
    r"\d+ )?(?:xã|thị trấn|phường)"
)
#: What a stage of schooling is called before its level.
_STAGE_BEFORE = re.compile(r"(?<!\w)(?:cấp(?: học)?|bậc(?: học)?|khối|ngành học) $")
#: Schools of one level, of which a bracket gives the names: ``các trường mầm non ngoài công lập (A, B, C)``.
_MANY_OF_LEVEL = re.compile(
    r"(?<!\w)(?:các|những|hai|ba|bốn|năm|sáu|\d{1,2}) (?:trường|đơn vị|cơ sở) [^.;:()\d]{2,50}$"
)
#: ``01 trường THPT (Tân Lễ)``.
_ONE_OF_LEVEL = re.compile(r"(?<!\w)(?:0?1|một) trường [^.;:()\d,]{2,30}\($")
_COUNT = re.compile(r"(?<!\w)(?P<n>\d{1,2}) (?:trường|đơn vị|cơ sở)(?!\w)[^.;:()\d]*\($")
_GROUP_OF_LEVEL = re.compile(r"(?<!\w)(?:cụm|khối|cấp|bậc(?: học)?|nhóm|ngành học) (?!thi)[^.;:()\d]{2,20}$")
_NOT_A_SCHOOL = re.compile(
    r"(?<!\w)(?:(?:xã|phường)(?: mới)?|thị trấn|huyện|quận|tỉnh|thành phố|tp\.?|thị xã|ubnd|thôn|ấp|bản|làng|khu|cụm|"
    r"(?:đảng|huyện|tỉnh|thành|thị|quận) ủy|"
    r"hđnd|đường|địa phương|trung tâm|"
    r"phòng gd&đt|môn|hội thi|cuộc thi|ở|tại|đến|từ|về|ông|bà|thầy|cô|em|đồng chí|đ/c)\s?:?\s$"
)
_AWARD_WORDS = WholeWords(
    words_in("giải|huy chương|hcv|hcb|hcđ|đạt|thành tích|violympic|ioe|thi|xếp thứ|giao lưu|hội khỏe|tntv|trạng nguyên")
)
_CLAUSE = re.compile(r"[.;!?\n]\s|\n")
_CLAUSE_SIGNS = (".", ";", "!", "?", "\n")
_TOWN_BEFORE = re.compile(r"(?<!\w)(?:thị trấn|tt\.?) $")
_NUMBERED = re.compile(r"số [1-9] ")
_NUMBER_FIRST = re.compile(rf"(?<=[(,;:] )số [1-9] (?=[{CAPITAL}])|(?<=\()số [1-9] (?=[{CAPITAL}])")
_REACH = 220
#: Between the two levels of schools that have both: ``các trường Tiểu học và THCS: Tân Lễ, Nam Hà``.
_AND_LEVEL = re.compile(r"&(?P<level>thcs|thpt)(?!\w)")
_ONE_SCHOOL = re.compile(r" (?:và|&) |\s?[&-]\s?")
_PAIR = 2
#: Items that are not told by capitals: ``các trường: thị trấn 1, …``.
_SIGN_BEFORE = re.compile(r"[:,;] $")
_SIGN_BEHIND = re.compile(r"[,;.\n]|$| \(\d+(?:[.,]\d+)? (?:điểm|giải|em|hs|huy chương)")
_FIRST_AT = Words((": thị trấn ", ": tt ", ": số "))
_FIRST = re.compile(rf": (?=(?:[Tt]hị trấn|TT) [{CAPITAL}\d]|[Ss]ố [1-9] [{CAPITAL}])")


def find_bare(context: Context) -> list[SchoolMention]:
    """Mentions of schools by their name only, in order; the context holds those that say their level."""
    explicit = context.explicit
    spans = [(mention.start, mention.end) for mention in explicit]
    listed = list(_declared(context, Ranges(spans)))
    declared = [*find_bracketed(context), *find_continued(context), *listed, *find_below(context)]
    declared += find_figured(context)
    known: dict[str, set[str]] = {}
    for mention in (*explicit, *declared):
        known.setdefault(mention.level, set()).add(key(mention.own_name))
    spans += [(mention.start, mention.end) for mention in declared]
    supposed = list(_supposed(context, Ranges(spans), known))
    taken = Ranges([*spans, *((mention.start, mention.end) for mention in supposed)])
    others = (*supposed, *_enumerated(context, taken, known), *_numbered(context, taken))
    bare = [*declared, *(mention for mention in others if not is_province(mention))]
    alone = {mention.end for mention in explicit if not mention.plural}
    named = [mention for mention in bare if not _says_where(context, mention, alone)]
    return _without_overlaps(_without_counts([*explicit, *listed], named))


def _without_counts(told: Sequence[SchoolMention], bare: Sequence[SchoolMention]) -> list[SchoolMention]:
    """The mentions by name only, a number taken off that no school told has in its name: ``Nam Hà 2, Tân Lễ 1``.

    There it says how many winners the school has.
    """
    numbered = {(m.level, key(m.own_name), m.ordinal) for m in told}
    several = {(m.start, m.level) for m in bare if m.further}
    return [
        replace(m, ordinal=None, end=m.name[1])
        if m.ordinal
        and m.end > m.name[1]
        and (m.start, m.level) not in several
        and (m.level, key(m.own_name), None) in numbered
        and (m.level, key(m.own_name), m.ordinal) not in numbered
        else m
        for m in bare
    ]


def _without_overlaps(mentions: list[SchoolMention]) -> list[SchoolMention]:
    kept: list[SchoolMention] = []
    seen: set[tuple[int, str, str, int | None]] = set()
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        # ``Tân Lễ 1, 2 và 3`` begins for all of them where the first does.
        tail = (mention.own_name, mention.ordinal) if mention.further else ("", None)
        if (mention.start, mention.level, *tail) not in seen:
            seen.add((mention.start, mention.level, *tail))
            kept.append(mention)
    return kept


def _declared(context: Context, taken: Ranges) -> Iterator[SchoolMention]:
    """The lists that a head with a level opens: ``7 trường THCS tại các xã: Nghĩa An, Hồng Quang``."""
    document, done = context.document, 0
    # ``Trường MN 1/6: A, B``: the names behind one school are its people.
    named = {mention.end for mention in context.explicit if not mention.plural}
    for at, last in _starts(context):
        if at < done or taken.touch(at, at + 1):
            continue
        left = _clause_before(document, at)
        opener = _OPENER.search(left) if left.rstrip().endswith(_OPENS) else None
        if opener is None or at - len(opener.group(0)) in named:
            continue
        level = _declared_level(context, at, left, left[: opener.start()], opener.group(0))
        if level is None:
            continue
        start = at
        if town := re.search(r"(?:thị trấn|chuyên) $", left):
            start -= len(town.group(0))
        items = list(read_items(context, start, level))
        short = opener.group(0).strip() in ("có", "(")
        one = len(items) == 1 and _ONE_OF_LEVEL.search(left) and document.text.startswith(")", items[0].end)
        if short and len(items) < _PAIR and not one:
            continue
        # One school may be named after Võ Thị Sáu, of several such names most are winners.
        counted = _COUNT.search(left)
        all_told = counted is not None and int(counted["n"]) == len(items)
        people = not all_told and sum(OF_PERSONS.search(item.own_name) is not None for item in items) >= _PAIR
        listed = opener.group(0).strip() == "(" and _of_group(context, at, left[: opener.start()])
        strict = (short and not one and not listed and not all_told) or people or PERSONS.search(left) is not None
        for item in items:
            person = is_person(context, item, strict=strict) or (people and OF_PERSONS.search(item.own_name))
            if not is_province(item) and not person:
                yield item
        done = items[-1].end if items else last


def _starts(context: Context) -> list[tuple[int, int]]:
    """Where the first item of a list can begin, with the end of the name there: at capitals, a town or a number."""
    text = context.document.text
    places = places_of(_FIRST_AT, context.document.lower, 0, len(text))
    others = [(match.end(), match.end()) for match in matches_from(_FIRST, places, text, 0, len(text))]
    return sorted([*(match.span() for match in context.candidates), *others])


def _declared_level(context: Context, start: int, left: str, before: str, opener: str) -> str | None:
    """The level of the list that opens here, or None where its head does not speak of schools."""
    levels = find_levels(context.document.text[start - len(left) : start][: len(before)], before)
    if levels and (joined := _AND_LEVEL.match(before, levels[-1][1])):
        levels.append((joined.start("level"), joined.end(), joined["level"].upper()))
    nouns = list(NOUN.finditer(before))
    last = max((nouns[-1].end() if nouns else 0), (levels[-1][1] if levels else 0))
    if not last:
        return None
    tail = before[last:]
    at_communes = _AT_COMMUNES.match((tail + " " + opener).strip()) is not None
    if COMMUNES.search(tail + " " + opener) and not at_communes:
        return None
    if len(tail) > 110 or PERSONS.search(tail) or (opener.strip() in ("là", "như") and not nouns):
        return None
    if opener.strip() == "có" and not nouns and (tail.strip() or not _STAGE_BEFORE.search(before, 0, levels[-1][0])):
        return None  # ``cấp Tiểu học có Tân Lễ, Nam Hà 1``
    if opener.strip() == "(" and not _MANY_OF_LEVEL.search(before) and not _of_group(context, start, before):
        return None
    if opener.strip() == ":" and not nouns and tail.strip():
        return None
    if at_communes and not levels:
        return None
    if levels and len({level for _, _, level in levels}) > 1 and levels[-1][1] < last:
        return None
    if len(levels) == _PAIR and _ONE_SCHOOL.fullmatch(before, levels[0][1], levels[1][0]):
        return join_levels([level for _, _, level in levels])
    return levels[-1][2] if levels else context.level_at(start, left)


def _of_group(context: Context, start: int, before: str) -> bool:
    """Whether a bracket lists the schools of a group: ``các đơn vị tham gia: cụm Mầm non (A, B)``."""
    if not _GROUP_OF_LEVEL.search(before):
        return False
    first, _ = context.document.sentence_at(start)
    told = context.document.lower[max(first, start - _REACH) : start]
    return NOUN.search(told) is not None and not PERSONS.search(told)


def _supposed(context: Context, taken: Ranges, known: dict[str, set[str]]) -> Iterator[SchoolMention]:
    """Names in award bullets under a level, where they are known schools or communes, or follow a winner's name."""
    document = context.document
    anywhere = {key(mention.own_name) for mention in context.explicit}
    for block in document.blocks:
        if block.kind == "junk" or block.cell is not None or not _tells_of_awards(context, block):
            continue
        told = context.level_of(block)
        level = told or context.level_of_winners(block)
        if level is None or level == "khac":
            continue
        names = known.get(level, set()) | set(context.communes)
        for match in matches_at(CANDIDATE, TWO_WORDS, document.text, block.body, block.end):
            town = _TOWN_BEFORE.search(document.lower, max(match.start() - 10, 0), match.start())
            start = town.start() if town else match.start()
            if taken.touch(match.start(), match.start() + 1) or _NOT_A_SCHOOL.search(
                document.lower, max(start - 20, 0), start
            ):
                continue
            item = read_item(document, start, level)
            if item is None or _among_communes(document, start):
                continue
            if town and not (behind_winner(context, item) or follows_winner(context, item)):
                continue  # a town by itself is no school
            if behind_winner(context, item):
                yield gifted(document, item)
                continue
            follows = follows_winner(context, item)
            if is_person(context, item, strict=True) and not (follows and key(item.own_name) in anywhere):
                continue
            if told is None and not follows:
                continue
            if follows or key(item.own_name) in names or _among_known(context, item, names) or _graded(context, item):
                yield item


def _graded(context: Context, item: SchoolMention) -> bool:
    """Whether the name of somebody whom schools honour is listed behind a grade: ``Nhất: Nguyễn Du (45 điểm)``."""
    document = context.document
    if lower(fold_tone_style(item.own_name)) not in honoured_names():
        return False
    if not _SIGN_BEFORE.search(document.text, max(item.start - 2, 0), item.start):
        return False
    if _SIGN_BEHIND.match(document.lower, item.end) is None:
        return False
    line = max(document.block_at(item.start).start, document.lower.rfind("\n", 0, item.start) + 1)
    return tells_grade(document, line, item.start)


def _enumerated(context: Context, taken: Ranges, known: dict[str, set[str]]) -> Iterator[SchoolMention]:
    """Lists of three or more names of which half are schools that the report names with one level elsewhere."""
    document, done = context.document, 0
    for match in context.candidates:
        start = match.start()
        if start < done or taken.touch(start, start + 1) or document.block_at(start).kind in ("junk", "cell"):
            continue
        levels = [level for level, names in known.items() if key(match.group(0).rstrip(" 123456789")) in names]
        if len(levels) != 1:
            continue
        left = _clause_before(document, start)
        if COMMUNES.search(left) or PERSONS.search(left) or _NOT_A_SCHOOL.search(left[-20:]):
            continue
        items = list(read_items(context, start, levels[0]))
        if len(items) >= 3 and 2 * sum(key(item.own_name) in known[levels[0]] for item in items) >= len(items):
            yield from (item for item in items if not is_person(context, item))
        done = items[-1].end if items else match.end()


def _numbered(context: Context, taken: Ranges) -> Iterator[SchoolMention]:
    """``hai trường ở Tân Lễ (số 1 Tân Lễ, số 2 Tân Lễ)``: numbers before names, the level told by the sentence."""
    document = context.document
    for match in matches_at(_NUMBER_FIRST, _NUMBERED, document.text, 0, len(document.text)):
        first, _ = document.sentence_at(match.start())
        left = document.lower[first : match.start()]
        levels = {level for _, _, level in find_levels(document.text[first : match.start()], left)}
        item = read_item(document, match.start(), levels.pop()) if len(levels) == 1 and NOUN.search(left) else None
        if item is not None and not taken.touch(item.name[0], item.name[0] + 1):
            yield item


def _among_communes(document: Document, start: int) -> bool:
    """Whether the list in which a name stands was opened as one of communes: ``ở các xã: A, B, C``."""
    left = _clause_before(document, start)
    opened = list(_COMMUNE_HEAD.finditer(left))
    return bool(opened) and not NOUN.search(left, opened[-1].end()) and "(" not in left[opened[-1].end() :]


def _tells_of_awards(context: Context, block: Block) -> bool:
    """Whether a block or the heading over its item speaks of prizes."""
    head = context.document.blocks[block.parent] if block.parent is not None and block.kind == "item" else block
    return _speaks_of_awards(context, block) or _speaks_of_awards(context, head)


def _speaks_of_awards(context: Context, block: Block) -> bool:
    document = context.document
    return opens_grade(document, block.body) or holds(_AWARD_WORDS, document.lower, block.start, block.end)


def _among_known(context: Context, item: SchoolMention, names: set[str]) -> bool:
    """Whether the name is an item of a list of at least three of which half are known."""
    document = context.document
    first, last = document.sentence_at(item.start)
    runs = list(CANDIDATE.finditer(document.text, first, last))
    around, position = [item], next((i for i, run in enumerate(runs) if run.start() == item.start), None)
    if position is None:
        return False
    for step in (-1, 1):
        index, edge = position + step, item
        while 0 <= index < len(runs):
            other = read_item(document, runs[index].start(), item.level)
            if other is None:
                break
            gap = document.lower[other.end : edge.start] if step < 0 else document.lower[edge.end : other.start]
            if not GAP.fullmatch(gap):
                break
            around.append(other)
            index, edge = index + step, other
    fits = sum(key(one.own_name) in names for one in around)
    return len(around) >= 3 and fits * 2 >= len(around) and not is_district(item.own_name)


#: Between a school and the place where it stands, and how that begins.
_BETWEEN, _STANDS_IN = (", ", " – ", " - ", " ("), re.compile(r"(?:xã|phường|thị trấn|huyện|quận|thị xã) ")


def _says_where(context: Context, mention: SchoolMention, ends: set[int]) -> bool:
    """Whether a name behind that of one school says where that is: ``Trường THPT Nguyễn Huệ, Phú Yên``."""
    document = context.document
    signs = [s for s in _BETWEEN if mention.start - len(s) in ends and document.text.endswith(s, 0, mention.start)]
    in_province = ", " in signs and fold(mention.own_name) in gazetteer().provinces
    return in_province or (bool(signs) and _STANDS_IN.match(document.lower, mention.start) is not None)


def _clause_before(document: Document, offset: int) -> str:
    """The lower-case text before an offset back to the last full stop, semicolon or line end."""
    start = max(document.block_at(offset).start, offset - _REACH)
    left = document.lower[start:offset]
    if not holds(_CLAUSE_SIGNS, left, 0, len(left)):
        return left
    ends = [match.end() for match in _CLAUSE.finditer(left)]
    return left[ends[-1] :] if ends else left
