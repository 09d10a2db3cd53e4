"""Hostile PDFs, written by hand: lying counts, loops, bombs, pages of any size, things that ask to be fetched."""

from __future__ import annotations

import zlib
from collections.abc import Iterator


def pdf(*objects: bytes, root: int = 1, junk: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of these objects, counted from 1, with a right table of them."""
    out = bytearray(junk + b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out) - len(junk))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out) - len(junk)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, trailer, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n" % (len(data), extra) + data + b"\nendstream"


#: Of drawings that PDFium would draw for ever, for it cannot be asked to stop.
_ENDLESS = "again and again"
_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_TEXT = b"BT /F1 12 Tf 72 700 Td (Bao cao ket qua nam hoc cua truong tieu hoc) Tj ET"


def _page(box: bytes = b"0 0 595 842", contents: bytes = b"4 0 R", extra: bytes = b"") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<</Font<</F1 5 0 R>>>>/Contents %s%s>>" % (
        box,
        contents,
        extra,
    )


def pdf_files() -> Iterator[tuple[str, bytes, str | None]]:
    """Name, bytes, and a word of the refusal (an empty one where either is right, None where it is read)."""
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    good = pdf(_CATALOG, pages, _page(), stream(_TEXT), _FONT)
    yield "cut.pdf", good[:200], "damaged"
    yield (
        "junk-before.pdf",
        pdf(_CATALOG, pages, _page(), stream(_TEXT), _FONT, junk=b"From: scanner\r\n\r\n" * 9),
        None,
    )
    yield "only-a-head.pdf", b"%PDF-1.7\n%%EOF", ""
    yield "no-pages.pdf", pdf(_CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), ""
    yield "page-loop.pdf", pdf(_CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"), ""
    yield (
        "million-pages.pdf",
        pdf(_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>", _page(), stream(_TEXT), _FONT),
        "",
    )
    kids = b"<</Type/Pages/Kids[" + b"3 0 R " * 5_000 + b"]/Count 5000>>"
    yield "repeated-pages.pdf", pdf(_CATALOG, kids, _page(), stream(_TEXT), _FONT), ""
    yield "huge-page.pdf", pdf(_CATALOG, pages, _page(b"0 0 100000 100000"), stream(_TEXT), _FONT), ""
    yield "no-size-page.pdf", pdf(_CATALOG, pages, _page(b"0 0 0 0"), stream(_TEXT), _FONT), ""
    wild = b"-1e38 nan 1e38 99999999999999999999"
    yield "wild-box.pdf", pdf(_CATALOG, pages, _page(wild), stream(_TEXT), _FONT), ""
    bomb = zlib.compress(b" " * 50_000_000, 9)
    yield "stream-bomb.pdf", pdf(_CATALOG, pages, _page(), stream(bomb, b"/Filter/FlateDecode"), _FONT), ""
    many = zlib.compress(_TEXT * 40_000, 9)
    yield "stacked-letters.pdf", pdf(_CATALOG, pages, _page(), stream(many, b"/Filter/FlateDecode"), _FONT), ""
    yield from _forms(pages)
    rules = b" ".join(
        b"%d 0 m %d 800 l S 0 %d m 500 %d l S" % (n % 500, n % 500, n % 800, n % 800) for n in range(3_000)
    )
    yield "many-rules.pdf", pdf(_CATALOG, pages, _page(), stream(rules + b" " + _TEXT), _FONT), ""
    action = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(http://192.0.2.1/)>>/AA<</WC<</S/JavaScript"
        b"/JS(app.launchURL('http://192.0.2.1/'))>>>>>>"
    )
    yield "actions.pdf", pdf(action, pages, _page(), stream(_TEXT), _FONT), None
    yield "unknown-filter.pdf", pdf(_CATALOG, pages, _page(), stream(_TEXT, b"/Filter/NoSuchDecode"), _FONT), ""
    image = (
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode"
    )
    picture = _page().replace(b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<")
    big = stream(zlib.compress(bytes(1_000_000), 9), image)
    yield "huge-picture.pdf", pdf(_CATALOG, pages, picture, stream(b"q 595 0 0 842 0 0 cm /X Do Q"), _FONT, big), ""


def _forms(pages: bytes) -> Iterator[tuple[str, bytes, str | None]]:
    """Drawings that call drawings: themselves, each other, ever more of them, and one that is only deep."""
    page = _page().replace(b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<")

    def form(content: bytes, called: int, kind: bytes = b"/Form") -> bytes:
        resources = b"/Resources<</XObject<</X %d 0 R>>>>" % called
        return stream(content, b"/Type/XObject/BBox[0 0 9 9]/Subtype" + kind + resources)

    def document(*forms: bytes) -> bytes:
        return pdf(_CATALOG, pages, page, stream(b"/X Do " + _TEXT), _FONT, *forms)

    yield "form-loop.pdf", document(form(b"/X Do /X Do", 6)), _ENDLESS
    yield "form-pair.pdf", document(form(b"/X Do\n/X Do", 7), form(b"q /X Do Q", 6)), _ENDLESS
    hidden = zlib.compress(b"/#58 Do%\n/X Do", 9)
    packed = b"/F#6frm/Filter/FlateDecode"
    tree = [form(hidden, number, packed) for number in range(7, 40)]
    yield "form-tree.pdf", document(*tree, form(b"0 0 m 9 9 l S", 6)), _ENDLESS
    yield "form-loop-once.pdf", document(form(b"/X Do", 6)), None
