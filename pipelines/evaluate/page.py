"""The mistakes of an evaluation as one self-contained web page to click through.

The page loads nothing and runs no script but its own (a content security policy sees to that),
since reports are hostile until shown otherwise.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from pipelines.evaluate import Evaluation
from pipelines.evaluate.compare import CONFUSABLE, Row, fields_of
from pipelines.evaluate.scoring import Confusion, Mistake, Score
from pipelines.evaluate.tables import count, describe, rate, rates
from pipelines.html_view.passages import clean

#: Characters of the report shown before and after a passage, up to the next line end beyond.
_CONTEXT = 400


@dataclass(frozen=True)
class _Entry:
    """A record that is missed or a false alarm, with all the measures by which it is."""

    mistake: Mistake
    measures: tuple[str, ...]


def render_page(evaluation: Evaluation) -> str:
    """The page: scores, confusions and reliability, and each mistake with its passage in its context."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'"
    texts = {file.file: file.text for file in evaluation.files}
    entries = _entries(evaluation.mistakes)
    items = "".join(_item(number, entry) for number, entry in enumerate(entries))
    cards = "".join(_card(number, entry, texts[entry.mistake.file]) for number, entry in enumerate(entries))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation of {len(evaluation.files)} reports</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<details class=scores><summary>Scores over {len(evaluation.files)} reports</summary>"
        f"<div class=tables>{_tables(evaluation)}</div></details>\n"
        f"<header>{_filters(entries)}</header>\n"
        f"<main><nav aria-label=Mistakes>{items or '<p>No mistakes.</p>'}</nav><div class=cards>{cards}</div></main>\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _entries(mistakes: Sequence[Mistake]) -> list[_Entry]:
    """One entry a record, in the order of the texts."""
    grouped: dict[tuple[str, str, int], list[Mistake]] = {}
    for mistake in mistakes:
        grouped.setdefault((mistake.file, mistake.kind, id(mistake.record)), []).append(mistake)
    entries = [_Entry(group[0], tuple(mistake.measure for mistake in group)) for group in grouped.values()]
    return sorted(entries, key=lambda entry: (entry.mistake.file, entry.mistake.start or 0, entry.mistake.kind))


def _filters(entries: Sequence[_Entry]) -> str:
    """A list a filter, each with how often its value occurs."""
    choices: dict[str, dict[str, int]] = {"kind": {}, "type": {}, "measure": {}, "field": {}, "report": {}}
    for entry in entries:
        mistake = entry.mistake
        single = {"kind": mistake.kind, "type": _type(mistake), "report": mistake.file}
        for name, values in {
            **{name: (value,) for name, value in single.items()},
            "measure": entry.measures,
            "field": tuple(mistake.differences()),
        }.items():
            for value in values:
                choices[name][value] = choices[name].get(value, 0) + 1
    selects = "".join(
        f'<label>{name} <select name="{name}"><option value="">all</option>'
        + "".join(f'<option value="{clean(value)}">{clean(value)} ({n})</option>' for value, n in values.items())
        + "</select></label>"
        for name, values in choices.items()
    )
    return f'{selects}<label>find <input type="search" name="words"></label><output></output>'


def _type(mistake: Mistake) -> str:
    return mistake.measure.split("/")[0]


def _data(entry: _Entry) -> str:
    mistake = entry.mistake
    values = {
        "kind": mistake.kind,
        "type": _type(mistake),
        "report": mistake.file,
        "measure": " ".join(entry.measures),
        "field": " ".join(mistake.differences()),
    }
    return "".join(f' data-{name}="{clean(value)}"' for name, value in values.items())


def _item(number: int, entry: _Entry) -> str:
    mistake = entry.mistake
    measures = ", ".join(measure.split("/")[1] for measure in entry.measures)
    return (
        f'<a href="#m{number}"{_data(entry)} class="{mistake.kind}"><b>{_word(mistake)}</b> {_type(mistake)} '
        f"<small>{clean(measures)}</small><span>{clean(describe(mistake.record))}</span></a>"
    )


