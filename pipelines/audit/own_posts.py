"""Posts of which a school has one, named for two people in its own paper without a word of a handover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from pipelines.audit.findings import sentence
from pipelines.audit.posts import changed_hands, is_dated
from pipelines.facts import ReportFacts
from pipelines.reconcile.names import expand, fold
from schemas import Evidence, Official

#: The posts, by how a school's papers call them; what goes on behind tells one of several.
_OWN = r"(?: (?:của )?(?:nhà trường|trường|cơ sở|đơn vị))?"
_POSTS = {
    "hiệu trưởng": re.compile(rf"hiệu trưởng{_OWN}"),
    "bí thư chi bộ": re.compile(rf"bí thư chi bộ{_OWN}"),
    "chủ tịch công đoàn": re.compile(rf"chủ tịch (?:bch |ban chấp hành )?công đoàn{_OWN}"),
    "chủ tịch hội đồng trường": re.compile(r"chủ tịch hội đồng trường"),
    "bí thư đoàn trường": re.compile(
        r"bí thư (?:bch |ban chấp hành )?đoàn (?:trường|thanh niên)(?: nhà trường| trường)?"
    ),
    "tổng phụ trách": re.compile(rf"(?:giáo viên )?tổng phụ trách(?: đội| liên đội| đội tntp| đội thiếu niên)?{_OWN}"),
    "trưởng ban đại diện": re.compile(
        rf"(?:trưởng ban đại diện|hội trưởng(?: hội)?|trưởng hội)(?: hội)? (?:cha mẹ học sinh|cmhs|phụ huynh"
        rf"(?: học sinh)?){_OWN}"
    ),
    "trưởng ban thanh tra": re.compile(rf"trưởng ban thanh tra nhân dân{_OWN}"),
}  # fmt: skip
#: A post goes on with whose it is: ``lớp 5A``, ``điểm trường số 2``, ``chi bộ 2``.
_OF_SOME = re.compile(r"\s*(?:số )?(?:\d|[ivx]+(?!\w)|lớp|khối|tổ|điểm|cơ sở \d|phân hiệu|bộ phận|các|trường bạn)")
#: Beside a name: it is of another body or time.
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:nguyên|cũ|mới|tân|thay|thôi|nghỉ hưu|chuyển|luân chuyển|điều động|bổ nhiệm|kiện toàn|kế nhiệm"
    r"|tiền nhiệm|"
    r"trước đây|khi đó|lúc đó|nhiệm kỳ trước|khóa trước|đầu tiên|các đời|thời kỳ|giai đoạn|từ năm|từ ngày|từ tháng|"
    r"đến khi|trường bạn|kết nghĩa|cụm|liên trường|giao lưu|phó|quyền|dự kiến|giới thiệu|quy hoạch|bí danh|tức|"
    r"(?:trường )?(?:thcs|thpt|tiểu học|mầm non|mẫu giáo|th) (?!(?:và|&)))(?!\w)"
)
_TWO = 2


def held_by_two(facts: ReportFacts) -> Iterator[tuple[Official, Official]]:
    """Pairs of people of whom a school's own paper says the same post; none where it names more than two, or tells of
    another body or time beside either.
    """
    if not fold(facts.report.issuer or "").startswith("trường"):
        return
    holders: dict[str, list[Official]] = {}
    for official in facts.officials:
        post = _post(facts, official)
        if post is not None and official.activity != "signed":
            holders.setdefault(post, []).append(official)
    for known in holders.values():
        people = {fold(official.person): official for official in reversed(known)}
        for first, second in combinations(list(people.values())[::-1], 2):
            if len(people) == _TWO and not any(_is_elsewhere(facts, one) for one in (first, second)):
                yield first, second


def _post(facts: ReportFacts, official: Official) -> str | None:
    """The post of a school that an official is said to have; None for another one, or one of several."""
    said = fold(expand(official.post))
    name = next((name for name, form in _POSTS.items() if form.fullmatch(said)), None)
    told = _told(official)
    if name is None or not told or any(_OF_SOME.match(fold(_behind(facts, passage))) for passage in told):
        return None
    return name


def _told(official: Official) -> list[Evidence]:
    """The passages that have the post."""
    return [passage for passage in official.evidence if fold(official.role) in fold(passage.quote)]


def _behind(facts: ReportFacts, passage: Evidence) -> str:
    return facts.layer.text[passage.end : passage.end + 20]


def _is_elsewhere(facts: ReportFacts, official: Official) -> bool:
    """Whether an official may be of another body or time."""
    own = fold(expand(facts.report.issuer or ""))
    said = [fold(expand(sentence(facts, passage))).replace(own, " ") for passage in _told(official)]
    return (
        changed_hands(facts, official)
        or is_dated(facts, official)
        or any(_ELSEWHERE.search(one.replace(fold(official.person), " ")) for one in said)
    )
