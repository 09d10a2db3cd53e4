"""What an award inherits from the text around it: contest, level, entrants, who won it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from extractors._shared.document import Block, Document, Found
from extractors._shared.names import find_names
from extractors._shared.numbers import view_offset
from extractors._shared.places import fold, gazetteer
from extractors._shared.schools import resolve_school
from extractors._shared.subjects import is_subject
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import GRADES, Atom
from extractors.awards.contests import Contests
from extractors.awards.disciplines import discipline, of_festival
from extractors.awards.entrants import entrants
from extractors.awards.forms import find_atoms
from extractors.awards.guards import Guards
from extractors.awards.levels import Levels
from extractors.awards.winner import Winner, at_their_schools
from schemas.records import Report, School

#: Where a school or a person is, between commas: no item of its own.
_WHERE = re.compile(r" ?(?:huyện|thành phố|tp\.?|tỉnh|quận|thị xã) [^,;]{2,40}$")
_BLOCK_OF_SCHOOLS = re.compile(r"(?:cụm|khối) (?:thi đua|trường|chuyên môn|các trường|số \d)")
_DECISION_SYMBOL = re.compile(r"/QĐ(?:-|$)")
_TEAM = re.compile(
    r"(?:(?:tập thể|nhóm|đội|cặp) )?(?:lớp|tổ|khối|đội|đoàn|nhóm|chi đội|chi đoàn|liên đội|phân hội|xã|phường"
    r"|thị trấn|cụm|công đoàn)"
    r" [^,;:.()]{1,30}(?: \([^()]{2,40}\))?"
    r"|(?:phòng|sở) (?:gd|giáo dục)[^,;:()]{2,50}"
    r"|(?:đoàn |đơn vị )?(?:huyện|quận|thị xã|thành phố|tp\.?) [^,;:()]{2,25}"
)
_TEAM_AGAIN = re.compile(rf"(?:[{CAPITAL}][^\W\d_]* )?\d{{1,2}}(?:[A-Za-zĐ/.]\d{{0,2}})?")
_UNIVERSITIES = ("Trường Đại học", "Đại học", "Học viện")
_OF_UNIVERSITY = (*_UNIVERSITIES, "ĐH ", "Trường ĐH ")
#: Between a school and the university whose it is: ``Trường THPT Chuyên A, Đại học B``, ``C (thuộc ĐH D - ĐH E)``.
_OF_PARENT = re.compile(r" ?[,(–-]? ?(?:(?:thuộc|của|trực thuộc|trong) )?(?:trường )?")
CLASS = re.compile(r"(?<!\w)\d{1,2}[A-ZĐa-e][\d.]{0,2}(?!\w)")  # a class by its code
_OF_GRADE = re.compile(r"(?:[Ll]ớp )?\d{1,2}")  # a whole grade is no team: ``các nhóm lớp 10, 11``
_SAME_NOUN = re.compile(r"(?:lớp|nhóm|tổ|đội) (?=[^\W\d_]+ \d)")
_BEFORE_CODE = re.compile(r"(?:[^\W\d_]+ )+(?=\d)")
#: What is given to others follows a list: ``cho Sở GD&ĐT A và trao Huân chương … cho bà B``.
_GIVES_MORE = re.compile(
    r" ?(?:(?:trao|tặng|khen|công nhận|xếp|đứng|đồng hạng)(?!\w)"
    r"|(?:\d{1,2} )?(?:cờ|cúp|giải|huy chương|hc[vbđ]|giấy khen|bằng khen) )"
)
_OFFICE = re.compile(
    r" ?(?:(?:các )?(?:đoàn|đơn vị) )?(?P<office>(?:phòng|sở) (?:gd|giáo dục)[^,;:()]{2,60}?"
    r"|cđ(?:cs|gd) [^,;:()]{2,40}?)"
    r" ?(?:\([^()]*\))?[.)]?$",
    re.M,
)
_NAMED = re.compile(rf"[{CAPITAL}][^\W\d_]+ [{CAPITAL}][^\W\d_]+ ?$")
_PARTS = re.compile(rf";|,(?!\d{{1,2}} ?%)| (?:và|&) (?=\w)| \+ (?=[{CAPITAL}][^\W\d_])")
_NO_ITEM = re.compile(r" ?(?:bộ môn|môn|lớp|khối|nội dung|năm học|học sinh lớp|giáo viên môn) ")
#: What somebody is, between commas of a list of people: ``bà A, nguyên Hiệu trưởng, trường B; …``.
_POST_ITEM = re.compile(
    r" ?(?:nguyên |phó |quyền |là )*(?:hiệu trưởng|hiệu phó|giáo viên|gv|giảng viên|bí thư|chủ tịch|giám đốc"
    r"|chuyên viên|trưởng (?:phòng|ban|khoa)|tổ (?:trưởng|phó)|tổng phụ trách|tpt|nhân viên|cán bộ|kế toán)(?!\w)"
)
_WORD = rf"[{CAPITAL}](?![{CAPITAL}])(?:'[{CAPITAL}])?[^\W\d_]*(?:'[{CAPITAL}]?[^\W\d_]+)?"
_CLASS = r"(?: (?:-? ?(?:lớp|[Hh]ọc sinh lớp) )?\(?\d{1,2}(?:[A-Za-zĐ/.]\d{0,2})?\)?)?(?: \([^()\d]{2,20}\)?)?"
# A name called alone in a list of names: ``Thoa``, ``em Ngân lớp 4A``, ``Thảo (Văn)`` beside ``Thảo (Anh)``.
_GIVEN = re.compile(rf"(?:(?:cô|thầy|em|đ/c|đồng chí|ông|bà|cháu|thị trấn|xã) )?{_WORD}(?: {_WORD}){{0,4}}{_CLASS}")
# ``Trần Đình Quế - Thị trấn``: a school by its own name behind its winner.
_OWN_HOME = re.compile(rf" ?(?:- ?|\()(?P<home>[{CAPITAL}][^\d,;:()\n]{{2,30}}?(?: \d)?)\)?\.? ?$", re.M)
_NAME_ALONE = re.compile(rf"(?P<name>{_WORD}(?: {_WORD})*)(?: \d(?![\w.]))?")
#: What follows the name of a school: the place where it is.
_BARE_NAME = re.compile(r",| \((?=(?:xã|phường|thị trấn|huyện|quận|thị xã|tp|thành phố|tỉnh)(?!\w))", re.I)
#: Between who hands something over and who gets it.
_HANDS_TO = re.compile(r"(?<!\w)(?:trao|tặng|thưởng|phát)(?!\w)[^,;.:]*(?<!\w)(?:cho|tới|đến)(?: \w+){0,3} $")
_NOUNS = (
    ("teacher", r"giáo viên|gv\w*|thầy|cô|nhà giáo|cán bộ|cbql|đồng chí|đ/c|viên chức|người lao động|cb[,-]"),
    ("student", r"học sinh|hs|hsg|em|cháu|bé|trẻ|vđv|vận động viên|thí sinh|đội viên|sinh viên|học viên"),
    ("team", r"toàn đoàn|đồng đội|đội tuyển|đội|tập thể lớp|đoàn"),
    ("school", r"trường|nhà trường"),
    ("unit", r"tập thể|đơn vị|phòng|chi bộ|đảng bộ|công đoàn|liên đội|tổ|khối|cụm|toàn ngành"),
)
_NOUN = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{kind}>{forms})" for kind, forms in _NOUNS) + r")(?!\w)")


class Context:
    """Look-ups over one document that the award rules share."""

    def __init__(self, document: Document, found: Found) -> None:
        self.document = document
        reports = [record for record in found.get("report", ()) if isinstance(record, Report)]
        self.report_id = document.layer.id
        self.period = reports[0].period if reports else None
        self.title = reports[0].title or "" if reports else ""
        self.kind = reports[0].kind if reports else "khac"
        self.number = reports[0].number if reports else None
        self.issuer = (reports[0].issuer or "").lower() if reports else ""
        self._found = found
        self._guards = Guards(document, plan=self.kind in ("ke_hoach", "chuong_trinh"))
        self._contests = Contests(document)
        self.date = reports[0].date if reports else None
        when = self.period or self.date
        self._levels = Levels(document, self._contests, self.issuer, when=when)
        #: The level that a term of the lexicon names.
        self.level_of = self._levels.level_of
        # Of each discipline met the festival that it is part of, whose level it has.
        self._festivals: dict[tuple[int, int], tuple[int, int]] = {}
        self._atoms: dict[tuple[int, int], list[Atom]] = {}

    @property
    def city_level(self) -> str:
        """What ``cấp thành phố`` means here."""
        return self._levels.city_level

    @property
    def organizer_level(self) -> str | None:
        """The level of who holds the contest that the report is about; None where the opening says none."""
        return self._levels.organizer_level

    @cached_property
    def of_schools_block(self) -> bool:
        """Whether the report is about a block or cluster of schools that are compared with each other."""
        return _BLOCK_OF_SCHOOLS.search(f"{self.issuer} {self.title.lower()} {self.document.lower[:1200]}") is not None

    @cached_property
    def of_school(self) -> bool:
        """Whether a school issued the report."""
        return self.issuer.startswith(("trường", "trung tâm"))

    @cached_property
    def is_decision(self) -> bool:
        """Whether the report is a decision, by its kind, its symbol or the word that heads it."""
        if self.kind == "quyet_dinh" or _DECISION_SYMBOL.search(self.number or ""):
            return True
        texts = (self.document.lower[b.body : b.end].strip(" *:#") for b in self.document.blocks[:25])
        return any(text == "quyết định" for text in texts)

    @cached_property
    def schools(self) -> list[tuple[int, int, School]]:
        """The passages that name schools, in order, as ranges of the view."""
        spans = []
        for record in self._found.get("school", ()):
            if isinstance(record, School):
                for passage in record.evidence:
                    start = view_offset(self.document, passage.start)
                    spans.append((start, view_offset(self.document, passage.end - 1) + 1, record))
        return self._without_parents(sorted(spans, key=lambda item: item[:2]))

    def _without_parents(self, spans: list[tuple[int, int, School]]) -> list[tuple[int, int, School]]:
        """The passages without the universities that only tell whose the school right before them is."""
        kept: list[tuple[int, int, School]] = []
        last = -1
        for start, end, school in spans:
            university = school.name.startswith(_UNIVERSITIES)
            if not (university and last >= 0 and _OF_PARENT.fullmatch(self.document.lower, last, start)):
                kept.append((start, end, school))
            last = end
        return kept

    def atoms(self, start: int, end: int) -> list[Atom]:
        """The prizes and medals mentioned in a range; read once."""
        if (start, end) not in self._atoms:
            self._atoms[start, end] = find_atoms(self.document.text, self.document.lower, start, end)
        return self._atoms[start, end]

    def schools_in(self, start: int, end: int) -> list[tuple[int, int, School]]:
        """The school passages inside a range."""
        first = bisect_left(self._school_starts, start)
        last = bisect_left(self._school_starts, end, first)
        return [item for item in self.schools[first:last] if item[1] <= end]

    def in_school(self, at: int) -> bool:
        """Whether a position stands inside the name of a school."""
        first = bisect_left(self._school_starts, at - 80)
        return any(
            start <= at < end for start, end, _ in self.schools[first : bisect_left(self._school_starts, at + 1)]
        )

    @cached_property
    def _school_starts(self) -> list[int]:
        return [start for start, _, _ in self.schools]

    def is_wish(self, block: Block, start: int, end: int) -> bool:
        """Whether the clause around a range says wish, target, rule or denial."""
        return self._guards.is_wish(block, start, end)

    def contest(self, block: Block, at: int, end: int | None = None) -> tuple[int, int] | None:
        """The nearest contest named before a position: in its block, else in the heads above.

        Of a festival it is the discipline that a label or a heading tells.
        """
        found = self._contests.contest(block, at, end)
        if found is None:
            return self._contests.won_for_title(block, at)
        found = self._contests.meant(found) if self._contests.is_vague(found) else self._contests.in_full(found)
        part = discipline(self.document, block, (at, end or at), found)
        if part is None and (told := of_festival(self.document, block, found, self.titled_contest, self.main_contest)):
            part, found = told
        if part:
            self._festivals[part] = found
        return part or found

    def is_emulation(self, contest: tuple[int, int] | None) -> bool:
        """Whether what was ranked is the emulation of a block of schools, or is not named in a report of such."""
        return self.of_schools_block and (contest is None or "thi đua" in self.document.lower[slice(*contest)])

    def names_contest(self, contest: tuple[int, int]) -> bool:
        """Whether the words for a contest name it, and do not only speak of one: ``hội thi này``."""
        return not self._contests.is_vague(contest)

    def level(
        self,
        block: Block,
        start: int,
        end: int,
        contest: tuple[int, int] | None,
        others: Sequence[tuple[int, int]] = (),
    ) -> str | None:
        """The level of an award, of a discipline that of its festival; see `Levels.level`."""
        whole = self._festivals.get(contest, contest) if contest else None
        return self._levels.level(block, start, end, whole, others)

    def named_contest(self, start: int, end: int) -> tuple[int, int] | None:
        """The last contest that a range names itself; None where it names none."""
        found = self._contests.named(start, end)
        return None if found is None or self._contests.is_vague(found) else self._contests.in_full(found)

    @property
    def main_contest(self) -> tuple[int, int] | None:
        """The contest that the document names in full first."""
        return self._contests.main

    @property
    def titled_contest(self) -> tuple[int, int] | None:
        """The contest that the document's title is about."""
        return self._contests.titled

    def entrants(self, block: Block, at: int, contest: tuple[int, int] | None, *, people: bool = True) -> int | None:
        """How many took part, as said last before a position; see `entrants`. ``people``: no teams won."""
        alone = people and contest is not None and self._contests.is_alone and self._levels.is_main(contest)
        return entrants(self.document, block, at, contest, alone=alone)

    def recipient_kind(self, start: int, end: int) -> str | None:
        """The kind of recipient that the last noun of a range names."""
        kinds = [match.lastgroup for match in _NOUN.finditer(self.document.lower, start, end)]
        return kinds[-1] if kinds else None

    def children(self, block: Block) -> list[Block]:
        """The blocks that stand right under a block, in order."""
        return [other for other in self.document.blocks if other.parent == block.index]

    def person_kind(self, start: int, end: int) -> str | None:
        """``teacher`` or ``student`` by the last noun of a range that tells; None where none does."""
        kinds = (m.lastgroup for m in _NOUN.finditer(self.document.lower, start, end))
        return next((kind for kind in reversed([*kinds]) if kind in ("teacher", "student")), None)

    def winners(self, start: int, end: int) -> list[Winner]:
        """The people and schools that a list names (``A – trường X; B và C``); [] where it is no such list."""
        items: list[Winner] = []
        for first, last in self.items(start, end):
            if items and _GIVES_MORE.match(self.document.lower, first, last):
                break
            if _NO_ITEM.match(self.document.lower, first, last):
                # ``em A, môn Sinh học - THCS X``: the subject is no winner, the school is where the pupil is from.
                if (homes := self.schools_in(first, last)) and items and items[-1].person and not items[-1].school:
                    start, end, school = homes[0]
                    items[-1] = replace(items[-1], school=school, school_text=self.document.value(start, end))
                continue
            winner = self.winner(first, last)
            if winner is None and not (items and items[-1].person):
                winner = self._office(first, last)
            aside = (
                _WHERE.match(self.document.lower, first, last)
                or (items and items[-1].person and _POST_ITEM.match(self.document.lower, first, last))
                or (items and items[-1].school and self._tells_where(first, last))
            )
            if winner is None and items and aside:
                continue
            if winner is None:
                break
            items.append(winner)
        return self.merged(items)

    def _office(self, start: int, end: int) -> Winner | None:
        """The office or union by its name that is one item of a list: ``Phòng GD&ĐT huyện A``; None for none."""
        match = _OFFICE.match(self.document.lower, start, end)
        if match is None:
            return None
        first, last = match.span("office")
        return Winner(first, last, None, None, None, self.document.value(first, last))

    def _tells_where(self, start: int, end: int) -> bool:
        """Whether a range names the province or the university of the school before it: ``trường B, Hải Phòng``."""
        named = self.document.text[start:end].strip(" .")
        return fold(named) in gazetteer().provinces or named.removeprefix("thuộc ").startswith(_OF_UNIVERSITY)

    def teams(self, start: int, end: int) -> list[Winner]:
        """The classes, groups and teams of a list of nothing else: ``lớp Lớn 1, Lớn 3``, ``tổ 2 và tổ 5``; else []."""
        teams: list[Winner] = []
        for first, last in self.items(start, end):
            first += len(self.document.text[first:last]) - len(self.document.text[first:last].lstrip())
            last = first + len(self.document.text[first:last].rstrip(" .)"))
            again = bool(teams) and _TEAM_AGAIN.fullmatch(self.document.text, first, last)
            code = CLASS.fullmatch(self.document.text, first, last)
            if not again and not code and not _TEAM.fullmatch(self.document.lower, first, last):
                return []
            called = self.document.value(first, last)
            if again and not code and (noun := _SAME_NOUN.match(teams[0].unit or "")):
                called = noun.group(0) + called  # "lớp Lá 1, Lá 3"
            elif again and code and (head := _BEFORE_CODE.match(teams[0].unit or "")):
                called = head.group(0) + called  # "chi đội 7A1, 6A1"
            teams.append(Winner(first, last, None, None, None, called))
        return [] if all(_OF_GRADE.fullmatch(team.unit or "") for team in teams) else teams

    def groups(self, start: int, end: int, noun: str) -> list[Winner]:
        """The groups of one kind that a list names, the kind said once or with each: ``tổ Văn và Sử``."""
        groups = []
        for first, last in self.items(start, end):
            first += len(self.document.text[first:last]) - len(self.document.text[first:last].lstrip())
            called = self.document.value(first, last).strip()
            groups.append(
                Winner(first, last, None, None, None, called if called.lower().startswith(noun) else f"{noun} {called}")
            )
        return groups

    def given_names(self, start: int, end: int) -> list[Winner]:
        """People called by their given names, or schools by their own, in a list of nothing else (``Thoa, Hiên``)."""
        text = self.document.text
        ranges = [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in self.items(start, end)]
        if not ranges or not all(_GIVEN.fullmatch(text[a:b].rstrip(" .)")) for a, b in ranges):
            return []
        if all(text[a:b].strip(" .)").lower() in GRADES for a, b in ranges):
            return []  # "3 Huân chương Lao động (Nhất, Nhì, Ba)"
        if any(is_subject(text[a:b].rstrip(" .)0123456789")) for a, b in ranges):
            return []  # "3 giải Ba (Địa 2, Sử 1)"
        winners = []
        for first, last in ranges:
            match = _NAME_ALONE.search(text, first, last)
            if match:
                school = self.school_at(*match.span())
                start, end = match.span() if school else match.span("name")
                spelling = self.document.value(start, end)
                winners.append(Winner(start, end, None if school else spelling, school, spelling if school else None))
        return winners

    def school_at(self, start: int, end: int) -> School | None:
        """The school that a range names by its own name only; None where it names none of the report's."""
        if self.document.lower[start:end] == "thị trấn":
            level = self.document.level(self.document.block_at(start))
            towns = {
                s.name: s for _, _, s in self.schools if s.own_name.startswith("Thị trấn") and level in (None, s.level)
            }
            return next(iter(towns.values())) if len(towns) == 1 else None
        return resolve_school(self.document, self._found.get("school", ()), start, end)

    def merged(self, winners: Iterable[Winner]) -> list[Winner]:
        """The winners, a school that only tells where the person before it is from put to that person."""
        return at_their_schools(self.document.lower, winners)

    def items(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The parts of a list, as ranges between commas, semicolons and ``và``, a name's brackets with it."""
        text, ranges, position = self.document.text, [], start
        for match in _PARTS.finditer(text, start, end):
            opened = text.rfind("(", position, match.start())
            inside = opened > text.rfind(")", position, match.start())
            if inside and _NAMED.search(text, position, opened):
                continue  # "A (Trường B, phường C); D (…)": where the one before the bracket is from
            if self.in_school(match.start()):
                continue  # "Trường Tiểu học và THCS A", "Trường Mầm non B, xã C"
            ranges.append((position, match.start()))
            position = match.end()
        ranges.append((position, end))
        return [(a, b) for a, b in ranges if text[a:b].strip(" .:-()")]

    def winner(self, start: int, end: int) -> Winner | None:
        """The person or school that one item of a list names; None where it names neither."""
        names = find_names(self.document, start, end)
        schools = self.schools_in(start, end)
        inside = [n for n in names if not any(a <= n.start < b for a, b, _ in schools)] if schools else list(names)
        if not inside and not schools:
            return None
        if len(inside) > 1 and _HANDS_TO.search(self.document.lower, inside[0].end, inside[1].start):
            inside = inside[1:]  # "cô A trao phần thưởng cho em B": the one who gets it
        if not schools and (home := _OWN_HOME.match(self.document.text, inside[0].end, end)):
            school = self.school_at(*home.span("home"))
            if school:
                schools = [(home.start("home"), home.end("home"), school)]
        first = min([n.start for n in inside] + [a for a, _, _ in schools])
        last = max([n.end for n in inside] + [b for _, b, _ in schools])
        return Winner(
            first,
            last,
            self.document.value(inside[0].start, inside[0].end) if inside else None,
            schools[0][2] if schools else None,
            _BARE_NAME.split(self.document.value(schools[0][0], schools[0][1]))[0] if schools else None,
        )
