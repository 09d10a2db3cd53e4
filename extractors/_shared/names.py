"""Names of persons: full names, told by their family name, the honorific before them or the post beside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors._shared.address import CHILD, CHILD_ENDS, HONORIFIC, HONORIFIC_ENDS
from extractors._shared.before_names import names_company, place_before_name
from extractors._shared.document import Document, once, once_there
from extractors._shared.family_names import families_of_names, family_pairs, honoured_names, is_ede, is_womans
from extractors._shared.places import CAPITAL, is_place
from extractors._shared.scan import holds, matches_at
from extractors._shared.subjects import is_subject

# With the letters of Ê Đê, Gia Rai and Ba Na: ŭ, ĕ, ŏ, č, ñ.
_LOWER = "a-zŭĕĭŏčñđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_FIRST = f"{CAPITAL}ŬĔŎČÑ"
# A syllable of a name: capital first (Ánh, Ý, K'Brêu, Bh'riu; slipped: NGuyễn, ALăng) or capitals only (a signature).
TITLE = (
    rf"(?:[HK]' [{_FIRST}][{_LOWER}]+|(?:(?:NG|TR|PH|TH|NH|KH|CH|GI|AL|AT|AR)(?=[{_LOWER}])|[{_FIRST}])[{_LOWER}]*"
    rf"(?:'[{_FIRST}]?[{_LOWER}]+)?)(?![\w'])"
)
_UPPER = rf"[{_FIRST}]+(?:'[{_FIRST}]+)?(?![\w'])"
# The middle name may be in small letters: ``Lê thị Mận``.
# What somebody is called before it, in capitals, opens none: ``NGƯT Y Thân``.
_RUN = re.compile(
    rf"(?<![\w&/.'-])(?!(?:NGƯT|NGND|NSƯT|NSND|TSKH|PGS|GS|TS|BS|YS|ĐD|DS|KTV) )"
    rf"(?:{TITLE}(?: (?:thị|văn)(?= {TITLE})| {TITLE})+|{_UPPER}(?: {_UPPER})+)"
)
#: How a run begins, told at the first capital: tried before the run, since most capitals open no name.
_OPENER = re.compile(rf"[{_FIRST}][\w']* (?:thị |văn )?[{_FIRST}]")
# Names of one syllable with a prefix (``K'Brêu``); they count after an honorific.
_SINGLE = re.compile(rf"[HK]'(?<![\w'][HK]') ?[{_FIRST}]?[{_LOWER}]{{2,}}(?! ?[{CAPITAL}\w'])")
_SYLLABLE = re.compile(r"[^ ]+")

_SIGNS = " \n.:,"
#: A post and a colon say as much: ``Thư ký: Tán Kim Yến``.
_POST_BEFORE = re.compile(
    r"(?<!\w)(?:trưởng|phó|bí thư|chủ tịch|giám đốc|chủ nhiệm|kế toán|thư ký|văn thư|thủ quỹ|ủy viên|ht|pht|"
    r"trợ lý thanh niên|tổng phụ trách(?: đội)?|tpt(?: đội)?|họ và tên)\s?:\s?$"
)
#: The post of somebody right behind a name of an unknown form: ``; Thị Brưn - Phó Hiệu trưởng``. A bracket holds it
#: alone, since behind a place it names who is head there.
_ROLE = (
    r"(?:nguyên |quyền )?(?:phó |p\. ?)?(?:hiệu (?:trưởng|phó)|bí thư|chủ (?:tịch|nhiệm)|giám đốc|"
    r"(?:chi |đảng )?ủy viên|thành viên|trưởng (?:ban|phòng|thôn|bản|ấp|buôn|khoa|công an|đoàn)|"
    r"tổ (?:trưởng|phó)|thư ký|kế toán|văn thư|giáo viên|chuyên viên|tổng phụ trách|tpt|ht|pht)(?!\w)"
)
_POST_BEHIND = re.compile(rf" ?[-:,] {_ROLE}| ?\({_ROLE}(?=[),])")
#: A list of people behind a post: ``Hiệu trưởng: Lê Văn Tám, Chu Đình Mạnh``.
_LIST_OF_HOLDERS = re.compile(
    r"(?<!\w)(?:trưởng|phó|bí thư|chủ tịch|giám đốc|chủ nhiệm|ủy viên|ht|pht|"
    r"thành viên)\s?:\s?(?:[^,;.:()\d\n]{5,30}[,;] )+$"
)
#: The head of a group of teachers: ``Tổ phó Ngữ văn Mai Thu Lý``.
_SUBJECT_BEFORE = re.compile(
    r"(?<!\w)(?:tổ trưởng|tổ phó|giáo viên|gv|nhóm trưởng)(?: tổ| bộ môn| môn| dạy)? (?P<subject>[^,.;:()\n]{2,22}) $"
)
# Words, in lower case, that end a name although they begin with a capital: posts, bodies, fields of a form.
_STOP = re.compile(
    r"(?:phó|trưởng (?:phòng|ban|khoa|bộ môn|khối|đoàn|tiểu ban|thôn|bản)|bí thư|chủ (?:tịch|nhiệm|tọa|trì)|"
    r"hiệu (?:trưởng|phó)|giám đốc|"
    r"ủy viên|huyện|tỉnh (?:ủy|đoàn)|thị ủy|thành ủy|quận|giáo viên|nhân viên|chuyên viên|cán bộ|kế toán|"
    r"văn thư|tổ (?:trưởng|phó|viên)|"
    r"trường (?:th\b|thcs|thpt|pt|tiểu|mầm|mẫu|trung|cao|đại|mn\b|mg\b)|phòng (?:giáo|gd|nội|tài|văn)|"
    r"sở (?:giáo|gd|nội)|ban (?:tuyên|tổ|dân|giám|chấp|thường)|"
    r"ubnd|hđnd|ubmttq|đảng (?:ủy|bộ|viên)|thường (?:vụ|trực)|tổng (?:bí|phụ|giám)|nguyên (?:là|phó|trưởng|hiệu|"
    r"bí|chủ|giám)|lớp|năm (?:\d|học|sinh)|"
    r"hội (?:phó|trưởng)|chi hội|đội trưởng|(?:viện|vụ|cục|đoàn|nhóm|xóm|ấp|hội|liên đội) trưởng|quyền|chuyên trách|"
    r"ngày|tháng|đơn vị|chức (?:vụ|danh)|sinh (?:ngày|năm)|dân tộc|quê quán|trú|đạt|giải|môn|khối|học sinh|"
    r"thư ký|thành viên|đại (?:diện|biểu)|"
    r"huv|tuv|ubtv|btv|bch|nơi|đã|chánh (?:văn|thanh|án|vp)|tập thể|đồng chí|ông(?! thị )|bà|thầy)(?!\w)"
)
# What makes of a person's name the name of something else.
_NAMESAKE = re.compile(
    r"(?<!\w)(?:(?<!nhà )(?<!lãnh đạo )(?!(?<=đoàn )trường ?:)trường(?: (?:mang tên|chuyên))?|thcs|thpt|ptth|th|mn|mg|"
    r"(?<!giáo dục )tiểu học|(?<!giáo dục )mầm non|mẫu giáo|"
    r"trung học cơ sở|trung học phổ thông|(?<!giáo dục )phổ thông|cấp [123]|"
    r"dân tộc nội trú|ptdtnt|ptdtbt|chuyên|số \d+|đại học|đh|cao đẳng|cđ|học viện|trung cấp|đường|(?<!thành )phố|ngõ|"
    r"đại lộ|quảng trường|công viên|tượng(?: đài)?|"
    r"lăng|đền|mộ|nhà thờ|bảo tàng|giải(?! ?:)(?: thưởng)?|cúp|(?<!thủ )quỹ|học bổng|giải báo chí|"
    r"mang tên|tư tưởng|đạo đức|phong cách|tấm gương|di chúc|gương|đội tntp|"
    r"tncs|tntp|thanh niên cộng sản|thiếu niên tiền phong|đoàn tncs|nhà xuất bản|tác phẩm|nhà văn|nhà thơ|"
    r"anh hùng|(?<!cờ )vua|nghệ an|cụm|liên đội|chi đội|nhà trẻ)"
    r"\s?[:\"“'«-]?\s?$"
)
_ADMIN = re.compile(
    r"(?<!\w)(?:thị trấn|thị xã|thành phố|tp\.?|tx\.?|tt\.?|phường|xã|huyện|quận|tỉnh|ấp|thôn|buôn|bản|làng|xóm|"
    r"khóm|các xã|miền|vùng|sông|núi|cầu|chợ|khu)\s?:?\s?$"
)
#: Of a province's body: what follows is no place, since provinces are known.
_OF_PROVINCE = re.compile(r"(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|mttq|đoàn|ủy) tỉnh\s$")
#: Words of a report that are given names too, where they close a name written in capitals and small letters.
_ALSO_GIVEN = frozenset({"Đạt", "Giải", "Khối", "Môn", "Quyền"})
_NOT_PERSONS = frozenset(
    {"hồ chí minh", "nguyễn ái quốc", "nguyễn tất thành", "trần hưng đạo", "lý luận", "đoàn thanh niên", "việt nam"}
    | {"hạng nhất", "hạng nhì", "hạng ba", "danh sách"}
)
#: Words before a name that are printed with a capital at the beginning of a sentence.
_ADDRESSES = frozenset({"cô", "bác", "em", "cháu", "bạn", "giáo"})
#: Another one before them: then they are the family name, as ``Cô`` is in the west of the south.
_ADDRESSED = re.compile(r"(?<!\w)(?:đồng chí|đ/c|ông|bà|thầy|thầy giáo)\.? $")
#: Who heads a body of a school of which no more is told: ``Bí thư Đoàn trường Lê Thị Mận``.
_UNION_HEAD = re.compile(
    r"(?<!\w)(?:bí thư|chủ tịch|trưởng ban|ủy viên(?: bch| ban chấp hành)?) "
    r"(?:đoàn|chi đoàn|công đoàn|cđ|chi bộ|đảng bộ|hội đồng|thanh tra nhân dân) trường $"
)
_WHOLE_NAME = 3
#: Women of the old royal clan bear six syllables: ``Công Tằng Tôn Nữ Diệu Lan``.
_ROYAL = ("công tằng tôn nữ ", "công huyền tôn nữ ")
#: Words that go on behind a name in a text of capitals: ``THẦY GIÁO LƯU BÁ NHIÊN LÀM HIỆU TRƯỞNG``.
_GO_ON = frozenset(
    {"làm", "giữ", "được", "về", "là", "và", "tại", "từ", "đã", "nhận", "cùng", "với", "trong", "thay", "phụ"}
)
#: Around a name in a headline: ``… CỦA TRƯỞNG PHÒNG GD&ĐT BÙI VĂN KHA TẠI HỘI NGHỊ``.
_GOES_ON_BEHIND = re.compile(r" (?:tại|về|trong|dự|thăm|kiểm tra|làm việc|chủ trì|phát biểu|trao)(?!\w)")
_HEAD_BEFORE = re.compile(
    r"(?<!\w)(?:trưởng phòng|giám đốc|chủ tịch|bí thư|hiệu trưởng|trưởng ban)(?: [^\s,.;:()]+){0,5} $"
)
_WINDOW = 40
_LIST_WINDOW = 160
#: Longer than any word of `CHILD` and `_POST_BEFORE` with its signs.
_NEAR = 16
#: The same with the posts of two words.
_LONG = 24


@dataclass(frozen=True)
class NameMention:
    """Where a person is named, as a half-open range of the view.

    ``honorific`` tells that ``đồng chí``, ``ông``, ``cô`` … stand before it, ``child`` that ``em``,
    ``cháu`` or ``học sinh`` do.
    """

    start: int
    end: int
    honorific: bool = False
    child: bool = False


def find_names(document: Document, start: int = 0, end: int | None = None) -> list[NameMention]:
    """Full names of persons inside a range of the view, in order: ``Lê Thị Mận``, ``NGUYỄN VĂN BÁCH``.

    A name has two to five syllables, each with a capital, and begins with a family name; after an
    honorific any two capitalised syllables do. Streets, schools, places and campaigns that bear a
    person's name are left out.
    """
    return _names_in(document, start, len(document.text) if end is None else end)


@once_there
def _names_in(document: Document, start: int, last: int) -> list[NameMention]:
    text = document.text
    found: list[NameMention] = []
    columns = _columns(document)
    for run in matches_at(_RUN, _OPENER, text, start, last):
        edges = [run.start(), *columns[bisect_right(columns, run.start()) : bisect_left(columns, run.end())], run.end()]
        for first, end in pairwise(edges):
            found.extend(_names_in_run(document, first, end))
    for single in _SINGLE.finditer(text, start, last) if holds(("H'", "K'"), text, start, last) else ():
        before = document.lower[max(single.start() - _LIST_WINDOW, 0) : single.start()]
        honorific = HONORIFIC.search(before, max(len(before) - _WINDOW, 0)) is not None
        signs = _is_signature(document, *single.span())
        if honorific or signs or _LIST_OF_HOLDERS.search(before) or _held(document, *single.span(), before):
            found.append(NameMention(single.start(), single.end(), honorific=honorific))
    found.extend(_named_again(document, found, start, last))
    return sorted(found, key=lambda mention: mention.start)


def _named_again(document: Document, found: list[NameMention], start: int, last: int) -> list[NameMention]:
    """Names of an unsure form in a list of people whom a form of address tells elsewhere: ``đ/c Mai Thùy``."""
    text, again = document.text, list[NameMention]()
    sure = {text[name.start : name.end] for name in found if name.honorific}
    taken = {name.start for name in found}
    for name in sorted(sure):
        place = text.find(name, start, last)
        while place >= 0:
            end = place + len(name)
            before = document.lower[max(place - _WINDOW, 0) : place]
            listed = _IN_LIST.search(before) is not None and _LIST_GOES_ON.match(document.lower, end) is not None
            whole = not text[end : end + 2].strip()[:1].isupper() and not text[place - 1 : place].isalnum()
            if place not in taken and listed and whole and not _NAMESAKE.search(before):
                again.append(NameMention(place, end))
            place = text.find(name, end, last)
    return again


@once
def _columns(document: Document) -> list[int]:
    """Where a line goes on with another column: what stands before it is another name's."""
    return [block.start for block in document.blocks if block.start and document.text[block.start - 1] != "\n"]


