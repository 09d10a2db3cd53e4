"""What a number measures: the noun phrase around it, as written and made whole."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document, once_there
from extractors._shared.numbers import Number
from extractors._shared.outline import PART, ROMAN
from extractors._shared.scan import digits, matches_from, places_of, words_in
from extractors._shared.view import CAPITAL
from extractors.statistics.compact import says, without_documents

# A noun phrase ends at a sign, before a second number, and where a new clause begins.
# As in the pattern below, each alternative begins with its first letter or sign.
_STOP_AFTER = re.compile(
    # The short name of a kind of schools in brackets ends nothing: "trường dân tộc nội trú (DTNT) cấp THCS".
    r";|:|\((?![a-zđ&-]{2,8}\) (?:cấp|bậc) )|\)(?! (?:cấp|bậc) (?:t|gi))|=|"
    r"\+|\n|\"|“|”| ?[x×] ?(?=\d)|(?<=[^\W\d_]) ?/ ?(?=\d[\d.]* [^\W\d_])|\.(?<!\btp\.)(?<!\btx\.)(?![\w])|"
    r" - (?!gdtx)| ->|→| mỗi (?=[^\W\d_][\w/]*(?: [^\W\d_]+){0,2}? \d)|"
    r" (?:lên|xuống|còn|đến|thành|tới|bán được|được|rộng|(?:lên|xuống) (?:còn|tới|đến|thành)) (?=\d)|"
    # "186 cán bộ quản lý và giáo viên đến từ 31 trường": the second of two nouns, with no figure of its own
    r"(?<!bằng) và (?!(?!tỷ|tỉ|tổng|số |có |đạt |tăng |giảm )(?:[^\W\d_]+ ){1,5}"
    r"(?:của|đến từ|thuộc|tham gia|tham dự|được|tại|ở) )"
    r"(?=(?:\w+ ){0,6}?\d)|(?<!%) và (?=(?:một số|một vài|một phần|nhiều) )|"
    r" (?:với|còn|rồi|cùng|cùng với|đại diện cho|thu hút|"
    r"trong đó|chiếm|giảm|tăng|gồm|là|bao gồm|có) (?=(?:\w+ ){0,6}?\d)"
    r"| đạt(?! chuẩn| ít nhất| tối thiểu| tổng điểm| điểm| (?:từ|trên|dưới) \d[\d,]* điểm)"
    r" (?=(?:(?!mức |độ |lớp |khối |loại |hạng )\w+ ){0,6}?\d)"
    r"| (?:trong đó|góp phần|từ đó|nhưng|nhằm|nên|vì vậy|do đó|đồng thời|so với|chiếm|tỷ lệ|tỉ lệ|bao gồm|"
    r"thay mặt|từ ngày|đến từ|(?<!duy trì )(?<!giữ vững )(?<!củng cố )(?<!công nhận )(?<!nâng cao )kết quả|cụ thể|"
    r"(?:chi tiết |được )?(?:như sau|sau đây|dưới đây)|do (?:ông|bà|đồng chí|các)|trị giá|theo (?:nghị định|quy định|"
    r"quyết định|thông tư|kế hoạch|hướng dẫn|đề án)|"
    r"(?:cao|thấp|nhiều|ít) hơn(?= (?:so với |mức |tỷ lệ |tỉ lệ )*(?:cùng kỳ|năm|đầu|học kỳ|kế hoạch|chỉ tiêu|mặt bằng|"
    r"bình quân|trung bình|nhiệm kỳ|toàn)(?!\w)))(?!\w)|"
    + "|".join(
        rf"{word}(?<!\w{word}) (?=(?:trường )?(?:thcs|tiểu học|mầm non|thpt|th|mn) )" for word in ("là", "như", "tại")
    )
)
_STOP_BEFORE = re.compile(
    r",(?:(?!\d)|(?<!\d,))|\.(?:(?!\d)|(?<!\d\.))|;|:|\(|\)|=|\+|\n|\"|“|”| - |"
    r"(?<!\w)(?:và|với(?! (?:định mức|nhu cầu|biên chế)(?!\w))|cùng|trong đó|đồng thời|nhưng|còn lại)(?= )"
)
#: What it begins with.
_STOP_AT = (*',.;:()=+\n"“”', " - ", *words_in("và |với |cùng |trong đó |đồng thời |nhưng |còn lại "))
_TAIL = (
    r"có|còn|(?<!thực )(?<!thể )(?<!phát )(?<!biểu )hiện|hiện nay|(?<!không )(?<!chưa )đạt|là|"
    r"được|đang|gồm|gồm có|với|trên|dưới|khoảng|hơn|gần|đã|tổng số|"
    r"tổng cộng|chiếm|bằng|(?<!trở )lên|(?<!trở )xuống|đến|từ|tăng|giảm|sụt|thêm|(?<!thu )về|tỷ lệ|tỉ lệ|số lượng|"
    r"ở mức|tới|lên tới|lên đến|không thấp|không ít|không kém|"
    r"cho|cả|chỉ|(?<!tuyển )(?<!xây )(?<!nạp )(?<!lập )(?<!mở )(?<!nhiệm )(?<!nhận )mới|không quá|"
    r"không vượt quá|tối đa|"
    r"của|các|những|bao gồm|đó là|thì|tại|vào|ít nhất|không dưới|bình quân|ước đạt|ước|và|"
    r"trong|do|phấn đấu|phấn đấu đạt|phấn đấu có|đều|nhất trí|lần lượt|tương ứng|tăng dần|giảm dần|"
    r"(?<!\d )năm qua|ba năm qua|những năm qua|qua các năm|các năm|các năm học|qua từng năm|hằng năm|hàng năm"
)
_TRIM_TAIL = re.compile(rf"(?:(?<!\w)(?:{_TAIL})(?: |$))+$")
#: The last syllables of these words: asked first, since most phrases end in none.
_TAIL_ENDS = tuple({word.split()[-1] for word in re.sub(r"\(\?<![^)]*\)", "", _TAIL).split("|")})
_TRIM_HEAD = re.compile(
    r"^(?:(?:chủ yếu(?: là)?|nhiều nhất là|"
    r"phấn đấu(?: đến[^,;]{0,30}\d(?= có| đạt))?|dự kiến|sẽ|cụ thể|cụ thể như sau|kết quả|kết quả có|"
    r"trong (?:tổng )?(?:số )?(?:đó|này)|trong đó có|đặc biệt|ngoài ra|hiện nay|hiện tại|hiện đang|hiện|đến nay|"
    r"hiện có|toàn ngành có|(?:bao )?gồm(?: có)?|riêng|và|đồng thời|có(?! mặt)|năm qua|trong năm|bên cạnh đó|"
    r"tính đến nay|tính đến|như|"
    r"theo đó|đã|nâng|được|tổng số|tổng cộng|cũng|thì|là|còn(?! thiếu)|với|tức(?: là)?|nghĩa là)(?: |$))+"
)
QUANTIFIER = re.compile(r"^(?:\([^)]{0,15}\) )?(?:(?:các|số|những|toàn thể|tổng số|trên tổng số)(?: |$))+")
_WITHIN = re.compile(
    r"^(?: ?(?:\([^()]*\)|trở lên|trở xuống|[x×] ?\d[\d.,]* ?(?:nghìn |triệu )?(?:đồng|đ)(?:/[^\W\d_]+)?)(?!\w))+ ?"
)
VERB = re.compile(
    r"(?<!\w)(?:đạt|có|được|đều|hoàn thành|tham gia|thực hiện|duy trì|ra lớp|đỗ|tốt nghiệp|đảm bảo|bảo đảm|"
    r"giữ|xếp|(?<!trung )(?<!tiểu )học(?! (?:sinh|viên|kỳ|lực|phí))"
    r"|biết|đang|là|do|tại|của|trên|đến|vào|nghỉ|bỏ|đăng ký|chuyển|làm|dự|thuộc|vượt|cho)(?!\w)"
)
_NEW_SENTENCE = re.compile(rf"[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+ (?!học|non)")
_WORDS = re.compile(r"\w+")


@once_there
def after_phrase(document: Document, position: int, limit: int) -> tuple[int, int]:
    """The rest of the noun phrase that begins at a position, parentheses right behind it skipped."""
    text, lowered = document.text, document.lower
    start = position
    if match := _WITHIN.match(text[start:limit]):
        start += match.end()
    while start < limit and text[start] == " ":
        start += 1
    if text[start : start + 1].isdigit() and _counts_next(document, start, limit):
        return start, start  # "15 ủy viên 1 Bí thư 2 Phó Bí thư"
    if text[position - 1] == "%" and start < limit and _NEW_SENTENCE.match(text[start:limit]):
        noun = next(iter(document.terms("unit", start, min(limit, start + 40))), None)
        if noun is None or noun.start != start:
            return start, start  # the full stop is missing: "28,53% Thi vào ..."
    if text[position - 1] == "%" and lowered.startswith("và ", start):
        return start, start
    stop = _STOP_AFTER.search(lowered, max(start - 1, position), limit)
    end = max(stop.start(), start) if stop else limit
    if resumed := _RESUMES.search(text, max(start - 1, position), end):
        end = max(resumed.start(), start)
    first = _end_of_like(document, position, start, end)
    goes_on = first > start or (text[position - 1].isalpha() and _MORE.match(lowered, start, end))
    if text[start : start + 1] == "," and not goes_on:
        return start, start
    for comma in re.finditer(r",(?!\d)|(?<!\d),", text[first:end]):
        # A comma ends the phrase once it has its verb; before, it parts a list of subjects.
        at = first + comma.start()
        if _in_list(lowered, max(start, at - 14), at, at + 14):
            continue
        if VERB.search(lowered, start, at):
            return start, at
        if re.match(r", (?:(?!và )\w+ ){0,4}\d", text[at : end + 1]) or not _ITEM.match(lowered, at, limit):
            return start, at
    return start, end


def _counts_next(document: Document, start: int, limit: int) -> bool:
    """Whether the figure at a position counts a noun of its own."""
    figure = _NEXT_COUNT.match(document.text, start, limit)
    return figure is not None and any(t.start == figure.end() for t in document.terms("unit", figure.end(), limit))


_NEXT_COUNT = re.compile(r"\d[\d.]* (?!buổi|ca(?!\w)|tiết|bữa|lần|ngày)")
#: A sentence that begins though no full stop ended the one before: ``13 đồng chí Đến dự đại hội có …``.
_RESUMES = re.compile(
    r" (?=(?:Đến (?:dự|nay)|Tham dự|Về|Trong|Với|Tại|Sau|Ngoài|Hiện|Thực hiện|Được|Đặc biệt|Bên cạnh|Nhà trường|Các|"
    r"Những|Qua|Để|Từ|Theo|Ngay|Phát (?:huy|biểu)|Thay mặt|Kết quả|Năm|Tổng số|Căn cứ|Cùng với|Hội nghị|Đại hội|"
    r"Buổi lễ|Nhân dịp|Ban tổ chức) [^\W\d_])"
)


#: Kinds of counted nouns that reports list together: ``12 nhà trẻ, trường mẫu giáo``.
_LIKE = {
    **dict.fromkeys(("trường", "cơ sở", "đơn vị", "trung tâm"), "trường"),
    **dict.fromkeys(("giáo viên", "CBQL", "nhân viên", "người", "đảng viên"), "người"),
    **dict.fromkeys(("học sinh", "trẻ", "học viên"), "học sinh"),
}
#: A listed noun with a figure of its own: ``12 nhà trẻ, trường mẫu giáo 9``; a verb or link between leads elsewhere.
_FIGURE_NEXT = re.compile(
    r"(?: (?!(?:của|có|với|được|tham|dự(?! bị)|đến|thuộc|ở|tại|đạt|từ|và|là|để|cho|trên|trong|hoàn|đăng|đã|đang|cùng)"
    r"(?!\w))"
    r"[^\W\d_]+){0,4} ?:? ?\d"
)
#: What is said of all nouns of a list, whatever they are: ``37 tập thể, cá nhân được khen``.
_SAID_OF_ALL = re.compile(
    r" (?:được|đạt|có|tham gia|tham dự|dự|đã|đang|đăng ký|của|thuộc|trên|trong|ở|tại|hoàn thành|thực hiện|đến từ|"
    r"tiêu biểu|xuất sắc)(?!\w)(?! (?:\w+ )?\d)"
)


def _end_of_like(document: Document, position: int, start: int, limit: int) -> int:
    """Where a list of nouns like the counted one ends: ``cán bộ, nhân viên``, ``nhiệm vụ, giải pháp``; else ``start``.

    ``position`` is where the counted noun ends; of a percentage it begins at ``start``.
    """
    counted = [term for term in document.terms("unit", max(0, position - 40), position) if term.end == position]
    end = start
    if not counted:
        counted = [term for term in document.terms("unit", start, min(limit, start + 40)) if term.start == start]
        listed = counted and "," in document.text[start : counted[0].end + 1]
        end = counted[0].end if listed else start
    while counted and document.text[end : end + 2] == ", ":
        more = next((term for term in document.terms("unit", end + 2, limit) if term.start == end + 2), None)
        if more is None:
            break
        alike = _LIKE.get(more.id, more.id) == _LIKE.get(counted[0].id, counted[0].id)
        if not (alike or _SAID_OF_ALL.match(document.lower, more.end, limit + 20)):
            break
        if _FIGURE_NEXT.match(document.text, more.end, limit + 20):
            break
        end = more.end
    return end


@once_there
def before_phrase(document: Document, limit: int, position: int) -> tuple[int, int]:
    """The subject before a number: the words back to the last sign or number, without verbs at their end."""
    lowered = document.lower
    if lowered[position - 1 : position] == "/":
        return position, position  # the second of two counts: "54/31 nữ"
    start = limit
    share = _PERCENT.match(lowered, position)
    quoted = []
    if share or _MONEY.match(lowered, position):
        quoted = [match.span() for match in _QUOTED.finditer(lowered, limit, position)]
    quoted += [match.span() for match in ASIDE_IN_PHRASE.finditer(lowered, limit, position)]
    stops = places_of(_STOP_AT, lowered, limit, position)
    for match in matches_from(_STOP_BEFORE, stops, lowered, limit, position):
        if quoted and any(first <= match.start() < last for first, last in quoted):
            continue  # "danh hiệu “Giỏi việc trường, đảm việc nhà” chiếm 91%"
        at = match.start()
        if match.group(0)[0] in ",v" and _in_list(lowered, max(limit, at - 14), at, match.end() + 14):
            continue  # "CB, GV, NV", "khá, giỏi" are one subject
        leads = match.group(0) in (",", "với") and _LINKS.fullmatch(lowered, match.end(), position)
        if leads and not _COUNT_ENDS.search(lowered, limit, match.start()):
            continue  # "số người biết chữ, đạt 99%", "hiệu quả đào tạo với tỷ lệ 91%"
        # A colon or bracket right before the number follows its label and ends nothing.
        equals = match.group(0) in ("=", " - ") and _COUNT_ENDS.search(lowered, limit, match.start())
        ends = equals or match.group(0) not in _LABEL_SIGNS
        if ends or lowered[match.end() : position].strip() not in _COUNT_OR_SHARE:
            start = match.end()
    start = min(start, _start_of_share(lowered, limit, position) or start)
    for match in matches_from(_FIGURE, digits(lowered, start, position), lowered, start, position):
        if any(first <= match.start() < last for first, last in quoted):
            continue
        if lowered[match.end() : position].strip(" (:"):
            start = match.end()
    return trim(lowered, start, position)


#: What a bracket inside a phrase explains, which parts nothing of it: ``trẻ nhà trẻ (dưới 36 tháng tuổi) đi học đạt``.
ASIDE_IN_PHRASE = re.compile(
    r"(?<=[^\W\d_] )\((?:[^()\d%:;]{2,60}|[^()\d%:;]{0,40}(?:(?:19|20)\d\d|"
    r"\d+(?: ?(?:-|–|đến|tới) ?\d+)? ?(?:tháng|tuổi))[^()\d%:;]{0,20})\)"
    r"(?= (?!và|trong đó|với|gồm|có|là|đạt|chiếm|còn|tăng|giảm)[^\W\d_]+ )"
)
#: A name in quotation marks, whose signs part nothing of what a percentage tells.
_QUOTED = re.compile(r"\"[^\"\n\d]{3,70}\"|“[^“”\n\d]{3,70}”")
#: Words that only lead from what is measured to its share.
_LINKS = re.compile(
    r" (?:(?:đã|đều|chỉ|cũng|luôn|luôn luôn|thường xuyên|đang) )*(?:(?:đạt|chiếm|bằng|ổn định|duy trì)(?: được)?"
    r"|(?:đạt |chiếm |ổn định |duy trì )?(?:ở )?(?:mức |tỷ lệ |tỉ lệ )+)"
    r"(?: (?:là|trên|hơn|gần|khoảng|tới|đến|tỷ lệ|tỉ lệ|ở|mức))* ?"
)
_COUNT_ENDS = re.compile(
    r"(?<!độ )(?<!lớp )(?<!khối )(?<!số )(?<!\w)\d[\d.,/]*(?: ?%)?(?: ?(?!tuổi)[^\W\d_]+\d?){0,3} ?$"
)


def last_clause(document: Document, start: int, end: int) -> tuple[int, int]:
    """The words after the last sign of a range that leaves more than one, brackets left out."""
    said = document.lower[:start] + _ASIDE.sub(lambda match: " " * len(match.group(0)), document.lower[start:end])
    signs = [match.end() for match in _SIGN.finditer(said, start, end)]
    for first in (*reversed(signs), start):
        found = trim(said, first, end)
        if len(_LETTERS.findall(said, *found)) > 1:
            return found
    return trim(said, start, end)


_ASIDE = re.compile(r"\([^()]*\)")
_LETTERS = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_SIGN = re.compile(r"[;:()]|[,.](?!\d)")


def _start_of_share(lowered: str, limit: int, position: int) -> int | None:
    """Where ``tỷ lệ …`` begins of which a percentage tells, over commas: ``tỷ lệ kiên cố hóa trường, lớp học đạt 88%``.

    None where nothing of the kind stands before, or where another figure or sign parts it from the percentage.
    """
    if not _PERCENT.match(lowered, position):
        return None
    said = [match.start() for match in _SHARE.finditer(lowered, limit, position)]
    between = lowered[said[-1] : position] if said else ""
    return said[-1] if between and not _PARTED.search(between) and _FIGURE.search(between) is None else None


_MONEY = re.compile(
    r"\d[\d.,]*(?: ?(?:nghìn|ngàn|triệu|tỷ|tỉ))* ?(?:đồng|đ|vnđ)(?!\w)(?! chí)|\d[\d.,]* ?(?:triệu|tỷ|tỉ)(?!\w)"
)
_PERCENT = re.compile(r"\d[\d.,]*(?: ?- ?\d[\d.,]*)? ?%")
_SHARE = re.compile(
    r"(?<!\w)(?:t[ỷỉ] lệ(?! (?:(?:là|đạt|chiếm|trên|bình quân|trung bình) )*\d)|số (?=trẻ|học sinh|giáo viên|trường))"
)
_PARTED = re.compile(r"\d ?%|[;:()+=\n]|\.(?!\d)|(?:cao|tăng|giảm|đạt|có|ổn định|tốt|bảo đảm|đảm bảo),")


#: What goes on with a list of subjects behind a comma.
_ITEM = re.compile(
    r" ?, ?(?:và )?(?:cá nhân|thành(?! phố)|dự án|cán bộ|giáo viên|nhân viên|học sinh|học viên|trẻ|viên chức|"
    r"công chức|người|phụ huynh|cha mẹ|"
    r"thcs|thpt|tiểu học|mầm non|mẫu giáo|gdtx|phổ thông|dân tộc nội trú|phường|thị trấn|thị xã|thị(?=,)"
    r"|thành(?= trong|,)"
    r"|xã|thành phố|nhóm|lớp|trường|đơn vị|trung tâm|cơ sở|"
    r"gv|nv|hs|đoàn viên|đội viên|đảng viên|khó khăn|mồ côi|khuyết tật|dân tộc|cận nghèo|vùng|sạch|an toàn|thân thiện)"
    r"(?!\w)"
)
#: The second of two nouns that share what is said behind: ``39/46 trường học, cơ sở giáo dục được công nhận …``.
_MORE = re.compile(
    r", (?:cơ sở giáo dục|cán bộ|giáo viên|nhân viên|viên chức|học viên|trung tâm|thị trấn|phường|thành phố|đơn vị)"
    r"(?: (?!được|đạt|có)[^\W\d_]+){0,3} (?:được|đạt|có|tham gia|đã|hoàn thành)(?!\w)"
)
_LABEL_SIGNS = frozenset({":", "(", " - ", "="})
_COUNT_OR_SHARE = frozenset({"", "sl", "tl", "sl:", "tl:", "số lượng", "tỷ lệ", "tỉ lệ"})
_LISTED = re.compile(
    r"(?:(?:vào |đỗ (?:vào )?)(?:các trường )?(?:đại học|cao đẳng|thpt|đh|cđ), (?:cao đẳng|trung cấp|cđ|tc|gdtx|gdnn|"
    r"học nghề|trung tâm gdtx))(?!\w)|"
    r"giáo dục (?:và|&) đào tạo|"
    r"(?:cán bộ|cb|giáo viên|gv|cbql|quản lý|công chức|mầm non|mn|tiểu học|th|mẫu giáo|xã|khá|yếu|thừa cân|"
    r"tốt|nhân viên|công nhân|năng lực|huyện|thị) ?(?:,|và) ?"
    r"(?:gv|giáo viên|nv|nhân viên|viên chức|công chức|cán bộ|tiểu học|thcs|th|thị trấn|phường|công nhân|giỏi|"
    r"kém|béo phì|khá|phẩm chất|thị(?=,)|thành(?! phố)|người lao động)(?!\w)"
)


def _in_list(lowered: str, start: int, at: int, end: int) -> bool:
    """Whether the comma or ``và`` at a position is one that lists what has no figure of its own: ``CB, GV, NV``."""
    while match := _LISTED.search(lowered, start, end):
        if match.start() <= at < match.end():
            return True
        start = match.start() + 1
    return False


#: A number counted before, which ends what can be said of the next; grades, years and dates are none.
_FIGURE = re.compile(
    r"(?<!lớp )(?<!khối )(?<!năm )(?<!học )(?<!tháng )(?<!ngày )(?<!độ )(?<!đoạn )(?<!thứ )(?<!kỳ )(?<!số "
    r")(?<!hạng )(?<!từ )(?<!đến )(?<!bộ )(?<!\d - )(?<!\d- )(?<!\d:)(?<![\w,./-])"
    r"\d[\d.,/]*(?![\d/-]|[.,]\d)(?:m2|m²|m3|km|kg|ha(?!\w))?(?: ?%)?(?: (?:nghìn|triệu|tỷ|tỉ))?"
    r"(?: ?đồng(?! chí)| ?đ(?!\w|/[bvc](?!\w)))?"
    r"(?! ?(?:tuổi|buổi|lần|năm|-|(?:tiết|ca|giờ|ngày|bữa)/))(?!\w)"
)


def trim(lowered: str, start: int, end: int) -> tuple[int, int]:
    """The range without leading link words and trailing verbs."""
    while start < end and lowered[start] in ' ,;:-+*•("“':
        start += 1
    while start < end and lowered[end - 1] in ' ,;:=-("“≥≤<>':
        end -= 1
    if match := _TRIM_HEAD.match(lowered[start:end]):
        start += match.end()
    if lowered.endswith(_TAIL_ENDS, start, end) and (match := _TRIM_TAIL.search(lowered[start:end])):
        end = start + match.start()
    while start < end and lowered[end - 1] in ' ,;:-("“≥≤<>':
        end -= 1
    if lowered[end : end + 1] == '"' and lowered.count('"', start, end) % 2:
        end += 1  # it closes a name
    return start, end


def words(text: str) -> int:
    """How many words a text has."""
    return len(_WORDS.findall(text))


def _is_title(document: Document, block: Block) -> bool:
    """Whether a head is the report's own (``BÁO CÁO``), which says nothing of what is counted."""
    return block.marker is None and (
        block.kind not in ("heading", "item", "paragraph") or document.text[block.start : block.end].isupper()
    )


