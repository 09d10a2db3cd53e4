"""What the wording makes of numbers: wholes and parts, shares, ratios, lists, sizes, sequences."""

from __future__ import annotations

import hashlib

import pytest

from extractors import load_document
from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower
from extractors.relations import find_relations
from schemas import TextLayer, canonical_text
from schemas.relation import Relation

PACKAGE = "extractors.relations"


def relations(text: str) -> list[Relation]:
    text = canonical_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    layer = TextLayer(id=digest, file="case.txt", media_type="text/plain", text=text)
    found = find_relations(load_document(layer), [])
    for relation in found:
        for quantity in (*relation.parts, *((relation.whole,) if relation.whole else ())):
            passage = quantity.evidence
            assert layer.text[passage.start : passage.end] == passage.quote
    return found


def said(relation: Relation) -> tuple[object, ...]:
    whole = relation.whole.value if relation.whole is not None else None
    return (relation.kind, whole, [part.value for part in relation.parts], relation.exhaustive)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có 6 giải (1 nhì: An Hòa; 4 giải ba; 01 giải khuyến khích).", ("sum", 6, [1, 4, 1], True)),
        (
            "Có 7 đạt giải, trong đó có 4 giải nhì (An Hòa 3 giải; Bình Lâm 1 giải); đạt 02 giải ba.",
            ("sum", 7, [4, 2], True),
        ),
        ("Tổng số dự thi 190 giáo viên, đạt 124 giáo viên; không đạt 27.", ("sum", 190, [124, 27], True)),
        (
            "Có 133 chỉ tiêu. Trong đó hạng I 02 người, hạng II 60 người, hạng III 71 người.",
            ("sum", 133, [2, 60, 71], True),
        ),
        (
            "Còn 64 trường. Cụ thể: mầm non 21 trường; tiểu học 21 trường; THCS 22 trường.",
            ("sum", 64, [21, 21, 22], True),
        ),
        ("Có 80 người (Tiểu học 19; Mầm non 61).", ("sum", 80, [19, 61], True)),
        ("Đoạt 5/5 giải tỉnh (gồm (1) giải nhất; (2)Giải nhì; Giải ba(2)", ("sum", 5, [1, 2, 2], True)),
        ("Có 22 em tham gia trong đó có 3 giải Nhất, 4 giải Ba.", ("sum", 22, [3, 4], False)),
        ("Đạt 25 giải, trong đó tiêu biểu có 2 giải Nhất, 3 giải Ba.", ("sum", 25, [2, 3], False)),
        ("Có 25 giải, trong đó có 4 giải Nhất, 6 giải Nhì.", ("sum", 25, [4, 6], None)),
        ("Có 120 giáo viên, trong đó nữ 95 người, đảng viên 60 người.", ("sum", 120, [95, 60], False)),
        ("Có 12 giải, trong đó 3 giải Nhất.", ("sum", 12, [3], None)),
        ("Đạt 3 giải Nhất, 5 giải Nhì, tổng 8 giải.", ("sum", 8, [3, 5], True)),
        ("Kết quả 100% đỗ tốt nghiệp, trong đó loại Giỏi 20,5%; loại Khá 79,5%.", ("shares", None, [20.5, 79.5], True)),
        ("Loại Giỏi 20,5%; loại Khá 50,0%.", ("shares", None, [20.5, 50.0], None)),
        ("Học lực: Giỏi 20%; Khá 50%; Trung bình 28%; Yếu 2%.", ("shares", None, [20, 50, 28, 2], True)),
        ("Có 24/25 đơn vị kết nối Internet.", ("ratio", 25, [24], True)),
        ("Huy động 30/25 trẻ, vượt kế hoạch.", ("ratio", 25, [30], False)),
        ("Có 142/150 em đạt 94,67%.", ("percentage", 150, [94.67, 142], True)),
        ("Có 150 em dự thi, 142 em đạt (94,67%).", ("percentage", 150, [94.67, 142], True)),
        ("Có 3 trường (MN An Hòa, TH Bình Lâm, THCS Cẩm Sơn) đạt.", ("list", 3, [1, 1, 1], True)),
        ("Có 9 trường như: An Hòa, Bình Lâm, Cẩm Sơn.", ("list", 9, [1, 1, 1], False)),
        ("Có 24/24 đơn vị đạt.\nCó 23/23 đơn vị tốt.", ("whole", None, [24, 23], True)),
        ("1. Quản lý.\n2. Chuyên môn.\n2. Đội ngũ.", ("sequence", None, [1, 2, 2], True)),
        ("3- Khuyết điểm.\nCòn ít.\n5- Đảng bộ.", ("sequence", None, [3, 5], True)),
        ("Số: … /BC-PGDĐT", ("blank", None, [0], True)),
        ("Họp ngày 31/4/2020.", ("impossible", None, [0], True)),
    ],
)
def test_finds(text, expected):
    assert expected in [said(relation) for relation in relations(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Có 22 em tham gia, 15 em đạt giải, xếp thứ 2 toàn tỉnh.", "sum"),
        ("Trường có 15 lớp (430 học sinh).", "sum"),
        ("Tiểu học: hoàn thành 99,5%, THCS: tốt nghiệp 98,7%.", "shares"),
        ("Tỷ lệ khá, giỏi đạt 75%; trên 90% hoàn thành.", "shares"),
        ("Chào mừng 20/11 và 8/3, lớp 5/2 và 6/1.", "ratio"),
        ("Thực hiện Kế hoạch 73/KH-UBND ngày 16/7/2018.", "ratio"),
        ("Có 142/150 em; 98% giáo viên đạt chuẩn.", "percentage"),
        ("Có 12 em (8,5%) được khen.", "percentage"),
        ("Có 36 người: Ban giám hiệu 3, giáo viên 29, nhân viên 4.", "list"),
        ("Đạt 74/74 giáo viên.\nĐạt 36/36 giáo viên.", "whole"),
        ("Trường Tiểu học An Hòa 1 và Tiểu học số 2 xã Bình Lâm.", "sum"),
        ("Giai đoạn 2021-2030 của tỉnh.", "impossible"),
        ("Không có số nào ở đây.", "sum"),
    ],
)
def test_leaves_alone(text, kind):
    assert kind not in [relation.kind for relation in relations(text)]


def test_parts_that_exclude_each_other_are_marked():
    total = next(r for r in relations("Có 12 giải (3 nhất, 4 nhì, 5 ba).") if r.kind == "sum")
    mixed = next(r for r in relations("Có 9 giải (An Hòa 4 giải; Bình Lâm 5 giải).") if r.kind == "sum")
    assert total.disjoint is True
    assert mixed.disjoint is None


@pytest.mark.parametrize("text", ["Có 6 giải (1 nhì; 4 giải ba; 01 giải khuyến khích)."])
def test_spaces_and_decomposed_letters_change_nothing(text):
    plain = [said(relation) for relation in relations(text)]
    assert [said(relation) for relation in relations(text.replace(" ", "\u00a0"))] == plain
    assert [said(relation) for relation in relations(text.replace("; ", ";   "))] == plain


@pytest.mark.parametrize(
    ("name", "group"),
    [
        (name, group)
        for name in ("lexicon.yml", "wording.yml", "known_documents.yml")
        for group in load_lexicon(PACKAGE, name)
    ],
)
def test_every_entry_has_an_example_that_shows_a_form(name, group):
    for entry in load_lexicon(PACKAGE, name)[group]:
        example = lower(fold_tone_style(entry.example))
        assert entry.source, entry.id
        assert any(lower(fold_tone_style(form)) in example for form in entry.forms), f"{group}: {entry.id}"
