"""Gold records from the marks of a source.

An annotation is a letter, what the passage itself does not say, and options in braces:

``s INDICATOR {…}``      a statistic; value, whole and unit come from the passage. ``s+``/``s-``: change, ``st``: target
``s UNIT : INDICATOR``   the same where the passage prints no unit
``a GRADE {…}``          a prize or medal (``nhat`` … ``giai``, ``vang`` …); the count comes from the passage
``at TITLE {…}``         a title; ``ar N`` a rank
``o NAME; POST; ACTIVITY``  an official; ``k [OWN; LEVEL; ORDINAL]`` a school; ``c [SUBJECT]`` a citation
``-``                    nothing, on purpose

A ``?`` after the letters makes the record unsure. Options are ``key=value``; a bare school level, award level,
recipient kind or period may stand without its key. A key set empty is null.
"""

from __future__ import annotations

import re
from typing import Any

from .markup import Line, Mark, Source
from .values import (
    DOCUMENT_TYPES,
    citation_parts,
    citation_tail,
    fold,
    post_parts,
    quantity,
    school_name,
    school_parts,
    school_spellings,
)

Record = dict[str, Any]
SCHOOL_LEVELS = {"MN", "TH", "THCS", "THPT", "GDTX", "khac", "TH&THCS", "THCS&THPT"}
AWARD_LEVELS = {"truong", "cum", "xa", "huyen", "tinh", "khu_vuc", "quoc_gia", "quoc_te"}
RECIPIENT_KINDS = {"student", "teacher", "school", "team", "unit"}
ACTIVITIES = ["mentioned", "attended", "spoke", "presented", "chaired", "signed"]
_NOUNS = {"em": "học sinh", "hs": "học sinh", "cháu": "trẻ", "đồng chí": "người", "đ/c": "người", "gv": "giáo viên"}
_REPORT_FIELDS = ("title", "kind", "number", "issuer", "place", "date", "period", "signers", "recipients", "quote")
_OPTION = re.compile(r"\{([^}]*)\}\s*$")


def _options(note: str) -> tuple[str, dict[str, str]]:
    match = _OPTION.search(note)
    if not match:
        return note.strip(), {}
    options: dict[str, str] = {}
    for part in match[1].split(";"):
        key, equals, value = part.strip().partition("=")
        if equals:
            options[key] = value.strip()
        elif key in SCHOOL_LEVELS | AWARD_LEVELS:
            options["lv"] = key
        elif key in RECIPIENT_KINDS:
            options["rk"] = key
        elif re.match(r"(19|20)\d\d", key):
            options["per"] = key
        elif key:
            raise ValueError(f"unknown option {key!r} in {note!r}")
    return note[: match.start()].strip(), options


