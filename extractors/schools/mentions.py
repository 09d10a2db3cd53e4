"""Mentions of schools that say their level: ``Trường Tiểu học số 1 xã Tân Lễ``, ``TH Tân Lễ 1``, ``THCS TÂN LỄ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractors._shared.document import Document
from extractors._shared.levels import join_levels
from extractors._shared.lexicon import load_lexicon
from extractors._shared.places import CAPITAL, fold, gazetteer
from extractors._shared.scan import WholeWords, at_word_start, matches_from, places_of
from extractors._shared.view import fold_tone_style, lower
from extractors.schools.endings import UNION, alternatives
from extractors.schools.own_names import WARD, read_name, to_ordinal

_ORDINALS = re.compile(
    r"(?:(?:, | và | & )(?:số )?(?:[1-9]|I{1,3}|IV)(?=[,;.:)]|\n|$| và ))+(?<!,)(?! và \d\d| và \d \w)"
)
#: Numbers before the one name of several schools: ``TH số 1, số 2 Tân Lễ``, ``Tiểu học số 1 và 2 Tân Lễ``.
_NUMBERS_FIRST = re.compile(
    rf" (?:[Ss]ố )[1-9](?:, (?:số )?[1-9])*(?:, | và | & )(?=số [1-9] (?:xã )?[{CAPITAL}]|[1-9] (?:xã )?[{CAPITAL}])"
)
_VOCATIONAL = re.compile(
    r" (?:y tế|sư phạm|kinh tế|nông nghiệp|kỹ thuật|chuyên nghiệp|nghề|thương mại|tài chính)(?!\w)"
)
#: Between a kind of school and its stages: ``Phổ thông trung học bán công cấp 2-3``.
_KIND = r"\s(?:(?:bán công|dân lập|tư thục|công lập|bc|dl)\s)?(?=cấp (?:[123]|i{1,3})(?!\w))"
_LEVEL_PAIR = re.compile(r"cấp (?:[123]|i{1,3})(?:\s?,\s?(?:[123]|i{1,3})\b)+")
_QUANTITY = r"các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|(?!0?1(?!\d))\d{1,3}|một số|nhiều|hệ thống|liên"
_PLURAL = re.compile(
    rf"(?<!\w)(?<!lớp )(?<!khối )(?<!thứ )(?<!hạng )(?:{_QUANTITY}) (?:đơn vị |điểm |chi bộ |liên đội |công đoàn )?"
    r"(?:trường(?: học)?|đơn vị|cơ sở|trung tâm|chi bộ|liên đội|công đoàn)? ?:? ?$"
)
#: A second place told before a third: ``nhì THCS A, ba TH&THCS B``.
_SECOND = re.compile(r"(?<!\w)nhì (?!lớp |khối )[^.;\n]{4,45}[,;] ?(?:giải )?ba $")
_SCHOOL_WORD = re.compile(r"(?<!\w)(?:trường(?: học| phổ thông| pt)?|trung tâm|tt|ttgdtx) ?:? $")
#: Words after which a level without ``trường`` is a stage of schooling or a body, not a school.
_STAGE = re.compile(
    r"(?<!\w)(?:cấp(?: học)?|bậc(?: học)?|khối(?: thi đua)?|cụm|ngành học|giáo dục|gd|phổ cập|pcgd|chương trình|tổ|"
    r"phòng|vụ|môn|lớp|sách|trình độ|"
    r"tốt nghiệp|học hết|hệ|chuyên môn|nghiệp vụ|trẻ|chuyên viên|phụ trách|hạng|bộ phận|chi bộ khối) $"
)
#: Where a level is part of a document's symbol: ``Số: 15/KH-THCS``.
_IN_SYMBOL = re.compile(r"/ ?[A-ZĐ][A-ZĐ&]+(?:[/-][A-ZĐ&]+)* ?- ?$")
#: Between levels that share a name each has the word of its own, else they are one school's (``Tiểu học và THCS``).
_ONE_NAME = re.compile(r" và trường ")
#: The last of the levels of one school: ``Trường Tiểu học, THCS và THPT Ánh Dương``.
_LAST_OF_ONE = re.compile(r" (?:và|&) [^,]+$")
#: Before ``trường`` a body of which a school has one: ``Chi bộ trường TH, THCS, THPT Ánh Dương``.
_OF_THE_SCHOOL = re.compile(r"(?<!\w)(?<!các )(?:chi bộ|công đoàn|liên đội|hiệu trưởng|đoàn|đảng bộ) $")
#: Schools that stand together as a cluster: ``Cụm trường THPT Tân Lễ - Nam Hà``.
_CLUSTER = re.compile(r"(?<!\w)cụm (?:các )?$")
_AT_SCHOOL = re.compile(r"(?<!\w)(?:ở|tại|về|lên|sang|vào|qua|từ|đến|dạy|học|cùng|rời|học sinh|giáo viên) $")
#: What a school for the gifted stands behind where ``Chuyên`` is told for it: ``thuộc về Chuyên Tân Lễ``.
_GIFTED_AT = re.compile(r"(?:[,;(:]|(?<!\w)(?:và|là|của|tại|ở|về|cho|từ|gồm|như|thpt|thuộc|với)) $")
_TWO_SYLLABLES = re.compile(rf" ([{CAPITAL}]\w* [{CAPITAL}]\w*)")
#: Boarding schools whose stage a general word tells before the abbreviation.
_UPPER = re.compile(r"(?:phổ thông|trung học) dtnt")
_SHORT_FORMS = frozenset({"th", "mn", "mg", "tih", "đh", "cđ"})


@dataclass(frozen=True)
class SchoolMention:
    """A passage that names a school. ``name`` is the range of the own name in the view.

    ``kind`` is what the canonical name begins with besides the level (``PTDTBT``, ``Đại học``).
    ``further`` tells that it is the second or a later one of ``Tân Lễ 1, 2 và 3``.
    ``plural`` tells that the mention opens a list (``các trường THCS A, B``), ``assumed`` that the level is not told
    but that of most schools of the kind (``PTDTNT Tân Lễ``).
    """

    start: int
    end: int
    level: str
    own_name: str
    ordinal: int | None = None
    place: str | None = None
    kind: str = ""
    plural: bool = False
    name: tuple[int, int] = (0, 0)
    further: bool = False
    assumed: bool = False


@cache
def _forms(group: str) -> dict[str, str]:
    """Lower-case form to id (or value) of a lexicon group."""
    rows = load_lexicon("extractors.schools")[group]
    return {lower(fold_tone_style(form)): entry.value or entry.id for entry in rows for form in entry.forms}


@cache
def _head() -> re.Pattern[str]:
    levels = alternatives(_forms("school_level"))
    boarding = alternatives(_forms("school_boarding"))
    level = rf"(?:{levels})(?![\w])(?:(?:\s?[-,;+&]\s?|\svà\s)(?:cấp\s)?(?:2|3|ii|iii)(?!\w))*"
    return re.compile(
        rf"(?<![\w&])(?:(?P<boarding>{boarding})(?:(?!\w)|(?=th(?:cs|pt)?(?!\w)))\s?(?:-\s?)?)?"
        rf"(?:(?:phổ thông )?liên cấp (?={level}))?"
        rf"(?:(?P<levels>{level}(?:(?:\s?[&,/-]\s?|\.|\s(?:và|&)\s|{_KIND}){level})*)(?:\s(?P<boarding2>{boarding})(?!\w))?)?"
    )


#: With what a head begins: keeps the regex above from being tried at every character.
_TRIGGERS = WholeWords(
    {
        **_forms("school_level"),
        **_forms("school_boarding"),
        **{
            f"{kind}{level}": ""
            for kind in _forms("school_boarding")
            if " " not in kind
            for level in ("th", "thcs", "thpt")
        },
    }
)
_TRIGGER = re.compile(rf"(?:{at_word_start(sorted(_TRIGGERS, key=len, reverse=True), also='&')})(?!\w)")


def starts_with_level(document: Document, offset: int) -> bool:
    """Whether a level or kind of school is named at an offset."""
    return _TRIGGER.match(document.lower, offset) is not None


def find_mentions(document: Document) -> list[SchoolMention]:
    """Every passage that names a school with its level, in order; ``các trường Mầm non`` is none."""
    found: list[SchoolMention] = []
    waiting: list[re.Match[str]] = []
    lowered, position = document.lower, 0
    places = places_of(_TRIGGERS, lowered, 0, len(lowered))
    for trigger in matches_from(_TRIGGER, places, lowered, 0, len(lowered)):
        if trigger.start() < position:
            continue
        head = _head().match(lowered, trigger.start())
        if head is None or head.end() == head.start() or not _is_capital_form(document, trigger):
            continue
        if UNION.match(lowered, trigger.start()):
            continue
        position = head.end()
        joined = bool(found) and lowered[found[-1].end : head.start()] in (" và ", ", ")
        mentions = list(_read(document, head, joined=joined))
        waiting = (
            [*waiting, head] if not waiting or _ONE_NAME.fullmatch(lowered, waiting[-1].end(), head.start()) else [head]
        )
        if mentions:
            found.extend(_of_one_name(document, waiting[:-1], mentions[0]))
            waiting = []
        for mention in mentions:
            found.append(mention)
            found.extend(more_of_name(document, mention))
            position = max(position, mention.end)
    return found


def _of_one_name(document: Document, heads: list[re.Match[str]], named: SchoolMention) -> Iterator[SchoolMention]:
    """The schools of levels whose one name stands behind the last: ``trường Tiểu học và trường THCS Tân Lễ``."""
    for head in heads:
        levels = _levels_of(head["levels"] or "")
        word = _SCHOOL_WORD.search(document.lower, max(head.start() - 20, 0), head.start())
        if word is not None and len(levels) == 1 and levels[0] != named.level and not head["boarding"]:
            yield replace(named, start=word.start(), level=levels[0], kind="", plural=False)


def more_of_name(document: Document, mention: SchoolMention) -> Iterator[SchoolMention]:
    """The other schools of ``Tiểu học Tân Lễ 1 và 2``, ``TH Tân Lễ 1, 2, 3``."""
    if mention.ordinal is None:
        yield from _more_letters(document, mention)
    if mention.ordinal is None or document.text[mention.end - 1] not in "123456789IV":
        return
    following = _ORDINALS.match(document.text, mention.end)
    for number in re.finditer(r"\d|[IV]+", following.group(0)) if following else ():
        end = mention.end + number.end()
        yield replace(mention, start=mention.start, end=end, ordinal=to_ordinal(number.group(0)), further=True)


_LETTERS = re.compile(rf"(?:(?:, | và | & )[B-E](?=[,;.:)]|\n|$| và | &| (?![{CAPITAL}])[^\W\d_]))+")


def _more_letters(document: Document, mention: SchoolMention) -> Iterator[SchoolMention]:
    """The other schools of ``Tiểu học Tân Lễ A, B và C``."""
    lettered = mention.own_name[-2:] in (" A", " B", " C") and mention.end == mention.name[1]
    following = _LETTERS.match(document.text, mention.end) if lettered else None
    for letter in re.finditer(r"[B-E]", following.group(0)) if following else ():
        if letter.group(0) <= mention.own_name[-1]:
            return
        own = f"{mention.own_name[:-1]}{letter.group(0)}"
        yield replace(mention, start=mention.start, end=mention.end + letter.end(), own_name=own, further=True)


def _is_capital_form(document: Document, match: re.Match[str]) -> bool:
    written = document.text[match.start()]
    return (
        match.group(0) not in _SHORT_FORMS or written.isupper() or document.lower.endswith("trường ", 0, match.start())
    )


#: ``Đài PTTH Sơn La`` broadcasts.
_STATION = re.compile(r"(?<!\w)đài (?:tỉnh )?$")


def _levels_of(text: str) -> list[str]:
    """The levels named in a head: ``TH&THCS`` two, ``cấp 2-3`` two."""
    found = [_forms("school_level")[match.group(0)] for match in _level_word().finditer(text)]
    several = "cấp " in text
    if several and re.search(r"cấp (?:1|i)(?:\s?[-,;+&]\s?|\svà\s)(?:2|ii)\b", text):
        found.append("THCS")
    if several and re.search(r"cấp (?:1|i|2|ii)\b.*(?:[-,;+&]\s?|\svà\s)(?:3|iii)\b", text):
        found.append("THPT")
    return [level for joined in found for level in joined.split("&")]


@cache
def _level_word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(_forms('school_level'))})(?!\w)")


def _read(document: Document, head: re.Match[str], *, joined: bool) -> Iterator[SchoolMention]:
    """The schools of one head; ``joined`` tells that another school stands right before it."""
    lowered = document.lower
    before = lowered[max(head.start() - 60, 0) : head.start()]
    word = _SCHOOL_WORD.search(before)
    quantity = _PLURAL.search(before)
    counter = (
        quantity is not None and quantity.group(0).strip().isdigit() and _opens_row(document, head.start(), quantity)
    )
    third = quantity is not None and quantity.group(0) == "ba " and _SECOND.search(before) is not None
    plural = quantity is not None and not counter and not third
    # ``Đó là các trường: THPT A, THPT B``: the word heads the list, it is not the first school's.
    start = head.start() - (len(before) - word.start()) if word and ":" not in word.group(0) else head.start()
    if word is None and head["boarding"] is None and (_STAGE.search(before) or _STATION.search(before)):
        return
    if word is not None and _CLUSTER.search(before, 0, word.start()):
        return
    if _IN_SYMBOL.search(document.text, max(head.start() - 40, 0), head.start()):
        return
    levels = _levels_of(head["levels"] or "")
    gifted = head.group(0) == "chuyên"
    vague = head.group(0) in ("giáo dục thường xuyên", "trung học") or gifted or "cấp" in head.group(0)
    of_gifted = gifted and document.text.startswith("Chuyên ", head.start()) and _GIFTED_AT.search(before) is not None
    if vague and word is None and not joined and not of_gifted and not _is_place_of_study(document, head):
        return
    general = head.group(0) == "phổ thông"
    if general and (word is None or plural):
        return
    if head.group(0) == "trung học" and _VOCATIONAL.match(lowered, head.end()):
        return
    boarding = _forms("school_boarding").get(head["boarding"] or head["boarding2"] or "", "")
    capitals, named = _in_capitals(document, head), word is not None
    numbers = _NUMBERS_FIRST.match(document.text, head.end())
    position = numbers.end() if numbers else head.end()
    if document.text.startswith("\n", position) and document.block_at(position).cell is not None:
        position += 1  # the name stands in the next line of the cell
    reading = read_name(document, position, levels=levels, boarding=boarding, capitals=capitals, named=named)
    if reading is None or (plural and (reading[1:3] == ("Thị trấn", None) or WARD.fullmatch(f" {reading[1]}"))):
        return
    name, own, ordinal, place, end = reading
    if own[:1].isdigit() and word is None and document.text[head.start()].islower():
        return  # ``giáo viên giỏi tiểu học 6/7``
    if gifted:
        name, own = (head.start(), name[1]), f"chuyên {own}"
    of_province = fold(own) in gazetteer().provinces
    titled = document.text[head.start()].isupper() and not document.text[head.start() : head.end()].isupper()
    if general and not titled and (of_province or fold(own) in gazetteer().districts):
        return  # ``trường phổ thông Hà Nội``, unlike ``Trường Phổ thông Thanh Hà``
    assumed = not levels
    if assumed:
        of_province = of_province or "tỉnh" in lowered[head.end() : name[0]]
        levels = ["THPT"] if of_province or _UPPER.search(head.group(0).lower()) else ["THCS"]
    separate = len(set(levels)) > 1 and (plural or _is_list(document, head, (start, end)))
    for level in dict.fromkeys(levels) if separate else [join_levels(levels) or "khac"]:
        for number in re.findall(r"\d", numbers.group(0)) if numbers and ordinal else ():
            yield SchoolMention(start, end, level, own, int(number), place, boarding, plural, name, further=True)
        yield SchoolMention(start, end, level, own, ordinal, place, boarding, plural, name, assumed=assumed)


def _is_place_of_study(document: Document, head: re.Match[str]) -> bool:
    """Whether ``cấp 2`` is a school that somebody is at (``dạy ở cấp 2 Tân Lễ``), not a stage of schooling."""
    name = _TWO_SYLLABLES.match(document.text, head.end())
    if not head.group(0).startswith("cấp ") or name is None:
        return False
    table, folded = gazetteer(), fold(name.group(1))
    if folded == "việt nam" or folded in table.provinces:
        return False  # ``học sinh cấp 3 Hà Nội``
    return _AT_SCHOOL.search(document.lower, max(head.start() - 14, 0), head.start()) is not None


def _is_list(document: Document, head: re.Match[str], span: tuple[int, int]) -> bool:
    """Whether levels before one name are several schools: those of one school are joined by more than commas.

    One school's are listed where it stands alone (``TH, THCS, THPT Ánh Dương`` in a cell, in brackets), and behind a
    ``Trường`` with a capital that heads three, or ends with ``và``.
    """
    if "," not in _LEVEL_PAIR.sub("", head.group(0)) or " - " in head.group(0):
        return False
    start, end = span
    block = document.block_at(start)
    opens = block.start == start or document.text[start - 1] in "\n("
    if opens and (end >= block.end or document.text[end] in "\n)"):
        return False
    of_one = head.group(0).count(",") > 1 or _LAST_OF_ONE.search(head.group(0))
    called = document.text.startswith("Trường", start) or _OF_THE_SCHOOL.search(
        document.lower, max(start - 20, 0), start
    )
    return not (of_one and called)


def _opens_row(document: Document, position: int, counter: re.Match[str]) -> bool:
    """Whether the figure before a level opens its line or row, whose counter it is (``5 | TH&THCS Tân Lễ``)."""
    start = position - len(counter.group(0))
    block = document.block_at(position)
    return block.start >= start or document.text[start - 1 : start] in ("\n", "")


def _in_capitals(document: Document, head: re.Match[str]) -> bool:
    """Whether a head stands in a line of capitals (``TRƯỜNG TIỂU HỌC …``)."""
    text = document.text
    full = [word for word in re.findall(r"\w+", head.group(0)) if len(word) > 1]
    written_out = any(word in ("học", "non", "sở", "thông", "tộc", "giáo", "xuyên") for word in full)
    before = text[max(head.start() - 7, 0) : head.start()].rstrip()
    if (written_out and text[head.start() : head.end()].isupper()) or before.endswith(("TRƯỜNG", "TÂM")):
        return True
    block = document.block_at(head.start())  # ``CHI BỘ MG TÂN LỄ TỔ CHỨC …``
    around = text[max(block.start, head.start() - 20) : min(block.end, head.end() + 30)]
    return around.replace("Tr.", "").isupper() and len(before) > 1
