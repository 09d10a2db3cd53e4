"""Words around a number that its phrase lacks, as learned from annotated reports.

The rules word an indicator from the clause of its number; what else belongs to it (where, of whom, for
what) may stand anywhere near, in more ways than rules foresee. For each word near the number
``completion.json`` tells how likely it belongs to the indicator: by its place, by what stands between, and
by the word itself with its neighbors. `tests/bench/completion.py` learns it from the corpus.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import repeat
from typing import NamedTuple

from extractors._shared.document import Document
from extractors._shared.numbers import view_offset
from extractors._shared.view import CAPITAL, fold_tone_style
from extractors.statistics.compact import says
from extractors.statistics.company import in_company
from extractors.statistics.labels import next_label
from extractors.statistics.leading import is_led
from schemas.records import Statistic

FILE = "completion.json"
#: A longer phrase is whole.
LONGEST = 6
#: How many words before and behind the number, and how far in characters, belongs to it at most.
BEFORE, BEHIND = 20, 12
_REACH_BEFORE, _REACH_BEHIND = 200, 160
_FAR = 12
_BESIDE = 3

#: Log-odds of the words that the phrase has.
_SURE = math.log(9)

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|[.;:,()]|\n")
_WORD = re.compile(r"[^\W\d_]+")
_RATE = re.compile(r"(?:tỷ lệ|tỉ lệ|tổng số|tổng|mức|số)(?!\w)", re.I)


class Candidate(NamedTuple):
    """A word near a number: where it stands in the view, folded, whether the phrase has it, and its features."""

    start: int
    end: int
    word: str
    known: bool
    features: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """What was learned: log-odds by feature (``weights``), beyond ``bias``; those above ``threshold`` belong to the
    indicator, and ``switch`` is what a word must exceed it by to belong alone, between others that do not."""

    bias: float
    threshold: float
    switch: float
    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The log-odds that a word with these features belongs to the indicator."""
        return self.bias + sum(map(self.weights.get, features, repeat(0.0)))


