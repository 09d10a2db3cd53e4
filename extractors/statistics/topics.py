"""Of whom a passage speaks: the people that one figure counts and later ones only part (``Trong đó 26 đại học``)."""

from __future__ import annotations

import re
from functools import cache

from extractors._shared.document import Block, Document, Term
from extractors._shared.lexicon import entries
from extractors._shared.view import CAPITAL
from extractors.statistics.wording import noun, read_out
from schemas.records import Statistic

#: Those who work somewhere or belong to something, at the beginning of an indicator.
_STAFF = re.compile(
    r"(?:(?:đội ngũ|tổng số|tổng|số|các|toàn thể) )*(?P<who>(?:cán bộ quản l[ýí]|cbql)(?:,| và|,? ?-) ?"
    r"(?:giáo viên|gv)|cán bộ quản l[ýí]|cbql|cán bộ[,-]? ?(?:quản lý, )?"
    r"(?:giáo viên|gv)(?:(?:,| và|-) ?(?:nhân viên|nv))?|cán bộ, (?:công chức|viên chức)|cbgv(?:,? ?-?nv)?|"
    r"cb[,-] ?gv(?:[,-] ?nv)?|giáo viên|gv(?:cn)?|nhân viên|nhà giáo|giảng viên|viên chức|công chức|đảng viên|"
    r"(?:thầy cô|thầy, cô|cô) giáo|thầy cô|hiệu trưởng)(?!\w)",
    re.I,
)
#: How a sentence goes on with a part of what the one before it counts.
_GOES_ON = re.compile(
    r"\W{0,3}(?:trong (?:đó|số đó|số này|số trên|tổng số đó|số (?:các )?(?:giáo viên|cán bộ) (?:này|đó|trên)))(?!\w)"
)


class Topic:
    """What the figures of a passage are parts of; it begins anew under each heading."""

    def __init__(self) -> None:
        self.whole: Statistic | None = None
        self.staff: str | None = None
        self._parent: int | None = None

    def enter(self, block: Block) -> None:
        """Go on to a block: items of one list share their topic, a heading ends it."""
        if block.kind == "heading" or block.parent != self._parent:
            self.whole = self.staff = None
        self._parent = block.parent

    def count(self, record: Statistic) -> None:
        """Take a figure that is no part of another for what later ones may be parts of."""
        self.whole = record
        if match := _STAFF.match(record.indicator):
            self.staff = noun(match["who"])
        elif record.unit and read_out(record.unit).lower() in _PUPILS:
            self.staff = None

    def mention(self, record: Statistic) -> None:
        """Take those of whom a percentage tells for those of whom the passage goes on to speak."""
        if record.unit == "%" and (match := _STAFF.match(record.indicator)):
            self.staff = noun(match["who"])

    def part(self, document: Document, start: int) -> Statistic | None:
        """The whole of which a sentence that begins at ``start`` tells parts; None where it begins anew."""
        return self.whole if _GOES_ON.match(document.lower, start) else None

    def may_part(self, whole: Statistic, unit: str | None, label: str) -> bool:
        """Whether what a number counts can be a part of a whole: the same things, or people of people.

        A label before it that names those counted (``đảng viên chính thức 32``) needs no whole.
        """
        if _NAMES_COUNTED.search(label):
            return False
        if unit not in (None, "%", whole.unit) and measures(whole):
            return False  # "4.823 ha, trong đó …; xã có 19 thôn"
        if unit in (None, "%") or whole.unit is None or noun(unit or "").lower() == noun(whole.unit).lower():
            return True
        return all(_PEOPLE.fullmatch(read_out(each)) or _STAFF.match(each) for each in (unit or "", whole.unit))

    def named(self, indicator: str) -> str:
        """The indicator of a whole as its parts call it: the staff alone, where much is said of them."""
        match = _STAFF.match(indicator)
        return noun(match["who"]) if match and len(indicator.split()) > _SHORT else indicator


def measures(whole: Statistic) -> bool:
    """Whether a whole is an area, a distance, a weight or money, of which nothing that is counted can be a part."""
    return (whole.unit or "").lower() in _MEASURES


