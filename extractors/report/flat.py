"""A head that was flattened into one paragraph, body and all: what pages print whose lines were lost.

``UBND HUYỆN … PHÒNG GIÁO DỤC VÀ ĐÀO TẠO. CỘNG HÒA XÃ HỘI … Số: 504/PGD&ĐT. Diễn Yên, ngày 29 tháng 8
năm 2011. V/v hướng dẫn … Căn cứ Luật …``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors._shared.dates import find_dates
from extractors._shared.document import Document
from extractors._shared.zone_forms import FLAT_HEAD, FLAT_NUMBER
from extractors.report.bodies import last_body

_MOTTO = re.compile(r"cộng hòa xã hội chủ nghĩa việt nam|cộng hòa xhcn việt nam|chxhcn việt nam")
_DATELINE = re.compile(r"(?P<place>[^\W\d_a-z][^\d,.;:]{1,40}?)\s?,\s?(?=ngày )")
_SUBJECT = re.compile(
    r"(?:V/v|v/v|V/V)\s?[:.]?\s?(?P<subject>[^.;]{8,260}?)(?=\.\s|\s(?:Kính gửi|Căn cứ|Thực hiện|CỘNG HÒA)|$)"
)


@dataclass(frozen=True)
class FlatHead:
    """What a flattened head says. ``subject`` is the range of a letter's ``V/v``, None for others."""

    issuer: str
    number: str | None
    place: str | None
    date: str | None
    subject: tuple[int, int] | None


def read_flat_head(document: Document) -> FlatHead | None:
    """The head in the first paragraph of a document, or None where that is none or has lines of its own."""
    if not document.blocks:
        return None
    first = document.blocks[0]
    motto = _MOTTO.search(document.lower, first.start, min(first.end, FLAT_HEAD))
    if motto is None or first.end - first.start < 200 or motto.start() - first.start < 8:
        return None
    issuer = last_body(document.value(first.start, motto.start()).strip(" .|-"))
    end = min(first.end, first.start + FLAT_HEAD)
    numbered = FLAT_NUMBER.search(document.text, motto.end(), end)
    number = "".join(numbered["number"].split()) if numbered else None
    place, date = _dateline(document, numbered.end() if numbered else motto.end(), end)
    subject = _SUBJECT.search(document.text, motto.end(), min(first.end, end + 300))
    return FlatHead(issuer, number, place, date, subject.span("subject") if subject else None)


def _dateline(document: Document, start: int, end: int) -> tuple[str | None, str | None]:
    match = _DATELINE.search(document.text, start, end)
    if match is None:
        return None, None
    dates = find_dates(document.text, document.lower, match.end(), end)
    date = dates[0].printed if dates and dates[0].start == match.end() and dates[0].kind in ("day", "month") else None
    return document.value(*match.span("place")).strip(), date
