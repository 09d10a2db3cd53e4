"""The places and bodies of places that won: ``huyện Tân Lễ``, ``Phòng GD&ĐT TP Yên Khê``, a province by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.document import Block
from extractors._shared.names import find_names
from extractors._shared.places import fold, gazetteer
from extractors._shared.view import CAPITAL
from extractors.awards.atoms import Atom
from extractors.awards.context import CLASS, Context
from extractors.awards.school_beside import PLACE
from extractors.awards.winner import Winner

#: The body of a place by its name: ``huyện Tân Lễ``, ``Phòng GD&ĐT TP Yên Khê``, ``Đoàn xã Nam Hà``.
_BODY = re.compile(
    r"(?<!\w)(?:(?:[Đđ]oàn|[Pp]hòng (?:GD ?[-&] ?ĐT|GDĐT|Giáo dục và Đào tạo)) )?"
    r"(?:(?:[Hh]uyện|[Tt]hành phố|TP\.?|[Tt]p\.?|[Tt]hị xã|TX\.?|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]ỉnh) "
    r"|T[PXpx]\.)"
    rf"(?:(?<=[ .])(?![Đđ]oạt|[Đđ]ạt)[{CAPITAL}][^\W\d_]*(?:-[^\W\d_]+)?(?: (?=[{CAPITAL}]))?){{1,4}}(?<! )|TPHCM(?!\w)"
)
#: What makes a place one where something is, or whose people or contest it is, and not who won.
_NOT_WHO = re.compile(
    r"(?<!\w)(?:tại|ở|của|cấp|toàn|do|thuộc|trong|ubnd|hđnd|công an|đảng ủy|đảng bộ|từ|cho|vùng|huyện|sinh|viên|thi"
    r"|đổng|thao|giỏi|trường|mầm non|tiểu học|thcs|thpt|các|bàn|-|–|,) $"
)
#: The words between those who won and what they won, as they are told one behind the other.
_TELLING = re.compile(
    r"(?:[\s\d/,.;:()%-]|(?<!\w)(?:đã|đầu|tạm|tiếp|tục|vẫn|cũng|xuất|sắc|vinh dự|xếp|đứng|ở|vị trí|dẫn đầu|bảng"
    r"|danh|với|có|đạt|giành|đoạt|dành|được|là|thứ|hạng|nhất|nhì|ba|tư|khuyến khích|kk|điểm|cùng|học sinh|em|hs"
    r"|mô hình|đề tài|tác phẩm"
    r"|thí sinh|dự thi|lượt|sản phẩm|dự án|giải|huy chương|hc[vbđ]?|vàng|bạc|đồng|và|gồm|trong đó|cụ thể|toàn đoàn"
    r"|tổng|số|cộng|mang về|vô địch|còn lại|chỉ|năm|trước|ngoái|cả nước|toàn (?:quốc|tỉnh|huyện)|cả về"
    r"|số lượng|nhiều|hơn|cả|bốn|năm|sáu|bảy|tám|chín|mười|một|hai)(?!\w))*"
)
_SPOKEN_ON = re.compile(r"(?:trong đó|cụ thể|gồm|kết quả)(?!\w)")
#: Those who won stand behind the prize: ``giải Ba thuộc về 10 đơn vị``.
_WON_BY_OTHERS = re.compile(r" (?:đã )?(?:thuộc về|(?:được )?trao cho|cho)(?!\w)")
_FAR = 200


#: What may stand before the bare name of a province that won.
_BEFORE_PROVINCE = re.compile(
    r"(?:^|[.;:(,\n]|(?<!\w)(?:và|là|với|cùng|về|gồm|riêng|đoàn|tỉnh|thành phố|thủ đô|tp\.?|sau|đó|nhì|ba|tư)) ?$"
)
_RUN = re.compile(rf"(?<!\w)[{CAPITAL}][^\W\d_]*(?:[ -][{CAPITAL}][^\W\d_]*){{0,3}}")


def bodies_in(context: Context, start: int, end: int) -> list[Winner]:
    """The bodies of places by name in a range of who may have won, in order; not those where only something is."""
    document = context.document
    spans = [
        match.span()
        for match in _BODY.finditer(document.text, start, end)
        if not _NOT_WHO.search(_up_to(document.lower, start, match))
    ]
    spans += [span for span in _provinces(context, start, end) if not any(a <= span[0] < b for a, b in spans)]
    return [Winner(a, b, None, None, None, document.value(a, b)) for a, b in sorted(spans)]


def _up_to(lowered: str, start: int, match: re.Match[str]) -> str:
    """The words before a body; a comma tells nothing of one that says what body it is: ``…, Phòng GD&ĐT huyện B``."""
    before = lowered[max(start, match.start() - 12) : match.start()]
    return before.rstrip(", ") if match.group(0)[0] in "Pp" and before.endswith(", ") else before


def _provinces(context: Context, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The provinces that a range calls by their bare names where somebody may win, no place of a school."""
    document = context.document
    for match in _RUN.finditer(document.text, start, end):
        first = match.start()
        if " " in match.group(0) and fold(match.group(0)) not in gazetteer().provinces:
            first += match.group(0).index(" ") + 1  # ``Riêng Hà Nội``
        before = document.lower[max(start, first - 12) : first]
        if fold(document.text[first : match.end()]) not in gazetteer().provinces or (
            first == match.start() and not _BEFORE_PROVINCE.search(before)
        ):
            continue
        beside_school = context.schools_in(max(start, first - 80), first)
        between = document.lower[beside_school[-1][1] : first].strip(" ,-–().") if beside_school else ""
        if not beside_school or between not in ("", "tp", "thành phố", "tỉnh"):
            yield first, match.end()


