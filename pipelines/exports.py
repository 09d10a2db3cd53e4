"""Facts and tables as files: CSV, JSON lines, XLSX and Parquet, with a data dictionary.

CSV is UTF-8 as in RFC 4180; lists are joined by ``; ``. A text cell that a spreadsheet would run as a formula gets
an apostrophe in CSV and the apostrophe mark in XLSX; JSON lines and Parquet hold the values as they are.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

from pipelines.dictionary import EXPORT_TABLES, TABLE_COLUMNS, datasette_metadata, dictionary_rows
from pipelines.errors import UsageError
from schemas import RECORD_TYPES
from schemas.kinds import canonical_dictionary

if TYPE_CHECKING:
    import pandas as pd
    import xlsxwriter

    from pipelines.store import Store

Format = Literal["csv", "jsonl", "xlsx", "parquet"]
FORMATS: tuple[str, ...] = get_args(Format)

#: A cell that begins so may be run as a formula by a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Ends the name of a file that is not whole yet.
_PART = ".part"
_XLSX_ROWS = 1_048_576
_XLSX_CELL = 32_767
#: Pixels of a column at most: a quote takes the screen's width otherwise.
_XLSX_WIDEST = 360


def export_all(store: Store, directory: Path, format: str = "csv") -> list[Path]:
    """The files written: every table in a format, the dictionaries, the mapping and Datasette's ``metadata.json``.

    ``mapping.csv`` says of every record where it belongs in the canonical schema.

    XLSX is one workbook with a sheet a table, the other formats a file a table.

    Raises: UsageError where the format is unknown or the folder cannot be written.
    """
    check_format(format)
    frames = {name: table_frame(store, name) for name in EXPORT_TABLES}
    written: list[Path] = []
    with _plain_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
        if format == "xlsx":
            written.append(_write_workbook(frames, directory / "baocao.xlsx"))
        else:
            for name, frame in frames.items():
                path = directory / f"{name}.{format}"
                with _replaced(path) as stream:
                    _write(frame, stream, format, table=name)
                written.append(path)
        texts = {
            "data_dictionary.md": _dictionary_text(),
            "data_dictionary.csv": _dictionary_csv(),
            "canonical_dictionary.csv": _rows_csv(canonical_dictionary()),
            "mapping.csv": _rows_csv(_mapping_rows(store)),
            "metadata.json": json.dumps(datasette_metadata(store.name), ensure_ascii=False, indent=2) + "\n",
        }
        for file, text in texts.items():
            with _replaced(directory / file) as stream:
                stream.write(text.encode())
            written.append(directory / file)
    return written


def _mapping_rows(store: Store) -> list[dict[str, str]]:
    """Where each record belongs in the canonical schema, or why it is unmapped, with the nearest candidates."""
    from pipelines.reconcile.mapping import map_records

    return [
        {
            "record": found.record,
            "report": found.report,
            "kind": found.kind,
            "value": found.value,
            "term": found.term or "unmapped",
            "reason": found.reason or "",
            "candidates": "; ".join(found.candidates),
        }
        for found in map_records(store.report_facts())
    ]


def _rows_csv(rows: Sequence[dict[str, str]]) -> str:
    """Rows as CSV with a heading; nothing for none."""
    if not rows:
        return ""
    return _csv_text(list(rows[0]), iter([list(row.values()) for row in rows]))


def export_frame(frame: pd.DataFrame, target: Path | BinaryIO, format: str, *, table: str) -> None:
    """Write one table, as `Store.facts` gives it, to a file or a binary stream; ``table`` is its name.

    Raises: UsageError where the format is unknown, the file cannot be written or XLSX is too small.
    """
    check_format(format)
    if not isinstance(target, Path):
        _write(frame, target, format, table=table)
        return
    with _plain_errors(target), _replaced(target) as stream:
        _write(frame, stream, format, table=table)


def check_format(format: str) -> None:
    """Nothing where the format is known.

    Raises: UsageError where it is not.
    """
    if format not in FORMATS:
        raise UsageError(f"the format {format!r} is unknown; formats are {', '.join(FORMATS)}")


def table_frame(store: Store, name: str) -> pd.DataFrame:
    """One exported table: facts for a record type, else the table of the store."""
    frame = store.facts(name) if name in RECORD_TYPES else store.table(name)
    return frame[list(TABLE_COLUMNS[name])]


def _write(frame: pd.DataFrame, stream: BinaryIO, format: str, *, table: str) -> None:
    if format == "csv":
        stream.write(_csv_text(list(frame.columns), _rows(frame)).encode())
    elif format == "jsonl":
        kind = {"type": table} if table in RECORD_TYPES else {}
        for row in _rows(frame):
            line = kind | dict(zip(frame.columns, row, strict=True))
            stream.write((json.dumps(line, ensure_ascii=False) + "\n").encode())
    elif format == "parquet":
        _write_parquet(frame, stream)
    else:
        import xlsxwriter

        with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
            _add_sheet(book, table, frame)


def _rows(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """The rows as plain Python values: None for what is absent, whole numbers without a fraction."""
    import pandas as pd

    for row in frame.itertuples(index=False, name=None):
        yield [_value(value, pd) for value in row]


def _value(value: Any, pd: Any) -> Any:
    if isinstance(value, (str, list, dict)) or value is None:
        return value
    if pd.isna(value):
        return None
    number = value.item() if hasattr(value, "item") else value
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _cell(value: Any) -> str | int | float | None:
    """A value as a cell holds it: lists joined, mappings as JSON."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    plain: str | int | float | None = value
    return plain