def _names_in_run(document: Document, start: int, end: int) -> Iterator[NameMention]:
    text, lowered = document.text, document.lower
    syllables = [match.span() for match in _SYLLABLE.finditer(text, start, end)]
    position, behind_place = 0, False
    while position < len(syllables) - 1:
        if len(syllables) - position >= 4 and (place := place_before_name(document, syllables[position:])):
            position, behind_place = position + place, True
            continue
        first = syllables[position][0]
        length = _length(document, syllables[position:], end)
        if length < 2:
            position += 1
            continue
        before = lowered[max(first - _WINDOW, 0) : first]
        told = before.rstrip(_SIGNS)
        child = told.endswith(CHILD_ENDS) and CHILD.search(before, max(len(before) - _NEAR, 0)) is not None
        honorific = not child and told.endswith(HONORIFIC_ENDS) and HONORIFIC.search(before) is not None
        signs = _is_signature(document, first, syllables[position + length - 1][1])
        cued = child or behind_place or honorific or signs
        # What a name can be the namesake of is asked last: it takes the longest.
        named = _is_name(document, syllables[position : position + length], before, cued=cued)
        named = named and (length > 2 or not names_company(before))
        alone = signs or _opens_cell(document, first)
        if named and (alone or not _NAMESAKE.search(before) or _heads_union(document, syllables[position:], length)):
            yield NameMention(first, syllables[position + length - 1][1], honorific, child)
            position += length
        else:
            position += 1


