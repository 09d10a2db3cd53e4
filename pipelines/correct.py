"""Entities of a store: derived from its reports, and corrected by persons' judgements."""

from __future__ import annotations

import os
from collections.abc import Sequence

from pipelines.errors import UsageError
from pipelines.facts import ReportFacts
from pipelines.reconcile import LINKERS, Decision, Linker, Resolution, merge_decisions, resolve, split_decisions
from pipelines.reconcile.events import event_rows
from pipelines.store import Store
from schemas import MACHINE, Entity, Judgement

#: Names who finds the pairs that may be one.
LINKER_VARIABLE = "BAOCAO_LINKER"


def reconcile_store(store: Store, reports: Sequence[ReportFacts] | None = None) -> Resolution:
    """The entities of all stored reports, stored with the resolver's own judgements.

    ``reports`` are the store's, where the caller has read them already. ``$BAOCAO_LINKER`` chooses who
    finds the pairs that may be one: ``own`` (the default) or ``splink``.

    Raises: UsageError where that is unknown or not installed.
    """
    facts = store.report_facts() if reports is None else reports
    resolution = resolve(facts, store.judgements(), store.report_ages(), linker=_linker())
    store.save_entities(resolution.entities, resolution.redirects, event_rows(facts, resolution.entities))
    store.save_machine_judgements(
        (made.left, made.right, made.decision, made.score, made.note) for made in resolution.judgements
    )
    return resolution


def _linker() -> Linker:
    chosen = os.environ.get(LINKER_VARIABLE) or "own"
    for linker in LINKERS:
        if chosen == linker:
            return linker
    raise UsageError(f"{LINKER_VARIABLE} is {chosen!r}; set it to one of {', '.join(LINKERS)}, or leave it unset")


def merge(store: Store, left: str, right: str, *, by: str, note: str) -> Entity:
    """The entity that two become, by a person's judgement.

    Raises: UsageError where one is not there, both are one already, or they are of two kinds.
    """
    one, other = store.entity(left), store.entity(right)
    if one.id == other.id:
        raise UsageError(f"{left} and {right} are one already ({one.name}); `baocao split` takes reports out of it")
    if one.kind != other.kind:
        raise UsageError(f"{left} is a {one.kind} and {right} a {other.kind}; only two of a kind can be one")
    _judge(store, merge_decisions(one, other), by=by, note=note)
    merged = store.entity(left)
    if merged.id != store.entity(right).id:
        raise UsageError(
            f"{left} and {right} stay two: a judgement keeps them apart; take it back with "
            f"`baocao split {left} {right} --undo`"
        )
    return merged


def split(store: Store, entity: str, reports: Sequence[str], *, by: str, note: str) -> Entity:
    """What an entity's mentions in some of its reports become, by a person's judgement.

    Reports are named by their id or the beginning of it, or by their file's path or name.

    Raises: UsageError where the entity is not there or a report does not name it, or all do.
    """
    whole = store.entity(entity)
    chosen = sorted({_report_of(whole, name) for name in reports})
    if {mention.report for mention in whole.mentions} <= set(chosen):
        raise UsageError(f"{entity}: all of its reports are named; leave out those that stay with it")
    before = {found.id for found in store.entities(whole.kind)}
    _judge(store, split_decisions(whole, chosen), by=by, note=note)
    made = [found for found in store.entities(whole.kind) if chosen[0] in {m.report for m in found.mentions}]
    parts = [found for found in made if found.id not in before and found.name == whole.name]
    return (parts or [found for found in made if found.id != whole.id] or [whole])[0]


def undo(store: Store, left: str, rights: Sequence[str], *, by: str, note: str) -> int:
    """How many judgements about an entity and others, or reports of it, were taken back.

    Raises: UsageError where no judgement that holds is about them.
    """
    effective: dict[frozenset[str], Judgement] = {}
    for judgement in store.judgements():
        if judgement.by != MACHINE:
            effective[frozenset((judgement.left, judgement.right))] = judgement
    names = _known_as(store, left)
    wanted = {other for right in rights for other in (*_known_as(store, right), right)}
    taken = [
        judgement
        for judgement in effective.values()
        if judgement.decision in ("same", "different") and _is_about(judgement, names, wanted)
    ]
    if not taken:
        raise UsageError(f"{left}: no judgement about it and {', '.join(rights)} holds; nothing to take back")
    for judgement in taken:
        store.add_judgement(
            judgement.left,
            judgement.right,
            "retracted",
            by,
            note,
            left_anchors=judgement.left_anchors,
            right_anchors=judgement.right_anchors,
        )
    reconcile_store(store)
    return len(taken)


def report_ids(store: Store, names: Sequence[str]) -> list[str]:
    """The ids of reports by file name; a name that no report has is taken for an id or its beginning."""
    states = store.report_states().values()
    found: list[str] = []
    for name in names:
        ids = {s.report for s in states if name in (s.file, s.file.replace("\\", "/").rsplit("/", 1)[-1])}
        found += sorted(ids) or [name]
    return found


def _judge(store: Store, decisions: Sequence[Decision], *, by: str, note: str) -> None:
    """Store the judgements of a person, and what follows from them."""
    for made in decisions:
        store.add_judgement(
            made.left,
            made.right,
            made.decision,
            by,
            note,
            left_anchors=made.left_anchors,
            right_anchors=made.right_anchors,
        )
    reconcile_store(store)


def _known_as(store: Store, name: str) -> set[str]:
    """The id given and the one that it leads to now; the id alone where there is no such entity."""
    try:
        return {name, store.entity(name).id}
    except UsageError:
        return {name}


def _is_about(judgement: Judgement, names: set[str], others: set[str]) -> bool:
    """Whether a judgement is about one of the names and one of the others: ids, or reports of the entity."""
    sides = (judgement.left, judgement.right)
    if any(base in names and other in others for base, other in (sides, sides[::-1])):
        return True
    parts = [side.partition("@") for side in sides]
    is_of = all(base in names for base, *_ in parts)
    return is_of and any(_is_report(anchor_report, others) for *_, anchor_report in parts if anchor_report)


def _is_report(report: str, names: set[str]) -> bool:
    return any(len(name) >= _SHORTEST_ID and report.startswith(name) for name in names)


#: Fewer characters of a report's id may be an accident.
_SHORTEST_ID = 6


def _report_of(entity: Entity, name: str) -> str:
    """The id of the entity's report that is named so.

    Raises: UsageError where none or several are.
    """
    found = {
        mention.report
        for mention in entity.mentions
        if name in (mention.file, mention.file.replace("\\", "/").rsplit("/", 1)[-1])
        or (len(name) >= _SHORTEST_ID and mention.report.startswith(name))
    }
    if len(found) != 1:
        files = ", ".join(sorted({mention.file for mention in entity.mentions}))
        what = "several reports" if found else "no report"
        raise UsageError(f"{name}: {what} of {entity.id} named so; its reports are {files}")
    return found.pop()
