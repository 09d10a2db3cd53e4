"""Prizes, medals, titles and ranks that were obtained."""

from __future__ import annotations

from extractors._shared.document import Document, Found
from extractors.awards.context import Context
from extractors.awards.lists import extract_lists
from extractors.awards.merge import with_givers, without_repeats, without_told_counts
from extractors.awards.prizes import extract_prizes
from extractors.awards.ranks import extract_ranks
from extractors.awards.tables import extract_table_awards
from extractors.awards.title_tables import extract_title_tables
from extractors.awards.titles import extract_titles
from schemas.records import Award, Record

TYPE = "award"
AFTER = ("report", "schools")


def extract(document: Document, found: Found) -> list[Record]:
    """The awards of a report, in the order of the text, tables last; each is listed once."""
    context = Context(document, found)
    awards: list[Award] = []
    for block in document.prose():
        if block.kind in ("letterhead", "motto", "number", "dateline", "recipients", "signature", "byline"):
            continue
        for rule in (extract_titles, extract_prizes, extract_ranks):
            awards.extend(rule(context, block))
    listed = [*extract_table_awards(context), *extract_title_tables(context), *extract_lists(context)]
    # The counts of tables stay: a cell is a statement of its own.
    return list(
        without_repeats(
            list(_once(with_givers([*without_told_counts(awards, listed), *listed], decision=context.is_decision)))
        )
    )


def _once(awards: list[Award]) -> list[Award]:
    """The awards without those whose every field, passage included, has been listed."""
    seen: dict[str, Award] = {}
    for award in awards:
        seen.setdefault(award.model_dump_json(), award)
    return list(seen.values())
