"""What one award says that others say better: a count whose winners are all named gives only the named ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors._shared.scan import words_in
from extractors._shared.view import fold_tone_style, lower
from schemas.records import Award

#: How far behind a count of prizes, in characters, its named winners may stand.
_NEAR = 300
#: The same where the contest of one of them is not known, or put another way.
_BESIDE = 120
#: What one body gives in one decision: ``tặng Cờ thi đua của Thủ tướng Chính phủ … Tặng Bằng khen cho 9 cá nhân``.
_HIGH = frozenset({"bằng khen", "cờ thi đua"})
#: A number that the report states: ``01 giải Nhì``, ``một giải nhì``; a prize without one is counted by nobody.
_COUNTED = re.compile(r"\d|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?= (?:giải|huy|em|học|thầy|cô))", re.I)
_WORD = re.compile(r"\w+")


def without_told_counts(awards: Sequence[Award], others: Sequence[Award]) -> list[Award]:
    """The awards without the counts whose holders or winners are all named, here or in ``others``.

    Of titles the named holders may stand anywhere (in the list behind a decision), of prizes in the
    passages around the count, in the same contest as far as both say one.
    """
    named = [award for award in (*awards, *others) if award.recipient and award.count == 1]
    counts = [
        a for a in awards if a.count and not a.recipient and not a.school and _COUNTED.search(a.evidence[0].quote)
    ]
    told = {id(count) for count in counts if count.count in _numbers(count, named)}
    return [_at_level(award, awards) for award in awards if id(award) not in told]


def once_with_list(told: Sequence[Award], listed: Sequence[Award]) -> tuple[list[Award], list[Award]]:
    """The awards of running text and those of tables and lists, a person's prize that both tell once.

    It stays where the text tells it, with the row as further evidence.
    """
    merged, kept = list(told), []
    free = [n for n, award in enumerate(told) if award.recipient and award.kind in ("prize", "medal")]
    for award in listed:
        same = next((n for n in free if not _is_body(award) and _same_prize(award, merged[n])), None)
        if same is None:
            kept.append(award)
            continue
        free.remove(same)
        merged[same] = merged[same].model_copy(update={"evidence": (*merged[same].evidence, *award.evidence)})
    return merged, kept


def _same_prize(award: Award, other: Award) -> bool:
    fields = ("kind", "prize", "count", "recipient")
    if any(getattr(award, field) != getattr(other, field) for field in fields):
        return False
    if award.school and other.school and award.school != other.school:
        return False
    return not award.contest or not other.contest or _alike(award.contest, other.contest)


def _at_level(award: Award, awards: Sequence[Award]) -> Award:
    """A named holder's award with the level that the count of the same title says, where it has none."""
    if award.kind != "title" or award.level or not award.recipient:
        return award
    levels = {a.level for a in awards if a.kind == "title" and a.level and (a.count or 0) > 1 and _one_title(a, award)}
    return award.model_copy(update={"level": levels.pop()}) if len(levels) == 1 else award


#: Grades that are also places.
_PLACES = {"nhat": "1", "nhi": "2", "ba": "3"}


def without_ranked(awards: Sequence[Award]) -> list[Award]:
    """The awards of schools that are compared, each told once: ``nhì`` behind a name is a rank in their emulation.

    In a contest of another kind it is a prize, unless the passage says that they are ranked.
    """
    ranks = [a for a in awards if a.kind == "rank" and a.recipient]
    pairs = [(a, rank) for a in awards if a.kind == "prize" for rank in ranks if _is_rank(a, rank)]
    again = {id(a if _in_emulation(a) or _RANKED.search(rank.evidence[0].quote) else rank) for a, rank in pairs}
    return [award for award in awards if id(award) not in again]


_RANKED = re.compile(r"(?<!\w)(?:xếp|hạng|thứ)(?!\w)", re.I)


def _in_emulation(award: Award) -> bool:
    """Whether what a school won is its place in the emulation of a block of schools."""
    return award.contest is None or "thi đua" in award.contest.lower()


def _is_rank(prize: Award, rank: Award) -> bool:
    """Whether a prize is a rank told once more, as ``nhất`` before the name of who was ranked first."""
    if prize.recipient != rank.recipient or _PLACES.get(prize.prize or "") != rank.prize or prize.count != 1:
        return False
    return any(a.start < b.end and b.start < a.end for a in prize.evidence for b in rank.evidence)


