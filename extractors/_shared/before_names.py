"""Places that open a run of capitalised words which a person's name closes: ``UBND xã Tân Lễ Lê Văn Tú``."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.family_names import families_of_names
from extractors._shared.places import gazetteer

_WINDOW, _NEAR = 40, 20
_OF_A_PLACE = re.compile(
    r"(?<!\w)(?:ủy|ubnd|hđnd|nhân dân|huyện|quận|thị xã|thành phố|tp\.?|tỉnh|gd\s?(?:&|-)?\s?đt|đào tạo|nội vụ|đoàn|"
    r"mttq|lao động|khuyến học|công an)\s$"
)

_COMPANY = re.compile(
    r"(?<!\w)(?:công ty|doanh nghiệp(?: tư nhân)?|dntn|tập đoàn|tnhh|cổ phần|cp|mtv|một thành viên|hợp tác xã|htx)\s$"
)


def names_company(before: str) -> bool:
    """Whether two syllables behind a text name a company and nobody: ``Giám đốc Công ty Hoàng Anh``."""
    return _COMPANY.search(before) is not None


def place_before_name(document: Document, syllables: list[tuple[int, int]]) -> int:
    """How many syllables of a province or district open a run that a name closes: ``Tỉnh ủy Yên Bái Lê Văn Tú``.

    The run has at least four.
    """
    families, _, _ = families_of_names()
    if commune := _commune_before_name(document, syllables):
        return commune
    if document.lower[slice(*syllables[2])] not in families:
        return 0
    table = gazetteer()
    place = document.lower[syllables[0][0] : syllables[1][1]]
    return 2 if place in table.provinces or (place in table.districts and _names_district(document, syllables)) else 0


#: Posts of communes: ``Chủ tịch UBND xã Tân Lễ Lê Văn Tú``.
_OF_COMMUNE = re.compile(r"(?<!\w)(?:xã|phường|thị trấn) $")


def _commune_before_name(document: Document, syllables: list[tuple[int, int]]) -> int:
    """How many syllables of a commune open a run that a name of three or more closes."""
    families, weak, middle = families_of_names()
    start = syllables[0][0]
    if not _OF_COMMUNE.search(document.lower, max(start - _NEAR, 0), start):
        return 0
    words = [document.lower[slice(*span)] for span in syllables[:7]]
    if words[0] in families and words[1] in middle:
        return 0  # the name itself: ``… HĐND phường Lê Thị Mai``
    for count in (2, 1, 3):
        name = words[count:]
        if count == 1 and words[0] in families:
            continue
        if len(name) > 2 and name[0] in families and name[0] not in weak and name[1] in middle:
            return count
    return 0


def _names_district(document: Document, syllables: list[tuple[int, int]]) -> bool:
    """Whether the body of a district stands before a run, so that its first syllables are the district's name."""
    start = syllables[0][0]
    return _OF_A_PLACE.search(document.lower, max(start - _WINDOW, 0), start) is not None
