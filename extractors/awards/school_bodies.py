"""Bodies of a school that are told with its name: ``Liên đội THCS A``, ``CĐCS trường B``, ``Chi bộ Trường C``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors._shared.numbers import view_offset
from extractors._shared.view import lower
from extractors.awards.context import Context
from schemas.records import Award

_BODY = re.compile(
    r"(?<!\w)(?:cđcs|công đoàn(?: cơ sở)?|liên đội|chi bộ|đảng bộ|chi đoàn|đoàn thanh niên|đoàn tncs hồ chí minh"
    r"|chi hội)(?: (?:trường|của trường|của))? $"
)
#: The number of a prize behind the name of a school, which is no part of it: ``TH Võ Thị Sáu 1 giải Nhất``.
_COUNT = re.compile(r" \d{1,2}$")
_COUNTED = re.compile(r" ?(?:giải|huy chương|hc[vbđ])(?!\w)")


def with_school_bodies(context: Context, awards: Iterable[Award]) -> Iterator[Award]:
    """The awards, those of a school before whose name a body of it stands as that body's."""
    for award in awards:
        yield _of_body(context, award) if award.school and award.recipient else award


def _of_body(context: Context, award: Award) -> Award:
    document = context.document
    recipient = award.recipient or ""
    if not any(lower(recipient).startswith(word) for word in _SCHOOLS):
        return award
    for passage in award.evidence:
        if not passage.quote.startswith(recipient):
            continue
        start = view_offset(document, passage.start)
        end = view_offset(document, passage.start + len(recipient) - 1) + 1
        update: dict[str, object] = {}
        if _COUNT.search(recipient) and _COUNTED.match(document.lower, end):
            end -= len(_COUNT.search(recipient).group(0))  # type: ignore[union-attr]
            update["recipient"] = document.value(start, end)
        first = max(0, start - 30)
        if body := _BODY.search(document.lower[first:start]):
            kind = award.recipient_kind if award.recipient_kind == "team" else "unit"
            update |= {"recipient": document.value(first + body.start(), end), "recipient_kind": kind}
        return award.model_copy(update=update) if update else award
    return award


_SCHOOLS = ("trường", "thcs", "thpt", "th", "tiểu học", "mầm non", "mn", "mẫu giáo", "pt", "trung học")
