"""Web pages saved as one file (.mht, and what Word saves under .doc): the page among its parts."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from pipelines.readers.html import read_html
from pipelines.readers.limits import MAX_TEXT_BYTES, UnreadableError, megabytes
from schemas import TextLayer

#: Parts that are looked at; a page has as many as pictures.
_MAX_PARTS = 2_000


def read_mhtml(data: bytes, *, sha256: str, file: str) -> TextLayer:
    """The layer of the first page in a web archive. Pictures and links are not followed.

    Raises: UnreadableError, for a mail too: its attachments are not looked for.
    """
    try:
        page = _page(email.message_from_bytes(data, policy=email.policy.compat32))
    except (ValueError, LookupError, RecursionError) as error:
        raise UnreadableError("is a damaged web archive (.mht); open it and save the report as .docx") from error
    if page is None:
        raise UnreadableError("is a mail or a web archive without a page; save the report in it and give that")
    if len(page) > MAX_TEXT_BYTES:
        raise UnreadableError(f"is too large ({megabytes(len(page))}, limit {megabytes(MAX_TEXT_BYTES)}); split it")
    return read_html(page, sha256=sha256, file=file)


def _page(message: Message) -> bytes | None:
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None
