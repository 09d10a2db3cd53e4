"""Invented mentions of schools and people as many reports would hold them, with the truth about who is who.

Districts have communes, communes schools, schools and offices people with careers of ten years: promotions, moves,
retirement. Names are drawn as often as they occur, so that namesakes come by themselves; a few pairs differ in a
tone only. Every mention is written as somebody would: capitals, either tone style, i for y, a short commune, no
tones at all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas.vocabulary import NamePart, vocabulary

#: Districts of the country before 2025, and mentions that a district's reports hold at least.
DISTRICTS, MENTIONS_A_DISTRICT = 700, 250
FIRST_YEAR, YEARS = 2014, 10


def words(text: str) -> list[str]:
    return text.split()


_ONSETS = words(
    "An Bình Cẩm Châu Đại Đông Đức Gia Hà Hải Hòa Hồng Hưng Khánh Kim Lạc Long Lộc Minh Mỹ Nam Nghĩa Phú Phước"
)
_ENDS = words(
    "Bằng Cường Dương Điền Giang Hà Hải Hậu Khê Lâm Lĩnh Lợi Mỹ Ninh Phong Quang Sơn Tân Thạnh Thịnh Thủy Trung"
)
_TWINS = (("Hùng", "Hưng"), ("Thảo", "Thào"), ("Tuấn", "Tuân"), ("Hà", "Hạ"), ("Lan", "Lân"))
_BESIDE = ("Thư ký", "Huyện ủy viên", "Trưởng ban", "Ủy viên")
_OLD_STYLE = {
    "òa": "oà",
    "óa": "oá",
    "ỏa": "oả",
    "õa": "oã",
    "ọa": "oạ",
    "ủy": "uỷ",
    "úy": "uý",
    "ùy": "uỳ",
    "ũy": "uỹ",
    "ụy": "uỵ",
}
_I = {"Mỹ": "Mĩ", "Lý": "Lí", "Kỳ": "Kì", "Sỹ": "Sĩ", "Quý": "Quí"}


@dataclass(frozen=True, slots=True)
class SchoolMention:
    """A school as one report writes it. ``truth`` is the number of the school."""

    report: str
    district: str
    year: int
    level: str
    own_name: str
    ordinal: str
    truth: int


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person as one report names them; ``job`` is the school or office as written, empty where none is said."""

    report: str
    district: str
    year: int
    name: str
    post: str
    job: str
    truth: int


@dataclass(slots=True)
class _School:
    number: int
    level: str
    own_name: str
    ordinal: str

    @property
    def job(self) -> str:
        return " ".join(filter(None, (self.level, self.own_name, self.ordinal)))


@dataclass(slots=True)
class _Person:
    number: int
    name: str
    jobs: list[tuple[str, str]]


@cache
def _parts(place: str) -> tuple[list[str], list[float]]:
    found = [(part.forms[0], part.per_mille) for part in vocabulary(NamePart) if part.place == place]
    return [form for form, _ in found], [weight for _, weight in found]


_RARE = {
    "middle": words(
        "Ái Bảo Cẩm Chí Diệu Gia Hạ Hoài Huy Khắc Lệ Mộng Nhật Như Phúc Quế Sa Tấn Thục Trọng Tuyết Viết Yên"
    ),
    "given": words(
        "Ân Bách Cầm Chinh Diễm Duật Đào Gấm Hoạch Khuyến Lam Lụa Nhạn Nhuần Phấn Quyết Sươl Thoa Tịnh Út Xoan"
    ),
}


