"""Two people in the one post of a small group: two heads of one team in its roster, two chairs of one committee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from extractors.relations.wording import says
from pipelines.audit.findings import sentence
from pipelines.audit.posts import is_dated, is_minutes
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import fold
from schemas import Evidence, Official

#: Posts of which a group has one, with how such a group is called.
_GROUPS = {
    "tổ trưởng": "tổ", "nhóm trưởng": "nhóm", "trưởng ban": "ban", "trưởng nhóm": "nhóm", "đội trưởng": "đội",
    "trưởng đoàn": "đoàn", "chi hội trưởng": "chi hội", "trưởng tiểu ban": "tiểu ban",
}  # fmt: skip
#: In a title: the text is about one team. Several have an ``and`` or a word for many between them.
_TEAM = re.compile(r"(?<!\w)tổ (?!chức|chuyên môn$|trưởng)(?!.*(?<!\w)(?:các tổ|tổ (?!chức).* tổ (?!chức))(?!\w))")
_SEVERAL = re.compile(
    r"(?<!\w)(?:các|những|mỗi|từng|hai|ba|\d+) (?:tổ|ban|nhóm|đội|đoàn|lớp|chi hội|khối|trường)(?!\w)"
)
#: Before a list of members: whose they are.
_LED = 120


def headed_twice(facts: ReportFacts) -> Iterator[tuple[Official, Official]]:
    """Pairs of people who have the one post of a team that a text is about, or of a committee that a line lists."""
    heads = [official for official in facts.officials if _is_head(official)]
    for first, second in combinations(heads, 2):
        if fold(first.role) != fold(second.role) or fold(first.person) == fold(second.person):
            continue
        if not (_of_one_line(facts, first, second) or _of_one_team(facts, first, second)):
            continue
        if not any(is_dated(facts, one) or _is_past(facts, one) for one in (first, second)):
            yield first, second
            return


def _is_head(official: Official) -> bool:
    return not official.organization and bool(official.evidence) and fold(official.post) in _GROUPS


def _is_past(facts: ReportFacts, official: Official) -> bool:
    return any(says("handover", sentence(facts, passage)) for passage in official.evidence)


def _of_one_team(facts: ReportFacts, first: Official, second: Official) -> bool:
    """Whether the title of a text names one team of teachers, and each is in a line that is a part of its roster."""
    title = fold(facts.report.title or "")
    if fold(first.post) != "tổ trưởng" or _TEAM.search(title) is None or _SEVERAL.search(title):
        return False
    return not any(_names_team(_line(facts, official)) for official in (first, second))


def _names_team(line: str) -> bool:
    """Whether a line begins with a team of its own: ``Tổ Văn: cô Lò Thị Mai (tổ trưởng)``."""
    return re.match(r"[-+*•\d.) ]*(?:tổ|công đoàn|khối|chi đoàn|đoàn) (?!trưởng|phó)", line) is not None


def _of_one_line(facts: ReportFacts, first: Official, second: Official) -> bool:
    """Whether one sentence, which begins with the name of one group, names both."""
    places = [official.evidence[0].start for official in (first, second)]
    text = facts.layer.text
    start = text.rfind("\n", 0, min(places)) + 1
    if "\n" in text[start : max(places)] or re.search(r"[.;!?] (?=[^\W\d_])", text[min(places) : max(places)]):
        return False
    led = fold(text[max(start, min(places) - _LED) : min(places)])
    group = _GROUPS[fold(first.post)]
    if _SEVERAL.search(led) or len(re.findall(rf"(?<!\w){group} (?!trưởng|phó)", led)) != 1:
        return False
    between = fold(text[min(places) : max(places)])
    return re.search(rf"(?<!\w){group} (?!trưởng|phó)", between) is None and ":" in led


def _line(facts: ReportFacts, official: Official) -> str:
    text, at = facts.layer.text, official.evidence[0].start
    end = text.find("\n", at)
    return fold(text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)])


#: Who is told to hold a post as before; words that tell of a new one.
_AGAIN = re.compile(r"(?<!\w)(?:tái cử|tái đắc cử|tái nhiệm|tiếp tục (?:được bầu )?(?:giữ|làm))(?!\w)", re.I)
_NEW = re.compile(r"(?<!\w)(?:khóa mới|nhiệm kỳ mới|tân|mới đắc cử|vừa (?:được bầu|trúng cử)|nguyên)(?!\w)", re.I)
_CLAUSE = re.compile(r"[,;.](?=\s)")
_SECRETARY, _CELL = "bí thư", ("", "chi bộ", "đảng bộ")


def elected_again(facts: ReportFacts) -> Iterator[tuple[Official, Official]]:
    """Who is elected again as the secretary of the cell that a text is about, with another one who acts as it there."""
    if not re.search(r"(?<!\w)(?:chi bộ|đảng bộ)(?!\w)", fold(facts.report.title or "")):
        return
    heads = [o for o in facts.officials if fold(o.role) == _SECRETARY and fold(o.organization or "") in _CELL]
    again = [official for official in heads if _is_again(facts, official)]
    for official in again[:1]:
        for other in heads:
            told = [passage for passage in other.evidence if _SECRETARY in fold(passage.quote)]
            said = " ".join(sentence(facts, passage) for passage in told)
            acts = other.activity in ("spoke", "presented", "chaired", "signed")
            if acts and fold(other.person) != fold(official.person) and not _NEW.search(said):
                yield official, other
                return


def _is_again(facts: ReportFacts, official: Official) -> bool:
    """Whether the clause behind somebody's name says that he or she goes on in the post."""
    text = facts.layer.text
    for passage in official.evidence:
        line = text.find("\n", passage.start)
        stop = _CLAUSE.search(text, passage.start, line if line >= 0 else len(text))
        clause = text[passage.start : stop.start() if stop else passage.end]
        if _AGAIN.search(clause) and fold(official.role) in fold(clause):
            return True
    return False


