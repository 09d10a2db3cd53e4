"""Mentions of schools that say their level: ``Trường Tiểu học số 1 xã Tân Lễ``, ``TH Tân Lễ 1``, ``THCS TÂN LỄ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from extractors._shared.document import Document
from extractors._shared.levels import join_levels
from extractors._shared.lexicon import load_lexicon
from extractors._shared.places import CAPITAL, fold, gazetteer
from extractors._shared.scan import WholeWords, at_word_start, matches_from, places_of
from extractors._shared.view import fold_tone_style, lower
from extractors.schools.endings import ROMAN, UNION, alternatives, name_end, words

# A full stop belongs to a name after a letter or two only (``Ng.``), else a sentence ends there.
_CLAUSE = rf"Trường|Năm|Các|Tại|Ngày|Trong|Đây|[{CAPITAL}][^\W\d_]{{2,}} (?![{CAPITAL}])"
_TOKEN = rf"(?:[{CAPITAL}]\w?(?:\.(?!{_CLAUSE})\w*)*[\w']*(?:-[{CAPITAL}]\w*)*|i[A-Z]\w+)(?<!\.)"
_DATE_NAME = r"\d{1,2}[-/.](?:0?[1-9]|1[0-2])(?!\w|[/.-]\d| (?:trường|lớp|đơn vị|cô|trẻ|em|giáo viên)(?!\w))"
_NAME = re.compile(rf"{_TOKEN}(?: {_TOKEN}){{0,6}}|{_DATE_NAME}")
_QUOTED = re.compile(r"[\"“«'] ?(?P<name>[^\"”»'\n]{2,40}?) ?[\"”»']")
_NUMBER = r"\d|1\d(?= (?:xã|phường|thị trấn))|I{1,3}|IV|V"
#: What may stand between the level and the name, in lower case.
_QUALITY = (
    r"(?:(?:tư thục|ngoài công lập|công lập|dân lập|bán công|bc|dl|ncl|quốc tế|song ngữ|chất lượng cao|trọng điểm|"
    r"thực hành(?: sư phạm)?|liên cấp|"
    r"độc lập|nội trú|bán trú|thuộc) )*"
)
#: The level once more, shortened, or the mark of a school of practice: ``Trường Trung học phổ thông (THPT) Yên Khê``.
_SHORT_FORM = r"(?:- ?thsp |thsp )?(?:\((?:thpt|thcs|th|mn|th&thcs|thcs&thpt|ptdtnt|ptdtbt|dtnt|dtbt)\) )?"
_BEFORE_NAME = re.compile(
    rf" ?{_SHORT_FORM}{_QUALITY}(?:số ?(?P<number>{_NUMBER}) ?|(?P<bare>{_NUMBER}) (?=\D))?{_QUALITY}"
    r"(?P<chuyen>chuyên |năng khiếu )?(?P<admin>xã|phường|huyện|quận|tỉnh|thành phố|tp\.?|thị xã|tx\.?)? ?",
    re.I,
)
#: A school of practice of a university bears it in its name.
_PRACTICE = re.compile(r"Thực hành (?:[Ss]ư phạm )?")
#: A school that has its number from the ward or district of a city: ``Mầm non Phường 5``.
_WARD = re.compile(r" (?P<ward>(?:phường|quận) \d{1,2})(?![\w/])", re.I)
#: What the school of an enterprise is named after: ``Nông trường Tân Lễ``, ``mỏ Apatit``.
_ESTATE = re.compile(rf"(?:[Nn]ông trường|[Ll]âm trường|[Mm]ỏ|[Nn]hà máy|[Tt]hủy điện) (?=[{CAPITAL}])")
_TOWN = re.compile(r"(?:thị trấn|tt\.?)(?!\w) ?", re.I)
_AFTER_NAME = re.compile(
    rf",? ?(?:số |Số |SỐ )?(?<![,\d])(?<=[ ])(?P<number>{_NUMBER})(?![\w%°])(?! ?[/:-] ?\d|[.,]\d)"
)
#: A word with a capital that opens something else, and no counted noun: ``Tiểu học Tân Lễ 1 Ngày đăng:``.
_OPENS = re.compile(rf" [{CAPITAL}](?![{CAPITAL}])[^\W\d_]")
_ORDINALS = re.compile(r"(?:(?:, | và | & )(?:số )?[1-9](?=[,;.:)]|\n|$| và ))+(?<!,)(?! và \d\d| và \d \w)")
_VOCATIONAL = re.compile(
    r" (?:y tế|sư phạm|kinh tế|nông nghiệp|kỹ thuật|chuyên nghiệp|nghề|thương mại|tài chính)(?!\w)"
)
_LEVEL_PAIR = re.compile(r"cấp (?:[123]|i{1,3})(?:\s?,\s?(?:[123]|i{1,3})\b)+")
_PLACE = re.compile(rf" ?[,(-]? ?(?:xã|phường|thị trấn) (?P<place>{_TOKEN}(?: {_TOKEN}){{0,4}})\)?")
_QUANTITY = r"các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,3}|một số|nhiều|hệ thống|liên"
_PLURAL = re.compile(
    rf"(?<!\w)(?<!lớp )(?<!khối )(?:{_QUANTITY}) (?:đơn vị |điểm |chi bộ |liên đội |công đoàn )?"
    r"(?:trường(?: học)?|đơn vị|cơ sở|trung tâm|chi bộ|liên đội|công đoàn)? ?:? ?$"
)
_SCHOOL_WORD = re.compile(r"(?<!\w)(?:trường(?: học| phổ thông| pt)?|trung tâm|tt|ttgdtx) ?:? $")
#: Words after which a level without ``trường`` is a stage of schooling or a body, not a school.
_STAGE = re.compile(
    r"(?<!\w)(?:cấp(?: học)?|bậc(?: học)?|khối(?: thi đua)?|cụm|ngành học|giáo dục|gd|phổ cập|chương trình|tổ|"
    r"phòng|vụ|môn|lớp|sách|trình độ|"
    r"tốt nghiệp|học hết|hệ|chuyên môn|nghiệp vụ|trẻ|chuyên viên|phụ trách|hạng|bộ phận|chi bộ khối) $"
)
#: Where a level is part of a document's symbol: ``Số: 15/KH-THCS``.
_IN_SYMBOL = re.compile(r"/ ?[A-ZĐ][A-ZĐ&]+(?:[/-][A-ZĐ&]+)* ?- ?$")
#: Between levels that share a name each has the word of its own, else they are one school's (``Tiểu học và THCS``).
_ONE_NAME = re.compile(r" và trường ")
#: The last of the levels of one school: ``Trường Tiểu học, THCS và THPT Ánh Dương``.
_LAST_OF_ONE = re.compile(r" (?:và|&) [^,]+$")
#: Schools that stand together as a cluster: ``Cụm trường THPT Tân Lễ - Nam Hà``.
_CLUSTER = re.compile(r"(?<!\w)cụm (?:các )?$")
#: Schools that only a letter tells apart: ``Trường Mầm non B``.
_LETTERS = frozenset("ABCD")
_GOES_ON = re.compile(r"\.\w|[\w&'/-]| [,;]? ?(?:,|và) [A-E](?!\w)")
_SHORT_FORMS = frozenset({"th", "mn", "mg", "tih", "đh", "cđ"})


@dataclass(frozen=True)
class SchoolMention:
    """A passage that names a school. ``name`` is the range of the own name in the view.

    ``kind`` is what the canonical name begins with besides the level (``PTDTBT``, ``Đại học``).
    ``plural`` tells that the mention opens a list (``các trường THCS A, B``).
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
        rf"(?<![\w&])(?:(?P<boarding>{boarding})(?!\w)\s?(?:-\s?)?)?(?:(?:phổ thông )?liên cấp (?={level}))?"
        rf"(?:(?P<levels>{level}(?:(?:\s?[&,/-]\s?|\.|\s(?:và|&)\s){level})*)(?:\s(?P<boarding2>{boarding})(?!\w))?)?"
    )


