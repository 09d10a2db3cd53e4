"""The school of all who won, told behind their prizes: ``3 giải (1 nhì, 2 KK), đều của trường A``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.numbers import view_offset
from extractors.awards.context import Context
from schemas.records import Award

#: Between the prizes and the one school of their winners.
_ALL_OF = re.compile(
    r"[,;)(–-] ?(?:(?:và )?(?:tất cả|cả \w+(?: \w+)?|toàn bộ|các (?:em|giải|học sinh)(?: này| trên)?) )?"
    r"(?:đều|cùng)(?: (?:của|thuộc về|thuộc|do|là|đến từ|ở|học|học sinh|hs|em|các em|thầy trò))+(?: trường)? ?$"
)
_REACH = 60


def at_one_school(context: Context, awards: Sequence[Award]) -> list[Award]:
    """Awards with the school of which a clause behind them says that all of them are."""
    document = context.document
    told = []
    for start, _, school in context.schools:
        if "đều" in document.lower[max(0, start - _REACH) : start] or "cùng" in document.lower[start - 20 : start]:
            match = _ALL_OF.search(document.lower, max(0, start - _REACH), start)
            if match:
                first = max(document.sentence_at(start)[0], document.text.rfind("; ", 0, match.start()) + 1)
                told.append((first, match.start(), school.name))
    if not told:
        return [*awards]
    return [_placed(context, award, told) for award in awards]


def _placed(context: Context, award: Award, told: Sequence[tuple[int, int, str]]) -> Award:
    if award.school or award.recipient or award.kind not in ("prize", "medal"):
        return award
    at = view_offset(context.document, award.evidence[-1].start)
    school = next((name for first, last, name in told if first <= at < last), None)
    return award.model_copy(update={"school": school}) if school else award
