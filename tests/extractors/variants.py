"""Texts of the project and ways to write them otherwise that change no fact."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import yaml

from extractors import analyze, extract, load_document
from extractors._shared.document import Document
from pipelines.evaluate.compare import fold
from pipelines.evaluate.golds import find_golds
from pipelines.readers import read
from pipelines.readers.text import read_text
from schemas import Record, TextLayer

ROOT = Path(__file__).parents[2]
#: What is no field: where a record was read.
_BESIDE = {"report", "evidence", "confidence", "file"}

_OLD_TONES = {
    f"{first}{plain}": f"{vowel}{toned}"
    for first, vowel, plain, marked in (
        *(("òóỏõọ"[i], "o", "a", "àáảãạ"[i]) for i in range(5)),
        *(("òóỏõọ"[i], "o", "e", "èéẻẽẹ"[i]) for i in range(5)),
        *(("ùúủũụ"[i], "u", "y", "ỳýỷỹỵ"[i]) for i in range(5)),
    )
    for toned in (marked,)
}
_NEW_STYLE = re.compile(rf"(?<![qQ])({'|'.join(_OLD_TONES)})(?!\w)", re.I)


@cache
def case_texts() -> tuple[str, ...]:
    """The texts of all cases but those with tables, sorted."""
    texts = set()
    for path in sorted((ROOT / "extractors").glob("*/cases.yml")):
        texts |= {
            case["text"].strip() for case in yaml.safe_load(path.read_text(encoding="utf-8")) if not case.get("table")
        }
    return tuple(sorted(texts))


@cache
def report_texts() -> tuple[str, ...]:
    """The texts of the plain reports of the open parts of the corpus."""
    parts = (ROOT / "corpus" / "gold", ROOT / "corpus" / "opened" / "gold")
    reports = [report for part in parts for report, _ in find_golds(part)]
    return tuple(read(report).text for report in reports if report.suffix == ".txt")


def layer_of(text: str) -> TextLayer:
    """The text as the reader of plain files gives it."""
    return read_text(text.encode(), sha256="0" * 64, file="x.txt")


def folded(value: object) -> object:
    """A value as it is compared: texts with case, tone placement and spaces folded away."""
    if isinstance(value, str):
        return fold(value)
    return [folded(each) for each in value] if isinstance(value, list | tuple) else value


def fields(record: Record) -> str:
    """All fields of a record, comparable."""
    row = {name: folded(value) for name, value in record.model_dump(exclude=_BESIDE).items()}
    if "variants" in row:
        row["variants"] = sorted(set(map(str, row["variants"])))
    return json.dumps(row, ensure_ascii=False)


@cache
def known(text: str) -> tuple[Document, Counter[str]]:
    """The document of a text and the fields of its records."""
    analysis = analyze(layer_of(text))
    return analysis.document, Counter(map(fields, analysis.records))


def found(text: str) -> Counter[str]:
    """The fields of the records of a text."""
    return Counter(map(fields, extract(layer_of(text))))


def decomposed(text: str, rng: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def with_other_spaces(text: str, rng: random.Random) -> str:
    return "".join(rng.choice("\u00a0\u2009 ") if char == " " else char for char in text)


def with_old_tones(text: str, rng: random.Random) -> str:
    def old(match: re.Match[str]) -> str:
        pair = match[0]
        moved = _OLD_TONES[pair.lower()]
        return "".join(new.upper() if char.isupper() else new for char, new in zip(pair, moved, strict=True))

    return _NEW_STYLE.sub(old, text)


def with_capital_headings(text: str, rng: random.Random) -> str:
    document = load_document(layer_of(text))
    capital = text
    for block in document.blocks:
        if block.kind == "heading" and block.marker is not None and block.end > block.body:
            start, end = document.view.to_layer(block.body, block.end)
            upper = capital[start:end].upper()
            if len(upper) == end - start:
                capital = capital[:start] + upper + capital[end:]
    return capital


def with_soft_hyphens(text: str, rng: random.Random) -> str:
    # Words are hyphenated, the tags and entities between them are none.
    between = re.compile(r"<[^<>\n]*>|&[a-z]+;|(?<=[^\W\d_])(?=[^\W\d_])")
    return between.sub(lambda match: match.group(0) or ("\u00ad" if rng.random() < 0.1 else ""), text)


#: A line shorter than this is no full line.
_SHORTEST_LINE = 45


def wrapped(text: str, rng: random.Random) -> str:
    # Some lines stay whole: where all are cut, a head as long as the others cannot be told from a cut line.
    width = rng.randint(60, 100)
    return "\n".join(_wrap(line, width) if rng.random() < 0.7 else line for line in text.split("\n"))


def _wrap(line: str, width: int) -> str:
    """A line cut between words in the middle of sentences, where a small letter goes on."""
    rest, parts = line, []
    while len(rest) > width:
        cuts = [match.start() for match in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", rest[: width + 1])]
        cuts = [cut for cut in cuts if cut > _SHORTEST_LINE and rest[cut + 1].islower()]
        if not cuts:
            break
        parts.append(rest[: cuts[-1]])
        rest = rest[cuts[-1] + 1 :]
    return "\n".join([*parts, rest])


def with_other_bullets(text: str, rng: random.Random) -> str:
    signs = ["-", "+", "•", "*"]
    other = dict(zip(signs, rng.sample(signs, 4), strict=True))
    return re.sub(r"^([-+•*])(?= )", lambda match: other[match[1]], text, flags=re.M)


#: Says nothing that any record could hold.
UNRELATED = "Trời mưa suốt buổi chiều, sân ướt nên mọi người ngồi lại trong phòng và kể chuyện cũ."


def with_unrelated_paragraph(text: str, rng: random.Random) -> str:
    """The text with a paragraph between two others; as it is where no paragraph ends before another or a head."""
    document, _ = known(text)
    blocks = document.blocks
    places = [
        block
        for before, block in itertools.pairwise(blocks)
        if before.kind in ("paragraph", "item") and document.text[: before.end].endswith(".")
        if block.kind in ("paragraph", "heading")
    ]
    if not places:
        return text
    block = rng.choice(places)
    at = text.rfind("\n", 0, document.view.to_layer(block.start, block.end)[0]) + 1
    return f"{text[:at]}\n{UNRELATED}\n\n{text[at:]}"


_DOTS = (
    "……………………………",
    "..............................",
    "_ _ _ _ _ _ _ _ _",
    "- …………………………",
    "1. ……………………",
    "a) ..................",
)
_HEADS = (
    "BÁO CÁO",
    "PHẦN I. ĐÁNH GIÁ TÌNH HÌNH",
    "I. Đặc điểm tình hình",
    "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
    "1. Thuận lợi",
    "2. Khó khăn",
    "2.1. Công tác phổ cập giáo dục",
    "a) Chất lượng giáo dục",
    "III. Phương hướng, nhiệm vụ",
    "Điều 1. Phạm vi điều chỉnh",
)
_FORMS = (
    "Số: ……/BC-…………",
    "…………, ngày …… tháng …… năm 20……",
    "Họ và tên: ……………………………………",
    "Chức vụ: ………………………………………",
    "Tổng số học sinh: …………… em, trong đó nữ: ……………",
    "- Số lớp: …… lớp; số học sinh: …… em",
    "Tỷ lệ: …………%",
    "Danh hiệu đề nghị: ……………………………………",
    "Theo Quyết định số ……/QĐ-…… ngày …/…/……",
    "Trường: ……………………………………",
    "Nơi nhận:",
    "- Lưu: VT.",
    "NGƯỜI LẬP BIỂU",
    "(Ký, ghi rõ họ tên)",
    "THỦ TRƯỞNG ĐƠN VỊ",
)
#: A blank form that still yields prizes.
BLANK_PRIZES = "Đạt giải: ………… giải (Nhất: ……, Nhì: ……, Ba: ……)"
#: Lines of blank forms: heads, dotted lines, and fields left open.
BLANK_LINES = _DOTS + _HEADS + _FORMS