#: What is told by the way, of others: ``(sau phường A và xã B)``.
_ASIDE = re.compile(r"\((?:sau|trước|xếp sau|chỉ sau|đứng sau|cùng|trên|hơn|kém)(?!\w)[^()]*\)")


def body_told(context: Context, first: int, at: int) -> Winner | None:
    """The body of a place or the school of which a rank is told, with no other words between; None for none."""
    document = context.document
    schools = context.schools_in(first, at)
    named = [Winner(a, b, None, school, document.value(a, b)) for a, b, school in schools]
    asides = [m.span() for m in _ASIDE.finditer(document.text, first, at)]
    found = [w for w in (*named, *bodies_in(context, first, at)) if not any(a < w.start < b for a, b in asides)]
    last = max(found, key=lambda winner: winner.end, default=None)
    return last if last and _TELLING.fullmatch(_ASIDE.sub("", document.lower[last.end : at])) else None


#: Before a class that only tells where pupils are from: ``2 em lớp 5B``, ``chủ nhiệm lớp 9A``.
_OF_CLASS = re.compile(r"(?<!\w)(?:học sinh|hs|em|cháu|bạn|nhiệm|viên|dạy|khối|sinh) $")
#: Between a pupil and the class: ``em Hà Minh Tú 9A3``, ``Lê Thị Mơ (4A)``.
_PUPIL_OF = re.compile(r",? ?[(–-]? ?(?:học sinh |hs )?")


def _classes(context: Context, block: Block, start: int, end: int) -> Iterator[Winner]:
    """The classes by their codes in a range of who may have won."""
    document = context.document
    prizes = context.atoms(block.body, block.end)
    for match in CLASS.finditer(document.text, start, end):
        if any(one.start <= match.start() < one.end for one in prizes):
            continue  # "15 HC (9V, 4B, 2Đ)"
        noun = next((n for n in ("lớp ", "chi đội ") if document.lower.endswith(n, start, match.start())), "")
        first = match.start() - len(noun)
        of_pupil = any(
            _PUPIL_OF.fullmatch(document.lower, name.end, first) for name in find_names(document, start, first)
        )
        if not of_pupil and not _OF_CLASS.search(document.lower, max(start, first - 12), first):
            yield Winner(first, match.end(), None, None, None, document.value(first, match.end()))


def told_of(context: Context, block: Block, atom: Atom) -> list[Winner]:
    """The school or the body of a place that a counted prize is told of: ``Trường A (2 HCV, 6 HCB)``,
    ``Phòng GD&ĐT huyện B xếp thứ nhì với 300 điểm (12 HCV, 9 HCB)``; [] where other words stand between."""
    document = context.document
    if _WON_BY_OTHERS.match(document.lower, atom.end):
        return []
    first, _ = document.sentence_at(atom.start)
    if _SPOKEN_ON.match(document.lower, first) and first > block.body:
        first, _ = document.sentence_at(first - 2)
    first = max(first, block.body, atom.start - _FAR)
    found = [Winner(a, b, None, school, document.value(a, b)) for a, b, school in context.schools_in(first, atom.start)]
    found += [*bodies_in(context, first, atom.start), *_classes(context, block, first, atom.start)]
    contest = context.named_contest(first, atom.start)
    # "Cuộc thi … tỉnh Quảng Trị có 2 em được trao giải": the place is the contest's
    found = [one for one in found if not (contest and not one.school and contest[0] <= one.start < contest[1])]
    if not found:
        return []
    last = max(found, key=lambda winner: winner.end)
    before = document.lower[max(first, last.start - 12) : last.start]
    between = document.text[last.end : atom.start]
    aside = between.startswith(" (") and ")" not in between  # "Trường A (2 Nhất), Trường B (1 Nhất, 4 Ba)"
    if last.school and (PLACE.search(before) or (_NOT_WHO.search(before.rstrip(" ,") + " " if aside else before))):
        return []
    return [last] if _TELLING.fullmatch(document.lower, last.end, atom.start) else []