def _opens_cell(document: Document, start: int) -> bool:
    block = document.block_at(start)
    return block.cell is not None and block.start == start


def _length(document: Document, syllables: list[tuple[int, int]], run_end: int) -> int:
    """How many syllables the name has that begins with the first: up to a post, a second name or five."""
    families, weak, middle = families_of_names()
    royal = document.lower.startswith(_ROYAL, syllables[0][0])
    crowded = len(syllables) > 5 and not royal
    for number, (start, end) in enumerate(syllables[:6]):
        if number == 0 and document.lower[start:end] in _ADDRESSES and not _is_family(document, syllables, middle):
            return 0
        goes_on = number >= 2 and number + 1 < len(syllables) and document.lower[start:end] in _GO_ON
        if goes_on and document.text[slice(*syllables[0])].isupper():
            return number
        if _STOP.match(document.lower, start) and not (number == 1 and _is_pair(document, syllables)):
            given = document.text[start:end] in _ALSO_GIVEN and number >= 1 and number == len(syllables) - 1
            if not given:
                return number
        if number >= 2 and end - start == 1 and document.text[end : end + 1] == ".":
            return number  # "Lê Thị Mận P. Hiệu trưởng"
        if number >= 2 and crowded:
            after = syllables[number + 1] if number + 1 < len(syllables) else None
            family = document.lower[start:end]
            if family in families and after and (family not in weak or document.lower[slice(*after)] in middle):
                return number
    return min(len(syllables), 6 if royal else 5)


