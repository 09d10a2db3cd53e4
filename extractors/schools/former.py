"""Former names of schools: ``Trường B (tiền thân là Trường A)``, ``trường được đổi tên thành Trường B``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors._shared.document import Document
from extractors._shared.view import fold_tone_style, lower
from extractors.schools.mentions import SchoolMention

#: A former name: the words between two names of one school. ``new`` are followed by the present name.
_FORMERLY = re.compile(
    r"^(?:\W{0,3}|,? (?:quận|huyện|xã|phường|thị trấn|tỉnh|thành phố) [^,.;:()]{1,25}?,? )(?:có |"
    r"với )?(?:tiền thân (?:của trường )?là|trước đây(?: là)?|trước là|tên cũ là|nguyên là|"
    r"trước(?: ngày| tháng| năm)? [\d/]{4,10} (?:là|có tên là|mang tên)|"
    r"tên gọi cũ là|được đổi tên từ|đổi tên từ|trước kia(?: là)?|ngày trước là|xưa là|vốn là|"
    r"tên(?: gọi)? (?:trước đây|trước kia|ban đầu|đầu tiên) là|(?:ban đầu|lúc đầu|khi mới thành lập) "
    r"(?:có |mang |lấy )?tên(?: gọi)?(?: là)?|còn gọi là|hay còn gọi là|gọi tắt là|được đổi từ|"
    r"(?:được )?chuyển đổi từ)\W{0,3}$"
)
#: The same told of the older school: ``Trường A, tiền thân của Trường B``.
_FORERUNNER = re.compile(r"^[^.;]{0,40}[,(-] ?(?:là |chính là )?tiền thân của (?:ngôi )?$")
_NEXT_PAIR = re.compile(r"\s?[;,.]\s?(?:và )?(?:(?:\d{1,2}[.)]|[-+]) )?(?:đổi tên )?")
_INTO = re.compile(r" thành(?: tên)?(?: là)? ")
#: Between names that one school had in turn: ``mang các tên: A (1978), B (1994)``.
_TERM = (
    r"(?:(?:từ |năm |giai đoạn |vào )*(?:19|20)\d\d(?: ?(?:-|đến) ?(?:năm )?(?:(?:19|20)\d\d|nay))?(?: đến nay)?:? )?"
)
_IN_TURN = re.compile(rf" ?\([^()\n]{{4,40}}\)(?:[,;]| và) (?:rồi |đến |sau là |nay là )?{_TERM}")
#: The same without brackets, where several names are announced: ``qua 4 lần đổi tên: A; B và nay là C``.
_SEVERAL_NAMES = re.compile(
    r"(?:lần đổi tên|(?:các|những|nhiều|\d+|hai|ba|bốn|năm|sáu) (?:tên gọi|tên|tên trường))"
    rf"(?: (?:khác nhau|như sau|sau|gồm|là|như))*:? ?(?:lần lượt là )?{_TERM}$"
)
_NEXT_NAME = re.compile(
    rf"(?: ?\([^()\n]{{4,40}}\))?(?:[,;]| -)? ?(?:và |rồi |đến |sau là |(?:và )?(?:hiện |đến |ngày )?nay là |"
    rf"cuối cùng là )*{_TERM}"
)
#: The same without brackets: ``đổi tên thành A, B rồi C``.
_THEN = re.compile(
    r"(?P<then>,? (?:rồi|rồi đến|rồi là|và cuối cùng là|cuối cùng là|sau là|sau đó là|và sau này là|và nay là|nay là|"
    r"và hiện nay là|và đến nay là) )|, "
)
#: What the school of the report became, without another one's name: ``gộp thêm hệ cấp 2 thành Trường A``.
_GREW = re.compile(
    r"(?<!\w)(?:gộp|ghép|nhập|sáp nhập|nâng cấp|chuyển đổi|phát triển|mở rộng|thêm)(?!\w)[^.;]{0,60} thành [\"“]?$|"
    r"chuyển (?:nhà )?trường thành [\"“]?$|(?:trên cơ sở|từ) (?:việc )?(?:nâng cấp|chuyển đổi)(?: từ)? [\"“]?$"
)
_FOUNDED = re.compile(r"(?<!\w)(?:thành lập|tiền thân|ra đời|hình thành)(?!\w)")
#: The school just told of gets a name: ``Trường được đổi tên thành Trường B``.
_ITS_NAME = re.compile(
    r"(?:^|[.,;:]\s|\n)(?:[^.,;:\n]{0,40}, )?(?:nhà )?trường (?:này )?(?:(?:đã|được|lại|chính thức|tiếp tục|"
    r"vinh dự|cũng) )*"
    r"(?:đổi tên(?: thành| là)?|mang tên(?: mới)?(?: là)?|lấy tên(?: là)?|đổi thành|chuyển đổi thành|nâng cấp thành|"
    r"phát triển thành) [\"“]?$"
)
_IS_FOUNDED = re.compile(r"(?<!\w)(?:thành lập|ra đời|khai giảng)(?!\w)")
#: Two schools that were renamed: ``hai trường lần lượt đổi tên thành Trường A và Trường B``.
_RESPECTIVELY = re.compile(
    r"(?:hai|cả hai|2) trường (?:này |trên )?(?:được )?lần lượt (?:được )?(?:đổi tên thành|đổi thành|mang tên|"
    r"lấy tên)"
    r"(?: là)? $"
)
_PAIR = 2
_JOINS_OTHERS = re.compile(r"(?<!\w)(?:sáp nhập|hợp nhất|nhập|gộp|sát nhập)(?!\w)")
_NOW = re.compile(
    r"^\W{0,3}(?:(?:từ|đến|vào)? ?(?:(?:năm học|năm|tháng|ngày) )?[\d/ -]{4,},? )?(?:được |chính thức |đã |"
    r"và )*(?:nay là|đổi tên thành|đổi tên là|đổi thành|"
    r"(?:nay |giờ |bây giờ )?(?:gọi là|gọi|mang tên(?: mới)?(?: là)?)|lấy tên(?: là)?|nay đổi tên thành|"
    r"(?:hiện|hiện nay|bây giờ|ngày nay) là|"
    r"(?:sau|về sau|sau này|rồi|sau đó) (?:được )?đổi (?:tên )?(?:thành|là)|chuyển đổi thành|chuyển thành)\W{0,3}$"
)
#: Before the school of which another one was part: ``tách ra từ Trường A, lấy tên là Trường B``.
_SPLIT_FROM = re.compile(r"(?<!\w)tách(?: ra| lập)?(?: từ| khỏi) $")
#: One school made two, of which one is told of next: ``tách thành Trường A và Trường B; năm 2001 đổi tên thành``.
_PARTED = re.compile(r"(?<!\w)(?:tách|chia|chia tách)(?: ra)? (?:thành|làm)(?!\w)")
#: A report on the history of one school, and the words before a name that it bore.
_HISTORY = re.compile(
    r"lịch sử|truyền thống|hình thành và phát triển|kỷ niệm|giới thiệu|xây dựng và (?:trưởng thành|phát triển)|"
    r"chặng đường|dấu mốc|mốc son|cột mốc"
)
_NAMED = re.compile(
    r"(?:có tên(?: gọi)?|(?:thành lập|ra đời),? tên|"
    r"(?:mang|có|qua|với) (?:các|những|nhiều) tên(?: gọi)?(?: sau| khác nhau)?|mang tên|"
    r"lấy tên|tên gọi|với tên|thành tên|đổi tên thành|đổi thành|đổi tên là|gọi là|"
    r"tiền thân(?: của (?:nhà )?trường)?|(?<!\w)(?:ban đầu|lúc đầu|thuở đầu|buổi đầu|khi ấy|lúc ấy|thuở ấy)(?= là ))"
    r"(?: ban đầu| mới| đầu tiên)?(?: là)?:? ?$"
)
#: The same in any report on one school.
_BORN = re.compile(r"ngôi trường (?:khi ấy |ban đầu |ngày đó )?(?:có tên(?: gọi)?|mang tên|tên gọi)(?: là)?:? ?$")
#: A school that is called by its own name only: ``trường được mang tên người anh hùng …``.
_GIVEN_NAME = r"trường (?:được |chính thức |vinh dự |đã )*(?:mang|đổi|lấy) tên(?: thành| là)?(?: [^\W\d_]+){0,5}? "
#: Before the first name of a school that is told of later.
_EARLIER = re.compile(r"tiền thân(?: của (?:nhà )?trường)?(?: là)?:? $")
#: What one school is known by: level, own name as compared, number, and what keeps it apart from its namesakes.
Key = tuple[str, str, int | None, str]
#: A passage that names a school: where it begins and ends, and which school.
Mention = tuple[int, int, Key]
#: How far into a report the school stands that it is about, and how far behind a school's founding its new name.
_OPENING, _REACH = 400, 900


def find_former(document: Document, groups: dict[Key, list[SchoolMention]]) -> dict[Key, Key]:
    """Which school is a former name of which, by all that the report tells of names."""
    every = [(mention.start, mention.end, one) for one, group in groups.items() for mention in group]
    flat = sorted(every, key=lambda mention: mention[:2])
    former = _former_names(document, groups, flat)
    renamed = {old: new for old, new in _renamed(document, flat) if former.get(new) != old}
    former = renamed | former
    history = _names_in_history(document, groups, flat)
    former |= {old: new for old, new in history.items() if former.get(new) != old}
    for old, new in (*_renamed_in_turn(document, flat), *_chained(document, flat)):
        if former.get(new) != old:
            former.setdefault(old, new)
    return {old: new for old in former if (new := _present(old, former)) != old}


def _renamed_in_turn(document: Document, flat: list[Mention]) -> Iterator[tuple[Key, Key]]:
    """The pairs of ``hai trường lần lượt đổi tên thành Trường A và Trường B`` with the two named before."""
    for number, (start, _, _) in enumerate(flat):
        if not _RESPECTIVELY.search(document.lower, max(start - 70, 0), start) or number + 1 >= len(flat):
            continue
        earlier = list(dict.fromkeys(one for _, _, one in reversed(flat[:number])))[:_PAIR]
        if len(earlier) == _PAIR:
            yield earlier[1], flat[number][2]
            yield earlier[0], flat[number + 1][2]


def _chained(document: Document, flat: list[Mention]) -> Iterator[tuple[Key, Key]]:
    """The pairs of ``đổi tên thành Trường A, Trường B rồi Trường C``: each with the next."""
    number = 0
    while number < len(flat):
        chain, told = [flat[number]], False
        while number + 1 < len(flat) and (gap := _THEN.fullmatch(document.lower, flat[number][1], flat[number + 1][0])):
            number, told = number + 1, told or gap["then"] is not None
            chain.append(flat[number])
        named = _NAMED.search(document.lower, max(chain[0][0] - 40, 0), chain[0][0]) is not None
        for (_, _, old), (_, _, new) in pairwise(chain) if told and named else ():
            if old != new:
                yield old, new
        number += 1


def _renamed(document: Document, flat: list[Mention]) -> Iterator[tuple[Key, Key]]:
    """``Trường A ra đời năm 1989. … Năm 2015 trường được đổi tên thành Trường B``: A with B."""
    for (begin, end, first), (start, _, second) in pairwise(flat):
        told = _ITS_NAME.search(document.lower, max(start - 110, end), start) if first != second else None
        around = document.lower[max(begin - 60, 0) : begin] + document.lower[end : end + 90]
        # The school of the title has its present name there.
        in_title = begin == flat[0][0] and document.block_at(begin).kind == "title"
        if told is not None and not in_title and _IS_FOUNDED.search(around) and start - end < _REACH:
            yield first, second


def _former_names(document: Document, groups: dict[Key, list[SchoolMention]], flat: list[Mention]) -> dict[Key, Key]:
    """Which school is a former name of which: ``Trường B (tiền thân là Trường A)``, ``A đổi tên thành B``."""
    former: dict[Key, Key] = {}
    told = -1  # where the last pair ends of a list of those renamed
    for number, ((begin, end, first), (start, last, second)) in enumerate(pairwise(flat)):
        between = document.lower[end:start]
        if first == second or len(between) > 60:
            continue
        merged = any(m.start == start and _is_one_of_several(document, m) for m in groups[second])
        renamed = document.lower.endswith("đổi tên ", 0, begin) or _NEXT_PAIR.fullmatch(document.lower, told, begin)
        renamed = renamed and _INTO.fullmatch(between)
        told = last if renamed else told
        if _FORMERLY.match(between) and not merged:
            former.setdefault(second, first)
            continue
        now = _NOW.match(between) is not None and not _joins_others(document, flat[: number + 1])
        now = now and _SPLIT_FROM.search(document.lower, max(begin - 24, 0), begin) is None
        if now and not _may_become(first, second):
            earlier = [one for _, _, one in flat[:number] if one != second and _may_become(one, second)]
            if earlier and _PARTED.search(document.lower, document.sentence_at(begin)[0], begin):
                former.setdefault(earlier[-1], second)
            continue
        if now or renamed or _FORERUNNER.match(between):
            former.setdefault(first, second)
    return {old: new for old in former if (new := _present(old, former)) != old}


def _may_become(old: Key, new: Key) -> bool:
    """Whether the levels of two schools allow one to have become the other by a new name."""
    return "khac" in (old[0], new[0]) or not set(old[0].split("&")).isdisjoint(new[0].split("&"))


def _joins_others(document: Document, told: list[Mention]) -> bool:
    """Whether the last school of these is merged with another in its sentence: ``nhập A vào B, lấy tên là C``."""
    begin, _, last = told[-1]
    first, _ = document.sentence_at(begin)
    others = any(start >= first and one != last for start, _, one in told[-5:-1])
    return others and _JOINS_OTHERS.search(document.lower, first, begin) is not None


def _present(name: Key, former: dict[Key, Key]) -> Key:
    """The last of a school's names; of names that follow each other in a circle the first met."""
    seen = [name]
    while (following := former.get(seen[-1])) is not None and following not in seen:
        seen.append(following)
    return seen[-1] if former.get(seen[-1]) is None else min(seen, key=list(former).index)


