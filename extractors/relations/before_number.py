"""Names that stand before the number of them: ``Các trường An Hòa, Bình Lâm và Tân Lạc là 3 đơn vị dẫn đầu``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.names import names_in
from extractors.relations.reading import Reading
from schemas.relation import Relation

_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ARE = re.compile(
    rf"(?:,? )(?:đều |vẫn )?là (?:cả )?(?P<n>0?[2-9]|1\d|{'|'.join(_WORDS)})(?: trong \d+| trong số \d+)? "
    r"(?:đơn vị|trường|xã|phường|thị trấn|địa phương|chi bộ|tập thể|cá nhân|em(?!\w)|học sinh|giáo viên|cô(?!\w)|"
    r"thầy(?!\w)|đồng chí|người|gương|điểm trường|tổ(?!\w)|lớp(?! \d))"
)
_ARE_AT = Words((" là ",))
_HEAD = re.compile(r"\s*(?:(?:trong đó|riêng|năm (?:học )?(?:nay|này|qua)),? )?(?:các |những )?")
#: A name alone may be one of them, and a longer text is no list.
_LEAST, _LONGEST = 2, 400


def find_lists_before(reading: Reading, block: Block) -> Iterator[Relation]:
    """Lists of names that fill a sentence up to ``là`` and their number."""
    if not holds(_ARE_AT, reading.lower, block.body, block.end):
        return
    for start, end in reading.document.sentences(block):
        match = _ARE.search(reading.lower, start, end)
        if match is None or match.start() - start > _LONGEST:
            continue
        head = _HEAD.match(reading.lower, start, match.start())
        first = head.end() if head is not None else start
        names, clean = names_in(reading, first, match.start())
        if not clean or len(names) < _LEAST or reading.text[names[-1][1] : match.start()].strip(" ,"):
            continue
        value = _WORDS.get(match["n"]) or int(match["n"])
        whole = reading.quantity(value, match.span("n"), (match.start("n"), match.end()))
        parts = tuple(reading.thing(*name) for name in names)
        yield Relation(kind="list", whole=whole, parts=parts, exhaustive=True, cue="là")
