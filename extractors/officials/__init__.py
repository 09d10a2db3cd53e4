"""Officials: the people that a report names with a post, and what they do in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors._shared.document import Document
from extractors._shared.names import NameMention
from extractors._shared.schools import school_ranges
from extractors.officials.cards import find_cards, find_fields
from extractors.officials.careers import find_careers
from extractors.officials.holdings import Holding, find_holdings
from extractors.officials.listed import find_listed
from extractors.officials.merge import merge
from extractors.officials.posts import Post, Reading
from extractors.officials.signatures import find_signatures
from extractors.officials.succession import find_successors
from extractors.officials.tables import find_in_tables
from schemas.records import Record, Report

TYPE = "official"
AFTER = ("report", "schools")

_PRIZE = r"(?:giải|huy chương|hcv|hcb|hcđ)"
#: A contest's winner, whatever post stands by the name.
_WON = re.compile(
    r"(?:(?!trao |tặng |chúc mừng |khen |có (?:\d+ )?(?:học sinh|hs|em) )[^.;\n]){0,60}?"
    r"(?<!\w)(?:đạt|đoạt|giành)(?: được)? "
    rf"(?:\d+ |một )?{_PRIZE}(?!\w)(?! (?:pháp|quyết|thích))|"
    rf" ?\({_PRIZE} (?:nhất|nhì|ba|tư|khuyến khích|kk)(?!\w)"
)
_PRIZE_OF = re.compile(
    rf"{_PRIZE} (?:nhất|nhì|ba|tư|khuyến khích|kk|vàng|bạc|đồng|a|b|c)(?: \(\d+\))?(?: ?[:-] ?| thuộc về | cho |"
    rf" là | [^.;:\n]{{1,40}} (?:thuộc về|cho|là) )[^.\n]{{0,240}}$|"
    rf"{_PRIZE} (?:nhất|nhì|ba|tư|khuyến khích|kk) [^.;:\n]{{1,40}}: [^.;\n]{{0,90}}$"
)


#: Before who gives an honour: ``Bằng khen của Chủ tịch UBND tỉnh: cô A`` names its winner.
_GIVER = re.compile(r"(?<!\w)(?:bằng khen|giấy khen|thư khen|cờ thi đua|kỷ niệm chương)(?: của)? $")


def extract(document: Document, found: Mapping[str, Sequence[Record]]) -> list[Record]:
    """One `Official` for every person and post, people in the order of the text."""
    reading = Reading(document, {start: end for start, end, _ in school_ranges(document, found.get("school", ()))})
    holdings = [*find_holdings(reading), *find_in_tables(reading), *find_fields(reading)]
    holdings += find_successors(reading, holdings)
    holdings += find_careers(reading, holdings)
    signatures = find_signatures(reading)
    held: dict[int, list[Post]] = {}
    for name, post in [*((h.name, h.post) for h in holdings), *((s.name, s.post) for s in signatures)]:
        held.setdefault(name.start, []).append(post)
    holdings += find_listed(reading, held)
    taken = [*(h.post.start for h in holdings), *(s.post.start for s in signatures)]
    holdings += find_cards(reading, taken)
    holdings = [
        *(holding for holding in holdings if _counts(document, holding)),
        *_chairs(document, holdings, [s.name for s in signatures]),
    ]
    as_of = next((record.date for record in found.get("report", ()) if isinstance(record, Report)), None)
    records: list[Record] = []
    records.extend(merge(reading, holdings, signatures, as_of=as_of))
    return records


def _chairs(document: Document, holdings: Sequence[Holding], signers: Sequence[NameMention]) -> list[Holding]:
    """Those who chair a meeting and of whom no other post is told: ``Chủ tọa: ông A``."""
    with_post = {document.value(h.name.start, h.name.end) for h in holdings if h.post.rank != "heading"}
    with_post |= {document.value(name.start, name.end) for name in signers}
    return [
        holding
        for holding in holdings
        if holding.post.entry.id == "chu_toa" and document.value(holding.name.start, holding.name.end) not in with_post
    ]


#: What pupils are too, and the class by which they are told: ``A, tổ trưởng tổ 1, lớp 12A``.
_OF_PUPILS = frozenset({"to_truong", "to_pho", "bi_thu", "pho_bi_thu", "ddoi_truong", "nhom_truong"})
_CLASS = re.compile(r"(?:,| -| \()? ?(?:hs |học sinh )?(?:lớp )?(?:[6-9]|1[0-2]) ?[a-h]\d{0,2}(?!\w)|, lớp \d")
#: Teams of pupils, whose captains are players, and lists of athletes.
_PLAYERS = re.compile(
    r"(?<!\w)(?:vận động viên|vđv|đội tuyển|đội bóng|đội hình|cầu thủ|thí sinh|học sinh|đội thi)(?!\w)"
)


def _is_player(document: Document, start: int, holding: Holding) -> bool:
    """Whether the captain of a team stands among its players: in their sentence or below a heading on them."""
    block = document.block_at(start)
    above = [document.blocks[block.parent]] if block.parent is not None else []
    around = [*above, *document.blocks[:2], *document.blocks[max(block.index - 3, 0) : block.index]]
    texts = [document.lower[start : holding.end], *(document.lower[one.start : one.end] for one in around)]
    return any(_PLAYERS.search(text) for text in texts)


#: The heading of those who won: ``II. Giải Nhì: 03 giải``, ``Danh sách giáo viên đạt giải``.
_WINNERS_HEAD = re.compile(
    rf"(?:đạt |đoạt )?{_PRIZE} (?:nhất|nhì|ba|tư|khuyến khích|kk|vàng|bạc|đồng|a|b|c)(?:[ :(].{{0,30}})?|"
    r"danh sách [^.;:]{0,40}?(?:đạt|đoạt) giải(?!\w).{0,60}"
)


def _is_listed_winner(document: Document, holding: Holding) -> bool:
    """Whether a name opens an item below a heading on winners."""
    block = document.block_at(holding.name.start)
    if block.marker is None or block.parent is None or document.text[block.body : holding.name.start].count(" ") > 2:
        return False
    above = document.blocks[block.parent]
    return _WINNERS_HEAD.fullmatch(document.lower[above.body : above.end].strip()) is not None


#: Offices that no pupil has, and the word with which the youth union calls its own: ``bạn A - Bí thư Đoàn xã``.
_OFFICE = re.compile(
    r"(?:bí thư|chủ tịch)(?: thường trực)? (?:(?:xã|huyện|tỉnh|thành|phường|quận|thị) ?đoàn|"
    r"(?:đoàn|hội (?:lhtn|liên hiệp thanh niên|khuyến học))(?: việt nam| tncs hồ chí minh| tncs hcm| thanh niên| tn)? "
    r"(?:xã|huyện|tỉnh|phường|quận|thị|thành)|chi đoàn (?:giáo viên|gv))"
)


def _has_office(document: Document, holding: Holding) -> bool:
    """Whether somebody called ``bạn`` has an office of the youth of a place."""
    post = holding.post
    called = document.lower.endswith("bạn ", 0, holding.name.start)
    return called and _OFFICE.search(document.lower, post.role_start, post.end) is not None


def _counts(document: Document, holding: Holding) -> bool:
    """Whether a name with a post is an official: no pupil, no winner of a contest."""
    if (holding.name.child and not _has_office(document, holding)) or holding.post.rank in ("heading", "sign"):
        return False
    start, _ = document.sentence_at(holding.name.start)
    if holding.post.entry.id == "ddoi_truong" and not holding.name.honorific and _is_player(document, start, holding):
        return False
    if holding.post.entry.id in _OF_PUPILS and not holding.name.honorific and _CLASS.match(document.lower, holding.end):
        return False
    if _is_listed_winner(document, holding):
        return False
    before = document.lower[start : holding.name.start]
    if holding.post.end <= holding.name.start and _GIVER.search(document.lower, start, holding.post.start):
        return False
    return not _WON.match(document.lower, holding.end) and not _PRIZE_OF.search(before)
