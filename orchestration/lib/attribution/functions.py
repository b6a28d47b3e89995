"""The functions of this package as functions of SQL.

Belongs here: their arguments and types; lib/warehouse/functions.py registers them. A model calls them through the
macros of the same names in dbt_project/macros/engine/. They get counts, one row per transition or set, and never
touches.
"""

from orchestration.lib.attribution import markov, shapley

TEXTS, SETS, COUNTS = "VARCHAR[]", "BIGINT[]", "DOUBLE[]"


def markov_effects(
    order: int,
    before: list[str | None],
    previous: list[str | None],
    channels: list[str],
    steps: list[float],
    conversions: list[float],
) -> dict[str, float] | None:
    """The removal effects from the columns of int_channel_transitions, of one order."""
    sources: list[markov.State | None] = []
    states: list[markov.State] = []
    for earlier, former, channel in zip(before, previous, channels, strict=True):
        if order == 1:
            sources.append(None if former is None else (former,))
            states.append((channel,))
        else:
            sources.append(None if earlier is None or former is None else (earlier, former))
            states.append((channel,) if former is None else (former, channel))
    return markov.removal_effects(sources, states, steps, conversions)


def shapley_count_effects(sets: list[int], conversions: list[float], channels: int) -> dict[int, float]:
    """The values of the count game, by number of the channel."""
    return dict(enumerate(shapley.count_game(sets, conversions, channels)))


def shapley_rate_effects(
    sets: list[int], paths: list[float], conversions: list[float], channels: int
) -> dict[int, float] | None:
    """The values of the rate game, by number of the channel."""
    values = shapley.rate_game(sets, paths, conversions, channels)
    return None if values is None else dict(enumerate(values))


FUNCTIONS = (
    (markov_effects, ["INTEGER", TEXTS, TEXTS, TEXTS, COUNTS, COUNTS], "MAP(VARCHAR, DOUBLE)"),
    (shapley_count_effects, [SETS, COUNTS, "INTEGER"], "MAP(INTEGER, DOUBLE)"),
    (shapley_rate_effects, [SETS, COUNTS, COUNTS, "INTEGER"], "MAP(INTEGER, DOUBLE)"),
)
