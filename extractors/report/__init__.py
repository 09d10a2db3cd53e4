"""The report itself: what it is, who issued and signed it, when, and what period it is about."""

from __future__ import annotations

from extractors._shared.document import Block, Document, Found
from extractors._shared.zone_forms import NUMBER_LINE
from extractors.report.bodies import byline_issuer, letterhead_issuer, recipients, signature_issuer, signers
from extractors.report.flat import read_flat_head
from extractors.report.heading import Heading, read_heading
from extractors.report.times import meeting_date, minuted_date, noted_date, read_dateline, read_period
from schemas.records import Record, Report

TYPE = "report"


def extract(document: Document, found: Found) -> list[Record]:
    """The one record of the report. Fields that are not printed are None or empty."""
    zones = _zones(document)
    heading = read_heading(document, zones)
    flat = None if zones.get("letterhead") or zones.get("number") else read_flat_head(document)
    if flat and flat.subject:
        heading = Heading(document.value(*flat.subject), "cong_van", (flat.subject,), news=False)
    period = read_period(document, heading)
    place, date = read_dateline(document, zones.get("dateline", []))
    if heading.news and heading.kind == "tin_hoi_nghi":
        # The date line of a page is the day it was put online; the meeting's own day goes first.
        date = meeting_date(document, date, period) or date
    if date is None and heading.title and heading.title.lower().startswith("biên bản"):
        date = minuted_date(document)
    if flat:
        place, date = flat.place, flat.date
    date = date or noted_date(document, heading)
    issuer = flat.issuer if flat else letterhead_issuer(document, zones.get("letterhead", []))
    if issuer is None and heading.news:
        issuer = byline_issuer(document, zones.get("byline", []))
    return [
        Report(
            report=document.layer.id,
            file=document.layer.file,
            evidence=tuple(document.evidence(start, end) for start, end in heading.ranges),
            title=heading.title,
            kind=heading.kind,
            number=flat.number if flat else _number(document, zones.get("number", [])),
            issuer=issuer or signature_issuer(document, zones.get("signature", [])),
            place=place,
            date=date,
            period=period,
            signers=signers(document, zones.get("signature", [])),
            recipients=recipients(document, zones.get("recipients", [])),
        )
    ]


def _zones(document: Document) -> dict[str, list[Block]]:
    zones: dict[str, list[Block]] = {}
    for block in document.blocks:
        if block.kind in ("letterhead", "number", "dateline", "title", "recipients", "signature", "byline"):
            zones.setdefault(block.kind, []).append(block)
    return zones


def _number(document: Document, blocks: list[Block]) -> str | None:
    """The number as printed, without spaces; None where its digits were left blank."""
    for block in blocks:
        match = NUMBER_LINE.match(document.text[block.start : block.end])
        if match and match["number"].strip()[:1].isdigit():
            start = block.start + match.start("number")
            printed = document.value(start, start + len(match["number"].rstrip(" -_*|")))
            return "".join(printed.split())
    return None
