"""The analyst's addresses: reports with their facts marked, tables of facts, and the tables as files."""

from __future__ import annotations

from io import BytesIO

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from explorer import fact_pages
from pipelines.errors import UsageError
from pipelines.exports import export_frame
from pipelines.extraction import Extracted
from pipelines.facts import ReportFacts, record_ids
from pipelines.html_view import card_id, page_policy, render_page
from pipelines.store import Store

_MEDIA = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def add_facts(app: FastAPI, store: Store) -> None:
    """Add the addresses to the application."""

    @app.get("/reports", response_class=HTMLResponse)
    def reports() -> str:
        counts: dict[str, int] = {}
        for finding in store.findings():
            for report in {operand.report for operand in finding.operands}:
                counts[report] = counts.get(report, 0) + 1
        return fact_pages.reports_page(store.facts("report"), counts)

    @app.get("/report/{identifier}")
    def report(identifier: str, record: str = "") -> Response:
        found = store.report_facts([identifier])
        if not found:
            raise HTTPException(404, f"Không có báo cáo {identifier}.")
        if record:
            return RedirectResponse(f"/report/{identifier}{_anchor(found[0], record)}", status_code=303)
        shown = Extracted(found[0].layer.file, found[0].layer, found[0].records, found[0].relations)
        return HTMLResponse(render_page([shown]), headers={"Content-Security-Policy": page_policy()})

    @app.get("/facts")
    def chosen(type: str = "statistic", where: str = "") -> HTMLResponse:
        return facts(type, where)

    @app.get("/facts/{kind}.{end}")
    def file(kind: str, end: str, where: str = "") -> Response:
        if kind not in fact_pages.FACT_TYPES or end not in _MEDIA:
            raise HTTPException(404, f"Không có bảng {kind}.{end}.")
        stream = BytesIO()
        export_frame(store.facts(kind, where.strip() or None), stream, end, table=kind)
        named = {"Content-Disposition": f'attachment; filename="{kind}.{end}"'}
        return Response(stream.getvalue(), media_type=_MEDIA[end], headers=named)

    @app.get("/facts/{kind}")
    def facts(kind: str, where: str = "") -> HTMLResponse:
        if kind not in fact_pages.FACT_TYPES:
            raise HTTPException(404, f"Không có loại dữ kiện {kind}.")
        try:
            frame, problem = store.facts(kind, where.strip() or None), ""
        except UsageError as error:
            frame, problem = None, str(error).removeprefix("--where: ")
        page = fact_pages.facts_page(kind, frame, where.strip(), problem)
        return HTMLResponse(page, status_code=400 if problem else 200)


def _anchor(facts: ReportFacts, record: str) -> str:
    """Where on a report's page a record stands; empty where the report has no such record."""
    ids = record_ids(facts.records)
    return f"#{card_id(ids.index(record))}" if record in ids else ""
