"""Winners listed below a prize: ``Giải Nhất:`` and a list of names, ``Các em đạt giải Nhì gồm:``."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.verbs import SUBJECT
from extractors.awards.winner import Winner
from extractors.awards.works import makers_at


def named_below(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """Winners in the items under a prize: ``Giải Nhất:`` and a numbered list of names."""
    document = context.document
    rest = _REST.fullmatch(document.lower, atom.end, block.end)
    if rest is None:
        return []
    whole_line = block.kind in ("heading", "item") and _ITS_GRADE.fullmatch(document.lower, block.body, atom.start)
    if not whole_line and not _OPENS_LIST.search(document.text[atom.start : block.end]):
        return []
    winners: list[Winner] = []
    several: list[Winner] = []
    for other in document.blocks[block.index + 1 :]:
        plain = other.marker is None
        if (plain and not (whole_line and _is_row(context, other))) or context.atoms(other.body, other.end):
            break
        if block.marker and other.marker and other.marker.style == block.marker.style:
            break  # the next of the same rank
        if makers := makers_at(context, other.body, other.end):
            winners.append(makers[0])
            several.append(makers[0])
            continue
        found = context.winners(other.body, other.end)
        if not found or found[0].start > other.body + 12 or (plain and not found[0].person):
            break
        whole = context.winner(other.body, other.end)
        alone = found[0].person and not found[0].school and whole and whole.person == found[0].person
        winners.append(whole if alone and whole else found[0])
        several += [winners[-1], *found[1:]]
    if atom.count and len(winners) != atom.count and len(several) == atom.count:
        return several  # "- THCS A: em B, em C"
    # a number of winners that the lines below do not name stays one
    return winners if rest.lastgroup is None or atom.count in (None, len(winners)) else []


#: Characters of a line without a marker that is one of a list of winners.
_ROW = 120


def _is_row(context: Context, block: Block) -> bool:
    """Whether a line without a marker may be one of a list of names: short, and no sentence."""
    document = context.document
    return (
        block.kind == "paragraph"
        and block.end - block.body < _ROW
        and not SUBJECT.search(document.lower, block.body, block.end)
    )


#: A line that is nothing but a grade and its number: ``I. Giải Nhất: 02 giải``; up to its list: ``… giải Nhất gồm:``.
_REST = re.compile(
    r"[ :.*]*(?: ?[(,-] ?(?:(?:mức |tiền )?thưởng|trị giá|mỗi giải|mức)?:? ?\d[\d.,]* ?(?:đồng|đ|vnđ|triệu|nghìn|ngàn)"
    r"(?!\w)[^()\n]{0,30}\)?)?[ :.*]*"
    r"|:? \(?\d{1,3} (?:giải|em|giáo viên|học sinh|bài|cô|thầy|sản phẩm|tác phẩm)\)?[ :.]*"
    r"|(?P<opens>(?:(?! nhì| ba(?!\w)| khuyến)[^.;:(),\d]){0,40}?,? (?:gồm có|bao gồm|gồm|là|như sau|sau đây|thuộc về)"
    r"(?: các)?(?: \d{1,2})?(?: (?:em|cô|thầy|học sinh|giáo viên|thí sinh|đơn vị|trường|tác giả))?"
    r"(?: (?:sau(?: đây)?|có tên sau))? ?: *)"
)
_ITS_GRADE = re.compile(r"(?:danh sách )?(?:(?:học sinh|giáo viên|hs|gv|thí sinh|các em|bài)? ?(?:đạt|đoạt) )?")
#: What stands before the items of a list: a colon, or how many they are.
_OPENS_LIST = re.compile(r":[ *]*$|: ?\(\d+[^()]*\)[ :*]*$|\(\d+[^()]*\) ?:[ *]*$")
