"""How many hold a title: the number before it, or the counts behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Term
from extractors._shared.lexicon import entries
from extractors._shared.numbers import WORDS, Number, find_numbers
from extractors.awards.conferred import another_subject, only_describes
from extractors.awards.context import Context

PACKAGE = "extractors.awards"
#: Who or what holds a title, as it is counted.
NOUNS = (
    r"(?:lượt )?(?:hộ|dòng họ|cộng đồng|hộ gia đình|cá nhân|tập thể|đồng chí|đ/c|giáo viên|gv\w*|học sinh|hs|em"
    r"|người|cán bộ"
    r"|viên chức|cbql|thầy giáo|cô giáo|thầy|cô|đơn vị|trường học|trường|chi bộ|liên đội|tổ|cháu|nhà giáo|lớp|cbgv\w*"
    r"|tác giả|nhóm tác giả|vđv|vận động viên|hlv|huấn luyện viên|chị"
    r"|đội viên|đoàn viên|đảng viên|công đoàn viên|công đoàn cơ sở|công đoàn|ông,? bà|cđcs|cđ|thầy cô|thầy, cô|gia đình"
    r"|doanh nghiệp|công ty|nhà hảo tâm|mạnh thường quân|phụ huynh|cựu học sinh|danh hiệu|nhà trường|công chức"
    r"|lđ|cn|đv|nữ|thí sinh|chi đoàn|chi đội|bé|trẻ|sinh viên|học viên)"
)
_LINK = re.compile(
    rf"^(?: ?{NOUNS}(?!\w)(?: \(?[^\d.;:%]{{0,60}}?)?| (?=được|đạt|nhận|tặng|xếp|công nhận|là|danh hiệu|đón"
    rf"|vinh|lượt)| ?)(?:được|đạt|nhận|tặng|xếp|công nhận|là"
    r"|danh hiệu|đón nhận|vinh dự|có|thưởng|trao)?[^\d.;:%]{0,45}$"
)
#: The words for a level beside a count.
LEVEL = (
    r"(?:cấp|vòng) (?:trường|xã|phường|thị trấn|cụm|huyện|quận|thị xã|thành phố|tỉnh|khu vực|quốc gia|toàn quốc"
    r"|quốc tế|bộ)(?!\w)"
)
#: Grades of schooling beside a level: ``GVDG cấp tỉnh THPT 31/40``.
_SCHOOLING = r"(?: (?:bậc |cấp )?(?:thpt|thcs|tiểu học|mầm non|th|mn))?"
_AFTER = re.compile(
    # ``HSG: cấp trường 120 em, cấp huyện 35 em``
    rf"^[\"”]?(?:(?: các cấp)? ?[:(-] ?(?=(?P<at>{LEVEL})))?"
    # another name of the title, the stage of schooling: ``GVDG cấp quận (Viên phấn): 88/132``, ``… tiểu học 6/7``
    r"(?P<gap>(?: \([^()\d]{3,40}\)(?= ?:))?(?: (?:mầm non|tiểu học|thcs|thpt|mn|th)(?= ?:? ?\d))?"
    r"(?: ?(?:cấp|bậc|của|năm|năm học|cho|hạng|giai đoạn|lớp) ?[^\d.;:,()]{0,40}"
    r"|(?: năm(?: học)?)? 20\d\d ?(?:-|–) ?20\d\d| năm 20\d\d"
    r"| từ (?:năm(?: học)? )?20\d\d(?: ?- ?20\d\d)? đến (?:nay|(?:năm(?: học)? )?20\d\d(?: ?- ?20\d\d)?))*?)"
    rf"{_SCHOOLING}[ :,(-]*(?:đạt |là )?(?:\d{{1,3}}(?:,\d+)? ?%,? ?(?:tức |với |gồm |là )?)?(?:tổng số|có|đạt|là"
    rf"|gồm|cho"
    r"|được|tặng(?: cho)?|trao cho)?[ :]*"
    r"(?P<n>\d{1,4}(?:\.\d{3})*)(?: ?/ ?(?P<of>\d{1,3}(?:\.\d{3})+|\d{1,5}))?(?! ?%|[,.]\d|[/\d]| ?- ?\d"
    rf"| giải)(?: (?P<noun>{NOUNS}))?(?!\w)"
)
_MORE = re.compile(
    r"^(?: [^.;:,()\d]{0,40}?)?(?: \([^()]*\))? ?(?:,|và|\+"
    r"|&) ?(?P<n>\d{1,4}|hai|bốn|sáu|bảy|tám)(?: ?/ ?(?P<of>\d{1,5}))?(?! ?%|[,.]\d"
    rf"|[/\d]) (?P<noun>{NOUNS})(?!\w)"
)
#: A further count behind the names of those counted first: ``cho 02 tập thể: A, B và 03 cá nhân: C, D, E``.
_MORE_NAMED = re.compile(
    r"^ ?: [^.;()\n]{5,300}?(?:,| và|, và) (?P<n>\d{1,3})(?P<of>(?!))? (?P<noun>tập thể|cá nhân|thầy cô|đồng chí"
    r"|giáo viên|nhà giáo|học sinh|em|cô giáo|thầy giáo|đơn vị|trường)(?= ?:)"
)
#: A further count behind what the first got it for: ``cho 20 tập thể có thành tích trong A, 3 tập thể có thành tích
#: trong B``.
_MORE_FOR = re.compile(
    r"^ (?:có|vì|đã có|đạt)(?: nhiều)? thành tích(?:(?! (?:tặng|trao|nhận|khen|được|đạt) )[^.;()\n]){0,160}?"
    r"(?:,| và|, và)"
    rf" (?P<n>\d{{1,4}})(?P<of>(?!))? (?P<noun>{NOUNS})(?!\w)"
    rf"(?=(?:(?:,| và|, và) \d{{1,4}} {NOUNS})? (?:có|vì|đã có|đạt)(?: nhiều)? thành tích)"
)
#: Above this a number is money, but for families and citizens: ``123.866 gia đình học tập``.
_MOST = 100_000
_FAMILIES = re.compile(r" (?:lượt )?(?:gia đình|hộ|dòng họ|công dân|người)(?!\w)")
_YEAR_OF_SYMBOL = 1950
_DAY = re.compile(r"(?<!\w)(?:sáng|chiều|tối|trưa|ngày|hôm) $")
#: Before the number of a document: ``theo QĐ/32 của Bộ``.
_OF_SYMBOL = re.compile(r"[^\W\d_]/$")
#: A number that is a year, but where it counts: ``INTARG 2025 tại …`` beside ``2.025 học sinh``, ``2025 em``.
_A_YEAR = re.compile(r"(?:19|20)\d\d$")
_COUNTED = re.compile(rf" {NOUNS}(?!\w)")
#: Before a number that is a year though what it could count stands behind: ``từ năm 2001 đến 2005 trường liên tục``.
_TELLS_YEAR = re.compile(r"(?<!\w)(?:năm(?: học)?|tháng \d{1,2}[/-]?|\d{4} ?(?:-|đến(?: năm)?|và|,)) ?$")
_TRIED = re.compile(
    r" ?(?:phiếu|điểm|hồ sơ|ý kiến|lượt bình chọn)(?!\w)"
    r"| ?(?:với \d+ )?(?:\w+ ){0,3}(?:tham gia|dự thi|tham dự|đăng ký|dự|được chọn|bảo lưu)(?!\w)"
)
#: Those of whom so many hold the title: ``GVDG cấp trường 15/20 đ/c dự thi``.
_COMPETED = re.compile(r" (?:tham gia )?dự thi(?=[,;.)]|$)", re.M)
_DID = re.compile(r" (?:thì )?(?:đều )?(?:đạt|được công nhận)(?! giải)(?!\w)")
_ASIDE = re.compile(r" ?\([^()]*\)")
_OTHER_LEVEL = re.compile(
    rf"^ ?(?:[;,]|và) ?(?P<at>{LEVEL}|(?:trường|xã|phường|huyện|quận|tỉnh|quốc gia)(?= ?:? ?\d)) ?:? ?"
    r"(?:(?:đã|hiện|hiện có|có|đạt|được) )*(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,5}))?(?! ?%|[,.]\d"
    rf"|[/\d])(?: (?P<noun>{NOUNS}))?"
)
# What a number before a title counts, if no holders.
_NO_COUNT = re.compile(
    r" (?:năm (?:liền|liên tục|liên tiếp|được|đều|là|nhận|qua|học|xây dựng|thành lập|[^đ]|đổi)|tháng|ngày|phiếu"
    r"|tuổi|lần"
    r"|điểm|tiết|hồ sơ|đơn(?! vị)|ý kiến|lượt bình chọn|lớp \d|tiêu)"
)
#: Those counted only took part, were chosen or trained: ``50 học sinh tham gia, được tuyển chọn từ kỳ thi HSG huyện``.
_NO_HOLDERS = re.compile(
    r"(?<!\w)(?:tham gia|tham dự|dự thi|tuyển chọn|đội tuyển|kỳ thi|thi chọn|dẫn đầu|số lượng|mô hình)(?!\w)"
    r"(?!.*(?<!\w)(?:đạt|nhận|công nhận|tặng|danh hiệu|xếp loại)(?!\w))"
)
#: Before a number that names something: ``tổ 4+5 đạt Tổ lao động tiên tiến``.
_NUMBERED = (
    "năm ",
    "lớp ",
    "thứ ",
    "tổ ",
    "khối ",
    "+",
    "nhóm ",
    "cụm ",
    "số ",
    "quận ",
    "phường ",
    "ấp ",
    "thôn ",
    "ngày ",
    "độ ",
    "mức ",
    "quý ",
    "tuần ",
    # one of so many holds it: "là một trong 5 đơn vị được tặng Giấy khen"
    "một trong ",
    "1 trong ",
    "trong số ",
)
#: Members of a body that itself holds the title: ``Công đoàn có 24 đoàn viên, được … tặng Giấy khen``.
_OF_MEMBERS = re.compile(
    r" (?:công )?(?:đoàn|đảng|hội|đội) viên(?: [^\W\d_]+){0,2}, (?:[^\W\d_]+ ){0,5}?(?:được|đạt|đón nhận|vinh dự)(?!\w)"
)
_HAS = (" có ", " gồm ", " với ", " gồm có ", " là ")
#: People: they are members of what holds a title of bodies, and do not hold it themselves.
_PEOPLE = re.compile(
    r" ?(?:lượt )?(?:(?:công )?(?:đoàn|đảng|đội|hội|thành|công) viên|đồng chí|đ/c|người|cán bộ|cb\w*|giáo viên|gv\w*"
    r"|thầy|cô|học sinh|hs|em|cháu|trẻ|nhân viên|viên chức|lao động|cá nhân|đv)(?!\w)"
)
#: Titles of bodies by their entry that are spoken of people too: ``12 đồng chí đạt Lao động xuất sắc``.
_ALSO_OF_PEOPLE = ("lao động xuất sắc",)
#: Start, end, count, whole and counted noun of a count behind a title.
Counted = tuple[int, int, int, int | None, str | None]


def of_bodies_only(context: Context, term: Term) -> bool:
    """Whether only a body can hold a title, so that people counted beside it are its members.

    ``Chi đoàn gồm 12 đồng chí, liên tục đạt Chi đoàn xuất sắc``, ``Liên đội mạnh với 540 đội viên``.
    """
    entry = entries(PACKAGE, term.group)[term.id]
    unit = entry.attributes.get("kind") == "unit" and "giver" not in entry.attributes
    return unit and not context.document.lower.startswith(_ALSO_OF_PEOPLE, term.start)


def counts_people(lowered: str, at: int) -> bool:
    """Whether the noun behind a number, which ends at a position, is one of people."""
    return _PEOPLE.match(lowered, at) is not None


def belongs_to_another(context: Context, first: int, count: Number) -> bool:
    """Whether a number stands right behind another title, its level or giver included, whose holders it counts."""
    document = context.document
    others = [*document.terms("title", first, count.start), *document.terms("honour", first, count.start)]
    if not others:
        return False
    last = max(others, key=lambda term: term.end)
    whole = last.end
    for pattern in (_OWN_LEVEL, _OWN_GIVER):
        if match := pattern.fullmatch(document.lower, last.end, count.start):
            whole = match.end()
    return document.text[whole : count.start].strip(" :") in ("", "là", "có", "đạt")


#: Between a title and the number of its holders: its level, or who gives it.
_OWN_LEVEL = re.compile(
    r" (?:(?:cấp|vòng) )?(?:trường|xã|phường|cụm|huyện|quận|thị xã|thành phố|tỉnh|quốc gia|cơ sở)[ :]*"
)
_OWN_GIVER = re.compile(
    r" (?:của )?(?:ct |chủ tịch |giám đốc |bộ trưởng |thủ tướng|chính phủ|ubnd|bộ|sở|tỉnh|huyện|lđlđ|liên đoàn"
    r"|công đoàn"
    r"|hội|trung ương)(?: ?[^\W\d_&]+| ?&)*[ :]*"
)


def count_before(context: Context, clause: int, at: int) -> Number | None:
    """The number that counts the holders before a title: ``12 đồng chí đạt danh hiệu …``."""
    document = context.document
    asides = [m.span() for m in _ASIDE.finditer(document.lower, clause, at)]
    asides += [(term.start, term.end) for term in document.terms("title", clause, at)]  # "Học sinh 3 tốt"
    numbers = [
        n
        for n in find_numbers(document.text, clause, at)
        if n.end <= at and not any(a < n.start < b for a, b in asides)
    ]
    if not numbers or numbers[-1].percent or isinstance(numbers[-1].value, float) or numbers[-1].value_to is not None:
        return None
    number = numbers[-1]
    if _OF_SYMBOL.search(document.lower, clause, number.start):
        return None
    if _A_YEAR.match(document.text, number.start, number.end) and (
        not _COUNTED.match(document.lower, number.end) or _TELLS_YEAR.search(document.lower, clause, number.start)
    ):
        return None
    between = _ASIDE.sub("", document.lower[number.end : at]).replace("tp.", "tp")
    if (
        (number.of and (1900 < number.of < 2100 or _DAY.search(document.lower, clause, number.start)))
        or between[:1].isalpha()
        or "bảo lưu" in between
    ):
        return None
    if between.startswith((" giải", " hc", " huy chương", ")")) or context.in_school(number.start):
        return None
    if _OF_MEMBERS.match(between) and document.lower.endswith(_HAS, clause, number.start):
        return None
    if (
        (number.value > _MOST and not _FAMILIES.match(document.lower, number.end))
        or _NO_COUNT.match(between)
        or not _LINK.match(between)
        or _NO_HOLDERS.search(between)
        or another_subject(context, number.end, at)
        or any(not only_describes(context, other) for other in document.terms("title", number.end, at))
    ):
        return None
    if (part := _PART_OF.search(document.lower, clause, number.start)) and number.of is None:
        number = number._replace(start=part.start("n"), value=int(part["n"]), of=number.value)
    if document.lower[max(0, number.start - 10) : number.start].endswith(_NUMBERED) or between.startswith("-"):
        return None
    return number


#: Some of those counted: ``8 trên 13 thầy cô được công nhận``.
_PART_OF = re.compile(r"(?<![\w/.,-])(?P<n>[2-9]|\d{2,4}) (?:trên(?: tổng)?(?: số)?|trong (?:tổng )?số) $")
#: Behind a number that counts by itself: the end of its clause, or an aside that is no percentage of pupils.
_ALONE = re.compile(r"[,;.)]|$| \((?!\d)", re.M)
#: The share that a number is, in brackets: ``LĐTT 45 (93,8%)``.
_SHARE_ASIDE = re.compile(r" ?\(\d[\d,.]* ?%\)")
#: Grades of staff that are also such of pupils.
_ALSO_PUPILS = ("hoàn thành tốt", "hoàn thành xuất sắc", "hoàn thành", "học sinh giỏi", "hsg", "tiên tiến", "htt", "ht")


def _with_share(lowered: str, end: int, at: int) -> bool:
    """Whether a number behind a title of staff stands with its share, where it counts no grades of pupils."""
    return not lowered.endswith(_ALSO_PUPILS, 0, end) and _SHARE_ASIDE.match(lowered, at) is not None


#: Those counted behind a comma hold the title told behind them: ``…, 31 cá nhân nhận Bằng khen``.
_HOLD_ANOTHER = re.compile(
    r"(?: \([^()]*\))? (?:đã )?(?:được [^.;:,()]{2,40}?|(?:được )?(?:ubnd|tỉnh|huyện|xã|trung ương|sở|phòng|bộ|hội"
    r"|thành|công đoàn|lđlđ|chủ tịch|giám đốc)(?: [^\s.;:,()]+){0,6}?) (?:tặng|trao|khen|công nhận)(?!\w)"
    r"| khác(?!\w)| (?:không|chưa) (?:đạt|được)(?!\w)| (?:được )?(?:nhận|đón nhận|đạt danh hiệu|được tặng"
    r"|được xếp loại|xếp loại|được công nhận|được đánh giá"
    r"|được khen|hoàn thành) [\"“]?[^\W\d_]"
)


def counts_after(lowered: str, end: int, last: int) -> Iterator[Counted]:
    """The counts behind a title: ``: 12 đồng chí``, ``cho 5 tập thể và 12 cá nhân``."""
    match = _AFTER.match(lowered[end:last])
    if match and match["of"] and match["of"].isdigit() and 0 <= int(match["of"]) - _YEAR_OF_SYMBOL <= 150:
        return  # "Giấy khen 1196/2005": the number of the certificate
    given = match is not None and "cho " in lowered[end : end + match.start("n")]
    if (
        match
        and not (match["of"] and _COMPETED.match(lowered, end + match.end(), last))
        and not given  # ``tặng Bằng khen cho 22 giáo viên đã tham gia bồi dưỡng``
        and (tried := _TRIED.match(lowered, end + match.end(), last))
        and not _DID.match(lowered, tried.end(), last)
    ):
        return
    if (
        match
        and lowered[end : end + match.start("n")].strip(' ”"') == ","
        and _HOLD_ANOTHER.match(lowered, end + match.end(), last)
    ):
        return
    direct = (
        match
        and lowered[end : end + match.start("n")] == " "
        and (_ALONE.match(lowered, end + match.end()) or _with_share(lowered, end, end + match.end()))
        and not _A_YEAR.match(match["n"])
    )
    if not match or (
        not match["noun"] and not direct and ":" not in lowered[end : end + match.start("n")] and not match["of"]
    ):
        return
    position = end + match.end()
    yield (
        end + (match.start("at") if match["at"] else match.start("n")),
        position,
        int(match["n"].replace(".", "")),
        int(match["of"].replace(".", "")) if match["of"] else None,
        match["noun"],
    )
    while more := (
        _MORE.match(lowered[position:last])
        or _OTHER_LEVEL.match(lowered[position:last])
        or _MORE_NAMED.match(lowered[position:last])
        or _MORE_FOR.match(lowered[position:last])
    ):
        yield (
            position + more.start("at" if "at" in more.re.groupindex else "n"),
            position + more.end(),
            WORDS.get(more["n"]) or int(more["n"]),
            int(more["of"]) if more["of"] else None,
            more["noun"],
        )
        position += more.end()


#: How often: ``4 lần được tặng Cờ thi đua``, ``5 năm liền đạt danh hiệu …``, ``4/5 năm đạt …``.
_TIMES = re.compile(
    r"(?<![\w/.,-])(?P<n>\d{1,2})(?:(?: ?/ ?\d{1,2})? năm (?=đạt|được|nhận)|(?: lần| năm(?: học)?(?: (?:liền"
    r"|liên tục|liên tiếp"
    r"|gần đây))+)[, (])(?:[^.;\d]|\((?:[\d ,–-]|năm(?: học)?|và)+\)){0,110}$"
)
_TAKEN = re.compile(r"(?<!\w)(?:đạt|được|nhận|danh hiệu|là|đón nhận|công nhận|xếp loại)(?!\w)")
_UNCOUNTED = re.compile(r"(?<!\w)(?:các|nhiều|những|luôn)(?!\w)")


def times_before(context: Context, clause: int, at: int) -> int | None:
    """How many times or years running somebody took the title at a position; None where no number says so."""
    match = _TIMES.search(context.document.lower, clause, at)
    if match is None or not _TAKEN.search(context.document.lower, match.start(), at):
        return None
    if _UNCOUNTED.search(context.document.lower, match.end("n"), at):
        return None
    return None if context.document.terms("title", match.end("n"), at) else int(match["n"])
