"""A user's condition over facts: checked before the database sees it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.errors import UsageError

# A quote inside a string or name is doubled, as SQL has it.
_TOKEN = re.compile(r"(?P<text>'(?:[^']|'')*')|(?P<name>\"(?:[^\"]|\"\")*\")|(?P<other>--|/\*|[();'\"`\[\]?])")


def check_condition(where: str, columns: Sequence[str]) -> str:
    """The condition as given, once it is sure to stay one inside brackets.

    Raises: UsageError where it is empty, ends a statement, opens a comment or leaves its brackets,
    and where a name in double quotes is no column: SQLite would take it for a text.
    """
    if not where.strip():
        raise UsageError("--where: the condition is empty; leave --where out for all facts")
    depth = 0
    for match in _TOKEN.finditer(where):
        name, sign = match.group("name"), match.group("other")
        if name and name[1:-1] not in columns:
            raise UsageError(
                f"--where: there is no column {name}; texts stand in single quotes ('{name[1:-1]}'), "
                f"columns are {', '.join(columns)}"
            )
        if sign in ("'", '"'):
            raise UsageError(f"--where: a quote is not closed in {where!r}")
        if sign in (";", "--", "/*", "?", "`", "[", "]"):
            raise UsageError(f"--where: only one condition over the columns is taken, without {sign!r}")
        depth += {"(": 1, ")": -1}.get(sign or "", 0)
        if depth < 0:
            break
    if depth != 0:
        raise UsageError(f"--where: the brackets of {where!r} do not match")
    return where
