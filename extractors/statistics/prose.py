"""Statistics in running text: counts, ratios, percentages, changes, money, labelled figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._shared.document import Block, Document, Found
from extractors._shared.levels import find_levels
from extractors._shared.numbers import Number, Ranges, find_numbers, view_offset
from extractors._shared.view import CAPITAL
from extractors.statistics import status
from extractors.statistics.making import Measured, indicator, strip_time
from extractors.statistics.naming import FEAST, FEASTS, NAMES, NO_NOUN, is_level_label, place_of
from extractors.statistics.phrase import after_phrase, before_phrase
from extractors.statistics.wording import identify
from schemas.records import Award, Citation, Report, School, Statistic

_SKIPPED_KINDS = frozenset(
    {
        "letterhead",
        "motto",
        "number",
        "dateline",
        "title",
        "recipients",
        "signature",
        "byline",
        "caption",
        "cell",
        "junk",
    }
)
_GAP = re.compile(r"(?:\([^()]{1,20}\) ?|(?:lượt|tổng số|số|các|cả|vị|thầy|nữ|nam|tập|ngôi|loại|những|\() ?)*")
_MONEY = re.compile(r" ?(?:\([^()\d]{5,80} đồng\)|đồng|đ|vnđ|vnd)(?![\w])(?! chí)")
_LABEL = re.compile(r"(?<!\w)(?P<label>(?:(?:khối|lớp|khối lớp|năm) \d+|[^\W\d_][^,;:.()\d\n]{0,60}?)) ?[:=]? ?$")
_CLOSES = re.compile(r" ?(?:[,;.)(]|$|và |\n| - )")
_WEIGHT = re.compile(r"(?:(?:tiêu chuẩn|tiêu chí|nội dung|phần|điều) )?\d* ?[^.;:%]{0,30}\(\d{1,3} ?%\) ?:")
_PERSON_UNITS = ("cán bộ quản lý", "giáo viên", "nhân viên", "học sinh", "đảng viên", "cbql", "gv", "nv")
_GLUED = re.compile(r"(?:kg|km2|km|m2|m²|m3|ha|cm|lít|tấn)(?!\w)")
_NOUN = re.compile(rf" (?P<first>(?![{CAPITAL}])[^\W\d_]+)(?: (?P<second>(?![{CAPITAL}])[^\W\d_]+))?(?!\w)")
_CHANGED = re.compile(r" (?P<unit>giải|huy chương|bậc|hạng|điểm)(?!\w)")
_CLOSES_OR_CAUSE = re.compile(r" ?(?:[,;.)(]|$|do |so với |và )")
_DATED = re.compile(r"(?:năm(?: học)? )?(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)? ?: ?$")
_MEASURED = re.compile(
    r"(?:gv/lớp|viên/lớp|hs/lớp|sinh/lớp|/lớp|tỷ lệ|tỉ lệ|điểm|bình quân|trung bình|hệ số|chỉ số|tỷ suất)"
)
_DENIAL = re.compile(
    r"(?:không đạt|chưa đạt|vắng|nữ|nam|dân tộc|công lập|ngoài công lập|tư thục|biên chế|hợp đồng|trong đó|"
    r"còn lại|thiếu|thừa)(?: \w+){0,3} ?:? ?$"
)
_MODEL = re.compile(r"(?:công nghiệp|công nghệ|cách mạng|khoa học|thời đại|kỷ nguyên|module|web) $|(?:lần thứ|lần) $")
_NAMED = rf"[{CAPITAL}](?![{CAPITAL}])[^\W\d_]*"
_PROPER = re.compile(rf"(?:{_NAMED} {_NAMED}|(?:TH|MN|THCS|THPT|xã|phường|trấn|học|non|sở|thông) {_NAMED}) $")
_UNIT_KEEPS_CASE = re.compile(r"[A-ZĐ]{2}")
_COUNT_BEGINS = re.compile(r"(?:hiện )?(?:(?:có|còn|là|:|tổng số[\w ]{0,25}) ?)+$", re.I)
_PARTS = re.compile(r"(?<!\w)(?:trong đó|bao gồm|gồm|trong số đó|cụ thể|chia ra)(?!\w)")
_WHOLE = re.compile(
    r"^ ?(?:trên tổng số|trên|trong tổng số|/|trong số) ?(?P<of>\d{1,3}(?:\.\d{3})+|\d{1,5})(?![,.]?\d| ?%)"
)


@dataclass(frozen=True)
class _Found:
    number: Number
    unit: str | None
    unit_end: int
    unit_range: tuple[int, int] | None
    confidence: float


class Prose:
    """The statistics of one document's running text."""

    def __init__(self, document: Document, found: Found) -> None:
        self.document = document
        self.report = next((r for r in found.get("report", ()) if isinstance(r, Report)), None)
        self.period = self.report.period if self.report else None
        self.outlook = status.Outlook.of(self.report)
        self.level = status.report_level(document, self.report)
        self.place = place_of(document)
        self._taken = Ranges(list(self._claimed(found)))

    def _claimed(self, found: Found) -> Iterator[tuple[int, int]]:
        """Ranges whose numbers are not statistics: of dates, documents, schools and awards."""
        document = self.document
        for mention in document.dates:
            yield mention.start, mention.end
        for kind in ("citation", "school", "award"):
            for record in found.get(kind, ()):
                if isinstance(record, Citation | School | Award):
                    for passage in record.evidence:
                        start = view_offset(document, passage.start)
                        end = view_offset(document, passage.end - 1) + 1
                        yield from self._numbers_of(record, start, end)

    def _numbers_of(self, record: Citation | School | Award, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The numbers of a passage that its record uses up; an award's entrants stay statistics."""
        if isinstance(record, School) and self._is_share(start, end):
            return
        if not isinstance(record, Award):
            yield start, end
            return
        for number in find_numbers(self.document.text, start, end):
            yield number.start, number.end

    def _is_share(self, start: int, end: int) -> bool:
        """Whether what looks like a school is a level with a share of its schools: ``mầm non 9/14``."""
        shares = [number for number in find_numbers(self.document.text, start, end) if number.of is not None]
        return bool(shares) and (shares[0].value, shares[0].of) not in FEASTS

    def extract(self) -> Iterator[Statistic]:
        """All statistics in the order of the text."""
        for block in self.document.blocks:
            if block.kind in _SKIPPED_KINDS and not self._is_prose_cell(block):
                continue
            for sentence in self.document.sentences(block):
                yield from self._sentence(block, sentence)

    def _is_prose_cell(self, block: Block) -> bool:
        """Whether a table cell holds a sentence with figures rather than a figure or a name."""
        if block.kind != "cell" or block.cell is None or block.cell.header:
            return False
        text = self.document.text[block.start : block.end]
        return len(text.split()) >= 6 and re.search(r"\d", text) is not None

    def _sentence(self, block: Block, sentence: tuple[int, int]) -> Iterator[Statistic]:
        numbers = find_numbers(self.document.text, *sentence)
        last_unit: str | None = None
        whole: Statistic | None = None
        previous: str | None = None
        for index, number in enumerate(numbers):
            if self._taken.touch(number.start, number.end) or self._is_name(block, sentence, number):
                continue
            following = numbers[index + 1].start if index + 1 < len(numbers) else sentence[1]
            found = self._read(block, sentence, number, following, last_unit)
            if found is None:
                continue
            if found.unit and found.unit != "%":
                last_unit = found.unit
            record = self._record(block, sentence, found, whole, previous)
            previous = record.indicator
            if whole is None or not self._is_part(whole, number):
                whole = record
            yield record

    def _is_part(self, whole: Statistic, number: Number) -> bool:
        """Whether a number is said to be a part of the one before: in its parentheses or behind ``trong đó``."""
        start = view_offset(self.document, whole.evidence[0].start)
        between = self.document.lower[start : number.start]
        return between.count("(") > between.count(")") or _PARTS.search(between) is not None

    def _is_name(self, block: Block, sentence: tuple[int, int], number: Number) -> bool:
        """Whether a number is part of a name: ``lớp 9``, ``hạng II``, ``công nghiệp 4.0``, ``Vĩnh Tuy 1``."""
        document = self.document
        before = document.text[max(block.start, number.start - 30) : number.start]
        lowered = document.lower[max(block.start, number.start - 30) : number.start]
        if _MODEL.search(lowered):
            return True
        if number.percent:
            return self._heads_criterion(block, number)
        if (
            number.of is not None
            and (FEAST.search(lowered) or (number.value, number.of) in FEASTS)
            and self._unit(number) is None
        ):
            return True
        terms = document.terms("not_after", max(block.start, number.start - 25), number.start)
        if (
            terms
            and document.text[terms[-1].end : number.start] == " "
            and number.of is None
            and isinstance(number.value, int)
        ):
            word = document.lower[terms[-1].start : terms[-1].end]
            if word == "năm":
                return self._unit(number) is None and 1900 <= number.value <= 2100
            if word in NAMES:
                return number.value < 1000 and not (lowered.endswith("ra lớp ") and self._unit(number))
            return number.value < 1000 and self._unit(number) is None and not self._labels(sentence)
        counted = number.scaled or number.of or self._unit(number) is not None
        return bool(_PROPER.search(before)) and before.endswith(" ") and not counted

    def _labels(self, sentence: tuple[int, int]) -> bool:
        """Whether a sentence lists labels with figures: ``cán bộ quản lý 96, giáo viên 1.110``."""
        text = self.document.lower
        pairs = 0
        for number in find_numbers(self.document.text, *sentence):
            if _CLOSES.match(text, number.end) and number.of is None and not number.percent:
                before = text[max(sentence[0], number.start - 45) : number.start]
                match = _LABEL.search(before)
                pairs += bool(match and len(match["label"].split()) <= 5)
        return pairs >= 2

    def _heads_criterion(self, block: Block, number: Number) -> bool:
        """Whether a percentage stands in the heading of a criterion, which is a demand, not a figure."""
        if _WEIGHT.match(self.document.lower, block.body, block.end) and block.start <= number.start < block.body + 40:
            return True
        if block.marker is None or block.marker.number is None or block.end - block.start > 260:
            return False
        follower = self.document.blocks[block.index + 1] if block.index + 1 < len(self.document.blocks) else None
        opens = follower is not None and follower.parent == block.index
        return opens and (block.kind == "heading" or "." in block.marker.path)

    def _unit(self, number: Number) -> tuple[int, int] | None:
        """The range of the counted noun behind a number, or None."""
        lowered = self.document.lower
        if lowered[number.end : number.end + 1] != " ":
            return None
        gap = _GAP.match(lowered, number.end + 1)
        for start in (number.end + 1, gap.end() if gap else number.end + 1):
            for term in self.document.terms("unit", start, start + 40):
                if term.start == start:
                    return term.start, term.end
        return None

    def _read(
        self, block: Block, sentence: tuple[int, int], number: Number, following: int, last_unit: str | None
    ) -> _Found | None:
        document, lowered = self.document, self.document.lower
        wanted = self.outlook.is_target(document, block, sentence, number)
        if status.is_threshold(lowered, sentence[0], number, wanted=wanted) or status.is_opinion(
            lowered, sentence[0], number
        ):
            return None
        if number.percent:
            return _Found(number, "%", number.end, None, 0.9)
        if number.scaled and number.value >= 10**6 and not self._unit(number):
            match = _MONEY.match(lowered, number.end)
            return _Found(number, "đồng", match.end() if match else number.end, None, 0.8)
        if (match := _MONEY.match(lowered, number.end)) and (number.scaled or number.value >= 1000):
            return _Found(number, "đồng", match.end(), None, 0.85)
        durations = document.terms("not_before", number.end, number.end + 30)
        unit = self._unit(number)
        if (
            number.of is None
            and durations
            and durations[0].start == number.end + 1
            and not (unit and unit[1] > durations[0].end)
        ):
            return None
        if unit:
            if (
                document.lower[number.end : unit[0]].strip()
                and document.text[unit[0]].isupper()
                and not _UNIT_KEEPS_CASE.match(document.text[unit[0] : unit[0] + 2])
            ):
                return None
            if document.value(*unit).lower() in ("tập thể", "cá nhân") and document.terms(
                "title", sentence[0], min(sentence[1], unit[1] + 40)
            ):
                return None  # holders of a title, or proposed as such
            number = self._with_whole(number, unit[1])
            return _Found(number, document.value(*unit), unit[1], unit, 0.85)
        sign = status.change_sign(lowered, sentence[0], number)
        if sign and (match := _CHANGED.match(lowered, number.end)):
            return _Found(
                number, document.value(match.start("unit"), match.end()), match.end(), match.span("unit"), 0.8
            )
        if number.of is not None or (sign and last_unit and _CLOSES_OR_CAUSE.match(lowered, number.end)):
            return _Found(number, last_unit, number.end, None, 0.6)
        if self._is_level(number):
            return _Found(number, last_unit or "trường", number.end, None, 0.7)
        return self._labelled(block, sentence, number, last_unit) or self._other_noun(number)

    def _other_noun(self, number: Number) -> _Found | None:
        """A count of something that no lexicon lists: ``1.500 tờ rơi``, ``46 pa nô``, ``350kg gạo``."""
        document = self.document
        if match := _GLUED.match(document.lower, number.end):
            return _Found(number, match.group(0), match.end(), match.span(), 0.7)
        if isinstance(number.value, float) or 1900 <= number.value <= 2100:
            return None
        match = _NOUN.match(document.text, number.end)
        if not match or match["first"] in NO_NOUN:
            return None
        end = match.end("first") if not match["second"] or match["second"] in NO_NOUN else match.end("second")
        return _Found(number, document.value(match.start("first"), end), end, (match.start("first"), end), 0.5)

    def _is_level(self, number: Number) -> bool:
        """``(15 MN, 16 TH, 10 THCS)``: a school level in the place of the counted noun."""
        found = find_levels(
            self.document.text, self.document.lower, number.end, min(number.end + 25, len(self.document.text))
        )
        return (
            bool(found)
            and found[0][0] == number.end + 1
            and _CLOSES.match(self.document.lower, found[0][1]) is not None
        )

    def _with_whole(self, number: Number, position: int) -> Number:
        """``12 em trên 150 em``: the whole said behind the counted noun."""
        match = _WHOLE.match(self.document.lower[position : position + 30])
        if number.of is not None or not match:
            return number
        if match.group(0).lstrip().startswith("/") and self._unit(Number(0, position + match.end(), 0)):
            return number  # "21 lớp/742 học sinh" counts two things
        return Number(number.start, number.end, number.value, of=int(match["of"].replace(".", "")))

    def _labelled(
        self, block: Block, sentence: tuple[int, int], number: Number, last_unit: str | None
    ) -> _Found | None:
        """``(Tiểu học 19; Mầm non 61)``, ``Nữ: 25``, ``không đạt 26``: a label, a figure, and no noun."""
        document = self.document
        before = document.lower[max(sentence[0], number.start - 70) : number.start]
        if not _CLOSES.match(document.lower, number.end):
            return None
        if _DATED.search(before) and isinstance(number.value, int):
            return _Found(number, last_unit or self._noun_before(block, number), number.end, None, 0.6)
        match = _LABEL.search(before)
        if not match or not (label := match["label"].strip()) or label.endswith((" và", " hoặc")):
            return None
        if isinstance(number.value, float):
            return (
                _Found(
                    number,
                    "điểm" if "điểm" in document.lower[sentence[0] : number.start] else last_unit,
                    number.end,
                    None,
                    0.6,
                )
                if _MEASURED.search(label) or "điểm" in document.lower[sentence[0] : number.start]
                else None
            )
        colon = ":" in before[match.end("label") :]
        if last_unit is None and not colon and not self._has_unit(number, sentence[1]) and not self._labels(sentence):
            return None
        levels = is_level_label(label)
        listed = (
            len(label.split()) <= 5
            and before[: match.start("label")].rstrip()[-1:] in (":", ";", "(", ",", "")
            and not label.istitle()
        )
        if colon or listed or levels or _DENIAL.search(before) or self._labels(sentence):
            return _Found(number, self._unit_of(label) or last_unit, number.end, None, 0.7)
        return None

    def _unit_of(self, label: str) -> str | None:
        """The counted noun at the end of a label: ``cán bộ quản lý`` in ``Trong đó cán bộ quản lý 96``."""
        return next((unit for unit in _PERSON_UNITS if label.endswith(unit) or label.startswith(unit)), None)

    def _noun_before(self, block: Block, number: Number) -> str | None:
        terms = self.document.terms("unit", block.start, number.start)
        return self.document.value(terms[-1].start, terms[-1].end) if terms else None

    def _has_unit(self, number: Number, limit: int) -> bool:
        """Whether the next number of the sentence counts a noun."""
        following = find_numbers(self.document.text, number.end, limit)
        return bool(following) and (self._unit(following[0]) is not None or following[0].percent)

    def _identifier(self, phrase: str, found: _Found, sentence: tuple[int, int]) -> str | None:
        """The canonical indicator; a bare noun has one only where the sentence begins with its count."""
        if len(phrase.split()) <= 4:
            before = self.document.value(sentence[0], found.number.start) if found.number.start > sentence[0] else ""
            if found.number.of is not None or strip_time(_COUNT_BEGINS.sub("", before).removesuffix(phrase)):
                return None
        return identify(phrase, found.unit)

    def _record(
        self, block: Block, sentence: tuple[int, int], found: _Found, whole: Statistic | None, previous: str | None
    ) -> Statistic:
        document, number = self.document, found.number
        clause = before_phrase(document, block, sentence[0], number.start)
        sign = status.change_sign(document.lower, sentence[0], number)
        aspect = "value"
        if self.outlook.is_target(document, block, sentence, number):
            aspect = "target"
        elif sign:
            aspect = "change"
        value = -abs(number.value) if sign < 0 and aspect == "change" else number.value
        parent = None
        if whole and (self._is_part(whole, number) or (sign and whole.unit == found.unit)):
            parent = whole.indicator
        phrase = after_phrase(document, found.unit_end, sentence[1])
        level = status.level_of(
            document, block, (number.start, phrase[1]), (clause[0], number.start), sentence, self.level
        )
        measured = Measured(number, found.unit, found.unit_end, found.unit_range, parent, previous, level, sign)
        phrase_text = indicator(document, block, sentence, measured) or found.unit or "số lượng"
        return Statistic(
            report=document.layer.id,
            evidence=(document.evidence(number.start, found.unit_end),),
            confidence=found.confidence,
            indicator=phrase_text,
            indicator_id=self._identifier(phrase_text, found, sentence),
            value=value,
            value_to=number.value_to,
            unit=found.unit,
            of=number.of,
            aspect=aspect,  # type: ignore[arg-type]
            level=level,
            place=self.place,
            period=status.period_of(document, sentence, number.start, self.period),
        )
