"""Days that a document tells of against the day on which it was signed or posted, and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.misdated import slip
from extractors.relations.reading import UPPER, Reading
from schemas.records import Citation, Record, Report
from schemas.relation import Relation

_PLACE = re.compile(rf"[*_(\s]*(?:[Ss]ố\s?:?[^\n]{{0,60}}\s)?[{UPPER}][^\d.;:\n]{{1,60}},\s*")
_LINE_REST = " .*_)/"
#: The line with the day on which news was posted: ``Đăng ngày: 20/01/2026``, ``15:14, 23/08/2017``.
_STAMP = re.compile(
    r"\W*(?:(?:ngày )?(?:đăng|cập nhật|xuất bản|gửi)(?: ngày| lúc| tin)?\s?:?\s?"
    r"|thứ \w+,? )?(?:\d{1,2}[:h]\d{2}(?::\d\d)?,? ?)?"
    r"(?:ngày )?\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}(?:,? ?\d{1,2}[:h]\d{2}(?::\d\d)?)?\W*"
)
_STAMP_BLOCKS = 8
_FULL_DATE = 10


def find_untimely(reading: Reading, records: Sequence[Record]) -> Iterator[Relation]:
    """Days that cannot be beside the document's own, each as ``impossible``; the second part is what they contradict.

    ``told``: news, minutes, a resolution or a report tell of a day after that of their signature. ``basis``: so does
    what a document is founded on. ``deadline``: what is asked for was due before it was signed. ``against``: what
    something is compared with came later. ``prepared``: so did the day by which it was to be prepared. ``carried_out``:
    something was done before the document that it carries out.
    """
    report = next((record for record in records if isinstance(record, Report)), None)
    if report is None:
        return
    yield from _carried_out(reading)
    yield from _prepared(reading)
    own = _own_day(reading, report)
    if own is not None:
        posted = report.kind == "tin_hoi_nghi"
        if posted or _tells_of_meeting(report):
            yield from _told(reading, own, posted=posted)
        if not posted:
            yield from _founded(reading, own, records)
        if report.kind == "bao_cao" and not _tells_of_meeting(report):
            yield from _done_later(reading, own)
        if report.kind in _ASKING:
            yield from _overdue(reading, own)
    yield from _compared(reading, own)


#: Documents that ask others for something by a day.
_ASKING = ("ke_hoach", "chuong_trinh", "cong_van", "thong_bao")


def _own_day(reading: Reading, report: Report) -> DateMention | None:
    """The day of the dateline, of news that of the line which says when it was posted; None where two differ."""
    if report.kind == "tin_hoi_nghi":
        for block in reading.document.blocks[:_STAMP_BLOCKS]:
            if _STAMP.fullmatch(reading.lower, block.start, block.end):
                days = [d for d in reading.document.dates_in(block.start, block.end) if d.kind == "day" and d.iso]
                return days[0] if len(days) == 1 else None
        return None
    found = [d for d in reading.document.dates if d.kind == "day" and d.iso and _is_dateline(reading, d)]
    return found[0] if len({mention.iso for mention in found}) == 1 else None


def _is_dateline(reading: Reading, mention: DateMention) -> bool:
    """Whether a day stands at the end of a line, after nothing but a place (and the document's number)."""
    start, end = reading.text.rfind("\n", 0, mention.start) + 1, reading.text.find("\n", mention.end)
    rest = reading.text[mention.end : end if end >= 0 else len(reading.text)]
    if rest.strip(_LINE_REST) or "ngày" not in reading.lower[mention.start : mention.end]:
        return False
    return _PLACE.fullmatch(reading.text, start, mention.start) is not None


_MEETING = re.compile(r"(?<!\w)(?:kết luận|nghị quyết (?:hội nghị|đại hội)|biên bản)(?!\w)", re.I)


def _tells_of_meeting(report: Report) -> bool:
    return report.kind == "nghi_quyet" or _MEETING.search(report.title or "") is not None


_HELD = re.compile(r"(?<!\w)(?:tổ chức|diễn ra|họp|công bố|đã|tiến hành|khai mạc|trao|tổng kết|sơ kết|kiểm tra)(?!\w)")
_COMING = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|sắp|tới đây|sắp tới|chuẩn bị|kế hoạch|trước ngày|từ ngày|đến ngày|hết ngày|chậm nhất|hạn|"
    r"phấn đấu|triệu tập|kính mời|trân trọng|nhiệm kỳ \d{4}|hiệu lực)(?!\w)"
)
#: The day of what is told stands at the head of a sentence or behind ``được tổ chức``.
_AT_HEAD = re.compile(r"(?:[a-zđ]{2,8} ?[-–] ?)?(?:vào )?(?:(?:sáng|chiều|tối|trưa)(?: nay)?,? ?)?$")
_WAS_HELD = re.compile(
    r"(?<!\w)(?:đã |được )(?:tổ chức|diễn ra|tiến hành|họp|làm việc|khai mạc|thông qua|bàn giao)(?: vào| trong)?"
    r"(?: sáng| chiều)?,? $"
)
_BEGINNING = 12
#: News is posted some days after an event or on the eve of it, not months before.
_EVE_DAYS = 45


