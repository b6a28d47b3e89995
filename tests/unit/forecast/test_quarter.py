"""How often the interval of the forecast contains what came, of companies whose future is known."""

import re

import numpy as np
import pytest

from orchestration.lib.forecast.functions import quarter_forecast
from orchestration.lib.forecast.quarter import LEAST_CLOSED, Deals, simulate
from orchestration.lib.forecast.rates import AGES, Moves, end_rates
from tests.command import PROJECT
from tests.unit.forecast.companies import QUARTER, QUARTERS, Company, brought, company, known_at

SEEDS = range(30)


def inside(made: Company, quarter: int) -> bool:
    middle = (quarter + 0.5) * QUARTER
    figures = simulate(QUARTER / 2, *known_at(made, middle))
    return figures["amount_low"] <= brought(made, middle, middle + QUARTER / 2) <= figures["amount_high"]


@pytest.mark.long
@pytest.mark.parametrize("change", [{}, {"growth": 1.0}, {"fading": 0.4}], ids=["steady", "growing", "fading"])
def test_the_interval_contains_about_80_percent_of_30_companies(change: dict[str, float]) -> None:
    """The last quarter of each, and the two before it, from the middle."""
    found = [inside(company(seed, **change), quarter) for seed in SEEDS for quarter in range(QUARTERS - 3, QUARTERS)]
    last = found[2::3]
    assert len(last) == 30
    assert 0.7 <= sum(last) / len(last) <= 0.9, f"{sum(last)} of {len(last)}"
    assert 0.7 <= sum(found) / len(found) <= 0.9, f"{sum(found)} of {len(found)}"


def test_the_same_counts_have_the_same_forecast() -> None:
    known = known_at(company(1), 4.5 * QUARTER)
    assert simulate(45, *known) == simulate(45, *known)


def test_the_ages_are_those_that_the_models_count_by() -> None:
    macro = (PROJECT / "dbt_project" / "macros" / "revenue" / "deal_ages.sql").read_text()
    bands = [(int(begins), int(ends)) for begins, ends in re.findall(r"\((\d+), (\d+)\)", macro)]
    assert tuple(begins for begins, _ in bands) == AGES
    assert [ends for _, ends in bands[:-1]] == list(AGES[1:])


def test_a_longer_rest_brings_more_and_no_rest_nearly_nothing() -> None:
    known = known_at(company(2), 4.5 * QUARTER)
    figures = [simulate(days, *known)["amount_median"] for days in (0.01, 20, 45)]
    assert figures[0] < figures[1] / 100
    assert figures[1] < figures[2]


def test_the_chance_to_be_won_is_that_of_two_rates_that_compete() -> None:
    """2,000 deals won and 6,000 lost in 100,000 days: of those open 2/8 (1 - exp(-0.08 x 30)) within 30 days."""
    rows = [(0, 0, age, "days", 0, 0, 100_000.0) for age in range(len(AGES))]
    for age in range(len(AGES)):
        rows += [(0, 0, age, "won", 0, 2_000, 0), (0, 0, age, "lost", 0, 6_000, 0)]
    rows += [(0, 0, 0, "half", 0, 0, 45), (0, 0, 0, "opened", 0, 0, 0)]
    deals = Deals(np.zeros(1000, dtype=int), np.linspace(0, 200, 1000), np.ones(1000))
    figures = simulate(30, Moves.of(*zip(*rows, strict=True)), deals, np.ones(10))
    assert figures["stage_deals:0"] == pytest.approx(1000 / 4 * (1 - np.exp(-0.08 * 30)), rel=0.03)


def test_a_stage_with_few_cases_leans_on_the_others() -> None:
    rows = [(0, 0, 0, "days", 0, 0, 10_000.0), (0, 0, 0, "won", 0, 500, 0), (0, 1, 0, "days", 0, 0, 0.01)]
    rates = end_rates(Moves.of(*zip(*rows, strict=True)), "won", 4_000, np.random.default_rng(0)).mean(axis=0)
    assert rates[0, 0] == pytest.approx(0.05, rel=0.02)
    assert rates[1, 0] == pytest.approx(0.05, rel=0.1)


def test_rows_of_sql_make_the_same_forecast_whatever_the_stages_are_called() -> None:
    """Deals without an amount bring the amounts of those that were won; of many stages the rare ones are one."""
    moves, deals, paid = known_at(company(3), 4.5 * QUARTER)
    names = np.array(["A call", "Offer", "Contract"])
    rows: list[tuple] = [
        (
            int(moves.half[row]) + 7,
            None if moves.movement[row] == "half" else str(names[moves.stage[row]]),
            AGES[moves.age[row]],
            str(moves.movement[row]),
            str(names[moves.to_stage[row]]) if moves.movement[row] == "moved" else None,
            *(moves.cases[row], moves.days[row], None),
        )
        for row in range(len(moves.half))
    ]
    rows += [
        (None, str(names[stage]), None, "open", None, None, days, amount)
        for stage, days, amount in zip(deals.stage, deals.days, deals.amount, strict=True)
    ]
    rows += [(None, None, None, "paid", None, None, None, amount) for amount in paid]
    figures = quarter_forecast(45.5, *(list(column) for column in zip(*rows, strict=True)))
    expected = simulate(45.5, moves, deals, paid)
    assert figures["amount_median"] == pytest.approx(expected["amount_median"], rel=0.05)
    assert figures["stage_deals:Offer"] == pytest.approx(expected["stage_deals:1"], rel=0.05)
    unpriced = [(*row[:7], None) if row[3] == "open" else row for row in rows]
    without = quarter_forecast(45.5, *(list(column) for column in zip(*unpriced, strict=True)))
    assert without["deals_median"] == figures["deals_median"]
    assert without["amount_median"] == pytest.approx(figures["amount_median"], rel=0.25)


def test_the_model_refuses_what_the_simulation_calls_too_little() -> None:
    from tests.conventions.test_models import MODELS

    assert f"closed_deals, 0) < {LEAST_CLOSED}" in MODELS["fct_forecasts"].read_text()
    ages = (MODELS["fct_forecasts"].parents[3] / "macros" / "revenue" / "deal_ages.sql").read_text()
    assert all(f"({age}, " in ages for age in AGES)