def counts_people(whole: Statistic) -> bool:
    """Whether a whole counts people, of whom there are men and women."""
    unit = read_out(whole.unit or "").lower()
    return unit in _PUPILS - _NO_PEOPLE or _PEOPLE.fullmatch(unit) is not None or _STAFF.match(unit) is not None


_NO_PEOPLE = frozenset({"trường", "lớp", "phòng học"})


def staff_of_line(document: Document, start: int, end: int) -> str | None:
    """Those of whom a line or sentence tells all its figures by its label: ``CBQL: trên chuẩn 2/2``; None for none."""
    match = _LINE.match(document.lower, start, end)
    return noun(document.lower[slice(*match.span("who"))]) if match else None


#: A label of staff with another label or a degree behind it, no figure of its own.
_LINE = re.compile(
    r"(?:[-+•.*] ?)?(?:trong đó,? ?:? ?)?(?:(?:đội ngũ|về|số) )?(?P<who>cán bộ quản l[ýí]|cbql|ban giám hiệu|bgh|"
    r"giáo viên|gv|nhân viên|nv|giảng viên)(?: [^\W\d_]+){0,3}? ?: (?=[^\W\d_])"
)


def people_of(indicator: str) -> str:
    """The people that a longer indicator names first: ``đảng viên`` of ``Số đảng viên được triệu tập``; "" for none."""
    match = _STAFF.match(indicator) or _OTHERS.match(indicator)
    return noun(match["who"]) if match and len(indicator.split()) > _SHORT - 2 else ""


_OTHERS = re.compile(
    r"(?:(?:tổng số|tổng|số|các|toàn thể) )*(?P<who>học sinh|trẻ|đoàn viên|đội viên|hội viên|thí sinh|học viên)(?!\w)",
    re.I,
)
_PEOPLE = re.compile(r"người|đồng chí|đ/c|đoàn viên|đội viên|hội viên|đại biểu|thạc s[ĩỹ]|tiến s[ĩỹ]", re.I)
_MEASURES = frozenset({"m2", "m²", "ha", "km2", "km²", "km", "đồng", "m", "mét", "kg", "tấn", "mét vuông"})
_NAMES_COUNTED = re.compile(
    r"(?<!\w)(?:học sinh|hs|trẻ|cháu|giáo viên|gv|đảng viên|đoàn viên|cán bộ|cbql|nhân viên|viên chức|nhóm|lớp|"
    r"phòng)(?!\w)"
)
_PUPILS = frozenset({"học sinh", "trẻ", "học viên", "trường", "lớp", "phòng học"})
_SHORT = 6


def degree_at(document: Document, position: int, *, of: str | None) -> Term | None:
    """The degree of training that is counted at a position: ``đại học``, ``CĐSP``; None for another word.

    A name behind it makes it an institution (``2 đại học Quốc gia``), which is no degree ``of`` anybody.
    """
    term = next((t for t in document.terms("degree", position, position + 40) if t.start == position), None)
    return None if term is None or (of and _NAMED.match(document.text, term.end)) else term


def is_degree(label: str) -> bool:
    """Whether a label is a degree of training: ``đại học``, ``Trung cấp lý luận chính trị``."""
    return label.lower() in _degrees()


def whom(indicator: str, unit: str | None) -> str | None:
    """The unit of a figure; people where it is a title that another figure counts: ``Thạc sĩ: 3; Đại học: 35``."""
    return "người" if unit and unit.lower() in _TITLES and unit.lower() not in indicator.lower() else unit


_TITLES = ("thạc sĩ", "thạc sỹ", "tiến sĩ", "tiến sỹ", "cử nhân")


@cache
def _degrees() -> frozenset[str]:
    forms = (form for entry in entries(__package__, "degree").values() for form in entry.forms)
    return frozenset(map(str.lower, forms))


_NAMED = re.compile(rf" [{CAPITAL}](?![{CAPITAL}])[^\W\d_]+| viên(?!\w)")
