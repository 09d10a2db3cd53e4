"""What a number near a word is not: the words after which it names, before which it counts nothing."""

from __future__ import annotations

import re
from itertools import islice

from extractors._shared.document import Document
from extractors._shared.places import is_place
from extractors._shared.scan import WholeWords, Words, matches_from, places_of, words_in
from extractors._shared.view import CAPITAL
from extractors._shared.zone_forms import is_person

#: Words that stand behind numbers without being counted.
NO_NOUN = frozenset({
    "và", "hoặc", "của", "là", "được", "đã", "đến", "tới", "trong", "với", "cho", "theo", "tại", "từ", "về", "thì",
    "mà", "nên", "để", "do", "bởi", "so", "trên", "dưới", "trở", "như", "khi", "có", "đạt", "không", "chưa", "cũng",
    "còn", "vào", "ra", "lên", "xuống", "này", "kia", "đó", "nhưng", "vì", "nếu", "sẽ", "đang", "rồi", "hay", "lại",
    "chỉ", "cùng", "giữa", "sau", "trước", "ngay", "bằng", "năm", "tháng", "ngày", "giờ", "phút", "tuần", "tuổi",
    "ban", "ký", "tham", "thực", "hiện", "tổ", "triển", "chiếm", "tăng", "giảm", "gồm", "đối", "phục", "qua", "mới",
    "cả", "nhằm", "đều", "trực", "nghìn", "triệu", "tỷ", "tỉ", "trăm", "hạng", "kèm", "quy", "bao", "thuộc", "hoàn",
    "học", "dạy", "thi", "làm", "đi", "mở", "xây", "chuyển", "bỏ", "gửi", "nghỉ", "bầu", "cũ", "thời",
    "ở", "phải", "cần", "bị", "giữ", "rạng", "luôn", "rất", "hơn", "vẫn", "ai", "nào", "mỗi",
    "nói", "xếp", "bố", "ba", "hai", "bốn", "một", "tư", "nhất", "nhì", "giải", "huy",
})  # fmt: skip
FEAST = re.compile(r"(?:dịp|truyền thống|olympic|mừng|ngày|lễ|kỷ niệm|tết|tháng|hôm|sáng|chiều|tối)(?: \w+)? $")
#: Days that reports name without ``ngày``: 8/3, 26/3, 20/11 and the like.
FEASTS = frozenset(
    {
        (8, 3),
        (26, 3),
        (3, 2),
        (30, 4),
        (1, 5),
        (19, 5),
        (1, 6),
        (27, 7),
        (2, 9),
        (5, 9),
        (15, 10),
        (20, 10),
        (20, 11),
        (22, 12),
        (9, 1),
    }
)
#: Words after which a number always names: a class, a year, an article.
NAMES = frozenset({
    "lớp", "khối lớp", "khối", "khóa", "lần thứ", "thứ", "hạng", "điều", "khoản", "chương", "phụ lục", "biểu",
    "mẫu", "tháng", "quý", "tuần", "học kỳ", "học kì", "giai đoạn", "ngày", "nhiệm kỳ", "tiểu học số", "nghị quyết",
    "luật", "quyết định", "thông tư", "chỉ thị", "quốc lộ", "module", "mô đun", "mô-đun", "covid", "gdpt",
    "ct gdpt", "hệ số", "mức độ", "mức", "cấp độ", "còi độ", "cân độ", "dưỡng độ", "phì độ", "lúc", "hồi",
    "trang", "câu", "mục",
    "khu phố", "tổ dân phố", "số nhà", "nguyện vọng",
})  # fmt: skip


