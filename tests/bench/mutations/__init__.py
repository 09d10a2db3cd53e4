"""Reports broken on purpose, one relation at a time, to measure what share of errors the audit finds.

A mutation counts only where the intact text really states the relation. That is decided here without the rules or the
relations of the project: by arithmetic that holds exactly between neighbouring numbers (`figures`), by the layout of
lines and tables (`layout`), by the gold records of people and by what central numbers mean (`records`), or by
construction, where the contradiction is written into the text (`additions`).
"""

from __future__ import annotations

from tests.bench.mutations.model import Edit, Mutation, Source

__all__ = ["Edit", "Mutation", "Source"]