def _is_one_of_several(document: Document, mention: SchoolMention) -> bool:
    """Whether another school is joined to it, so that several became one: ``tiền thân là A và B``."""
    return (
        re.match(r"(?:,| và) (?:trường |cấp |tiểu học |thcs |th )", document.lower[mention.end : mention.end + 12])
        is not None
    )


def _names_in_history(
    document: Document, groups: dict[Key, list[SchoolMention]], flat: list[Mention]
) -> dict[Key, Key]:
    """Names that a school's history says the school had: ``Trường khi ấy có tên Trường cấp 1 Tân Lễ``."""
    if not groups:
        return {}
    start, end, subject = flat[0]
    if start > _OPENING:
        return {}
    sentence = document.sentence_at(start)
    if _EARLIER.search(document.lower, max(start - 40, 0), start):
        subject = next((one for at, _, one in reversed(flat) if _named_now(document, at)), subject)
    history = _HISTORY.search(document.lower, 0, _OPENING) is not None or document.block_at(start).kind == "title"
    history = history or _FOUNDED.search(document.lower, end, max(sentence[1], end)) is not None
    joined = {m.start for group in groups.values() for m in group if _is_one_of_several(document, m)}
    former: dict[Key, Key] = {}
    if (founded := _named_after(document, groups, flat, subject)) is not None:
        former[founded] = subject
    listed = several = False
    for number, (begin, _, name) in enumerate(flat):
        before = document.lower[max(begin - 40, 0) : begin]
        goes_on = listed and _IN_TURN.fullmatch(document.lower, flat[number - 1][1], begin) is not None
        several = _SEVERAL_NAMES.search(document.lower, max(begin - 60, 0), begin) is not None or (
            several and _NEXT_NAME.fullmatch(document.lower, flat[number - 1][1], begin) is not None
        )
        goes_on = goes_on or several
        named = goes_on or ((_NAMED if history else _BORN).search(before) is not None and begin not in joined)
        listed = named
        named = named or (history and name[1] == subject[1] and _grew(document, flat[:number], begin))
        if named and name != subject and _may_become(name, subject):
            former[name] = subject
    return former


