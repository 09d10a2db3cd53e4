"""Further prizes of those who won the one just told: ``…, sau đó đạt giải Ba quốc gia``, ``em A (HCV, HCB)``."""

from __future__ import annotations

import re

from extractors._shared.names import find_names
from extractors.awards.atoms import Atom
from extractors.awards.context import Context
from extractors.awards.verbs import WIN

#: What goes on about those who won the prize just told: ``…, sau đó tiếp tục đạt giải Ba quốc gia``.
_GOES_ON = re.compile(
    r"\)?[^.;:()]{0,90}?(?:,| và| rồi|\)) ?(?:(?:sau đó|sau này|tiếp đó|tiếp đến|rồi|và|đồng thời|tiếp tục|cũng|lại|còn"
    rf"|vươn lên|xuất sắc|đã|được (?:chọn|cử|lựa chọn)[^.;:,()]{{0,40}}(?: và|,)),? ?)+(?:{WIN})"
    r"(?: được| thêm| tiếp)? "
    rf"|\) (?:tiếp tục |sau đó |cũng )+(?:{WIN})(?: được| thêm| tiếp)? "
)


#: The same inside the brackets behind a name: ``em A (HCV 100m, HCV nhảy xa)``.
_IN_BRACKETS = re.compile(r"[^.;:()]{0,60}?(?:,| và|;) ")
#: Between two medals of one athlete: ``em A (TH B) 1 HCV, 1 HCB cờ vua``.
_NEXT_MEDAL = re.compile(r"(?: [^\W\d_]+){0,3}(?:,| và| \+) ")
#: The same without brackets: ``em A HCV chạy 100m, HCB nhảy xa``.
_FURTHER_MEDAL = re.compile(r"(?: [^\s,;.:()]+){1,6}(?:,| và) ")
#: Another subject between the two.
_ANOTHER = re.compile(r"(?<!\w)(?:em|học sinh|cô|thầy|trường|đội|đoàn|nhóm|lớp|tổ|dự án|sản phẩm|đơn vị|bạn)(?!\w)")


def counts_on(context: Context, before: Atom, atom: Atom) -> bool:
    """Whether a number of medals is a further one of whom those before it are: ``em A (TH B) 1 HCV, 1 HCB cờ vua``."""
    counted = before.kind == atom.kind == "medal" and before.count and atom.count
    return bool(counted and _NEXT_MEDAL.fullmatch(context.document.lower, before.end, atom.start))


def wins_further(context: Context, before: Atom, atom: Atom) -> bool:
    """Whether a prize is the next one of those who won another before it in the sentence, nobody named between."""
    document = context.document
    bracketed = document.text.startswith("(", before.start - 1)
    medals = before.kind == atom.kind == "medal" and _FURTHER_MEDAL.fullmatch(document.lower, before.end, atom.start)
    if (
        not medals
        and not _GOES_ON.fullmatch(document.lower, before.end, atom.start)
        and not (bracketed and _IN_BRACKETS.fullmatch(document.lower, before.end, atom.start))
    ):
        return False
    between = (before.end, atom.start)
    return (
        not find_names(document, *between)
        and not context.schools_in(*between)
        and not _ANOTHER.search(document.lower, *between)
    )
