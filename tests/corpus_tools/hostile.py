"""Writes ``corpus/hostile``: files that want to crash, hang, fill the memory or reach out of their place.

usage: python -m tests.corpus_tools.hostile [FOLDER]

Each file stands in `small` with what reading it must say: a word of the refusal, or None where a text
comes out. What would be large on the disk, or is no file that a repository can hold, is made by
`make_large` when it is needed.
"""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.corpus_tools.hostile_image import image_files
from tests.corpus_tools.hostile_pdf import pdf_files
from tests.pipelines.readers.office_files import Doc, Par, Xls, compound_file, list_item, par, row_end

HOSTILE = Path(__file__).parents[2] / "corpus" / "hostile"
_EPOCH = (2022, 1, 1, 0, 0, 0)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LETTERS = "Báo cáo kết quả năm học của trường tiểu học."

#: Bytes of a file, and a word of the sentence that refuses it; None where it is read.
Case = tuple[bytes, str | None]


def small() -> dict[str, Case]:
    """The files that are stored, by name."""
    cases: dict[str, Case] = {}
    for group in (
        _texts(),
        _pages(),
        _word(),
        _sheets(),
        _open_documents(),
        _old_office(),
        _archives(),
        pdf_files(),
        image_files(),
    ):
        for name, data, word in group:
            cases[name] = (data, word)
    return cases


def _texts() -> Iterator[tuple[str, bytes, str | None]]:
    text = _LETTERS.encode()
    yield "empty.txt", b"", "empty"
    yield "blanks.txt", b" \n\t\r\n" * 50, "empty"
    yield "nul-bytes.txt", text + b"\0" * 20 + text * 20, "binary"
    yield "control-characters.txt", bytes(range(1, 32)) * 20, "binary"
    yield "cut-letter.txt", text[: text.index("á".encode()) + 1], "cut short"
    yield "lone-surrogates.txt", b"Tr\xed\xa0\xbd\xed\xb8\x80\xc6\xb0\xe1\xbb\x9dng", "UTF-8"
    yield "garbled.txt", (_LETTERS * 9).encode().decode("latin-1").encode(), "garbled"
    yield "utf-16-without-mark.txt", _LETTERS.encode("utf-16-le") * 9, "UTF-16"
    yield "utf-16-cut.txt", _LETTERS.encode("utf-16")[:-1], "UTF-16"
    yield "marks-storm.txt", ("a" + "\u0301\u0323" * 4000 + " hết").encode(), None
    yield "turned-around.txt", f"\u202e{_LETTERS}\u202c\u200b\u2066\ufeff{_LETTERS}".encode(), None
    yield "unknown-bytes.txt", bytes(random.Random(1).choices(range(128, 256), k=4000)), "binary data or an old font"
    yield "program.txt", b"MZ\x90\0\3" + bytes(300), "program"
    yield "database.txt", b"SQLite format 3\0" + bytes(300), "database"
    yield "backtracking.txt", (" - " * 20_000 + "1.1." * 5_000 + "(" * 5_000 + "\u2026" * 5_000).encode(), None
    yield "formulas.csv", "=cmd|' /C calc'!A0;+1+1;@SUM(A1)\r\nmột;hai;ba\r\n".encode(), None
    numbers = random.Random(2)
    kinds = ("Số dự thi môn {}", "Số đạt giải môn {}", "Tỷ lệ môn {} (%)")
    lines = ["Trường;" + ";".join(kinds[col % 3].format(col) for col in range(300))]
    lines += [f"THCS Số {row};" + ";".join(str(numbers.randrange(100)) for _ in range(300)) for row in range(40)]
    yield "many-columns.csv", "\n".join(lines).encode(), None


