"""Money that is given: the reward or sum with those who get it, wherever the sentence names them."""

from __future__ import annotations

import re

from extractors._shared.document import Document
from extractors._shared.scan import Words, holds, words_in

#: The sum right before its figure: ``số tiền thưởng``, or the verb that gives it.
_SUM = re.compile(
    r"(?<!\w)(?P<sum>(?:tổng )?(?:số )?tiền(?P<kind> (?:thưởng|hỗ trợ|trợ cấp|ủng hộ))?|(?P<verb>(?<!phần )thưởng))"
    r"(?: (?:là|trị giá|hơn|gần|trên|khoảng|lên tới|lên đến))* $"
)
_SUM_WORDS = Words(("tiền", "thưởng"))
_GIVES = Words(words_in("trao|tặng|thưởng|hỗ trợ|ủng hộ|trợ cấp|giúp đỡ|tuyên dương|khen"))
_REACH = 45
#: Who gets it, behind the figure: ``trích từ Quỹ … cho em``, ``hỗ trợ xây nhà cho học sinh``.
_BEHIND = re.compile(
    r"(?: ?\(?trích từ [^,;.]{3,90}?)?(?: (?:thưởng|tặng|để))? "
    r"(?P<who>(?:(?:hỗ trợ|giúp(?: đỡ)?|ủng hộ) (?:cho )?|cho )[^,;.()\n]{3,120})"
)
#: The same before it: those who were given something, and those for whom the sentence opens.
_GIVEN = re.compile(
    r"(?P<who>[^,;.:\n]{5,100}?) (?:đã |vinh dự |cũng |đều )*được [^.;\n]{0,70}?"
    r"(?<!\w)(?:tặng|trao|thưởng|nhận|hỗ trợ)(?!\w)"
)
_FOR = re.compile(r"(?:đối với|với|riêng) (?P<who>[^,;.:\n]{5,100}),")
_TO = re.compile(
    r"(?<!\w)(?:thưởng|trao|tặng|hỗ trợ|quà|học bổng)(?: [^\W\d_]+){0,3}? cho (?P<who>[^,;.:()\n]{5,110}?)"
    r",? (?:với|cùng|kèm(?: theo)?|và)(?: |$)"
)
_COUNT = re.compile(
    r"(?<!\w)(?:\d[\d./]*|hàng (?:chục|trăm|nghìn|ngàn|vạn)|(?:các|những|tất cả|toàn bộ|lượt)(?= )) ?", re.I
)
_OPENS = re.compile(r"^(?:(?:dịp này|nhân dịp này|trong đó|đặc biệt|ngoài ra|tại [^,]{3,40}),? |có )+", re.I)
_LONGEST = 10


#: What a list of rewards is headed by, and an item of it: a prize or title, what one gets for it, and the next sign.
_REWARDS = re.compile(
    r"(?<!khen )(?<!khen, )(?<!\w)(?:(?:định )?mức (?:chi )?(?:tiền )?thưởng|tiền thưởng|thưởng)(?: tiền)?(?!\w)"
)
_REWARDED = re.compile(
    r"(?:cho )?(?P<what>(?:(?:mỗi |các |một )?(?:giải|huy chương|cá nhân|tập thể|đơn vị|danh hiệu|giấy khen|bằng khen|"
    r"lao động tiên tiến|chiến sĩ thi đua|tập thể lao động|cờ thi đua|hạng|loại|huân chương)(?!\w)[^,;:.()\d]{0,45}?|"
    r"(?:giải )?(?:nhất|nhì|ba|tư|khuyến khích|kk|đặc biệt|vàng|bạc|đồng)(?: [^\W\d_]+){0,3}?|"
    r"(?:lđtt|lđxs|ttlđtt|ttlđxs|cstđ|cstđcs|cstđ cơ sở|gvdg|hsg|hcv|hcb|hcđ)))"
    r"(?: (?:là|được|mỗi|với|trị giá|số tiền|mức))* ?[:=-]? ?"
)
_ITEM_BEGINS = re.compile(r"[;:(]|[,.](?!\d)")
_GRADE_ALONE = re.compile(r"(?:nhất|nhì|ba|tư|khuyến khích|kk|đặc biệt)(?!\w)")


