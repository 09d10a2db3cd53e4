"""``baocao extract``: what it prints, what it says of files that fail, what it does not import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli.main import app, main
from pipelines.extraction import process_file
from tests.pipelines.flow_fixtures import ROOT, RunCommand, WriteReport

#: The first bytes of an OLE file, as a docx with a password is one.
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048)
BAD_FILES = {
    "rong.txt": b"",
    "khoang-trang.txt": b" \n\n ",
    "anh.txt": bytes(range(256)) * 40,
    "mat-khau.docx": OLE,
    "hong.docx": b"PK\x03\x04" + bytes(100),
    "cut.pdf": b"%PDF-1.7\n1 0 obj",
}


def call(*arguments: object) -> int:
    """The exit code of a command that runs in this process."""
    with pytest.raises(SystemExit) as ended:
        app([str(argument) for argument in arguments], prog_name="baocao")
    code = ended.value.code
    assert isinstance(code, int)
    return code


def test_records_are_lines_with_the_report_first(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("extract", folder, "--with-text") == 0
    output = capfd.readouterr()
    rows = [json.loads(line) for line in output.out.splitlines()]
    assert output.err == ""
    assert rows[0]["type"] == "report"
    assert rows[0]["file"] == str(folder / "bao-cao-1.txt")
    assert "Tổng kết" in output.out, "characters are printed as they are"
    texts: dict[str, str] = {}
    for row in rows:
        if row["type"] == "report":
            texts[row["report"]] = row["text"]
        for passage in row["evidence"]:
            assert texts[row["report"]][passage["start"] : passage["end"]] == passage["quote"]
    assert len(texts) == 3
    assert {"school", "award", "statistic", "citation"} <= {row["type"] for row in rows}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_one_sentence_and_the_others_are_read(
    name: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bad = folder / name
    bad.write_bytes(BAD_FILES[name])
    assert call("extract", folder) == 3
    output = capfd.readouterr()
    (sentence,) = output.err.splitlines()
    assert sentence.startswith(f"{bad}: ")
    assert "Traceback" not in output.err
    assert output.out.count('"type": "report"') == 3


def test_a_path_that_is_not_there_is_a_failed_file(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    missing = folder / "khong-co.txt"
    assert call("extract", missing, folder / "bao-cao-1.txt") == 3
    output = capfd.readouterr()
    assert output.err.startswith(f"{missing}: does not exist")
    assert output.out.count('"type": "report"') == 1


def test_an_error_nobody_foresaw_names_the_file(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import extractors
    from pipelines.cli import extract

    monkeypatch.setattr(extractors, "analyze", lambda layer: 1 / 0)
    # In this process: the change above reaches no other one.
    monkeypatch.setattr(extract, "extract_files", lambda files, workers: map(process_file, files))
    assert call("extract", folder / "bao-cao-1.txt") == 3
    quiet = capfd.readouterr().err
    monkeypatch.setenv("BAOCAO_DEBUG", "1")
    assert call("extract", folder / "bao-cao-1.txt") == 3
    loud = capfd.readouterr().err
    assert len(quiet.splitlines()) == 1
    assert str(folder / "bao-cao-1.txt") in quiet
    assert "--debug" in quiet
    assert "ZeroDivisionError: division by zero" in loud


def test_files_are_written_whole_or_not_at_all(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "trang.html"
    assert call("extract", folder, "--format", "html", "--out", page) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert capfd.readouterr().out == ""
    assert call("extract", folder, "--out", tmp_path / "khong-co" / "x.jsonl") == 1
    assert "--out" in capfd.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports", "trang.html"]


def test_tables_do_not_pass_on_what_steers_a_terminal(
    tmp_path: Path, write_report: WriteReport, capfd: pytest.CaptureFixture[str]
) -> None:
    hostile = write_report(tmp_path, "a\x1b[31m[red].txt")
    hostile.write_text(hostile.read_text(encoding="utf-8").replace("Minh", "[bold]\x1b]0;x\x07"), encoding="utf-8")
    assert call("extract", hostile, "--format", "table") == 0
    output = capfd.readouterr().out
    assert "\x1b" not in output
    assert "\x07" not in output
    assert "[red]" in output, "markup is text"


def test_many_files_go_through_processes(
    tmp_path: Path, write_report: WriteReport, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in range(4):
        write_report(tmp_path, f"{number}.txt", number=number)
    assert call("extract", tmp_path, "--workers", "2") == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [Path(row["file"]).name for row in rows if row["type"] == "report"] == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_a_reader_that_has_enough_is_no_error(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pipelines.cli.main", "extract", str(folder), "--with-text"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        assert process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.wait(timeout=60) == 0
    assert said == ""


def test_a_text_costs_no_library_that_it_does_not_need(folder: Path) -> None:
    script = """
import sys
from pipelines.cli.main import app, main
from pipelines.extraction import process_file
try:
    app(["extract", sys.argv[1], "--out", sys.argv[2]])
except SystemExit as ended:
    assert ended.code == 0
heavy = ("prefect", "sqlalchemy", "pandas", "alembic", "docx", "pypdfium2", "pdfplumber", "lxml.html")
print([name for name in heavy if name in sys.modules])
"""
    command = [sys.executable, "-c", script, str(folder), str(folder.parent / "out.jsonl")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert done.stdout == "[]\n", done.stderr


def test_wrong_usage_is_2(folder: Path, run_command: RunCommand) -> None:
    done = run_command("extract", folder, "--format", "doc")
    assert done.returncode == 2
    assert "doc" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (["facts", "statistik"], "'statistik' is not one of 'report'"),
        (["facts", "school", "--format", "xls"], "'xls' is not one of 'csv'"),
        (["extract"], "PATH"),
        (["extract", "a.txt", "--nosuch"], "--nosuch"),
        (["extrakt"], "extrakt"),
        (["explore", "--port", "99999"], "65535"),
    ],
)
def test_wrong_usage_is_one_sentence_with_the_way_out(
    line: list[str], named: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["baocao", *line])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    (sentence,) = capfd.readouterr().err.splitlines()
    assert named in sentence
    assert "--help`" in sentence
    assert "Value error" not in sentence


def test_without_any_argument_the_help_is_shown(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["baocao"])
    with pytest.raises(SystemExit):
        main()
    assert "ingest" in "".join(capfd.readouterr())


def test_every_command_shows_an_example() -> None:
    from typer.main import get_command

    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert len(commands) >= 11
    for name, command in commands.items():
        assert command.epilog is not None, name
        assert f"baocao {name} " in command.epilog, name
        assert command.help, name
