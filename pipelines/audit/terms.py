"""Terms of office as histories print them: ``Hiệu trưởng (1985-1999)``, ``từ năm 1999 đến nay``."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.audit.findings import sentence
from pipelines.facts import ReportFacts
from schemas import Evidence

#: ``(1985-1999)``, ``từ năm 1999 đến nay``, ``thời kỳ 2000-2006``; a school year or a term of a congress is none.
_TERM = re.compile(
    r"(?:\(\s*(?:từ\s+)?(?:năm\s+)?|(?<!\w)[Tt]ừ\s+(?:năm\s+)?|(?<!\w)(?:[Tt]hời kỳ|[Gg]iai đoạn)\s+|"
    r"(?<=[Hh]iệu trưởng)(?::| ?,| ?[-–])?\s+(?:từ\s+)?(?:năm\s+)?)"
    r"(?P<first>(?:19|20)\d\d)\s*(?:[-–]|đến)\s*(?:năm\s*)?(?P<last>(?:19|20)\d\d|nay)(?![\d/-])"
)
#: The years alone in the cell of a table, with months perhaps: ``1967 - 1975``, ``10/2017 - nay``.
_CELL = re.compile(
    r"(?<![\w/.-])(?:\d{1,2}/)?(?P<first>(?:19|20)\d\d)\s*[-–]\s*(?:\d{1,2}/)?(?P<last>(?:19|20)\d\d|nay)\s*$"
)
_OPEN_ENDED = 9999
_BEHIND = 3


def term_of(facts: ReportFacts, passage: Evidence, person: str) -> tuple[int, int] | None:
    """The first and the last year behind a person's name or in its line, the last of those still in office 9999.

    None where there are none, or where the line gives several and none stands right behind the name.
    """
    text = facts.layer.text
    start, end = text.rfind("\n", 0, passage.start) + 1, text.find("\n", passage.end)
    line = text[start : end if end >= 0 else len(text)]
    in_table = any(table.start <= passage.start < table.end for table in facts.layer.tables)
    if in_table and _AS_DEPUTY.search(line) and not _AS_HEAD.search(line):
        return None  # the years of a deputy
    named = line.find(person)
    behind = named + len(person) if named >= 0 else 0
    found = list(_TERM.finditer(line))
    if not found and in_table:
        found = list(_CELL.finditer(line))
    found = [match for match in found if named < 0 or not _is_of_another(line, named, behind, match)]
    found = [match for match in found if named < 0 or not _heads_line(line, named, match)]
    near = [match for match in found if named >= 0 and 0 <= match.start() - behind <= _BEHIND]
    match = near[0] if near else found[0] if len(found) == 1 else _in_clause(line, passage.start - start, person)
    if match is None and named >= 0:
        match = _before_the_next(line, behind)
    if match is None:
        return _begun(line, person) if named >= 0 else None
    first = int(match["first"])
    last = _OPEN_ENDED if match["last"] == "nay" else int(match["last"])
    return (first, last) if last >= first else None


class Since(NamedTuple):
    """A term of which only the first year is told: it lasts for a year at least."""

    first: int
    last: int


#: ``Từ năm 2015, cô A đảm nhiệm cương vị Hiệu trưởng``: between the year and the name, and behind the name.
_BEGINS = (
    r"(?<!\w)(?:từ|đầu|cuối|tháng \d{1,2}/|tháng \d{1,2}) ?(?:đầu |cuối )?(?:năm )?(?P<first>(?:19|20)\d\d),? "
    r"(?:[^\W\d_]+ ){0,3}"
)
_HOLDS = (
    r",? (?:được |chính thức |đã |về )*(?:bổ nhiệm |cử |phân công |điều động )?(?:làm|giữ|đảm nhận|đảm nhiệm|là)(?!\w)"
)


def _begun(line: str, person: str) -> Since | None:
    """The term of somebody of whom it is said from which year on he or she is the head."""
    match = re.search(
        rf"{_BEGINS}{re.escape(person.lower())}{_HOLDS}[^.;\d]{{0,30}}(?<!phó )hiệu trưởng(?!\w)", line.lower()
    )
    return Since(int(match["first"]), int(match["first"]) + 1) if match else None


#: Between a name and years in a bracket: somebody else, or another clause.
_ELSE = re.compile(r";|[,.] (?:và )?[A-ZĐÀ-Ỹ][^\W\d_]* [A-ZĐÀ-Ỹ]")
_AS_DEPUTY = re.compile(r"(?<!\w)(?:phó|p\.) ?(?:hiệu trưởng|ht|giám đốc|trưởng phòng)(?!\w)", re.I)
_AS_HEAD = re.compile(r"(?<!phó )(?<!p\. )(?<!p\.)(?<!\w)(?:hiệu trưởng|giám đốc|trưởng phòng)(?!\w)", re.I)


def _is_of_another(line: str, named: int, behind: int, match: re.Match[str]) -> bool:
    """Whether years in a bracket are those of somebody named before the person, or behind."""
    if not match.group(0).startswith("("):
        return False
    return match.end() <= named or _ELSE.search(line, behind, match.start()) is not None


_TIME_WORD = re.compile(r"(?<!\w)(?:thời kỳ|thời kì|giai đoạn)(?!\w)", re.I)
_OF_SEVERAL = re.compile(r"[.;] |(?<!\w)(?:các|những|lần lượt)(?!\w)", re.I)


def _heads_line(line: str, named: int, match: re.Match[str]) -> bool:
    """Whether years open a line that tells of several things: ``Thời kỳ 1976-1990: trường có 18 lớp. Thầy A …``."""
    opens = not _TIME_WORD.sub("", line[: match.start()]).strip(" -+*•") and line[match.end() : match.end() + 1] in (
        ":",
        ".",
    )
    return opens and _OF_SEVERAL.search(line[match.end() + 1 : named]) is not None


#: Where another person is named behind a sign: ``, cô Lưu Thị Hà``.
_NEXT_PERSON = re.compile(r"[,;.] (?:và )?(?:thầy|cô|ông|bà|đồng chí|đ/c|nhà giáo)(?: giáo)? [^\W\d_]", re.I)


def _before_the_next(line: str, behind: int) -> re.Match[str] | None:
    """The only term between a person's name and the next person."""
    sign = _NEXT_PERSON.search(line, behind)
    found = list(_TERM.finditer(line, behind, sign.start() if sign else len(line)))
    return found[0] if len(found) == 1 and not _is_of_another(line, 0, behind, found[0]) else None