_PARALLEL = re.compile(r" ?(?:;|,| và) \d[\d.,]*(?P<ratio>/[\d.]+)?(?P<share> ?%)? (?:\(\d[\d.,]* ?%\) )?")
#: Bodies and places, of which several together can have done one thing.
_BODIES = frozenset({"đơn vị", "trường", "xã", "phường", "huyện", "tỉnh", "thành phố", "cơ sở", "chi bộ", "thị trấn"})


def shared_tail(document: Document, stop: int, limit: int, first: Number) -> str:
    """``03 trường THCS; 02 trường Mầm non được đón …``: what is said of both stands behind the second.

    Of bodies it may stand behind the last of several: ``9 xã, 2 huyện, 1 tỉnh được công nhận``. The
    ``first`` figure shares nothing with one of another kind: counts with percentages, mere counts with ratios.
    """
    while match := _PARALLEL.match(document.text, stop, limit):
        unit = next(iter(document.terms("unit", match.end(), match.end() + 30)), None)
        if unit is None or unit.start != match.end() or document.lower.startswith(_OTHERS, unit.end):
            return ""
        if bool(match["share"]) != first.percent or (match["ratio"] and first.of is None):
            return ""
        start, end = after_phrase(document, unit.end, limit)
        if verb := VERB.search(document.lower, start, end):
            return document.value(verb.start(), end)
        if document.lower[unit.start : unit.end] not in _BODIES:
            return ""
        stop = end
    return ""


