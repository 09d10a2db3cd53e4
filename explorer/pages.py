"""The pages, small and without a script. Everything that comes from a report is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from explorer.reconciliation import PROPERTIES, TYPES
from explorer.search import Hit
from schemas import Entity

_MENTIONS = 200
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem; }
form { display: flex; gap: .5rem; flex-wrap: wrap; margin: 1rem 0; }
input[type=search] { flex: 1 1 16rem; }
input, select, button { font: inherit; padding: .3rem .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid #8886; }
small, .quiet { color: GrayText; }
"""


def start_page(counts: Mapping[str, int], query: str, kind: str, hits: Sequence[Hit]) -> str:
    """The list of kinds, a search field and what was found, or the entities of one kind where nothing is asked."""
    options = "".join(
        f'<option value="{escape(name)}"{" selected" if name == kind else ""}>{escape(label)}</option>'
        for name, label in TYPES.items()
    )
    total = ", ".join(f"{counts.get(name, 0)} {escape(label)}" for name, label in TYPES.items())
    form = (
        '<form method="get" action="/"><input type="search" name="q" aria-label="Tìm" '
        f'placeholder="Tên, có dấu hoặc không dấu" value="{escape(query)}">'
        f'<select name="kind" aria-label="Loại"><option value="">Tất cả</option>{options}</select>'
        "<button>Tìm</button></form>"
    )
    if query or kind in TYPES:
        rows = "".join(
            f'<tr><td><a href="/entity/{escape(hit.entity.id)}">{escape(hit.entity.name)}</a></td>'
            f"<td>{escape(TYPES[hit.entity.kind])}</td><td>{escape(_line(hit.entity))}</td></tr>"
            for hit in hits
        )
        found = (
            f"<table><tr><th>Tên</th><th>Loại</th><th>Chi tiết</th></tr>{rows}</table>"
            if rows
            else "<p>Không tìm thấy.</p>"
        )
    else:
        found = (
            '<p class="quiet">OpenRefine: thêm dịch vụ đối chiếu <code>/reconcile</code> của địa chỉ này '
            "(Reconciliation Service API 0.2).</p>"
        )
    return _page("Báo cáo giáo dục", f"<h1>Báo cáo giáo dục</h1><p>{total}.</p>{form}{found}")


def entity_page(entity: Entity) -> str:
    """What is known of an entity, why its mentions are one, and the passages."""
    shown = entity.mentions[:_MENTIONS]
    passages = "".join(
        f"<li><small>{escape(mention.file)}:{mention.start}</small><blockquote>{escape(mention.quote)}</blockquote></li>"
        for mention in shown
    )
    more = f"<p>{len(entity.mentions) - len(shown)} đoạn nữa.</p>" if len(shown) < len(entity.mentions) else ""
    reason = escape(str(entity.attributes.get("reason") or ""))
    body = (
        f'<p><a href="/">← Tìm</a></p><h1>{escape(entity.name)}</h1><p>{escape(TYPES[entity.kind])} '
        f"<code>{escape(entity.id)}</code></p>{_table(entity)}<h2>Vì sao là một</h2><p>{reason}</p>"
        f"<h2>Các đoạn nêu tên ({len(entity.mentions)})</h2><ul>{passages}</ul>{more}"
    )
    return _page(entity.name, body)


def preview_page(entity: Entity) -> str:
    """An entity in a small frame: its name, what is known, its first passage."""
    quote = f"<blockquote>{escape(entity.mentions[0].quote[:200])}</blockquote>" if entity.mentions else ""
    return _page(entity.name, f"<strong>{escape(entity.name)}</strong>{_table(entity)}{quote}")


def missing_page(what: str) -> str:
    """That there is no such thing, and the way back."""
    return _page("Không có", f'<h1>Không có {escape(what)}</h1><p><a href="/">← Tìm</a></p>')


def _line(entity: Entity) -> str:
    told = ("district", "place", "year", "issuer", "posts")
    return ", ".join(str(entity.attributes[name]) for name in told if entity.attributes.get(name))[:160]


def _table(entity: Entity) -> str:
    rows = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(str(entity.attributes[name]))}</td></tr>"
        for name, label in PROPERTIES[entity.kind].items()
        if entity.attributes.get(name) is not None
    )
    return f"<table>{rows}</table>"


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/style.css"></head><body>{body}</body></html>'
    )
