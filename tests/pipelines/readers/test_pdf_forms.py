"""Forms that call forms: an end is told from none, however the file is packed."""

import base64
import io
import zlib

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.readers.limits import UnreadableError
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
