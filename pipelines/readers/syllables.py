"""How Vietnamese the words of a text are: what tells a right decoding from a wrong one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: The marks of the five tones that have one, apart from their letters.
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
#: Tones that a syllable ending in p, t, c or ch may have.
_STOPPED_TONES = frozenset("\u0301\u0323")
_ONSETS = re.findall(r"\w+", "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x")
_RIMES = re.findall(
    r"\w+",
    """
a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu  i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
ooc oong  ô ôc ôi ôm ôn ông ôp ôt ôông  ơ ơi ơm ơn ơp ơt
u uc ui um un ung up ut ua uân uâng uât uây uê uêch uên uênh uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uyn
uynh uyp uyt uyu  ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu  y yêm yên yêng yêt yêu
""",
)
_AFTER_Q = frozenset("u" + rime for rime in _RIMES if rime[0] in "aăâeêiyơô") | {"uy"}
_KNOWN = frozenset(rime for rime in _RIMES)
_ONSETS_BY_LENGTH = sorted(_ONSETS, key=len, reverse=True)
#: What stands between words, besides white space: ASCII without letters, and punctuation outside Latin-1.
_GAP = re.compile(r"[\s\x00-\x40\x5b-\x60\x7b-\x7f\u2010-\u2027\u2030-\u205e]+")


def vietnamese_share(text: str) -> tuple[float, int]:
    """The share of the words with letters outside ASCII that are Vietnamese syllables, and how many such words are.

    Words in ASCII say nothing: they look alike in every encoding. The share is 0 without such words.
    """
    words = [word for word in _GAP.split(unicodedata.normalize("NFC", text)) if not word.isascii()]
    if not words:
        return 0.0, 0
    return sum(is_syllable(word) for word in words) / len(words), len(words)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable, in small letters, capitals, or one capital in front.

    ``Trường``, ``ĐỊNH``, ``quyết``; not ``tr­êng``, ``nµo``, ``Trưá»ng``.
    """
    if not word.isalpha() or not (word.islower() or word[1:].islower() or word.isupper()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    if plain.endswith(("p", "t", "c", "ch")) and not (tones and tones[0] in _STOPPED_TONES):
        return False
    return _has_rime(plain)


def _has_rime(plain: str) -> bool:
    if plain in _KNOWN:
        return True
    for onset in _ONSETS_BY_LENGTH:
        if plain.startswith(onset):
            rime = plain[len(onset) :]
            # "gì", "giếng": the i of the onset is also the vowel.
            if rime in (_AFTER_Q if onset == "q" else _KNOWN) or (onset == "gi" and "i" + rime in _KNOWN):
                return True
    return False