#: Words that are named by a number only where it counts nothing: ``cấp 2``, but ``cấp 50 suất quà``.
NAMES_ALONE = frozenset(
    {"quận", "phường", "cấp", "đợt", "quy chế", "vòng", "olympic", "thôn", "xóm", "ấp", "khóm", "bản"}
)
#: Words that count people without saying who they are.
CLASSIFIERS = frozenset({
    "người", "đồng chí", "đ/c", "ông (bà)", "ông, bà", "ông/bà", "ông bà", "ông và bà", "anh, chị", "anh chị",
    "anh (chị)",
})  # fmt: skip
#: Words that stand for a kind of the noun counted before: ``28 trường (27 công lập, 1 tư thục)``.
ADJECTIVES = frozenset({
    "công lập", "tư thục", "dân lập", "ngoài công lập", "nữ", "nam", "dân tộc", "kiên cố", "bán kiên cố", "chính thức",
    "dự khuyết", "dự bị", "biên chế", "hợp đồng", "bán trú", "khuyết tật", "con hộ nghèo",
})  # fmt: skip
#: The peoples of Viet Nam as reports name them. Source: Quyết định 121-TCTK/PPCĐ (1979).
PEOPLES = frozenset({
    "kinh", "tày", "thái", "hoa", "khmer", "khơ me", "mường", "nùng", "mông", "h'mông", "hmông", "dao", "gia rai",
    "jrai", "ê đê", "êđê", "ba na", "bana", "sán chay", "cao lan", "chăm", "cơ ho", "k'ho", "xơ đăng", "sán dìu",
    "hrê", "ra glai", "raglai", "mnông", "m'nông", "thổ", "xtiêng", "s'tiêng", "khơ mú", "vân kiều", "bru - vân kiều",
    "cơ tu", "giáy", "tà ôi", "pa cô", "mạ", "giẻ triêng", "co", "cor", "chơ ro", "xinh mun", "hà nhì", "chu ru",
    "lào", "la chí", "kháng", "phù lá", "la hủ", "la ha", "pà thẻn", "lự", "ngái", "chứt", "lô lô", "mảng", "cơ lao",
    "bố y", "cống", "si la", "pu péo", "rơ măm", "brâu", "ơ đu",
})  # fmt: skip
#: Names that end in numbers: ``lớp 1, 2, 3``, ``lớp Lớn 2``, ``14 giờ 00``, ``Cụm thi đua số 3``.
NUMBERED = re.compile(
    r"(?<!\w)(?:(?:lớp|khối|hạng|khoản|điều|tổ|thứ|mục|tuần|tháng|cấp|điểm|thông tư|công văn|nghị quyết) "
    r"(?:\d{1,4}(?:, ?|; ?| và | ?- ?))+|\d{1,2} ?(?:giờ|h) ?|lượt xem ?: ?|trước |"
    r"cụm (?:[^\W\d_]+ ){0,2}số )$"
)
#: What it ends with: asked first.
NUMBERED_ENDS = (",", ", ", ";", "; ", " và ", "-", "- ", "giờ", "giờ ", "h", "h ", ":", ": ", "trước ", "số ")
NAMED_CLASS = re.compile(rf"(?<!\w)(?:[Ll]ớp )?(?:[Ll]ớp|Nhóm|Chồi|Lá|Mầm|Lớn|Nhỡ|Bé|Lớp) (?:[{CAPITAL}]\w* )?$")
#: What a fraction is of when it counts nothing: ``3/4 thời gian``.
FRACTION_OF = re.compile(r" (?:thời gian|ngày|buổi|chặng đường|số tiền|quãng|diện tích|dân số|đời)(?!\w)")
#: Holders to whom a prize or title is given: they are counted as awards.
GIVEN_TO = re.compile(
    r"(?<!\w)(?:trao|tặng|công nhận|cấp|nhận)(?!\w)[^.;]{0,90}(?<!\w)(?:giải|giấy khen|bằng khen|danh hiệu|"
    r"chứng nhận|huy chương|kỷ niệm chương|cờ thi đua|huân chương)(?!\w)(?:[^.;]|\.(?=\d)){0,90}(?<!\w)cho (?:các )?"
    r"(?:\d+ (?:tập thể|đơn vị|trường|cá nhân|thầy cô|học sinh|giáo viên|em|nhà giáo|cán bộ)(?: [^\W\d_]+){0,4}"
    r"(?:, | và ))*$"
)
#: What the holders get in it.
GIVEN_WORDS = Words(
    words_in("giải|giấy khen|bằng khen|danh hiệu|chứng nhận|huy chương|kỷ niệm chương|cờ thi đua|huân chương")
)
#: The same told of the holders: ``86 học sinh giỏi và 24 giáo viên được Chủ tịch tỉnh tặng bằng khen``.
GIVEN = re.compile(
    r" (?:tập thể|cá nhân|học sinh|giáo viên|em|nhà giáo|thầy cô|cán bộ|tổ|chi đoàn|chi bộ|liên đội|lớp|đoàn viên|"
    r"công đoàn viên|công đoàn|đơn vị|trường)(?!\w)(?:[^.;,\d()]{0,60}|[^.;,\d()]{0,30} ?\([^()\d]{0,80}\) ?(?:đã )?)"
    r"(?:(?:,| và) \d+ [^.;,\d]{0,60})?"
    r"(?:(?<!\w)được [^.;\d]{0,40}(?:tặng|trao)(?: thưởng)? (?:[^.;\d]{0,20} )?|"
    r"(?<!\w)(?:vinh dự )?(?:nhận|đón nhận|giành|đoạt) (?:được )?(?:các )?)"
    r"(?:giải (?:nhất|nhì|ba|khuyến khích)|bằng khen|giấy khen|danh hiệu|huân chương|huy chương|kỷ niệm chương|"
    r"cờ thi đua)(?!\w)"
)


