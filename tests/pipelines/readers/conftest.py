"""Files that the tests of several readers start from."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A Word document of one paragraph."""
    document = docx.Document()
    document.add_paragraph("Báo cáo")
    document.save(str(tmp_path / "a.docx"))
    return tmp_path / "a.docx"
