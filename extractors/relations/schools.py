"""Schools merged into others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._shared.dates import DateMention
from extractors._shared.document import Block
from extractors._shared.scan import Words, holds
from extractors._shared.view import lower
from extractors.relations.reading import Reading
from schemas.records import Record, Report, School
from schemas.relation import Quantity, Relation

_MERGE = re.compile(r"(?<!\w)(?:sáp nhập|hợp nhất|nhập|gộp|ghép|dồn)(?!\w)")
#: One of these is part of each.
_MERGE_WORDS = Words(
    ("nhập", "hợp nhất", "gộp", "ghép", "dồn", "giải thể", "hoạt động", "đóng cửa", "xóa ", "không còn")
)
_INTO = re.compile(r"(?<!\w)(?:thành lập|thành(?! phố| tích| viên)|lấy tên(?: mới)? là|mang tên(?: mới)?)(?!\w)")
_INTO_ONE = re.compile(r"(?<!\w)(?:vào|về)(?!\w)")
#: ``Trường C được thành lập trên cơ sở sáp nhập Trường A và Trường B``: what it became stands first.
_FOUNDED = re.compile(
    r"(?<!\w)(?:được )?(?:(?:tái )?thành lập|ra đời|hình thành) (?:mới |lại )?(?:(?:từ |vào )?(?:ngày|tháng"
    r"|năm) [\d/]+ (?:(?:tháng"
    r"|năm) \d+ ){0,2})?"
    r"(?:trên cơ sở|từ)"
    r"(?: việc| sự)? (?:sáp nhập|hợp nhất|nhập|gộp|ghép)(?!\w)"
)
#: What has been done is no plan, whatever it carries out: ``Thực hiện Đề án …, từ ngày 01/8/2017 đã sáp nhập``.
_DONE = re.compile(r"(?<!\w)(?:đã|đã được) (?:sáp nhập|hợp nhất|nhập|gộp|ghép|dồn)(?!\w)")
_OWN_SCHOOL = re.compile(r"\s*(?:nhà )?trường (?:được |là |hiện )")
_SINCE = re.compile(r"(?<!\w)(?:kể )?từ (?:ngày|tháng|năm)?")
# Where the merger is only planned, nothing follows from it yet.
_PLANNED = re.compile(
    r"(?<!\w)(?:sẽ|đề án|kế hoạch|phương án|dự kiến|đề nghị|đề xuất|lộ trình|trước ngày|chuẩn bị|tham mưu|phấn đấu|"
    r"tiếp tục|rà soát|chưa|không(?! còn)|nghiên cứu|xây dựng)(?!\w)"
)


#: A plan by its number: ``Thực hiện Đề án số 07/ĐA-UBND …`` tells what is carried out.
_NUMBERED_PLAN = re.compile(r"(?:đề án|kế hoạch|phương án)(?: sắp xếp[^\d,;.]{0,40})? (?:số )?\d{1,4} ?[/-]")
#: Right before a date: the number of the document that was issued then.
_OF_DOCUMENT = re.compile(r"\d(?:/\d{4})?[/-][^\W\d_][^\s,;()]*,? (?:ngày )?$")


def find_mergers(reading: Reading, records: Sequence[Record]) -> Iterator[Relation]:
    """Sentences that tell of schools merged, with the schools that are no more and what they became.

    The schools are those among ``records``. A plan for a merger is None in ``exhaustive``.
    """
    if not holds(_MERGE_WORDS, reading.lower, 0, len(reading.lower)):
        return
    schools = [record for record in records if isinstance(record, School)]
    places = sorted(
        ((passage.start, passage.end, school) for school in schools for passage in school.evidence),
        key=lambda place: place[:2],
    )
    for block in reading.document.prose():
        for start, end, first in _told_in(reading, block):
            merge = _merge_of(reading, block, start, end) or _goes_on(reading, start, end, first)
            closed = _dissolved(reading, places, start, end)
            yield from closed
            if merge is None or closed:
                continue
            into = _INTO.search(reading.lower, merge.end(), end)
            onto = None if into else _INTO_ONE.search(reading.lower, merge.end(), end)
            stop = into or onto
            founded = _FOUNDED.search(reading.lower, start, merge.end())
            if founded is not None:
                became = _named(reading, places, start, founded.start())[-1:] or _own(reading, records, start)
                gone = _named(reading, places, merge.end(), end)
            elif stop is not None:
                gone = _named(reading, places, merge.end(), stop.start())
                before = _named(reading, places, start, merge.start())
                if _WITH.match(reading.lower, merge.end()):
                    gone = [*(before or _itself(reading, records, start, merge.start())), *gone]
                elif not gone and (onto or _TOLD_BESIDE.search(reading.lower, start, merge.start())):
                    gone = before
                elif not gone and _AT_ONCE.fullmatch(reading.lower, merge.end(), stop.start()):
                    gone = _joined(reading, before, merge)
                elif into and before and _INTO_ONE.match(reading.lower, merge.end() + 1):
                    gone = [*before[-1:], *gone]  # A sáp nhập vào B, đơn vị mới mang tên C
                became = _named(reading, places, stop.end(), end)[:1] or _this_school(reading, records, stop.end(), end)
            elif reading.lower.rfind("(", start, merge.start()) > reading.lower.rfind(")", start, merge.start()):
                # Trường C (từ tháng 8/2023 nhập Trường A và Trường B)
                opened = reading.lower.rfind("(", start, merge.start())
                became = _named(reading, places, start, opened)[-1:]
                gone = _named(reading, places, merge.end(), reading.lower.find(")", merge.end(), end))
            else:
                continue
            kept = {part.label for part in became}
            gone = [part for part in gone if part.label not in kept]
            if not became or not gone or (into and len(gone) < 2 and not kept):
                continue
            known = [d for d in reading.document.dates_in(start, end) if d.kind in ("day", "month", "year") and d.iso]
            known = known or [
                d for d in reading.document.dates_in(first, start) if d.kind in ("day", "month") and d.iso
            ]
            # The day from which it holds, not that of the decision.
            since = [d for d in known if _SINCE.search(reading.lower, max(start, d.start - 12), d.start + 5)]
            if founded is not None:
                since = [d for d in known if founded.start() <= d.start < founded.end()] or since
            since = since if known else _since_above(reading, block) or _since_next(reading, end, block)
            told = [d for d in known if not _OF_DOCUMENT.search(reading.lower, max(start, d.start - 40), d.start)]
            dates = [mention.iso for mention in since[:1] or told or known if mention.iso] or _against_year(
                reading, start, end
            )
            dates = dates or _at_the_beginning(reading, start, end)
            yield Relation(
                kind="merger",
                whole=became[0],
                parts=tuple(gone),
                exhaustive=None if _is_planned(reading, start, end, dated=_has_day(told, records)) else True,
                cue=dates[-1] if dates else "",
            )


#: Between the verb and what it became, where the schools stand before it: ``A và B nhập lại thành C``.
_AT_ONCE = re.compile(r"(?: lại| chung| với nhau| vào nhau| làm một| để)*,? ")
_BEFORE_VERB = re.compile(r"(?:\s*\([^()\n]*\))?,?\s*(?:(?:được|đã|nay|vừa|chính thức|cùng|mới) )*")
_NEXT_SCHOOL = re.compile(r"(?:\s*\([^()\n]*\))?(?:\s*,|\s+và|\s+với|\s+cùng)+\s+(?:trường\s+)?", re.I)


def _joined(reading: Reading, before: list[Quantity], merge: re.Match[str]) -> list[Quantity]:
    """The schools, two or more, that are named one after the other right before the verb of their merger."""
    text, at = reading.document.layer.text, reading.document.view.to_layer(merge.start(), merge.end())[0]
    if not before or _BEFORE_VERB.fullmatch(text, before[-1].evidence.end, at) is None:
        return []
    row = before[-1:]
    for school in reversed(before[:-1]):
        if _NEXT_SCHOOL.fullmatch(text, school.evidence.end, row[0].evidence.start) is None:
            break
        row.insert(0, school)
    return row if len(row) > 1 else []


def _told_in(reading: Reading, block: Block) -> Iterator[tuple[int, int, int]]:
    """The sentences of a block, those that tell of several mergers by their clauses; with where the sentence begins."""
    for start, end in reading.document.sentences(block):
        signs = [m.end() for m in _CLAUSES.finditer(reading.lower, start, end)]
        if not signs or not holds(_MERGE_WORDS, reading.lower, start, end):
            yield start, end, start
            continue
        for begin, stop in pairwise([start, *signs, end]):
            yield begin, stop, start


_CLAUSES = re.compile(r";\s")


def _goes_on(reading: Reading, start: int, end: int, first: int) -> re.Match[str] | None:
    """The beginning of a clause that goes on from a merger before it: ``…; Trường A và Trường B thành Trường C``."""
    told = start > first and _MERGE.search(reading.lower, first, start) and _INTO.search(reading.lower, start, end)
    return _NOTHING.match(reading.lower, start) if told else None


#: How the end of a school is told, and where its pupils went.
_CLOSED = re.compile(
    r"(?<!\w)(?:giải thể|(?:chấm dứt|ngừng|dừng|thôi|kết thúc) hoạt động|đóng cửa|xóa (?:bỏ|tên)|không còn (?:tồn tại"
    r"|hoạt động))(?!\w)"
)
_TAKEN = re.compile(r"(?<!\w)(?:chuyển|nhập|sáp nhập|đưa|bàn giao)(?: \w+){0,4}? (?:về|sang|vào|đến|cho)(?!\w)")
#: Between a school and the word of its end.
_CLOSED_BEHIND = re.compile(
    r"\s*(?:\([^()]*\))?,?\s*(?:trường này |nhà trường )?(?:(?:đã|được|bị|chính thức|nay|cũng|phải) )*"
    r"(?:(?:từ|kể từ|vào) [^,;.]{4,30},? )?(?:(?:đã|được|bị|chính thức) )*"
)
_CLOSED_BEFORE = re.compile(r":? (?:hoạt động )?(?:đối với |của |các trường:? |trường )?")


def _dissolved(reading: Reading, places: Sequence[tuple[int, int, School]], start: int, end: int) -> list[Relation]:
    """A school that was closed: ``Trường A giải thể, học sinh chuyển về Trường B``, ``đã giải thể Trường A``.

    Where no school is named that took its pupils, it stands for what it became itself.
    """
    match = _CLOSED.search(reading.lower, start, end)
    if match is None or _is_planned(reading, start, end):
        return []
    gone = _beside(reading, places, (start, match.start(), match.end(), end))
    taken = _TAKEN.search(reading.lower, match.end(), end)
    into = [q for q in _named(reading, places, taken.end(), end) if not gone or q.label != gone.label] if taken else []
    dates = [d for d in reading.document.dates_in(start, end) if d.kind in ("day", "month", "year") and d.iso]
    if gone is None or not dates:
        return []
    day = max(mention.iso or "" for mention in dates)
    return [Relation(kind="merger", whole=into[0] if into else gone, parts=(gone,), exhaustive=True, cue=day)]


def _beside(
    reading: Reading, places: Sequence[tuple[int, int, School]], at: tuple[int, int, int, int]
) -> Quantity | None:
    """The school right before the word of its end, or right behind it."""
    start, first, last, end = at
    view = reading.document.view
    before, behind = _last_named(reading, places, start, first), _named(reading, places, last, end)[:1]
    text = reading.document.layer.text
    verb = view.to_layer(first, last)
    if before and _CLOSED_BEHIND.fullmatch(lower(text[before[0].evidence.end : verb[0]])):
        return before[0]
    if behind and _CLOSED_BEFORE.fullmatch(lower(text[verb[1] : behind[0].evidence.start])):
        return behind[0]
    return None


#: ``Trường A sáp nhập với Trường B thành …``; ``Trường A, Trường B (đã nhập thành …)``.
_WITH = re.compile(r" (?:với|cùng)(?!\w)")
_TOLD_BESIDE = re.compile(r"\((?:đã |đã được |được )?$")
_NOTHING = re.compile("")


def _merge_of(reading: Reading, block: Block, start: int, end: int) -> re.Match[str] | None:
    """The verb of a merger in a sentence; its beginning for an item of a list of mergers that says only ``thành``."""
    if holds(_MERGE_WORDS, reading.lower, start, end):
        verbs = list(_MERGE.finditer(reading.lower, start, end))
        return next((verb for verb in verbs if _WITH.match(reading.lower, verb.end())), verbs[0] if verbs else None)
    if block.kind != "item" or not _INTO.search(reading.lower, start, end):
        return None
    if any(_MERGE.search(reading.lower, above.start, above.end) for above in _announcing(reading, block)):
        return _NOTHING.match(reading.lower, start)
    return None


def _announcing(reading: Reading, block: Block) -> Iterator[Block]:
    """The lines with a colon at their end that announce the list in which a block stands."""
    blocks = reading.document.blocks
    at = block.index
    while at and block.marker is not None and (marker := blocks[at].marker) and marker.style == block.marker.style:
        at -= 1
    for above in (*reading.document.ancestors(block), *([blocks[at]] if at < block.index else [])):
        if reading.text[above.start : above.end].rstrip().endswith(":"):
            yield above


def _since_above(reading: Reading, block: Block) -> list[DateMention]:
    """The day from which a list of mergers holds, as the line that announces it says."""
    for above in _announcing(reading, block):
        days = [d for d in reading.document.dates_in(above.start, above.end) if d.kind == "day" and d.iso]
        return [d for d in days if _SINCE.search(reading.lower, max(above.start, d.start - 12), d.start + 5)][:1]
    return []


#: ``giảm 2 trường so với năm học 2019-2020 do sáp nhập …``: merged before the next year began.
_FEWER = re.compile(
    r"(?<!\w)giảm[^.;\n]{0,30}so với năm học (?:19|20)\d\d ?- ?(?P<year>(?:19|20)\d\d) (?:là )?do (?:sáp nhập"
    r"|hợp nhất|nhập)(?!\w)"
)


def _against_year(reading: Reading, start: int, end: int) -> list[str]:
    match = _FEWER.search(reading.lower, start, end)
    return [f"{match['year']}-08"] if match else []


_BEGINNING = re.compile(r"(?<!\w)(?:đầu|từ(?: đầu)?|bước vào|trước) năm học (?P<year>(?:19|20)\d\d) ?- ?(?:19|20)\d\d")


def _at_the_beginning(reading: Reading, start: int, end: int) -> list[str]:
    """``Đầu năm học 2022-2023, hai trường … hợp nhất``: by the time that the year begins."""
    match = _BEGINNING.search(reading.lower, start, end)
    return [f"{match['year']}-08"] if match else []


#: Behind the sentence of a merger: ``Việc sáp nhập được thực hiện trong tháng 8/2021``.
_CARRIED_OUT = re.compile(
    r"\s*(?:việc|thời điểm)[^.;\n]{0,40}(?:sáp nhập|hợp nhất)[^.;\n]{0,40}(?:trong|từ|vào|kể từ|là) (?=ngày|tháng|năm)"
)


def _since_next(reading: Reading, end: int, block: Block) -> list[DateMention]:
    """The time of a merger that the next sentence gives."""
    match = _CARRIED_OUT.match(reading.lower, end, block.end)
    return [d for d in reading.document.dates_in(match.end(), block.end) if d.start == match.end()] if match else []


def _is_planned(reading: Reading, start: int, end: int, *, dated: bool = False) -> bool:
    """Whether a merger is only planned; one with a day of its own may carry out a plan that has a number."""
    planned = [match.start() for match in _PLANNED.finditer(reading.lower, start, end)]
    if dated:
        planned = [at for at in planned if not _NUMBERED_PLAN.match(reading.lower, at)]
    return bool(planned) and _DONE.search(reading.lower, start, end) is None


def _has_day(told: Sequence[DateMention], records: Sequence[Record]) -> bool:
    """Whether a sentence names a day, and none after that of the report."""
    report = next((record for record in records if isinstance(record, Report)), None)
    own = (report.date if report is not None else None) or "9999"
    days = [d.iso for d in told if d.kind == "day" and d.iso]
    return bool(days) and max(days)[: len(own)] <= own


def _own(reading: Reading, records: Sequence[Record], start: int) -> list[Quantity]:
    """The issuing school, where a sentence begins with ``Trường được …`` and nothing else."""
    report = next((record for record in records if isinstance(record, Report)), None)
    match = _OWN_SCHOOL.match(reading.lower, start)
    if match is None or report is None or not (report.issuer or "").lower().startswith("trường"):
        return []
    name = report.issuer or ""
    return [Quantity(value=1, printed=name, label=name, evidence=reading.evidence(start, match.end()))]


#: Behind what schools became: the one whose report it is.
_THIS_SCHOOL = re.compile(
    r" (?:nhà )?trường (?:(?:như )?(?:hiện nay|ngày nay|bây giờ|hôm nay)|hiện tại|của chúng (?:tôi|ta)|mình|ta"
    r"|này)(?!\w)"
)


def _this_school(reading: Reading, records: Sequence[Record], start: int, end: int) -> list[Quantity]:
    """The issuing school, where schools are said to have become ``trường hiện nay``."""
    report = next((record for record in records if isinstance(record, Report)), None)
    match = _THIS_SCHOOL.match(reading.lower, start, end)
    name = (report.issuer if report is not None else None) or ""
    if match is None or not lower(name).startswith("trường"):
        return []
    return [Quantity(value=1, printed=name, label=name, evidence=reading.evidence(start + 1, match.end()))]


_BARE_SCHOOL = re.compile(r"(?<!\w)(?:nhà )?trường (?:được |đã |sẽ )?$")


def _itself(reading: Reading, records: Sequence[Record], start: int, at: int) -> list[Quantity]:
    """The issuing school, where it only says ``trường`` of itself before its merger: ``trường hợp nhất với …``."""
    report = next((record for record in records if isinstance(record, Report)), None)
    match = _BARE_SCHOOL.search(reading.lower, start, at)
    issuer = lower(report.issuer or "") if report is not None else ""
    for record in records if match is not None and issuer else ():
        if isinstance(record, School) and issuer in map(lower, (record.name, *record.variants)):
            passage = reading.evidence(match.start() if match else start, at)
            return [Quantity(value=1, printed=record.name, label=record.name, evidence=passage)]
    return []


def _last_named(reading: Reading, places: Sequence[tuple[int, int, School]], start: int, end: int) -> list[Quantity]:
    """The last mention of a school in a range of the view, also of one that was named there before."""
    first, last = reading.document.view.to_layer(start, end) if end > start else (0, 0)
    inside = [place for place in places if first <= place[0] and place[1] <= last]
    return [_school(reading, *place) for place in inside[-1:]]


def _school(reading: Reading, begin: int, stop: int, school: School) -> Quantity:
    passage = reading.document.layer.evidence(begin, stop)
    return Quantity(value=1, printed=school.name, label=school.name, evidence=passage)


def _named(reading: Reading, places: Sequence[tuple[int, int, School]], start: int, end: int) -> list[Quantity]:
    """The schools named in a range of the view, each once, in order."""
    if end <= start:
        return []
    first, last = reading.document.view.to_layer(start, end)
    found: dict[str, Quantity] = {}
    for begin, stop, school in places:
        if first <= begin and stop <= last and school.name not in found:
            found[school.name] = _school(reading, begin, stop, school)
    return list(found.values())
