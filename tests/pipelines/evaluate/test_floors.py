"""Extraction keeps what it has reached, by type, on every part of the corpus; the blind part shows totals alone."""

from pathlib import Path

import pytest
import yaml

from pipelines.evaluate import evaluate
from pipelines.evaluate.compare import MEASURES

ROOT = Path(__file__).parents[3]
FLOORS = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text(encoding="utf-8"))


def test_every_part_has_a_floor_for_every_measure() -> None:
    assert set(FLOORS) == {f"corpus/{part}gold" for part in ("", "opened/", "fresh/", "blind/")}
    for part, floors in FLOORS.items():
        assert list(floors) == [f"{measure.type}/{measure.name}" for measure in MEASURES], part


@pytest.mark.parametrize("part", FLOORS)
def test_no_type_falls_below_its_floor(part: str) -> None:
    evaluation = evaluate(ROOT / part)
    assert evaluation.bad_quotes == 0
    below = [
        f"{key}: F1 {score.f1 or 0:.4f} is below {floor} (right {score.tp}, false {score.fp}, missed {score.fn})"
        for key, floor in FLOORS[part].items()
        if ((score := evaluation.scores[key]).f1 or 0) < floor
    ]
    assert not below, f"{part}\n" + "\n".join(below)
