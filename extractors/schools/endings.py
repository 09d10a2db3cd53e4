"""Where the own name of a school ends: at a word that opens something else, at a place or at a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractors._shared.document import Document
from extractors._shared.family_names import is_family, looks_like_person
from extractors._shared.lexicon import load_lexicon
from extractors._shared.places import CAPITAL, fold, gazetteer
from extractors._shared.view import fold_tone_style, lower

ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
#: A trade union and no college: ``CĐ Phòng GD&ĐT``, ``CĐ THCS Tân Lễ``.
UNION = re.compile(
    r"cđ (?:cơ sở|phòng|trường|ngành|gd|giáo dục|viên chức|thcs|thpt|th|tiểu học|mầm non|mn|khối|các)(?!\w)"
)
#: Names that begin like an address, and the word of a quarter that closes a name (``Bản Tèn Trong``).
_HONOURED = re.compile(r"hai bà trưng|bà triệu|bà huyện thanh quan|ông ích khiêm|ông ích đường|bà (?:rịa|nà|điểm|đen)")
_SIDE = re.compile(r"(?:Trong|Ngoài|Trên|Dưới)(?=[,;:.)]|\n|$)")
#: Words of clauses that are given names too, where they close a name: ``THCS Nguyễn Duy Hiệu``.
_ALSO_GIVEN = frozenset({"Đạt", "Hiệu"})
#: With what communes of the north-west begin, whose second syllable may be any word: ``Nậm Có``, ``Mường Và``.
_STREAMS = ("Nậm", "Mường", "Huổi", "Chiềng", "Púng")
_POST = re.compile(
    r"hiệu (?:trưởng|phó|quả|suất|bộ)|đạt (?:giải|chuẩn|danh|được|loại|mức|thành|hạng|huy|kết|trên|tỷ|tỉ|số|"
    r"các)(?!\w)"
)
#: Communes whose names begin as ``trường`` does: ``THCS Trường Long``.
LONG_COMMUNE = re.compile(
    r"Trường (?=(?:An|Bình|Chinh|Đông|Giang|Hà|Hòa|Khánh|Lạc|Long|Lộc|Phú|Sa|Sơn|Thành|Thắng|Thi|Thịnh|Thọ|Thủy|Tây"
    rf"|Xuân|Yên)(?!\w)|(?!TH|T(?:iểu|rung)|M(?:ầm|ẫu|N|G)|Cao|Đại|Ph(?:ổ|áp)|PT|Dân|Chuyên|DTNT|Bán|Nội)"
    rf"[{CAPITAL}][^\W\d_{CAPITAL}]+(?!\w)(?! [{CAPITAL}]))"
)
#: A commune whose name ends as ``trường`` does (``THPT Xuân Trường``): nothing else opens behind it.
_ENDS_SO = re.compile(rf"(?:Trường|TRƯỜNG)(?=[,;.:)\"”\n]|$| [A-E](?!\w)| \d| [^\s{CAPITAL}\d])")
#: People whose middle name is as ``trường``: ``THCS Nguyễn Trường Tộ``.
_IS_MIDDLE = re.compile(
    rf"(?:Nguyễn|Lê|Trần|Phạm|Phan|Vũ|Võ) Trường (?!T(?:H|iểu)|THCS|Trung|Mầm|Cao|Đại)[{CAPITAL}][^\W\d_]+.*", re.S
)
#: Communes whose second syllable is as ``trường``, with a third: ``Tiểu học Hải Trường Nam``.
_INSIDE = re.compile(
    rf"[{CAPITAL}][^\W\d_{CAPITAL}]+ Trường (?!T(?:H|iểu)|THCS|Trung|Mầm|Mẫu|Cao|Đại|Ph)"
    rf"[{CAPITAL}][^\W\d_{CAPITAL}]+(?! [{CAPITAL}])"
)
#: An administrative unit behind a name: ``Lê Văn Tám Quận 12``, ``Lý Tự Trọng Thị xã Tam Hà``.
_UNIT = re.compile(rf"(?:Quận|Huyện|Phường|Xã|Tỉnh) (?=[{CAPITAL}\d])|Thị (?:xã|trấn|Xã|Trấn)(?!\w)|Thành phố(?!\w)")
#: The motto or the title of a document that runs on behind the name: ``TRƯỜNG … Cộng hòa xã hội chủ nghĩa …``.
_HEAD = re.compile(
    r"(?:Cộng h(?:òa|oà)|Báo cáo|Kế hoạch|Quyết định|Thông báo|Biên bản|Tờ trình|Nghị quyết|Chương trình|Danh sách"
    r"|Công khai|Độc lập)(?= [^\W\d_])"
)
#: A person behind the name of the school: ``Hiệu trưởng Trường Mầm non Nga Lộc Mạc Thị Oanh``.
_PERSON = re.compile(rf"[{CAPITAL}][^\W\d_]+ (?:Thị|Văn) [{CAPITAL}][^\W\d_]+(?: [{CAPITAL}][^\W\d_]+)?$")
#: The post of whose holder the name stands behind that of the school: ``Hiệu trưởng Trường THPT Tân Lễ Phan Ngọc Tài``.
_HEAD_OF = re.compile(
    r"(?<!\w)(?:hiệu trưởng|hiệu phó|bí thư [^,.;:()\n]{0,14}|chủ tịch [^,.;:()\n]{0,14}|"
    r"tổ trưởng [^,.;:()\n]{0,14}) "
    r"(?:trường )?[^,.;:()\n]{0,24}$"
)
#: Two syllables of the school and three of the person.
_WITH_PERSON = 5
#: What tells a school from its neighbours: ``Tiểu học Tân Lễ A3``.
_LETTER_AND_NUMBER = re.compile(r"[A-E][1-9]")
#: A sentence that a heading runs into: ``Trường Tiểu học An Sơn Năm 1992 trường …``.
_SINCE = re.compile(r"(?:Năm|Từ năm) (?:19|20)\d\d(?!\d)")
#: The second syllable of a place in small letters.
_SMALL = re.compile(rf" (?![{CAPITAL}])[^\W\d_]+")


def alternatives(forms: Iterable[str]) -> str:
    """A pattern of these words, the longest first."""
    return "|".join(re.escape(form).replace(r"\ ", " ") for form in sorted(forms, key=len, reverse=True))


@cache
def words(group: str) -> re.Pattern[str]:
    """One of the words of a group of ``words.yml``, at the place where it is tried."""
    rows = load_lexicon("extractors.schools", "words.yml")[group]
    forms = {lower(fold_tone_style(form)) for entry in rows for form in entry.forms}
    return re.compile(rf"(?:{alternatives(forms)})(?!\w)")


def name_end(document: Document, match: re.Match[str], *, capitals: bool) -> int:
    """Where the tokens of a name stop: at a word that opens something else, or at an abbreviation."""
    lowered, end = document.lower, match.start()
    for token in re.finditer(r"\S+", match.group(0)):
        start, stop = match.start() + token.start(), match.start() + token.end()
        stopped = words("stop").match(lowered, start) is not None
        if stopped and not _is_part(document, match, (start, stop), end, capitals=capitals):
            break
        if capitals and words("headline").match(lowered, start):
            break
        if end > match.start() and any(sign.match(document.text, start) for sign in (_UNIT, _HEAD, _SINCE)):
            break
        if " " in document.text[match.start() : end] and _is_place(document, start, stop):
            break
        shouted = len(token.group(0)) > 1 and token.group(0).isupper() and not token.group(0)[0].isdigit()
        shouted = shouted and _LETTER_AND_NUMBER.fullmatch(token.group(0)) is None
        roman = token.group(0) in ROMAN and start > match.start()
        if roman or (shouted and not capitals and start > match.start()):
            break
        end = stop
    return _without_person(document, match.start(), end)


def _is_part(document: Document, match: re.Match[str], token: tuple[int, int], end: int, *, capitals: bool) -> bool:
    """Whether a word that opens something else is part of the name that has reached ``end`` nevertheless."""
    start, stop = token
    word = document.text[start:stop]
    honoured = _HONOURED.match(document.lower, match.start()) is not None and start - match.start() <= 4
    side = _SIDE.match(document.text, start) is not None and end > match.start()
    named_so = word in ("Là", "Và") and end > match.start()
    named_so = named_so or document.text[match.start() : start].rstrip().endswith(_STREAMS)
    named_so = named_so or document.lower[match.start() : stop] == "lương định của"
    closes = end > match.start() if not capitals else " " in document.text[match.start() : end]
    given = word in _ALSO_GIVEN and (closes or stop < match.end())
    given = given and not _POST.match(document.lower, start)
    given = given or (end > match.start() and _ENDS_SO.match(document.text, start) is not None)
    given = given or (word == "Trường" and _IS_MIDDLE.fullmatch(document.text, match.start(), match.end()) is not None)
    given = given or (word == "Trường" and _INSIDE.match(document.text, match.start()) is not None)
    given = given or (start == match.start() and LONG_COMMUNE.match(document.text, start) is not None)
    return honoured or side or named_so or given


def _is_place(document: Document, start: int, stop: int) -> bool:
    """Whether a word opens the name of a place that is half in small letters: ``Lý Tự Trọng Tam kỳ``."""
    small = _SMALL.match(document.text, stop)
    if small is None:
        return False
    name = fold(document.text[start : small.end()])
    return name in gazetteer().districts or name in gazetteer().provinces


def _without_person(document: Document, start: int, end: int) -> int:
    """The end of a name of at least two words before the name of the head or teacher of the school."""
    words_of = document.text[start:end].split(" ")
    dated = words_of[0][:1].isdigit()
    if dated and len(words_of) > 2 and looks_like_person(" ".join(words_of[1:])):
        return start + len(words_of[0])
    if len(words_of) >= _WITH_PERSON and _HEAD_OF.search(document.lower, max(start - 60, 0), start):
        rest = " ".join(words_of[-3:])
        if is_family(words_of[-3]) and looks_like_person(rest):
            return end - len(rest) - 1
    for count in range(2, len(words_of) - 2):
        rest = " ".join(words_of[count:])
        if _PERSON.fullmatch(rest):
            return end - len(rest) - 1
    return end
