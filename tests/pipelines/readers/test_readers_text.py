"""Plain text and Markdown, encodings, and what is refused."""

import errno
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from pipelines import readers
from pipelines.errors import ReadError
from pipelines.readers import find_files, read
from schemas import canonical_text

TEXT = "\ufeffBÁO CÁO\r\nTổng kết\tnăm học\xa02020-2021\rTrường Tiểu học Định An 1: 12 lớp.\n"


def windows_1258(text: str) -> bytes:
    """Text as Vietnamese Windows wrote it: letters with their marks, tones behind them."""
    out = bytearray()
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone))
            out += (letter + tone).encode("cp1258")
    return bytes(out)


def refusal(path: Path, name: str | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, name)
    message = str(caught.value)
    assert message.startswith(f"{name or path}: ")
    assert "\n" not in message
    return message


def test_text_is_canonical_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    layer = read(path)
    assert layer.text == canonical_text(TEXT)
    assert layer.text == "BÁO CÁO\nTổng kết năm học 2020-2021\nTrường Tiểu học Định An 1: 12 lớp.\n"
    assert (layer.file, layer.media_type, layer.pages, layer.blocks) == (str(path), "text/plain", (), ())


def test_id_is_of_the_bytes_and_name_is_as_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("một", encoding="utf-8")
    (tmp_path / "b.txt").write_text("một", encoding="utf-8")
    one, two = read(tmp_path / "a.txt", "hộp thư/a.txt"), read(tmp_path / "b.txt")
    assert one.id == two.id
    assert one.file == "hộp thư/a.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_give_one_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.removeprefix("\ufeff").encode(encoding))
    assert read(path).text == canonical_text(TEXT)


def test_big_endian_utf16_with_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-16-be"))
    assert read(path).text == canonical_text(TEXT)


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(unicodedata.normalize("NFD", TEXT).encode())
    assert read(path).text == canonical_text(TEXT)


def test_windows_1258_is_read_where_it_is_vietnamese(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    plain = TEXT.removeprefix("\ufeff")
    path.write_bytes(windows_1258(plain))
    assert read(path).text == canonical_text(plain)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("Báo cá".encode()[:-1], "cut short"),
        ("Straße, façade, Ångström".encode("latin-1"), "UTF-8"),
        ("Tr­êng, n¨m häc".encode("latin-1"), "TCVN3"),  # too little to tell TCVN3 from other encodings
        ("Báo cáo".encode("utf-16-le") * 20, "UTF-16"),
        (b"\xef\xbb\xbfB\xe1o", "byte 4"),
        (b"report\0\x01\x02" * 50 + b"text" * 500, "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"a\x01\x02\x03" * 100, "binary"),
        (("Trường Tiểu học Định An đạt giải Nhất. " * 9).encode().decode("cp1252", "replace").encode(), "lost"),
        (("Trưá»ng Tiá»ƒu há»c Äịnh An " * 9).encode(), "garbled"),
        (b"{\\rtf1 }", "empty"),
        (b"MIME-Version: 1.0\r\n\r\ntext", "mail"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        (b"MZ\x90\0" + b"\0" * 50, "program"),
        (b"Rar!\x1a\x07\0", "archive"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), ".doc"),
    ],
)
def test_refused_content_with_a_txt_name(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "báo cáo.txt"
    path.write_bytes(data)
    assert word in refusal(path)


def test_huge_text_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.write(b"text\n")
        stream.truncate(200_000_000)
    assert "too large (200 MB, limit 20 MB)" in refusal(path)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "nowhere.txt")
    assert "folder" in refusal(tmp_path)
    assert "no valid path" in refusal(Path("a\0b"), "a")
    (tmp_path / "file").write_text("x")
    assert "does not exist" in refusal(tmp_path / "file" / "below.txt")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "link" in refusal(tmp_path / "loop")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "regular file" in refusal(tmp_path / "pipe.txt")


def test_permission_and_disk_errors_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")

    def deny(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(readers, "_open_without_waiting", deny)
    assert "permissions" in refusal(path)

    def fail(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(readers, "_open_without_waiting", fail)
    assert "Input/output error" in refusal(path)


def test_reading_text_loads_no_library_of_other_formats(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Báo cáo", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from pipelines.readers import read; read(Path(sys.argv[1]));"
        "print([m for m in ('docx', 'pypdfium2', 'pdfplumber', 'lxml', 'numpy', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_files_are_found_once_sorted_and_without_leftovers(tmp_path: Path) -> None:
    for name in ("b.txt", "a.docx", "~$a.docx", ".hidden.txt", "Thumbs.db", "năm 2020/c.pdf", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    missing = tmp_path / "missing.txt"
    found = find_files([tmp_path, tmp_path / "b.txt", missing])
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == [
        "a.docx",
        "b.txt",
        "năm 2020/c.pdf",
        "missing.txt",
    ]


MARKDOWN = """# BÁO CÁO

## I. Kết quả ##
Có **24/24** đơn vị.

| TT | Trường | Giỏi |
|:--|---|--:|
| 1 | TH Định An \\| 1 | 12 |
| 2 | | 12,5 |

```
# no heading
| a | b |
|---|---|
```
TT | Tên
---|---
1 | Nam Mỹ
"""


def test_markdown_marks_headings_and_tables_in_the_text_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    layer = read(path)
    assert layer.text == MARKDOWN
    assert layer.media_type == "text/markdown"
    assert [(layer.text[b.start : b.end], b.level) for b in layer.blocks] == [("BÁO CÁO", 1), ("I. Kết quả", 2)]
    assert [table.shape for table in layer.tables] == [(3, 3), (2, 2)]
    first = layer.tables[0]
    cells = {(c.row, c.col): (layer.text[c.start : c.end], c.header) for c in first.cells}
    assert cells[0, 1] == ("Trường", True)
    assert cells[1, 1] == ("TH Định An \\| 1", False)
    assert cells[2, 1] == ("", False)
    assert cells[2, 2] == ("12,5", False)
    assert layer.text[first.start : first.end].startswith("| TT")
    assert layer.text[first.start : first.end].endswith("12,5 |")
