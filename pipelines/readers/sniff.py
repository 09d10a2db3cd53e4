"""What a file is, told by its first bytes: names lie, and half of an office's files are misnamed."""

from __future__ import annotations

import re
from typing import Literal

from pipelines.readers.limits import UnreadableError

Format = Literal["text", "markdown", "csv", "html", "rtf", "mhtml", "pdf", "zip", "ole", "image"]

#: How many bytes from the start `sniff` looks at.
HEAD_BYTES = 4096

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_HTML_FRAGMENT = re.compile(rb"<(?:p|div|table|h[1-6]|span|ul|ol|br)[\s/>]", re.IGNORECASE)
#: From how many lines on their semicolons tell that they are rows.
_LEAST_LINES = 4
#: PNG, JPEG, and TIFF in both byte orders.
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
#: Formats that are known and not read, with what a person can do about it.
_REFUSED = (
    (b"GIF8", "is a GIF picture; save it as PNG"),
    (b"Rar!", "is a RAR archive; unpack it and give the files in it"),
    (b"7z\xbc\xaf", "is a 7-Zip archive; unpack it and give the files in it"),
    (b"\x1f\x8b", "is a gzip archive; unpack it and give the files in it"),
    (b"MZ", "is a program and no report"),
    (b"\x7fELF", "is a program and no report"),
    (b"SQLite format 3\0", "is a database and no report"),
    (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<?mso-application',
        "is a Word 2003 XML document; save it as .docx",
    ),
)


def sniff(head: bytes, suffix: str) -> Format:
    """The format that the first bytes show.

    ``suffix`` only decides what kind of text a text is: a web page that begins with other tags
    (``.html``), a table of values (``.csv``, also ``.txt`` with semicolons in every line), Markdown (``.md``).
    ``zip`` and ``ole`` are containers, whose reader looks further.

    Raises: UnreadableError for a format that is known and not read.
    """
    # Mail gateways and scanners put junk before the signature; PDF readers look this far too.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    # Editors leave blank lines in front, and some programs write {\\rt without the f.
    if head.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"{\\rt"):
        return "rtf"
    if head.startswith(_PICTURES):
        return "image"
    if head.startswith((b"MIME-Version:", b"From: <Saved by")):
        return "mhtml"
    for signature, reason in _REFUSED:
        # "MZ" alone could begin a text, so that a program must also hold a NUL byte.
        if head.startswith(signature) and (signature != b"MZ" or b"\0" in head):
            raise UnreadableError(reason)
    plain = head.replace(b"\0", b"") if head.startswith((*_BOMS[1:], b"<\0", b"\0<")) else head
    for bom in _BOMS:
        plain = plain.removeprefix(bom)
    if _HTML.match(plain):
        return "html"
    if suffix in {".html", ".htm", ".xhtml"} and _HTML_FRAGMENT.search(plain):
        return "html"
    if suffix in {".csv", ".tsv"} or (suffix == ".txt" and _is_separated(plain, whole=len(head) < HEAD_BYTES)):
        return "csv"
    return "markdown" if suffix in {".md", ".markdown"} else "text"


def _is_separated(plain: bytes, *, whole: bool) -> bool:
    """Whether a text is a table of values under another name: semicolons part each of its lines alike."""
    lines = plain.replace(b"\r\n", b"\n").split(b"\n")
    if not whole:
        lines.pop()
    counts = {line.count(b";") for line in lines if line.strip()}
    return len(counts) == 1 and counts.pop() >= 2 and len(lines) >= _LEAST_LINES
