"""Lines into which the columns of a letterhead or signature were flattened, taken apart again."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors._shared.blocks import SPLIT
from extractors._shared.document import Block
from extractors._shared.view import View
from extractors._shared.zone_forms import EMPHASIS, LINE, forms, is_person, pattern
from schemas.text import TextLayer

HEAD_CHARACTERS = 6000
HEAD_BLOCKS = 60
_SHORTEST_RULE = 3
SUBJECT = re.compile(r"(?:^|(?<=\s))[*_(]*(?:(?:V/v|V/V|v/v|Về việc|VỀ VIỆC)\s?[:.]?|Về\s?:)\s?")
_FIRST_WORD = re.compile(r"[^\W\d_]{1,5}:?")
_NUMBER_START = re.compile(r"(?<=\s)(?:Số|SỐ)\s?(?::|[.]?\s?(?=[\d.…_ ]*\s?(?:/|-(?! )|- ?\S+/)))")
_NUMBERED = re.compile(r"[*_\s]*(?:Số|SỐ|số)\s?:?")
_PLACE = re.compile(r"(?<![\w/&-])(?:[^\W\d_a-z][\w.']*\s?(?:-\s)?){1,6},?\s?(?:ngày|Ngày|NGÀY)")


def split_columns(layer: TextLayer, view: View, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those of letterhead and signature cut where one column ends and the other begins."""
    tail_until = -1
    parts: list[Block] = []
    first: dict[int, int] = {}
    for block in blocks:
        text = view.text[block.start : block.end]
        lowered = view.lower[block.start : block.end]
        cuts: set[int] = set()
        if block.kind not in ("junk", "caption") and len(text) <= 3 * LINE:
            if block.start < HEAD_CHARACTERS and block.index < HEAD_BLOCKS:
                cuts |= _head_cuts(layer, view, block)
            if _starts_tail(text, lowered):
                tail_until = block.index + 25
            if block.index <= tail_until and (len(text) <= LINE or block.cell is not None):
                cuts |= _tail_cuts(layer, view, block)
        first[block.index] = len(parts)
        parent = None if block.parent is None else first[block.parent]
        for number, (start, end) in enumerate(_ranges(view, block, cuts)):
            body = max(start, min(block.body, end)) if number == 0 else start
            marker = block.marker if number == 0 else None
            if (start, end, body) == (block.start, block.end, block.body) and parent == block.parent:
                uncut = block if block.index == len(parts) else replace(block, index=len(parts))
                parts.append(uncut)
                continue
            parts.append(
                replace(block, index=len(parts), start=start, end=end, body=body, marker=marker, parent=parent)
            )
    return parts


