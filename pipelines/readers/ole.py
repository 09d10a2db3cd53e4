"""Compound files (OLE): which program wrote one, told by the streams in it."""

from __future__ import annotations

import io

import olefile

from pipelines.readers.limits import UnreadableError
from schemas import TextLayer

#: Names of streams and what a file with them is, for those that are not read.
_REFUSED = (
    ("EncryptedPackage", "is protected with a password; save a copy without the password"),
    ("PowerPoint Document", "is a PowerPoint presentation (.ppt); save the report as .docx or PDF"),
    ("__properties_version1.0", "is an Outlook message; save the attached report and give that"),
    ("WordDocument", "is a damaged Word 97-2003 document (.doc); fetch it again, or open it in Word and save it anew"),
    ("Workbook", "is a damaged Excel 97-2003 workbook (.xls); fetch it again, or open it in Excel and save it anew"),
)


def read_ole(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of an old Word document or Excel workbook.

    Raises: UnreadableError, for other kinds too; it says what the file is and what to do with it.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as package:
            streams = {name: _stream(package, name) for name in ("WordDocument", "0Table", "1Table")}
            has_workbook = package.exists("Workbook") or package.exists("Book")
            is_encrypted = package.exists("EncryptedPackage")
    except MemoryError:
        raise
    except Exception as error:
        raise UnreadableError(_reason(data)) from error
    if is_encrypted:
        raise UnreadableError(_REFUSED[0][1])
    if main := streams["WordDocument"]:
        from pipelines.readers.doc import read_doc
        from pipelines.readers.programs import read_old_word
        from pipelines.readers.word_95 import read_word_95

        return (
            read_doc(main, (streams["0Table"], streams["1Table"]), sha256=sha256, file=file)
            or read_word_95(main, sha256=sha256, file=file)
            or read_old_word(data, sha256=sha256, file=file)
        )
    if has_workbook:
        from pipelines.readers.xls import read_xls

        return read_xls(data, sha256=sha256, file=file)
    raise UnreadableError(_reason(data))


def _stream(package: olefile.OleFileIO, name: str) -> bytes:
    if not package.exists(name):
        return b""
    with package.openstream(name) as stream:
        return bytes(stream.read())


def _reason(data: bytes) -> str:
    """Why nothing is read: by names of streams, which the directory holds in UTF-16."""
    for stream, reason in _REFUSED:
        if stream.encode("utf-16-le") in data:
            return reason
    return "is an old Office file or a damaged one; save it as .docx or PDF"
