"""What a run of extraction found in some reports: now, in a saved file, or at a revision of the repository."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.evaluate.compare import Row

#: A report: where it is, and the name that goes with its records.
Source = tuple[Path, str]

_FORMAT = "baocao-run-1"
_ROOT = Path(__file__).resolve().parents[2]
_ROOMS = ("schemas", "extractors", "pipelines")
# Runs in a folder that holds the older rooms, which therefore win over the installed ones.
_SCRIPT = """
import json, sys
from pathlib import Path
from extractors import extract
from pipelines.readers import read
for line in sys.stdin:
    path, name = json.loads(line)
    rows = [record.model_dump(mode="json") for record in extract(read(Path(path), name))]
    print(json.dumps([name, rows]))
"""


@dataclass(frozen=True)
class Run:
    """The records of each report, as JSON rows, by the report's name. ``name`` says where they come from."""

    name: str
    records: Mapping[str, Sequence[Row]]


def run_now(sources: Sequence[Source]) -> Run:
    """The records that the extractors find now.

    Raises: ReadError for a report that cannot be read.
    """
    from extractors import extract
    from pipelines.readers import read

    return Run(
        "now",
        {name: [record.model_dump(mode="json") for record in extract(read(path, name))] for path, name in sources},
    )


def run_json(run: Run) -> str:
    """A run as the text of a file that `load_run` reads."""
    rows = {"format": _FORMAT, "reports": run.records}
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def earlier_run(file_or_revision: str, sources: Sequence[Source]) -> Run:
    """The saved run of that file where there is one, else what the repository's revision of that name finds.

    Raises: UsageError where it is neither, or the revision cannot be run.
    """
    path = Path(file_or_revision)
    return load_run(path) if path.is_file() else run_at_revision(file_or_revision, sources)


def load_run(path: Path) -> Run:
    """A run that was saved.

    Raises: UsageError for a file that holds none.
    """
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: is no saved run ({error}); make one with baocao evaluate --save") from error
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise UsageError(f"{path}: is no saved run; make one with baocao evaluate --save")
    return Run(str(path), content["reports"])


def run_at_revision(revision: str, sources: Sequence[Source], *, root: Path = _ROOT) -> Run:
    """What the readers and extractors of a git revision of the project find, run in a temporary copy.

    Raises: UsageError outside a repository, for a revision that it does not know, and where the
    older program fails.
    """
    name = _resolve(revision, root)
    archive = _git(root, "archive", "--format=tar", name, "--", *_ROOMS)
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        asked = "".join(json.dumps([str(path.resolve()), name]) + "\n" for path, name in sources)
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT], cwd=folder, input=asked, capture_output=True, text=True, encoding="utf-8"
        )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise UsageError(f"{revision}: its extraction does not run here ({reason}); name another revision or saved run")
    return Run(f"{revision} ({name[:10]})", dict(json.loads(line) for line in done.stdout.splitlines()))


def _resolve(revision: str, root: Path) -> str:
    """The full name of a revision."""
    try:
        top = _git(root, "rev-parse", "--show-toplevel").decode().strip()
    except UsageError as error:
        raise UsageError(
            f"{revision}: is no file, and the program at {root} is in no git repository whose revision it could be; "
            "give a run saved with --save"
        ) from error
    try:
        return _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except UsageError as error:
        raise UsageError(
            f"{revision}: is neither a saved run nor a revision of {top}; give a file written with --save, or a commit"
        ) from error


def _git(root: Path, *arguments: str) -> bytes:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise UsageError("git: is not installed, so no revision can be run; give a run saved with --save") from error
    except subprocess.CalledProcessError as error:
        raise UsageError(error.stderr.decode(errors="replace").strip() or "git failed") from error