def without_headlines(awards: Sequence[Award], heads: Sequence[tuple[int, int]]) -> list[Award]:
    """The awards without the counts of headlines and captions that the running text tells again.

    ``heads`` are the ranges of those in the report. ``Tặng Bằng khen 24 học sinh`` over an article
    that says so with the giver is one award, told in the article.
    """

    def in_head(award: Award) -> bool:
        return any(start <= award.evidence[0].start < end for start, end in heads)

    told: dict[int, list[Award]] = {}
    kept: list[Award] = []
    for award in awards:
        retelling = None
        if in_head(award) and _winners_told(award, [a for a in awards if not in_head(a)]):
            continue
        if in_head(award):
            retelling = next((a for a in awards if not in_head(a) and _retells(a, award)), None)
        if retelling is None:
            kept.append(award)
        else:
            told.setdefault(id(retelling), []).append(award)
    return [_with_evidence(award, told.get(id(award), ()), kept) for award in kept]


def _winners_told(head: Award, awards: Sequence[Award]) -> bool:
    """Whether text names as many winners of a prize as a headline counts for a place: ``Tỉnh A đạt 2 giải Ba``."""
    if head.kind not in ("prize", "medal") or (head.count or 0) < 2 or head.school:
        return False
    named = [a for a in awards if a.recipient and a.count == 1 and (a.kind, a.prize) == (head.kind, head.prize)]
    return len(named) == head.count and all(_may_be_one(a.contest, head.contest) for a in named)


def _with_evidence(award: Award, repeats: Sequence[Award], others: Sequence[Award]) -> Award:
    """An award with the passages that tell it again as further evidence, and with the giver that only they name."""
    more = tuple(passage for repeat in repeats for passage in repeat.evidence)
    if not more:
        return award
    update: dict[str, object] = {"evidence": (*award.evidence, *more)}
    whole = max((r for r in repeats if r.kind == "title"), key=lambda r: len(r.title or ""), default=award)
    again = any(o is not award and o.count == award.count and _one_title(o, whole) for o in others)
    if len(whole.title or "") > len(award.title or "") and not again:
        update |= {"title": whole.title, "level": whole.level or award.level}
    return award.model_copy(update=update)


def _retells(award: Award, head: Award) -> bool:
    """Whether an award is the one that a headline or caption tells: same grade or title, count and winner."""
    if (award.kind, award.prize, award.count) != (head.kind, head.prize, head.count) or not head.count:
        return False
    if head.recipient and head.recipient != award.recipient:
        people = _is_person(head) or (award.recipient is not None and _is_person(award))
        if people or not head.school or head.school != award.school:
            return False
    if head.school and award.school and head.school != award.school:
        return False
    if head.kind == "title":
        return _one_title(head, award)
    return not (head.contest and award.contest) or _alike(head.contest, award.contest)


#: The least number of holders by which two tellings of a certificate are known as one.
_SURE = 10


def without_retold(awards: Sequence[Award]) -> list[Award]:
    """The awards without the counts of a certificate told again: same title, or without its giver, same number.

    News says in its lead, in the first sentence and with the decision that 86 pupils were given one.
    """
    again: dict[int, list[Award]] = {}
    kept: list[Award] = []
    for award in sorted(awards, key=lambda a: (-len(_giver(a)), a.school is None, a.participants is None)):
        first = next((other for other in kept if _tells_again(award, other)), None)
        if first is None:
            kept.append(award)
        else:
            again.setdefault(id(first), []).append(award)
    order = {id(award): position for position, award in enumerate(awards)}
    return [_with_evidence(a, again.get(id(a), ()), kept) for a in sorted(kept, key=lambda a: order[id(a)])]


def _giver(award: Award) -> str:
    return (award.title or "").partition(" của ")[2] if award.kind == "title" else ""


def _tells_again(award: Award, other: Award) -> bool:
    """Whether a count of holders of a certificate, or a great total of prizes, is that of another passage."""
    if award.kind == other.kind == "prize":
        return _one_total(award, other)
    if award.kind != "title" or other.kind != "title" or not lower(award.title or "").startswith(tuple(_HIGH)):
        return False
    if award.recipient or other.recipient or (award.count or 0) < _SURE or award.count != other.count:
        return False
    if award.recipient_kind != other.recipient_kind or (award.school and award.school != other.school):
        return False
    return award.period == other.period and _one_title(award, other)


