"""Every record is mapped to the canonical schema or says why not."""

from __future__ import annotations

import pytest

from pipelines.facts import ReportFacts
from pipelines.reconcile.mapping import map_records
from schemas import Award, Citation, Official, School, Statistic


@pytest.fixture
def mapped(draft):
    def run(model, **fields):
        made = draft("Báo cáo\nmột câu")
        records = [made.report(), made.make(model, "một câu", **fields)]
        first, found = map_records([ReportFacts.of(made.layer, records)])
        assert first.is_mapped
        return found

    return run


@pytest.mark.parametrize(
    ("model", "fields", "kind", "term"),
    [
        (Official, {"person": "A", "post": "PHT", "role": "PHT"}, "membership", "pho_hieu_truong"),
        (School, {"name": "Trường TH&THCS Đồi Sim", "level": "TH&THCS", "own_name": "Đồi Sim"}, "school", "TH&THCS"),
        (Citation, {"doc_type": "Kế hoạch", "number": "41/KH-UBND"}, "document", "ke_hoach"),
        (Statistic, {"indicator": "trường", "indicator_id": "so_truong", "value": 3}, "observation", "so_truong"),
        (Award, {"kind": "prize", "prize": "nhat"}, "award", "nhat"),
        (Award, {"kind": "rank", "prize": "4"}, "award", "rank"),
        (Award, {"kind": "title", "title": "Giấy khen của Chủ tịch UBND huyện"}, "title", "giay_khen"),
        (Award, {"kind": "title", "title": "CSTĐ cơ sở"}, "title", "chien_si_thi_dua_co_so"),
    ],
)
def test_mapped(mapped, model, fields, kind, term):
    found = mapped(model, **fields)
    assert (found.kind, found.term, found.is_mapped) == (kind, term, True)


@pytest.mark.parametrize(
    ("model", "fields", "candidate"),
    [
        (Official, {"person": "A", "post": "Cụm trưởng lâm thời", "role": "Cụm trưởng lâm thời"}, "cum_truong"),
        (Statistic, {"indicator": "học sinh giỏi lớp 9", "value": 3, "unit": "học sinh"}, "so_hoc_sinh_gioi"),
        (Award, {"kind": "title", "title": "Giáo viên giỏi cấp xã"}, "giao_vien_day_gioi"),
    ],
)
def test_unmapped_with_the_nearest_candidates(mapped, model, fields, candidate):
    found = mapped(model, **fields)
    assert found.term is None
    assert found.reason
    assert candidate in found.candidates
    assert len(found.candidates) <= 3


def test_a_unit_that_no_indicator_has(mapped):
    found = mapped(Statistic, indicator="hồ sơ trả đúng hạn", value=3, unit="hồ sơ")
    assert "unit" in found.reason