_ELECTS = re.compile(r"(?<!\w)(?:bầu|tín nhiệm|đắc cử|trúng cử)(?!\w)", re.I)
_AS = r",? (?:được bầu |được )?(?:làm|giữ chức vụ|giữ chức|giữ|đảm nhận)(?: chức(?: vụ)?)? "
_FORMER = re.compile(r"(?<!\w)(?:nguyên|cũ|khóa trước|nhiệm kỳ trước|mãn nhiệm|tiền nhiệm)(?!\w)", re.I)


def elected_otherwise(facts: ReportFacts) -> Iterator[tuple[Official, Official]]:
    """Who was elected as the head of a body, with the one elected as its deputy who is called its head later on."""
    elected = {
        (fold(o.person), fold(o.role)): passage
        for o in facts.officials
        for passage in o.evidence
        if _is_elected(facts, o, passage)
    }
    for head in facts.officials:
        at = elected.get((fold(head.person), fold(head.role)))
        for other in facts.officials if at is not None else ():
            deputy = elected.get((fold(other.person), f"phó {fold(head.role)}"))
            if (
                deputy is not None
                and at is not None
                and other is not head
                and _is_called(facts, other, head.role, deputy)
            ):
                yield head, other
                return
            if deputy is None or fold(other.role) != fold(head.role) or fold(other.person) == fold(head.person):
                continue
            told = [p for p in other.evidence if fold(head.role) in fold(p.quote) and p.start > deputy.end]
            told = [p for p in told if f"phó {fold(head.role)}" not in fold(p.quote)]
            if at is not None and told and not any(_FORMER.search(sentence(facts, passage)) for passage in told):
                yield head, other
                return


def _is_called(facts: ReportFacts, other: Official, role: str, elected: Evidence) -> bool:
    """Whether a text calls somebody by a head's post behind the place of the election: ``thầy A, tân Chủ tịch Hội``."""
    behind = fold(facts.layer.text[elected.end :])
    person, post = re.escape(fold(other.person)), re.escape(fold(role))
    behind_name = rf"{person}(?:,| -| –)? (?:tân )?{post}(?!\w)"
    before_name = rf"(?<!phó )(?<!\w)(?:tân )?{post}(?: [^\W\d_]+){{0,3}} {person}(?!\w)"
    called = [match.group() for form in (behind_name, before_name) for match in re.finditer(form, behind)]
    return any(not _FORMER.search(said) for said in called)


def _is_elected(facts: ReportFacts, official: Official, passage: Evidence) -> bool:
    """Whether a sentence says that somebody was elected to a post: ``bầu đồng chí A làm Chủ tịch``."""
    said = sentence(facts, passage)
    given = re.search(rf"{re.escape(fold(official.person))}{_AS}{re.escape(fold(official.role))}(?!\w)", fold(said))
    return given is not None and _ELECTS.search(said) is not None


def chaired_by_other(facts: ReportFacts) -> Iterator[tuple[Official, Official]]:
    """In minutes of one school: two people who take part as its head, with nothing that says of which other school."""
    if not is_minutes(facts) or _JOINT.search(fold(facts.report.title or "")):
        return
    heads = [o for o in facts.officials if fold(o.post) in _HEAD and o.activity in _PRESENT and o.evidence]
    for first, second in combinations(heads, 2):
        if fold(first.person) == fold(second.person) or any(_is_past(facts, one) for one in (first, second)):
            continue
        if not any(_names_school(_line(facts, one)) for one in (first, second)):
            yield first, second
            return


_HEAD = ("hiệu trưởng", "hiệu trưởng nhà trường")
_PRESENT = ("chaired", "presented", "spoke", "attended", "signed")
#: Meetings of several schools.
_JOINT = re.compile(r"(?<!\w)(?:cụm|khối thi đua|phòng gd|phòng giáo dục|ubnd|liên trường|giao ban|các trường)(?!\w)")


def _names_school(line: str) -> bool:
    return re.search(r"trường (?:mầm non|mẫu giáo|tiểu học|th|thcs|thpt|trung học|mn|ptdt)(?!\w)", line) is not None
