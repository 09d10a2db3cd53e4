"""Winners whom a sentence calls by a pronoun or a short name: ``Cô đạt giải Nhất …``, ``năm 2020, Quý giành …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Document, once
from extractors._shared.names import NameMention, find_names
from extractors._shared.scan import Words, matches_from, places_of
from extractors._shared.view import CAPITAL
from extractors.awards.context import Context
from extractors.awards.verbs import WIN
from extractors.awards.winner import Winner

#: Who is called how; a person is looked for among those who are called alike.
_PUPIL, _WOMAN, _MAN = "pupil", "woman", "man"
_CALLS = {"em": _PUPIL, "cháu": _PUPIL, "bé": _PUPIL, "bạn": _PUPIL, "nữ sinh": _PUPIL, "nam sinh": _PUPIL}
_CALLS |= {"cô": _WOMAN, "cô giáo": _WOMAN, "bà": _WOMAN, "chị": _WOMAN}
_CALLS |= {"thầy": _MAN, "thầy giáo": _MAN, "ông": _MAN, "anh": _MAN}
_PRONOUNS = "|".join(sorted(_CALLS, key=len, reverse=True))
#: What a sentence says of its subject first.
_SAYS = (
    r"(?: (?:này|cũng|còn|đã|từng|vừa|lại|luôn|liên tiếp|liên tục|vinh dự|xuất sắc|tiếp tục|là|được|có|nhiều|\d{1,2}"
    rf"|{WIN}|trở thành|tham gia|tham dự|dự thi|tự tin)(?!\w))"
)
_PRONOUN = re.compile(rf"(?<!\w)(?P<call>{_PRONOUNS})(?P<given>(?: [^\W\d_]+){{0,2}}?)(?={_SAYS})")
_PRONOUN_AT = Words(tuple(_CALLS))
#: A given name alone, at the head of its clause: ``Năm 2020, Quý giành …``.
_BARE = re.compile(rf"(?:(?<=[.,;:] )|(?<=\n)|^)(?P<given>[{CAPITAL}][^\W\d_]+(?: [{CAPITAL}][^\W\d_]+)?)(?={_SAYS})")
_NOT_ONE = re.compile(
    r"(?<!\w)(?:các|những|nhiều|mỗi|mọi|một số|hai|ba|bốn|năm|sáu|số|của|cho|với|giúp|tặng|trao|hướng dẫn|là"
    r"|(?<!\d)\d{1,3}"
    r"|chị|anh|ông|bà|cô|thầy|trẻ|tổng|lượt) $"
)
_HOW_CALLED = re.compile(
    rf"(?<!\w)(?P<call>{_PRONOUNS}|học sinh|hs|thí sinh|vđv|học viên|sinh viên|giáo viên|nhà giáo|gv)(?: trẻ| là)?,? ?$"
)
_PUPILS = frozenset({"học sinh", "hs", "thí sinh", "vđv", "học viên", "sinh viên"})
_IS_PUPIL = re.compile(r" ?[,(-] ?(?:là |hiện |đang )*(?:học sinh|hs|lớp|học lớp|cựu học sinh|sinh viên)(?!\w)")
_TEACHES = re.compile(
    r" ?[,(-] ?(?:sinh năm \d{4},? )?(?:là |hiện |đang )*(?:giáo viên|gv|hiệu trưởng|phó hiệu|tổ trưởng)"
)
#: How far before a pronoun the person may stand.
_FAR = 1500


def called(context: Context, first: int, at: int) -> Winner | None:
    """The person whom the subject of a sentence means that is told up to ``at``; None where it names one itself."""
    document = context.document
    if find_names(document, first, at):
        return None
    if of_one := _whose(context, first, at):
        return of_one
    pronouns = list(
        matches_from(_PRONOUN, places_of(_PRONOUN_AT, document.lower, first, at), document.lower, first, at)
    )
    pronouns = [m for m in pronouns if not _NOT_ONE.search(document.lower, max(first, m.start() - 12), m.start())]
    if pronouns:
        last = pronouns[-1]
        given = document.text[last.start("given") : last.end("given")].strip()
        if given and not given[0].isupper():
            return None
        return _person(context, last.start(), given, _CALLS[last["call"]])
    bare = list(_BARE.finditer(document.text, first, at))
    return _person(context, bare[-1].start(), bare[-1]["given"], None) if bare else None


#: Whose achievements a sentence lists: ``Bảng thành tích của em: giải Nhất …``, ``danh hiệu của cô Mai gồm …``.
_WHOSE = re.compile(
    rf"(?<!\w)(?:thành tích|phần thưởng|giải thưởng|danh hiệu)(?: [^\W\d_]+){{0,3}} của (?P<call>{_PRONOUNS})(?!\w)"
)
_WHOSE_AT = Words(("thành tích", "phần thưởng", "giải thưởng", "danh hiệu"))
_GIVEN = re.compile(rf" (?P<given>[{CAPITAL}][^\W\d_]+)(?! [{CAPITAL}])")


def lists_of_one(context: Context, first: int, at: int) -> bool:
    """Whether a sentence opens a list of what one person achieved, whom it calls by a pronoun or a short name."""
    lowered = context.document.lower
    return any(matches_from(_WHOSE, places_of(_WHOSE_AT, lowered, first, at), lowered, first, at))


def _whose(context: Context, first: int, at: int) -> Winner | None:
    """The person whose achievements a sentence lists up to a position; None where it lists nobody's."""
    lowered = context.document.lower
    match = next(iter(matches_from(_WHOSE, places_of(_WHOSE_AT, lowered, first, at), lowered, first, at)), None)
    if match is None:
        return None
    given = _GIVEN.match(context.document.text, match.end(), at)
    return _person(context, match.start(), given["given"] if given else "", _CALLS[match["call"]])


