"""The list as one page to print: it loads nothing and runs nothing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pipelines.audit_sheets.rows import DECISIONS, SEVERITIES, Passage, Row, Section, Sheet
from pipelines.html_view.labels import show_date
from pipelines.html_view.passages import clean


def render_html(sheet: Sheet) -> bytes:
    """The page, in UTF-8. Whatever came out of a report is escaped."""
    sections = "".join(map(_section, sheet.sections)) or "<p>Không có phát hiện nào.</p>"
    page = (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{clean(sheet.title)}</title>\n<style>{_style()}</style>\n</head>\n<body>\n"
        f"<h1>{clean(sheet.title)}</h1>\n{_summary(sheet)}\n{sections}{_orphans(sheet)}</body>\n</html>\n"
    )
    return page.encode()


@cache
def _style() -> str:
    return files(__package__ or "").joinpath("print.css").read_text(encoding="utf-8")


def _summary(sheet: Sheet) -> str:
    counts = ", ".join(f"{sheet.count(key)} {name.lower()}" for key, name in SEVERITIES.items())
    return f'<p class="summary">Lập ngày {clean(sheet.made)}. {len(sheet.rows)} phát hiện: {counts}.</p>'


def _section(section: Section) -> str:
    return f"<section>\n<h2>{clean(section.title)}</h2>\n{''.join(map(_row, section.rows))}</section>\n"


def _row(row: Row) -> str:
    made = ""
    if row.decision:
        made = (
            f'<p class="verdict"><strong>{row.decision}</strong> – {clean(row.by)}, {clean(row.at)}: '
            f"“{clean(row.note)}”</p>\n"
        )
    else:
        made = '<p class="verdict open">Ý kiến: <span></span></p>\n'
    return (
        f'<article class="{row.severity}">\n<h3><span class="number">{row.number}</span> '
        f'<span class="severity">{row.severity_name}</span> {clean(row.rule_name)} <small>{row.kind}</small></h3>\n'
        f'<p class="message">{clean(row.message)}</p>\n<p class="english" lang="en">{clean(row.message_en)}</p>\n'
        f"{_values(row)}<ul>\n{''.join(map(_passage, row.passages))}</ul>\n{made}"
        f'<p class="print">{clean(row.fingerprint)}</p>\n</article>\n'
    )


def _values(row: Row) -> str:
    parts = [f"Nêu: <b>{clean(row.stated)}</b>"] if row.stated else []
    parts += [f"Đối chiếu: <b>{clean(row.expected)}</b>"] if row.expected else []
    return f'<p class="values">{" · ".join(parts)}</p>\n' if parts else ""


def _passage(passage: Passage) -> str:
    value = f" <b>= {clean(passage.value)}</b>" if passage.value else ""
    return f"<li><q>{clean(passage.quote)}</q>{value} <cite>{clean(passage.place)}</cite></li>\n"


def _orphans(sheet: Sheet) -> str:
    if not sheet.orphans:
        return ""
    rows = "".join(
        f"<li>{DECISIONS[verdict.decision]} – {clean(verdict.by)}, {clean(show_date(verdict.at[:10]))}: "
        f"“{clean(verdict.note)}” "
        f'<span class="print">{clean(verdict.fingerprint)}</span></li>\n'
        for verdict in sheet.orphans
    )
    return f"<section>\n<h2>Ý kiến mà phát hiện không còn</h2>\n<ul>\n{rows}</ul>\n</section>\n"
