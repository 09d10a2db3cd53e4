"""One document cited for two different subjects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from extractors.relations.known_documents import done_by, fits, is_known
from extractors.relations.wording import without
from pipelines.audit.documents import Cited, Document, cited_documents, cited_items, subject_alone, told
from pipelines.audit.findings import fingerprint, normal, operand, whose
from pipelines.audit.view import View
from pipelines.facts import ReportFacts
from pipelines.reconcile.documents import parse_number
from pipelines.reconcile.names import document_type, expand
from schemas import Evidence, Finding

# Below it a subject says too little to be told from another one.
_MIN_WORDS = 2
_MIN_BOTH = 6
# Two wordings of one subject share more of their words.
_MOST_SHARED = 0.25
_MOST_RUNNING_ON = 0.3
_MIN_HEAD = 5
#: Behind a subject: the sentence goes on with what became of the document, or ends.
_GOES_ON = re.compile(r"\s*(?:$|[,;:.(])|\s+(?:được|đã|do|là|nên|và|vào|tại|ở|cho|từ|để|như|có|vẫn|chưa|không)(?!\w)")
#: No subject has these words: they are what somebody says of the document.
_SPOKEN = re.compile(r"(?<!\w)(?:thì|mà|lắm|rất|vậy)(?!\w)")
_YEAR = re.compile(r"\d{2,4}")
# A subject that only names the document to be carried out says nothing of its own.
_NUMBER = re.compile(r"\d[/-]\w*[A-ZĐ]|\d/\d{4}/")


@dataclass(frozen=True)
class About:
    """What one passage says a document is about, and the telling words of that."""

    cited: Cited
    subject: str
    passage: Evidence

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the subject without those that any document may have, and without years."""
        return _telling(self.subject)

    @property
    def length(self) -> int:
        """How many of them there are, years too."""
        return len(without("subject_common", normal(expand(self.subject))).split())

    @cached_property
    def head(self) -> frozenset[str]:
        """The same up to the first comma: a subject may run on into what was done about it."""
        return _telling(self.subject.partition(",")[0])


def _telling(said: str) -> frozenset[str]:
    words = without("subject_common", normal(expand(said))).split()
    return frozenset(word for word in words if not _YEAR.fullmatch(word))


def check_citation_subject(facts: ReportFacts) -> list[Finding]:
    """Cùng một văn bản (cùng loại, số, cơ quan, ngày) được viện dẫn cho hai nội dung khác hẳn nhau.

    Trích yếu rút gọn hoặc diễn đạt khác vẫn được coi là một; chỉ báo khi hai trích yếu hầu như không có từ chung nào,
    sau khi bỏ các từ văn bản nào cũng có (tăng cường, nâng cao, thực hiện, giáo dục …).

    One document (of one type, number, issuer and date) is cited for two different subjects. A shortened or reworded
    subject is the same; the finding needs two that share hardly any telling word.

    Severity: warning. Tolerance: one word in four may be shared.
    """
    found = []
    for document in cited_documents(facts):
        said = [one for item in document.cited for one in _about(item)]
        apart = _differ(document.id, document.name, said, whose(facts))
        found += apart or _against_known(document, said, whose(facts))
    return found


def _against_known(document: Document, said: Sequence[About], identity: str) -> list[Finding]:
    """A well-known document with a subject that is not its own, and one that is or that tells what is done by it."""
    number, named = (
        parse_number(document.cited[0].citation.number or ""),
        document_type(document.cited[0].citation.doc_type),
    )
    known = f"{named.id}_{number.serial}_{number.year}" if named is not None else ""
    if not is_known(known):
        return []
    done = [
        About(item, what, passage)
        for item in document.cited
        for passage in item.citation.evidence
        if (what := done_by(item.facts.layer.text, passage.start)) is not None
    ]
    wrong = [one for one in said if len(one.words) >= _MIN_WORDS and not fits(known, one.subject)]
    right = [one for one in (*said, *done) if fits(known, one.subject)]
    if not wrong or not right:
        return []
    return [_finding(document.id, document.name, right[0], wrong[0], identity)]


def items_citation_subject(view: View) -> Iterator[tuple[str, About]]:
    """The subjects that a report prints, by document, where the document is known without doubt."""
    for home, item in cited_items(view):
        if _is_known(item):
            for said in _about(item):
                yield home, said


