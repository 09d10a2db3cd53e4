"""The subjects of schools by their names and usual short forms."""

from __future__ import annotations

from functools import cache

from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower


@cache
def _subjects() -> frozenset[str]:
    rows = load_lexicon("extractors._shared", "columns.yml")["cell_subject"]
    return frozenset(lower(fold_tone_style(form)) for entry in rows for form in entry.forms)


def is_subject(text: str) -> bool:
    """Whether a text is the name of a subject: ``Ngữ văn``, ``Địa``, ``GDCD``."""
    return lower(fold_tone_style(text)).strip(" .") in _subjects()
