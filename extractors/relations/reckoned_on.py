"""Wholes that a percentage or ratio says again with another size: ``62 giáo viên … tính trên 63 giáo viên``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_NOUN = (
    r"(?P<noun>giáo viên|học sinh|đảng viên|đoàn viên|công đoàn viên|trường|đơn vị|chi bộ|cán bộ|trẻ|"
    r"phiếu|người|em|đại biểu|hội viên)"
)
_ON_AT = Words(("tính trên", "tính theo tổng", "trên tổng"))
_ON = re.compile(rf"(?<!\w)tính (?:trên|theo)(?: tổng)?(?: số)? (?P<n>\d{{1,5}}) {_NOUN}(?!\w)")
_CLOSE = 2

_WOMEN_AT = Words(("nữ",))
#: The members of a body with the women among them, and all of these by a ratio elsewhere.
_AMONG = re.compile(
    r"(?<![\w/.,])(?P<all>\d{1,4}) (?P<noun>đoàn viên|công đoàn viên|đảng viên|giáo viên|hội viên)(?:,| \(|"
    r", trong đó| \(trong đó)"
    r"(?: có)? nữ:? (?P<n>\d{1,4})(?![\d/.,]\d)"
)
_ALL_WOMEN = re.compile(
    r"(?<!\w)nữ (?P<noun>đoàn viên|công đoàn viên|đảng viên|giáo viên|"
    r"hội viên)[^\d;.()]{0,24}\(? ?(?P<a>\d{1,4}) ?/ ?(?P<n>\d{1,4})(?![\d/.,]\d)"
    r"|(?<![\d/.,])(?P<a2>\d{1,4}) ?/ ?(?P<n2>\d{1,4}) nữ (?P<noun2>đoàn viên|công đoàn viên|đảng viên|"
    r"giáo viên|hội viên)(?!\w)"
)
_OTHER = re.compile(
    r"(?<!\w)(?:năm (?:học )?(?:trước|ngoái)|đầu (?:năm|nhiệm kỳ)|trước đây|tổ(?! chức)|"
    r"khối|dự|có mặt)(?!\w)"
)

_RATIO = re.compile(
    r"(?<![\d/.,])(?P<a>\d{1,3}) ?/ ?(?P<n>\d{1,3}) (?P<noun>trường|đơn vị|xã|chi bộ|liên đội)(?= (?:đủ|có|"
    r"đạt|đã|được|hoàn thành|tổ chức|thực hiện|triển khai|nộp|tham gia)|[.,;)]|$)",
    re.M,
)
_RATIO_AT = Words(("/",))
_LEAST = 10
_LEVELS = re.compile(
    r"(?<!\w)(?:mầm non|mẫu giáo|tiểu học|thcs|thpt|trung học|mn|th|phổ thông|công lập|"
    r"tư thục|nội trú|bán trú|năm (?:học )?trước|cụm|khối)(?!\w)"
)


def find_reckoned(reading: Reading, known: Iterable[Relation]) -> Iterator[Relation]:
    """Wholes with two sizes, a percentage's own, that of all women, and that of bodies of one noun.

    Those of which ``known`` tells two sizes already are left out.
    """
    told = {relation.cue.split()[0] for relation in known if relation.kind == "whole" and relation.cue}
    yield from _on(reading)
    yield from _women(reading)
    yield from (relation for relation in _ratios(reading) if relation.cue.split()[0] not in told)


def _whole(noun: str, *sizes: Quantity) -> Relation:
    return Relation(kind="whole", whole=None, parts=sizes, exhaustive=True, disjoint=True, cue=noun)


def _size(reading: Reading, match: re.Match[str], name: str, noun: str) -> Quantity:
    return Quantity(
        value=int(match[name]),
        printed=reading.document.value(*match.span(name)),
        label=noun,
        evidence=reading.evidence(*match.span()),
    )


def _on(reading: Reading) -> Iterator[Relation]:
    """``62 giáo viên được xếp loại … tính trên 63 giáo viên``, in one paragraph that counts no 63 of them else."""
    for block in reading.document.prose():
        if not holds(_ON_AT, reading.lower, block.body, block.end):
            continue
        for match in _ON.finditer(reading.lower, block.body, block.end):
            noun = match["noun"]
            counted = re.compile(rf"(?<![\w/.,])(?P<n>\d{{1,5}}) {noun}(?!\w)")
            others = list(counted.finditer(reading.lower, block.body, match.start()))
            again = re.compile(rf"(?<![\d.,]){match['n']} (?:{noun}|người)(?!\w)")
            if len(list(again.finditer(reading.lower))) > 1:
                continue
            near = [m for m in others if 0 < abs(int(m["n"]) - int(match["n"])) <= _CLOSE]
            if len({m["n"] for m in near}) == 1:
                yield _whole(noun, _size(reading, near[0], "n", noun), _size(reading, match, "n", noun))


def _women(reading: Reading) -> Iterator[Relation]:
    lower = reading.lower
    if not holds(_WOMEN_AT, lower, 0, len(lower)):
        return
    told = [m for block in reading.document.prose() for m in _AMONG.finditer(lower, block.body, block.end)]
    told = [m for m in told if not _is_narrowed(reading, m)]
    for block in reading.document.prose():
        for match in _ALL_WOMEN.finditer(lower, block.body, block.end):
            name, noun = ("n", match["noun"]) if match["n"] else ("n2", match["noun2"])
            done = match["a"] or match["a2"]
            same = {m["n"]: m for m in told if m["noun"].removeprefix("công ") == noun.removeprefix("công ")}
            if len(same) != 1 or done != match[name] or _is_narrowed(reading, match):
                continue
            size = next(iter(same.values()))
            if size["n"] != match[name]:
                yield _whole(f"nữ {noun}", _size(reading, size, "n", noun), _size(reading, match, name, noun))


def _is_narrowed(reading: Reading, match: re.Match[str]) -> bool:
    start, _ = reading.document.sentence_at(match.start())
    return _OTHER.search(reading.lower, start, match.start()) is not None


def _ratios(reading: Reading) -> Iterator[Relation]:
    """``21/32 trường đủ thiết bị. … Thư viện đạt chuẩn: 18/31 trường``: one size against another, one apart.

    In one paragraph, of bodies that nothing tells apart; the other size stands nowhere else in the report.
    """
    for block in reading.document.prose():
        if not holds(_RATIO_AT, reading.lower, block.body, block.end):
            continue
        found = []
        for match in _RATIO.finditer(reading.lower, block.body, block.end):
            start, _ = reading.document.sentence_at(match.start())
            if not _LEVELS.search(reading.lower, start, match.start("a")):
                found.append(match)
        for noun in {m["noun"] for m in found}:
            sizes = Counter(m["n"] for m in found if m["noun"] == noun)
            if len(sizes) != 2:
                continue
            one, other = sorted(sizes, key=int)
            if int(other) - int(one) != 1 or int(one) < _LEAST:
                continue
            counts = {n: len(re.findall(rf"(?<![\d.,]){n}(?: {noun}|/|[ ,.;)])", reading.lower)) for n in (one, other)}
            odd = [n for n in (one, other) if counts[n] == 1]
            if len(odd) != 1 and counts[one] != counts[other]:
                continue
            parts = tuple(_size(reading, m, "n", noun) for m in found if m["noun"] == noun)
            yield _whole(noun, *parts)
