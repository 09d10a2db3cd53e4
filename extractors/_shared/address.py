"""Words of address before persons' names: ``đồng chí``, ``thầy``, ranks and degrees; ``em`` before a pupil's."""

from __future__ import annotations

import re

from extractors._shared.scan import words_in

#: What stands before a person's name; ``child`` are pupils.
HONORIFIC_WORDS = (
    r"đồng chí|đ/c|đ\.c|đc|ông giáo|ông|bà|cụ|bác(?! sĩ)|(?<!ghi )chú|dì|anh|chị|thầy giáo|cô giáo|thầy|cô|"
    r"nhà giáo(?: ưu tú| nhân dân)?|ngưt|ngnd|nsưt|nsnd|nghệ sĩ(?: ưu tú| nhân dân)?|thạc sĩ|tiến sĩ|bác sĩ|"
    r"kỹ sư|y sĩ|điều dưỡng|dược sĩ|nhà báo|nhạc sĩ|họa sĩ|doanh nhân|th\.?s|tskh|ts|pgs|gs|bs|ys|đd|ds|ktv|"
    r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)"
)
CHILD_WORDS = (
    r"em|cháu|(?<!cha mẹ )(?<!phụ huynh )(?<!công tác )(?<!cựu )học sinh|hs|vđv|bạn|"
    r"(?<!học sinh, )(?<!học sinh - )(?<!cựu )sinh viên"
)
_TITLES = r"(?:\s?[.:,]?\s?(?:ngưt|ngnd|nsưt|nsnd|th\.?s|tskh|ts|pgs|gs|bs|nhà giáo ưu tú|nhà giáo nhân dân)\b[.:,]?)*"
HONORIFIC = re.compile(rf"(?<!\w)(?:{HONORIFIC_WORDS})\.?{_TITLES}\s?:?\s?$")
#: With one of these an honorific ends, signs behind it left aside: asked first, since most names have none.
HONORIFIC_ENDS = words_in(
    "đồng chí|đ/c|đ.c|đc|ông|bà|cụ|bác|chú|dì|anh|chị|thầy giáo|cô giáo|thầy|cô|nhà giáo|ưu tú|nhân dân|ngưt|ngnd|nsưt|"
    "nsnd|nghệ sĩ|thạc sĩ|tiến sĩ|bác sĩ|kỹ sư|y sĩ|điều dưỡng|dược sĩ|"
    "nhà báo|nhạc sĩ|họa sĩ|doanh nhân|ths|th.s|tskh|ts|pgs|gs|bs|ys|đd|ds|ktv|"
    "đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá|"
    "đại úy|thượng úy|trung úy|thiếu úy"
)
CHILD_ENDS = words_in("em|cháu|học sinh|hs|vđv|bạn|sinh viên")
CHILD = re.compile(rf"(?<!\w)(?:{CHILD_WORDS})\s?:?\s?$")
