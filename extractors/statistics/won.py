"""Counts that are awards: of those who won a prize, a medal or a certificate, and of what is handed out."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.numbers import WORDS, Number
from extractors.statistics.counting import Counted
from extractors.statistics.naming import is_level_label

_WORDED = rf"\d{{1,4}}|{'|'.join(WORDS)}"
_AWARD = (
    r"(?:giải(?! (?:pháp|quyết|thể|trình|đáp|phóng|tỏa|trí|thích|bơi|bóng|cầu|việt))|huy chương|hc[vbđ]|cúp"
    r"|bằng khen|giấy khen|thư khen|huân chương|kỷ niệm chương|cờ thi đua"
    r"|danh hiệu|(?:học sinh|hs|giáo viên|gv) (?:dạy |chủ nhiệm )?giỏi (?:các )?(?:cấp|vòng|cơ sở|quốc gia|tỉnh|huyện))"
)
#: What no winner does: those who fail, those who only take part, and wishes.
_NOT_WON = r"(?!(?:không|chưa|nhưng|dự|thi|tham|đăng|đề|để|phấn|có|đi) )"
#: Words between those counted and what they won; others counted beside them may stand there.
_WORDS = (
    rf"(?: {_NOT_WON}[^\s\d.,;:()]+(?:, [^\s\d.,;:()]+(?= và ))?"
    r"| \d{1,3}(?= (?:cá nhân|tập thể|đồng chí|giáo viên|cán bộ|em|học sinh|tổ|đơn vị)"
    r"(?!\w))){0,12}?"
)
#: ``2 tổ Văn và Sử được LĐLĐ tỉnh tặng bằng khen``, ``15 học sinh của trường đạt huy chương bạc``.
_HOLDERS = re.compile(
    rf"{_WORDS} (?:(?:đạt|đoạt|giành|nhận|đón nhận)(?: được| danh hiệu)?"
    rf"|(?:được|vinh dự được){_WORDS} (?:tặng|tặng thưởng|trao|trao tặng|nhận|công nhận))"
    rf"(?: \d{{1,3}})?(?: tấm| chiếc)? {_AWARD}(?!\w)"
)
#: A title that the noun itself begins: ``04 giáo viên giỏi cơ sở``.
_TITLED = re.compile(r" (?:dạy |chủ nhiệm )?giỏi (?:các )?(?:cấp|vòng|cơ sở)(?!\w)(?! (?:dự|tham|thi)(?!\w))")
#: Pieces of medals and certificates: ``76 bộ huy chương vàng``.
_PIECES = frozenset({"bộ", "tấm", "chiếc", "lá"})
_PIECE = re.compile(r" ?(?:huy chương|hc[vbđ]|bằng khen|giấy khen|cúp|cờ thi đua)(?!\w)")
#: Prizes of which a count is made up: ``9 học sinh (hai giải Nhất, 3 giải Nhì, 4 giải Ba)``.
_MADE_OF = re.compile(
    r"(?: (?:được tặng bằng khen|đạt giải|đoạt giải))?(?: ?\(|, (?:trong đó|gồm|bao gồm)|:)(?: (?:trong đó|gồm|có))* ?"
)
_PRIZES = re.compile(
    rf"(?P<n>{_WORDED}) (?:(?:em|học sinh|thí sinh|giáo viên|cô|thầy|bạn) )?(?:(?:đạt|đoạt|giành) )?"
    r"(?:giải |huy chương |hc )?(?:nhất|nhì|ba|tư|khuyến khích|kk|vàng|bạc|đồng)(?!\w)(?:(?:,| và|;|, và) )?"
)
#: Those picked for a team are counted for what they will do: ``đội tuyển gồm 62 học sinh đạt giải cao``.
_PICKED = re.compile(r"(?<!\w)(?:đội tuyển|đoàn|đội)(?: [^\s\d.,;:()]+){0,8} gồm(?: có)? $")
_PICKED_REACH = 70


#: Who is counted as a winner, and how that is said before the figure: ``có số học sinh đoạt giải nhiều nhất với``.
_WINNERS = frozenset({"học sinh", "hs", "em", "em học sinh", "giáo viên", "gv", "thí sinh"})
_HAVE_WON = re.compile(
    r"(?<!\w)số (?:lượng )?(?:học sinh|hs|em|thí sinh|giáo viên|gv) (?:đạt|đoạt|giành|có) (?:được )?giải(?! pháp)"
    r"(?: (?!dự|tham|thi|tăng|giảm|trong|trên)[^\W\d_]+){0,5} (?:là|với|gồm|có) (?:\d+ (?:em|học sinh),? )?$"
)


def counts_awards(lowered: str, number: Number, unit: tuple[int, int], limit: int) -> bool:
    """Whether a number counts holders of awards or pieces of them; ``unit`` is the range of its counted noun."""
    noun = lowered[slice(*unit)]
    if _TITLED.match(lowered, unit[1], limit) and noun.endswith(("giáo viên", "gv", "học sinh", "hs", "em")):
        return True
    if noun in _PIECES and _PIECE.match(lowered, unit[1], limit):
        return True
    if _PICKED.search(lowered, max(0, number.start - _PICKED_REACH), number.start):
        return False
    if noun in _WINNERS and _HAVE_WON.search(lowered, max(0, number.start - _PICKED_REACH), number.start):
        return True
    return _HOLDERS.match(lowered, unit[1], limit) is not None or _is_sum(lowered, number, unit[1], limit)


def _is_sum(lowered: str, number: Number, position: int, limit: int) -> bool:
    """Whether the prizes right behind a counted noun make up the number."""
    opening = _MADE_OF.match(lowered, position, limit)
    at, total = opening.end() if opening else limit, 0
    while prize := _PRIZES.match(lowered, at, limit):
        total += WORDS.get(prize["n"]) or int(prize["n"])
        at = prize.end()
    return total > 0 and total == number.value


#: How many of somebody are of a kind, which goes on with any count.
KIND_OF_PERSON = re.compile(r"(?<!\w)(?:nữ|nam|dân tộc|dt|dtts|đảng viên)(?: \w+){0,2} ?:? ?$")
#: What leads from a whole to its parts.
PARTS = re.compile(r"(?<!\w)(?:trong đó|bao gồm|gồm|trong số đó|cụ thể|chia ra)(?!\w)")


def parts_award(document: Document, found: Counted, won: int, *, aside: bool) -> bool:
    """Whether a bare figure parts an award's holders: ``9 cô giáo giỏi (mầm non 4)``, ``; trong đó mầm non 4``.

    ``won`` is where the award's number ends, ``aside`` says that the figure stands in brackets. How many of the
    holders are women is no award.
    """
    start, lowered = found.number.start, document.lower
    if found.unit_range is not None or found.number.percent or KIND_OF_PERSON.search(lowered, won, start):
        return False
    if aside:  # another's winners in a bracket of their own: "A (47/52 em có giải), B (29/36)"
        return found.number.of is not None or lowered.count("(", won, start) > lowered.count(")", won, start)
    if PARTS.search(lowered, won, start) is None:
        return False
    label = lowered[max(lowered.rfind(sign, won, start) for sign in ",;.(\n") + 1 : start]
    return is_level_label(PARTS.sub("", label).strip(" :"))


#: A count in a bracket that ends the head of a list.
_LIST_FOLLOWS = re.compile(r"\) ?:? ?$")
_REWARDS = re.compile(r"(?<!\w)(?:khen|danh hiệu|tặng)(?!\w)")


def heads_winners(document: Document, block: Block, number: Number, end: int) -> bool:
    """Whether a count heads a list of those who got what the head above says: ``* Trường … (3 người):``.

    ``end`` is where the counted noun ends; under a head like ``B. LAO ĐỘNG TIÊN TIẾN`` those listed are awards.
    """
    if document.text[number.start - 1] != "(" or not _LIST_FOLLOWS.match(document.text, end, block.end):
        return False
    heads = [document.head(above) for above in document.ancestors(block)]
    return any(document.terms("title", *head) or _REWARDS.search(document.lower, *head) for head in heads)
