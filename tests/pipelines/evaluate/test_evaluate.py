"""The arithmetic of evaluation on records made by hand, and the search for reports."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import ReadError, UsageError
from pipelines.evaluate import Evaluation, Score, evaluate, score_file
from pipelines.evaluate.compare import expand, fold, likeness, quoted_spans, symbol
from schemas import Citation, Official, Record, Report, TextLayer

TEXT = (
    "Đồng chí Lê Thị Hồng - Trưởng phòng GD&ĐT và đồng chí Trần Văn Hùng - Chuyên viên dự.\n"
    "Có 12 giải Nhất, 3 giải Nhì môn Toán cấp huyện; 24/24 trường nộp báo cáo, đạt 98,5%.\n"
    "Thực hiện Nghị quyết 29-NQ/TW ngày 04/11/2013."
)


def row(record_type: str, quote: str, /, **fields: Any) -> dict[str, Any]:
    """An extracted record with the passage that reads so."""
    start = TEXT.index(quote)
    evidence = [{"start": start, "end": start + len(quote), "quote": quote, "page": None}]
    return {"type": record_type, "evidence": evidence, **fields}


def gold(quote: str, *, sure: bool = True, **fields: Any) -> dict[str, Any]:
    assert quote in TEXT
    return {"quote": quote, "sure": sure, **fields}


def counts(golds: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, tuple[int, int, int]]:
    scores = score_file("a.txt", golds, rows, TEXT).scores
    return {key: (score.tp, score.fp, score.fn) for key, score in scores.items()}


def test_rates_and_what_is_undefined() -> None:
    score = Score(3, 1, 2)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)
    assert Score(0, 1, 0).f1 == 0
    assert Score(1, 2, 3) + Score(10, 20, 30) == Score(11, 22, 33)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Huyện uỷ", "huyện  ủy", True),
        ("hoà", "hòa", True),
        ("“Chuyên viên.", "chuyên viên", True),
        ("Hùng", "Hưng", False),
        ("Hung", "Hùng", False),
    ],
)
def test_values_are_folded_and_tones_kept(left: str, right: str, same: bool) -> None:
    assert (fold(left) == fold(right)) is same


def test_abbreviations_are_written_out() -> None:
    assert expand("Phòng GD-ĐT") == expand("phòng Giáo dục và Đào tạo")
    assert expand("UBND TP. Thái Bình") == expand("Ủy ban nhân dân thành phố Thái Bình")
    assert expand("GVCN") != expand("GV")
    assert likeness("HSG lớp 9", "học sinh giỏi lớp 9") == 1
    assert likeness("học sinh giỏi", "học sinh khá") == 0.5
    assert likeness(None, "") == 1
    assert symbol("29 - NQ/TW") == symbol("29–nq/tw")


def test_quotes_are_found_across_line_breaks_and_everywhere() -> None:
    assert quoted_spans({"quote": "một  giải"}, "một\ngiải, một giải") == [(0, 8), (10, 18)]
    assert quoted_spans({"quote": None}, "x") == []
    assert quoted_spans({"quote": "a.b"}, "acb") == []


def test_people_count_once_and_posts_each() -> None:
    golds = {
        "official": [
            gold("Lê Thị Hồng", person="Lê Thị Hồng", post="Trưởng phòng GD&ĐT"),
            gold("Lê Thị Hồng", person="Lê Thị Hồng", post="Bí thư chi bộ", sure=False),
            gold("Trần Văn Hùng", person="Trần Văn Hùng", post="Chuyên viên"),
        ]
    }
    rows = [
        row("official", "Lê Thị Hồng", person="LÊ THỊ HỒNG", post="Trưởng phòng Giáo dục và Đào tạo"),
        row("official", "Lê Thị Hồng", person="Lê Thị Hồng", post="Bí thư chi bộ"),
        row("official", "Trần Văn Hùng", person="Trần Văn Hưng", post="Chuyên viên"),
    ]
    result = counts(golds, rows)
    assert result["official/person"] == (1, 1, 1)
    # The unsure post is matched, and counts neither as right nor as wrong.
    assert result["official/person+post"] == (1, 1, 1)


def test_what_fits_unsure_gold_is_neutral() -> None:
    golds = {"statistic": [gold("98,5%", sure=False, value=98.5, unit="%", indicator="tỷ lệ")]}
    found = row("statistic", "98,5%", value=98.5, unit="%", indicator="tỷ lệ", aspect="value")
    assert counts(golds, [])["statistic/core"] == (0, 0, 0)
    assert counts(golds, [found, found])["statistic/core"] == (0, 0, 0)
    assert counts({"statistic": []}, [found])["statistic/core"] == (0, 1, 0)


def test_awards_soft_and_strict() -> None:
    golds = {
        "award": [
            gold("12 giải Nhất", kind="prize", prize="nhat", count=12, contest="môn Toán", level="huyen"),
            gold("3 giải Nhì", kind="prize", prize="nhi", count=3, contest="môn Toán", level="huyen"),
        ]
    }
    rows = [
        row("award", "12 giải Nhất", kind="prize", prize="nhat", count=12, contest="môn Toán", level="tinh"),
        row("award", "3 giải Nhì", kind="prize", prize="nhi", count=4, contest="môn Toán", level="huyen"),
    ]
    result = score_file("a.txt", golds, rows, TEXT)
    assert result.scores["award/core"] == Score(1, 1, 1)
    assert result.scores["award/full"] == Score(0, 2, 2)
    assert result.fields["award.level"] == Score(0, 1, 1)
    assert result.fields["award.contest"] == Score(1, 0, 0)
    assert "award.school" not in {key for key, score in result.fields.items() if score != Score()}


def test_a_record_from_another_passage_does_not_fit() -> None:
    golds = {"statistic": [gold("24/24 trường", value=24, of=24, unit="trường", indicator="trường nộp báo cáo")]}
    fields = {"value": 24, "of": 24, "unit": "trường", "indicator": "trường nộp báo cáo", "aspect": "value"}
    assert counts(golds, [row("statistic", "24/24 trường", **fields)])["statistic/full"] == (1, 0, 0)
    assert counts(golds, [row("statistic", "04/11/2013", **fields)])["statistic/core"] == (0, 1, 1)
    assert counts(golds, [row("statistic", "24/24 trường", **fields | {"of": None})])["statistic/core"] == (0, 1, 1)
    negative = fields | {"value": -24}
    assert counts(golds, [row("statistic", "24/24 trường", **negative)])["statistic/core"] == (1, 0, 0)
    assert counts(golds, [row("statistic", "24/24 trường", **negative)])["statistic/full"] == (0, 1, 1)


def test_schools_by_name_and_in_full() -> None:
    golds = {"school": [gold("trường", own_name="Định An", level="TH", ordinal=1)]}
    result = counts(golds, [row("school", "trường", own_name="định an", level="TH", ordinal=2)])
    assert result["school/name"] == (1, 0, 0)
    assert result["school/level+name+ordinal"] == (0, 1, 1)


def test_citations_by_number_and_in_full() -> None:
    golds = {"citation": [gold("29-NQ/TW", doc_type="Nghị quyết", number="29-NQ/TW", date="2013-11-04")]}
    rows = [row("citation", "29-NQ/TW", doc_type="Nghị quyết", number="29 - NQ/TW", date="2013-11-05")]
    result = counts(golds, rows)
    assert result["citation/number"] == (1, 0, 0)
    assert result["citation/type+number+date"] == (0, 1, 1)


def test_the_best_fit_wins_and_each_record_is_used_once() -> None:
    golds = {
        "official": [
            gold("Lê Thị Hồng", person="Lê Thị Hồng", post="Phó Trưởng phòng GD&ĐT"),
            gold("Lê Thị Hồng", person="Lê Thị Hồng", post="Trưởng phòng GD&ĐT"),
        ]
    }
    rows = [row("official", "Lê Thị Hồng", person="Lê Thị Hồng", post="Trưởng phòng GD&ĐT")]
    result = score_file("a.txt", golds, rows, TEXT)
    assert result.scores["official/person+post"] == Score(1, 0, 1)
    (missed,) = [mistake for mistake in result.mistakes if mistake.measure == "official/person+post"]
    assert missed.kind == "miss"
    assert missed.record["post"] == "Phó Trưởng phòng GD&ĐT"
    assert (missed.quote, missed.start) == ("Lê Thị Hồng", TEXT.index("Lê Thị Hồng"))


def test_report_fields() -> None:
    expected = {"title": "Báo cáo tổng kết", "kind": "bao_cao", "number": "12/BC", "date": None, "period": "2020"}
    expected |= {"signers": ["Lê Thị Hồng", "Võ Út"], "recipients": [], "sure": True}
    found = {"type": "report", "title": "BÁO CÁO TỔNG KẾT", "kind": "khac", "number": None, "date": "2020"}
    found |= {"period": "2020", "signers": ["lê thị hồng"], "recipients": ["Lưu VT"], "evidence": []}
    fields = score_file("a.txt", {"report": expected}, [found], TEXT).fields
    assert fields["report.title"] == Score(1)
    assert fields["report.kind"] == Score(0, 1, 1)
    assert fields["report.number"] == Score(0, 0, 1)
    assert fields["report.date"] == Score(0, 1, 0)
    assert fields["report.period"] == Score(1)
    assert fields["report.signers"] == Score(1, 0, 1)
    assert fields["report.recipients"] == Score(0, 1, 0)
    assert fields["report.place"] == Score()
    assert not score_file("a.txt", {"report": expected | {"sure": False}}, [found], TEXT).fields


def test_quotes_that_are_not_their_slice_are_counted() -> None:
    good = row("citation", "29-NQ/TW", number="29-NQ/TW")
    bad = row("citation", "29-NQ/TW", number="1") | {"evidence": [{"start": 0, "end": 3, "quote": "sai", "page": None}]}
    result = score_file("a.txt", {}, [good, bad, row("citation", "29-NQ/TW") | {"evidence": []}], TEXT)
    assert (result.bad_quotes, result.without_evidence, result.records) == (1, 1, 3)


def extract(layer: TextLayer) -> list[Record]:
    """Stands for the extractors: one right record, one wrong, one missing."""
    at = layer.text.index("29-NQ/TW")
    evidence = (layer.evidence(at, at + 8),)
    return [
        Report(report=layer.id, file=layer.file, kind="bao_cao"),
        Citation(report=layer.id, evidence=evidence, doc_type="Nghị quyết", number="29-NQ/TW", date="2013-11-04"),
        Official(report=layer.id, evidence=evidence, person="Không Có [b]", post="x", role="x"),
    ]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    (tmp_path / "reports").mkdir()
    for name in ("a", "b"):
        (tmp_path / "reports" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        records = {
            "file": f"{name}.txt",
            "report": {"kind": "bao_cao", "sure": True},
            "citation": [gold("29-NQ/TW", doc_type="Nghị quyết", number="29-NQ/TW", date="2013-11-04")],
            "official": [gold("Lê Thị Hồng", person="Lê Thị Hồng", post="Trưởng phòng")],
        }
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    return tmp_path


def test_a_folder_is_evaluated_and_printed(corpus: Path) -> None:
    evaluation = evaluate(corpus / "gold", extract=extract)
    assert [file.file for file in evaluation.files] == ["a.txt", "b.txt"]
    assert evaluation.scores["citation/type+number+date"] == Score(2)
    assert evaluation.scores["official/person"] == Score(0, 2, 2)
    assert evaluation.fields["report.kind"] == Score(2)
    assert evaluation.bad_quotes == 0
    text = evaluation.as_text()
    start = TEXT.index("Lê Thị Hồng")
    assert f"MISS  official/person: person=Lê Thị Hồng, post=Trưởng phòng « Lê Thị Hồng » at {start}" in text
    assert "FALSE official/person: person=Không Có [b], post=x « 29-NQ/TW »" in text
    assert "citation/number" in text
    rows = evaluation.as_rows()
    total = next(row for row in rows if row["file"] == "*" and row["measure"] == "citation/number")
    assert total == {
        "file": "*",
        "measure": "citation/number",
        "tp": 2,
        "fp": 0,
        "fn": 0,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
    }


def test_a_summary_shows_nothing_of_the_reports(corpus: Path) -> None:
    from rich.console import Console

    evaluation = evaluate(corpus / "gold", extract=extract)
    console = Console(width=120, color_system=None)
    with console.capture() as capture:
        console.print(evaluation.summary())
    assert "official/person" in capture.get()
    assert not any(word in capture.get() for word in ("a.txt", "b.txt", "MISS", *TEXT.split()[:3]))


@pytest.mark.parametrize("folder", ["gold", ".", "elsewhere"])
def test_reports_are_found_beside_above_and_where_told(corpus: Path, folder: str) -> None:
    for name in ("a", "b"):
        target = corpus / folder / f"{name}.txt"
        target.parent.mkdir(exist_ok=True)
        (corpus / "reports" / f"{name}.txt").rename(target)
    reports = corpus / folder if folder == "elsewhere" else None
    assert len(evaluate(corpus / "gold", reports, extract=extract).files) == 2


def test_what_cannot_be_evaluated_is_told(corpus: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        evaluate(corpus / "nowhere")
    with pytest.raises(UsageError, match="holds no gold"):
        evaluate(corpus / "reports")
    (corpus / "reports" / "b.txt").write_bytes(b"")
    with pytest.raises(ReadError, match=r"b\.txt: is empty"):
        evaluate(corpus / "gold", extract=extract)
    (corpus / "reports" / "b.txt").unlink()
    with pytest.raises(UsageError, match=r"b\.txt is not found"):
        evaluate(corpus / "gold", extract=extract)
    for content, word in (("{", "no gold file"), ("[]", "names no report"), ('{"file": "a", "award": 1}', "no list")):
        (corpus / "gold" / "a.json").write_text(content)
        with pytest.raises(UsageError, match=word):
            evaluate(corpus / "gold", extract=extract)


def test_nothing_found_and_nothing_to_find_prints_dashes() -> None:
    result = score_file("a.txt", {}, [], TEXT)
    assert all(score == Score() for score in result.scores.values())
    assert "–" in Evaluation((result,)).as_text()
