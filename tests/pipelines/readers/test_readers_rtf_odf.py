"""Rich text and OpenDocument: letters by font, tables, notes, lists, what is left out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.pipelines.readers.layer_checks import cells, layer_of, lines, refusal

RTF_HEAD = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset0 .VnTime;}"
    rb"{\f2\fnil\fcharset0 VNI-Times;}{\f3\fnil\fcharset163 Arial{\*\falt x};}{\f4\fnil\fcharset2 Wingdings;}}"
    rb"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}{\info{\title nothing}}"
)


def test_rtf_letters_are_read_by_the_font(tmp_path: Path) -> None:
    data = RTF_HEAD + (
        rb"\pard\plain\f1 c\'e9ng ho\'b5 x\'b7 h\'e9i tr\'ad\'eang {\f2 Vie\'e4t Nam} \f3 T\'ecr\'fd\'f5ng\par"
        rb"\f0 \u272?\u7883?nh An \uc2\u8211\'96\'96 1\par "
        rb"{\f4\'6c}\tab x\line y\emdash z\~{\v hidden}{\deleted gone}\{\}\par}"
    )
    layer = layer_of(tmp_path, data)
    assert layer.media_type == "application/rtf"
    assert lines(layer)[0].startswith("cộng hoà xã hội trường Việt Nam")
    assert lines(layer)[1:] == ["Định An – 1", "• x", "y—z {}"]


def test_rtf_tables_notes_boxes_and_silent_groups(tmp_path: Path) -> None:
    data = RTF_HEAD + (
        rb"{\header\pard head\par}\pard before{\footnote\pard a note}\par"
        rb"\trowd\trhdr\cellx1000\clvmgf\cellx3000\cellx6000\pard\intbl TT\cell A\cell B\cell\row"
        rb"\trowd\cellx1000\clvmrg\cellx3000\cellx4500\cellx6000\pard\intbl 1\cell\cell 2\cell 3\cell\row"
        rb"\pard after{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard in a box\par}}{\*\unknown secret}"
        rb"{\field{\*\fldinst PAGE}{\fldrslt 7}}{\pict\bin5 \}\}\}}\par"
        rb"{\upr{ansi}{\*\ud{uni}}}{\pntext 1.\tab}item\par}"
    )
    layer = layer_of(tmp_path, data)
    assert lines(layer) == [
        *("before", "TT", "A", "B", "1", "2", "3", "after7", "uni1. item", "a note", "in a box"),
    ]
    assert cells(layer) == [
        (0, 0, 1, 1, "TT", True),
        (0, 1, 2, 1, "A", True),
        (0, 2, 1, 2, "B", True),
        (1, 0, 1, 1, "1", False),
        (1, 2, 1, 1, "2", False),
        (1, 3, 1, 1, "3", False),
    ]
    assert [block.kind for block in layer.blocks][-2:] == ["footnote", "paragraph"]
    assert [(margin.kind, margin.text) for margin in layer.margins] == [("header", "head")]


def test_rtf_that_is_cut_short_or_deep(tmp_path: Path) -> None:
    assert lines(layer_of(tmp_path, RTF_HEAD + rb"\pard one\par two {\b thr")) == ["one", "two thr"]
    assert "nested too deeply" in refusal(tmp_path, RTF_HEAD + b"{" * 100_000)
    assert "empty" in refusal(tmp_path, RTF_HEAD + b"}")


ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def open_document(body: str, kind: str = "text", styles: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr(
            "content.xml",
            f'<office:document-content {ODF}><office:font-face-decls><style:font-face style:name="F1" '
            f"svg:font-family=\"'.VnTime'\"/></office:font-face-decls><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
            "</office:document-content>",
        )
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def test_odt_text_lists_notes_and_tables(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="T1"><style:text-properties style:font-name="F1"/></style:style>'
        '<style:style style:name="T2" style:parent-style-name="T3"/>'
        '<style:style style:name="T3"><style:text-properties text:display="none"/></style:style>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="I" '
        'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" '
        'text:display-levels="2" style:num-suffix=")"/></text:list-style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">I.  KẾT\n QUẢ</text:h>'
        '<text:p>Tr<text:span>ường</text:span> <text:span text:style-name="T1">tiÓu häc sè mét cña x·</text:span>'
        '<text:span text:style-name="T2">ẩn</text:span><text:s text:c="2"/>A<text:tab/>B<text:line-break/>C'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>chú thích</text:p>"
        "</text:note-body></text:note><draw:frame><draw:text-box><text:p>hộp</text:p></draw:text-box></draw:frame></text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>một</text:p><text:list><text:list-item><text:p>hai'
        "</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>ba</text:p></text:list-item>"
        "</text:list>"
        '<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row>'
        '<table:table-cell table:number-columns-spanned="2"><text:p>a</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
        "<table:table-cell/><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"
    )
    layer = layer_of(tmp_path, open_document(body, styles=styles))
    assert layer.media_type == "application/vnd.oasis.opendocument.text"
    assert lines(layer) == [
        *("I. KẾT QUẢ", "Trường tiểu học số một của xã  A B", "C", "hộp", "I. một", "I.1) hai", "II. ba"),
        *("a", "b", "1", "2", "chú thích"),
    ]
    assert [cell[:5] for cell in cells(layer)] == [
        *((0, 0, 1, 2, "a"), (0, 2, 1, 1, "b"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, ""), (1, 2, 1, 1, "2")),
    ]


def test_odt_controls_fields_and_restarted_numbers(tmp_path: Path) -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:list-style>'
        '<style:style style:name="T1"><style:text-properties fo:font-family="Wingdings"/></style:style>'
    )
    control = (
        '<loext:content-control xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">'
        "24</loext:content-control>"
    )
    body = (
        f"<text:p>Có {control} trường, <text:database-display>12</text:database-display> điểm trường"
        '<text:span text:style-name="T1">l</text:span><text:script>gọi()</text:script></text:p>'
        '<text:list text:style-name="L1"><text:list-item><text:p>a</text:p></text:list-item><text:list-item>'
        '<text:p>b</text:p></text:list-item><text:list-item text:start-value="1"><text:p>c</text:p></text:list-item>'
        "<text:list-item><text:p>d</text:p></text:list-item></text:list>"
    )
    layer = layer_of(tmp_path, open_document(body, styles=styles))
    assert lines(layer) == ["Có 24 trường, 12 điểm trường•", "1. a", "2. b", "1. c", "2. d"]


def test_ods_rows_and_repeated_cells(tmp_path: Path) -> None:
    def row(*texts: str, more: str = "") -> str:
        return f"<table:table-row>{''.join(map(cell, texts))}{more}</table:table-row>"

    def cell(text: str) -> str:
        return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" if text else "<table:table-cell/>"

    far = '<table:table-cell table:number-columns-repeated="16000"/>'
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>7</text:p></table:table-cell>'
    body = (
        f'<table:table table:name="x">{row("TT", "Trường", "Lớp", "Lớp", more=far)}{row("1", "A", more=twice)}'
        f'{row("2", "B", "8", "9")}<table:table-row table:number-rows-repeated="1048000">{far}</table:table-row>'
        "</table:table>"
    )
    layer = layer_of(tmp_path, open_document(body, "spreadsheet"))
    assert [text for *_, text, _ in cells(layer)] == [
        "TT",
        "Trường",
        "Lớp",
        "Lớp",
        "1",
        "A",
        "7",
        "7",
        "2",
        "B",
        "8",
        "9",
    ]


def test_open_document_that_is_protected_damaged_or_a_drawing(tmp_path: Path) -> None:
    assert "drawing" in refusal(tmp_path, open_document("<x/>", "drawing"))
    data = open_document("<text:p>a</text:p>")
    assert "damaged" in refusal(tmp_path, data[: len(data) // 2])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if name != "META-INF/manifest.xml" else "<encryption-data/>")
    assert "password" in refusal(tmp_path, stream.getvalue())
