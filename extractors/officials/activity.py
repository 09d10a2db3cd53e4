"""What a person does in the event reported, by the words around a mention."""

from __future__ import annotations

import re
from functools import cache

from extractors._shared.document import Block, Document
from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower
from schemas.records import Activity

#: From the weakest to the strongest.
ORDER: tuple[Activity, ...] = ("mentioned", "attended", "spoke", "presented", "chaired", "signed")
_REACH_AFTER, _REACH_BEFORE = 100, 140
# ``dự`` in compounds that are no attendance.
_NOT_ATTENDING = r"(?<!\w)dự (?:án|thảo|kiến|toán|báo|thi|giờ|phòng|bị|nguồn|trữ)"
_BEFORE: tuple[tuple[Activity, re.Pattern[str]], ...] = (
    ("chaired", re.compile(r"(?<!\w)(?:chủ trì|điều hành|chủ tọa)(?!\w)[^.;]{0,40}$")),
    ("presented", re.compile(r"(?<!\w)(?:trình bày|báo cáo|tham luận)(?: \w+){0,2} ?(?:của|bởi|:|là) ?[^.;,]{0,16}$")),
    (
        "spoke",
        re.compile(
            r"(?<!\w)(?:phát biểu|khai mạc|bế mạc|thay mặt|ý kiến chỉ đạo|kết luận hội nghị|"
            r"diễn văn)(?!\w)[^.;]{0,90}$"
        ),
    ),
    (
        "attended",
        re.compile(
            r"(?:^|[.;:] ?)(?:tại (?:điểm cầu|hội trường|buổi)|về phía|phía)(?!\w)[^.;]{0,70} (?:có|gồm)[^.;]{0,30}$"
        ),
    ),
    ("attended", re.compile(r"(?<!\w)(?:dự|tham dự|có mặt|thành phần|đại biểu|chào đón|đón tiếp)(?!\w)[^.;]{0,120}$")),
)
#: Academic titles right before a name.
_TITLES = re.compile(r"(?<!\w)(?:(?:th\.?s|ts|tskh|gs|pgs|ngưt|ngnd|cn|bs|ks)\.? ?)+$")
#: What stands between two people of one list: signs, markers, forms of address, ranks and degrees.
_LIST_GAP = re.compile(
    r"(?:(?:và|cùng|với|có|còn|các|là|tham dự|đồng chí|đ/c|ông|bà|thầy|cô|anh|chị|giáo|nhà giáo|linh mục|hòa thượng|"
    r"thượng tọa|đại đức|nhà báo|nhạc sĩ|họa sĩ|doanh nhân|bác sĩ|"
    r"tiến sĩ|thạc sĩ|phó giáo sư|giáo sư|(?:thiếu|trung|thượng|đại) (?:tá|úy|tướng)|"
    r"(?:th\.?s|ts|tskh|gs|pgs|ngưt|ngnd|cn|bs|ks|bscki{1,2})\.?)(?!\w)|\([^()]{0,30}\)|\d{1,2}[.)]|[\s,;:.()+*•–-])*"
)
#: What a list of those present stands under, in minutes and news.
_PRESENT = re.compile(
    r"(?<!\w)(?:(?:về |tới |đến |tham |cùng )?dự|thành phần|khách mời|khách quý|đại biểu|có mặt|"
    r"chúng tôi gồm|đại diện|bên (?:giao|nhận|bàn giao|tiếp nhận))(?!\w)(?! (?:thảo|kiến|toán|án))"
)
#: Whom an item of such a list names behind a label, and who is not there.
_LABEL = re.compile(r"[^.;:()\n]{4,60}: ?(?:(?:các )?(?:đồng chí|đ/c|ông|bà|thầy(?: giáo)?|cô(?: giáo)?) ?:? ?)?")
_ABSENT = re.compile(r"(?:vắng|không dự|xin phép|nghỉ)(?!\w)")
#: A report given, right behind the one who gives it.
_REPORTS = re.compile(
    r"\)?,? (?:đã |lên |thay mặt [^.;,]{0,60} )?(?:báo cáo|đọc|thông qua|triển khai|công khai|phổ biến|công bố|"
    r"giới thiệu|đánh giá)(?!\w)(?! (?:viên|cao))"
)
#: Something said, right behind the one who says it.
_SAYS = re.compile(
    r"\)?(?:,|:)? (?:đã |cũng |lên |còn )?(?:kể(?! từ)|hỏi|nhắc|xin|trả lời|đáp|bổ sung|phản hồi|thưa|nói)(?!\w)"
)
#: What only somebody present does, right behind the one who does it.
_HANDS = re.compile(
    r"\)?,? (?:đã |cùng |lên |đến |về |tới |(?:thay mặt|thừa ủy quyền) [^.;,]{0,60} )*"
    r"(?:(?:trao|tặng|trao tặng) (?:thưởng|giải|cờ|hoa|giấy|bằng|huân chương|danh hiệu|quyết định|"
    r"học bổng|\d+ suất học bổng)|đánh (?:hồi )?trống|cắt băng|dâng hương|trồng cây|gắn huân chương)(?!\w)"
)
#: Good wishes that go with a gift are no speech.
_WITH_FLOWERS = re.compile(r"(?<=hoa|quà) chúc mừng(?!\w)")
_OTHER_SUBJECT = re.compile(r", (?:hội nghị|đại hội|các đại biểu|buổi|toàn ngành|ban tổ chức|cùng (?:các|với|toàn))")


