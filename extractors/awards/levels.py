"""At what level an award was won: as it says itself, as its contest says, or as who holds the contest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from extractors._shared.document import Block, Document, Term
from extractors._shared.places import fold, gazetteer
from extractors.awards.city import is_central
from extractors.awards.contest_names import kind_of
from extractors.awards.contests import Contests
from extractors.awards.level_totals import BARE_LEVELS, LABELLED_LEVEL
from extractors.awards.verbs import WIN

_ORGANIZERS = (
    *(("sở", "tinh"), ("ubnd tỉnh", "tinh"), ("phòng", "huyen"), ("ubnd huyện", "huyen"), ("ubnd quận", "huyen")),
    *(("ubnd thị xã", "huyen"), ("ubnd xã", "xa"), ("ubnd phường", "xa"), ("tỉnh đoàn", "tinh")),
    *(("hội đồng đội tỉnh", "tinh"), ("huyện đoàn", "huyen"), ("quận đoàn", "huyen"), ("thị đoàn", "huyen")),
    *(("hội đồng đội", "huyen"),),
)
#: The level of a contest that a body announces itself.
_ISSUERS = (("sở ", "tinh"), ("phòng ", "huyen"), ("trường", "truong"))
#: Who issued a report: offices, governments, unions and their place; a school holds no contest of several.
_OFFICES = (
    (re.compile(r"(?<!\w)(?:sở|ubnd tỉnh|tỉnh đoàn|liên đoàn|(?:công đoàn|hội|ủy ban)[^,;\n]* tỉnh)(?!\w)"), "tinh"),
    (
        re.compile(
            r"(?<!\w)(?:phòng|ubnd (?:huyện|quận|thị xã)|(?:công đoàn|hội)[^,;\n]* (?:huyện|quận|thị xã))(?!\w)"
        ),
        "huyen",
    ),
    (re.compile(r"(?<!\w)(?:ubnd|ủy ban nhân dân) (?:xã|phường|thị trấn)(?!\w)"), "xa"),
)
#: Contests that somebody holds, and words that tell that those who report only took part.
_HELD = re.compile(r"(?:hội (?:thi|thao|giảng|diễn|khỏe|trại)|liên hoan|ngày hội|giao lưu|cuộc thi|giải (?!toán|quốc))")
_ONLY_JOINED = re.compile(r"(?<!\w)(?:tham gia|tham dự|dự|cử|đi)(?: [^\W\d_]+){0,3} $")
#: Characters of a report's opening, which tells who holds what.
_OPENING = 1800
_BRACKETS = re.compile(r" ?\([^()]*\)")
_ORGANIZER = re.compile(
    r"(?<!\w)(?P<body>sở (?:gd|giáo dục)|phòng (?:gd|giáo dục|văn hóa)|ubnd (?:tỉnh|huyện|quận|thị xã|thành phố"
    r"|xã|phường)|(?:tỉnh|huyện|quận|thị) đoàn"
    r"|hội đồng đội (?:tỉnh|huyện|quận|thị xã|thành phố))(?:[^.;\n]|(?<= t)\.|(?<= tp)\.){0,110}?"
    r" (?:tổ chức|bế mạc|khai mạc|tổng kết|công bố|trao giải)[^.;\n]{0,60}?(?:hội thi|hội thao|cuộc thi|kỳ thi"
    r"|hội khỏe|giải|vòng thi|hội giảng|liên hoan|ngày hội|giao lưu|sân chơi)"
)
_EVENT = r"(?:hội thi|hội thao|cuộc thi|kỳ thi|hội khỏe|hội giảng|liên hoan|ngày hội|hội diễn|giao lưu|giải|sân chơi)"
#: A school that holds a contest itself: ``Trường Tiểu học A tổ chức hội thi …``.
_AT_SCHOOL = re.compile(
    r"(?<!\w)(?:trường (?:tiểu học|th|mầm non|mn|mẫu giáo|thcs|thpt|pt)[^.,;:\n]{0,40}|nhà trường"
    r"|liên đội trường[^.;\n]{0,40})"
    rf" (?:đã |long trọng |vừa )*tổ chức (?:thành công |thi )?(?:chung kết |vòng \w+ )?[\"“]?{_EVENT}(?!\w)"
)
#: Where those who took part are from: ``thu hút 30 thí sinh là giáo viên … trong toàn xã``.
_FROM_ALL = re.compile(
    r"(?<!\w)(?:tham gia|tham dự|thu hút|đến từ|dự thi|quy tụ)(?!\w)[^\n]{0,140}?"
    r" (?:trên địa bàn|trong toàn|toàn|trong|thuộc) (?P<area>huyện|quận|thị xã|thành phố|tỉnh|xã|phường)"
    r"(?! đoàn| hội)(?!\w)"
)
#: A contest ``huyện X`` is one of the district, though it does not say ``cấp huyện``.
_BODIES = {"huyện": "huyen", "quận": "huyen", "thị xã": "huyen", "tỉnh": "tinh", "trường": "truong", "cụm": "cum"}
_BODIES |= {"xã": "xa", "phường": "xa", "thành phố": "thanh_pho"}
#: Who holds the contest just named: ``… do xã tổ chức``, ``… năm 2022 do Sở GD&ĐT phối hợp Tỉnh đoàn tổ chức``.
_HELD_BY = re.compile(
    r"[”\"]?(?: (?:năm(?: học)? [\d -]+|lần thứ \w+))?,? (?:được )?do (?P<by>[^.;:,()\n]{2,70}?) (?:đã )?tổ chức(?!\w)"
)
#: Who is told to hold a contest right before its name: ``nhà trường đã tổ chức thành công hội thi …``.
_HOST = re.compile(
    r"(?<!\w)(?:(?P<school>(?:nhà )?trường|liên đội|đoàn trường|chi đoàn|công đoàn(?: cơ sở)? trường|ban giám hiệu"
    r"|tổ chuyên môn)|(?:toàn |ngành |ubnd |phòng gd&đt |phòng gd-đt |sở gd&đt |công đoàn ngành )"
    r"(?P<area>xã|phường|huyện|quận|thị xã|tỉnh|thành phố))(?: (?!tham|cử|dự|được|đạt)[^\s,;:.()]+){0,6}?"
    r" (?:tổ chức|phát động|mở|đăng cai)(?: (?:thành công|tốt|được|các|cho|cho các em|cho học sinh|cuộc|hội|vòng"
    r"|thi|lễ|ra|hưởng ứng))*(?: \d{1,2})? [\"“]?$"
)
#: Not where several of them meet: ``Hội thi các trường PTDTBT huyện``.
_BARE_BODY = re.compile(r"(?<!\w)(?<!các )(?<!những )(?:" + "|".join(_BODIES) + r")(?!\w)")
_ENDS_IN_BODY = re.compile(r"(?<!\w)(" + "|".join(_BODIES) + r")(?:(?<=cụm) (?:số )?\d{1,2})?$")
_OF_CITY = re.compile(r"(?<!\w)t\.?p\.? (?=\w)")
#: Forms of a level that tell of the contest, not of the body that took part or gave something.
_STRONG = re.compile(
    r"cấp |vòng |giải |olympic |trại hè |duyên hải "
    r"|(?:khu vực|quốc gia|quốc tế|châu á|thế giới|đông nam á|cụm trường|toàn quốc)(?!\w)"
)
#: The numbers of a contest's edition and year, which count nothing.
_EDITION = re.compile(r"(?:lần|đợt|kỳ)(?: thứ)? \d{1,3}|năm(?: học)? \d{4}(?: ?[-–] ?\d{4})?")
#: What begins the words for the round of a contest.
_ROUND = ("cấp ", "vòng ")
#: ``được chọn dự thi quốc gia``.
_SENT = re.compile(
    r"(?<!\w)(?:được chọn|được cử|chọn|cử|lựa chọn|đại diện|đủ điều kiện|vào vòng|lọt vào)(?: [^\W\d_]+){0,4}?"
    r" (?:dự thi|dự|tham gia|tham dự|đi thi|thi|vào)(?: (?:kỳ thi|cuộc thi|hội thi|vòng|vòng thi))? $"
)
#: They won there: ``… dự thi quốc gia và đoạt giải Khuyến khích``.
_AND_WON = re.compile(
    rf"(?: [^\W\d_]+){{0,5}}(?:,| và| rồi)(?: (?:đã|xuất sắc|sau đó|tiếp tục|kết quả))* (?:{WIN}) (?:\d+ )?"
    r"(?:giải|hc|huy chương)"
)
#: Behind ``cấp trường`` where that is a kind of entrants: ``cấp trường THPT 19 giải``.
_OF_SCHOOLS = re.compile(r"(?<=cấp trường) (?:thpt|thcs|tiểu học|mầm non|trung học|th|mn)(?!\w)")
#: Before words of a level that are part of another name: ``Đại học Quốc gia``, ``đạt chuẩn quốc gia``.
_NO_LEVEL = ("viết thư ", "đội tuyển ", "đại học ", "đh ", "chuẩn ", "đhqg ")
#: An office that won, which tells nothing of the level: ``giải nhì Phòng GD&ĐT A, giải ba …``.
_OFFICE = ("phòng ", "sở ", "ubnd ")
_WON_BY = re.compile(
    r"(?:(?:giải|hạng) (?:nhất|nhì|ba|tư|kk|khuyến khích)|(?:^|[.:;,]|và|còn) ?(?:nhất|nhì|ba|khuyến khích))"
    r"(?: toàn đoàn)?(?: ?[:-]| là| thuộc về| (?:trao )?cho)?(?: (?:đội|đoàn|đơn vị|công đoàn))*"
    r"(?: (?:phòng|sở) [^.;:\d]{5,40}?(?:,| và)(?: đội| đoàn)?)? $"
)
#: A total right before the brackets that take it apart.
_TOTAL_BEFORE = re.compile(r"(?<![\w.,/])\d{1,4}(?: (?:giải|em|hs|học sinh|huy chương|hc))? ?$")
_BODY_BEHIND = re.compile(
    r"(?m) (?P<body>huyện|quận|thị xã|tỉnh|trường|cụm)"
    r"(?=(?: (?:số )?\d{1,2} ?)?(?:[,;.:)]|$)| với| năm| và| (?:bộ )?môn(?!\w))"
)


def _names_province(contest: str) -> bool:
    """Whether a contest has the name of a province: ``Kỳ thi chọn học sinh giỏi Vĩnh Phúc``."""
    provinces, words = gazetteer().provinces, contest.split()
    runs = (words[at : at + length] for length in (2, 3) for at in range(len(words) - length + 1))
    return any(all(word[0].isupper() for word in run) and fold(" ".join(run)) in provinces for run in runs)


class Levels:
    """The levels of the awards of one document."""

    def __init__(self, document: Document, contests: Contests, issuer: str, *, when: str | None = None) -> None:
        self.document = document
        self._contests = contests
        self._issuer = issuer
        self._when = when

    @cached_property
    def city_level(self) -> str:
        """What ``cấp thành phố`` means here: a city under the centre is a province; since 2025 all are."""
        return "tinh" if is_central(self.document.lower, self._when) else "huyen"

    @cached_property
    def organizer_level(self) -> str | None:
        """The level of who holds the contest that a report is about, as its opening says; None where it says none."""
        lowered = self.document.lower
        if match := _ORGANIZER.search(lowered, 0, _OPENING):
            body = match["body"]
            if body.endswith("thành phố"):
                return self.city_level
            return next(level for start, level in _ORGANIZERS if body.startswith(start))
        if _AT_SCHOOL.search(lowered, 0, _OPENING):
            return "truong"
        area = _FROM_ALL.search(lowered, 0, _OPENING)
        return self._body(area["area"]) if area else None

    def level(
        self,
        block: Block,
        start: int,
        end: int,
        contest: tuple[int, int] | None,
        others: Sequence[tuple[int, int]] = (),
    ) -> str | None:
        """The level of an award: said in it or behind it, else nearest before it (not in ``others``), else above it.

        Where none is said it is that of who issued the report on the contest or holds it.
        """
        found = self._said(block, start, end, contest, others)
        if found is None and contest is not None and contest == self._contests.titled:
            found = next((kind for body, kind in _ISSUERS if body in self._issuer), None)
        if found is None and contest is not None and (self._contests.main is None or self.is_main(contest)):
            found = self.organizer_level
        return found or (self._issued(contest) if contest is not None else None)

    def _issued(self, contest: tuple[int, int]) -> str | None:
        """The level of the office that reports on a contest which it held; None where others may have held it."""
        lowered = self.document.lower
        held = _HELD.match(lowered, *contest) is not None
        if not held or _ONLY_JOINED.search(lowered, max(0, contest[0] - 30), contest[0]):
            return None
        return next((level for office, level in _OFFICES if office.search(self._issuer)), None)

    def is_main(self, contest: tuple[int, int]) -> bool:
        """Whether a contest is the one that the report is about, named as in its title or shorter."""
        called = self._plainly(contest)
        mains = [self._plainly(main) for main in (self._contests.main, self._contests.titled) if main]
        return any(main.startswith(called) or called.startswith(main) for main in mains)

    def _plainly(self, contest: tuple[int, int]) -> str:
        """The name of a contest without brackets and short forms."""
        called = _BRACKETS.sub("", self.document.lower[slice(*contest)])
        return called.replace("hsg", "học sinh giỏi")

    def _said(
        self, block: Block, start: int, end: int, contest: tuple[int, int] | None, others: Sequence[tuple[int, int]]
    ) -> str | None:
        """The level as words tell it: beside the award, in its clause or contest, before it, in the heads above."""
        doc = self.document
        terms = [
            term
            for term in doc.terms("level", block.start, block.end)
            if not any(first <= term.start < last for first, last in [*others, *self._next_contests(block, contest)])
            and not self._names_no_level(term)
        ]
        found = (
            self._beside(block, start, end, terms)
            or self._of_contest_behind(block, end, contest)
            or (self._of_holder(contest, block) if contest else None)
            or self._of_contest_near(block, start, contest, terms)
            or self._strong(terms, self._clause(block, start), start)
            or self._of_label(block, start, contest, terms)
            or self._strong(doc.terms("level", *contest) if contest else [], 0, len(doc.text))
            or self._body_of(contest, start)
            or self._shared(block, end, terms)
            or self._closing(end, terms)
            or (self._of_host(contest) if contest else None)
        )
        if found is None:
            terms = self._not_of_others(terms, start, contest)
            found = self._strong(terms, block.start, start)
        if found is None and contest and (said := self._said_in(contest)):
            return said
        if found is None and (terms := [term for term in terms if term.end <= start]):
            return self.level_of(terms[-1])
        return found or self._of_heads(block) or (self._of_kin(contest) if contest else None)

    def _not_of_others(self, terms: list[Term], at: int, contest: tuple[int, int] | None) -> list[Term]:
        """The levels that may hold for an award whose own sentence names its contest: not those of other contests."""
        sentence_at = self.document.sentence_at
        own = sentence_at(at)
        if contest is None or sentence_at(contest[0]) != own:
            return terms
        others = {sentence_at(span[0]) for span in self._contests.spans if span != contest} - {own}
        return [term for term in terms if sentence_at(term.start) not in others]

    def _of_holder(self, contest: tuple[int, int], block: Block) -> str | None:
        """The level of who holds a contest, told right behind its name: ``hội thi “…” do xã tổ chức``."""
        match = _HELD_BY.match(self.document.lower, contest[1], max(contest[1], block.end))
        if match is None:
            return None
        terms = self.document.terms("level", *match.span("by"))
        body = _BARE_BODY.match(self.document.lower, *match.span("by"))
        return self.level_of(terms[0]) if terms else self._body(body.group(0)) if body else None

    def _of_host(self, contest: tuple[int, int]) -> str | None:
        """The level of who is told right before a contest to hold it: ``nhà trường tổ chức thi …``."""
        first, _ = self.document.sentence_at(contest[0])
        match = _HOST.search(self.document.lower, first, contest[0])
        if match is None:
            return None
        return "truong" if match["school"] else self._body(match["area"])

    def _names_no_level(self, term: Term) -> bool:
        """Whether words of a level only tell of whom: ``cấp trường THPT``, ``đội tuyển quốc gia``."""
        lowered = self.document.lower
        if _OF_SCHOOLS.match(lowered, term.end) or lowered.endswith(_NO_LEVEL, 0, term.start):
            return True
        if lowered.startswith(_OFFICE, term.start) and _WON_BY.search(lowered, max(0, term.start - 80), term.start):
            return True
        sent = _SENT.search(lowered, max(0, term.start - 60), term.start) is not None
        return sent and not _AND_WON.match(lowered, term.end)

    def _of_contest_behind(self, block: Block, end: int, contest: tuple[int, int] | None) -> str | None:
        """The level of the contest right behind an award: ``11 học sinh đạt giải HSG lớp 12 cấp tỉnh``."""
        if contest is None or not end <= contest[0] <= end + len(" tại các ") or contest[1] > block.end:
            return None
        if level := self._strong(self.document.terms("level", *contest), *contest):
            return level
        match = _ENDS_IN_BODY.search(self.document.lower, *contest)
        return self._body(match[1]) if match else None

    def _of_contest_near(self, block: Block, at: int, contest: tuple[int, int] | None, terms: list[Term]) -> str | None:
        """The level that the contest before an award tells, where none is told between: ``HSG tỉnh (2 Nhì)``."""
        if contest is None or not block.start <= contest[0] < contest[1] <= at:
            return None
        if self._strong(terms, contest[1], at) or self.document.sentence_at(contest[0]) != self.document.sentence_at(
            at
        ):
            return None
        return self._said_in(contest)

    def _of_label(self, block: Block, at: int, contest: tuple[int, int] | None, terms: list[Term]) -> str | None:
        """The level that labels a line of results of a contest named above it: ``Vòng tỉnh: 6 em (II: 1; KK: 5)``."""
        if not terms or terms[0].end > at or (contest and block.start <= contest[0] < block.end):
            return None
        opens = not self.document.text[block.body : terms[0].start].strip(" -+*•")
        return self.level_of(terms[0]) if opens and self.document.text.startswith((":", " :"), terms[0].end) else None

    def _next_contests(self, block: Block, contest: tuple[int, int] | None) -> list[tuple[int, int]]:
        """The contests of a block for which winners are chosen: their level is not that of what was won."""
        inside = [span for span in self._contests.spans if block.start <= span[0] < block.end and span != contest]
        return [span for span in inside if self._contests.sends_to(span)]

    def _of_kin(self, contest: tuple[int, int]) -> str | None:
        """The level of the nearest contest of the same kind that says one, those before it first."""
        lowered = self.document.lower
        kind = kind_of(lowered[slice(*contest)])
        spans = [span for span in self._contests.spans if kind and kind_of(lowered[slice(*span)]) == kind]
        spans = [span for span in spans if not self._contests.sends_to(span)]
        before = [span for span in reversed(spans) if span[0] < contest[0]]
        after = [span for span in spans if span[0] > contest[0]]
        return next((level for span in [*before, *after] if (level := self._said_in(span))), None)

    def _said_in(self, contest: tuple[int, int]) -> str | None:
        """The level that the name of a contest tells itself."""
        doc = self.document
        if level := self._strong(doc.terms("level", *contest), 0, len(doc.text)):
            return level
        if bodies := _BARE_BODY.search(doc.lower, *contest):
            return self._body(bodies.group(0))
        if _OF_CITY.search(doc.lower, *contest):
            return self.city_level
        return "tinh" if _names_province(doc.text[slice(*contest)]) else None

    def _body_of(self, contest: tuple[int, int] | None, at: int) -> str | None:
        """The level of a contest of the same sentence that ends in a body: ``Hội khỏe Phù Đổng tỉnh``."""
        doc = self.document
        if contest is None or doc.sentence_at(contest[0]) != doc.sentence_at(at):
            return None
        match = _ENDS_IN_BODY.search(doc.lower, *contest)
        return self._body(match[1]) if match else None

    def _body(self, word: str) -> str:
        return self.city_level if word == "thành phố" else _BODIES[word]

    def _clause(self, block: Block, start: int) -> int:
        text = self.document.text
        return max(text.rfind(".", block.start, start), text.rfind(";", block.start, start), block.start)

    def _beside(self, block: Block, start: int, end: int, terms: list[Term]) -> str | None:
        """``cấp huyện 12 giải``, ``12 giải cấp huyện``, ``giải Nhất môn Toán cấp huyện``."""
        doc = self.document
        before = [t for t in terms if t.end <= start and not doc.text[t.end : start].strip(" :")]
        if before and start - before[-1].end <= 2:
            return self.level_of(before[-1])
        total = self._taken_apart(block, start)
        if bare := LABELLED_LEVEL.search(doc.lower, max(block.body, total - 16), total + 1):
            level = BARE_LEVELS[bare["level"]]
            return self.city_level if level == "thanh_pho" else level
        stop = min((p for p in (doc.text.find(sign, end, block.end) for sign in ";.:(,") if p >= 0), default=block.end)
        if not doc.text[end - 1].isdigit() and (body := _BODY_BEHIND.match(doc.lower, end, block.end)):
            return _BODIES[body["body"]]
        behind = [t for t in terms if start <= t.start and t.end <= min(stop, end + 60)]
        behind = [t for t in behind if not re.search(r"\d", _EDITION.sub("", doc.lower[max(end, start) : t.start]))]
        # "cuộc thi viết thư quốc tế UPU cấp tỉnh": the round says it, not the name
        rounds = [t for t in behind if doc.lower.startswith(_ROUND, t.start)]
        return self.level_of((rounds or behind)[0]) if behind else None

    def _taken_apart(self, block: Block, at: int) -> int:
        """Where the total stands whose brackets hold a position (``tỉnh 4 giải (1 nhì, 3 KK)``); else the position."""
        text = self.document.text
        opened = text.rfind("(", block.body, at)
        if opened <= text.rfind(")", block.body, at):
            return at
        total = _TOTAL_BEFORE.search(self.document.lower, max(block.body, opened - 20), opened)
        return total.start() if total else at

    def _strong(self, terms: list[Term], start: int, end: int) -> str | None:
        lowered = self.document.lower
        fitting = [t for t in terms if start <= t.start and t.end <= end and _STRONG.match(lowered, t.start)]
        if len(fitting) > 1 and lowered[fitting[-2].end : fitting[-1].start] == " và " and fitting[-2].id == "quoc_te":
            return self.level_of(fitting[-2])  # "Olympic quốc tế và khu vực"
        return self.level_of(fitting[-1]) if fitting else None

    def _shared(self, block: Block, end: int, terms: list[Term]) -> str | None:
        """``2 giải Nhất, 3 giải Nhì cấp huyện``: one level behind several grades."""
        stop = min(
            (p for p in (self.document.text.find(s, end, block.end) for s in ";.:(") if p >= 0), default=block.end
        )
        between = [t for t in terms if end <= t.start and t.end <= min(stop, end + 70)]
        return self.level_of(between[0]) if between else None

    def _closing(self, end: int, terms: list[Term]) -> str | None:
        """The one level of a sentence, in the brackets that close it: ``Giải A: 1, giải B: 2 (cấp huyện)``."""
        doc = self.document
        first, last = doc.sentence_at(end - 1)
        inside = [term for term in terms if first <= term.start < last]
        opened = doc.text.rfind("(", end, last)
        if len(inside) != 1 or opened < 0 or not opened < inside[0].start:
            return None
        return self.level_of(inside[0]) if doc.text[opened:last].rstrip(" .;").endswith(")") else None

    def _of_heads(self, block: Block) -> str | None:
        doc = self.document
        for above in doc.ancestors(block):
            if terms := doc.terms("level", *doc.head(above)):
                return self.level_of(terms[-1])
        for other in doc.blocks[:40]:
            if other.kind == "title" and (terms := doc.terms("level", other.body, other.end)):
                return self.level_of(terms[-1])
        return None

    def level_of(self, term: Term) -> str:
        """The level that a term of the lexicon names."""
        return self.city_level if term.id == "thanh_pho" else term.id
