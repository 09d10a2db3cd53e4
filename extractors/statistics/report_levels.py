"""Which school level a whole report is about: its title, its issuer, the school of which all of it speaks."""

from __future__ import annotations

import re

from extractors._shared.document import Document, Found
from extractors._shared.levels import find_levels, join_levels
from extractors._shared.numbers import view_offset
from extractors.statistics.schooling import level_of_class, level_of_grade, levels_in
from schemas.records import Report, School


def report_level(document: Document, found: Found) -> str | None:
    """The one school level that a report is about by its title, its issuer or its head; None for several or none.

    Where these name none it is that of the one school of which all of it speaks.
    """
    report = next((record for record in found.get("report", ()) if isinstance(record, Report)), None)
    if report is None:
        return None
    first = document.blocks[:12]
    above = next((b.index for b in first if b.kind == "title"), 0)
    head = " ".join(
        document.text[b.start : b.end]
        for b in first
        if b.kind in _HEAD_KINDS or b.index < above or (b.kind == "heading" and b.marker is None and b.index < _TOP)
    )
    for text in (f"{report.title or ''} {report.issuer or ''}", head):
        levels = {level for _, _, level in levels_in(text, text.lower(), 0, len(text))}
        if len(levels) > 1:
            return _joint(levels, found)
        if levels:
            return levels.pop()
    title = f"{report.title or ''}".lower()
    entered = _ENTRANCE.search(title) if len(set(_CLASSES.findall(title))) < _SEVERAL else None
    of_title = level_of_class(int(entered["grade"])) if entered else level_of_grade(title)
    told = title or document.lower[first[0].start : first[0].end][:_HEADLINE]
    of_title = of_title or ("THPT" if _NATIONAL.search(told) else None)
    if of_title or _of_small_children(document, report):
        return of_title or "MN"
    home = _level_of_home(document, report, found) or _level_of_opening(document, report)
    home = home or _level_of_page(document, found)
    home = home or _level_of_last_name(document, title) or _level_of_own_account(document, title, found)
    home = home or _level_of_cluster(document)
    return home or _level_of_symbol(document) or _level_of_schools(document, report)


def _level_of_page(document: Document, found: Found) -> str | None:
    """The level of the school with whose name a page about it is headed: ``# Mầm non Hoa Nắng - mái nhà của bé``."""
    first = document.blocks[0]
    if first.kind != "heading" or not _NAMED_FIRST.match(document.text, first.body, first.end):
        return None
    schools = [record for record in found.get("school", ()) if isinstance(record, School)]
    named = [
        school.level
        for school in schools
        if any(first.start <= view_offset(document, passage.start) < first.end for passage in school.evidence)
    ]
    return named[0] if len(named) == 1 and named[0] != "khac" else None


_NAMED_FIRST = re.compile(
    r"(?:Giới thiệu (?:về )?)?(?:Trường |Tr\. ?)?(?:Mầm non|Mẫu giáo|Tiểu học|THCS|THPT|TH|MN) ", re.I
)
#: What the account of one school's past is called, and how it got the name that it has.
_PAST = re.compile(
    r"(?<!\w)trường(?!\w).*(?<!\w)(?:xưa|năm xưa|hình thành|lịch sử|qua (?:các )?thời kỳ|"
    r"xây dựng và (?:trưởng thành|phát triển))(?!\w)|"
    r"(?<!\w)(?:lịch sử|truyền thống|quá trình|chặng đường|kỷ niệm)(?!\w).*(?<!\w)trường(?!\w)"
)
_RENAMED = re.compile(
    r"(?<!\w)(?:tách (?:ra|thành|lập)?|đổi tên|đổi|đổi gọi|mang tên|nay là|nay gọi|thành lập|lấy tên)"
    r"(?: (?:thành|là|gọi là))? "
    r"trường (?=tiểu|thcs|thpt|mầm|mẫu|trung|th(?!\w))"
)


def _level_of_last_name(document: Document, title: str) -> str | None:
    """The level of the name that a school bears in the end, by the account of its past; None where none tells it."""
    if not _PAST.search(title or document.lower[: document.blocks[0].end]):
        return None
    names = [*_RENAMED.finditer(document.lower)]
    levels = find_levels(document.text, document.lower, names[-1].end(), names[-1].end() + _NAME) if names else []
    return levels[0][2] if levels else None


#: What a school that tells of itself calls its account, and what leads there to the names of others.
_ACCOUNT = re.compile(
    r"(?:.{0,60}(?<!\w))?(?:lịch sử|truyền thống|quá trình|hình thành|giới thiệu|thành lập|chặng đường)(?!\w)"
    r".{0,60}(?<!các )(?<!giữa )(?:nhà trường|trường ta)|"
    r"(?:\W*trang chủ\W*)?\W*(?:giới thiệu|lịch sử|truyền thống|quá trình)"
    r"(?: (?:chung|về|hình thành|và|xây dựng|phát triển|"
    r"truyền thống|thành lập))*\W*"
)
_OF_OTHERS = re.compile(r"(?<!\w)(?:tiền thân|tách|trước đây|trước kia|vốn|cơ sở|sáp nhập|hợp nhất|từ)(?!\w)[^.;]*$")


