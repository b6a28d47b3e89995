"""The key figures of the demo's last quarter, computed a second time from the rows as exported (from_raw.py)."""

import duckdb
import pytest

from tests.end_to_end.from_raw import same

pytestmark = pytest.mark.end_to_end

QUARTER = "axis = 'all' and kpi_period = 'quarter' and period_date = date '2026-07-01'"


def test_the_key_figures_of_the_last_quarter(raw: duckdb.DuckDBPyConnection) -> None:
    """Numerator, denominator and value of each."""
    rows = same(
        raw,
        """
        select kpi, numerator::double, denominator::double, coalesce(value, numerator / denominator)::double
        from raw_kpis order by kpi
        """,
        f"""
        select kpi, numerator::double, denominator::double, value from published.marts.fct_kpis
        where {QUARTER} and kpi in (select kpi from raw_kpis) order by kpi
        """,
    )
    assert len(rows) == 21
    found = {name: (numerator, denominator) for name, numerator, denominator, _ in rows}
    assert found["win_rate"] == (72, 292)
    assert found["cost_per_lead"][1] == 1118


def test_what_the_quarter_cannot_know_is_unknown(raw: duckdb.DuckDBPyConnection) -> None:
    """No year before is in the exports, the leads of September have not had 90 days, and its last surveys not 14."""
    rows = raw.execute(f"select kpi, value from published.marts.fct_kpis where {QUARTER} and value is null").fetchall()
    assert sorted(rows) == [
        ("lead_to_customer_rate_90d", None),
        ("revenue_growth_year", None),
        ("survey_response_rate", None),
    ]


def test_the_surveys_that_were_answered(raw: duckdb.DuckDBPyConnection) -> None:
    """Of each month whose last survey is 14 days old when the files end: by e-mail and kind, the next answer."""
    rows = same(
        raw,
        """
        with
            answers as (
                select lower(email) as email, left(_file, 3) as kind, answered_at_utc as answered_at
                from raw.surveys__responses
            ),
            sent as (
                select lower(email) as email, lower(left(survey_type, 3)) as kind, sent_at_utc as asked_at
                from raw.surveys__sent where delivery_status <> 'bounced'
            ),
            surveys as (
                select *, lead(asked_at, 1, timestamp '9999-12-31') over (
                    partition by email, kind order by asked_at
                ) as next_at from sent
            ),
            asked as (
                select milan_date(asked_at) as day, (
                    select min(milan_date(answered_at)) from answers
                    where answers.email = surveys.email and answers.kind = surveys.kind
                        and answered_at >= asked_at and answered_at < next_at
                ) - day as days
                from surveys
            )
        select date_trunc('month', day)::date as month, count(*) filter (days <= 14)::double, count(*)::double,
            count(*) filter (days <= 14) / count(*)
        from asked group by month
        having max(day) + 14 < (select max(milan_date(answered_at)) from answers) order by month
        """,
        """
        select period_date, numerator::double, denominator::double, value from published.marts.fct_kpis
        where kpi = 'survey_response_rate' and axis = 'all' and kpi_period = 'month' and value is not null order by 1
        """,
    )
    assert len(rows) == 10
    assert (sum(row[1] for row in rows), sum(row[2] for row in rows)) == (223, 423)
