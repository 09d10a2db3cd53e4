"""Who stands behind a report: the issuing body, those who signed it and those who receive it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors._shared.document import Block, Document
from extractors._shared.lexicon import load_lexicon
from extractors._shared.view import fold_tone_style, lower
from extractors._shared.zone_forms import EMPHASIS, forms, is_person, pattern


@cache
def _wording(group: str) -> str:
    rows = load_lexicon("extractors.report", "wording.yml")[group]
    words = [lower(fold_tone_style(form)) for entry in rows for form in entry.forms]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PLACE_LINE = re.compile(r"(?:tỉnh|huyện|thành phố|tp\.?|quận|thị xã|tx\.?|xã|phường|thị trấn|cấp)\s(?!ủy|đoàn|hội)")


#: A name of two to four capitalised syllables.
_PEN_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_a-z][^\W\d_]*){0,3}")
_SUPERIOR = re.compile(r"(?:UBND|ỦY BAN|UỶ BAN|SỞ|PHÒNG|HUYỆN|ĐẢNG BỘ|LIÊN ĐOÀN|CÔNG ĐOÀN|ĐẢNG ỦY|ĐẢNG UỶ)(?!\w)")
#: Where the second body of a letterhead begins that was flattened into one line.
_NEXT_BODY = re.compile(
    r"(?<=\w )(?:PHÒNG (?:GIÁO|GD)|SỞ (?:GIÁO|GD)|"
    r"TRƯỜNG (?:TIỂU|THCS|THPT|MẦM|MẪU|TRUNG|TH|MN|PT|PHỔ)|CÔNG ĐOÀN|CHI BỘ)(?!\w)"
)


def letterhead_issuer(document: Document, blocks: Sequence[Block]) -> str | None:
    """The issuing body: the last one of the letterhead, whose lines may go on over several.

    ``ỦY BAN NHÂN DÂN / HUYỆN YÊN TRẠCH`` is one body, ``UBND HUYỆN YÊN TRẠCH / PHÒNG GD&ĐT`` two.
    """
    bodies: list[list[Block]] = []
    for block in _letterhead_lines(document, blocks):
        text = document.lower[block.start : block.end].strip(EMPHASIS)
        begins = bool(pattern("body").match(text)) and not _PLACE_LINE.match(text)
        complete = bool(bodies) and not _incomplete(document, bodies[-1])
        if bodies and not (begins and complete):
            bodies[-1].append(block)
        else:
            bodies.append([block])
    if not bodies:
        return None
    issuer = " ".join(_value(document, block) for block in bodies[-1]).rstrip(" .")
    return last_body(issuer) if len(bodies) == 1 else issuer


def last_body(letterhead: str) -> str:
    """The issuing body of a letterhead on one line: ``UBND HUYỆN YÊN TRẠCH PHÒNG GIÁO DỤC VÀ ĐÀO TẠO`` has two."""
    flattened = list(_NEXT_BODY.finditer(letterhead)) if _SUPERIOR.match(letterhead) else []
    return letterhead[flattened[-1].start() :] if flattened else letterhead


def _letterhead_lines(document: Document, blocks: Sequence[Block]) -> list[Block]:
    """The lines of the first letterhead only: a later one belongs to an appendix."""
    lines: list[Block] = []
    for block in blocks:
        if lines and block.index - lines[-1].index > 6:
            break
        lines.append(block)
    return lines


def _incomplete(document: Document, lines: list[Block]) -> bool:
    if len(lines) > 1:
        return False
    text = document.lower[lines[0].start : lines[0].end].strip(EMPHASIS)
    return text in forms("incomplete_body") or text.endswith((" và", "-", ","))


def _value(document: Document, block: Block) -> str:
    return document.value(block.start, block.end).strip(EMPHASIS)


def byline_issuer(document: Document, blocks: Sequence[Block]) -> str | None:
    """The body of a news item's source line; None where only persons are named.

    A body's name goes before the name of a source (``Nguồn tin: Ấp Bắc``), and that before any other;
    behind ``Tác giả`` and the like stands a person or pen name unless it is a body's.
    """
    found: list[tuple[int, str]] = []
    for block in blocks:
        text = document.lower[block.start : block.end]
        label = re.match(rf"[*_(\s]*(?P<label>{_wording('byline_label')})\s?:\s?", text)
        start = block.start + (label.end() if label else 0)
        end = block.end - len(text) + len(text.rstrip(" .)*_"))
        source = label is not None and "nguồn" in label["label"]
        for first, last in _parts(document, start, end):
            name = document.text[first:last]
            if len(name) <= 3 or is_person(name):
                continue
            if pattern("body").match(document.lower, first):
                found.append((0, document.value(first, last)))
            elif source or label is None or not _PEN_NAME.fullmatch(name):
                found.append((1 if source else 2, document.value(first, last)))
    return min(found, key=lambda item: item[0])[1] if found else None


def _parts(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """``Thu Hà - Trường THCS Tân Lập``: the parts of a byline around a dash or a comma before a body."""
    parts, first = [], start
    for match in re.finditer(r"\s-\s|,\s", document.text[start:end]):
        after = start + match.end()
        if match.group(0) == ", " and not pattern("body").match(document.lower, after):
            continue
        parts.append((first, start + match.start()))
        first = after
    return [*parts, (first, end)] if end > first else parts


def signature_issuer(document: Document, blocks: Sequence[Block]) -> str | None:
    """The body for which a document without letterhead is signed: the lines after ``TM.``, up to the post."""
    lines: list[str] = []
    for block in blocks:
        text = document.lower[block.start : block.end].strip(EMPHASIS)
        prefix = re.match(r"(?:tm|t/m|t\.m|thay mặt)[./:]?\s?", text)
        if prefix and not lines:
            begin = document.text.index(document.text[block.start : block.end].strip(EMPHASIS), block.start)
            lines.append(document.value(begin + prefix.end(), block.end).strip(EMPHASIS))
        elif lines:
            if (
                pattern("post").match(text)
                or pattern("prefix").match(text)
                or is_person(document.text[block.start : block.end])
            ):
                break
            lines.append(_value(document, block))
    return " ".join(lines) or None


def signers(document: Document, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names in signatures, in the order of the text and as printed."""
    names: list[str] = []
    for block in blocks:
        line = document.text[block.start : block.end].strip(EMPHASIS + ".")
        if is_person(line) and not pattern("post").match(lower(line)):
            name = re.sub(
                r"^(?:(?:Đ/c|đ/c|Th\.?[Ss]|TS|PGS|GS|NGƯT|NGND|BS|CN|KS|Ông|Bà)\.?\s?[.:]?\s?)+",
                "",
                _value(document, block),
            )
            if name.rstrip(".") not in names:
                names.append(name.rstrip("."))
    return tuple(names)


