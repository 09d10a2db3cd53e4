"""Who gave an order or a certificate."""

from __future__ import annotations

import re

from extractors._shared.document import Term
from extractors.awards.context import Context

# Who confers: named before the verb, behind ``được`` or at the head of the clause.
_CONFERS = re.compile(
    r"(?<!\w)(?:đã |vừa |mới |quyết định |ký |trao |khen |thưởng )*(?:tặng(?: thưởng)?|trao(?: tặng)?"
    r"|khen thưởng|khen|cấp|công nhận|phong tặng)(?!\w)"
)
_GIVER_NAME = re.compile(
    r"(?<!\w)(?P<giver>(?:ubnd|ủy ban|chủ tịch|thủ tướng|chính phủ|nhà nước|bộ(?! (?:môn|phận))"
    r"|bộ trưởng|sở|phòng|trung ương|tw|tỉnh|huyện|thành|quận|thị"
    r"|ban|liên đoàn|tổng|hội|công đoàn|đảng|giám đốc|hđnd|bch|btv|lđlđ|trưởng phòng"
    r"|hiệu trưởng|cđgd|mttq)(?: (?!(?:công nhận|tặng|trao"
    r"|khen|vừa|mới|đã) )[^ ,;.:()\"“”]+){0,14}) (?:[^,;.:()]{0,60} và )?$"
)


def giver(context: Context, term: Term) -> tuple[int, int] | None:
    """Who gave an order or a certificate, as named before the verb: ``được UBND tỉnh tặng Bằng khen``."""
    document = context.document
    first, _ = document.sentence_at(term.start)
    first = max(first, term.start - 140, document.text.rfind(";", first, term.start) + 1)
    verbs = list(_CONFERS.finditer(document.lower, first, term.start))
    if not verbs:
        return None
    end = verbs[-1].start()
    while end > first and len(verbs) > 1 and verbs[-2].end() + 1 >= verbs[-1].start():
        verbs.pop()
        end = verbs[-1].start()
    start = max(document.lower.rfind(cue, first, end) + len(cue) for cue in ("được ", "do ", ", ", ": ", "này "))
    start = start if start >= first and start > 7 else first
    match = _GIVER_NAME.search(document.lower, max(start, first), end)
    return match.span("giver") if match else None
