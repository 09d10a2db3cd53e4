"""The application: pages, entities as JSON, the auditor's verdicts, and the reconciliation service."""

from __future__ import annotations

import threading
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import Receive, Scope, Send

from explorer import layout, pages, reconciliation
from explorer.audit_routes import add_audit
from explorer.fact_routes import add_facts
from explorer.search import Index
from pipelines.errors import StoreError, UsageError
from pipelines.store import Store

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
#: Where OpenRefine and the like may run: on this machine.
_LOCAL_ORIGIN = r"^https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$"
#: Addresses that answer programs.
_SERVICE = ("/api/", "/reconcile")
_MOST_BYTES = 4_000_000
_POLICY = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"
#: No other page may hold one of these in a frame, where a click could be stolen.
_UNFRAMED = f"{_POLICY}; frame-ancestors 'none'"


class _ServiceCORS(CORSMiddleware):
    """Lets programs of this machine ask the service; the pages are read by nobody but their own visitor."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with leave to read the answer where it is to the service."""
        is_service = scope["type"] == "http" and scope["path"].startswith(_SERVICE)
        await (super().__call__ if is_service else self.app)(scope, receive, send)


class Current:
    """The index of the store's entities, made again where another run or judgement came."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._state: object = None
        self._index = Index(())

    def index(self) -> Index:
        """The index of the present state."""
        runs = self._store.runs()
        last = (runs[0].id, runs[0].finished_at) if runs else None
        state = (last, len(self._store.judgements()))
        with self._lock:
            if state != self._state:
                self._index, self._state = Index(self._store.entities()), state
            return self._index


def create_app(store: Store, hosts: tuple[str, ...] = (), *, writable: bool = True) -> FastAPI:
    """The application over an open store.

    ``hosts`` are names under which it may be asked besides the loopback's; ``writable`` says whether auditors may
    give verdicts.
    """
    app = FastAPI(title="baocao", docs_url=None, redoc_url=None, openapi_url=None)
    # A page on the web must not reach the store through a name that resolves to this machine.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, *hosts])
    app.add_middleware(_ServiceCORS, allow_origin_regex=_LOCAL_ORIGIN, allow_methods=["GET", "POST"])
    current = Current(store)
    _add_errors(app)
    _add_pages(app, store, current)
    add_facts(app, store)
    add_audit(app, store, writable=writable)
    _add_service(app, current)
    return app


def _add_errors(app: FastAPI) -> None:
    @app.middleware("http")
    async def headers(request: Request, call_next):  # type: ignore[no-untyped-def]
        response: Response = await call_next(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Not `no-referrer`: browsers would hide from us the origin of our own forms.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("Content-Security-Policy", _UNFRAMED)
        return response

    @app.exception_handler(UsageError)
    async def wrong(request: Request, error: UsageError) -> Response:
        return _told(request, 400, "Yêu cầu không hợp lệ", str(error))

    @app.exception_handler(StoreError)
    async def gone(request: Request, error: StoreError) -> Response:
        return _told(request, 503, "Kho dữ liệu không mở được", str(error))

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        title = "Không có trang này" if error.status_code == 404 else "Không được"
        return _told(request, error.status_code, title, str(error.detail))


def _told(request: Request, status: int, title: str, message: str) -> Response:
    """An error as a page, or as JSON where a program asks."""
    if request.url.path.startswith(_SERVICE):
        return JSONResponse({"status": "error", "message": message}, status_code=status)
    return HTMLResponse(layout.message_page(title, message), status_code=status)


#: As many entities of a kind are listed where nothing is searched for.
_LISTED = 500


def _add_pages(app: FastAPI, store: Store, current: Current) -> None:
    @app.get("/", response_class=HTMLResponse)
    def start(q: str = "", kind: str = "") -> str:
        index = current.index()
        known = kind if kind in reconciliation.TYPES else None
        hits = index.find(q, known, limit=50) if q.strip() else index.listed(known, limit=_LISTED)
        return pages.start_page(index.kinds(), q.strip(), kind, hits, len(store.findings()))

    @app.get("/entity/{identifier}", response_class=HTMLResponse)
    def entity(identifier: str) -> str:
        try:
            return pages.entity_page(store.entity(identifier))
        except UsageError as error:
            raise HTTPException(404, f"Không có {identifier}; có thể báo cáo nêu tên ấy đã đổi.") from error

    @app.get("/style.css")
    def style() -> PlainTextResponse:
        return PlainTextResponse(layout.style(), media_type="text/css")

    @app.get("/api/entities")
    def entities(q: str = "", kind: str = "", limit: int = 50) -> list[dict[str, object]]:
        index = current.index()
        hits = index.find(q, kind if kind in reconciliation.TYPES else None, limit=max(1, min(limit, 500)))
        return [{"score": hit.score, **hit.entity.model_dump(mode="json", exclude={"mentions"})} for hit in hits]


def _add_service(app: FastAPI, current: Current) -> None:
    async def answered(request: Request) -> JSONResponse:
        given = {name: request.query_params[name] for name in request.query_params}
        if request.method == "POST":
            body = await request.body()
            if len(body) > _MOST_BYTES:
                raise UsageError(f"the request is larger than {_MOST_BYTES} bytes; send fewer queries at once")
            given |= {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        index = await run_in_threadpool(current.index)
        if "queries" in given:
            return JSONResponse(await run_in_threadpool(reconciliation.answer, index, given["queries"]))
        if "extend" in given:
            return JSONResponse(await run_in_threadpool(reconciliation.extend, index, given["extend"]))
        return JSONResponse(reconciliation.manifest(str(request.base_url).rstrip("/")))

    app.add_api_route("/reconcile", answered, methods=["GET", "POST"], response_model=None)

    @app.get("/reconcile/suggest/entity")
    def suggest_entity(prefix: str = "", cursor: int = 0) -> dict[str, object]:
        return reconciliation.suggest_entities(current.index(), prefix, max(0, cursor))

    @app.get("/reconcile/suggest/type")
    def suggest_type(prefix: str = "") -> dict[str, object]:
        return reconciliation.suggest_types(prefix)

    @app.get("/reconcile/suggest/property")
    def suggest_property(prefix: str = "") -> dict[str, object]:
        return reconciliation.suggest_properties(prefix)

    @app.get("/reconcile/extend/propose")
    def propose(type: str = "", limit: int | None = None) -> dict[str, object]:
        return reconciliation.propose_properties(type, limit)

    @app.get("/reconcile/preview", response_class=HTMLResponse)
    def preview(id: str = "") -> HTMLResponse:
        found = current.index().entities.get(id)
        if found is None:
            return HTMLResponse(layout.frame("Không có", "<p>Không có mục này.</p>"), status_code=404)
        # OpenRefine shows it in a frame.
        policy = f"{_POLICY}; frame-ancestors http://localhost:* http://127.0.0.1:*"
        return HTMLResponse(pages.preview_page(found), headers={"Content-Security-Policy": policy})
