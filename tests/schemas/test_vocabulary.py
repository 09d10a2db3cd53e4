"""The canonical vocabularies: whole, sorted, and true to their own examples."""

from __future__ import annotations

import re

import pytest

from pipelines.reconcile.names import fold
from schemas import indicators, vocabulary
from schemas.indicators import find_indicator
from schemas.vocabulary import VOCABULARIES, DocumentType, Indicator, PrizeGrade, Role, Term


# Indicators are tested by their patterns.
@pytest.mark.parametrize("name", sorted(set(VOCABULARIES) - {"indicators"}))
def test_every_example_shows_a_form(name):
    for entry in vocabulary.vocabulary(VOCABULARIES[name]):
        shown = [*entry.forms, *getattr(entry, "symbols", ())]
        words = [rf"(?<!\w){re.escape(fold(form))}(?!\w)" for form in shown]
        assert any(re.search(word, fold(entry.example)) for word in words), entry.id


@pytest.mark.parametrize(("name", "least"), [("indicators", 40), ("document_types", 20), ("bodies", 30), ("roles", 30)])
def test_the_vocabularies_cover_the_sector(name, least):
    assert len(vocabulary.vocabulary(VOCABULARIES[name])) >= least


def test_no_form_stands_for_two_entries_of_a_kind():
    for model in (DocumentType, PrizeGrade, Role):
        forms = [fold(form) for entry in vocabulary.vocabulary(model) for form in entry.forms]
        assert len(forms) == len(set(forms)), model


def test_an_entry_out_of_order_is_refused(monkeypatch):
    class Folder:
        def joinpath(self, name: str) -> Folder:
            return self

        def read_text(self, encoding: str) -> str:
            rows = ("{id: b, forms: [B], source: s, example: B}", "{id: a, forms: [A], source: s, example: A}")
            return "\n".join(f"- {row}" for row in rows)

    monkeypatch.setitem(VOCABULARIES, "letters", Term)
    monkeypatch.setattr(vocabulary, "files", lambda package: Folder())
    with pytest.raises(ValueError, match="a is out of order or stands twice"):
        vocabulary._load("letters")


@pytest.mark.parametrize("entry", vocabulary.vocabulary(Indicator), ids=lambda entry: entry.id)
def test_an_indicator_is_found_by_its_examples_and_no_pattern_is_idle(entry):
    examples = [fold(example) for example in (entry.example, *entry.more_examples)]
    for example in examples:
        assert find_indicator(example, entry.example_unit) == entry.id
    compiled = next(patterns for indicator, patterns in indicators._patterns() if indicator.id == entry.id)
    for pattern in compiled:
        assert any(pattern.fullmatch(example) for example in examples), pattern.pattern


@pytest.mark.parametrize(
    ("phrase", "unit", "identifier"),
    [
        ("trường", "trường", "so_truong"),
        ("tổng số trường mầm non, tiểu học và thcs toàn huyện", "trường", "so_truong"),
        ("trường tiểu học giảm do sáp nhập", "trường", "so_truong"),
        ("học sinh", "học sinh", "so_hoc_sinh"),
        ("học sinh thcs trên địa bàn huyện", "em", "so_hoc_sinh"),
        ("tỷ lệ học sinh lớp 5 hoàn thành chương trình tiểu học", "%", "ty_le_hoan_thanh_chuong_trinh_tieu_hoc"),
        ("giáo viên", "%", None),
        ("trường có cơ sở vật chất đạt chuẩn quốc gia", "trường", None),
        ("trường được kiểm tra", "trường", None),
        ("học sinh tốt nghiệp thcs loại giỏi", "%", None),
        ("học sinh dự thi", "học sinh", None),
        ("giáo viên thăng hạng", "giáo viên", None),
        ("", "trường", None),
        ("trường", None, None),
    ],
)
def test_a_phrase_that_says_more_is_no_indicator(phrase, unit, identifier):
    assert find_indicator(phrase, unit) == identifier
