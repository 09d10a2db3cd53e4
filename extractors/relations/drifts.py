"""Sizes of one whole: of one ranking, of a count and its part, of those called or weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_NOUNS = r"(?:trường|đơn vị|xã|phường|huyện|chi bộ|cụm|tỉnh|phòng)"
#: ``Xếp thứ 20/26 trường``, ``đứng thứ 15/27``.
_RANK = re.compile(
    rf"(?<!\w)(?:xếp|đứng|vị trí|vị) (?:vị )?(?:thứ"
    rf"|hạng)(?: hạng)?:? (?P<place>\d{{1,3}}) ?/ ?(?P<size>\d{{1,3}})(?![\d/.,]\d)"
    rf"(?: (?P<noun>{_NOUNS})(?!\w))?"
)
_RANK_AT = Words(("xếp ", "đứng ", "vị "))
#: What makes a ranking another one: a level, a year, a contest, a group.
_ANOTHER = re.compile(
    r"(?<!\w)(?:mầm non|tiểu học|thcs|thpt|trung học|năm học|năm trước|toàn quốc|cả nước|khu vực|cụm|khối|hội thi"
    r"|hội khỏe|"
    r"hkpđ|năm 20\d\d|toàn tỉnh|cấp tỉnh|huyện|lần thứ|đồng đội|môn)(?!\w)"
)
_LEAST_SIZE = 5
#: A count and a part of it by the same noun: ``13/13 chỉ tiêu đạt, trong đó 12/13 chỉ tiêu xuất sắc``.
_OF_IT = re.compile(
    r"(?<![\d/.,])(?P<a>\d{1,4}) ?/ ?(?P<b>\d{1,4}) (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)(?= )[^.;:\d]{0,60}?,?"
    r" trong đó(?: có| đạt)?:? "
    r"(?P<c>\d{1,4}) ?/ ?(?P<d>\d{1,4}) (?P=noun)(?!\w)"
)
_OF_IT_AT = Words(("trong đó",))
_MEMBERS = r"(?:đảng viên|đoàn viên|công đoàn viên|hội viên|đại biểu)"
#: All members, and how many were called to their meeting.
_ALL = re.compile(
    rf"(?<!\w)tổng số (?P<noun>{_MEMBERS})(?: của [^\d.;:]{{2,40}})?(?: là| có|:)? ?(?P<n>\d{{1,4}})(?![\d/.,]\d)"
)
_CALLED = re.compile(rf"(?<!\w)trên tổng số (?P<n>\d{{1,4}}) (?P<noun>{_MEMBERS})(?!\w)")
_MEMBERS_AT = Words(("trên tổng số",))
#: All who were counted, and a part of them by the same noun: ``cân đo: 424 trẻ … 5 trẻ/424``.
_COUNTED = re.compile(
    r"(?<!\w)tổng số (?P<noun>trẻ|cháu|học sinh|em)(?: [^\W\d_]+,?){0,6}?:? (?P<n>\d{2,5}) (?P=noun)(?!\w)"
)
_PART_OF = re.compile(r"(?<![\d/])\d{1,5} (?P<noun>trẻ|cháu|học sinh|em) ?/ ?(?P<n>\d{2,5})(?![\d/])")
_COUNTED_AT = Words(("trẻ", "cháu", "học sinh", "em"))


def find_drifts(reading: Reading) -> Iterator[Relation]:
    """Wholes with two sizes, each as ``whole`` with its two passages."""
    yield from _ranks(reading)
    lower = reading.lower
    for block in reading.document.prose():
        if holds(_OF_IT_AT, lower, block.body, block.end):
            for match in _OF_IT.finditer(lower, block.body, block.end):
                if match["d"] not in (match["a"], match["b"]) and int(match["c"]) <= int(match["a"]):
                    yield _whole(reading, match["noun"], _size(reading, match, "b"), _size(reading, match, "d"))
        if holds(_COUNTED_AT, lower, block.body, block.end) and "/" in lower[block.body : block.end]:
            yield from _counted(reading, block)
    yield from _called(reading)
    yield from _members(reading)


def _ranks(reading: Reading) -> Iterator[Relation]:
    """The places of one body in several respects, among as many."""
    if not holds(_RANK_AT, reading.lower, 0, len(reading.lower)):
        return
    found: list[tuple[str, Quantity]] = []
    for block in reading.document.prose():
        for start, end in reading.document.sentences(block):
            if _ANOTHER.search(reading.lower, start, end):
                continue
            for match in _RANK.finditer(reading.lower, start, end):
                if int(match["size"]) >= _LEAST_SIZE:
                    found.append((match["noun"] or "", _size(reading, match, "size")))
    nouns = {noun for noun, _ in found if noun}
    sizes = {size.value for _, size in found}
    if len(nouns) <= 1 and len(sizes) > 1:
        yield _whole(reading, next(iter(nouns), "đơn vị xếp hạng"), *(size for _, size in found))


def _counted(reading: Reading, block: Block) -> Iterator[Relation]:
    all_of = list(_COUNTED.finditer(reading.lower, block.body, block.end))
    if len(all_of) != 1:
        return
    whole = _size(reading, all_of[0], "n")
    for match in _PART_OF.finditer(reading.lower, all_of[0].end(), block.end):
        if match["noun"] == all_of[0]["noun"] and int(match["n"]) != whole.value:
            yield _whole(reading, match["noun"], whole, _size(reading, match, "n"))
            return


def _called(reading: Reading) -> Iterator[Relation]:
    if not holds(_MEMBERS_AT, reading.lower, 0, len(reading.lower)):
        return
    members = list(_ALL.finditer(reading.lower))
    for match in _CALLED.finditer(reading.lower):
        same = [one for one in members if one["noun"] == match["noun"]]
        if len(same) == 1 and same[0]["n"] != match["n"]:
            yield _whole(reading, match["noun"], _size(reading, same[0], "n"), _size(reading, match, "n"))


#: How many members a body has: ``chi bộ hiện có 32 đảng viên``.
_HAS = re.compile(
    r"(?<!\w)(?P<body>chi bộ|đảng bộ|công đoàn|chi đoàn|liên đội|chi hội)(?: [^\W\d_]+){0,7}?"
    rf" (?:có|gồm)(?: tổng số| tổng cộng)? (?P<n>\d{{1,4}}) (?P<noun>{_MEMBERS}|đội viên)(?!\w)"
)
#: All of them: ``31/31 đảng viên đăng ký``; not those of a part, nor those who came or were to be judged.
_FULL = re.compile(
    rf"(?<![\d/.,])(?P<a>\d{{1,4}}) ?/ ?(?P<n>\d{{1,4}}) (?P<noun>{_MEMBERS}|đội viên)"
    r"(?! (?:dự|tham dự|có mặt|về dự|được (?:đánh giá|xếp|phân|kiểm)|xếp|nữ|chính thức|dự bị|mới|"
    r"của (?:tổ|chi|khối|lớp)|là|thuộc|trong diện|lớp|khối|tổ|ưu tú|sinh hoạt|"
    r"tán thành|nhất trí|đồng ý|biểu quyết|bỏ phiếu|bầu)(?!\w))"
)
_HAS_AT = Words(("đảng viên", "đoàn viên", "hội viên", "đội viên"))
_BEFORE = re.compile(
    r"(?<!\w)(?:đầu (?:năm|nhiệm kỳ|kỳ)|trước|khi (?:mới )?thành lập|năm (?:19|20)\d\d|tổ|lớp|khối)(?!\w)"
)


def _members(reading: Reading) -> Iterator[Relation]:
    """The one number of members that a body has, and all of them elsewhere."""
    lower = reading.lower
    blocks = [block for block in reading.document.prose() if holds(_HAS_AT, lower, block.body, block.end)]
    full = [m for block in blocks for m in _FULL.finditer(lower, block.body, block.end)] if "/" in lower else []
    told = [m for block in blocks if full for m in _HAS.finditer(lower, block.body, block.end)]
    told = [m for m in told if not _looks_elsewhere(reading, m)]
    for match in full:
        same = {m["n"]: m for m in told if m["noun"] == match["noun"]}
        bodies = {m["body"] for m in told if m["noun"] == match["noun"]}
        if match["a"] != match["n"] or len(same) != 1 or len(bodies) != 1 or _looks_elsewhere(reading, match):
            continue
        size = next(iter(same.values()))
        if size["n"] != match["n"] and abs(int(size["n"]) - int(match["n"])) <= _CLOSE:
            yield _whole(reading, match["noun"], _size(reading, size, "n"), _size(reading, match, "n"))


#: Whose the members are then, is not another body.
_CLOSE = 3


def _looks_elsewhere(reading: Reading, match: re.Match[str]) -> bool:
    """Whether the words before a number tell another time, or a part of the body."""
    start, _ = reading.document.sentence_at(match.start())
    return _BEFORE.search(reading.lower, start, match.start()) is not None


def _whole(reading: Reading, noun: str, *sizes: Quantity) -> Relation:
    return Relation(kind="whole", whole=None, parts=sizes, exhaustive=True, disjoint=True, cue=noun)


def _size(reading: Reading, match: re.Match[str], name: str) -> Quantity:
    start = max(match.start(), match.start(name) - 60) if match.start(name) - match.start() > 60 else match.start()
    end = match.end() if name != "b" else match.end("noun")
    return Quantity(
        value=int(match[name]),
        printed=reading.document.value(*match.span(name)),
        label=match.groupdict().get("noun") or "",
        evidence=reading.evidence(match.start("c") if name == "d" else start, end),
    )
