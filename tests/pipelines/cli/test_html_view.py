"""The page of reports: every passage marked, everything escaped, nothing loaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pipelines.extraction import Extracted
from pipelines.html_view import render_page
from pipelines.html_view.headlines import headline
from pipelines.html_view.labels import show
from pipelines.html_view.passages import Passage, mark_text
from schemas import Award, Cell, Citation, Official, Report, School, Statistic, Table, TextLayer

HOSTILE = "<script>alert('x')</script> \"><img src=x onerror=alert(1)> & </style></title>"


def layer_of(text: str, *, file: str = "bao-cao.txt", tables: tuple[Table, ...] = ()) -> TextLayer:
    return TextLayer(id="a" * 64, file=file, media_type="text/plain", text=text, tables=tables)


def extracted(text: str, *, file: str = "bao-cao.txt", title: str | None = None) -> Extracted:
    """A report whose whole text is a school and whose first five characters are a citation."""
    layer = layer_of(text, file=file)
    whole, beginning = layer.evidence(0, len(text)), layer.evidence(0, 5)
    records = (
        Report(report=layer.id, file=file, title=title, evidence=(beginning,)),
        School(report=layer.id, name=text, level="TH", own_name=text, evidence=(whole,)),
        Citation(report=layer.id, doc_type="Chỉ thị", number=text, evidence=(beginning,)),
    )
    return Extracted(file, layer, records, ())


def test_hostile_text_and_names_are_shown_as_text() -> None:
    page = render_page([extracted(HOSTILE, file=f"{HOSTILE}.txt", title=HOSTILE)])
    tree = html.fromstring(page)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img")
    assert not tree.xpath("//@onerror")
    assert tree.xpath("string(//title)") == HOSTILE
    assert tree.xpath("string(//div[@class='body'])") == HOSTILE
    assert page.count("alert") == page.count("alert(&#x27;x&#x27;)") + page.count("onerror=alert(1)&gt;")


def test_control_characters_do_not_reach_the_page() -> None:
    page = render_page([extracted("Trường\x00\x1b[31m Hòa Lộc")])
    assert "\x00" not in page
    assert "\x1b" not in page


def test_the_page_loads_nothing_and_runs_only_its_own_script() -> None:
    page = render_page([extracted("Trường Tiểu học Hòa Lộc")])
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)", page)
    assert "url(" not in page
    assert "@import" not in page
    policy = html.fromstring(page).xpath("string(//meta[@http-equiv]/@content)")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_overlapping_passages_keep_the_text_and_name_all_records() -> None:
    text = "Trường Tiểu học Hòa Lộc 1 đạt giải Nhì"
    passages = [
        Passage(0, 25, "s", "school"),
        Passage(0, 38, "a", "award"),
        Passage(16, 38, "c", "statistic"),
        Passage(25, 30, "d", "citation"),
    ]
    marked = mark_text(layer_of(text), passages, prefix="x-")
    tree = html.fragment_fromstring(f"<div>{marked.html}</div>")
    assert tree.text_content() == text
    for passage in passages:
        covered = "".join(
            mark.text for mark in tree.iter("mark") if passage.record in mark.attrib["data-records"].split()
        )
        assert covered == text[passage.start : passage.end]
        anchor = marked.anchors[passage.record, passage.start]
        assert text[passage.start :].startswith(tree.get_element_by_id(anchor).text)


def test_tables_are_tables_and_cells_are_marked() -> None:
    text = "Bảng\nTrường\nSĩ số\nHòa Lộc\n240\nHết"
    starts = {word: text.index(word) for word in ("Trường", "Sĩ số", "Hòa Lộc", "240")}
    cells = tuple(
        Cell(row=row, col=col, start=starts[word], end=starts[word] + len(word), header=row == 0)
        for row, col, word in [(0, 0, "Trường"), (0, 1, "Sĩ số"), (1, 0, "Hòa Lộc"), (1, 1, "240")]
    )
    table = Table(start=starts["Trường"], end=text.index("\nHết"), cells=cells)
    passage = Passage(starts["240"], starts["240"] + 3, "r", "statistic")
    tree = html.fragment_fromstring(
        f"<div>{mark_text(layer_of(text, tables=(table,)), [passage], prefix='').html}</div>"
    )
    assert [cell.text_content() for cell in tree.iter("th", "td")] == ["Trường", "Sĩ số", "Hòa Lộc", "240"]
    assert tree.xpath("string(//td/mark)") == "240"


def test_every_record_has_a_card_with_its_fields_and_passages(folder: Path) -> None:
    from pipelines.extraction import process_file

    outcomes = [process_file(path) for path in sorted(folder.iterdir())]
    reports = [outcome for outcome in outcomes if isinstance(outcome, Extracted)]
    tree = html.fromstring(render_page(reports))
    assert len(tree.xpath("//section")) == len(reports) == 3
    assert len(tree.xpath("//article")) == sum(len(report.records) for report in reports)
    ids = set(tree.xpath("//@id"))
    assert len(ids) == len(tree.xpath("//@id")), "ids are unique"
    for link in tree.xpath("//article//a/@href"):
        assert link[1:] in ids
    for record in {name for names in tree.xpath("//mark/@data-records") for name in names.split()}:
        assert record in ids


def test_a_page_of_nothing_says_so() -> None:
    assert "Không có báo cáo nào" in render_page([])


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("value", 27.68, "27,68"),
        ("value", 1250, "1.250"),
        ("value", 1250.0, "1.250"),
        ("value", -24, "-24"),
        ("confidence", 0.9, "90%"),
        ("date", "2019-12-31", "31/12/2019"),
        ("date", "2019", "2019"),
        ("prize", "khuyen_khich", "Khuyến khích"),
        ("prize", "4", "4"),
        ("variants", ("TH A", "Tiểu học A"), "TH A; Tiểu học A"),
        ("place", None, ""),
    ],
)
def test_values_are_shown_as_vietnamese_print_them(field: str, value: object, shown: str) -> None:
    assert show(field, value) == shown


@pytest.mark.parametrize(
    ("make", "fields", "line"),
    [
        (
            Official,
            {"person": "Trần Văn Kiên", "post": "Trưởng phòng", "role": "Trưởng phòng"},
            "Trần Văn Kiên – Trưởng phòng",
        ),
        (Award, {"kind": "prize", "prize": "nhi", "count": 2, "contest": "IOE"}, "2 × giải Nhì – IOE"),
        (Award, {"kind": "rank", "prize": "4", "recipient": "An Hải"}, "xếp thứ 4 – An Hải"),
        (
            Statistic,
            {"indicator": "trường đạt chuẩn", "value": 21, "of": 24, "unit": "trường"},
            "21/24 trường – trường đạt chuẩn",
        ),
        (Statistic, {"indicator": "tỷ lệ", "value": 98.5, "unit": "%"}, "98,5% – tỷ lệ"),
        (Statistic, {"indicator": "lớp", "value": 3, "aspect": "change"}, "+3 – lớp"),
        (
            Citation,
            {"doc_type": "Chỉ thị", "number": "31/CT-UBND", "date": "2020-08-15"},
            "Chỉ thị 31/CT-UBND (15/08/2020)",
        ),
    ],
)
def test_headlines(make: Callable[..., Any], fields: dict[str, Any], line: str) -> None:
    assert headline(make(report="a", **fields)) == line
