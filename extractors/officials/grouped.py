"""Who heads which group, the post told once: ``Tổ trưởng: tổ Toán - cô A; tổ Văn - thầy B``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors._shared.names import NameMention
from extractors.officials.links import HONORIFIC
from extractors.officials.posts import Post, Reading

#: Posts that a school has one of for each group of teachers or classes.
_OF_GROUPS = frozenset({"to_truong", "to_pho", "khoi_truong", "nhom_truong", "truong_khoa", "bi_thu"})
#: What is headed, up to the sign before the name: ``; khối 2, 3 - thầy``, ``, tổ Sử - Địa: cô``, ``; tổ Văn (cô``.
_NOUN = r"(?:tổ|khối lớp|khối|lớp|khoa|nhóm|bộ môn|môn|chi bộ|chi đoàn)"
_GROUP = re.compile(
    rf"(?: các {_NOUN}(?: chuyên môn)?)? ?[:;,] ?(?:và )?(?:các )?{_NOUN} (?!trưởng|phó|viên)"
    rf"[^;:()\n]{{1,40}}?(?P<sign> - | ?: ?| \()(?:là )?{HONORIFIC}"
)
#: The holder told with the first group: ``Khối trưởng khối 1: cô A; khối 2: cô B``.
_FIRST = re.compile(rf" ?: ?{HONORIFIC}")
_LEAST = 2


def heads_of_groups(reading: Reading) -> Iterator[tuple[NameMention, Post]]:
    """Those named with a group each behind one post, with the post alone, without any of the groups."""
    lowered = reading.document.lower
    for post in reading.posts.values():
        if post.entry.id not in _OF_GROUPS:
            continue
        found: list[NameMention] = []
        position = post.end
        first = _FIRST.match(lowered, position) if post.end > post.role_end else None
        if first is not None and (holder := reading.person_at(first.end())) is not None:
            found.append(holder)
            position = holder.end
        while (group := _GROUP.match(lowered, position)) and (holder := reading.person_at(group.end())):
            found.append(holder)
            position = holder.end + (group["sign"] == " (" and lowered.startswith(")", holder.end))
        if len(found) < _LEAST:
            continue
        alone = replace(post, end=post.role_end, body_start=post.role_end)
        yield from ((holder, alone) for holder in found[first is not None :])
