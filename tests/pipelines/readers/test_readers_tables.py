"""Tables of the corpus come back from every format: values with the headings above them."""

from __future__ import annotations

import pytest

from tests.bench.tables import FORMATS, Placed, facts, results


@pytest.mark.parametrize("suffix", FORMATS)
def test_cells_come_back_with_their_headings(suffix: str) -> None:
    ((_, result),) = results([suffix])
    assert result.total > 1_000
    assert result.share >= 0.98, "\n".join((result.missed or [])[:10])


def test_a_cell_counts_with_all_headings_above_it() -> None:
    cells = [
        Placed(0, 0, 2, 1, "TT", True),
        Placed(0, 1, 1, 2, "Giỏi", True),
        Placed(1, 1, 1, 1, "SL", True),
        Placed(1, 2, 1, 1, "TL", True),
        Placed(2, 0, 1, 1, "1", False),
        Placed(2, 2, 1, 1, "5%", False),
    ]
    assert facts(cells) == {(2, 0): ("1", ("TT",)), (2, 2): ("5%", ("Giỏi", "TL"))}
