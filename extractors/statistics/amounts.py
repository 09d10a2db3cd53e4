"""What an amount of money is: a fund, a price of each piece, what was given and for what."""

from __future__ import annotations

import re

from extractors._shared.document import Block, Document
from extractors.statistics.compact import closely, deed
from extractors.statistics.phrase import words

_MONEY = re.compile(
    r"(?<!\w)(?:tiền|kinh phí|học phí|lệ phí|quỹ|vốn|ngân sách|mức|chi|(?<!nghiệm )thu|trị giá|giá|nguồn|lương|"
    r"học bổng|tổng mức|giải thưởng|hỗ trợ|ủng hộ|tài trợ|số dư|thiệt hại|phí|thu nhập|giải ngân|nợ|tồn|giá trị|"
    r"phụ cấp|chế độ|dự toán)(?!\w)"
)
#: What names an amount by itself, whatever fund the passage speaks of.
_NAMES_ITSELF = re.compile(
    r"(?:tổng |cộng )?(?:thiệt hại|[^\W\d_]+ phí|thu nhập|tồn quỹ|(?:tổng|cộng) (?:thu|chi))(?!\w)"
)
#: A verb that says only that money was paid or came in, behind what for.
_PAID = re.compile(r"(?:đã |tổng )?(?:chi|thu|hết|nộp|thu về|chi hết)")
#: What leads from what was done to the sum that it took, which stands right behind it.
_SPENT_ON_IT = re.compile(r"(?:(?:tổng )?số tiền(?: là)?|(?:bằng|với|mất|tốn)(?: (?:số tiền|kinh phí))?)?")
#: For how long a fee is paid, and the fee that a head names.
_TIMES = frozenset({"tháng", "năm", "năm học", "học kỳ", "kỳ", "ngày", "buổi", "khóa", "tiết", "giờ"})
_FEE = re.compile(r"(?<!\w)(?:học phí|tiền ăn|lệ phí|mức thu)(?!\w)")
_PIECES = re.compile(r"^(?:lượt|suất|phần|cái|chiếc|lần|đợt) ")
#: The sum of what was said before: ``352 suất học bổng … với tổng số tiền 290 triệu đồng``.
_SUM_OF = re.compile(
    r"(?:^|(?<=\s))(?:với )?(?P<sum>(?:tổng )?(?:số tiền|kinh phí|trị giá|giá trị|mức|vốn|dự toán)(?: đầu tư)?|"
    r"tổng cộng|tiền|(?:quy|đổi|bán|tính|ước tính)(?: đổi)?(?: ra| thành)?(?: tiền| được)?|thành tiền|"
    r"thu về|tương đương)(?: là| gần| hơn| trên| khoảng)?$",
    re.I,
)
_SUMS = ("tổng", "dự toán", "số tiền", "kinh phí", "trị giá", "giá trị", "mức", "vốn")
#: A share of a fund, of which a sum is no sum.
_SHARE = re.compile(r"(?:tiền thưởng|mức|kinh phí) ", re.I)
_EACH = re.compile(r"(?:^|(?<=\s))mỗi (?P<thing>(?!năm|tháng|ngày)\w+(?: (?!trị|giá|được|là|có)\w+)?)", re.I)
#: A fund named in the words before: its name up to the next sign, figure or verb.
_FUND = re.compile(
    r"(?<!\w)(?:tiền (?!mặt)[^\W\d_]+|quỹ(?! đất)|học phí|tài trợ|kinh phí|ngân sách|nguồn vốn|xã hội hóa)"
    r"(?: (?!năm|chi|thu|được|đã|là|có|còn|do|từ|theo|để|kèm|với|trích|mức)[^\W\d_]+){0,4}"
)
_REACH = 260
_LONG = 7


