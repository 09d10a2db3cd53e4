"""What well-known documents of the centre are about, and what a report does by one: ``Tinh giản biên chế theo …``."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower

_WORD = re.compile(r"\w+")
#: Pairs of syllables that subjects of many documents have.
_COMMON = frozenset(
    ("giáo dục", "học sinh", "giáo viên", "nhà giáo", "cơ sở", "phổ thông", "tiểu học", "mầm non", "trung học",
     "quy định", "viên chức", "công chức", "cán bộ", "trường tiểu", "trường mầm", "trường trung", "chế độ", "thực hiện",
     "dục mầm", "dục phổ", "chính sách", "đối với")
)  # fmt: skip
_BY = re.compile(
    r"(?:^|[.;:]\s+|\n\s*(?:[-+*•]\s+)?)(?P<what>[^.;:\n\d]{6,90}?)(?: được)?(?: thực hiện| chi trả| áp dụng)? theo "
    r"(?:quy định (?:tại|của) |đúng |tinh thần )?$",
    re.I,
)
_REACH = 140


def is_known(document: str) -> bool:
    """Whether it is known what a document (``nghi_dinh_29_2023``) is about."""
    return document in _known()


def fits(document: str, subject: str) -> bool:
    """Whether a subject has one of the forms of what a known document is about, or two telling syllables of one."""
    said = " ".join(_WORD.findall(lower(fold_tone_style(subject))))
    pairs = {" ".join(pair) for pair in pairwise(said.split())} - _COMMON
    for form in _known()[document]:
        if form in said or pairs & {" ".join(pair) for pair in pairwise(form.split())}:
            return True
    return False


def done_by(text: str, at: int) -> str | None:
    """What is done by a document that is cited at a place of a text; None where nothing says so."""
    match = _BY.search(text[max(0, at - _REACH) : at])
    return match["what"].strip(" -+*•") if match else None


@cache
def _known() -> dict[str, tuple[str, ...]]:
    lexicon = load_lexicon("extractors.relations", "known_documents.yml")
    return {
        entry.id: tuple(" ".join(_WORD.findall(lower(fold_tone_style(form)))) for form in entry.forms)
        for entry in lexicon["about"]
    }
