"""The analyst's pages: the reports, and the facts of one type with a condition over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from explorer.layout import options, page, table
from pipelines.html_view.labels import RECORD_TYPES, label, show
from pipelines.html_view.passages import clean

if TYPE_CHECKING:
    import pandas as pd

#: As many rows are shown; the files hold all.
LISTED = 200
#: What a page shows of a fact, its file and passage beside it; files have every column.
_COLUMNS: Mapping[str, Sequence[str]] = {
    "official": ("person", "post", "organization", "activity", "as_of"),
    "school": ("name", "level", "place", "variants"),
    "award": ("kind", "prize", "title", "contest", "level", "count", "participants", "recipient", "school", "period"),
    "statistic": ("indicator", "value", "of", "unit", "aspect", "level", "place", "period"),
    "citation": ("doc_type", "number", "date", "issuer", "subject"),
}
FACT_TYPES = tuple(_COLUMNS)
_NUMBERS = frozenset({"value", "of", "count", "participants"})
_EXAMPLES = {
    "official": "post LIKE 'Trưởng phòng%'",
    "school": "level = 'TH'",
    "award": "level = 'tinh' AND prize = 'nhat'",
    "statistic": "level = 'THCS' AND unit = '%'",
    "citation": "doc_type = 'Nghị quyết'",
}


def reports_page(reports: pd.DataFrame, findings: Mapping[str, int]) -> str:
    """The reports with how many open findings each has."""
    rows = "".join(_report_row(row, findings.get(str(row["report"]), 0)) for row in _records(reports))
    heads = ("Báo cáo", "Loại", "Cơ quan ban hành", "Ngày", "Kỳ", "Phát hiện")
    body = table(heads, [rows]) if rows else "<p>Kho chưa có báo cáo nào: <code>baocao ingest THƯ_MỤC</code>.</p>"
    return page("Báo cáo", f"<h1>Báo cáo</h1><p>{len(reports)} báo cáo.</p>{body}", here="/reports")


def _report_row(row: Mapping[str, Any], count: int) -> str:
    found = f'<a href="/findings?report={clean(row["report"])}">{count}</a>' if count else "0"
    gone = " <small>(tệp không còn)</small>" if row["report_status"] == "vanished" else ""
    return (
        f'<tr><td><a href="/report/{clean(row["report"])}">{clean(row["title"] or row["file"])}</a>{gone}<br>'
        f"<small>{clean(row['file'])}</small></td><td>{clean(show('kind', row['kind']))}</td>"
        f'<td>{clean(row["issuer"] or "")}</td><td class="short">{clean(show("date", row["date"]))}</td>'
        f'<td class="short">{clean(row["period"] or "")}</td><td class="number">{found}</td></tr>'
    )


def facts_page(kind: str, frame: pd.DataFrame | None, where: str, problem: str) -> str:
    """The facts of a type that meet a condition; ``problem`` says what is wrong with it, empty where nothing is."""
    form = (
        '<form method="get" action="/facts"><label>Loại<select name="type">'
        f"{options([(name, RECORD_TYPES[name]) for name in FACT_TYPES], kind)}</select></label>"
        f'<label class="wide">Điều kiện (SQL)<input name="where" value="{clean(where)}" '
        f'placeholder="{clean(_EXAMPLES[kind])}" autocomplete="off" spellcheck="false"></label>'
        "<button>Lọc</button></form>"
    )
    told = f'<p class="told" role="alert">{clean(problem)}</p>'
    body = told if frame is None else _facts_table(kind, frame, where)
    name = RECORD_TYPES[kind]
    return page(name, f"<h1>{name}</h1>{form}{body}", here="/facts/statistic")


def _facts_table(kind: str, frame: pd.DataFrame, where: str) -> str:
    query = f"?{urlencode({'where': where})}" if where else ""
    links = ", ".join(
        f'<a href="/facts/{kind}.{end}{clean(query)}" download>{end.upper()}</a>' for end in ("xlsx", "csv")
    )
    shown = frame.head(LISTED)
    # A column without a value in any row only takes room.
    columns = [name for name in _COLUMNS[kind] if shown[name].notna().any()]
    heads = [*(label(kind, name) for name in columns), "Đoạn trích"]
    rows = [_fact_row(row, columns) for row in _records(shown)]
    more = f"<p>Còn {len(frame) - LISTED} dòng nữa trong tệp.</p>" if len(frame) > LISTED else ""
    body = f"{table(heads, rows, wide=True)}{more}" if rows else "<p>Không có dữ kiện nào như vậy.</p>"
    return f"<p>{len(frame)} dữ kiện. Cả bảng: {links}.</p>{body}"


def _fact_row(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    cells = "".join(
        f"<td{' class=number' if name in _NUMBERS else ''}>{clean(show(name, row[name]))}</td>" for name in columns
    )
    file, quote = PurePath(str(row["report_file"])).name, " ".join(str(row["quote"] or "").split())
    return (
        f'<tr>{cells}<td><a href="/report/{clean(row["report"])}?record={clean(row["id"])}">{clean(quote)}</a><br>'
        f"<small>{clean(file)}</small></td></tr>"
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows with None for what is absent."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]
