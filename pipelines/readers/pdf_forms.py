"""Forms of a PDF, drawings that other drawings call by name: are they called without end?

PDFium draws each call anew, forty levels deep, and cannot be stopped: a form that calls itself twice
is drawn a million million times. The calls are therefore counted before PDFium is asked. The bytes
are searched for objects, whatever the file's own table says of them: PDFium searches a damaged file so.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pipelines.readers.limits import UnreadableError

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
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
#: How deep PDFium goes, and how many calls below one form it makes in a second.
_LEVELS, _MOST_CALLS = 40, 20_000
#: A chart has thousands of marks, but not below so many levels; PDFium takes long for a deep form that is damaged.
_DEEP, _MOST_DEEP_CALLS = 5, 500
#: Bytes of an object, and of an unpacked stream, that are looked at.
_MOST_BODY, _MOST_CONTENT = 100_000, 20_000_000
#: Bytes that are unpacked at a time: what stands before damaged ones counts.
_PIECE = 4_096


class _Body(NamedTuple):
    """What an object says of itself, no letter escaped, and where its stream begins; None without one."""

    text: bytes
    content: int | None


def check_forms(data: bytes) -> None:
    """Raises: UnreadableError where drawing the forms of a PDF would not come to an end."""
    if _FORM.search(data) is not None and _Forms(data).are_endless():
        raise UnreadableError("has drawings that call themselves again and again; print it to a new PDF")


class _Forms:
    """The forms of a file by their numbers; a number may have been given several times."""

    def __init__(self, data: bytes) -> None:
        self._data = data
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
        named = self._everywhere | self._named(self._around(body))
        content = self._content(body) if any(named.values()) else b""
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

    def _content(self, body: _Body) -> bytes:
        """What a form draws, as much of it as can be unpacked."""
        start = body.content or 0
        end = self._data.find(b"endstream", start)
        content = self._data[start : end if end > 0 else None]
        for name in _FILTER.findall(body.text):
            content = _FILTERS[name](content)
        return content


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
            yield from _packed_bodies(_inflated(data[body.content : body.content + _MOST_CONTENT]))


def _packed_bodies(packed: bytes) -> Iterator[tuple[int, _Body]]:
    """The objects of a stream of objects: it begins with the number and the place of each."""
    head = re.match(rb"[\d\s]+", packed)
    numbers = [int(number) for number in re.findall(rb"\d{1,10}", head[0])] if head else []
    first = head.end() if head else 0
    for (number, start), (_, end) in pairwise([*zip(numbers[::2], numbers[1::2], strict=False), (0, len(packed))]):
        yield number, _Body(_plain(packed[first + start : first + end]), None)


def _inflated(packed: bytes) -> bytes:
    unpacker, found, size = zlib.decompressobj(), [], 0
    for start in range(0, len(packed), _PIECE):
        try:
            found.append(unpacker.decompress(packed[start : start + _PIECE], _MOST_CONTENT))
        except zlib.error:
            break
        size += len(found[-1])
        if size > _MOST_CONTENT:
            break
    return b"".join(found)


def _from_ascii85(packed: bytes) -> bytes:
    try:
        return base64.a85decode(packed.partition(b"~>")[0].strip(), ignorechars=b" \t\n\r\v\f\0")
    except ValueError:
        return b""


def _from_hex(packed: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", packed.partition(b">")[0])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


#: What unpacks a stream, by its names. Drawings packed in another way are left to the limits of the process.
_FILTERS: dict[bytes, Callable[[bytes], bytes]] = {
    b"FlateDecode": _inflated,
    b"Fl": _inflated,
    b"ASCII85Decode": _from_ascii85,
    b"A85": _from_ascii85,
    b"ASCIIHexDecode": _from_hex,
    b"AHx": _from_hex,
}
_FILTER = re.compile(rb"/(" + b"|".join(_FILTERS) + rb")" + _END)


def _plain(text: bytes) -> bytes:
    """A text with the letters of its names as they are meant: ``/F#6frm``."""
    return _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), text)
