"""Laws of extraction, over the texts of all cases and of the open reports: how a text is written changes no fact.

Each run tries the same sample; ``BAOCAO_LAWS=20`` tries twenty times as many texts.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import analyze, extract
from schemas import TextLayer
from tests.bench import shuffled
from tests.extractors import variants

_TIMES = int(os.environ.get("BAOCAO_LAWS", "1"))
Variant = Callable[[str, random.Random], str]


def sample(examples: int) -> settings:
    return settings(
        max_examples=examples * _TIMES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


CASES = st.sampled_from(variants.case_texts())
REPORTS = st.sampled_from(variants.report_texts())
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
WRITINGS = (
    variants.decomposed,
    variants.with_other_spaces,
    variants.with_old_tones,
    variants.with_capital_headings,
    variants.with_soft_hyphens,
    variants.wrapped,
    variants.with_other_bullets,
    variants.with_unrelated_paragraph,
)


#: Writings that do change a record of a text (by a phrase that only this text has), and why.
KNOWN_MISSES: dict[tuple[Variant, str], str] = {
    (variants.with_capital_headings, "Trường THCS Cẩm Lĩnh"): "a whole item in capitals: its label is counted with it",
    (variants.with_capital_headings, "Lê Thu Vân + Phạm Gia Huy"): "an item in capitals: of two names one is found",
}


def check(variant: Variant, text: str, seed: int) -> None:
    other = variant(text, random.Random(seed))
    if other == text or any(variant is known and phrase in text for known, phrase in KNOWN_MISSES):
        return
    before, after = variants.known(text)[1], variants.found(other)
    lost, gained = before - after, after - before
    assert not lost, f"{variant.__name__} loses {list(lost)}, gains {list(gained)}"
    assert not gained, f"{variant.__name__} gains {list(gained)}"


@pytest.mark.parametrize("variant", WRITINGS, ids=lambda variant: variant.__name__)
def test_how_a_case_is_written_changes_no_field(variant: Variant) -> None:
    @sample(60)
    @given(text=CASES, seed=SEEDS)
    def law(text: str, seed: int) -> None:
        check(variant, text, seed)

    law()


@pytest.mark.parametrize("variant", WRITINGS, ids=lambda variant: variant.__name__)
def test_how_a_report_is_written_changes_no_field(variant: Variant) -> None:
    @sample(4)
    @given(text=REPORTS, seed=SEEDS)
    def law(text: str, seed: int) -> None:
        check(variant, text, seed)

    law()


@sample(30)
@given(text=CASES | REPORTS, seed=SEEDS, variant=st.sampled_from(WRITINGS))
def test_a_quote_is_its_slice_of_the_text(text: str, seed: int, variant: Variant) -> None:
    layer = variants.layer_of(variant(text, random.Random(seed)))
    for record in extract(layer):
        assert record.type == "report" or record.evidence
        for evidence in record.evidence:
            assert evidence.start < evidence.end
            assert layer.text[evidence.start : evidence.end] == evidence.quote


@sample(150)
@given(lines=st.lists(st.sampled_from(variants.BLANK_LINES), max_size=25), gap=st.sampled_from(("\n", "\n\n")))
def test_a_text_without_facts_yields_no_records(lines: list[str], gap: str) -> None:
    records = [record for record in extract(variants.layer_of(gap.join(lines) or "…")) if record.type != "report"]
    assert not records


def test_a_blank_count_of_prizes_yields_no_records() -> None:
    assert len(extract(variants.layer_of(variants.BLANK_PRIZES))) == 1


@sample(5)
@given(text=REPORTS)
def test_the_same_text_yields_the_same_records(text: str) -> None:
    layer = variants.layer_of(text)
    assert extract(layer) == extract(layer)


@pytest.mark.parametrize(("variant", "phrase"), KNOWN_MISSES)
def test_what_is_known_to_change_records_still_does(variant: Variant, phrase: str) -> None:
    (text,) = [text for text in (*variants.report_texts(), *variants.case_texts()) if phrase in text]
    assert variants.found(variant(text, random.Random(0))) != variants.known(text)[1], "solved, so take it off the list"


def test_the_variants_do_change_texts() -> None:
    changed = Counter(
        variant.__name__
        for variant in WRITINGS
        for number, text in enumerate(variants.report_texts()[:5])
        if variant(text, random.Random(number)) != text
    )
    assert all(changed[variant.__name__] >= 2 for variant in WRITINGS), changed


@pytest.mark.parametrize(
    "text",
    [
        *(shuffled.document(number) for number in range(200 * _TIMES)),
        # a total of ages a sentence before them
        "Tỉnh có 417 người nghỉ việc. Dưới 35 tuổi 243 người; từ 35 đến 45 tuổi 118; trên 45 tuổi 56.",
        # a percentage of nobody, a bracket never closed, a post without a body at the very end
        "Chưa đạt 0 em, trong đó nữ 0 em (chiếm 25%), bỏ học 0 em (0%).",
        "(Tỷ lệ chuyên cần đạt 96,4%, tăng 1,9% so với năm trước (95,1%). Năm 2022: 5). (27 bài; đạt 7 (1A, 2C); ",
        "Công tác phòng dịch bảo đảm:\nTM. ",
        # a time without an end, a unit at the very end
        "Từ 2016 đến nay\n5 trẻ",
        "+ 8 c Nguồn",
    ],
)
def test_no_text_raises(text: str) -> None:
    if text.strip():
        shuffled.read_through(text)


@pytest.mark.parametrize("text", ["", "\n", "  \n\n "])
def test_a_layer_without_text_has_no_records(text: str) -> None:
    found = analyze(TextLayer(id="0" * 64, file="empty.txt", media_type="text/plain", text=text))
    assert found.records == []
    assert found.relations == []
