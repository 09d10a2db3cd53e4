"""The start page and the pages of entities. Everything that comes from a report is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.layout import frame, options, page, table
from explorer.reconciliation import PROPERTIES, TYPES, describe
from explorer.search import Hit
from pipelines.html_view.labels import show
from pipelines.html_view.passages import clean
from schemas import Entity

_MENTIONS = 200


def start_page(counts: Mapping[str, int], query: str, kind: str, hits: Sequence[Hit], open_findings: int) -> str:
    """The list of kinds, a search field and what was found, or the entities of one kind where nothing is asked."""
    form = (
        '<form method="get" action="/" role="search"><label class="wide">Tên'
        f'<input type="search" name="q" placeholder="có dấu hoặc không dấu" value="{clean(query)}"></label>'
        f'<label>Loại<select name="kind">{options([("", "Tất cả"), *_NAMES.items()], kind)}</select></label>'
        "<button>Tìm</button></form>"
    )
    if query or kind in TYPES:
        rows = [
            f'<tr><td><a href="/entity/{clean(hit.entity.id)}">{clean(hit.entity.name)}</a></td>'
            f"<td>{_NAMES[hit.entity.kind]}</td><td>{clean(describe(hit))}</td></tr>"
            for hit in hits
        ]
        is_cut = not query and len(rows) < counts.get(kind, 0)
        most = f"<p>Chỉ nêu {len(rows)} mục đầu.</p>" if is_cut else ""
        found = f"{table(('Tên', 'Loại', 'Chi tiết'), rows)}{most}" if rows else "<p>Không tìm thấy.</p>"
    else:
        found = _overview(counts, open_findings)
    title = f"Tìm “{query}”" if query else _NAMES.get(kind, "Báo cáo giáo dục")
    return page(title, f"<h1>Báo cáo giáo dục</h1>{form}{found}", here="/")


#: The kinds of entities as pages name them: without the ids that OpenRefine shows beside.
_NAMES = {kind: name.partition(" (")[0] for kind, name in TYPES.items()}


def _overview(counts: Mapping[str, int], open_findings: int) -> str:
    kinds = "".join(
        f'<li><a href="/?kind={kind}">{name}</a>: {counts.get(kind, 0)}</li>' for kind, name in _NAMES.items()
    )
    return (
        f'<p><a href="/findings">{open_findings} phát hiện chưa có ý kiến</a></p><ul>{kinds}</ul>'
        '<p class="quiet">OpenRefine: thêm dịch vụ đối chiếu <code>/reconcile</code> của địa chỉ này '
        "(Reconciliation Service API 0.2).</p>"
    )


def entity_page(entity: Entity) -> str:
    """What is known of an entity, why its mentions are one, and the passages."""
    shown = entity.mentions[:_MENTIONS]
    passages = "".join(
        f'<li><small><a href="/report/{clean(mention.report)}?record={clean(mention.record or "")}">'
        f"{clean(mention.file)}</a></small><blockquote>{clean(mention.quote)}</blockquote></li>"
        for mention in shown
    )
    more = f"<p>{len(entity.mentions) - len(shown)} đoạn nữa.</p>" if len(shown) < len(entity.mentions) else ""
    reason = clean(str(entity.attributes.get("reason") or ""))
    return page(
        entity.name,
        f"<h1>{clean(entity.name)}</h1><p>{_NAMES[entity.kind]} <code>{clean(entity.id)}</code></p>{_table(entity)}"
        f'<h2>Vì sao là một</h2><p lang="en">{reason}</p>'
        f"<h2>Các đoạn nêu tên ({len(entity.mentions)})</h2><ul>{passages}</ul>{more}",
    )


def preview_page(entity: Entity) -> str:
    """An entity in a small frame: its name, what is known, its first passage."""
    quote = f"<blockquote>{clean(entity.mentions[0].quote[:200])}</blockquote>" if entity.mentions else ""
    return frame(entity.name, f"<strong>{clean(entity.name)}</strong>{_table(entity)}{quote}")


_DATES = ("date", "first_seen", "last_seen")


def _table(entity: Entity) -> str:
    rows = "".join(
        f'<tr><th scope="row">{clean(label)}</th><td>{clean(_value(name, str(entity.attributes[name])))}</td></tr>'
        for name, label in PROPERTIES[entity.kind].items()
        if entity.attributes.get(name) is not None
    )
    return f"<table>{rows}</table>"


def _value(name: str, value: str) -> str:
    return "; ".join(show("date", part) for part in value.split("; ")) if name in _DATES else show(name, value)