def escape_formula(text: str) -> str:
    """The text, after an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv_text(columns: Sequence[str], rows: Iterator[list[Any]]) -> str:
    buffer = io.StringIO()
    # With both characters in the line end, a cell that holds either is quoted.
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = [_cell(value) for value in row]
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else cell for cell in cells])
    return buffer.getvalue()


def _write_parquet(frame: pd.DataFrame, stream: BinaryIO) -> None:
    import pyarrow
    import pyarrow.parquet

    arrays = []
    for name in frame.columns:
        values = list(frame[name])
        if frame[name].dtype != object:
            arrays.append(pyarrow.Array.from_pandas(frame[name]))
        elif all(value is None or isinstance(value, list) for value in values):
            arrays.append(pyarrow.array(values, type=pyarrow.list_(pyarrow.string())))
        else:
            texts = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
            arrays.append(pyarrow.array(texts, type=pyarrow.string()))
    pyarrow.parquet.write_table(pyarrow.table(arrays, names=list(frame.columns)), stream)


def _write_workbook(frames: dict[str, pd.DataFrame], path: Path) -> Path:
    import xlsxwriter

    with _replaced(path) as stream, xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
        for name, frame in frames.items():
            _add_sheet(book, name, frame)
    return path


def _add_sheet(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame) -> None:
    """A sheet with a heading that stays in view and a filter. Texts are written as texts, never as formulas."""
    if len(frame) >= _XLSX_ROWS:
        raise UsageError(f"{name} has {len(frame)} rows and XLSX holds {_XLSX_ROWS}; take csv or parquet")
    sheet = book.add_worksheet(name)
    heading, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, frame.columns, heading)
    for number, row in enumerate(_rows(frame), start=1):
        for column, value in enumerate(row):
            cell = _cell(value)
            if isinstance(cell, str):
                shown = cell if len(cell) <= _XLSX_CELL else cell[: _XLSX_CELL - 1] + "…"
                sheet.write_string(number, column, shown, quoted if cell.startswith(_FORMULA_STARTS) else None)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    if len(frame.columns):
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
        sheet.autofit(_XLSX_WIDEST)


def _dictionary_csv() -> str:
    rows = dictionary_rows()
    return _csv_text(list(rows[0]), iter([list(row.values()) for row in rows]))


def _dictionary_text() -> str:
    """The data dictionary as Markdown, a table of fields a table of data."""
    lines = ["# Data dictionary"]
    table = None
    for row in dictionary_rows():
        if row["table"] != table:
            table = row["table"]
            lines += [
                "",
                f"## {table}",
                "",
                row["about"],
                "",
                "| field | type | values | meaning |",
                "| --- | --- | --- | --- |",
            ]
        cells = (row["field"], row["type"], row["values"], row["description"])
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


@contextmanager
def _replaced(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content takes the place of the file once it is whole."""
    part = path.with_name(f"{path.name}{_PART}")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        named = str(error.filename or path).removesuffix(_PART)
        raise UsageError(f"{named}: cannot be written ({reason}); name another place") from error
