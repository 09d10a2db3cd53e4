"""The body of a post, told from its neighbours: in its name, by the report's issuer, by the meeting."""

from __future__ import annotations

import re

from extractors.relations.reading import UPPER
from extractors.relations.wording import says, without
from pipelines.audit.findings import sentence
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand, find_body, fold
from pipelines.reconcile.organizations import locate_body
from pipelines.reconcile.places import ReportScope
from schemas import Evidence, Official
from schemas.vocabulary import Role

# A name at the end tells a body from its neighbours; an ordinal may follow it.
_PROPER = re.compile(r"(?:^| )(?P<word>[^\W\d_]+)(?: \d{1,2})?$")
#: Which bodies a bare post leads.
_LEADS = {
    "hieu_truong": ("truong",),
    "truong_phong": ("phong_giao_duc_va_dao_tao", "phong_noi_vu"),
    "giam_doc": ("so_giao_duc_va_dao_tao", "so_noi_vu"),
    "chu_tich": ("uy_ban_nhan_dan",),
    "bi_thu": ("huyen_uy", "tinh_uy", "thanh_uy", "thi_uy", "quan_uy", "dang_uy", "chi_bo"),
}
#: How a report calls the body whose it is.
OWN_NAMES = ("nhà trường", "trường", "đơn vị", "cơ quan")
_KIND_OF_PLACE = re.compile(r" (?:xã|phường|thị trấn|huyện|tỉnh|thành phố|quận|thị xã)$")
HEAD = "hieu_truong"
_SCHOOL = re.compile(
    r"trường (?:(?:ptdt(?:bt|nt)|phổ thông dân tộc (?:bán|nội) trú) )?"
    r"(?:mầm non|mẫu giáo|tiểu học|trung học|thcs|thpt|phổ thông|mg|mn|th)\b.*"
)
#: Centres have a director; a department's director is not theirs.
_CENTRE = re.compile(r"trung tâm [^\n]+", re.I)
#: Who chairs a committee, and the committees that are set up for one event.
_CHAIR = "truong_ban"
_COMMITTEES = ("ban giám khảo", "ban tổ chức", "ban chỉ đạo", "ban thư ký", "ban coi thi", "ban chấm")
#: Councils of which a body has one for its purpose.
_COUNCILS = (
    "hội đồng sáng kiến", "hội đồng xét", "hội đồng khoa học", "hội đồng thi đua", "hội đồng tuyển",
    "hội đồng thẩm định", "hội đồng tư vấn", "hội đồng kỷ luật", "hội đồng chấm", "hội đồng lựa chọn",
    "hội đồng đánh giá",
    "hội đồng tự đánh giá", "hội đồng thanh lý", "hội đồng kiểm kê",
)  # fmt: skip
#: Councils of one examination or contest, of which there may be several at its places.
_OF_EVENT = (
    "hội đồng thi",
    "hội đồng coi",
    "hội đồng ra đề",
    "hội đồng in sao",
    "hội đồng phúc khảo",
    "hội đồng giám khảo",
)
HERE = "here"
#: A school has one party cell, unless they are numbered.
_CELL = "chi_bo"


def body_of(official: Official, role: Role, facts: ReportFacts, scope: ReportScope) -> str | None:
    """The body of a post where it can be told from its neighbours; None where it cannot.

    A bare post that leads the issuer's kind of body (``Hiệu trưởng`` in a school's report) is the issuer's.
    """
    name, issuer = official.organization, facts.report.issuer
    if name and fold(name) in OWN_NAMES:
        name = None
    home = find_body(expand(issuer)) if issuer else None
    leads = home is not None and home.id in _LEADS.get(role.id, ())
    if role.id == "giam_doc" and issuer and (centre := _CENTRE.match(expand(issuer))):
        bare = not name or fold(name) in ("trung tâm", fold(issuer)) or fold(expand(issuer)).startswith(fold(name))
        return f"{centre.group().lower()}\x1fissuer" if bare else located(official, scope)
    if not name and issuer is None and role.id == HEAD:
        return _host_school(official, facts)
    if not name:
        sets_up = facts.report.kind in _SETS_UP if role.id == _CHAIR else facts.report.kind == "quyet_dinh"
        if role.id in (_CHAIR, "chu_tich") and sets_up and official.activity != "signed":
            return _listed("", official, facts)  # the committee that it sets up
        if issuer is None or _is_of_another(official, facts):
            return None
        school = (_SCHOOL.search(expand(issuer)) or _school_told(facts)) if role.id == HEAD else None
        return f"{school.group() if school else expand(issuer)}\x1fissuer" if leads or school else None
    own = find_body(expand(name))
    bare = own is not None and own.id in _LEADS.get(role.id, ()) and fold(expand(name)) == fold(own.forms[0])
    if issuer and bare and fold(expand(issuer)).startswith(fold(expand(name))):
        return f"{expand(issuer)}\x1fissuer"
    if bare and own is not None and own.id == _CELL and issuer and (school := _SCHOOL.search(expand(issuer))):
        return None if _is_numbered(official, facts) else f"{name.lower()} {school.group()}\x1fissuer"
    if issuer and (expand(name) == expand(issuer) or (leads and own == home and _is_own_kind(name, issuer))):
        return f"{expand(issuer)}\x1fissuer"
    return (
        located(official, scope)
        or _of_own_place(name, facts)
        or _of_meeting(name, facts)
        or _committee(official, name, role, facts)
    )


