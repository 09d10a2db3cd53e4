"""Words that lost the blank between them: ``thànhphố``, ``Ủyban``, ``UBNDngày``, ``nonHoa Mai``, ``chiếm51%``.

Pages and PDFs made from office documents drop the blank at the ends of printed lines. A Vietnamese word of a text is
one syllable, and what a syllable may be is known (Hoàng Phê, *Từ điển vần*): a run of letters that is none, but falls
into syllables in one way only, is several words.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

#: What stands before the vowel, by the vowels that follow it in the orthography. ``p`` alone and ``k`` before back
#: vowels stand in names of minority languages only, which are written together on purpose (``Pôkô``).
_ONSET = (
    r"(?:(?:k|gh|ngh)(?=[eêiy])|(?:c|g|ng)(?=[aăâoôơuư])|g(?=i(?:n|$))|qu(?=[aăâeêiơôy])|gi(?=[aăâeêoôơuư])|"
    r"b|ch|d|đ|h|kh|l|m|nh|n|ph|r|s|th|tr|t|v|x)?"
)
_RHYME = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e eang ec em en eng eo "
    "ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai "
    "oan oang oanh oao oap oat oay oăc oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn "
    "ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uât uâc uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up "
    "ut uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên "
    "yêng yêt yêu"
)
_SYLLABLE = re.compile(f"{_ONSET}(?:{'|'.join(sorted(_RHYME.split(), key=len, reverse=True))})")
#: Closed by a stop, a syllable has one of two tones.
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_RISING = frozenset("\u0301\u0323")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST, _LONGEST = 5, 7
#: A figure printed with the word before or behind it: ``chiếm51%``, ``11tháng 10``; no unit (``7tỷ``, ``20km``).
_BESIDE_FIGURE = re.compile(r"(?<!\w)(?P<word>[^\W\d_]{2,7})(?=\d)|(?<=\d)(?=(?P<behind>[^\W\d_]{3,7})(?!\w))")


@cache
def is_syllable(word: str) -> bool:
    """Whether a word in small letters is a syllable of Vietnamese, spelled with its tone."""
    marks = [sign for sign in normalize("NFD", word) if sign in _MARKS]
    plain = normalize("NFC", "".join(sign for sign in normalize("NFD", word) if sign not in _MARKS))
    if len(marks) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not _STOPPED.search(plain) or (len(marks) == 1 and marks[0] in _RISING)


def _by_case(letters: str) -> tuple[int, ...]:
    """Where words that differ in their case meet: ``UBND|ngày``, ``non|Hoa``."""
    for at in range(2, len(letters) - 1):
        first, second = letters[:at], letters[at:]
        before, behind = _cuts(first), tuple(at + cut for cut in _cuts(second))
        if not (behind or is_syllable(second.lower())):
            continue
        if first.isupper() and second.islower() and not second.isascii():
            named = is_syllable(lower := f"{first[-1]}{second}".lower()) or _cuts(lower)
            return () if named else (at, *behind)  # ``THĐông`` may abbreviate a name
        small = first.islower() or (first.istitle() and not letters.isascii())
        if small and second[0].isupper() and second[1].islower() and (before or is_syllable(first.lower())):
            return (*before, at, *behind)
    return ()


def _in_two(letters: str) -> list[int]:
    """Where small letters fall into two syllables of two letters and more."""
    places = range(2, len(letters) - 1)
    return [at for at in places if is_syllable(letters[:at]) and is_syllable(letters[at:])]


def _cuts(letters: str) -> tuple[int, ...]:
    """Where blanks are missing in a run of letters; nothing where it is one word, or falls apart in several ways."""
    if len(letters) < _SHORTEST or is_syllable(small := letters.lower()):
        return ()
    if not (letters.islower() or letters.isupper() or letters.istitle()):
        return _by_case(letters)
    if letters.isascii():
        return ()  # ``Internet``, ``robot``
    if twos := _in_two(small):
        return (twos[0],) if len(twos) == 1 else ()
    threes = [
        (at, at + behind)
        for at in range(2, min(len(small) - 3, _LONGEST + 1))
        if is_syllable(small[:at])
        for behind in _in_two(small[at:])
    ]
    return threes[0] if len(threes) == 1 else ()


def _is_word(letters: str) -> bool:
    """Whether letters beside a figure are a word in small letters, and no abbreviation or unit."""
    return letters.islower() and not letters.isascii() and is_syllable(letters)


class _Glued(dict[str, tuple[int, ...]]):
    """Where blanks are missing in each piece of text between two blanks; reports repeat their words."""

    def __missing__(self, piece: str) -> tuple[int, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        cuts = {match.start() + cut for match in _LETTERS.finditer(piece) for cut in _cuts(match[0])}
        cuts |= {match.end() for match in _BESIDE_FIGURE.finditer(piece) if _is_word(match["word"] or match["behind"])}
        self[piece] = found = tuple(sorted(cuts))
        return found


_REMEMBERED = 100_000
_glued = _Glued()


def missing_blanks(text: str) -> list[int]:
    """The offsets in a text before which a blank between two words is missing, in order."""
    glued = [piece for piece in set(text.split()) if _glued[piece]]
    if not glued:
        return []
    pieces = re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, glued))})(?!\S)")
    return [match.start() + cut for match in pieces.finditer(text) for cut in _glued[match[0]]]
