"""Reports as one self-contained web page: the text with its passages marked beside the list of records.

The page loads nothing and runs no script but its own (a content security policy sees to that),
since reports are hostile until shown otherwise.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from pipelines.extraction import Extracted
from pipelines.html_view.headlines import headline
from pipelines.html_view.labels import RECORD_TYPES, label, show
from pipelines.html_view.passages import MarkedText, Passage, clean, mark_text
from schemas import Evidence, Record, Report

_NOT_FIELDS = frozenset({"type", "report", "evidence"})
_QUOTE_CHARACTERS = 60


def render_page(reports: Sequence[Extracted]) -> str:
    """The page of these reports, in their order."""
    style, script = _asset("page.css"), _asset("page.js")
    title = _title(reports[0]) if len(reports) == 1 else f"{len(reports)} báo cáo"
    sections = "".join(_section(report, f"r{number}-") for number, report in enumerate(reports))
    return (
        f'<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{page_policy()}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{clean(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{_top(reports)}\n<main>{sections or '<p class=none>Không có báo cáo nào đọc được.</p>'}</main>\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def page_policy() -> str:
    """The content security policy of the page: its own style and script, nothing else."""
    style, script = _hash(_asset("page.css")), _hash(_asset("page.js"))
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'"


def card_id(position: int, report: int = 0) -> str:
    """The id on the page of a record by its position in its report, and the report's on the page."""
    return f"r{report}-{position}"


@cache
def _asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _report(extracted: Extracted) -> Report:
    head = extracted.records[0]
    assert isinstance(head, Report)
    return head


def _title(extracted: Extracted) -> str:
    report = _report(extracted)
    return report.title or report.file


def _top(reports: Sequence[Extracted]) -> str:
    """The bar at the top: a switch per record type, and a link per report where there are several."""
    counts = {name: sum(r.type == name for e in reports for r in e.records) for name in RECORD_TYPES}
    switches = "".join(
        f'<label class="switch t-{name}"><input type="checkbox" checked value="{name}"><span>{label}</span> '
        f"<b>{counts[name]}</b></label>"
        for name, label in RECORD_TYPES.items()
    )
    links = "".join(
        f'<li><a href="#r{number}-">{clean(_title(report))}</a> <small>{len(report.records)} dữ kiện</small></li>'
        for number, report in enumerate(reports)
    )
    contents = f"<details class=contents><summary>{len(reports)} báo cáo</summary><ol>{links}</ol></details>"
    legend = f'<div class="legend" role="group" aria-label="Loại dữ kiện">{switches}</div>'
    return f"<header>{contents if len(reports) > 1 else ''}{legend}</header>"


def _section(extracted: Extracted, prefix: str) -> str:
    records = [(f"{prefix}{number}", record) for number, record in enumerate(extracted.records)]
    passages = [
        Passage(evidence.start, evidence.end, identifier, record.type)
        for identifier, record in records
        for evidence in record.evidence
    ]
    text = mark_text(extracted.layer, passages, prefix=prefix)
    groups = "".join(
        _group(name, [(identifier, record) for identifier, record in records if record.type == name], text)
        for name in RECORD_TYPES
    )
    title, file = clean(_title(extracted)), clean(extracted.file)
    return (
        f'<section id="{prefix}"><div class="text"><h1>{title}</h1><p class="file">{file}</p>'
        f'<div class="body">{text.html}</div></div>'
        f'<aside aria-label="Dữ kiện"><div class="tools"><button type="button" class="drawer" aria-expanded="false">'
        f"{len(records)} dữ kiện</button>"
        f'<input type="search" placeholder="Lọc dữ kiện…" aria-label="Lọc dữ kiện"></div>'
        f'<div class="groups">{groups}</div></aside></section>'
    )


def _group(name: str, records: Sequence[tuple[str, Record]], text: MarkedText) -> str:
    if not records:
        return ""
    cards = "".join(_card(identifier, record, text) for identifier, record in records)
    return (
        f'<details open class="group t-{name}"><summary>{RECORD_TYPES[name]} <b>{len(records)}</b></summary>'
        f"{cards}</details>"
    )


def _card(identifier: str, record: Record, text: MarkedText) -> str:
    values = record.model_dump(exclude=set(_NOT_FIELDS))
    # How sure the extractor is comes last: it is about the record, not in it.
    values["confidence"] = None if record.confidence == 1 else values.pop("confidence")
    rows = [(label(record.type, field), show(field, value)) for field, value in values.items()]
    fields = "".join(f"<div><dt>{clean(name)}</dt><dd>{clean(value)}</dd></div>" for name, value in rows if value)
    links = "".join(_link(identifier, evidence, text) for evidence in record.evidence)
    return (
        f'<article id="{identifier}" class="card" data-type="{record.type}" tabindex="0">'
        f"<h2>{clean(headline(record))}</h2><dl>{fields}</dl><ul>{links}</ul></article>"
    )


def _link(identifier: str, evidence: Evidence, text: MarkedText) -> str:
    quote = " ".join(evidence.quote.split())
    if len(quote) > _QUOTE_CHARACTERS:
        quote = f"{quote[:_QUOTE_CHARACTERS]}…"
    page = f"tr. {evidence.page}: " if evidence.page is not None else ""
    anchor = text.anchors.get((identifier, evidence.start), "")
    return f'<li><a href="#{anchor}">{page}“{clean(quote)}”</a></li>'