def _is_pair(document: Document, syllables: list[tuple[int, int]]) -> bool:
    """Whether two syllables are one family name: ``Rơ Ông``."""
    return document.lower[syllables[0][0] : syllables[1][1]] in family_pairs()


def _heads_union(document: Document, syllables: list[tuple[int, int]], length: int) -> bool:
    """Whether a name behind ``Bí thư Đoàn trường`` is who heads it, not whose name the school bears."""
    families, weak, middle = families_of_names()
    lowered, start = document.lower, syllables[0][0]
    if length < _WHOLE_NAME or not _UNION_HEAD.search(lowered, max(start - _WINDOW, 0), start):
        return False
    words = [lowered[slice(*span)] for span in syllables[:length]]
    known = words[0] in families and (words[0] not in weak or words[1] in middle)
    return known and " ".join(words) not in honoured_names() and not is_place(" ".join(words))


def _is_family(document: Document, syllables: list[tuple[int, int]], middle: frozenset[str]) -> bool:
    """Whether a form of address opens a name itself: ``thầy Cô Văn Hạnh``."""
    start = syllables[0][0]
    addressed = _ADDRESSED.search(document.lower, max(start - _NEAR, 0), start)
    return addressed is not None and len(syllables) > 2 and document.lower[slice(*syllables[1])] in middle


