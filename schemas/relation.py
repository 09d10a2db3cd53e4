"""How numbers of one report hang together: what is a part, a share or a count of what."""

from __future__ import annotations

from typing import Literal

from schemas.text import Evidence, Model

RelationKind = Literal[
    "sum", "shares", "ratio", "percentage", "list", "whole", "sequence", "blank", "impossible", "change", "year",
    "grade", "merger", "passage", "cited", "same", "claim", "tenure", "portion", "product",
    "average", "count", "step",
]  # fmt: skip


class Quantity(Model):
    """A printed number: its value, its form as printed, what it counts and where it stands."""

    value: int | float
    printed: str
    unit: str | None = None
    label: str = ""
    evidence: Evidence


class Relation(Model):
    """One relation between quantities of a report.

    ``sum``: ``whole`` is made of ``parts`` (those taken away are negative). ``shares``: ``parts`` are percentages of
    one whole (``whole`` is None). ``ratio``: ``parts[0]`` out of ``whole`` (``142/150``). ``percentage``:
    ``parts[0]`` is the percentage that ``parts[1]`` makes of ``whole``; any further parts are other wholes that could
    be meant. ``list``: ``whole`` announces that many things and ``parts`` are the things named, each with value
    1, or with its count where the list gives one.
    ``whole``: ``parts`` are all the sizes that the report prints for one and the same whole. ``sequence``: ``parts``
    are the numbers of the headings or items of one list, in the order of the text (``whole`` is None). ``blank``:
    ``parts[0]`` is a place of a form that was left blank, ``impossible``: a date or school year that cannot be; their
    ``label`` says which or why (``number``, ``date``, ``year``, ``school_year``, ``range``; ``closing``, ``amended``,
    ``heading``, ``anniversary``, ``weekday``, ``told``, ``basis``, ``deadline``, ``against``, ``prepared``,
    ``carried_out`` with what it contradicts in ``parts[1]``) and their value is 0. ``change``: ``whole`` is the new
    value, ``parts[0]`` the signed change (value 0 where only the direction is said, with ``cue`` ``up`` or ``down``),
    ``parts[1]`` the old value where it is stated beside; its label says what is compared with (``last``, a
    school year or year, or nothing).
    ``year``: ``parts[0]`` is a school year or year printed where a report names the
    time it is about; ``label`` says which (``own``, ``next``, ``any``), ``cue`` also places in passing (``event``,
    ``ground``, ``second``, ``pair``, ``opens``, ``held``, ``echo``, ``scheduled``, ``ahead``, ``closing``,
    ``elected``, ``term``, ``opening``, ``end``, ``born``, ``proposed``, ``article``).
    ``grade``: ``parts[0]`` is the number of a class, ``label`` the level of the school that has it.
    ``merger``: ``parts`` are schools that were merged, ``whole`` is what they became (or None), ``cue`` the day
    from which, as ISO 8601, or empty. ``passage``: ``parts[0]`` is a paragraph with figures, its value how many.
    ``cited``: ``parts`` are the passages about one cited document that print its issuer, or its subject
    (``label``); ``cue`` is its number. ``same``: ``parts`` are the numbers that the report gives for one and the
    same thing and time, in prose and in tables; ``cue`` says what. ``claim``: ``parts[0]`` is a number that another
    report may give as well; its label says what it counts, by its words in alphabetical order, ``cue`` of what time
    (a year, a school year, a day; empty for the report's own). ``tenure``: ``parts`` are people who held one post
    one after the other, their value the first year, their unit the last one (9999 for those still in office);
    ``cue`` is the post. ``portion``: ``parts[0]`` is a number said to be a part of ``whole`` in its sentence; its
    label says what it counts, the units are nouns that tell people, rooms and prizes alike, ``cue`` is the moment
    (``first``, ``last``) and the times that the sentence names, with bars between. ``product``: ``whole`` is what
    the counts and prices of ``parts`` come to, a count and a price in turn. ``average``: ``whole`` is what
    ``parts[0]`` makes for each of ``parts[1]``. ``count``: ``parts[0]`` is a number with its noun as unit and its
    telling words as label; ``cue`` is its time (empty for the report's own), the moment, ``whole`` where it counts
    all there are, what tells it apart (``lớp 7``) and where it stands, with bars between. ``step``: ``parts[0]`` is
    by how much such a number (``whole``, with its ``cue``) rose or fell, its label against what (``last``,
    ``first``, ``half``, a year, or nothing); ``parts[1]`` is the old number where one is told.

    ``exhaustive`` is True where the text says that the parts are all there are, False where it
    says that they are some of them (``tiêu biểu``), and None where it leaves that open.
    ``disjoint`` is True where the parts cannot overlap (grades, levels), so that they can never make
    more than their whole, and None where that is not known. ``cue`` is the wording that joins them,
    for the explanation.
    """

    kind: RelationKind
    whole: Quantity | None
    parts: tuple[Quantity, ...]
    exhaustive: bool | None
    disjoint: bool | None = None
    cue: str = ""
