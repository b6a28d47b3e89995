"""The chance of a quota, against exact probabilities where there are some; what was ever reached."""

from datetime import date

import duckdb
import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from orchestration.lib.agreement.reading import read_version
from orchestration.lib.review.chances import Source, busiest_month, chance, dispersion, stream_chance
from orchestration.lib.review.measured import Review
from orchestration.lib.review.past import Past, read_past
from tests.tables import create, fill
from tests.unit.review.test_next_version import DEMO, Q3

# As good as known: a half and a quarter.
HALF, QUARTER = (5e7, 5e7), (2.5e7, 7.5e7)


def test_with_known_rates_and_equal_deals_it_is_that_of_a_poisson_number() -> None:
    """400 leads, of whom one in eight buys for 1,000: 50 customers on the average."""
    found = chance(45_000, [Source(400, 1.0, (HALF, QUARTER))], [1000.0] * 50)
    assert found.rate == pytest.approx(poisson.sf(44, 50), abs=0.025)
    assert (found.low, found.high) == pytest.approx(tuple(1000 * poisson.ppf((0.1, 0.9), 50)), abs=1000)


def test_leads_in_bursts_have_the_spread_of_their_past() -> None:
    """Variance nine times the mean: a negative binomial number of 100, all of whom buy."""
    found = chance(90, [Source(100, 9.0, ())], [1.0] * 50)
    assert found.rate == pytest.approx(nbinom.sf(89, 100 / 8, 1 / 9), abs=0.025)


def test_what_is_less_certain_has_a_wider_range() -> None:
    def width(*steps: tuple[float, float], deals: list[float] | None = None) -> float:
        found = chance(1, [Source(1000, 1.0, steps)], deals or [100.0] * 50)
        return found.high - found.low

    known = width(HALF, HALF)
    assert known < width((500, 500), (500, 500)) < width((50, 50), (50, 50)) < width((5, 5), (5, 5))
    # The same mean in deals of which one in fifty is large, and the same drawn twice.
    assert width(HALF, HALF, deals=[1.0] * 49 + [4951.0]) > 2 * known
    assert width(HALF, HALF) == known


def test_rates_that_move_together_cancel_less() -> None:
    """Two rates of 20 of 40: the variance of the customers' share is above that of independent ones."""
    found = chance(1, [Source(1_000_000, 1.0, ((20, 20), (20, 20)))], [1.0] * 50)
    rng = np.random.default_rng(1)
    apart = np.quantile(1e6 * rng.beta(20.5, 20.5, 200_000) * rng.beta(20.5, 20.5, 200_000), (0.1, 0.9))
    assert found.high - found.low > 1.05 * (apart[1] - apart[0])


def test_the_dispersion_of_months_counts_empty_ones_and_not_the_first() -> None:
    months = {date(2026, month, 1): 10 for month in (1, 2, 3, 4, 5)}
    assert dispersion(months) is None
    assert dispersion({}) is None
    # 10, 10, 10, 10, 0, 20 after January: mean 10, variance 200 / 5.
    assert dispersion(months | {date(2026, 7, 1): 20}) == pytest.approx(4)


def test_what_is_not_known_is_no_chance() -> None:
    agreement = read_version(DEMO / "2026-07.yml")[1]
    stream, review = agreement.revenue_streams["small_business"], Review(Q3, "2026-07", ())
    few = Past({}, {"small_business": [2000.0] * 29}, {})
    assert stream_chance("small_business", stream, review, few) == "unknown: 29 deals won, 30 are needed"
    no_leads = Past({}, {"small_business": [2000.0] * 30}, {})
    assert "fewer than 6 whole months of leads of website_form" in str(
        stream_chance("small_business", stream, review, no_leads)
    )


def test_the_busiest_month_follows_the_season() -> None:
    """October has 11 % of the year of small business; of enterprise each month has a twelfth."""
    streams = read_version(DEMO / "2026-07.yml")[1].revenue_streams
    assert busiest_month(streams["small_business"], 2504, 1) == 276  # 275.44
    assert busiest_month(streams["enterprise"], 128, 1) == 11  # 10.67


def test_the_past_is_read_by_ended_month_and_the_best_quarter() -> None:
    with duckdb.connect() as connection:
        create(connection, "reports.rpt_funnel_conversion", "marts.fct_opportunities", "reports.rpt_review_rates")
        key = {"revenue_stream": "shop", "lead_type": "form", "from_stage": "mql", "cohort_period": "month"}
        cohorts = [("2026-01-01", "sql", 10), ("2026-01-01", "customer", 10), ("2026-02-01", "sql", 12)]
        fill(
            connection,
            "reports.rpt_funnel_conversion",
            [
                key | {"segment_type": "stream and lead type", "cohort_date": day, "to_stage": stage, "entered": number}
                for day, stage, number in cohorts
            ],
        )
        deal = {"status": "won", "is_new_business": True, "revenue_stream": "shop", "amount_reporting": 900}
        others = ({"status": "lost"}, {"is_new_business": False}, {"amount_reporting": 0}, {"amount_reporting": 800})
        fill(connection, "marts.fct_opportunities", [deal, *(deal | other for other in others)])
        rate = {"revenue_stream": "shop", "lead_type": "form", "from_stage": "mql", "to_stage": "sql"}
        quarters = [("quarter", "measured", 0.3), ("quarter", "measured", 0.2), ("half_year", "measured", 0.4)]
        fill(
            connection,
            "reports.rpt_review_rates",
            [
                rate | {"review_period": kind, "basis": basis, "measured_rate": share}
                for kind, basis, share in (*quarters, ("quarter", "agreed: too few", 0.9))
            ],
        )
        past = read_past(connection, date(2026, 2, 20))
    assert past.leads == {("shop", "form", "mql"): {date(2026, 1, 1): 10}}
    assert past.amounts == {"shop": [800, 900]}
    assert past.best_rates == {("shop", "form", "mql_to_sql"): 0.3}
