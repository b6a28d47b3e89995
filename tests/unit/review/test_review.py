"""A review: the targets that follow from measured and agreed rates."""

from datetime import date
from fractions import Fraction

import duckdb
import pytest

from orchestration.lib.agreement.streams import AgreedRate
from orchestration.lib.periods import Period
from orchestration.lib.quota import exact
from orchestration.lib.review.measured import as_agreed, latest_of_each_kind, review_period, reviewable_periods
from tests.tables import create, fill

Q3 = Period(date(2026, 7, 1), 3)
H1 = Period(date(2026, 1, 1), 6)
TERMS = ("marts.fct_review_measures", "marts.dim_quota_period", "marts.fct_kpis")


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """The worked example of the requirements as v1, an older v0; measured in 2026-Q3: half of the MQL became SQL."""
    connection = duckdb.connect()
    create(connection, "marts.dim_build", "marts.dim_target", "reports.rpt_review_rates", *TERMS)
    fill(connection, "marts.dim_build", [{"fiscal_year_start_month": 1}])
    connection.execute(
        """
        insert into marts.dim_target by name
            select
                *, 'shop' as revenue_stream, 500000 as quota_amount, 'year' as quota_period, 1 as quota_share,
                2000 as deal_size, agreed_rate as base_rate, 'assumed' as basis
            from (values
                ('v0', 'form', 1, 'mql', 'sql', 0.9::double),
                ('v1', 'form', 1, 'mql', 'sql', 0.34),
                ('v1', 'form', 2, 'sql', 'opportunity', 0.82),
                ('v1', 'form', 3, 'opportunity', 'customer', 0.23),
                ('v1', 'form', 4, 'customer', null, null),
                ('v1', 'event', 1, 'mql', 'customer', 0.1),
                ('v1', 'event', 2, 'customer', null, null)
            ) as steps(agreement_version, lead_type, step_number, stage, next_stage, agreed_rate);
        insert into reports.rpt_review_rates by name
            select
                *, 'quarter' as review_period, date '2026-07-01' as period_from, 'v1' as agreement_version,
                'shop' as revenue_stream, 'form' as lead_type, converted / entered as measured_rate,
                0.45 as measured_rate_low, 0.55 as measured_rate_high, entered as effective_entered
            from (values
                (1, 300, 150, 10, 'measured'),
                (2, 150, 140, 30, 'agreed: too many undecided')
            ) as rates(step_number, entered, converted, undecided, basis);
        """
    )
    return connection


def test_measured_rates_set_targets_and_agreed_ones_stay(connection: duckdb.DuckDBPyConnection) -> None:
    review = review_period(connection, Q3)
    assert (review.period, review.agreement_version) == (Q3, "v1")
    event, form = review.proposals
    assert (form.revenue_stream, form.lead_type) == ("shop", "form")
    assert [rate.basis for rate in form.rates] == ["measured", "agreed: too many undecided", "agreed: nobody entered"]
    assert [rate.proposed.rate for rate in form.rates] == [Fraction(1, 2), Fraction(82, 100), Fraction(23, 100)]
    # 1 326 SQL as before; at one half they need 2 652 MQL, and each is worth more.
    assert [target.needed for target in form.agreed.targets] == [3900, 1326, 1087, 250]
    assert [target.needed for target in form.proposed.targets] == [2652, 1326, 1087, 250]
    assert round(float(form.proposed.lead_value), 1) == 188.5
    # Of the other lead type nobody entered any stage: its agreed rates stay.
    assert (event.lead_type, event.proposed) == ("event", event.agreed)


def test_a_period_that_nobody_entered(connection: duckdb.DuckDBPyConnection) -> None:
    review = review_period(connection, Period(date(2026, 4, 1), 3))
    assert (review.agreement_version, review.proposals) == (None, ())


@pytest.mark.parametrize(
    ("step", "agreed", "proposed", "written"),
    [
        # Half reached the next stage, and the target of sales is 60 %: it remains, from a better base.
        (1, 0.6, Fraction(6, 10), {"measured": 0.5, "agreed": 0.6, "owner_team": "sales"}),
        # As agreed, to the fourth digit: no improvement is outstanding any more.
        (1, 0.5, Fraction(1, 2), {"measured": 0.5}),
        # Too many are undecided: it stays as it was written.
        (2, 0.9, Fraction(9, 10), {"measured": 0.3, "agreed": 0.9, "owner_team": "sales"}),
    ],
)
def test_an_agreed_improvement_is_outstanding_until_it_is_measured(
    connection: duckdb.DuckDBPyConnection, step: int, agreed: float, proposed: Fraction, written: dict
) -> None:
    connection.execute(
        "update marts.dim_target set agreed_rate = ?, base_rate = 0.3, basis = 'measured', owed_by = 'sales' "
        "where agreement_version = 'v1' and lead_type = 'form' and step_number = ?",
        [agreed, step],
    )
    review = review_period(connection, Q3)
    rate = review.proposals[1].rates[step - 1]
    assert rate.proposed.rate == proposed
    assert as_agreed(rate) == written
    assert exact(AgreedRate.model_validate(written).rate) == rate.proposed.rate


def test_reviewable_periods_and_the_latest_of_each_kind(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "insert into reports.rpt_review_rates (review_period, period_from) values "
        "('half_year', '2026-01-01'), ('quarter', '2026-04-01'), ('quarter', '2026-04-01'), ('quarter', '2026-01-01')"
    )
    periods = reviewable_periods(connection)
    assert [period.name for period in periods] == ["2026-H1", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert latest_of_each_kind(periods) == [H1, Q3]
    assert latest_of_each_kind([]) == []
