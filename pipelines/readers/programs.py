"""Programs of other people that read what this one does not: Word files of before Word 6."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from pipelines.readers.builder import LayerBuilder
from pipelines.readers.limits import UnreadableError
from pipelines.readers.runs import OldFonts
from schemas import TextLayer

_SECONDS = 60
_MAX_OUTPUT_BYTES = 50_000_000


def read_old_word(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of a Word document of before Word 6, by antiword, catdoc or LibreOffice, whichever is installed.

    These programs tell no fonts: letters of before Unicode are told by their content.

    Raises: UnreadableError, which says what to install where none of them is there.
    """
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        path = Path(folder, "report.doc")
        path.write_bytes(data)
        tried = False
        for program, run in _PROGRAMS:
            if (found := shutil.which(program)) is None:
                continue
            tried = True
            if (text := run(found, path)) is not None and text.strip():
                return _layer(text, sha256=sha256, file=file)
    if tried:
        raise UnreadableError(
            "is a damaged Word document of before Word 6 (.doc); open it in Word and save it as .docx"
        )
    raise UnreadableError("is a Word document of before Word 6 (.doc); install antiword or catdoc, or save it as .docx")


def _layer(text: str, *, sha256: str, file: str) -> TextLayer:
    builder = LayerBuilder()
    lines = text.split("\n")
    fonts = OldFonts([("", text)])
    for line in lines:
        builder.add(fonts.join([("", line)]))
    return builder.build(sha256=sha256, file=file, media_type="application/msword")


def _antiword(program: str, path: Path) -> str | None:
    return _output([program, "-w", "0", "-m", "UTF-8.txt", str(path)])


def _catdoc(program: str, path: Path) -> str | None:
    return _output([program, "-w", "-d", "utf-8", str(path)])


def _office(program: str, path: Path) -> str | None:
    profile = f"-env:UserInstallation={path.parent.as_uri()}/profile"
    _output(
        [
            program,
            profile,
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(path.parent),
            str(path),
        ]
    )
    made = path.with_suffix(".txt")
    return made.read_text(encoding="utf-8-sig", errors="replace") if made.is_file() else None


_PROGRAMS: tuple[tuple[str, Callable[[str, Path], str | None]], ...] = (
    ("antiword", _antiword),
    ("catdoc", _catdoc),
    ("soffice", _office),
)


def _output(command: list[str]) -> str | None:
    """What a program prints, None where it fails, prints too much or takes too long."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(Path(command[-1]).parent)}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, env=environment, stdin=subprocess.DEVNULL, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    if done.returncode != 0 or len(done.stdout) > _MAX_OUTPUT_BYTES:
        return None
    return done.stdout.decode("utf-8", "replace")
