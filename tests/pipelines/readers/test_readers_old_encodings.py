"""Encodings of before Unicode: tables, fonts, content, the map back, and proper Unicode that is left alone."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.readers import read
from pipelines.readers.old_encodings import (
    ENCODINGS,
    Encoding,
    convert,
    encoding_of_font,
    find_encoding,
    is_unicode,
    looks_garbled,
    map_lines,
)
from pipelines.readers.runs import OldFonts
from pipelines.readers.syllables import is_syllable, vietnamese_share
from tests.bench import legacy

SMALL = "àáảãạâầấẩẫậăằắẳẵặđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
TEXT = (
    "Phòng Giáo dục và Đào tạo huyện An Phong báo cáo kết quả năm học. Toàn huyện có hai mươi bốn trường, trong đó "
    "mười trường mầm non; tỷ lệ chuyên cần đạt yêu cầu, chất lượng được nâng lên rõ rệt so với cùng kỳ."
)


def old_bytes(text: str, encoding: Encoding) -> str:
    """The text as a program of that time stored it, read as ISO 8859-1; letters it lacks are lower case."""
    pieces = {}
    for first in map(chr, range(256)):
        pieces.setdefault(convert(first, encoding).text, first)
        if encoding == "VNI":
            for second in "øûõùïâêàåãáäèúüéëØÛÕÙÏÂÊÀÅÃÁÄÈÚÜÉË":
                pieces.setdefault(convert(first + second, encoding).text, first + second)
    # ASCII stands for itself, whatever else gives the same letter.
    pieces |= {chr(code): chr(code) for code in range(128)}
    return "".join(pieces.get(char) or pieces[char.lower()] for char in text)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_letter_can_be_written_and_read(encoding: Encoding) -> None:
    letters = SMALL + ("ĂÂÊÔƠƯĐ" if encoding == "TCVN3" else SMALL.upper())
    for letter in letters:
        assert convert(old_bytes(letter, encoding), encoding).text == letter


@pytest.mark.parametrize(("name", "encoding"), [("VISCII", "VISCII"), ("TCVN", "TCVN3")])
def test_tables_agree_with_those_of_the_system(name: str, encoding: Encoding) -> None:
    stored = old_bytes(SMALL, encoding).encode("latin-1")
    done = subprocess.run(["iconv", "-f", name, "-t", "UTF-8"], input=stored, capture_output=True, check=True)
    assert unicodedata.normalize("NFC", done.stdout.decode()) == SMALL


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_content_tells_the_encoding_and_leads_back(encoding: Encoding) -> None:
    stored = old_bytes(TEXT, encoding)
    assert find_encoding(stored) == encoding
    converted = convert(stored, encoding)
    assert converted.text == TEXT
    assert len(converted.origins) == len(TEXT)
    for word in ("trường", "chất", "kỳ"):
        start = TEXT.index(word)
        origin = converted.origins[start]
        end = converted.origins[start + len(word)]
        assert convert(stored[origin:end], encoding).text == word


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("saved_as", ["latin-1", "utf-8"])
def test_text_files_are_mapped_by_content(tmp_path: Path, encoding: Encoding, saved_as: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((old_bytes(TEXT, encoding) + "\n").encode(saved_as))
    assert read(path).text == TEXT + "\n"


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "TCVN3"), (".VnArialH", "TCVN3"), (".vntimeh", "TCVN3"), ("ABCDEF+.VnTime", "TCVN3"),
        ("VnTime", "TCVN3"), ("VNI-Times", "VNI"), ("VNI Helve", "VNI"), ("VPS Times", "VPS"), ("VI Times", "VISCII"),
        ("Times New Roman", None), ("", None), ("Verdana", None), ("VNU Times", None), ("Vivaldi", None),
    ],
)  # fmt: skip
def test_fonts_name_their_encoding(font: str, encoding: Encoding | None) -> None:
    assert encoding_of_font(font) == encoding


@given(st.text(alphabet=SMALL + SMALL.upper() + "abcdeghiklmnopqrstuvxy  ,.-0123456789", min_size=0, max_size=300))
def test_proper_unicode_is_never_touched(text: str) -> None:
    for font in (".VnTime", "VNI-Times", "VPS Times", "VI Times"):
        runs = [(font, TEXT + " "), (font, text)]
        assert OldFonts(runs).join([(font, TEXT + " ")]) == TEXT + " "
        if is_unicode(text) or text.isascii():
            assert OldFonts(runs).join(runs) == TEXT + " " + text


def test_unicode_under_the_name_of_an_old_font_stays_also_where_its_letters_are_in_latin_1() -> None:
    runs = [(".VnTime", "Báo cáo có và không có, à là gì; Hà Tĩnh, Quảng Ninh")]
    assert OldFonts(runs).join([(".VnTime", "có và là")]) == "có và là"


def test_letter_and_mark_of_vni_may_stand_in_two_runs() -> None:
    fonts = OldFonts([("VNI-Times", old_bytes(TEXT, "VNI"))])
    assert fonts.join([("VNI-Times", "tr"), ("VNI-Times", "öô"), ("VNI-Times", "øng")]) == "trường"


def test_fonts_of_two_encodings_and_of_none_stand_in_one_paragraph() -> None:
    runs = [
        (".VnTime", old_bytes("Trường tiểu học ", "TCVN3")),
        ("VNI-Times", old_bytes("Định An và ", "VNI")),
        ("Arial", "trường Vĩnh Thắng"),
    ]
    assert OldFonts(runs).join(runs) == "Trường tiểu học Định An và trường Vĩnh Thắng"


def test_an_old_passage_in_a_unicode_text_is_mapped_alone(tmp_path: Path) -> None:
    foreign = "L'école rénovée à l'été; 12 m², 5 µm, «Đổi mới» – Straße"
    stored = old_bytes(TEXT.split(". ")[0], "TCVN3")
    path = tmp_path / "a.txt"
    path.write_text("\n".join([TEXT, stored, foreign, TEXT]), encoding="utf-8")
    assert read(path).text.split("\n") == [TEXT, TEXT.split(". ")[0], foreign, TEXT]
    assert OldFonts([("Arial", TEXT), ("Arial", stored)]).join([("Arial", stored)]) == TEXT.split(". ")[0]


@pytest.mark.parametrize(
    "text",
    [
        "L'été dernier, l'école élémentaire a été rénovée; les élèves étaient très heureux, où ils étaient déjà prêts",
        "Über die Straße gehen die Schüler früh zur Schule, während die Lehrer über Prüfungen sprächen; schöne Grüße",
        "El niño pequeño comió piña mañana en España; también habló él de economía, política, educación y corazón",
        "Y Brông Niê, H'Wưn Byă, Y Ƀlô Êban, Y Ñĩ Kbuôr, Jriêng, Kdăm, Hră, Mđrăk",
        "12 m² × 5 µm ± 3° – «Đổi mới» © 2020 ® ½ ¼ ¾ · • § ¶",
        "Có 3 em đạt giải: em Lò Thị Ón, em Hà Văn Ké, em Vì Thị Ỏn; cô Ò, bà Ú",
    ],
)
def test_other_languages_and_signs_are_in_no_old_encoding(text: str) -> None:
    assert find_encoding(text) is None
    assert map_lines(text) == text
    assert not looks_garbled(text * 3)


def test_what_no_table_fits_is_said_to_be_garbled() -> None:
    assert looks_garbled("Tr­êng µo n¨m häc tiÓu cè g¾ng hµnh ®éng cña tr­êng nµy lµ viÖc rÊt cÇn")
    assert not looks_garbled(TEXT)
    assert not looks_garbled("L'école élémentaire a été rénovée à l'été; déjà vu, où êtes-vous, très très bien, près")
    assert not looks_garbled("")


def test_syllables_are_told_from_other_words() -> None:
    for word in ("Trường", "ĐỊNH", "quyết", "giếng", "nghiêng", "khuỷu", "Ở", "yếu", "quốc", "gì", "thuở"):
        assert is_syllable(word), word
    for word in ("tr­êng", "nµo", "TrưỜng", "école", "Straße", "tước̣", "bàc", "xyz̃"):
        assert not is_syllable(word), word
    assert vietnamese_share("Trường cũ có 12 lớp") == (1.0, 4)
    assert vietnamese_share("abc 12") == (0.0, 0)


def test_real_files_are_read_as_their_transcripts() -> None:
    root = legacy.folder()
    if not root.is_dir():
        pytest.skip("the folder of real files is not there: set BAOCAO_LEGACY")
    found = list(legacy.scores(root))
    error_rate, diacritics = legacy.summary(found)
    assert error_rate <= 0.01
    assert diacritics >= 0.99
    # None is garbled silently: what is read at all is read nearly right.
    assert [one for one in found if not one.refused and one.diacritics < 0.9] == []


def test_the_folder_of_real_files_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(os.environ, "BAOCAO_LEGACY", str(tmp_path))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.truth.txt").write_text(TEXT.replace("huyện", "huyên"), encoding="utf-8")
    (one,) = legacy.scores(legacy.folder())
    assert one.error_rate == pytest.approx(2 / len(TEXT))
    assert 0.95 < one.diacritics < 1
