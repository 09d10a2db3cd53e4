"""Contradictions written into a report: a sentence that cannot be true beside one that stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from random import Random

from tests.bench.mutations.model import Edit, Mutation, Source

_EXCLUSIVE = ("Bí thư", "Chủ tịch", "Trưởng phòng", "Giám đốc", "Hiệu trưởng")
_PRESENT = ("chaired", "presented", "spoke", "attended")
_GRADES = {"TH": (6, 9), "THCS": (2, 5), "THPT": (3, 9)}
_SUBJECTS = (
    "phòng, chống đuối nước trong dịp hè", "an toàn giao thông cổng trường", "bảo hiểm y tế bắt buộc",
    "vệ sinh bếp ăn bán trú", "phòng cháy, chữa cháy kho lưu trữ",
)  # fmt: skip
_LEVELS = {"TH": "Tiểu học", "THCS": "THCS", "THPT": "THPT"}
_MIN_WORDS, _MIN_FIGURES = 22, 3
# A number of things: not a year, a date, the number of a document, a class or a school.
_FIGURE = re.compile(
    r"(?<!năm )(?<!tháng )(?<!ngày )(?<!số )(?<!lớp )(?<![\w/.,-])\d[\d.]*(?:,\d+)?(?=%| [a-zđ]| [à-ỹ])"
)
_YEARS = re.compile(r"(?:19|20)\d\d")


def find(source: Source, others: Mapping[str, Source], random: Random) -> Iterator[Mutation]:
    """Every mutation of this kind that a report with gold records allows."""
    yield from _subjects(source, random)
    yield from _posts(source)
    yield from _classes(source, random)
    yield from _merged(source, others)
    yield from _years(source)
    yield from _copies(source, others)


def _end(source: Source) -> int:
    """Where a paragraph can be added: before the closing block, after the last long line of text."""
    return max((end for start, end in source.prose() if end - start > 100), default=len(source.layer.text))


def _add(source: Source, paragraph: str) -> tuple[Edit, ...]:
    at = _end(source)
    return (Edit(at, at, f"\n\n{paragraph}\n"),)


def _subjects(source: Source, random: Random) -> Iterator[Mutation]:
    """A document cited again for a subject that has not a word of its own."""
    for row in source.records("citation"):
        date, number, subject = row.get("date"), row.get("number"), row.get("subject")
        if not number or not date or len(date) != len("2016-05-15") or not subject or len(subject.split()) < 6:
            continue
        if re.search(r"\d[/-]", subject):
            continue
        words = set(re.findall(r"\w+", subject.lower()))
        wrong = [one for one in _SUBJECTS if not words & set(re.findall(r"\w+", one.lower()))]
        if wrong:
            year, month, day = date.split("-")
            said = f"{row['doc_type']} số {number} ngày {int(day)}/{int(month)}/{year} về {random.choice(wrong)}"
            edits = _add(source, f"Ngành đã triển khai {said}.")
            yield Mutation("citation_subject", "another subject", source.name, edits)


def _posts(source: Source) -> Iterator[Mutation]:
    """Somebody else in an exclusive post whose holder is present."""
    for row in source.records("official"):
        body = row.get("organization") or ""
        if row["role"] not in _EXCLUSIVE or row.get("activity") not in _PRESENT or not body[-1:].isalnum():
            continue
        name = re.sub(r" \d+$", "", body).split()[-1:]
        if not name or not name[0].istitle() or len(name[0]) < 2 or re.search(r"(?i)khóa|nhiệm kỳ", row["post"]):
            continue
        if not row["post"].endswith(body):
            continue
        edits = _add(source, f"Dự hội nghị còn có đồng chí Lê Hữu Tâm An - {row['post']}.")
        yield Mutation("post_conflict", "second holder", source.name, edits)


def _classes(source: Source, random: Random) -> Iterator[Mutation]:
    """A pupil of a class that the school's level does not have."""
    for row in source.records("school"):
        if row["level"] not in _GRADES or not row["own_name"][:1].isupper() or row["own_name"].isupper():
            continue
        grade = random.choice(_GRADES[row["level"]])
        name = f"Trường {_LEVELS[row['level']]} {row['own_name']}" + (f" {row['ordinal']}" if row["ordinal"] else "")
        edits = _add(source, f"Nhà trường biểu dương em Lê Hữu Tâm An, lớp {grade}A {name}.")
        yield Mutation("school_status", "class of another level", source.name, edits)


def _merged(source: Source, others: Mapping[str, Source]) -> Iterator[Mutation]:
    """An earlier report of the same office tells that a school named here was merged into another."""
    own = source.gold.get("report", {})
    schools = [row for row in source.records("school") if row["level"] in _LEVELS and row["own_name"][:1].isupper()]
    for name, earlier in others.items():
        theirs = earlier.gold.get("report", {})
        if not own.get("issuer") or not own.get("place"):
            continue
        if (theirs.get("issuer"), theirs.get("place")) != (own["issuer"], own["place"]):
            continue  # offices of the same name in other provinces
        if (theirs.get("period") or "9") >= (own.get("period") or ""):
            continue
        year = int(theirs["period"][:4])
        for gone, kept in pairwise(schools):
            if gone["level"] != kept["level"]:
                continue
            a, b = (
                f"Trường {_LEVELS[s['level']]} {s['own_name']}" + (f" {s['ordinal']}" if s["ordinal"] else "")
                for s in (gone, kept)
            )
            edits = _add(earlier, f"Từ ngày 01/7/{year}, huyện đã sáp nhập {a} vào {b}.")
            yield Mutation("school_status", "merged away before", name, edits, beside=source.name)


def _years(source: Source) -> Iterator[Mutation]:
    """A closing sentence or a heading with the year before."""
    report = source.gold.get("report", {})
    period = report.get("period") or ""
    if report.get("kind") != "bao_cao" or not re.fullmatch(r"\d{4}(?:-\d{4})?(?:/HK[12])?", period):
        return
    first = int(period[:4]) - 1
    year = f"năm học {first}-{first + 1}" if "-" in period else f"năm {first}"
    for said in (f"Trên đây là báo cáo kết quả {year}.", f"V. KẾT QUẢ THỰC HIỆN NHIỆM VỤ {year.upper()}"):
        yield Mutation("stale_year", "year before", source.name, _add(source, said))


def _copies(source: Source, others: Mapping[str, Source]) -> Iterator[Mutation]:
    """A paragraph with figures of this report in a later one of the same office."""
    report = source.gold.get("report", {})
    if not report.get("issuer") or not report.get("period"):
        return
    later = next((name for name in sorted(others) if name > source.name), None)
    if later is None:
        return
    rows = source.records("statistic")
    for start, end in source.prose():
        line = source.layer.text[start:end]
        figures = {row["quote"] for row in rows if row["quote"] in line}
        counted = [one for one in _FIGURE.findall(line) if not _YEARS.fullmatch(one)]
        if min(len(figures), len(counted)) < _MIN_FIGURES or len(line.split()) < _MIN_WORDS:
            continue
        if re.search(r"[Cc]ăn cứ|thành lập|giáp|[Tt]hực hiện (?:Nghị|Chỉ|Công)", line):
            continue  # grounds and history stay as they are
        own = {"issuer": report["issuer"], "place": report.get("place"), "period": report["period"]}
        fields = {**own, "period": "2098-2099", "date": "2099-06-01", "title": "BÁO CÁO TỔNG KẾT NĂM HỌC 2098-2099"}
        edits = _add(others[later], line.strip())
        yield Mutation(
            "copied_text", "paragraph copied", later, edits, beside=source.name, fields=fields, beside_fields=own
        )
