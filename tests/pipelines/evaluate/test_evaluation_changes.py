"""Runs saved, loaded, taken from a revision, and compared."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import UsageError
from pipelines.evaluate.changes import compare_runs, count_changes, only_in_one
from pipelines.evaluate.runs import Run, earlier_run, load_run, run_at_revision, run_json

ROOT = Path(__file__).parents[3]
READERS = """
from types import SimpleNamespace
def read(path, name):
    return SimpleNamespace(text=path.read_text(encoding="utf-8"), file=name)
"""
EXTRACTORS = """
class Row(dict):
    def model_dump(self, mode):
        return dict(self)
def extract(layer):
    return [Row(type="report", file=layer.file, title=layer.text.strip() + VERSION)]
"""


def row(kind: str, start: int, /, **fields: Any) -> dict[str, Any]:
    evidence = [{"start": start, "end": start + 5, "quote": "quote", "page": None}]
    return {"type": kind, "report": "0", "evidence": evidence, "confidence": 1.0, **fields}


def test_records_are_gained_lost_and_changed() -> None:
    same = row("school", 0, name="A")
    before = [
        same,
        row("award", 10, kind="prize", prize="nhi"),
        row("citation", 20, number="1"),
        row("school", 0, name="A"),
    ]
    after = [
        {**same, "confidence": 0.5, "evidence": []},
        row("award", 12, kind="prize", prize="ba"),
        row("statistic", 30, value=1),
        row("award", 90, kind="medal", prize="bac"),
    ]
    changes = compare_runs(Run("then", {"a": before, "b": []}), Run("now", {"a": after, "c": [same]}))
    assert [(change.kind, change.type, change.differences()) for change in changes] == [
        ("gained", "statistic", {}),
        ("gained", "award", {}),
        ("lost", "citation", {}),
        ("lost", "school", {}),
        ("changed", "award", {"prize": ("nhi", "ba")}),
    ]
    assert count_changes(changes)["award"] == {"gained": 1, "changed": 1}
    assert only_in_one(Run("then", {"a": [], "b": []}), Run("now", {"a": [], "c": []})) == ("b", "c")


def test_gold_decides_on_both_sides_of_a_change() -> None:
    old, new = row("award", 10, prize="nhi"), row("award", 10, prize="ba")
    verdicts = {id(old): False, id(new): True}
    (change,) = compare_runs(Run("then", {"a": [old]}), Run("now", {"a": [new]}), verdicts)
    assert (change.right_before, change.right_after) == (False, True)


def test_a_run_is_saved_and_loaded(tmp_path: Path) -> None:
    run = Run("now", {"a.txt": [row("school", 0, name="Định An")]})
    path = tmp_path / "run.json"
    path.write_text(run_json(run), encoding="utf-8")
    assert not compare_runs(load_run(path), run)
    assert earlier_run(str(path), []).name == str(path)
    for content in ("{", "[]", "{}"):
        path.write_text(content)
        with pytest.raises(UsageError, match=r"run\.json: is no saved run"):
            load_run(path)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two revisions of a program that only knows titles."""
    root = tmp_path / "repository"
    for room, code in (("schemas", ""), ("extractors", "VERSION = ' 1'" + EXTRACTORS), ("pipelines/readers", READERS)):
        (root / room).mkdir(parents=True)
        (root / room / "__init__.py").write_text(code)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    (root / "extractors/__init__.py").write_text("raise ValueError('half done')")
    git(root, "commit", "-qam", "second")
    return root


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, "-C", root, *arguments], check=True, capture_output=True)


def test_an_older_revision_is_run_in_a_copy(repository: Path, tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("Báo cáo", encoding="utf-8")
    run = run_at_revision("HEAD~1", [(report, "a")], root=repository)
    assert run.records == {"a": [{"type": "report", "file": "a", "title": "Báo cáo 1"}]}
    assert run.name.startswith("HEAD~1 (")
    assert "half done" in (repository / "extractors/__init__.py").read_text()
    with pytest.raises(UsageError, match=r"HEAD: its extraction does not run here \(ValueError: half done\)"):
        run_at_revision("HEAD", [(report, "a")], root=repository)


def test_what_is_neither_a_run_nor_a_revision_is_told(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: is neither a saved run nor a revision of"):
        run_at_revision("nowhere", [], root=repository)
    with pytest.raises(UsageError, match="--version: is neither"):
        run_at_revision("--version", [], root=repository)
    with pytest.raises(UsageError, match="is in no git repository"):
        run_at_revision("HEAD", [], root=tmp_path)


def test_the_revision_of_this_project_runs(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not run from a repository")
    report = tmp_path / "a.txt"
    report.write_text("Trường THCS Hoa Lộc có 24 lớp.", encoding="utf-8")
    rows = earlier_run("HEAD", [(report, "a.txt")]).records["a.txt"]
    assert json.loads(json.dumps(rows))[0]["file"] == "a.txt"
    assert {each["type"] for each in rows} >= {"report", "school"}
