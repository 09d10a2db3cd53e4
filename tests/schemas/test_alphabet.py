"""Names in the order of the Vietnamese alphabet."""

from __future__ import annotations

import random
import unicodedata

from schemas.alphabet import alphabetical

ORDERED = [
    "29-NQ/TW", "An", "Ân", "Dung", "Đào", "Đoàn Quang Vọng", "Giang", "Lại Văn Tám", "Lan Anh", "Lan Bình", "Làn An",
    "Lê Mai", "Ngô", "Nguyễn", "Trường Tiểu học Định An", "Trường Tiểu học Định An 2", "Trường Tiểu học Định An 10",
    "Uyên", "Ưng", "Vũ", "Y", "Ỷ", "Ý",
]  # fmt: skip


def test_names_sort_as_in_a_dictionary():
    mixed = ORDERED[:]
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=alphabetical) == ORDERED


def test_case_and_composition_do_not_count():
    for name in ORDERED:
        assert alphabetical(unicodedata.normalize("NFD", name.upper())) == alphabetical(name)


def test_any_text_has_a_place():
    assert sorted(["ß", "", "１２", "3", "中"], key=alphabetical)[0] == ""
