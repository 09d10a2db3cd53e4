"""Who holds which post, where both fill a line of their own: the name above the post, or the field of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors._shared.names import NameMention
from extractors._shared.scan import lines_in
from extractors.officials.holdings import Holding
from extractors.officials.links import HONORIFIC
from extractors.officials.posts import Post, Reading

_OPENING = re.compile(rf"[ *_•+(-]*(?P<address>{HONORIFIC})")
_AND = re.compile(rf" ?(?:&|,| và) {HONORIFIC}")
_NEXT_POST = re.compile(r"(?: - | ?[,;/+] ?| kiêm )(?:kiêm )?")
_NOTHING = re.compile(r"[ *_.,;:)(]*(?:ảnh[^\n]*)?")
_TERM = re.compile(r"(?: (?:qua )?(?:các|từng) thời k[ỳì]| đương nhiệm| hiện nay)?[ *_.,;:)(]*")
_FIELD = re.compile(r"họ (?:và )?tên (?:của )?$")
_GAP = re.compile(rf"[\s:|]*{HONORIFIC}")
#: The field of a form for its author's name, and the lines of other fields before that of the post.
_OWNER = re.compile(rf"họ (?:và )?tên(?: (?:tác giả|người [^:\n]{{2,30}}))? ?: ?{HONORIFIC}")
_POST_FIELD = re.compile(r"[ .;,]*(?:\n[^\n:]{2,45}:[^\n]*){0,6}?\n[-+*\d.) ]*(?:chức vụ|chức danh)[^:\n]{0,20}: ?")


#: The lines of two people with their posts.
_TWO_CARDS = 4


@dataclass(frozen=True)
class _Line:
    """A line that holds nothing but names or a post; one of both is empty."""

    names: tuple[NameMention, ...] = ()
    posts: tuple[Post, ...] = ()


def find_cards(reading: Reading, taken: Sequence[int]) -> Iterator[Holding]:
    """Names with the post on the line below, or above it, as pages on the staff of a school have them.

    ``Cô Lê Thị Mận`` and below it ``Hiệu trưởng``. Posts that begin at one of ``taken`` are somebody
    else's. A post above one name alone is a signature, above each of several it is theirs. Where a run of such lines
    opens and closes with names, or with posts, it cannot be told whose post is whose.
    """
    for run in _runs(reading):
        post_below = bool(run[0].names) and bool(run[-1].posts)
        staff = any(post.rank == "staff" for line in run for post in line.posts)
        post_above = bool(run[0].posts) and bool(run[-1].names) and len(run) >= _TWO_CARDS and not staff
        if not post_below and not post_above:
            continue
        for above, below in zip(run[::2], run[1::2], strict=True):
            for post in above.posts or below.posts:
                for name in (above.names or below.names) if post.start not in taken else ():
                    yield Holding(name, post, max(post.end, name.end), name.start)


def find_fields(reading: Reading) -> Iterator[Holding]:
    """Names and posts in the fields of a form.

    ``Họ và tên Hiệu trưởng`` and below it the name, or ``Họ và tên: …`` and some lines on ``Chức vụ: …``.
    """
    lowered = reading.document.lower
    for owner in _OWNER.finditer(lowered):
        name = reading.name_at.get(owner.end())
        field = _POST_FIELD.match(lowered, name.end) if name else None
        post = reading.post_at(field.end()) if field else None
        if name is not None and post is not None:
            yield Holding(name, post, post.end, name.start)
    for post in reading.posts.values():
        if not _FIELD.search(lowered, max(post.start - 16, 0), post.start):
            continue
        gap = _GAP.match(lowered, post.end)
        name = reading.name_at.get(gap.end()) if gap else None
        if name is not None:
            yield Holding(name, post, name.end, name.start)


def _runs(reading: Reading) -> Iterator[list[_Line]]:
    """Runs of lines that are by turns a name and a post."""
    run: list[_Line] = []
    text = reading.document.text
    for start, end in lines_in(text, 0, len(text)):
        if text[start:end].isspace():
            continue
        line = _read(reading, start, end)
        turns = line is not None and (not run or bool(run[-1].names) != bool(line.names))
        if not turns and run:
            yield run
            run = []
        if line is not None:
            run.append(line)
    if run:
        yield run


def _read(reading: Reading, start: int, end: int) -> _Line | None:
    """What a line is; lines of capitals are signatures and headings, none of these."""
    document = reading.document
    opening = _OPENING.match(document.lower, start, end)
    at = opening.end() if opening else start
    if opening and opening.start("address") in reading.name_at:
        at = opening.start("address")  # ``Ông Thị Lan``: the family name
    if post := reading.post_at(at):
        posts = [post, *_posts_from(reading, post.end)]
        alone = post.rank in (None, "staff") and _TERM.fullmatch(document.lower, posts[-1].end, end)
        return _Line(posts=tuple(posts)) if alone and not document.text[post.start : post.end].isupper() else None
    names = list(_names_from(reading, at, end))
    return _Line(names=tuple(names)) if names and _NOTHING.fullmatch(document.lower, names[-1].end, end) else None


def _posts_from(reading: Reading, at: int) -> Iterator[Post]:
    """The posts that go on in a line: ``Bí thư Chi bộ - Hiệu trưởng``."""
    while (gap := _NEXT_POST.match(reading.document.lower, at)) and (post := reading.post_at(gap.end())):
        yield post
        at = post.end


def _names_from(reading: Reading, at: int, end: int) -> Iterator[NameMention]:
    """The names of a line from an offset on: ``Thầy Hà Văn Tú & Cô Lê Thị Mận``."""
    while (name := reading.name_at.get(at)) is not None and not name.child:
        yield name
        following = _AND.match(reading.document.lower, name.end, end)
        if following is None:
            return
        at = following.end()
