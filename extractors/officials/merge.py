"""From names with posts to records: one per person and post, all their mentions as evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extractors._shared.document import Document
from extractors._shared.given_names import find_short_names
from extractors._shared.names import NameMention
from extractors._shared.view import fold_tone_style, lower
from extractors.officials.activity import ORDER, continues_list, find_activity, lists_others
from extractors.officials.holdings import Holding
from extractors.officials.posts import Post, Reading, organization_text, role_text
from extractors.officials.signatures import Signature
from schemas.records import Activity, Official

#: So far before its holder's name may the first of a chain of posts end.
_BEFORE = 90
_HONORIFIC = re.compile(r"(?<!các )(?<!\w)(?:đồng chí|đ/c|ông|bà|thầy|cô)\.? $")
_EXPANSIONS = (
    (r"gd\s?(?:&|và|-)?\s?đt|gdđt", "giáo dục và đào tạo"),
    (r"\bubnd\b", "ủy ban nhân dân"),
    (r"\bhđnd\b", "hội đồng nhân dân"),
    (r"\bubkt\b", "ủy ban kiểm tra"),
    (r"\b(?:ub)?mttq\b", "mặt trận tổ quốc"),
    (r"\bthcs\b", "trung học cơ sở"),
    (r"\bth\b", "tiểu học"),
    (r"\bmn\b", "mầm non"),
    (r"\bthpt\b", "trung học phổ thông"),
    (r"\bbtv\b", "ban thường vụ"),
    (r"\bbch\b", "ban chấp hành"),
    (r"\bcđ\b", "công đoàn"),
    (r"\bhđđ\b", "hội đồng đội"),
    (r"\bhđ\b", "hội đồng"),
    (r"\btw\b", "trung ương"),
    (r"\btncs hcm\b", "tncs hồ chí minh"),
    (r"\btp\b\.?", "thành phố"),
)
_ROLES = (
    (r"\bhiệu phó\b|\bpht\b|\bp\.? ?hiệu trưởng\b|\bphó ht\b", "phó hiệu trưởng"),
    (r"\bp\.? ?trưởng phòng\b|\bphó phòng\b|\bptp\b", "phó trưởng phòng"),
    (r"\bphó ban\b", "phó trưởng ban"),
    (r"\bpct\b", "phó chủ tịch"),
    (r"\b(khối|cụm) trưởng\b", r"trưởng \1"),
    (r"\b(khối|cụm) phó\b|\bphó trưởng (khối|cụm)\b", r"phó \1\2"),
    (r"^(?:(?:gv|giáo viên)(?: làm)?[ -]*)?(?:tptđ?|tổng phụ trách)(?: đội)?$", "tổng phụ trách"),
    (r"^ht$", "hiệu trưởng"),
    (r"^gv$", "giáo viên"),
    (r"^cv$", "chuyên viên"),
    (r"\bphó văn phòng\b", "phó chánh văn phòng"),
    (r"^tv$", "thành viên"),
    (r"^nv$", "nhân viên"),
    (r"ủy viên ban thường vụ|^thường vụ$", "thường vụ"),
)
#: Words that do not tell one body of the Party from another in one report.
_GENERIC = frozenset(
    (
        "ban",
        "chấp",
        "hành",
        "đảng",
        "bộ",
        "ủy",
        "phòng",
        "huyện",
        "tỉnh",
        "trường",
        "của",
        "thuộc",
        "và",
        "nhân",
        "dân",
        "trực",
    )
)


@dataclass
class _Statement:
    post: Post
    spans: list[tuple[int, int]]
    chain: int
    signed: bool = False
    body: str | None = None


@dataclass
class _Person:
    name: str
    statements: list[_Statement] = field(default_factory=list)
    mentions: list[tuple[int, int, int]] = field(default_factory=list)  # start, end of the name, end of its posts
    bare: list[tuple[Post, int, int]] = field(default_factory=list)
    opens: dict[int, int] = field(default_factory=dict)  # where the posts right before a name begin, by its start


def merge(
    reading: Reading, holdings: Sequence[Holding], signatures: Sequence[Signature], *, as_of: str | None
) -> list[Official]:
    """The records of a report, people in the order in which they are first named with a post."""
    document = reading.document
    people = _people(reading, holdings, signatures)
    _add_mentions(reading, people)
    _add_bare_posts(reading, people)
    activities = _activities(document, people)
    records = []
    for key, person in people.items():
        signs = any(statement.signed for statement in person.statements)
        activity: Activity = "signed" if signs else activities.get(key, "mentioned")
        for group in _group_posts(document, person.statements):
            records.append(_record(document, person, group, activity, as_of))
    return records


def fold_name(name: str) -> str:
    """A name for comparison: small letters, tones in one style."""
    return " ".join(lower(fold_tone_style(name)).split())


def _stands_before(reading: Reading, holding: Holding) -> bool:
    """Whether a post is told right before a name, so that between two people it is no word of its own."""
    post, name = holding.post, holding.name
    return (
        post.end <= name.start < post.end + _BEFORE
        and ":" not in reading.document.text[post.end : name.start]
        and not any(post.end <= other.start < name.start for other in reading.names)
    )


def _people(reading: Reading, holdings: Sequence[Holding], signatures: Sequence[Signature]) -> dict[str, _Person]:
    document, people = reading.document, dict[str, _Person]()
    for holding in holdings:
        person = _person(document, people, holding.of or holding.name)
        start, end = min(holding.name.start, holding.post.start), max(holding.name.end, holding.post.end)
        near = end - start < 250 and document.block_at(start).index == document.block_at(end - 1).index
        spans = (
            [(start, end)] if near else [(holding.name.start, holding.name.end), (holding.post.start, holding.post.end)]
        )
        person.statements.append(_Statement(holding.post, spans, holding.chain))
        person.mentions.append((holding.name.start, holding.name.end, max(holding.end, holding.name.end)))
        if _stands_before(reading, holding):
            person.opens[holding.name.start] = min(start, person.opens.get(holding.name.start, start))
    for signature in signatures:
        person = _person(document, people, signature.name)
        name, post = signature.name, signature.post
        spans = [(post.start, post.end), (name.start, name.end)]
        person.statements.append(_Statement(post, spans, -name.start - 1, signed=True, body=signature.body))
    return people


def _person(document: Document, people: dict[str, _Person], name: NameMention) -> _Person:
    written = document.value(name.start, name.end)
    person = people.setdefault(fold_name(written), _Person(written))
    if person.name.isupper() and not written.isupper():
        person.name = written
    return person


def _add_mentions(reading: Reading, people: dict[str, _Person]) -> None:
    """Other mentions of people who hold a post: full names, and given names after an honorific."""
    document = reading.document
    everyone = {fold_name(document.value(n.start, n.end)) for n in reading.names} | set(people)
    for name in reading.names:
        person = people.get(fold_name(document.value(name.start, name.end)))
        if person is not None and all(name.start != start for start, _, _ in person.mentions):
            person.mentions.append((name.start, name.end, name.end))
    for mention, key in find_short_names(document, everyone):
        if key in people and mention.start not in reading.name_at:
            people[key].mentions.append((mention.start, mention.end, mention.end))


def _add_bare_posts(reading: Reading, people: dict[str, _Person]) -> None:
    """``đồng chí Trưởng phòng``, where one person of the report only holds such a post."""
    document = reading.document
    stated = {statement.post.start for person in people.values() for statement in person.statements}
    for post in reading.posts.values():
        if post.start in stated or post.rank is not None:
            continue
        before = document.lower[max(post.start - 16, 0) : post.start]
        if not _HONORIFIC.search(before):
            continue
        fitting = [
            person for person in people.values() if any(_same(document, post, s.post) for s in person.statements)
        ]
        if len(fitting) == 1:
            fitting[0].bare.append((post, post.start, post.end))


def _activities(document: Document, people: dict[str, _Person]) -> dict[str, Activity]:
    """The strongest activity of each person over all mentions, signatures aside."""
    places = sorted(
        {
            (start, end, key)
            for key, person in people.items()
            for start, end in [
                *((person.opens.get(s, s), e) for s, _, e in person.mentions),
                *((s, e) for _, s, e in person.bare),
            ]
        }
    )
    strongest: dict[str, Activity] = {}
    previous_end = 0
    led: Activity = "mentioned"
    for number, (start, end, key) in enumerate(places):
        following = next((other for other, _, _ in places[number + 1 :] if other >= end), len(document.text))
        activity, leading = find_activity(document, start, end, previous=previous_end, following=following)
        if leading:
            led = activity
        elif _goes_on(document, (previous_end, start), led, activity):
            activity = led
        else:
            led = "mentioned"
        for person in _sharing(document, places, number) if not leading else ():
            if ORDER.index(activity) > ORDER.index(strongest.get(person, "mentioned")):
                strongest[person] = activity
        if ORDER.index(activity) >= ORDER.index(strongest.get(key, "mentioned")):
            strongest[key] = activity
        previous_end = max(end, previous_end)
    return strongest


def _goes_on(document: Document, gap: tuple[int, int], led: Activity, activity: Activity) -> bool:
    """Whether what was said of the one before is said of the next in a list too, who does less by himself."""
    if led == activity:
        return led == "attended"
    if ORDER.index(led) < ORDER.index(activity):
        return False
    return continues_list(document, *gap) or (led == "attended" and lists_others(document, *gap))


def _sharing(document: Document, places: list[tuple[int, int, str]], number: int) -> list[str]:
    """Those of whom the words after a mention are said too: ``đồng chí A và đồng chí B chủ trì``."""
    start, number_before = places[number][0], number - 1
    if number_before < 0:
        return []
    _, end, key = places[number_before]
    return (
        [key]
        if re.fullmatch(r"\)?,? (?:và|cùng) (?:đồng chí |đ/c |ông |bà |thầy |cô )?", document.lower[end:start])
        else []
    )


def _group_posts(document: Document, statements: list[_Statement]) -> list[list[_Statement]]:
    """Statements of one post together: written two ways, or once without its body."""
    groups: list[list[_Statement]] = []
    for statement in sorted(statements, key=lambda s: -(s.post.end - s.post.body_start)):
        for group in groups:
            fits = all(
                _same(document, statement.post, other.post)
                and (statement.chain != other.chain or _words(document, statement.post) == _words(document, other.post))
                for other in group
            )
            if fits:
                group.append(statement)
                break
        else:
            groups.append([statement])
    for group in groups:
        group.sort(key=lambda s: s.spans[0])
    return sorted(groups, key=lambda group: (group[0].spans[0], group[0].post.start))


@lru_cache(maxsize=1024)  # the posts of a report are compared each with each
def _expand(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for pattern, full in table:
        text = re.sub(pattern, full, text)
    return " ".join(text.split())


def _role(document: Document, post: Post) -> str:
    written = (post.entry.value or document.text[post.role_start : post.role_end]).lower()
    former = (
        "nguyên "
        if post.start < post.role_start and "q" not in document.lower[post.start : post.role_start][:1]
        else ""
    )
    return former + _expand(fold_tone_style(written), _ROLES)


def _words(document: Document, post: Post) -> frozenset[str]:
    body = organization_text(document, post) or ""
    return frozenset(re.findall(r"\w+", _expand(fold_name(body), _EXPANSIONS)))


def _same(document: Document, first: Post, second: Post) -> bool:
    """Whether two wordings can be of one post: the same role, and one body within the other."""
    if _role(document, first) != _role(document, second):
        return False
    left, right = _words(document, first), _words(document, second)
    if left <= right or right <= left:
        return True
    left, right = left - _GENERIC, right - _GENERIC
    party = "bí thư" in _role(document, first)
    return party and (left <= right or right <= left)


def _is_short(document: Document, statement: _Statement) -> bool:
    """Whether a role is an abbreviation (``PHT``), so that the same post written out is better."""
    written = document.text[statement.post.role_start : statement.post.role_end]
    return written.isupper() and len(written) <= 6


def _record(
    document: Document, person: _Person, group: list[_Statement], activity: Activity, as_of: str | None
) -> Official:
    best = max(
        group, key=lambda s: (not s.signed, len(_words(document, s.post)), not _is_short(document, s), -s.spans[0][0])
    )
    signed = next((s for s in group if s.signed), None)
    organization = organization_text(document, best.post) or (signed.body if signed else None)
    own = [span for statement in group for span in statement.spans]
    spans = own + [(start, end) for start, end, _ in person.mentions if not any(a <= start < b for a, b in own)]
    spans += [(start, end) for post, start, end in person.bare if _same(document, post, best.post)]
    return Official(
        report=document.layer.id,
        person=person.name,
        post=document.value(best.post.start, best.post.end),
        role=role_text(document, best.post),
        organization=organization,
        activity=activity,
        as_of=as_of,
        evidence=tuple(document.evidence(*span) for span in sorted(set(spans))),
        confidence=0.95 if best.post.rank is None else 0.85,
    )
