"""``baocao merge`` and ``baocao split``: a person's word on what is one and what is not."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli.options import StoreUrl
from pipelines.cli.output import command, json_line
from pipelines.errors import UsageError
from pipelines.stores import DEFAULT_STORE, open_store

MERGE_EXAMPLE = "Example: baocao merge person-1f… person-9a… --by 'Lê Thị Mai' --note 'đã hỏi hai phòng'"
SPLIT_EXAMPLE = "Example: baocao split school-3f… bao-cao-2021.docx --by 'Lê Thị Mai' --note 'trường khác huyện'"

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")]


@command
def merge(
    left: Annotated[str, typer.Argument(metavar="A", help="An entity, as `baocao entities` prints its id.")],
    right: Annotated[str, typer.Argument(metavar="B", help="Another of the same kind.")],
    by: By,
    note: Note,
    undo: Annotated[bool, typer.Option("--undo", help="Take the merge back.")] = False,
    store: StoreUrl = DEFAULT_STORE,
) -> None:
    """Make two entities one, for good: the older id stays and the other leads to it."""
    from pipelines import correct

    _check(by, note)
    opened = open_store(store)
    if undo:
        count = correct.undo(opened, left, [right], by=by.strip(), note=note.strip())
        typer.echo(f"{count} judgements taken back", err=True)
        return
    merged = correct.merge(opened, left, right, by=by.strip(), note=note.strip())
    typer.echo(json_line(merged.model_dump(mode="json")), nl=False)


@command
def split(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="An entity, as `baocao entities` prints its id.")],
    reports: Annotated[list[str], typer.Argument(metavar="REPORT...", help="Reports by file name or id.")],
    by: By,
    note: Note,
    undo: Annotated[bool, typer.Option("--undo", help="Take the split back.")] = False,
    store: StoreUrl = DEFAULT_STORE,
) -> None:
    """Make an entity's mentions in some of its reports an entity of their own, for good."""
    from pipelines import correct

    _check(by, note)
    opened = open_store(store)
    if undo:
        names = correct.report_ids(opened, reports)
        count = correct.undo(opened, entity, names, by=by.strip(), note=note.strip())
        typer.echo(f"{count} judgements taken back", err=True)
        return
    part = correct.split(opened, entity, reports, by=by.strip(), note=note.strip())
    typer.echo(json_line(part.model_dump(mode="json")), nl=False)


def _check(by: str, note: str) -> None:
    if not by.strip() or not note.strip():
        raise UsageError("--by and --note must say who decides and why")
