"""Who gives the certificates of a decision that names no giver: the one in whose name it is made out.

``CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN HÒA`` above ``Căn cứ …`` tells it of ``Điều 1. Tặng Giấy khen cho …``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.awards.context import Context
from extractors.awards.givers import level_of_giver
from schemas.records import Award

_AUTHORITY = re.compile(
    r"(?:chủ tịch|giám đốc|hiệu trưởng|trưởng phòng|bộ trưởng|ban (?:chấp hành|thường vụ|giám hiệu))(?: [^\W\d_]+"
    r"|&){2,14}"
)
_BASES = re.compile(r"(?:căn cứ|theo đề nghị|xét) ")
#: Certificates of everyday, which every body gives.
_BARE = re.compile(r"(?:giấy khen|bằng khen)", re.I)
#: Blocks that the head of a decision has at most.
_HEAD = 30


def with_authority(context: Context, awards: Sequence[Award]) -> list[Award]:
    """The awards of a decision, its bare certificates as given by whoever decides; others as they are."""
    told = [award for award in awards if award.kind == "title" and _BARE.fullmatch(award.title or "")]
    span = _authority(context) if told and context.is_decision else None
    if span is None:
        return [*awards]
    giver = context.document.value(*span)
    level = level_of_giver(context, giver.lower())
    terms = context.document.terms("level", *span)
    level = context.level_of(terms[0]) if terms else level
    bare = {id(award) for award in told}
    return [
        award.model_copy(update={"title": f"{award.title} của {giver}", "level": level or award.level})
        if id(award) in bare
        else award
        for award in awards
    ]


def _authority(context: Context) -> tuple[int, int] | None:
    """The line right above the bases of a decision that names an office in capitals; None for none."""
    document = context.document
    for block, after in zip(document.blocks[:_HEAD], document.blocks[1:], strict=False):
        if _BASES.match(document.lower, after.body, after.end):
            named = _AUTHORITY.fullmatch(document.lower, block.body, block.end)
            return (block.body, block.end) if named and document.text[block.body : block.end].isupper() else None
    return None
