"""Classes that a school tells of as its own and cannot have: ``học sinh lớp 9 của trường`` of a primary school."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors._shared.levels import find_levels
from extractors._shared.scan import WholeWords, holds
from extractors._shared.view import lower
from extractors.relations.reading import Reading
from schemas.records import Record, Report
from schemas.relation import Quantity, Relation

_AT = WholeWords(("lớp ", "khối "))
_GRADE = (
    r"(?P<grade>\d{1,2})(?![\d.,%/]\d|\d|%| ?(?:tuổi|tháng|buổi|em|học sinh|lớp|trường))(?:[a-zđ]\d{0,2}|[/.]\d{1,2})?"
)
_WHO = r"(?:học sinh|hs|em|giáo viên|gv|chủ nhiệm|tập thể|chi đội|chi đoàn|đội tuyển|phụ huynh)"
#: How a school tells that a class is its own.
_OWN = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\w){_WHO} (?:khối )?lớp {_GRADE},? (?:của |ở |tại )(?:nhà )?trường(?! ?[\w\d]+ )(?=[ ,.;:)]|$)",
        rf"(?<!\w){_WHO} (?:khối )?lớp {_GRADE},? (?:của |ở |tại )(?:nhà )?trường (?:có|đạt|tham gia|được|đều|đã|dự|là|"
        r"tốt nghiệp|còn|hiện|nghỉ|bỏ học|hoàn thành|xếp loại)(?!\w)",
        r"(?<!\w)(?:nhà )?trường (?:(?:hiện|nay|đang|đã|còn|vẫn) )*(?:có|duy trì|tổ chức (?:ôn thi|ôn tập|dạy)"
        r"[^.;,:()\d]{0,30}?cho|ôn thi[^.;,:()\d]{0,20}?cho|dạy) (?:\d[\d.]* )?"
        rf"(?:học sinh|em|hs) (?:khối )?lớp {_GRADE}",
        rf"(?<!\w)khối (?:lớp )?{_GRADE}:? (?:có |gồm )?\d{{1,2}} lớp(?!\w)",
    )
)
#: Pupils who are not the school's own, or not yet, or no more.
_NOT_ITS = re.compile(
    r"(?<!\w)(?:vào (?:học )?lớp|lên (?:học )?lớp|tuyển sinh|tuyển vào|trúng tuyển|dự tuyển|đăng ký|"
    r"chuyển (?:cấp|lên|đến|về)|"
    r"bàn giao|cựu|nguyên là|trước đây|năm xưa|khóa|liên trường|cụm|các trường|trường bạn|học nhờ|mượn|thcs|thpt|"
    r"tiểu học|mầm non|trung học|phổ thông|cấp (?:1|2|3|i|ii|iii)|phân luồng|tư vấn|giao lưu|kết nghĩa|sáp nhập|"
    r"tách|thành lập|tiền thân|liên kết|lớp ghép|anh|chị|em của)(?!\w)"
)
_GRADES = {"MN": range(0), "TH": range(1, 6), "THCS": range(6, 10), "THPT": range(10, 13)}
#: What kindergartens prepare for.
_NEXT = {"MN": 1}


def find_own_classes(reading: Reading, records: Sequence[Record]) -> Iterator[Relation]:
    """Sentences in which a school that its report names as the issuer tells of a class of its own that it cannot have.

    Nothing where its name has no level, where a sentence names another school or level, or tells of those who come
    or go.
    """
    report = next((record for record in records if isinstance(record, Report)), None)
    levels = _levels(report.issuer or "") if report is not None else []
    if not levels or not holds(_AT, reading.lower, 0, len(reading.lower)):
        return
    for block in reading.document.prose():
        if not holds(_AT, reading.lower, block.body, block.end):
            continue
        for start, end in reading.document.sentences(block):
            if _NOT_ITS.search(reading.lower, start, end):
                continue
            for match in (m for form in _OWN for m in form.finditer(reading.lower, start, end)):
                grade = int(match["grade"])
                if any(grade in _GRADES[level] or grade == _NEXT.get(level) for level in levels) or not 0 < grade <= 12:
                    continue
                part = Quantity(
                    value=grade,
                    printed=reading.document.value(*match.span()),
                    label="&".join(levels),
                    evidence=reading.evidence(*match.span()),
                )
                yield Relation(kind="grade", whole=None, parts=(part,), exhaustive=True)
                break


def _levels(issuer: str) -> list[str]:
    """The levels of a school by its name; none where it is no school or one of a kind that has others too."""
    said = lower(issuer)
    if not said.startswith("trường") or _OF_MORE.search(said):
        return []
    found = [part for *_, level in find_levels(issuer, said, 0, len(issuer)) for part in level.split("&")]
    found = list(dict.fromkeys(found))
    return found if found and all(level in _GRADES for level in found) else []


#: Schools that may have classes of other levels than they are named by.
_OF_MORE = re.compile(r"(?<!\w)(?:liên cấp|nhiều cấp|phổ thông(?! dân tộc)|năng khiếu|khuyết tật|thường xuyên)(?!\w)")
