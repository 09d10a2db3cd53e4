"""Shares that are aimed at: they are set, not measured, so nothing of them was rounded away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors._shared.document import Block
from extractors.relations.reading import Reading
from schemas.relation import Relation

#: With what the cue of such shares begins.
AIMED = "chỉ tiêu "
#: A heading of what is aimed at, or the words of a line that sets it.
_AIMS = re.compile(r"(?<!\w)(?:chỉ tiêu|mục tiêu|phấn đấu)(?!\w)")
#: What came of it, or what was before.
_RESULTS = re.compile(
    r"(?<!\w)(?:kết quả|đã|đạt được|thực hiện|so với|năm (?:học )?(?:trước|qua|ngoái)|đánh giá|hiện (?:nay|có))(?!\w)"
)


def mark_aimed(reading: Reading, block: Block, shares: Iterable[Relation]) -> Iterator[Relation]:
    """The shares of a block, with `AIMED` in the cue where it sets them in whole percents."""
    aimed: bool | None = None
    for relation in shares:
        if any("," in part.printed or "." in part.printed for part in relation.parts):
            yield relation
            continue
        aimed = _is_aimed(reading, block) if aimed is None else aimed
        yield relation.model_copy(update={"cue": AIMED + relation.cue}) if aimed else relation


def _is_aimed(reading: Reading, block: Block) -> bool:
    lower = reading.lower
    if _RESULTS.search(lower, block.body, block.end):
        return False
    if _AIMS.search(lower, block.body, block.end):
        return True
    above = next(iter(reading.document.ancestors(block)), None)
    named = above is not None and _AIMS.search(lower, above.body, above.end) is not None
    return named and above is not None and _RESULTS.search(lower, above.body, above.end) is None
