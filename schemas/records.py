"""The records of one report. Field names and values are the public interface of the project."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.text import Evidence, Model

ReportKind = Literal[
    "bao_cao", "tin_hoi_nghi", "chuong_trinh", "ke_hoach", "quyet_dinh", "cong_van", "thong_bao", "nghi_quyet", "khac"
]
Activity = Literal["signed", "chaired", "presented", "spoke", "attended", "mentioned"]
#: One level, or several joined by ``&`` in the order of the grades (``TH&THCS``).
SchoolLevel = str
AwardKind = Literal["prize", "medal", "title", "rank"]
#: A grade of a prize or medal; of a rank its number as text.
Prize = str
AwardLevel = Literal["truong", "cum", "xa", "huyen", "tinh", "khu_vuc", "quoc_gia", "quoc_te"]
RecipientKind = Literal["student", "teacher", "school", "team", "unit"]
Aspect = Literal["value", "change", "target"]


class BaseRecord(Model):
    """What all records share: the report's id, the passages and how sure the extractor is."""

    report: str
    evidence: tuple[Evidence, ...] = ()
    confidence: float = Field(default=1.0, ge=0, le=1)


class Report(BaseRecord):
    """The file itself. Dates are ISO 8601, truncated where the report is; None where not printed."""

    type: Literal["report"] = "report"
    file: str
    title: str | None = None
    kind: ReportKind = "khac"
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    period: str | None = None
    signers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


class Official(BaseRecord):
    """A named person and one post they hold (Popolo: a membership), as the report writes them."""

    type: Literal["official"] = "official"
    person: str
    post: str
    role: str
    organization: str | None = None
    activity: Activity = "mentioned"
    as_of: str | None = None


class School(BaseRecord):
    """A school named in the report; ``name`` is canonical, ``variants`` are the spellings met."""

    type: Literal["school"] = "school"
    name: str
    level: SchoolLevel
    own_name: str
    ordinal: int | None = None
    place: str | None = None
    variants: tuple[str, ...] = ()


class Award(BaseRecord):
    """A prize, medal, title or rank that was obtained. ``count`` is None where not said."""

    type: Literal["award"] = "award"
    kind: AwardKind
    prize: Prize | None = None
    title: str | None = None
    contest: str | None = None
    level: AwardLevel | None = None
    count: int | None = None
    participants: int | None = None
    recipient: str | None = None
    recipient_kind: RecipientKind | None = None
    school: str | None = None
    period: str | None = None


class Statistic(BaseRecord):
    """A number that measures something. Percentages are percent points (27.68), money is dong."""

    type: Literal["statistic"] = "statistic"
    indicator: str
    indicator_id: str | None = None
    value: int | float
    value_to: int | float | None = None
    unit: str | None = None
    of: int | float | None = None
    aspect: Aspect = "value"
    level: SchoolLevel | None = None
    place: str | None = None
    period: str | None = None


class Citation(BaseRecord):
    """A reference to an identified document; ``number`` is as printed, without inner spaces."""

    type: Literal["citation"] = "citation"
    doc_type: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None


Record = Report | Official | School | Award | Statistic | Citation

#: Every record type by its name, in the order in which records of one report are printed.
RECORD_TYPES: dict[str, type[BaseRecord]] = {
    "report": Report,
    "official": Official,
    "school": School,
    "award": Award,
    "statistic": Statistic,
    "citation": Citation,
}
