"""Text in runs of one font each, and what of it is in an encoding of before Unicode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.readers.old_encodings import Encoding, convert, encoding_of_font, find_encoding, is_unicode, map_lines
from pipelines.readers.syllables import vietnamese_share

#: A font's name, empty where the format gives none, and the characters that are stored under it.
Run = tuple[str, str]
#: Characters of a sample: enough to tell an encoding, little enough to be quick.
_SAMPLE = 200_000


class OldFonts:
    """Joins the runs of one document, those in old encodings mapped to Unicode.

    A font's name is believed unless its text is better Vietnamese as it stands: Word keeps the
    names of old fonts when a text is converted. Text under other names is mapped only where all of
    it is no Vietnamese and becomes so.
    """

    def __init__(self, runs: Iterable[Run]) -> None:
        """``runs`` are all those of the document, or a good part of them."""
        samples: dict[Encoding | None, list[str]] = {}
        sizes: dict[Encoding | None, int] = {}
        contradicted: set[Encoding] = set()
        for font, text in runs:
            encoding = encoding_of_font(font)
            if encoding and is_unicode(text):
                contradicted.add(encoding)
            elif sizes.get(encoding, 0) < _SAMPLE:
                samples.setdefault(encoding, []).append(text)
                sizes[encoding] = sizes.get(encoding, 0) + len(text)
        self._believed = {
            encoding
            for encoding, texts in samples.items()
            if encoding is not None and _is_old("".join(texts), encoding, is_contradicted=encoding in contradicted)
        }
        self._unnamed = find_encoding("".join(samples.get(None, ())))

    @property
    def is_plain(self) -> bool:
        """Whether everything is Unicode as it stands."""
        return not self._believed and self._unnamed is None

    def encoding(self, font: str, text: str) -> Encoding | None:
        """The encoding of a run, None of Unicode."""
        if text.isascii() or is_unicode(text):
            return None
        named = encoding_of_font(font)
        if named is None:
            return self._unnamed
        return named if named in self._believed else None

    def join(self, runs: Sequence[Run]) -> str:
        """The text of a paragraph's runs in Unicode."""
        if self.is_plain:
            return map_lines("".join(text for _, text in runs))
        out: list[str] = []
        pending, pending_encoding = "", None
        for font, text in runs:
            # ASCII goes with what stands before: VNI sets a letter and its mark in two characters, perhaps in two runs.
            encoding = self.encoding(font, text) or (self._family(font) if text.isascii() else None)
            if encoding != pending_encoding:
                out.append(_mapped(pending, pending_encoding))
                pending, pending_encoding = "", encoding
            pending += text
        out.append(_mapped(pending, pending_encoding))
        return map_lines("".join(out))

    def _family(self, font: str) -> Encoding | None:
        named = encoding_of_font(font)
        return self._unnamed if named is None else named if named in self._believed else None


def _is_old(text: str, encoding: Encoding, *, is_contradicted: bool) -> bool:
    """Whether the text of a font is in its encoding; ``is_contradicted`` where other text of that font is Unicode."""
    as_is, words = vietnamese_share(text)
    if not words:
        return True
    mapped, _ = vietnamese_share(convert(text, encoding).text)
    # Short words such as "có" are Vietnamese either way.
    return as_is <= mapped and not (is_contradicted and as_is > 0.7)


def _mapped(text: str, encoding: Encoding | None) -> str:
    return text if encoding is None else convert(text, encoding).text
