"""Facts for audit tests: real text through the real document and relation code."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from extractors import analyze, load_document
from extractors.relations import find_relations
from pipelines.facts import ReportFacts
from pipelines.readers.text import read_text
from schemas import Cell, Citation, Record, Report, Table, TextLayer, canonical_text


def make_layer(text: str, file: str = "bao-cao.txt", tables: Sequence[Table] = ()) -> TextLayer:
    """A layer of a text; its id follows from the text and the file name."""
    canonical = canonical_text(text)
    digest = hashlib.sha256(f"{file}\n{canonical}".encode()).hexdigest()
    return TextLayer(id=digest, file=file, media_type="text/plain", text=canonical, tables=tuple(tables))


def make_facts(
    text: str,
    *records: Record,
    file: str = "bao-cao.txt",
    layer: TextLayer | None = None,
    **report: object,
) -> ReportFacts:
    """The facts of a text, with its relations and the records given."""
    layer = layer or make_layer(text, file)
    own = Report.model_validate({"report": layer.id, "file": file, "period": "2019", **report})
    return ReportFacts.of(layer, [own, *records], find_relations(load_document(layer), [own, *records]))


def read_facts(text: str, file: str = "bao-cao.txt", **report: object) -> ReportFacts:
    """The facts that the extractors find in a text; fields of its report record may be given.

    Tables are written with pipes.
    """
    layer = make_layer(text, file)
    if "|---|" in text:
        layer = read_text(layer.text.encode(), sha256=layer.id, file=file)
    analysis = analyze(layer)
    own, *records = analysis.records
    given = Report.model_validate({**own.model_dump(), **report})
    return ReportFacts.of(layer, [given, *records], analysis.relations)


def cite(layer: TextLayer, quote: str, **fields: object) -> Citation:
    """A citation whose passage is the first place of a quote in the layer's text.

    Raises: ValueError where the text has no such quote.
    """
    start = layer.text.index(quote)
    values = {"report": layer.id, "doc_type": "Chỉ thị", **fields}
    return Citation.model_validate({**values, "evidence": (layer.evidence(start, start + len(quote)),)})


def make_table(rows: Sequence[Sequence[str]], before: str = "", *, headers: int = 1) -> TextLayer:
    """A layer with one table, each cell on a line of its own; the first rows are headings."""
    text, cells = before + ("\n" if before else ""), []
    start = len(text)
    for row, values in enumerate(rows):
        for col, value in enumerate(values):
            cells.append(Cell(row=row, col=col, start=len(text), end=len(text) + len(value), header=row < headers))
            text += value + "\n"
    return make_layer(text, "bang.docx", [Table(start=start, end=len(text), cells=tuple(cells))])
