"""Writes ``corpus/reports`` and ``corpus/gold`` from ``corpus/sources``.

usage: python -m tests.corpus_tools.build [--check NAME…]

With ``--check`` nothing is written: what no mark covers is listed for the named sources (for whoever annotates).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from .annotate import Annotator, unmarked
from .markup import Source, parse_source
from .render_office import find_font, to_docx, to_pdf
from .render_text import to_html, to_txt

CORPUS = Path(__file__).parents[2] / "corpus"


def sources(names: list[str] | None = None) -> list[Source]:
    """The parsed sources of the corpus (all, or the named ones), sorted by name."""
    paths = sorted(path for path in (CORPUS / "sources").glob("*.txt") if not names or path.stem in names)
    return [parse_source(path) for path in paths]


def communes(source: Source) -> list[str]:
    """Communes of the district that the source's front matter names, old and new ones."""
    places = yaml.safe_load((CORPUS / "sources" / "places.yml").read_text(encoding="utf-8"))
    return [str(name) for name in places[source.meta["district"]]["communes"]]


def gold(source: Source) -> dict[str, Any]:
    """The gold file of a source: the first of its formats is the file it is measured on."""
    files = [f"{source.name}.{suffix}" for suffix in source.meta["formats"]]
    return {"file": files[0], "also": files[1:], **Annotator(source, communes(source)).records()}


def render(source: Source, suffix: str) -> bytes:
    """The report in one format. Raises: KeyError for a format that is not known."""
    if suffix == "pdf":
        return to_pdf(source, find_font())
    if suffix == "docx":
        return to_docx(source)
    return {"txt": to_txt, "html": to_html}[suffix](source).encode("utf-8")


def main(arguments: list[str]) -> None:
    """Builds, or checks the named sources."""
    check = arguments[:1] == ["--check"]
    for source in sources(arguments[1:] if check else arguments):
        records = gold(source)
        counts = {kind: len(rows) for kind, rows in records.items() if isinstance(rows, list)}
        print(source.name, len(to_txt(source)), counts)
        if check:
            print("\n".join(unmarked(source)))
            continue
        for suffix in source.meta["formats"]:
            (CORPUS / "reports" / f"{source.name}.{suffix}").write_bytes(render(source, suffix))
        path = CORPUS / "gold" / f"{source.name}.json"
        path.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
