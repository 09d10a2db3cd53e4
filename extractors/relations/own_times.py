"""Where a report names its own time in passing: the event that it tells of, what it is founded on, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors.relations.reading import Reading
from schemas.records import Record, Report
from schemas.relation import Quantity, Relation

_YEARS = r"năm học (?P<first>(?:19|20)\d\d)\s?-\s?(?:(?:19|20)\d\d|\d\d)(?!\d)"
_YEAR_WORD, _COMING_AT = Words(("năm học",)), Words(("triển khai", "phương hướng", "nhiệm vụ", "kế hoạch"))


def find_own_times(reading: Reading, records: Sequence[Record]) -> Iterator[Relation]:
    """One relation of the kind ``year`` for each such place; its ``cue`` says what kind of place it is.

    ``event``: the meeting that the title names, ``ground``: plans and instructions of a year that are carried out,
    ``second``: the second term as the one to come, ``pair``: the year to come beside the one that is summed up (the
    second part), ``echo``: what the title says, said again, ``scheduled``: a day at the head of a line of a plan,
    ``spanned``: the first of two days between which something lasts (the second part is the last).
    """
    report = next((record for record in records if isinstance(record, Report)), None)
    if report is None:
        return
    title = " ".join((report.title or "").lower().split())
    for block in reading.document.blocks:
        if block.kind in ("cell", "junk", "caption"):
            continue
        yield from _pairs(reading, block)
        if holds(_YEAR_WORD, reading.lower, block.start, block.end):
            yield from _dated(reading, block)
            for start, end in reading.document.sentences(block):
                yield from _events(reading, start, end, title)
                yield from _grounds(reading, start, end)
                yield from _second_terms(reading, start, end)
        yield from _held(reading, block)
        yield from _wanted(reading, block)
        yield from _spans(reading, block)
    yield from _echoes(reading, title)


def _relation(
    reading: Reading, cue: str, printed: str, span: tuple[int, int], *others: Quantity, label: str | None = None
) -> Relation:
    part = Quantity(value=int(printed[:4]), printed=printed, label=label or cue, evidence=reading.evidence(*span))
    return Relation(kind="year", whole=None, parts=(part, *others), exhaustive=True, cue=cue)


def _school_year(match: re.Match[str], name: str = "first") -> str:
    first = int(match[name])
    return f"{first}-{first + 1}"


#: What was done in a year, and what will be done in one.
_DONE = r"tổng kết|báo cáo|kết quả|đánh giá|kiểm điểm|hoạt động"
_COMING = r"triển khai|phương hướng|nhiệm vụ|kế hoạch"
_PAIR = re.compile(
    rf"(?<!\w)(?P<done>(?:{_DONE})(?:,? [^\W\d_]+){{0,12}}) (?:{_YEARS}|năm (?P<year>20\d\d)(?!\s?-\s?\d))"
    rf"(?P<between>[^.\n]{{0,50}}?(?<!\w)(?:{_COMING})(?!\w)[^.\d\n]{{0,50}}?(?<!\w))"
    r"(?:năm học (?:mới )?(?P<next>(?:19|20)\d\d)\s?-\s?(?:19|20)\d\d(?!\d)|năm (?P<later>20\d\d)(?!\s?-\s?\d))"
)
#: What makes plans in the year that is summed up: ``kết quả thực hiện nhiệm vụ năm học …``, a term of it.
_SAME = re.compile(r"(?<!\w)(?:kết quả|thực hiện|theo|còn lại|căn cứ)(?!\w)")
_SOME_OF_IT = re.compile(r"(?<!\w)(?:học k[ỳì]|hk|quý|tháng|giữa|đầu|cuối|đợt|sơ kết)(?!\w)")


def _pairs(reading: Reading, block: Block) -> Iterator[Relation]:
    """The year for which plans are made beside the year that is summed up: ``tổng kết …; triển khai nhiệm vụ …``."""
    if not holds(_COMING_AT, reading.lower, block.start, block.end):
        return
    for match in _PAIR.finditer(reading.lower, block.start, block.end):
        if bool(match["first"]) is not bool(match["next"]) or _SAME.search(match["between"]):
            continue
        if any(map(_SOME_OF_IT.search, (match["done"], match["between"]))):
            continue
        printed = _school_year(match) if match["first"] else match["year"]
        base = Quantity(value=int(printed[:4]), printed=printed, label="pair", evidence=reading.evidence(*match.span()))
        coming = _school_year(match, "next") if match["first"] else match["later"]
        yield _relation(reading, "pair", coming, match.span(), base)


_TIMED = re.compile(
    rf"(?<!\w)(?:(?P<opens>khai giảng|tựu trường|bắt đầu|học k[ỳì] (?:i|1),?)|(?P<closes>bế giảng|kết thúc)|"
    rf"(?P<enters>kỳ thi (?:tuyển sinh|vào|tuyển)(?: vào)?(?: lớp)? ?(?:10|mười|6)(?: thpt)?(?: công lập)?)|"
    rf"(?P<grounds>(?:khung )?(?:kế hoạch )?thời gian|nhiệm vụ(?: trọng tâm)?(?: giáo dục)?)|"
    r"(?P<tests>(?:kiểm tra|khảo sát|thi|ôn tập)(?: định kỳ| đánh giá| chất lượng| học kỳ)*(?: (?:cuối|giữa|hết))?"
    rf"(?: (?:học k[ỳì]|hk)(?: ?(?:ii|i|2|1))?)?,?|(?:hội thi|hội giảng|hội khỏe|hội thao|đại hội"
    rf"|hội nghị)[^.;:,\d]{{2,60}}?)) "
    rf"(?:của )?{_YEARS}"
)
#: Between an event and its day, and between the day of a document and what it is about.
_ON, _OF_DAY = re.compile(r"[^.;:\d]{0,48}"), re.compile(r"[^.;:\d]{0,90}")
#: Months in which a year opens and closes, and those in which documents about it are issued.
_REVIEWS = re.compile(r"(?<!\w)(?:kết quả|tổng kết|sơ kết|tình hình|hoàn thành|đánh giá|thành tích)(?!\w)")
_MONTHS = {"opens": range(7, 11), "closes": range(4, 9), "enters": range(4, 9), "grounds": range(6, 11),
           "tests": range(1, 13)}  # fmt: skip
#: How the day of an examination stands behind its name.
_HELD_ON = re.compile(
    r"(?: [^\W\d_]+){0,6}? (?:diễn ra|được tổ chức|tổ chức|bắt đầu|khai mạc|tiến hành)(?: [^\W\d_]+){0,5} ?"
    r"(?:\d{1,2}(?:/\d{1,2})?(?:,| và| đến|-| -) ?)?(?:ngày )?"
)


#: Before it the school year is that of the year before.
_FIRST_MONTH = 9


#: Between what is held and its day.
_HELD_FROM = re.compile(
    r",?(?: (?:được|sẽ|diễn ra|tổ chức|bắt đầu|khai mạc|tiến hành|dự kiến)){0,3}:? "
    r"(?:(?:từ|vào|trong|trước|sáng|chiều|các)(?: ngày)? |ngày ){0,3}"
)


def _dated(reading: Reading, block: Block) -> Iterator[Relation]:
    """A school year whose opening or end, or the document about it, stands with a day of the year after it.

    ``khai giảng năm học 2019-2020 vào ngày 05/9/2020``; ``Quyết định … ngày 28/6/2021 về khung thời gian năm học
    2020-2021``.
    """
    days = [d for d in reading.document.dates_in(block.start, block.end) if d.kind == "day" and d.iso]
    for match in _TIMED.finditer(reading.lower, block.start, block.end) if days else ():
        kind = next(name for name in _MONTHS if match[name])
        before = [d for d in days if d.end <= match.start() and _OF_DAY.fullmatch(reading.lower, d.end, match.start())]
        after = [d for d in days if d.start >= match.end() and _ON.fullmatch(reading.lower, match.end(), d.start)]
        if kind == "grounds" and before and _REVIEWS.search(reading.lower, before[-1].end, match.start()):
            continue
        near = before[-1:] if kind == "grounds" else after[:1] or before[-1:]
        if kind == "tests":  # what is told of them later may be of any day
            near = [d for d in days if _HELD_FROM.fullmatch(reading.lower, match.end(), d.start)][:1]
            after = near
        if kind == "enters":  # those who enter sit for it before the year
            near = [d for d in days if _HELD_ON.fullmatch(reading.lower, match.end(), d.start)][:1]
            after = near
        for day in near:
            year, month = int((day.iso or "")[:4]), int((day.iso or "")[5:7])
            begins = year - 1 if kind == "closes" or (kind == "tests" and month < _FIRST_MONTH) else year
            if month in _MONTHS[kind] and begins > int(match["first"]):
                label = f"{begins}-09"
                yield _relation(
                    reading,
                    "held",
                    _school_year(match),
                    (match.start(), day.end) if after else match.span(),
                    label=label,
                )


_EVENT = re.compile(
    rf"(?<!\w)(?:buổi lễ|lễ|hội nghị|kỳ thi|hội thi|đại hội) (?P<what>tổng kết|sơ kết|khai giảng"
    rf"|chọn học sinh giỏi|bế giảng)"
    rf"(?P<of>(?! học k)[^.;:\n]{{0,60}}? )?{_YEARS}"
)
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:so với|trước đó|trước đây|năm trước|cùng kỳ|năm ngoái|rút kinh nghiệm|từ năm học"
    r"|sau (?:buổi )?(?:lễ|hội nghị)"
    r"|phát huy|kết quả|căn cứ|tại báo cáo)(?!\w)"
)
_NOW = re.compile(
    rf"(?:nhân dịp này|dịp này|tại hội nghị|tại buổi lễ)[^.;\n]{{0,140}}?phong trào thi đua(?: trong)? {_YEARS}"
)


def _events(reading: Reading, start: int, end: int, title: str) -> Iterator[Relation]:
    """The event that the title names, with its year; and the emulation for which awards are given there."""
    for match in _EVENT.finditer(reading.lower, start, end):
        if match["what"] in title and not _OF_ANOTHER.search(reading.lower, start, end):
            yield _relation(reading, "event", _school_year(match), match.span())
    if now := _NOW.match(reading.lower, start, end):
        yield _relation(reading, "event", _school_year(now), now.span())


_CARRIES = re.compile(r"(?:căn cứ|thực hiện|theo|trên cơ sở|triển khai)(?!\w)")
_GUIDING = re.compile(
    rf"(?<!\w)(?:khung kế hoạch thời gian|kế hoạch thời gian|biên chế|kế hoạch kiểm tra"
    rf"|hướng dẫn[^.;\n]{{0,90}}?(?:nhiệm vụ|báo cáo"
    rf"|tổng kết)|nhiệm vụ trọng tâm|phương hướng,? nhiệm vụ|về (?:việc )?thực hiện nhiệm vụ)[^.;\n]{{0,60}}?{_YEARS}"
)
_LOOKS_BACK = re.compile(
    r"(?<!\w)(?:kết quả|đánh giá|so với|rút kinh nghiệm|tồn tại|hạn chế|các năm|từ năm học|đã)(?!\w)"
)


def _grounds(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """The year of the plans and instructions on which a document is founded."""
    if _CARRIES.match(reading.lower, start) is None or _LOOKS_BACK.search(reading.lower, start, end):
        return
    years = {match["first"] for match in re.finditer(_YEARS, reading.lower[start:end])}
    for match in _GUIDING.finditer(reading.lower, start, end):
        if len(years) == 1:
            yield _relation(reading, "ground", _school_year(match), match.span())


_SECOND = re.compile(rf"(?<!\w)(?:học k[ỳì]|hk) ?(?:ii|2),? (?:của )?{_YEARS}")
_TO_COME = re.compile(
    r"(?<!\w)(?:kế hoạch|nhiệm vụ|phương hướng|triển khai|dự thảo|trước ngày|hằng tháng|hàng tháng|chuẩn bị"
    r"|tiếp tục)(?!\w)"
)
_PAST = re.compile(r"(?<!\w)(?:so với|kết quả|tổng kết|đã|cuối|đánh giá|cùng kỳ|tăng|giảm|căn cứ)(?!\w)")


def _second_terms(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """The second term of a year, where something is to be done in it."""
    match = _SECOND.search(reading.lower, start, end)
    if match and _TO_COME.search(reading.lower, start, end) and not _PAST.search(reading.lower, start, end):
        yield _relation(reading, "second", _school_year(match), match.span())


_TOLD = re.compile(r"(?<!\w)(?:đã|tổng kết|so với|đánh giá|được)(?!\w)")


#: Before a day: ``Thời gian: 7 giờ 30 ngày …``, ``Khai mạc: sáng …``.
_SCHEDULE = re.compile(
    r"(?:thời gian|thời điểm|ngày (?:thi|họp|tổ chức|khai mạc)|lịch|khai mạc|bế mạc|tổng duyệt|chung kết|sơ khảo|"
    r"vòng (?:\d|[^\W\d_]+)|đợt \d|tập trung|khởi hành|hạn (?:cuối|nộp)|công bố|tổng kết)(?!\w)"
    r"[^:.;\n]{0,40}:[^.;\n]{0,36}"
)
_LED = 90


def _held(reading: Reading, block: Block) -> Iterator[Relation]:
    """A day with its year at the head of a line, or behind a label that says so, for which something is planned."""
    if block.end - block.body < len("ngày 1/1/2020"):
        return
    for mention in reading.document.dates_in(block.body, min(block.end, block.body + _LED))[:1]:
        headed = mention.start - block.body <= 1 and block.kind != "heading"
        alone = _TILL.match(reading.lower, mention.end) is None
        headed = headed or (alone and _SCHEDULE.fullmatch(reading.lower, block.body, mention.start) is not None)
        headed = headed and mention.kind == "day" and mention.iso is not None
        if headed and mention.end < block.end and not _TOLD.search(reading.lower, block.body, block.end):
            yield _relation(reading, "scheduled", mention.iso or "", (mention.start, min(block.end, mention.end + 60)))


#: A day by which something is to be handed in: ``gửi danh sách về Phòng trước ngày 20/02/2019``.
_HANDED = re.compile(
    r"(?<!\w)(?:gửi|nộp|báo cáo|đăng ký|hoàn thành|chuyển|phản hồi|cập nhật)(?!\w)[^.;:]{0,120}"
    r"(?<!\w)(?:trước|chậm nhất|hạn cuối|muộn nhất|đến hết)(?: là| vào)?(?: \d{1,2} ?(?:giờ|h)(?:\d\d)?)?(?: ngày)? $"
)
_HANDED_AT = Words(("trước", "chậm nhất", "hạn cuối", "muộn nhất", "đến hết"))


def _wanted(reading: Reading, block: Block) -> Iterator[Relation]:
    """The days by which a paper asks for something to be handed in."""
    if not holds(_HANDED_AT, reading.lower, block.body, block.end):
        return
    for mention in reading.document.dates_in(block.body, block.end):
        if mention.kind != "day" or not mention.iso:
            continue
        start, end = reading.document.sentence_at(mention.start)
        if _HANDED.search(reading.lower, start, mention.start) and not _TOLD.search(reading.lower, start, end):
            yield _relation(reading, "scheduled", mention.iso, (mention.start, mention.end))


_FROM = re.compile(r"(?<!\w)(?:từ|bắt đầu):? (?:ngày )?$")
_TILL = re.compile(r"\s*(?:-|đến hết|đến|tới)\s+")
#: What may last for years, or is counted over a time that has passed.
_LONG = re.compile(
    r"(?<!\w)(?:dự án|giai đoạn|nhiệm kỳ|số liệu|tính từ|kể từ|hợp đồng|hiệu lực|đề án|lộ trình|thống kê|thời kỳ|"
    r"minh chứng|thành tích)(?!\w)"
)


def _spans(reading: Reading, block: Block) -> Iterator[Relation]:
    """Something that lasts from one day to another, each with its year."""
    days = [d for d in reading.document.dates_in(block.body, block.end) if d.kind == "day" and d.iso]
    for first, last in pairwise(days):
        if not _TILL.fullmatch(reading.lower, first.end, last.start) or (first.iso or "") >= (last.iso or ""):
            continue
        start, end = reading.document.sentence_at(first.start)
        led = reading.lower[max(start, first.start - 16) : first.start]
        begins = _FROM.search(led) or reading.lower[first.start : first.end].startswith("từ")
        if begins and not _LONG.search(reading.lower, start, end) and not _TOLD.search(reading.lower, start, end):
            until = Quantity(
                value=int((last.iso or "")[:4]), printed=last.iso or "", label="spanned",
                evidence=reading.evidence(last.start, last.end),
            )  # fmt: skip
            yield _relation(reading, "spanned", first.iso or "", (first.start, last.end), until)


_INTRODUCES = re.compile(
    r"(?<!\w)(?:xây dựng|ban hành|triển khai|thông báo|báo cáo)(?!\w)[^.;\n]*?(?:như sau|sau đây)\s*:?\s*$"
)
_ARTICLE = re.compile(r"điều 1\W")
_SAME_WORDS = 4
_WORD = re.compile(r"\w+")


def _echoes(reading: Reading, title: str) -> Iterator[Relation]:
    """What the title says, said again in the first article or in the sentence that introduces the rest."""
    named = [d for d in reading.document.dates if d.iso and d.kind in ("span", "year")]
    for mention in named:
        start, end = reading.document.sentence_at(mention.start)
        block = reading.document.block_at(mention.start)
        in_article = _ARTICLE.match(reading.lower, block.start) is not None
        if not in_article and not _INTRODUCES.search(reading.lower, start, end):
            continue
        before = _WORD.findall(reading.lower[max(start, mention.start - 60) : mention.start])[-_SAME_WORDS:]
        said = " ".join(_WORD.findall(title))
        if len(before) == _SAME_WORDS and _follows(said, " ".join(before), mention):
            yield _relation(reading, "echo", mention.iso or "", (mention.start, mention.end))


def _follows(title: str, before: str, mention: DateMention) -> bool:
    """Whether a title has the same words right before a time of the same kind, but not this time."""
    own = "(?:năm |giai đoạn |trên địa bàn [^\\d]{0,40}?)*"
    years = (
        r"(?P<first>(?:19|20)\d\d) (?P<last>(?:19|20)\d\d)" if mention.kind == "span" else r"(?P<first>(?:19|20)\d\d)"
    )
    match = re.search(rf"(?<!\w){re.escape(before)} {own}{years}(?! ?\d)", title)
    return match is not None and match["first"] != (mention.iso or "")[:4]
