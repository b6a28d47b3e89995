"""The rates of cohorts against a second opinion: Kaplan-Meier one person after the other, and plain shares."""

from collections import defaultdict
from datetime import date

import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

KEY = "revenue_stream, lead_type, from_stage, to_stage"


def remaining(followed: list[tuple[int, bool]], horizon: int) -> float:
    """The share that has not converted at the horizon: a product over the days on which somebody did."""
    share = 1.0
    for day in sorted({days for days, is_reached in followed if is_reached and days <= horizon}):
        at_risk = sum(days >= day for days, _ in followed)
        reached = sum(days == day and is_reached for days, is_reached in followed)
        share *= 1 - reached / at_risk
    return share


def test_rates_equal_a_second_opinion(demo: Built) -> None:
    as_of: date = demo.query("select as_of_date from marts.dim_build")[0][0]
    followed: dict[tuple, list[tuple[int, bool]]] = defaultdict(list)
    for *key, entered, reached in demo.query(
        f"select {KEY}, entered_date, reached_date from marts.fct_stage_conversions"
    ):
        followed[tuple(key)].append((max(0, ((reached or as_of) - entered).days), reached is not None))
    rates = demo.query(
        f"""
        select {KEY}, horizon_days, converted_rate from reports.rpt_conversion_rates
        where cohort_period = 'all' and converted_rate is not null
        """
    )
    assert len(rates) > 100
    for *key, horizon, rate in rates:
        assert rate == pytest.approx(1 - remaining(followed[tuple(key)], horizon), abs=1e-8), (key, horizon)


def test_a_mature_cohort_has_its_plain_share(demo: Built) -> None:
    mature = demo.query(
        "select converted_rate, converted / entered from reports.rpt_conversion_rates where is_mature and entered > 0"
    )
    assert len(mature) > 100
    assert all(rate == pytest.approx(share, abs=1e-8) for rate, share in mature)
