"""What an award inherits from the text around it: contest, level, entrants, who won it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors._shared.document import Block, Document, Found
from extractors._shared.names import find_names
from extractors._shared.numbers import view_offset
from extractors._shared.view import CAPITAL
from schemas.records import Report, School

# A contest's name: from its cue to the first sign or verb that ends a noun phrase.
_CONTEST = re.compile(
    r"(?<![\w])(?:(?:hội|cuộc|kỳ|kì|vòng|đợt) (?:chung kết |sơ khảo )?(?:thi|giảng|thao|diễn|trại)|giao lưu|liên hoan|ngày hội|hội khỏe"
    r"|sân chơi|olympic|violympic|ioe|tntv|trạng nguyên|hkpđ|hsg|học sinh giỏi|hội thao|tin học trẻ|khkt"
    r"|giải (?:thể thao|bóng|bơi|điền kinh|cờ|việt dã|vô địch|cầu lông|toán|aerobic|thưởng)|robot\w*|(?:(?<=tham gia )|(?<=tham dự )|(?<=dự ))giải (?:quốc gia|quốc tế|toàn quốc|khu vực)|(?<!dự )thi (?!đua|hành|thố|công|lại|là|vào lớp))"
    r"(?:\"[^\"\n]*\"|“[^”\n]*”|[^,;:.()\n\"“]|(?<=\d)[.,](?=\d))*?"
    r"(?=\s*(?:[,;:.()\n]|$| - (?!tiếng|toán|văn))|\s(?:có|đạt|đoạt|giành|dành|kết quả|được|do|gồm|tổng số|với|đã|toàn đoàn|trong đó|là|tổ chức|nhằm|tham gia có|xếp)\s)"
)
_NO_ITEM = re.compile(r" ?(?:bộ môn|môn|lớp|khối|nội dung|năm học|học sinh lớp|giáo viên môn) ")
_GIVEN = re.compile(rf"(?:cô |thầy |em )?[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+(?: [{CAPITAL}])?(?: [{CAPITAL}](?![{CAPITAL}])[^\W\d_]+)?(?: (?:lớp )?\(?\d{{1,2}}\w?\d?\)?)?")
_NAME_ALONE = re.compile(rf"[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+(?: [{CAPITAL}][^\W\d_]*)*")
_HOME = re.compile(r"(?<!\w)(?:học sinh|hs|lớp \w+|hiệu trưởng|hiệu phó|tổ trưởng|tổng phụ trách|giáo viên|gv|của|tại|trường|công tác tại|đơn vị)[^,;:()]{0,20}$")
_LATER = re.compile(r"(?<!\w)(?:tại|trong|ở|trong khuôn khổ) $")
_SUBJECT_MATTER = re.compile(r" ?\(?(?P<name>(?:bộ )?môn [^,;:.()\n]{2,50}?|nội dung [^,;:.()\n]{2,50}?)(?=[,;:.()\n]|$| và )")
#: A contest ``huyện X`` is one of the district, though it does not say ``cấp huyện``.
_BODIES = {"huyện": "huyen", "quận": "huyen", "thị xã": "huyen", "tỉnh": "tinh", "trường": "truong", "cụm": "cum", "xã": "xa", "phường": "xa"}
_BARE_BODY = re.compile(r"(?<!\w)(?:" + "|".join(_BODIES) + r")(?!\w)")
_BARE_LEVEL = re.compile(r"(?:kết quả )?(?:vòng |cấp )(?:trường|cụm|huyện|tỉnh|thành phố|quận|thị xã|khu vực|quốc gia)")
_RESULT = re.compile(r"(?:kết quả|cụ thể|giải (?:nhất|nhì|ba|khuyến khích|cá nhân|tập thể|toàn đoàn)|toàn đoàn|cá nhân|tập thể|đồng đội|nhất|nhì|trong đó|về )(?!\w)")
_NOT_CONTEST = re.compile(r"thi đua|thi hành|thi công|kỳ thi tuyển")
_NOUNS = (
    ("teacher", r"giáo viên|gv\w*|thầy|cô|nhà giáo|cán bộ|cbql|đồng chí|đ/c|viên chức|người lao động|cb[,-]"),
    ("student", r"học sinh|hs|hsg|em|cháu|bé|trẻ|vđv|vận động viên|thí sinh|đội viên|sinh viên|học viên"),
    ("team", r"toàn đoàn|đồng đội|đội tuyển|đội|tập thể lớp|đoàn"),
    ("school", r"trường|nhà trường"),
    ("unit", r"tập thể|đơn vị|phòng|chi bộ|đảng bộ|công đoàn|liên đội|tổ|khối|cụm|toàn ngành"),
)
_NOUN = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{kind}>{forms})" for kind, forms in _NOUNS) + r")(?!\w)")
_ENTRANTS = re.compile(
    r"(?P<a>\d[\d.]*) (?:lượt )?(?:em|học sinh|hs|giáo viên|gv|vđv|vận động viên|thí sinh|cán bộ|đồng chí|dự án|sản phẩm|đề tài|đội|bài dự thi|trường|đơn vị|cháu)"
    r"(?: [^.;:,()\d]{0,25})?(?<!\w)(?:tham gia|tham dự|dự thi)(?!\w)"
    r"|(?:tham gia|tham dự|dự thi)(?: dự thi| thi| hội thi| cuộc thi)?(?: là| có|:| gồm)?(?: tổng số)? (?P<b>\d[\d.]*) (?:em|học sinh|hs|giáo viên|gv|vđv|thí sinh|đồng chí|dự án|sản phẩm|đội)"
)
_CENTRAL_CITIES = re.compile(r"(?:thành phố|tp\.?|sở [^\n]{0,40}) (?:hà nội|hải phòng|đà nẵng|hồ chí minh|cần thơ|huế)")
#: A block under such a heading tells what is wanted, not what was obtained.
_AHEAD = re.compile(
    r"phương hướng|nhiệm vụ trọng tâm|mục tiêu|chỉ tiêu (?:phấn đấu|đăng ký|cụ thể)|kế hoạch|giải pháp|kiến nghị|đề xuất|đăng ký thi đua"
    r"|nhiệm vụ (?:và giải pháp|năm học|chủ yếu|học kỳ (?:ii|2))"
)
_REVIEW = re.compile(r"kết quả|đánh giá|tổng kết|sơ kết|thành tích|ưu điểm|đã đạt|tình hình")
_WISH = re.compile(
    r"(?<!\w)(?:phấn đấu|đề nghị|chỉ tiêu|dự kiến|mục tiêu|cơ cấu giải|mỗi giải|trị giá|không đạt|chưa đạt|chưa có|không có|đăng ký|xét tặng|sẽ|nhằm|hướng tới|tiêu chí|nếu|quy định)(?!\w)"
)


@dataclass(frozen=True)
class Winner:
    """Who won: a person's name, a school, or both, and where they are named."""

    start: int
    end: int
    person: str | None
    school: School | None
    school_text: str | None