def _is_numbered(official: Official, facts: ReportFacts) -> bool:
    """Whether a party cell is one of several, by the number behind it: ``Bí thư Chi bộ 2``."""
    behind = (facts.layer.text[passage.end : passage.end + 12] for passage in official.evidence)
    return any(_NUMBER_BEHIND.match(text) for text in behind)


_NUMBER_BEHIND = re.compile(r"\s?(?:số )?(?:\d|[IVX]+(?!\w))")


def _is_own_kind(name: str, issuer: str) -> bool:
    """Whether a body is named by its kind of place alone, that of the issuer if this says one."""
    said, own = fold(expand(name)), _OWN_PLACE.search(expand(issuer))
    kind = _KIND_OF_PLACE.search(said)
    return kind is not None and (own is None or own[1].lower() == kind.group().strip())


def _school_told(facts: ReportFacts) -> re.Match[str] | None:
    """The one school that a report is about by its title, whoever wrote it: ``Kết luận thanh tra tại Trường …``."""
    title = facts.report.title or ""
    named = [school for school in facts.schools if any(v in title for v in (school.name, *school.variants))]
    return _SCHOOL.search(expand(title)) if len(named) == 1 else None


_OTHER_BODY = re.compile(r"(?<!\w)(?:công đoàn|hội(?! nghị| trường)|mặt trận|đoàn|liên minh|ban đại diện)(?!\w)", re.I)


def _is_of_another(official: Official, facts: ReportFacts) -> bool:
    """Whether a bare chair is that of a body named beside it: ``Công đoàn xã (bà Vì Thị Hoa, Chủ tịch)``."""
    if official.activity == "signed" or fold(official.role) != "chủ tịch":
        return False
    return any(_OTHER_BODY.search(sentence(facts, passage)) for passage in official.evidence)


#: Clusters of schools, which a report tells by their numbers: ``Cụm trưởng cụm 2``.
_CLUSTERED = ("cum_truong", "khoi_truong")
_CLUSTER = re.compile(r"(?:cụm|khối)(?: thi đua| chuyên môn)?(?: số)? \w")


def _committee(official: Official, name: str, role: Role, facts: ReportFacts) -> str | None:
    """A committee set up for one event (``Ban Giám khảo``), or a body's own council (``Hội đồng sáng kiến``): in one
    report its name tells it.
    """
    said = fold(name)
    if role.id in _CLUSTERED and _CLUSTER.match(said):
        return f"{said}\x1f{HERE}\x1f{facts.layer.id}"
    council = role.id == "chu_tich" and said.startswith(_COUNCILS) and not _is_named(name)
    of_event = said.startswith(_OF_EVENT) and not _is_named(name)
    if role.id == "chu_tich" and facts.report.kind in _SETS_UP and (said == "hội đồng" or of_event):
        return _listed(said, official, facts)
    if not council and (role.id != _CHAIR or not said.startswith(_COMMITTEES)):
        return None
    return f"{said}\x1f{HERE}\x1f{facts.layer.id}"


#: Papers that set up committees for what they are about.
_SETS_UP = ("quyet_dinh", "ke_hoach", "thong_bao")


def _listed(name: str, official: Official, facts: ReportFacts) -> str:
    """The committee whose members a part of a paper names: each article sets up its own."""
    at = official.evidence[0].start
    return f"{name}\x1f{HERE}\x1f{facts.layer.id}\x1f{len(_ARTICLE.findall(facts.layer.text, 0, at))}"