def _level_of_own_account(document: Document, title: str, found: Found) -> str | None:
    """The level of the school that a text under ``Lịch sử nhà trường`` names first; None for another text.

    A name that the school only grew from (``tiền thân là trường …``) says nothing.
    """
    if not _ACCOUNT.fullmatch(title or document.lower[: document.blocks[0].end].strip()):
        return None
    schools = [record for record in found.get("school", ()) if isinstance(record, School)]
    first = min(schools, key=lambda school: school.evidence[0].start, default=None)
    if first is None or first.level == "khac":
        return None
    start = view_offset(document, first.evidence[0].start)
    block = document.block_at(start)
    return None if _OF_OTHERS.search(document.lower, block.start, start) else first.level


#: A cluster of schools by their level: ``Cụm chuyên môn số 4 khối THCS``, ``Cụm thi đua số 3 (gồm 6 trường THPT``.
_CLUSTER = re.compile(
    r"(?<!\w)cụm (?:chuyên môn|thi đua|trường|liên trường|sinh hoạt|số)(?!\w)[^.;\n]{0,40}?"
    r"(?:khối|cấp|bậc|các trường|\d trường) (?=tiểu|thcs|thpt|mầm|trung học)"
)


def _level_of_cluster(document: Document) -> str | None:
    """The level of the cluster of schools with which a text opens, where it speaks of hardly any other."""
    cluster = _CLUSTER.search(document.lower, 0, _EARLY)
    if cluster is None:
        return None
    levels = levels_in(document.text, document.lower, cluster.end(), cluster.end() + _NAME)
    level = levels[0][2] if levels else None
    return level if _share_of(document, level) >= _NEARLY_ALL else None


#: Of whose schools a text speaks that nobody issued: ``các trường THCS của huyện``.
_SCHOOLS = re.compile(
    r"(?<!vào )(?<!lên )các trường (?P<level>[^\W\d_]+(?: [^\W\d_]+){0,3}?) (?:của|trong|trên địa bàn|toàn|thuộc) "
    r"(?:toàn )?(?:huyện|quận|tỉnh|thị xã|thành phố|xã|phường)(?!\w)"
)


def _level_of_schools(document: Document, report: Report) -> str | None:
    """The level of the schools of a place of which a part of some paper speaks; None where it speaks of several."""
    if report.issuer or report.kind != "khac":
        return None
    told = [match.span("level") for match in _SCHOOLS.finditer(document.lower)]
    levels = {level for span in told for _, _, level in levels_in(document.text, document.lower, *span)}
    return levels.pop() if len(levels) == 1 else None


#: The section that drafted a document, behind its office: ``Số: 15/PGD&ĐT-TH``, ``102/SGDĐT-GDMN``.
_SECTION = re.compile(
    r"số ?:? ?[\d.… ]{0,12}/ ?(?:(?:bc|kh|hd|tb) ?- ?)?(?:(?:pgd|phòng gd)(?:&?đt)? ?- ?(?P<own>th|tih|mn|thcs)"
    r"|[ps]gd(?:&?đt)? ?- ?gd(?P<of>th|tih|mn|tx))(?!\w)"
)
_SECTIONS = {"th": "TH", "tih": "TH", "mn": "MN", "thcs": "THCS", "tx": "GDTX"}
_LETTERHEAD = 400
#: As many characters hold the level with which a name begins.
_NAME = 25


def _level_of_symbol(document: Document) -> str | None:
    """The level of the section whose initials close the symbol of the document; None where it names none."""
    section = _SECTION.search(document.lower, 0, _LETTERHEAD)
    return _SECTIONS[section["own"] or section["of"]] if section else None


#: The schools that take those who pass: ``kỳ thi tuyển sinh vào lớp 10``.
_ENTRANCE = re.compile(
    r"(?<!\w)(?:tuyển sinh|trúng tuyển|thi(?: tuyển)?) (?:vào )?(?:các )?lớp (?P<grade>\d{1,2})(?!\w)"
)


#: ``Tuyển sinh vào lớp 1, lớp 6`` is of two levels.
_CLASSES, _SEVERAL = re.compile(r"(?<!\w)lớp (\d{1,2})(?!\w)"), 2
#: The national contest of gifted pupils is one of upper secondary schools (Thông tư 17/2023/TT-BGDĐT).
_NATIONAL = re.compile(r"(?<!\w)(?:học sinh giỏi|hsg) (?:cấp )?quốc gia(?!\w)")
#: As much of the first line of a text without a title can be its headline.
_HEADLINE = 160
#: What is said of schools for small children only.
_CARE = re.compile(
    r"(?<!\w)(?:mẫu giáo|nhà trẻ|lớp (?:lá|chồi|mầm)|trẻ [345] tuổi|nuôi dưỡng(?:,| và)?(?: chăm sóc| giáo dục)*"
    r"|(?:chăm sóc|nuôi dạy|giáo dục)(?:,| và)? (?:các )?(?:trẻ|cháu)|cô nuôi|suất ăn của trẻ)(?!\w)"
)
_SURE = 2


