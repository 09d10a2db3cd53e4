"""How good reconciliation is: clusters against gold clusters, pair by pair and mention by mention.

A mention is what one report says of one school, person or document. `corpus/clusters.yml` lists the mentions of
several reports that are one; a mention of a listed report that stands in no cluster is one by itself, and those
under ``open`` (a reading that may be defended) are left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from pipelines.errors import UsageError
from pipelines.evaluate.compare import quoted_spans
from pipelines.evaluate.golds import find_golds
from pipelines.facts import ReportFacts, record_ids
from pipelines.readers import read
from pipelines.reconcile import reconcile
from pipelines.reconcile.names import spelled
from schemas import RECORD_TYPES, Citation, Evidence, Official, Record, School, TextLayer

if TYPE_CHECKING:
    from rich.console import RenderableType

KINDS = ("school", "person", "document")


@dataclass(frozen=True, order=True, slots=True)
class GoldMention:
    """One mention: the kind, the report (its file without the ending) and its label there."""

    kind: str
    report: str
    label: str


@dataclass(frozen=True)
class ClusterScore:
    """Pairs and B³ of one kind. ``precision`` and the others are None where nothing can be divided."""

    kind: str
    mentions: int
    gold: int
    found: int
    common_pairs: int
    gold_pairs: int
    found_pairs: int
    b3_precision: float
    b3_recall: float

    @property
    def precision(self) -> float | None:
        """Of the pairs that were joined, the share that belongs together."""
        return self.common_pairs / self.found_pairs if self.found_pairs else None

    @property
    def recall(self) -> float | None:
        """Of the pairs that belong together, the share that was joined."""
        return self.common_pairs / self.gold_pairs if self.gold_pairs else None


@dataclass(frozen=True)
class ClusterEvaluation:
    """The scores by kind and over all, every wrong merge and every pair that was missed."""

    scores: tuple[ClusterScore, ...]
    wrong: tuple[tuple[GoldMention, GoldMention], ...]
    missed: tuple[tuple[GoldMention, GoldMention], ...]
    absent: tuple[GoldMention, ...] = field(default=())

    def as_rows(self) -> list[dict[str, object]]:
        """A row a kind, and a row a wrong or missed pair."""
        rows: list[dict[str, object]] = [
            {
                "measure": f"clusters/{score.kind}",
                "mentions": score.mentions,
                "pairwise_precision": score.precision,
                "pairwise_recall": score.recall,
                "b3_precision": score.b3_precision,
                "b3_recall": score.b3_recall,
            }
            for score in self.scores
        ]
        for what, pairs in (("wrong_merge", self.wrong), ("missed_pair", self.missed)):
            rows += [{"measure": what, "left": _told(one), "right": _told(other)} for one, other in pairs]
        return rows

    def __rich__(self) -> RenderableType:
        from rich.console import Group
        from rich.table import Table
        from rich.text import Text

        title = "Clusters of mentions over reports"
        table = Table("kind", "mentions", "gold", "found", "pairs P", "pairs R", "B³ P", "B³ R", title=title)
        for score in self.scores:
            shares = (score.precision, score.recall, score.b3_precision, score.b3_recall)
            counts = (score.mentions, score.gold, score.found)
            table.add_row(score.kind, *map(str, counts), *(_share(share) for share in shares))
        lines = [f"wrong merge: {_told(one)}  |  {_told(other)}" for one, other in self.wrong]
        lines += [f"missed pair: {_told(one)}  |  {_told(other)}" for one, other in self.missed]
        lines += [f"not extracted: {_told(mention)}" for mention in self.absent]
        return Group(table, Text("\n".join(lines) or "No wrong merge, no missed pair."))


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _told(mention: GoldMention) -> str:
    return f"{mention.kind} {mention.label} ({mention.report})"


# --- gold ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GoldClusters:
    """The clusters of several mentions by number, the mentions that are left out, and the reports gone through.

    ``gold`` are the folders of the reports' gold records, ``pairs`` that of pairs of names.
    """

    numbers: Mapping[GoldMention, int]
    left_out: frozenset[GoldMention]
    reports: frozenset[str]
    gold: tuple[Path, ...]
    pairs: Path | None


def load_clusters(path: Path) -> GoldClusters:
    """The gold clusters of a file.

    Raises: UsageError where the file is none, or lists a mention twice.
    """
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        groups = [[_mention(row["kind"], named) for named in _named(row["mentions"])] for row in loaded["clusters"]]
        reports = frozenset(loaded["reports"])
        left_out = {
            _mention(row["kind"], named) for row in loaded.get("open") or () for named in _named(row["mentions"])
        }
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise UsageError(f"{path}: is no file of gold clusters ({error}); see corpus/README.md") from error
    numbers: dict[GoldMention, int] = {}
    for number, group in enumerate(groups):
        for mention in group:
            if mention in numbers:
                raise UsageError(f"{path}: {_told(mention)} stands in two clusters; take it out of one")
            numbers[mention] = number
    pairs = path.parent / loaded["pairs"] if loaded.get("pairs") else None
    return GoldClusters(
        numbers, frozenset(left_out), reports, tuple(path.parent / name for name in loaded["gold"]), pairs
    )


def _named(mentions: Mapping[str, Sequence[str] | str]) -> Iterable[tuple[str, str]]:
    for report, labels in mentions.items():
        for label in [labels] if isinstance(labels, str) else labels:
            yield report, label


def _mention(kind: str, named: tuple[str, str]) -> GoldMention:
    return GoldMention(kind, named[0], _label_key(named[1]))


_GAPS = re.compile(r"\s+")


def _label_key(label: str) -> str:
    return spelled(_GAPS.sub(" ", label))


def mention_label(record: Record) -> tuple[str, str] | None:
    """The kind of what a record names and its label in the report; None where it names nothing that is judged.

    A school's label is its name, a person's the name, a document's its type, number or name, and date:
    ``Chỉ thị 05-CT/TW 2016-05-15``.
    """
    if isinstance(record, School):
        return "school", _label_key(record.name)
    if isinstance(record, Official):
        return "person", _label_key(record.person)
    if isinstance(record, Citation) and (record.number or record.subject):
        named = record.number or (record.subject or "")
        head = "" if _label_key(named).startswith(_label_key(record.doc_type)) else record.doc_type
        if record.number is None and record.date:
            named = re.sub(rf"\s*(?:năm\s+)?{record.date[:4]}$", "", named)
        return "document", _label_key(" ".join(filter(None, (head, named, record.date))))
    return None


# --- the judged -----------------------------------------------------------------------------------


def gold_facts(gold_dir: Path, reports_dir: Path | None = None) -> list[ReportFacts]:
    """The reports of a gold folder with the gold records for facts: reconciliation by itself is judged on them.

    Raises: UsageError for a folder without gold; ReadError for a report that cannot be read.
    """
    return [_gold_report(read(path, gold["file"]), gold) for path, gold in find_golds(gold_dir, reports_dir)]


def _gold_report(layer: TextLayer, gold: Mapping[str, Any]) -> ReportFacts:
    records = []
    for kind, model in RECORD_TYPES.items():
        rows = [gold[kind]] if kind == "report" else gold.get(kind) or []
        for row in rows:
            fields = {name: row[name] for name in model.model_fields if name in row and name != "evidence"}
            spans = quoted_spans(row, layer.text) or [(0, 1)]
            fields |= {"report": layer.id, "evidence": _passages(layer, spans, row)}
            if kind == "report":
                fields["file"] = layer.file
            records.append(model.model_validate(fields))
    return ReportFacts.of(layer, records)  # type: ignore[arg-type]


def _passages(layer: TextLayer, spans: Sequence[tuple[int, int]], row: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The passage of a quote; of a table cell's the one that stands in the cell."""
    place = row.get("cell")
    if place and len(layer.tables) > place[0]:
        cells = [cell for cell in layer.tables[place[0]].cells if (cell.row, cell.col) == tuple(place[1:])]
        inside = [span for span in spans for cell in cells if cell.start <= span[0] < cell.end]
        spans = inside or spans
    start, end = spans[0]
    return (layer.evidence(start, end),)


