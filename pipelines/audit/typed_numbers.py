"""Numbers of decrees and circulars whose year stands last, or whose body issues none: ``116/NĐ-TTg/2016``."""

from __future__ import annotations

import re

from pipelines.audit.documents import Cited, cited_documents
from pipelines.audit.malformed import malformed
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import document_type, fold
from schemas import Finding

#: Types whose numbers have their year behind the serial (Luật Ban hành văn bản quy phạm pháp luật).
_YEARLY = ("nghi_dinh", "thong_tu")
_NUMBER = re.compile(r"(?P<serial>\d+)(?:/(?P<year>(?:19|20)\d\d))?/(?P<kind>NĐ|TT)-(?P<body>[\w&Đđ]+)", re.I)
#: Right behind a number: the year that should stand in it.
_YEAR_BEHIND = re.compile(r"/(?P<year>(?:19|20)\d\d)(?![\d/])")
#: Decrees are the government's alone (Hiến pháp 2013, Điều 100).
_OF_DECREES = "CP"
_NO_DECREES = ("ttg", "ubnd", "qh", "hđnd", "bgdđt", "bnv", "btc", "bộ", "sgdđt")


def misread_types(facts: ReportFacts) -> list[Finding]:
    """The findings of such numbers, with how they should be written."""
    found = []
    for document in cited_documents(facts):
        for item in document.cited:
            proper = _proper(item)
            if proper is not None:
                found.append(malformed(facts, document, [item], proper, []))
    return found


def _proper(item: Cited) -> str | None:
    match, named = _NUMBER.fullmatch(item.citation.number or ""), document_type(item.citation.doc_type)
    if match is None or named is None or named.id not in _YEARLY:
        return None
    text, passages = item.facts.layer.text, item.citation.evidence
    behind = [m["year"] for passage in passages if (m := _YEAR_BEHIND.match(text, passage.end))]
    decree = named.id == "nghi_dinh" and fold(match["kind"]) == "nđ"
    wrong_body = decree and fold(match["body"]) in _NO_DECREES
    if not wrong_body and (match["year"] or not behind):
        return None
    year = match["year"] or (behind[0] if behind else "")
    body = _OF_DECREES if wrong_body else match["body"]
    return "/".join(filter(None, (match["serial"], year, f"{match['kind']}-{body}")))
