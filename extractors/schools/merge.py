"""From mentions to schools: which spellings are of one school, and how its record reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extractors._shared.document import Document, once
from extractors._shared.family_names import looks_like_person
from extractors._shared.places import CAPITAL, fold, gazetteer
from extractors._shared.scan import matches_at, matches_from, places_of
from extractors.schools.context import Context
from extractors.schools.former import Key, find_former
from extractors.schools.mentions import SchoolMention
from extractors.schools.own_names import key
from schemas.records import School
from schemas.text import Evidence

_PREFIX = {
    "MN": "Trường Mầm non",
    "TH": "Trường Tiểu học",
    "THCS": "Trường THCS",
    "THPT": "Trường THPT",
    "GDTX": "Trung tâm GDTX",
}
_MERGED = re.compile(r"(?<!\w)(?:sáp nhập|hợp nhất|sát nhập|nhập|gộp)(?!\w)")
_RANKED = re.compile(r" (\d) (?:nhất|nhì|ba|tư)(?!\w)")
_ABBREVIATED = re.compile(rf"[{CAPITAL}][^\W\d_{CAPITAL}]*")
_TOWN_NAME = re.compile(
    rf"(?:[Tt]hị [Tt]rấn|TT) (?!(?:Huyện|Tỉnh|Thành|Thị|Đảng|HĐND|UBND)(?!\w))"
    rf"([{CAPITAL}][\w'-]*(?: [{CAPITAL}][\w'-]*){{0,3}})"
)
_NEXT_CAPITALS = re.compile(rf" ([{CAPITAL}]+)(?!\w)")
#: An abbreviation and what it stands for: ``TPhú: Tân Phú``, ``TL = Tân Lễ``, ``VHH (Vĩnh Hòa Hưng)``.
_SHORT_AT = re.compile(rf"[{CAPITAL}][^\W\d_{CAPITAL}]*[{CAPITAL}][^\W\d_]* ?[:=(]")
_LEGEND = re.compile(
    rf"(?P<short>[{CAPITAL}][^\W\d_]*[{CAPITAL}][^\W\d_]*) ?[:=(] ?(?:là )?"
    rf"(?P<full>[{CAPITAL}]\w*(?: [{CAPITAL}]\w*){{1,4}})"
)
_COMMON_FAMILIES = frozenset(
    ("nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "võ", "đặng", "bùi", "đỗ", "ngô", "lý", "trương", "hùng")
)


def merge(context: Context, mentions: Sequence[SchoolMention]) -> list[School]:
    """The schools of a report in the order of their first mention; all spellings of one are one record."""
    document = context.document
    resolved = _resolve(context, mentions)
    groups: dict[Key, list[SchoolMention]] = {}
    joined = _joined_into_towns(document, resolved)
    for mention in sorted(resolved, key=lambda m: (m.start, m.end)):
        # A boarding school is never the commune's that may bear the same name, nor a university a college.
        apart = mention.kind if mention.kind == "PTDTNT" or mention.level == "khac" else ""
        if mention.own_name.startswith("Thị trấn") and (mention.level, key(mention.own_name)) in joined:
            apart = "thị trấn"
        groups.setdefault((mention.level, key(mention.own_name), mention.ordinal, apart), []).append(mention)
    former = find_former(document, groups)
    schools = []
    for group_key, group in groups.items():
        if group_key in former:
            continue
        older = [mention for old, new in former.items() if new == group_key for mention in groups[old]]
        schools.append(_record(context, group, older))
    return schools


def _joined_into_towns(document: Document, mentions: Sequence[SchoolMention]) -> set[tuple[str, str]]:
    """Level and name of schools of towns that are not those of the same name from which they were made.

    ``hợp nhất trường Mầm non Tân Lễ với … thành trường Mầm non Thị trấn Tân Lễ``, or the other way round.
    """
    found: set[tuple[str, str]] = set()
    bare = [m for m in mentions if not m.own_name.startswith("Thị trấn") and m.level != "khac"]
    for town in mentions:
        if not town.own_name.startswith("Thị trấn "):
            continue
        first, last = document.sentence_at(town.start)
        if not _MERGED.search(document.lower, first, last):
            continue
        found |= {
            (m.level, key(m.own_name))
            for m in bare
            if first <= m.start < last
            and m.level == town.level
            and key(m.own_name) == key(town.own_name)
            and m.start != town.start
        }
    return found


def _resolve(context: Context, mentions: Sequence[SchoolMention]) -> list[SchoolMention]:
    """The mentions with shortened names written out and names of districts at their end taken off."""
    document = context.document
    told = {fold(m.own_name): m.own_name for m in mentions if not _is_short(m.own_name)}
    names = {**_legend(context.document), **told}
    in_small = {(m.level, fold(m.own_name)) for m in mentions if not context.document.text[slice(*m.name)].isupper()}
    towns = _towns(context.document)
    told_levels = _told_levels(mentions)
    numbered = {(m.level, key(m.own_name), m.ordinal) for m in mentions if m.ordinal is not None}
    unnumbered = {(m.level, key(m.own_name)) for m in mentions if m.ordinal is None}
    resolved = []
    for mention in mentions:
        own = mention.own_name
        if own == "Thị trấn" and towns and (len(towns) == 1 or towns[0][1] > towns[1][1]):
            own = f"Thị trấn {towns[0][0]}"
        elif _is_short(own):
            town = "Thị trấn " if own.startswith("Thị trấn ") else ""
            written = _written_out(own.removeprefix(town), {**context.communes, **names})
            own = f"{town}{written}" if written else own
        elif mention.level not in ("khac", "GDTX") and not own.startswith("Thị trấn"):
            own = _without_district(own, context, names)
            if context.document.text[slice(*mention.name)].isupper():
                own = _without_headline(own, mention.level, in_small)
                own = _with_headline(document, mention, own, in_small)
        ordinal, end = mention.ordinal, mention.end
        if len(own) < len(mention.own_name) and end == mention.name[1]:
            end = mention.name[0] + len(own)
        # ``THCS Tân Lễ 1 ba`` is a school's rank, not three prizes, where the report knows Tân Lễ 1.
        number = _RANKED.match(context.document.lower, end) if ordinal is None else None
        if number and (mention.level, key(own), int(number.group(1))) in numbered:
            ordinal, end = int(number.group(1)), number.end(1)
        if ordinal is not None and _counts(document, end) and (mention.level, key(own)) in unnumbered:
            ordinal, end = None, document.text.rindex(" ", 0, end)
        level = _told_level(document, mention, told_levels.get((mention.kind, key(own)), []))
        level = level or _labelled_level(document, mention) or mention.level
        resolved.append(replace(mention, own_name=own, ordinal=ordinal, end=end, level=level))
    return resolved


#: The next schools of a list that tells how many of something each has: ``Tân Lễ 7, Nam Hà 1 – 6, Đông Hà 5``.
_NEXT_COUNTS = re.compile(
    rf"(?:[,;] (?:và )?[{CAPITAL}][^\W\d_]*(?: [{CAPITAL}][^\W\d_]*){{0,3}}(?: \d -)? \d{{1,3}}(?!\d)){{2,}}"
)


def _counts(document: Document, end: int) -> bool:
    """Whether the number with which a school's name ends is one of a list's figures."""
    return document.text[end - 1].isdigit() and _NEXT_COUNTS.match(document.text, end) is not None


def _told_levels(mentions: Sequence[SchoolMention]) -> dict[tuple[str, str], list[SchoolMention]]:
    """The boarding schools of which the level is told, by kind and name: ``PTDTNT THPT Tân Lễ``."""
    told: dict[tuple[str, str], list[SchoolMention]] = {}
    for mention in mentions:
        if mention.kind and not mention.assumed:
            told.setdefault((mention.kind, key(mention.own_name)), []).append(mention)
    return told


def _told_level(document: Document, mention: SchoolMention, told: Sequence[SchoolMention]) -> str | None:
    """The level of a boarding school told elsewhere; beside another in one sentence it is a school of its own."""
    levels = {one.level for one in told}
    if not mention.assumed or len(levels) != 1:
        return None
    first, last = document.sentence_at(mention.start)
    return None if any(first <= one.start < last for one in told) else levels.pop()


#: The label of a list of schools of one level: ``Khối THPT: Nhất - Trường A; Ba - Trường PTDTNT B``.
_LABEL = re.compile(
    r"(?:[-+*•] |\d{1,2}[.)] )?(?:khối|cấp|bậc|cấp học|bậc học|các trường|bảng) (?P<level>thpt|thcs) ?:"
)


def _labelled_level(document: Document, mention: SchoolMention) -> str | None:
    """The level of a boarding school by the label of the list in which it stands; None where its level is told."""
    block = document.block_at(mention.start)
    label = _LABEL.match(document.lower, block.start) if mention.assumed else None
    return label["level"].upper() if label is not None else None


@once
def _legend(document: Document) -> dict[str, str]:
    """Names that the report itself gives for their abbreviations (``TPhú: Tân Phú``), folded and as written."""
    text = document.text
    return {
        fold(match["full"]): match["full"]
        for match in matches_at(_LEGEND, _SHORT_AT, text, 0, len(text))
        if _written_out(match["short"], {fold(match["full"]): match["full"]})
    }


def _towns(document: Document) -> list[tuple[str, int]]:
    """The two towns (``thị trấn``) named most, with how often; ``Tân`` counts for ``Tân Lễ``, capitals as small."""
    counts: Counter[str] = Counter()
    text = document.text
    # Looked for without the first letter, which is large or small: few places are left to try.
    towns = sorted(
        (*(at - 1 for at in places_of(("hị ",), text, 1, len(text))), *places_of(("TT ",), text, 0, len(text)))
    )
    for match in matches_from(_TOWN_NAME, towns, text, 0, len(text)):
        whole = _TOWN_NAME.match(document.text, match.start(), document.block_at(match.start()).end)
        if whole is not None:
            name = whole.group(1)
            written = _written_out(name, _legend(document)) if _is_short(name) and " " not in name else None
            counts[written or " ".join(word.capitalize() for word in name.split())] += 1
    for name in sorted(counts, key=len):
        longer = next((other for other in counts if other.startswith(f"{name} ")), None)
        if longer is not None:
            counts[longer] += counts.pop(name)
    return counts.most_common(2)


@lru_cache(maxsize=4096)  # asked of every mention, and again of all pairs of names
def _is_short(own: str) -> bool:
    return any(sum(char.isupper() for char in token) > 1 and token.isalpha() for token in own.split())


def _written_out(short: str, names: dict[str, str]) -> str | None:
    """The one name whose syllables begin as the parts of a shortened one (``VHHNam``: Vĩnh Hòa Hưng Nam)."""
    parts = [fold(part) for token in short.split() for part in _ABBREVIATED.findall(token)]
    fitting = {
        name
        for folded, name in names.items()
        if len(folded.split()) == len(parts)
        and all(
            syllable.startswith(part) or _initial(syllable) == part
            for syllable, part in zip(folded.split(), parts, strict=True)
        )
    }
    return fitting.pop() if len(fitting) == 1 else None


def _initial(syllable: str) -> str:
    return fold(syllable[0])


def _without_district(own: str, context: Context, names: dict[str, str]) -> str:
    """``Nguyễn Hiền Nam Trực`` is ``Nguyễn Hiền`` where the report is about Nam Trực or has the short name too."""
    syllables, table = own.split(), gazetteer()
    if own[:1].islower():  # ``thị xã Quảng Trị``, ``chuyên Thái Bình``: the place is the name
        return own
    for length in (2, 3):
        rest = fold(" ".join(syllables[-length:]))
        head = " ".join(syllables[:-length])
        known = rest in table.districts or rest in table.provinces
        if len(syllables) - length >= 2 and known and (fold(head) in names or rest == context.district):
            return head
    return own


def _without_headline(own: str, level: str, in_small: set[tuple[str, str]]) -> str:
    """The name before what a headline in capitals says of the school, where the report writes the name in small too."""
    syllables = own.split()
    if (level, fold(own)) not in in_small:
        for length in range(2, len(syllables) - 1):
            head = " ".join(syllables[:length])
            if (level, fold(head)) in in_small:
                return head
    return own


def _with_headline(document: Document, mention: SchoolMention, own: str, in_small: set[tuple[str, str]]) -> str:
    """The name with the words of a headline in capitals that belong to it, as the report's text shows.

    ``TRƯỜNG THPT HÀ SƠN CÙNG KỶ NIỆM``, of the school ``THPT Hà Sơn Cùng``.
    """
    if (mention.level, fold(own)) not in in_small and (more := _NEXT_CAPITALS.match(document.text, mention.name[1])):
        longer = f"{own} {more.group(1).capitalize()}"
        return longer if (mention.level, fold(longer)) in in_small else own
    return own


def _record(context: Context, group: list[SchoolMention], older: list[SchoolMention]) -> School:
    document = context.document
    own = _own_name(group)
    level, ordinal = group[0].level, group[0].ordinal
    kinds = Counter(mention.kind for mention in group if mention.kind)
    kind = kinds.most_common(1)[0][0] if kinds else ""
    spans = sorted({(mention.start, mention.end) for mention in (*group, *older)})
    evidence: list[Evidence] = [document.evidence(*span) for span in spans]
    return School(
        report=document.layer.id,
        name=_name(level, own, ordinal, kind),
        level=level,
        own_name=own,
        ordinal=ordinal,
        place=_place(context, group, own),
        variants=tuple(dict.fromkeys(document.value(*span) for span in spans)),
        evidence=tuple(evidence),
        confidence=0.95 if any(mention.start < mention.name[0] for mention in group) else 0.8,
    )


def _own_name(group: list[SchoolMention]) -> str:
    """The spelling met most, ``Thị trấn …`` before a bare one and mixed case before capitals made small."""
    spellings = Counter(mention.own_name for mention in group)
    full = [spelling for spelling in spellings if spelling.lower().startswith(("thị trấn ", "chuyên "))]
    return max(full or spellings, key=lambda spelling: spellings[spelling])


def _name(level: str, own: str, ordinal: int | None, kind: str) -> str:
    if level == "khac":
        head = kind if kind == "Học viện" else f"Trường {kind}".strip()
    elif kind == "group":
        head = "Cơ sở"
    elif kind:
        head = f"Trường {kind} {level}"
    else:
        head = _PREFIX.get(level, f"Trường {level}")
    return " ".join(part for part in (head, own, str(ordinal) if ordinal is not None else "") if part)


def _place(context: Context, group: list[SchoolMention], own: str) -> str | None:
    """The commune: as stated, else the own name where it is a commune's that the report can mean."""
    stated = next((mention.place for mention in group if mention.place), None)
    if stated:
        return stated
    if own.lower().startswith("thị trấn "):
        return own.split(" ", 2)[2]
    if fold(own) in context.communes:
        return own
    numbered = any(mention.ordinal is not None for mention in group) and " " in own and group[0].level != "khac"
    elsewhere = context.district is None and fold(own) in gazetteer().wards
    return own if (numbered or elsewhere) and not _bears_persons_name(own) else None


def _bears_persons_name(own: str) -> bool:
    """Whether a name can be a person's (``Lê Lợi``), so that it tells no commune by itself."""
    return own.split()[0].lower() in _COMMON_FAMILIES or looks_like_person(own)
