"""Values out of marked passages: numbers, dates, posts, school names, cited documents."""

from __future__ import annotations

import re
import unicodedata

LEVEL_NAMES = {
    "MN": "Mầm non",
    "TH": "Tiểu học",
    "THCS": "THCS",
    "THPT": "THPT",
    "TH&THCS": "TH&THCS",
    "THCS&THPT": "THCS&THPT",
    "GDTX": "GDNN-GDTX",
}
_LEVEL_FORMS = [
    ("TH&THCS", r"TH&THCS|TH & THCS|TH và THCS|Tiểu học và THCS|Tiểu học và Trung học cơ sở"),
    ("THCS&THPT", r"THCS&THPT|THCS & THPT|THCS và THPT"),
    ("MN", r"Mầm non|MN|Mẫu giáo|MG|Nhà trẻ"),
    ("THPT", r"THPT|Trung học phổ thông"),
    ("THCS", r"THCS|Trung học cơ sở"),
    ("TH", r"Tiểu học|TH"),
]
# Role nouns; they are tried the longest first, so that a post is read whole.
_ROLE_NAMES = (
    "Phó Chủ tịch Thường trực|Phó Bí thư Thường trực|Ủy viên Ban Thường vụ|Uỷ viên Ban Thường vụ|Phó Chánh Văn phòng"
    "|Tổng phụ trách Đội|Chánh Văn phòng|Phó Trưởng phòng|Phó Hiệu trưởng|Phó Chủ nhiệm|Phó Trưởng ban|Phó Giám đốc"
    "|Phó Chủ tịch|Trưởng phòng|Hiệu trưởng|Trưởng khối|Khối trưởng|Trưởng đoàn|Chuyên viên|Phó Bí thư|Chủ nhiệm"
    "|Trưởng ban|Tổ trưởng|Giám đốc|Giáo viên|Nhân viên|Phó khối|Chủ tịch|Kế toán|Phó ban|Thường vụ|Bí thư|Thư ký"
    "|Ủy viên Ban Chấp hành|Ủy viên BCH|Đảng ủy viên|Ủy viên|Chánh Thanh tra|Phó Trưởng khối|Cụm trưởng|Cụm phó"
    "|Khối phó|Tổ phó|Phó phòng|Trưởng trạm|Trưởng thôn|Văn thư|Thủ quỹ|Hội trưởng|Cán bộ|Trưởng đoàn thanh tra"
)
_ROLES = sorted(_ROLE_NAMES.split("|"), key=len, reverse=True)
DOCUMENT_TYPES = "Nghị quyết|Chỉ thị|Kế hoạch|Quyết định|Thông tư liên tịch|Thông tư|Công văn|Hướng dẫn|Đề án|Kết luận"
DOCUMENT_TYPES += "|Nghị định|Bộ luật|Luật|Chương trình|Quy định|Báo cáo|Thông báo|Tờ trình|Quy chế|Biên bản"
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_NUMBER = re.compile(r"\d+(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}


def fold(text: str) -> str:
    """Lower case with tones moved to the end of each syllable, so that both tone placements are equal."""
    out = []
    for word in unicodedata.normalize("NFD", text.lower()).split():
        out.append("".join(c for c in word if c not in _TONES) + "".join(c for c in word if c in _TONES))
    return " ".join(out)


def number(printed: str) -> int | float:
    """Value of a printed number: ``1.250`` is 1250, ``27,68`` is 27.68, ``04`` is 4."""
    if re.fullmatch(r"\d+(\.\d{3})+(,\d+)?", printed):
        printed = printed.replace(".", "")
    value = float(printed.replace(",", "."))
    return int(value) if value.is_integer() else value


def quantity(passage: str) -> tuple[int | float | None, int | float | None, str | None]:
    """Value, whole and unit of the first number of a passage: ``24/25 đơn vị`` is (24, 25, đơn vị)."""
    match = _NUMBER.search(passage)
    if not match:
        word = next((_WORDS[w] for w in passage.lower().split() if w in _WORDS), None)
        return word, None, None
    value, rest, whole = number(match[0]), passage[match.end() :], None
    if over := re.match(r"\s?/\s?(" + _NUMBER.pattern + ")", rest):
        whole, rest = number(over[1]), rest[over.end() :]
    rest = re.sub(r"^\s*\([^)]*\)", "", rest)
    if rest.lstrip().startswith("%"):
        return value, whole, "%"
    if scale := re.match(r"\s*(tỷ|tỉ|triệu)( đồng)?", rest):
        return round(value * (10**6 if scale[1] == "triệu" else 10**9)), whole, "đồng"
    return value, whole, re.split(r"[,;:()]", rest.strip())[0].strip(" .") or None


def iso_date(passage: str) -> str | None:
    """First date of a passage in ISO form, truncated where it is: ``tháng 6 năm 2021`` is 2021-06."""
    if m := re.search(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})", passage):
        return f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}"
    if m := re.search(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", passage):
        return f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}"
    if m := re.search(r"tháng (\d{1,2})(?:/| năm )(\d{4})", passage):
        return f"{m[2]}-{int(m[1]):02d}"
    return None


