"""Candidates and their weights by splink (an extra), for mentions that outgrow what one process compares itself.

splink scores pairs in DuckDB (or on a cluster). What it finds goes through the same clusters and judgements
as our own comparators: `linkage.link` with ``pairs=splink_pairs``.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipelines.errors import UsageError
from pipelines.reconcile.linkage import Pairs, Profile
from pipelines.reconcile.names import toneless
from pipelines.reconcile.people import PersonProfile
from pipelines.reconcile.schools import SchoolProfile, without_unit

if TYPE_CHECKING:
    import pandas as pd

#: splink alone joins pairs from this probability on.
THRESHOLD = 0.95
#: It proposes them from this one on, since the profiles have the last word.
_PROPOSED = 0.001
#: Pairs that training looks at.
_SAMPLE = 1_000_000


def splink_pairs(profiles: Sequence[Profile | None]) -> Pairs:
    """The pairs of profiles that splink takes for one, the surest first.

    What tells people and schools apart for certain (a tone, two jobs at one time) is asked of the
    profiles: splink proposes, they may refuse.

    Raises: UsageError where splink is not installed.
    """
    people = {i: p for i, p in enumerate(profiles) if isinstance(p, PersonProfile)}
    schools = {i: p for i, p in enumerate(profiles) if isinstance(p, SchoolProfile) and p.home}
    found: Pairs = []
    for rows, settings in ((_person_rows(people), _person_settings), (_school_rows(schools), _school_settings)):
        if len(rows) < 2:
            continue
        for left, right, weight in _predict(rows, settings):
            one, other = profiles[left], profiles[right]
            assert one is not None
            assert other is not None
            ours = one.compare(other)
            if ours.outcome != "different":
                reason = f"splink weighs it {weight:.1f} bits"
                found.append((left, right, ours._replace(reasons=(*ours.reasons, reason))))
    found.sort(key=lambda row: (-row[2].weight, row[0], row[1]))
    return found


def cluster_people(frame: pd.DataFrame) -> dict[int, int]:
    """The cluster of every row by splink alone: columns unique_id, name, letters, district, job, year."""
    training = (("district", "name"), ("name", "job"), ("district", "job"))
    return _cluster(frame, _person_settings(), ("district", "name", "job"), training)


def cluster_schools(frame: pd.DataFrame) -> dict[int, int]:
    """The cluster of every row by splink alone: columns unique_id, name, letters, district, level, ordinal."""
    training = (("district", "level", "ordinal"), ("name", "level", "ordinal"), ("district", "name"))
    return _cluster(frame, _school_settings(), ("district", "name", "level", "ordinal"), training)


def _person_rows(people: Mapping[int, PersonProfile]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "unique_id": index,
            "name": person.name,
            "letters": toneless(person.name),
            "district": person.home,
            "job": person.jobs[0][0] if person.jobs else None,
            "year": (person.jobs[0][1] or 0) // 12 if person.jobs else None,
        }
        for index, person in people.items()
    ]
    return pd.DataFrame(rows)


def _school_rows(schools: Mapping[int, SchoolProfile]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "unique_id": index,
            "name": school.name,
            "letters": toneless(without_unit(school.name)),
            "district": school.home,
            "level": school.level,
            "ordinal": school.ordinal or "-",
        }
        for index, school in schools.items()
    ]
    return pd.DataFrame(rows)


def _library() -> Any:
    try:
        import splink
        import splink.comparison_library
    except ModuleNotFoundError as error:
        raise UsageError("splink is not installed; install it with pip install 'baocao[linkage]'") from error
    logging.getLogger("splink").setLevel(logging.ERROR)
    return splink


def _person_settings() -> Any:
    splink = _library()
    library = splink.comparison_library
    return splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            library.ExactMatch("name").configure(
                term_frequency_adjustments=True, m_probabilities=[0.99, 0.01], u_probabilities=[0.001, 0.999]
            ),
            library.ExactMatch("job").configure(m_probabilities=[0.9, 0.1], u_probabilities=[0.01, 0.99]),
            library.ExactMatch("district").configure(m_probabilities=[0.99, 0.01], u_probabilities=[0.01, 0.99]),
        ],
        blocking_rules_to_generate_predictions=[splink.block_on("district", "letters")],
        probability_two_random_records_match=0.0005,
    )


def _school_settings() -> Any:
    splink = _library()
    library = splink.comparison_library
    return splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            library.JaroWinklerAtThresholds("name", [0.9]).configure(
                m_probabilities=[0.9, 0.09, 0.01], u_probabilities=[0.001, 0.01, 0.989]
            ),
            library.ExactMatch("ordinal").configure(m_probabilities=[0.99, 0.01], u_probabilities=[0.5, 0.5]),
            library.ExactMatch("level").configure(m_probabilities=[0.99, 0.01], u_probabilities=[0.4, 0.6]),
            library.ExactMatch("district").configure(m_probabilities=[0.99, 0.01], u_probabilities=[0.01, 0.99]),
        ],
        blocking_rules_to_generate_predictions=[splink.block_on("district", "level", "letters", "ordinal")],
        probability_two_random_records_match=0.0005,
    )


def _predict(rows: pd.DataFrame, settings: Any) -> list[tuple[int, int, float]]:
    """The pairs of row numbers above the threshold with their weights in bits."""
    linker = _linker(rows, settings())
    found = linker.inference.predict(threshold_match_probability=_PROPOSED).as_pandas_dataframe()
    columns = ("unique_id_l", "unique_id_r", "match_weight")
    return [(min(a, b), max(a, b), float(w)) for a, b, w in found[list(columns)].itertuples(index=False)]


def _cluster(
    frame: pd.DataFrame, settings: Any, certain: Sequence[str], rules: Sequence[Sequence[str]]
) -> dict[int, int]:
    """Clusters after training as its manual recommends: u at random, m by expectation maximisation."""
    splink = _library()
    linker = _linker(frame, settings)
    linker.training.estimate_probability_two_random_records_match([splink.block_on(*certain)], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLE, seed=1)
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on(*rule))
    pairs = linker.inference.predict(threshold_match_probability=THRESHOLD)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=THRESHOLD
    ).as_pandas_dataframe()
    return dict(zip(clusters["unique_id"].tolist(), clusters["cluster_id"].tolist(), strict=True))


def _linker(frame: pd.DataFrame, settings: Any) -> Any:
    splink = _library()
    api = splink.DuckDBAPI()
    return splink.Linker(api.register(frame), settings, log_level=logging.ERROR)
