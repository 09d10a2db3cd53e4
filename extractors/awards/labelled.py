"""Prizes behind a label: of the school that it names (``Trường A: giải Nhất “X”``), in a contest or in an event."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.item_contests import contest_of_item
from extractors.awards.rank_holders import event_before
from extractors.awards.winner import Winner

#: Between a school that labels a list and the list: where it is.
_LABELS = re.compile(r"(?: \([^()\d]{2,40}\))? ?: ?")


def labelling_school(context: Context, block: Block, atom: Atom) -> Winner | None:
    """The school whose name labels the list of a prize: ``Trường A: giải Nhất “X”, giải Ba “Y”``; None for none."""
    document = context.document
    first = max(document.sentence_at(atom.start)[0], block.body)
    first = max(first, document.text.rfind(";", first, atom.start) + 1)
    schools = context.schools_in(first, atom.start)
    if len(schools) != 1 or schools[0][0] - first > len("- trường "):
        return None
    start, end, school = schools[0]
    if not _LABELS.match(document.lower, end, atom.start) or find_names(document, end, atom.start):
        return None
    return Winner(start, end, None, school, document.value(start, end))


#: What closes an item of a list behind its prize.
_ITEM_ENDS = re.compile(r" ?(?:[;,.()]|$)", re.M)


def in_row(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a prize closes an item behind its sign, as another of its sentence: ``chạy 800m: HCV; cờ vua: HCĐ``."""
    text = context.document.text

    def closes(one: Atom) -> bool:
        told = text[block.body : one.start].rstrip(" ")
        return one.count is None and told.endswith((":", "-")) and bool(_ITEM_ENDS.match(text, one.end, block.end))

    first, last = context.document.sentence_at(atom.start)
    if atom.count is None and _ITEM_ENDS.match(text, atom.end, block.end):
        # "cầu lông đôi nam nữ huy chương Vàng"
        event = event_before(context, max(first, text.rfind(";", first, atom.start) + 1), atom.start)
        if event and context.contest(block, atom.start, atom.end) is not None:
            return True
    row = [one for one in context.atoms(block.body, block.end) if first <= one.start < last and closes(one)]
    return atom in row and len(row) > 1 and context.contest(block, atom.start, atom.end) is not None


def under_contest(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a prize is told right behind its contest as a label: ``Thi nghi thức Đội: giải Nhì``."""
    first, _ = context.document.sentence_at(atom.start)
    first = max(first, context.document.text.rfind(";", first, atom.start) + 1)
    text = _PART_OF.sub("", context.document.text[first : atom.start].rstrip())
    if not text.endswith(":"):
        return _behind_name(context, first, atom) or _closes_contest(context, block, atom)
    named = context.named_contest(first, first + len(text)) or context.contest(block, atom.start, atom.end)
    return named is not None and context.document.text[named[1] : first + len(text)].strip() == ":"


#: In which part of a contest a prize was won: ``Tin học trẻ: Bảng A huy chương đồng``.
_PART_OF = re.compile(r"(?<=:) ?(?:bảng|khối|nội dung|môn|hạng mục) [^\W_]+(?: [^\W\d_]+)?$", re.I)


def _behind_name(context: Context, first: int, atom: Atom) -> bool:
    """Whether a prize stands right behind the name in quotes that opens its item: ``"Em yêu biển" giải Ba cụm 4``."""
    document = context.document
    item = contest_of_item(document, first, atom.start, (None, None))
    if item is None or document.text[item[1] : atom.start].strip(" ") or document.text[item[0]] not in '"“':
        return False
    return _AT_LEVEL.match(document.lower, atom.end) is not None


#: What may stand before the contest with which an item opens: a year, the word for results, a further title's sign.
_BEFORE_CONTEST = re.compile(
    r"[\s*+•.–-]*(?:\(?\w{1,2}[.)] )?(?:(?:(?:kết quả|tham gia|dự|thi|và|năm(?: học)?|còn|riêng) )|(?:19|20)\d\d"
    r"(?: ?[-–] ?(?:19|20)\d\d)? ?:? ?)*"
)


def _closes_contest(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a prize stands right behind the contest that opens its item: ``Hội thi văn nghệ cấp huyện giải Nhì``."""
    document = context.document
    if atom.count is not None or atom.label or not _AT_LEVEL.match(document.lower, atom.end, block.end):
        return False
    first = max(document.sentence_at(atom.start)[0], block.body)
    first = max(first, *(document.text.rfind(sign, first, atom.start) + 1 for sign in ";,"))
    named = context.named_contest(first, atom.start)
    if named is None or document.text[named[1] : atom.start].strip(' ”"'):
        return False
    return _BEFORE_CONTEST.fullmatch(document.lower, first, named[0]) is not None


_AT_LEVEL = re.compile(
    r"(?: (?:cấp |vòng |toàn )?(?:trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|khu vực|quốc gia|toàn quốc)"
    r"(?: (?:số )?\d{1,2})?)? ?(?:[;,.)]|$)",
    re.M,
)
#: Behind a prize that opens an item: up to the contest or the discipline in which it was won.
_WON_IN = re.compile(
    r"(?: (?:môn|nội dung|phần thi|bộ môn|trong|tại|ở|thi|cuộc|đồng đội|toàn đoàn|tập thể|cá nhân))* ?"
)


def opens_item(context: Context, block: Block, atom: Atom) -> bool:
    """Whether a prize opens an item of a list and its contest follows: ``+ Giải nhì Hội thi Nghi thức Đội``."""
    document = context.document
    if atom.count is not None or atom.label:
        return False
    year = _YEAR_OPENS.fullmatch(document.lower, block.body, atom.start)
    if year is None and (block.marker is None and block.kind != "item"):
        return False
    if year is None and document.text[block.body : atom.start].strip(" -+*•"):
        return False
    behind = _WON_IN.match(document.lower, atom.end, block.end)
    if behind is None or not behind.group(0):
        return False
    last = min(block.end, behind.end() + _NEAR)
    contest = context.named_contest(atom.end, block.end)
    told = [contest[0]] if contest else []
    told += [term.start for term in document.terms("discipline", atom.end, last)]
    return any(atom.end < start <= behind.end() or (contest and start == contest[0] <= behind.end()) for start in told)


#: The year that labels a line: ``2014-2015: giải Khuyến khích thi vẽ tranh``.
_YEAR_OPENS = re.compile(r"[\s*+•-]*(?:năm(?: học)? )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)? ?: ?(?:đạt )?")
#: Characters behind which a contest is no longer that of the prize before it.
_NEAR = 30
