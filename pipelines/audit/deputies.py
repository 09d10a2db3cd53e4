"""Deputies who are called the head beside the one who is, and deputies in charge where there is a head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from pipelines.audit.findings import sentence
from pipelines.audit.holders import role_of
from pipelines.audit.posts import OWN_NAMES, changed_hands, is_dated
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand, fold
from schemas import Official

_DEPUTY = "phó "
#: A deputy who leads the body for want of a head; of one of its parts he may do so at any time.
_IN_CHARGE = re.compile(
    r"phó (?P<role>hiệu trưởng|trưởng phòng|giám đốc|bí thư|chủ tịch)(?: nhà trường| trường)?,? "
    r"phụ trách (?:chung|điều hành|(?:nhà )?trường(?! (?:mầm|mẫu|tiểu|trung|th|mn|phổ|ptdt))|phòng|đơn vị|sở"
    r"|chi bộ|trung tâm)(?!\w)"
)
#: The head has left, or is about to.
_LEFT = re.compile(
    r"(?<!\w)(?:nguyên|thôi giữ|thôi chức|miễn nhiệm|nghỉ hưu|nghỉ chế độ|chuyển công tác|luân chuyển|điều động|"
    r"biệt phái|đến khi|từ ngày|từ tháng|khuyết|chưa có|bổ nhiệm|tân|trước đây|cho đến|nghỉ thai sản|đi học)(?!\w)"
)
_SYLLABLES = 3


def heads_beside(facts: ReportFacts) -> Iterator[tuple[Official, Official]]:
    """Pairs of the head of a body and somebody else who is said to lead it in the same report."""
    officials = [o for o in facts.officials if o.evidence]
    yield from _named_deputy_too(facts, officials)
    yield from _in_charge(facts, officials)
    yield from _misnamed(facts, officials)


def _named_deputy_too(facts: ReportFacts, officials: list[Official]) -> Iterator[tuple[Official, Official]]:
    """Who is called the head of a body, and in the same report its deputy; with the one other head it has."""
    for other in officials:
        role = role_of(other.role)
        if role is None or not role.exclusive or _is_past(facts, other):
            continue
        own = [o for o in officials if fold(o.person) == fold(other.person)]
        deputy = any(fold(o.role) == _DEPUTY + fold(other.role) and _may_be_of(o, other) for o in own)
        heads = [
            o
            for o in officials
            if fold(o.role) == fold(other.role) and _body(o) == _body(other) and fold(o.person) != fold(other.person)
        ]
        if deputy and len({fold(o.person) for o in heads}) == 1 and not _is_past(facts, heads[0]):
            yield heads[0], other


def _in_charge(facts: ReportFacts, officials: list[Official]) -> Iterator[tuple[Official, Official]]:
    """A deputy in charge of the whole body, beside its head."""
    for other in officials:
        match = _IN_CHARGE.match(fold(other.post)) or _IN_CHARGE.search(fold(_behind(facts, other)))
        if match is None or _LEFT.search(fold(" ".join(sentence(facts, p) for p in other.evidence))):
            continue
        for head in officials:
            bare = not head.organization or fold(head.organization) in OWN_NAMES
            if fold(head.role) != match["role"] or not bare or fold(head.person) == fold(other.person):
                continue
            if not _is_past(facts, head):
                yield head, other
                break


def _behind(facts: ReportFacts, official: Official) -> str:
    """The passages in which a deputy's post stands, with what goes on behind each."""
    if not fold(official.post).startswith(_DEPUTY):
        return ""
    text = facts.layer.text
    return "\n".join(
        text[p.start : p.end + _REACH].split("\n")[0] for p in official.evidence if _DEPUTY in fold(p.quote)
    )


_REACH = 40


def _misnamed(facts: ReportFacts, officials: list[Official]) -> Iterator[tuple[Official, Official]]:
    """Two names, one a slip of the other, in one post of one body that is named with it."""
    for first, second in combinations(officials, 2):
        role = role_of(first.role)
        named = role is not None and role.exclusive and bool(first.organization)
        if not named or fold(first.post) != fold(second.post) or _body(first) != _body(second):
            continue
        if is_slip_of_name(first.person, second.person) and not (_is_past(facts, first) or _is_past(facts, second)):
            yield first, second


def is_slip_of_name(one: str, other: str) -> bool:
    """Whether two names have the same family and given name and one other syllable between, or none instead."""
    a, b = fold(one).split(), fold(other).split()
    if len(a) < _SYLLABLES or len(b) < _SYLLABLES or a == b or (a[0], a[-1]) != (b[0], b[-1]):
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    shorter, longer = sorted((a, b), key=len)
    return len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _may_be_of(deputy: Official, head: Official) -> bool:
    """Whether nothing says that a deputy is another body's."""
    return not deputy.organization or _body(deputy) == _body(head)


def _body(official: Official) -> str:
    return fold(expand(official.organization or ""))


def _is_past(facts: ReportFacts, official: Official) -> bool:
    """Whether a post may be of another time: it changed hands, or years stand beside it."""
    said = fold(" ".join(sentence(facts, passage) for passage in official.evidence))
    return changed_hands(facts, official) or is_dated(facts, official) or _LEFT.search(said) is not None
