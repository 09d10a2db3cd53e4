"""Forms of a PDF, drawings that other drawings call by name: are they called without end?

PDFium draws each call anew, forty levels deep, and cannot be stopped: a form that calls itself twice
is drawn a million million times. The calls are therefore counted before PDFium is asked. The bytes
are searched for objects, whatever the file's own table says of them: PDFium searches a damaged file so.
"""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipelines.readers.limits import MAX_UNPACKED_BYTES, UnreadableError
from pipelines.readers.pdf_filters import MOST_CONTENT, inflated, unpacked

#: What parts words in a PDF. Numbers of a generation may be anything: PDFium does not mind.
_GAP, _END = rb"[\s\0]+", rb"(?![^\s\0/<>\[\](){}%])"
_NAME = rb"/([^\s\0/<>\[\](){}%]+)"
#: A form's kind as it stands in the file, its letters spelled out or not; forms are never packed with other objects.
_FORM = re.compile(rb"/(?:F|#46)(?:o|#6[Ff])(?:r|#72)(?:m|#6[Dd])" + _END)
_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})" + _GAP + rb"[^\s\0]{1,20}" + _GAP + rb"obj")
_BODY_END = re.compile(rb"(?<![A-Za-z])(?:endobj|stream\r?\n?)")
_REFERENCE = re.compile(
    rb"(?:" + _NAME + rb"[\s\0]*)?(?<!\d)(\d{1,10})" + _GAP + rb"[^\s\0]{1,20}" + _GAP + rb"R" + _END
)
#: A call, with its form's name where it stands right before it.
_CALL = re.compile(rb"(?:" + _NAME + _GAP + rb")?(?<![^\s\0/<>\[\](){}%])Do" + _END)
#: How a stream is packed, where an object of its own says it.
_FILTER_APART = re.compile(
    rb"(/(?:Filter|DecodeParms)[\s\0]*)(\d{1,10})" + _GAP + rb"[^\s\0]{1,20}" + _GAP + rb"R" + _END
)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
#: How deep PDFium goes, and how many calls below one form it makes in a second.
_LEVELS, _MOST_CALLS = 40, 20_000
#: A chart has thousands of marks, but not below so many levels; PDFium takes long for a deep form that is damaged.
_DEEP, _MOST_DEEP_CALLS = 5, 500
#: Bytes of an object that are looked at.
_MOST_BODY = 100_000
#: How often a form that cannot be looked into may call each one that it names.
_PERHAPS = 2


class _Body(NamedTuple):
    """What an object says of itself, no letter escaped, and where its stream begins; None without one."""

    text: bytes
    content: int | None


def check_forms(data: bytes) -> None:
    """Raises: UnreadableError where drawing the forms of a PDF would not come to an end."""
    if _FORM.search(data) is not None and _Forms(data).are_endless():
        raise UnreadableError("has drawings that call themselves again and again; print it to a new PDF")


def without_encryption(document: pdfium.PdfDocument, data: bytes) -> bytes:
    """The bytes of a PDF with its streams as they are meant; the same bytes where they are not encrypted."""
    if pdfium_c.FPDF_GetSecurityHandlerRevision(document.raw) < 0 or _FORM.search(data) is None:
        return data
    stream = io.BytesIO()
    try:
        document.save(stream, flags=pdfium_c.FPDF_REMOVE_SECURITY)
    except pdfium.PdfiumError:
        # What PDFium cannot write, it has not read either.
        return data
    return stream.getvalue()


