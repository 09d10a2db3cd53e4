"""The verbs that tell a win, from one list, as parts of patterns."""

from __future__ import annotations

import re

from extractors._shared.lexicon import forms_of

#: Verbs of who wins, and those by which a prize is handed to its winner.
WIN = forms_of("extractors.awards", "verbs.yml", "win")
GIVEN = forms_of("extractors.awards", "verbs.yml", "given")
#: The verb between who won and the prize; ``được`` alone only right before it, where a search for it ends.
SUBJECT = re.compile(rf"(?<!công )(?:{WIN}|{GIVEN}|(?<!không )(?<!chưa )(?<!\w)được(?= $))(?!\w)")
