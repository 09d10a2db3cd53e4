"""Words and patterns that tell the zones of a document apart, from ``zones.yml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors._shared.document import Block
from extractors._shared.lexicon import Entry, load_lexicon
from extractors._shared.view import View, fold_tone_style, lower

LINE = 200
EMPHASIS = "*_#| "
#: ``Số: 12/BC-PGDĐT``, ``* Số 63-KH/HU``, ``Số: … /BC-KTĐTH``; a rule may follow on the line.
NUMBER_LINE = re.compile(
    r"[*_\s]*(?:Số|SỐ|số)(?: ?hiệu| ?ký hiệu)?\s?[:.]{0,2}\s?[*_]*"
    r"(?P<number>[\d.…_ ]*(?:(?<=\d)[a-zđ])?\s?(?:[-/]\s?\d{4})?\s?[-/]?\s?(?:[A-ZĐ][\w&./ -]{0,40}?)?)\s?[*_| .-]*$"
)

_NAMED_NUMBER = re.compile(r"[:\d/…]|\.\.")


def is_number_line(text: str) -> bool:
    """Whether a line is a document's number, printed or left blank; ``Số HS`` and ``SỐ 3 - BẬC TIỂU HỌC`` are none."""
    match = NUMBER_LINE.match(text)
    if match is None or not _NAMED_NUMBER.search(text):
        return False
    return "/" in match["number"] or ":" in text or len(re.findall(r"[^\W\d_]{2,}", match["number"])) <= 1


#: The same inside a head that was flattened into one line, within so many characters.
FLAT_NUMBER = re.compile(
    r"(?:^|(?<=[\s.]))(?:Số|SỐ)\s?:?\s?(?P<number>\d{1,5}\s?[-/]\s?(?:\d{4}\s?[-/]\s?)?[A-ZĐ][\w&]*(?:\s?[-/]\s?[A-ZĐ][\w&]*)*)"
)
FLAT_HEAD = 700


@cache
def lexicon() -> dict[str, tuple[Entry, ...]]:
    """The groups of ``zones.yml``."""
    return load_lexicon("extractors._shared", "zones.yml")


@cache
def forms(group: str) -> dict[str, Entry]:
    """The entries of a group by each of their forms, in lower case with tones in one style."""
    return {lower(fold_tone_style(form)): entry for entry in lexicon()[group] for form in entry.forms}


def by_length(group: str) -> list[str]:
    """The forms of a group, the longest first."""
    return sorted(forms(group), key=len, reverse=True)


@cache
def alternation(group: str) -> str:
    """A regular expression for the forms of a group, the longest first."""
    return "|".join(map(re.escape, by_length(group)))


@cache
def _event() -> re.Pattern[str]:
    # ``BAN TỔ CHỨC HỘI THI`` is a body.
    return re.compile(rf"(?<!\w)(?<!ban )(?:{alternation('happening')}|\d{{4}})(?!\w)|:")


def tells_event(lowered: str) -> bool:
    """Whether a line tells what a body does or what a paper is about, so that it is no body's name alone."""
    return _event().search(lowered) is not None


@cache
def pattern(name: str) -> re.Pattern[str]:
    patterns = {
        # The look behind stands after the first letter, so that the engine skips to that letter.
        "motto": "|".join(rf"{form[0]}(?<!nước {form[0]}){re.escape(form[1:])}(?!\w)" for form in by_length("motto")),
        "body": rf"(?:{alternation('body')})(?![\w-])",
        "kind": rf"(?:{alternation('kind_line')})(?!\w)",
        "opening": rf"(?:{alternation('opening')})(?!\w)",
        "prefix": rf"(?:{alternation('signature_prefix')})(?=[\s:/.]|$)",
        "post": rf"(?:q\. ?|quyền |phó )?(?:{alternation('signature_post')})(?!\w)",
        "recipients": rf"[*_ ]*(?:{alternation('recipients_cue')})\s?[:.]?[*_]*",
        "byline": rf"[*_ ]*(?:{alternation('byline_cue')})\s?:",
    }
    return re.compile(patterns[name])


#: The names of the Ê Đê, M'nông and Cơ Ho, one word with its prefix.
_CLAN_PREFIX = re.compile(r"[HK]'[^\W\d_]{2}")


def is_person(text: str) -> bool:
    """Whether a line is nothing but a person's name: 2-5 capitalised syllables after a family name, or ``H'Ngoan``."""
    words = re.sub(
        r"^(?:(?:Đ/c|đ/c|Th\.?[Ss]|TS|PGS|GS|NGƯT|NGND|BS|CN|KS|Ông|Bà)\.?\s?[.:]?\s?)+",
        "",
        text.strip(EMPHASIS + "."),
    ).split()
    least = 1 if words and _CLAN_PREFIX.match(words[0]) else 2
    if not least <= len(words) <= 5 or not all(word[0].isupper() and word.replace("'", "").isalpha() for word in words):
        return False
    if pattern("kind").fullmatch(lower(" ".join(words))):
        return False
    return words[0][:2] in ("H'", "K'") or lower(fold_tone_style(words[0])) in _families()


@cache
def _families() -> frozenset[str]:
    rows = load_lexicon("extractors._shared", "names.yml")["family"]
    return frozenset(lower(fold_tone_style(form)) for entry in rows for form in entry.forms)


@cache
def spaced_kinds() -> dict[str, Entry]:
    """The kinds of documents by their name without spaces, for ``B Á O C Á O``."""
    return {form.replace(" ", ""): entry for form, entry in forms("kind_line").items()}


class Lines:
    """The blocks of a document as lines, and the zones given to them so far (``kinds``, by index)."""

    def __init__(self, view: View, blocks: Sequence[Block], kinds: dict[int, str]) -> None:
        self.view, self.blocks, self.kinds = view, blocks, kinds

    def text(self, index: int) -> str:
        """A block's text without Markdown emphasis."""
        block = self.blocks[index]
        return self.view.text[block.start : block.end].strip(EMPHASIS)

    def lowered(self, index: int) -> str:
        """The same in lower case."""
        block = self.blocks[index]
        return self.view.lower[block.start : block.end].strip(EMPHASIS)
