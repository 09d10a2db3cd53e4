"""Whether the city that a report speaks of is one under the centre, which stands with the provinces."""

from __future__ import annotations

import re

# A city with quận, or one by name: ``thành phố`` then stands with the provinces.
_CENTRAL_CITIES = re.compile(
    r"(?:thành phố|tp\.?|sở [^\n]{0,40}) (?:hà nội|hải phòng|đà nẵng|hồ chí minh|cần thơ|huế)|(?<!\w)(?:hà nội"
    r"|tp\.? ?hcm|tphcm)(?!\w)"
    r"|(?<!\w)(?:cấp quận|gd&đt quận|giáo dục và đào tạo quận|ubnd quận|quận ủy|quận (?!huyện|thị|và)[^\W\d_]+"
    r"|quận \d|ủy ban nhân dân quận|(?:trong|toàn|của|ngành) quận(?! (?:huyện|và)| ?[,/-] ?(?:huyện|thị)))(?!\w)"
)
_OF_DISTRICT = re.compile(r"(?<!\w)(?:cấp huyện|ubnd huyện|phòng gd&đt huyện)(?!\w)")
_PROVINCE = re.compile(r"(?<!\w)tỉnh(?!\w)")
#: From when on there are no districts and no cities of provinces (Nghị quyết 203/2025/QH15).
_NO_DISTRICTS = "2025-07"


def is_central(lowered: str, when: str | None) -> bool:
    """Whether ``cấp thành phố`` of a text is the level of a province, for a text that reports on ``when``.

    So it is where the text names such a city, where a district's school has no province above its city, and since
    no city of a province is left.
    """
    if (when or "") >= _NO_DISTRICTS or _CENTRAL_CITIES.search(lowered):
        return True
    return _OF_DISTRICT.search(lowered) is not None and _PROVINCE.search(lowered) is None