def _told(reading: Reading, own: DateMention, *, posted: bool) -> Iterator[Relation]:
    """What a document tells at its beginning as done on a later day than its own; the first of these."""
    for block in [b for b in reading.document.prose() if b.start > own.end or not posted][:_BEGINNING]:
        for start, end in reading.document.sentences(block):
            for mention in reading.document.dates_in(start, end)[:1]:
                day = _day_of(mention, own if posted else None)
                before = reading.lower[start : mention.start]
                headed = _AT_HEAD.fullmatch(before) or _WAS_HELD.search(before)
                if day is None or headed is None or not _HELD.search(reading.lower, start, end):
                    continue
                later = (day - date.fromisoformat(own.iso or "")).days
                if 0 < later <= _EVE_DAYS and not _COMING.search(reading.lower, start, end):
                    yield slip(reading, "told", _shown(reading, mention, start, end), (own.start, own.end))
                    return


#: It was done, and not only settled for then.
_FINISHED = re.compile(
    r"(?<!\w)đã (?:được )?(?:tổ chức|tiến hành|diễn ra|họp|kiểm tra|hoàn thành|khánh thành|trao|khai giảng|tập huấn|mở|"
    r"kết nạp|bàn giao|sơ kết|tổng kết|thi|dự|tham gia|thành lập|công nhận|sáp nhập|thăm|tặng|ghi nhận|biểu dương|"
    r"đánh giá|kết luận|nhận xét|làm việc|thống nhất|thẩm định)(?!\w)"
)
_ON = re.compile(
    r"(?<!\w)(?:vào|trong|sáng|chiều|tối|lúc|hôm|tổ chức|tiến hành|diễn ra|họp|khai mạc|khánh thành|bàn giao|"
    r"làm việc|kiểm tra|giám sát|khảo sát|thanh tra|thẩm định|về thăm|đến thăm)\s*$"
    r"|^\s*$|[,(]\s*$"
)
_LATER_DAYS = 365


def _done_later(reading: Reading, own: DateMention) -> Iterator[Relation]:
    """What a report tells as done on a later day than its own; the first of these."""
    for block in reading.document.prose():
        if block.start < own.end or not holds(_DONE_AT, reading.lower, block.start, block.end):
            continue
        for start, end in reading.document.sentences(block):
            days = reading.document.dates_in(start, end)
            day = _day_of(days[0], None) if len(days) == 1 and days[0].kind == "day" else None
            if (
                day is None
                or not _FINISHED.search(reading.lower, start, end)
                or _COMING.search(reading.lower, start, end)
            ):
                continue
            later = (day - date.fromisoformat(own.iso or "")).days
            if 0 < later <= _LATER_DAYS and _ON.search(reading.lower[start : days[0].start]):
                yield slip(reading, "told", _shown(reading, days[0], start, end), (own.start, own.end))
                return


_DONE_AT = Words(("đã",))


def _day_of(mention: DateMention, own: DateMention | None) -> date | None:
    """The day of a mention; of one without its year that of the year in which the document was posted."""
    year, month, day = mention.parts
    if mention.kind == "partial" and own is not None and not mention.blank:
        year = own.parts[0]
    if mention.kind not in ("day", "partial") or year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shown(reading: Reading, mention: DateMention, start: int, end: int) -> tuple[int, int]:
    """A day with the words around it, within its sentence."""
    stop = reading.text.find(" ", min(end, mention.end + 60), end)
    first = start if mention.start - start <= 80 else mention.start
    return first, stop if stop > 0 else end


