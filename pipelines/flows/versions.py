"""Digests of the code and data of each stage: a stage runs again where its digest changed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_SOURCES = (".py", ".yml", ".yaml", ".csv", ".json")


@cache
def extraction_version() -> str:
    """The digest of what makes a file's records: readers, extractors and their lexicons, schemas."""
    import extractors

    return f"{extractors.version()[:16]}-{_digest('pipelines.readers', 'schemas')}"


@cache
def audit_version() -> str:
    """The digest of what makes entities and findings out of stored records."""
    return _digest("pipelines.reconcile", "pipelines.audit", "schemas")


def _digest(*packages: str) -> str:
    total = hashlib.sha256()
    for package in packages:
        for path, content in sorted(_sources(files(package), package)):
            total.update(f"{path}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()[:16]


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            if not entry.name.startswith(("_", ".")):
                found += _sources(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_SOURCES):
            found.append((f"{path}/{entry.name}", entry.read_bytes()))
    return found
