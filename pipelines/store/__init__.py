"""The store of reports, facts, entities, findings and verdicts."""

from pipelines.store.models import ReportState, Run, VerdictState
from pipelines.store.store import Store

__all__ = ["ReportState", "Run", "Store", "VerdictState"]
