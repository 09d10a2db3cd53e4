"""Letters that a conversion from TCVN3 lost: what is put back, what is left alone, and what moves with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reader_files import styles, write_pdf
from reportlab.platypus import Paragraph

from pipelines.readers import read
from pipelines.readers.syllables import is_syllable

WHOLE = (
    "Trường Tiểu học An Phong được thành lập năm 1998. Nhà trường có mười chín lớp, số lượng giáo viên là 34 người.\n"
    "Chất lượng giáo dục được nâng lên như kế hoạch; phương hướng năm tới là đầu tư cho thư viện và đưa vào sử dụng.\n"
    "Đảng bộ lãnh đạo công tác tư tưởng, dân cư đồng thuận, cây trong vườn đã lớn.\n"
)
#: As programs leave it that take the letter for a soft hyphen. What may be a word without it keeps its gap: "mời".
LOST = WHOLE.replace("ư", "")
COUNTS = (("Tên", "Số lợng"), ("Trờng An Phú", "12"), ("Trờng An Lộc", "7"))


def layer_of(text: str, folder: Path, name: str = "a.txt") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return read(folder / name).text


def test_letters_are_put_back(tmp_path: Path) -> None:
    assert "Trờng" in LOST
    assert "ngời" in LOST
    assert layer_of(LOST, tmp_path) == WHOLE.replace("mười", "mời")


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        # One slip of the hand is printed as it is.
        "Nhà trờng có 12 lớp. Chất lượng được nâng lên; phương hướng rõ ràng.\n",
        "Đôi mắt sáng ngời, lời mời họp, vợt cầu lông, cái nơ, thuở nhỏ, quơ tay, ơn nghĩa, giờ giấc.\n",
        # The "ô" of VNI, mapped by a wrong table.
        "Hội Nơng dân, phía Đơng, ngày cơng, Cơng đoàn.\n",
        "Ký hiệu: c, t, s, nh, th; 3 m x 4 m.\n",
    ],
)
def test_what_lost_nothing_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert layer_of(text, tmp_path) == text


def test_words_that_may_be_others_are_left_alone_where_the_letter_is_usual(tmp_path: Path) -> None:
    """A passage pasted into a sound report: what is no syllable is put right, nothing else is touched."""
    text = WHOLE * 3 + "Khuôn mặt sáng ngời. Các trờng đợc giao chỉ tiêu, lợng hồ sơ tăng, t cách, ngời.\n"
    assert layer_of(text, tmp_path) == WHOLE * 3 + (
        "Khuôn mặt sáng ngời. Các trường được giao chỉ tiêu, lượng hồ sơ tăng, t cách, ngời.\n"
    )


def test_a_shining_face_is_no_person(tmp_path: Path) -> None:
    text = LOST + "Niềm vui sáng ngời trên môi mọi ngời.\n"
    assert layer_of(text, tmp_path).endswith("Niềm vui sáng ngời trên môi mọi người.\n")


def test_capitals_get_capitals(tmp_path: Path) -> None:
    text = "TRỜNG TIỂU HỌC AN PHONG\nPHƠNG HỚNG NĂM HỌC\nỚc tính đợc 12 lớp\n"
    assert layer_of(text, tmp_path) == "TRƯỜNG TIỂU HỌC AN PHONG\nPHƯƠNG HƯỚNG NĂM HỌC\nƯớc tính được 12 lớp\n"


def test_every_rime_that_is_put_right_is_none_without_its_letter() -> None:
    for vowel in "ơờớởỡợ":
        for end in ("ng", "c", "u"):
            if end != "c" or vowel in "ớợ":
                assert not is_syllable(f"t{vowel}{end}")
                assert is_syllable(f"tư{vowel}{end}")


def test_the_old_encoding_without_its_soft_hyphens_is_put_right(tmp_path: Path) -> None:
    stored = (
        "Tr\xadêng TiÓu häc An Phong ®\xadîc thµnh lËp. Sè l\xadîng häc sinh ®¹t yªu cÇu, ng\xadêi d©n tin t\xadëng."
    )
    wanted = "Trường Tiểu học An Phong được thành lập. Số lượng học sinh đạt yêu cầu, người dân tin tưởng."
    for name, text in (("a.txt", stored), ("b.txt", stored.replace("\xad", ""))):
        (tmp_path / name).write_bytes(text.encode("latin-1"))
        assert read(tmp_path / name).text.strip() == wanted


def test_tables_blocks_and_pages_move_with_the_text(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{name}</td><td>{count}</td></tr>" for name, count in COUNTS)
    (tmp_path / "a.html").write_text(f"<p>Số ngời đợc cử nh sau</p><table>{rows}</table><h2>Phơng án</h2><p>Hết</p>")
    layer = read(tmp_path / "a.html")
    (table,) = layer.tables
    assert [layer.text[cell.start : cell.end] for cell in table.cells] == [
        *("Tên", "Số lượng", "Trường An Phú", "12", "Trường An Lộc", "7")
    ]
    assert [layer.text[block.start : block.end] for block in layer.blocks][:1] == ["Số người được cử như sau"]
    assert "Phương án" in [layer.text[block.start : block.end] for block in layer.blocks]


def test_places_on_the_page_stay_those_of_their_words(tmp_path: Path) -> None:
    lines = [line.split(". ")[0] for line in LOST.splitlines()]
    write_pdf(tmp_path / "a.pdf", [Paragraph(line, styles()["flat"]) for line in lines])
    layer = read(tmp_path / "a.pdf")
    words = [layer.text[word.start : word.end] for word in layer.words(0, len(layer.text))]
    assert words == layer.text.split()
    assert {"Trường", "lượng", "như"} <= set(words)
    assert (layer.pages[0].start, layer.pages[0].end) == (0, len(layer.text))
