"""Minutes: who chaired and who wrote them by their head, and who signed them so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.facts import ReportFacts
from pipelines.reconcile.names import fold
from schemas import Evidence

_NAME = r"[^\W\d_a-z]\w+(?: [^\W\d_a-z]\w*){1,4}"
_POSTS = {"chủ trì": "Chủ trì", "chủ tọa": "Chủ tọa", "chủ toạ": "Chủ tọa", "thư ký": "Thư ký"}
_OF_MEETING = r"(?: (?:cuộc họp|buổi họp|hội nghị|phiên họp|đại hội|kỳ họp|hội đồng))?"
#: At the head of a line, or of a sentence behind another one: ``Chủ trì: ông A, Hiệu trưởng. Thư ký: bà B.``
_HEAD = re.compile(
    r"(?:^[ \t]*(?:[-+•*]|\d+(?:[.)]\d+)*[.)]?)?|[.;])[ \t]*(?P<post>chủ trì|chủ tọa|chủ toạ|thư ký)"
    rf"{_OF_MEETING}[ \t]*:(?P<who>[^\n]+?)(?=$|[.;][ \t]*(?:chủ trì|chủ tọa|chủ toạ|thư ký)(?!\w))",
    re.I | re.M,
)
_POST = r"(?:CHỦ TRÌ|CHỦ TỌA|CHỦ TOẠ|THƯ KÝ|Chủ trì|Chủ tọa|Chủ toạ|Thư ký)"
_FOOT = re.compile(
    rf"^[ \t]*(?P<post>CHỦ TRÌ|CHỦ TỌA|CHỦ TOẠ|THƯ KÝ|Chủ trì|Chủ tọa|Chủ toạ|Thư ký)[ \t]*\n"
    rf"(?:[ \t]*(?:\([^\n]*\)|[^\W\d_a-zà-ỹ][^\n:a-zà-ỹ]*)?[ \t]*\n){{0,3}}?[ \t]*(?P<name>{_NAME})[ \t]*$",
    re.M,
)
#: Both who sign side by side, in two columns of one line each.
_FEET = re.compile(
    rf"^[ \t]*(?P<post>{_POST})(?i:{_OF_MEETING})[ \t]{{3,}}(?P<other>{_POST})(?i:{_OF_MEETING})[ \t]*\n"
    rf"(?:[ \t]*(?:\([^\n]*)?[ \t]*\n){{0,4}}?[ \t]*(?P<name>{_NAME})[ \t]{{3,}}(?P<beside>{_NAME})[ \t]*$",
    re.M,
)
_PERSON = re.compile(_NAME)


def signed_apart(facts: ReportFacts) -> Iterator[tuple[str, str, Evidence, str, Evidence]]:
    """Each post of minutes with whom their head names in it and who signs in it, where these are not the same.

    Only where both name somebody and each stands once.
    """
    if not fold(facts.report.title or "").startswith("biên bản"):
        return
    text = facts.layer.text
    heads = {fold(match["post"]): match for match in reversed(list(_HEAD.finditer(text)))}
    feet: dict[str, list[tuple[int, int]]] = {}
    for match in _FOOT.finditer(text):
        feet.setdefault(fold(match["post"]), []).append(match.span("name"))
    for match in _FEET.finditer(text):
        for post, name in (("post", "name"), ("other", "beside")):
            feet.setdefault(fold(match[post]), []).append(match.span(name))
    for post, head in heads.items():
        named = [fold(name) for name in _PERSON.findall(head["who"])]
        signed = feet.get(post, [])
        if not named or len(signed) != 1 or signed[0][0] < head.end():
            continue
        signer = text[slice(*signed[0])]
        name = fold(signer)
        if all(name not in one and one not in name for one in named):
            first = _PERSON.search(head["who"])
            assert first is not None
            above = facts.layer.evidence(head.start("post"), head.start("who") + first.end())
            yield _POSTS[post], first.group(), above, signer, facts.layer.evidence(*signed[0])