def _pages() -> Iterator[tuple[str, bytes, str | None]]:
    def page(body: str, head: str = "<meta charset='utf-8'>") -> bytes:
        return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()

    yield "only-scripts.html", page("<script>document.write('x')</script><noscript>y</noscript>"), "empty"
    yield "unclosed.html", page("<p>một" * 20_000), None
    yield "deep.html", page("<div>" * 20_000 + _LETTERS), "nested too deeply"
    yield "deep-tables.html", page("<table><tr><td>" * 200 + _LETTERS), "nested too deeply"
    yield (
        "wide-cells.html",
        page("<table>" + "<tr>" + "<td colspan=99999999 rowspan=99999999>1" * 40 + "</table>"),
        None,
    )
    remote = (
        "<base href='file:///etc/'><link rel=stylesheet href='http://192.0.2.1/x.css'><iframe src='http://192.0.2.1/'>"
        "</iframe><img src='http://192.0.2.1/x.png'><object data='passwd'></object>"
    )
    yield "remote.html", page(f"{remote}<p>{_LETTERS}</p>"), None
    yield "entities.html", page("<p>&amp;nbsp;&amp;amp;amp; &#99999999; &#0; &#xD800; &bogus; " + _LETTERS), None
    yield "wrong-charset.html", page(f"<p>{_LETTERS}</p>", "<meta charset='utf-7'>"), None
    yield "cut.html", page(f"<p>{_LETTERS}</p>" * 5)[:-100], None
    yield "nul-in-tags.html", page(f"<p\0>{_LETTERS}</p>"), None
    yield "attributes.html", page("<p " + " ".join(f"a{n}='{n}'" for n in range(5_000)) + f">{_LETTERS}</p>"), None
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(2_000))
    yield "nested.mht", f"MIME-Version: 1.0\r\n{nested}Content-Type: text/html\r\n\r\n<p>{_LETTERS}".encode(), ""
    yield "mail.eml", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n" + _LETTERS.encode(), "mail"
    bomb = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    yield "entity-bomb.html", f"{bomb}<html><body><p>{_LETTERS} &b;</p></body></html>".encode(), None


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip of these members, the same bytes every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return stream.getvalue()


def docx(body: str, *, prolog: str = "", **parts: str | bytes) -> bytes:
    """A Word package of a body and further parts, by name with ``_`` for ``/``."""
    links = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(("styles", "numbering", "footnotes"))
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Type="{_R}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f"{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
            **{f"word/{name}.xml": data for name, data in parts.items()},
        }
    )