def reward(document: Document, start: int, position: int, each: str) -> str:
    """``mức thưởng giải Nhì`` for an amount in a list of rewards by prize or title; "" for other money.

    ``Mức thưởng: giải Nhì 500.000đ, giải Ba 300.000đ``, ``thưởng LĐTT 447.000đ/người``.
    """
    lowered = document.lower
    heads = [*_REWARDS.finditer(lowered, start, position)] if holds(_REWARD_WORDS, lowered, start, position) else []
    told = document.value(*heads[-1].span()) if heads else "tiền thưởng"
    told = told if "tiền" in told.lower() or "định" in told.lower() else "mức thưởng"
    piece = each.strip("/ ")
    if _PRIZE.match(piece.lower()) and (heads or _GRADE_LAST.search(piece.lower())):
        graded = _GRADE_LAST.search(piece.lower())
        before = None if graded else _PRIZE_BEFORE.search(lowered, start, heads[-1].start() if heads else position)
        if graded or before is None:
            return f"{told} {piece}" if graded else f"{told} mỗi {piece}"
        return f"{told} {document.value(*before.span('what'))}"
    first = max([start, *(m.end() for m in _ITEM_BEGINS.finditer(lowered, start, position))])
    first = max(first, heads[-1].end()) if heads else first
    first += len(lowered[first:position]) - len(lowered[first:position].lstrip())
    last = max(first, lowered.rfind(" và ", first, position) + 1)
    item = (_REWARDED if heads else _GIVEN_FOR).fullmatch(lowered, first if heads else last, position)
    if item is None:
        return ""
    if not (heads or _PRIZE_NAMED.search(item["what"]) or _SEVERAL.search(lowered, start, position)):
        return ""  # no prize before tells of what "Ba 600.000 đ" is
    what = document.value(*item.span("what"))
    each_one = f" mỗi {piece}" if each else ""
    prize = f"giải {what}" if _GRADE_ALONE.match(what.lower()) else what
    return f"{told} {prize}{each_one}"


_PRIZE_NAMED = re.compile(r"(?<!\w)(?:giải|huy chương)(?!\w)")
#: What an amount is for each of, the grade it ends with, and a grade that heads the reward.
_PRIZE = re.compile(r"(?:giải|huy chương|hc)(?!\w)")
_GRADE_LAST = re.compile(r" (?:nhất|nhì|ba|tư|khuyến khích|kk|đặc biệt|vàng|bạc|đồng|[abc])$")
_PRIZE_BEFORE = re.compile(
    r"(?<!\w)(?P<what>(?:giải|huy chương) (?:nhất|nhì|ba|tư|khuyến khích|kk|đặc biệt|vàng|bạc|đồng))(?: ?[-:,(])? ?$"
)
#: A prize that labels what one gets for it, where nothing calls it a reward: ``mỗi dự án giải Nhất nhận 2 triệu``.
_GIVEN_FOR = re.compile(
    r"(?:và |còn )?(?:mỗi |một )?(?P<what>(?:(?:[^\W\d_]+ ){0,2}(?:giải|huy chương) )?(?:nhất|nhì|ba|tư|"
    r"khuyến khích|kk|đặc biệt|vàng|bạc|đồng)(?: (?:cá nhân|tập thể|toàn đoàn|đồng đội))?)"
    r"(?: (?:được|nhận|là|trị giá|số tiền|mức|với|kèm(?: theo)?))* ?[:=-]? ?"
)
_SEVERAL = re.compile(r"(?<!\w)(?:giải|huy chương) [^;.:]{2,40}\d[\d.,]* ?(?:triệu|nghìn|đ(?!\w)|đồng)")
_REWARD_WORDS = Words(("thưởng",))


def gift(document: Document, sentence: tuple[int, int], position: int, end: int, each: str) -> str:
    """The indicator of a sum at ``position`` that is given, with those who get it; "" for other money.

    ``Tiền thưởng 45 triệu đồng cho 30 học sinh đạt giải`` is ``tiền thưởng cho học sinh đạt giải``; a sum for each
    piece (``/học sinh``) says by that who gets it. ``end`` is where the amount ends.
    """
    lowered = document.lower
    first = max(sentence[0], position - _REACH)
    if not holds(_SUM_WORDS, lowered, first, position):
        return ""
    match = _SUM.search(lowered, first, position)
    if match is None or not (match["kind"] or match["verb"] or holds(_GIVES, lowered, sentence[0], position)):
        return ""
    told = "tiền thưởng" if match["verb"] else document.value(*match.span("sum"))
    if each:
        return f"{told} mỗi {each.strip('/ ')}" if match["kind"] or match["verb"] else ""
    who = _who(document, sentence, match.start(), end)
    return f"{told} {who}" if who else ""


def _who(document: Document, sentence: tuple[int, int], start: int, end: int) -> str:
    """Who gets the sum that is named at ``start`` and whose figure ends at ``end``, with the link to it."""
    if match := _BEHIND.match(document.lower, end, sentence[1]):
        return _plain(document.value(*match.span("who")))
    for pattern in (_TO, _FOR, _GIVEN):
        found = [*pattern.finditer(document.lower, sentence[0], start)] if pattern is _TO else []
        match = found[-1] if found else pattern.match(document.lower, *_from(document, sentence[0], start))
        if match:
            return f"cho {_plain(document.value(*match.span('who')))}"
    return ""


def _from(document: Document, first: int, last: int) -> tuple[int, int]:
    """The range without what opens a sentence: ``Dịp này, ``."""
    opening = _OPENS.match(document.lower[first:last])
    return first + (opening.end() if opening else 0), last


def _plain(who: str) -> str:
    """Those who get something without their number, and no longer than need be."""
    return " ".join(_COUNT.sub("", who).split()[:_LONGEST])
