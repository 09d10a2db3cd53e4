"""The award that one mention of a prize makes: its contest, level, entrants and who got it."""

from __future__ import annotations

import re

from extractors._shared.document import Block
from extractors.awards.atoms import Atom
from extractors.awards.context import CLASS, Context
from extractors.awards.entrants import entrants_beside
from extractors.awards.givers import certified
from extractors.awards.list_schools import school_of_list
from extractors.awards.named_prizes import prize_named
from extractors.awards.rank_holders import event_before
from extractors.awards.school_beside import TEAM
from extractors.awards.subjects import delegation, own_school, school_of, squad
from extractors.awards.winner import Winner
from schemas.records import Award


def prize_award(context: Context, block: Block, atom: Atom, winner: Winner | None, *, count: int | None) -> Award:
    """The award of a prize that one winner, or nobody by name, got so many times."""
    document = context.document
    # ``24 học sinh thi Olympic Toán quốc tế đều đạt giải`` names it in its midst
    contest = context.named_contest(atom.start, atom.end) or prize_named(document, atom.start, atom.end)
    contest = contest or context.contest(block, atom.start, atom.end)
    clause = max(document.text.rfind(sign, block.start, atom.start) for sign in ".;(") + 1
    stop = next(
        (p for p in range(atom.end, min(block.end, atom.end + 12)) if document.text[p] in ".;,"),
        min(block.end, atom.end + 12),
    )
    others = [
        o for o in context.atoms(block.body, block.end) if o.end <= atom.start
    ]  # ``đoạt giải nhất toàn đoàn khi giành 45 giải``: that of another
    teams = TEAM.finditer(document.lower, max(clause, block.start), stop)
    team = next((m for m in teams if not any(o.start <= m.start() <= o.end + 1 for o in others)), None)
    subject = delegation(context, atom.start) or squad(context, block, atom.start)
    if subject and atom.count and (atom.who or all(one.count for one in context.atoms(subject.end(), atom.start))):
        subject = delegation(context, atom.start)  # "đội tuyển đạt 9 giải": those who are in it won them
    if subject is None and document.lower.startswith(("hạng", "đồng hạng"), atom.start):
        subject = event_before(context, block.body, atom.start)
    passages = [document.evidence(atom.start, atom.end)]
    recipient, kind, school = None, None, None
    if winner:
        passages = [document.evidence(winner.start, winner.end), *passages]
        school = winner.school.name if winner.school else None
        recipient = winner.person or winner.unit or (winner.school_text if not atom.who else None)
        kind = (
            "team"
            if winner.unit or (team and recipient and not winner.person)
            else "school"
            if not winner.person and recipient
            else None
        )
    elif team or subject:
        named = subject or team
        # "4 giải khuyến khích toàn đoàn cho các trường": a kind of prize, nobody's team
        all_alike = subject is None and (atom.count or 0) > 1 and document.lower.startswith(" toàn đoàn", atom.end)
        recipient = document.value(named.start(), named.end()) if named and not all_alike else None
        kind = "team"
        school = school_of(context, named) if named else None
    elif atom.who not in SEVERAL and (home := own_school(context, atom.start)) is not None:
        school = home.name
    elif len(homes := {home.name for _, _, home in context.schools_in(atom.start, atom.end)}) == 1:
        school = homes.pop()  # ``01 học sinh trường A đạt giải Ba``
    if winner and winner.person:
        kind = (
            context.person_kind(max(block.start, winner.start - 14), winner.start)
            or (context.person_kind(*contest) if contest else None)
            or context.person_kind(block.start, atom.start)
            or next((k for head in document.ancestors(block) if (k := context.person_kind(*document.head(head)))), None)
        )
        first = max(document.sentence_at(winner.start)[0], block.body)
        if school is None and (home := school_of_list(context, first, winner.start)) is not None:
            school = home.name
    elif kind is None:
        kind = (
            context.recipient_kind(atom.start, atom.end)
            or (context.recipient_kind(*contest) if contest else None)
            or context.recipient_kind(max(clause, block.start), atom.start)
        )
    level = context.city_level if atom.level == "thanh_pho" else atom.level
    level = level or context.level(block, atom.start, atom.end, contest, certified(context, block))
    if level is None and winner and winner.unit and _compete_at_school(context, winner.unit):
        level = "truong"
    # a school's place or share of the prizes is not out of all the people who took part
    people = atom.kind == "prize" and not (winner and not winner.person)
    shared = team or (winner and winner.school and not winner.person and (atom.prize == "giai" or not atom.count))
    entrants = atom.of or (
        entrants_beside(document, block, atom.start)
        if shared
        else context.entrants(block, atom.start, contest, people=people)
    )
    entrants = entrants if entrants and entrants >= (atom.count or 1) else None
    return Award(
        report=context.report_id,
        evidence=tuple(passages),
        confidence=0.9 if contest else 0.75,
        kind="medal" if atom.kind == "medal" else "prize",
        prize=atom.prize,
        contest=document.value(*contest) if contest else None,
        level=level,  # type: ignore[arg-type]
        count=count if count is not None or not team else 1,
        participants=entrants,
        recipient=recipient,
        recipient_kind=kind,  # type: ignore[arg-type]
        school=school,
        period=context.period,
    )


#: Those counted are several bodies, not people of one: ``2 trường đạt giải Ba``.
SEVERAL = ("trường", "đơn vị", "tập thể")
#: Groups that compete within their school: ``lớp Lá 1``, ``tổ Văn - Sử``.
_OF_SCHOOL = re.compile(r"(?:tập thể )?(?:lớp|chi đội|nhóm lớp|tổ(?! dân| \d+,? (?:phường|thị)))(?!\w)", re.I)


def _compete_at_school(context: Context, unit: str) -> bool:
    """Whether a group is a class by its code, or in a report of a school any class or group of teachers."""
    return CLASS.search(unit) is not None or (context.of_school and _OF_SCHOOL.match(unit) is not None)
