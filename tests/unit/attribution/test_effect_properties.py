"""What holds for the effects of any paths, against slower computations of the same definitions."""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.attribution.counted import Walked, effects, removal

CHANNELS = "ABCD"
COUNTS = st.integers(0, 4)
WALKED = st.builds(
    lambda channels, conversions, ended: Walked(tuple(channels), conversions, 3 * conversions, ended),
    st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=5),
    COUNTS,
    COUNTS,
).filter(lambda path: path.conversions + path.ended > 0)
PATHS = st.lists(WALKED, min_size=1, max_size=8).filter(lambda paths: any(path.conversions for path in paths))


def about(values: dict[str, float]) -> object:
    return pytest.approx(values, rel=1e-9, abs=1e-12)


@given(PATHS, st.permutations(CHANNELS), st.randoms(use_true_random=False))
def test_neither_names_nor_order_of_the_rows_matter(
    paths: list[Walked], permuted: list[str], chance: random.Random
) -> None:
    names = dict(zip(CHANNELS, permuted, strict=True))
    renamed = [Walked(tuple(names[each] for each in path.channels), path.conversions, 0, path.ended) for path in paths]
    chance.shuffle(renamed)
    for before, after in zip(effects(paths), effects(renamed), strict=True):
        assert after == about({names[channel]: effect for channel, effect in before.items()})


@given(PATHS, st.data())
def test_a_channel_without_effect_has_none(paths: list[Walked], data: st.DataObject) -> None:
    # It is in half of each kind of path, and changes neither conversions nor those that end.
    doubled = [
        Walked((*path.channels, *extra), path.conversions, 0, path.ended) for path in paths for extra in ((), ("Z",))
    ]
    before, after = effects(paths).shapley_rate, effects(doubled).shapley_rate
    assert after == about({**before, "Z": 0})
    # It is met only by paths that end.
    ending = [*paths, Walked((*data.draw(st.sampled_from(paths)).channels, "Z"), 0, 0, 2)]
    found = effects(ending)
    assert (found.markov_2["Z"], found.shapley_count["Z"]) == (0, 0)


@given(PATHS)
def test_values_of_a_game_add_up_to_what_all_are_worth(paths: list[Walked]) -> None:
    won, all_paths = sum(path.conversions for path in paths), sum(path.conversions + path.ended for path in paths)
    found = effects(paths)
    assert sum(found.shapley_count.values()) == pytest.approx(won)
    assert sum(found.shapley_rate.values()) == pytest.approx(won / all_paths)
    # So that a share of what is positive is always known.
    assert max(found.shapley_rate.values()) > 0
    for chain in (found.markov_1, found.markov_2):
        assert all(-1e-12 <= effect <= 1 + 1e-9 for effect in chain.values())
        assert max(chain.values()) > 0


@given(PATHS)
def test_values_of_a_game_are_means_over_all_orders(paths: list[Walked]) -> None:
    def worth(of: Callable[[Walked], int], players: frozenset[str]) -> Fraction:
        return Fraction(sum(of(path) for path in paths if players.issuperset(path.channels)))

    def rate(players: frozenset[str]) -> Fraction:
        met = worth(lambda path: path.conversions + path.ended, players)
        return worth(lambda path: path.conversions, players) / met if met else Fraction(0)

    found = effects(paths)
    assert found.shapley_count == about(mean_over_orders(lambda who: worth(lambda path: path.conversions, who), paths))
    assert found.shapley_rate == about(mean_over_orders(rate, paths))


def mean_over_orders(worth: Callable[[frozenset[str]], Fraction], paths: Sequence[Walked]) -> dict[str, float]:
    players = sorted({channel for path in paths for channel in path.channels})
    orders, sums = list(itertools.permutations(players)), Counter()
    for order in orders:
        for place, player in enumerate(order):
            sums[player] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    return {player: float(sums[player] / len(orders)) for player in players}


@given(PATHS, st.sampled_from([1, 2, 3]), st.booleans())
def test_effects_are_those_of_solving_the_chain_without_each_channel(
    paths: list[Walked], order: int, of_value: bool
) -> None:
    found = removal(paths, order, of_value)
    assert found is not None
    whole = reward_without(paths, order, of_value, "")
    expected = {channel: 1 - reward_without(paths, order, of_value, channel) / whole for channel in found}
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def reward_without(paths: Sequence[Walked], order: int, of_value: bool, removed: str) -> float:
    """The expected reward of a path, if states with the channel lead nowhere; repeated states are one here."""
    walked = []
    for path in paths:
        count = max(1, len(path.channels) - order + 1)
        states = [path.channels[place : place + order] for place in range(count)]
        walked.append((path, [state for state, _ in itertools.groupby(states)]))
    names = ["start", *sorted({state for _, states in walked for state in states})]
    moves, gains = np.zeros((len(names), len(names))), np.zeros(len(names))
    for path, states in walked:
        way = [0, *(names.index(state) for state in states)]
        for origin, to in itertools.pairwise(way):
            moves[origin, to] += path.conversions + path.ended
        gains[way[-1]] += path.value if of_value else path.conversions
    leaves = np.array([sum(way_count(walked, name)) for name in names], dtype=float)
    kept = np.array([name == "start" or removed not in name for name in names], dtype=float)
    system = np.eye(len(names)) - (moves / leaves[:, None]) * kept[:, None]
    return float(np.linalg.solve(system, gains / leaves * kept)[0])


def way_count(walked: Sequence[tuple[Walked, list]], name: object) -> list[int]:
    """How often each path is in a state."""
    return [(path.conversions + path.ended) * (1 if name == "start" else states.count(name)) for path, states in walked]
