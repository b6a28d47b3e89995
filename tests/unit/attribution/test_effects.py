"""Effects of channels: exact fractions of small path sets, exact results of a public one, and where no answer is."""

from fractions import Fraction

import pytest

from orchestration.lib.attribution import markov, shapley
from tests.unit.attribution.counted import (
    CASES,
    Walked,
    case_paths,
    effects,
    needs_public_data,
    public_paths,
    public_results,
    removal,
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_fractions_are_met(case: dict) -> None:
    paths = case_paths(case)
    for order in (1, 2):
        expected = case.get(f"markov_{order}", {})
        for key, of_value in (("", False), ("value_", True)):
            if expected:
                found = removal(paths, order, of_value)
                assert found is not None
                assert found == exactly({channel: each[f"{key}effect"] for channel, each in expected.items()})
                total = sum(path.value if of_value else path.conversions for path in paths)
                credit = {channel: effect / sum(found.values()) * total for channel, effect in found.items()}
                assert credit == exactly({channel: each[f"{key}credit"] for channel, each in expected.items()})
    found = effects(paths)
    assert found.shapley_count == exactly(case["shapley_count"])
    assert found.shapley_rate == exactly(case["shapley_rate"])


def exactly(values: dict) -> object:
    return pytest.approx({channel: float(Fraction(value)) for channel, value in values.items()}, abs=1e-12, rel=0)


@needs_public_data
def test_the_public_paths_have_their_exact_results() -> None:
    paths = public_paths()
    assert sum(path.conversions for path in paths) == 19_785
    for order in (1, 2):
        expected = public_results(f"reference_markov_exact_order{order}.csv")
        for key, of_value in (("conv", False), ("value", True)):
            found = removal(paths, order, of_value)
            assert found == near(expected, f"removal_{key}")
            total = sum(path.value if of_value else path.conversions for path in paths)
            credit = {channel: effect / sum(found.values()) * total for channel, effect in found.items()}
            assert credit == near(expected, key)
    found = effects(paths)
    expected = public_results("reference_shapley_exact.csv")
    assert found.shapley_count == near(expected, "shapley_conv")
    assert found.shapley_rate == near(expected, "shapley_rate_game")


def near(expected: dict[str, dict[str, float]], column: str) -> object:
    return pytest.approx({channel: row[column] for channel, row in expected.items()}, rel=1e-9, abs=0)


def test_without_a_conversion_a_chain_has_no_answer_and_a_game_is_worth_nothing() -> None:
    found = effects([Walked(("A", "B"), 0, 0, 3)])
    assert found == (None, None, {"A": 0, "B": 0}, {"A": 0, "B": 0})


def test_what_is_too_large_has_no_answer() -> None:
    twenty = [1 << channel for channel in range(20)]
    assert shapley.rate_game(twenty, [2] * 20, [1] * 20, 20) == pytest.approx([0.5 / 20] * 20)
    assert shapley.rate_game([*twenty, 1 << 20], [2] * 21, [1] * 21, 21) is None
    assert shapley.count_game([*twenty, 1 << 61], [1] * 21, 62) == [1] * 20 + [0] * 41 + [1]
    states = [(str(state),) for state in range(markov.MOST_STATES + 1)]
    assert markov.removal_effects([None] * len(states), states, [1] * len(states), [1] * len(states)) is None
