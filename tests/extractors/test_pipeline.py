"""The spaCy pipeline loses nothing of a text."""

import pytest

from extractors.pipeline import load_pipeline


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Năm học 2020-2021, có 24/36 trường.",
        "hai  khoảng trắng,   ba",
        " trước và sau ",
        "dòng \n mới\n\n1.2_a ",
    ],
)
def test_tokens_join_to_the_text(text: str) -> None:
    assert load_pipeline(())(text).text == text


def test_letters_digits_and_signs_are_apart() -> None:
    doc = load_pipeline(())("Lớp 5A2: 97,5% (GD&ĐT)")
    assert " ".join(token.text for token in doc) == "Lớp 5 A 2 : 97 , 5 % ( GD & ĐT )"
