"""The entities of the real reports, where they are at hand (``BAOCAO_REPORTS``)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from extractors import analyze
from pipelines.facts import ReportFacts
from pipelines.reconcile import resolve
from schemas import Entity, TextLayer, canonical_text

REPORTS = Path(os.environ.get("BAOCAO_REPORTS") or Path(__file__).parents[4] / "shared" / "reports")
FILES = sorted(REPORTS.glob("*.txt")) if REPORTS.is_dir() else []

pytestmark = pytest.mark.skipif(len(FILES) < 5, reason=f"the real reports are not in {REPORTS}")


@pytest.fixture(scope="module")
def reports() -> list[ReportFacts]:
    read = []
    for path in FILES:
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        layer = TextLayer(id=digest, file=path.name, media_type="text/plain", text=canonical_text(raw.decode()))
        analysis = analyze(layer)
        read.append(ReportFacts.of(layer, analysis.records, analysis.relations))
    return read


@pytest.fixture(scope="module")
def entities(reports: list[ReportFacts]) -> list[Entity]:
    return resolve(reports).entities


def the_one(entities, kind, name):
    (found,) = [entity for entity in entities if entity.kind == kind and entity.name == name]
    return found


def test_one_person_over_four_reports_with_all_posts(entities):
    head = the_one(entities, "person", "Đoàn Quang Vụ")
    assert head.attributes["reports"] == 4
    posts = str(head.attributes["posts"]).lower()
    assert all(post in posts for post in ("trưởng phòng", "bí thư", "huyện uỷ viên"))


def test_schools_with_ordinals(entities):
    first = the_one(entities, "school", "Trường Tiểu học Định An 1")
    third = the_one(entities, "school", "Trường Tiểu học Định An 3")
    assert first.id != third.id
    said = {" ".join(mention.quote.split()).lower() for mention in first.mentions}
    assert any("số 1 xã định an" in quote for quote in said)
    assert any("định an 1" in quote for quote in said)
    assert any("số 3" in " ".join(mention.quote.split()).lower() for mention in third.mentions)


def test_two_spellings_of_a_number_are_one_document(entities):
    resolution = [e for e in entities if e.kind == "document" and "29" in str(e.attributes["number"]).split("/")[0]]
    (found,) = [e for e in resolution if e.name.startswith("Nghị quyết 29")]
    assert set(str(found.attributes["number"]).split("; ")) == {"29/NQ-TW", "29-NQ/TW"}


def test_one_number_of_two_years_is_two_documents(entities):
    schemes = [e for e in entities if e.kind == "document" and str(e.attributes["number"]) == "01/ĐA-UBND"]
    assert sorted(str(e.attributes["year"]) for e in schemes) == ["2016", "2018"]


def test_the_map_gives_the_province_of_a_district(entities):
    provinces = {e.attributes["place"] for e in entities if e.kind == "organization" and e.name == "UBND tỉnh"}
    assert "Kiên Giang" in provinces


def test_reports_added_one_by_one_rename_nothing(reports):
    seen: dict[str, int] = {}
    known: set[str] = set()
    for number, facts in enumerate(reports):
        seen[facts.layer.id] = number
        found = resolve(reports[: number + 1], ages=seen)
        ids = {entity.id for entity in found.entities}
        assert known <= ids | set(found.redirects)
        known = ids
    assert resolve(list(reversed(reports)), ages=seen) == resolve(reports, ages=seen)
