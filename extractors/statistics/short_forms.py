"""Words of capitals for people and for what pupils finish, read out: ``CBGVNV``, ``TSHS``, ``HTCTTH``."""

from __future__ import annotations

import re

#: A word of capitals, which all short forms are.
CAPITALS = re.compile(r"[A-ZĐ]{2}")


def with_people(phrase: str) -> str:
    """A phrase with those people read out whom reports write as one word of capitals; all else stays as written.

    They are ``HS`` and ``CBGVNV`` as often as not in the same report that spells them out elsewhere.
    """
    if "K" in phrase:
        phrase = _SHORT_GRADE.sub("khối ", phrase)
    if not CAPITALS.search(phrase):
        return phrase
    phrase = whole_deeds(phrase)
    return _PEOPLE.sub(
        lambda match: _READ_OUT[match.group(0)], _PUPILS.sub("học sinh", _TOLD_AGAIN.sub("", whole_totals(phrase)))
    )


def whole_totals(phrase: str) -> str:
    """A phrase with the totals read out that are written as one word with those counted: ``TSHS``."""
    return _TOTALS.sub(lambda match: f"tổng số {_OF_TOTALS[match['whom']]}", phrase) if "TS" in phrase else phrase


def whole_deeds(phrase: str) -> str:
    """A phrase with what pupils finish read out: ``HTCTTH``, ``TN THCS``."""
    return _DEEDS.sub(lambda match: _DONE[match.group(0)], phrase) if "T" in phrase else phrase


#: People by one word of capitals: those that reports of schools and unions explain in brackets at the first mention.
_READ_OUT = {
    "NV": "nhân viên",
    "BGH": "Ban giám hiệu",
    "CBGVNV": "cán bộ, giáo viên, nhân viên",
    "CBGV": "cán bộ, giáo viên",
    "CBNGNLĐ": "cán bộ, nhà giáo, người lao động",
    "CBNGLĐ": "cán bộ, nhà giáo, lao động",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "CBCNVC": "cán bộ, công nhân, viên chức",
    "CNVCLĐ": "công nhân, viên chức, lao động",
    "CBVC": "cán bộ, viên chức",
    "CCVC": "công chức, viên chức",
    "NGNLĐ": "nhà giáo, người lao động",
    "NLĐ": "người lao động",
    "ĐVTN": "đoàn viên thanh niên",
    "CĐV": "công đoàn viên",
    "ĐVCĐ": "đoàn viên công đoàn",
    "CMHS": "cha mẹ học sinh",
    "PHHS": "phụ huynh học sinh",
    "HSSV": "học sinh, sinh viên",
    "TTHTCĐ": "trung tâm học tập cộng đồng",
    "CB-GV-NV": "cán bộ, giáo viên, nhân viên",
    "CB-GV-CNV": "cán bộ, giáo viên, công nhân viên",
    "CB-GV": "cán bộ, giáo viên",
    "TPT": "tổng phụ trách",
    "ThS": "thạc sĩ",
    "XMC": "xóa mù chữ",
    "SDD": "suy dinh dưỡng",
}
#: What pupils do, as reports shorten it; ``TN`` only before what is finished, since a laboratory is one too.
_DONE = {
    "HTCTTH": "hoàn thành chương trình tiểu học",
    "HTCTMN": "hoàn thành chương trình mầm non",
    "HTCT": "hoàn thành chương trình",
    "HTCTLH": "hoàn thành chương trình lớp học",
    "TN": "tốt nghiệp",
    "TNTHCS": "tốt nghiệp THCS",
    "TNTHPT": "tốt nghiệp THPT",
}
_DEEDS = re.compile(
    r"(?<![\w/&-])(?:HTCTTH|HTCTMN|HTCTLH|HTCT|TNTHCS|TNTHPT|TN(?= TH(?:CS|PT)(?!\w))|"
    r"(?<=[đĐ]ậu )TN|(?<=[đĐ]ỗ )TN|(?<=lệ )TN|(?<=[tT]hi )TN|(?<=[xX]ét )TN)(?![\w/&-])"
)
#: A total written as one word with those counted: ``TSHS: 512``, ``TSCBGV: 38``.
_OF_TOTALS = {
    "HS": "học sinh",
    "GV": "giáo viên",
    "CB": "cán bộ",
    "CBQL": "cán bộ quản lý",
    "ĐV": "đảng viên",
    **{short: _READ_OUT[short] for short in ("CBGVNV", "CBGV", "NV")},
}
_TOTALS = re.compile(rf"(?<![\w/&-])TS ?(?P<whom>{'|'.join(sorted(_OF_TOTALS, key=len, reverse=True))})(?![\w/&-])")
_PUPILS = re.compile(r"\bHS\b")
_SHORT_GRADE = re.compile(r"\bK(?=(?:[1-9]|1[0-2])\b)")
_TOLD_AGAIN = re.compile(r"^([^\W\d_]+ [^\W\d_]+) (?=tổng số \1(?!\w))")
#: Not where they are listed one by one: ``CB, GV, NV`` stays as it is.
_PEOPLE = re.compile(
    rf"(?<![\w&/-])(?<![A-ZĐ],)(?<![A-ZĐ], )(?:{'|'.join(sorted(_READ_OUT, key=len, reverse=True))})"
    r"(?![\w&/-]|, ?[A-ZĐ]{2})"
)
