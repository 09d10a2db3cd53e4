"""Signers of a report against whom its text names in the same post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.audit.findings import sentence
from pipelines.audit.posts import OWN_NAMES, changed_hands, is_dated
from pipelines.audit.terms import appointed_in, since, told_of
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import fold
from schemas import Official

#: Beside a post: it is another body's, or was held at another time.
_OTHER_BODY = re.compile(
    r"(?<!\w)(?:công đoàn|chi đoàn|đoàn trường|đoàn thanh niên|liên đội|phân hiệu|điểm trường|cụm|khối|trường bạn|"
    r"trước đây|đầu tiên|lịch sử|thành lập|khi đó|lúc đó|các đời|nhiều năm)(?!\w)",
    re.I,
)
#: Posts of which a report's own body has one, and how its issuer is called then.
_OWN_POSTS = {
    "hiệu trưởng": ("trường ",), "bí thư": ("chi bộ", "đảng bộ", "đảng ủy"), "trưởng phòng": ("phòng ",),
    "giám đốc": ("sở ", "trung tâm "), "tổng phụ trách": ("liên đội",),
}  # fmt: skip


def signed_by_another(facts: ReportFacts) -> Iterator[tuple[Official, Official]]:
    """Whom a report names in a post of its issuer that another one signs in, with that signer; each by the passage
    that has the post.
    """
    issuer = fold(facts.report.issuer or "")
    for signer in facts.officials:
        post = fold(signer.role)
        if signer.activity != "signed" or not issuer.startswith(_OWN_POSTS.get(post, ("-",))) or not signer.evidence:
            continue
        for other in facts.officials:
            if other.activity == "signed" or fold(other.role) != post or fold(other.person) == fold(signer.person):
                continue
            if not other.evidence or not _is_own(other, signer, issuer) or _is_of_another(facts, other, post):
                continue
            handed_over = changed_hands(facts, other) or changed_hands(facts, signer) or is_dated(facts, other)
            if not handed_over or _held_then(facts, signer, other) or _has_followed(facts, other):
                yield _at_post(other), _at_post(signer)


def _held_then(facts: ReportFacts, signer: Official, other: Official) -> bool:
    """Whether another one acts in a post after the month in which the signer is said to have been given it."""
    since = [month for passage in signer.evidence if (month := appointed_in(facts, passage))]
    then = [month for passage in other.evidence if (month := told_of(facts, passage))]
    return len(since) == 1 and bool(then) and min(then) > since[0] and not changed_hands(facts, other)


def _has_followed(facts: ReportFacts, other: Official) -> bool:
    """Whether another one has held a post since a month before that of the report, which is of its moment."""
    months = {month for passage in other.evidence if (month := since(facts, passage, other.person))}
    return len(months) == 1 and months.pop() < (facts.report.date or "")[: len("2020-01")]


def _is_of_another(facts: ReportFacts, official: Official, post: str) -> bool:
    said = " ".join(sentence(facts, passage) for passage in official.evidence)
    return post != "tổng phụ trách" and _OTHER_BODY.search(said) is not None


def _is_own(official: Official, signer: Official, issuer: str) -> bool:
    """Whether a post is the issuer's by its name or by the lack of one."""
    name = fold(official.organization or "")
    return not name or name in OWN_NAMES or name in issuer or name == fold(signer.organization or "")


def _at_post(official: Official) -> Official:
    """The official with the passage first that has the post and the whole name."""
    wanted = (fold(official.person), fold(official.role))
    passages = official.evidence[::-1] if official.activity == "signed" else official.evidence
    ordered = sorted(passages, key=lambda passage: -sum(word in fold(passage.quote) for word in wanted))
    return official.model_copy(update={"evidence": tuple(ordered)})
