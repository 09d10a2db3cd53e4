"""Who heads a union or society (``Công đoàn``, ``Đoàn trường``, ``Hội Khuyến học``) in one term, by several reports.

A term of years or the day of a congress tells the time: who is said to be its head differs between two reports of
one body only by a slip, or where somebody took over, which a report says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipelines.audit.counts import owner_of
from pipelines.audit.findings import sentence
from pipelines.audit.holders import Holder
from pipelines.audit.view import View
from pipelines.reconcile.names import expand, fold
from schemas import Evidence, Official

#: At the head of a key.
ELECTED = "elected"
_HEADS = ("chủ tịch", "bí thư", "trưởng ban", "chi hội trưởng", "hội trưởng")
#: The bodies, longer names first; another word behind tells one of several (``công đoàn bộ phận``).
_BODY = re.compile(
    r"(?<!\w)(?:hội khuyến học|hội cựu giáo chức|hội cha mẹ học sinh|hội phụ huynh|ban đại diện cha mẹ học sinh|"
    r"hội chữ thập đỏ|hội cựu chiến binh|hội phụ nữ|hội nông dân|công đoàn|chi đoàn|huyện đoàn|"
    r"đoàn (?:thanh niên|trường)|chi bộ|đảng bộ)(?!\w)(?! (?:bộ phận|khối|cụm|số|\d))"
)
_SAME = {"hội phụ huynh": "ban đại diện cha mẹ học sinh", "hội cha mẹ học sinh": "ban đại diện cha mẹ học sinh"}
_TERM = re.compile(r"(?<!\w)nhiệm k[ỳì] (?P<term>(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d)(?!\d)")
_CONGRESS = re.compile(r"(?<!\w)đại hội[^.;,()\d]{0,40}? (?:ngày )?(?P<day>\d{1,2}/\d{1,2}/(?:19|20)\d\d)(?!\d)")
#: Somebody took over in the term, or was only proposed, or the term is the one before.
_NOT_ALL_OF_IT = re.compile(
    r"(?<!\w)(?:nguyên|(?<!không )thay|kiện toàn|bổ sung|nghỉ hưu|chuyển|khóa trước|đến khi|quyền|dự kiến|"
    r"giới thiệu|quy hoạch|miễn nhiệm|thôi)(?!\w)"
)
_TIMES = 2
#: Up to so many characters before a person their body may be named.
_REACH = 160


def elected_of(view: View) -> Iterator[tuple[str, Holder]]:
    """The heads of unions and societies of a report, by whose report it is, the body, the role and the term."""
    owner = owner_of(view)
    for official in view.facts.officials:
        if fold(official.role) not in _HEADS or fold(official.post).startswith("phó"):
            continue
        for passage in official.evidence:
            said = fold(sentence(view.facts, passage))
            time = _time(said)
            body = _body(view, official, passage) if time else None
            if time is None or body is None or _NOT_ALL_OF_IT.search(said):
                continue
            yield "\x1f".join((ELECTED, owner, body, fold(official.role), time)), Holder(view.facts, official, body)
            break


def _time(said: str) -> str | None:
    """The one term or day of a congress that a sentence names."""
    terms = {re.sub(r"\s", "", match["term"]).replace("–", "-") for match in _TERM.finditer(said)}
    days = {match["day"] for match in _CONGRESS.finditer(said)}
    found = [*terms, *(days if not terms else ())]
    return found[0] if len(found) == 1 else None


def _body(view: View, official: Official, passage: Evidence) -> str | None:
    """The body of a post: that of its name, the nearest before the person in the sentence, else the issuer's."""
    if official.organization and (own := _named(fold(expand(official.organization)))):
        return own
    text = view.facts.layer.text
    first = max(passage.start - _REACH, text.rfind("\n", 0, passage.start) + 1)
    before = fold(expand(text[first : passage.start]))
    issuer = fold(expand(view.facts.report.issuer or ""))
    return _named(before, last=True) or _named(issuer)


def _named(said: str, *, last: bool = False) -> str | None:
    """The body that a text names with nothing but its place, or the last of those it names."""
    found = list(_BODY.finditer(said))
    if not found or (len(found) >= _TIMES and not last):
        return None
    name = found[-1].group()
    return _SAME.get(name, name)


def elected_twice(items: Sequence[Holder]) -> Iterator[tuple[Holder, Holder]]:
    """The pairs of people of two reports who head one body in one term, neither in another post of it there."""
    for first, second in combinations(items, 2):
        if first.facts is not second.facts and fold(first.official.person) != fold(second.official.person):
            yield first, second
