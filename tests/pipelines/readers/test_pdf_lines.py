"""Words gathered into lines, and rulings into cells."""

import random

from pdfplumber.table import edges_to_intersections, intersections_to_cells

from pipelines.readers import pdf_tables
from pipelines.readers.pdf_lines import Word, find_lines
from pipelines.readers.pdf_rulings import Ruling


def test_letters_of_a_higher_box_stay_beside_their_word() -> None:
    # Two lines side by side at slightly different heights, and a word whose box is higher than the one before it.
    words = [
        Word("trái", 70, 601.0, 92, 613.0),
        Word("(đã", 374.6, 606.7, 392.5, 619.3),
        Word("ký)", 396.0, 603.5, 414.7, 619.3),
    ]
    assert "(đã ký)" in [line.text[-7:] for line in find_lines(words)]
    # On the same foot, but far away, or near on another one, a word is no part of the line above.
    assert len(find_lines([words[0], Word("xa", 200.0, 606.7, 210.0, 619.3)])) == 2
    assert len(find_lines([words[0], Word("gần", 94.0, 606.7, 110.0, 619.3)])) == 2


def test_boxes_of_lines_are_those_that_pdfplumber_finds() -> None:
    dice = random.Random(3)
    found = 0
    for _ in range(300):
        edges = []
        for _ in range(dice.randint(4, 24)):
            at, *ends = (5.0 * dice.randrange(12) for _ in range(3))
            first, last = min(ends), max(ends) + 4
            level = dice.random() < 0.5
            ruling = Ruling(first, at, last, at) if level else Ruling(at, first, at, last)
            edges.append(pdf_tables._edge(ruling))
        crossings = edges_to_intersections(edges, 3, 3)
        assert pdf_tables._smallest_cells(crossings) == intersections_to_cells(crossings)
        found += len(intersections_to_cells(crossings))
    assert found > 100