#: ``: để báo cáo``, ``(để thực hiện)``, ``(b/c)``.
_PURPOSE = re.compile(
    r"\s?(?:[:(]\s?)?(?:\(?(?:để|nhằm)\s|\(\s?(?:b/c|bc|t/h|th|báo cáo|thực hiện|biết|phối hợp|"
    r"đưa tin|theo dõi|chỉ đạo))[^;]*$|"
    r"\s?\((?:b/c|bc|t/h|th|p/h|ph)\)",
    re.I,
)


def recipients(document: Document, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The *Nơi nhận* list without purposes (``để báo cáo``), ``Như trên`` and ``Lưu``."""
    names: list[str] = []
    bulleted = any(block.marker is not None for block in blocks)
    open_entry = False  # whether the entry before may go on
    for block in blocks:
        start = block.body
        if cue := pattern("recipients").match(document.lower, start, block.end):
            start = cue.end()
        elif bulleted and block.marker is None:
            # A line without a bullet goes on with the entry before, which may be one left out.
            rest = _recipient(document, start, block.end)
            if open_entry and names and rest:
                names[-1] = f"{names[-1]} {rest}"
            continue
        open_entry = False
        for first, last in _items(document.text, start, block.end, block.marker is not None):
            name = _recipient(document, first, last)
            open_entry = bool(name) and not document.text[first:last].rstrip().endswith((";", "."))
            if name and name not in names:
                names.append(name)
    return tuple(names)


def _items(text: str, start: int, end: int, bulleted: bool) -> list[tuple[int, int]]:
    """The entries of a list on one line: ``- UBND huyện; - Các trường; - Lưu: VT.``

    Behind a bullet of its own (``bulleted``) a lone dash stands between parts of one name.
    """
    items, first = [], start
    piece = text[start:end]
    lone = bulleted and ";" not in piece.rstrip("; .") and len(re.findall(r"(?<=\s)-\s", piece)) == 1
    for match in re.finditer(r";" if lone else r";|(?<=\s)-\s", piece):
        items.append((first, start + match.start()))
        first = start + match.end()
    return [*items, (first, end)]


def _recipient(document: Document, start: int, end: int) -> str | None:
    if match := _PURPOSE.search(document.text, start, end):
        end = match.start()
    while start < end and document.text[start] in " -+*•.,;:_":
        start += 1
    while end > start and document.text[end - 1] in " .,;:*_(":
        end -= 1
    if end - start < 2:
        return None
    if re.match(rf"(?:{_wording('recipient_skip')})(?!\w)", document.lower[start:end]):
        return None
    return document.value(start, end)
