"""Bare grades behind the names of those who won: ``Lê Thu Trang, 5A1 – Nhì``, ``Vũ Hà My (Ba, Địa lý)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block, Document
from extractors._shared.names import find_names
from extractors._shared.scan import WholeWords, places_of, words_in
from extractors._shared.subjects import is_subject
from extractors.awards.addressed import addressed
from extractors.awards.atoms import CONSOLATION, GRADES, MEDALS, Atom
from extractors.awards.context import Context

_SCHOOL = r"(?:trường|thpt|thcs|th&thcs|th|tiểu học|mầm non|mn|ptdtnt|trung tâm|tt)"
#: Between a name and its grade: a class, a school, each behind a sign.
_ASIDE = (
    rf"(?:(?: ?[,–-] ?| ?\(| )(?:(?:học sinh |hs )?(?:lớp|khối) ?)?\d{{1,2}}[a-zđ]?[\w./]{{0,5}}\)?"
    rf"|(?: ?[,–-] ?| ?\(){_SCHOOL} [^,;:()–\n]{{2,45}}?\)?){{0,3}}"
)
_GRADE = re.compile(
    rf"{_ASIDE} ?(?:[–:,(]|- ?(?=\w)|(?<= )-) ?(?:đạt )?"
    r"(?P<grade>nhất|nhì|ba|khuyến khích|kk|hcv|hcb|hcđ|vàng|bạc|đồng)"
    r"(?=(?P<rest> ?[,;.)]| ?$| [-–] | (?:môn|bộ môn) | [^\W\d_]+))",
    re.M,
)
_SUBJECT = re.compile(
    r"(?:,| [-–]|:)? (?:môn |bộ môn )?(?P<subject>[^\W\d_]+(?: [^\W\d_]+){0,2}?)(?= ?[,;.)]| ?$)", re.M
)
#: The subject before the grade: ``A (Tiếng Anh - KK)``, ``B, môn Sinh: Nhì``.
_SUBJECT_FIRST = re.compile(
    rf"{_ASIDE} ?(?:[–:,(]|- ?(?=\w)|(?<= )-) ?(?:môn |bộ môn )?(?P<subject>[^\W\d_]+(?: [^\W\d_]+){{0,2}}?) ?[–:,-] ?"
    r"(?:đạt )?(?P<grade>nhất|nhì|ba|khuyến khích|kk|hcv|hcb|hcđ|vàng|bạc|đồng)(?P<rest> ?[,;.)]| ?$)",
    re.M | re.I,
)
#: Behind the name of somebody addressed, with no sign: ``cô A nhất, cô B (Âm nhạc) nhì``.
_SPACED = re.compile(r"(?: ?\([^()\d]{2,40}\))? (?P<grade>nhất|nhì|ba)(?P<rest> ?[,;.]| ?$)", re.M)
_GRADE_AT = WholeWords(words_in("nhất|nhì|ba|khuyến khích|kk|hcv|hcb|hcđ|vàng|bạc|đồng"))
#: Right before the grade of both patterns.
_SIGN_BEFORE = re.compile(r"[–:,(-] {0,2}(?:đạt )?$")
_SIGN_REACH = 7
#: What tells that results are listed.
_RESULT = re.compile(r"(?<!\w)(?:giải|đoạt|đạt|kết quả|thi|hsg|học sinh giỏi|huy chương|olympic)(?!\w)")


def graded_names(context: Context, block: Block) -> Iterator[tuple[Atom, str | None]]:
    """The prizes of a block told by a grade alone behind a name, each with the subject told behind it.

    Only where prizes are spoken of: in the block, in its heads, or where the line beside it is of the same form.
    """
    found = list(_matches(context, block))
    if not found:
        return
    listed = len(found) > 1 or any(atom.kind == "medal" for atom, _ in found) or _in_list(context, block)
    # "A (giải Ba môn Lịch sử) và B – Khuyến khích, Ngữ văn"
    told = any(subject or context.document.text[atom.start - 1] == " " for atom, subject in found)
    listed = listed or (told and bool(context.atoms(block.body, block.end)))
    if listed and _speaks_of_results(context, block):
        yield from found


def _matches(context: Context, block: Block) -> Iterator[tuple[Atom, str | None]]:
    document = context.document
    if not _grades_behind_signs(document, block):
        return  # most blocks: names take longer to find
    for name in find_names(document, block.body, block.end):
        match = _GRADE.match(document.lower, name.end, block.end)
        subject: re.Match[str] | None = None
        if match is None and addressed(document.lower, name.start):
            match = _SPACED.match(document.lower, name.end, block.end)
        if match is None:
            match = subject = _SUBJECT_FIRST.match(document.text, name.end, block.end)
            if subject is None or not is_subject(subject["subject"]):
                continue
        if match is None:
            continue
        if match.re is not _SPACED:
            subject = subject or _SUBJECT.match(document.text, match.end(), block.end)
        named = subject is not None and is_subject(subject["subject"])
        told = document.value(*subject.span("subject")) if subject and named else None
        if match["rest"].strip(" ,;.)-–") and told is None and not match["rest"].startswith((" môn", " bộ môn")):
            continue  # "Nguyễn Văn A, Ba Đình"
        grade = match["grade"].lower()
        medal = MEDALS.get(grade) or MEDALS.get(grade.removeprefix("hc"))
        prize = medal or ("khuyen_khich" if grade in CONSOLATION else GRADES[grade])
        atom = Atom(match.start("grade"), match.end("grade"), "medal" if medal else "prize", prize, 1)
        yield atom, f"môn {told}" if told else None


def _grades_behind_signs(document: Document, block: Block) -> bool:
    """Whether a grade stands right behind a sign, as behind a name."""
    lowered = document.lower
    places = places_of(_GRADE_AT, lowered, block.body, block.end)
    return any(
        _SIGN_BEFORE.search(lowered, max(block.body, at - _SIGN_REACH), at) or _SPACED.match(lowered, at - 1, block.end)
        for at in places
    )


def _in_list(context: Context, block: Block) -> bool:
    """Whether the block beside one tells a graded name too."""
    blocks = context.document.blocks
    beside = [*blocks[max(0, block.index - 1) : block.index], *blocks[block.index + 1 : block.index + 2]]
    return any(
        next(_matches(context, other), None) is not None or _names_winner(context, block, other)
        for other in beside
        if other.kind != "cell"
    )


def _names_winner(context: Context, block: Block, other: Block) -> bool:
    """Whether the item beside one names a person and a prize in full: ``5. Hà Minh A: giải Ba môn Hóa``."""
    if block.marker is None or other.marker is None or block.marker.kind != other.marker.kind:
        return False
    names = find_names(context.document, other.body, min(other.end, other.body + 40))
    return bool(names) and names[0].start == other.body and bool(context.atoms(other.body, other.end))


def _speaks_of_results(context: Context, block: Block) -> bool:
    """Whether a block, its heads or the lines before it speak of prizes or of a contest."""
    document = context.document
    before = document.blocks[max(0, block.index - 8) : block.index + 1]
    heads = (document.head(above) for above in document.ancestors(block))
    return any(_RESULT.search(document.lower, b.start, b.end) for b in before if b.kind != "cell") or any(
        _RESULT.search(document.lower, *head) for head in heads
    )