def _named_after(
    document: Document, groups: dict[Key, list[SchoolMention]], flat: list[Mention], subject: Key
) -> Key | None:
    """The school founded before the one of the report got its name: ``Năm 1998 trường được mang tên Lê Văn Tám``."""
    own = lower(fold_tone_style(groups[subject][0].own_name))
    given = re.search(_GIVEN_NAME + re.escape(own) + r"(?!\w)", document.lower)
    if given is None:
        return None
    for begin, _, name in flat:
        if begin > given.start():
            break
        if name != subject and _may_become(name, subject):
            before = document.lower[max(begin - 40, 0) : begin]
            if re.search(r"(?<!\w)(?:thành lập|tiền thân(?: là)?|tên)(?: là)? $", before):
                return name
    return None


def _named_now(document: Document, start: int) -> bool:
    """Whether a school got the name at an offset: ``đổi tên thành Trường A``."""
    return _NAMED.search(document.lower, max(start - 40, 0), start) is not None and not _EARLIER.search(
        document.lower, max(start - 40, 0), start
    )


def _grew(document: Document, told: list[Mention], begin: int) -> bool:
    """Whether the school of the report became what is named at an offset, no other one named between."""
    start = max(begin - 90, told[-1][1] if told else 0, document.sentence_at(begin)[0])
    return _GREW.search(document.lower, start, begin) is not None
