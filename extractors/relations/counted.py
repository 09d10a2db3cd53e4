"""What a report counts, by words and time, and by how much it says that this rose or fell: to be compared elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors._shared.dates import DateMention
from extractors._shared.scan import Words, holds
from extractors.relations.figures import Figure
from extractors.relations.reading import UPPER, Reading
from extractors.relations.saying import KINDS_OF_TIME, is_bare, moment_of, narrowing, telling
from extractors.relations.time_heads import section_time
from schemas.records import Record, Report
from schemas.relation import Quantity, Relation

_STEPS = Words(("tăng", "giảm", "nhiều hơn", "ít hơn"))
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
_RATE = r"\d{1,3}(?:,\d{1,2})? ?%"
_WAY = r"(?<!\w)(?P<way>tăng|giảm|nhiều hơn|ít hơn)(?: thêm| mạnh| nhẹ| được)?"
_YEAR = r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?"
#: The old value in a bracket behind a change: ``(486 em)``, ``(năm học trước 486 em)``.
_OLD = re.compile(
    r"[^\d.;:()]{0,50}\((?:là |có |năm (?:học )?(?:trước|ngoái):? (?:là |có )?)?"
    rf"(?P<n>{_NUMBER})(?: [^\d()]{{1,24}})?\)"
)
#: What a change is told against: ``năm học trước``, ``năm học 2016-2017``, ``đầu năm``, ``học kỳ I``.
_THEN = (
    rf"(?:cùng kỳ |cuối |đầu |thời điểm |sơ kết )*(?:năm (?:học )?(?:trước|ngoái|{_YEAR})|đầu năm(?: học)?|cùng kỳ"
    r"|(?:học kỳ|hk) ?(?:i|1)(?!\w))"
)
#: A noun behind the size of a change, and nothing that narrows it: not ``tăng 3 trường đạt chuẩn``.
_NOUN = (
    r"(?: (?P<noun>điểm phần trăm|[^\W\d_]+(?: [^\W\d_]+)??))?"
    r"(?=\s*(?:[(),;.]|so với|do |vì |nên |nhờ |sau |và |cùng |$))"
)
#: Behind a count: ``, tăng 26 em so với năm học trước``, ``, nhiều hơn năm 2018 là 11 trẻ``.
_STEP = re.compile(
    rf"{_WAY}(?: (?P<before>(?:so với )?{_THEN})(?: là|:)?)? "
    rf"(?P<n>{_RATE}|(?:{_NUMBER})(?![\d%/]| ?%|[.,]\d)){_NOUN}"
)
#: Told alone: ``So với năm ngoái, nhân viên giảm 2 người``.
_ALONE = re.compile(
    rf"(?<!\w)(?P<before>so với {_THEN})[, :]+(?P<what>[^\d.;:()]{{0,50}}?)"
    rf"{_WAY} (?P<n>{_NUMBER})(?![\d%/]| ?%|[.,]\d){_NOUN}"
)
_AFTER = re.compile(rf"[^.;:()]{{0,50}}?(?<!\w)(?P<basis>so với {_THEN})")
_OTHER = re.compile(r"[^.;:()]{0,50}?(?<!\w)so với(?!\w)")
_LONGEST, _FAR, _REACH = 90, 120, 48
#: Before a time: it is what is compared with, ``giảm so với 6.079 cháu của năm học 2020-2021``.
_AGAINST = re.compile(r"(?<!\w)(?:so với|nhiều hơn|ít hơn|cao hơn|thấp hơn|tăng hơn)(?!\w)[^;,()]*$")
#: Before a date: the number of a document, which was issued then.
_OF_DOCUMENT = re.compile(r"\d[^\W\d_]?(?:/\d{4})?[/-][^\W\d_][^\s,;()]*,? $")
#: Behind the number of a time that is compared with, where it is of all there are.
_OF_ALL = re.compile(
    r"[^;.()\d]{0,24}\),? (?:thì )?(?:tổng số|quy mô|số học sinh|số trẻ|toàn (?:trường|huyện|xã|tỉnh|ngành))(?!\w)"
)
_ENDS = re.compile(r"[;:(]|[.,](?!\d)")
_GOES_ON = re.compile(r"\s*(?:,|với|và|/|gồm)\s*(?:tổng số )?")


@dataclass(frozen=True)
class Counted:
    """A figure, of what time it is (empty: the report's own) and whether it counts all there are."""

    figure: Figure
    when: str
    whole: bool


def find_counts(reading: Reading, sentences: Sequence[list[Figure]], records: Sequence[Record]) -> Iterator[Relation]:
    """Every figure whose time is known, and every change of one whose other end is told elsewhere."""
    report = next((record for record in records if isinstance(record, Report)), None)
    own = (report.period or "", report.date or "") if report is not None else ("", "")
    counted = [one for found in sentences for one in _counted(reading, found, own)]
    for one in counted:
        yield Relation(kind="count", whole=None, parts=(_quantity(one),), exhaustive=True, cue=_cue(one))
    if not holds(_STEPS, reading.lower, 0, len(reading.lower)):
        return
    yield from _behind(reading, counted)
    yield from _alone(reading, counted)


def _quantity(one: Counted) -> Quantity:
    figure = one.figure
    told = figure.words - _HEADS
    label = " ".join(sorted(told - _SEATED if figure.noun == "pupil" else told))
    noun = figure.noun
    if not figure.amount.percent and (figure.amount.family in _PERSONS or figure.noun in _PEOPLE):
        noun = "person"
    return figure.quantity.model_copy(update={"unit": noun, "label": label})


#: ``03 đồng chí CBQL`` and ``03 cán bộ quản lý`` are people alike; the words say which.
_PERSONS = ("person", "staff")
_PEOPLE = ("người", "đồng chí", "đ/c")
#: Headings of sizes: ``Số liệu:``, ``Mạng lưới:``.
_HEADS = frozenset(("liệu", "mạng", "lưới"))
#: ``482 học sinh biên chế thành 14 lớp``.
_SEATED = frozenset(("biên", "chế", "chia", "thành", "xếp"))


class Telling(NamedTuple):
    """What the cue of a count says of it, as the text of its relation: see `Counted` for the first three.

    ``apart`` is the class, contest or body that it is of, ``paragraph`` and ``sentence`` where it is told.
    """

    when: str
    moment: str
    whole: bool
    apart: frozenset[str]
    paragraph: str
    sentence: str

    @classmethod
    def read(cls, cue: str) -> Telling:
        """What a cue says that `__str__` wrote."""
        when, moment, whole, apart, paragraph, sentence = cue.split("|")
        return cls(when, moment, bool(whole), frozenset(filter(None, apart.split(","))), paragraph, sentence)

    def __str__(self) -> str:
        """The cue: its fields, parted by bars."""
        whole, apart = "whole" if self.whole else "", ",".join(sorted(self.apart))
        return "|".join((self.when, self.moment, whole, apart, self.paragraph, self.sentence))


def _cue(one: Counted) -> str:
    figure = one.figure
    apart = frozenset(f"{kind} {name}" for kind, name in figure.apart)
    return str(Telling(one.when, figure.moment, one.whole, apart, str(figure.block.index), str(figure.sentence)))


def _counted(reading: Reading, found: Sequence[Figure], own: tuple[str, str]) -> Iterator[Counted]:
    """The figures of a sentence with their times; one that only goes on counts all there are as the one before."""
    if not found:
        return
    found = [_hosted(reading, found, at) for at in range(len(found))]
    block, start = found[0].block, found[0].sentence
    dates = [d for d in reading.document.dates_in(block.body, block.end) if d.kind in KINDS_OF_TIME and d.iso]
    compared = [d for d in dates if _AGAINST.search(reading.lower, max(0, d.start - _REACH), d.start)]
    dates = [d for d in dates if d not in compared]
    dates = [d for d in dates if not _OF_DOCUMENT.search(reading.lower, max(0, d.start - _REACH), d.start)]
    before: tuple[Figure, bool] | None = None
    for figure in found:
        past = next((d for d in compared if _in_bracket(reading, d, figure)), None)
        if past is not None and figure.noun and is_bare(figure.words - _HEADS):
            whole = _OF_ALL.match(reading.lower, figure.amount.end) is not None
            yield Counted(figure, past.iso or "", whole or _ALL_SIZES.match(reading.lower, past.end) is not None)
            continue
        when = _when(reading, figure, start, dates, own)
        figure = replace(figure, moment=_moment(reading, figure))
        if figure.moment == "before" and before is not None and (then := _of_last_year(reading, before[0], figure)):
            yield Counted(then, LAST_YEAR, before[1])
            continue
        whole = figure.whole or (is_bare(figure.words - _HEADS) and _is_headed(reading, figure))
        if before is not None and before[1] and not whole:
            end = max(before[0].amount.end, before[0].amount.unit_end)
            whole = _GOES_ON.fullmatch(reading.lower, end, figure.amount.start) is not None
        before = figure, whole
        if when is not None and figure.noun and figure.amount.value > 0:
            yield Counted(figure, when, whole)


#: Behind a time that is compared with: the sizes of all there was, ``so với năm học 2020-2021 (17 lớp, 512 học sinh)``.
_ALL_SIZES = re.compile(
    r" ?\((?:là |có |với )?\d[\d.]* (?:trường|lớp|nhóm,? lớp|nhóm)(?:,| và| với|/) ?\d[\d.]* (?:học sinh|hs|em"
    r"|trẻ|cháu)\)"
)
_IN_SAME_BRACKET = re.compile(
    r" ?\((?:là |có |đạt |với )?(?:tổng (?:số|cộng) )?(?:\d[\d.]* [^\W\d_][^()\d]{0,24}(?:,| và| với|/) ?)*"
)


def _in_bracket(reading: Reading, compared: DateMention, figure: Figure) -> bool:
    """Whether a figure stands in the bracket behind a time that is compared with."""
    return _IN_SAME_BRACKET.fullmatch(reading.lower, compared.end, figure.amount.start) is not None


def _hosted(reading: Reading, found: Sequence[Figure], at: int) -> Figure:
    """A figure; a percentage that only goes on from a count says the same of it: ``316/357 người, tỷ lệ 88,5%``."""
    figure = found[at]
    if not figure.amount.percent or not at or found[at - 1].amount.percent:
        return figure
    host = found[at - 1]
    between = reading.lower[max(host.amount.end, host.amount.unit_end) : figure.amount.start]
    return replace(figure, words=host.words, apart=host.apart) if _RATED.fullmatch(between) else figure


_RATED = re.compile(r"\s*[,(]?\s*(?:(?:đạt|chiếm|bằng|với) )?(?:(?:tỷ|tỉ) lệ )?(?:là |đạt )?\(?")


#: What is compared with is of another time: ``giảm 39 em so với học kỳ I``.
_COMPARED = re.compile(r"so với [^,;()]*")
_SENTENCE = re.compile(rf"[.;] (?=[{UPPER}])")


def _moment(reading: Reading, figure: Figure) -> str:
    """Whether the sentence of a figure says that it is of the beginning, the middle or the end of a time."""
    if not figure.moment:
        return ""
    at, end = figure.amount.start, max(figure.amount.end, figure.amount.unit_end)
    first = max((m.end() for m in _SENTENCE.finditer(reading.text, figure.sentence, at)), default=figure.sentence)
    return moment_of(_COMPARED.sub(" ", reading.lower[first:end]))


#: In the place of a time: that of the year before the report's own.
LAST_YEAR = "last"
_LAST_YEAR = re.compile(
    r"[^\W\d]{0,12}\s*\((?:(?:cùng kỳ )?năm (?:học )?(?:trước|ngoái))(?: (?:là|có|đạt))?:? (?:tỷ lệ |tỉ lệ )?"
)


def _of_last_year(reading: Reading, host: Figure, figure: Figure) -> Figure | None:
    """The number of the year before in a bracket behind this year's: ``đạt 49 giải (năm học trước 45 giải)``."""
    end = max(host.amount.end, host.amount.unit_end)
    if host.noun != figure.noun or not _LAST_YEAR.fullmatch(reading.lower, end, figure.amount.start):
        return None
    return replace(figure, words=host.words, apart=host.apart, moment=host.moment)


#: Before the sizes of a body: ``Quy mô: 18 lớp, 540 học sinh``, ``Mạng lưới trường lớp: …``.
_SIZES = re.compile(r"(?<!\w)(?:quy mô|số liệu|mạng lưới)(?!\w)[^.;:\d]{0,30}:[^:;.]*$")


def _is_headed(reading: Reading, figure: Figure) -> bool:
    """Whether a bare count is told of a moment or under a heading of sizes."""
    if figure.moment in ("first", "half", "last"):
        return True
    return _SIZES.search(reading.lower, figure.sentence, figure.amount.start) is not None


def _when(
    reading: Reading, figure: Figure, start: int, dates: Sequence[DateMention], own: tuple[str, str]
) -> str | None:
    """The time named last before a figure in its sentence, else right behind it; None where an earlier one is meant.

    ``own`` are the report's period and its date, on which news tell that what they tell of took place.
    """
    at = figure.amount.start
    said = [d for d in dates if start <= d.start < at][-1:]
    if not said:
        stop = _ENDS.search(reading.lower, figure.amount.end)
        said = [d for d in dates if figure.amount.end <= d.start < (stop.start() if stop else at)][:1]
    if said:
        iso = said[0].iso or ""
        return "" if own[0] == iso else iso
    earlier = {d.iso or "" for d in dates if d.start < start}
    known = all(own[0].startswith(iso) or own[1] == iso for iso in earlier)
    return section_time(reading, start, own[0]) if known else None


def _behind(reading: Reading, counted: Sequence[Counted]) -> Iterator[Relation]:
    """The changes told in the sentence of a count, each of the last count before it that has its noun."""
    sentences: dict[tuple[int, int], list[Counted]] = {}
    for one in counted:
        sentences.setdefault((one.figure.block.index, one.figure.sentence), []).append(one)
    for here in sentences.values():
        first, block = here[0].figure.amount.end, here[0].figure.block
        end = next((e for s, e in reading.document.sentences(block) if s <= first <= e), block.end)
        for match in _STEP.finditer(reading.lower, first, end):
            before = [one for one in here if one.figure.amount.end <= match.start() and _may_rise(one, match)]
            before = [one for one in before if not _is_compared_with(reading, one)]
            basis = _basis_at(reading, match, end)
            if before and basis is not None and _is_near(reading, before[-1], match):
                yield _change(reading, before[-1], match, basis)


_COMPARED_WITH = re.compile(r"(?<!\w)so với [^();.]*\([^()]*$")


def _is_compared_with(reading: Reading, one: Counted) -> bool:
    """Whether a count stands in the bracket behind what is compared with: it is the old one."""
    figure = one.figure
    return bool(one.when) and _COMPARED_WITH.search(reading.lower, figure.sentence, figure.amount.start) is not None


def _may_rise(one: Counted, match: re.Match[str]) -> bool:
    """Whether a change can be one of a figure, by what both count."""
    return one.figure.amount.percent == match["n"].endswith("%") and _counts_alike(one, match["noun"])


def _is_near(reading: Reading, one: Counted, match: re.Match[str]) -> bool:
    """Whether a change goes on from a count: right behind it, or behind others in a row where its noun tells which."""
    between = reading.lower[max(one.figure.amount.end, one.figure.amount.unit_end) : match.start()]
    if len(between) > _LONGEST or ";" in between or ":" in between or between.count(")") > between.count("("):
        return False
    return match["noun"] is not None or not re.search(r"\d", between)


def _basis_at(reading: Reading, match: re.Match[str], end: int) -> str | None:
    """What a change is told against; None where that is a plan or others."""
    if match["before"]:
        return match["before"]
    behind = _AFTER.match(reading.lower, match.end("n"), min(end, match.end("n") + _LONGEST))
    if behind is not None:
        return behind["basis"]
    return None if _OTHER.match(reading.lower, match.end("n"), min(end, match.end("n") + _LONGEST)) else ""


def _alone(reading: Reading, counted: Sequence[Counted]) -> Iterator[Relation]:
    """Changes told in a sentence of their own, with the only count before them that they can be of."""
    blocks = {one.figure.block.index: one.figure.block for one in counted}
    for block in blocks.values():
        if not holds(_STEPS, reading.lower, block.body, block.end):
            continue
        here = [one for one in counted if one.figure.block is block]
        for match in _ALONE.finditer(reading.lower, block.body, block.end):
            words = telling(match["what"])
            before = [one for one in here if one.figure.amount.end < match.start() and not one.when]
            if match["before"].endswith(("đầu năm", "đầu năm học")):
                before = [one for one in before if one.figure.moment != "first"]
            fitting = [
                one
                for one in before
                if not one.figure.amount.percent and _counts_alike(one, match["noun"]) and _is_of(one, words)
            ]
            if len({one.figure.amount.value for one in fitting}) == 1:
                yield _change(reading, fitting[-1], match, match["before"])


def _is_of(one: Counted, words: frozenset[str]) -> bool:
    figure = one.figure
    if figure.moment == "before" or narrowing(words) != narrowing(figure.words):
        return False
    return words == figure.words or (not words and one.whole and is_bare(figure.words))


#: With what a noun of people or pupils begins.
_PEOPLE_BEGIN, _PUPILS_BEGIN = ("người", "đồng", "đ"), ("học", "em", "cháu", "trẻ", "hs", "thí")


def _counts_alike(one: Counted, noun: str | None) -> bool:
    """Whether the noun behind a change can be that of a count, told by its first word; none stands for the same."""
    figure = one.figure
    if noun is None:
        return True
    if figure.amount.percent:
        return noun.startswith("điểm")
    first = noun.split()[0]
    if figure.noun == "pupil":
        return first in _PUPILS_BEGIN
    if figure.noun in _PEOPLE or (figure.amount.family == "person" and first in _PEOPLE_BEGIN):
        return first in _PEOPLE_BEGIN
    return first in (figure.unit or "").split()[:1] or first in figure.noun.split()


def _change(reading: Reading, one: Counted, match: re.Match[str], basis: str) -> Relation:
    up = match["way"] in ("tăng", "nhiều hơn")
    printed = match["n"].rstrip(" %")
    size = float(printed.replace(",", ".")) if one.figure.amount.percent else int(printed.replace(".", ""))
    value = size if up else -size
    step = reading.quantity(value, match.span("n"), (match.start("way"), match.end("n")))
    parts = [step.model_copy(update={"label": _basis_of(basis)})]
    end = min(len(reading.lower), match.end("n") + _FAR)
    old = _OLD.match(reading.lower, match.end("n"), end) if basis and not one.figure.amount.percent else None
    if old is not None:
        number = reading.quantity(
            int(old["n"].replace(".", "")), old.span("n"), (old.start("n"), old.end() - 1), unit=_quantity(one).unit
        )
        parts.append(number.model_copy(update={"label": _quantity(one).label}))
    return Relation(kind="step", whole=_quantity(one), parts=tuple(parts), exhaustive=None, cue=_cue(one))


def _basis_of(said: str) -> str:
    """``last`` (or nothing) for the year before, ``first`` and ``half`` for what is of the same year, else the year."""
    if match := re.search(_YEAR, said):
        return re.sub(r"\s", "", match.group())
    if "trước" in said or "ngoái" in said or "cùng kỳ" in said:
        return "last"
    if "đầu năm" in said:
        return "first"
    return "half" if said else ""