def _is_name(document: Document, syllables: list[tuple[int, int]], before: str, *, cued: bool) -> bool:
    families, weak, middle = families_of_names()
    lowered = document.lower
    start, end = syllables[0][0], syllables[-1][1]
    words = [lowered[a:b] for a, b in syllables]
    if " ".join(words[:3]) in _NOT_PERSONS or " ".join(words[:2]) in _NOT_PERSONS:
        return False
    if words[0] in ("vàng", "bạc") and _MEDAL_BEFORE.search(before):
        return False
    if cued:
        return True
    sure = len(words) >= 3 and (" ".join(words[:2]) in family_pairs() or is_womans(words) or is_ede(words, families))
    if sure and not _ADMIN.search(before):
        return True
    if words[0][:2] in ("h'", "k'") and not _ADMIN.search(before):
        return True
    if words[0] not in families:
        return _behind_post(before) and not is_place(document.text[start:end])
    if document.text[start:end].isupper():
        opens = start == 0 or document.text[start - 1] in "\n:(" or document.text[start - 2 : start] == "- "
        block = document.block_at(start)
        opens = opens or start in (block.start, block.body)  # a column beside another one's line, or an item
        if words[0] in weak or not opens:
            sure = words[1] in middle and len(words) >= 3 and (opens or words[0] not in weak)
            return sure and "việt nam" not in lowered[start:end] and _stands_alone(document, start, end)
        return _stands_alone(document, start, end)
    if words[0] in _HIGHLAND and _is_highland(document, syllables, before):
        return True
    known_part = words[0] not in weak or (len(words) >= 3 and words[1] in middle)
    if not known_part:
        if _held(document, start, end, before):
            return True
        listed = len(words) >= 3 and _LIST_OF_HOLDERS.search(lowered, max(0, start - _LIST_WINDOW), start)
        taught = _SUBJECT_BEFORE.search(before) if len(words) >= 3 else None
        by_post = listed or (taught is not None and is_subject(taught["subject"]))
        return bool(by_post) and not is_place(document.text[start:end])
    if _ADMIN.search(before):
        of_province = _OF_PROVINCE.search(before) is not None
        return (len(words) >= 3 or of_province) and not is_place(document.text[start:end])
    return len(words) >= 3 or not is_place(document.text[start:end])


