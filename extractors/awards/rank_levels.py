"""The contest and the level of a rank: as what stands behind it tells, or the competitors."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors.awards.contest_names import CONTEST
from extractors.awards.contests import OF_SQUAD
from extractors.awards.context import Context

#: Between a rank and its contest: ``xếp thứ 2 toàn tỉnh trong bảng xếp hạng thi A``, ``đứng thứ 3 toàn đoàn giải B``.
_RANK_IN = re.compile(
    r"(?: ?/ ?\d{1,3})?(?: (?:toàn (?:đoàn|tỉnh|huyện|quốc|ngành|thành phố|cụm|khối)|trường|đơn vị|đoàn|đội|tỉnh|huyện"
    r"|cả nước|chung cuộc|trong (?:tỉnh|huyện|cả nước)))*"
    r"(?:,? (?:trong|tại|ở|về)(?: (?:các|bảng xếp hạng|kết quả|chất lượng|thành tích|phong trào|số giải"
    r"|bảng tổng sắp))*| (?=giải |hội )) ?"
)
#: Characters of the shortest contest behind a rank: ``HSG tỉnh``.
_SHORTEST = 8
_NOT_CONTEST = re.compile(r"thi đua|thi hành|thi công|kỳ thi tuyển")


def rank_contest(context: Context, block: Block, start: int, end: int) -> tuple[int, int] | None:
    """The contest named right behind a rank (``xếp thứ 4 ở bảng xếp hạng thi A``), else before it."""
    document = context.document
    _, stop = document.sentence_at(end - 1)
    opening = _RANK_IN.match(document.lower, end, min(stop, block.end))
    match = CONTEST.match(document.lower, opening.end(), block.end) if opening else None
    long = match is not None and match.end() - match.start() >= _SHORTEST and context.names_contest(match.span())
    if match and long and not _NOT_CONTEST.match(match.group(0)):
        return match.span()
    first = max(document.sentence_at(start)[0], document.text.rfind(";", block.body, start) + 1)
    found = context.contest(block, start)
    squad = OF_SQUAD.search(document.lower, first, start)
    if squad and (found is None or found[1] <= squad.start()):
        return squad.span("name")
    return found or _of_block(context)


#: The emulation in which a block or cluster of schools competes.
_EMULATION = re.compile(r"(?<!\w)(?:thi đua (?:của |trong )?(?:khối|cụm)|(?:khối|cụm) thi đua)(?!\w)")
#: Characters of a report in which its block is named.
_OPENING = 3000


def _of_block(context: Context) -> tuple[int, int] | None:
    """The emulation of a block of schools that a report is about, for ranks of which it names no contest."""
    match = _EMULATION.search(context.document.lower, 0, _OPENING) if context.of_schools_block else None
    return match.span() if match else None


#: ``xếp thứ 3 trên 26 trường trong huyện``: where the schools are, is the level.
_SCHOOLS_OF = re.compile(
    r" (?:trường|đơn vị)(?: (?:tiểu học|thcs|thpt|mầm non))?,? (?:trong |của |toàn )?(?:toàn )?"
    r"(?P<unit>xã|phường|huyện|quận|thị xã|tỉnh)(?!\w)"
)
#: ``đứng thứ 2 các tỉnh Đồng bằng sông Hồng``, ``thứ 4 trong cụm thi đua``.
_IN_REGION = re.compile(
    r" (?:trong |của |toàn )?(?:(?P<block>(?:các |cùng )?(?:cụm|khối) thi đua)|(?:số )?(?:\d+ )?(?:các )?tỉnh,?"
    r"(?: thành(?: phố)?)? (?:(?:thuộc |trong |ở )?(?:khu vực|vùng|miền|đồng bằng|duyên hải|tây nguyên|tây bắc|đông bắc"
    r"|trung du|bắc bộ|nam bộ)))(?!\w)"
)
_AMONG = re.compile(r"[ ,]*(?:toàn )?(?P<unit>huyện|quận|thành phố, huyện|tỉnh|phòng gd|xã|phường)")
_OF_SCHOOLS = {"xã": "xa", "phường": "xa", "huyện": "huyen", "quận": "huyen", "thị xã": "huyen", "tỉnh": "tinh"}
_LEVELS = {
    "huyện": "tinh",
    "quận": "tinh",
    "thành phố, huyện": "tinh",
    "phòng gd": "tinh",
    "tỉnh": "quoc_gia",
    "xã": "huyen",
    "phường": "huyen",
}


_SCHOOLS_SAID = re.compile(
    r"(?:trường|đơn vị)(?: [^\W\d_]+){0,3}? (?:của|trong|toàn) (?:toàn )?(?P<unit>xã|phường|huyện|quận|thị xã"
    r"|tỉnh)(?!\w)"
)


def level_of_schools(told: str) -> str | None:
    """The level of a rank among the schools of a place, as a label tells it: ``(19 trường THCS của huyện)``."""
    match = _SCHOOLS_SAID.search(told)
    return _OF_SCHOOLS[match["unit"]] if match else None


def among_communes(context: Context, end: int) -> bool:
    """Whether a rank that ends at a position is one among communes, whose contest tells its level better."""
    match = _AMONG.match(context.document.lower, end)
    return match is not None and match["unit"] in ("xã", "phường")


def rank_level(context: Context, block: Block, start: int, end: int) -> str | None:
    """The level that the competitors tell: the third of ten districts is a rank in the province."""
    if schools := _SCHOOLS_OF.match(context.document.lower, end, block.end):
        return _OF_SCHOOLS[schools["unit"]]
    if region := _IN_REGION.match(context.document.lower, end, block.end):
        return "cum" if region["block"] else "khu_vuc"
    match = _AMONG.match(context.document.lower, end, block.end)
    if match and "toàn " in match.group(0):
        return _OF_SCHOOLS.get(match["unit"])  # "thứ 5/21 toàn huyện": all of them are in it
    among = re.search(r"trên|/|trong", context.document.lower[start:end])
    if match and not among and match["unit"] in ("huyện", "tỉnh", "xã"):
        return {"huyện": "huyen", "tỉnh": "tinh", "xã": "xa"}[match["unit"]]
    return _LEVELS[match["unit"]] if match and among else None
