"""Pictures of pages: JPEG, PNG, and TIFF with several pages, by recognition."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps

from pipelines.readers.limits import UnreadableError
from pipelines.readers.ocr_choice import MAX_SCANNED_PAGES
from pipelines.readers.pdf_assembly import assemble
from pipelines.readers.pdf_page import Sheet
from pipelines.readers.scan import read_scan
from schemas import TextLayer

_MOST_PIXELS = 100_000_000
#: A side of a page in inches, between which the resolution that a file states is believed.
_LEAST_SIDE, _MOST_SIDE = 4.0, 24.0
#: A4, which every other page is taken for.
_SHORT_SIDE, _LONG_SIDE = 8.27, 11.69
_DAMAGED = "is a damaged picture that cannot be opened; fetch the file again"


def read_image(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a picture: every page of it recognised.

    Raises: UnreadableError.
    """
    with warnings.catch_warnings():
        # What Pillow warns of, it can read all the same; sizes are checked here.
        warnings.simplefilter("ignore")
        with _told():
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "TIFF"))
        kind = Image.MIME.get(picture.format or "", "image")
        try:
            builder = assemble(_sheets(picture))
        finally:
            picture.close()
    return builder.build(sha256=sha256, file=file, media_type=kind)


@contextmanager
def _told() -> Iterator[None]:
    """Turns what Pillow raises into one sentence. Damaged files make it raise nearly anything."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise UnreadableError("has too many points for a page; scan it at 200 points an inch") from error
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError) as error:
        raise UnreadableError(_DAMAGED) from error
    except (AttributeError, RuntimeError, AssertionError, struct.error, zlib.error) as error:
        raise UnreadableError(_DAMAGED) from error


def _sheets(picture: Image.Image) -> Iterator[Sheet]:
    with _told():
        count = int(getattr(picture, "n_frames", 1))
    if count > MAX_SCANNED_PAGES:
        raise UnreadableError(f"has {count} pages that are pictures, more than {MAX_SCANNED_PAGES}; split it")
    for number in range(1, count + 1):
        with _told():
            picture.seek(number - 1)
        if picture.width * picture.height > _MOST_PIXELS:
            raise UnreadableError(
                f"has {picture.width} by {picture.height} points on a page; scan it at 200 points an inch"
            )
        if min(picture.size) < 8:
            raise UnreadableError("is a picture too small to hold a page")
        with _told():
            dpi = _resolution(picture)
            page = _on_paper(picture)
        yield read_scan(page, dpi, number)


def _resolution(picture: Image.Image) -> float:
    """Pixels an inch: as the file says where that makes a page, else as if the page were A4."""
    stated = picture.info.get("dpi")
    if isinstance(stated, tuple) and len(stated) == 2:
        told = float(stated[0] or 0)
        if told > 0 and all(_LEAST_SIDE <= side / told <= _MOST_SIDE for side in picture.size):
            return told
    return max(min(picture.size) / _SHORT_SIDE, max(picture.size) / _LONG_SIDE, 50.0)


def _on_paper(picture: Image.Image) -> Image.Image:
    """The picture in grey or in colours, upright as its camera says, on white where it is transparent."""
    page = ImageOps.exif_transpose(picture)
    if page.mode.startswith(("I", "F")):
        # More than 8 bits a point: Pillow would cut them off.
        values = np.asarray(page, dtype=np.float32)
        return Image.fromarray((255 * values / max(float(values.max()), 1.0)).clip(0, 255).astype(np.uint8))
    if page.mode in {"LA", "RGBA", "PA"} or "transparency" in page.info:
        page = page.convert("RGBA")
        page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
    return page.convert("L" if page.mode in {"1", "L"} else "RGB")