def _ranges(view: View, block: Block, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    edges = [block.start, *sorted(cut for cut in cuts if block.start < cut < block.end), block.end]
    for start, end in itertools.pairwise(edges):
        piece = view.text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _breaks(layer: TextLayer, view: View, block: Block, gap: int) -> set[int]:
    """Offsets of the view at which the layer begins a line or has at least so many spaces.

    A line that goes on with a small letter is a sentence wrapped, not the other column, and so is one
    behind the first word alone (``BỘ`` over ``GIÁO DỤC VÀ ĐÀO TẠO``) or behind the first half of a known line.
    """
    first, last = view.to_layer(block.start, block.end)
    piece = layer.text[first:last]
    if "\n" not in piece and " " * gap not in piece:
        return set()  # most blocks
    return {
        bisect_left(view.offsets, first + match.end(), block.start, block.end)
        for match in re.finditer(rf"\n\s*| {{{gap},}}", piece)
        if match.group(0)[0] != "\n"
        or not (
            piece[match.end()].islower()
            or _FIRST_WORD.fullmatch(piece[: match.start()].replace("\u00ad", ""))
            or SPLIT.fullmatch(_around(piece, *match.span()))
        )
    }


def _around(text: str, first: int, last: int) -> str:
    """The lines that end and begin at a line break of a text, white space folded."""
    before, behind = text[:first].rpartition("\n")[2], text[last:].partition("\n")[0]
    return f"{' '.join(before.split())}\n{' '.join(behind.split())}"


def _head_cuts(layer: TextLayer, view: View, block: Block) -> set[int]:
    text, lowered = view.text[block.start : block.end], view.lower[block.start : block.end]
    cuts: set[int] = set()
    for match in pattern("motto").finditer(lowered):
        capitals = "capitals" in forms("motto")[match.group(0)].attributes
        if capitals and not text[match.start() : match.end()].isupper():
            continue
        if (
            match.group(0).startswith("đoàn")
            and match.start()
            and not _gap_before(layer, view, block.start + match.start())
        ):
            continue  # ``BAN BÍ THƯ TRUNG ƯƠNG ĐOÀN TNCS HỒ CHÍ MINH`` is one body
        before = len(text[: match.start()].rstrip(EMPHASIS)) if text[: match.start()].strip(EMPHASIS) else 0
        after = len(text) - len(text[match.end() :].lstrip(EMPHASIS))
        cuts |= {block.start + before, block.start + after}
    numbered = _NUMBERED.match(text)
    gaps = _breaks(layer, view, block, 2)
    # ``SỞ GIÁO DỤC VÀ ĐÀO TẠO     Bạc Liêu, ngày …``: capitals before a gap are the other column, so is a rule.
    ruled = [gap for gap in gaps if _is_rule(view, block.start, gap) or _is_rule(view, gap, block.end)]
    columns = [gap for gap in gaps if gap in ruled or view.text[block.start : gap].isupper()]
    cuts.update(ruled)
    if cuts or numbered or text.isupper() or "\n" in text or columns:
        lines = _breaks(layer, view, block, 999)
        cuts |= lines
        cuts |= {block.start + match.start() for match in _NUMBER_START.finditer(text)}
        cuts |= {block.start + match.start() for match in SUBJECT.finditer(text) if match.start() and numbered}
        for match in _PLACE.finditer(text) if "ngày" in lowered else ():
            begin = block.start + match.start()
            beside = gaps if numbered else columns
            at_gap = [gap for gap in beside if begin <= gap <= block.start + match.end()]
            cuts.add(at_gap[-1] if at_gap else begin)
    return cuts


def _is_rule(view: View, start: int, end: int) -> bool:
    """Whether nothing but the line below a body or the motto stands there: ``-------``."""
    piece = view.text[start:end].strip()
    return len(piece) >= _SHORTEST_RULE and not any(map(str.isalnum, piece))


def _gap_before(layer: TextLayer, view: View, offset: int) -> bool:
    first = view.offsets[offset]
    return layer.text[max(0, first - 2) : first].isspace()


def _starts_tail(text: str, lowered: str) -> bool:
    if "nhận" in lowered[:40] or "gửi" in lowered[:12]:
        return True
    plain = lowered.lstrip(EMPHASIS)
    first = pattern("post").match(plain)
    if first and text[0].isupper() and len(text) <= LINE and not _SIGN.search(text):
        # ``Chủ tịch Hội đồng trường   Hiệu trưởng``: nothing but two posts.
        second = list(pattern("post").finditer(plain, first.end()))
        if second and second[-1].end() == len(plain) and text[len(text) - len(second[-1].group(0))].isupper():
            return True
    return text[:6].lstrip(EMPHASIS)[:2].isupper() and (first or pattern("prefix").match(plain)) is not None


_SIGN = re.compile(r"[,;:()\d]|[^\W\d_] - |(?<!\w)(?:và|kiêm)(?!\w)")
# ``KT.`` belongs to the post that follows.
_PREFIX_END = re.compile(r"(?:^|\s)(?:T/?M|T\.M|KT|K/T|TL|T/L|TUQ|Q)[./:]$")
_SIGN_INSIDE = re.compile(r"(?<=[\s;.:])(?:T/?M|T\.M|KT|K/T|TL|T/L|TUQ)[./:]?\s?(?=[^\W\d_a-z]{2})")


def _tail_cuts(layer: TextLayer, view: View, block: Block) -> set[int]:
    text, lowered = view.text[block.start : block.end], view.lower[block.start : block.end]
    cuts = _breaks(layer, view, block, 3)
    cuts |= {block.start + match.start() for match in _SIGN_INSIDE.finditer(text)}
    for match in pattern("post").finditer(lowered):
        alone = match.end() == len(text) and text[match.start() : match.end()].isupper()
        before = text[: match.start()].rstrip()
        if alone and before.endswith((";", ".", ",", ":", "*")) and not _PREFIX_END.search(before):
            cuts.add(block.start + match.start())
    if "Lưu" in text and (kept := re.search(r"Lưu\s?[:.]?[^;]*?[.;,]\s(?=(?:[^\W\d_a-z][^\W\d_]*\s?){2,5}$)", text)):
        cuts |= {block.start + kept.end()} if is_person(text[kept.end() :]) else set()
    return cuts
