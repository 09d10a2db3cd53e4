"""The own names of schools: what stands behind the level, its number and its commune."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors._shared.document import Document
from extractors._shared.places import CAPITAL, fold
from extractors.schools.endings import ROMAN, name_end, words

# A full stop belongs to a name after a letter or two only (``Ng.``), else a sentence ends there.
_CLAUSE = rf"Trường|Năm|Các|Tại|Ngày|Trong|Đây|[{CAPITAL}][^\W\d_]{{2,}} (?![{CAPITAL}])"
_TOKEN = rf"(?:[{CAPITAL}]\w?(?:\.(?!{_CLAUSE})\w*)*[\w']*(?:-[{CAPITAL}]\w*)*|i[A-Z]\w+)(?<!\.)"
_DATE_NAME = (
    r"(?:\d{1,2}[-/.](?:0?[1-9]|1[0-2])(?!\w|[/.-]\d| (?:trường|lớp|đơn vị|cô|trẻ|em|giáo viên|(?:tháng )?tuổi)(?!\w))|"
    r"\d{1,2} tháng \d{1,2}(?! năm|[/.-]?\d))"
)
_NAME = re.compile(rf"{_TOKEN}(?: {_TOKEN}){{0,6}}|{_DATE_NAME}(?: {_TOKEN}){{0,3}}")
_QUOTED = re.compile(r"[\"“«'] ?(?P<name>[^\"”»'\n]{2,40}?) ?[\"”»']")
_NUMBER = r"\d|1\d(?= (?:xã|phường|thị trấn))|I{1,3}|IV|V"
#: What may stand between the level and the name, in lower case.
_QUALITY = (
    r"(?:(?:tư thục|ngoài công lập|công lập|dân lập|bán công|bc|dl|ncl|quốc tế|song ngữ|chất lượng cao|trọng điểm|"
    r"thực hành(?: sư phạm)?|kỹ thuật|kĩ thuật|liên cấp|"
    r"độc lập|nội trú|bán trú|thuộc|chuyên ban|phân ban|không chuyên ban) )*"
)
#: The level once more, shortened, or the mark of a school of practice: ``Trường Trung học phổ thông (THPT) Yên Khê``.
_SHORT_FORM = r"(?:- ?thsp |thsp )?(?:\((?:thpt|thcs|th|mn|th&thcs|thcs&thpt|ptdtnt|ptdtbt|dtnt|dtbt)\) )?"
_BEFORE_NAME = re.compile(
    rf" ?(?:(?:đều |cùng )*(?:mang tên|cùng tên|lấy tên|"
    rf"có tên)(?: là)? )?{_SHORT_FORM}{_QUALITY}(?:số ?(?P<number>{_NUMBER}) ?|(?P<bare>{_NUMBER}) (?=\D))?{_QUALITY}"
    r"(?P<chuyen>chuyên |năng khiếu )?"
    r"(?P<admin>xã|phường|huyện|quận|tỉnh|thành phố|tp\.|tp(?!\w)|thị xã|tx\.|tx(?!\w))? ?",
    re.I,
)
#: Communes that are called as schools for the gifted are: ``Trường THCS Chuyên Mỹ``.
_COMMUNE = re.compile(rf"C(?:huyên|HUYÊN) (?:Mỹ|MỸ|Ngoại|NGOẠI)(?!\w| ngữ| [{CAPITAL}][^\W{CAPITAL}])")
_IN_FULL = {"tp.": "thành phố", "tp": "thành phố", "tx.": "thị xã", "tx": "thị xã"}
#: A school of practice of a university bears it in its name.
_PRACTICE = re.compile(r"Thực hành (?:[Ss]ư phạm )?|K[ỹĩ] thuật ")
#: A school that has its number from the ward or district of a city: ``Mầm non Phường 5``.
WARD = re.compile(r" (?P<ward>(?:phường|quận) \d{1,2})(?![\w/])", re.I)
#: What the school of an enterprise is named after: ``Nông trường Tân Lễ``, ``mỏ Apatit``; and one of a hero.
_ESTATE = re.compile(rf"(?:Anh hùng|[Nn]ông trường|[Ll]âm trường|[Mm]ỏ|[Nn]hà máy|[Tt]hủy điện) (?=[{CAPITAL}])")
#: The letter before the name of the commune: ``Trường Tiểu học "A" Tân Lễ``, its ``B`` next to it. Communes of the
#: highlands begin with one too: ``THCS A Vao``.
_LETTER = re.compile(
    rf"(?:[\"“](?P<quoted>[A-D])[\"”]|(?P<bare>[A-D])(?= [{CAPITAL}]\w* [{CAPITAL}])) (?=[{CAPITAL}]\w)"
)
_TOWN = re.compile(r"(?:thị trấn|tt\.?)(?!\w) ?", re.I)
_AFTER_NAME = re.compile(
    rf",? ?(?:số |Số |SỐ )?(?<![,\d])(?<=[ ])(?P<number>{_NUMBER})(?![\w%°])"
    # No figure of a range or a row: ``TH Tân Lễ 1 - 22 - 702`` tells two figures behind the number.
    r"(?! ?[/:] ?\d|[.,]\d|-\d|- \d| -\d| - \d++(?! - \d))"
)
#: One prize of one pupil, behind the number of the school: ``em A - trường THCS Tân Lễ 2 giải Nhất môn Toán``.
_OF_ONE_WINNER = re.compile(r" (?:đạt |đoạt )?giải (?:nhất|nhì|ba|tư|khuyến khích|kk) môn ")
_WINNER = re.compile(
    rf"(?<!\w)(?:[Ee]m|[Bb]ạn|[Cc]háu)(?: [{CAPITAL}][^\W\d_]*){{2,5}} ?"
    r"(?:[-,(]|của|học sinh|lớp \w+)[^.;:()\n]{0,30}$"
)
_REACH = 90
#: A word with a capital that opens something else, and no counted noun: ``Tiểu học Tân Lễ 1 Ngày đăng:``.
_OPENS = re.compile(rf" [{CAPITAL}](?![{CAPITAL}])[^\W\d_]")
_PLACE = re.compile(rf" ?[,(-]? ?(?:xã|phường|thị trấn) (?P<place>{_TOKEN}(?: {_TOKEN}){{0,4}})\)?")
#: Schools that only a letter tells apart: ``Trường Mầm non B``.
_LETTERS = frozenset("ABCD")
#: An abbreviated name: ``TPhú``, ``VHHNam``.
_CAMEL = re.compile(rf"[{CAPITAL}]{{1,3}}[{CAPITAL}](?![{CAPITAL}])[^\W\d_]")
_GOES_ON = re.compile(r"\.\w|[\w&'/-]| [,;]? ?(?:,|và) [A-E](?!\w)")
Reading = tuple[tuple[int, int], str, int | None, str | None, int]


def read_name(
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
    gifted = gap["chuyen"] if gap["chuyen"] and not _COMMUNE.match(document.text, gap.start("chuyen")) else None
    if gap["chuyen"]:
        at = gap.start("chuyen")
    number, admin = gap["number"] or gap["bare"], _IN_FULL.get(gap["admin"], gap["admin"])
    begins = at if gap["chuyen"] and not gifted else gap.end()
    town = _TOWN.match(lowered, begins)
    first = town.end() if town else begins
    letter = _LETTER.match(document.text, first) if town is None else None
    first = letter.end() if letter else first
    estate = _ESTATE.match(document.text, first)
    first = estate.end() if estate else first
    # ``THCS xã Phan``, ``THCS Anh hùng Núp``
    short = town is not None or gap["admin"] is not None or estate is not None
    read = name_at(document, first, capitals=capitals, short=short)
    if read is None and (ward := WARD.match(document.text, position)):
        return ward.span("ward"), document.value(*ward.span("ward")), None, None, ward.end()
    below = read is None and capitals and document.text[first : first + 1] == "\n"
    if below and not words("headline").match(lowered, first + 1):
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
    single = ending is not None and _OF_ONE_WINNER.match(lowered, ending.end()) is not None
    single = single and _WINNER.search(document.text, max(position - _REACH, 0), position) is not None
    opens = ending is not None and not capitals and _OPENS.match(document.text, ending.end()) is not None
    graded = ending is not None and _is_numbered(document, (name_start, ending.end()), ending["number"])
    if ending and ordinal is None and (opens or single or graded or not counts(lowered, ending.end())):
        ordinal, end = to_ordinal(ending["number"]), ending.end()
    if town:
        own = f"Thị trấn {own}".strip()
        name_start = town.start()
    if estate and read is not None:
        own, name_start = f"{estate.group(0).strip()} {own}", estate.start()
    if letter and read is not None:
        own, name_start = f"{own} {letter['quoted'] or letter['bare']}", letter.start()
    if practice := _PRACTICE.search(document.text, position, name_start):
        own, name_start = f"{practice.group(0)}{own}", practice.start()
    keeps_admin = admin in ("huyện", "quận", "tỉnh", "thành phố", "thị xã") and not boarding and "GDTX" not in levels
    place = own if admin in ("xã", "phường") else None
    if (
        keeps_admin
        and not (named or gifted)
        and (admin in ("tỉnh", "huyện", "quận") or _has_pupils(document, position))
    ):
        return None  # ``học sinh THPT tỉnh Yên Khê``: the pupils of the province
    if keeps_admin and admin:
        own = f"{admin} {own}"
        name_start = gap.start("admin")
    if gifted:
        own, name_start = f"{gap['chuyen'].strip()} {own}", gap.start("chuyen")
    if tail := _PLACE.match(document.text, end):
        place = document.value(*tail.span("place"))
        # ``(phường Tân Lễ, Yên Khê)``: more than the commune stands in the bracket.
        end = end if "(" in tail.group(0) and not tail.group(0).endswith(")") else tail.end()
    return (name_start, end), own, ordinal, place, end


#: ``học sinh tiểu học, THCS thành phố Tam Hà``: whose the levels are.
_PUPILS = re.compile(
    r"(?<!\w)(?:học sinh|hs|giáo viên|gv|cán bộ|trẻ|đội tuyển)(?: (?:bậc|cấp|khối))? [^.;:\n\d]{0,40}$"
)


def _has_pupils(document: Document, position: int) -> bool:
    """Whether the levels that end there are told of pupils or teachers."""
    return _PUPILS.search(document.lower, max(position - 70, 0), position) is not None


#: A grade behind a number that counts it, or is that of a school which won it: ``TH Tân Lễ 2 giải Nhì``.
_GRADE = re.compile(r" (?:đồng |cùng )?(?:đạt |đoạt )?giải (?:nhất|nhì|ba|tư|khuyến khích|kk)(?! toàn| đồng)(?!\w)")
_COUNTED = re.compile(r"\d$")


def _is_numbered(document: Document, span: tuple[int, int], number: str) -> bool:
    """Whether a number before a grade is the school's: its sentence counts no grade, or a namesake has a number too."""
    lowered, (start, end) = document.lower, span
    if not number.isdigit() or number.startswith("0") or not _GRADE.match(lowered, end):
        return False
    if lowered.startswith(" đồng ", end):
        return True
    first, last = document.sentence_at(start)
    others = [match.start() for match in _GRADE.finditer(lowered, first, last) if match.start() != end]
    if others and not any(_COUNTED.search(lowered, first, at) and lowered[at + 1] != "đ" for at in others):
        return True
    name = re.escape(lowered[start : end - len(number)])
    return any(
        other["number"] != number and not counts(lowered, other.end())
        for other in re.finditer(name + r"(?P<number>\d)(?!\w)", lowered)
    )


