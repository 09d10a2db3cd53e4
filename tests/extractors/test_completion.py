"""Words that make the phrase of a number whole: what may be added, and how it is learned."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.statistics import completion
from extractors.statistics.completion import Model
from schemas.records import Statistic
from tests.bench.completion import Example, learn
from tests.extractors.test_cases import layer_of


def _indicators(monkeypatch: pytest.MonkeyPatch, text: str, *wanted: str) -> list[str]:
    """The indicators of a text by a model to which these words always belong, and no others."""
    model = Model(bias=-5.0, threshold=0.0, switch=0.3, weights={f"word {word}": 10.0 for word in wanted})
    monkeypatch.setattr(completion, "load_model", lambda: model)
    return [record.indicator for record in extract(layer_of(text)) if isinstance(record, Statistic)]


def test_words_that_belong_are_added_as_the_text_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Tại khu Đồi Sim, nhà trường có 6 phòng học."
    assert _indicators(monkeypatch, text) == ["phòng học"]
    assert _indicators(monkeypatch, text, "khu", "đồi", "sim") == ["phòng học khu Đồi Sim"]


def test_a_word_alone_is_not_added(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _indicators(monkeypatch, "Tại khu Đồi Sim, nhà trường có 6 phòng học.", "khu") == ["phòng học"]


def test_words_that_only_lead_on_end_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Khu Đồi Sim đã có 6 phòng học."
    assert _indicators(monkeypatch, text, "khu", "đồi", "sim", "đã", "có") == ["phòng học Khu Đồi Sim"]


def test_words_of_another_number_stay_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Dự lễ có 40 giáo viên cốt cán cùng 300 học sinh."
    assert _indicators(monkeypatch, text, "giáo", "viên", "cốt", "cán", "học", "sinh")[1] == "học sinh"


def test_what_a_rate_is_called_stands_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Huyện có 40 học sinh bỏ học (tỷ lệ 0,4%)."
    assert _indicators(monkeypatch, text, "tỷ", "lệ")[1].startswith("tỷ lệ ")


def test_what_examples_have_in_common_is_learned() -> None:
    given = [Example(("word a", "size B 2"), True), Example(("word b", "size B 2"), False)] * 40
    model = learn(given)
    assert model.score(("word a", "size B 2")) > 0.5 > -0.5 > model.score(("word b", "size B 2"))
    assert learn(given) == model


def test_features_met_seldom_teach_nothing() -> None:
    given = [Example(("word a",), True), Example(("word b",), False)] * 20 + [Example(("word c",), True)] * 2
    assert "word c" not in learn(given).weights
