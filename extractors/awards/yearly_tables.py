"""Honours listed by year: a year a row, what was won in it told in words in the cells beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._shared.dates import find_dates
from extractors._shared.document import Block
from extractors._shared.grid import grids, is_numeric
from extractors.awards.contest_names import contests_in
from extractors.awards.context import Context
from extractors.awards.holders import title_award
from extractors.awards.prizes import extract_prizes
from extractors.awards.ranks import extract_ranks
from extractors.awards.title_names import entry_of, extend
from extractors.awards.titles import extract_titles
from schemas.records import Award

_YEAR = re.compile(r"năm|thời gian|giai đoạn")
_HONOURS = re.compile(
    r"danh hiệu|thành tích|hình thức|khen thưởng|xếp loại|giải(?!\w| pháp)|hội thi|tập thể|cá nhân|kết quả"
)
#: Whose honours a column tells, beside one of honours: ``Giáo viên | 2 GVG tỉnh``, ``Học sinh giỏi | 9 giải tỉnh``.
_WHOSE = re.compile(r"(?:cá nhân|tập thể|giáo viên|gv|học sinh|hs|công đoàn|chi bộ|liên đội|đoàn|đội|nhà trường)(?!\w)")
_NOT_WON = re.compile(r"chỉ tiêu|kế hoạch|đăng ký|đề nghị|phấn đấu|họ và tên|họ tên|số tiền|mức thưởng")
_DECISION = re.compile(r"quyết định|cơ quan|cấp khen|số qđ")
#: What may stand in a cell before a title that nobody is named for.
_OPENING = re.compile(
    r"(?:(?:danh hiệu|đạt|được|nhận|tặng|công nhận|trường|nhà trường|và|là)(?: danh hiệu)? )*[\"“(]?", re.I
)
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What somebody gives, named without the giver, and who signed the decision on it.
_CERTIFICATE = re.compile(r"(?:bằng|giấy) khen|cờ thi đua|cờ", re.I)
_SIGNER = re.compile(r" của (?P<body>[^,;.()\d\n]{4,60}?)(?= về|[,;.()\n]|$)")
_PART = re.compile(r"[;\n,+:]|(?<!\w)- | và ")


def extract_yearly_tables(context: Context) -> Iterator[Award]:
    """The awards of the tables that list honours by year, each of the year of its row."""
    document = context.document
    for grid in grids(document):
        heads = {col: " ".join(grid.header_path(col)).lower() for col in range(grid.shape[1])}
        years = next((col for col, head in heads.items() if _YEAR.match(head)), None)
        told = [col for col, head in heads.items() if col != years and _HONOURS.search(head)]
        told = [col for col in told if not _DECISION.search(heads[col])] or told
        told += [col for col, head in heads.items() if col not in (years, *told) and told and _WHOSE.match(head)]
        if years is None or not told or any(_NOT_WON.search(head) for head in heads.values()):
            continue
        deciding = next((col for col, head in heads.items() if _DECISION.search(head) and col not in told), None)
        for row in range(grid.header_rows, grid.shape[0]):
            at = grid.cells.get((row, years))
            year = _year(context, at) if at else None
            for col in told if year else []:
                block = grid.cells.get((row, col))
                if block is None or is_numeric(grid.text(row, col)):
                    continue
                for award in _of_cell(context, block):
                    signed = _as_decided(context, grid.cells.get((row, deciding)), award) if deciding else award
                    yield _in_contest(context, grid.cells.get((grid.header_rows - 1, col)), signed, year)


def _in_contest(context: Context, head: Block | None, award: Award, year: str | None) -> Award:
    """An award of its year; a prize whose cell names no contest in the one that heads its column."""
    update: dict[str, object] = {"period": year}
    if award.kind != "title" and award.contest is None and head is not None:
        match = next(contests_in(context.document.lower, head.start, head.end), None)
        update |= {"contest": context.document.value(*match.span())} if match else {}
    return award.model_copy(update=update)


def _year(context: Context, block: Block) -> str | None:
    """The year or school year that a cell tells last; None where it tells none."""
    document = context.document
    dates = [d.iso for d in find_dates(document.text, document.lower, block.start, block.end) if d.iso]
    bare = _BARE_YEAR.search(document.text, block.start, block.end)
    return dates[-1] if dates else bare.group(0) if bare else None


def _of_cell(context: Context, block: Block) -> Iterator[Award]:
    """What a cell tells: in sentences as running text does, or by the name of a title alone."""
    document = context.document
    told = [award for rule in (extract_titles, extract_prizes, extract_ranks) for award in rule(context, block)]
    yield from told
    passages = [(p.start, p.end) for award in told for p in award.evidence]
    for term in document.terms("title", block.body, block.end):
        passage = document.evidence(term.start, term.end)
        parts = list(_PART.finditer(document.text, block.body, term.start))
        opening = document.text[parts[-1].end() if parts else block.body : term.start].lstrip()
        if any(start < passage.end and passage.start < end for start, end in passages):
            continue
        if _OPENING.fullmatch(opening):
            end = extend(document.lower, term.end, block.end, giver="giver" in entry_of(term).attributes)
            yield title_award(context, block, term, (term.start, term.end), end, 1, None)


def _as_decided(context: Context, cell: Block | None, award: Award) -> Award:
    """A title with the level of who signed the decision beside it, and their name where it has no giver."""
    document = context.document
    if cell is None or award.kind != "title" or award.title is None:
        return award
    terms = document.terms("level", cell.start, cell.end)
    level = award.level or (context.level_of(terms[-1]) if terms else None)
    signer = _SIGNER.search(document.text, cell.start, cell.end)
    title = award.title
    if signer and _CERTIFICATE.fullmatch(title):
        title = f"{title} của {document.value(*signer.span('body'))}"
    return award.model_copy(update={"level": level, "title": title})