#: One person whom nobody names: ``Bản thân tôi đạt …``, ``cô được nhận …``.
_ONE = re.compile(
    rf"(?<!\w)(?:bản thân(?: tôi| em)?|cá nhân tôi|tôi|đồng chí|đ/c|{_PRONOUNS})(?={_SAYS}|,? (?:\d+|nhiều) năm|, )"
)


def calls_one(context: Context, first: int, at: int) -> bool:
    """Whether the subject of a sentence is one person, called without a name."""
    lowered = context.document.lower
    return any(
        not _NOT_ONE.search(lowered, max(first, match.start() - 12), match.start())
        for match in _ONE.finditer(lowered, first, at)
    )


_ALONE = re.compile(
    rf"(?:(?:[Ee]m|[Cc]háu|[Bb]ạn|[Cc]ô|[Tt]hầy|[Aa]nh|[Cc]hị) )?(?P<given>[{CAPITAL}][^\W\d_]+)"
    r"(?=[,;.)]|$| (?:vì|và|tại|với))"
)


def called_by_name(context: Context, start: int, end: int) -> list[Winner]:
    """The person whom a given name alone calls at a position: ``tặng Giấy khen cho Hiếu``; [] for none."""
    match = _ALONE.match(context.document.text, start, end)
    person = _person(context, start, match["given"], None) if match else None
    return [person] if person else []


def _person(context: Context, at: int, given: str, kind: str | None) -> Winner | None:
    """The nearest person named before a position who bears the given name, or else is called that way."""
    document = context.document
    for name in reversed(list(_before(document, at))):
        syllables = document.text[name.start : name.end].split()
        if given:
            fits = len(syllables) > len(given.split()) and syllables[-len(given.split()) :] == given.split()
        else:
            fits = at - name.end < _FAR and kind in _kinds(document).get(" ".join(syllables), ())
        if fits:
            return Winner(name.start, name.end, document.value(name.start, name.end), None, None)
    return None


def _before(document: Document, at: int) -> Iterator[NameMention]:
    return (name for name in find_names(document) if name.end <= at)


@once
def _kinds(document: Document) -> dict[str, set[str]]:
    """How each person of a document is called: a pupil, a woman, a man."""
    kinds: dict[str, set[str]] = {}
    lowered = document.lower
    for name in find_names(document):
        spelling = document.text[name.start : name.end]
        kind = kinds.setdefault(" ".join(spelling.split()), set())
        before = _HOW_CALLED.search(lowered, max(0, name.start - 25), name.start)
        if (before and before["call"] in _PUPILS) or _IS_PUPIL.match(lowered, name.end):
            kind.add(_PUPIL)
        elif before and before["call"] in _CALLS:
            kind.add(_CALLS[before["call"]])
        elif (before or _TEACHES.match(lowered, name.end)) and " Thị " in spelling:
            kind.add(_WOMAN)
        elif before or _TEACHES.match(lowered, name.end):
            kind |= {_WOMAN, _MAN}
    return kinds
