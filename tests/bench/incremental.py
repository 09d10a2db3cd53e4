"""What one more report costs the audit where 10,000 are there already.

Run: ``python -m tests.bench.incremental [REPORTS]``. Generated facts: a thousand districts with ten reports each,
every report with statistics, citations, schools and officials that its neighbours share. Prints the seconds of the
first full audit, of taking in one more report and auditing what it touches, and how many groups that were.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Sequence

from pipelines.audit import CorpusIndex, View, audit_report
from pipelines.facts import ReportFacts, record_ids
from pipelines.reconcile.places import ReportScope
from schemas import Citation, Official, Record, Report, School, Statistic, TextLayer

REPORTS = 10_000
A_DISTRICT = 10
_STATISTICS, _CITATIONS, _SCHOOLS, _OFFICIALS = 24, 10, 8, 4


def main(arguments: Sequence[str]) -> None:
    """Print what the first audit and one more report take."""
    count = int(arguments[0]) if arguments else REPORTS
    index = CorpusIndex()
    started = time.perf_counter()
    for number in range(count):
        index.add(make_view(number))
    found = index.findings()
    print(f"{count} reports: {time.perf_counter() - started:.1f} s, {len(found)} findings across reports")
    more = make_view(count + A_DISTRICT - 1, changed=True)
    started = time.perf_counter()
    inside = audit_report(more.facts)
    touched = index.add(more)
    across = index.findings(touched)
    seconds = time.perf_counter() - started
    print(
        f"one more: {seconds:.3f} s, {len(touched)} groups touched, {len(inside)} findings inside, {len(across)} across"
    )


def make_view(number: int, *, changed: bool = False) -> View:
    """A generated report: the year of its number, the facts of its district; ``changed`` alters one value of each "
    "kind."""
    district, year = divmod(number, A_DISTRICT)
    period = f"{2010 + year}-{2011 + year}"
    home = f"huyện {district}"
    lines: list[str] = []
    records: list[Record] = []
    identity = hashlib.sha256(f"{number} {changed}".encode()).hexdigest()

    def say(line: str) -> dict[str, object]:
        start = sum(len(one) + 1 for one in lines)
        lines.append(line)
        return {"report": identity, "evidence": ({"start": start, "end": start + len(line), "quote": line},)}

    said = f"{period}" if not changed else f"{2010 + year - 1}-{2011 + year - 1}"
    for one in range(_STATISTICS):
        value = 1000 + 7 * one + (1 if changed and one == 0 else 0)
        fields = {
            "indicator": f"chỉ tiêu thống kê số {one}",
            "value": value,
            "unit": "em",
            "period": said,
            "place": home,
        }
        records.append(Statistic.model_validate({**say(f"Chỉ tiêu thống kê số {one}: {value} em"), **fields}))
    for one in range(_CITATIONS):
        day = f"2018-05-{one + 1 + (1 if changed and one == 0 else 0):02}"
        fields = {"doc_type": "Chỉ thị", "number": f"{one}-CT/TW", "date": day, "issuer": "Bộ Chính trị"}
        records.append(Citation.model_validate({**say(f"Chỉ thị số {one}-CT/TW ngày {day}"), **fields}))
    for one in range(_SCHOOLS):
        fields = {"name": f"Trường Tiểu học An Hòa {one}", "level": "TH", "own_name": "An Hòa", "ordinal": one}
        records.append(School.model_validate({**say(f"Trường Tiểu học An Hòa {one} làm tốt"), **fields}))
    for one in range(_OFFICIALS):
        post = {
            "post": f"Trưởng phòng số {one} {home}",
            "role": "Trưởng phòng",
            "organization": f"Phòng số {one} {home}",
        }
        fields = {**post, "person": f"Người {district} {one}", "activity": "attended", "as_of": f"{2011 + year}-06-01"}
        records.append(Official.model_validate({**say(f"Dự có Người {district} {one} - {post['post']}"), **fields}))
    layer = TextLayer(
        id=identity, file=f"{number}{'b' if changed else ''}.txt", media_type="text/plain", text="\n".join(lines)
    )
    own = Report.model_validate(
        {"report": identity, "file": layer.file, "period": period, "date": f"{2011 + year}-06-01"}
    )
    facts = ReportFacts.of(layer, [own, *records])
    homes = {
        key: f"document-{record.number}"
        for record, key in zip(facts.records, record_ids(facts.records), strict=True)
        if isinstance(record, Citation)
    }
    return View(facts, ReportScope(identity, f"phòng giáo dục {home}", home, None), homes)


if __name__ == "__main__":
    main(sys.argv[1:])