def _one_total(award: Award, other: Award) -> bool:
    """Whether two passages of running text tell one total of prizes: one great number, and nothing that differs."""
    if award.prize != "giai" or other.prize != "giai" or award.count != other.count or (award.count or 0) < _SURE:
        return False
    if any(len(one.evidence[-1].quote.strip()) <= len("1.000") for one in (award, other)):
        return False  # the cell of a table is a statement of its own
    fields = ("level", "school", "recipient", "participants", "period")
    if any(getattr(award, f) and getattr(other, f) and getattr(award, f) != getattr(other, f) for f in fields):
        return False
    return _may_be_one(award.contest, other.contest)


def with_homes(awards: Sequence[Award], homes: Mapping[str, str]) -> list[Award]:
    """The awards of people whose school the report names elsewhere only, with it; ``homes`` are schools by person."""
    return [
        award.model_copy(update={"school": homes[award.recipient]})
        if award.recipient and not award.school and award.recipient in homes
        else award
        for award in awards
    ]


def without_won_titles(awards: Sequence[Award]) -> list[Award]:
    """The awards without pupils' titles whose count is one of prizes: ``Học sinh giỏi tỉnh: 12 em (1 Nhất, 3 Nhì)``."""
    prizes = [a for a in awards if a.kind in ("prize", "medal")]

    def won(award: Award) -> bool:
        if award.kind != "title" or award.recipient_kind != "student":
            return False
        passage = award.evidence[0]
        if award.recipient:  # "HSG quốc gia: A (giải Ba, Địa lý)": the grade tells it
            return "giỏi" in lower(award.title or "") and any(
                prize.recipient == award.recipient and prize.evidence[0].start == passage.start for prize in prizes
            )
        return any(
            prize.count == award.count and passage.start <= prize.evidence[-1].start < passage.end for prize in prizes
        )

    return [award for award in awards if not won(award)]


def without_repeats(awards: Sequence[Award]) -> list[Award]:
    """The awards without those that another passage tells in full: an order told again without who holds it."""
    kept: list[Award] = []
    for award in sorted(awards, key=lambda a: (a.school is None, a.recipient is None)):
        again = _is_order(award) and any(_is_order(other) and _same_order(award, other) for other in kept)
        if not again and not any(_same_certificate(award, other) for other in kept):
            kept.append(award)
    order = {id(award): position for position, award in enumerate(awards)}
    return sorted(kept, key=lambda a: order[id(a)])


def once_by_passage(awards: Sequence[Award]) -> list[Award]:
    """The awards, each holder that two mentions of one title lead to once, under the fuller title."""
    best: dict[tuple[int, str], list[Award]] = {}
    for award in awards:
        if award.kind == "title" and award.recipient and len(award.evidence) > 1:
            best.setdefault((award.evidence[0].start, award.recipient), []).append(award)
    repeated = {
        id(award)
        for told in best.values()
        for award in told
        if any(
            o is not award and o.period == award.period and _one_title(o, award) and _fuller(o, award, told)
            for o in told
        )
    }
    return [award for award in awards if id(award) not in repeated]


def _fuller(one: Award, other: Award, told: Sequence[Award]) -> bool:
    """Whether one award says more of a title than another, or as much and is told first."""
    long, short = len(one.title or ""), len(other.title or "")
    return long > short or (long == short and told.index(one) < told.index(other))


def _is_order(award: Award) -> bool:
    """Whether it is an order of the state, of which a body has one of each class."""
    return (
        award.kind == "title"
        and award.count == 1
        and (award.title or "").lower().startswith(("huân chương", "anh hùng"))
    )


def _same_certificate(award: Award, other: Award) -> bool:
    """Whether two passages tell one certificate of one school by the same giver: in its sentence and in a list."""
    if not (award.kind == other.kind == "title" and award.count == other.count == 1 and award.school):
        return False
    whole = " của " in (award.title or "") and _words(award.title) == _words(other.title)
    return whole and (award.school, award.recipient, award.period) == (other.school, other.recipient, other.period)


def _same_order(award: Award, other: Award) -> bool:
    if not _one_title(award, other) or (award.recipient != other.recipient and _is_person(award) and _is_person(other)):
        return False
    if award.school or other.school:
        return award.school == other.school or award.school is None
    return award.recipient is None or award.recipient == other.recipient or award.recipient_kind in ("unit", "school")


