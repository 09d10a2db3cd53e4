"""The auditor's addresses: findings, one finding, and the verdict on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from urllib.parse import parse_qs, quote, unquote

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from explorer.audit_pages import Choice, Neighbours, finding_page, list_page
from pipelines.audit_sheets import make_sheet
from pipelines.store import Store
from schemas import Finding

_MOST_BYTES = 20_000
_LONGEST = {"by": 200, "note": 2000}
#: Keeps the name of who decided last at this browser, to fill in the next form.
_COOKIE = "reviewer"
_DECISIONS = ("confirm", "dismiss", "reopen")


def add_audit(app: FastAPI, store: Store, *, writable: bool) -> None:
    """Add the addresses to the application; verdicts are taken only where it is ``writable``."""

    @app.get("/findings", response_class=HTMLResponse)
    def findings(severity: str = "", rule: str = "", report: str = "", all: str = "") -> str:
        choice = Choice(severity, rule, report, bool(all))
        found = [finding for finding in store.findings(include_judged=choice.judged) if choice.takes(finding)]
        sheet = make_sheet(found, store.verdicts(), title="", made=f"{datetime.now(UTC):%d/%m/%Y}")
        rows = store.facts("report").to_dict("records")
        return list_page(sheet, choice, {str(row["report"]): PurePath(str(row["file"])).name for row in rows})

    @app.get("/finding/{fingerprint}", response_class=HTMLResponse)
    def finding(
        request: Request, fingerprint: str, severity: str = "", rule: str = "", report: str = "", all: str = ""
    ) -> str:
        choice = Choice(severity, rule, report, bool(all))
        known = store.findings(include_judged=True)
        found = next((finding for finding in known if finding.fingerprint == fingerprint), None)
        if found is None:
            raise HTTPException(404, "Phát hiện này không còn: báo cáo đã đổi, hoặc mã bị thiếu.")
        by = unquote(request.cookies.get(_COOKIE, "")) if writable else None
        return _page(store, found, neighbours=_neighbours(known, found, choice), choice=choice, by=by)

    @app.post("/finding/{fingerprint}")
    async def decide(
        request: Request, fingerprint: str, severity: str = "", rule: str = "", report: str = "", all: str = ""
    ) -> RedirectResponse:
        if not writable:
            raise HTTPException(403, "Ý kiến chỉ ghi được trên chính máy đang chạy baocao explore.")
        _check_origin(request)
        given = await _form(request)
        choice = Choice(severity, rule, report, bool(all))
        await run_in_threadpool(store.add_verdict, fingerprint, given["decision"], given["by"], given["note"])  # type: ignore[arg-type]
        answer = RedirectResponse(f"/finding/{quote(fingerprint)}{choice.query()}", status_code=303)
        answer.set_cookie(_COOKIE, quote(given["by"]), max_age=31_536_000, httponly=True, samesite="strict")
        return answer


def _page(store: Store, found: Finding, *, neighbours: Neighbours, choice: Choice, by: str | None) -> str:
    states = store.verdicts()
    row = make_sheet([found], states, title="", made="").rows[0]
    texts = {
        facts.layer.id: facts.layer.text for facts in store.report_facts({operand.report for operand in found.operands})
    }
    verdicts = [state.verdict for state in states if found.fingerprint in (state.verdict.fingerprint, state.heir)]
    return finding_page(found, row, texts=texts, verdicts=verdicts, neighbours=neighbours, choice=choice, by=by)


def _neighbours(known: Sequence[Finding], found: Finding, choice: Choice) -> Neighbours:
    """The findings before and after one among those that are asked for, which it need not be one of any more."""
    chosen = [
        finding
        for finding in known
        if finding is found or (choice.takes(finding) and (choice.judged or finding.verdict is None))
    ]
    place = chosen.index(found)
    before = chosen[place - 1].fingerprint if place else None
    after = chosen[place + 1].fingerprint if place + 1 < len(chosen) else None
    return Neighbours(before, after)


def _check_origin(request: Request) -> None:
    """Nothing where the form was sent by a page of this application; browsers say so, and pages cannot lie about it.

    Raises: HTTPException.
    """
    if request.headers.get("origin") != f"{request.url.scheme}://{request.headers.get('host')}":
        raise HTTPException(403, "Ý kiến không đến từ trang này; hãy mở lại trang phát hiện và gửi từ đó.")


async def _form(request: Request) -> dict[str, str]:
    """The fields of a verdict.

    Raises: HTTPException where one is missing, wrong or too long.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, "Nội dung gửi lên dài quá.")
    fields = parse_qs(body.decode("utf-8", "replace"))
    given = {name: " ".join(fields.get(name, [""])[0].split()) for name in ("decision", "by", "note")}
    if given["decision"] not in _DECISIONS:
        raise HTTPException(400, "Phải chọn xác nhận, bác bỏ hoặc mở lại.")
    if not given["by"] or not given["note"]:
        raise HTTPException(400, "Phải ghi người quyết định và lý do.")
    if any(len(given[name]) > most for name, most in _LONGEST.items()):
        raise HTTPException(400, "Tên hoặc lý do dài quá.")
    return given