#: With what a head begins: keeps the regex above from being tried at every character.
_TRIGGERS = WholeWords({**_forms("school_level"), **_forms("school_boarding")})
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
            found.extend(_more_ordinals(document, mention))
            position = max(position, mention.end)
    return found


def _of_one_name(document: Document, heads: list[re.Match[str]], named: SchoolMention) -> Iterator[SchoolMention]:
    """The schools of levels whose one name stands behind the last: ``trường Tiểu học và trường THCS Tân Lễ``."""
    for head in heads:
        levels = _levels_of(head["levels"] or "")
        word = _SCHOOL_WORD.search(document.lower, max(head.start() - 20, 0), head.start())
        if word is not None and len(levels) == 1 and levels[0] != named.level and not head["boarding"]:
            yield replace(named, start=word.start(), level=levels[0], kind="", plural=False)


def _more_ordinals(document: Document, mention: SchoolMention) -> Iterator[SchoolMention]:
    """The other schools of ``Tiểu học Tân Lễ 1 và 2``, ``TH Tân Lễ 1, 2, 3``."""
    if mention.ordinal is None or not document.text[mention.end - 1].isdigit():
        return
    following = _ORDINALS.match(document.text, mention.end)
    for number in re.finditer(r"\d", following.group(0)) if following else ():
        end = mention.end + number.end()
        yield replace(mention, start=mention.start, end=end, ordinal=int(number.group(0)))


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
    if re.search(r"cấp (?:1|i)(?:\s?[-,;+&]\s?|\svà\s)(?:2|ii)\b", text):
        found.append("THCS")
    if re.search(r"cấp (?:1|i|2|ii)\b.*(?:[-,;+&]\s?|\svà\s)(?:3|iii)\b", text):
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
    plural = quantity is not None and not counter
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
    if vague and word is None and not joined:
        return
    general = head.group(0) == "phổ thông"
    if general and (word is None or plural):
        return
    if head.group(0) == "trung học" and _VOCATIONAL.match(lowered, head.end()):
        return
    boarding = _forms("school_boarding").get(head["boarding"] or head["boarding2"] or "", "")
    capitals, named = _in_capitals(document, head), word is not None
    reading = _read_name(document, head.end(), levels=levels, boarding=boarding, capitals=capitals, named=named)
    if reading is None or (plural and (reading[1:3] == ("Thị trấn", None) or _WARD.fullmatch(f" {reading[1]}"))):
        return
    name, own, ordinal, place, end = reading
    if gifted:
        name, own = (head.start(), name[1]), f"chuyên {own}"
    of_province = fold(own) in gazetteer().provinces
    if general and (of_province or fold(own) in gazetteer().districts):
        return
    if not levels:
        levels = ["THPT"] if of_province or "tỉnh" in lowered[head.end() : name[0]] else ["THCS"]
    separate = len(set(levels)) > 1 and (
        plural
        or (
            "," in _LEVEL_PAIR.sub("", head.group(0))
            and " - " not in head.group(0)
            and not (document.text.startswith("Trường", start) and _LAST_OF_ONE.search(head.group(0)))
        )
    )
    for level in dict.fromkeys(levels) if separate else [join_levels(levels) or "khac"]:
        yield SchoolMention(start, end, level, own, ordinal, place, boarding, plural, name)


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


