"""Exclusive posts with two holders, and people in posts that exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from pipelines.audit.committees import COMMITTEE, chaired_by_two, committees_of
from pipelines.audit.deputies import heads_beside
from pipelines.audit.elected import ELECTED, elected_of, elected_twice
from pipelines.audit.findings import fingerprint, operand, sentence, whose
from pipelines.audit.holders import APPOINTED, LEAVES, PRESENT, TERMS, Holder, holders_of, tells_appointment
from pipelines.audit.minutes import signed_apart
from pipelines.audit.misnamed import misnamed_heads
from pipelines.audit.one_group import chaired_by_other, elected_again, elected_otherwise, headed_twice
from pipelines.audit.own_posts import held_by_two
from pipelines.audit.persons import both_posts, day_of, exclusive_posts, is_deputy, standing, with_post
from pipelines.audit.posts import HEAD, HERE, changed_hands, is_acting, is_dated, is_minutes, is_profile
from pipelines.audit.signers import signed_by_another
from pipelines.audit.terms import overlap, show_term
from pipelines.audit.view import View
from pipelines.audit.weeks import named_within_weeks
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand, fold
from pipelines.reconcile.places import ReportScope, report_scopes
from schemas import Finding
from schemas.relation import Relation

_FULL_DATE = 10
_WEEKS_DAYS = 60


def check_post_conflict(facts: ReportFacts) -> list[Finding]:
    """Hai người cùng giữ một chức vụ chỉ có một người giữ (Bí thư Huyện ủy, Trưởng phòng, Hiệu trưởng một trường) ở
    cùng một thời điểm, hoặc một người giữ hai chức vụ loại trừ nhau (Hiệu trưởng và Phó Hiệu trưởng của một trường).

    Nhiệm kỳ ghi theo năm (1985-1999) chồng lên nhau quá năm bàn giao cũng được báo, kể cả trong danh sách các đời
    hiệu trưởng. Người ký báo cáo được đối chiếu với người được nêu cùng chức vụ của chính cơ quan đó. Trong văn bản
    của một thời điểm (quyết định, kế hoạch, thông báo…) mọi người được nêu đều được xét; còn lại chỉ xét những người
    có mặt ở cùng sự kiện và cơ quan được nêu rõ; người được giới thiệu là nguyên, thay thế, bổ nhiệm, luân chuyển thì
    không xét. Giữa các báo cáo chỉ xét cùng ngày, cách nhau không quá 20 ngày mà không nói gì đến việc
    thay người, hoặc khi người cũ xuất hiện lại sau người mới; ban của một sự kiện
    (Ban Tổ chức, Ban Giám khảo, Ban Chỉ đạo) chỉ có một trưởng ban trong mọi báo cáo về sự kiện đó.

    Tổ trưởng của một tổ, trưởng của một ban trong danh sách, hiệu trưởng trong biên bản của một trường và bí thư vừa
    tái cử cũng chỉ có một người.

    Two people hold one exclusive post at one time, or one person holds two posts of a body that exclude each other.
    Terms given by years (1985-1999) that share more than the year of the handover are findings too, also in lists of
    a school's heads, and so is somebody who acts in the months for which another report says that another one has held
    the post. The signer is compared with whom the text names in the same post of the issuer. In papers of one
    moment (decisions, plans, notices) all who are named count, elsewhere only people present at the same event, with
    the body named in full; whoever is said to have left, followed or been appointed is left alone. Between reports
    only on the same day, within 20 days where nothing is said of a handover, or where the first comes back after the
    second. A committee of one event has one chair in all
    reports about that event.

    Severity: warning. Tolerance: none.
    """
    scope = report_scopes([facts])[facts.layer.id]
    holders = list(holders_of(facts, scope))
    by_post: dict[str, list[Holder]] = {}
    for key, holder in holders:
        by_post.setdefault(key, []).append(holder)
    found = [f for key, group in by_post.items() for f in _holding(key, group, "report")]
    found += _at_one_event(facts, holders, scope)
    tenures = [f for r in facts.relations if r.kind == "tenure" for f in _tenures(facts, r)]
    found += _in_one_group(facts, {operand.value for finding in found for operand in finding.operands})
    return (
        found
        + _minuted(facts)
        + _signed(facts, {operand.value for finding in found for operand in finding.operands})
        + exclusive_posts(facts, scope)
        + [f for f in tenures if not any({o.value for o in f.operands} == {o.value for o in g.operands} for g in found)]
    )


def _in_one_group(facts: ReportFacts, known: set[object]) -> list[Finding]:
    """Two heads of one team or committee, of the meeting of one school, or beside one who was elected again."""
    pairs = [*headed_twice(facts), *elected_again(facts), *elected_otherwise(facts), *chaired_by_other(facts)]
    pairs += [*misnamed_heads(facts), *heads_beside(facts), *held_by_two(facts)]
    pairs = list({frozenset((first.person, second.person)): (first, second) for first, second in pairs}.values())
    return [
        _finding(f"{fold(first.role)}\x1fgroup", Holder(facts, first, ""), Holder(facts, second, ""), None)
        for first, second in pairs
        if not {first.person, second.person} <= known
    ]


def _at_one_event(facts: ReportFacts, holders: Sequence[tuple[str, Holder]], scope: ReportScope) -> list[Finding]:
    """Two people at one event in a post of one body, which is named once with and once without its place."""
    if facts.report.kind != "tin_hoi_nghi":
        return []
    for (key, first), (other_key, second) in combinations(holders, 2):
        role, *_ = key.split("\x1f")
        apart = fold(first.official.person) != fold(second.official.person) and key != other_key
        if not apart or role != other_key.split("\x1f")[0] or TERMS in (key[-5:], other_key[-5:]):
            continue
        if _are_hosts(facts, first, second, scope) and _are_present(first, second):
            return [_finding(key, first, second, None)]
    return []


def _are_hosts(facts: ReportFacts, first: Holder, second: Holder, scope: ReportScope) -> bool:
    """Whether one body's name goes on where the other's ends, with the place of the report: ``UBND xã (An Hòa)``."""
    names = sorted((fold(expand(h.official.organization or "")) for h in (first, second)), key=len)
    if not names[0] or not names[1].startswith(names[0]):
        return False
    rest = names[1].removeprefix(names[0]).split()
    if rest[:1] and rest[0] in _KINDS_OF_PLACE:
        rest = rest[1:]
    elif rest[:2] and " ".join(rest[:2]) in _KINDS_OF_PLACE:
        rest = rest[2:]
    said = fold(" ".join(filter(None, (facts.report.title, facts.report.issuer, facts.report.place, scope.district))))
    return not rest or " ".join(rest) in said


_KINDS_OF_PLACE = ("xã", "phường", "huyện", "quận", "tỉnh", "thành phố", "thị xã", "thị trấn")


def _minuted(facts: ReportFacts) -> list[Finding]:
    """Minutes signed by another one than whom their head names as the chair or the secretary."""
    return [
        Finding(
            rule="post_conflict",
            severity="warning",
            finding_class="contradiction",
            scope="report",
            message=f"{post} cuộc họp được ghi là {named}, nhưng người ký với tư cách đó là {signer}.",
            message_en=f"{named} is said to have been the {post}, but {signer} signed as such.",
            operands=(operand(facts, above, named), operand(facts, below, signer)),
            stated=signer,
            expected=named,
            fingerprint=fingerprint("post_conflict", whose(facts), post, named, signer),
        )
        for post, named, above, signer, below in signed_apart(facts)
    ]


def _signed(facts: ReportFacts, known: set[object]) -> list[Finding]:
    """The first holder whom a report names in the signer's own post."""
    for official, signer in signed_by_another(facts):
        if official.person not in known:
            return [
                _finding(f"{fold(signer.role)}\x1fissuer", Holder(facts, official, ""), Holder(facts, signer, ""), None)
            ]
    return []


