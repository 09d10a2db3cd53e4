"""Forms that call forms: an end is told from none, however the file is packed."""

import base64
import io
import random
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipelines.readers.limits import UnreadableError
from pipelines.readers.pdf import read_pdf
from pipelines.readers.pdf_filters import from_lzw, from_run_lengths
from pipelines.readers.pdf_forms import check_forms
from tests.corpus_tools.hostile_pdf import pdf, stream

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
OWN = b"/Resources<</XObject<</X 5 0 R>>>>"


def document(*forms: bytes, resources: bytes = b"<</XObject<</X 5 0 R>>>>") -> bytes:
    """A PDF of one page, whose forms are the objects from 5 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources" + resources + b">>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(b"/X Do"), *forms)


@pytest.mark.parametrize(
    "data",
    [
        document(stream(b"/X Do /X Do", FORM + OWN)),
        document(stream(b"/X Do /X Do", FORM)),  # the page's resources
        document(stream(b"/X Do /X Do", FORM + b"/Resources 6 0 R"), b"<</XObject 7 0 R>>", b"<</X 5 0 R>>"),
        document(stream(zlib.compress(b"/X Do /X Do") + b"rest", FORM + OWN + b"/Filter/FlateDecode")),
        document(stream(b"2F5820446F202F5820446F>", FORM + OWN + b"/Filter[/AHx]")),
        document(
            stream(base64.a85encode(zlib.compress(b"/X Do /X Do")) + b"~>", FORM + OWN + b"/Filter[/A85 /Fl]"),
        ),
        document(stream(b"/X Do /X Do", FORM + OWN)).replace(b"startxref\n", b"startxref\n9"),
    ],
    ids=["own", "page", "apart", "packed", "hex", "packed twice", "damaged"],
)
def test_what_calls_itself_twice_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="again and again"):
        check_forms(data)


def lzw(data: bytes, *, early: bool = True) -> bytes:
    """Packed by LZW of PDF."""
    known = {bytes([byte]): byte for byte in range(256)}
    bits, width, count, before = [format(256, "09b")], 9, 258, b""
    for byte in data:
        new = before + bytes([byte])
        if new in known:
            before = new
            continue
        bits.append(format(known[before], f"0{width}b"))
        known[new] = count
        count += 1
        width = max((count + early - 1).bit_length(), 9)
        before = bytes([byte])
        if count == 4094:
            bits.append(format(known[before], f"0{width}b"))
            bits.append(format(256, f"0{width}b"))
            known, width, count, before = {bytes([each]): each for each in range(256)}, 9, 258, b""
    bits += [format(known[before], f"0{width}b")] if before else []
    bits.append(format(257, f"0{width}b"))
    whole = "".join(bits)
    whole += "0" * (-len(whole) % 8)
    return bytes(int(whole[at : at + 8], 2) for at in range(0, len(whole), 8))


CALLS = b"/X Do /X Do"
RUNS = bytes([len(CALLS) - 1]) + CALLS + b"\x80"


@pytest.mark.parametrize(
    "data",
    [
        document(stream(lzw(CALLS), FORM + OWN + b"/Filter/LZWDecode")),
        document(stream(lzw(b" " * 999 + CALLS), FORM + OWN + b"/Filter[/LZW]/DecodeParms<</EarlyChange 1>>")),
        document(stream(RUNS, FORM + OWN + b"/Filter/RunLengthDecode")),
        document(stream(zlib.compress(RUNS), FORM + OWN + b"/Filter[/FlateDecode/RL]")),
        document(stream(zlib.compress(CALLS), FORM + OWN + b"/Filter 6 0 R"), b"/FlateDecode"),
        document(stream(CALLS, FORM + OWN + b"/Filter[/Crypt]")),
        # What cannot be looked into may call whatever it names.
        document(stream(b"?", FORM + OWN + b"/Filter/JBIG2Decode")),
        document(stream(b"?", FORM + OWN + b"/Filter[6 0 R]"), b"/FlateDecode"),
        document(stream(zlib.compress(b"\2" * 9), FORM + OWN + b"/Filter/Fl/DecodeParms<</Predictor 12>>")),
        document(stream(lzw(b" " * 2_100_000), FORM + OWN + b"/Filter/LZW")),
    ],
    ids=["lzw", "lzw long", "runs", "runs packed", "apart", "crypt", "unknown", "unknown apart", "predicted", "large"],
)
def test_forms_packed_in_rarer_ways_are_refused_as_well(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="again and again"):
        check_forms(data)


def test_what_cannot_be_looked_into_but_names_no_form_again_is_read() -> None:
    inner = stream(b"0 0 m", FORM)
    check_forms(document(stream(b"?", FORM + b"/Filter/JBIG2Decode/Resources<</XObject<</X 6 0 R>>>>"), inner))


@pytest.mark.parametrize("early", [True, False])
def test_lzw_gives_back_what_was_packed(early: bool) -> None:
    data = random.Random(7).randbytes(9_000) + bytes(range(256)) * 40
    assert from_lzw(lzw(data, early=early), early=early) == data
    packed = lzw(data, early=early)
    # Damaged or cut, it comes to an end and gives what stands before.
    assert data.startswith(from_lzw(packed[:5_000], early=early))
    assert len(from_lzw(random.Random(8).randbytes(9_000), early=early)) < 9_000_000


def test_run_lengths_give_back_what_was_packed() -> None:
    assert from_run_lengths(b"\2abc\xfed\x80rest") == b"abcddd"
    assert from_run_lengths(b"\5ab") == b"ab"
    assert len(from_run_lengths(b"\x81a" * 100_000)) < 2_100_000


def test_forms_of_an_encrypted_file_are_looked_into() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("", ownerPassword="owner", strength=128))
    canvas.beginForm("again")
    for _ in range(3):
        canvas._code.append("/FormXob.again Do")
    canvas.endForm()
    canvas.doForm("again")
    canvas.save()
    with pytest.raises(UnreadableError, match="again and again"):
        read_pdf(buffer.getvalue(), sha256="0" * 64, file="a.pdf")


def test_resources_in_a_stream_of_objects_are_seen() -> None:
    objects = b"6 0 7 21 <</XObject 7 0 R>>    <</X 5 0 R>>"
    packed = stream(zlib.compress(objects), b"/Type/ObjStm/N 2/First 9/Filter/FlateDecode")
    with pytest.raises(UnreadableError, match="again and again"):
        check_forms(document(stream(b"/X Do /X Do", FORM + b"/Resources 6 0 R"), packed))


def test_forms_in_forms_that_come_to_an_end_are_none_of_these() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    names = ["leaf", "branch", "tree", "wood"]
    for inner, name in zip([None, *names], names, strict=False):
        canvas.beginForm(name)
        canvas.rect(1, 1, 5, 5)
        for _ in range(9 if inner else 0):
            canvas.doForm(inner)
        canvas.endForm()
    for _ in range(3):
        canvas.doForm("wood")
        canvas.showPage()
    canvas.save()
    check_forms(buffer.getvalue())


def test_a_picture_of_the_same_name_is_no_call() -> None:
    picture = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    form = stream(b"/X Do /X Do", FORM + b"/Resources<</XObject<</X 6 0 R>>>>")
    check_forms(document(form, stream(b"0", picture)))
    # One that calls itself once is drawn as deep as PDFium goes, which is soon done.
    check_forms(document(stream(b"/X Do", FORM + OWN)))
