"""What was known before a past quarter, by hand."""

from datetime import date

import duckdb
import numpy as np
import pytest

from orchestration.lib.review.backtest import back_test, incidence, past_chances
from orchestration.lib.review.history import read_journeys, read_plans
from tests.tables import create, fill

AS_OF = date(2026, 10, 9)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """A quota of 1,200 a year by one lead type, half by marketing; one lead of March bought for 200 in September."""
    connection = duckdb.connect()
    create(connection, "marts.dim_target", "marts.dim_agreement", "marts.dim_quota_period")
    create(connection, "marts.fct_stage_conversions")
    version = {"agreement_version": "v1", "effective_from": "2025-12-15", "effective_to": "2026-06-30"}
    fill(connection, "marts.dim_agreement", [version])
    step = {"agreement_version": "v1", "revenue_stream": "shop", "lead_type": "form"}
    target = step | {"quota_amount": 1200, "quota_share": 0.5, "needed": 240}
    steps = [{"step_number": 1, "stage": "mql", "next_stage": "customer", "base_rate": 0.1}, {"step_number": 2}]
    fill(connection, "marts.dim_target", [target | each for each in steps])
    month = {"agreement_version": "v1", "revenue_stream": "shop", "month_amount": 100}
    fill(connection, "marts.dim_quota_period", [month])
    pair = {"revenue_stream": "shop", "lead_type": "form", "from_stage": "mql", "to_stage": "customer"}
    late = {"entered_date": "2026-03-30", "reached_date": "2026-09-01", "won_amount": 200}
    fill(connection, "marts.fct_stage_conversions", [pair | late, pair | {"entered_date": "2026-03-31"}])
    return connection


def test_a_plan_is_that_of_a_whole_quarter_and_its_leads_bring_what_they_bring_later(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    plans = read_plans(connection, AS_OF, fiscal_start=1)
    assert [(plan.period.name, plan.amount) for plan in plans] == [("2026-Q1", 150), ("2026-Q2", 150)]
    # 240 leads bring the year, half of them are marketing's: 30 a quarter.
    assert [(source.leads, source.steps) for source in plans[0].sources] == [(30, (("mql", "customer", 0.1),))]
    # Those of the second quarter have had 101 days.
    (found,) = past_chances(plans, read_journeys(connection, plans), AS_OF)
    assert (found.period.name, found.brought, found.is_met, found.chance) == ("2026-Q1", 200, True, None)
    result = back_test([found])
    assert (result.periods, result.unknown, result.is_known) == (0, 1, False)


def test_the_share_that_converts_is_that_of_those_who_had_the_time() -> None:
    """40 followed for 50 days, of whom 10 converted on day 5; 20 came 3 days ago: 10 of 40 were at risk on day 5."""
    followed, converted = np.array([5, 50, 3]), np.array([True, False, False])
    share, entered = incidence(followed, converted, np.array([10, 30, 20])) or (0, 0)
    assert (share, entered) == (pytest.approx(0.25), pytest.approx(40))
    assert incidence(followed, converted, np.array([5, 20, 4])) is None, "fewer than 30"
    assert incidence(np.array([3]), np.array([True]), np.array([40])) is None, "nobody has had 30 days"
