"""How many people or bodies got a certificate, where they are told before who gave it, or several kinds of them.

``Đối với 38 học sinh giỏi quốc gia, UBND tỉnh tặng Bằng khen``, ``38 học sinh và 15 giáo viên được … tặng Bằng khen``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Term
from extractors.awards.context import Context
from extractors.awards.holder_counts import NOUNS
from extractors.awards.title_names import entry_of

#: Who is spoken of first, and what they are given behind the comma.
_AS_TO = re.compile(
    r"(?:[^.;:]{0,30}[,:] )?(?:riêng )?(?:đối với|với|cho|dành cho|riêng) (?:các )?"
    rf"(?P<n>\d{{1,4}}) (?P<noun>{NOUNS})(?!\w)"
    r"(?P<more>[^.;:\d]*(?:\d{4}[^.;:\d]{0,3}\d{4}|\d{4})?[^.;:\d]*), [^.;:,]{0,80}?"
    r"(?:tặng|trao|thưởng|cấp|khen)(?: thưởng)? (?:các )?$"
)
#: One more kind of holders before those right before the verb: ``12 tập thể, 15 giáo viên được tặng``.
_COUPLED = re.compile(
    rf"(?<![\w/.,-])(?P<n>\d{{1,4}}) (?P<noun>{NOUNS})(?!\w)"
    r"(?P<more>(?: (?!được|đạt|nhận|tham|có|là|đã|trong)[^\s,;.:()\d]+){0,6})(?:,| và|, và|;) $"
)
_COUNTED = re.compile(rf"\d{{1,4}} (?P<noun>{NOUNS})(?!\w)")
_GROUPS = frozenset(
    {"tổ", "lớp", "trường", "đơn vị", "tập thể", "liên đội", "chi đội", "chi đoàn", "chi bộ", "công đoàn"}
)
_GIVES = ("đối với ", "với ", "cho ", "riêng ")


def rewarded(context: Context, term: Term, clause: int) -> tuple[int, int, int, str] | None:
    """Those of whom a clause says first that they are spoken of, with range, count and noun; None for none."""
    lowered = context.document.lower
    if not any(word in lowered[clause : clause + 60] for word in _GIVES):
        return None
    match = _AS_TO.match(lowered, clause, term.start)
    if match is None:
        return None
    return match.start("n"), match.end("noun"), int(match["n"]), match["noun"]


def describes_rewarded(context: Context, term: Term) -> bool:
    """Whether a title only says who gets the certificate behind it: ``Đối với 38 học sinh giỏi quốc gia, …``."""
    lowered = context.document.lower
    clause = _clause(context, term.start)
    if not any(word in lowered[clause : term.start] for word in _GIVES):
        return False
    terms = context.document.terms("title", term.end, context.document.sentence_at(term.start)[1])
    others = [other for other in terms if "giver" in entry_of(other).attributes]
    for other in others:
        if found := rewarded(context, other, clause):
            return found[0] < term.end and 0 <= lowered.find(",", term.end) < other.start
    return False


def _clause(context: Context, at: int) -> int:
    document = context.document
    first, _ = document.sentence_at(at)
    clause = max(first, document.text.rfind(";", first, at) + 1)
    return clause + len(document.text[clause:at]) - len(document.text[clause:at].lstrip())


def coupled_counts(context: Context, term: Term, clause: int, at: int) -> Iterator[tuple[int, int, int, str]]:
    """The counts of other kinds of holders in a row that ends at a position: range, count and noun, the last first.

    A title that is no certificate is one of people or of bodies: ``45 học sinh và 12 giáo viên đạt GVDG``.
    """
    document = context.document
    given = "giver" in entry_of(term).attributes
    while match := _COUPLED.search(document.lower, max(clause, at - 90), at):
        if context.in_school(match.start("n")) or document.terms("title", match.start(), match.end()):
            return
        if not given and (match["noun"] != "tập thể" or match["more"]):
            return
        behind = _COUNTED.match(document.lower, at)
        if behind and behind["noun"] == match["noun"]:
            return  # ``24 đoàn viên, 12 đoàn viên được tặng``: some of them
        if match["noun"] in _GROUPS and document.text[slice(*match.span("more"))] != match["more"]:
            return  # ``2 tổ Văn và Sử và 14 cá nhân``: they are named
        yield match.start("n"), match.end("more"), int(match["n"]), match["noun"]
        at = match.start("n")
