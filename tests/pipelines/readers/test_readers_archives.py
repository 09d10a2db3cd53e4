"""Archives of reports: each member a report, nothing outside of the archive, nothing without bound."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from pipelines.bounds import DEFAULTS, limit, set_limit
from pipelines.errors import ReadError, UsageError
from pipelines.extraction import Extracted, process_file
from pipelines.flows.changes import find_changes
from pipelines.readers import archives, file_digest, file_on_disk, find_files, read
from pipelines.store import ReportState
from tests.pipelines.readers.office_files import Doc, par


def archive(path: Path, members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return path


def packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def names(paths: list[Path], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in paths]


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_each_member_is_a_report_of_its_own(tmp_path: Path) -> None:
    inner = packed({"c.txt": b"ba"})
    archive(
        tmp_path / "báo cáo.zip",
        {
            "b/một.txt": "Báo cáo một".encode(),
            "a.doc": Doc([par("B¸o c¸o n¨m häc võa qua", ".VnTime")]).build(),
            "trong.zip": inner,
            **dict.fromkeys(("__MACOSX/._a.doc", ".DS_Store", "~$a.docx", "Thumbs.db"), b"x"),
        },
    )
    (tmp_path / "z.txt").write_text("rời", encoding="utf-8")
    found = find_files([tmp_path])
    assert names(found, tmp_path) == [
        *("báo cáo.zip/a.doc", "báo cáo.zip/b/một.txt", "báo cáo.zip/trong.zip/c.txt", "z.txt"),
    ]
    layers = [read(path) for path in found]
    assert [layer.text.strip() for layer in layers] == ["Báo cáo năm học vừa qua", "Báo cáo một", "ba", "rời"]
    assert layers[2].file == str(found[2])
    assert layers[2].id == hashlib.sha256(b"ba").hexdigest() == file_digest(found[2])
    assert file_on_disk(found[2]) == tmp_path / "báo cáo.zip"
    outcome = process_file(found[1])
    assert isinstance(outcome, Extracted)
    assert outcome.records[0].file == str(found[1])  # type: ignore[union-attr]


def test_members_stay_inside_and_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    outside = tmp_path / "outside.txt"
    outside.write_text("outside", encoding="utf-8")
    with zipfile.ZipFile(path, "w") as package:
        for name, text in (("../outside.txt", "one"), ("/outside.txt", "two"), ("x/..\\outside.txt", "three")):
            package.writestr(name, text)
        package.writestr("x/y.txt", "four")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("x/y.txt", "five")
    found = find_files([path])
    assert names(found, path) == ["outside (2).txt", "outside.txt", "x/outside.txt", "x/y (2).txt", "x/y.txt"]
    assert [read(member).text for member in found] == ["two", "one", "three", "five", "four"]


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    data = packed({"x": b"one", "a.txt": b"two"})
    # In the list at the end the name of the first is cut to nothing, and its letter becomes a comment.
    start = data.index(b"PK\x01\x02")
    head = bytearray(data[start : start + 46])
    struct.pack_into("<HHH", head, 28, 0, 0, 1)
    path = tmp_path / "a.zip"
    path.write_bytes(data[:start] + bytes(head) + data[start + 46 :])
    assert names(find_files([path]), tmp_path) == ["a.zip/a.txt"]


def test_an_archive_is_found_by_its_name_and_a_document_is_none(tmp_path: Path) -> None:
    archive(tmp_path / "a.bin", {"x.txt": b"x"})
    assert find_files([tmp_path]) == [tmp_path / "a.bin"]
    assert ".zip" in refusal(tmp_path / "a.bin")
    archive(tmp_path / "b.zip", {"mimetype": b"application/epub+zip"})
    assert find_files([tmp_path / "b.zip"]) == [tmp_path / "b.zip"]
    assert "e-book" in refusal(tmp_path / "b.zip")
    archive(tmp_path / "c.zip", {"x.txt": b"x"})
    assert "give the files in it" in refusal(tmp_path / "c.zip")
    assert "does not exist in its archive" in refusal(tmp_path / "c.zip" / "y.txt")


def test_damaged_and_protected_members_cost_only_themselves(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": b"first", "b.txt": b"second" * 50}, compression=zipfile.ZIP_STORED)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"first", b"frist"))
    assert "damaged in its archive" in refusal(path / "a.txt")
    assert read(path / "b.txt").text == "second" * 50
    at = data.index(b"PK\x01\x02")
    protected = bytearray(data)
    for flags in (6, at + 8):
        struct.pack_into("<H", protected, flags, 1)
    path.write_bytes(protected)
    assert "password" in refusal(path / "a.txt")
    path.write_bytes(data[:40])
    assert find_files([path]) == [path]
    assert "damaged" in refusal(path)


def test_nested_archives_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"text"
    name = "a.txt"
    for _ in range(6):
        data, name = packed({name: data}), "in.zip"
    (tmp_path / "a.zip").write_bytes(data)
    (deep,) = find_files([tmp_path / "a.zip"])
    assert deep == tmp_path / "a.zip/in.zip/in.zip/in.zip"
    assert "inside of 3 others" in refusal(deep)
    assert "holds no report" in refusal(archive(tmp_path / "c.zip", {}))
    monkeypatch.setattr(archives, "MAX_ZIP_ENTRIES", 2)
    assert find_files([archive(tmp_path / "b.zip", dict.fromkeys("abc", b"x"))]) == [tmp_path / "b.zip"]
    assert "more than 2 files" in refusal(tmp_path / "b.zip")
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 1000)
    big = archive(tmp_path / "c.zip", {"x.zip": packed({"x": os.urandom(2000)})})
    assert "unpack to more than" in refusal(big)


def test_bombs_in_archives_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": b"\0" * 6_000_000, "b.txt": b"fine"})
    assert "unpacks to" in refusal(path / "a.txt")
    assert read(path / "b.txt").text == "fine"
    monkeypatch.setattr(archives, "MAX_BINARY_BYTES", 1000)
    assert "too large" in refusal(path / "a.txt")
    monkeypatch.setattr(archives, "_MAX_DIRECTORY_BYTES", 10)
    assert "files" in refusal(path)


def test_members_of_an_unchanged_archive_are_not_read_again(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": b"one", "b.txt": b"two"})
    first = find_changes([tmp_path], {}, version="1")
    assert [member.name for member in first.new] == ["a.txt", "b.txt"]
    states = {
        str(member): ReportState(str(member), file_digest(member) or "", "1", "new", "2021", "2021")
        for member in first.new
    }
    again = find_changes([tmp_path], states, version="1", settle_seconds=0.01)
    assert len(again.unchanged) == 2
    archive(path, {"a.txt": b"one", "b.txt": b"changed"})
    later = find_changes([tmp_path], states, version="1")
    assert [member.name for member in later.changed] == ["b.txt"]
    path.unlink()
    assert len(find_changes([tmp_path], states, version="1").vanished) == 2


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Báo cáo", encoding="utf-8")
    real = os.fstat
    calls = []

    def changing(descriptor: int) -> os.stat_result:
        calls.append(descriptor)
        if len(calls) == 2:
            path.write_text("Báo cáo, viết tiếp", encoding="utf-8")
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", changing)
    assert "changed while it was read" in refusal(path)


def test_limits_are_set_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DEFAULTS:
        monkeypatch.delenv(f"BAOCAO_LIMIT_{name.upper()}", raising=False)
        assert limit(name) == DEFAULTS[name][0]
    monkeypatch.setenv("BAOCAO_LIMIT_CELLS", "500_000")
    assert limit("cells") == 500_000
    set_limit("seconds=7")
    assert limit("seconds") == 7
    for wrong in ("seconds=0", "seconds=soon", "seconds", "speed=3"):
        with pytest.raises(UsageError, match="--limit"):
            set_limit(wrong)
    assert limit("seconds") == 7
    monkeypatch.delenv("BAOCAO_LIMIT_SECONDS")
    monkeypatch.setenv("BAOCAO_LIMIT_PAGES", "many")
    with pytest.raises(UsageError, match="BAOCAO_LIMIT_PAGES"):
        limit("pages")