#: Behind a sign the next of a list, and words with which a sentence stops to list who is there.
_NEXT_LISTED = re.compile(
    r"[;,] ?(?:và |cùng )?(?:(?:các )?(?:đồng chí|đ/c|ông|bà|thầy(?: giáo)?|cô(?: giáo)?) ?:? ?)?$|"
    r"; ?các (?:đồng chí|đ/c|ông|bà|vị)[^.;:]{0,60}: ?(?:đồng chí |đ/c |ông |bà )?$"
)
_CLAUSE = re.compile(
    r"(?<!\w)(?:đã|được|sẽ|đang|cho biết|trao|tặng|nhận|khen|do|bởi|mừng|nghe|xem|thăm|ký|đọc|báo cáo|công bố|tổ chức|"
    r"diễn ra|hiện là|mở đầu|sau đó|tiếp đó|tại đây|nhằm|để|vì|khi|nếu|trước|sau|cuối cùng|sinh hoạt|bầu|cử)(?!\w)"
)
#: Between two people of one list may stand so many signs on others, of whom no post is told.
_OTHERS_BETWEEN = 200
#: A form of address or two before the name with which an item opens.
_FEW_WORDS = 3
#: So many people may be listed below one head.
_LONGEST_LIST = 40


@cache
def _after() -> re.Pattern[str]:
    groups: dict[str, list[str]] = {}
    for entry in load_lexicon("extractors.officials", "words.yml")["activity"]:
        groups.setdefault(entry.value or "", []).extend(lower(fold_tone_style(form)) for form in entry.forms)
    named = (
        rf"(?P<{value}>(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?!\w))"
        for value, forms in groups.items()
    )
    return re.compile(rf"(?!{_NOT_ATTENDING})(?<!\w)(?:{'|'.join(named)})")


def find_activity(document: Document, start: int, end: int, *, previous: int, following: int) -> tuple[Activity, bool]:
    """The activity told by the words after ``start:end`` or before it, and whether those before it told it.

    ``previous`` is where the mention before ends, ``following`` where the next one starts: words
    beyond them belong to other people.
    """
    first, last = document.sentence_at(start)
    last = max(last, end)
    after = document.lower[end : min(following, last, end + _REACH_AFTER)].split(";")[0]
    if cut := _OTHER_SUBJECT.search(after):
        after = after[: cut.start()]
    after = _WITH_FLOWERS.sub(" ", after)
    found: list[Activity] = [value for match in _after().finditer(after) for value in ORDER if value == match.lastgroup]
    if _REPORTS.match(after):
        found.append("presented")
    elif _SAYS.match(after):
        found.append("spoke")
    elif _HANDS.match(after) and not document.lower.startswith("trước đó", first):
        found.append("attended")
    strongest: Activity = max(found, key=ORDER.index) if found else "mentioned"
    before = document.lower[max(previous, first, start - _REACH_BEFORE) : start]
    before = _TITLES.sub(" ", before)  # the full stops of ``ThS.`` end no sentence
    leading = next((value for value, pattern in _BEFORE if _told_before(value, pattern, before)), None)
    if leading is None and strongest == "mentioned" and _among_present(document, start):
        leading = "attended"
    if leading is not None and ORDER.index(leading) > ORDER.index(strongest):
        return leading, True
    return strongest, leading is not None and leading == strongest


def _told_before(value: Activity, pattern: re.Pattern[str], before: str) -> bool:
    match = pattern.search(before)
    return match is not None and not (value == "attended" and re.match(_NOT_ATTENDING, before[match.start() :]))


def _among_present(document: Document, start: int) -> bool:
    """Whether a name opens an item of a list of those present, which a line above announces."""
    block = document.block_at(start)
    before = document.lower[block.body : start]
    opens = before.count(" ") <= _FEW_WORDS or _LABEL.fullmatch(before) is not None
    above = _head_of_list(document, block)
    if above is None and block.parent is not None:
        above = document.blocks[block.parent]
    if above is None or not opens or _ABSENT.match(before):
        return False
    if document.text[above.end - 1] == ":":
        first, _ = document.sentence_at(above.end - 1)
        return _PRESENT.search(document.lower, max(first, above.body), above.end) is not None
    return _PRESENT.match(document.lower, above.body, above.end) is not None


def _head_of_list(document: Document, block: Block) -> Block | None:
    """The item with a colon of another style that stands right before a list: ``- Thành phần:`` before ``1) Ông A``."""
    if block.marker is None:
        return None
    for other in reversed(document.blocks[max(block.index - _LONGEST_LIST, 0) : block.index]):
        if other.marker is None or other.marker.kind != block.marker.kind:
            return other if other.marker is not None and document.text[other.end - 1] == ":" else None
    return None


def lists_others(document: Document, previous: int, start: int) -> bool:
    """Whether between two people of one sentence only others are listed: ``ông A, Chủ tịch xã; đại diện …; bà B``."""
    if not 0 < start - previous < _OTHERS_BETWEEN or document.sentence_at(start)[0] >= previous:
        return False
    gap = document.lower[previous:start]
    listed = gap[:2].strip() in (";", ",", ")") and _NEXT_LISTED.search(gap) is not None
    return listed and _CLAUSE.search(gap) is None and _after().search(gap) is None


def continues_list(document: Document, previous: int, start: int) -> bool:
    """Whether only list signs and honorifics stand between two people, so that one word is said of both."""
    if document.block_at(previous - 1) is document.block_at(start) and document.sentence_at(start)[0] >= previous:
        return False
    gap = document.lower[previous:start]
    return len(gap) < 60 and _LIST_GAP.fullmatch(gap) is not None
