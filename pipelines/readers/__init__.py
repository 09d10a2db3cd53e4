"""Bytes to text layers. `read` is all that other rooms need; each format has a file of its own."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from pipelines.errors import ReadError
from pipelines.readers.limits import MAX_BINARY_BYTES, MAX_CHARACTERS, MAX_TEXT_BYTES, UnreadableError, megabytes
from pipelines.readers.lost_letters import with_lost_letters
from pipelines.readers.old_encodings import looks_garbled
from pipelines.readers.sniff import HEAD_BYTES, Format, sniff
from schemas import TextLayer

__all__ = ["file_digest", "file_on_disk", "find_files", "read"]

_TEXTS = frozenset({"text", "markdown", "html", "csv"})
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_REASONS = {
    errno.ENOENT: "does not exist; check the path",
    errno.ENOTDIR: "does not exist; check the path",
    errno.EACCES: "may not be read by this user; change its permissions",
    errno.EPERM: "may not be read by this user; change its permissions",
    errno.ENAMETOOLONG: "has too long a name",
    errno.ELOOP: "is a link that leads to itself",
}


def read(path: Path, name: str | None = None) -> TextLayer:
    """The text layer of a file, whose format is told by its content; ``archive.zip/member`` is one of an archive.

    Letters of encodings of before Unicode are mapped, and those that an earlier conversion lost put
    back; a text that stays garbled is refused. ``name`` is what the layer and every message call the
    file; the path itself if None.

    Raises: ReadError, whose text is one sentence that names the file and the way out.
    """
    # A name that is not UTF-8 cannot be stored or printed; the path itself is used for opening.
    file = (name or str(path)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    data, kind = _load(path, file)
    try:
        layer = _reader(kind)(data, sha256=hashlib.sha256(data).hexdigest(), file=file)
    except UnreadableError as error:
        raise ReadError(file, str(error)) from error
    if not layer.text.strip():
        raise ReadError(file, "is empty; there is nothing to read")
    if looks_garbled(layer.text):
        raise ReadError(
            file, "has letters in an encoding of before Unicode that is not known; save it as Unicode first"
        )
    if len(layer.text) > MAX_CHARACTERS:
        raise ReadError(file, f"holds {len(layer.text)} characters, more than {MAX_CHARACTERS}; split it into reports")
    return with_lost_letters(layer)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: each path once, folders walked through in sorted order.

    An archive (``.zip``) stands for the files in it. Hidden files, the lock files of office
    programs (``~$…``) and files that systems leave behind are skipped inside folders. A path that
    does not exist, a folder that may not be listed and an archive that cannot be opened are
    given back as they are, so that reading them says what is wrong.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _walk(path) if path.is_dir() else [path]:
            found.update(dict.fromkeys(_unpacked(file)))
    return list(found)


def _unpacked(path: Path) -> list[Path]:
    """The files in an archive; the file itself where it is none or cannot be opened."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return [path]
    from pipelines.readers.archives import find_members

    try:
        return find_members(path) or [path]
    except UnreadableError:
        return [path]  # reading it will say what is wrong


def file_digest(path: Path) -> str | None:
    """The SHA-256 of a file's bytes, of one in an archive too; None where it cannot be read."""
    try:
        if (member := _member(path)) is not None:
            return hashlib.sha256(member).hexdigest()
        status = path.stat()
        # What is larger than any report is not read; nor are its gigabytes hashed.
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BINARY_BYTES:
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError, KeyError, UnreadableError):
        return None


def file_on_disk(path: Path) -> Path:
    """The file that holds a report: the archive of one in an archive, else the path itself."""
    if not _may_be_member(path):
        return path
    from pipelines.readers.archives import split

    place = split(path)
    return path if place is None else place[0]


def _may_be_member(path: Path) -> bool:
    return any(above.suffix.lower() == ".zip" for above in path.parents)


def _member(path: Path) -> bytes | None:
    """The bytes of a file in an archive; None of an ordinary path. Raises: UnreadableError, KeyError, OSError."""
    if not _may_be_member(path):
        return None
    from pipelines.readers.archives import read_member, split

    place = split(path)
    return None if place is None else read_member(*place)


def _walk(folder: Path) -> list[Path]:
    files: list[Path] = []

    def unlistable(error: OSError) -> None:
        files.append(Path(error.filename))

    for root, folders, names in os.walk(folder, onerror=unlistable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files.extend(Path(root, name) for name in names if not _is_left_behind(name))
    return sorted(files)


def _is_left_behind(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES


def _load(path: Path, file: str) -> tuple[bytes, Format]:
    """The bytes of a regular file within its format's limit, and the format.

    Raises: ReadError.
    """
    try:
        if (member := _member(path)) is not None:
            return member, sniff(member[:HEAD_BYTES], path.suffix.lower())
        _check_archive(path)
        with open(path, "rb", opener=_open_without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ReadError(file, "is no regular file; give a report or a folder of reports")
            head = stream.read(HEAD_BYTES)
            kind = sniff(head, path.suffix.lower())
            limit = MAX_TEXT_BYTES if kind in _TEXTS else MAX_BINARY_BYTES
            if status.st_size > limit:
                raise ReadError(file, f"is too large ({megabytes(status.st_size)}, limit {megabytes(limit)}); split it")
            # One byte more than allowed shows a file that grows while it is read.
            data = head + stream.read(limit + 1 - len(head))
            after = os.fstat(stream.fileno())
    except OSError as error:
        if error.errno == errno.EISDIR:
            raise ReadError(file, "is a folder; give a report in it") from error
        reason = _REASONS.get(error.errno or 0, f"cannot be read ({error.strerror}); check the disk")
        raise ReadError(file, reason) from error
    except KeyError as error:
        raise ReadError(file, "does not exist in its archive; check the path") from error
    except ValueError as error:  # a NUL in the path
        raise ReadError(file, "is no valid path") from error
    except UnreadableError as error:
        raise ReadError(file, str(error)) from error
    if not data:
        raise ReadError(file, "is empty; there is nothing to read")
    if len(data) > limit:
        raise ReadError(file, f"grew beyond {megabytes(limit)} while it was read; try again when it is complete")
    if (status.st_size, status.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError(file, "changed while it was read; try again when it is complete")
    return data, kind


def _check_archive(path: Path) -> None:
    """Raises: UnreadableError where the file is an archive whose members cannot be given."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return
    from pipelines.readers.archives import find_members

    if find_members(path):
        raise UnreadableError("is an archive; give the files in it")


def _open_without_waiting(path: str, flags: int) -> int:
    # Without O_NONBLOCK, opening a named pipe waits for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


#: Where the reader of each format is. They are imported when needed, so that a text costs no library of others.
_READERS: dict[Format, tuple[str, str]] = {
    "ole": ("ole", "read_ole"),
    "zip": ("container", "read_container"),
    "pdf": ("pdf", "read_pdf"),
    "image": ("image", "read_image"),
    "rtf": ("rtf", "read_rtf"),
    "html": ("html", "read_html"),
    "mhtml": ("mhtml", "read_mhtml"),
    "csv": ("csv_table", "read_csv"),
    "markdown": ("text", "read_markdown"),
    "text": ("text", "read_text"),
}


def _reader(kind: Format) -> Callable[..., TextLayer]:
    """The reader of a format."""
    module, function = _READERS[kind]
    reader: Callable[..., TextLayer] = getattr(import_module(f"pipelines.readers.{module}"), function)
    return reader
