"""Relations that people annotated: what is cited and with which date, which whole two ratios have, who holds a post."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from tests.bench.mutations.figures import other
from tests.bench.mutations.model import Edit, Mutation, Source

#: What the letters of a number mean, by Hướng dẫn 36-HD/VPTW and Nghị định 30/2020/NĐ-CP.
_PARTY = re.compile(r"\d+(-)(?:NQ|CT|KL|KH|QĐ|HD|TB|CTr)(/)(?:TW|TU|HU|ĐU)")
_STATE = re.compile(r"\d+(?:/\d{4})?(/)(?:NĐ|QĐ|KH|TT|CT|TB|HD|NQ)(-)(?:CP|TTg|UBND|BGDĐT|BNV|SGDĐT|PGDĐT|PGD&ĐT|HĐND)")
_TYPES = {"NQ": "Nghị quyết", "CT": "Chỉ thị", "NĐ": "Nghị định", "TT": "Thông tư", "KL": "Kết luận", "TB": "Thông báo"}
_LETTERS = re.compile(r"(?<![A-ZĐa-z])(NQ|CT|NĐ|TT|KL|TB)(?=[-/])")
_ISSUERS = {
    "CP": "Bộ Nội vụ",
    "TTg": "Bộ Y tế",
    "TW": "Quốc hội",
    "BGDĐT": "Bộ Nội vụ",
    "UBND": "Huyện ủy",
    "HU": "UBND huyện",
    "TU": "UBND tỉnh",
    "BNV": "Bộ Tài chính",
    "HĐND": "UBND tỉnh",
    "SGDĐT": "Bộ GD&ĐT",
}
_DAY = re.compile(r"ngày (\d{1,2})(?=/\d{1,2}/(?:19|20)\d\d| tháng \d{1,2})")
_UNITS = ("trường", "đơn vị", "xã", "chi bộ", "xã, thị trấn")


def find(source: Source, others: Mapping[str, Source], random: Random) -> Iterator[Mutation]:
    """Every mutation of this kind that a report with gold records allows, beside others of the corpus."""
    for row in source.records("citation"):
        place = source.place(row["quote"])
        if row.get("number") and place:
            yield from _symbols(source, row, place)
            yield from _type(source, row, place, random)
            yield from _issuer(source, row, place)
            yield from _date(source, row, place, others)
    yield from _wholes(source)
    yield from _values(source, random)


def _symbols(source: Source, row: dict[str, Any], place: tuple[int, int]) -> Iterator[Mutation]:
    """The dash and the slash of a well-formed number changed for each other."""
    text = source.layer.text[place[0] : place[1]]
    start = text.find(row["number"])
    match = _PARTY.fullmatch(row["number"]) or _STATE.fullmatch(row["number"])
    if start < 0 or match is None:
        return
    edits = tuple(
        Edit(place[0] + start + match.start(group), place[0] + start + match.end(group), match[3 - group])
        for group in (1, 2)
    )
    yield Mutation("citation_number", "signs changed", source.name, edits)


def _type(source: Source, row: dict[str, Any], place: tuple[int, int], random: Random) -> Iterator[Mutation]:
    """Another type printed than the symbol of the number stands for."""
    text = source.layer.text[place[0] : place[1]]
    letters = _LETTERS.search(row["number"])
    if letters is None or row["doc_type"] != _TYPES[letters[1]] or not text.startswith(row["doc_type"]):
        return
    wrong = random.choice([name for name in _TYPES.values() if name != row["doc_type"]])
    edit = Edit(place[0], place[0] + len(row["doc_type"]), wrong)
    yield Mutation("citation_type", "type changed", source.name, (edit,))


def _issuer(source: Source, row: dict[str, Any], place: tuple[int, int]) -> Iterator[Mutation]:
    """Another issuer printed than the letters of the number name."""
    text = source.layer.text[place[0] : place[1]]
    symbol = re.split(r"[-/]", row["number"])[-1]
    issuer = row.get("issuer")
    if symbol not in _ISSUERS or not issuer or text.count(issuer) != 1:
        return
    start = place[0] + text.index(issuer)
    edit = Edit(start, start + len(issuer), _ISSUERS[symbol])
    yield Mutation("citation_issuer", "issuer changed", source.name, (edit,))


def _date(
    source: Source, row: dict[str, Any], place: tuple[int, int], others: Mapping[str, Source]
) -> Iterator[Mutation]:
    """Another day for a document that another report cites with the same number and day."""
    text = source.layer.text[place[0] : place[1]]
    day = _DAY.search(text)
    central = re.search(r"(?:TW|CP|TTg|BGDĐT|BNV|QH\d+)$", row["number"])
    if day is None or central is None or not row.get("date") or len(row["date"]) != len("2016-05-15"):
        return
    for name, other_source in others.items():
        cited = [one for one in other_source.records("citation") if one.get("number") == row["number"]]
        if name == source.name or not any(one.get("date") == row["date"] for one in cited):
            continue
        new = str(int(day[1]) % 27 + 1)
        edit = Edit(place[0] + day.start(1), place[0] + day.end(1), new)
        yield Mutation("citation_date", "day changed", source.name, (edit,), beside=name)
        return


def _wholes(source: Source) -> Iterator[Mutation]:
    """One of several ratios of the same whole (unit, level, place and size alike) with another size."""
    wholes: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in source.records("statistic"):
        if row.get("of") and row.get("unit") in _UNITS and row.get("aspect") == "value":
            wholes[row["unit"], row.get("level"), row.get("place"), row["of"]].append(row)
    for (_, _, _, size), rows in wholes.items():
        if len(rows) < 3 or size < 8:
            continue  # two may be two groups of one size by chance
        for row in rows[1:]:
            place = source.place(row["quote"])
            printed = f"{int(row['value'])}/{int(size)}"
            if place is None or printed not in source.layer.text[place[0] : place[1]]:
                continue
            start = source.layer.text.index(printed, place[0])
            value = int(row["value"]) + (1 if row["value"] == size else 0)
            edit = Edit(start, start + len(printed), f"{value}/{int(size) + 1}")
            yield Mutation("denominator_drift", "size changed", source.name, (edit,))


def _values(source: Source, random: Random) -> Iterator[Mutation]:
    """The line of a number said again below, with one digit changed."""
    text = source.layer.text
    for row in source.records("statistic"):
        if row.get("aspect") != "value" or row.get("of") or not row.get("period") or len(row["indicator"].split()) < 3:
            continue
        place = source.place(row["quote"])
        if place is None or any(table.start <= place[0] < table.end for table in source.layer.tables):
            continue
        first, last = text.rfind("\n", 0, place[0]) + 1, text.find("\n", place[1])
        line = text[first : last if last >= 0 else len(text)]
        numbers = re.findall(r"\d[\d.,]*\d|\d", line)
        if len(numbers) != 1 or not line.strip().endswith(".") or line.strip()[:1] in "0123456789":
            continue
        again = line.replace(numbers[0], other(numbers[0], random))
        edit = Edit(last if last >= 0 else len(text), last if last >= 0 else len(text), "\n" + again)
        yield Mutation("value_conflict", "said again with another digit", source.name, (edit,))
