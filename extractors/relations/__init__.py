"""How the numbers of a report hang together, decided by wording and layout before any arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._shared.document import Block, Document
from extractors._shared.scan import Words, places_of
from extractors.relations.accounts import find_accounts
from extractors.relations.added import find_added
from extractors.relations.against_old import find_against_old, find_raised_from, find_yearly
from extractors.relations.aimed import mark_aimed
from extractors.relations.aims_twice import find_aims_twice
from extractors.relations.alike import find_alike
from extractors.relations.amounts import LISTED_NOUNS
from extractors.relations.anniversaries import find_anniversaries
from extractors.relations.announced import (
    find_annex_lists,
    find_complements,
    find_grade_lists,
    find_inline_lists,
    find_plain_lists,
)
from extractors.relations.averages import find_averages
from extractors.relations.balances import find_balances
from extractors.relations.ballots import find_ballots
from extractors.relations.bands import find_bands
from extractors.relations.bases import find_common_bases
from extractors.relations.before_number import find_lists_before
from extractors.relations.below import find_totals_below
from extractors.relations.bounds import find_ballot_items, find_bounds, find_places, find_ranks
from extractors.relations.budgeted import find_budgeted
from extractors.relations.cash_lines import find_cash_lines
from extractors.relations.changes import find_changes
from extractors.relations.cited import find_cited
from extractors.relations.claims import find_claims
from extractors.relations.classes import find_grades, find_pupils, find_row_grades
from extractors.relations.clauses import find_clause_lists
from extractors.relations.cohorts import find_cohorts
from extractors.relations.columned import find_columned
from extractors.relations.columns import find_column_totals
from extractors.relations.compared import find_compared
from extractors.relations.counted import find_counts
from extractors.relations.counted_off import find_counted_off, find_numbered_lines
from extractors.relations.definite import find_definite
from extractors.relations.distant import find_distant_shares
from extractors.relations.drifts import find_drifts
from extractors.relations.enumerated import find_enumerated
from extractors.relations.explained import find_explained
from extractors.relations.far_totals import find_far_totals
from extractors.relations.figures import find_figures
from extractors.relations.forms import find_form_gaps
from extractors.relations.founded import find_founded
from extractors.relations.gathered import find_gathered
from extractors.relations.graded_below import find_graded_lines, find_grades_below
from extractors.relations.grades import find_grades_together, find_left_rates
from extractors.relations.headed import find_headed_lists
from extractors.relations.headlined import find_headlined, find_news_heads
from extractors.relations.honoured import find_honoured
from extractors.relations.items import find_item_lists, find_item_sums, find_table_lists
from extractors.relations.labelled_lists import find_labelled_lists
from extractors.relations.lines import find_line_tables
from extractors.relations.listed_names import find_listed_names
from extractors.relations.margins import find_margins
from extractors.relations.meetings import find_meetings
from extractors.relations.members import find_members
from extractors.relations.misdated import find_slips
from extractors.relations.mixed import find_mixed, without_mixed
from extractors.relations.moved import find_moved
from extractors.relations.multiplied import find_multiplied
from extractors.relations.named_rates import find_named_rates
from extractors.relations.named_times import find_named_times
from extractors.relations.names import find_lists
from extractors.relations.near_rates import find_near_rates
from extractors.relations.occasions import find_occasions
from extractors.relations.of_those import find_of_those
from extractors.relations.old_beside import find_old_beside
from extractors.relations.opened_below import find_opened_below
from extractors.relations.opposed import find_opposed
from extractors.relations.ordinals import find_ordinals
from extractors.relations.own_classes import find_own_classes
from extractors.relations.own_times import find_own_times
from extractors.relations.paired_sizes import find_paired_sizes
from extractors.relations.passages import find_passage
from extractors.relations.placed_lists import find_placed_lists
from extractors.relations.planned import OF_PLAN, find_planned_rates, find_saved, without_passed
from extractors.relations.plausible import plausible
from extractors.relations.premises import find_premises
from extractors.relations.prices import find_prices
from extractors.relations.prize_money import find_prize_money
from extractors.relations.prized import find_prizes
from extractors.relations.products import find_products
from extractors.relations.proportioned import find_proportioned
from extractors.relations.raised import find_raised
from extractors.relations.ranked import find_ranked
from extractors.relations.rated import find_rated
from extractors.relations.rates import OF_NAMED, OF_SUM, TOLD, find_ratios
from extractors.relations.rates_of_rows import find_rates_of_rows
from extractors.relations.reading import UPPER, Reading
from extractors.relations.reckoned_on import find_reckoned
from extractors.relations.repartitioned import find_divided_below, find_repartitioned
from extractors.relations.repeated import find_repeated
from extractors.relations.resumed import find_resumed
from extractors.relations.risen import find_ends_behind, find_risen
from extractors.relations.rosters import find_rosters
from extractors.relations.rows import find_row_sums
from extractors.relations.rows_told import find_rows_told
from extractors.relations.same_heads import find_people_below, find_same_heads
from extractors.relations.scales import find_in_turn, find_row_scales
from extractors.relations.schools import find_mergers
from extractors.relations.sequences import find_sequences
from extractors.relations.shares import find_divided, find_rest_shares, find_shares, find_structures
from extractors.relations.signed import find_untimely
from extractors.relations.sized import find_sized
from extractors.relations.spelled import find_spelled
from extractors.relations.spread import find_spread_shares
from extractors.relations.stated import relations_of
from extractors.relations.steps import find_steps
from extractors.relations.structure import Level, parse_level
from extractors.relations.sums import find_sums
from extractors.relations.tables import find_table_relations
from extractors.relations.taken_away import find_lacking_counts, find_put_together, find_taken_away
from extractors.relations.tenures import find_tenures
from extractors.relations.times_ahead import find_times_ahead
from extractors.relations.titled import find_titled
from extractors.relations.told_bases import OF_TOLD, find_told_bases
from extractors.relations.told_before import find_told_before
from extractors.relations.turned import find_turned
from extractors.relations.turned_rates import find_turned_rates
from extractors.relations.twins import find_twins
from extractors.relations.voted import find_voted
from extractors.relations.weekdays import find_weekdays
from extractors.relations.wholes import find_wholes
from extractors.relations.wholes_behind import find_wholes_behind
from extractors.relations.worded import find_worded_ratios
from extractors.relations.year_days import find_year_days
from extractors.relations.years import find_years
from schemas.records import Record
from schemas.relation import Quantity, Relation

# Most blocks have no number, and nothing has to be read in them.
_DIGIT = re.compile(r"\d")
_IN_WORDS = re.compile(
    r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) "
    rf"(?:giải|huy chương|hc|nhà giáo|thí sinh|lớp|{LISTED_NOUNS})"
)
_IN_WORDS_AT = Words(("một ", "hai ", "ba ", "bốn ", "năm ", "sáu ", "bảy ", "tám ", "chín ", "mười "))
# A number may end a sentence; after a word that numbers something it does not.
_STOP_AFTER_NUMBER = re.compile(rf"\.(?<=\d\.)(?= [{UPPER}])(?<!Điều \d\.)(?<!dung \d\.)(?<!Phần \d\.)")


def find_relations(document: Document, records: Sequence[Record]) -> list[Relation]:
    """The relations of a report's numbers, in the order of the text for each kind.

    Reads running text, lists of items, tables, the numbers of headings and the blanks of forms.
    The wording alone decides; of ``records`` the schools are needed, to know which were merged,
    and the citations, whose passages may disagree.
    """
    reading = Reading(document)
    rows = [(block, _level(reading, block)) for block in document.blocks if block.kind not in ("cell", "junk")]
    # Without an amount a passage has no segments, and most rules have nothing to look at in it.
    counted = [(block, level) for block, level in rows if level.segments]
    found: list[Relation] = [rank for block, _ in rows for rank in find_ranks(reading, block)]
    for index, (block, level) in enumerate(counted):
        sums = find_sums(reading, level)
        for total in (*sums, *find_repartitioned(reading, level, sums), *find_of_those(reading, level)):
            found += relations_of(reading, total)
        found += mark_aimed(reading, block, find_shares(reading, level))
        found += find_structures(reading, level)
        found += find_divided(reading, level)
        found += find_rest_shares(reading, level)
        found += find_opposed(reading, level)
        found += find_in_turn(reading, level)
        ratios = list(find_ratios(reading, level))
        found += ratios
        found += find_rated(reading, level, ratios)
        found += find_worded_ratios(reading, level)
        found += find_explained(reading, level)
        found += find_wholes_behind(reading, level)
        found += find_honoured(reading, level)
        found += find_bounds(reading, level)
        found += find_lists(reading, level)
        found += find_complements(reading, level)
        found += find_plain_lists(reading, level)
        found += find_placed_lists(reading, level)
        mixed = list(find_mixed(reading, level))
        found = [*without_mixed(found, mixed), *mixed] if mixed else found
        found += find_grade_lists(reading, level)
        found += find_clause_lists(reading, level)
        changes = list(find_changes(reading, level))
        found += [*changes, *find_old_beside(reading, level, changes)]
        found += find_margins(reading, level)
        found += find_balances(reading, level)
        found += find_taken_away(reading, level)
        found += find_lacking_counts(reading, level)
        found += find_compared(reading, level)
        found += find_saved(reading, level)
        found += find_accounts(reading, level)
        found += find_averages(reading, level)
        found += find_added(reading, level)
        found += list(find_put_together(reading, level, found))
        found += find_grades_together(reading, level)
        found += find_left_rates(reading, level, counted[index - 1][1] if index else None)
        found += find_risen(reading, level)
        found += find_ends_behind(reading, level)
        found += list(find_gathered(reading, level, [passage for _, passage in counted[:index]], found))
        found += list(find_alike(reading, level, found))
        found += list(find_against_old(reading, level, [passage for _, passage in counted[:index]], found))
        found += list(find_ballots(reading, level, found))
        found += find_told_before(reading, [passage for _, passage in counted[:index]], level)
        found += find_raised_from(reading, level)
        found += find_lists_before(reading, block)
        found += find_repeated(reading, block)
        found += find_spelled(reading, block)
        found += find_passage(reading, block, level)
    for total in find_item_sums(reading, rows):
        found += relations_of(reading, total)
    for total in (*find_row_sums(reading, rows), *find_columned(reading, rows), *find_budgeted(reading, counted)):
        found += relations_of(reading, total)
    for total in (*find_divided_below(reading, counted), *find_totals_below(reading, rows)):
        found += relations_of(reading, total)
    for total in (*find_grades_below(reading, counted), *find_graded_lines(reading, counted)):
        found += relations_of(reading, total)
    for total in find_opened_below(reading, counted):
        found += relations_of(reading, total)
    found += list(find_members(reading, counted, tuple(found)))
    found += find_yearly(reading, counted)
    found += find_far_totals(reading, counted)
    found += find_prize_money(reading, counted)
    found += find_cash_lines(reading, counted)
    found += find_rates_of_rows(reading, counted)
    found += find_common_bases(reading, rows)
    planned = list(find_planned_rates(reading, rows))
    found = [*without_passed(found, planned), *planned]
    found += list(find_told_bases(reading, rows, tuple(found)))
    found += list(find_turned_rates(reading, counted, tuple(found)))
    found += find_proportioned(reading, counted)
    found += find_raised(reading, counted)
    found += find_spread_shares(reading, counted)
    found += find_named_rates(reading)
    found += find_bands(reading, [block for block, _ in rows])
    found += find_item_lists(reading, rows)
    found += find_listed_names(reading, rows)
    found += find_people_below(reading, counted)
    found += find_counted_off(reading, rows)
    found += find_numbered_lines(reading, rows)
    found += find_table_lists(reading, rows)
    found += find_inline_lists(reading, rows)
    found += [titled for block, _ in rows for titled in find_titled(reading, block)]
    found += find_annex_lists(reading, counted)
    found += find_headed_lists(reading)
    found += find_labelled_lists(reading, rows)
    found += list(find_same_heads(reading, counted, tuple(found)))
    found += find_wholes(reading, counted, records)
    found += find_drifts(reading)
    found += list(find_reckoned(reading, found))
    found += find_named_times(reading)
    found += find_sized(reading, counted)
    found += find_rosters(reading)
    found += find_aims_twice(reading, counted, records)
    found += find_founded(reading)
    found += find_table_relations(reading)
    found += find_row_scales(reading)
    found += find_line_tables(reading)
    found += find_column_totals(reading)
    found += find_voted(reading)
    found += find_steps(reading)
    found += find_meetings(reading)
    found += find_places(reading)
    found += find_ballot_items(reading)
    found += find_ranked(reading)
    found += find_tenures(reading)
    found += find_claims(reading, counted, records)
    found += find_rows_told(reading, counted, records)
    found += find_occasions(reading)
    found += find_prizes(reading, [block for block, _ in counted], records)
    figures = list(find_figures(reading, counted))
    counting = ([figure for figure in sentence if not figure.amount.percent] for sentence in figures)
    sentences = [sentence for sentence in counting if sentence]
    found += find_headlined(reading, counted)
    found += find_news_heads(reading, counted)
    found += find_twins(reading, sentences)
    found += find_paired_sizes(reading, sentences)
    found += find_prices(reading, [block for block, _ in counted])
    found += find_turned(reading, sentences, records)
    found += find_resumed(reading)
    found += find_definite(reading, counted)
    found += find_cohorts(reading, counted)
    found += find_premises(reading)
    found += list(find_moved(reading, tuple(found)))
    found += list(find_distant_shares(reading, sentences, tuple(found)))
    found += list(find_near_rates(reading, counted, found))
    found += find_counts(reading, figures, records)
    products = list(find_products(reading, counted))
    found += products
    found += find_multiplied(reading, counted, products)
    found += find_sequences(reading)
    found += find_enumerated(reading)
    found += find_ordinals(reading)
    found += find_form_gaps(reading)
    found += find_slips(reading)
    found += find_weekdays(reading)
    found += find_anniversaries(reading)
    found += find_untimely(reading, records)
    found += find_years(reading)
    found += find_own_times(reading, records)
    found += find_times_ahead(reading)
    found += find_year_days(reading)
    found += find_grades(reading)
    found += find_row_grades(reading)
    found += find_pupils(reading)
    found += find_own_classes(reading, records)
    found += find_mergers(reading, records)
    found += find_cited(reading, records)
    return _distinct(plausible(reading, found))


def _level(reading: Reading, block: Block) -> Level:
    if not _DIGIT.search(reading.lower, block.body, block.end) and not _counts_in_words(reading, block):
        return Level(block.body, block.end)
    stops = {end for _, end in reading.document.sentences(block)}
    stops |= {match.start() + 1 for match in _STOP_AFTER_NUMBER.finditer(reading.text, block.body, block.end)}
    return parse_level(reading, block.body, block.end, sorted(stops))


def _counts_in_words(reading: Reading, block: Block) -> bool:
    places = places_of(_IN_WORDS_AT, reading.lower, block.body, block.end)
    return any(_IN_WORDS.match(reading.lower, place, block.end) for place in places)


def _distinct(relations: list[Relation]) -> list[Relation]:
    """The relations without those that say the same of the same numbers; the surest is kept.

    A percentage of a whole that it names itself goes before the same one of a whole stated elsewhere, and that
    before one of a whole that only follows.
    """
    best: dict[tuple[int, str], int] = {}
    for relation in relations:
        if relation.kind == "percentage":
            best[_rate(relation)] = max(best.get(_rate(relation), _LOWEST), _standing(relation))
    kept: dict[tuple[object, ...], Relation] = {}
    for relation in relations:
        if relation.kind == "percentage" and _standing(relation) < best[_rate(relation)]:
            continue
        place = _number if relation.kind in ("shares", "percentage") else _start
        parts = tuple(place(part) for part in relation.parts[:2])
        whole: float | None = _start(relation.whole) if relation.whole is not None else None
        if relation.whole is not None and relation.kind == "percentage":
            whole = relation.whole.value
        if relation.whole is not None and relation.kind == "list":
            # With or without its dash an item is the same, and so is what announces it with or without its subject.
            whole, parts = _number(relation.whole), tuple(part.evidence.end for part in relation.parts)
        printed = tuple(part.printed for part in relation.parts[:2]) if relation.kind != "list" else ()
        label = relation.parts[0].label if relation.kind == "cited" else ""
        label = relation.cue if relation.kind == "year" else label
        key = (relation.kind, whole, parts, printed, label)
        if key not in kept or (kept[key].exhaustive is None and relation.exhaustive is not None):
            kept[key] = relation
    return list(kept.values())


def _start(part: Quantity) -> int:
    return part.evidence.start


def _number(part: Quantity) -> int:
    """Where the number of a part stands, whatever is quoted beside it."""
    return part.evidence.start + max(0, part.evidence.quote.rfind(part.printed))


_LOWEST = -2


def _standing(relation: Relation) -> int:
    return {OF_TOLD: -2, OF_PLAN: -2, TOLD: -1, OF_SUM: 0, OF_NAMED: 2}.get(relation.cue, 1)


def _rate(relation: Relation) -> tuple[int, str]:
    """A percentage by its number and the passage of the count beside it."""
    return relation.parts[1].evidence.start, relation.parts[0].printed