_FOUNDED = re.compile(r"(?:căn cứ|thực hiện|theo|xét|trên cơ sở|sau khi)(?!\w)")
_DONE_BY = re.compile(
    r"(?<!\w)(?:thông báo|công bố|họp|ký|ban hành|kết luận|làm việc|biên bản|hội nghị|phê duyệt|thông qua|kiểm tra)"
    r"(?: \w+){0,4}?,? (?:vào )?$"
)


def _founded(reading: Reading, own: DateMention, records: Sequence[Record]) -> Iterator[Relation]:
    """The grounds of a document that are of a later day; documents cited in full are looked at elsewhere."""
    cited = [p for record in records if isinstance(record, Citation) and record.date for p in record.evidence]
    for block in reading.document.prose():
        if _FOUNDED.match(reading.lower, block.body) is None:
            continue
        for mention in reading.document.dates_in(block.body, block.end):
            passage = reading.evidence(mention.start, mention.end)
            own_finding = any(p.start <= passage.start and passage.end <= p.end for p in cited)
            if mention.kind != "day" or not mention.iso or mention.iso <= (own.iso or "") or own_finding:
                continue
            # A later sentence tells what is to be done, not on what the document is founded.
            start, _ = reading.document.sentence_at(mention.start)
            before = reading.lower[max(start, mention.start - 60) : mention.start]
            if start <= block.body and not _DUE.search(before) and _DONE_BY.search(before):
                first = max(block.body, reading.text.rfind(" ", block.body, max(block.body, mention.start - 50)) + 1)
                yield slip(reading, "basis", (first, mention.end), (own.start, own.end))


_DUE = re.compile(
    r"(?<!\w)(?:trước|chậm nhất|muộn nhất|hạn cuối|hạn chót|hạn nộp|chậm nhất đến)(?: là| vào| đến"
    r"| hết)?(?: \d{1,2} ?(?:h|giờ)\d{0,2})?"
    r":?(?: ngày)? ?$"
)
_DUE_AT = Words(("trước", "chậm nhất", "muộn nhất", "hạn cuối", "hạn chót", "hạn nộp"))
_ASKED = re.compile(r"(?<!\w)(?:gửi|nộp|đăng ký|báo cáo|hoàn thành|xong|đề nghị|yêu cầu|hoàn tất)(?!\w)")
_NO_REQUEST = re.compile(
    r"(?<!\w)(?:đã|sinh trước|hằng|hàng|mỗi|tuyển dụng|thành lập|ban hành trước|ký trước|có hiệu lực|năm trước"
    r"|căn cứ|theo)(?!\w)"
)
_LATE_DAYS = 31


def _overdue(reading: Reading, own: DateMention) -> Iterator[Relation]:
    """What a document asks for by a day of its own year that had passed when it was signed."""
    for block in reading.document.prose():
        if (block.start < own.start and block.end > own.start) or not holds(
            _DUE_AT, reading.lower, block.body, block.end
        ):
            continue
        for start, end in reading.document.sentences(block):
            if not _ASKED.search(reading.lower, start, end) or _NO_REQUEST.search(reading.lower, start, end):
                continue
            for mention in reading.document.dates_in(start, end):
                day, before = _day_of(mention, own), reading.lower[max(start, mention.start - 36) : mention.start + 5]
                if day is None or not _DUE.search(
                    before.removesuffix(reading.lower[mention.start : mention.start + 5])
                ):
                    continue
                late = (date.fromisoformat(own.iso or "") - day).days
                if late > 0 and day.year == own.parts[0] and (mention.kind == "day" or late <= _LATE_DAYS):
                    yield slip(reading, "deadline", (start, mention.end), (own.start, own.end))


_AGAINST = re.compile(r"so với (?:lần|đợt|đầu năm|lúc|kết quả|kỳ|tháng)[^.;\n()]{0,30}?\(?(?=ngày \d)")
_OPENING = re.compile(r"(?:vào |trong )?ngày \d")


