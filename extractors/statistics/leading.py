"""What leads from one thing told to a counted noun that only says whose or where it is."""

from __future__ import annotations

import re

#: Prepositions that make a counted noun part of what is said of another: ``thí sinh đến từ 52 trường``.
_LED = re.compile(
    r"(?<!\w)(?:(?P<event>sự (?:tham dự|tham gia|góp mặt|có mặt|hiện diện|chứng kiến) của)|"
    r"đến từ|của|thuộc|trải qua|khắp|đại diện cho|dành cho|dùng cho|biên chế (?:vào|thành)|tranh tài ở)"
    r"(?: (?:tất cả|cả|các|toàn bộ|tổng số|hơn|gần|trên|khoảng))* $"
)


#: As long as such words are, with what may stand between them and the number.
_LED_REACH = 40


def led_by(lowered: str, start: int, position: int, ahead: str) -> str:
    """What the words before a counted noun say of it, where a preposition leads from them: mostly nothing.

    ``24 thí sinh đến từ 12 trường`` tells nothing of the schools, ``sự có mặt của 45 đại biểu`` that these attended.
    """
    match = _LED.search(lowered, max(start, position - _LED_REACH), position)
    if match is None:
        return ahead
    return "tham dự" if match["event"] else ""


def is_led(lowered: str, start: int, position: int) -> bool:
    """Whether a counted noun only says whose or where another is: ``87 giáo viên của 21 trường``."""
    return _LED.search(lowered, max(start, position - _LED_REACH), position) is not None
