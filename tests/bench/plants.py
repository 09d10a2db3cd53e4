"""How many planted errors the audit finds and how many of its findings were planted: totals by rule, no passages.

Run: ``python -m tests.bench.plants PLANTED REPORTS``: a file or folder of YAML (``findings``, ``consequences``,
``silent``, as in ``corpus/planted.yml``) and the folder of reports. Nothing but numbers is printed, so that a sealed
part can be scored.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from schemas import Finding
from tests.pipelines.audit.planted import findings_of, is_meant, one_file_a_report, words

#: One file a report: the format with the most structure.
FORMATS = (".docx", ".html", ".xlsx", ".txt", ".md", ".pdf")


def main(arguments: Sequence[str]) -> None:
    """Print the totals."""
    planted, reports = map(Path, arguments)
    rows = list(_rows(planted))
    found = findings_of(one_file_a_report(reports, FORMATS))
    meant, also = (
        [row for kind, row in rows if kind == "findings"],
        [row for kind, row in rows if kind == "consequences"],
    )
    hits = Counter(row["rule"] for row in meant if any(is_meant(finding, row) for finding in found))
    wrong = [finding for finding in found if not any(is_meant(finding, row) for row in (*meant, *also))]
    total, false = Counter(row["rule"] for row in meant), Counter(finding.rule for finding in wrong)
    print(f"{'rule':<20}{'planted':>8}{'found':>7}{'others':>8}")
    for rule in sorted(total | false):
        print(f"{rule:<20}{total[rule]:>8}{hits[rule]:>7}{false[rule]:>8}")
    right = len(found) - len(wrong)
    print(f"planted {total.total()}, found {hits.total()}: recall {_share(hits.total(), total.total())}")
    print(f"findings {len(found)}, planted or following {right}: precision {_share(right, len(found))}")
    broken = sum(any(_is_at(finding, row) for finding in wrong) for kind, row in rows if kind == "silent")
    print(f"look-alikes {sum(kind == 'silent' for kind, _ in rows)}, with a finding {broken}")


def _rows(planted: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    files = sorted(planted.glob("*.yml")) if planted.is_dir() else [planted]
    for file in files:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        for kind in ("findings", "consequences", "silent"):
            for row in content.get(kind) or []:
                row = {"file": file.stem, **row}
                row["file"] = Path(row["file"]).stem if Path(row["file"]).suffix in FORMATS else row["file"]
                yield kind, row


def _is_at(finding: Finding, row: dict[str, Any]) -> bool:
    """Whether a finding shows one of the quotes at which there is nothing to find."""
    if row["file"] not in {Path(operand.file).stem for operand in finding.operands}:
        return False
    said = [words(operand.quote) for operand in finding.operands]
    return any(words(quote) in one or one in words(quote) for quote in row.get("quotes", []) for one in said)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main(sys.argv[1:])