def post_parts(post: str) -> tuple[str, str | None]:
    """Role noun and body of a post: ``Trưởng ban Tuyên giáo Huyện ủy`` is (Trưởng ban, Ban Tuyên giáo Huyện ủy)."""
    bare = re.sub(r"^(nguyên|quyền|Q\.|cựu)\s*", "", post, flags=re.I)
    if fold(bare) in (fold("HUV"), fold("Huyện ủy viên")):
        return "Huyện ủy viên", "Huyện ủy"
    if fold(bare) in (fold("TUV"), fold("Tỉnh ủy viên")):
        return "Tỉnh ủy viên", "Tỉnh ủy"
    for role in _ROLES:
        if fold(bare) == fold(role):
            return bare, None
        if fold(bare).startswith(fold(role) + " "):
            words = len(role.split())
            head, rest = " ".join(bare.split()[:words]), " ".join(bare.split()[words:])
            last = role.split()[-1].lower()
            if last in ("ban", "phòng", "đoàn") and not rest.lower().startswith(last):
                prefix = "Văn phòng" if "Văn phòng" in role else last.capitalize()
                rest = f"{prefix} {rest}"
            return head, rest
    raise ValueError(f"no role known in the post {post!r}")


def school_parts(passage: str) -> tuple[str | None, str, int | None]:
    """Level, own name and ordinal: ``Tiểu học số 1 xã Long Điền`` is (TH, Long Điền, 1)."""
    text, level, ordinal = re.sub(r"^trường\s+", "", passage, flags=re.I), None, None
    text = re.sub(r"^(PTDTNT|PTDTBT)\s+", "", text)
    for name, forms in _LEVEL_FORMS:
        if m := re.match(rf"({forms})\s+", text, flags=re.I):
            level, text = name, text[m.end() :]
            break
    if m := re.match(r"số (\d+)\s+", text):
        ordinal, text = int(m[1]), text[m.end() :]
    elif m := re.search(r"\s+(\d)$", text):
        ordinal, text = int(m[1]), text[: m.start()]
    text = re.sub(r"^xã\s+", "", text, flags=re.I)
    text = re.sub(r"^(thị trấn|TT\.?)\s+", "Thị trấn ", text, flags=re.I)
    return level, text.strip(), ordinal


def school_name(level: str, own: str, ordinal: int | None) -> str:
    """Canonical name: ``Trường Tiểu học Long Điền 1``."""
    if level == "khac":
        return own
    return f"Trường {LEVEL_NAMES[level]} {own}" + (f" {ordinal}" if ordinal else "")


def school_spellings(text: str, level: str, own: str, ordinal: int | None) -> list[str]:
    """Every distinct spelling with its level (``trường TH Long Điền 1``) under which a text names the school."""
    forms = next((forms for name, forms in _LEVEL_FORMS if name == level), None)
    if forms is None:
        return []
    bare = re.escape(re.sub(r"^Thị trấn ", "", own))
    name = rf"(?:xã |thị trấn |TT\.? ?)?{bare}"
    if ordinal:
        name = rf"(?:{name} {ordinal}(?!\d)|(?:số )?{ordinal} {name})"
    else:
        name += r"(?! \d)"
    pattern = rf"(?:(?i:trường )(?:PTDTNT |PTDTBT )?)?(?<!\w)(?:(?i:{forms})) {name}(?!\w)(?! [A-ZĐÁÂ])"
    return list(dict.fromkeys(match[0] for match in re.finditer(pattern, text)))


def citation_parts(passage: str) -> dict[str, str | None]:
    """Type, number, date and issuer of a cited document, as far as the passage prints them."""
    kind = re.match(rf"({DOCUMENT_TYPES})", passage, flags=re.I)
    num = re.search(r"\d+\s?[-–/]\s?[\wĐ&]+(?:\s?[-–/]\s?[\w&.]+)*", re.sub(r"ngày .*", "", passage))
    issuer = re.search(r"\bcủa (.+?)(?: về .*)?$", passage)
    return {
        "doc_type": kind[1].capitalize() if kind else None,
        "number": re.sub(r"\s+", "", num[0]) if num else None,
        "date": iso_date(passage),
        "issuer": re.sub(r",? ngày .*", "", issuer[1]) if issuer else None,
    }


def citation_tail(passage: str, after: str) -> tuple[str | None, str | None]:
    """Issuer and subject that the words behind the cited number print (``… của Phòng GD&ĐT về tổ chức kỳ thi``)."""
    issuer = re.match(r"\s*của (?!nhà trường)([A-ZĐ][^,;.()]*?)(?= về| ban hành|[,;.(]|$)", after)
    subject = re.search(r" (?:về việc|về) ([^,;()“]+)$", passage)
    subject = subject or re.match(r"(?:\s*của [^,;.()]*?)?\s*(?:về việc|về|(?=ban hành|quy định)) ?([^,;.()“]+)", after)
    return (issuer[1].strip() if issuer else None), (subject[1].strip() if subject else None)
