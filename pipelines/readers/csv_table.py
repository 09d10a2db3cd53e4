"""Tables of values (.csv, .tsv): one table, its cells as they are quoted in the file."""

from __future__ import annotations

import csv
import io

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.encoding import decode
from pipelines.readers.limits import MAX_CELLS, UnreadableError
from pipelines.readers.sheets import Sheet, SheetCell, add_sheets
from schemas import TextLayer

_SEPARATORS = ";\t,|"
_SAMPLE_LINES = 200


def read_csv(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a table of values; the separator (``;``, tab, ``,`` or ``|``) is the one that fits the lines.

    Raises: UnreadableError.
    """
    text = decode(data).lstrip("\ufeff")
    text, separator = _separator(text)
    cells: list[SheetCell] = []
    # A quotation mark that is never closed would swallow the rest; the csv module then says what is too long.
    limit = csv.field_size_limit(1_000_000)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            cells.extend(SheetCell(number, col, (("", value),)) for col, value in enumerate(row) if value.strip())
            if len(cells) > MAX_CELLS:
                raise UnreadableError(f"has more than {MAX_CELLS} cells; split it into reports")
    except csv.Error as error:
        raise UnreadableError(f"is no table of values that can be read ({error}); save it as .xlsx") from error
    finally:
        csv.field_size_limit(limit)
    builder = LayerBuilder()
    add_sheets(builder, [Sheet("", cells)])
    return builder.build(sha256=sha256, file=file, media_type="text/csv")


def _separator(text: str) -> tuple[str, str]:
    """The text without a line that names the separator (``sep=;``), and the separator."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first.strip()[4]
    lines = [line for line in text.split("\n")[:_SAMPLE_LINES] if line.strip()]
    return text, max(_SEPARATORS, key=lambda sign: _fit(lines, sign))


def _fit(lines: list[str], sign: str) -> tuple[float, int]:
    """How well a sign parts the lines: the share of them that it parts alike, then how often it stands there."""
    try:
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=sign)]
    except csv.Error:
        return 0.0, 0
    parted = [count for count in counts if count]
    if not parted:
        return 0.0, 0
    usual = max(set(parted), key=parted.count)
    return parted.count(usual) / len(counts), usual