Reading = tuple[tuple[int, int], str, int | None, str | None, int]


def _read_name(
    document: Document, position: int, *, levels: list[str], boarding: str, capitals: bool, named: bool
) -> Reading | None:
    """The own name after a level: its range, canonical spelling, ordinal, commune and the mention's end.

    ``named`` tells that ``trường`` stands before the level.
    """
    lowered = document.lower
    gap = _BEFORE_NAME.match(lowered, position)
    if gap is None:
        return None
    at = gap.end()
    if gap["chuyen"]:
        at = gap.start("chuyen")
    number, admin = gap["number"] or gap["bare"], gap["admin"]
    town = _TOWN.match(lowered, gap.end())
    first = town.end() if town else gap.end()
    estate = _ESTATE.match(document.text, first)
    first = estate.end() if estate else first
    read = name_at(document, first, capitals=capitals, short=town is not None)
    if read is None and (ward := _WARD.match(document.text, position)):
        return ward.span("ward"), document.value(*ward.span("ward")), None, None, ward.end()
    if read is None and capitals and document.text[first : first + 1] == "\n":
        read = name_at(document, first + 1, capitals=True, whole_line=True)
    if read is None and not town:
        return None
    if read is None:
        name_start, end, own = town.start() if town else at, (town.end() if town else at), ""
        end -= lowered[name_start:end].endswith(" ")
    else:
        name_start, end, own = read
    ordinal = to_ordinal(number)
    ending = _AFTER_NAME.match(document.text, end)
    opens = ending is not None and not capitals and _OPENS.match(document.text, ending.end()) is not None
    if ending and ordinal is None and (opens or not counts(lowered, ending.end())):
        ordinal, end = to_ordinal(ending["number"]), ending.end()
    if town:
        own = f"Thị trấn {own}".strip()
        name_start = town.start()
    if estate and read is not None:
        own, name_start = f"{estate.group(0).strip()} {own}", estate.start()
    if practice := _PRACTICE.search(document.text, position, name_start):
        own, name_start = f"{practice.group(0)}{own}", practice.start()
    if gap["chuyen"]:
        own, name_start = f"{gap['chuyen'].strip()} {own}", gap.start("chuyen")
    keeps_admin = admin in ("huyện", "quận", "tỉnh", "thành phố", "thị xã") and not boarding and "GDTX" not in levels
    place = own if admin in ("xã", "phường") else None
    if keeps_admin and not named and gap["admin"] in ("tỉnh", "huyện", "quận"):
        return None  # ``học sinh THPT tỉnh Yên Khê``: the pupils of the province
    if keeps_admin and admin:
        own = f"{admin} {own}"
        name_start = gap.start("admin")
    if tail := _PLACE.match(document.text, end):
        place, end = document.value(*tail.span("place")), tail.end()
    return (name_start, end), own, ordinal, place, end