def _tenures(facts: ReportFacts, relation: Relation) -> list[Finding]:
    """Neighbours in a list of heads whose years share more than the year of the handover."""
    found = []
    for first, second in pairwise(relation.parts):
        one, other = ((int(part.value), int(part.unit or 0)) for part in (first, second))
        if fold(first.printed) == fold(second.printed) or not overlap(one, other):
            continue
        a, b = (f"{part.printed} ({show_term(term)})" for part, term in ((first, one), (second, other)))
        found.append(
            Finding(
                rule="post_conflict",
                severity="warning",
                finding_class="contradiction",
                scope="report",
                message=f"Chức vụ {relation.cue} chỉ có một người giữ nhưng hai nhiệm kỳ chồng lên nhau: {a} và {b}.",
                message_en=f"{relation.cue} is held by one person at a time, but two terms overlap: {a} and {b}.",
                operands=(
                    operand(facts, first.evidence, first.printed),
                    operand(facts, second.evidence, second.printed),
                ),
                stated=second.printed,
                expected=None,
                fingerprint=fingerprint("post_conflict", whose(facts), a, b),
            )
        )
    return found


def items_post_conflict(view: View) -> Iterator[tuple[str, Holder]]:
    """The holders of exclusive posts in a report, by post and body; heads and deputies by person and body."""
    yield from holders_of(view.facts, view.scope)
    yield from committees_of(view)
    yield from elected_of(view)
    for official in view.facts.officials:
        held = standing(official)
        person = view.entity(official) if held is not None else None
        if held is None or person is None or changed_hands(view.facts, official) or is_dated(view.facts, official):
            continue
        yield "\x1f".join(("person", person, *held)), Holder(view.facts, official, held[1])