class _Forms:
    """The forms of a file by their numbers; a number may have been given several times."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._budget = MAX_UNPACKED_BYTES
        self._bodies: defaultdict[int, list[_Body]] = defaultdict(list)
        for number, body in _bodies(data):
            self._bodies[number].append(body)
        self._forms = {
            number: own
            for number, bodies in self._bodies.items()
            if (own := [body for body in bodies if body.content is not None and _FORM.search(body.text)])
        }
        self._everywhere = self._named(body for bodies in self._bodies.values() for body in bodies)
        self._called = {number: [self._calls(body) for body in bodies] for number, bodies in self._forms.items()}
        self._counts: dict[tuple[int, int], int] = {}

    def are_endless(self) -> bool:
        """Whether more calls are made below one form than PDFium makes in a short time."""
        return any(
            (calls := self._count(number, _LEVELS)) > _MOST_CALLS
            or calls - self._count(number, _DEEP) > _MOST_DEEP_CALLS
            for number in self._forms
        )

    def _count(self, number: int, levels: int) -> int:
        """How many calls there are below a form, so many levels down; `_MOST_CALLS` and one stand for any more."""
        if not levels:
            return 0
        known = self._counts.get((number, levels))
        if known is None:
            known = max(
                sum(times * (1 + max(self._count(form, levels - 1) for form in forms)) for forms, times in calls)
                for calls in self._called[number]
            )
            self._counts[number, levels] = known = min(known, _MOST_CALLS + 1)
        return known

    def _calls(self, body: _Body) -> list[tuple[frozenset[int], int]]:
        """The forms that a form may mean by each name that it calls, and how often it does."""
        # PDFium looks a name up on the page where the form's own resources lack it.
        own = self._named(self._around(body))
        named = self._everywhere | own
        content = self._content(body) if any(named.values()) else b""
        if content is None:
            return [(forms, _PERHAPS) for forms in own.values() if forms]
        every = frozenset[int]().union(*named.values())
        times = Counter(match[1] for match in _CALL.finditer(content))
        calls = [(named.get(_plain(name), frozenset()) if name else every, count) for name, count in times.items()]
        return [(forms, count) for forms, count in calls if forms]

    def _named(self, bodies: Iterator[_Body]) -> dict[bytes, frozenset[int]]:
        """The forms by the names that some objects give them; none by those that they give something else."""
        named: defaultdict[bytes, set[int]] = defaultdict(set)
        for body in bodies:
            for name, number in _REFERENCE.findall(body.text):
                if name:
                    named[name] |= {int(number)} & self._forms.keys()
        return {name: frozenset(numbers) for name, numbers in named.items()}

    def _around(self, body: _Body) -> Iterator[_Body]:
        """An object and those that it refers to, streams left out: its resources may stand by themselves."""
        seen: set[int] = set()
        level = [body]
        for _ in range(3):
            yield from level
            numbers = {int(number) for each in level for _, number in _REFERENCE.findall(each.text)} - seen
            seen |= numbers
            level = [each for number in numbers for each in self._bodies.get(number, ()) if each.content is None]

    def _content(self, body: _Body) -> bytes | None:
        """What a form draws, as much of it as can be unpacked; None where that cannot be told."""
        start = body.content or 0
        end = self._data.find(b"endstream", start)
        packed = self._data[start : end if end > 0 else None]
        if self._budget < 0:
            return None
        content = unpacked(packed, _FILTER_APART.sub(self._filter, body.text))
        self._budget -= len(packed) + len(content or b"")
        return content

    def _filter(self, apart: re.Match[bytes]) -> bytes:
        """What an object of its own says of how a stream is packed; an unknown name where there is none or several."""
        bodies = self._bodies.get(int(apart[2]), ())
        return apart[1] + (bodies[0].text if len(bodies) == 1 else b"/Unknown")


def _bodies(data: bytes) -> Iterator[tuple[int, _Body]]:
    """The objects of a file with their numbers, those in streams of objects too."""
    for match in _OBJECT.finditer(data):
        start = match.end()
        end = _BODY_END.search(data, start, start + _MOST_BODY)
        is_stream = end is not None and end[0].startswith(b"stream")
        text = _plain(data[start : end.start() if end else start + _MOST_BODY])
        body = _Body(text, end.end() if is_stream and end else None)
        yield int(match[1]), body
        if body.content is not None and b"ObjStm" in body.text:
            yield from _packed_bodies(inflated(data[body.content : body.content + MOST_CONTENT]))


def _packed_bodies(packed: bytes) -> Iterator[tuple[int, _Body]]:
    """The objects of a stream of objects: it begins with the number and the place of each."""
    head = re.match(rb"[\d\s]+", packed)
    numbers = [int(number) for number in re.findall(rb"\d{1,10}", head[0])] if head else []
    first = head.end() if head else 0
    for (number, start), (_, end) in pairwise([*zip(numbers[::2], numbers[1::2], strict=False), (0, len(packed))]):
        yield number, _Body(_plain(packed[first + start : first + end]), None)


def _plain(text: bytes) -> bytes:
    """A text with the letters of its names as they are meant: ``/F#6frm``."""
    return _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), text)
