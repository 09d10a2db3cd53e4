"""Which contest an award was won in."""

from __future__ import annotations

import re
from functools import cached_property

from extractors._shared.document import Block, Document
from extractors.awards.contest_heads import heads_above, titled_in_full
from extractors.awards.contest_labels import (
    ACTIVITY,
    bare_level,
    behind_discipline,
    own_discipline,
    subject_told,
    told_before_colon,
)
from extractors.awards.contest_names import CONTEST, contests_in, joins_two
from extractors.awards.item_contests import contest_of_item
from extractors.awards.named_prizes import titled_prize

#: What a contest's name begins with where it is no mere activity: ``hội thi …``, not ``thi viết``.
_PROPER = re.compile(r"(?:hội|cuộc|kỳ|kì|ngày hội|giao lưu|liên hoan|olympic|giải) ?")
_SHORT = frozenset({"ioe", "tntv", "hkpđ", "khkt", "hsg"})
_LATER = re.compile(
    r"(?<!\w)(?:(?:tại|trong|ở|trong khuôn khổ)(?: các| những)?"
    r"|về(?: (?:các|kết quả|điểm trung bình|chất lượng|số lượng|thành tích|tỷ lệ|tỉ lệ|tỷ lệ đỗ|tỉ lệ đỗ))*) $"
)
# ``giải Nhì quốc gia cuộc thi …``, ``giải Ba toàn đoàn tại hội thi …``: what stands between a prize and its contest.
_BEHIND = re.compile(
    r" ?(?:(?:cấp (?:quốc gia|thành phố|quốc tế|khu vực|toàn quốc|\w+)|quốc gia|toàn quốc|toàn tỉnh|toàn đoàn"
    r"|(?:thành phố|tỉnh|huyện|quận|thị xã)(?= (?:thi|hội|cuộc|kỳ|kì)(?!\w))|đồng đội|cá nhân|tập thể|chung cuộc"
    r"|tại|trong|ở|các|những"
    r"|của|(?:nội dung|môn)(?: \w+){1,4}?(?= (?:tại|trong|ở|của|cấp|các|toàn|hội|cuộc|kỳ|kì|giải)(?!\w))) )+"
)
_AFTER_NUMBER = re.compile(r"\d $")
_COUNTED_PUPILS = re.compile(r"(?:học sinh giỏi|hsg|hs giỏi)(?!\w)")
#: ``Đội tuyển học sinh giỏi của trường đạt 25 giải``: what a team is for.
OF_SQUAD = re.compile(
    r"đội tuyển (?P<name>(?:học sinh giỏi|hsg|hs giỏi)(?: (?:lớp \d+|quốc gia|tỉnh|huyện|cấp \w+|môn \w+))*)(?!\w)"
)
_COUNTED = re.compile(r"(?:giải|huy chương|hc\w|em|học sinh|hs|sản phẩm|\d)[ :]*$")
#: Characters of a contest's name that says more than ``hội thi này``.
_FULL = 16
_ANAPHOR = re.compile(r" (?:này|đó|trên|nói trên|năm nay)$")
#: The next contest, to which winners are sent: ``được chọn dự thi cấp quốc gia``.
_SENT_TO = re.compile(
    r"(?<!\w)(?:được (?:lựa chọn|chọn|cử|tham gia|tham dự|dự|vào)|tiếp tục (?:tham gia|tham dự|dự)|đội tuyển"
    r"|chuẩn bị cho|để (?:tham gia|tham dự|dự)|đi (?:thi|dự))"
    r"(?: [^\W\d_]+){0,5} $"
)
_PRIZES_TOLD = re.compile(r"(?<!\w)(?:\d+ giải|giải (?:nhất|nhì|ba)|huy chương)(?!\w)")
_RESULT_OF_IT = re.compile(r"kết quả(?: là| có)?[,:]? ")
#: A contest spoken of without its name.
_REFERS = re.compile(r"(?<!\w)(?:hội|cuộc|kỳ|kì) thi(?!\w)")
_IN_ASIDE = re.compile(r"(?P<name>(?:môn|nội dung|bộ môn) [^,;:.()\n]{2,60})")
#: What names no contest by itself: ``hội thi``, ``kì thi 10``, ``xếp hạng khối THCS``.
_VAGUE = re.compile(
    r"(?:xếp hạng|thi(?= (?:cấp|vòng) )|(?:hội|cuộc|kỳ|kì|vòng) (?:thi|thao|giảng)|hội khỏe|liên hoan|ngày hội"
    r"|giao lưu)(?: (?:\d+|cấp \w+|này|năm nay|khối|cụm|thcs|thpt|tiểu học|mầm non|th|mn|chung|toàn đoàn))*"
)
#: What makes a contest of what is else only spoken of: its level.
_OWN_ROUND = re.compile(r" (?:cấp|vòng) (?:trường|cụm|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|khu vực|quốc gia)$")
#: Characters of a line that is a heading as a whole.
_HEADLINE = 60
#: Words by which two contests are told apart.
_HEAD = 4
#: Characters of the shortest contest right behind a prize: ``HSG tỉnh``.
_SHORTEST = 8
#: How many paragraphs back the contest of running text may stand.
_BACK = 5
_AT = re.compile(r"(?<!\w)(?:tại|ở|trong khuôn khổ) $")
_CLAUSE_ENDS = re.compile(r"[,;:()]|\.(?= |$)|(?<!\w)(?:và|giải (?:nhất|nhì|ba)|huy chương|hc[vbđ])(?!\w)")
# Further grades between a prize and the contest that all of them share.
_MORE = re.compile(
    r"(?: ?(?:[,;]|và|,? cùng)(?: với)? (?:\d+ ?|một |hai |ba )?(?:(?:tấm|bộ|chiếc) )?(?:giải |huy chương |hc)?"
    r"(?:vàng|bạc|đồng|nhất|nhì|ba|tư"
    r"|khuyến khích|kk|[vbđ])(?!\w))+"
)
_NOT_CONTEST = re.compile(r"thi đua|thi hành|thi công|kỳ thi tuyển")
#: A further prize right before the contest of all.
_LAST_OF_LIST = re.compile(
    r"[,à] [^.;:()]{3,80}(?:giải |huy chương |hc)(?:nhất|nhì|ba|khuyến khích|kk|vàng|bạc|đồng|[vbđ])"
    r"(?: (?:bộ )?môn(?: [^\W\d_]+){1,4})? $"
)


