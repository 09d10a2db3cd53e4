"""Pairs of syllables that recognition takes for others."""

import pytest

from pipelines.readers.ocr_words import corrected
from pipelines.readers.pdf_lines import Word
from pipelines.readers.scan import less_sure


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("CỤM THỊ ĐUA SỐ 3", "CỤM THI ĐUA SỐ 3"),
        ("(Thị đua – Khen thưởng)", "(Thi đua – Khen thưởng)"),
        ("quy định chỉ tiết, Bí thư chỉ bộ.", "quy định chi tiết, Bí thư chi bộ."),
        ("BẢO CAO", "BÁO CÁO"),
        ("chỉ đạo, chỉ tiêu, thị trấn, tỉnh, thần", "chỉ đạo, chỉ tiêu, thị trấn, tỉnh, thần"),
        ("bà Trần Thị Đào", "bà Trần Thị Đào"),
        ("- UBND huyện (h/c);", "- UBND huyện (b/c);"),
        ("sân 1.260m?, vườn 85 m?.", "sân 1.260m², vườn 85 m²."),
        ("là gì? Em?", "là gì? Em?"),
        ("trường tiểu học, BẬC TIEU HỌC", "trường tiểu học, BẬC TIỂU HỌC"),
        ("THAnPhong TrườngTHCS NguyễnTrãi,", "TH An Phong Trường THCS Nguyễn Trãi,"),
        ("VnEdu PowerPoint ThS PGDĐT iPhone", "VnEdu PowerPoint ThS PGDĐT iPhone"),
        ("tiểu học, tiếu học, BẬC TIEU HỌC", "tiểu học, tiếu học, BẬC TIEU HỌC"),
    ],
)
def test_listed_pairs_are_put_right_and_nothing_else(seen: str, meant: str) -> None:
    words = [Word(text, 10.0 * index, 0, 10.0 * index + 8, 10) for index, text in enumerate(seen.split())]
    assert " ".join(word.text for word in corrected(words)) == meant


def test_the_syllables_of_a_word_read_without_spaces_share_its_box() -> None:
    parts = corrected([Word("THAnPhong", 0.0, 0.0, 90.0, 10.0, 0.9)])
    assert [(word.text, word.x0, word.x1) for word in parts] == [("TH", 0, 20), ("An", 20, 40), ("Phong", 40, 90)]


def test_pairs_over_two_lines_are_left_alone() -> None:
    words = [Word("chỉ", 0, 0, 8, 10), Word("bộ", 0, 20, 8, 30)]
    assert corrected(words) == words


def test_a_figure_with_room_for_more_is_less_sure() -> None:
    def figure(text: str, width: float) -> Word:
        return Word(text, 0.0, 0.0, width, 10.0, 0.95)

    usual = [figure(str(number), 10.0) for number in range(21, 30)]
    sure = {word.text: word.confidence for word in less_sure([*usual, figure("3", 10.0), figure("4", 5.5)], 1.0)}
    assert sure["3"] == 0.475
    assert sure["4"] == sure["21"] == 0.95
    assert [word.confidence for word in less_sure([figure("4i", 9.0), figure("3⁄20", 20.0)], 1.0)] == [0.475, 0.475]