_CLAUSE = re.compile(r"[.;](?=\s)")


def _in_clause(line: str, at: int, person: str) -> re.Match[str] | None:
    """The only term of the clause in which a passage begins, where it names nobody but the person."""
    first = max((sign.end() for sign in _CLAUSE.finditer(line, 0, at)), default=0)
    sign = _CLAUSE.search(line, at)
    last = sign.start() if sign else len(line)
    found = list(_TERM.finditer(line, first, last))
    named = line.find(person, first, last)
    if len(found) != 1 or named < 0 or _is_of_another(line, named, named + len(person), found[0]):
        return None
    return found[0]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How many years two terms share beyond the one in which one follows the other; 0 for none."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def show_term(term: tuple[int, int]) -> str:
    """``1985-1999``, ``1999-nay``."""
    if isinstance(term, Since):
        return f"từ {term.first}"
    return f"{term[0]}-{'nay' if term[1] == _OPEN_ENDED else term[1]}"


#: ``giữ chức Hiệu trưởng từ tháng 8/2021``, ``Hiệu trưởng nhà trường từ 15/7/2020``; a span that ended is none.
_SINCE = re.compile(
    r"(?:trưởng|giám đốc|bí thư|chủ tịch|chức vụ|chức)(?!\w)[^.;:()\n]{0,40}?(?<!\w)(?:kể )?từ "
    r"(?:ngày \d{1,2}/|\d{1,2}/|tháng )(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?! ?[-–]| đến (?!nay))",
    re.I,
)
#: ``Giám đốc Trung tâm: ông A, bổ nhiệm tháng 8/2020``.
_APPOINTED = re.compile(
    r"(?<!\w)(?:được )?bổ nhiệm (?:lại )?(?:từ )?(?:tháng |ngày \d{1,2}/|\d{1,2}/)"
    r"(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)",
    re.I,
)
_AROUND = 120


def since(facts: ReportFacts, passage: Evidence, person: str) -> str | None:
    """The month from which a person has held a post, as the clause around a mention says; None where it does not."""
    text = facts.layer.text
    start, end = text.rfind("\n", 0, passage.start) + 1, text.find("\n", passage.end)
    end = min(end if end >= 0 else len(text), passage.end + _AROUND)
    first = max(start, passage.start - _AROUND)
    match = _SINCE.search(text, first, end)
    if match is None or person not in text[start:end] or not _is_near(text, passage, match):
        match = _taken_over(text, first, end, person)
    return f"{match['year']}-{int(match['month']):02d}" if match is not None else None


#: ``từ 01/3/2025 đồng chí A nghỉ hưu, đồng chí B giữ chức Bí thư``: between the day and the name, behind the name.
_FROM_THEN = re.compile(
    r"(?<!\w)từ (?:ngày \d{1,2}/|\d{1,2}/|tháng )(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?! ?[-–]| đến )"
    r"[^.;:()\n\d]{0,90}?$",
    re.I,
)
_TAKES = re.compile(
    r",? (?:được )?(?:(?:bổ nhiệm|bầu|cử|phân công) )?(?:giữ chức|giữ|đảm nhận|đảm nhiệm|làm)(?!\w)", re.I
)


def _taken_over(text: str, first: int, end: int, person: str) -> re.Match[str] | None:
    """The day named before a person who is said to hold a post from then on."""
    named = text.find(person, first, end)
    if named < 0 or _TAKES.match(text, named + len(person), end) is None:
        return None
    return _FROM_THEN.search(text[first:named])


def appointed_in(facts: ReportFacts, passage: Evidence) -> str | None:
    """The month in which the sentence of a mention says that somebody was given the post; None where it does not."""
    match = _APPOINTED.search(sentence(facts, passage))
    return f"{match['year']}-{int(match['month']):02d}" if match else None


_DAY = re.compile(r"(?<![\d/])(?:tháng |\d{1,2}/)(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)", re.I)


def told_of(facts: ReportFacts, passage: Evidence) -> str | None:
    """The only month that the sentence of a mention names."""
    months = {f"{m['year']}-{int(m['month']):02d}" for m in _DAY.finditer(sentence(facts, passage))}
    return months.pop() if len(months) == 1 else None


def _is_near(text: str, passage: Evidence, match: re.Match[str]) -> bool:
    """Whether no sentence ends between a mention and what is said of its time."""
    first, last = sorted((passage.start, match.start()))
    return re.search(r"[.;](?=\s)", text[first:last]) is None
