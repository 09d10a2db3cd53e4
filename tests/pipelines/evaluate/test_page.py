"""The page of mistakes: what it holds, that it is closed to the outside, and that texts stay texts."""

import base64
import hashlib
import re
from pathlib import Path

from pipelines.evaluate import Evaluation, score_file
from pipelines.evaluate.page import render_page

TEXT = "Trước <b>\nĐạt 12 giải Nhất & nhì.\nSau"


def evaluation() -> Evaluation:
    start = TEXT.index("12")
    evidence = [{"start": start, "end": start + 12, "quote": TEXT[start : start + 12], "page": None}]
    found = {"type": "award", "kind": "prize", "prize": "nhi", "count": 12, "evidence": evidence, "confidence": 0.8}
    gold = {"award": [{"quote": "12 giải Nhất", "kind": "prize", "prize": "nhat", "count": 12, "note": "<i>x</i>"}]}
    gold["school"] = [{"quote": "không có", "own_name": "X", "level": "TH"}]
    return Evaluation((score_file("<a>.txt", gold, [found], TEXT),))


def test_each_mistake_stands_with_its_passage_marked_in_its_context() -> None:
    page = render_page(evaluation())
    assert page.count("<article") == 3  # the prize as a miss and as a false alarm, and the school
    assert page.count("Đạt <mark>12 giải Nhất</mark> &amp; nhì.\nSau") == 2
    assert "<mark>không có</mark> (does not stand in the text)" in page
    assert "<tr class=differs><th>prize</th><td>nhat</td><td>nhi</td></tr>" in page
    assert "award/core, award/full" in page
    assert 'data-measure="award/core award/full"' in page
    assert 'data-report="&lt;a&gt;.txt"' in page
    assert '<option value="award">award (2)</option>' in page


def test_the_text_of_a_report_is_no_markup_and_nothing_is_loaded() -> None:
    page = render_page(evaluation())
    assert "Trước &lt;b&gt;" in page
    assert "<i>" not in page
    assert not re.search(r"(?:src|href)=[\"'](?!#)", page)
    script = re.search(r"<script>(.*?)</script>", page, re.S)
    assert script
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page


def test_a_page_without_mistakes() -> None:
    page = render_page(Evaluation((score_file("a.txt", {}, [], "x"),)))
    assert "No mistakes." in page
    assert Path(__file__).name not in page
