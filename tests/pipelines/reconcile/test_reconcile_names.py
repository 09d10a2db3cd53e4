"""Spellings that are one and spellings that are not."""

from __future__ import annotations

import unicodedata

import pytest

from pipelines.reconcile.documents import parse_number
from pipelines.reconcile.names import expand, find_body, fold
from pipelines.reconcile.places import Place, find_place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Huyện uỷ", "HUYỆN ỦY"),
        ("Lò Thị Hoà", "Lò  Thị\nHòa"),
        ("Ðinh Văn Lộc", "Đinh Văn Lộc"),
        ("Trần Bảo Thuý", unicodedata.normalize("NFD", "Trần Bảo Thúy")),
    ],
)
def test_spellings_of_one_name(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Hùng", "Hưng"), ("Hùng", "Hung"), ("Thảo", "Thào"), ("Mỹ", "My")])
def test_names_that_differ_in_a_tone_or_a_mark(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "name",
    [
        "Phòng GD&ĐT", "PGDĐT", "PGD&ĐT", "Phòng GD và ĐT", "PHÒNG GD VÀ ĐT", "Phòng GD-ĐT", "Phòng Giáo dục",
        "Phòng Giáo dục và Đào tạo", "Phòng Giáo dục & Đào tạo", "PGD-ĐT",
    ],
)  # fmt: skip
def test_abbreviations_are_written_out(name):
    assert expand(name) == "phòng giáo dục và đào tạo"


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("UBND huyện", "ủy ban nhân dân huyện"),
        ("BCH Đảng bộ", "ban chấp hành đảng bộ"),
        ("Ban giám hiệu", "ban giám hiệu"),
        ("HĐND-UBND", "hội đồng nhân dân-ủy ban nhân dân"),
        ("TP. Bến Lau", "thành phố bến lau"),
    ],
)
def test_expanded_names(name, full):
    assert expand(name) == full


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Phòng Nội vụ huyện Suối Mây", Place("district", "suối mây")),
        ("UBND huyện", Place("district", None)),
        ("UBND tỉnh Hà Trung", Place("province", "hà trung")),
        ("UBND xã An Bình, huyện Suối Mây", Place("commune", "an bình")),
        ("Trường Tiểu học thị trấn Suối Mây", Place("commune", "suối mây")),
        ("UBND thành phố Bến Lau", Place("district", "bến lau")),
        ("UBND thành phố Hải Phòng", Place("province", "hải phòng")),
        ("Ban Tuyên giáo Huyện uỷ", None),
        ("Tỉnh uỷ", None),
        ("Phòng Giáo dục", None),
    ],
)
def test_the_place_in_a_name(name, place):
    assert find_place(expand(name)) == place


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Ban Tuyên giáo Huyện uỷ", "huyen_uy"),
        ("UBKT Huyện ủy", "huyen_uy"),
        ("PGD&ĐT Suối Mây", "phong_giao_duc_va_dao_tao"),
        ("Ban Thường vụ Tỉnh uỷ", "tinh_uy"),
        ("UBND huyện Suối Mây", "uy_ban_nhan_dan"),
        ("Tổ Toán - Tin", None),
    ],
)
def test_the_body_in_a_name(name, body):
    found = find_body(expand(name))
    assert (found.id if found else None) == body


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("29-NQ/TW", "29/NQ-TW"),
        ("29-NQ/TW", "29-nq/tư"),
        ("05-CT/TW", "5 - CT/TW"),
        ("41/KH-UBND", "41-KH/UBND"),
        ("12/2019/TT-BGDĐT", "12/2019/TT-BGD&ĐT"),
        ("310/PGDĐT-GDTH", "310/PGDĐT-GDTH"),
    ],
)
def test_spellings_of_one_number(one, other):
    assert parse_number(one) == parse_number(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("29-NQ/TW", "29-KL/TW"),
        ("29-NQ/TW", "29-NQ/TU"),
        ("29-NQ/TW", "290-NQ/TW"),
        ("12/2019/TT-BGDĐT", "12/2018/TT-BGDĐT"),
    ],
)
def test_numbers_that_differ(one, other):
    assert parse_number(one) != parse_number(other)