# ``giải Khuyến khích tiếng Anh qua mạng Internet``, ``giải nhất cắm trại toàn huyện``: it goes before one told earlier.
_NO_FIELD = (
    r"cho |của |và |về |là |trong |tại |thuộc |với |có |do |cấp |khối |bậc |bảng |đứng |dẫn |xếp |nhất |đầu |hạng "
)
_WON_IN = re.compile(
    rf" (?P<name>(?!môn|bộ môn|toàn|tập thể|cá nhân|đồng đội|các |năm |đơn |đôi )(?:(?!{_NO_FIELD})[^\W\d_]+ ){{1,4}}?"
    r"(?:quốc gia|toàn quốc|quốc tế|toàn (?:huyện|tỉnh|thành phố|ngành)|(?:qua|trên) (?:mạng|internet)(?: internet)?))"
    r"(?!\w)"
)


#: Another level than that of the contest told before, with the subject: ``giải Nhì quốc gia môn Địa lý``.
_LEVEL = r"(?:quốc gia|toàn quốc|quốc tế|khu vực|tỉnh|thành phố|huyện|quận|thị xã|cụm|xã|phường|trường)"
_OWN_LEVEL = re.compile(
    rf" (?P<name>(?:cấp )?(?P<level>{_LEVEL}) (?:bộ )?môn [^,;:.()\n]{{2,40}}?)(?= ?[,;:.()\n]|$| năm)", re.M
)
_ANY_LEVEL = re.compile(rf"(?<!\w){_LEVEL}(?!\w)")


