"""The report as plain text and as two kinds of HTML: a site's article page and a page pasted from Word."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from .markup import Block, Columns, Grid, GridCell, Line, Source


def to_txt(source: Source) -> str:
    """Plain text as copied from a page: columns below or beside each other, one table row a line."""
    out: list[str] = []
    for block in source.blocks:
        if isinstance(block, Line):
            out.append(block.text)
        elif isinstance(block, Columns):
            out.extend(_txt_columns(block, beside=source.meta.get("txt_columns") == "beside"))
        else:
            out.extend(_txt_rows(block))
    return "\n".join(out) + "\n"


def _txt_columns(block: Columns, *, beside: bool) -> list[str]:
    if not beside:
        return [line.text for line in (*block.left, *block.right)]
    rows = max(len(block.left), len(block.right))
    left = [line.text for line in block.left] + [""] * (rows - len(block.left))
    right = [line.text for line in block.right] + [""] * (rows - len(block.right))
    return [f"{a}{' ' * max(46 - len(a), 6)}{b}".rstrip() for a, b in zip(left, right, strict=True)]


def _txt_rows(grid: Grid) -> list[str]:
    rows = [[""] * grid.cols for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.line.text
    return ["\t".join(row).rstrip() for row in rows]


def to_html(source: Source) -> str:
    """A page of the style in the front matter: ``site`` (with a frame round the article) or ``word``."""
    word = source.meta.get("html") == "word"
    inner = _word if word else _plain
    body = "\n".join(_html_block(block, inner, word=word) for block in source.blocks)
    title = escape(str(source.meta["title"]), quote=False)
    if word:
        return _WORD_PAGE.format(title=title, body=body)
    return _SITE_PAGE.format(
        title=title, site=escape(str(source.meta.get("site", "Cổng thông tin điện tử"))), body=body
    )


def _html_block(block: Block, inner: Callable[[str], str], *, word: bool) -> str:
    css = ' class="MsoNormal"' if word else ""
    if isinstance(block, Line):
        if not block.text.strip():
            return f"<p{css}>&nbsp;</p>" if word else ""
        text = inner(block.text.strip())
        text = f"<b>{text}</b>" if block.style != "plain" else text
        align = ' style="text-align:center"' if block.style == "centre" else ""
        return f"<p{css}{align}>{text}</p>"
    if isinstance(block, Columns):
        sides = []
        for side in (block.left, block.right):
            printed = [inner(line.text.strip()) for line in side if line.text.strip()]
            sides.append("".join(f"<p{css}>{text}</p>" for text in printed))
        return f'<table border="0"><tr><td>{sides[0]}</td><td>{sides[1]}</td></tr></table>'
    rows = []
    for r in range(block.rows):
        cells = [cell for cell in block.cells if cell.row == r]
        rows.append("<tr>" + "".join(_html_cell(cell, inner) for cell in cells) + "</tr>")
    return '<table border="1">\n' + "\n".join(rows) + "\n</table>"


def _html_cell(cell: GridCell, inner: Callable[[str], str]) -> str:
    tag = "th" if cell.header else "td"
    spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1) + f' colspan="{cell.col_span}"' * (cell.col_span > 1)
    return f"<{tag}{spans}>{inner(cell.line.text)}</{tag}>"


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _word(text: str) -> str:
    """The text as Word writes it into a page: runs cut inside syllables, no-break spaces, a soft hyphen here and there.

    Where the cuts fall depends on the text alone, so that the page is the same every time.
    """
    out = []
    for i, word in enumerate(re.split(r"( +)", text)):
        if word.isspace():
            out.append("&nbsp;" * (len(word) - 1) + " " if len(word) > 1 else word)
        elif len(word) > 2 and word.isalpha() and (i + len(text)) % 5 == 0:
            cut = 1 + (i % (len(word) - 1))
            out.append(
                f'<span style="mso-bidi-font-weight:bold">{word[:cut]}</span><span lang="VI">{word[cut:]}</span>'
            )
        elif len(word) > 4 and word.isalpha() and (i + len(text)) % 23 == 0:
            out.append(f"{word[:2]}&shy;{word[2:]}")
        else:
            out.append(escape(word, quote=False))
    return "".join(out) + "<o:p></o:p>"


_SITE_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>td, th {{ border: 1px solid #999; padding: 2px 6px; }}</style>
<script>var visits = 48213; document.cookie = "seen=1";</script>
</head>
<body>
<header><a href="/">{site}</a></header>
<nav><ul>
<li><a href="/gioi-thieu">Giới thiệu</a></li>
<li><a href="/tin-tuc">Tin tức</a></li>
<li><a href="/van-ban">Văn bản</a></li>
</ul></nav>
<main>
<article>
{body}
</article>
</main>
<footer><p>{site}</p></footer>
</body>
</html>
"""

_WORD_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Word 15">
<title>{title}</title>
<style>
<!-- p.MsoNormal {{ margin:0cm; font-size:14.0pt; font-family:"Times New Roman",serif; }} -->
</style>
</head>
<body lang=VI>
<div class=WordSection1>
{body}
</div>
</body>
</html>
"""
