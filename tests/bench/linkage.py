"""Reconciliation of 10⁴, 10⁵ and 10⁶ invented mentions, beside splink on the same data in the same run.

    python -m tests.bench.linkage [SIZE…] [--splink-up-to N]

Every size runs in a process of its own, so that its memory can be told. A mention is what stands in a report:
name, district, job or level, year, as written. Measured from there to clusters: names made comparable, blocks,
comparison, clusters.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipelines.reconcile.linkage import Profile, link
from pipelines.reconcile.names import expand, spelled, toneless
from pipelines.reconcile.people import PersonProfile
from pipelines.reconcile.schools import SchoolProfile, without_unit
from tests.bench.mentions import PersonMention, SchoolMention, World

SIZES = (10_000, 100_000, 1_000_000)
Mention = SchoolMention | PersonMention


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as `linkage.link` reads it."""

    kind: str
    report: str
    key: tuple[str, ...]
    own: tuple[str, ...]
    profile: Profile
    day: str


def named(mention: Mention) -> Named:
    """The reference of a mention, its names made comparable."""
    day = f"{mention.year}-06"
    if isinstance(mention, SchoolMention):
        own = spelled(expand(mention.own_name))
        profile: Profile = SchoolProfile(mention.level, own, mention.ordinal, mention.district)
        key = (mention.level, own, mention.ordinal, mention.district)
        return Named("school", mention.report, key, key, profile, day)
    name, job = spelled(mention.name), expand(mention.job)
    month = mention.year * 12 + 5
    jobs = ((job, month, month),) if job else ()
    key = (name, mention.district, job)
    return Named("person", mention.report, key, key, PersonProfile(name, mention.district, jobs), day)


def ours(mentions: Sequence[Mention]) -> list[int]:
    """The cluster of every mention."""
    references = [named(mention) for mention in mentions]
    found = [0] * len(references)
    for number, cluster in enumerate(link(references).clusters):
        for index in cluster:
            found[index] = number
    return found


def splinks(mentions: Sequence[Mention]) -> list[int]:
    """The cluster of every mention by splink, schools and people by themselves, trained on the data."""
    import pandas as pd

    from pipelines.reconcile.splink_pairs import cluster_people, cluster_schools

    people = [i for i, mention in enumerate(mentions) if isinstance(mention, PersonMention)]
    schools = [i for i, mention in enumerate(mentions) if isinstance(mention, SchoolMention)]
    person_rows = [
        {
            "unique_id": i,
            "name": spelled(m.name),
            "letters": toneless(m.name),
            "district": m.district,
            "job": expand(m.job) or None,
            "year": m.year,
        }
        for i in people
        if isinstance(m := mentions[i], PersonMention)
    ]
    school_rows = [
        {
            "unique_id": i,
            "name": (own := spelled(expand(m.own_name))),
            "letters": toneless(without_unit(own)),
            "district": m.district,
            "level": m.level,
            "ordinal": m.ordinal or "-",
        }
        for i in schools
        if isinstance(m := mentions[i], SchoolMention)
    ]
    found = [0] * len(mentions)
    for offset, clusters in (
        (0, cluster_people(pd.DataFrame(person_rows))),
        (len(mentions), cluster_schools(pd.DataFrame(school_rows))),
    ):
        for index, cluster in clusters.items():
            found[index] = offset + cluster
    return found


# --- figures ----------------------------------------------------------------------------------------


def scores(mentions: Sequence[Mention], found: Sequence[int]) -> dict[str, float]:
    """Pairwise precision and recall, over both kinds and of people, and wrong pairs of people."""
    figures: dict[str, float] = {}
    for name, chosen in (
        ("", range(len(mentions))),
        ("people_", [i for i, mention in enumerate(mentions) if isinstance(mention, PersonMention)]),
    ):
        pairs = Counter((type(mentions[i]).__name__, mentions[i].truth, found[i]) for i in chosen)
        common = sum(math.comb(count, 2) for count in pairs.values())
        joined = _pairs(found[i] for i in chosen)
        true = _pairs((type(mentions[i]).__name__, mentions[i].truth) for i in chosen)
        figures |= {f"{name}precision": common / max(joined, 1), f"{name}recall": common / max(true, 1)}
    return figures


def _pairs(clusters: Iterable[object]) -> int:
    return sum(math.comb(count, 2) for count in Counter(clusters).values())


def measure(size: int, engine: str) -> dict[str, Any]:
    """Time, memory and scores of one size by one engine, in this process."""
    mentions = list(World().mentions(size))
    before = _memory_gb()
    started, cpu = time.perf_counter(), time.process_time()
    found = (ours if engine == "baocao" else splinks)(mentions)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    figures = {"engine": engine, "mentions": size, "seconds": seconds, "cpu": cpu}
    figures |= {"peak_gb": _memory_gb(), "input_gb": before}
    return {**figures, "clusters": len(set(found)), **scores(mentions, found)}


def _memory_gb() -> float:
    """The most memory that this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def growth(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """How the CPU time of each engine grew from size to size, beside n·log n."""
    lines = []
    by_engine: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_engine[row["engine"]].append(row)
    for engine, found in by_engine.items():
        for small, large in pairwise(found):
            n, m = small["mentions"], large["mentions"]
            fair = m * math.log(m) / (n * math.log(n))
            took = large["cpu"] / small["cpu"]
            lines.append(f"{engine}: from {n} to {m} mentions the CPU time grows {took:.1f}-fold (n log n: {fair:.1f})")
    return lines


def main(arguments: Sequence[str] | None = None, write: Callable[[str], None] = print) -> list[dict[str, Any]]:
    """Measure and print; the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--splink-up-to", type=int, default=100_000, metavar="N")
    parser.add_argument("--one", metavar="ENGINE", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        write(json.dumps(measure(given.sizes[0], given.one)))
        return []
    rows = []
    heads = ("engine", "mentions", "seconds", "CPU s", "peak GB", "clusters", "P", "R", "P people", "R people")
    write("  ".join(f"{head:>9}" for head in heads))
    for size in given.sizes:
        for engine in ("baocao", "splink") if size <= given.splink_up_to else ("baocao",):
            command = [sys.executable, "-m", "tests.bench.linkage", str(size), "--one", engine]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            row = json.loads(done.stdout.splitlines()[-1])
            rows.append(row)
            shown = (
                row["engine"],
                row["mentions"],
                f"{row['seconds']:.1f}",
                f"{row['cpu']:.1f}",
                f"{row['peak_gb']:.2f}",
            )
            shown = (*shown, row["clusters"])
            rates = (row[name] for name in ("precision", "recall", "people_precision", "people_recall"))
            write("  ".join(f"{value:>9}" for value in (*shown, *(f"{rate:.5f}" for rate in rates))))
    for line in growth(rows):
        write(line)
    return rows


if __name__ == "__main__":
    main()
