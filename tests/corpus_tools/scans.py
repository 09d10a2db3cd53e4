"""Scans made of PDFs: pages as pictures, with the faults of a scanner or a phone, the same every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from pipelines.readers.ocr_photo import projection


@dataclass(frozen=True)
class Scanner:
    """How a page becomes a picture: angles in degrees, noise as the deviation of grey values of 0..255."""

    dpi: int = 200
    skew: float = 0.0
    noise: float = 0.0
    specks: float = 0.0  # share of the pixels that turn black or white
    blur: float = 0.0  # radius in pixels
    shade: float = 0.0  # how much darker, of 0..1, the paper is at one corner
    turned: int = 0  # quarter turns against the clock


CLEAN = Scanner()
NOISY = Scanner(dpi=150, skew=1.6, noise=22.0, specks=0.004, blur=0.6, shade=0.35)


def scan(pdf: Path, scanner: Scanner, *, seed: int = 1, pages: int | None = None) -> list[Image.Image]:
    """The pages of a PDF (the first ones where ``pages`` says how many) as grey pictures."""
    document = pdfium.PdfDocument(pdf)
    try:
        count = len(document) if pages is None else min(pages, len(document))
        plain = [
            document[index].render(scale=scanner.dpi / 72, grayscale=True).to_pil().convert("L")
            for index in range(count)
        ]
    finally:
        document.close()
    return [spoil(page, scanner, seed=seed + index) for index, page in enumerate(plain)]


def spoil(page: Image.Image, scanner: Scanner, *, seed: int) -> Image.Image:
    """A page with the faults of a scanner."""
    if scanner.skew:
        page = page.rotate(scanner.skew, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if scanner.blur:
        page = page.filter(ImageFilter.GaussianBlur(scanner.blur))
    grey = np.asarray(page, dtype=np.float32)
    random = np.random.default_rng(seed)
    if scanner.shade:
        down, across = np.indices(grey.shape, dtype=np.float32)
        grey = grey * (1 - scanner.shade * (down / grey.shape[0] + across / grey.shape[1]) / 2)
    if scanner.noise:
        grey = grey + random.normal(0, scanner.noise, grey.shape).astype(np.float32)
    if scanner.specks:
        dice = random.random(grey.shape)
        grey = np.where(dice < scanner.specks / 2, 0, np.where(dice > 1 - scanner.specks / 2, 255, grey))
    spoiled = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    return spoiled.rotate(90 * scanner.turned, expand=True) if scanner.turned else spoiled


def photograph(
    page: Image.Image, corners: Sequence[tuple[float, float]], size: tuple[int, int], *, desk: int = 70, seed: int = 1
) -> Image.Image:
    """A page as a phone sees it on a desk of that grey, with grain: ``corners`` clockwise, its upper left first."""
    whole = ((0, 0), (page.width, 0), page.size, (0, page.height))
    back = projection(corners, whole)
    seen, sheet = (
        each.transform(size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC, fillcolor=0)
        for each in (page, Image.new("L", page.size, 255))
    )
    grain = np.random.default_rng(seed).normal(desk, 15, (size[1] // 40 + 2, size[0] // 7 + 2)).clip(0, 255)
    wood = Image.fromarray(grain.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    picture = Image.composite(seen.point([value * 7 // 8 for value in range(256)]), wood, sheet)
    return spoil(picture, Scanner(noise=6.0, blur=0.7, shade=0.3), seed=seed)


def as_pdf(pages: Sequence[Image.Image], dpi: int) -> bytes:
    """The pictures as a PDF without text."""
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=list(pages[1:]), resolution=dpi)
    return buffer.getvalue()