class Annotator:
    """Collects the records of one source; `records` returns them in the layout of a gold file."""

    def __init__(self, source: Source, communes: list[str]) -> None:
        self.source = source
        self.communes = {fold(name): name for name in communes}
        self.schools: dict[tuple[str, str, int | None], Record] = {}
        self.officials: dict[tuple[str, str], Record] = {}
        self.statistics: dict[tuple[object, ...], Record] = {}
        self.citations: dict[tuple[object, ...], Record] = {}
        self.awards: list[Record] = []
        self.printed = " ".join(" ".join(line.text for line in source.lines()).split())

    def records(self) -> dict[str, Any]:
        """All records of the source by type."""
        lines = self.source.lines()
        for letters in ("k", "soac"):  # schools first: awards refer to them
            for line in lines:
                for mark in line.marks:
                    for note in mark.notes:
                        if note[:1] in letters:
                            self._annotate(line, mark, note)
        for record in self.schools.values():
            found = school_spellings(self.printed, record["level"], record["own_name"], record["ordinal"])
            record["variants"] += [form for form in found if form not in record["variants"]]
        meta = self.source.meta
        report = {key: meta.get(key) for key in _REPORT_FIELDS}
        report["signers"], report["recipients"] = report["signers"] or [], report["recipients"] or []
        report["quote"] = report["quote"] or meta["title"]
        report["sure"] = True
        if meta.get("note"):
            report["note"] = meta["note"]
        return {
            "report": {k: str(v) if k in ("date", "period") and v else v for k, v in report.items()},
            "official": list(self.officials.values()),
            "school": list(self.schools.values()),
            "award": self.awards,
            "statistic": list(self.statistics.values()),
            "citation": list(self.citations.values()),
        }

    def _annotate(self, line: Line, mark: Mark, note: str) -> None:
        head, options = _options(note)
        code, _, rest = head.partition(" ")
        sure, code = not code.endswith("?"), code.rstrip("?")
        tail: Record = {"quote": self._quote(line, mark), "sure": sure}
        if mark.cell:
            tail["cell"] = list(mark.cell)
        if "note" in options:
            tail["note"] = options["note"]
        passage = line.text[mark.start : mark.end]
        maker = {"k": self._school, "o": self._official, "c": self._citation, "a": self._award, "s": self._statistic}
        try:
            maker[code[0]](
                passage, code, rest.strip(), options, {**mark.defaults, "after": line.text[mark.end :]}, tail
            )
        except (KeyError, ValueError, IndexError) as error:
            raise ValueError(f"{self.source.name}: [[{passage}|{note}]]: {error}") from error

    def _quote(self, line: Line, mark: Mark) -> str:
        """The passage, widened word by word inside its line until the report prints it once."""
        start, end = mark.start, mark.end
        if mark.cell:
            return line.text[start:end]
        left = True
        while self.printed.count(" ".join(line.text[start:end].split())) > 1:
            before, after = line.text[:start].rstrip(), line.text[end:]
            if not before and not after.strip():
                break
            if (left and before) or not after.strip():
                start = len(before) - len(before.split()[-1])
            else:
                end += len(after) - len(after.lstrip()) + len(after.split()[0])
            left = not left
        return line.text[start:end].strip(" ,;")

    def _school(
        self, passage: str, code: str, rest: str, options: dict[str, str], defaults: dict[str, str], tail: Record
    ) -> None:
        level, own, ordinal = school_parts(passage)
        parts = [part.strip() for part in rest.split(";")] if rest else []
        if len(parts) == 1 and parts[0] in SCHOOL_LEVELS:
            level = level or parts[0]
        elif parts:
            own, level = parts[0], parts[1] if len(parts) > 1 else level
            ordinal = int(parts[2]) if len(parts) > 2 else ordinal if len(parts) == 1 else None
        level = level or defaults.get("klv")
        if not level:
            raise ValueError("no level")
        key = (level, fold(own), ordinal)
        record = self.schools.get(key)
        if record is None:
            bare = re.sub(r"^Thị trấn ", "", own)
            place = options.get("pl", self.communes.get(fold(bare)))
            record = {
                "name": options.get("name") or school_name(level, own, ordinal),
                "level": level,
                "own_name": own,
                "ordinal": ordinal,
                "place": place or None,
                "variants": [],
                **tail,
            }
            self.schools[key] = record
        elif tail["sure"]:
            record["sure"] = True
        if not options.get("v") and re.search(r"[,(–;:]| - |giải", passage):  # more than a name: spellings with a level
            bare = f"{own} {ordinal}" if ordinal else own
            spellings = school_spellings(passage, level, own, ordinal) or [bare] * (bare in passage)
        else:
            spellings = [options.get("v") or passage]
        record["variants"] += [form for form in spellings if form not in record["variants"]]

    def _known_school(self, name: str) -> str:
        level, own, ordinal = school_parts(name)
        record = self.schools.get((level or "", fold(own), ordinal))
        record = record or next((known for known in self.schools.values() if known["name"] == name), None)
        if record is None:
            raise ValueError(f"school {name!r} is not marked in the report")
        return str(record["name"])

    def _official(
        self, passage: str, code: str, rest: str, options: dict[str, str], defaults: dict[str, str], tail: Record
    ) -> None:
        person, post, activity = [part.strip() for part in (rest + ";;").split(";")][:3]
        role, body = ("", None) if {"role", "org"} <= set(options) else post_parts(post)
        key = (fold(person), fold(options.get("same", post)))
        activity = activity or defaults.get("oact", "mentioned")
        if activity not in ACTIVITIES:
            raise ValueError(f"unknown activity {activity!r}")
        record = self.officials.get(key)
        if record is None:
            self.officials[key] = {
                "person": person,
                "post": post,
                "role": options.get("role", role),
                "organization": options.get("org", body) or None,
                "activity": activity,
                "as_of": options.get("per", str(self.source.meta["date"] or "")) or None,
                **tail,
            }
        elif ACTIVITIES.index(activity) > ACTIVITIES.index(record["activity"]):
            record["activity"] = activity

    def _citation(
        self, passage: str, code: str, rest: str, options: dict[str, str], defaults: dict[str, str], tail: Record
    ) -> None:
        parts = citation_parts(passage)
        issuer, subject = citation_tail(passage, defaults["after"])
        record: Record = {
            "doc_type": options.get("t", parts["doc_type"]),
            "number": options.get("n", parts["number"]) or None,
            "date": options.get("d", parts["date"]) or None,
            "issuer": options.get("i", parts["issuer"] or issuer) or None,
            "subject": rest or subject,
            **tail,
        }
        if not record["doc_type"]:
            raise ValueError("no document type")
        if not record["number"] and not record["subject"]:
            raise ValueError("neither number nor name")
        name = record["number"] or fold(record["subject"])
        for (kind, other, date), known in self.citations.items():
            same = kind == fold(record["doc_type"]) and other == name
            if same and (date == record["date"] or not date or not record["date"]):
                for field in ("date", "issuer", "subject"):
                    known[field] = known[field] or record[field]
                return
        self.citations[fold(record["doc_type"]), name, record["date"]] = record

    def _award(
        self, passage: str, code: str, rest: str, options: dict[str, str], defaults: dict[str, str], tail: Record
    ) -> None:
        kind = {"at": "title", "ar": "rank"}.get(code) or ("medal" if rest in ("vang", "bac", "dong") else "prize")
        count, whole, _ = quantity(passage)
        if "n" in options:
            count = int(options["n"]) if options["n"] else None
        elif options.get("r") or kind == "rank":
            count = 1
        participants = options.get("pt", defaults.get("apt")) or whole
        school = options["sc"] if "sc" in options else defaults.get("row_school", "")
        level = options.get("lv", defaults.get("alv"))
        recipient_kind = options.get("rk", defaults.get("ark"))
        if (level and level not in AWARD_LEVELS) or (recipient_kind and recipient_kind not in RECIPIENT_KINDS):
            raise ValueError(f"level {level!r} or recipient kind {recipient_kind!r}")
        self.awards.append(
            {
                "kind": kind,
                "prize": None if kind == "title" else rest,
                "title": rest if kind == "title" else None,
                "contest": None if kind == "title" else options.get("c", defaults.get("ac")) or None,
                "level": level or None,
                "count": count,
                "participants": int(participants) if participants else None,
                "recipient": options.get("r") or None,
                "recipient_kind": recipient_kind or None,
                "school": self._known_school(school) if school else None,
                "period": options.get("per", defaults.get("aper")) or None,
                **tail,
            }
        )

    def _statistic(
        self, passage: str, code: str, rest: str, options: dict[str, str], defaults: dict[str, str], tail: Record
    ) -> None:
        value, whole, unit = quantity(passage)
        if "v" in options:
            value = float(options["v"]) if "." in options["v"] else int(options["v"])
        if value is None:
            raise ValueError("no number")
        if " : " in rest:
            unit, rest = (part.strip() for part in rest.split(" : ", 1))
        unit = options.get("u", unit) or defaults.get("su") or None
        unit = _NOUNS.get(str(unit).lower(), unit)
        label = defaults.get("row") if tail.get("cell") else None
        in_indicator = defaults.get("srow") == "indicator"
        record: Record = {
            "indicator": f"{rest} {label}" if label and in_indicator else rest,
            "indicator_id": None,
            "value": -value if code == "s-" else value,
            "unit": unit,
            "of": (int(options["of"]) if options["of"] else None) if "of" in options else whole,
            "aspect": {"s": "value", "s+": "change", "s-": "change", "st": "target"}[code],
            "level": options.get("lv", defaults.get("slv")) or None,
            "place": options.get("pl", (not in_indicator and label) or defaults.get("sp")) or None,
            "period": options.get("per", defaults.get("sper")) or None,
            **tail,
        }
        if "to" in options:
            record["value_to"] = float(options["to"]) if "." in options["to"] else int(options["to"])
        if not rest:
            raise ValueError("no indicator")
        fields = ("value", "unit", "of", "aspect", "level", "place", "period")
        key = (fold(record["indicator"]), *(record[field] for field in fields))
        self.statistics.setdefault(key, record)


