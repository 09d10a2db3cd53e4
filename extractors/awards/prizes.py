"""Prizes and medals in prose: ``2 giải Nhất; 17 giải Nhì``, ``6 giải (1 nhì: …)``, ``01 HCV``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors._shared.document import Block
from extractors._shared.numbers import WORDS
from extractors.awards.context import Context, Winner
from schemas.records import Award

_COUNT = r"\d{1,3}(?:\.\d{3})+|\d{1,4}|" + "|".join(WORDS)
_GRADE = r"nhất|nhì|nhỉ|ba(?! (?:bài toán|phương trình))|tư(?! (?:vấn|thục|tưởng|liệu|cách|nhân|duy))|khuyến khích|kk|k\.k|công nhận|c\.nhận"
_GRADES = {"nhất": "nhat", "nhì": "nhi", "nhỉ": "nhi", "ba": "ba", "tư": "tu", "1": "nhat", "2": "nhi", "3": "ba", "i": "nhat", "ii": "nhi", "iii": "ba"}
_MEDALS = {"vàng": "vang", "bạc": "bac", "đồng": "dong", "v": "vang", "b": "bac", "đ": "dong"}
_PEOPLE = r"em|học sinh|hs|giáo viên|gv|cháu|bé|vđv|vận động viên|thí sinh|đồng chí|đ/c|đội|sản phẩm|dự án|đề tài|tiết mục|bài|cô|thầy|trường|đơn vị|tập thể|cá nhân"
_WON = r"(?:đạt|đoạt|giành|dành|được|có)"
_CONSOLATION = frozenset({"khuyến khích", "kk", "k.k", "công nhận", "c.nhận"})

# ``02 đơn vị đạt giải nhất``: who won is counted, not the prizes.
_GAP = r"(?:(?!không |chưa |nhưng )(?:lớp \d+|[^.;:,()\d])){0,70}?"
_WINNERS = rf"(?:(?P<winners>\d{{1,4}})(?: ?/ ?(?P<of>\d{{1,4}}))? (?:lượt )?(?P<who>{_PEOPLE})(?!\w){_GAP} {_WON}(?: được)? (?!\d))?"
_PRIZE = re.compile(
    rf"(?<![\w/.,]){_WINNERS}(?:(?P<n>{_COUNT}) )?(?:\((?P<n2>\d+)\) ?)?(?:(?:giải(?: thưởng)?|g\.) ?\(?(?P<grade>{_GRADE})(?!\w)\)?|giải (?P<digit>[123]|i{{1,3}})(?= (?:cấp|toàn|môn|hội|cuộc)|[,;.)]|$))"
    rf"(?: ?\((?P<n3>\d+)(?: giải| em| hs)?\))?",
    re.M,
)
_BARE = re.compile(rf"(?<![\w/.,])(?P<n>\d{{1,4}}) (?P<grade>nhất|nhì|ba|khuyến khích|kk)(?= ?(?:[,;:.)(+\n-]|và |$))", re.M)
_AFTER = re.compile(rf"(?<!\w)(?:(?:giải )?(?P<grade>nhất|nhì|ba|tư|khuyến khích|kk) ?[:=] ?|giải (?P<grade2>nhất|nhì|ba|tư|khuyến khích|kk) )(?P<n>\d{{1,4}})(?! ?%)(?: giải| em| hs)?(?![\w,]|\.\d)")
# ``Nhất 06, Nhì 15, Ba 24``: grades with their numbers, several in a row.
_PLAIN = re.compile(r"(?<!\w)(?<!giải )(?<!thứ )(?<!hạng )(?P<grade>nhất|nhì|ba|tư|khuyến khích|kk) (?P<n>\d{1,4})(?= ?(?:[,;.)(]| và |$))", re.M)
# ``Nhất: Long Điền; Nhì: …``, ``Ba - THCS Mường Tạ``: a grade as a label before its winners.
_LABEL = re.compile(r"(?<!\w)(?<!giải )(?<!thứ )(?<!hạng )(?P<grade>nhất|nhì|ba|tư|khuyến khích|kk) ?(?::|-) ?(?=[^\W\d])")
_METAL_LABEL = re.compile(r"(?P<metal>vàng|bạc|đồng) ?(?::|-) ?(?=[^\W\d])")
_TEAM_GRADE = re.compile(r"(?<!\w)(?<!giải )(?<!thứ )(?<!hạng )(?P<grade>nhất|nhì|ba) toàn đoàn")
_BARE_MEDAL = re.compile(r"(?<![\w/.,])(?P<n>\d{1,4}) (?P<metal>Vàng|Bạc|Đồng|vàng|bạc)(?= ?(?:[,;:.)]|và |$))", re.M)
_MEDAL = re.compile(
    rf"(?<![\w/.,]){_WINNERS}(?:(?P<n>{_COUNT}) )?(?:(?:tấm )?(?:huy chương|hc|giải|cúp) (?P<metal>vàng|bạc|đồng(?! (?:chí|đội|loạt|bộ|hồ|nghiệp)))|hc(?P<short>[vbđ])(?!\w)|(?<=\d )(?P<any>huy chương)(?! (?:vàng|bạc|đồng)))(?!\w)(?: ?: ?(?P<n2>\d+)(?![\w,]|\.\d))?"
)
_TOTAL = re.compile(
    rf"(?<![\w/.,])(?P<n>{_COUNT})(?: ?/ ?(?P<of>\d+))? (?:lượt )?(?:(?P<who>{_PEOPLE})(?!\w){_GAP} {_WON} |{_WON} )?"
    rf"(?:giải)(?: thưởng)?(?!\w)(?! ?(?:{_GRADE})(?!\w)| ?[123](?!\d)| (?:vàng|bạc|đồng|pháp|quyết|thể|trình|đáp|phóng|tỏa|ngân|trí|thích|mã|bóng|bơi|cờ|điền|việt|cầu))"
)
_TOTAL_AFTER = re.compile(
    r"(?:tổng số giải(?: đạt)?|số giải(?: đạt được)?|đạt giải(?: [^.,;:()\d]{0,30})?) ?[:là]* ?(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d+))?(?: (?P<who>em|học sinh|hs|giáo viên|gv|giải))(?!\w)(?! (?:nhất|nhì|ba|khuyến))"
)
_OUT_OF = re.compile(r"(?:trên tổng số|trên|trong tổng số|/) ?(?P<n>\d{1,4}) giải(?!\w)(?! (?:nhất|nhì|ba))")
_NAMED_ONLY = re.compile(r"(?:đơn vị|trường)[^.;:()]{0,40}?(?:đạt|đoạt) giải(?! (?:nhất|nhì|ba|khuyến))[^.;:()]{0,60}?(?:gồm|là|như)? ?:")
_CHANGE = re.compile(r"(?:tăng|giảm|hơn|nhiều hơn|ít hơn|thêm|vượt)(?: thêm)? ?$")
_SHARE = re.compile(r"^ ?(?:đạt|có|được|:|-)? ?(?P<n>\d{1,3}|" + "|".join(WORDS) + r") ?(?:giải)?$")
_TEAM = re.compile(r"toàn đoàn|đồng đội|giải tập thể|giải đội")
_MANY = re.compile(r"(?<!\w)(?:nhiều|các|những|một số|hàng)(?!\w)")
_SEVERAL = re.compile(r"(?<!\w)(?:các|những) \w+")
_SUBJECT = re.compile(r"(?<!công )(?:đạt|đoạt|giành|dành|nhận|được trao|mang về)(?!\w)")


@dataclass(frozen=True)
class Atom:
    """One mention of a prize: where, its kind and grade, how many and out of how many."""

    start: int
    end: int
    kind: str
    prize: str
    count: int | None
    of: int | None = None
    who: str | None = None
    label: bool = False


def number(printed: str | None) -> int | None:
    """The value of a count in digits or words; None for None."""
    if printed is None:
        return None
    return WORDS.get(printed) or int(printed.replace(".", ""))


def find_atoms(text: str, lowered: str, start: int, end: int) -> list[Atom]:
    """All mentions of prizes and medals in a range, in order and without overlap."""
    atoms: list[Atom] = []
    for match in _PRIZE.finditer(lowered, start, end):
        grade = match["grade"] or match["digit"]
        prize = "khuyen_khich" if grade in _CONSOLATION else _GRADES[grade]
        atoms.append(Atom(match.start(), match.end(), "prize", prize, number(match["winners"] or match["n"] or match["n2"] or match["n3"]), number(match["of"]), match["who"]))
    for match in _MEDAL.finditer(lowered, start, end):
        atoms.append(Atom(match.start(), match.end(), "medal", "giai" if match["any"] else _MEDALS[match["metal"] or match["short"]], number(match["winners"] or match["n"] or match["n2"]), number(match["of"]), match["who"]))
    in_context = bool(atoms) or re.compile(r"(?<!\w)giải(?!\w)").search(lowered, start, end)
    bare = list(_BARE.finditer(lowered, start, end))
    listed = list(_AFTER.finditer(lowered, start, end))
    if len(listed) == 1 and listed[0]["grade2"]:
        listed = []  # one number behind a grade may be anything
    labels = list(_LABEL.finditer(lowered, start, end))
    plain = list(_PLAIN.finditer(lowered, start, end))
    for found, enough in ((bare, in_context), (listed, in_context), (plain, False)):
        if enough or len(found) > 1:
            atoms.extend(_graded(match) for match in found)
    # One label alone counts where it opens its block: ``- Nhì: Tống Hải Phong (THCS Cao Xá)``.
    atoms.extend(replace(_graded(m), label=True) for m in labels if len(labels) > 1 or m.start() == start)
    if (medal := _METAL_LABEL.match(lowered, start, end)) is not None:
        atoms.append(Atom(start, medal.end(), "medal", _MEDALS[medal["metal"]], None, label=True))
    atoms.extend(_graded(match) for match in _TEAM_GRADE.finditer(lowered, start, end))
    metals = list(_BARE_MEDAL.finditer(text, start, end))
    if len(metals) > 1:
        atoms.extend(Atom(m.start(), m.end(), "medal", _MEDALS[m["metal"].lower()], int(m["n"])) for m in metals)
    for pattern in (_TOTAL, _TOTAL_AFTER, _OUT_OF):
        for match in pattern.finditer(lowered, start, end):
            if _CHANGE.search(lowered, max(start, match.start() - 14), match.start()):
                continue
            groups = match.groupdict()
            atoms.append(Atom(match.start(), match.end(), "prize", "giai", number(match["n"]), number(groups.get("of")), groups.get("who")))
    return _apart(atoms)


def _graded(match: re.Match[str]) -> Atom:
    groups = match.groupdict()
    grade = groups["grade"] or groups["grade2"]
    prize = "khuyen_khich" if grade in _CONSOLATION else _GRADES[grade]
    return Atom(match.start(), match.end(), "prize", prize, number(groups.get("n")))


def _apart(atoms: list[Atom]) -> list[Atom]:
    """The atoms in order; of two that overlap the graded one stays, then the longer."""
    kept: list[Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.prize == "giai", a.start - a.end)):
        if not any(atom.start < other.end and other.start < atom.end for other in kept):
            kept.append(atom)
    return sorted(kept, key=lambda a: a.start)


def extract_prizes(context: Context, block: Block) -> Iterator[Award]:
    """The prizes and medals of one block, with their winners, contest and level."""
    lowered = context.document.lower
    covered = block.body
    atoms = find_atoms(context.document.text, lowered, block.body, block.end)
    for index, atom in enumerate(atoms):
        if atom.start < covered or context.is_wish(block, atom.start, atom.end):
            continue
        limit = atoms[index + 1].start if index + 1 < len(atoms) else block.end
        shares, shares_end = _shares(context, block, atom)
        if shares:
            covered = shares_end
            for winner, count in shares:
                yield _award(context, block, atom, winner, count=count)
            continue
        winners = (
            _named_after(context, block, atom, limit)
            or ([] if atom.label else _named_before(context, block, atom))
            or _named_below(context, block, atom)
        )
        if winners:
            for winner in winners:
                yield _award(context, block, atom, winner, count=1 if len(winners) > 1 else atom.count or 1)
        elif atom.label:
            continue
        elif atom.count is not None or _TEAM.search(lowered, *context.document.sentence_at(atom.start)):
            yield _award(context, block, atom, None, count=atom.count)
        elif _SUBJECT.search(lowered, max(block.body, atom.start - 25), atom.start):
            many = _MANY.search(lowered, max(block.body, atom.start - 60), atom.start)
            yield _award(context, block, atom, None, count=None if many else 1)
    yield from _schools_of_winners(context, block)


def _shares(context: Context, block: Block, atom: Atom) -> tuple[list[tuple[Winner, int]], int]:
    """``4 giải nhì (A đạt 3 giải; B đạt 01 giải)``: each winner with its part of the prizes, and where they end."""
    text = context.document.text
    start = atom.end
    while start < block.end and text[start] in " :-":
        start += 1
    if start >= block.end or text[start] != "(" or (end := text.find(")", start, block.end)) < 0:
        return [], atom.end
    shares = []
    for first, last in context.items(start + 1, end):
        winners = context.winners(first, last)
        if len(winners) != 1:
            return [], atom.end
        match = _SHARE.match(context.document.lower[winners[0].end : last].strip(" ."))
        if not match:
            return [], atom.end
        shares.append((winners[0], number(match["n"]) or 1))
    return shares, end


def _named_after(context: Context, block: Block, atom: Atom, limit: int) -> list[Winner]:
    """Winners listed behind a prize: ``Giải nhì: A – trường X và B``, ``giải nhất – C``, ``giải ba (D, E)``."""
    text = context.document.text
    match = re.compile(r"(?: (?:môn \w+(?: \w+)?|cấp \w+|toàn \w+|thuộc về|gồm|là|cho(?: các)?(?: trường| đơn vị| em)?|của))*(?: ?\(\d+\))? ?(?P<sign>[:(]|- |thuộc về|gồm|là|cho|của)?").match(
        text, atom.end, block.end
    )
    labelled = text[atom.end - 2 : atom.end].strip()[-1:] in (":", "-")
    if match is None or not (labelled or match["sign"] or re.search(r"thuộc về|gồm|là|cho|của", match.group(0))):
        return []
    start = match.end()
    end = _list_end(text, start, min(limit, block.end), ")" if match["sign"] == "(" else ".;)")
    winners = context.winners(start, end) or (context.given_names(start, end) if atom.count or atom.label else [])
    several = _SEVERAL.search(context.document.lower, max(block.body, atom.start - 30), atom.start)
    if winners and text[end : end + 1] == ";" and (several or (atom.count and atom.count > len(winners))):
        # A list of several may itself be parted by semicolons.
        longer = context.winners(start, _list_end(text, start, min(limit, block.end), ".)"))
        return longer if several or len(longer) <= (atom.count or 0) else winners
    return winners


def _named_below(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """Winners in the items under a prize: ``Giải Nhất:`` and a numbered list of names."""
    document = context.document
    if not document.text[atom.end : block.end].strip(" :.") == "" or document.text[block.end - 1] != ":":
        return []
    winners: list[Winner] = []
    for other in document.blocks[block.index + 1 :]:
        if other.marker is None:
            break
        found = context.winners(other.body, other.end)[:1]
        if not found or found[0].start > other.body + 12:
            break
        winners.extend(found)
    return winners


def _list_end(text: str, start: int, limit: int, signs: str) -> int:
    """The first closing sign of a list that is not inside its own parentheses."""
    depth = 0
    for position in range(start, limit):
        char = text[position]
        if char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif char in signs and not depth and not (char == "." and text[position - 1 : position].isupper()):
            return position
    return limit


def _named_before(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """The subject of the clause: ``em A trường X đạt …``; schools alone for ``trường X đạt giải Nhì``."""
    document = context.document
    first, _ = document.sentence_at(atom.start)
    first = max(first, document.text.rfind(";", first, atom.start) + 1, document.text.rfind(":", first, atom.start) + 1)
    verbs = list(_SUBJECT.finditer(document.lower, first, atom.start))
    if not verbs:
        return _beside(context, block, atom, first)
    if _TEAM.search(document.lower, verbs[-1].start(), min(block.end, atom.end + 20)):
        return []
    subject_end = verbs[-1].start()
    previous = [other.end for other in find_atoms(document.text, document.lower, first, atom.start)]
    if previous and previous[-1] > subject_end:
        # ``em A đạt 01 HCV và 01 HCB``: the same subject goes on.
        subject_end = next((v.start() for v in reversed(verbs) if v.start() < previous[0]), subject_end)
        previous = [p for p in previous if p <= subject_end]
    if previous:
        first = max(first, previous[-1])
    if _TEAM.search(document.lower, first, subject_end):
        return []
    named: list[Winner] = []
    for start, end in reversed(context.items(first, subject_end)):
        winner = context.winner(start, end)
        if winner is None and named:
            break
        if winner is not None:
            named.insert(0, winner)
    winners = context.merged(named)
    people = [w for w in winners if w.person]
    if people:
        return people
    schools = [w for w in winners if w.school]
    return schools[-1:] if atom.who or schools else []


def _beside(context: Context, block: Block, atom: Atom, first: int) -> list[Winner]:
    """A winner right before a prize without a verb: ``em A, Trường X - giải Nhì``, ``em B huy chương Bạc``."""
    document = context.document
    before = [other.end for other in find_atoms(document.text, document.lower, first, atom.start)]
    start = max([first, *before])
    items = [w for w in (context.winner(a, b) for a, b in context.items(start, atom.start)) if w]
    winners = context.merged(items)
    gap = document.lower[winners[-1].end : atom.start] if winners else ""
    return winners[-1:] if winners and winners[-1].person and len(gap) <= 25 and "(" not in gap.replace("(th", "") else []


def _schools_of_winners(context: Context, block: Block) -> Iterator[Award]:
    """``Các đơn vị có học sinh đạt giải cấp tỉnh gồm: X, Y``: a prize of no said grade for each school."""
    document = context.document
    for match in _NAMED_ONLY.finditer(document.lower, block.body, block.end):
        if context.is_wish(block, match.start(), match.end()):
            continue
        _, stop = document.sentence_at(match.start())
        atom = Atom(match.start(), match.end(), "prize", "giai", None, None, "học sinh" if "học sinh" in match.group(0) else None)
        for winner in context.winners(match.end(), stop):
            if winner.school:
                yield _award(context, block, atom, winner, count=None)


def _award(context: Context, block: Block, atom: Atom, winner: Winner | None, *, count: int | None) -> Award:
    document = context.document
    contest = context.contest(block, atom.start, atom.end)
    clause = max(document.text.rfind(sign, block.start, atom.start) for sign in ".;(") + 1
    stop = next((p for p in range(atom.end, min(block.end, atom.end + 12)) if document.text[p] in ".;,"), min(block.end, atom.end + 12))
    team = _TEAM.search(document.lower, max(clause, block.start), stop)
    passages = [document.evidence(atom.start, atom.end)]
    recipient, kind, school = None, None, None
    if winner:
        passages = [document.evidence(winner.start, winner.end), *passages]
        school = winner.school.name if winner.school else None
        recipient = winner.person or (winner.school_text if not atom.who else None)
        kind = "school" if not winner.person and recipient else None
    elif team:
        recipient, kind = document.value(team.start(), team.end()), "team"
    if winner and winner.person:
        kind = (
            context.person_kind(max(block.start, winner.start - 14), winner.start)
            or (context.person_kind(*contest) if contest else None)
            or context.person_kind(block.start, atom.start)
        )
    if kind is None:
        kind = (
            context.recipient_kind(atom.start, atom.end)
            or (context.recipient_kind(*contest) if contest else None)
            or context.recipient_kind(max(clause, block.start), atom.start)
        )
    entrants = None if team or (winner and not atom.count) else atom.of or context.entrants(block, atom.start)
    return Award(
        report=context.report_id,
        evidence=tuple(passages),
        confidence=0.9 if contest else 0.75,
        kind="medal" if atom.kind == "medal" else "prize",
        prize=atom.prize,
        contest=document.value(*contest) if contest else None,
        level=context.level(block, atom.start, atom.end, contest),  # type: ignore[arg-type]
        count=count if count is not None or not team else 1,
        participants=entrants,
        recipient=recipient,
        recipient_kind=kind,  # type: ignore[arg-type]
        school=school,
        period=context.period,
    )
