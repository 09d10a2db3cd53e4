"""Two counts with a stroke between them that a label with a stroke names: ``Số lớp/HS: 24/836``, ``Nữ/dân tộc: 31/5``.

What is counted so is told once and goes for the groups behind it: ``khối 6: 6/214; khối 7: 6/210``. A share
(``97/98 HS``) has one noun, a quotient (``tỷ lệ giáo viên/lớp``) tells of itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.document import Block, Document
from extractors._shared.levels import find_levels
from extractors._shared.numbers import Number
from extractors.statistics.series import Told
from extractors.statistics.wording import with_level

_GROUPS_OF = {"lớp": "lớp", "lớp học": "lớp", "nhóm lớp": "nhóm, lớp", "nhóm, lớp": "nhóm, lớp", "nhóm": "nhóm"}
_PLACES_OF = {"trường": "trường", "điểm trường": "điểm trường", "phòng": "phòng", "phòng học": "phòng học", "hộ": "hộ"}
_WHO = {
    **dict.fromkeys(("học sinh", "hs", "em", "tshs"), "học sinh"),
    **dict.fromkeys(("trẻ", "cháu"), "trẻ"),
    **dict.fromkeys(("giáo viên", "gv"), "giáo viên"),
    **dict.fromkeys(("nhân viên", "nv"), "nhân viên"),
    **dict.fromkeys(("cán bộ quản lý", "cbql"), "cán bộ quản lý"),
    **dict.fromkeys(("cbgv", "cb-gv", "cán bộ giáo viên", "cán bộ, giáo viên"), "cán bộ, giáo viên"),
    **dict.fromkeys(("cbgvnv", "cb-gv-nv", "cbgv-nv"), "cán bộ, giáo viên, nhân viên"),
    **dict.fromkeys(("đảng viên", "đoàn viên", "học viên", "thí sinh", "người"), ""),
}
#: Those who are a part of others.
_KINDS = {
    **dict.fromkeys(("nữ", "nam", "dân tộc", "khuyết tật", "bán trú", "đảng viên"), ""),
    **dict.fromkeys(("dt", "dân tộc thiểu số", "dtts"), "dân tộc thiểu số"),
    "đv": "đảng viên",
}
_NOUNS = {**_GROUPS_OF, **_PLACES_OF, **_WHO, **_KINDS}
_ANY = "|".join(sorted(map(re.escape, _NOUNS), key=len, reverse=True))
#: The label of two counts right before them, in brackets or not.
_LABEL = re.compile(
    rf"(?<!\w)(?P<one>{_ANY}) ?/ ?(?P<two>{_ANY})(?P<more>(?: [^\W\d_]+){{0,4}}?)\)?(?: ?[:=]| là| có)* ?$"
)
#: The group to which the next two counts belong.
_GROUP = re.compile(
    r"(?P<group>(?:khối lớp|khối|lớp) ?\d{1,2}|k ?\d{1,2}|nhà trẻ|mẫu giáo(?: \d ?(?:- ?\d )?tuổi)?|tiểu học|thcs|thpt|"
    r"mầm non|(?:lớp )?(?:mầm|chồi|lá)) ?[:=]? ?$"
)
#: The noun between two counts, and the one behind the second.
_SPELLED = re.compile(rf" ?(?P<noun>{_ANY}) ?/ ?")
_SPELLED_NOUN = re.compile(rf" ?(?P<noun>{_ANY})(?!\w)")
_QUOTIENT = re.compile(r"(?<!\w)(?:t[ỷỉ] lệ|bình quân|định mức|tỷ số)(?!\w)[^:;.]*$")
#: A count whose part follows behind a stroke and the word for it: ``142/nữ 81``.
_PART = re.compile(
    r"(?P<label>[^\W\d_]+(?:,? [^\W\d_]+){0,5}) ?:? ?(?P<whole>\d[\d.]*) ?/ ?(?P<kind>nữ|nam|dân tộc|dtts|đảng viên)"
    r" ?:? ?$"
)
_REACH, _SMALLEST, _LARGEST, _NEAR = 70, 4, 80, 8
#: So near before a part the stroke stands.
_STROKE = 16


class Doubles:
    """The pairs of counts of one document; remembers what the last label said they count."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._nouns: tuple[str, str] | None = None
        self._told_in = 0

    def find(self, block: Block, sentence: tuple[int, int], numbers: Sequence[Number]) -> dict[int, list[Told]]:
        """What the pairs of a sentence tell, by where they begin; {} for most sentences."""
        if self._nouns and (block.kind == "heading" or block.index - self._told_in > _NEAR):
            self._nouns = None
        found: dict[int, list[Told]] = {}
        for at, number in enumerate(numbers):
            start = max(sentence[0], number.start - _REACH)
            following = numbers[at + 1] if at + 1 < len(numbers) else None
            told = self._pair(block, start, number) or self._part(start, number)
            if told:
                found[number.start] = told
            elif following and not number.percent:
                self._take_nouns(block, number, following)
        return found

    def _goes_on(self, block: Block, group: str) -> bool:
        """Whether a group can have its pair of the last label: pupils in classes; a level only in the same line."""
        nouns = self._nouns or ("", "")
        return _of_pupils(nouns) and (block.index == self._told_in or group.startswith(("k", "lớp", "nhà", "mẫu")))

    def _take_nouns(self, block: Block, one: Number, two: Number) -> None:
        """Take the nouns of two counts that have one each: ``lớp 1: 151 lớp/5.987 em; lớp 2: 149/6.018``."""
        first = _SPELLED.fullmatch(self.document.lower, one.end, two.start)
        second = _SPELLED_NOUN.match(self.document.lower, two.end) if first else None
        if first and second and _may_count((first["noun"], second["noun"]), one._replace(of=two.value)):
            self._nouns, self._told_in = (first["noun"], second["noun"]), block.index

    def _both(self, counts: tuple[Number, Number], nouns: tuple[str, str], said: str) -> list[Told]:
        """Both counts with what is said of them, a group or a kind: ``lớp khối 6``, ``học sinh khối 6``."""
        levels = {level for _, _, level in find_levels(said, said.lower())}
        return [
            Told(
                count,
                _unit(nouns, noun),
                with_level(f"{_phrase(nouns, noun)} {said}".strip(), None),
                next(iter(levels)) if len(levels) == 1 else None,
            )
            for count, noun in zip(counts, nouns, strict=True)
        ]

    def _pair(self, block: Block, start: int, number: Number) -> list[Told]:
        """Both counts of a pair; [] for a share, a quotient and all else."""
        if number.of is None or number.percent:
            return []
        before = self.document.lower[start : number.start]
        group, more = "", ""
        if label := _LABEL.search(before):
            if _QUOTIENT.search(before, 0, label.start()):
                return []
            nouns, more = (label["one"], label["two"]), label["more"].strip()
        elif self._nouns and (match := _GROUP.search(before)) and self._goes_on(block, match["group"]):
            nouns = self._nouns
            group = self.document.value(start + match.start("group"), start + match.end("group"))
        else:
            return []
        if not _may_count(nouns, number):
            return []
        self._nouns, self._told_in = nouns, block.index
        stroke = self.document.text.index("/", number.start, number.end)
        one = Number(number.start, len(self.document.text[:stroke].rstrip()), number.value)
        two = Number(self._second(stroke), number.end, number.of)
        return self._both((one, two), nouns, f"{more} {group}".strip())

    def _second(self, stroke: int) -> int:
        start = stroke + 1
        while self.document.text[start] == " ":
            start += 1
        return start

    def _part(self, start: int, number: Number) -> list[Told]:
        """The part of a count behind a stroke: ``nữ`` of ``Giáo viên 142/nữ 81``."""
        if number.of is not None or number.percent or number.value_to is not None:
            return []
        if self.document.lower.find("/", max(start, number.start - _STROKE), number.start) < 0:
            return []
        match = _PART.search(self.document.lower, max(start, number.start - _REACH), number.start)
        if match is None:
            return []
        label = self.document.value(*match.span("label"))
        who = _WHO.get(label.lower(), "") or label
        return [Told(number, who, f"{who} {_KINDS.get(match['kind']) or match['kind']}")]


