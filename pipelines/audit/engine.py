"""Finds the rules: every module of `pipelines.audit.rules`."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import cleandoc
from typing import Any

from pipelines.audit import rules
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from schemas import Finding

CheckReport = Callable[[ReportFacts], list[Finding]]
#: What a report contributes to a comparison across reports: keys, and whatever the rule compares.
FindItems = Callable[[View], Iterable[tuple[str, Any]]]
#: Compares everything that reports contributed under one key, in the order of the reports.
CheckItems = Callable[[str, Sequence[Any]], list[Finding]]


#: What items share that say the same: a document of the centre is cited by thousands, in a few ways.
Alike = Callable[[Any], Hashable]


@dataclass(frozen=True)
class Rule:
    """One rule: its name, its published explanation and what it runs over.

    ``report`` looks at one report. ``items`` and ``across`` (both or neither) compare reports: what one report
    says under a key, and what follows where several say something under the same key. Of items that are ``alike`` a few
    stand for all.
    """

    name: str
    explanation: str
    report: CheckReport | None
    items: FindItems | None
    across: CheckItems | None
    alike: Alike | None = None


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules by name.

    Raises: ImportError where a module has no ``check_<its name>`` or ``across_<its name>``, or none explained.
    """
    return tuple(_rule(module.name) for module in sorted(pkgutil.iter_modules(rules.__path__), key=lambda m: m.name))


def _rule(name: str) -> Rule:
    module = import_module(f"{rules.__name__}.{name}")
    report = getattr(module, f"check_{name}", None)
    items, across = getattr(module, f"items_{name}", None), getattr(module, f"across_{name}", None)
    first = report or across
    if first is None or not first.__doc__ or (items is None) != (across is None):
        raise ImportError(f"{module.__name__} offers no check_{name} or across_{name} with an explanation")
    return Rule(name, cleandoc(first.__doc__), report, items, across, getattr(module, f"alike_{name}", None))
