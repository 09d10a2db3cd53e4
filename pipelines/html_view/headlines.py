"""What a record is in one line, in Vietnamese."""

from __future__ import annotations

from functools import singledispatch

from pipelines.html_view.labels import show, show_date, show_number
from schemas import Award, Citation, Official, Record, Report, School, Statistic


@singledispatch
def headline(record: Record) -> str:
    """The record in one line: who, what, how many."""
    raise TypeError(f"no headline for records of type {record.type}")


@headline.register
def _(record: Report) -> str:
    return record.title or record.number or record.file


@headline.register
def _(record: Official) -> str:
    return f"{record.person} – {record.post}"


@headline.register
def _(record: School) -> str:
    return record.name


@headline.register
def _(record: Award) -> str:
    count = f"{show_number(record.count)} × " if record.count is not None else ""
    what = record.title or f"{show('kind', record.kind)} {show('prize', record.prize)}".strip()
    return " – ".join(part for part in (f"{count}{what}", record.contest, record.recipient) if part)


@headline.register
def _(record: Statistic) -> str:
    number = show_number(record.value)
    if record.aspect == "change" and record.value > 0:
        number = f"+{number}"
    if record.value_to is not None:
        number += f"–{show_number(record.value_to)}"
    if record.of is not None:
        number += f"/{show_number(record.of)}"
    unit = record.unit or ""
    return f"{number}{'' if unit == '%' else ' '}{unit} – {record.indicator}".replace("  ", " ")


@headline.register
def _(record: Citation) -> str:
    date = f"({show_date(record.date)})" if record.date else None
    return " ".join(part for part in (record.doc_type, record.number or record.subject, date) if part)
