"""Schools: every school that a report names, however it spells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors._shared.document import Document
from extractors._shared.numbers import Ranges
from extractors.schools.context import Context
from extractors.schools.lists import find_bare
from extractors.schools.mentions import find_mentions
from extractors.schools.merge import merge
from extractors.schools.others import find_groups, find_higher, find_in_tables, find_plain
from schemas.records import Record

#: So far from the beginning of a university's name no school of another level begins.
_KIND = 12
TYPE = "school"


def extract(document: Document, found: Mapping[str, Sequence[Record]]) -> list[Record]:
    """One `School` for every distinct school, in the order of their first mention."""
    levelled = find_mentions(document)
    taken = Ranges([(mention.start, mention.end) for mention in levelled])
    # ``THPT chuyên Đại học Vinh`` names no university.
    higher = [mention for mention in find_higher(document) if not taken.touch(mention.start, mention.start + _KIND)]
    # ``Trường Trung cấp nghề Dân tộc nội trú Tân Lễ`` is no boarding school.
    colleges = Ranges([(mention.start, mention.end) for mention in higher])
    levelled = [mention for mention in levelled if not colleges.touch(mention.start, mention.start + 1)]
    explicit = [*levelled, *higher, *find_groups(document)]
    context = Context(document, explicit)
    mentions = [*explicit, *find_bare(context)]
    mentions += find_in_tables(context, mentions)
    mentions += find_plain(context, mentions)
    return list(merge(context, mentions))
