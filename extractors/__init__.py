"""From a text layer to records: pure functions, one folder a topic, found by scanning.

A topic is a folder with ``lexicon.yml``, ``cases.yml`` and a package that offers
``extract(document, found) -> list[Record]``; ``found`` holds the records of the topics that its
``AFTER`` names. Nothing else has to be edited to add one.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from types import ModuleType

from extractors._shared.confidence import rate
from extractors._shared.document import Document, Found
from extractors.pipeline import build_document
from schemas.records import RECORD_TYPES, Record
from schemas.relation import Relation
from schemas.text import TextLayer

Extract = Callable[[Document, Found], list[Record]]

__all__ = ["Analysis", "Document", "Found", "analyze", "extract", "find_records", "load_document", "version"]


@dataclass(frozen=True)
class Analysis:
    """All that one report yields. ``records`` begin with the report's own."""

    document: Document
    records: list[Record]
    relations: list[Relation]


@cache
def _folders() -> tuple[str, ...]:
    """Names of the folders here that hold a lexicon, sorted."""
    root = files(__name__)
    return tuple(
        sorted(
            entry.name
            for entry in root.iterdir()
            if entry.is_dir() and not entry.name.startswith((".", "__")) and entry.joinpath("lexicon.yml").is_file()
        )
    )


@cache
def _topics() -> tuple[tuple[str, ModuleType], ...]:
    """The topics, each after those that it names in ``AFTER``."""
    modules = {name: import_module(f"{__name__}.{name}") for name in _folders()}
    waiting = {name: module for name, module in modules.items() if hasattr(module, "extract")}
    ordered: list[tuple[str, ModuleType]] = []
    while waiting:
        ready = [n for n, m in waiting.items() if not any(after in waiting for after in getattr(m, "AFTER", ()))]
        if not ready:
            raise ImportError(f"Topics wait for each other in a circle: {', '.join(waiting)}")
        ordered.extend((name, waiting.pop(name)) for name in ready)
    return tuple(ordered)


def load_document(layer: TextLayer) -> Document:
    """The layer as the extractors read it."""
    return build_document(layer, *_packages())


@cache
def _packages() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The packages of the topics, and the others, whose terms not every caller asks for."""
    topics = {name for name, _ in _topics()}
    names = [(name in topics, f"{__name__}.{name}") for name in _folders()]
    return tuple(name for is_topic, name in names if is_topic), tuple(name for is_topic, name in names if not is_topic)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for reference cycles: extraction makes none, and many objects that would be searched.

    What it leaves behind is put among the old objects, unsearched as well.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # else somebody keeps objects out of the search, who must stay there
            gc.freeze()
            gc.unfreeze()
        gc.enable()


@_uncollected()
def analyze(layer: TextLayer) -> Analysis:
    """The document, its records (the report's first, then by type) and the relations of its numbers."""
    from extractors.relations import find_relations

    document, found = find_records(layer)
    records = rate(found, document)
    return Analysis(document, records, find_relations(document, records))


@_uncollected()
def find_records(layer: TextLayer) -> tuple[Document, list[Record]]:
    """The document and its records as the rules rate them, before `rate` says how sure they are.

    A layer without any text has no records, not even a report's.
    """
    document = load_document(layer)
    found: dict[str, list[Record]] = {}
    for _, module in _topics() if document.blocks else ():
        for record in module.extract(document, found):
            found.setdefault(record.type, []).append(record)
    return document, [record for kind in RECORD_TYPES for record in found.get(kind, ())]


def extract(layer: TextLayer) -> list[Record]:
    """The records of a layer: the report's first, then by type in the order of the text."""
    document, records = find_records(layer)
    return rate(records, document)


@cache
def version() -> str:
    """Digest of the code and lexicons that extraction depends on: changes when results may."""
    digest = hashlib.sha256()
    for package in ("schemas", __name__):
        pending = [files(package)]
        while pending:
            for entry in sorted(pending.pop().iterdir(), key=lambda item: item.name):
                if entry.is_dir() and not entry.name.startswith("__"):
                    pending.append(entry)
                elif entry.name.endswith((".py", ".yml", ".json")) and entry.name != "cases.yml":
                    digest.update(entry.name.encode())
                    digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]