def across_post_conflict(key: str, items: Sequence[Holder]) -> list[Finding]:
    """Một chức vụ có hai người giữ ở cùng ngày, hoặc người cũ lại xuất hiện sau người mới.

    One post has two holders on one day, or the first comes back after the second.
    """
    if key.startswith("person\x1f"):
        return _demoted(items)
    if key.startswith(f"{COMMITTEE}\x1f"):
        return [_finding(key, first, second, None) for first, second in chaired_by_two(items)]
    if key.startswith(f"{ELECTED}\x1f"):
        return [_finding(key, first, second, None) for first, second in elected_twice(items)][:1]
    return _holding(key, items, "corpus")


def _demoted(items: Sequence[Holder]) -> list[Finding]:
    """The head of a body who is named as its deputy on the same day or some weeks later in another report."""
    for first, second in combinations(sorted(items, key=lambda holder: holder.day), 2):
        days = [day_of(holder.day) for holder in (first, second)]
        if first.facts is second.facts or days[0] is None or days[1] is None:
            continue
        lower = is_deputy(second.official) and not is_deputy(first.official)
        same = days[0] == days[1] and is_deputy(first.official) != is_deputy(second.official)
        if (lower or same) and (days[1] - days[0]).days <= _WEEKS_DAYS:
            return [both_posts(first.facts, first.official, second.facts, second.official)]
    return []


def _holding(key: str, holders: Sequence[Holder], scope: str) -> list[Finding]:
    if key.endswith(TERMS):
        return _two_terms(key, holders, scope)
    return _two_people(key, holders, scope)


def _two_terms(key: str, holders: Sequence[Holder], scope: str) -> list[Finding]:
    """The first pair of people whose terms in one post share more than the year of the handover."""
    for first, second in combinations(holders, 2):
        if (
            first.is_same(second)
            or (scope == "corpus") == (first.facts is second.facts)
            or _named_together(first, second)
        ):
            continue
        if first.is_elsewhere(second):
            continue
        if scope == "report" and first.listed and second.listed:
            continue
        if first.term and second.term and overlap(first.term, second.term) and not _of_two_bodies(key, first, second):
            return [_finding(key, first, second, None)]
    return []


def _named_together(first: Holder, second: Holder) -> bool:
    """Whether one mention of a post names both for one term: they held it one after the other."""
    if first.term != second.term:
        return False
    people = [fold(holder.official.person) for holder in (first, second)]
    return any(
        all(person in fold(passage.quote) for person in people)
        for holder in (first, second)
        for passage in holder.official.evidence
    )


_FOUNDED = re.compile(r"(?<!\w)(?:thành lập|tiền thân|sá[pt] nhập|tách (?:ra|thành)|phân hiệu)(?!\w)", re.I)


def _of_two_bodies(key: str, first: Holder, second: Holder) -> bool:
    """Whether a history that does not say whose it is tells of another body between two of its heads."""
    if not key.startswith(f"{HEAD}\x1fown"):
        return False
    places = sorted(holder.official.evidence[0].start for holder in (first, second))
    return _FOUNDED.search(first.facts.layer.text, *places) is not None


def _two_people(key: str, holders: Sequence[Holder], scope: str) -> list[Finding]:
    ordered = sorted(holders, key=lambda holder: (holder.day, holder.facts.layer.file))
    for index, first in enumerate(ordered):
        for second in ordered[index + 1 :]:
            if first.is_elsewhere(second):
                continue
            same = first.is_same(second)
            # Of people who only are mentioned a report may tell the past.
            of_event = HERE in key or key.endswith(APPOINTED)
            of_event = of_event or _at_once(first, second)
            across = not same and scope == "corpus" and first.facts is not second.facts
            if across and _while_held(first, second):
                return [_finding(key, first, second, None)]
            if first.handed or second.handed:
                continue
            if across and named_within_weeks(key, first, second):
                return [_finding(key, first, second, None)]
            same = same or not (of_event or _are_present(first, second) or _in_one_table(first, second))
            if same or (scope == "corpus") == (first.facts is second.facts):
                continue
            if scope == "report" or (len(first.day) == _FULL_DATE and first.day == second.day):
                return [_finding(key, first, second, None)]
            back = next(
                (h for h in ordered if not h.handed and h.is_same(first) and _later(h, second)),
                None,
            )
            if back is not None and _later(second, first):
                return [_finding(key, first, second, back)]
    return []


