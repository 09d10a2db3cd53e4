"""Bytes to text layers. `read` is all that other rooms need; each format has a file of its own."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from pipelines.errors import ReadError
from pipelines.readers.limits import MAX_BINARY_BYTES, MAX_CHARACTERS, MAX_TEXT_BYTES, UnreadableError, megabytes
from pipelines.readers.sniff import HEAD_BYTES, Format, sniff
from schemas import TextLayer

__all__ = ["find_files", "read"]

_MARKDOWN = frozenset({".md", ".markdown"})
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
    """The text layer of a file: txt, md, html, docx or a PDF with text, told by its content.

    ``name`` is what the layer and every message call the file; the path itself if None.

    Raises: ReadError, whose text is one sentence that names the file and the way out.
    """
    # A name that is not UTF-8 cannot be stored or printed; the path itself is used for opening.
    file = (name or str(path)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    data, kind = _load(path, file)
    try:
        layer = _reader(kind, path.suffix.lower())(data, sha256=hashlib.sha256(data).hexdigest(), file=file)
    except UnreadableError as error:
        raise ReadError(file, str(error)) from error
    if not layer.text.strip():
        raise ReadError(file, "is empty; there is nothing to read")
    if len(layer.text) > MAX_CHARACTERS:
        raise ReadError(file, f"holds {len(layer.text)} characters, more than {MAX_CHARACTERS}; split it into reports")
    return layer


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: each path once, folders walked through in sorted order.

    Hidden files, the lock files of office programs (``~$…``) and files that systems leave behind
    are skipped inside folders. A path that does not exist and a folder that may not be listed are
    given back as they are, so that reading them says what is wrong.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path)))
        else:
            found[path] = None
    return list(found)


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
        with open(path, "rb", opener=_open_without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ReadError(file, "is no regular file; give a report or a folder of reports")
            head = stream.read(HEAD_BYTES)
            kind = sniff(head, path.suffix.lower())
            limit = MAX_TEXT_BYTES if kind in {"text", "html"} else MAX_BINARY_BYTES
            if status.st_size > limit:
                raise ReadError(file, f"is too large ({megabytes(status.st_size)}, limit {megabytes(limit)}); split it")
            # One byte more than allowed shows a file that grows while it is read.
            data = head + stream.read(limit + 1 - len(head))
    except OSError as error:
        if error.errno == errno.EISDIR:
            raise ReadError(file, "is a folder; give a report in it") from error
        reason = _REASONS.get(error.errno or 0, f"cannot be read ({error.strerror}); check the disk")
        raise ReadError(file, reason) from error
    except ValueError as error:  # a NUL in the path
        raise ReadError(file, "is no valid path") from error
    except UnreadableError as error:
        raise ReadError(file, str(error)) from error
    if not data:
        raise ReadError(file, "is empty; there is nothing to read")
    if len(data) > limit:
        raise ReadError(file, f"grew beyond {megabytes(limit)} while it was read; try again when it is complete")
    return data, kind


def _open_without_waiting(path: str, flags: int) -> int:
    # Without O_NONBLOCK, opening a named pipe waits for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _reader(kind: Format, suffix: str) -> Callable[..., TextLayer]:
    """The reader of a format. Imports stand here, so that a text costs no PDF or docx library."""
    if kind == "ole":
        from pipelines.readers.ole import refuse_ole

        return refuse_ole
    if kind == "zip":
        from pipelines.readers.docx import read_docx

        return read_docx
    if kind == "pdf":
        from pipelines.readers.pdf import read_pdf

        return read_pdf
    if kind == "html":
        from pipelines.readers.html import read_html

        return read_html
    from pipelines.readers.text import read_markdown, read_text

    return read_markdown if suffix in _MARKDOWN else read_text
