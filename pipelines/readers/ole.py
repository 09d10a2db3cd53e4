"""Compound files (OLE): old Office formats and encrypted new ones, told apart to say what to do."""

from __future__ import annotations

from typing import NoReturn

from pipelines.readers.limits import UnreadableError

#: Names of streams, which the directory holds in UTF-16, and what a file with them is.
_STREAMS = (
    ("EncryptedPackage", "is protected with a password; save a copy without the password"),
    ("WordDocument", "is a Word 97-2003 document (.doc); save it as .docx"),
    ("Workbook", "is an Excel 97-2003 workbook (.xls); save the report as .docx or PDF"),
    ("PowerPoint Document", "is a PowerPoint presentation (.ppt); save the report as .docx or PDF"),
    ("__properties_version1.0", "is an Outlook message; save the attached report and give that"),
)


def refuse_ole(data: bytes, *, sha256: str, file: str) -> NoReturn:
    """Raises: UnreadableError, which says what kind of file it is and what to do with it."""
    for stream, reason in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise UnreadableError(reason)
    raise UnreadableError("is an old Office file or a damaged one; save it as .docx or PDF")
