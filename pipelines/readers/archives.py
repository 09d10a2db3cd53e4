"""Zip archives of reports: each member is a report of its own, named ``archive.zip/member``.

Such a name is no path on any disk. It is made and resolved here only, from names that were cleaned
of whatever leads out of the archive.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from pipelines.readers.limits import (
    MAX_BINARY_BYTES,
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_DEPTH,
    MAX_ZIP_ENTRIES,
    RATIO_FLOOR_BYTES,
    UnreadableError,
    megabytes,
)

SUFFIX = ".zip"
#: Bytes of the list of members: what a hundred thousand of them would take.
_MAX_DIRECTORY_BYTES = 20_000_000
_END = b"PK\x05\x06"
#: Parts by which a zip is a document and no archive.
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


def is_archive_name(path: Path) -> bool:
    """Whether a file is to be looked into: other zips are documents."""
    return path.suffix.lower() == SUFFIX


def find_members(path: Path) -> list[Path]:
    """The reports in an archive, archives in it opened too: sorted, without hidden files and folders.

    It is empty where the file is a document that happens to be named ``.zip``.

    Raises: UnreadableError where the archive is damaged, or has more or larger members than is safe.
    """
    found: list[Path] = []
    budget = [MAX_ZIP_ENTRIES, MAX_UNPACKED_BYTES]
    try:
        with path.open("rb") as stream:
            if not path.is_file():
                raise UnreadableError("is no regular file; give a report or a folder of reports")
            found.extend(_members(stream, path, budget, depth=1))
    except _ERRORS as error:
        raise UnreadableError(
            "is damaged or cut short and cannot be opened as a zip archive; fetch it again"
        ) from error
    return sorted(found)


def split(path: Path) -> tuple[Path, tuple[str, ...]] | None:
    """The archive on disk and the names that lead to a member, one for each archive; None of an ordinary path."""
    for above in path.parents:
        if is_archive_name(above) and above.is_file():
            inner: list[str] = []
            parts: list[str] = []
            for part in path.relative_to(above).parts:
                parts.append(part)
                if part.lower().endswith(SUFFIX):
                    inner.append("/".join(parts))
                    parts = []
            if parts:
                inner.append("/".join(parts))
            return above, tuple(inner)
    return None


def read_member(archive: Path, names: tuple[str, ...]) -> bytes:
    """The bytes of a member. Raises: UnreadableError; KeyError where there is none of that name; OSError."""
    with archive.open("rb") as stream:
        data = _read(stream, names[0])
    for name in names[1:]:
        data = _read(io.BytesIO(data), name)
    return data


def _members(stream: IO[bytes], name: Path, budget: list[int], depth: int) -> Iterator[Path]:
    """The members of one archive. ``budget`` is how many members and unpacked bytes are left.

    Raises: UnreadableError.
    """
    with _open(stream) as package:
        if depth == 1 and _DOCUMENT_PARTS & set(package.namelist()):
            return
        for member, entry in _named(package).items():
            budget[0] -= 1
            if budget[0] < 0:
                raise UnreadableError(f"holds more than {MAX_ZIP_ENTRIES} files; unpack it and give the files in it")
            path = name / member
            if not is_archive_name(path) or depth >= MAX_ZIP_DEPTH or entry.flag_bits & 1:
                yield path
                continue
            budget[1] -= entry.file_size
            if budget[1] < 0:
                size = megabytes(MAX_UNPACKED_BYTES)
                raise UnreadableError(f"holds archives that unpack to more than {size}; unpack it and give its files")
            inner = io.BytesIO(_content(package, entry))
            try:
                yield from _members(inner, path, budget, depth + 1)
            except _ERRORS:
                yield path  # reading it will say what is wrong


def _open(stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive. Raises: UnreadableError where its list of members is larger than any; one of `_ERRORS`."""
    stream.seek(0, io.SEEK_END)
    size = stream.tell()
    stream.seek(max(size - 65_557, 0))
    tail = stream.read()
    at = tail.rfind(_END)
    if at >= 0 and len(tail) >= at + 16:
        listed = struct.unpack_from("<I", tail, at + 12)[0]
        if listed > _MAX_DIRECTORY_BYTES:
            raise UnreadableError(f"holds more than {MAX_ZIP_ENTRIES} files; unpack it and give the files in it")
    stream.seek(0)
    return zipfile.ZipFile(stream)


def _named(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by names that are safe and tell them apart."""
    named: dict[str, zipfile.ZipInfo] = {}
    for entry in package.infolist():
        # A name may be absolute, climb out of the archive, or hold what no path may.
        raw = PurePosixPath(entry.filename.replace("\\", "/").replace("\0", "_"))
        parts = [part for part in raw.parts if part not in ("/", "..", ".", "")]
        # A member without a name is none, and `is_dir` would look at its last letter.
        if not parts or entry.is_dir() or any(_is_left_behind(part) for part in parts):
            continue
        name = "/".join(parts)
        number = 2
        while name in named:
            last = PurePosixPath(parts[-1])
            name = "/".join([*parts[:-1], f"{last.stem} ({number}){last.suffix}"])
            number += 1
        named[name] = entry
    return named


def _is_left_behind(part: str) -> bool:
    return part.startswith((".", "~$", "__MACOSX")) or part.lower() in ("thumbs.db", "desktop.ini")


def _read(stream: IO[bytes], name: str) -> bytes:
    try:
        with _open(stream) as package:
            return _content(package, _named(package)[name])
    except _ERRORS as error:
        raise UnreadableError("is damaged in its archive and cannot be unpacked; fetch the archive again") from error


def _content(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a member. Raises: UnreadableError; one of `_ERRORS`."""
    if entry.flag_bits & 1:
        raise UnreadableError("is protected with a password in its archive; unpack the archive and give the file")
    if entry.file_size > MAX_BINARY_BYTES:
        raise UnreadableError(
            f"is too large ({megabytes(entry.file_size)}, limit {megabytes(MAX_BINARY_BYTES)}); split it"
        )
    if entry.file_size > RATIO_FLOOR_BYTES and entry.file_size > MAX_UNPACK_RATIO * max(entry.compress_size, 1):
        raise UnreadableError(f"unpacks to {megabytes(entry.file_size)}, which no report does; it is not opened")
    return package.read(entry)
