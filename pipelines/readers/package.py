"""Zip packages (docx, xlsx, odt, archives): opened only as far as is safe, their XML parsed without entities."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from lxml import etree

from pipelines.readers.limits import (
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
    RATIO_FLOOR_BYTES,
    UnreadableError,
    megabytes,
)

#: Names that "strict" Open XML has for what every program writes under another.
_STRICT_NAMES = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
#: What goes wrong in a damaged package and its XML, besides errors of this program.
DAMAGE = (
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OverflowError,
    RuntimeError,
    OSError,
    EOFError,
)


def open_package(data: bytes, what: str) -> zipfile.ZipFile:
    """The zip, nothing of which is unpacked yet; ``what`` names it in messages: ``a Word document``.

    Raises: UnreadableError where it is damaged, protected, or unpacks to more than any report.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, struct.error) as error:
        raise UnreadableError(damaged(what)) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("is protected with a password; save a copy without the password")
    check_sizes(entries)
    return package


def check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Raises: UnreadableError where the entries are a zip bomb."""
    unpacked = sum(entry.file_size for entry in entries)
    bombs = [
        entry
        for entry in entries
        if entry.file_size > RATIO_FLOOR_BYTES and entry.file_size > MAX_UNPACK_RATIO * max(entry.compress_size, 1)
    ]
    if unpacked > MAX_UNPACKED_BYTES or bombs or len(entries) > MAX_ZIP_ENTRIES:
        raise UnreadableError(f"unpacks to {megabytes(unpacked)}, which no report does; it is not opened")


def damaged(what: str) -> str:
    """The reason of a file that is broken."""
    return f"is damaged or cut short and cannot be opened as {what}; fetch the file again"


def parse_part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The root of an XML part, None where the package has none of that name.

    Entities are not resolved and nothing outside is fetched.

    Raises: UnreadableError where the part declares a document type, as no office program does, or is
    nested too deeply; one of `DAMAGE`.
    """
    try:
        data = package.read(name)
    except KeyError:
        return None
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableError("declares XML entities, which no office program does; it is not opened")
    for strict, usual in _STRICT_NAMES:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UnreadableError("is nested too deeply to be a report; save it as PDF") from error
        raise
