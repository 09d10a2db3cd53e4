"""How large an input may be, and the error of what is not read. `pipelines.bounds` has the numbers."""

from __future__ import annotations

from pipelines.bounds import limit

MAX_TEXT_BYTES = limit("text_bytes")
MAX_BINARY_BYTES = limit("file_bytes")
MAX_UNPACKED_BYTES = limit("unpacked_bytes")
MAX_UNPACK_RATIO = limit("unpack_ratio")
#: Parts smaller than this may grow more: a page of blanks packs well.
RATIO_FLOOR_BYTES = 5_000_000
MAX_ZIP_ENTRIES = limit("zip_entries")
MAX_ZIP_DEPTH = limit("zip_depth")
MAX_CHARACTERS = limit("characters")
MAX_CELLS = limit("cells")
MAX_PAGES = limit("pages")
MAX_PDF_CHARACTERS = limit("pdf_characters")
FILE_SECONDS = limit("seconds")
MEMORY_BYTES = limit("memory_bytes")


class UnreadableError(Exception):
    """A file is not read; the text is the reason, a sentence that `pipelines.errors.ReadError` begins with the file."""


def megabytes(size: int) -> str:
    """A size in bytes as a person reads it: ``203 MB``."""
    return f"{size / 1_000_000:.0f} MB"
