"""Word 97-2003 documents: letters by font, tables by their borders, automatic numbers, refusals."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from pipelines.readers import programs
from tests.pipelines.readers.layer_checks import cells, layer_of, lines, refusal
from tests.pipelines.readers.office_files import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    SPECIAL,
    Doc,
    Par,
    compound_file,
    list_item,
    par,
    row_end,
)


@pytest.mark.parametrize("wide", [False, True])
def test_doc_letters_are_read_by_font(tmp_path: Path, wide: bool) -> None:
    document = Doc(
        [
            par("céng hoµ x· héi chñ nghÜa viÖt nam", ".VnTimeH"),
            Par([("VNI-Times", "Vieät Nam, ñoäc laäp ", b""), ("Arial", "2003-2004", b"")]),
            par("Plain text\x0bnext\ttab\x1e1", "Arial"),
        ]
    )
    layer = layer_of(tmp_path, document.build(wide=wide))
    assert layer.media_type == "application/msword"
    assert lines(layer) == [
        *("cộng hoà xã hội chủ nghĩa việt nam", "Việt Nam, độc lập 2003-2004", "Plain text", "next tab-1"),
    ]


def test_doc_unicode_stays(tmp_path: Path) -> None:
    layer = layer_of(tmp_path, Doc([par("Trường Tiểu học Định An", ".VnTime")]).build(wide=True))
    assert lines(layer) == ["Trường Tiểu học Định An"]


def test_doc_hidden_deleted_and_instructions_are_left_out(tmp_path: Path) -> None:
    document = Doc(
        [
            Par(
                [
                    ("Arial", "shown ", b""),
                    ("Arial", "hidden", HIDDEN),
                    ("Arial", "deleted", DELETED),
                    ("Arial", "\x13", SPECIAL),
                    ("Arial", " PAGE ", b""),
                    ("Arial", "\x14", SPECIAL),
                    ("Arial", "7", b""),
                    ("Arial", "\x15\x01", SPECIAL),
                ]
            ),
            par("Heading", style=1),
        ],
        footnotes=[par("a note")],
        headers=[par("running head")],
        boxes=[par("in a box")],
    )
    layer = layer_of(tmp_path, document.build())
    assert lines(layer) == ["shown 7", "Heading", "a note", "in a box"]
    assert [(block.kind, block.level) for block in layer.blocks] == [
        *(("paragraph", None), ("heading", 1), ("footnote", None), ("paragraph", None)),
    ]
    assert [(margin.kind, margin.text) for margin in layer.margins] == [("header", "running head")]


def test_doc_tables_have_spans_from_the_borders(tmp_path: Path) -> None:
    def cell(text: str) -> Par:
        return par(text, properties=IN_TABLE, mark="\x07")

    document = Doc(
        [
            par("before"),
            *(cell("TT"), cell("School"), cell("Good"), row_end([0, 100 * 10, 3000, 6000], [0x60, 0x60, 0])),
            *(cell(""), cell(""), cell("SL"), cell("%"), row_end([0, 1000, 3010, 4500, 6000], [0x20, 0x20, 0, 0])),
            *(cell("1"), cell("A"), cell("12"), cell("5"), row_end([0, 1000, 3000, 4500, 6000])),
            par("after"),
        ]
    )
    layer = layer_of(tmp_path, document.build())
    assert lines(layer) == ["before", "TT", "School", "Good", "SL", "%", "1", "A", "12", "5", "after"]
    assert cells(layer) == [
        (0, 0, 2, 1, "TT", True),
        (0, 1, 2, 1, "School", True),
        (0, 2, 1, 2, "Good", True),
        (1, 2, 1, 1, "SL", True),
        (1, 3, 1, 1, "%", True),
        (2, 0, 1, 1, "1", False),
        (2, 1, 1, 1, "A", False),
        (2, 2, 1, 1, "12", False),
        (2, 3, 1, 1, "5", False),
    ]


def test_doc_letterhead_is_read_column_by_column(tmp_path: Path) -> None:
    def cell(text: str, mark: str = "\x07") -> Par:
        return par(text, properties=IN_TABLE, mark=mark)

    document = Doc([cell("UBND", "\r"), cell("So: 1"), cell("CONG HOA", "\r"), cell("ngay 3"), row_end([0, 9, 18])])
    layer = layer_of(tmp_path, document.build())
    assert lines(layer) == ["UBND", "So: 1", "CONG HOA", "ngay 3"]
    assert layer.tables == ()


def test_doc_automatic_numbers_are_printed(tmp_path: Path) -> None:
    document = Doc(
        [list_item("one"), list_item("below", level=1), list_item("two"), list_item("below", level=1), par("none")],
        levels=[(1, "\0.", 1), (0, "\0.\x01", 4)],
    )
    assert lines(layer_of(tmp_path, document.build())) == ["I. one", "I.4 below", "II. two", "II.4 below", "none"]


def test_doc_that_is_protected_damaged_or_other(tmp_path: Path) -> None:
    document = Doc([par("text")])
    assert "password" in refusal(tmp_path, document.build(flags=0x0300))
    streams = document.streams()
    for cut in ({**streams, "1Table": b"\0" * 4096}, {**streams, "WordDocument": streams["WordDocument"][:700]}):
        assert any(word in refusal(tmp_path, compound_file(cut)) for word in ("damaged", "empty"))
    assert "damaged" in refusal(tmp_path, document.build()[:3000])
    assert "PowerPoint" in refusal(tmp_path, compound_file({"PowerPoint Document": b"x"}))
    assert "Outlook" in refusal(tmp_path, compound_file({"__properties_version1.0": b"x"}))
    assert "password" in refusal(tmp_path, compound_file({"EncryptedPackage": b"x"}))
    assert "old Office file" in refusal(tmp_path, compound_file({"Other": b"x"}))


def word_95(text: str, *, fast: bool = False, flags: int = 0) -> bytes:
    """A Word 95 document: the text at once, or in two pieces as it is saved fast."""
    stored = text.encode("latin-1")
    main = bytearray(1024) + stored
    struct.pack_into("<HH", main, 0, 0xA5DC, 0x0068)
    struct.pack_into("<H", main, 10, flags | (4 if fast else 0))
    struct.pack_into("<II", main, 0x18, 1024, 1024 + len(stored))
    struct.pack_into("<I", main, 0x34, len(stored))
    if fast:
        cut = len(stored) // 2
        main += stored[:cut]  # the first half stands behind the second
        places = (1024 + len(stored), 1024 + cut)
        table = struct.pack("<III", 0, cut, len(stored)) + b"".join(struct.pack("<HIH", 0, at, 0) for at in places)
        struct.pack_into("<II", main, 0x160, len(main), 5 + len(table))
        main += b"\2" + struct.pack("<I", len(table)) + table
    return compound_file({"WordDocument": bytes(main)})


@pytest.mark.parametrize("fast", [False, True])
def test_word_95_is_read_by_content(tmp_path: Path, fast: bool) -> None:
    text = "Tr\xad\xeang tiÓu häc sè mét\rn¨m häc\x0bcña x·\x07\x13 PAGE \x147\x15 kÕt\r"
    layer = layer_of(tmp_path, word_95(text, fast=fast))
    assert lines(layer) == ["Trường tiểu học số một", "năm học", "của xã", "7 kết"]


def test_older_word_needs_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = word_95("\1\2\3\4" * 20)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "install antiword or catdoc" in refusal(tmp_path, data)
    script = tmp_path / "program"
    script.write_text("#!/bin/sh\nprintf 'Tr\\302\\255\\303\\252ng n\\302\\250m h\\303\\244c tiÓu ®Þnh cña x· kÕt'\n")
    script.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(script) if name == "catdoc" else None)
    assert lines(layer_of(tmp_path, data)) == ["Trường năm học tiểu định của xã kết"]
    script.write_text("#!/bin/sh\nexit 3\n")
    assert "before Word 6" in refusal(tmp_path, data)
    script.write_text("#!/bin/sh\nsleep 5\n")
    monkeypatch.setattr(programs, "_SECONDS", 0.2)
    assert "before Word 6" in refusal(tmp_path, data)