def counts(lowered: str, end: int) -> bool:
    """Whether a number that ends there counts what follows it: ``5 em``, not ``số 4 tổ chức đại hội``, ``II nhất``."""
    told = lowered.startswith(" ", end) and words("count").match(lowered, end + 1) is not None
    return told and lowered[end - 1].isdigit() and not lowered.startswith("tổ chức", end + 1)


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
    end = _small_syllable(document, match.start(), end)
    tokens = text[match.start() : end].split(" ")
    least = 2 if short else 5
    if tokens[0] in _LETTERS and len(tokens) == 1 and not _GOES_ON.match(text, end):
        least = 1
    if _CAMEL.match(tokens[0]):
        least = 3  # ``MG TPhú``
    if len(tokens) == 1 and not tokens[0][0].isdigit() and not _AFTER_NAME.match(text, end) and len(tokens[0]) < least:
        return None
    return match.start(), end, _spelling(document, match.start(), end)


def _small_syllable(document: Document, start: int, end: int) -> int:
    """Where a name of one syllable ends whose second one lacks its capital: ``xã Tân lễ``, elsewhere ``Tân Lễ``."""
    first = document.text[start:end]
    if not first.isalpha() or not first[0].isupper() or first.isupper():
        return end
    small = _SMALL.match(document.text, end)
    syllable = small.group(0).strip() if small else ""
    if small is None or not syllable.islower():
        return end
    capital = f"{first} {syllable[0].upper()}{syllable[1:]}"
    known = capital in document.text and re.search(rf"(?<!\w){re.escape(capital)}(?!\w)", document.text)
    return small.end() if known else end


_SMALL = re.compile(r" [^\W\d_]{2,}(?!\w)")


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