#: Where a decision begins to set up another council: an article, a part, a list of its own.
_ARTICLE = re.compile(
    r"^\s*(?:điều \d|[IVX]+[.)]|[A-Z][.)]|(?:\d{1,2}[.)] ?|[-+*] ?)?"
    r"(?:hội đồng|ban|tổ|danh sách|phụ lục|điểm thi)(?!\w))",
    re.I | re.M,
)


_UNION = ("công đoàn", "công đoàn trường", "công đoàn nhà trường", "công đoàn cơ sở")
#: At the end of an issuer: the kind of its place and the name of that.
_OWN_PLACE = re.compile(r"(?<!\w)(xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh) [^\W\d_]", re.I)


def _of_own_place(name: str, facts: ReportFacts) -> str | None:
    """A body named by its kind of place alone (``UBND xã``, ``Phòng Văn hóa - Xã hội``): that of the issuer's place.

    A union of a school's minutes is that school's. None where the issuer's place is of another kind.
    """
    issuer, said = facts.report.issuer or "", fold(expand(name))
    if is_minutes(facts) and said in _UNION and "trường" in fold(facts.report.title or ""):
        return f"công đoàn\x1fown\x1f{facts.layer.id}"
    kind = _KIND_OF_PLACE.search(said)
    own = _OWN_PLACE.search(issuer)
    bare = _KIND_OF_PLACE.sub("", said)
    if own is None or (kind is not None and kind.group().strip() != own[1].lower()):
        return None
    known = find_body(expand(name))
    governs = known is not None and bare == fold(known.forms[0]) and kind is not None
    office = bare.startswith(_OFFICES) and own[1].lower() in ("xã", "phường", "thị trấn")
    return f"{bare}\x1fown\x1f{fold(issuer[own.start() :])}" if governs or office else None


#: Offices of a commune since 2025 (Nghị định 150/2025/NĐ-CP): one of each.
_OFFICES = ("phòng văn hóa - xã hội", "phòng kinh tế", "văn phòng hđnd và ubnd", "phòng văn hóa xã hội")


def _host_school(official: Official, facts: ReportFacts) -> str | None:
    """The one school that the title of news names; None where the sentence of a post names another one."""
    schools = [fold(match.group()) for match in _SCHOOL.finditer(expand(facts.report.title or ""))]
    told = facts.report.kind == "tin_hoi_nghi" or is_profile(facts)
    if not told or len(schools) != 1:
        return None
    if any(_SCHOOL.search(expand(sentence(facts, passage))) for passage in official.evidence):
        return None
    return f"{schools[0]}\x1fmeeting\x1f{facts.layer.id}"


#: How the news of a meeting calls the host's own committee of the Party and its office.
_HOSTS = ("ban chấp hành đảng bộ", "ban chấp hành đảng ủy", "đảng bộ", "sở", "phòng")


def _of_meeting(name: str, facts: ReportFacts) -> str | None:
    """A body named without its place in the news of one meeting (``Đảng ủy``, ``Đảng ủy xã``): the host's own."""
    body = find_body(expand(name))
    bare = _KIND_OF_PLACE.sub("", fold(expand(name)))
    if facts.report.kind == "tin_hoi_nghi" and bare in _HOSTS:
        return f"{bare}\x1fmeeting\x1f{facts.layer.id}"
    if body is None or body.level == "school" or facts.report.kind != "tin_hoi_nghi":
        return None
    return f"{bare}\x1fmeeting\x1f{facts.layer.id}" if bare == fold(body.forms[0]) else None


def kind_of_place(official: Official) -> str:
    """``xã``, ``huyện`` … of the body of a post, as its name says; empty where it says none."""
    match = re.search(
        r"(?<!\w)(xã|phường|thị trấn|huyện|tỉnh|thành phố|quận|thị xã)(?!\w)", fold(official.organization or "")
    )
    return match[1] if match else ""


def located(official: Official, scope: ReportScope) -> str | None:
    """The body of a post whose organization tells it from its neighbours."""
    name = official.organization or ""
    located = locate_body(scope, name)
    if located.level in ("", "school") and not _is_named(name):
        return None
    place = located.place or ("" if located.level == "central" else None)
    if located.level in ("district", "province", "commune") and place is None:
        return None
    return f"{located.head}\x1f{located.level}\x1f{place or located.home}"


def _is_named(organization: str) -> bool:
    match = _PROPER.search(organization)
    return match is not None and match["word"].istitle()


def is_minutes(facts: ReportFacts) -> bool:
    """Whether a report is the minutes of a meeting."""
    return fold(facts.report.title or "").startswith("biên bản")


_PROFILE = re.compile(r"(?:giới thiệu|thông tin|hồ sơ|thông báo công khai|công khai|lý lịch|sơ lược)(?!\w)")

