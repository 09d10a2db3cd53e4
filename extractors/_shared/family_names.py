"""The family names of persons, as data: which words open a name, and which need a middle name to do so."""

from __future__ import annotations

from functools import cache

from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower


@cache
def families_of_names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Family names in lower case: all, the weak ones, and middle names that make a weak one sure."""
    lexicon = load_lexicon("extractors._shared", "names.yml")
    folded = {lower(fold_tone_style(form)): entry for entry in lexicon["family"] for form in entry.forms}
    weak = frozenset(form for form, entry in folded.items() if "weak" in entry.attributes)
    middle = frozenset(lower(fold_tone_style(form)) for entry in lexicon["middle"] for form in entry.forms)
    return frozenset(folded), weak, middle


@cache
def family_pairs() -> frozenset[str]:
    """Family names of two syllables in lower case (``rơ châm``)."""
    rows = load_lexicon("extractors._shared", "names.yml")["family_pair"]
    return frozenset(lower(fold_tone_style(form)) for entry in rows for form in entry.forms)


@cache
def honoured_names() -> frozenset[str]:
    """The people whose names schools bear, in lower case."""
    rows = load_lexicon("extractors._shared", "names.yml")["honoured"]
    return frozenset(lower(fold_tone_style(form)) for entry in rows for form in entry.forms)


def looks_like_person(name: str) -> bool:
    """Whether a name alone reads as a person's: a family name and a middle name (``Bế Văn Đàn``)."""
    families, _, middle = families_of_names()
    words = lower(fold_tone_style(name)).split()
    return len(words) >= 3 and words[0] in families and words[1] in middle


def is_family(word: str) -> bool:
    """Whether a word is a family name and little else (``Phan``, not ``Hà``)."""
    families, weak, _ = families_of_names()
    folded = lower(fold_tone_style(word))
    return folded in families and folded not in weak


def is_womans(words: list[str]) -> bool:
    """Whether ``thị`` is the middle name, whatever family stands before it (``Tán Thị Kim``)."""
    return words[1] == "thị" and words[2] not in ("trấn", "xã", "tứ", "trường", "ủy", "đoàn", "đội", "hội", "phần")


def is_ede(words: list[str], families: frozenset[str]) -> bool:
    """Whether a man's name has its family name at the end, as the Ê Đê have it: ``Y Thân Niê``."""
    return words[0] == "y" and (words[-1] in families or words[-2] in families)


def given_name(person: str) -> str:
    """The last syllable of a name, in lower case with tones in one style."""
    return lower(fold_tone_style(person)).split()[-1]
