"""A review does not deceive itself: companies with known rates go through its models and its decision.

The companies are drawn (simulated_journeys.py), with a fixed seed; nothing of the product knows their rates.
"""

from datetime import date
from typing import Any

import duckdb
import numpy as np
import pytest

from orchestration import settings
from orchestration.lib.review.measured import ReviewedRate
from tests.definitions.simulated_journeys import MODELS, Rates, grid, measure, reviews
from tests.systems import compiled

pytestmark = pytest.mark.slow

# Two weeks after the half-year that is reviewed, and two months.
YOUNG, DECIDED = date(2026, 7, 15), date(2026, 9, 1)
HALF_YEAR, SECOND_QUARTER = ("half_year", date(2026, 1, 1)), ("quarter", date(2026, 4, 1))
NOTHING_DRIFTS, ONE_DRIFTS = 500, 100
DRIFT, ENTERED = 0.12, 600
ERRORS = """
    select
        step_number, avg((true_rate between measured_rate_low and measured_rate_high)::int) as covered,
        avg(measured_rate - true_rate) as bias, avg((measured_rate - true_rate) ** 2) as error,
        avg(converted / rates.entered - true_rate) as plain_bias,
        avg((converted / rates.entered - true_rate) ** 2) as plain_error
    from reports.rpt_review_rates as rates
    inner join known using (revenue_stream)
    where review_period = ? and period_from = ? and rates.lead_type = type_name and step_number = step
        and measured_rate is not null
    group by all order by step_number
"""


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return compiled(settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("reviews")), MODELS)


def known_rates() -> Rates:
    """Companies of three lead types and three steps, with 80 to 500 journeys each; what is agreed is true."""
    generator = np.random.default_rng(1)
    company, lead_type, step = grid(NOTHING_DRIFTS, 3)
    rate = generator.uniform(0.15, 0.85, len(company))
    return Rates(company, lead_type, step, rate, rate, generator.choice([80, 200, 500], len(company)))


def drifting_rates() -> Rates:
    """The same of 600 journeys each, where one rate of nine is 12 points above or below the agreed one."""
    generator = np.random.default_rng(2)
    company, lead_type, step = grid(ONE_DRIFTS, 3)
    agreed = generator.uniform(0.25, 0.75, len(company))
    drifts = lead_type * 3 + step - 1 == generator.integers(0, 9, ONE_DRIFTS)[company]
    sign = generator.choice([-DRIFT, DRIFT], len(company))
    true = agreed + drifts * sign
    return Rates(company, lead_type, step, true, agreed, np.full(len(company), ENTERED))


def similar_rates() -> Rates:
    """Companies of four lead types that are alike but not the same, with 40 journeys each."""
    generator = np.random.default_rng(3)
    company, lead_type, step = grid(200, 4)
    mean = generator.uniform(0.25, 0.75, (200, 3))[company, step - 1]
    rate = np.clip(mean + generator.normal(0, 0.05, len(company)), 0.05, 0.95)
    return Rates(company, lead_type, step, rate, rate, np.full(len(company), 40))


@pytest.fixture(scope="module")
def young(sql: dict[str, str]) -> duckdb.DuckDBPyConnection:
    return measure(sql, known_rates(), YOUNG, seed=7)


def errors(connection: duckdb.DuckDBPyConnection, period: tuple[str, date]) -> list[dict[str, Any]]:
    found = connection.execute(ERRORS, list(period))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("period", [HALF_YEAR, SECOND_QUARTER, ("quarter", date(2026, 1, 1))])
def test_intervals_of_90_percent_contain_the_known_rate_as_often(
    young: duckdb.DuckDBPyConnection, period: tuple[str, date]
) -> None:
    for step in errors(young, period):
        assert 0.87 <= step["covered"] <= 0.93, (period, step)


def test_a_young_cohort_does_not_look_bad(young: duckdb.DuckDBPyConnection) -> None:
    for period, better in ((SECOND_QUARTER, 0.65), (HALF_YEAR, 0.65)):
        quick, _, slow = errors(young, period)
        # Of the slow step many are still on their way: the plain ratio is 3 and 6 points too low.
        assert slow["plain_bias"] < -0.03
        assert abs(slow["bias"]) < 0.01
        assert slow["error"] < better * slow["plain_error"]
        # Where nearly all have had the time, to know about it costs next to nothing.
        assert abs(quick["bias"]) < abs(quick["plain_bias"])
        assert quick["error"] < 1.06 * quick["plain_error"]


def test_a_rate_weighed_with_its_like_is_nearer_where_there_are_few(sql: dict[str, str]) -> None:
    rates = similar_rates()
    found = reviews(measure(sql, rates, DECIDED, seed=9), *HALF_YEAR)
    raw, weighed = [], []
    for company, lead_type, step, true in zip(rates.company, rates.lead_type, rates.step, rates.true_rate, strict=True):
        rate = found[f"c{company}"][(f"t{lead_type}", ("mql", "sql", "opportunity")[step - 1])]
        assert rate.shrunk_rate is not None
        assert 0 <= rate.borrowed <= 0.5
        raw.append((rate.measured_rate - true) ** 2)
        weighed.append((rate.shrunk_rate - true) ** 2)
    assert np.mean(weighed) < 0.8 * np.mean(raw)


def proposed(decisions: dict[tuple, ReviewedRate]) -> set[tuple]:
    return {place for place, rate in decisions.items() if rate.basis == "measured"}


@pytest.mark.parametrize("period", [HALF_YEAR, SECOND_QUARTER])
def test_where_nothing_drifts_nothing_is_proposed(young: duckdb.DuckDBPyConnection, period: tuple[str, date]) -> None:
    decided = reviews(young, *period)
    assert len(decided) == NOTHING_DRIFTS
    quiet = sum(not proposed(decisions) for decisions in decided.values())
    assert quiet >= 0.95 * NOTHING_DRIFTS
    # By the interval of each rate alone, more than half of the reviews would propose noise.
    noisy = sum(
        any(
            not rate.measured_rate_low <= rate.agreed_rate <= rate.measured_rate_high
            for rate in decisions.values()
            if rate.shrunk_rate is not None
        )
        for decisions in decided.values()
    )
    assert noisy > 0.5 * NOTHING_DRIFTS


def test_the_rate_that_drifts_is_found_and_no_other(sql: dict[str, str]) -> None:
    rates = drifting_rates()
    drifts = {
        f"c{company}": {(f"t{lead_type}", ("mql", "sql", "opportunity")[step - 1])}
        for company, lead_type, step, true, agreed in zip(
            rates.company, rates.lead_type, rates.step, rates.true_rate, rates.agreed_rate, strict=True
        )
        if true != agreed
    }
    found = {company: proposed(each) for company, each in reviews(measure(sql, rates, DECIDED, 11), *HALF_YEAR).items()}
    assert len(drifts) == ONE_DRIFTS
    assert sum(found[company] == place for company, place in drifts.items()) >= 95