def _compared(reading: Reading, own: DateMention | None) -> Iterator[Relation]:
    """What something is compared with, of a later day than the document's or the one with which its text begins."""
    if "so với" not in reading.lower:
        return
    dates = reading.document.dates
    for match in _AGAINST.finditer(reading.lower):
        basis = next((d for d in dates if d.start == match.end() and d.kind == "day" and d.iso), None)
        if basis is None:
            continue
        first = own or next((d for d in dates if d.kind == "day" and d.iso and d.start < match.start()), None)
        opens = own is not None or (first is not None and _opens(reading, first))
        if first is not None and opens and (basis.iso or "") > (first.iso or ""):
            yield slip(reading, "against", (match.start(), basis.end), (first.start, first.end))


def _opens(reading: Reading, mention: DateMention) -> bool:
    block = reading.document.block_at(mention.start)
    return mention.start - block.body <= len("vào ngày ") and _OPENING.match(reading.lower, block.body) is not None


_CARRIES = re.compile(r"(?:thực hiện|căn cứ|theo|triển khai|chấp hành|được sự đồng ý)(?!\w)")
_DID = re.compile(r"[,;] (?:vào |trong |trong 0?\d )?(?:(?:các )?(?:sáng|chiều|tối|trưa),? )?$")
_DONE = re.compile(r"[^;.\n]{0,160}?(?<!\w)(?:tổ chức|tiến hành|họp|khai mạc|thành lập|triển khai)(?!\w)")
_CALLED = re.compile(
    r"(?:vào )?ngày [^;.\n]{4,80}?(?<!\w)ban hành (?:kế hoạch|quyết định|công văn|giấy mời|hướng dẫn)(?!\w)"
)


def _carried_out(reading: Reading) -> Iterator[Relation]:
    """Something done on an earlier day than that of the document which it carries out, in one sentence."""
    for block in reading.document.prose():
        for start, end in reading.document.sentences(block):
            carries = _CARRIES.match(reading.lower, start) or _CALLED.match(reading.lower, start)
            if carries is None:
                continue
            days = [d for d in reading.document.dates_in(start, end) if d.kind == "day" and d.iso]
            for index, mention in enumerate(days[1:], 1):
                if not _DID.search(reading.lower[max(start, mention.start - 30) : mention.start]):
                    continue
                if _DONE.match(reading.lower, mention.end) and (mention.iso or "") < (days[index - 1].iso or ""):
                    called = days[index - 1]
                    yield slip(
                        reading, "carried_out", _shown(reading, mention, mention.start, end), (called.start, called.end)
                    )
                break


_PREPARED = re.compile(r"(?<!\w)(?:công việc|công tác|việc) chuẩn bị(?!\w)")
_PREPARES = Words(("chuẩn bị",))
_TAKES_PLACE = re.compile(
    r"(?<!\w)(?:thi vào|thời gian thi|ngày thi|khai mạc|tổ chức vào)(?: vào)?(?: sáng)?:? ?(?=ngày \d)"
)


def _prepared(reading: Reading) -> Iterator[Relation]:
    """The day by which something was to be prepared, later than the day of the one event (of a level) told before."""
    if not holds(_PREPARES, reading.lower, 0, len(reading.lower)):
        return
    events: dict[str, list[DateMention]] = {}
    for block in reading.document.prose():
        if _PREPARED.search(reading.lower, block.body, block.end):
            for mention in reading.document.dates_in(block.body, block.end):
                before = reading.lower[max(block.body, mention.start - 30) : mention.start]
                held = events.get(_level_before(reading, block, mention.start), [])
                late = mention.kind == "day" and mention.iso and len(held) == 1 and mention.iso > (held[0].iso or "")
                if late and _DUE.search(before):
                    first = max(
                        block.body, reading.text.rfind(" ", block.body, max(block.body, mention.start - 50)) + 1
                    )
                    yield slip(reading, "prepared", (first, mention.end), (held[0].start, held[0].end))
            continue
        for match in _TAKES_PLACE.finditer(reading.lower, block.body, block.end):
            for mention in reading.document.dates_in(match.end(), block.end)[:1]:
                if mention.start == match.end() and mention.kind == "day" and mention.iso:
                    events.setdefault(_level_before(reading, block, mention.start), []).append(mention)


def _level_before(reading: Reading, block: Block, position: int) -> str:
    """The level of school that a clause names: the last ``cấp …`` of the block before a position."""
    named = re.findall(
        r"(?<!\w)cấp (thpt|thcs|tiểu học|mầm non|tỉnh|huyện)(?!\w)", reading.lower[block.body : position]
    )
    return named[-1] if named else ""
