"""Zip files: which kind of document one is, told by the parts in it."""

from __future__ import annotations

import zipfile

from pipelines.readers.limits import MAX_ZIP_DEPTH, UnreadableError
from pipelines.readers.package import DAMAGE, damaged, open_package
from schemas import TextLayer

_REFUSED = (
    ("xl/", "is a workbook of another kind than .xlsx (.xlsb); save it as .xlsx"),
    ("ppt/", "is a PowerPoint presentation; save the report as .docx or PDF"),
)


def read_container(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a Word document, a workbook or an OpenDocument file.

    Raises: UnreadableError, for other kinds too.
    """
    with open_package(data, "a Word document") as package:
        names = package.namelist()
        mime_type = _mime_type(package) if "mimetype" in names else b""
    if any(name.startswith("word/document") for name in names):
        from pipelines.readers.docx import read_docx

        return read_docx(data, sha256=sha256, file=file)
    if "xl/workbook.xml" in names:
        from pipelines.readers.xlsx import read_xlsx

        return read_xlsx(data, sha256=sha256, file=file)
    if mime_type.startswith(b"application/vnd.oasis.opendocument."):
        from pipelines.readers.odf import read_odf

        return read_odf(data, sha256=sha256, file=file)
    if mime_type.startswith(b"application/epub"):
        raise UnreadableError("is an e-book; save the report as .docx or PDF")
    for prefix, reason in _REFUSED:
        if any(name.startswith(prefix) for name in names):
            raise UnreadableError(reason)
    if file.lower().count(".zip/") >= MAX_ZIP_DEPTH:
        raise UnreadableError(f"is an archive inside of {MAX_ZIP_DEPTH} others; unpack it and give the files in it")
    if file.lower().endswith(".zip"):
        raise UnreadableError("is a zip archive that holds no report; check what was put into it")
    raise UnreadableError(
        "is a zip archive and no document; give it a name that ends in .zip, so that its files are read"
    )


def _mime_type(package: zipfile.ZipFile) -> bytes:
    try:
        with package.open("mimetype") as part:
            return part.read(100)
    except DAMAGE as error:
        raise UnreadableError(damaged("an OpenDocument file")) from error
