"""What the tests of several readers share: a file read, its lines, the cells of its tables, its refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import ReadError
from pipelines.readers import read
from schemas import TextLayer, canonical_text


def layer_of(tmp_path: Path, data: bytes, name: str = "báo cáo.bin") -> TextLayer:
    """The layer of a file with these bytes, which keeps the laws of its text."""
    (tmp_path / name).write_bytes(data)
    layer = read(tmp_path / name)
    assert layer.text == canonical_text(layer.text)
    return layer


def lines(layer: TextLayer) -> list[str]:
    """The lines of its text."""
    return layer.text.split("\n")[:-1]


def cells(layer: TextLayer, number: int = 0) -> list[tuple[int, int, int, int, str, bool]]:
    """Place, spans and text of the cells of a table, and whether each is a heading."""
    return [
        (c.row, c.col, c.row_span, c.col_span, layer.text[c.start : c.end], c.header)
        for c in layer.tables[number].cells
    ]


def refusal_of(path: Path) -> str:
    """What is told of a file that is not read."""
    with pytest.raises(ReadError) as caught:
        read(path)
    return str(caught.value)


def refusal(tmp_path: Path, data: bytes, name: str = "a.bin") -> str:
    """The sentence by which a file with these bytes is refused."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(tmp_path / name)
    assert "\n" not in str(caught.value)
    return str(caught.value)
