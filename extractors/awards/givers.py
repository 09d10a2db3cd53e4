"""Who gave an order or a certificate."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Term
from extractors._shared.lexicon import entries
from extractors._shared.names import find_names
from extractors._shared.view import fold_tone_style
from extractors.awards.context import Context

PACKAGE = "extractors.awards"
# Who confers: named before the verb, behind ``được`` or at the head of the clause.
_CONFERS = re.compile(
    r"(?<!\w)(?:đã |vừa |mới |cũng |còn |quyết định |ký |trao |khen |thưởng |(?:tuyên|biểu) dương(?:,| và) )*"
    r"(?:tặng(?: thưởng)?|trao(?: tặng)?"
    r"|khen thưởng|khen|cấp|công nhận|phong tặng)(?!\w)"
)
_GIVER_NAME = re.compile(
    r"(?<![\w/-])(?P<giver>(?:ubnd|ủy ban|chủ tịch|thủ tướng|chính phủ|nhà nước|bộ(?! (?:môn|phận))"
    r"|bộ trưởng|sở|phòng|trung ương|tw|tỉnh|huyện|thành|quận|thị"
    r"|ban(?! hành)|liên đoàn|tổng|hội|công đoàn|đảng|giám đốc|hđnd|bch|btv|lđlđ|trưởng phòng"
    r"|hiệu trưởng|cđgd|cđ(?= (?:ngành|giáo dục|gd|viên chức))|mttq)(?: (?!(?:công nhận|tặng|trao"
    r"|khen|vừa|mới|đã|quyết định|ban hành|xếp|đánh giá|suy tôn|bình chọn|bầu|tuyên dương|biểu dương|ghi nhận|phong"
    r"|vinh danh) )[^ ,;.:()\"“”]+){0,14}) (?:[^,;.:()]{0,60} và )?$"
)


#: Who signed the decision by which it is given: ``Chủ tịch UBND tỉnh A vừa ký Quyết định … về việc tặng Bằng khen``.
_BY_DECISION = re.compile(
    r"(?<![\w/-])(?P<giver>(?:chủ tịch|giám đốc|bộ trưởng|thủ tướng|trưởng phòng|ubnd|ủy ban|sở|bộ|phòng)"
    r"(?: [^ ,;.:()\d]+){1,6}?)"
    r"(?P<name>(?: [^\W\d_]+){0,5}?)(?:,? (?:vừa|đã|mới|có|ký|ban hành|ngày [\d/-]+))+ quyết định (?:số )?"
    r"[^;:()]{0,90}?(?:tặng|khen)[^.;]{0,30}$"
)


def _signer(context: Context, first: int, at: int) -> tuple[int, int] | None:
    """The post of who signed the decision that a sentence tells, without the name of who holds it."""
    document = context.document
    match = _BY_DECISION.search(document.lower, first, at)
    if match is None:
        return None
    start, end = match.span("giver")
    names = find_names(document, start, at)
    return (
        (start, names[0].start - 1)
        if names and start < names[0].start <= end + len(match["name"]) + 1
        else (start, match.end("name"))
    )


#: Before a further verb of one subject.
_ALSO_GIVES = re.compile(r"(?:(?:và|đồng thời|cũng) )*")


def _subject_of_verb(context: Context, first: int, at: int) -> tuple[int, int] | None:
    """Who gives by the verb at a position, or by the verb of whose subject it goes on; None where nobody is named."""
    lowered = context.document.lower
    start = max(lowered.rfind(cue, first, at) + len(cue) for cue in ("được ", "do ", ", ", ": ", "này "))
    start = start if start >= first and start > 7 else first
    match = _GIVER_NAME.search(lowered, start, at)
    if match or not _ALSO_GIVES.fullmatch(lowered, start, at):
        return match.span("giver") if match else None
    before = [verb.start() for verb in _CONFERS.finditer(lowered, first, start)]
    return _subject_of_verb(context, first, before[-1]) if before else None


def giver(context: Context, term: Term) -> tuple[int, int] | None:
    """Who gave an order or a certificate, as named before the verb: ``được UBND tỉnh tặng Bằng khen``."""
    document = context.document
    first, _ = document.sentence_at(term.start)
    first = max(first, term.start - 140, document.text.rfind(";", first, term.start) + 1)
    verbs = list(_CONFERS.finditer(document.lower, first, term.start))
    if not verbs:
        return None
    end = verbs[-1].start()
    while end > first and len(verbs) > 1 and verbs[-2].end() + 1 >= verbs[-1].start():
        verbs.pop()
        end = verbs[-1].start()
    start = max(document.lower.rfind(cue, first, end) + len(cue) for cue in ("được ", "do ", ", ", ": ", "này "))
    start = start if start >= first and start > 7 else first
    if len(verbs) > 1 and _ALSO_GIVES.fullmatch(document.lower, start, end):
        # "UBND tỉnh tặng cờ thi đua cho 10 tập thể, tặng bằng khen …": the subject of the verb before it
        return _subject_of_verb(context, document.sentence_at(term.start)[0], verbs[-2].start())
    match = _GIVER_NAME.search(document.lower, max(start, first), end)
    return match.span("giver") if match else _signer(context, document.sentence_at(term.start)[0], term.start)


#: Several who gave one each: ``được Thủ tướng Chính phủ và Bộ GD&ĐT tặng Bằng khen``.
_BODY = (
    r"(?:ubnd|chủ tịch|thủ tướng|chính phủ|bộ(?! (?:môn|phận))|sở|trung ương|tỉnh|huyện|thành|liên đoàn|lđlđ"
    r"|hội|công đoàn"
    r"|giám đốc|hđnd|trưởng phòng|phòng)(?: (?!và |các |nhiều |cho |tặng|trao|khen|công nhận)[^\s,;.:()\d]+){0,8}?"
)
_TOGETHER = re.compile(
    rf"(?:được|do) (?P<all>{_BODY}(?:, {_BODY}){{0,3}}(?: và |, ){_BODY})"
    r" (?:đã |vừa |trao |khen |thưởng )*(?:tặng(?: thưởng)?|trao(?: tặng)?|khen tặng)(?: thưởng)? [“\"]?$"
)
_PARTED = re.compile(r", | và ")


def givers_together(context: Context, term: Term) -> list[tuple[int, int]]:
    """The ranges of the several bodies each of which gave what a term names; [] for one."""
    document = context.document
    first, _ = document.sentence_at(term.start)
    match = _TOGETHER.search(document.lower, max(first, term.start - 200), term.start)
    if match is None:
        return []
    spans, position = [], match.start("all")
    for gap in [*_PARTED.finditer(document.lower, *match.span("all")), None]:
        end = gap.start() if gap else match.end("all")
        spans.append((position, end))
        position = gap.end() if gap else end
    return spans


_OF_GIVER = re.compile(r"(?: (?:của|do))? [^.;:,()\d]{2,40}")


def certified(context: Context, block: Block) -> list[tuple[int, int]]:
    """The ranges of a block that name certificates with who gave them: their level is not that of a prize."""
    document = context.document
    ranges = []
    for term in document.terms("title", block.body, block.end):
        if "giver" in entries(PACKAGE, term.group)[term.id].attributes:
            behind = _OF_GIVER.match(document.lower, term.end, block.end)
            by = giver(context, term)
            ranges.append((by[0] if by else term.start, behind.end() if behind else term.end))
    return ranges


#: Bodies of the whole country: ``Bằng khen của Bộ``, ``Cờ thi đua của Hội Khuyến học Việt Nam``.
_NATIONAL = re.compile(r"của (?:bộ(?! (?:chỉ huy|phận|môn))(?: .*)?|.*(?:việt nam|trung ương))$")
#: The levels of places that give.
PLACES = {"tỉnh": "tinh", "huyện": "huyen", "quận": "huyen", "thị xã": "huyen", "xã": "xa", "phường": "xa"}
_AREAS = {"thị": "thị xã"}
#: A place that gives, behind ``của``: ``Cờ thi đua của Thành phố``.
_BY_PLACE = re.compile(r"(?: của |(?<=khen) |(?<=thi đua) )(tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?: |$)")
#: A body of a place that gives: ``Giấy khen của Công đoàn xã Tân Lễ``, ``Bằng khen của Ban Thường vụ Thành ủy``.
_BY_BODY = re.compile(
    r" của (?:(?:công đoàn|cđ|liên đoàn lao động|lđlđ|liên đoàn|hội(?: [^\W\d_]+){0,4}?|ủy ban mttq|mttq|ubmttq|đoàn|"
    r"công an|trung tâm [^\d,;]{3,30}|ban (?:thường vụ|chấp hành)(?: [^\W\d_]+){0,3}?|btv|bch|đảng ủy|đảng bộ|"
    r"hội đồng đội|hđnd|thường trực(?: [^\W\d_]+){0,2}?|bí thư|chủ tịch(?: [^\W\d_]+){0,4}?) )?"
    r"(?P<area>tỉnh|thành|thành phố|tp\.?|huyện|quận|thị xã|thị|xã|phường)(?: (?:ủy|đoàn))?(?!\w)"
)
#: The Party committee above a school's cell is that of its commune.
_BY_COMMITTEE = re.compile(r" của (?:ban chấp hành |bch )?đảng ủy$")
#: The school itself gives: ``giấy khen của hiệu trưởng``.
_BY_SCHOOL = re.compile(r" của (?:hiệu trưởng|ban giám hiệu|(?:nhà )?trường|liên đội|đoàn trường)(?!\w)(?! đại học)")


def level_of_giver(context: Context, title: str) -> str | None:
    """The level of a certificate by the giver that its title names; None where that tells none."""
    if _NATIONAL.search(title):
        return "quoc_gia"
    if _BY_SCHOOL.search(title):
        return "truong"
    if _BY_COMMITTEE.search(fold_tone_style(title)):
        return "xa"
    if place := _BY_PLACE.search(title):
        return context.city_level if place[1] == "thành phố" else PLACES[place[1]]
    body = _BY_BODY.search(fold_tone_style(title))
    return (PLACES.get(_AREAS.get(body["area"], body["area"])) or context.city_level) if body else None