#: The rest, of which other things are said: ``38 trường; 14 trường còn lại do giáo viên kiêm nhiệm``.
_OTHERS = (" còn lại", " khác")
#: What parts a number from the head of its line: ``Giấy khen: 1; trẻ suy dinh dưỡng còn 9,2%``.
_ELSEWHERE = re.compile(r"(?!:).*;|: ?\d[^;]*(?:;|[^\W\d_]\. (?=[A-ZĐ\d]))", re.S)


def head_phrase(document: Document, block: Block, number: Number) -> str:
    """What the text above says is being counted: the block's own head, else the nearest heading."""
    start, end = document.head(block)
    said = without_documents(document.text[start:end])
    if (
        end < number.start
        and words(said) <= 12
        and not _ELSEWHERE.match(document.text, end, number.start)
        and not re.search(r"\d(?!(?:\d| ?- ?\d)* tuổi)", said)
    ):
        first, last = trim(document.lower, start, start + len(said))
        if last > first and says(document.value(first, last), own=True):
            return document.value(first, last)
    for above in document.ancestors(block):
        if (above.marker is not None and above.marker.kind in (PART, ROMAN)) or _is_title(document, above):
            break
        start, end = document.head(above)
        said = document.text[start:end]
        if 0 < words(said) <= 8 and not re.search(r"\d[\d.,]* ", said) and says(said, own=False):
            return document.value(start, end)
    return ""