@cache
def load_model() -> Model:
    """The model that is shipped."""
    return Model(**json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8")))


def complete(document: Document, record: Statistic) -> Statistic:
    """The statistic of running text with the words that its indicator lacks; as it is where none is missing."""
    words = _words(record.indicator)
    if len(words) > LONGEST or record.indicator.lower() == _ALL_STAFF:
        return record
    model = load_model()
    near = candidates(document, record)
    scores = [(_SURE if each.known else model.score(each.features)) - model.threshold for each in near]
    chosen = [each for each, inside in zip(near, _smooth(scores, model.switch), strict=True) if inside]
    missing = _missing(document, chosen, words)
    added = [run for run in missing if not _words(run) <= words | {"số", "tổng"}]  # "số CBGVNV" is said in full
    if not added:
        return record
    ahead = [run for run in added if _RATE.match(run)]
    behind = [run for run in added if not _RATE.match(run)]
    return record.model_copy(update={"indicator": " ".join([*ahead, record.indicator, *behind])})


#: Who all work at a school, which needs no more words.
_ALL_STAFF = "đội ngũ"


def candidates(document: Document, record: Statistic) -> list[Candidate]:
    """The words near a statistic's number, in the order of the text."""
    first = record.evidence[0]
    start = view_offset(document, first.start)
    end = view_offset(document, first.end - 1) + 1
    phrase = _words(record.indicator)
    size = len(phrase)
    lowered, near = document.lower, list[Candidate]()
    before = [*_TOKEN.finditer(lowered, max(0, start - _REACH_BEFORE, _end_of_title(document, start)), start)]
    if is_led(lowered, 0, start) or in_company(document, 0, start) is not None:
        before = []  # "24 đội đến từ 12 trường": what stands before is said of others
    for side, tokens, limit in (
        ("B", before[::-1], BEFORE),
        ("Q", [*_TOKEN.finditer(lowered, start, end)], BEFORE),
        ("A", _behind(document, end), BEHIND),
    ):
        near += _read(_walk(side, tokens, limit), phrase, side, size)
    return sorted(near)


def _end_of_title(document: Document, position: int) -> int:
    """Where the head of the block of a position ends that titles a text and labels no figure; 0 for another head."""
    block = document.block_at(position)
    start, end = document.head(block)
    titled = end < position and document.text[end : end + 1] == ":" and not says(document.text[start:end], own=True)
    return end if titled else 0


def _behind(document: Document, end: int) -> list[re.Match[str]]:
    """The words and signs behind a number; none where they are the label of the next: ``Nữ: 38 Biên chế: 40``."""
    if next_label(document, end):
        return []
    return [*_TOKEN.finditer(document.lower, end, end + _REACH_BEHIND)]


def _words(phrase: str) -> frozenset[str]:
    return frozenset(map(_fold, _WORD.findall(phrase.lower())))


@lru_cache(maxsize=20_000)
def _fold(word: str) -> str:
    return fold_tone_style(word)


class _Token(NamedTuple):
    """A word on the way from the number: its distance, the signs and how many numbers stand between."""

    start: int
    end: int
    word: str
    distance: int
    signs: str
    numbers: int


def _walk(side: str, tokens: Sequence[re.Match[str]], limit: int) -> list[_Token | None]:
    """The words on the way from a number, up to the end of the line before or to the next number behind.

    None stands for a number ahead and for the words that follow it up to the next sign: they are its own.
    """
    found: list[_Token | None] = []
    signs, numbers, distance, lines, clause = "", 0, 0, 0, 0
    for token in tokens:
        text = token[0]
        if text == "\n":
            lines += 1
            if lines > 1 or side == "A":
                break
            signs, clause = _with(signs, "n"), len(found)
        elif text[0].isdigit():
            if side == "A":
                break
            numbers, distance = min(numbers + 1, 2), distance + 1
            found[clause:] = [None] * (len(found) - clause + 1)
            clause = len(found)
        elif not text[0].isalpha():
            signs, clause = _with(signs, text), len(found)
        else:
            distance += 1
            if distance > limit:
                break
            found.append(_Token(*token.span(), _fold(text), distance, signs, numbers))
    return found


@cache
def _with(signs: str, sign: str) -> str:
    return "".join(sorted({*signs, sign}))


def _read(tokens: Sequence[_Token | None], phrase: frozenset[str], side: str, size: int) -> Iterable[Candidate]:
    known = [token is not None and token.word in phrase for token in tokens]
    words = ["-", *(token.word if token else "-" for token in tokens), "-"]
    step = 1 if side == "B" else -1  # "B" leads away from the number, against the text
    for at, token in enumerate(tokens):
        if token is None:
            continue
        near_left, near_right = _gap(known, at, step), _gap(known, at, -step)
        features = (
            *_place(side, token.distance, token.signs, token.numbers, size),
            f"near {near_left} {near_right}",
            f"word {token.word}",
            f"left {words[at + 1 + step]} {token.word}",
            f"right {token.word} {words[at + 1 - step]}",
        )
        yield Candidate(token.start, token.end, token.word, known[at], features)


def _gap(known: Sequence[bool], at: int, step: int) -> int:
    """How many words on the nearest word of the phrase stands, 0 for none near by."""
    beside = known[at + 1 : at + 1 + _BESIDE] if step > 0 else known[max(0, at - _BESIDE) : at][::-1]
    return beside.index(True) + 1 if True in beside else 0


@lru_cache(maxsize=20_000)
def _place(side: str, distance: int, signs: str, numbers: int, size: int) -> tuple[str, ...]:
    distance = min(distance, _FAR)
    return (
        f"distance {side} {distance}",
        f"between {side} {signs} {numbers}",
        f"place {side} {distance} {signs} {min(numbers, 1)}",
        f"size {side} {size}",
        f"reach {side} {distance // 3} {size}",
    )


def _smooth(scores: Sequence[float], switch: float) -> list[bool]:
    """Which words belong: the choice with the highest sum, less ``switch`` wherever belonging begins or ends."""
    outside = inside = 0.0
    ways: list[tuple[bool, bool]] = []  # whether the word before belongs, where this one does not or does
    for score in scores:
        leaves, stays = inside - switch > outside, inside >= outside - switch
        ways.append((leaves, stays))
        outside, inside = max(outside, inside - switch), max(inside, outside - switch) + score
    belongs = []
    current = inside > outside
    for way in reversed(ways):
        belongs.append(current)
        current = way[current]
    return belongs[::-1]


def _missing(document: Document, chosen: Sequence[Candidate], phrase: frozenset[str]) -> list[str]:
    """What of the chosen words the phrase lacks, each once, as the text has them; neighbors in one."""
    seen = set(phrase)
    found: list[str] = []
    for run in _runs(document, chosen):
        part = _trimmed(_without_torn_names(document, run), seen)
        said = document.value(part[0].start, part[-1].end) if len(part) > 1 else ""
        alone = bool(part) and not (
            _BODY_BEFORE.search(document.lower, max(0, part[0].start - 20), part[0].start)
            or _ORDINAL_BEHIND.match(document.text, part[-1].end)
        )
        if said and said.lower() not in _CLASSIFIERS and says_more(said, alone=alone):  # a word is too little
            found.append(said)
            seen.update(each.word for each in part)
    return found


#: Words of two syllables that count people and say nothing of them, or only lead to them.
_CLASSIFIERS = frozenset({"đồng chí", "em học sinh", "trong đó", "trong số", "trong số đó", "tổng số", "trong số này"})


def says_more(said: str, *, alone: bool) -> bool:
    """Whether words near a number say anything of what is counted: no time or adverb, no name that stands ``alone``."""
    if _SAYS_NOTHING.match(said.lower()):
        return False
    return not alone or _NAMED_ONLY.fullmatch(said) is None


#: The ordinal behind the name of a school: ``Vân Sa 2 nhận thêm 31 trẻ``.
_ORDINAL_BEHIND = re.compile(r" \d{1,2}(?![\d.,/])")
#: What a school or a place is called by, right before its name.
_BODY_BEFORE = re.compile(
    r"(?<!\w)(?:trường|mầm non|mẫu giáo|tiểu học|mn|th|thcs|thpt|xã|phường|huyện|tỉnh|quận|thị trấn|thôn|ấp|đoàn|đội|"
    r"liên đội|công ty|số \d) $"
)


#: What opens a clause or only stresses or compares a number: ``Từ đó đến nay``, ``vẻn vẹn``, ``lần lượt``.
_SAYS_NOTHING = re.compile(
    r"(?:quy mô$|(?:kể )?từ (?:đó|đây|ấy|khi|lúc|ngày|năm)|cho đến|đến nay|có lúc|vẻn vẹn|vỏn vẹn|cả thảy|lần lượt|"
    r"tương ứng|bên cạnh|so với|đáng kể|chúng tôi|chúng ta|ngoài ra|đặc biệt|nhìn chung|trải qua|đã qua|như vậy|"
    r"tuy nhiên|hơn nữa|đồng thời|vừa qua|vừa rồi|năm ngoái|hồi đó|khi đó|lúc đó|bấy giờ|thời đó)(?!\w)"
)
#: A name and nothing else: whose it is, its word must say (``Trường THCS Vân Sa``).
_NAMED_ONLY = re.compile(rf"(?:[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+(?: |$)){{2,5}}")


def _without_torn_names(document: Document, run: Sequence[Candidate]) -> Sequence[Candidate]:
    """The words without the rest of a name at either end: of ``Trường Vân Hồ bước vào`` not ``Hồ bước vào``."""
    text, first, last = document.text, 0, len(run)
    if _NAME_ENDS.search(text, max(0, run[0].start - 12), run[0].start):
        while first < last and text[run[first].start].isupper():
            first += 1
    if first < last and _NAME_GOES_ON.match(text, run[last - 1].end):
        while last > first and text[run[last - 1].start].isupper():
            last -= 1
    return run[first:last]


_NAME_ENDS = re.compile(rf"(?<!\w)[{CAPITAL}](?![{CAPITAL}])[^\W\d_]* $")
_NAME_GOES_ON = re.compile(rf" [{CAPITAL}](?![{CAPITAL}])[^\W\d_]*")


def _trimmed(run: Sequence[Candidate], seen: Set[str]) -> Sequence[Candidate]:
    """The words without those at either end that only lead to others, or that the phrase has."""
    first, last = 0, len(run)
    while last > first and (run[last - 1].word in _LEADS_ON or run[last - 1].word in seen):
        last -= 1
    while first < last and (run[first].word in _LEADS_ON - _BELONGS or run[first].word in seen):
        first += 1
    return run[first:last]


#: Words that lead to others: none of them ends what is added, and only these begin it.
_BELONGS = frozenset({"của", "ở", "tại", "trong", "thuộc", "cho", "không", "theo", "từ", "bằng", "mỗi"})
_LEADS_ON = _BELONGS | {
    *("và", "với", "cùng", "các", "những", "có", "gồm", "là", "đạt", "được", "bị", "đã", "đang", "sẽ", "còn", "hơn"),
    *("gần", "trên", "dưới", "khoảng", "chiếm", "tổng", "năm", "này", "đó", "thì", "mà", "do", "vì", "để", "về"),
    *("vào", "ra", "lên", "đến", "đều", "cũng", "chỉ", "hiện", "nay"),
}


def _runs(document: Document, chosen: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    """The chosen words that stand side by side."""
    first = 0
    for last in range(1, len(chosen) + 1):
        if last == len(chosen) or not document.text[chosen[last - 1].end : chosen[last].start].isspace():
            yield chosen[first:last]
            first = last
