"""The key figures of the demo's quarters, computed a second time from the rows as exported (from_raw.py)."""

import csv
from datetime import date

import duckdb
import pytest

from tests.command import PROJECT
from tests.end_to_end.from_raw import add_key_figures, same

pytestmark = pytest.mark.end_to_end

FIRST, LAST, RUNNING = date(2025, 10, 1), date(2026, 7, 1), date(2026, 10, 1)
QUARTERS = (FIRST, date(2026, 1, 1), date(2026, 4, 1), LAST, RUNNING)
# Computed a second time by a test of its own.
OF_ITS_OWN = {"bant_known_rate", "survey_response_rate"}
# By the agreed model each deal is shared out in whole cents, of which a channel may get one more.
SHARED_OUT = "('attributed_revenue', 'marketing_roi', 'roas')"
# In the two quarters between, leads that are seeded for an edge case (deleted, merged, without dates) are counted in
# these by the models alone; hard_cases.yml has what is right for each.
OF_LEADS = """
    quarter in (date '2026-01-01', date '2026-04-01') and kpi in ('cost_per_lead', 'ad_cost_per_lead', 'cost_per_mql',
        'lead_to_customer_rate', 'lead_to_customer_rate_90d', 'mql_to_sql_rate', 'sql_to_opportunity_rate')
"""
NOT_DIVIDED = "('lead_to_customer_rate_90d', 'revenue_growth_previous', 'revenue_growth_year')"
COMPUTED = f"""
    select
        quarter, kpi, numerator, denominator,
        case when value is null and kpi not in {NOT_DIVIDED} then numerator / denominator else value end as value
    from raw_kpis where not ({OF_LEADS}) and {{which}} order by all
"""
PUBLISHED = f"""
    select quarter, kpi, numerator::double as numerator, denominator::double as denominator, value
    from published.marts.fct_kpis
    inner join (select distinct quarter from raw_kpis) as asked
        on (kpi_period = 'quarter' and period_date = quarter) or kpi = 'customer_lifetime_value'
    where axis = 'all' and kpi in (select kpi from raw_kpis) and not ({OF_LEADS}) and {{which}} order by all
"""


@pytest.fixture(scope="module")
def figures(raw: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    add_key_figures(raw, QUARTERS)
    return raw


def test_every_key_figure_is_computed_again(figures: duckdb.DuckDBPyConnection) -> None:
    """One that is added to the list has to be added here too."""
    with (PROJECT / "dbt_project/seeds/known_kpis.csv").open(newline="") as file:
        known = {row["kpi"] for row in csv.DictReader(file)}
    computed = figures.execute(f"select kpi from raw_kpis where quarter = date '{LAST}'").fetchall()
    assert len(computed) == len(set(computed))
    assert {kpi for (kpi,) in computed} == known - OF_ITS_OWN


def test_the_key_figures_of_four_quarters(figures: duckdb.DuckDBPyConnection) -> None:
    """Numerator, denominator and value of each."""
    which = f"kpi not in {SHARED_OUT} and quarter <= date '{LAST}'"
    rows = same(figures, COMPUTED.format(which=which), PUBLISHED.format(which=which))
    found = {(quarter, kpi): row for quarter, kpi, *row in rows}
    assert found[LAST, "win_rate"][:2] == [72, 292]
    assert found[LAST, "cost_per_lead"][1] == 1118
    assert found[LAST, "mql_to_sql_rate"][:2] == [348, 627]
    assert found[LAST, "form_conversion_rate"][:2] == [90, 326]
    assert found[FIRST, "lead_to_customer_rate_90d"] == pytest.approx([74, 1155, 74 / 1155])


def test_what_marketing_brought_by_the_agreed_model(figures: duckdb.DuckDBPyConnection) -> None:
    """Each deal over all touches of its account alike: a quarter has 46 deals and more, each shared out in cents."""
    which = f"kpi in {SHARED_OUT} and quarter <= date '{LAST}'"
    of_raw, of_marts = COMPUTED.format(which=which), PUBLISHED.format(which=which)
    amounts = "select quarter, kpi, numerator from ({})"
    assert len(same(figures, amounts.format(of_raw), amounts.format(of_marts), within=0.46)) == 12
    ratios = "select quarter, kpi, denominator, value from ({}) where denominator is not null"
    assert len(same(figures, ratios.format(of_raw), ratios.format(of_marts))) == 8


def test_what_a_quarter_cannot_know_is_unknown(figures: duckdb.DuckDBPyConnection) -> None:
    """Its last leads have not had 90 days, its last surveys not 14; a quarter with a year before it has not ended."""
    unknown = "value is null and axis = 'all' and kpi_period = 'quarter'"
    rows = figures.execute(f"select kpi from published.marts.fct_kpis where {unknown} and period_date = '{LAST}'")
    unknown_rates = [("lead_to_customer_rate_90d",), ("revenue_growth_year",), ("survey_response_rate",)]
    assert sorted(rows.fetchall()) == unknown_rates
    growth = f"kpi = 'revenue_growth_year' and quarter = date '{RUNNING}'"
    [(*_, base, value)] = same(figures, COMPUTED.format(which=growth), PUBLISHED.format(which=growth))
    assert base > 0
    assert value is None


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


def test_sqls_with_budget_authority_need_and_timing(raw: duckdb.DuckDBPyConnection) -> None:
    """By the history of the four fields of Salesforce; nobody asks them in HubSpot."""
    (row,) = same(
        raw,
        "select sum(has_all)::double, count(has_all)::double, count(*) - count(has_all) from raw_bant",
        f"""
        select numerator::double, denominator::double, unknown_cases from published.marts.fct_kpis
        where axis = 'all' and kpi_period = 'quarter' and period_date = '{LAST}' and kpi = 'bant_known_rate'
        """,
    )
    assert row == (14, 37, 1)
