"""Words between names and posts that several rules share: forms of address, verbs of taking a post, lists of names."""

from __future__ import annotations

import re

#: Titles and forms of address before a name, as many as stand there.
HONORIFIC = (
    r"(?:(?:các |hai |ba |\d+ )?(?:đồng chí|đ/c|đ\.c|đc|cố(?= (?:ông|bà|nhà giáo|thầy|cô|ngưt|giáo sư))|"
    r"ông giáo|ông|bà|cụ|bác(?! sĩ)|chú|anh|chị|thầy giáo|"
    r"cô giáo|thầy|cô|"
    r"nhà giáo ưu tú|nhà giáo nhân dân|nhà giáo|liệt sĩ|nghệ sĩ ưu tú|ngưt|ngnd|nsưt|nsnd|"
    r"th\.?s|tskh|ts|pgs|gs|bs|cn\.|ks\.|thạc sĩ|tiến sĩ|bác sĩ|"
    r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy))(?!(?<=[^\W\d_])[^\W\d_])[.:]{0,2} ?)*"
)
#: What a name is marked with in a list: its years, subject or school, or where somebody is sent.
_MARK = (
    r"(?: ?\([^()\n;]{1,45}\)| (?:từ (?:năm )?)?(?:19|20)\d\d(?: ?- ?| đến )(?:(?:19|20)\d\d|nay)(?!\d)|"
    r" (?:về|đến|sang) [^,;.()\n]{3,40}?(?= ?[,;]))?"
)
#: The verbs with which somebody takes or has a post, and the nouns of posts behind them.
TAKES = (
    r"giữ|nắm giữ|nắm|nhận|đảm nhận|đảm nhiệm|đảm đương|đảm trách|gánh vác|phụ trách|được giao|được tin giao|"
    r"được phân công|tiếp nhận|tiếp quản|kinh qua|trải qua|lĩnh"
)
OFFICE = r"chức vụ|chức danh|chức|cương vị|vị trí|vai trò|nhiệm vụ|trọng trách|trách nhiệm|công việc|quyền hạn|ghế"
#: What is only proposed or planned, up to the end of the text looked at.
PROPOSED = re.compile(r"(?<!\w)(?:đề nghị|đề xuất|giới thiệu|quy hoạch|dự kiến|ứng cử|xin ý kiến)(?!\w)[^.;\n]*$")
#: The years before a name in a list of heads: ``1994 - 2004:``, ``Từ năm 2016 đến nay:``.
YEARS = (
    r"(?:(?:từ |giai đoạn |năm |tháng )*[\d./]{4,10} ?"
    r"(?:(?:-|đến|tới)(?: năm| tháng)* ?(?:[\d./]{4,10}|nay|hết)?)?(?: nay)? ?[:,.-]* ?)"
)
#: Before the last of those who had a post one after the other: ``… và hiện nay là cô B``.
_LATEST = r"(?:hiện nay|hiện tại|hiện|nay|cuối cùng|sau cùng|gần đây|mới đây)(?: nhất)?(?: là)? "
NEXT_NAME = re.compile(
    rf"{_MARK}(?P<link> ?[,;] ?(?:và |rồi (?:đến )?|sau là |tiếp (?:đó|theo|đến) là |sau đó là |kế tiếp là )?"
    rf"(?:{YEARS}(?:là )?)?| và (?:{_LATEST}|{YEARS}(?:là )?)?| rồi (?:đến |tới |là )?(?:cuối cùng là )?| sau là |"
    r" sau đó là | & )"
    rf"(?P<honorific>{HONORIFIC})"
)
