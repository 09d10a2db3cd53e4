"""The vocabulary every room shares: frozen models of texts, records, entities and findings.

Nothing here reads files of the user, knows the time or depends on another room.
"""

from schemas.audit import Finding, FindingClass, Issue, Operand, Severity, Verdict, VerdictDecision
from schemas.entity import Entity, EntityKind, Judgement, Mention
from schemas.records import (
    RECORD_TYPES,
    Activity,
    Aspect,
    Award,
    AwardLevel,
    Citation,
    Official,
    Prize,
    RecipientKind,
    Record,
    Report,
    ReportKind,
    School,
    SchoolLevel,
    Statistic,
)
from schemas.text import Block, Box, Cell, Evidence, Page, Table, TextLayer, canonical_text

__all__ = [
    "RECORD_TYPES",
    "Activity",
    "Aspect",
    "Award",
    "AwardLevel",
    "Block",
    "Box",
    "Cell",
    "Citation",
    "Entity",
    "EntityKind",
    "Evidence",
    "Finding",
    "FindingClass",
    "Issue",
    "Judgement",
    "Mention",
    "Official",
    "Operand",
    "Page",
    "Prize",
    "RecipientKind",
    "Record",
    "Report",
    "ReportKind",
    "School",
    "SchoolLevel",
    "Severity",
    "Statistic",
    "Table",
    "TextLayer",
    "Verdict",
    "VerdictDecision",
    "canonical_text",
]