def unmarked(source: Source) -> list[str]:
    """What a reader of the report might take for a record and no mark covers: for whoever annotates."""
    found = []
    patterns = {
        "number": r"(?<![\w/.,-])\d[\d.,]*(?:\s?/\s?\d[\d.,]*)?\s?%?",
        "school": r"(?:Mầm non|MN|MG|Mẫu giáo|Tiểu học|TH|THCS|THPT)(?: số \d| xã| thị trấn)* [A-ZĐÁÂĂÔƠƯÝỨ]\w+",
        "prize": r"(?i)giải (?:nhất|nhì|ba|khuyến khích|kk)|huy chương|bằng khen|giấy khen|cờ thi đua",
        "citation": rf"(?:{DOCUMENT_TYPES}) (?:số |[A-ZĐ\d])",
        "person": r"(?:[Đđ]ồng chí|[Đđ]/c|[ÔôBb]ng|bà|[Tt]hầy|[Cc]ô) (?:[A-ZĐÁÂĂÔƠƯÝ]\w+ ){2,}",
    }
    dates = r"(?i)ngày[\s\d./và-]+|\d{4}\s?[-–]\s?\d{4}|(?:tháng|năm|lớp|khối|điều|khóa|thứ) \d+(?:/\d+)?"
    dates += r"|^\s*\d+[.)](?:\d+\.?)*"
    for line in source.lines():
        text = line.text
        for mark in line.marks:
            text = text[: mark.start] + "\x00" * (mark.end - mark.start) + text[mark.end :]
        text = re.sub(dates, lambda m: "\x00" * len(m[0]), text)
        for kind, pattern in patterns.items():
            for match in re.finditer(pattern, text):
                context = line.text[max(match.start() - 30, 0) : match.end() + 30]
                found.append(f"{kind}: {match[0].strip()!r} in {context!r}")
    return found
