"""How reconciliation decides about pairs of names and of schools: `corpus/pairs`, one report a side."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from pipelines.errors import UsageError
from pipelines.facts import ReportFacts
from pipelines.reconcile import reconcile
from schemas import Evidence, Official, Record, Report, School, TextLayer

if TYPE_CHECKING:
    from rich.console import RenderableType

#: What a pair may say: unsure is kept apart like different, and should not be either for sure.
ANSWERS = ("same", "different", "unsure")


@dataclass(frozen=True)
class Pair:
    """Two namings, whether they are the same, why, and how they read in a list of mistakes."""

    file: str
    number: int
    kind: str
    same: str
    why: str
    left: ReportFacts
    right: ReportFacts
    told: str


@dataclass(frozen=True)
class PairEvaluation:
    """The pairs with what was decided: whether both came together. Of ``unread`` ones a side was not found."""

    judged: tuple[tuple[Pair, bool], ...]
    unread: tuple[Pair, ...] = ()

    @property
    def wrong_merges(self) -> tuple[Pair, ...]:
        """The pairs that came together and should not have."""
        return tuple(pair for pair, joined in self.judged if joined and pair.same != "same")

    @property
    def missed(self) -> tuple[Pair, ...]:
        """The pairs that are the same and did not come together."""
        return tuple(pair for pair, joined in self.judged if not joined and pair.same == "same")

    def as_rows(self) -> list[dict[str, object]]:
        """A row a file, and a row a mistake."""
        rows: list[dict[str, object]] = []
        for file in sorted({pair.file for pair, _ in self.judged}):
            of_file = [(pair, joined) for pair, joined in self.judged if pair.file == file]
            rows.append(
                {
                    "measure": f"pairs/{file}",
                    "pairs": len(of_file),
                    "same": sum(pair.same == "same" for pair, _ in of_file),
                    "wrong_merges": sum(joined and pair.same != "same" for pair, joined in of_file),
                    "missed": sum(not joined and pair.same == "same" for pair, joined in of_file),
                }
            )
        kinds = (("wrong_merge", self.wrong_merges), ("missed_pair", self.missed), ("not_read", self.unread))
        for what, pairs in kinds:
            rows += [{"measure": what, "pair": f"{p.file}:{p.number}", "told": p.told, "why": p.why} for p in pairs]
        return rows

    def __rich__(self) -> RenderableType:
        from rich.console import Group
        from rich.table import Table
        from rich.text import Text

        table = Table("pairs", "count", "same", "wrong merges", "missed", title="Pairs of names and schools")
        rows = self.as_rows()
        for row in rows:
            if str(row["measure"]).startswith("pairs/"):
                table.add_row(*(str(value).removeprefix("pairs/") for value in row.values()))
        lines = [f"{row['measure']}: {row['pair']} {row['told']} ({row['why']})" for row in rows if "told" in row]
        return Group(table, Text("\n".join(lines) or "No wrong merge, no missed pair."))


def load_pairs(folder: Path) -> list[Pair]:
    """The pairs of a folder: ``people.yml`` and ``schools.yml``.

    Raises: UsageError where a file is missing or a pair cannot be read.
    """
    pairs: list[Pair] = []
    for name, kind, make in (("people.yml", "person", _person_report), ("schools.yml", "school", _school_report)):
        path = folder / name
        try:
            rows = yaml.safe_load(path.read_text(encoding="utf-8"))
            for number, row in enumerate(rows, 1):
                if row["same"] not in ANSWERS:
                    raise UsageError(f"{path}: pair {number} is {row['same']!r}; say one of {', '.join(ANSWERS)}")
                left, right = (make(row[side], f"{side}.txt") for side in ("left", "right"))
                told = " | ".join(", ".join(map(str, row[side].values())) for side in ("left", "right"))
                pairs.append(Pair(name, number, kind, row["same"], row["why"], left, right, told))
        except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            raise UsageError(f"{path}: is no file of pairs ({error}); see corpus/README.md") from error
    return pairs


def _report(row: Mapping[str, Any], file: str, line: str) -> tuple[TextLayer, Report]:
    text = f"{row['issuer']}\n{line}\n"
    layer = TextLayer(
        id=hashlib.sha256(f"{file}\n{text}\n{row['date']}".encode()).hexdigest(),
        file=file,
        media_type="text/plain",
        text=text,
    )
    report = Report(report=layer.id, file=file, issuer=row["issuer"], date=str(row["date"]))
    return layer, report


def _person_report(row: Mapping[str, Any], file: str) -> ReportFacts:
    line = ", ".join(str(row[name]) for name in ("name", "post", "body") if row.get(name))
    layer, report = _report(row, file, line)
    start = layer.text.index(line)
    evidence: tuple[Evidence, ...] = (layer.evidence(start, start + len(line)),)
    records: list[Record] = [
        report,
        Official(
            report=layer.id,
            evidence=evidence,
            person=row["name"],
            post=row["post"],
            role=row["post"],
            organization=row.get("body"),
            as_of=str(row["date"]),
        ),
    ]
    return ReportFacts.of(layer, [*records, *_schools(layer)])


def _school_report(row: Mapping[str, Any], file: str) -> ReportFacts:
    layer, report = _report(row, file, f"Đại diện {row['school']} đã phát biểu.")
    return ReportFacts.of(layer, [report, *_schools(layer)])


def _schools(layer: TextLayer) -> list[School]:
    from extractors import extract

    return [record for record in extract(layer) if isinstance(record, School)]


def evaluate_pairs(pairs: Sequence[Pair]) -> PairEvaluation:
    """Whether each pair comes together where there is nothing but its two reports."""
    judged, unread = [], []
    for pair in pairs:
        entities = [found for found in reconcile([pair.left, pair.right]) if found.kind == pair.kind]
        if len({mention.report for entity in entities for mention in entity.mentions}) < 2:
            unread.append(pair)
        joined = any(len({mention.report for mention in entity.mentions}) == 2 for entity in entities)
        judged.append((pair, joined))
    return PairEvaluation(tuple(judged), tuple(unread))