def counts_in_cell(number: Number, said: Sequence[str]) -> list[tuple[Number, str, str]]:
    """Both counts of a table's cell with the words for them and their units: ``427/39`` beside ``Nữ/ dân tộc``.

    ``said`` is what the row and the headings say. [] where none of it names two things.
    """
    if number.of is None or number.percent:
        return []
    for words in said:
        match = _LABEL.search(words.lower().strip())
        if match is None or match.start() > len("tổng số ") or _QUOTIENT.search(words.lower()):
            continue
        nouns = match["one"], match["two"]
        if _may_count(nouns, number):
            counts = number._replace(of=None), number._replace(value=number.of, of=None)
            return [
                (each, f"{_phrase(nouns, noun)} {match['more']}".strip(), _unit(nouns, noun))
                for each, noun in zip(counts, nouns, strict=True)
            ]
    return []


def _may_count(nouns: tuple[str, str], number: Number) -> bool:
    """Whether two numbers can be counts of such things: as many pupils as classes have, no more women than people."""
    one, two = number.value, number.of or 0
    if _of_pupils(nouns):
        groups, heads = (one, two) if nouns[0] in _GROUPS_OF else (two, one)
        return _SMALLEST * groups <= heads <= _LARGEST * groups
    if nouns[1] in _KINDS and nouns[0] not in _KINDS:
        return two <= one
    return nouns[0] != nouns[1]


def _of_pupils(nouns: tuple[str, str]) -> bool:
    """Whether a pair counts classes and those who learn in them."""
    others = [noun for noun in nouns if noun not in _GROUPS_OF]
    return len(others) == 1 and (_WHO.get(others[0]) in ("học sinh", "trẻ") or others[0] == "học viên")


def _phrase(nouns: tuple[str, str], noun: str) -> str:
    """A noun read out; a kind with those whose it is: ``giáo viên nữ``, pupils where nobody is named."""
    said = _NOUNS[noun] or noun
    return f"{_unit(nouns, noun)} {said}" if _is_kind(nouns, noun) else said


def _unit(nouns: tuple[str, str], noun: str) -> str:
    """The counted noun of a pair's count."""
    if not _is_kind(nouns, noun):
        return _NOUNS[noun] or noun
    return "học sinh" if _is_kind(nouns, nouns[0]) else _NOUNS[nouns[0]] or nouns[0]


def _is_kind(nouns: tuple[str, str], noun: str) -> bool:
    """Whether a noun tells which of the others are meant; members of the Party are so only behind others."""
    return noun in _KINDS and not (noun == nouns[0] and noun in _WHO)
