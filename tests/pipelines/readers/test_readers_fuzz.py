"""Mutated files, a few of those that `tests.bench.fuzz` reads by the thousand."""

from __future__ import annotations

from tests.bench.fuzz import inputs, mutate, run, seeds


def test_mutated_files_are_read_or_refused() -> None:
    ended, bad, slowest = run(80, 1, workers=2)
    assert [f"{failure.message}\n{failure.details}" for failure in bad] == []
    assert sum(ended.values()) == 80
    assert slowest < 60


def test_the_same_seed_makes_the_same_inputs_and_they_differ_from_their_seeds() -> None:
    first, again = list(inputs(20, 7)), list(inputs(20, 7))
    assert first == again
    originals = {data for _, data in seeds()}
    assert sum(data not in originals for _, data in first) > 12
    assert mutate(b"", 1, 5) is not None
