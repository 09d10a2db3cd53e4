"""What holds for the project as a whole: its arrows, its documents, its lock."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.cli.main import app

ROOT = Path(__file__).parents[1]
ROOMS = ("schemas", "extractors", "pipelines", "explorer", "tests")


def test_import_contracts_hold() -> None:
    run = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*run, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_is_two_things(room: str) -> None:
    long = {
        str(path): count for path in (ROOT / room).rglob("*.py") if (count := len(path.read_text().splitlines())) > 400
    }
    assert not long


def test_corpus_holds_data_only() -> None:
    assert not list((ROOT / "corpus").rglob("*.py"))


def commands() -> set[str]:
    return set(get_command(app).commands)  # type: ignore[attr-defined]


def test_readme_names_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?<![\w/])baocao ([a-z]+)(?= |`)", readme)) == commands()


def test_every_command_shows_an_example() -> None:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert f"baocao {name}" in (command.epilog or ""), name


def test_readme_opens_with_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```sh\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    assert [line.split("#")[0].strip() for line in block[1].splitlines()] == ["make run", "make test"]


def test_lock_pins_by_hash_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pinned = re.findall(
        r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==\S+ \\\n((?: +--hash=sha256:[0-9a-f]{64}.*\n)+)", lock, re.MULTILINE
    )
    assert len(pinned) == len(re.findall(r"^[a-z0-9._-]+(?:\[[^\]]*\])?==", lock, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in project["project"]["dependencies"]}  # type: ignore[index]
    assert wanted <= {name for name, _ in pinned}
