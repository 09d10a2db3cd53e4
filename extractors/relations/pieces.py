"""The pieces of a list of names: parted by signs outside brackets, and told by what each of them begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.relations.reading import LOWER, UPPER, Reading

AND_NAME = re.compile(
    rf" (?:và|cùng) (?=(?:(?:trường|xã|thị trấn|em|đồng chí|đ/c|thầy|cô|tiểu học|mầm non|thcs)\s+)*[{UPPER}])", re.I
)
#: Names in which a comma or an "and" parts nothing.
KEPT = re.compile(
    r"tiểu học và (?:trung học cơ sở|thcs)|(?:trung học cơ sở|thcs) và (?:trung học phổ thông|thpt)|"
    r"giáo dục và đào tạo|văn hóa và thể thao|kế hoạch và đầu tư|tài nguyên và môi trường|"
    # Departments of a district or a province, as decrees 37/2014 and 107/2020 name them.
    r"lao động, thương binh và xã hội|văn hóa,? (?:khoa học|thể thao|thông tin|xã hội)(?:,? thể thao)?,? và (?:du lịch|"
    r"thể thao|thông tin|truyền thông|gia đình)|văn hóa, (?:thông tin|thể thao|xã hội)(?! huyện)|văn hóa và thông tin|"
    r"nông nghiệp và phát triển nông thôn|thông tin và truyền thông|khoa học và công nghệ|kinh tế và hạ tầng|"
    r"y tế và dân số",
    re.I,
)


def trimmed(reading: Reading, pieces: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pieces of a list without blanks and the full stop at their ends."""
    for first, last in pieces:
        while first < last and reading.text[first] == " ":
            first += 1
        while last > first and reading.text[last - 1] in " .":
            last -= 1
        if last > first:
            yield first, last


def chunks(reading: Reading, start: int, end: int, signs: str) -> Iterator[tuple[int, int]]:
    """The pieces between separators that stand outside parentheses."""
    text, depth, first = reading.text, 0, start
    ands = {m.start() for m in AND_NAME.finditer(text, start, end)}
    kept = [m.span() for m in KEPT.finditer(text, start, end)]
    position = start
    while position < end:
        char = text[position]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif depth == 0 and (char in signs or position in ands) and not any(a <= position < b for a, b in kept):
            yield first, position
            first = position + 1
        position += 1
    yield first, end


#: A body of a list by its kind and name and nothing else: ``THPT Gia Lương``, ``Trung tâm GDNN-GDTX Gia Lương``.
NAMED_BODY = re.compile(
    rf"(?:[Tt]rường )?(?:THPT|THCS(?:&|-| và )THPT|THCS|TH(?:&|-| và )THCS(?:(?:&|-| và )THPT)?|TH|"
    rf"MN|MG|PTDTNT|PTDTBT|[Tt]iểu học|[Mm]ầm non|[Tt]rung tâm|[Cc]hi bộ|"
    rf"[Cc]hi đoàn|[Tt]hị trấn|[Xx]ã|[Pp]hường)(?: (?:[{UPPER}\d][\w&-]*|trấn|số))+(?: [-–](?: [{UPPER}][\w-]*)+)?"
)


