"""The ``baocao`` command."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, Any

import typer

from pipelines.cli import data, entities, evaluating, explore, extract, ingest, review
from pipelines.cli.output import DEBUG_VARIABLE, complain

app = typer.Typer(
    name="baocao",
    help="Facts out of Vietnamese education reports, each with its passage, and what does not add up in them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 all done; 1 the job failed; 2 wrong usage; 3 done, but some files failed (listed).",
)


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Print the traceback of errors; goes anywhere.")] = False,
) -> None:
    """See ``app``: Typer shows its help."""


app.command(epilog=extract.EXAMPLE)(extract.extract)
app.command(epilog=ingest.INGEST_EXAMPLE)(ingest.ingest)
app.command(epilog=review.AUDIT_EXAMPLE)(review.audit)
app.command(epilog=review.VERDICT_EXAMPLE)(review.verdict)
app.command(epilog=data.FACTS_EXAMPLE)(data.facts)
app.command(epilog=data.ENTITIES_EXAMPLE)(data.entities)
app.command(epilog=entities.MERGE_EXAMPLE)(entities.merge)
app.command(epilog=entities.SPLIT_EXAMPLE)(entities.split)
app.command(epilog=data.EXPORT_EXAMPLE)(data.export)
app.command(epilog=data.SCHEMA_EXAMPLE)(data.schema)
app.command(epilog=explore.EXAMPLE)(explore.explore)
app.command(epilog=ingest.SCHEDULE_EXAMPLE)(ingest.schedule)
app.command(epilog=evaluating.EXAMPLE)(evaluating.evaluate)
app.command(epilog=data.STATUS_EXAMPLE)(data.status)


def main() -> None:
    """Run the command of ``sys.argv``; ends the process with its exit code."""
    arguments = sys.argv[1:]
    if "--debug" in arguments:
        os.environ[DEBUG_VARIABLE] = "1"
        arguments = [argument for argument in arguments if argument != "--debug"]
    for stream in (sys.stdout, sys.stderr):
        # JSON lines are UTF-8 whatever the terminal's locale is.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(arguments, prog_name="baocao", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        code = _complain_of_usage(error)
    sys.exit(code)


def _complain_of_usage(error: Any) -> int:
    """Tell in one sentence what is wrong with a command line; the exit code. Typer would draw a box of five lines."""
    said = " ".join(error.format_message().split()).replace("Value error, ", "").rstrip(".")
    context = getattr(error, "ctx", None)
    if context is None or not said:
        error.show()  # without any argument it is the help
        return int(error.exit_code)
    complain(f"{said[0].upper()}{said[1:]}; `{context.command_path} --help` shows what there is, with an example")
    return int(error.exit_code)


if __name__ == "__main__":
    main()