def alike_citation_subject(item: About) -> frozenset[str]:
    """Passages with the same telling words say the same."""
    return item.words


def across_citation_subject(key: str, items: Sequence[About]) -> list[Finding]:
    """Hai báo cáo viện dẫn cùng một văn bản cho hai nội dung khác hẳn nhau.

    Two reports cite one document for two different subjects.
    """
    citation = items[0].cited.citation
    found = _differ(key, f"{citation.doc_type} {citation.number}", items, None)
    return [finding for finding in found if len({passage.report for passage in finding.operands}) > 1]


def _about(item: Cited) -> Iterator[About]:
    for said, passage in told(item, "subject"):
        subject = subject_alone(said)
        about = About(item, subject, passage)
        titled = not (_NUMBER.search(subject) or _SPOKEN.search(subject.casefold()))
        if about.length >= _MIN_WORDS and titled:
            yield about


def _go_on_alike(one: About, other: About) -> bool:
    """Whether two passages begin with one subject, behind which a sentence goes on in one or both of them."""
    said = [item.subject.casefold() for item in (one, other)]
    shared = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(*said, strict=False)))
    ends = [_GOES_ON.match(item, len(shared)) or _GOES_ON.match(item, len(shared.rstrip())) for item in said]
    return all(ends) and len(shared.split()) >= _MIN_HEAD


def _is_known(item: Cited) -> bool:
    """Whether a number means one document over the years: its day is given, or the year stands in it."""
    number = parse_number(item.citation.number or "")
    return item.day is not None or number.year is not None


def _differ(key: str, name: str, said: Sequence[About], identity: str | None) -> list[Finding]:
    # A document of the centre is cited by thousands, in a few wordings.
    wordings = list({one.words: one for one in reversed(said)}.values())[::-1]
    for index, first in enumerate(wordings):
        for second in wordings[index + 1 :]:
            if _close(first, second) or any(_close(first, other) and _close(second, other) for other in wordings):
                continue
            return [_finding(key, name, first, second, identity)]
    return []


def _finding(key: str, name: str, first: About, second: About, identity: str | None) -> Finding:
    a, b = first.subject, second.subject
    return Finding(
        rule="citation_subject",
        severity="warning",
        finding_class="contradiction",
        scope="report" if identity is not None else "corpus",
        message=f"{name} được viện dẫn cho hai nội dung khác nhau: “{a}” và “{b}”. Có thể một số văn bản ghi sai.",
        message_en=f"{name} is cited for two different subjects: “{a}” and “{b}”. One number may be wrong.",
        operands=(operand(first.cited.facts, first.passage, a), operand(second.cited.facts, second.passage, b)),
        stated=b,
        expected=None,
        fingerprint=fingerprint("citation_subject", identity or "", key, *sorted((a, b))),
    )


def _is_local(item: Cited) -> bool:
    """Whether a document is of an office of some place, by its number."""
    body = parse_number(item.citation.number or "").body
    return body is None or body.level != "central"


def _syllables(item: About) -> frozenset[str]:
    """All words of a subject, those too that any document may have."""
    return frozenset(normal(expand(item.subject)).split()) - _OF_ANY


#: What the shortest subjects share though they are two.
_OF_ANY = frozenset(("về", "việc", "và", "của", "công", "tác", "các", "trong", "cho", "trên", "tại", "năm", "học"))


def _close(one: About, other: About) -> bool:
    """Whether two subjects may be one, or say too little to tell."""
    if not one.words or not other.words or _go_on_alike(one, other):
        return True
    if one.length + other.length < _MIN_BOTH:
        # A plan of one office is called as it is titled, a law in many ways.
        local = all(_is_local(item.cited) and len(item.words) >= _MIN_WORDS for item in (one, other))
        return not local or bool(_syllables(one) & _syllables(other))
    shorter = min(one.length, other.length)
    if len(one.words & other.words) <= _MOST_SHARED * shorter:
        return False
    # Where a subject runs on, only its head is the document's for sure.
    heads = min(len(one.head), len(other.head))
    apart = heads >= _MIN_HEAD and len(one.head & other.head) <= _MOST_SHARED * heads
    return not apart or len(one.words & other.words) > _MOST_RUNNING_ON * shorter
