"""Indicators as an annotator words them: abbreviations read out, elided subjects supplied, grades made whole."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.levels import find_levels
from extractors._shared.scan import Words, matches_from, places_of, words_in
from extractors._shared.view import fold_tone_style
from schemas.indicators import find_indicator

LEVEL_NAMES = {
    "MN": "mầm non",
    "TH": "tiểu học",
    "THCS": "THCS",
    "THPT": "THPT",
    "GDTX": "GDTX",
    "TH&THCS": "TH&THCS",
    "THCS&THPT": "THCS&THPT",
}
_GRADE = (
    r"(?:xuất sắc|giỏi|khá|(?:(?:trên|dưới) )?(?:trung bình|tb)|yếu|kém|tốt|(?:chưa |không )?đạt|cần cố gắng|"
    r"(?:chưa |không )?hoàn thành(?: xuất sắc| tốt)?(?: nhiệm vụ)?|htxs|htt|cht|ht)"
)
#: The grade that a label ends with: ``loại giỏi``, ``Khá, giỏi``, ``Giỏi (Tốt)``.
_GRADE_LABEL = re.compile(
    rf"(?:^|(?<=[\s:;,(]))(?:xếp |đạt )?(?:loại |mức |mức độ )*(?P<grade>{_GRADE}(?:(?:, | và |-| - |/|"
    rf"–)?(?: ?\(?{_GRADE}\)?))*"
    r"(?: trở lên)?)$"
)
#: What is graded and how, by the words that say so; the nearest before a grade decides.
_TOPICS = (
    (r"học lực|(?<!\w)hl(?!\w)", "học sinh", "xếp loại học lực"),
    (
        r"hạnh kiểm|(?<!\w)hk(?= ?:| ?$| (?:xếp )?(?:loại )?(?:tốt|khá|tb|trung bình|yếu|giỏi)(?!\w))",
        "học sinh",
        "xếp loại hạnh kiểm",
    ),
    (r"rèn luyện", "học sinh", "xếp loại rèn luyện"),
    (r"(?:kết quả|xếp loại|đánh giá|về) học tập", "học sinh", "xếp loại học tập"),
    (r"tốt nghiệp thcs|xét tốt nghiệp", "học sinh", "tốt nghiệp THCS loại"),
    (r"tốt nghiệp thpt", "học sinh", "tốt nghiệp THPT loại"),
    (r"năng lực", "học sinh", "về năng lực"),
    (r"phẩm chất", "học sinh", "về phẩm chất"),
    (r"(?<!số )(?:tiết dạy|giờ dạy|tiết)", "tiết dạy", "xếp loại"),
    (r"chuẩn nghề nghiệp", "giáo viên", "xếp loại chuẩn nghề nghiệp"),
    (r"chuẩn hiệu trưởng", "hiệu trưởng", "xếp loại chuẩn hiệu trưởng"),
    (r"sáng kiến(?: kinh nghiệm)?|skkn", "sáng kiến kinh nghiệm", "xếp loại"),
    (r"(?:xếp loại|đánh giá)(?: chất lượng)? viên chức", "viên chức", "xếp loại"),
    (r"(?:xếp loại|đánh giá|chất lượng) (?:chất lượng )?đảng viên", "đảng viên", "xếp loại"),
    (r"(?:xếp loại|đánh giá)(?: chất lượng)? công chức", "công chức", "xếp loại"),
    (r"bồi dưỡng thường xuyên|bdtx", "giáo viên", "xếp loại bồi dưỡng thường xuyên"),
    (r"thi nghề|nghề phổ thông", "học sinh", "thi nghề phổ thông xếp loại"),
    (r"vở sạch,? chữ đẹp|vscđ", "học sinh", "xếp loại vở sạch chữ đẹp"),
    (r"thư viện (?:tiên tiến|đạt chuẩn|xuất sắc)", "thư viện", ""),
    (r"(?:xếp loại|đánh giá)(?: chất lượng)? (?:chi bộ|tổ chức đảng)", "chi bộ", "xếp loại"),
    (r"hồ sơ", "hồ sơ", "xếp loại"),
    (r"trường được kiểm tra|kiểm tra \d+ trường", "trường được kiểm tra", "xếp loại"),
)
_TOPIC = re.compile("|".join(f"(?P<t{index}>{pattern})" for index, (pattern, _, _) in enumerate(_TOPICS)))
#: With what a topic begins: any of them is tried nowhere else.
_TOPIC_AT = Words(
    words_in(
        "học lực|hl|hạnh kiểm|hk|rèn luyện|kết quả học tập|xếp loại|đánh giá|về học tập|tốt nghiệp th|xét tốt nghiệp|"
        "năng lực|phẩm chất|tiết|giờ dạy|chuẩn nghề nghiệp|chuẩn hiệu trưởng|sáng kiến|skkn|chất lượng|"
        "bồi dưỡng thường xuyên|bdtx|thi nghề|nghề phổ thông|vở sạch|vscđ|thư viện|hồ sơ|trường được kiểm|kiểm tra"
    )
)
#: How far before a grade its topic may stand.
_TOPIC_REACH = 700
_STAFF = re.compile(r"(?<!\w)(?:giáo viên|gv|cbql|cán bộ|nhân viên|viên chức|đảng viên|nhà giáo)(?!\w)")
_CHILDREN = re.compile(r"(?<!\w)(?:học sinh|hs|em|trẻ|cháu|học viên)(?!\w)")
_SUBJECT = re.compile(
    r"môn (?P<subject>toán|tiếng việt|tiếng anh|ngữ văn|tin học|khoa học|lịch sử|địa lí|địa lý|vật lý|hóa học|sinh học)"
)

#: Whom a phrase without its subject speaks of.
_SUBJECTS = (
    ("trẻ", r"suy dinh dưỡng|thấp còi|nhẹ cân|béo phì|thừa cân|mẫu giáo|nhà trẻ|[345] tuổi|bé ngoan|kênh bình thường"),
    (
        "học sinh",
        r"bỏ học|lên lớp|lưu ban|chuyển lớp|chuyển cấp|rèn luyện lại|thi lại|tốt nghiệp|chuyên cần|tuyển mới|"
        r"vào lớp|phân luồng|"
        r"hoàn thành chương trình|htct(?:th|lh)?|tn (?:thcs|thpt)|học 2 buổi|học nghề|học lực|hạnh kiểm|khuyết tật",
    ),
    ("đảng viên", r"kết nạp|chuyển chính thức"),
    ("giáo viên", r"đạt chuẩn|trên chuẩn|thạc sĩ|đại học|cao đẳng|tuyển dụng"),
)
_NAMED_SUBJECT = re.compile(
    r"(?<!\w)(?:học sinh|(?:ts)?hs|trẻ|cháu|em|giáo viên|gv|cbql|cán bộ|nhân viên|viên chức|đảng viên|người|nhà giáo|"
    r"trường|đơn vị|(?<!chương trình )(?<!htct )(?<!lên )(?<!vào )lớp|xã|tỉnh|huyện|thành phố|phường|trung tâm|cơ sở|"
    r"thí sinh|phụ huynh|hộ|chi bộ|đoàn viên|đội viên|thanh niên|phòng|học viên|tỷ lệ|tỉ lệ|điểm|số)(?!\w)"
)
_FAMILIAR = {
    "học sinh": (
        "em",
        "hs",
        "em học sinh",
    ),
    "trẻ": (
        "cháu",
        "bé",
    ),
    "giáo viên": (
        "gv",
        "thầy cô",
        "thầy cô giáo",
        "cô",
        "thầy",
        "cô giáo, thầy giáo",
    ),
    "cán bộ quản lý": ("cbql",),
    "lượt học sinh": (
        "lượt em",
        "lượt hs",
    ),
    "lượt giáo viên": ("lượt gv",),
    "điểm trường lẻ": ("điểm lẻ",),
    "cán bộ, giáo viên, nhân viên": (
        "cb, gv, nv",
        "cb,gv,nv",
    ),
    "cán bộ, giáo viên": ("cb, gv",),
}
_NOUNS = {form: whole for whole, forms in _FAMILIAR.items() for form in forms}
#: Words of capitals for those counted: read out to compare them, while indicators keep them as the report prints them.
_READ_OUT = {
    "nv": "nhân viên",
    "skkn": "sáng kiến kinh nghiệm",
    "cb-gv-nv": "cán bộ, giáo viên, nhân viên",
    "cbgvnv": "cán bộ, giáo viên, nhân viên",
    "cbgv-nv": "cán bộ, giáo viên, nhân viên",
    "cbgv, nv": "cán bộ, giáo viên, nhân viên",
    "cbgv": "cán bộ, giáo viên",
    "cb-gv": "cán bộ, giáo viên",
    "đvtn": "đoàn viên thanh niên",
    "tpt": "tổng phụ trách Đội",
}
#: Short forms that are read out to tell which canonical indicator they are; the indicator keeps the report's own.
_SHORT = (
    (r"\bCB ?[-,&.]? ?GV ?[-,&.] ?NV\b", "cán bộ, giáo viên, nhân viên"),
    (r"\bCB ?[-,&.] ?GV\b", "cán bộ, giáo viên"),
    (r"(?<=học sinh )KT\b", "khuyết tật"),
    (r"(?<=học sinh )DT\b", "dân tộc"),
    (r"\bHS\b", "học sinh"),
    (r"\bNV\b", "nhân viên"),
    (r"\bTH\b(?!&)", "tiểu học"),
    (r"\bMN\b", "mầm non"),
    (r"\bMG\b", "mẫu giáo"),
    (r"\bHK\b", "hạnh kiểm"),
    (r"\bHL\b", "học lực"),
    (r"\bHT\b", "hoàn thành"),
    (r"\bCHT\b", "chưa hoàn thành"),
    (r"\bHTT\b", "hoàn thành tốt"),
    (r"\bHTXS\b", "hoàn thành xuất sắc"),
    (r"\bCQG\b", "chuẩn quốc gia"),
    (r"\bCSVC\b", "cơ sở vật chất"),
)
#: Grades that reports abbreviate.
_ABBREVIATED = re.compile(r"(?<!\w)(?:tb|htxs|htt|cht|ht)(?!\w)")
#: Nouns that alone say too little; with the level of the school they are whole.
_BARE = {
    "trường": "trường học",
    "lớp": "lớp",
    "học sinh": "học sinh",
    "trẻ": "trẻ",
    "giáo viên": "giáo viên",
    "nhóm, lớp": "nhóm, lớp",
}
_MONEY = re.compile(
    r"(?<!\w)(?:tiền|kinh phí|học phí|lệ phí|quỹ|vốn|ngân sách|mức|chi|(?<!nghiệm )thu|trị giá|giá|nguồn|lương|"
    r"học bổng|tổng mức|giải thưởng|hỗ trợ|ủng hộ)(?!\w)"
)


def noun(unit: str) -> str:
    """The counted noun without familiar forms: ``em`` is ``học sinh``; words of capitals stay (``CBGVNV``)."""
    return unit.upper() if unit in _READ_OUT else _NOUNS.get(unit.lower(), unit)


def read_out(unit: str) -> str:
    """The counted noun with its word of capitals read out too, to be compared with others: ``CBGVNV``, ``NV``."""
    return _READ_OUT.get(unit.lower(), noun(unit))


def kind_of(unit: str | None) -> str:
    """What a unit counts, ``trường học`` as ``trường``, in lower case; "" for none."""
    return re.sub(r"^(trường|lớp) học$", r"\1", read_out(unit or "").lower())


def classroom(unit: str, behind: str) -> str:
    """A counted room as a classroom, where what is said behind it is said of these: ``13 phòng tạm, mượn``."""
    return f"{unit} học" if unit.lower() == "phòng" and _CLASSROOM.match(behind.lower()) else unit


#: What is said of classrooms, which lists of them call only rooms: ``còn 13 phòng tạm, mượn``.
_CLASSROOM = re.compile(
    r"(?:học )?(?:tạm|mượn|nhờ|kiên cố|bán kiên cố|cấp (?:4|iv)(?!\w)|tranh tre|xuống cấp)(?!\w)"
    r"(?! (?:nội trú|ở|công vụ))"
)
_SPELLED = [(re.compile(pattern), meaning) for pattern, meaning in _SHORT]
#: A word of capitals, which all short forms are.
_CAPITALS = re.compile(r"[A-ZĐ]{2}")


def spell_out(phrase: str) -> str:
    """A phrase with the abbreviations read out that stand for more than one word (``TB``, ``MN``)."""
    if not _CAPITALS.search(phrase):
        return phrase
    for pattern, meaning in _SPELLED:
        phrase = pattern.sub(meaning, phrase)
    return phrase


def grade_of(label: str) -> str | None:
    """The grade with which a label ends, None where it ends with none or grades somebody named in it."""
    match = _GRADE_LABEL.search(label.lower())
    if match is None:
        return None
    rest = label[: match.start()].strip(" ,:;(")
    return (
        match["grade"]
        if len(rest.split()) <= 6 and not (_NO_GRADE.search(rest.lower()) or _is_mean(rest.lower(), match["grade"]))
        else None
    )


#: What names a contest or those honoured in it by a word for a grade: ``học sinh giỏi``.
_NO_GRADE = re.compile(r"(?:bồi dưỡng|thi|dạy|chọn|học sinh|giáo viên) ?$")
#: What has a mean, which is called as a grade is: ``điểm trung bình 6,12``.
_HAS_MEAN = re.compile(r"(?<!\w)(?:điểm(?: thi| số)?|tuổi(?: đời| nghề| đảng)?|sĩ số|thu nhập|mức lương) ?$")


def _is_mean(rest: str, grade: str) -> bool:
    """Whether ``trung bình`` behind these words tells a mean and no grade."""
    return grade in ("trung bình", "tb") and _HAS_MEAN.search(rest) is not None


def graded(
    document: Document, block: Block, position: int, grade: str, unit: str | None, staff: str | None = None
) -> str:
    """``học sinh xếp loại học lực giỏi``: a grade with what it grades, by the nearest words before it.

    ``staff`` are those of whom the passage speaks, who are graded where no words say what is.
    """
    first = max(0, position - _TOPIC_REACH)
    places = places_of(_TOPIC_AT, document.lower, first, position)
    last = next(reversed(matches_from(_TOPIC, places, document.lower, first, position)), None)
    here = document.lower[block.start : position]
    staff = staff if staff and _STAFF.search(here) and not _CHILDREN.search(here) else None
    subject, verb = (staff or "học sinh") if unit is None else noun(unit), "xếp loại"
    if last is not None and last.lastgroup is not None:
        _, subject, verb = _TOPICS[int(last.lastgroup[1:])]
    if unit and noun(unit).split()[0] not in subject and noun(unit) not in ("trẻ", "người"):
        subject, verb = noun(unit), "xếp loại"
    grade = spell_out(_ABBREVIATED.sub(lambda match: match[0].upper(), grade))
    if grade.startswith(("hoàn thành", "chưa hoàn", "không hoàn")) or (last is None and grade.endswith("đạt")):
        verb = ""
    parts = [subject, verb, grade]
    subjects = list(_SUBJECT.finditer(document.lower, max(block.start, position - 150), position))
    if subjects and subject == "học sinh" and verb in ("", "xếp loại"):
        parts.append(f"môn {subjects[-1]['subject'].capitalize()}")
    return " ".join(part for part in parts if part)


def with_subject(phrase: str, staff: str | None = None, follows: str | None = None) -> str:
    """A phrase that names nobody with those of whom it must speak: ``bỏ học`` is ``học sinh bỏ học``.

    ``staff`` are those of whom the passage speaks, who are trained (``trên chuẩn``); else teachers are. What only
    says what somebody does is said of those of whom the indicator that it ``follows`` tells.
    """
    lowered = phrase.lower()
    does = follows is not None and (_DOES.match(lowered) or _KIND.fullmatch(lowered)) and not _SOMEBODY.search(lowered)
    if follows and does and (somebody := _SOMEBODY.search(follows.lower())):
        return f"{noun(follows[slice(*somebody.span())])} {phrase}"
    if _NAMED_SUBJECT.search(lowered):
        return _with_subject_of_rate(phrase)
    if staff and _DEGREE.fullmatch(lowered):
        return f"{staff} trình độ {phrase}"
    for subject, pattern in _SUBJECTS:
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", lowered):
            return f"{staff if staff and subject == 'giáo viên' else subject} {phrase}"
    return phrase


def says_what_they_do(phrase: str) -> bool:
    """Whether a phrase only says what somebody does, whom another clause names: ``xếp loại tốt``."""
    return _DOES.match(phrase.lower()) is not None and _SOMEBODY.search(phrase.lower()) is None


def _with_subject_of_rate(phrase: str) -> str:
    """A rate that names nobody with those of whom it must be: ``Tỷ lệ chuyên cần`` is ``Tỷ lệ học sinh chuyên cần``."""
    rate = _RATE.match(phrase)
    rest = phrase[rate.end() :] if rate else ""
    if not rest or _NAMED_SUBJECT.search(rest.lower()):
        return phrase
    rest = _ON_AVERAGE.sub("", rest)
    for subject, pattern in _SUBJECTS[:2]:
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", rest.lower()):
            subject = "trẻ" if _KINDERGARTEN.search(rest) else subject
            return f"{phrase[: rate.end()]}{subject} {rest}" if rate else phrase
    return phrase


#: A degree of training as the label of a share: ``ĐH trở lên đạt 91%``.
_DEGREE = re.compile(r"(?:trên )?(?:đại học|cao đẳng|trung cấp|đh|cđ|tc|thạc s[ĩỹ]|đhsp|cđsp)(?: trở lên)?")
_RATE = re.compile(r"[Tt][ỷỉ] lệ ")
_ON_AVERAGE = re.compile(r" (?:bình quân|trung bình)(?= |$)")
_KINDERGARTEN = re.compile(r"(?<!\w)(?:MN|[Mm]ầm non|MG|[Mm]ẫu giáo|[Nn]hà trẻ)(?!\w)")
_SOMEBODY = re.compile(
    r"(?<!\w)(?:cán bộ(?: quản lý)?(?:,|,? và)? giáo viên(?:(?:,|,? và) nhân viên)?|"
    r"học sinh|hs|trẻ|cháu|em|giáo viên|gv|cbql|cán bộ quản lý|cán bộ|nhân viên|viên chức|đảng viên|"
    r"đoàn viên|đội viên|công đoàn viên|thanh niên|học viên|thí sinh|phụ huynh|hộ|gia đình|người|trường|lớp|xã)(?!\w)"
)
#: A kind of people, told by its share of those before: ``1.573 đoàn viên, nữ chiếm 87%``.
_KIND = re.compile(r"nữ|nam|dân tộc(?: thiểu số)?|dtts|nữ (?:dân tộc|dtts)|là nữ|là người dân tộc(?: thiểu số)?")
#: How what is said of somebody begins, where another clause named them: ``100% trẻ ăn bán trú, 95% ngủ đúng giờ``.
_DOES = re.compile(
    r"(?:đạt|được|có|biết|tham gia|hoàn thành|thực hiện|đăng ký|ăn|ngủ|học|đỗ|trúng tuyển|là|xếp loại|chấp hành|"
    r"không|chưa|vượt|sử dụng|nhận|thuộc)(?!\w)"
)


_COUNT_OF_SCHOOLS = re.compile(r"((?:tổng )?số(?: lượng)?) trường")


def with_level(phrase: str, level: str | None) -> str:
    """A bare noun with its school level: ``trường`` is ``trường tiểu học`` or, of no level, ``trường học``."""
    base = phrase.lower().strip()
    if count := _COUNT_OF_SCHOOLS.fullmatch(base):
        return f"{phrase[: count.end(1)]} {with_level('trường', level)}"
    if base not in _BARE:
        return phrase
    name = LEVEL_NAMES.get(level or "")
    return f"{base} {name}" if name else _BARE[base]


def money(phrase: str, each: str) -> str:
    """What an amount of money is: ``kinh phí …``, ``mức … mỗi suất``, unless the phrase says so itself.

    ``each`` is what stands behind the amount: ``/suất``, else "".
    """
    if each:
        return f"mức {phrase} mỗi {each.strip('/ ')}"
    if re.match(r"mỗi (?!năm|tháng)", phrase.lower()):
        return f"mức tiền {phrase}"
    return phrase if _MONEY.search(phrase.lower()) else f"kinh phí {phrase}".strip()


def names_level(phrase: str) -> bool:
    """Whether a phrase names a school level."""
    return bool(find_levels(phrase, phrase.lower()))


_TIGHT = re.compile(r",(?=[^\W\d_])")


def spaced(phrase: str) -> str:
    """A phrase with a blank behind its commas, which headings of narrow columns leave out: ``CB,GV,NV``."""
    return _TIGHT.sub(", ", phrase)


def identify(phrase: str, unit: str | None) -> str | None:
    """The id of the canonical indicator that a whole phrase names, None where none does."""
    return find_indicator(fold_tone_style(spell_out(phrase).lower()), read_out(unit).lower() if unit else None)


#: The count that a percentage stands beside, with what is told before it: ``186 học sinh dự thi; 77 giải``.
_COUNT_AHEAD = re.compile(
    r"(?:.*[;:] )?\d{1,3}(?:\.\d{3})*(?:/[\d.]+)? (?=(?:giải|huy chương|em|hs|học sinh|đ/c|đồng chí|người|giáo viên|gv|"
    r"lượt|sản phẩm|đề tài|dự án|sáng kiến|trường|đơn vị|lớp|lđtt|lđxs|cstđ|cstđcs|gvdg|gvg)(?!\w))"
    r"|(?:.*[;:] )?đ?/c (?=\w)",
    re.I | re.S,
)


def without_counts(phrase: str) -> str:
    """What a percentage measures, without the count beside it: ``giải`` of ``186 học sinh dự thi; 77 giải``."""
    match = _COUNT_AHEAD.match(phrase)
    phrase = phrase[match.end() :] if match is not None else phrase
    return _NUMBER_OF.sub("", _COUNT_BEHIND.sub("", phrase) or phrase)


#: What a label counts, of which a share is told: no number of anybody.
_NUMBER_OF = re.compile(r"^(?:Tổng s|S)ố (?=(?:học sinh|trẻ|giáo viên|trường|lớp|phòng|đảng viên|cán bộ)(?!\w))")


#: The same behind what it counts: ``LĐTT: 30/32 đạt 93,75%``.
_COUNT_BEHIND = re.compile(
    r"(?: ?: \d[\d.]*(?:/[\d.]+)?|(?<!tháng)(?<!ngày)(?<!quý)(?<!số) \d+/\d+| \d{1,3}(?:\.\d{3})+)$"
)