def _of_small_children(document: Document, report: Report) -> bool:
    """Whether a text speaks of the care of small children again and again and of no other level.

    The history of one school (``nhà trường``) may name others less often: ``khai giảng chung với trường tiểu học …``.
    """
    if _OFFICE.search(report.issuer or ""):
        return False
    others = [level for _, _, level in find_levels(document.text, document.lower) if level != "MN"]
    said = sum(1 for _ in _CARE.finditer(document.lower))
    return said >= _SURE and (not others or (said > len(others) and _AT_HOME.search(document.lower) is not None))


def _level_of_opening(document: Document, report: Report) -> str | None:
    """The level of the school with which a text without a title opens and which it then calls ``nhà trường``."""
    opening = _OPENS.match(document.lower)
    if report.title or opening is None or _AT_HOME.search(document.lower) is None:
        return None
    levels = {level for _, _, level in find_levels(document.text, document.lower, opening.end(), opening.end() + 40)}
    return levels.pop() if len(levels) == 1 else None


_OPENS = re.compile(r"[^.;\n]{0,60}?(?<!\w)(?<!các )trường (?=thpt|thcs|tiểu|mầm|trung học|mẫu)")
#: Lines of the top of a text, which say whose it is.
_TOP = 4


def _joint(levels: set[str], found: Found) -> str | None:
    """The level of the one school that has several (``Trường Tiểu học và THCS Tân Lễ``); None where it has not."""
    joint = join_levels(sorted(levels))
    schools = [record for record in found.get("school", ()) if isinstance(record, School)]
    first = min(schools, key=lambda school: school.evidence[0].start, default=None)
    return joint if first is not None and first.level == joint else None


#: How a report speaks of the school whose it is, without its name; ``các nhà trường`` are those of a place.
_AT_HOME = re.compile(
    r"(?<!\w)(?:(?<!các )(?<!những )(?<!mỗi )(?<!từng )nhà trường|thầy và trò|thầy trò|trường ta|của trường|"
    r"toàn trường)(?!\w)"
)
_OFFICE = re.compile(r"(?<!\w)(?:phòng|sở|bộ|ubnd|ủy ban|huyện|thành phố|thị xã|tỉnh|xã)(?!\w)", re.I)
#: What only a report on the schools of a place tells: ``toàn tỉnh có 512 trường``.
_OF_PLACE = re.compile(
    r"(?<!\w)toàn (?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|ngành)(?: ta)?(?: hiện| hiện nay)? có \d[\d.]* "
    r"(?:trường|cơ sở)(?!\w)"
)
_MAINLY, _NEARLY_ALL, _EARLY = 0.6, 0.75, 700


def _level_of_home(document: Document, report: Report, found: Found) -> str | None:
    """The level of the one school that a text is about: named early, the most, and called ``nhà trường``.

    So is that of several schools where the text speaks of no other level.
    """
    schools = [record for record in found.get("school", ()) if isinstance(record, School)]
    taught = [school for school in schools if school.level and school.level != "khac"]
    if not taught or _OFFICE.search(report.issuer or "") or _OF_PLACE.search(document.lower):
        return None
    main = max(taught, key=lambda school: len(school.evidence))
    at_home = _AT_HOME.search(document.lower) is not None or _is_founded(document, main)
    if {school.level for school in taught} == {main.level} and _share_of(document, main.level) >= (
        _NEARLY_ALL if at_home else 1
    ):
        return main.level
    times = sum(len(school.evidence) for school in taught)
    early = min(passage.start for passage in main.evidence) < _EARLY
    if not early or len(main.evidence) < _MAINLY * times or not at_home:
        return None
    return main.level


def _is_founded(document: Document, school: School) -> bool:
    """Whether a text tells how a school came about, which only the account of that school does."""
    ends = (view_offset(document, passage.end - 1) + 1 for passage in school.evidence)
    return any(_FOUNDED.match(document.lower, end) for end in ends)


#: ``được thành lập``, ``chính thức ra đời``, ``(nay thuộc phường Tân Lập) được tách từ …`` right behind its name.
_FOUNDED = re.compile(
    r"(?: ?\([^()]{0,60}\))?(?:,? [^\W\d_]+){0,5}? "
    r"(?:được (?:thành lập|tách|chia tách|đổi tên|sáp nhập|hợp nhất)|chính thức thành lập|ra đời|tiền thân là"
    r"|có tiền thân là|thành lập (?:ngày|năm|từ|vào|theo|trên))(?!\w)"
)


def _share_of(document: Document, level: str | None) -> float:
    """How many of the levels that a text names are this one: all of ``các trường THPT chuyên … THPT Yên Dũng``."""
    said = [name for _, _, name in find_levels(document.text, document.lower)]
    return said.count(level) / len(said) if level and said else 0


_HEAD_KINDS = frozenset({"letterhead", "number", "title"})