#: A contest by its short form alone: ``IMSO 2025``.
_SHORT_NAME = re.compile(r"(?:(?:[Kk][ìỳ] thi|[Cc]uộc thi|[Tt]hi) )?(?P<short>[A-ZĐ]{2,6})(?: (?:năm )?\d{4})?")


#: Titles won in a contest, and a contest spoken of without its name.
CONTESTED = frozenset({"giao_vien_day_gioi", "giao_vien_chu_nhiem_gioi", "tong_phu_trach_gioi"})
#: A contest by its name in quotes right behind the prize: ``giải Nhất “Tiếng hát giáo viên” cấp huyện``.
_QUOTED = re.compile(r" (?P<name>[“\"][^”\"\n]{4,60}[”\"](?: cấp \w+)?)")
_TITLE_LEVEL = re.compile(rf" (?:cấp )?{_LEVEL}(?!\w)")
_A_CONTEST = re.compile(r"(?<!\w)(?:hội|cuộc) thi(?!\w)")
#: Characters before an award in which a contest may be spoken of.
_FAR = 2500


class Contests:
    """The contests of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def titled(self) -> tuple[int, int] | None:
        """The contest that the document's title is about."""
        for block in self.document.blocks[:40]:
            if block.kind == "title" and (match := next(contests_in(self.document.lower, block.body, block.end), None)):
                return None if _NOT_CONTEST.match(match.group(0)) else match.span()
        return titled_prize(self.document)

    @cached_property
    def main(self) -> tuple[int, int] | None:
        """The contest that the document names in full first; what ``hội thi`` alone then stands for."""
        lowered = self.document.lower
        found = self.spans
        return next((span for span in found if _PROPER.match(lowered, *span)), found[0] if found else None)

    def named(self, start: int, end: int) -> tuple[int, int] | None:
        """The last contest that a range names itself; None where it names none."""
        found = [
            m.span()
            for m in contests_in(self.document.lower, start, end)
            if m.end() - m.start() > 8 and not _NOT_CONTEST.match(m.group(0)) and not _ANAPHOR.search(m.group(0))
        ]
        return found[-1] if found else None

    def is_vague(self, contest: tuple[int, int]) -> bool:
        """Whether a contest is only spoken of and not named: ``hội thi``, ``xếp hạng khối THCS``."""
        return _VAGUE.fullmatch(self.document.lower, *contest) is not None

    def meant(self, contest: tuple[int, int]) -> tuple[int, int]:
        """The contest that a vague mention means: the nearest named before by the same word, else the main one.

        A ranking is one of its own, and a round is of the contest spoken of right before.
        """
        lowered = self.document.lower
        head = lowered[slice(*contest)].split()[0]
        if head == "xếp":
            return contest
        if _OWN_ROUND.search(lowered, *contest):
            words = " ".join(lowered[slice(*contest)].split()[:2])
            same = [s for s in self.spans if s[1] <= contest[0] and lowered.startswith(words, s[0])]
            return same[-1] if same else contest  # "hội giảng cấp tỉnh" is none of the others
        for span in reversed(self.spans):
            if span[1] <= contest[0] and (head == "vòng" or lowered.startswith(head, span[0])):
                return span
        return self.main or contest

    def won_for_title(self, block: Block, at: int) -> tuple[int, int] | None:
        """The title won in the contest that a report speaks of without its name: ``hội thi`` of GVDG; None for none.

        Only where no contest is named and one title alone is won in it.
        """
        spoken_of = _A_CONTEST.search(self.document.lower, max(0, at - _FAR), block.end)
        return self._won_title if self.main is None and spoken_of else None

    @cached_property
    def _won_title(self) -> tuple[int, int] | None:
        terms = self.document.terms("title", 0, len(self.document.text))
        won = [term for term in terms if term.id in CONTESTED]
        return (won[0].start, won[0].end) if len({term.id for term in won}) == 1 else None

    def in_full(self, contest: tuple[int, int]) -> tuple[int, int]:
        """The contest, one called by a short form as where the document names it with that form: ``… (IMSO)``."""
        short = _SHORT_NAME.fullmatch(self.document.text, *contest)
        sign = f"({short['short'].lower()})" if short else ""
        lowered = self.document.lower
        full = (s for s in self.spans if sign and sign in lowered[slice(*s)] and not joins_two(lowered, s))
        return next(full, None) or titled_in_full(self.document, contest, self.titled) or contest

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The contests that the document names in full, in order."""
        lowered = self.document.lower
        spans = [m.span() for m in contests_in(lowered, 0, len(lowered)) if m.end() - m.start() > _FULL]
        return [span for span in spans if not self.is_vague(span) and not _NOT_CONTEST.match(lowered, *span)]

    def sends_to(self, contest: tuple[int, int]) -> bool:
        """Whether a contest is the next one, for which winners are chosen: ``chọn đội tham dự … cấp tỉnh``."""
        return _SENT_TO.search(self.document.lower, max(0, contest[0] - 60), contest[0]) is not None

    def contest(self, block: Block, at: int, end: int | None = None) -> tuple[int, int] | None:
        """The nearest contest named before a position: in its block, else in the heads above."""
        lowered = self.document.lower
        first, stop = self.document.sentence_at(at)
        if inside := self._aside(first, at, end or at):
            return inside
        if short := next((m for m in contests_in(lowered, at, end or at) if m.group(0) in _SHORT), None):
            return short.span()  # "02 dự án KHKT giải Nhì"
        after = more.end() if (more := _MORE.match(lowered, end or at, stop)) else end or at
        behind = _BEHIND.match(lowered, after, stop)
        match = CONTEST.match(lowered, behind.end() if behind else after + 1, block.end)
        if match and match.end() - match.start() >= _SHORTEST:
            return match.span()
        if whole := behind_discipline(self.document, end or at, stop):
            return whole
        if title := self._title_behind(after, stop):
            return title
        if (quoted := _QUOTED.match(lowered, end or at, stop)) and lowered[at:end].startswith("giải"):
            return quoted.span("name")
        if (told := _WON_IN.match(lowered, end or at, stop)) and not CONTEST.match(lowered, told.start("name"), stop):
            return told.span("name")
        best = self._before(block, at)
        if best and (own := _OWN_LEVEL.match(lowered, after, stop)) and not self._says(best, own["level"]):
            return own.span("name")
        if next_one := self._sent_before(block, first):
            return next_one
        label = told_before_colon(self.document, first, at, alone=self.titled is not None)
        if self.titled is None and (item := contest_of_item(self.document, max(first, block.body), at, (best, label))):
            return item
        if best and best[0] < at and (held := self._held_at(end or at, stop)):
            return held
        if best and best[0] >= first and not (label and label[0] > best[1]):
            return self._announced(first, best) or best
        if label:
            return label
        for match in contests_in(lowered, at, stop):
            if _LATER.search(lowered, at, match.start()) and match.end() - match.start() > 8:
                return match.start(), match.end()
        if best:
            return best
        contested = own_discipline(self.document, end or at, stop)
        for above in heads_above(self.document, block) if contested is None else self.document.ancestors(block):
            start, last = self.document.head(above)
            if above.parent == block.parent or (above.kind == "heading" and above.end - above.body < _HEADLINE):
                last = above.end
            match = next((m for m in contests_in(lowered, start, last) if not self.sends_to(m.span())), None)
            if (
                match
                and (match.end() - match.start() > 8 or match.group(0) in _SHORT)
                and not _NOT_CONTEST.match(match.group(0))
            ):
                return match.span()
        if self.titled:
            return self.titled
        if earlier := self._earlier(block):
            return earlier
        if shared := self._shared_behind(end or at, stop):
            return shared
        if subject := subject_told(lowered, first, at, end or at, stop) or contested:
            return subject
        for above in self.document.ancestors(block):
            last = above.end if above.end - above.body < _HEADLINE else self.document.head(above)[1]
            if match := ACTIVITY.match(lowered, above.body, last):
                return match.start("name"), match.start("name") + len(match["name"].rstrip(" :.-"))
        if squad := OF_SQUAD.search(lowered, first, at):
            return squad.span("name")
        if level := bare_level(self.document, block, first, at):
            return level
        rounds = [m.span() for m in contests_in(lowered, first, at) if _OWN_ROUND.search(m.group(0))]
        if rounds and not self.sends_to(rounds[-1]):
            return rounds[-1]  # "Trong hội giảng cấp tỉnh, 6/7 giáo viên đạt giải"
        # "Hội thi trao 5 giải nhất": the one that the text has named in full.
        named = self.main is not None and self.main[0] < at and _REFERS.search(lowered, block.body, stop)
        return self.main if named or (end is not None and self._speaks_of_one) else None

    def _held_at(self, at: int, stop: int) -> tuple[int, int] | None:
        """The contest named in full in which the clause says a prize was won: ``HCV đẩy gậy nữ 44 kg ở Hội khỏe …``."""
        clause = _CLAUSE_ENDS.search(self.document.lower, at, stop)
        last = clause.start() if clause else stop
        for match in contests_in(self.document.lower, at, last):
            named = match.end() - match.start() > _FULL and not self.is_vague(match.span())
            if named and _PROPER.match(match.group(0)) and _AT.search(self.document.lower, at, match.start()):
                return match.span()
        return None

    def _title_behind(self, at: int, stop: int) -> tuple[int, int] | None:
        """The title right behind a prize in whose contest it was won: ``3 GV đạt giải GVG tỉnh``."""
        terms = self.document.terms("title", at, min(stop, at + 60))
        if not terms or terms[0].start > at + 1 or terms[0].id not in CONTESTED:
            return None
        level = _TITLE_LEVEL.match(self.document.lower, terms[0].end, stop)
        return terms[0].start, level.end() if level else terms[0].end

    def _shared_behind(self, at: int, stop: int) -> tuple[int, int] | None:
        """The contest told behind a later prize of the same list: ``em A giải Nhì môn Toán, em B giải Ba thi HSG``."""
        lowered = self.document.lower
        semicolon = lowered.find(";", at, stop)
        for match in contests_in(lowered, at, semicolon if semicolon >= 0 else stop):
            gap = lowered[at : match.start()]
            if match.end() - match.start() > _SHORTEST and _LAST_OF_LIST.search(gap):
                return match.span() if not self.is_vague(match.span()) else None
        return None

    def _says(self, contest: tuple[int, int], level: str) -> bool:
        """Whether the name of a contest tells a level, or tells none of its own."""
        lowered = self.document.lower
        return level in lowered[slice(*contest)] or not _ANY_LEVEL.search(lowered, *contest)

    @cached_property
    def _speaks_of_one(self) -> bool:
        """Whether the document names one contest only, wherever in it."""
        heads = {" ".join(self.document.lower[start:end].split()[:_HEAD]) for start, end in self.spans}
        return len(heads) == 1 and self.main is not None and bool(_PROPER.match(self.document.lower, *self.main))

    @property
    def is_alone(self) -> bool:
        """Whether the report is about one contest: its title names it, or the text names no other."""
        return self.titled is not None or self._speaks_of_one

    def _announced(self, first: int, best: tuple[int, int]) -> tuple[int, int] | None:
        """The contest before the colon of a clause that names another: ``Hội khỏe Phù Đổng tỉnh: thi chạy …``."""
        lowered = self.document.lower
        start = max(first, lowered.rfind(";", first, best[0]) + 1)
        for match in contests_in(lowered, start, best[0]):
            if match.end() - match.start() > 8 and lowered[match.end() : best[0]].lstrip().startswith(":"):
                return match.span()
        return None

    def _aside(self, first: int, at: int, end: int) -> tuple[int, int] | None:
        """What was contested, for a prize whose parentheses say it: ``(giải ba môn Tiếng Anh qua Internet)``."""
        text = self.document.text
        opened, closed = text.rfind("(", first, at), text.rfind(")", first, at)
        stop = end - 1 if text[end - 1] == ")" else text.find(")", end)
        if opened <= closed or stop < 0 or "\n" in text[end:stop]:
            return None
        match = next(contests_in(self.document.lower, end, stop), None)
        if match and match.end() - match.start() > 8:
            return match.span()
        if _COUNTED.search(self.document.lower, first, opened):
            return None  # a total's breakdown by grade and subject
        told = any(m.end() - m.start() > _SHORTEST for m in contests_in(self.document.lower, first, opened))
        subject = None if told else _IN_ASIDE.search(self.document.lower, end, stop)
        return subject.span("name") if subject else None

    def _earlier(self, block: Block) -> tuple[int, int] | None:
        """In running text without headings: the contest last named in the paragraphs just before."""
        document = self.document
        if block.kind != "paragraph" or block.marker is not None:
            return None
        for other in reversed(document.blocks[max(0, block.index - _BACK) : block.index]):
            if other.kind == "cell" or other.marker is not None or other.kind == "heading":
                return None
            found = [
                m
                for m in contests_in(document.lower, other.body, other.end)
                if m.end() - m.start() > 8
                and not _SENT_TO.search(document.lower, max(other.body, m.start() - 60), m.start())
            ]
            if found:
                levelled = [m for m in found if document.terms("level", m.start(), m.end())]
                return (levelled or found)[0].span()
        return None

    def _sent_before(self, block: Block, first: int) -> tuple[int, int] | None:
        """The contest to which winners are sent in the sentence before one that begins ``Kết quả``; None for none."""
        lowered = self.document.lower
        if not _RESULT_OF_IT.match(lowered, first):
            return None
        before = self.document.blocks[block.index - 1] if first <= block.body and block.index else block
        end = len(lowered[before.body : first].rstrip()) + before.body if before is block else before.end
        start = max(self.document.sentence_at(end - 1)[0], before.body)
        spans = [m.span() for m in contests_in(lowered, start, end) if m.end() - m.start() > _SHORTEST]
        sent = [span for span in spans if self.sends_to(span)]
        # Where nothing has been won yet, the result is that of the contest itself.
        return sent[-1] if sent and _PRIZES_TOLD.search(lowered, 0, start) else None

    def _before(self, block: Block, at: int) -> tuple[int, int] | None:
        lowered = self.document.lower
        best: tuple[int, int] | None = None
        for match in contests_in(lowered, block.body, block.end):
            if match.start() >= at:
                break
            named = match.group(0).startswith("xếp") or not self.is_vague(match.span())
            long = match.end() - match.start() >= _SHORTEST and named
            long = long or match.group(0).removeprefix("thi ") in _SHORT
            if best and lowered[best[1] : match.start()] == " (":
                continue  # "kỳ thi học sinh giỏi (HSG)": the short form of the one just named
            inside = match.start() > block.body and _AFTER_NUMBER.search(lowered, match.start() - 2, match.start())
            counted = inside and _COUNTED_PUPILS.match(lowered, match.start())
            if counted and ";" in lowered[match.end() : at]:
                continue  # "8 học sinh giỏi cấp tỉnh; …": holders of a title, no contest of what follows
            sent = _SENT_TO.search(lowered, max(block.body, match.start() - 60), match.start())
            if long and not sent and not _ANAPHOR.search(match.group(0)):
                best = match.start(), min(match.end(), at)
        return best if best and not _NOT_CONTEST.match(lowered, *best) else None