_HISTORY = re.compile(
    r"(?<!\w)(?:thế hệ|các đời|thời kỳ|tiền thân|lịch sử hình thành)(?!\w)|(?:19|20)\d\d ?[-–] ?nay", re.I
)


def is_profile(facts: ReportFacts) -> bool:
    """Whether a text introduces a school as it is, and not as it was."""
    return _PROFILE.match(fold(facts.report.title or "")) is not None and not _HISTORY.search(facts.layer.text)


def changed_hands(facts: ReportFacts, official: Official) -> bool:
    """Whether the clause around a mention, or the post itself, tells that the post was or will be another's."""
    return says("handover", _outside_names(official.post)) or any(
        says("handover", _of_this_post(sentence(facts, passage), official)) for passage in official.evidence
    )


_GIVEN = re.compile(
    r"(?:được |đã )*(?:bầu|bổ nhiệm|tín nhiệm|tái cử)(?: [^\s,;.]+){0,3}? (?:giữ chức(?: vụ)?"
    r"|làm) (?P<post>[^,;.]{2,40})",
    re.I,
)


_IN_NAME = re.compile(
    rf"(?P<before>[{UPPER}]\w* )(?:Nguyên|Quyền|Tân|Cố|Bầu|Thay)(?!\w)"
    r"|(?<!\w)(?:Nguyên|Quyền|Tân|Cố|Bầu) "
    r"(?!Hiệu|Trưởng|Phó|Bí|Chủ|Giám|Tổng|Tổ|Chánh|Ủy|Uỷ|HIỆU|TRƯỞNG|CHỦ|GIÁM|BÍ|PHÓ)"
    rf"[{UPPER}]"
)


def _outside_names(said: str) -> str:
    return _IN_NAME.sub(lambda match: match["before"] or "", said)


def _of_this_post(said: str, official: Official) -> str:
    """A sentence without what it tells of another post's being given, and without words that only look like it.

    In names those words tell nothing: ``THCS Tân Hưng``, ``Ngô Quyền``, ``tỉnh Thái Nguyên``.
    """
    said = _outside_names(said)
    for match in _GIVEN.finditer(said):
        if not fold(match["post"]).startswith(fold(official.role)):
            said = said.replace(match.group(), " ")
    return without("no_handover", said)


def is_acting(official: Official) -> bool:
    """Whether somebody only acts in a post until it is given: ``Quyền Giám đốc``."""
    return fold(official.post).startswith("quyền ")


_SINCE = re.compile(
    r"(?<!\w)(?:(?:từ|đến)(?: năm| tháng| ngày)?:? (?:\d{1,2}[/.-]){0,2}|(?:trưởng|phó|bí thư|chủ tịch) (?:năm học|"
    r"nhiệm kỳ) )(?:19|20)\d\d|"
    r"^[-–+*\s]*(?:năm )?(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d|nay)\s*:|"
    r"\(\s*(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d|nay)\s*\)",
    re.I | re.M,
)


#: Years of office below a name stand in a line of their own; a paragraph tells of something else.
_SHORT_LINE = 120


def is_dated(facts: ReportFacts, official: Official) -> bool:
    """Whether years of office stand in a mention's line or in the next one: it may be of another time."""
    text = facts.layer.text
    for passage in official.evidence:
        first = text.rfind("\n", 0, passage.start) + 1
        end = text.find("\n", passage.end)
        end = end if end >= 0 else len(text)
        last = text.find("\n", end + 1)
        last = last if last >= 0 else len(text)
        if _SINCE.search(text, first, last if last - end <= _SHORT_LINE else end) or in_dated_row(facts, passage):
            return True
    return False


#: The years of office in a cell of their own: ``1996 - 2007``, ``10/2017 - nay``.
_YEARS = re.compile(
    r"\W*(?:từ )?(?:\d{1,2}/)?(?:19|20)\d\d\s*(?:[-–]|đến)\s*(?:\d{1,2}/)?(?:(?:19|20)\d\d|nay)\W*", re.I
)


def in_dated_row(facts: ReportFacts, passage: Evidence) -> bool:
    """Whether a passage stands in a row of a table that gives the years of office in a cell of its own."""
    for table in facts.layer.tables:
        row = next((cell.row for cell in table.cells if cell.start <= passage.start < cell.end), None)
        if row is not None:
            said = (facts.layer.text[cell.start : cell.end] for cell in table.cells if cell.row == row)
            return any(_YEARS.fullmatch(cell) for cell in said)
    return False
