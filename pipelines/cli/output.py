"""What commands have in common: errors in one sentence, exit codes, and where output goes."""

from __future__ import annotations

import contextlib
import functools
import os
import shlex
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TextIO

import typer

from pipelines.errors import BaocaoError, UsageError
from pipelines.stores import default_store

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.extraction import Failure
    from schemas import Record

Parameters = ParamSpec("Parameters")

DONE, JOB_FAILED, WRONG_USAGE, FILES_FAILED = 0, 1, 2, 3
DEBUG_VARIABLE = "BAOCAO_DEBUG"


class OutputError(BaocaoError):
    """A result cannot be written where it should go."""


def command(function: Callable[Parameters, int | None]) -> Callable[Parameters, None]:
    """The function as a command: what it returns is the exit code (None is 0), errors become a sentence."""

    @functools.wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        raise typer.Exit(_exit_code(functools.partial(function, *args, **kwargs)))

    return run


def _exit_code(function: Callable[[], int | None]) -> int:
    try:
        code = function()
        sys.stdout.flush()
        return code or DONE
    except BrokenPipeError:
        # Whoever read the output has enough (`| head`). Python must not try to flush it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        complain("Interrupted; what was stored is kept, and the same command does the rest.")
        return JOB_FAILED
    except UsageError as error:
        complain(str(error), error)
        return WRONG_USAGE
    except BaocaoError as error:
        complain(str(error), error)
        return JOB_FAILED
    except Exception as error:  # noqa: BLE001 - told in one sentence; --debug shows the traceback
        complain(f"{_where(error)}{type(error).__name__}: {error}; please report this with what --debug prints", error)
        return JOB_FAILED


def _where(error: Exception) -> str:
    """The file that an operating system error is about, as the beginning of a sentence."""
    file = getattr(error, "filename", None)
    return f"{file}: " if isinstance(file, str | Path) else ""


def is_debugging() -> bool:
    """Whether the user asked for tracebacks."""
    return bool(os.environ.get(DEBUG_VARIABLE))


def complain(message: str, error: BaseException | None = None) -> None:
    """Print one sentence on stderr, after the traceback where the user asked for it."""
    if error is not None and is_debugging():
        traceback.print_exception(error, file=sys.stderr)
    with contextlib.suppress(BrokenPipeError):
        print(printable(" ".join(message.split())), file=sys.stderr, flush=True)


def report_failures(failures: Iterable[Failure]) -> int:
    """List failed files on stderr; the exit code."""
    code = DONE
    for failure in failures:
        code = FILES_FAILED
        if failure.details and is_debugging():
            print(failure.details, file=sys.stderr)
        complain(failure.message)
    return code


def printable(text: str) -> str:
    """The text without characters that steer a terminal: a report is hostile until shown otherwise."""
    return "".join(char if char.isprintable() or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in text)


def console(*, stderr: bool = False) -> Console:
    """A console that takes text as it is, with room for tables where the output is no terminal."""
    from rich.console import Console

    plain = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not plain.is_terminal and not stderr and "COLUMNS" not in os.environ:
        plain.width = 160
    return plain


@contextlib.contextmanager
def text_output(out: Path | None) -> Iterator[TextIO]:
    """Where a textual result goes: stdout, or a file that appears when it is complete.

    Raises: OutputError where the file cannot be written.
    """
    if out is None:
        yield sys.stdout
        return
    with binary_output(out) as path, path.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream


@contextlib.contextmanager
def binary_output(out: Path) -> Iterator[Path]:
    """A path to write to that takes the place of ``out`` when the block ends without an error.

    Raises: OutputError where the folder or file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=out.suffix, dir=out.parent)
        os.close(handle)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror}); name another file with --out") from error
    path = Path(name)
    try:
        yield path
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)  # mkstemp leaves the file to its owner alone
        path.replace(out)
    except IsADirectoryError as error:
        raise OutputError(f"{out}: is a folder; name a file with --out") from error
    finally:
        path.unlink(missing_ok=True)


def store_option(url: str) -> str:
    """`` --store URL`` as it is typed, empty where it is what the command would take anyway."""
    return "" if url == default_store() else f" --store {shlex.quote(url)}"


def check_choice(value: str, choices: Iterable[str], what: str) -> str:
    """The value.

    Raises: UsageError where it is not among the choices.
    """
    known = list(choices)
    if value not in known:
        raise UsageError(f"{value!r} is no {what}; choose one of {', '.join(known)}")
    return value


def record_row(record: Record) -> dict[str, Any]:
    """A record as it is printed: what it is, its fields, and last how it is known."""
    row = record.model_dump(mode="json")
    last = {name: row.pop(name) for name in ("confidence", "evidence")}
    return {"type": row.pop("type"), **row, **last}


def json_line(row: dict[str, Any]) -> str:
    """One line of JSON with its characters as they are."""
    import json

    return json.dumps(row, ensure_ascii=False) + "\n"