def _is_person(award: Award) -> bool:
    return award.recipient is not None and award.recipient_kind not in ("unit", "school", "team")


def _numbers(count: Award, named: Sequence[Award]) -> set[int]:
    """How many named holders or winners may be those that are counted; of a title also people and bodies apart."""
    holders = _holders(count, named)
    numbers = {len(holders)}
    if count.kind == "title":
        bodies = sum(_is_body(award) for award in holders)
        of_bodies = count.recipient_kind in ("unit", "school")
        numbers |= {bodies} if of_bodies else {len(holders) - bodies}
        numbers |= {bodies} if not count.recipient_kind else set()
    return numbers


def with_givers(awards: Sequence[Award], *, decision: bool) -> list[Award]:
    """The awards, those whose giver the report names elsewhere completed: ``Bằng khen`` is ``Bằng khen của UBND tỉnh``.

    Only where the report knows one giver of what bears that name; of everyday certificates only in a decision.
    """
    given: dict[str, dict[str, Award]] = {}
    for award in awards:
        name, of, giver = (award.title or "").partition(" của ")
        if of:
            given.setdefault(lower(name), {}).setdefault(" ".join(_words(giver)), award)
    high = {by: whole for name, of in given.items() if name in _HIGH for by, whole in of.items()}
    completed = []
    for award in awards:
        bare = lower(award.title or "") if award.kind == "title" else ""
        known = given.get(bare, {}) if decision or bare in _HIGH else {}
        if bare in _HIGH and not known and len(high) == 1 and _may_give(one := next(iter(high.values())), award):
            giver = (one.title or "").partition(" của ")[2]
            award = award.model_copy(update={"title": f"{award.title} của {giver}", "level": one.level})
        if len(known) == 1 and _may_give(whole := next(iter(known.values())), award):
            award = award.model_copy(update={"title": whole.title, "level": whole.level})
        completed.append(award)
    return completed


def _may_give(whole: Award, award: Award) -> bool:
    """Whether a certificate may be by the giver of another one: no level below that giver's is told of it."""
    return award.level in (None, "quoc_gia", whole.level)


def _holders(count: Award, named: Sequence[Award]) -> list[Award]:
    fitting = [award for award in named if award.kind == count.kind and award.prize == count.prize]
    if count.kind == "title":
        same = [award for award in fitting if _one_title(count, award)]
        kinds = [award for award in same if _is_body(award) == (count.recipient_kind in ("unit", "school", "team"))]
        return kinds if count.recipient_kind else same
    return [
        award
        for award in fitting
        if count.kind != "rank"
        and award.recipient_kind != "team"
        and 0 < _behind(count, award) < (_NEAR if _alike(award.contest or "", count.contest or "") else _BESIDE)
        and _may_be_one(award.contest, count.contest)
    ]


#: Words that tell the contest apart from no other, besides its level and year.
_ANY = words_in(
    "kỳ|kì|cuộc|hội|thi|chọn|tuyển|cấp|năm|học|lần|thứ|các|môn|giải|lớp|đợt|vòng|tỉnh|huyện|thành|phố|quận|toàn|quốc"
    "|gia|của|khối|bảng|và|sinh|trường|xã"
)


def _may_be_one(one: str | None, other: str | None) -> bool:
    """Whether two wordings may name one contest: one is missing, or they share a word that not every contest has."""
    if not one or not other:
        return True
    a, b = ({word for word in _words(name) if word not in _ANY and not word.isdigit()} for name in (one, other))
    return not a or not b or bool(a & b)


def _behind(count: Award, award: Award) -> int:
    """How many characters behind the count the winner is named; negative where before it."""
    return min(e.start for e in award.evidence) - count.evidence[0].start


def _one_title(count: Award, award: Award) -> bool:
    """Whether both name one title; the count may leave out the level or the giver."""
    short, long = set(_words(count.title)), set(_words(award.title))
    return short <= long or long <= short


def _is_body(award: Award) -> bool:
    return award.recipient_kind in ("unit", "school", "team")


def _alike(one: str, other: str) -> bool:
    a, b = set(_words(one)), set(_words(other))
    return bool(a | b) and len(a & b) * 5 >= 3 * len(a | b)


def _words(text: str | None) -> list[str]:
    return _WORD.findall(lower(fold_tone_style(text or "")))