def amount(
    document: Document,
    block: Block,
    position: int,
    around: tuple[str, str, str],
    parent: str | None,
    previous: str | None,
) -> str:
    """The indicator of an amount at ``position``.

    ``around`` is what stands before it in its clause, behind it, and of what one piece costs it (``/suất``);
    ``parent`` is the indicator of the amount of which it is a part, ``previous`` that of the number
    before it in the sentence.
    """
    ahead, behind, each = around
    rest_behind = re.split(r" \d", behind)[0]
    behind = re.split(r" \d", closely(closely(behind, whole=True), whole=bool(ahead)))[0]
    if match := _SUM_OF.search(ahead):
        total = match["sum"] if match["sum"].lower().startswith(_SUMS) else "tổng số tiền"
        total = "tổng số tiền" if match["sum"].lower() == "tổng cộng" else total
        rest = deed(ahead[: match.start()].strip(" ,")) or ("" if _SHARE.match(previous or "") else previous) or ""
        rest = rest if rest or "đầu tư" in total.lower() else _fund(document, block, position) or behind
        if rest.lower() == total.lower():
            return total  # "Kinh phí 6 triệu đồng": the fund is what is summed up
        if rest.lower().startswith("tiền ") and total.endswith("tiền"):
            total = total.removesuffix("tiền").strip()
        if each and total.lower() == "mức":
            return f"{total} {rest} mỗi {each.strip('/ ')}" if rest else f"mức tiền mỗi {each.strip('/ ')}"
        return f"{total} {rest}".strip()
    piece = each.strip("/ ")
    if not piece and (match := _EACH.search(ahead)):
        piece = match["thing"]
        ahead = ahead[: match.start()].strip(" ,")
    if piece:
        if previous and previous.lower().startswith(piece.lower().split()[0]):
            return f"mức tiền mỗi {previous}"
        told = deed(ahead) if len(ahead.split()) > 4 else ahead
        if previous and not told and document.lower.endswith("bình quân ", 0, position):
            return f"{previous} bình quân mỗi {piece}"
        if piece.lower() in _TIMES and not _MONEY.search(told.lower()) and (fee := _fee_above(document, block)):
            return f"{fee} {told} mỗi {piece}"
        return f"{told if _MONEY.search(told.lower()) else f'mức tiền {told}'.strip()} mỗi {piece}"
    if previous and not parent and _PAID.fullmatch(ahead.lower()) and not _MONEY.search(previous.lower()):
        return f"{ahead} {_PIECES.sub('', previous)}"  # "Thăm hỏi 43 lượt, chi 8,6 triệu đồng"
    spent = _SPENT_ON_IT.fullmatch(ahead.lower()) and not document.lower.endswith((" và ", " cùng "), 0, position)
    if spent and previous and not parent and not _MONEY.search(previous.lower()):
        return f"tiền {_PIECES.sub('', previous)}"  # "Thăm hỏi 43 lượt ốm đau, 8,6 triệu đồng"
    said = ahead if words(ahead) <= _LONG else deed(ahead)
    phrase = f"{said} {behind}".strip() if words(said) < 6 else said
    if parent and _BUDGET_LINE.match(phrase.lower()) and not _SPENT.search(parent.lower()):
        return phrase  # "tổng kinh phí 12 tỷ đồng, trong đó chi thường xuyên 10 tỷ": it names itself
    if parent and words(phrase) < 8 and parent.lower() not in phrase.lower():
        phrase = parent if parent.lower().startswith(phrase.lower()) else f"{phrase} {parent}"
    elif (
        words(phrase) < 3
        and not _NAMES_ITSELF.match(phrase.lower())
        and (fund := _fund(document, block, position))
        and fund.lower() not in phrase.lower()
    ):
        phrase = f"{fund} {phrase}".strip()
    elif words(phrase) < 3 and rest_behind.lower().startswith(("cho ", "để ")):
        phrase = " ".join(f"{phrase} {rest_behind}".split()[: _LONG + 2])
    return phrase if _MONEY.search(phrase.lower()) else f"kinh phí {phrase}".strip()


#: A part of a budget by a name of its own.
_BUDGET_LINE = re.compile(r"(?:chi|thu) [^\W\d_]+")
_SPENT = re.compile(r"(?<!\w)(?:chi|thu|đầu tư)(?!\w)")


def _fund(document: Document, block: Block, position: int) -> str:
    """The fund or fee that the block speaks of before a position, the nearest; "" for none."""
    first = max(block.body, position - _REACH)
    found = list(_FUND.finditer(document.lower, first, position))
    if found:
        return document.value(found[-1].start(), found[-1].end())
    return "tiền thưởng" if _REWARD.search(document.lower, first, position) else ""


def _fee_above(document: Document, block: Block) -> str:
    """The fee that the heads above a block name: ``học phí`` under ``Học phí năm học tới``; "" for none."""
    for above in (block, *document.ancestors(block)):
        if named := _FEE.search(document.lower, *document.head(above)):
            return document.value(*named.span())
    return ""


_REWARD = re.compile(r"(?<!\w)(?<!khen )(?:được |mức )?thưởng(?!\w)")
