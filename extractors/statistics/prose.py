"""Statistics in running text: counts, ratios, percentages, changes, money, labelled figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors._shared.document import Block, Document, Found
from extractors._shared.levels import find_levels
from extractors._shared.numbers import Number, Ranges, find_numbers, view_offset
from extractors.statistics import status
from extractors.statistics.beside import beside
from extractors.statistics.changes import shared_sign
from extractors.statistics.claims import claimed
from extractors.statistics.compact import names_counted
from extractors.statistics.counted import people_of as people_counted
from extractors.statistics.counting import Counted
from extractors.statistics.doubles import Doubles
from extractors.statistics.heads import Heads
from extractors.statistics.kinds import Totals
from extractors.statistics.leading import is_led
from extractors.statistics.level_lists import LevelLists
from extractors.statistics.making import indicator
from extractors.statistics.marks import is_mark
from extractors.statistics.measured import Measured
from extractors.statistics.measures import STAFF, is_staff
from extractors.statistics.names import Naming, enters_grade, is_year_label
from extractors.statistics.naming import ADJECTIVES, CLASSIFIERS, place_of
from extractors.statistics.openings import is_earlier, strip_time
from extractors.statistics.owners import with_owner
from extractors.statistics.phrase import after_phrase, before_phrase
from extractors.statistics.reading import Reading
from extractors.statistics.report_levels import report_level
from extractors.statistics.respective import shared_out
from extractors.statistics.row_reading import is_quotient
from extractors.statistics.schooling import level_of, level_of_contest, tells_of_inhabitants
from extractors.statistics.series import Told, find_series
from extractors.statistics.standards import whole_standard
from extractors.statistics.subjects import Subjects
from extractors.statistics.table_labels import is_prose_cell
from extractors.statistics.times import time_of
from extractors.statistics.topics import Topic, counts_people, measures, people_of, staff_of_line, whom
from extractors.statistics.wholes import is_whole
from extractors.statistics.won import KIND_OF_PERSON, PARTS, parts_award
from extractors.statistics.wording import identify, kind_of, noun, read_out
from schemas.records import Report, Statistic

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
_CLASSES = frozenset({"lớp", "nhóm", "nhóm, lớp"})
_COUNT_BEGINS = re.compile(r"(?:hiện )?(?:(?:có|còn|là|:|tổng số[\w ]{0,25}) ?)+$", re.I)
_TOTAL = re.compile(r"(?:tổng số |TS ?(?=HS))(?=[^\W\d_]{2})", re.I)
_ASIDE = re.compile(r" ?\([^()]*\)")
_ORDINAL = re.compile(r"(?<!\w)(?:mức độ|mức|lớp|khối|loại|hạng|cấp độ|thứ) $")
_KINDS = re.compile(r"(?<!\w)(?:bao gồm|gồm|chia ra)(?!\w)")
_SHARE_REACH = 300  # as far behind a percentage another may be told of the same without saying so
#: Parts without a noun, told with commas, which a semicolon ends: ``trong đó: Toán 18, Tin học 12; cấp THCS thừa``.
_LISTED_PARTS = re.compile(
    r"(?<!\w)(?:trong đó|gồm|cụ thể|chia ra)(?!\w)[^;()]*\d(?:, | và )(?:[^\W\d_]+ ){1,6}\d+; [^;]*$"
)


class Prose:
    """The statistics of one document's running text; ``rows`` are the blocks of tables that lost their cells."""

    def __init__(self, document: Document, found: Found, rows: frozenset[int] = frozenset()) -> None:
        self.document = document
        self._rows = rows
        self.report = next((r for r in found.get("report", ()) if isinstance(r, Report)), None)
        self.outlook = status.Outlook.of(document, self.report)
        self.level = report_level(document, found)
        self.place = place_of(document)
        self._dates = Ranges([(mention.start, mention.end) for mention in document.dates])
        won = list(claimed(document, {"award": found.get("award", ())}, dates=False))
        self._taken = Ranges([*claimed(document, {**found, "award": ()}), *won])
        self._won = Ranges(won)
        self._subject: str | None = None
        self._people: str | None = None
        self._alike: dict[str, str] = {}
        self._share: tuple[int, str] | None = None  # where the last percentage was told, and of what
        self._told: dict[str, int] = {}  # where the indicators of ``_alike`` were told
        self._reading = Reading(document, self.outlook)
        self._topic = Topic()
        self._names = Naming(document, self._reading)
        self._subjects = Subjects(document, found)
        self._doubles = Doubles(document)
        self._heads = Heads(document)
        self._levels = LevelLists(document)
        self._totals = Totals(document)

    def extract(self) -> Iterator[Statistic]:
        """All statistics in the order of the text."""
        for block in self.document.blocks:
            if block.index in self._rows or (block.kind in _SKIPPED_KINDS and not is_prose_cell(self.document, block)):
                continue
            if is_quotient(self.document, block):
                continue
            self._subject = self._people = None
            self._topic.enter(block)
            self._levels.enter(block)
            self._alike = {}
            for sentence in self.document.sentences(block):
                yield from shared_out(self.document, sentence, list(self._sentence(block, sentence)))

    def _sentence(self, block: Block, sentence: tuple[int, int]) -> Iterator[Statistic]:
        numbers = find_numbers(self.document.text, *sentence)
        self._levels.begin(block, sentence[0])
        of_line = staff_of_line(self.document, *sentence)
        self._topic.staff = of_line or self._topic.staff
        last_unit: str | None = of_line or self._people
        carried = whole = self._topic.part(self.document, sentence[0])
        if not numbers:
            return
        previous: str | None = None
        last_end = sentence[0]
        record: Statistic | None = None
        bracketed: Statistic | None = None
        last: Statistic | None = None
        won: int | None = None  # where the last number of an award ends
        pairs = self._doubles.find(block, sentence, numbers)
        told_so = find_series(self.document, block, sentence, numbers, staff=self._topic.staff)
        series = {at: [told] for at, told in told_so.items()} | pairs
        for index, number in enumerate(numbers):
            if index and last_end < numbers[index - 1].end and not self._tells_apart(numbers[index - 1]):
                previous = None  # the number between counts something that is no statistic
            if self._won.touch(number.start, number.end):
                won = number.end
            named = number.start not in pairs and self._names.is_name(block, sentence, number)
            if named or (self._taken if number.start not in pairs else self._won).touch(number.start, number.end):
                continue
            if told := series.get(number.start):
                yield from (self._told_record(block, sentence, each) for each in told)
                last_end, previous = number.end, told[-1].phrase
                continue
            found = self._reading.read(block, sentence, number, last_unit, self._topic.staff)
            if found is None:
                if is_whole(self._reading.unit, self.document, sentence, number):
                    last_end = number.end  # it was told with its part, which may go on: "54 em đỗ/60 em, đạt 90%"
                continue
            if carried and last_unit is None and counts_people(carried) and (found.unit or "").lower() in ADJECTIVES:
                found = replace(found, unit=carried.unit)  # "7 giáo viên. Trong đó có 2 nam"
            if of_line and found.unit_range is None and (found.unit or "").lower() in ADJECTIVES:
                found = replace(found, unit=of_line)  # "Giáo viên: biên chế giao 30"
            if (of_people := self._heads.told(block.index, sentence[0], found)) is not found:
                found, self._subject = of_people, None
            if whole and whole is carried and not self._topic.may_part(whole, found.unit, self._label(number)):
                whole = None
            aside = self._in_brackets(sentence[0], number.start)
            if won and parts_award(self.document, found, won, aside=aside):
                continue
            won = None if not aside else won
            led = whole is not None and is_led(self.document.lower, sentence[0], number.start)
            said = last_unit is None or (self._says_what(found) and not (aside or led))
            labelled = found.unit_range is None and not aside and is_staff(found.unit or "")
            if found.unit and found.unit != "%" and (said or labelled):
                last_unit = found.unit
                if found.unit.lower() in CLASSIFIERS and self._people is None:
                    self._people = found.unit
            before = bracketed if aside else record
            shared = shared_sign(self.document, record, number, aside=aside)
            record = self._record(block, sentence, found, whole, previous, before, shared, aside=aside)
            record = self._totals.told(block, record)
            if number.percent and last is not None and last.level and record.indicator == last.indicator:
                # the same in per cent: "337/337 cháu, đạt 100%"
                record = record.model_copy(update={"level": last.level})
            last = record
            bracketed = bracketed if aside else record
            last_end = number.end
            if record.aspect != "change":
                counted = noun(found.unit or "").lower()
                self._alike[counted], self._told[counted] = record.indicator, record.evidence[0].start
            if record.aspect != "change" or previous is None:
                previous = record.indicator
            if not (aside or led):
                self._subject = self._counted(found, record) or self._subject
            if (
                not ("bình quân" in record.indicator or self._is_kind(found))
                and record.aspect != "change"
                and (whole is None or not (led or self._is_part(whole, found)))
            ):
                again = number.percent and whole is not None and record.indicator == whole.indicator
                previous_whole, whole = whole, whole if again else record
                if not (number.percent and previous_whole):
                    self._topic.count(record)
            self._topic.mention(record)
            self._levels.count(record)
            if number.percent and record.aspect != "change":
                self._share = (number.end, record.indicator)
            self._heads.count(record)
            scoped = with_owner(self.document, sentence[0], number.start, record.indicator)
            scoped = self._subjects.with_school(scoped, block, sentence[0], number.start)
            yield record if scoped == record.indicator else record.model_copy(update={"indicator": scoped})

    def _label(self, number: Number) -> str:
        """The words before a number up to the last sign."""
        start = max(self.document.text.rfind(sign, 0, number.start) for sign in ",;.(\n") + 1
        return self.document.lower[start : number.start]

    def _is_kind(self, found: Counted) -> bool:
        """Whether a number counts only a kind of those before: ``12 nữ``."""
        if found.unit_range is None and found.number.of is None:
            return KIND_OF_PERSON.search(self._label(found.number)) is not None
        return found.unit_range is not None and self.document.lower[slice(*found.unit_range)] in ADJECTIVES

    def _says_what(self, found: Counted) -> bool:
        """Whether a number has its noun behind it, or is the first of two counts: ``54/31 nữ``."""
        return found.unit_range is not None or self.document.text.startswith("/", found.number.end)

    def _tells_apart(self, number: Number) -> bool:
        """Whether a number counts nothing at all but names a time or a grade: ``năm 2019``, ``mức độ 2``, ``lớp 9``."""
        if self._dates.touch(number.start, number.end) or is_mark(self.document.lower, number):
            return True
        lowered = self.document.lower
        told = enters_grade(lowered, number) or is_year_label(lowered, number)
        return told or _ORDINAL.search(lowered, max(0, number.start - 9), number.start) is not None

    def _in_brackets(self, start: int, position: int) -> bool:
        """Whether a position of a sentence stands inside brackets."""
        text = self.document.text
        return text.count("(", start, position) > text.count(")", start, position)

    def _counted(self, found: Counted, record: Statistic) -> str | None:
        """The noun that a number counts, for the labels behind it that name none: ``chuyển đi 9, tuyển mới 22``."""
        if found.unit_range is None and (whole := _TOTAL.match(record.indicator)):
            return _ASIDE.sub(
                "", record.indicator[whole.end() :]
            )  # "Nữ: 33" behind "Tổng số cán bộ trong biên chế: 44"
        if found.unit_range is None:
            all_staff = read_out(record.indicator) == STAFF  # "CB-GV-NV: 67 (nữ 41)"
            labelled = all_staff or is_staff(record.indicator) or (found.unit or "").lower() == "phiếu"
            return noun(found.unit) if found.unit and labelled else None
        unit = noun(self.document.value(*found.unit_range))
        if unit.lower() in ADJECTIVES or unit.lower() != noun(found.unit or "").lower():
            return None  # "12 nữ", "25 đại học" are a kind of those counted before
        if unit.lower() not in CLASSIFIERS:
            return unit
        if who := people_of(record.indicator):
            return who
        return record.indicator if self._subject is None and len(record.indicator.split()) <= 7 else None

    def _is_part(self, whole: Statistic, found: Counted) -> bool:
        """Whether a number is a part of the one before: in its brackets, behind ``trong đó`` or behind its colon."""
        number = found.number
        if measures(whole) and found.unit_range is not None and found.unit != whole.unit:
            return False
        start = view_offset(self.document, whole.evidence[0].start)
        between = self.document.lower[start : number.start]
        if _LISTED_PARTS.search(between) and self._counts_again(whole, found):
            return False
        if found.unit_range and whole.unit == "%" and ";" in between and not number.percent:
            return noun(found.unit or "").lower() in whole.indicator.lower()
        label = between[between.rfind(";") + 1 :]
        if number.percent and len(label) < len(between) and "(" not in label and names_counted(label):
            return False  # "1 trung tâm, gồm 1.417 lớp; tỷ lệ huy động học sinh đạt 98%" begins anew
        if between.count("(") > between.count(")") or PARTS.search(_ASIDE.sub("", between)):
            return True
        end = view_offset(self.document, whole.evidence[0].end - 1) + 1
        if found.unit_range and noun(found.unit or "") != noun(whole.unit or ""):
            return False
        return self.document.text[end : end + 2] == ": " and ";" not in self.document.text[end : number.start]

    def _counts_again(self, whole: Statistic, found: Counted) -> bool:
        """Whether a number has the noun of a whole behind it, as that has, and so begins anew."""
        return found.unit_range is not None and noun(found.unit or "").lower() == noun(whole.unit or "").lower()

    def _is_listed(self, whole: Statistic, number: Number) -> bool:
        """Whether a number names one kind of what the whole counts: ``418 trường, gồm 129 trường mầm non``."""
        start = view_offset(self.document, whole.evidence[0].start)
        between = self.document.lower[start : number.start]
        return between.count("(") == between.count(")") and _KINDS.search(between) is not None

    def _identifier(self, phrase: str, found: Counted, sentence: tuple[int, int]) -> str | None:
        """The canonical indicator; a bare noun has one only where the sentence begins with its count."""
        if len(phrase.split()) <= 4:
            before = self.document.value(sentence[0], found.number.start) if found.number.start > sentence[0] else ""
            if found.number.of is not None or is_earlier(before):
                return None
            if strip_time(_COUNT_BEGINS.sub("", before).removesuffix(phrase)):
                return None
        return identify(phrase, found.unit)

    def _told_record(self, block: Block, sentence: tuple[int, int], told: Told) -> Statistic:
        """The record of a figure whose unit and indicator are known."""
        document, number = self.document, told.number
        here = (number.start, number.end)
        level = told.level or level_of(document, block, here, (sentence[0], number.start), sentence, self.level)
        wanted = self.outlook.is_target(document, block, sentence, number)
        return Statistic(
            report=document.layer.id,
            evidence=(document.evidence(*here),),
            confidence=0.7,
            indicator=told.phrase,
            indicator_id=identify(told.phrase, told.unit),
            value=number.value,
            unit=told.unit,
            aspect="target" if wanted else "value",
            level=level,
            place=self.place,
            period=time_of(document, block, sentence, number.start, outlook=self.outlook, wanted=wanted),
        )

    def _record(
        self,
        block: Block,
        sentence: tuple[int, int],
        found: Counted,
        whole: Statistic | None,
        previous: str | None,
        before: Statistic | None,
        shared_sign: int,
        *,
        aside: bool,
    ) -> Statistic:
        """The record of a number; ``before`` is that of the one before, in brackets (``aside``) of the one that they
        follow."""
        document, number = self.document, found.number
        clause = before_phrase(document, sentence[0], number.start)
        sign = status.change_sign(document.lower, sentence[0], number) or shared_sign
        aspect = "value"
        if self.outlook.is_target(document, block, sentence, number):
            aspect = "target"
        elif sign:
            aspect = "change"
        value = -abs(number.value) if sign < 0 and aspect == "change" else number.value
        parent = None
        if whole and (self._is_part(whole, found) or (sign and whole.unit == found.unit)):
            parent = None if found.unit_range and self._is_listed(whole, number) else whole.indicator
        if parent is not None and aside and before is not None and kind_of(before.unit) != kind_of(found.unit):
            # "05 lớp bán trú (211 em)" counts these, "237 học sinh (khối 6: 01 lớp)" counts no part of them
            counted_before = found.unit_range and not sign and noun(found.unit or "").lower() in self._alike
            parent = None if counted_before or noun(found.unit or "") in _CLASSES else before.indicator
        if parent is not None and whole is not None and found.unit_range:
            # "46 trường với 780 lớp, trong đó 19 trường đạt chuẩn": of the schools, not of the classes
            kind = kind_of(found.unit)
            same = None if kind in CLASSIFIERS or kind == kind_of(whole.unit) else self._alike.get(kind)
            parent = same if same and self._told[kind] < whole.evidence[0].start else parent
        if parent is not None and aside and before is not None and is_staff(before.indicator):
            heads = (found.unit or "").lower() in CLASSIFIERS and (before.unit or "").lower() in CLASSIFIERS
            of_label = found.unit_range is None and not number.percent and found.unit in (None, before.unit)
            parent = (
                before.indicator if heads or of_label else parent
            )  # "Giáo viên 65 người (đại học 46 người; cao đẳng 19 người)"
        parent = self._topic.named(parent) if parent else None
        phrase = after_phrase(document, found.unit_end, sentence[1])
        level = level_of(document, block, (number.start, phrase[1]), (clause[0], number.start), sentence, self.level)
        if before is not None:
            there = (sentence[0], phrase[1])
            level = beside(document, before, found, there, level or None, of_report=self.level, aside=aside, sign=sign)
        # In a report about one school its level goes without saying.
        said = document.level(block) == level or bool(find_levels(document.text, document.lower, *sentence))
        several = noun(found.unit or "").lower() == "trường" and number.value > 1
        named = level if said and (level != self.level or several) else None
        measured = Measured(
            number,
            found.unit,
            found.unit_end,
            found.unit_range,
            parent,
            previous,
            named,
            sign,
            self._subject,
            self._alike.get(noun(found.unit or "").lower()),
            self._topic.staff,
            self._share if self._share and number.start - self._share[0] < _SHARE_REACH else None,
        )
        phrase_text = indicator(document, block, sentence, measured) or found.unit or "số lượng"
        phrase_text, unit = self._levels.told(phrase_text, found.unit)
        phrase_text, of_standard = whole_standard(document, number.start, phrase_text, previous)
        level = of_standard or level or level_of_contest(document, phrase_text, sentence[0], number.start)
        level = None if tells_of_inhabitants(phrase_text) else level
        return Statistic(
            report=document.layer.id,
            evidence=(document.evidence(number.start, found.unit_end),),
            confidence=found.confidence,
            indicator=phrase_text,
            indicator_id=self._identifier(phrase_text, found, sentence),
            value=value,
            value_to=number.value_to,
            unit=whom(phrase_text, unit) or people_counted(phrase_text),
            of=number.of,
            aspect=aspect,  # type: ignore[arg-type]
            level=level,
            place=self.place,
            period=time_of(document, block, sentence, number.start, outlook=self.outlook, wanted=aspect == "target"),
        )
