"""Outside the gold: two invented districts over three years, from the texts of their reports to entities.

The districts share names of schools and people on purpose; heads are promoted, two people differ in a tone, and
every report writes names in its own way.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from itertools import combinations

import pytest

from extractors import analyze
from pipelines.facts import ReportFacts
from pipelines.reconcile import reconcile
from pipelines.reconcile.names import spelled
from schemas import TextLayer

HEAD, DEPUTY, STAFF = "Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên"
TRU, HOAI, HUNG = ("Đinh Công Trứ", "tru"), ("Lò Thị Hoài", "hoai"), ("Trần Mạnh Hùng", "hung-k")
HUWNG, HUNG_2, NHAI = ("Trần Mạnh Hưng", "hưng-k"), ("Trần Mạnh Hùng", "hung-d"), ("Vương Thị Nhài", "nhai")
QUYEN, HOAI_2 = ("Ngô Bá Quyền", "quyen"), ("Lò Thị Hoài", "hoai-d")
# Post, person and truth of each year; one truth is one person.
OFFICERS = {
    "Khe Sáo": [
        {HEAD: TRU, DEPUTY: HOAI, STAFF: HUNG},
        {HEAD: HOAI, DEPUTY: HUNG, STAFF: HUWNG},
        {HEAD: HOAI, DEPUTY: HUNG, STAFF: HUWNG},
    ],
    "Đầm Vọng": [
        {HEAD: HUNG_2, DEPUTY: NHAI, STAFF: QUYEN},
        {HEAD: HUNG_2, DEPUTY: NHAI, STAFF: QUYEN},
        {HEAD: NHAI, DEPUTY: QUYEN, STAFF: HOAI_2},
    ],
}
# School as each year writes it, and who heads it.
SCHOOLS = {
    "Khe Sáo": [
        (("Trường Tiểu học Tân Lập 1", "TH Tân Lập 1", "Tiểu học số 1 xã Tân Lập"), "tl1", ("Nguyễn Thị Hà", "ha-tl1")),
        (("Trường Tiểu học Tân Lập 2", "TH Tân Lập 2", "Tiểu học Tân Lập 2"), "tl2", ("Mông Thị Xuyến", "xuyen")),
        (("Trường THCS Hòa Sơn", "THCS Hoà Sơn", "trường THCS Hòa Sơn"), "hs", ("Nguyễn Thị Hà", "ha-hs")),
        (("Trường Mầm non Hoa Ban", "MN Hoa Ban", "Trường mầm non Hoa Ban"), "hb", ("Quàng Thị Pánh", "panh")),
    ],
    "Đầm Vọng": [
        (("Trường Tiểu học Tân Lập 1", "TH Tân Lập 1", "Trường Tiểu học Tân Lập 1"), "tl1-d", ("Lê Văn Tám", "tam")),
        (("Trường THCS Hòa Sơn", "Trường THCS Hoà Sơn", "THCS Hòa Sơn"), "hs-d", ("Phạm Thị Bưởi", "buoi")),
        (("Trường Mầm non Hoa Ban", "trường Mầm non Hoa Ban", "MN Hoa Ban"), "hb-d", ("Nguyễn Thị Hà", "ha-d")),
    ],
}  # fmt: skip
OFFICES = ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "PHÒNG GD&ĐT", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO")
YEARS = (2019, 2020, 2021)


def write(district: str, number: int) -> tuple[str, dict[tuple[str, str], str]]:
    """The text of a district's report of a year, and the truth of its mentions by kind and name."""
    year = YEARS[number]
    truth: dict[tuple[str, str], str] = {}
    lines = [
        f"UBND HUYỆN {district.upper()}",
        OFFICES[number],
        f"Số: {12 + number}/BC-PGDĐT",
        f"{district}, ngày 10 tháng 6 năm {year}",
        "BÁO CÁO",
        f"Tổng kết năm học {year - 1}-{year}",
        "I. Chỉ đạo của Phòng",
    ]
    for post, (name, who) in OFFICERS[district][number].items():
        lines.append(f"Đồng chí {name}, {post} Phòng GD&ĐT huyện {district} đã phát biểu tại hội nghị.")
        truth["person", name] = f"person {who}"
    lines.append("II. Các trường")
    heads = []
    for spellings, school, (name, who) in SCHOOLS[district]:
        lines.append(f"- {spellings[number]} đạt 3 giải Nhì cấp huyện.")
        truth["school", spellings[number]] = f"school {school}"
        heads.append((spellings[number], name, who))
    lines.append("III. Tham luận")
    for spelling, name, who in heads[:2] if number == 0 else heads[1:]:
        lines.append(f"Đồng chí {name} - Hiệu trưởng {spelling} trình bày tham luận.")
        truth["person", name] = f"person {who}"
    return "\n".join(lines) + "\n", truth


@pytest.fixture(scope="module")
def mentions() -> list[tuple[str, str]]:
    """The truth and the entity of every mention that was extracted."""
    reports, truths = [], {}
    for district in SCHOOLS:
        for number in range(3):
            text, truth = write(district, number)
            digest = hashlib.sha256(text.encode()).hexdigest()
            layer = TextLayer(id=digest, file=f"{district}-{YEARS[number]}.txt", media_type="text/plain", text=text)
            analysis = analyze(layer)
            reports.append(ReportFacts.of(layer, analysis.records, analysis.relations))
            truths[digest] = truth
    found = []
    for entity in reconcile(reports):
        named = {(m.report, spelled(m.name or "")) for m in entity.mentions}
        quotes = defaultdict(set)
        for mention in entity.mentions:
            quotes[mention.report].add(" ".join(mention.quote.split()))
        for report, name in named:
            for (kind, written), truth in truths[report].items():
                is_it = spelled(written) == name if kind == "person" else written in quotes[report]
                if entity.kind == kind and is_it:
                    found.append((truth, entity.id))
    return found


def test_nearly_every_mention_is_extracted(mentions):
    assert len(mentions) >= 50


def test_pairwise_precision_and_recall(mentions):
    pairs = [(one[0] == other[0], one[1] == other[1]) for one, other in combinations(mentions, 2)]
    joined = [true for true, together in pairs if together]
    belonging = [together for true, together in pairs if true]
    assert all(joined)
    assert sum(belonging) / len(belonging) >= 0.97


def test_no_two_people_are_one(mentions):
    people = defaultdict(set)
    for truth, entity in mentions:
        if truth.startswith("person"):
            people[entity].add(truth)
    assert all(len(truths) == 1 for truths in people.values())