def _p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _word() -> Iterator[tuple[str, bytes, str | None]]:
    line = _p(_LETTERS)
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield "entity-bomb.docx", docx(_p("&l9;"), prolog=f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>'), "entities"
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://192.0.2.1/x"> %p;]>'
    yield "external-entity.docx", docx(_p("&e;"), prolog=outside), "entities"
    nested = "<w:tbl><w:tr><w:tc>" * 60 + line + "</w:tc></w:tr></w:tbl>" * 60
    yield "nested-tables.docx", docx(nested), None
    yield "deep-tables.docx", docx("<w:tbl><w:tr><w:tc>" * 400 + line + "</w:tc></w:tr></w:tbl>" * 400), "too deeply"
    yield "deep-controls.docx", docx("<w:sdt><w:sdtContent>" * 100 + line + "</w:sdtContent></w:sdt>" * 100), None
    boxes = "<w:p><w:r><w:pict><w:txbxContent>" * 40 + line + "</w:txbxContent></w:pict></w:r></w:p>" * 40
    yield "nested-boxes.docx", docx(boxes), None
    cells = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    yield "wide-cells.docx", docx(f"<w:tbl>{f'<w:tr>{cells * 5}</w:tr>' * 5}</w:tbl>" + line), None
    loop = '<w:style w:type="paragraph" w:styleId="{0}"><w:basedOn w:val="{1}"/></w:style>'
    styles = f"<w:styles {_W}>{loop.format('a', 'b')}{loop.format('b', 'a')}</w:styles>"
    in_style = '<w:pPr><w:pStyle w:val="a"/></w:pPr>'
    yield "style-loop.docx", docx(_p(_LETTERS, in_style), styles=styles), None
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="99999999999999999999"/><w:numFmt w:val="upperLetter"/>'
        '<w:lvlText w:val="%1.%9"/></w:lvl>'
    )
    numbering = (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    yield "endless-numbers.docx", docx(_p(_LETTERS, listed) * 3, numbering=numbering), None
    yield "broken-styles.docx", docx(line, styles="<w:styles"), "damaged"
    yield "no-body.docx", zipped({"word/document.xml": f"<w:document {_W}/>"}), "damaged"
    yield "bomb.docx", docx(line, bomb=b"\0" * 6_000_000), "unpacks to"
    links = (
        f'<Relationships><Relationship Id="r0" Type="{_R}/styles" Target="http://192.0.2.1/s.xml" '
        'TargetMode="External"/>'
        f'<Relationship Id="r1" Type="{_R}/attachedTemplate" Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="r2" Type="{_R}/footnotes" Target="../../../../etc/passwd"/></Relationships>'
    )
    with_links = docx(line)
    yield "remote-parts.docx", _replaced(with_links, "word/_rels/document.xml.rels", links.encode()), None
    yield "lying-sizes.docx", _lying(docx(line)), "damaged"
    yield "cut.docx", docx(line)[:-300], "damaged"
    yield (
        "password.docx",
        compound_file({"EncryptedPackage": bytes(random.Random(2).choices(range(256), k=800))}),
        "password",
    )
    yield (
        "private-signs.docx",
        docx('<w:p><w:r><w:sym w:char="FFFFFFFFFF"/><w:t>\ue000\ufffd</w:t></w:r></w:p>' + line),
        None,
    )


def _replaced(data: bytes, part: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zipped({name: content if name == part else old.read(name) for name in old.namelist()})


def _lying(data: bytes) -> bytes:
    """The zip with every size in its directory made small."""
    out = bytearray(data)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", out, at + 24, 5)
        at = out.find(b"PK\x01\x02", at + 4)
    return bytes(out)


def xlsx(rows: str, *, after: str = "", strings: str = "") -> bytes:
    """A workbook of one sheet."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {_S} xmlns:r="{_R}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{_R}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/sharedStrings.xml": f"<sst {_S}>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {_S}><sheetData>{rows}</sheetData>{after}</worksheet>",
        }
    )


def _sheets() -> Iterator[tuple[str, bytes, str | None]]:
    def text(reference: str, value: str = "chữ") -> str:
        return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'

    far = f'<row r="1">{text("A1")}</row><row r="1048576">{text("XFD1048576")}</row>'
    yield "far-cell.xlsx", xlsx(far), None
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2"/><mergeCell ref="ZZZZ9:A1"/></mergeCells>'
    yield "merged-sheet.xlsx", xlsx(f'<row r="1">{text("A1")}</row>', after=merged), None
    yield "numbers.xlsx", xlsx("<row><c><v>1e308</v></c><c><v>nan</v></c><c><v>-inf</v></c><c><v>x</v></c></row>"), None
    yield "missing-strings.xlsx", xlsx('<row><c t="s"><v>999999</v></c><c t="s"><v>-1</v></c></row>'), "empty"
    lol = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    bomb = _replaced(
        xlsx('<row><c t="s"><v>0</v></c></row>'),
        "xl/sharedStrings.xml",
        f"{lol}<sst {_S}><si><t>&b;</t></si></sst>".encode(),
    )
    yield "entity-bomb.xlsx", bomb, "entities"
    yield "formulas.xlsx", xlsx('<row><c t="str"><f>HYPERLINK("http://192.0.2.1")</f><v>=1+1</v></c></row>'), None
    yield "no-sheets.xlsx", zipped({"xl/workbook.xml": f"<workbook {_S}/>"}), "empty"


def _open_documents() -> Iterator[tuple[str, bytes, str | None]]:
    names = ("office", "text", "table", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)

    def document(body: str, kind: str, prolog: str = "") -> bytes:
        content = (
            f"{prolog}<office:document-content {spaces}><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>"
        )
        return zipped(
            {
                "mimetype": f"application/vnd.oasis.opendocument.{kind}",
                "content.xml": content,
                "META-INF/manifest.xml": "<manifest/>",
            }
        )

    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>1</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="999999999">{cell}</table:table-row>'
    yield "repeated-cells.ods", document(f"<table:table>{row}</table:table>", "spreadsheet"), "cells"
    blanks = f'<text:p>a<text:s text:c="99999999999"/>{_LETTERS}</text:p>'
    yield "blanks.odt", document(blanks, "text"), None
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    yield "external-entity.odt", document("<text:p>&e;</text:p>", "text", outside), "entities"
    nested = "<text:list><text:list-item>" * 80 + f"<text:p>{_LETTERS}</text:p>" + "</text:list-item></text:list>" * 80
    yield "deep-lists.odt", document(nested, "text"), None


def _old_office() -> Iterator[tuple[str, bytes, str | None]]:
    document = Doc([par("text"), Par([("Arial", "\x13" * 50 + "x", b"")]), list_item("one")], levels=[(0, "\0.", 1)])
    good = document.build()
    yield "open-fields.doc", good, None
    yield "cut.doc", good[: len(good) // 2], "damaged"
    yield "piece-outside.doc", compound_file({**document.streams(), "1Table": bytes(5000)}), "damaged"
    streams = document.streams()
    main = bytearray(streams["WordDocument"])
    struct.pack_into("<8I", main, 76, *[0xFFFFFF0] * 8)
    yield "lying-counts.doc", compound_file({**streams, "WordDocument": bytes(main)}), None
    main = bytearray(streams["WordDocument"])
    struct.pack_into("<II", main, 154 + 8 * 33, 0xFFFFFF00, 0xFF)
    yield "parts-outside.doc", compound_file({**streams, "WordDocument": bytes(main)}), "damaged"
    yield "word-95.doc", document.build(version=0x0068), ""
    table = [Par([("Arial", "1", b"")], struct.pack("<HB", 0x2416, 1), "\x07") for _ in range(3)]
    yield "crossed-borders.doc", Doc([*table, row_end([9000, 0, -9000, 5])]).build(), None
    looped = bytearray(good)
    start = looped.index(b"\xfd\xff\xff\xff", 512) // 512 * 512
    for sector in range(3):
        struct.pack_into("<I", looped, start + 4 * sector, 0)
    yield "looped-sectors.doc", bytes(looped), ""
    yield (
        "noise.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(random.Random(3).choices(range(256), k=3000)),
        "Office",
    )
    book = Xls({(0, 0): ("a", "Arial", "General"), (65535, 255): (1.0, "Arial", "General")}).build()
    yield "far-cell.xls", book, None
    yield "cut.xls", book[: len(book) // 2], "xls"
    yield "bin-beyond.rtf", rb"{\rtf1 a\bin2147483647 b}", None
    yield "no-groups.rtf", rb"{\rtf1 }}}}}} \par \cell\row\trowd\cellx99999999999 x\u-99999999999 \'zz", None
    yield (
        "numbers.rtf",
        b"{\\rtf1" + b"\\f99999999999\\uc999999 \\u55357 \\u56832 " + _LETTERS.encode("cp1258", "ignore"),
        None,
    )


def _archives() -> Iterator[tuple[str, bytes, str | None]]:
    data, name = zipped({"a.txt": _LETTERS}), "in.zip"
    for _ in range(6):
        data = zipped({name: data})
    yield "nested.zip", data, "inside of 3 others"
    yield (
        "outside.zip",
        zipped({"../../../../tmp/a.txt": _LETTERS, "/etc/b.txt": _LETTERS, "C:\\c.txt": _LETTERS}),
        None,
    )
    yield "bomb.zip", zipped({"a.txt": b"\0" * 30_000_000}), "unpacks to"
    yield "cut.zip", zipped({"a.txt": _LETTERS})[:-30], "damaged"
    protected = bytearray(zipped({"a.txt": _LETTERS}))
    for at in (6, protected.index(b"PK\x01\x02") + 8):
        protected[at] |= 1
    yield "password.zip", bytes(protected), "password"
    overlapping = bytearray(zipped({"a.txt": zlib.compress(b"x" * 900), "b.txt": _LETTERS}))
    second = overlapping.rindex(b"PK\x01\x02")
    struct.pack_into("<I", overlapping, second + 42, 0)  # both members begin where the first does
    yield "overlapping.zip", bytes(overlapping), ""


def make_large(folder: Path) -> dict[str, str]:
    """Writes what no repository should hold, and says for each a word of its refusal.

    A sparse file of 4 GB, a pipe, links that lead to themselves, a folder with a file's name, deep
    groups, a long line, a bomb of a gigabyte.
    """
    expected: dict[str, str] = {}
    for name, word in (("sparse.pdf", "too large"), ("sparse.txt", "too large"), ("sparse.zip", "damaged")):
        with (folder / name).open("wb") as stream:
            stream.write(b"%PDF-1.7\n" if name.endswith("pdf") else b"text\n")
            stream.truncate(4 * 1024**3)
        expected[name] = word
    if hasattr(os, "mkfifo"):
        for name in ("pipe.txt", "pipe.zip"):
            os.mkfifo(folder / name)
            expected[name] = "regular file"
    (folder / "loop.txt").symlink_to("loop.txt")
    expected["loop.txt"] = "link"
    (folder / "dangling.docx").symlink_to("nowhere")
    expected["dangling.docx"] = "does not exist"
    (folder / "deep.rtf").write_bytes(b"{\\rtf1 " + b"{" * 2_000_000)
    expected["deep.rtf"] = "nested too deeply"
    (folder / "quotes.csv").write_bytes(b'a;b;c\r\n"' + b"x;y\r\n" * 300_000)
    expected["quotes.csv"] = "no table of values"
    (folder / "long-line.txt").write_bytes(b"a" * 25_000_000)
    expected["long-line.txt"] = "too large"
    stream_of_zeros = io.BytesIO()
    with (
        zipfile.ZipFile(stream_of_zeros, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(1000):
            part.write(bytes(1_000_000))
    (folder / "gigabyte.docx").write_bytes(stream_of_zeros.getvalue())
    expected["gigabyte.docx"] = "unpacks to"
    return expected


def main(arguments: list[str]) -> None:
    """Writes the small files."""
    folder = Path(arguments[0]) if arguments else HOSTILE
    folder.mkdir(parents=True, exist_ok=True)
    for name, (data, _) in small().items():
        (folder / name).write_bytes(data)
    print(f"{len(small())} files in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
