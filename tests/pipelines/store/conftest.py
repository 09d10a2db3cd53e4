"""A store in a folder of its own, and a small report of an invented district."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.facts import ReportFacts
from pipelines.store import Store
from schemas import Award, Citation, Official, School, Statistic
from schemas.relation import Quantity, Relation

TEXT = """BÁO CÁO TỔNG KẾT NĂM HỌC 2022-2023
Huyện Suối Mây có 24 trường: 11 trường Tiểu học và 13 trường THCS.
Trường Tiểu học An Bình 2 đạt 3 giải Nhì cấp huyện.
Thực hiện Kế hoạch số 41/KH-UBND ngày 05/9/2022 của UBND huyện.
Người ký: Lò Văn Tính - Trưởng phòng GD&ĐT"""


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated store to copy: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path) -> Store:
    shutil.copy(empty_store, tmp_path / "facts.db")
    return Store.open(f"sqlite:///{tmp_path / 'facts.db'}")


@pytest.fixture
def facts(draft: Callable) -> Callable[..., ReportFacts]:
    """A report with a fact of every type; ``schools`` and ``file`` change what it says."""

    def build(schools: int = 24, file: str = "in/2023.txt") -> ReportFacts:
        paper = draft(TEXT.replace("24", str(schools)), file)
        number = paper.at(str(schools))[0]
        relation = Relation(
            kind="sum",
            whole=Quantity(value=schools, printed=str(schools), unit="trường", evidence=number),
            parts=tuple(
                Quantity(value=int(part), printed=part, unit="trường", evidence=paper.at(part)[0])
                for part in ("11", "13")
            ),
            exhaustive=None,
            cue="có … :",
        )
        records = [
            paper.report(title="Báo cáo tổng kết", kind="bao_cao", date="2023-06", issuer="Phòng GD&ĐT Suối Mây"),
            paper.make(Official, "Lò Văn Tính", person="Lò Văn Tính", post="Trưởng phòng GD&ĐT", role="Trưởng phòng",
                       organization="Phòng GD&ĐT", activity="signed"),
            paper.make(School, "Trường Tiểu học An Bình 2", name="Trường Tiểu học An Bình 2", level="TH",
                       own_name="An Bình", ordinal=2, variants=("Trường Tiểu học An Bình 2",)),
            paper.make(Award, "3 giải Nhì", kind="prize", prize="nhi", count=3, level="huyen",
                       school="Trường Tiểu học An Bình 2"),
            paper.make(Statistic, f"{schools} trường", indicator="trường", value=schools, unit="trường"),
            paper.make(Statistic, "11 trường Tiểu học", indicator="trường Tiểu học", value=11, unit="trường",
                       of=27.5, level="TH", confidence=0.75),
            paper.make(Citation, "Kế hoạch số 41/KH-UBND ngày 05/9/2022", doc_type="Kế hoạch",
                       number="41/KH-UBND", date="2022-09-05", issuer="UBND huyện"),
        ]  # fmt: skip
        return ReportFacts.of(paper.layer, records, [relation])

    return build


@pytest.fixture
def save(store: Store) -> Callable[..., None]:
    """Save a report in the store of the test."""

    def put(facts: ReportFacts, version: str = "v1") -> None:
        store.save_report(facts.layer, facts.records, facts.relations, version=version)

    return put
