"""Whether a passage says something that rules ask for: that a figure was corrected, a post handed over."""

from __future__ import annotations

import re
from functools import cache

from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower

_PACKAGE = "extractors.relations"


def says(group: str, passage: str) -> bool:
    """Whether a passage has a form of a group of ``wording.yml``, as whole words in any case.

    Raises: KeyError where there is no such group.
    """
    return _pattern(group).search(" ".join(lower(fold_tone_style(passage)).split())) is not None


def without(group: str, passage: str) -> str:
    """A passage in lower case without the forms of a group.

    Raises: KeyError where there is no such group.
    """
    return " ".join(_pattern(group).sub(" ", " ".join(lower(fold_tone_style(passage)).split())).split())


def forms_of(group: str) -> list[str]:
    """The forms of a group of ``wording.yml``, as they are written there."""
    return [form for entry in load_lexicon(_PACKAGE, "wording.yml")[group] for form in entry.forms]


def begins_with_grade(passage: str) -> bool:
    """Whether a passage begins with a grade of pupils, teachers or children's growth: ``Bình thường: 91 %``."""
    return _grades().match(" ".join(lower(fold_tone_style(passage)).split())) is not None


@cache
def _grades() -> re.Pattern[str]:
    lexicon = load_lexicon(_PACKAGE)
    entries = [entry for group in ("dim_grade", "dim_finish", "dim_growth") for entry in lexicon[group]]
    forms = [lower(fold_tone_style(form)) for entry in entries for form in entry.forms]
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?!\w)")


@cache
def _pattern(group: str) -> re.Pattern[str]:
    forms = [lower(fold_tone_style(form)) for form in forms_of(group)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?!\w)")
