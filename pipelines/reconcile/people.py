"""People: a name, tones included, within a district, and a job at a time.

The name and the district make candidates; jobs decide. The posts of one person in one report are read
together; one name at two schools of one report is two people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pipelines.reconcile.items import Item, Source
from pipelines.reconcile.jobs import find_job, is_school_job
from pipelines.reconcile.linkage import Comparison, Profile
from pipelines.reconcile.names import expand, name_bits, proper, spelled, toneless
from pipelines.reconcile.organizations import locate_body
from pipelines.reconcile.places import ReportScope
from schemas import Official

#: Weights in bits; `PersonProfile.compare` says what they are for.
_SAME_DISTRICT, _SAME_JOB, _LATER_JOB = 2.0, 6.0, -4.0
_SAME, _FITS, _DIFFERENT = 3.0, 1.0, -1.0
#: Jobs within so many months of each other are held at the same time.
_MONTHS_BETWEEN_JOBS = 3


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """A name at home in a district, with the jobs held: for each the first and the last month told of.

    Months are counted from year 0; None where a report has no date. ``together`` are jobs that one
    report gives one person at once.
    """

    name: str
    home: str
    jobs: tuple[tuple[str, int | None, int | None], ...] = ()
    together: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_partial(self) -> bool:
        """Whether no job is known."""
        return not self.jobs

    def blocks(self) -> Iterable[Hashable]:
        """One block a name without its tones and district: what is written without tones is found too."""
        return (("person", toneless(self.name), self.home),)

    def compare(self, other: Profile, /) -> Comparison:
        """Same name, tones included; same district +2; same job +6, another one later -4, at one time: different.

        To this comes how rare the name is: what one namesake more among a thousand people of a district
        would take (Nguyễn Thị Hà -2, Đặng Thị Lụa +5). From 3 bits two are one. Without a job on one
        side from 1 bit the only one that fits; a name without any tone never decides.
        """
        assert isinstance(other, PersonProfile)
        if self.name != other.name:
            return _compare_tones(self.name, other.name)
        weight = _SAME_DISTRICT + name_bits(self.name)
        reasons: tuple[str, ...] = ("same name, tones included", "same district")
        if not self.jobs or not other.jobs:
            fits = weight >= _FITS
            return Comparison("unsure", weight, (*reasons, "no job on one side"), fits=fits)
        shared = {job for job, *_ in self.jobs} & {job for job, *_ in other.jobs}
        if shared:
            return Comparison("same", weight + _SAME_JOB, (*reasons, f"same job ({min(shared)})"))
        obstacle = self.conflict(other)
        if obstacle is not None:
            return Comparison("different", weight - _SAME_JOB, (*reasons, obstacle))
        weight += _LATER_JOB
        reasons = (*reasons, "another job at another time", f"a name worth {name_bits(self.name):.1f} bits")
        outcome = "same" if weight >= _SAME else "unsure" if weight >= _DIFFERENT else "different"
        return Comparison(outcome, weight, reasons)  # type: ignore[arg-type]

    def joined(self, other: Profile, /) -> PersonProfile:
        """The profile of both: every job from its first to its last month."""
        assert isinstance(other, PersonProfile)
        if not other.jobs:
            return self
        if len(self.jobs) == len(other.jobs) == 1 and self.jobs[0][0] == other.jobs[0][0]:
            (job, first, last), (_, start, end) = self.jobs[0], other.jobs[0]
            span = (job, _early(first, start), _late(last, end))
            return self if span == self.jobs[0] else PersonProfile(self.name, self.home, (span,), self.together)
        spans = {job: (first, last) for job, first, last in self.jobs}
        for job, first, last in other.jobs:
            known = spans.get(job)
            spans[job] = (first, last) if known is None else (_early(known[0], first), _late(known[1], last))
        jobs = tuple((job, first, last) for job, (first, last) in sorted(spans.items()))
        return PersonProfile(self.name, self.home, jobs, self.together | other.together)

    def conflict(self, other: Profile, /) -> str | None:
        """Two jobs at one time that no report gives one person."""
        assert isinstance(other, PersonProfile)
        together = self.together | other.together
        for job, first, last in self.jobs:
            for second, start, end in other.jobs:
                if job == second or (min(job, second), max(job, second)) in together:
                    continue
                if _overlap((first, last), (start, end)):
                    return f"two jobs at one time ({job}; {second})"
        return None


def _compare_tones(one: str, other: str) -> Comparison:
    if one == toneless(one) or other == toneless(other):
        return Comparison("unsure", 0.0, ("same letters, but one is written without tones, and tones decide",))
    return Comparison("different", 0.0, ("tones differ",))


def _early(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else min(one, other)


def _late(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else max(one, other)


def _overlap(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    """Whether two spans of months come closer than jobs follow each other; a span without date always does."""
    (first, last), (start, end) = one, other
    if first is None or last is None or start is None or end is None:
        return True
    return max(first, start) - min(last, end) < _MONTHS_BETWEEN_JOBS


def month(day: str | None) -> int | None:
    """Months since year 0 of an ISO date, ``2021-06`` or ``2021`` (its middle); None without one."""
    if not day:
        return None
    year, number = day[:4], day[5:7]
    return int(year) * 12 + (int(number) - 1 if number else 6)


# --- the people of a report ------------------------------------------------------------------------


@dataclass(slots=True)
class _Post:
    """One official record with the district that it names (None where it names none) and the job."""

    official: Official
    district: str | None
    job: str | None


@dataclass(slots=True)
class _Person:
    """What one report says of one person."""

    posts: list[_Post] = field(default_factory=list)

    @property
    def district(self) -> str | None:
        """The district that the posts name."""
        return next((post.district for post in self.posts if post.district), None)

    @property
    def school(self) -> str | None:
        """The school at which the person works."""
        return next((post.job for post in self.posts if is_school_job(post.job)), None)

    def admits(self, post: _Post) -> bool:
        """Whether a post can be another of the same person."""
        is_elsewhere = post.district and self.district not in (None, post.district)
        is_at_another_school = is_school_job(post.job) and self.school not in (None, post.job)
        return not is_elsewhere and not is_at_another_school


def person_items(sources: Sequence[Source]) -> list[Item]:
    """One item an official record: people who hold no post are not reconciled."""
    return [item for source in sources for item in _items(source)]


def _items(source: Source) -> Iterator[Item]:
    by_name: dict[str, list[_Post]] = defaultdict(list)
    for official in source.facts.officials:
        post = _Post(official, _district(source.scope, official), find_job(source, official))
        by_name[spelled(official.person)].append(post)
    for name, posts in by_name.items():
        for person in _people(posts):
            yield from _person_items(source, name, person)


def _people(posts: Sequence[_Post]) -> list[_Person]:
    """The people of one name: those that a district or a school tells apart, the rest with the one before."""
    telling = [post for post in posts if post.district or is_school_job(post.job)]
    people: list[_Person] = []
    for post in telling:
        person = next((person for person in people if person.admits(post)), None)
        if person is None:
            people.append(person := _Person())
        person.posts.append(post)
    if not people:
        return [_Person(list(posts))]
    home = people[0]
    for post in posts:
        if any(post is other for other in telling):
            home = next(person for person in people if any(post is other for other in person.posts))
        else:
            home.posts.append(post)
    return people


def _person_items(source: Source, name: str, person: _Person) -> Iterator[Item]:
    scope, own = source.scope, source.own
    home = person.district or scope.home
    day = next((post.official.as_of for post in person.posts if post.official.as_of), source.facts.report.date)
    jobs = tuple(sorted({post.job for post in person.posts if post.job}))
    span = month(day)
    profile = PersonProfile(name, home, tuple((job, span, span) for job in jobs), frozenset(combinations(jobs, 2)))
    main = person.school or (jobs[0] if jobs else "")
    district = person.district or scope.district
    where = f"the district {proper(district)}" if district else "reports of the same issuer"
    for post in person.posts:
        official = post.official
        seen = official.as_of or source.facts.report.date
        yield Item(
            kind="person",
            key=(name, home, main),
            own=(name, person.district or own.home, main),
            name=official.person,
            report=source.facts.layer.id,
            mentions=source.mentions(official, official.person),
            facets=(
                ("posts", official.post),
                ("district", proper(district)),
                ("first_seen", seen),
                ("last_seen", seen),
            ),
            reason=f"same name, tones included, in {where}",
            profile=profile,
            day=seen,
        )


def _district(scope: ReportScope, official: Official) -> str | None:
    """Where the person's body is, where it names its district, or is the province's or the country's."""
    if not official.organization:
        return None
    body = locate_body(scope, official.organization)
    if body.level == "district":
        return body.place if body.place and body.place in expand(official.organization) else None
    if body.level == "province":
        return f"tỉnh {body.place or scope.province or scope.home}"
    return "trung ương" if body.level == "central" else None