def _behind_post(before: str) -> bool:
    """Whether a post and a colon end the words before a name."""
    return before.rstrip().endswith(":") and _POST_BEFORE.search(before, max(len(before) - _LONG, 0)) is not None


def _held(document: Document, start: int, end: int, before: str) -> bool:
    """Whether a post with a colon stands before what may be a name, or one behind it where it opens an item."""
    named = _behind_post(before)
    if not named and (_IN_LIST.search(before) or document.block_at(start).body == start):
        named = _POST_BEHIND.match(document.lower, end) is not None
    return named and not is_place(document.text[start:end])


#: Family names that are metals too: ``Huy chương Vàng Olympic`` is nobody.
_MEDAL_BEFORE = re.compile(r"(?<!\w)(?:huy chương|hc|cúp|giải|huân chương) $")
#: What stands before a name of one letter and one or two syllables, as the Xơ Đăng and Ba Na have them.
_HIGHLAND = frozenset({"a", "y", "u"})
_IN_LIST = re.compile(r"(?:[:;,(.]|(?<!\w)(?:và|gồm|là|với|của|cùng)|\n) ?$")
_LIST_GOES_ON = re.compile(r" ?[,;(.)–-]| (?:và|đạt|đoạt|giành|cùng|là|được|lớp|không|có|đã|vẫn|cũng)(?!\w)|$", re.M)
#: Where people have such names.
_OF_HIGHLANDS = re.compile(
    r"(?<!\w)(?:xơ đăng|ba na|gia rai|giẻ triêng|ê đê|kon tum|gia lai|đắk lắk|đăk lăk|dân tộc nội trú)(?!\w)"
)


@once
def _in_highlands(document: Document) -> bool:
    return _OF_HIGHLANDS.search(document.lower) is not None


def _is_highland(document: Document, syllables: list[tuple[int, int]], before: str) -> bool:
    """Whether a name of the highlands stands in a list of people: ``A Khoa (…), Y Nguyệt``, ``Y Hạnh Nhi kể``."""
    start, end = syllables[0][0], syllables[-1][1]
    if len(syllables) > 3 or is_place(document.text[start:end]) or not _in_highlands(document):
        return False
    return _IN_LIST.search(before) is not None and _LIST_GOES_ON.match(document.lower, end) is not None


def _is_signature(document: Document, start: int, end: int) -> bool:
    """Whether a name fills a line below the post of who signs; capitals may be the body that is signed for."""
    block = document.block_at(start)
    if block.kind not in ("signature", "byline"):
        return False
    opens = start == block.start or document.text[start - 1] == "\n"
    closes = end == block.end or document.text[end] == "\n"
    return opens and closes and not document.text[start:end].isupper() and not is_place(document.text[start:end])


def _stands_alone(document: Document, start: int, end: int) -> bool:
    """Whether a name in capitals fills its line or stands before a sign, as no word of a headline does."""
    text = document.text
    if _GOES_ON_BEHIND.match(document.lower, end) and _HEAD_BEFORE.search(document.lower, max(start - 60, 0), start):
        return True
    return (
        text[end : end + 1] in ("", "\n", ",", ";", ")", ":")
        or text[end : end + 3] == " - "
        or text[end : end + 2] == " ("
    )