def is_level_label(label: str) -> bool:
    """Whether a label is a school level: ``Tiểu học``, ``cấp THCS``."""
    return (
        re.fullmatch(
            r"(?:(?:cấp|bậc|khối|trường|giáo viên|học sinh) )*(?:mầm non|tiểu học|trung học cơ sở|thcs|thpt|th|mn|"
            r"mẫu giáo|nhà trẻ|trung học phổ thông)(?: \w+| \d tuổi)?",
            label,
        )
        is not None
    )


def end_of_kind(lowered: str, position: int) -> int | None:
    """Where a kind ends that stands behind a number for the noun counted before (``27 công lập``); None for none."""
    match = _KIND_BEHIND.match(lowered, position)
    return match.end() if match else None


_KIND_BEHIND = re.compile(rf" (?:{'|'.join(sorted(ADJECTIVES, key=len, reverse=True))})(?!\w)")
_DISTRICT = re.compile(
    rf"(?<!\w)(?:[Hh]uyện(?: ủy)?|HUYỆN(?: ỦY)?|[Qq]uận|QUẬN|[Tt]hị xã|THỊ XÃ|[Tt]hành phố|THÀNH PHỐ|[Tt]ỉnh|"
    rf"TỈNH)(?P<name>(?: [{CAPITAL}][^\W\d_]*){{1,4}})"
)

#: With what it begins, in small letters.
_DISTRICT_AT = WholeWords(("huyện", "quận", "thị xã", "thành phố", "tỉnh"))


def place_of(document: Document) -> str | None:
    """The district that the report is about, else the province: the first one named in its head."""
    text = document.text
    found = []
    for block in document.blocks[:25]:
        places = places_of(_DISTRICT_AT, document.lower, block.start, block.end)
        named = (m for m in matches_from(_DISTRICT, places, text, block.start, block.end) if _names_place(m["name"]))
        found += [*islice(named, 1)]
    districts = [m for m in found if not m.group(0).lower().startswith("tỉnh")]
    match = next(iter([*districts, *found]), None)
    return document.value(match.start(), match.start("name") + _name_length(match["name"])) if match else None


def _names_place(name: str) -> bool:
    """Whether a name is that of a place: not of who holds a post there (``Chủ tịch UBND huyện Lê Thị Hoa``), no word
    that a heading in capitals goes on with (``CẤP HUYỆN GỒM``)."""
    words = name.split()
    if len(words) > _USUAL and not name.isupper():
        return is_place(name) or not is_person(name)
    return not name.isupper() or len(words) > 1 or is_place(name.strip())


def _name_length(name: str) -> int:
    """Up to where a run of capitalised words is the name of a place: a headline in capitals goes on behind it."""
    words = name.split()
    if not name.isupper() or len(words) <= _USUAL:
        return len(name)
    known = [n for n in (3, 2, 1) if is_place(" ".join(words[:n]))]
    return len(" ".join(words[: known[0] if known else _USUAL])) + 1


#: Words of the name of a district.
_USUAL = 2