class Context:
    """Look-ups over one document that the award rules share."""

    def __init__(self, document: Document, found: Found) -> None:
        self.document = document
        reports = [record for record in found.get("report", ()) if isinstance(record, Report)]
        self.report_id = document.layer.id
        self.period = reports[0].period if reports else None
        self.title = reports[0].title or "" if reports else ""
        self.kind = reports[0].kind if reports else "khac"
        self.plan = bool(reports) and reports[0].kind in ("ke_hoach", "chuong_trinh")
        self._found = found

    @cached_property
    def schools(self) -> list[tuple[int, int, School]]:
        """The passages that name schools, in order, as ranges of the view."""
        spans = []
        for record in self._found.get("school", ()):
            if isinstance(record, School):
                for passage in record.evidence:
                    start = view_offset(self.document, passage.start)
                    spans.append((start, view_offset(self.document, passage.end - 1) + 1, record))
        return sorted(spans, key=lambda item: item[:2])

    @cached_property
    def city_level(self) -> str:
        """What ``cấp thành phố`` means here: a city under the centre is a province."""
        return "tinh" if _CENTRAL_CITIES.search(self.document.lower) else "huyen"

    def schools_in(self, start: int, end: int) -> list[tuple[int, int, School]]:
        """The school passages inside a range."""
        return [item for item in self.schools if start <= item[0] and item[1] <= end]

    def is_ahead(self, block: Block) -> bool:
        """Whether the block stands under a heading about plans and targets."""
        lowered = self.document.lower
        heads = [lowered[b.body : b.end] for b in self.document.ancestors(block) if b.kind == "heading"]
        for head in heads:
            if _REVIEW.search(head):
                return False
            if _AHEAD.search(head):
                return True
        return self.plan

    def is_wish(self, block: Block, start: int, end: int) -> bool:
        """Whether the clause around a range says wish, target, rule or denial."""
        lowered = self.document.lower
        left = max(self.document.sentence_at(start)[0], lowered.rfind(";", block.start, start), block.start)
        return bool(_WISH.search(lowered, left, start)) or self.is_ahead(block)

    def contest(self, block: Block, at: int, end: int | None = None) -> tuple[int, int] | None:
        """The nearest contest named before a position: in its block, else in the heads above."""
        lowered = self.document.lower
        if match := _CONTEST.match(lowered, (end or at) + 1, block.end):
            if match.end() - match.start() > 8:
                return match.span()
        best: tuple[int, int] | None = None
        for match in _CONTEST.finditer(lowered, block.body, block.end):
            if match.start() >= at:
                break
            if match.end() - match.start() > 8 or match.group(0) in ("ioe", "tntv", "hkpđ", "khkt", "hsg"):
                best = match.start(), min(match.end(), at) if match.end() > at else match.end()
        if best and not _NOT_CONTEST.match(lowered, *best):
            return best
        stop = self.document.sentence_at(at)[1]
        for match in _CONTEST.finditer(lowered, at, stop):
            if _LATER.search(lowered, at, match.start()) and match.end() - match.start() > 8:
                return match.start(), match.end()
        for above in self._above(block):
            start, end = self.document.head(above)
            if above.parent == block.parent:
                end = above.end
            if (match := _CONTEST.search(lowered, start, end)) and not _NOT_CONTEST.match(lowered, match.start()):
                return match.start(), match.end()
        if match := self._titled:
            return match
        if match := _SUBJECT_MATTER.search(lowered, at, min(stop, at + 70)):
            return match.span("name")
        return None

    @cached_property
    def _titled(self) -> tuple[int, int] | None:
        """The contest that the document's title is about."""
        for block in self.document.blocks[:40]:
            if block.kind == "title" and (match := _CONTEST.search(self.document.lower, block.body, block.end)):
                return None if _NOT_CONTEST.match(match.group(0)) else match.span()
        return None

    def _above(self, block: Block) -> Iterator[Block]:
        """The heads above a block; before them, where its own head is a bare level, its elder siblings."""
        document = self.document
        if _BARE_LEVEL.fullmatch(document.lower, *document.head(block)) or _RESULT.match(document.lower, block.body, block.end):
            blocks = document.blocks[max(0, block.index - 6) : block.index]
            yield from (other for other in reversed(blocks) if other.parent == block.parent)
        yield from document.ancestors(block)

    def level(self, block: Block, start: int, end: int, contest: tuple[int, int] | None, *, within: str = "") -> str | None:
        """The level of an award: said behind it, in its contest, before it, or in the heads above.

        ``within`` holds further signs beyond which what is said behind it counts no more.
        """
        doc = self.document
        stop = min((p for p in (doc.text.find(sign, end, block.end) for sign in ";.:(" + within) if p >= 0), default=block.end)
        near = doc.terms("level", max(block.start, start - 16), start)
        if near and doc.text[near[-1].end : start] == " ":
            return self._level(near[-1].id)  # ``cấp huyện 12 giải``
        ranges = [(start, min(stop, end + 60))]
        if contest:
            ranges.append(contest)
        ranges.append((max(doc.text.rfind(".", block.start, start), block.start), start))
        ranges.append((block.start, start))
        for first, last in ranges:
            terms = doc.terms("level", first, last)
            if terms:
                return self._level(terms[0].id if first >= start else terms[-1].id)
        if contest and (bodies := _BARE_BODY.search(doc.lower, *contest)):
            return _BODIES[bodies.group(0)]
        for above in doc.ancestors(block):
            if terms := doc.terms("level", *doc.head(above)):
                return self._level(terms[-1].id)
        for other in doc.blocks[:40]:
            if other.kind == "title" and (terms := doc.terms("level", other.body, other.end)):
                return self._level(terms[-1].id)
        return None

    def _level(self, term: str) -> str:
        return self.city_level if term == "thanh_pho" else term

    def entrants(self, block: Block, at: int) -> int | None:
        """How many took part, as said last before a position in the same block."""
        count = None
        for match in _ENTRANTS.finditer(self.document.lower, block.body, at):
            count = int((match["a"] or match["b"]).replace(".", ""))
        return count

    def recipient_kind(self, start: int, end: int) -> str | None:
        """The kind of recipient that the last noun of a range names."""
        kind = None
        for match in _NOUN.finditer(self.document.lower, start, end):
            kind = match.lastgroup
        return kind

    def children(self, block: Block) -> list[Block]:
        """The blocks that stand right under a block, in order."""
        return [other for other in self.document.blocks if other.parent == block.index]

    def person_kind(self, start: int, end: int) -> str | None:
        """``teacher`` or ``student`` by the last noun of a range that tells; None where none does."""
        kinds = [m.lastgroup for m in _NOUN.finditer(self.document.lower, start, end) if m.lastgroup in ("teacher", "student")]
        return kinds[-1] if kinds else None

    def winners(self, start: int, end: int) -> list[Winner]:
        """The people and schools that a list names (``A – trường X; B và C``); [] where it is no such list.

        An item that names neither makes the whole range no list of winners.
        """
        items: list[Winner] = []
        for first, last in self.items(start, end):
            if _NO_ITEM.match(self.document.lower, first, last):
                continue
            winner = self.winner(first, last)
            if winner is None:
                break
            items.append(winner)
        return self.merged(items)

    def given_names(self, start: int, end: int) -> list[Winner]:
        """People called by their given names only, in a list of nothing else (``Thoa, Hưởng, Hiên``)."""
        text = self.document.text
        ranges = [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in self.items(start, end)]
        if not ranges or not all(_GIVEN.fullmatch(text[a:b].rstrip(" .)")) for a, b in ranges):
            return []
        winners = []
        for first, last in ranges:
            match = _NAME_ALONE.search(text, first, last)
            if match:
                winners.append(Winner(match.start(), match.end(), self.document.value(*match.span()), None, None))
        return winners

    def merged(self, winners: Iterable[Winner]) -> list[Winner]:
        """The winners, a school that only tells where the person before it is from put to that person."""
        items: list[Winner] = []
        for winner in winners:
            before = self.document.lower[max(0, winner.start - 30) : winner.start]
            home = winner.school and not winner.person and (_HOME.search(before) or before.rstrip().endswith((",", "(", "-")))
            if home and items and items[-1].person and not items[-1].school:
                items[-1] = replace(items[-1], school=winner.school, school_text=winner.school_text, end=winner.end)
            else:
                items.append(winner)
        return items

    def items(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The parts of a list, as ranges between commas, semicolons and ``và``."""
        text, ranges, position = self.document.text, [], start
        for match in re.compile(r"[,;]| và (?=\w)").finditer(text, start, end):
            ranges.append((position, match.start()))
            position = match.end()
        ranges.append((position, end))
        return [(a, b) for a, b in ranges if text[a:b].strip(" .:-()")]

    def winner(self, start: int, end: int) -> Winner | None:
        """The person or school that one item of a list names; None where it names neither."""
        names = find_names(self.document, start, end)
        schools = self.schools_in(start, end)
        if schools:
            inside = [n for n in names if not any(a <= n.start < b for a, b, _ in schools)]
        else:
            inside = list(names)
        if not inside and not schools:
            return None
        first = min([n.start for n in inside] + [a for a, _, _ in schools])
        last = max([n.end for n in inside] + [b for _, b, _ in schools])
        return Winner(
            first,
            last,
            self.document.value(inside[0].start, inside[0].end) if inside else None,
            schools[0][2] if schools else None,
            self.document.value(schools[0][0], schools[0][1]) if schools else None,
        )