def _while_held(first: Holder, second: Holder) -> bool:
    """Whether somebody acts in a post in the months for which another report says that another one has held it."""
    for one, other in ((first, second), (second, first)):
        until = one.facts.report.date or ""
        if one.since is None or len(until) < len("2020-01"):
            continue
        if (
            other.since is not None
            and one.since < other.since < until[:7]
            and other.since < (other.facts.report.date or "")
        ):
            return True
        acts = (
            other.since is None
            and not other.handed
            and other.official.activity in ("signed", "chaired", "presented", "spoke")
        )
        if acts and len(other.day) == _FULL_DATE and one.since < other.day[:7] < until[:7]:
            return True
    return False


#: Reports of one moment: whoever they name in a post holds it then.
_OF_A_MOMENT = ("quyet_dinh", "ke_hoach", "chuong_trinh", "tin_hoi_nghi", "cong_van", "thong_bao", "nghi_quyet")


def _at_once(first: Holder, second: Holder) -> bool:
    """Whether one report of a moment names both, or gives both the post."""
    facts = first.facts
    if facts is not second.facts:
        return False
    sentences = [[sentence(facts, passage) for passage in h.official.evidence] for h in (first, second)]
    said = [" ".join(one) for one in sentences]
    if any(LEAVES.search(one) for one in said):
        return False
    shared = set(sentences[0]) & set(sentences[1])
    if facts.report.kind == "tin_hoi_nghi" or is_minutes(facts):
        # Who spoke, and who only is told about, are told apart by their part in the meeting.
        return bool(shared)
    if any(_names_both(one, first, second) for one in shared):
        return True
    return facts.report.kind in _OF_A_MOMENT or is_profile(facts) or all(tells_appointment(one) for one in said)


def _names_both(said: str, first: Holder, second: Holder) -> bool:
    """Whether one sentence gives both people the post: ``thầy A - Hiệu trưởng, cô B - Hiệu trưởng``."""
    folded = fold(said)
    people = all(fold(holder.official.person) in folded for holder in (first, second))
    return people and folded.count(fold(first.official.role)) > 1


def _are_present(first: Holder, second: Holder) -> bool:
    if is_acting(first.official) != is_acting(second.official):
        return {first.official.activity, second.official.activity} <= set(PRESENT)
    return bool({first.official.activity, second.official.activity} & set(PRESENT))


def _in_one_table(first: Holder, second: Holder) -> bool:
    """Whether one table of the staff of one time names both."""
    places = [holder.official.evidence[0].start for holder in (first, second)]
    text = first.facts.layer.text
    return first.facts is second.facts and any(
        all(table.start <= place < table.end for place in places)
        and len(_YEARS.findall(text[table.start : table.end])) < _TIMES
        for table in first.facts.layer.tables
    )


#: A table with several of them tells who held a post one after the other.
_YEARS = re.compile(r"(?<![\d/])(?:19|20)\d\d\s*(?:[-–]|đến)\s*(?:(?:19|20)\d\d|nay)(?!\d)")
_TIMES = 2


def _later(one: Holder, other: Holder) -> bool:
    shorter = min(len(one.day), len(other.day))
    return bool(shorter) and one.day[:shorter] > other.day[:shorter]


def _finding(key: str, first: Holder, second: Holder, back: Holder | None) -> Finding:
    a, b, post = first.official.person, second.official.person, first.official.post
    again = f", rồi {a} ({back.day}) lại xuất hiện với chức vụ đó" if back else ""
    again_en = f", then {a} again ({back.day})" if back else ""
    same = first.facts is second.facts
    return Finding(
        rule="post_conflict",
        severity="warning",
        finding_class="contradiction",
        scope="report" if same else "corpus",
        message=(
            f"Chức vụ {post} chỉ có một người giữ nhưng được ghi cho {a} ({first.day or 'không rõ ngày'}) và {b} "
            f"({second.day or 'không rõ ngày'}){again}."
        ),
        message_en=(
            f"{post} is held by one person at a time, but stands for {a} ({first.day or 'no date'}) and {b} "
            f"({second.day or 'no date'}){again_en}."
        ),
        operands=tuple(
            with_post(holder.facts, holder.official, holder.official.person)
            for holder in (first, second, *([back] if back else []))
        ),
        stated=b,
        expected=None,
        fingerprint=fingerprint("post_conflict", whose(first.facts) if same else "", key, *sorted((a, b))),
    )
