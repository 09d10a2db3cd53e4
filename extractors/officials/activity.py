"""What a person does in the event reported, by the words around a mention."""

from __future__ import annotations

import re
from functools import cache

from extractors._shared.document import Document
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
_LIST_GAP = re.compile(r"[\s,;:.()-]*(?:và|cùng|với|có|các|là|đồng chí|đ/c|ông|bà|thầy|cô|[\s,;:.()-])*")
_OTHER_SUBJECT = re.compile(r", (?:hội nghị|đại hội|các đại biểu|buổi|toàn ngành|ban tổ chức|cùng (?:các|với|toàn))")


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
    found: list[Activity] = [value for match in _after().finditer(after) for value in ORDER if value == match.lastgroup]
    strongest: Activity = max(found, key=ORDER.index) if found else "mentioned"
    before = document.lower[max(previous, first, start - _REACH_BEFORE) : start]
    before = _TITLES.sub(" ", before)  # the full stops of ``ThS.`` end no sentence
    leading = next((value for value, pattern in _BEFORE if _told_before(value, pattern, before)), None)
    if leading is not None and ORDER.index(leading) > ORDER.index(strongest):
        return leading, True
    return strongest, leading is not None and leading == strongest


def _told_before(value: Activity, pattern: re.Pattern[str], before: str) -> bool:
    match = pattern.search(before)
    return match is not None and not (value == "attended" and re.match(_NOT_ATTENDING, before[match.start() :]))


def continues_list(document: Document, previous: int, start: int) -> bool:
    """Whether only list signs and honorifics stand between two people, so that one word is said of both."""
    gap = document.lower[previous:start]
    return len(gap) < 40 and _LIST_GAP.fullmatch(gap) is not None
