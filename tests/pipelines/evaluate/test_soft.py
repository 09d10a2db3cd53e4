"""Soft scores, confusions, the record a mistake comes nearest to, and what confidence is worth."""

from collections import Counter
from typing import Any

import pytest

from pipelines.evaluate import Evaluation, Outcome, Score, score_file
from pipelines.evaluate.compare import MEASURES, common, same_value
from pipelines.evaluate.reliability import reliability

TEXT = "Có 12 giải Nhất, 3 giải Nhì môn Toán cấp huyện; 24 trường nộp báo cáo.\nTrường TH Định An."


def row(kind: str, quote: str, /, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    evidence = [{"start": start, "end": start + len(quote), "quote": quote, "page": None}]
    return {"type": kind, "evidence": evidence, "confidence": 0.9, **fields}


def test_texts_have_a_share_of_words_in_common_and_figures_all_or_nothing() -> None:
    assert common("indicator", "học sinh giỏi", "HS giỏi") == 1
    assert common("indicator", "học sinh giỏi", "học sinh khá") == 0.5
    assert common("indicator", "giỏi học sinh", "học sinh giỏi") < 1
    assert not same_value("indicator", "giỏi học sinh", "học sinh giỏi")
    assert common("value", 3, 3.0) == 1
    assert common("level", "huyen", "tinh") == 0


def test_a_soft_score_counts_the_share_of_each_record_that_is_right() -> None:
    gold = {"quote": "24 trường", "value": 24, "unit": "trường", "indicator": "trường nộp báo cáo", "aspect": "value"}
    found = row(
        "statistic", "24 trường", value=24, unit="trường", indicator="trường nộp bài báo", aspect="target", of=None
    )
    result = score_file("a.txt", {"statistic": [gold]}, [found], TEXT)
    # Of indicator (3 of 5 words), value, unit and aspect: 0.6 + 1 + 1 + 0.
    assert result.scores["statistic/soft"].tp == pytest.approx(2.6 / 4)
    assert result.scores["statistic/soft"].precision == pytest.approx(0.65)
    assert result.fields["statistic.indicator"] == Score(0, 1, 1)
    assert result.soft_fields["statistic.indicator"].tp == pytest.approx(0.6)
    assert result.confusions["statistic.aspect"] == Counter({("value", "target"): 1})


def test_what_is_about_the_same_thing_is_confused_not_just_missed() -> None:
    golds = [
        {"quote": "12 giải Nhất", "kind": "prize", "prize": "nhat", "count": 12, "level": "huyen"},
        {"quote": "3 giải Nhì", "kind": "prize", "prize": "nhi", "count": 3, "level": "huyen"},
    ]
    rows = [
        row("award", "12 giải Nhất", kind="prize", prize="nhi", count=12, level="tinh"),
        row("award", "3 giải Nhì", kind="title", prize=None, title="x", count=3, level=None),
    ]
    result = score_file("a.txt", {"award": golds}, rows, TEXT)
    assert result.scores["award/core"] == Score(0, 2, 2)
    pairs = Counter({("prize:nhat", "prize:nhi"): 1, ("prize:nhi", "title"): 1})
    assert result.confusions["award.kind/prize"] == pairs
    assert result.confusions["award.level"] == Counter({("huyen", "tinh"): 1, ("huyen", None): 1})
    missed = next(mistake for mistake in result.mistakes if mistake.kind == "miss")
    assert missed.other is rows[0]
    assert missed.differences() == {"prize": ("nhat", "nhi"), "level": ("huyen", "tinh")}
    false = next(mistake for mistake in result.mistakes if mistake.kind == "false")
    assert false.other is golds[0]
    assert false.differences() == missed.differences()
    printed = Evaluation((result,)).as_text(300)
    assert "gold ≠ found: prize: nhat ≠ nhi, level: huyen ≠ tinh" in printed
    assert "award.kind/prize: gold down, found across" in printed


def test_nothing_at_the_place_is_a_bare_miss() -> None:
    golds = [{"quote": "12 giải Nhất", "kind": "prize", "prize": "nhat", "count": 12}]
    result = score_file(
        "a.txt", {"award": golds}, [row("award", "3 giải Nhì", kind="prize", prize="nhi", count=3)], TEXT
    )
    assert all(mistake.other is None and not mistake.differences() for mistake in result.mistakes)
    assert not result.confusions["award.kind/prize"]
    assert result.scores["award/soft"] == Score(0, 1, 1)


def test_every_type_has_a_strict_measure_which_decides_what_is_right() -> None:
    assert {m.type for m in MEASURES if m.strict} == {m.type for m in MEASURES}
    golds = [{"quote": "Định An", "own_name": "Định An", "level": "TH", "ordinal": None}]
    unsure = [{"quote": "24 trường", "value": 24, "unit": "trường", "indicator": "trường", "sure": False}]
    rows = [
        row("school", "Định An", own_name="Định An", level="TH"),
        row("school", "Nhất", own_name="Nhất", level="TH"),
        row("statistic", "24 trường", value=24, unit="trường", indicator="trường"),
    ]
    result = score_file("a.txt", {"school": golds, "statistic": unsure}, rows, TEXT)
    assert [(o.type, o.right, o.confidence) for o in result.outcomes] == [("school", True, 0.9), ("school", False, 0.9)]


def test_confidence_is_compared_with_what_is_right() -> None:
    outcomes = [
        Outcome("award", confidence, right, {}) for confidence, right in ((0.9, True), (0.9, False), (1.0, True))
    ]
    found = reliability(outcomes)
    assert [(b.low, b.high, b.records, b.right) for b in found.bins] == [(0.9, 0.95, 2, 0.5), (0.95, 1.0, 1, 1.0)]
    assert found.error == pytest.approx(2 / 3 * 0.4)
    assert reliability([]).error is None
    assert not reliability([]).bins
