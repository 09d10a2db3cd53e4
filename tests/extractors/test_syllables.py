"""Words printed as one are parted where they can only be several, and names and foreign words stay whole."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors._shared.syllables import is_syllable, missing_blanks
from schemas.text import TextLayer

SEVERAL = {
    "thànhphố": "thành phố",
    "Ủyban": "Ủy ban",
    "Uỷban": "Uỷ ban",
    "UBNDngày": "UBND ngày",
    "THCSnăm": "THCS năm",
    "nonHoa": "non Hoa",
    "VỀVIỆC": "VỀ VIỆC",
    "vàĐàotạo;": "và Đào tạo;",
    "xâydựngnông": "xây dựng nông",
    "kỳkiểm": "kỳ kiểm",
    "chiếm51%,": "chiếm 51%,",
    "11tháng": "11 tháng",
    "2014của": "2014 của",
    "số12/QĐ-UBND": "số 12/QĐ-UBND",
    "thànhphốYên": "thành phố Yên",
}
WHOLE = (
    *("nghiêng", "khuỷu", "giường", "giếng", "quyết", "hoặc", "boong", "Huyền", "TUYÊN", "Neáng"),
    *("Internet", "robot", "iPhone", "YouTube", "VinSchool", "ThS", "PGS.TS", "GD&ĐT", "ĐHĐB", "BĐDCMHS", "THĐông"),
    *("Pôkô", "Đắklắk", "H'Noan", "Kpă", "Niê", "ôtô"),
    *("m2", "km2", "20km", "7tỷ", "2.500m2", "6A1", "THCS2", "K12", "H5N1", "3G", "12/QĐ-UBND", "NTM2", "hinh1.jpg"),
    "côngan",  # ``công an`` or ``cô ngan``: the spelling leaves it open
)


@pytest.mark.parametrize(("glued", "words"), SEVERAL.items())
def test_words_printed_as_one_are_parted(glued: str, words: str) -> None:
    text = f"ở {glued} này"
    cuts = missing_blanks(text)
    parted = "".join((" " if at in cuts else "") + sign for at, sign in enumerate(text))
    assert parted == f"ở {words} này"


@pytest.mark.parametrize("word", WHOLE)
def test_one_word_stays_one(word: str) -> None:
    assert missing_blanks(f"ở {word} này") == []


@pytest.mark.parametrize("word", ["hoc", "nhât", "ngành ", "nghành", "cêm", "kàm", "bọ́"])
def test_what_breaks_the_spelling_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_records_name_the_words_and_quote_the_passage_as_printed() -> None:
    text = "Điều 1. Công nhận 03 trườngmầm non đạt chuẩn, trong đó có Trường Mầm nonSao Khuê, thànhphố Bắc Giang."
    layer = TextLayer(id="0" * 64, file="case.txt", media_type="text/plain", text=text)
    records = extract(layer)
    school = next(record for record in records if record.type == "school")
    assert (school.name, school.level) == ("Trường Mầm non Sao Khuê", "MN")
    passages = [evidence for record in records for evidence in record.evidence]
    assert all(text[passage.start : passage.end] == passage.quote for passage in passages)
    assert "Mầm nonSao Khuê" in school.evidence[0].quote
    count = next(record for record in records if record.type == "statistic")
    assert (count.value, count.level, count.indicator.startswith("trường mầm non")) == (3, "MN", True)
