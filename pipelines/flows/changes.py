"""What has to be done for a set of paths: which files are new, changed, as before, or gone."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.extraction import display_name
from pipelines.readers import file_digest, file_on_disk, find_files
from pipelines.store import ReportState

#: Statuses of a file that the store holds and that is still in its place.
_PRESENT = frozenset({"new", "unchanged", "changed"})


@dataclass(frozen=True)
class Changes:
    """The files of a run. ``unchanged`` maps each such file to its report; ``waiting`` are still being written.

    ``outdated`` are files whose bytes are known and whose records another version of the extraction made.
    """

    new: tuple[Path, ...]
    changed: tuple[Path, ...]
    outdated: tuple[Path, ...]
    unchanged: Mapping[str, str]
    vanished: tuple[str, ...]
    waiting: tuple[Path, ...]

    @property
    def found(self) -> set[str]:
        """The names of all files that are there."""
        return {*self.unchanged, *(display_name(path) for path in (*self.to_do, *self.waiting))}

    @property
    def to_do(self) -> tuple[Path, ...]:
        """The files to read and extract."""
        return self.new + self.changed + self.outdated


def find_changes(
    paths: Sequence[Path], states: Mapping[str, ReportState], *, version: str, settle_seconds: float = 0.0
) -> Changes:
    """What the files under the paths are to a store with these states.

    A file that cannot be read counts as new, so that reading it says what is wrong. With
    ``settle_seconds`` a file whose size or time changed within them is left for the next run.
    """
    before = _statuses(find_files(paths)) if settle_seconds else {}
    if before:
        time.sleep(settle_seconds)
    found = find_files(paths)
    after = _statuses(found)
    versions = {state.report: state.version for state in states.values()}
    groups: dict[str, list[Path]] = {"new": [], "changed": [], "outdated": [], "waiting": []}
    unchanged: dict[str, str] = {}
    for path in found:
        name = display_name(path)
        if settle_seconds and before.get(path) != after.get(path):
            groups["waiting"].append(path)
            continue
        digest = file_digest(path)
        state = states.get(name)
        if digest is not None and versions.get(digest) == version and (state is None or state.report == digest):
            # A new path of known content has nothing to extract either.
            unchanged[name] = digest
        elif state is None or digest is None:
            groups["new"].append(path)
        else:
            groups["outdated" if state.report == digest else "changed"].append(path)
    vanished = _vanished(paths, states, {display_name(path) for path in found})
    return Changes(**{key: tuple(value) for key, value in groups.items()}, unchanged=unchanged, vanished=vanished)


def _vanished(paths: Sequence[Path], states: Mapping[str, ReportState], found: set[str]) -> tuple[str, ...]:
    """The stored files of these folders that are no longer in them."""
    present = [file for file, state in states.items() if state.status in _PRESENT]
    return tuple(gone_from(paths, present, found))


def gone_from(paths: Sequence[Path], files: Iterable[str], found: set[str]) -> list[str]:
    """Those of the files that belong to the folders among the paths and are no longer found in them."""
    folders = [path for path in paths if path.is_dir()]
    return [file for file in files if file not in found and any(Path(file).is_relative_to(f) for f in folders)]


def _statuses(paths: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Size and time of last change in nanoseconds of the files that can be asked."""
    found: dict[Path, tuple[int, int]] = {}
    for path in paths:
        try:
            status = file_on_disk(path).stat()
        except (OSError, ValueError):
            continue  # reading it will say why
        found[path] = status.st_size, status.st_mtime_ns
    return found
