"""What all pages share: the frame with its menu, and small pieces. They load only their style and run no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from pipelines.html_view.passages import clean

#: The menu: address and name.
_MENU = (
    ("/", "Tìm"),
    ("/findings", "Phát hiện"),
    ("/reports", "Báo cáo"),
    ("/facts/statistic", "Dữ kiện"),
)


@cache
def style() -> str:
    """The style sheet of the pages."""
    return files(__package__ or "").joinpath("style.css").read_text(encoding="utf-8")


def page(title: str, body: str, *, here: str = "") -> str:
    """A whole page; ``here`` is the address of the menu's entry it belongs to. The body is HTML, the title text."""
    menu = "".join(
        f'<a href="{address}"{" aria-current=page" if address == here else ""}>{name}</a>' for address, name in _MENU
    )
    return (
        f"{_head(title)}<body><header><a class=skip href=#main>Đến nội dung</a>"
        f'<nav aria-label="Chính">{menu}</nav></header><main id=main>{body}</main></body></html>'
    )


def frame(title: str, body: str) -> str:
    """A page without the menu, for the frames of other programs."""
    return f"{_head(title)}<body><main>{body}</main></body></html>"


def _head(title: str) -> str:
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{clean(title)} · baocao</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head>'
    )


def message_page(title: str, text: str) -> str:
    """A page that says one thing, with the way back."""
    return page(title, f'<h1>{clean(title)}</h1><p>{clean(text)}</p><p><a href="/">← Trang đầu</a></p>')


def options(choices: Iterable[tuple[str, str]], chosen: str) -> str:
    """The options of a choice: value and name, as HTML."""
    return "".join(
        f'<option value="{clean(value)}"{" selected" if value == chosen else ""}>{clean(name)}</option>'
        for value, name in choices
    )


def table(heads: Sequence[str], rows: Iterable[str], *, wide: bool = False) -> str:
    """A table of rows that are HTML already, under a heading; on a phone its cells stack, a ``wide`` one scrolls."""
    head = "".join(f'<th scope="col">{clean(name)}</th>' for name in heads)
    kind = "scroll" if wide else "stack"
    return f'<div class="{kind}"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
