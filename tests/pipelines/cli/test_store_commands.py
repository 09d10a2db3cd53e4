"""The commands over a store: one real ingestion under Prefect, then all that looks at it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.flows.ingest import ingest
from pipelines.flows.runners import LocalRunner
from pipelines.readers import read
from tests.pipelines.cli.test_extract_command import call
from tests.pipelines.flow_fixtures import REPORT, RunCommand


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three reports and a file that cannot be read; made once."""
    folder = tmp_path_factory.mktemp("ingested")
    for number in range(1, 4):
        (folder / f"bao-cao-{number}.txt").write_text(REPORT.format(number=number, year=2020), encoding="utf-8")
    (folder / "rong.txt").touch()
    database = folder.with_suffix(".db")
    ingest([folder], f"sqlite:///{database}", runner=LocalRunner(1))
    return database


@pytest.fixture
def stored(ingested: Path, tmp_path: Path) -> str:
    """The URL of a store of the test's own with these reports."""
    database = tmp_path / "facts.db"
    database.write_bytes(ingested.read_bytes())
    return f"sqlite:///{database}"


def test_ingest_under_prefect_and_again(
    folder: Path, store_url: str, run_command: RunCommand, prefect_environment: dict[str, str]
) -> None:
    (folder / "rong.txt").touch()
    first = run_command("ingest", folder, "--store", store_url, "--workers", 2, env=prefect_environment)
    assert first.returncode == 3, first.stderr
    (sentence,) = first.stderr.splitlines()
    assert sentence.startswith(f"{folder / 'rong.txt'}: ")
    assert "3 new, 0 changed, 0 unchanged, 1 failed" in first.stdout
    assert f"baocao audit --format table --store {store_url}" in first.stdout
    (folder / "rong.txt").unlink()
    second = run_command("ingest", folder, "--store", store_url, env=prefect_environment)
    assert second.returncode == 0, second.stderr
    assert second.stderr == ""
    assert "0 new, 0 changed, 3 unchanged, 0 failed" in second.stdout
    records = [next(line for line in done.stdout.splitlines() if "school" in line) for done in (first, second)]
    assert records[0] == records[1]