def counts(lowered: str, end: int) -> bool:
    """Whether a number that ends there counts what follows it: ``5 em``, not ``số 4 tổ chức đại hội``."""
    return words("count").match(lowered, end + 1) is not None and not lowered.startswith("tổ chức", end + 1)


def to_ordinal(number: str | None) -> int | None:
    """The ordinal of a school from ``1`` or ``II``; None for none."""
    if not number:
        return None
    return int(number) if number.isdigit() else ROMAN.get(number.upper())


def name_at(
    document: Document, position: int, *, capitals: bool = False, whole_line: bool = False, short: bool = False
) -> tuple[int, int, str] | None:
    """A school's own name that begins here: its range and spelling (words in capitals get small letters).

    ``short`` tells that it may be one short syllable, as the names of towns are.
    """
    text = document.text
    quoted = _QUOTED.match(text, position)
    if quoted and text[quoted.start("name")].isupper():
        return quoted.start(), quoted.end(), _spelling(document, *quoted.span("name"))
    # Beside the letterhead stands the motto: a name never runs on into another block.
    match = _NAME.match(text, position, document.block_at(position).end) if position < len(text) else None
    if match is None:
        return None
    known = words("hyphenated").match(document.lower, match.start())
    if known is None and document.lower.endswith("chuyên ", 0, match.start()):
        known = words("gifted").match(document.lower, match.start())
    end = known.end() if known else name_end(document, match, capitals=capitals)
    if end <= match.start() or (whole_line and not re.match(r"(?: \d)?(?:\n|$)", text[end : end + 3])):
        return None
    tokens = text[match.start() : end].split(" ")
    least = 2 if short else 5
    if tokens[0] in _LETTERS and len(tokens) == 1 and not _GOES_ON.match(text, end):
        least = 1
    if len(tokens) == 1 and not tokens[0][0].isdigit() and not _AFTER_NAME.match(text, end) and len(tokens[0]) < least:
        return None
    return match.start(), end, _spelling(document, match.start(), end)


def _spelling(document: Document, start: int, end: int) -> str:
    value = document.value(start, end)
    if not value.isupper() or len(value) < 5 or " " not in value:
        return value
    return " ".join(syllable if syllable in ROMAN else syllable.capitalize() for syllable in value.split())


_BEFORE_OWN = re.compile(r"^(?:thị trấn|tt\.?|chuyên|huyện|xã|phường) (?=\w)")


@lru_cache(maxsize=4096)
def key(own_name: str) -> str:
    """An own name for comparison: folded, without ``thị trấn``, ``chuyên`` and quotes."""
    return _BEFORE_OWN.sub("", fold(own_name)).strip("\"“”'«» ")
