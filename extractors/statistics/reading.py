"""What a number counts: the noun behind it, money, a share, a label before it."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors._shared.levels import find_levels
from extractors._shared.numbers import Number, find_numbers
from extractors._shared.view import CAPITAL
from extractors.statistics import status
from extractors.statistics.averages import of_quotient
from extractors.statistics.counting import Counted, lessons
from extractors.statistics.label_units import OTHER_WORD, first_unit, unit_of_label
from extractors.statistics.labels import count_label
from extractors.statistics.naming import NO_NOUN, end_of_kind, is_level_label
from extractors.statistics.topics import degree_at, is_degree
from extractors.statistics.votes import is_vote_against
from extractors.statistics.wanted import is_opinion
from extractors.statistics.wholes import behind_share, is_factor, is_whole, named_whole
from extractors.statistics.won import counts_awards, heads_winners

_GAP = re.compile(r"(?:\([^()]{1,20}\) ?|(?:lượt|tổng số|số|các|cả|vị|thầy|nữ|nam|tập|ngôi|loại|những|\() ?)*")
_MONEY = re.compile(r" ?(?:\([^()\d]{5,80} đồng\)|đồng|đ|vnđ|vnd)(?![\w])(?! chí)")
_LABEL = re.compile(
    r"(?<!\w)(?P<label>(?:(?:khối|lớp|khối lớp|năm|nguyện vọng|đợt|vòng|học kỳ|loại|mức|cơ sở|tổ|k(?=\d)) ?\d+|"
    r"[^\W\d_][^,;:.()\d\n]{0,60}?)) ?[:=]? ?$"
)
_CLOSES = re.compile(
    r" ?(?:[,;.)(]|$|và |\n| - |[+=] |do |vì |:(?= ?\d)|(?:tl|tỷ lệ|tỉ lệ)(?!\w)|"
    r"(?:(?:chiếm|đạt|bằng)(?: (?:tỷ lệ|tỉ lệ|khoảng|gần|hơn))*|tương đương) ?\d[\d.,]* ?%)"
)
#: Kinds of schools by their short names, counted: ``2 PTDTBT TH, 1 TTGDNN-GDTX``.
_KIND_OF_SCHOOL = re.compile(
    r" (?:PTDT[NB]T(?: (?:THCS&THPT|TH&THCS|THCS|THPT|TH))?|TH ?& ?THCS|THCS ?& ?THPT|"
    r"(?:TT ?)?(?:GDNN ?- ?)?GDTX)(?![\w&])"
)
#: Who is counted in heads, and how far back in the text the word for them may stand.
_HEADS = frozenset({"cháu", "trẻ", "học sinh", "hs", "em", "học viên", "giáo viên", "gv", "cán bộ, giáo viên"})
_HEADS_REACH = 400
_GLUED = re.compile(r"(?:kg|km2|km|m2|m²|m3|ha|cm|lít|tấn)(?!\w)")
_NOUN = re.compile(rf" (?P<first>(?![{CAPITAL}])[^\W\d_]+)(?: (?P<second>(?![{CAPITAL}])[^\W\d_]+))?(?!\w)")
#: In a bracket, a noun with a figure behind it is the label of that: ``Nhân viên: 9 (biên chế 2, hợp đồng 7)``.
_NEXT_FIGURE = re.compile(r" ?:? ?\d")
#: Things told apart by their number, which are no labels.
_NUMBERED_THINGS = ("tổ ", "tiết ", "thứ ", "tuần ", "tháng ", "bài ", "điều ")
#: What leads from a whole to the label of its part.
_LEADS_TO = re.compile(r"^(?:trong đó|bao gồm|gồm|cụ thể|riêng)(?: có)? ")
_AGE = re.compile(r"(?<!\w)tuổi(?: đời| nghề)? (?:bình quân|trung bình)")
_RISEN = re.compile(r" (?:lên|xuống|còn|tăng lên|giảm còn|giảm xuống)(?: đến| tới| còn| hơn| gần| trên| khoảng)* ")
_YEARS, _SHARE_VERBS = (1950, 2050), (" đạt", " chiếm", " bằng", " tương đương")
#: A figure behind its label and a colon, and the label and colon of the next.
_COLON_BEFORE = re.compile(r": ?$")
_COLON_BEHIND = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4} ?: ?\d")
#: Those who are counted as holders of titles, and what is said of them then.
_HONOURED = frozenset({"tập thể", "cá nhân", "lần"})
_HONOUR = re.compile(
    r" (?:(?:đã )?(?:được|vinh dự|đạt|nhận)(?!\w)[^,;.:]{0,40}(?<!\w)(?:vinh danh|tuyên dương|biểu dương|tặng|khen|"
    r"đề nghị|danh hiệu|công nhận)|(?:có |đạt )?(?:nhiều )?(?:thành tích|xuất sắc|tiêu biểu|điển hình))(?!\w)"
)
#: The list of those honoured at the end of a decision: ``(Danh sách này có 03 tập thể và 06 cá nhân)``.
_HONOURED_LIST = re.compile(r"danh sách(?: này| trên| kèm theo)? ?(?:có|gồm|:)[^.;]{0,40}$")
_CHANGED = re.compile(r" (?P<unit>giải|huy chương|hcv|hcb|hcđ|hc|bậc|hạng|điểm)(?!\w)(?! pháp)")
#: What is an award once it is won, and as a goal a figure like others: ``phấn đấu 18 giải cấp huyện``.
_PRIZES = frozenset({"giải", "huy chương", "hcv", "hcb", "hcđ", "hc"})
_CLOSES_OR_CAUSE = re.compile(r" ?(?:[,;.)(]|$|do |so với |và )")
_WORD_BEFORE = re.compile(r"[^\W\d_] ?$")
_UNIT_IN_BRACKETS = re.compile(r"\(\d[\d.]* (?P<unit>cháu|trẻ|em|học sinh|người|giáo viên|đồng chí)\)")
_DATED = re.compile(
    r"(?:năm(?: học)? )?(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)? ?: ?$|"
    r"(?<!với )(?:cùng kỳ(?: năm(?: học)? (?:trước|ngoái))?|năm(?: học)? trước|năm ngoái)(?: đó)?"
    r"(?:(?: (?:chỉ|mới|là|có|đạt|còn))+|:) ?$"
)
_MEASURED = re.compile(
    r"(?:gv/lớp|viên/lớp|hs/lớp|sinh/lớp|/(?:lớp|học sinh|hs|trẻ|em|phòng|máy|người)|"
    r"tỷ lệ|tỉ lệ|điểm|bình quân|trung bình|hệ số|chỉ số|tỷ suất)"
)
_DENIAL = re.compile(
    r"(?:không đạt|chưa đạt|vắng|nữ|nam|dân tộc|công lập|ngoài công lập|tư thục|biên chế|hợp đồng|trong đó|"
    r"còn lại|thiếu|thừa)(?: \w+){0,3} ?:? ?$"
)
#: An honour, which is told with its year.
_HONOURED_IN = re.compile(
    r"(?:huân chương|huy chương|hclđ|bằng khen|giấy khen|cờ (?:thi đua|dẫn đầu|của)|kỷ niệm chương|kỉ niệm chương|"
    r"danh hiệu|tập thể lđ|lđtt|lđxs|cstđ|giải (?:nhất|nhì|ba|khuyến khích)|cúp)(?!\w)"
)
#: How often something comes round: ``tổ chức 2 năm 1 lần``.
_OFTEN = re.compile(
    r"(?:(?:\d|hai|ba|bốn|năm|mỗi|một|hằng|hàng) (?:năm|tháng|tuần|quý|học kỳ|kỳ)(?: học)?(?: tổ chức)?[ /]?) ?$"
)
_OFTEN_REACH = 25
#: What a label follows, and how many words one has that begins with the noun it counts.
_SIGNS, _LONGEST_LABEL = (":", ";", "(", ",", ""), 8
#: How far behind an unlisted noun it may stand that those counted have won something.
_REACH = 120
_UNIT_KEEPS_CASE = re.compile(r"[A-ZĐ]{2}")
_WHOLE_BEHIND = re.compile(r"(?<![\d.,])\d[\d.]* (?:[^\W\d_]+ ){1,3}(?:trên|trong) tổng số $")
_GLUED_NOUN = re.compile(r"(?:học sinh|giáo viên|cháu|trẻ|lớp|trường|phòng|em|hs|gv|người)(?!\w)")
_PART_OF = re.compile(r" ?(?:hs |học sinh |trẻ )?(?:nữ|nam|dân tộc|khuyết tật|bán trú|người kinh|dtts)(?!\w)")
#: A label of votes right before their number: ``với số phiếu bầu 130/135``.
_VOTES = re.compile(r"(?<!\w)phiếu(?: (?:bầu|tín nhiệm|đồng ý|tán thành|thuận))?(?: (?:là|đạt))? ?:? ?$")
_WHOLE = re.compile(
    r"^ ?(?:trên tổng số|trên|trong tổng số|/|trong số) ?(?P<of>\d{1,3}(?:\.\d{3})+|\d{1,5})(?![,.]?\d| ?%)"
)


class Reading:
    """Reads numbers of one document's running text."""

    def __init__(self, document: Document, outlook: status.Outlook) -> None:
        self.document = document
        self.outlook = outlook

    def labels(self, sentence: tuple[int, int]) -> bool:
        """Whether a sentence lists labels with figures: ``cán bộ quản lý 96, giáo viên 1.110``."""
        text = self.document.lower
        pairs = 0
        for number in find_numbers(self.document.text, *sentence):
            if _CLOSES.match(text, number.end) and number.of is None and not number.percent:
                before = text[max(sentence[0], number.start - 45) : number.start]
                match = _LABEL.search(before)
                pairs += bool(match and len(match["label"].split()) <= 5 and not before.endswith(_NUMBERED_THINGS))
        return pairs >= 2

    def unit(self, number: Number) -> tuple[int, int] | None:
        """The range of the counted noun behind a number, or None."""
        lowered = self.document.lower
        if lowered[number.end : number.end + 1] != " ":
            return self._glued(number)
        gap = _GAP.match(lowered, number.end + 1)
        for start in (number.end + 1, gap.end() if gap else number.end + 1):
            for term in self.document.terms("unit", start, start + 40):
                if (
                    term.start == start
                    and not ("(" in lowered[number.end : start] and _NEXT_FIGURE.match(lowered, term.end))
                    and not OTHER_WORD.match(lowered, start)
                    and not self._is_next_label(number, start)
                ):
                    return term.start, term.end
        return None

    def _is_next_label(self, number: Number, start: int) -> bool:
        """Whether the words behind a figure are the label of the next one: ``Nữ: 50 Dân tộc: 1 Đảng viên: 14``."""
        text = self.document.text
        labelled = text[start].isupper() and _COLON_BEFORE.search(text, max(0, number.start - 3), number.start)
        return labelled is not None and bool(labelled) and _COLON_BEHIND.match(text, start) is not None

    def _glued(self, number: Number) -> tuple[int, int] | None:
        """The noun that a number is written together with: ``401học sinh``; None for a class and the like."""
        match = _GLUED_NOUN.match(self.document.lower, number.end)
        return match.span() if match else None

    def read(
        self, block: Block, sentence: tuple[int, int], number: Number, last_unit: str | None, staff: str | None = None
    ) -> Counted | None:
        """The number with what it counts (``last_unit`` where it does not say); None where it counts nothing.

        ``staff`` are those of whom the passage speaks, whose degrees it may tell.
        """
        document, lowered = self.document, self.document.lower
        wanted = self.outlook.is_target(document, block, sentence, number)
        if status.is_threshold(lowered, sentence[0], number, wanted=wanted) or is_opinion(lowered, sentence[0], number):
            return None
        if is_factor(self.document, number):
            return None
        if number.percent:
            return Counted(number, "%", number.end, None, 0.9)
        if number.scaled and number.value >= 10**6 and not self.unit(number):
            match = _MONEY.match(lowered, number.end)
            return Counted(number, "đồng", match.end() if match else number.end, None, 0.8)
        if (match := _MONEY.match(lowered, number.end)) and (number.scaled or number.value >= 1000):
            return Counted(number, "đồng", match.end(), None, 0.85)
        of_whole = lowered.endswith(("tổng số ", "tổng số \n"), sentence[0], number.start)
        of_whole = of_whole and _WHOLE_BEHIND.search(lowered, sentence[0], number.start) is not None
        if of_whole or is_whole(self.unit, document, sentence, number):
            return None  # "18 đảng viên trên tổng số 20 đảng viên": told with the part
        trained = degree_at(document, number.end + 1, of=staff) if staff else None
        if trained and not isinstance(number.value, float):
            return Counted(number, staff, trained.end, (trained.start, trained.end), 0.7)
        if is_vote_against(lowered, sentence[0], number):
            return Counted(number, last_unit or "người", number.end, None, 0.6)
        durations = document.terms("not_before", number.end, number.end + 30)
        unit = self.unit(number)
        if (
            number.of is None
            and durations
            and durations[0].start == number.end + 1
            and not (unit and unit[1] > durations[0].end)
        ):
            return lessons(document, sentence, number)
        if unit:
            if lowered[slice(*unit)] == "lần" and _OFTEN.search(
                lowered, max(sentence[0], number.start - _OFTEN_REACH), number.start
            ):
                return None
            if (
                document.lower[number.end : unit[0]].strip()
                and document.text[unit[0]].isupper()
                and not _UNIT_KEEPS_CASE.match(document.text[unit[0] : unit[0] + 2])
            ):
                return None
            if (
                self._is_honoured(sentence, unit)
                or heads_winners(document, block, number, unit[1])
                or (not wanted and counts_awards(lowered, number, unit, sentence[1]))
            ):
                return None
            number = self._with_whole(number, unit[1])
            return Counted(number, document.value(*unit), unit[1], unit, 0.85)
        if (risen := self._first_of_two(number, sentence[1])) is not None:
            return risen
        if (average := of_quotient(document, sentence[0], number)) is not None:
            return Counted(number, average[0], number.end, None, 0.7)
        sign = status.change_sign(lowered, sentence[0], number)
        gain = _CHANGED.match(lowered, number.end) if sign or wanted else None
        if gain and wanted and not sign and gain["unit"] not in _PRIZES:
            gain = None
        if match := gain:
            return Counted(
                number, document.value(match.start("unit"), match.end()), match.end(), match.span("unit"), 0.8
            )
        if number.of is not None and _VOTES.search(lowered, sentence[0], number.start):
            return Counted(number, "phiếu", number.end, None, 0.7)
        if number.of is not None or (sign and last_unit and _CLOSES_OR_CAUSE.match(lowered, number.end)):
            return Counted(number, last_unit, number.end, None, 0.6)
        if found := self._set_apart(block, number, last_unit):
            return found
        if self._is_level(number):
            return Counted(number, last_unit or "trường", number.end, None, 0.7)
        return (
            self._labelled(block, sentence, number, last_unit)
            or self._bracketed(sentence, number, last_unit)
            or self._other_noun(number, last_unit)
        )

    def _first_of_two(self, number: Number, limit: int) -> Counted | None:
        """The first of two values that share a noun: ``tăng từ 21 lên 34 trường``."""
        lowered = self.document.lower
        second = _RISEN.match(lowered, number.end, limit)
        if second is None or not lowered.endswith("từ ", 0, number.start) or number.of is not None:
            return None
        following = find_numbers(self.document.text, second.end(), min(limit, second.end() + 20))
        unit = self.unit(following[0]) if following and following[0].start == second.end() else None
        return Counted(number, self.document.value(*unit), number.end, None, 0.7) if unit else None

    def _is_honoured(self, sentence: tuple[int, int], unit: tuple[int, int]) -> bool:
        """Whether a number counts holders of a title, or those proposed for one: ``28 tập thể được vinh danh``."""
        document = self.document
        if document.lower[slice(*unit)] not in _HONOURED:
            return False
        if _HONOURED_LIST.search(document.lower, sentence[0], unit[0]):
            return True
        near = min(sentence[1], unit[1] + 40)
        return bool(document.terms("title", sentence[0], near)) or _HONOUR.match(document.lower, unit[1]) is not None

    def _bracketed(self, sentence: tuple[int, int], number: Number, last_unit: str | None) -> Counted | None:
        """``mẫu giáo bé 3 lớp (92)`` behind ``nhà trẻ 3 nhóm (68 cháu)``: a bare figure in brackets."""
        text = self.document.text
        if unit := behind_share(self.unit, self.document, number):
            return Counted(number, self.document.value(*unit), number.end, None, 0.7)
        if last_unit is None or text[number.start - 1] != "(" or text[number.end : number.end + 1] != ")":
            return None
        counts = isinstance(number.value, int) and number.value <= 1900
        if not counts or not _WORD_BEFORE.search(text, 0, number.start - 1):
            return None
        first = _UNIT_IN_BRACKETS.search(self.document.lower, sentence[0], number.start)
        return Counted(number, first["unit"] if first else last_unit, number.end, None, 0.5)

    def _other_noun(self, number: Number, last_unit: str | None) -> Counted | None:
        """A count of something that no lexicon lists: ``1.500 tờ rơi``, ``46 pa nô``, ``350kg gạo``."""
        document = self.document
        if match := _GLUED.match(document.lower, number.end):
            return Counted(number, match.group(0), match.end(), match.span(), 0.7)
        if isinstance(number.value, float) or 1900 <= number.value <= 2100:
            return None
        match = _NOUN.match(document.text, number.end)
        if (trained := degree_at(document, number.end + 1, of=None)) is not None:
            return Counted(number, document.value(*trained[:2]), trained.end, trained[:2], 0.5)
        if last_unit and (end := end_of_kind(document.lower, number.end)):
            return Counted(number, last_unit, end, (number.end + 1, end), 0.6)
        if not match or match["first"] in NO_NOUN or match["first"] == "cấp":
            return None
        end = match.end("first") if not match["second"] or match["second"] in NO_NOUN else match.end("second")
        if counts_awards(document.lower, number, (match.start("first"), end), min(end + _REACH, len(document.lower))):
            return None
        return Counted(number, document.value(match.start("first"), end), end, (match.start("first"), end), 0.5)

    def _is_level(self, number: Number) -> bool:
        """``(15 MN, 16 TH, 10 THCS)``: a school level in the place of the counted noun."""
        found = find_levels(
            self.document.text, self.document.lower, number.end, min(number.end + 25, len(self.document.text))
        )
        kind = _KIND_OF_SCHOOL.match(self.document.text, number.end)
        if kind and _CLOSES.match(self.document.lower, kind.end()):
            return True
        return (
            bool(found)
            and found[0][0] == number.end + 1
            and _CLOSES.match(self.document.lower, found[0][1]) is not None
        )

    def _with_whole(self, number: Number, position: int) -> Number:
        """``12 em trên 150 em``: the whole said behind the counted noun."""
        if number.of is None and (whole := named_whole(self.unit, self.document, number)) is not None:
            return Number(number.start, number.end, number.value, of=whole)
        match = _WHOLE.match(self.document.lower[position : position + 30])
        if number.of is not None or not match:
            return number
        if match.group(0).lstrip().startswith("/") and self.unit(Number(0, position + match.end(), 0)):
            return number  # "21 lớp/742 học sinh" counts two things
        if match.group(0).lstrip().startswith("/") and _PART_OF.match(self.document.lower, position + match.end()):
            return number  # "292 học sinh/130 nữ"
        return Number(number.start, number.end, number.value, of=int(match["of"].replace(".", "")))

    def _labelled(
        self, block: Block, sentence: tuple[int, int], number: Number, last_unit: str | None
    ) -> Counted | None:
        """``(Tiểu học 19; Mầm non 61)``, ``Nữ: 25``, ``không đạt 26``: a label, a figure, and no noun."""
        document = self.document
        if total := count_label(document, sentence[0], number):
            return Counted(number, first_unit(document, *total) or last_unit, number.end, None, 0.75)
        before = document.lower[max(sentence[0], number.start - 70) : number.start]
        if not _CLOSES.match(document.lower, number.end) and not (
            document.text[number.end : number.end + 1] == " " and self._is_next_label(number, number.end + 1)
        ):
            return None
        if last_unit and status.is_planned(before):
            return Counted(number, last_unit, number.end, None, 0.6)
        if _YEARS[0] <= number.value <= _YEARS[1] and document.lower.startswith(_SHARE_VERBS, number.end):
            return None  # "tỷ lệ đỗ tốt nghiệp 2012 đạt 98%"
        if _DATED.search(before) and isinstance(number.value, int):
            return Counted(number, last_unit or self._noun_before(block, number), number.end, None, 0.6)
        match = _LABEL.search(before)
        if not match or not (label := _LEADS_TO.sub("", match["label"].strip())) or label.endswith((" và", " hoặc")):
            return None
        if _YEARS[0] <= number.value <= _YEARS[1] and _HONOURED_IN.match(label) and ":" not in before[match.start() :]:
            return None  # "bằng khen của Thủ tướng 2008, HCLĐ hạng Ba 2013"
        if isinstance(number.value, float):
            if _AGE.search(label):
                return Counted(number, "tuổi", number.end, None, 0.6)
            return (
                Counted(
                    number,
                    "điểm" if "điểm" in document.lower[sentence[0] : number.start] else last_unit,
                    number.end,
                    None,
                    0.6,
                )
                if _MEASURED.search(label)
                or "điểm" in document.lower[sentence[0] : number.start]
                or (is_level_label(label) and _MEASURED.search(document.lower, sentence[0], number.start))
                else None
            )
        trained = last_unit is not None and is_degree(label.removesuffix(" là").removesuffix(" có"))
        colon = ":" in before[match.end("label") :] or trained
        alone = last_unit is None and not (colon or _DENIAL.search(before))
        if alone and not self._has_unit(number, sentence[1]) and not self.labels(sentence):
            return None
        levels = is_level_label(label)
        listed = (
            len(label.split()) <= 5 and before[: match.start("label")].rstrip()[-1:] in _SIGNS and not label.istitle()
        )
        opens = before[: match.start("label")].rstrip()[-1:] in _SIGNS and len(label.split()) <= _LONGEST_LABEL
        counts = opens and isinstance(number.value, int) and unit_of_label(self.document, label, number) is not None
        if colon or listed or counts or levels or _DENIAL.search(before) or self.labels(sentence):
            return Counted(number, unit_of_label(self.document, label, number) or last_unit, number.end, None, 0.7)
        return None

    def _set_apart(self, block: Block, number: Number, last_unit: str | None) -> Counted | None:
        """The first of two counts with a stroke between (``02 nhóm với 54/31 nữ``): heads, though nothing says so."""
        document = self.document
        if document.text[number.end : number.end + 1] != "/" or number.of is not None:
            return None
        if last_unit and last_unit.lower() in _HEADS:
            return Counted(number, last_unit, number.end, None, 0.6)
        first = max(0, block.start - _HEADS_REACH)
        said = [
            unit
            for term in document.terms("unit", first, number.start)
            if (unit := document.value(term.start, term.end)).lower() in _HEADS
        ]
        return Counted(number, said[-1] if said else last_unit, number.end, None, 0.5)

    def _noun_before(self, block: Block, number: Number) -> str | None:
        terms = self.document.terms("unit", block.start, number.start)
        return self.document.value(terms[-1].start, terms[-1].end) if terms else None

    def _has_unit(self, number: Number, limit: int) -> bool:
        """Whether the next number of the sentence counts a noun."""
        following = find_numbers(self.document.text, number.end, limit)
        return bool(following) and (self.unit(following[0]) is not None or following[0].percent)
