"""Where a report names the time that it is about itself: its closing line, its headings, its opening."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.scan import WholeWords, Words, holds, matches_from, places_of, words_in
from extractors.relations.reading import Reading
from schemas.relation import Quantity, Relation

_CLOSING = re.compile(
    r"(?<!\w)(?:trên đây|dưới đây) là (?:toàn bộ |nội dung |những nét chính )?(?:bản )?(?:báo cáo|kết quả|kế hoạch)"
)
_OPENING = re.compile(r"năm học (?:19|20)\d\d\s*-\s*(?:19|20)\d\d là (?:một )?năm(?!\w)")
# The sentence by which a report begins: what it is about, then a colon or "như sau".
_INTRODUCING = re.compile(
    r"(?<!\w)báo cáo (?:tổng kết|sơ kết|kết quả|tình hình|đánh giá|công tác)[^.;\n]{0,120}?như sau"
)
_STARTING = re.compile(r"(?:bước vào|thực hiện nhiệm vụ|thực hiện kế hoạch) năm học (?:19|20)\d\d")
_REVIEW = re.compile(
    r"(?<!\w)(?:đã đạt|đã thực hiện|(?:về|việc|công tác) thực hiện|tổng kết|sơ kết|kiểm điểm|kết quả|tình hình|"
    r"đánh giá|đặc điểm|bối cảnh|ưu điểm|mặt mạnh)(?!\w)"
)
_PLAN = re.compile(r"(?<!\w)(?:phương hướng|nhiệm vụ|kế hoạch|mục tiêu|chỉ tiêu|giải pháp|dự kiến)(?!\w)")
# Headings with one of these speak of another year on purpose, or of several.
_OTHER = re.compile(
    r"(?<!\w)(?:so với|khắc phục|năm trước|năm học trước|kế thừa|tiếp tục|đầu năm|tuyển sinh|từ năm|đến năm|giai đoạn|"
    r"căn cứ|theo|lộ trình|các năm|qua các|trong \d+ năm|nhiệm kỳ|chuẩn bị)(?!\w)"
)
_DUE_AT = Words(("trước", "chậm nhất", "hạn cuối"))
#: One of these stands in the closing sentence and in the introducing one.
_TOLD = Words(("đây là ", "như sau"))
_LONGEST_HEAD = 160


def find_years(reading: Reading) -> Iterator[Relation]:
    """One relation for each year in the closing sentence, in headings that review or plan, and in the opening.

    A heading with two years, or one that compares or looks back, says nothing about the report's own time.
    """
    for block in reading.document.blocks:
        if block.kind in ("cell", "junk", "caption"):
            continue
        if holds(_SCHOOL_YEARS, reading.lower, block.body, block.end):
            yield from _held(reading, block)
            yield from _coming(reading, block)
        if (
            block.kind == "item"
            and _YEAR.search(reading.lower, block.body, block.end)
            and holds(_DUE_AT, reading.lower, block.body, block.end)
        ):
            yield from _due(reading, block)
        if holds(_WILL, reading.lower, block.body, block.end):
            yield from _yet_to_come(reading, block)
        told = holds(_TOLD, reading.lower, block.start, block.end)
        if told and (match := _CLOSING.search(reading.lower, block.start, block.end)):
            yield from _years(reading, match.start(), block.end, "own", block)
        elif told and (match := _INTRODUCING.search(reading.lower, block.start, block.end)):
            yield from _years(reading, match.start(), match.end(), "own", block)
        elif match := _STARTING.match(reading.lower, block.body, block.end):
            yield from _years(reading, block.body, min(block.end, match.end() + 12), "any", block)
        elif _OPENING.match(reading.lower, block.body, block.end):
            yield from _years(reading, block.body, min(block.end, block.body + 30), "any", block)
        elif (
            holds(_STRIVEN, reading.lower, block.body, block.end)
            and (match := _STRIVEN_FOR.search(reading.lower, block.body, block.end))
            and stands_in_plan(reading, block)
            and not _LOOKS_BACK.search(reading.lower, block.body, block.end)
        ):
            yield from _years(reading, match.start(), match.end(), "aimed", block)
        elif match := _DIRECTIONS.match(reading.lower, block.body, block.end):
            yield from _years(reading, block.body, match.end(), "next", block)
        elif (
            _YEAR.search(reading.lower, block.body, block.end)
            and holds(_AIMED, reading.lower, block.body, block.end)
            and any(_found_aims(reading.lower, block.body, block.end))
            and (stands_in_plan(reading, block) or _opens_plan(reading, block))
        ):
            yield from _aims(reading, block)
        elif _CLOSING_YEAR.match(reading.lower, block.body, block.end) and stands_in_plan(reading, block):
            yield from _years(reading, block.body, min(block.end, block.body + _LONGEST_LEAD), "will", block)
        elif block.kind == "heading" and block.end - block.body <= _LONGEST_HEAD:
            yield from _heading(reading, block)


#: A paragraph of plans by its label: ``Phương hướng năm học 2023-2024: tuyển mới 4 lớp 1``.
_DIRECTIONS = re.compile(
    r"phương hướng(?:,? (?:và )?(?:nhiệm vụ|mục tiêu)(?: trọng tâm)?)?(?: (?:cho|của|trong))? năm (?:học )?"
    r"(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?\s*:"
)

#: An aim behind the year for which it is set: ``Khen thưởng cuối năm học 2022-2023: phấn đấu 65% học sinh``.
_STRIVEN = Words(("phấn đấu",))
_STRIVEN_FOR = re.compile(
    r"(?<!\w)(?<!đến )(?<!tới )(?<!hết )(?<!từ )(?:năm|năm học|học kỳ (?:i|ii|1|2)) "
    r"(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?\s*[:,]?\s*(?:(?:nhà )?trường |"
    r"toàn (?:trường|ngành|huyện|xã) )?phấn đấu(?!\w)"
)

#: What a plan sets out to do, with the time for which it is set.
_AIMS = re.compile(
    r"(?<!\w)phấn đấu [^.;,\n]{0,60}?năm (?:học )?(?:19|20)\d\d|"
    r"(?<!\w)(?:hoàn thành|thực hiện|phấn đấu|đảm bảo|bảo đảm|triển khai|xây dựng|kết nạp|đạt)(?!\w)[^.;\n]{0,70}"
    r"(?<!\w)(?:chỉ tiêu|nhiệm vụ|kế hoạch|mục tiêu|phấn đấu)(?!\w)[^.;\n]{0,40}(?:19|20)\d\d"
)
_AIMS_AT = WholeWords(words_in("hoàn thành|thực hiện|phấn đấu|đảm bảo|bảo đảm|triển khai|xây dựng|kết nạp|đạt"))
_AIMED = Words(("chỉ tiêu", "nhiệm vụ", "kế hoạch", "mục tiêu", "phấn đấu"))
#: With this it ends: asked first, since few blocks name a year.
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOOKS_BACK = re.compile(
    r"(?<!\w)(?:tổng kết|sơ kết|báo cáo|quyết toán|kết quả|phát huy|rút kinh nghiệm|hạn chế|tồn tại|đánh giá|số \d|"
    r"đã(?! đề ra| đăng ký| giao))(?!\w)"
)


def _found_aims(lowered: str, start: int, end: int) -> Iterator[re.Match[str]]:
    yield from matches_from(_AIMS, places_of(_AIMS_AT, lowered, start, end), lowered, start, end)


def stands_in_plan(reading: Reading, block: Block) -> bool:
    """Whether a block stands under a heading of what is to be done, the nearest that says so."""
    for above in reading.document.ancestors(block):
        review = _REVIEW.search(reading.lower, above.body, above.end)
        if _PLAN.search(reading.lower, above.body, above.end) and not review:
            return True
        if review:
            return False
    return False


def stands_in_review(reading: Reading, block: Block) -> bool:
    """Whether a block stands under a heading of what was done, the nearest that says so."""
    for above in reading.document.ancestors(block):
        if _PLAN.search(reading.lower, above.body, above.end):
            return False
        if _REVIEW.search(reading.lower, above.body, above.end):
            return True
    return False


#: What is yet to be done in a year, and the word that tells so.
_WILL = WholeWords(("sẽ",))
_YEAR_TO_COME = re.compile(
    r"(?<!\w)(?<!từ )(?<!của )(?<!báo cáo )(?:trong |đến |đến hết |đến cuối |cuối )?năm (?:học )?(?:19|20)\d\d"
    r"(?: ?[-–] ?20\d\d)?,? [^.;:\n]{0,50}?(?<!\w)sẽ(?!\w)"
)
#: An item of a plan by which a year is closed: ``Tổng kết năm học 2021-2022 gắn với …``.
_CLOSING_YEAR = re.compile(r"(?:tổng kết|sơ kết) (?:công tác )?năm (?:học )?(?:19|20)\d\d")


def _yet_to_come(reading: Reading, block: Block) -> Iterator[Relation]:
    """``trong năm 2024 chi bộ sẽ khắc phục``: the year in which something will be done."""
    for match in _YEAR_TO_COME.finditer(reading.lower, block.body, block.end):
        clause = reading.lower.rfind(".", block.body, match.start()) + 1 or block.body
        if not _TOLD_BEFORE.search(reading.lower, clause, match.end()):
            yield from _years(reading, match.start(), match.end(), "will", block)


#: What was said then, and is told now.
_TOLD_BEFORE = re.compile(
    r"(?<!\w)(?:đã|từng|khi đó|lúc đó|cam kết|đề ra|dự kiến|nghị quyết|kế hoạch|nếu|theo|hứa|báo cáo)(?!\w)"
)


def _opens_plan(reading: Reading, block: Block) -> bool:
    """Whether a block is a plan told in one paragraph: ``8. Kế hoạch 2024-2025: tuyển mới 160 học viên; …``."""
    colon = reading.lower.find(":", block.body, min(block.end, block.body + _LONGEST_LEAD))
    return colon > 0 and bool(_PLAN.match(reading.lower, block.body, colon))


_LONGEST_LEAD = 60
#: Characters before the verb of an aim: a mark of a list, who is to do it.
_LONGEST_SUBJECT = 24


def _aims(reading: Reading, block: Block) -> Iterator[Relation]:
    """The year for which an item of a plan sets its aims; clauses that look back or name other times say nothing."""
    for match in _found_aims(reading.lower, block.body, block.end):
        starts = [sign.end() for sign in _CLAUSES.finditer(reading.lower, block.body, match.start())]
        start = starts[-1] if starts else block.body
        phrase = max(start, reading.lower.rfind(",", start, match.start()))
        if match.start() - phrase > _LONGEST_SUBJECT:
            continue  # somebody says so of somebody
        stop = _CLAUSE_ENDS.search(reading.lower, match.end(), block.end)
        end = stop.start() if stop else block.end
        if not _OTHER.search(reading.lower, start, end) and not _LOOKS_BACK.search(reading.lower, start, end):
            yield from _years(reading, start, end, "next", block)


_CLAUSE_ENDS = re.compile(r"[.;,\n](?=\s)")


_SCHOOL_YEARS = Words(("năm học 20",))
_OF_YEAR = re.compile(r"năm học (?P<first>20\d\d) ?[-–] ?(?P<last>20\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\w)tháng (?P<month>\d{1,2}) ?/ ?(?P<year>20\d\d)(?!\d)")
_CLAUSES = re.compile(r"[.;\n](?=\s)")
#: What is done after a school year about it, and what only names it.
_AFTERWARDS = re.compile(
    r"(?<!\w)(?:tổng kết|sơ kết|khen|tuyên dương|báo cáo|kết quả|trao|phát thưởng|thưởng|công bố|quyết toán|xét|"
    r"thi đua|so với|danh hiệu|tốt nghiệp|đánh giá|kiểm điểm|tổ chức lại|thi lại|rèn luyện|đã|theo|căn cứ|quyết định|"
    r"từ năm học|đến năm học|so sánh|thống kê|số liệu|học phí|cuối năm|kết thúc|tiếp theo|trước|hết|"
    r"kế hoạch số|kéo dài)(?!\w)"
)
#: What is done within half a year of a year's end.
_SUMMED_UP = {"tổng kết", "sơ kết"}
_OPENS_YEAR = re.compile(
    r"(?<!\w)(?<!đã )(?:chuẩn bị|sẵn sàng|tổ chức)(?!\w)[^.;\n]{0,40}(?<!\w)khai giảng (?=năm học 20\d\d)"
)
#: Behind a school year that has not begun: ``năm học 2022-2023 sắp khai giảng``, ``… đang đến gần``.
_ABOUT_TO_OPEN = re.compile(
    r",? (?:đã |đang )?(?:sắp|chuẩn bị|sẽ)(?: được)? (?:khai giảng|tựu trường|bắt đầu|đến|tới|bước vào)(?!\w)|"
    r",? (?:đã |đang )?(?:đến|tới) gần(?!\w)"
)
_LAST_MONTH = 8


def _held(reading: Reading, block: Block) -> Iterator[Relation]:
    """A school year with a month after its end for what is to be done in it, and one whose opening is prepared."""
    lower, position = reading.lower, block.body
    for sign in (*_CLAUSES.finditer(lower, block.body, block.end), None):
        start, position = position, (sign.end() if sign else block.end)
        years = list(_OF_YEAR.finditer(lower, start, position))
        if len(years) != 1 or int(years[0]["last"]) != int(years[0]["first"]) + 1:
            continue
        first, last = years[0].span()
        part = Quantity(
            value=int(years[0]["first"]),
            printed=f"{years[0]['first']}-{years[0]['last']}",
            label="held",
            evidence=reading.evidence(first, last),
        )
        months = list(_MONTH.finditer(lower, start, position))
        afterwards = {match.group() for match in _AFTERWARDS.finditer(lower, start, position)}
        if len(months) == 1 and afterwards <= _SUMMED_UP:
            month = int(months[0]["year"]), int(months[0]["month"])
            if month > ((int(years[0]["last"]), _LAST_MONTH) if not afterwards else (int(years[0]["last"]) + 1, 1)):
                label = f"{month[0]}-{month[1]:02d}"
                yield Relation(
                    kind="year", whole=None, parts=(part.model_copy(update={"label": label}),), exhaustive=True,
                    cue="held",
                )  # fmt: skip
        opens = _OPENS_YEAR.search(lower, start, last)
        if (opens is not None and opens.end() == first) or _ABOUT_TO_OPEN.match(lower, last, position):
            yield Relation(kind="year", whole=None, parts=(part,), exhaustive=True, cue="opens")


#: A school year named as the one to come; ``từ năm học 2019-2020 tới năm học 2021-2022`` only reaches to one.
_COMING = re.compile(
    r"(?<!\w)(?<!từ )năm học (?P<first>20\d\d) ?[-–] ?(?P<last>20\d\d) (?:sắp tới|tới đây|tới)"
    r"(?= ?[,.;:]| (?:ở|tại|là|sẽ|cho|của)(?!\w)|\s*$)",
    re.M,
)


def _coming(reading: Reading, block: Block) -> Iterator[Relation]:
    """``năm học 2022-2023 tới``: the year after that of the report."""
    for match in _COMING.finditer(reading.lower, block.body, block.end):
        part = Quantity(
            value=int(match["first"]),
            printed=f"{match['first']}-{match['last']}",
            label="next",
            evidence=reading.evidence(*match.span()),
        )
        yield Relation(kind="year", whole=None, parts=(part,), exhaustive=True, cue="next")


#: A day by which something is to be done.
_DUE = re.compile(r"(?<!\w)(?:trước|chậm nhất|hạn cuối|hoàn thành trước)(?: là)?(?: ngày)? $")


def _due(reading: Reading, block: Block) -> Iterator[Relation]:
    """The days by which the items of a plan are to be done."""
    if _OTHER.search(reading.lower, block.body, block.end) or _LOOKS_BACK.search(reading.lower, block.body, block.end):
        return
    for mention in reading.document.dates_in(block.body, block.end):
        before = reading.lower[max(block.body, mention.start - 26) : mention.start]
        year = mention.parts[0]
        printed = (
            mention.iso is not None and year is not None and str(year) in reading.text[mention.start : mention.end]
        )
        if mention.kind != "day" or not printed or _DUE.search(before) is None or year is None:
            continue
        part = Quantity(
            value=year,
            printed=mention.iso or "",
            label="due",
            evidence=reading.evidence(block.body, mention.end),
        )
        yield Relation(kind="year", whole=None, parts=(part,), exhaustive=True, cue="due")


#: The time of a document that a line cites is that document's: ``Thực hiện Kế hoạch số 31/KH-PGDĐT ngày …:``.
_CITED = re.compile(r"(?<!\w)số:? ?\d+ ?/")


#: Under what conditions somebody works in a year: ``Năm học 2018-2019, nhà trường thực hiện nhiệm vụ với … như sau:``.
_CARRIES_OUT = re.compile(
    r"(?:trong )?năm(?: học)? \(?(?:19|20)\d\d\b[^;:.]*(?<!\w)(?:thực hiện|triển khai|hoàn thành|bước vào)"
    r"(?: (?:tốt|các|những|tốt các))? (?:nhiệm vụ|kế hoạch|mục tiêu|chỉ tiêu|giải pháp)"
)


def _heading(reading: Reading, block: Block) -> Iterator[Relation]:
    start, end = block.body, block.end
    if _OTHER.search(reading.lower, start, end) or _CITED.search(reading.lower, start, end):
        return
    review, plan = _REVIEW.search(reading.lower, start, end), _PLAN.search(reading.lower, start, end)
    if plan and not review and stands_in_review(reading, block):
        return
    if plan and _CARRIES_OUT.match(reading.lower, start, plan.end()):
        return
    if review and (plan is None or review.start() < plan.start() or review[0].startswith("đã ")):
        yield from _years(reading, start, end, "own", block)
    elif plan:
        yield from _years(reading, start, end, "next", block)


def _years(reading: Reading, start: int, end: int, role: str, block: Block) -> Iterator[Relation]:
    kinds = ("school_year", "year", "term", *(("span",) if role == "aimed" else ()))
    found = [d for d in reading.document.dates_in(start, end) if d.kind in kinds]
    if len({mention.iso.split("/")[0] for mention in found if mention.iso}) > 1:
        return
    for mention in found:
        year = mention.parts[0]
        if mention.iso is None or year is None or mention.kind == "term":
            continue
        first = max(block.start, reading.text.rfind(" ", block.start, max(block.start, mention.start - 60)) + 1)
        first = max(start, block.body) if mention.start - start <= 80 else first
        part = Quantity(
            value=year,
            printed=mention.iso,
            label=role,
            evidence=reading.evidence(first, mention.end),
        )
        yield Relation(kind="year", whole=None, parts=(part,), exhaustive=True, cue=role)
        return