def extracted_facts(gold_dir: Path, reports_dir: Path | None = None) -> list[ReportFacts]:
    """The same reports with what our extraction finds: extraction and reconciliation are judged together."""
    from extractors import analyze

    found = []
    for path, gold in find_golds(gold_dir, reports_dir):
        layer = read(path, gold["file"])
        analysis = analyze(layer)
        found.append(ReportFacts.of(layer, analysis.records, analysis.relations))
    return found


def evaluate_clusters(reports: Sequence[ReportFacts], clusters: GoldClusters) -> ClusterEvaluation:
    """How the entities of the reports agree with gold clusters."""
    entity_of: dict[tuple[str, str | None, str], str] = {
        (mention.report, mention.record, entity.kind): entity.id
        for entity in reconcile(reports)
        for mention in entity.mentions
    }
    found: dict[GoldMention, str] = {}
    for facts in reports:
        stem = Path(facts.layer.file).stem
        if stem not in clusters.reports:
            continue
        for record, key in zip(facts.records, record_ids(facts.records), strict=True):
            labelled = mention_label(record)
            if labelled is None:
                continue
            mention = GoldMention(labelled[0], stem, labelled[1])
            entity = entity_of.get((facts.layer.id, key, labelled[0]))
            if entity is not None and mention not in clusters.left_out:
                found.setdefault(mention, entity)
    gold = {mention: clusters.numbers.get(mention, -1 - index) for index, mention in enumerate(sorted(found))}
    scores = [_score(kind, {m: found[m] for m in found if m.kind == kind}, gold) for kind in KINDS]
    scores.append(_score("all", found, gold))
    wrong = [pair for pair in _pairs(found) if gold[pair[0]] != gold[pair[1]]]
    missed = [pair for pair in _pairs(gold) if found[pair[0]] != found[pair[1]]]
    reports_read = {Path(facts.layer.file).stem for facts in reports}
    absent = sorted(m for m in clusters.numbers if m.report in reports_read and m not in found)
    return ClusterEvaluation(tuple(scores), tuple(wrong), tuple(missed), tuple(absent))


def _pairs(clusters: Mapping[GoldMention, object]) -> list[tuple[GoldMention, GoldMention]]:
    groups: dict[object, list[GoldMention]] = defaultdict(list)
    for mention, cluster in sorted(clusters.items(), key=lambda row: row[0]):
        groups[cluster].append(mention)
    return [pair for group in groups.values() for pair in combinations(group, 2)]


def _score(kind: str, found: Mapping[GoldMention, str], gold: Mapping[GoldMention, int]) -> ClusterScore:
    both = Counter((found[mention], gold[mention]) for mention in found)
    by_found = Counter(found.values())
    by_gold = Counter(gold[mention] for mention in found)
    total = len(found) or 1
    return ClusterScore(
        kind=kind,
        mentions=len(found),
        gold=len(by_gold),
        found=len(by_found),
        common_pairs=sum(comb(count, 2) for count in both.values()),
        gold_pairs=sum(comb(count, 2) for count in by_gold.values()),
        found_pairs=sum(comb(count, 2) for count in by_found.values()),
        b3_precision=sum(count * count / by_found[cluster] for (cluster, _), count in both.items()) / total,
        b3_recall=sum(count * count / by_gold[cluster] for (_, cluster), count in both.items()) / total,
    )
