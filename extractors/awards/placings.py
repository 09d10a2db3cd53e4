"""Grades told as places: ``bóng chuyền nữ hạng I``, ``hạng nhất bắn súng nam``, ``toàn đoàn hạng II``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.lexicon import forms_of
from extractors._shared.scan import Words, matches_from, places_of
from extractors.awards.atoms import Atom, graded

_DISCIPLINE = forms_of("extractors.awards", "lexicon.yml", "discipline")
_PLACE = r"(?:đồng )?hạng (?P<grade>nhất|nhì|ba|i{1,3})(?!\w)"
#: Who competed in a discipline, told with it: ``bóng chuyền nữ khối THCS``, ``cầu lông đôi nam nữ``.
_SIDES = (
    r"(?: (?:nam|nữ|và|mini|mi ni|đơn|đôi|đồng đội|hỗn hợp|phối hợp|tập thể|cá nhân|học sinh|giáo viên|cấp|khối|bậc"
    r"|tiểu học|thcs|thpt|lớp|u ?\d{1,2}|\d{1,4} ?m|\d{1,2}(?: tuổi)?|việt dã|tiếp sức|cổ truyền|dân gian|hiện đại"
    r"|huyện|tỉnh|xã|cự ly|nội dung|theo (?:sách|tranh)|[a-eđ]))"
)
#: Where what was contested, or the team, opens its clause.
_OPENS = r"(?:^|[,;:.(\n+*•–-] ?|(?<!\w)(?:và|môn|nội dung|thi|giải|đội|còn|riêng|đạt) )"
_ENDS = (
    r"(?= ?[,;.)]| ?$| (?:và|hội|giải|cấp|huyện|tỉnh|quận|thị xã|toàn tỉnh|toàn huyện"
    r"|khối|cụm|cuộc|tại|trong|năm)(?!\w))"
)
#: Right behind what was contested, or behind the team: ``kéo co hạng ba``, ``đội bóng đá U11 hạng nhì huyện``.
_BEHIND = re.compile(_PLACE + _ENDS, re.M)
_EVENT = re.compile(rf"{_OPENS}(?:{_DISCIPLINE}){_SIDES}{{0,6}} ?:? $", re.M)
_TEAM = re.compile(
    r"(?:^|[,;:.(\n+*•–-] ?|(?<!\w)(?:và|còn|riêng) )(?:đội(?! viên| ngũ)|tốp ca|tiết mục"
    r"|đồng đội)(?: (?!đạt|xếp|đứng|có|được"
    r"|ở|giữ)[^\s,;:.()]+){1,6} $",
    re.M,
)
#: Before what was contested, or before what says that all of a team competed: ``hạng nhì đồng đội nữ``.
_BEFORE = re.compile(
    rf"{_PLACE}(?= (?:(?:môn|nội dung|thi) )?(?:{_DISCIPLINE})(?!\w)"
    r"| (?:toàn đoàn|đồng đội|đơn (?:nam|nữ)|đôi (?:nam|nữ))(?: (?:nam|nữ|môn [^,;.()]{2,30}|khối \w+"
    r"|cấp \w+|bậc \w+(?: học)?))?(?: ?[,;.)]| ?$| và ))",
    re.M,
)
#: What a whole team did: ``…, toàn đoàn hạng III``; in words it is told as a rank.
_WHOLE = re.compile(r"hạng (?P<grade>i{1,3})(?!\w)" + _ENDS, re.M)
_OF_WHOLE = re.compile(r"(?<!\w)toàn đoàn(?: (?:đạt|khối \w+))? ?:? $")
#: A place that a verb tells is a rank, one of a post or an order is none.
_NO_PLACE = re.compile(
    r"(?<!\w)(?:xếp|đứng|đạt|giành|đoạt|giữ|ở|vị|thứ|thăng|lên|chức danh|viên|gv|lao động|chương|từ|đến|trường"
    r"|bệnh viện|lưu|ghi|giao thông)(?: (?:thứ|vị|vị trí))? $"
)
_AT = Words(("hạng nhất", "hạng nhì", "hạng ba", "hạng i"))
#: Characters in which what was contested stands before a place.
_NEAR = 80


def placings(lowered: str, start: int, end: int) -> Iterator[Atom]:
    """The prizes of a range that are told as the places of teams, in what they contested."""
    if not (at := places_of(_AT, lowered, start, end)):
        return
    for match in matches_from(_BEHIND, [*at, *_shared(lowered, start, at)], lowered, start, end):
        near = max(start, match.start() - _NEAR)
        if _NO_PLACE.search(lowered, near, match.start()):
            continue
        if _EVENT.search(lowered, near, match.start()) or _TEAM.search(lowered, near, match.start()):
            yield _told(match)
    for match in matches_from(_BEFORE, at, lowered, start, end):
        if not _NO_PLACE.search(lowered, max(start, match.start() - _NEAR), match.start()):
            yield _told(match)
    for match in matches_from(_WHOLE, at, lowered, start, end):
        if _OF_WHOLE.search(lowered, max(start, match.start() - _NEAR), match.start()):
            yield _told(match)


def _shared(lowered: str, start: int, at: list[int]) -> Iterator[int]:
    """Where places begin that several share: ``đồng hạng ba``."""
    shared = "đồng "
    yield from (place - len(shared) for place in at if lowered.startswith(shared, max(start, place - len(shared))))


def _told(match: re.Match[str]) -> Atom:
    atom = graded(match)
    return Atom(atom.start, atom.end, atom.kind, atom.prize, None, verbal=True)
