"""The lines that are drawn on a page of a PDF: what tables are made of, and whether the page is a picture."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

if TYPE_CHECKING:
    from pipelines.readers.pdf_page import Frame

#: Pages with more drawn objects or edges are drawings, in which no table is looked for.
_MAX_OBJECTS = 20_000
_MAX_RULINGS = 5_000
#: A page with that many shapes and hardly any letters may print its letters as shapes.
_SHAPES_OF_A_TEXT = 300
_DRAWN = frozenset({pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE})
#: How deep forms inside forms are looked into.
_MAX_LEVEL = 3
#: How far two ends of a line may differ in height, in points, for it to be level.
_LEVEL = 0.5
_LEAST_LENGTH = 3.0


class Ruling(NamedTuple):
    """A level or upright line: ``top == bottom`` or ``x0 == x1``."""

    x0: float
    top: float
    x1: float
    bottom: float


class Graphics(NamedTuple):
    """The lines of a page, whether a picture or a drawing of letters covers it, and the picture's pixels an inch."""

    rulings: tuple[Ruling, ...]
    is_drawn: bool
    dpi: float | None = None


_Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]


def read_graphics(page: pdfium.PdfPage, frame: Frame) -> Graphics:
    """What is drawn on a page besides its text."""
    rulings: list[Ruling] = []
    area = frame.width * frame.height
    pictures = 0.0
    dpi: float | None = None
    count = 0
    for count, item in enumerate(_objects(page), start=1):
        if count > _MAX_OBJECTS or len(rulings) > _MAX_RULINGS:
            return Graphics((), True)
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            x0, top, x1, bottom = frame.box(*_bounds(item))
            pictures += max(min(x1, frame.width) - max(x0, 0), 0) * max(min(bottom, frame.height) - max(top, 0), 0)
            if (x1 - x0) * (bottom - top) > area * 0.5:
                dpi = _resolution(item, x1 - x0, bottom - top)
        elif _is_visible(item):
            for outline in _outlines(item, frame):
                rulings += _level_edges(outline)
    return Graphics(tuple(rulings), pictures > area * 0.5 or count > _SHAPES_OF_A_TEXT, dpi)


def _objects(page: pdfium.PdfPage, form: pdfium.PdfObject | None = None, level: int = 0) -> Iterator[pdfium.PdfObject]:
    """The paths and pictures of a page, those of its forms too.

    Texts, which are the most by far, are passed over before anything is made of them.
    """
    parent = page.raw if form is None else form.raw
    count = pdfium_c.FPDFPage_CountObjects if form is None else pdfium_c.FPDFFormObj_CountObjects
    get = pdfium_c.FPDFPage_GetObject if form is None else pdfium_c.FPDFFormObj_GetObject
    for index in range(count(parent)):
        raw = get(parent, index)
        kind = pdfium_c.FPDFPageObj_GetType(raw)
        if kind in _DRAWN:
            yield pdfium.PdfObject(raw, page=page, pdf=page.pdf, container=form, level=level)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and level < _MAX_LEVEL:
            inner = pdfium.PdfObject(raw, page=page, pdf=page.pdf, container=form, level=level)
            yield from _objects(page, inner, level + 1)


def _resolution(item: pdfium.PdfObject, width: float, height: float) -> float | None:
    """Pixels an inch of a picture of that size in points, turned or not."""
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium_c.FPDFImageObj_GetImagePixelSize(item, wide, high) or min(width, height) < 1:
        return None
    return float(72 * (wide.value * high.value / (width * height)) ** 0.5) or None


def _bounds(item: pdfium.PdfObject) -> tuple[float, float, float, float]:
    left, bottom, right, top = item.get_bounds()
    corners = [_moved((x, y), item) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def _is_visible(item: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    return bool(fill.value or stroke.value)


def _outlines(item: pdfium.PdfObject, frame: Frame) -> Iterator[list[_Point]]:
    """The corners of each part of a path, a closed part with its first corner again at its end; curves end a part."""
    x, y = ctypes.c_float(), ctypes.c_float()
    matrix = item.get_matrix().get()
    points: list[_Point] = []
    for index in range(min(pdfium_c.FPDFPath_CountSegments(item), 4 * _MAX_RULINGS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind != pdfium_c.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        across, up = _moved(_transformed((x.value, y.value), matrix), item)
        x0, top, _, _ = frame.box(across, up, across, up)
        points.append((x0, top))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield [*points, points[0]]
            points = []
    if len(points) > 1:
        yield points


def _transformed(point: _Point, matrix: _Matrix) -> _Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _moved(point: _Point, item: pdfium.PdfObject) -> _Point:
    """A point of the form in which an object stands, as a point of the page."""
    form = item.container
    while form is not None:
        point = _transformed(point, form.get_matrix().get())
        form = form.container
    return point


def _level_edges(outline: Sequence[_Point]) -> Iterator[Ruling]:
    """The level and upright edges of an outline; a thin box is one line."""
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    top, bottom = min(y for _, y in outline), max(y for _, y in outline)
    if min(right - left, bottom - top) < _LEAST_LENGTH:
        if right - left >= _LEAST_LENGTH:
            yield Ruling(left, (top + bottom) / 2, right, (top + bottom) / 2)
        elif bottom - top >= _LEAST_LENGTH:
            yield Ruling((left + right) / 2, top, (left + right) / 2, bottom)
        return
    for (x0, y0), (x1, y1) in pairwise(outline):
        if abs(y0 - y1) <= _LEVEL and abs(x0 - x1) >= _LEAST_LENGTH:
            yield Ruling(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2)
        elif abs(x0 - x1) <= _LEVEL and abs(y0 - y1) >= _LEAST_LENGTH:
            yield Ruling((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1))
