"""The W3C Reconciliation Service API, version 0.2, over the entities: what OpenRefine asks to match a table.

Source: Reconciliation Service API v0.2, W3C Entity Reconciliation Community Group.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from explorer.search import Hit, Index
from pipelines.errors import UsageError

#: The kinds of entities: id and name.
TYPES = {
    "school": "Trường học (school)",
    "person": "Người (person)",
    "organization": "Cơ quan, tổ chức (organization)",
    "document": "Văn bản (document)",
}
#: What can be asked of each kind: attributes of its entities by name.
PROPERTIES: dict[str, dict[str, str]] = {
    "school": {
        "level": "Cấp học", "own_name": "Tên riêng", "ordinal": "Số thứ tự", "place": "Xã, phường",
        "district": "Huyện, quận", "reports": "Số báo cáo",
    },
    "person": {
        "posts": "Chức vụ", "district": "Huyện, quận", "first_seen": "Thấy lần đầu", "last_seen": "Thấy lần cuối",
        "reports": "Số báo cáo",
    },
    "organization": {"level": "Cấp", "place": "Địa bàn", "reports": "Số báo cáo"},
    "document": {
        "doc_type": "Loại văn bản", "number": "Số, ký hiệu", "date": "Ngày", "year": "Năm",
        "issuer": "Cơ quan ban hành", "subject": "Nội dung", "reports": "Số báo cáo",
    },
}  # fmt: skip
_LIMIT, _MOST = 10, 100
#: Queries that one request may hold.
BATCH = 100


def manifest(base: str) -> dict[str, Any]:
    """The service's description; ``base`` is its address without a slash at the end."""
    suggest = {
        name: {"service_url": base, "service_path": f"/reconcile/suggest/{name}"}
        for name in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": "baocao: trường học, cán bộ, cơ quan, văn bản trong báo cáo giáo dục",
        "identifierSpace": f"{base}/entity/",
        "schemaSpace": f"{base}/kind/",
        "defaultTypes": [_type(name) for name in TYPES],
        "view": {"url": f"{base}/entity/{{{{id}}}}"},
        "preview": {"url": f"{base}/reconcile/preview?id={{{{id}}}}", "width": 430, "height": 300},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/extend/propose"},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }


def answer(index: Index, queries: str) -> dict[str, Any]:
    """The answers to a batch of queries (JSON), by the keys of the queries.

    Raises: UsageError where it is no batch.
    """
    batch = _parsed(queries, "queries")
    if len(batch) > BATCH:
        raise UsageError(f"queries: {len(batch)} at once; send at most {BATCH}")
    return {key: {"result": [_candidate(hit) for hit in _hits(index, query)]} for key, query in batch.items()}


def _parsed(text: str, what: str) -> dict[str, Any]:
    try:
        parsed = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{what}: is no JSON ({error}); see the Reconciliation Service API 0.2") from error
    if not isinstance(parsed, dict):
        raise UsageError(f"{what}: is no JSON object; see the Reconciliation Service API 0.2")
    return parsed


def _hits(index: Index, query: Any) -> list[Hit]:
    if not isinstance(query, Mapping) or not isinstance(query.get("query", ""), str):
        raise UsageError("queries: a query is no object with a text `query`; see the Reconciliation Service API 0.2")
    wanted: dict[str, str] = {}
    for given in query.get("properties") or ():
        value = given.get("v") if isinstance(given, Mapping) else None
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("id")
        if value is not None and isinstance(given.get("pid"), str):
            wanted[given["pid"]] = str(value)
    hits: list[Hit] = []
    for kind in _kinds(query.get("type")):
        hits += index.find(query.get("query", ""), kind, limit=_limit(query.get("limit")), wanted=wanted)
    hits.sort(key=lambda hit: (-hit.score, hit.entity.name, hit.entity.id))
    return hits[: _limit(query.get("limit"))]


def _kinds(given: Any) -> list[str | None]:
    """The kinds that a query asks for; every one where it names none."""
    named = [given] if isinstance(given, str) else list(given or ())
    known: list[str | None] = [kind for kind in named if kind in TYPES]
    return known if named else [None]


def _limit(given: Any) -> int:
    return min(given, _MOST) if isinstance(given, int) and given > 0 else _LIMIT


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": TYPES[kind]}


def _candidate(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.entity.id,
        "name": hit.entity.name,
        "description": describe(hit),
        "type": [_type(hit.entity.kind)],
        "score": round(hit.score, 1),
        "match": hit.is_sure,
        "features": [{"id": "name_similarity", "value": round(hit.score, 1)}],
    }


def describe(hit: Hit) -> str:
    """What tells an entity from its namesakes, in a line."""
    attributes = hit.entity.attributes
    told = ("district", "place", "year", "issuer", "posts")
    return ", ".join(str(attributes[name]) for name in told if attributes.get(name))[:200]


# --- suggest, extend ------------------------------------------------------------------------------


def suggest_entities(index: Index, prefix: str, cursor: int = 0) -> dict[str, Any]:
    """Entities whose name begins so or holds it, typed with or without tones."""
    hits = index.find(prefix, limit=cursor + _LIMIT)[cursor:]
    return {
        "result": [
            {"id": h.entity.id, "name": h.entity.name, "description": describe(h), "notable": [_type(h.entity.kind)]}
            for h in hits
        ]
    }


def suggest_types(prefix: str) -> dict[str, Any]:
    """Kinds whose id or name holds the prefix."""
    return {"result": [_type(kind) for kind, name in TYPES.items() if _holds(prefix, (kind, name))]}


def suggest_properties(prefix: str) -> dict[str, Any]:
    """Properties of any kind whose id or name holds the prefix."""
    names = {pid: name for properties in PROPERTIES.values() for pid, name in properties.items()}
    return {"result": [{"id": pid, "name": name} for pid, name in names.items() if _holds(prefix, (pid, name))]}


def _holds(prefix: str, names: Iterable[str]) -> bool:
    from pipelines.reconcile.names import toneless

    return any(toneless(prefix) in toneless(name) for name in names)


def propose_properties(kind: str, limit: int | None = None) -> dict[str, Any]:
    """The properties of a kind; none of one that is not known."""
    properties = [{"id": pid, "name": name} for pid, name in PROPERTIES.get(kind, {}).items()]
    return {"type": kind, "properties": properties[:limit], "limit": limit or len(properties)}


def extend(index: Index, request: str) -> dict[str, Any]:
    """The values of properties of entities: ``{"ids": […], "properties": [{"id": "district"}]}``.

    Raises: UsageError where it is no such request.
    """
    asked = _parsed(request, "extend")
    ids, wanted = asked.get("ids"), asked.get("properties")
    is_right = (
        isinstance(ids, list)
        and isinstance(wanted, list)
        and all(isinstance(p, Mapping) and p.get("id") for p in wanted)
    )
    if not is_right:
        raise UsageError("extend: ids and properties are missing; see the Reconciliation Service API 0.2")
    assert isinstance(ids, list)
    assert isinstance(wanted, list)
    names = {pid: name for properties in PROPERTIES.values() for pid, name in properties.items()}
    pids = [str(given["id"]) for given in wanted]
    rows = {str(identifier): {pid: _values(index, str(identifier), pid) for pid in pids} for identifier in ids}
    return {"meta": [{"id": pid, "name": names.get(pid, pid)} for pid in pids], "rows": rows}


def _values(index: Index, identifier: str, pid: str) -> list[dict[str, Any]]:
    entity = index.entities.get(identifier)
    value = entity.attributes.get(pid) if entity is not None else None
    if value is None or entity is None or pid not in PROPERTIES[entity.kind]:
        return []
    if isinstance(value, int):
        return [{"int": value}]
    return [{"str": part.strip()} for part in value.split("; ")]
