"""The verbs that tell a win, from one list, as parts of patterns."""

from __future__ import annotations

import re

from extractors._shared.lexicon import load_lexicon


def _verbs(*groups: str) -> str:
    """The forms of some groups as alternatives, longer ones first: ``giành được`` before ``giành``."""
    lexicon = load_lexicon("extractors.awards", "verbs.yml")
    forms = {form for group in groups for entry in lexicon[group] for form in entry.forms}
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


#: Verbs of who wins, and those by which a prize is handed to its winner.
WIN = _verbs("win")
GIVEN = _verbs("given")
#: The verb between who won and the prize.
SUBJECT = re.compile(rf"(?<!công )(?:{WIN}|{GIVEN})(?!\w)")