def _word(mistake: Mistake) -> str:
    return "miss" if mistake.kind == "miss" else "false alarm"


def _card(number: int, entry: _Entry, text: str) -> str:
    mistake = entry.mistake
    gold, found = (mistake.record, mistake.other) if mistake.kind == "miss" else (mistake.other, mistake.record)
    note = (gold or {}).get("note")
    return (
        f'<article id="m{number}" class="{mistake.kind}"><h2>{_word(mistake)}: {clean(", ".join(entry.measures))}</h2>'
        f"<p class=file>{clean(mistake.file)}{'' if mistake.start is None else f', character {mistake.start}'}</p>"
        f"{_fields(_type(mistake), gold, found, mistake.differences())}"
        f"{f'<p class=note>Note of the gold: {clean(str(note))}</p>' if note else ''}"
        f"<pre>{_context(mistake, text)}</pre></article>"
    )


def _fields(kind: str, gold: Row | None, found: Row | None, differences: Mapping[str, object]) -> str:
    closed = [name for name in CONFUSABLE.get(kind, ()) if "/" not in name]
    named = ("person", "ordinal", "kind", "prize", "of")
    names = dict.fromkeys((*named, *fields_of(kind), *closed))
    rows = ""
    for name in names:
        values = [(row or {}).get(name) for row in (gold, found)]
        if any(value not in (None, "") for value in values):
            cells = "".join(f"<td>{'–' if value in (None, '') else clean(str(value))}</td>" for value in values)
            mark = " class=differs" if name in differences else ""
            rows += f"<tr{mark}><th>{name}</th>{cells}</tr>"
    heads = [
        "gold" if gold is not None else "gold (no such record)",
        "found" if found is not None else "found (no such record)",
    ]
    head = "".join(f"<th>{each}</th>" for each in heads)
    return f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _context(mistake: Mistake, text: str) -> str:
    """The passage marked in the text around it; the bare quote where it does not stand in the text."""
    if mistake.start is None or mistake.end is None:
        return f"<mark>{clean(mistake.quote)}</mark> (does not stand in the text)"
    first = text.rfind("\n", 0, max(mistake.start - _CONTEXT, 0)) + 1
    last = text.find("\n", min(mistake.end + _CONTEXT, len(text)))
    before, after = text[first : mistake.start], text[mistake.end : last if last >= 0 else len(text)]
    return f"{clean(before)}<mark>{clean(text[mistake.start : mistake.end])}</mark>{clean(after)}"


def _tables(evaluation: Evaluation) -> str:
    soft = evaluation.soft_fields
    counted = ("right", "false", "missed")
    scores = [(key, *rates(score), *_counts(score)) for key, score in evaluation.scores.items()]
    fields = [(key, *rates(score), *rates(soft[key])) for key, score in evaluation.fields.items()]
    found = evaluation.reliability
    bins = [(f"{b.low:.2f}–{b.high:.2f}", str(b.records), f"{b.confidence:.3f}", f"{b.right:.3f}") for b in found.bins]
    return (
        _table("By type", ("measure", "P", "R", "F1", *counted), scores)
        + _table("By field", ("field", "P", "R", "F1", "soft P", "soft R", "soft F1"), fields)
        + "".join(_confusion(key, each) for key, each in evaluation.confusions.items())
        + _table(
            f"Confidence (expected calibration error {rate(found.error)})",
            ("confidence", "records", "mean", "right"),
            bins,
        )
    )


def _counts(score: Score) -> tuple[str, str, str]:
    return count(score.tp), count(score.fp), count(score.fn)


def _confusion(key: str, confusion: Confusion) -> str:
    wrong = sorted((pair for pair in confusion.items() if pair[0][0] != pair[0][1]), key=lambda pair: -pair[1])
    if not wrong:
        return ""
    rows = [(ours or "–", theirs or "–", str(times)) for (ours, theirs), times in wrong]
    return _table(f"Taken for another: {key}", ("gold", "found", "times"), rows)


def _table(title: str, heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{clean(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{clean(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{clean(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
