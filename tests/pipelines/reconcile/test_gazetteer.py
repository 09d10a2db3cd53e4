"""The administrative map with time."""

from __future__ import annotations

import pytest

from pipelines.reconcile.gazetteer import gazetteer


@pytest.mark.parametrize(
    ("name", "level", "on", "province"),
    [
        ("Nam Trực", "district", "2019-12-31", {"nam định"}),
        ("Nam Trực", "district", "2025-09-01", set()),
        ("Gò Quao", "district", "2021-06", {"kiên giang"}),
        ("Gò Quao", "commune", "2026-01-10", {"an giang"}),
        ("Gò Quao", "commune", "2021-06-10", {"kiên giang"}),
        ("Hoành Bồ", "district", "2019-12-31", {"quảng ninh"}),
        ("Hoành Bồ", "district", "2020-01-01", set()),
    ],
)
def test_a_bare_name_is_read_on_its_day(name, level, on, province):
    assert {unit.province for unit in gazetteer().read(name, level, on=on)} == province


def test_provinces_before_and_after():
    provinces = ("Nam Định", "Hà Tây", "Hà Bắc")
    became = {
        name: {new.name for old in gazetteer().read(name, "province") for new in gazetteer().became(old)}
        for name in provinces
    }
    assert became == {"Nam Định": {"ninh bình"}, "Hà Tây": {"hà nội"}, "Hà Bắc": {"bắc giang", "bắc ninh"}}
    assert gazetteer().read("Nam Định", "province", on="2025-07-01") == []
    assert len(gazetteer().read("Ninh Bình", "province", on="2025-07-01")) == 1


def test_a_commune_leads_back_to_the_district_it_lay_in():
    map_ = gazetteer()
    (commune,) = map_.read("Định Hòa", "commune", on="2026-01-01", province="An Giang")
    assert {old.district for old in map_.former(commune) if old.level == "commune"} == {"gò quao"}
    assert map_.district_of("Định Hòa", "An Giang", on="2026-01-01") == "gò quao"
    assert map_.district_of("Định Hòa", "Kiên Giang", on="2021-01-01") == "gò quao"
    assert map_.district_of("An Bình", None, on="2021-01-01") is None


def test_the_communes_of_a_district():
    communes = gazetteer().communes("Gò Quao", "Kiên Giang")
    assert {"vĩnh hòa hưng nam", "vĩnh hòa hưng bắc", "định an"} <= communes
    assert len(communes) == 11


def test_a_district_of_several_provinces_has_none_of_its_own():
    assert gazetteer().province_of("Gò Quao") == "kiên giang"
    assert gazetteer().province_of("Châu Thành") is None
    assert gazetteer().province_of("Suối Mây") is None