def test_audit_and_verdict(stored: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("audit", "--store", stored) == 0
    findings = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    finding = next(row for row in findings if row["rule"] == "sum_of_parts")
    assert finding["type"] == "finding"
    assert finding["class"] == "contradiction"
    assert len(finding["operands"]) >= 2
    assert finding["verdict"] is None

    assert call("audit", "--store", stored, "--format", "table") == 0
    table = capfd.readouterr().out
    assert finding["message"].split()[0] in table
    assert all(operand["quote"].splitlines()[0] in table for operand in finding["operands"])

    arguments = ("verdict", finding["fingerprint"], "dismiss", "--store", stored)
    assert call(*arguments, "--by", "Lê Thị Mai", "--note", " ") == 2
    assert call(*arguments, "--by", "Lê Thị Mai", "--note", "tính cả giải khuyến khích") == 0
    assert json.loads(capfd.readouterr().out)["decision"] == "dismiss"
    assert call("audit", "--store", stored) == 0
    assert finding["fingerprint"] not in capfd.readouterr().out
    assert call("audit", "--store", stored, "--all") == 0
    assert '"verdict": "dismiss"' in capfd.readouterr().out
    assert call("verdict", "0000", "confirm", "--by", "x", "--note", "x", "--store", stored) == 2


def test_the_audit_for_the_file(stored: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("audit", "--store", stored) == 0
    findings = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    said = findings[0]["message"].split(":")[0]

    assert call("audit", "--store", stored, "--format", "html") == 0
    assert said in capfd.readouterr().out
    for format in ("html", "docx", "xlsx"):
        out = tmp_path / f"phat-hien.{format}"
        assert call("audit", "--store", stored, "--format", format, "--out", out) == 0
        assert said in read(out).text, format

    name = findings[0]["operands"][0]["file"].rsplit("/", 1)[-1]
    assert call("audit", "--store", stored, "--report", name) == 0
    assert json.loads(capfd.readouterr().out.splitlines()[0])["fingerprint"] == findings[0]["fingerprint"]
    assert call("audit", "--store", stored, "--report", "khong-co.docx") == 2
    assert "khong-co.docx" in capfd.readouterr().err
    for format in ("docx", "xlsx"):
        assert call("audit", "--store", stored, "--format", format) == 2
        assert "--out" in capfd.readouterr().err


def test_facts(stored: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("facts", "school", "--where", "level = 'TH'", "--format", "jsonl", "--store", stored) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert rows
    assert {row["level"] for row in rows} == {"TH"}
    assert all(row["entity_id"] and row["quote"] and row["report_file"] for row in rows)
    for format in ("csv", "xlsx", "parquet"):
        out = tmp_path / f"facts.{format}"
        assert call("facts", "citation", "--format", format, "--out", out, "--store", stored) == 0
        assert out.stat().st_size > 100
    assert call("facts", "school", "--where", "nothing = 1", "--store", stored) == 2
    assert "nothing" in capfd.readouterr().err
    assert call("facts", "pupil", "--store", stored) == 2


def test_entities(stored: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("entities", "school", "--store", stored) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    school = next(row for row in rows if "Hòa Lộc" in row["name"])
    assert (school["type"], school["kind"]) == ("entity", "school")
    assert {mention["file"] for mention in school["mentions"]} == {
        mention["file"] for row in rows for mention in row["mentions"]
    }
    assert call("entities", "school", "--format", "table", "--store", stored) == 0
    assert school["id"] in capfd.readouterr().out


def test_export_and_schema(stored: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("export", tmp_path / "tables", "--store", stored) == 0
    written = [Path(line) for line in capfd.readouterr().out.splitlines()]
    assert {"school.csv", "finding.csv", "data_dictionary.csv"} <= {path.name for path in written}
    assert all(path.is_file() for path in written)

    assert call("schema") == 0
    assert "statistic" in json.loads(capfd.readouterr().out)["schemas"]
    assert call("schema", "--out", tmp_path / "schemas") == 0
    assert json.loads((tmp_path / "schemas" / "award.schema.json").read_text())["title"] == "award"
    blocked = tmp_path / "blocked"
    blocked.touch()
    assert call("schema", "--out", blocked) == 1
    assert str(blocked) in capfd.readouterr().err


def test_status_shows_runs_and_quarantine(stored: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("status", "--store", stored) == 0
    output = capfd.readouterr().out
    assert "3 files" in output
    assert "done" in output
    assert "rong.txt" in output.replace("\n", "")


@pytest.mark.parametrize("command", [("audit",), ("status",), ("entities", "school"), ("facts", "school")])
def test_a_store_that_is_not_there_is_not_made(
    command: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "khong-co.db"
    assert call(*command, "--store", f"sqlite:///{missing}") == 1
    (sentence,) = capfd.readouterr().err.splitlines()
    assert sentence.startswith(f"{missing}: there is no store yet")
    assert not missing.exists()


def test_stores_that_cannot_be_opened(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.db"
    text.write_text("không phải cơ sở dữ liệu" * 100, encoding="utf-8")
    for url in (f"sqlite:///{text}", f"sqlite:///{text}/x.db", f"sqlite:///{tmp_path}/khong/x.db", "mysql://x/y", "x"):
        assert call("ingest", folder, "--store", url) == 1, url
        (sentence,) = capfd.readouterr().err.splitlines()
        assert "Traceback" not in sentence


def test_wrong_usage_is_said_before_prefect_starts(
    folder: Path, capfd: pytest.CaptureFixture[str], store_url: str
) -> None:
    assert call("ingest", folder, "--runner", "spark") == 2
    assert call("ingest", folder, "--dask", "tcp://127.0.0.1:1") == 2
    assert call("schedule", folder / "khong-co", "--store", store_url) == 2
    assert call("schedule", folder, "--every", "60", "--cron", "* * * * *", "--store", store_url) == 2
    assert len(capfd.readouterr().err.splitlines()) == 4


def test_evaluate(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    assert call("evaluate", gold) == 2
    assert str(gold) in capfd.readouterr().err
    schools = [{"name": "Trường Tiểu học Hòa Lộc 1", "level": "TH", "own_name": "Hòa Lộc", "ordinal": 1}]
    content = {"file": "bao-cao-1.txt", "school": schools}
    (gold / "bao-cao-1.json").write_text(json.dumps(content), encoding="utf-8")
    assert call("evaluate", gold, "--reports", folder, "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert any(row["measure"].startswith("school") and row["tp"] for row in rows)
    assert call("evaluate", gold, "--reports", folder) == 0
    saved, page = tmp_path / "run.json", tmp_path / "page.html"
    assert call("evaluate", gold, "--reports", folder, "--save", saved, "--html", page) == 0
    assert "Hòa Lộc" in saved.read_text(encoding="utf-8")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    capfd.readouterr()
    assert call("evaluate", gold, "--reports", folder, "--against", saved) == 0
    assert "No record differs." in capfd.readouterr().out
    for option in ("--html", "--save"):
        assert call("evaluate", gold, "--reports", folder, "--summary", option, page) == 2
    assert call("evaluate", gold, "--reports", folder, "--against", tmp_path / "none") == 2
    assert "none" in capfd.readouterr().err


def test_runs_over_bare_reports_are_compared(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "run.json"
    assert call("evaluate", folder, "--save", saved) == 0
    content = json.loads(saved.read_text(encoding="utf-8"))
    dropped = next(iter(content["reports"].values())).pop()
    saved.write_text(json.dumps(content), encoding="utf-8")
    capfd.readouterr()
    assert call("evaluate", folder, "--against", saved, "--format", "jsonl") == 0
    (change,) = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert (change["change"], change["after"]) == ("gained", dropped)
    assert call("evaluate", folder, "--against", saved, "--summary") == 0
    assert dropped["evidence"][0]["quote"] not in capfd.readouterr().out
    assert call("evaluate", folder, "--against", saved, "--html", tmp_path / "page.html") == 2
    assert "holds no gold" in capfd.readouterr().err
