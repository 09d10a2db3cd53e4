"""The spaCy pipeline over which all extractors run.

``spacy.blank("vi")`` with a tokeniser of our own that round-trips the text (spaCy's own needs
pyvi and rewrites spaces), and a component that marks the lexicons' terms on the `Doc`.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from extractors._shared import blocks
from extractors._shared.document import TERMS, Document
from extractors._shared.flat_tables import with_flat_tables
from extractors._shared.lexicon import TermMatcher, Terms
from extractors._shared.zones import mark_zones
from schemas.text import TextLayer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Letters, digits and every other sign apart, so that any lexicon span falls on token borders.
_TOKEN = re.compile(r"[^\W\d_]+|\d+|_+|[^\w\s]|\s+")


# The tokeniser leaves the text for the components: `Doc.text` would join all tokens again.
_TEXT = "baocao_text"


#: As many pieces of text are remembered: more than a language has, fewer than scans of noise could bring.
_REMEMBERED = 100_000


class _Pieces(dict[str, tuple[list[int], list[bool]]]):
    """What stands between two spaces: spaCy's numbers of its tokens, and behind which of them a space stands.

    Reports repeat their words and each other's: each piece is taken apart and looked up once.
    """

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._number = vocab.strings.add

    def __missing__(self, piece: str) -> tuple[list[int], list[bool]]:
        # Where two spaces meet, the second is a token of its own, with nothing behind it.
        words = [piece] if piece.isalpha() else _TOKEN.findall(piece) or [" "]
        if len(self) >= _REMEMBERED:
            self.clear()
        self[piece] = found = [*map(self._number, words)], [False] * (len(words) - 1) + [piece != ""]
        return found


class Tokenizer:
    """Splits a text into syllables, digit runs, signs and runs of white space; loses nothing."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._pieces = _Pieces(vocab)

    def __call__(self, text: str) -> Doc:
        """The text as a `Doc` whose ``text`` equals it."""
        from spacy.tokens import Doc

        *pieces, last = text.split(" ")
        ending = [*map(self.vocab.strings.add, _TOKEN.findall(last))]
        words: list[Any] = []  # numbers, which its types leave out
        spaces: list[bool] = []
        for numbers, behind in map(self._pieces.__getitem__, pieces):
            words += numbers
            spaces += behind
        return Doc(self.vocab, words=words + ending, spaces=spaces + [False] * len(ending), user_data={_TEXT: text})


def _import_spacy() -> ModuleType:
    """spaCy, without its command line.

    ``import spacy`` loads ``spacy.cli`` for one function, and with it clients for the network and a
    project manager: a quarter of its start-up. Two empty modules stand in for it while spaCy loads
    and are taken away again, so that whoever wants ``spacy.cli`` later gets the real one.
    """
    if "spacy" not in sys.modules:
        package, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
        package.__path__ = []
        info.info = lambda *args, **kwargs: import_module("spacy.cli.info").info(*args, **kwargs)  # type: ignore[attr-defined]
        stands_in = {package.__name__: package, info.__name__: info}
        sys.modules.update(stands_in)
        try:
            import_module("spacy")
        finally:
            for name in stands_in:
                del sys.modules[name]
    return import_module("spacy")


@cache
def load_pipeline(packages: tuple[str, ...], later: tuple[str, ...] = ()) -> Language:
    """The pipeline with the lexicons of these packages. Built once a process.

    The terms of the ``later`` ones are looked for where one of them is asked for.
    """
    spacy = _import_spacy()
    from spacy.language import Language

    matchers = TermMatcher(packages), TermMatcher(later)

    def mark_terms(doc: Doc) -> Doc:
        # Plain tuples: a spaCy span for each of ten thousand terms would cost more than finding them.
        doc.user_data[TERMS] = Terms(matchers, doc.user_data.pop(_TEXT))
        return doc

    Language.component("baocao_terms", func=mark_terms)
    nlp: Language = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = Tokenizer(nlp.vocab)
    nlp.max_length = 50_000_000  # memory is bounded by the readers, not by spaCy's parser limit
    nlp.add_pipe("baocao_terms")
    return nlp


def build_document(layer: TextLayer, packages: tuple[str, ...], later: tuple[str, ...]) -> Document:
    """The layer's blocks, zones and lexicon terms, its flattened tables restored. Pure: same layer, same document.

    ``packages`` and ``later``: whose terms are marked, see `load_pipeline`.
    """
    layer = with_flat_tables(layer)
    view, parts = blocks.build(layer)
    return Document(layer, view, mark_zones(layer, view, parts), load_pipeline(packages, later)(view.text))
