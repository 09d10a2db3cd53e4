"""How large an input may be, and the error of what is not read.

A report is hostile until shown otherwise; no real one comes near these limits.
"""

from __future__ import annotations

#: Bytes of a text or a web page, and of a container (docx, pdf), which may hold pictures.
MAX_TEXT_BYTES = 20_000_000
MAX_BINARY_BYTES = 100_000_000
#: Unpacked bytes of a docx, and how many times larger than packed a sizeable part may be.
MAX_UNPACKED_BYTES = 200_000_000
MAX_UNPACK_RATIO = 200
RATIO_FLOOR_BYTES = 5_000_000
MAX_ZIP_ENTRIES = 10_000
#: Characters and table cells of one text layer, pages of a PDF.
MAX_CHARACTERS = 20_000_000
MAX_CELLS = 100_000
MAX_PAGES = 2_000
#: Characters of a PDF, each of which is held with its box while it is read.
MAX_PDF_CHARACTERS = 3_000_000


class UnreadableError(Exception):
    """A file is not read; the text is the reason, a sentence that `pipelines.errors.ReadError` begins with the file."""


def megabytes(size: int) -> str:
    """A size in bytes as a person reads it: ``203 MB``."""
    return f"{size / 1_000_000:.0f} MB"