class World:
    """The districts with their schools and people; ``mentions`` writes what reports say of them."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._people = 0
        self._schools = 0

    def mentions(self, count: int) -> Iterator[SchoolMention | PersonMention]:
        """So many mentions, district by district; of people three in five."""
        districts = max(1, min(DISTRICTS, count // MENTIONS_A_DISTRICT))
        share, rest = divmod(count, districts)
        for number in range(districts):
            yield from self._district(number, share + (number < rest))

    def _district(self, number: int, count: int) -> Iterator[SchoolMention | PersonMention]:
        rnd = self._random
        name = f"{rnd.choice(_ONSETS)} {rnd.choice(_ENDS)} {number}".lower()
        schools = self._make_schools(max(4, min(60, count // 12)))
        people = self._make_people(schools, max(6, min(220, count // 8)))
        for index in range(count):
            year = FIRST_YEAR + rnd.randrange(YEARS)
            report = f"{number}/{year}/{index // 40}"
            if rnd.random() < 0.4:
                school = rnd.choice(schools)
                yield SchoolMention(
                    report, name, year, school.level, self._write(school.own_name), school.ordinal, school.number
                )
                continue
            person = rnd.choice(people)
            post, job = person.jobs[year - FIRST_YEAR]
            if rnd.random() < 0.2:
                post, job = rnd.choice(_BESIDE), ""
            yield PersonMention(report, name, year, self._write_name(person.name), post, job, person.number)

    def _make_schools(self, count: int) -> list[_School]:
        rnd = self._random
        made: list[_School] = []
        names: set[str] = set()
        while len(made) < count:
            commune = f"{rnd.choice(_ONSETS)} {rnd.choice(_ENDS)}"
            if commune in names:
                continue
            names.add(commune)
            if rnd.random() < 0.1:
                commune = f"Thị trấn {commune}"
            for level, chance in (("MN", 0.15), ("TH", 0.35), ("THCS", 0.15)):
                ordinals = ["1", "2", "3"][: rnd.choice((2, 3))] if rnd.random() < chance else [""]
                for ordinal in ordinals:
                    self._schools += 1
                    made.append(_School(self._schools, level, commune, ordinal))
        return made

    def _make_people(self, schools: list[_School], count: int) -> list[_Person]:
        rnd = self._random
        made: list[_Person] = []
        while len(made) < count:
            names = [self._make_name()]
            if rnd.random() < 0.02:
                one, other = rnd.choice(_TWINS)
                base = names[0].rsplit(" ", 1)[0]
                names = [f"{base} {one}", f"{base} {other}"]
            for name in names:
                self._people += 1
                made.append(_Person(self._people, name, self._career(schools)))
        return made

    def _make_name(self) -> str:
        rnd = self._random
        family = rnd.choices(*_parts("family"))[0]

        def part(place: str, rare: float) -> str:
            return rnd.choice(_RARE[place]) if rnd.random() < rare else rnd.choices(*_parts(place))[0]

        middle = part("middle", 0.25)
        more = [part("middle", 0.5)] if rnd.random() < 0.4 else []
        return " ".join([family, middle, *more, part("given", 0.3)])

    def _career(self, schools: list[_School]) -> list[tuple[str, str]]:
        """Post and job of every year: most stay, some rise, few move."""
        rnd = self._random
        offices = ("Phòng GD&ĐT", "UBND huyện", "Ban Tuyên giáo Huyện ủy")
        is_official = rnd.random() < 0.08
        job = rnd.choice(offices) if is_official else rnd.choice(schools).job
        ladder = (
            ["Chuyên viên", "Phó Trưởng phòng", "Trưởng phòng"]
            if is_official
            else ["Giáo viên", "Phó Hiệu trưởng", "Hiệu trưởng"]
        )
        step = rnd.choices((0, 1, 2), (6, 3, 2))[0]
        career = []
        for _ in range(YEARS):
            if step < 2 and rnd.random() < 0.08:
                step += 1
            if rnd.random() < 0.02:
                job = rnd.choice(schools).job if rnd.random() < 0.8 else rnd.choice(offices)
            career.append((ladder[step], job))
        return career

    # --- how it is written ---------------------------------------------------------------------------

    def _write(self, name: str) -> str:
        """A place's name as somebody writes it."""
        rnd = self._random
        chance = rnd.random()
        if chance < 0.05:
            return name.upper()
        if chance < 0.13:
            return _old_style(name)
        if chance < 0.17:
            return _with_i(name)
        if name.startswith("Thị trấn ") and chance < 0.6:
            return name.removeprefix("Thị trấn ")
        return name

    def _write_name(self, name: str) -> str:
        rnd = self._random
        chance = rnd.random()
        if chance < 0.06:
            return name.upper()
        if chance < 0.16:
            return _old_style(name)
        if chance < 0.19:
            return _with_i(name)
        if chance < 0.2:
            return name.replace("Đ", "Ð")
        return name


def _old_style(name: str) -> str:
    for new, old in _OLD_STYLE.items():
        if name.endswith(new) or f"{new} " in name:
            name = name.replace(new, old)
    return name


def _with_i(name: str) -> str:
    return " ".join(_I.get(word, word) for word in name.split(" "))