def bodies(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of a list with semicolons and other joints mixed, where each is the name of a body; none where not.

    Semicolons may part groups whose place follows the last of each: ``TH A và TH B - An Hòa; TH C - Bình Lâm``.
    """
    text = reading.text[start:end]
    if ";" not in text or not ("," in text or AND_NAME.search(text)):
        return []
    pieces = list(trimmed(reading, chunks(reading, start, end, ",;")))
    pieces = [(first + 3 * reading.lower.startswith("và ", first), last) for first, last in pieces]
    return pieces if all(NAMED_BODY.fullmatch(reading.text, *piece) for piece in pieces) else []


#: A body whose name goes on in small letters: ``Phòng Nội vụ``, ``Phổ thông Dân tộc nội trú tỉnh``, ``Đảng ủy xã An``.
INSTITUTION = re.compile(
    r"(?:Phòng|Ban|Sở|Văn phòng|Trung tâm|Đảng ủy|Huyện ủy|Chi bộ|Công đoàn|Liên đoàn|Hội|"
    rf"Đoàn(?= (?:[{LOWER}]|TN|Thanh niên|Trường|Xã|Phường|Huyện|Tỉnh))|"  # not the surname: Đoàn Văn An
    r"TT ?GDTX|TT ?GDNN(?:-GDTX)?|TTGDNN-GDTX|Huyện đoàn|Công an|Ủy ban|UBND|HĐND|Mặt trận|MTTQ|Thường trực|"
    r"(?:Trường )?(?:PTDT[NB]T|[Pp]hổ thông (?:DT[NB]T|[Dd]ân tộc)|[Cc]ao đẳng|[Đđ]ại học))"
    r"(?: (?!(?:là|có|đạt|được|đã|cùng|với|về|trong|tại|từ|tham|cho|do|của|để|theo|đang|sẽ|còn|đều|nêu|phát)(?!\w))"
    r"(?:[^\W\d_][\w&-]*|-)){1,9}"
)
_SYLLABLE = rf"[{UPPER}](?:['’][{UPPER}])?[{LOWER}]*"
#: Somebody with a subject, a class or a school in the bracket behind the name, and what is said of several before.
_BRACKETED = re.compile(
    rf"(?:và )?(?:(?:em|cháu|cô|thầy|ông|bà) )?{_SYLLABLE}(?: {_SYLLABLE}){{1,4}} \([^()]*\)"
    rf"(?: (?:đều|cùng|của|ở|thuộc) [^,;()]*)?"
)
_MANY = 3


def people_in(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of a list with semicolons and commas mixed, where each is a name with a bracket; none where not.

    Semicolons may part those of one school: ``Lê An (Toán), Vũ Hà (Lí) đều của THCS Hòa Tân; Tạ Sơn (Hóa, Phú Lộc)``.
    """
    pieces = list(trimmed(reading, chunks(reading, start, end, ",;")))
    named = len(pieces) >= _MANY and all(_BRACKETED.fullmatch(reading.text, *piece) for piece in pieces)
    return pieces if named else []


def by_their_noun(reading: Reading, start: int, end: int, noun: str) -> list[tuple[int, int]]:
    """The pieces of a list each of which begins with the counted noun: ``mô hình Vườn rau, mô hình Thư viện xanh``."""
    found: list[tuple[int, int]] = []
    for first, last in trimmed(reading, chunks(reading, start, end, ",;")):
        first += 3 * reading.lower.startswith("và ", first)
        cuts = [first, *(m.start() + 1 for m in re.finditer(rf" và {re.escape(noun)} ", reading.lower[first:last]))]
        cuts = [first, *(first + at for at in cuts[1:])]
        for at, stop in zip(cuts, [*cuts[1:], last], strict=True):
            at += 3 * reading.lower.startswith("và ", at)
            if not reading.lower.startswith(f"{noun} ", at):
                return []
            found.append((at, stop - (reading.text[stop - 1] == " ")))
    return found if len(found) > 1 else []


_SITE_NOUN = (
    "điểm trường|điểm lẻ|điểm|khu vực|khu lẻ|khu|cơ sở|phân hiệu|bản|thôn|ấp|xóm|buôn|làng|khóm|tổ dân phố|điểm bản|"
    "điểm thôn"
)
#: A site of a school by its noun and name: ``khu Trung tâm``, ``điểm trường chính``, ``cơ sở 2 (bản Pe)``.
_SITE = re.compile(
    rf"(?:{_SITE_NOUN}) (?:(?:thôn|bản|ấp|xóm|làng|buôn) )?"
    rf"(?:trung tâm|chính|lẻ|số \d|\d|[{UPPER}][\w'’]*)(?: (?:tâm|[{UPPER}\d][\w'’]*)){{0,4}}(?: ?\([^()]*\))?",
)


def sites(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of a list each of which is a site by its noun: ``khu Trung tâm, khu Nà Lạn và điểm Pắc Mi``.

    None where one of them is anything else, or says more of a site.
    """
    found: list[tuple[int, int]] = []
    for first, last in trimmed(reading, chunks(reading, start, end, ",;")):
        cuts = [first, *(first + m.start() + 1 for m in _AND_SITE.finditer(reading.lower[first:last]))]
        for at, stop in zip(cuts, [*cuts[1:], last], strict=True):
            at += 3 * reading.lower.startswith("và ", at)
            stop -= reading.text[stop - 1] == " "
            lowered = reading.lower[at : at + 1] + reading.text[at + 1 : stop]
            if _SITE.fullmatch(lowered) is None:
                return []
            found.append((at, stop))
    return found if len(found) > 1 else []


_AND_SITE = re.compile(rf" và (?:{_SITE_NOUN}) ")
