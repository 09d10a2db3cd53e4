"""Which verdict holds for which finding, when texts are read anew and values change; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from pipelines.fingerprints import parse_fingerprint
from schemas import Finding, Verdict


def judge(findings: Sequence[Finding], verdicts: Mapping[str, Verdict]) -> list[Finding]:
    """The findings with their verdicts. ``verdicts`` are the latest by fingerprint; one that reopens is none.

    A dismissed finding one of whose values changed is open again, and its messages say so.
    """
    prints = {finding.fingerprint for finding in findings}
    heirs = inherited(prints, verdicts)
    changed = _changed(prints, verdicts, heirs)
    judged = []
    for finding in findings:
        own = verdicts.get(finding.fingerprint) or verdicts.get(heirs.get(finding.fingerprint, ""))
        before = changed.get(finding.fingerprint)
        if own is not None and own.decision != "reopen":
            finding = finding.model_copy(update={"verdict": own.decision})
        elif own is None and before is not None:
            finding = _returned(finding, before)
        judged.append(finding)
    return judged


def inherited(prints: Collection[str], verdicts: Mapping[str, Verdict]) -> dict[str, str]:
    """By fingerprint of a finding without a verdict: that of a verdict whose finding is gone and that it continues.

    It does where rule, issuer, time and all numbers are the same and only the words differ (a passage read better, a
    sentence recast), and where no other finding and no other verdict comes into question.
    """
    gone: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in verdicts:
        parts = parse_fingerprint(text)
        if text not in prints and parts is not None:
            gone[parts.values, parts.identity].append(text)
    heirs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in prints:
        parts = parse_fingerprint(text)
        if parts is not None and text not in verdicts and (parts.values, parts.identity) in gone:
            heirs[parts.values, parts.identity].append(text)
    return {found[0]: gone[key][0] for key, found in heirs.items() if len(found) == len(gone[key]) == 1}


def _changed(prints: Collection[str], verdicts: Mapping[str, Verdict], heirs: Mapping[str, str]) -> dict[str, Verdict]:
    """By fingerprint of a finding: the dismissal of one, now gone, that said the same with other numbers."""
    gone: dict[tuple[str, str], Verdict] = {}
    for text, verdict in verdicts.items():
        parts = parse_fingerprint(text)
        if parts is None or text in prints or text in heirs.values() or verdict.decision != "dismiss":
            continue
        gone[parts.words, parts.identity] = verdict
    found: dict[str, Verdict] = {}
    for text in prints:
        parts = parse_fingerprint(text)
        before = gone.get((parts.words, parts.identity)) if parts is not None else None
        if before is not None:
            found[text] = before
    return found


def _returned(finding: Finding, before: Verdict) -> Finding:
    day = before.at[:10]
    return finding.model_copy(
        update={
            "message": (
                f"{finding.message} (Trở lại: {before.by} đã bác bỏ ngày {day}, “{before.note}”, nhưng từ đó có số "
                "đã đổi.)"
            ),
            "message_en": (
                f"{finding.message_en} (Back again: {before.by} dismissed it on {day}, “{before.note}”, but a value "
                "has "
                "changed since.)"
            ),
        }
    )
