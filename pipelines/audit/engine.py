"""Finds the rules: every module of `pipelines.audit.rules`."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import cleandoc

from pipelines.audit import rules
from pipelines.facts import ReportFacts
from schemas import Entity, Finding

CheckReport = Callable[[ReportFacts], list[Finding]]
CheckCorpus = Callable[[Sequence[ReportFacts], Sequence[Entity]], list[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule: its name, its published explanation and what it runs over. One of both may be None."""

    name: str
    explanation: str
    report: CheckReport | None
    corpus: CheckCorpus | None


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules by name.

    Raises: ImportError where a module has no ``check_<its name>`` or one without an explanation.
    """
    return tuple(_rule(module.name) for module in sorted(pkgutil.iter_modules(rules.__path__), key=lambda m: m.name))


def _rule(name: str) -> Rule:
    module = import_module(f"{rules.__name__}.{name}")
    report = getattr(module, f"check_{name}", None)
    corpus = getattr(module, f"check_{name}_corpus", None)
    first = report or corpus
    if first is None or not first.__doc__:
        raise ImportError(f"{module.__name__} offers no check_{name} with an explanation")
    return Rule(name, cleandoc(first.__doc__), report, corpus)
