"""Names made comparable: one spelling of what is written in several ways. Tones are never dropped."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from math import log2

from extractors._shared.view import fold_tone_style, lower
from schemas import School
from schemas.vocabulary import Abbreviation, Body, DocumentType, NamePart, vocabulary

_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"'})
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@cache
def fold(text: str) -> str:
    """The name in lower case, NFC, tones in one style, spaces collapsed, without marks at its ends.

    ``Huyện uỷ`` and ``HUYỆN ỦY`` are one; ``Hùng`` and ``Hưng`` stay two.
    """
    plain = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    return _EDGES.sub("", lower(fold_tone_style(" ".join(plain.split()))))


@cache
def expand(text: str) -> str:
    """The folded name with the usual abbreviations written out: ``PGD&ĐT`` → ``phòng giáo dục và đào tạo``."""
    return " ".join(_write_out(_write_out(fold(text), last=False), last=True).split())


def _write_out(name: str, *, last: bool) -> str:
    pattern, full = _abbreviations(last=last)
    return pattern.sub(lambda match: full[match.group().rstrip(".")], name)


@cache
def _abbreviations(*, last: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    full: dict[str, str] = {}
    for entry in vocabulary(Abbreviation):
        if entry.last == last:
            meaning = fold(entry.forms[0])
            # A full form stands for itself: what begins like its abbreviation (Phòng Giáo dục …) is left alone.
            full |= {fold(form): meaning for form in entry.forms}
    longest = sorted(full, key=len, reverse=True)
    return re.compile(rf"(?<![\w&])(?:{'|'.join(map(re.escape, longest))})\.?(?![\w&])"), full


@cache
def symbols() -> dict[str, tuple[DocumentType, ...]]:
    """The document types by folded symbol, those first for which it is the usual one."""
    found: dict[str, list[tuple[int, DocumentType]]] = {}
    for entry in vocabulary(DocumentType):
        for rank, symbol in enumerate(entry.symbols):
            found.setdefault(fold(symbol), []).append((rank, entry))
    return {
        symbol: tuple(entry for _, entry in sorted(rows, key=lambda row: (row[0], row[1].id)))
        for symbol, rows in found.items()
    }


@cache
def body_symbols() -> dict[str, Body]:
    """The bodies by folded symbol."""
    return {fold(symbol): body for body in vocabulary(Body) for symbol in body.symbols}


@cache
def find_body(name: str) -> Body | None:
    """The body that an expanded name names: ``ban tuyên giáo huyện ủy`` → Huyện ủy; None where none is known.

    The longest name decides, but a body whose level depends on its place gives way to one that
    tells it: ``ủy ban kiểm tra huyện ủy`` is the district's.
    """
    found: list[tuple[bool, int, Body]] = []
    for body in vocabulary(Body):
        for form in body.forms:
            wanted = expand(form)
            if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", name):
                found.append((body.level not in ("local", "school"), len(wanted), body))
    return max(found, key=lambda row: row[:2])[2] if found else None


@cache
def document_type(name: str) -> DocumentType | None:
    """The document type of that name; None where it is unknown."""
    wanted = fold(name)
    return next((entry for entry in vocabulary(DocumentType) if wanted in map(fold, entry.forms)), None)


def proper(name: str | None) -> str | None:
    """A folded place name with capitals, for reading: ``suối mây`` → ``Suối Mây``."""
    return name.title() if name else None


def school_key(school: School) -> tuple[str, str, str]:
    """What a school's name says in every district: level, own name and ordinal, folded."""
    return expand(school.level), expand(school.own_name), str(school.ordinal or "")


_MARKS = dict.fromkeys(range(0x300, 0x370))
#: A y that sounds like i and is written so too: Mỹ/Mĩ, Lý/Lí, quý/quí; not that of Thúy or Ý.
_Y = re.compile(r"(?:(?<=[bcdđghklmnpqrstvx])|(?<=qu))[yýỳỷỹỵ](?!\w)")
_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@cache
def spelled(name: str) -> str:
    """The folded name with i for a y that sounds alike: ``Lê Thị Mỹ`` and ``Lê Thị Mĩ`` are one. Tones stay."""
    return _Y.sub(lambda match: match.group().translate(_I), fold(name))


@cache
def toneless(name: str) -> str:
    """The name in plain letters, without tones and marks: finds candidates and never decides."""
    return unicodedata.normalize("NFD", spelled(name)).translate(_MARKS).replace("đ", "d")


#: Parts of a name that are not in the list, and the people with posts in a district whom reports name.
_RARE_FAMILY, _RARE_MIDDLE, _RARE_GIVEN, _PEOPLE = 1.0, 4.0, 3.0, 1000


@cache
def _name_parts() -> dict[tuple[str, str], float]:
    return {(part.place, spelled(form)): part.per_mille for part in vocabulary(NamePart) for form in part.forms}


@cache
def name_bits(name: str) -> float:
    """How much a full name tells, in bits: minus the logarithm of the namesakes to expect in a district.

    ``Nguyễn Thị Hà`` gives about -1.8, ``Đặng Thị Lụa`` 5.5; between -4 and 8.
    """
    family, *middle, given = [*name.split(), ""] if " " not in name else name.split()
    known = _name_parts()
    share = known.get(("family", family), _RARE_FAMILY) / 1000 * known.get(("given", given), _RARE_GIVEN) / 1000
    for part in middle:
        share *= known.get(("middle", part), _RARE_MIDDLE) / 1000
    return max(-4.0, min(8.0, -log2(share * _PEOPLE)))
