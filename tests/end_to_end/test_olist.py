"""Real marketing and sales, against the reference figures beside the data."""

from datetime import date

import pytest

from orchestration import settings
from tests.definitions.simulated_journeys import MODELS, empty_warehouse, run_models
from tests.end_to_end.conftest import Built, build, real_data
from tests.end_to_end.quarters_of_leads import measured_quarters, read_leads
from tests.end_to_end.test_bpi2012 import compare

pytestmark = [pytest.mark.end_to_end, pytest.mark.campaign]
FOLDERS = real_data("olist")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    if not FOLDERS:
        pytest.skip("olist is not beside the project")
    return build(FOLDERS[0], tmp_path_factory.mktemp("olist"))


@pytest.fixture(scope="module")
def sql(built: Built) -> dict[str, str]:
    """The models of a review as the build has compiled them."""
    compiled = settings.Settings(built.company, built.home).dbt_target / "compiled"
    return {model: next(compiled.rglob(f"{model}.sql")).read_text() for model in MODELS}


def test_conversion_and_days_to_close_by_origin_equal_the_reference(built: Built) -> None:
    actual = """
        select
            coalesce(source_label, '(all)') as origin_ref, count(mql_at) as mqls, count(customer_at) as deals,
            count(customer_at) / count(mql_at) as conversion,
            quantile_cont(days_to_customer, 0.5) as median_days_to_close,
            quantile_cont(days_to_customer, 0.9) as p90_days_to_close
        from marts.fct_journeys group by rollup (source_label)
    """
    assert compare(built, built.company / "reference_conversion_by_origin.csv", "origin_ref", actual) == []


def test_the_report_by_origin_equals_the_reference(built: Built) -> None:
    report = built.query(
        "select source_label, mqls, customers, round(mql_to_customer_rate, 9), round(median_days_to_customer, 6), "
        "round(p90_days_to_customer, 6) from reports.rpt_closed_loop order by 1"
    )
    reference = built.query(
        "select origin_ref, mqls, deals, round(conversion, 9), round(median_days_to_close, 6), "
        f"round(p90_days_to_close, 6) from read_csv('{built.company}/reference_conversion_by_origin.csv') "
        "where origin_ref != '(all)' order by 1"
    )
    assert report == reference
    assert {"(missing)", "unknown"} <= {row[0] for row in report}


@pytest.mark.parametrize("period", ["month", "quarter"])
def test_cohorts_of_30_60_90_days_equal_the_reference(built: Built, period: str) -> None:
    name = {
        "month": "strftime(cohort_date, '%Y-%m')",
        "quarter": "strftime(cohort_date, '%Y-Q') || quarter(cohort_date)",
    }
    actual = f"""
        select
            {name[period]} as cohort_{period}, entered as mqls, converted as deals,
            converted_30d as closed_30d, if(is_mature_30d, rate_30d, null) as rate_30d,
            converted_60d as closed_60d, if(is_mature_60d, rate_60d, null) as rate_60d,
            converted_90d as closed_90d, if(is_mature_90d, rate_90d, null) as rate_90d
        from reports.rpt_funnel_conversion
        where cohort_period = '{period}' and segment_type = 'all' and from_stage = 'mql' and to_stage = 'customer'
    """
    reference = built.company / f"reference_cohort_{period}_30_60_90.csv"
    assert compare(built, reference, f"cohort_{period}", actual) == []


def test_revenue_by_origin_equals_the_reference(built: Built) -> None:
    actual = """
        select
            source_label as origin_ref, customers as deals, accounts_with_revenue as sellers_with_sales,
            revenue_lines as items, revenue_documents as orders, revenue_amount as gmv
        from reports.rpt_closed_loop
        union all
        select
            '(all)', sum(customers), sum(accounts_with_revenue), sum(revenue_lines), sum(revenue_documents),
            sum(revenue_amount)
        from reports.rpt_closed_loop
    """
    assert compare(built, built.company / "reference_closed_loop_gmv_by_origin.csv", "origin_ref", actual) == []


def test_revenue_by_product_equals_the_items(built: Built) -> None:
    found = built.query("""
        select product, count(*), sum(amount) from marts.fct_line_items
        where record_type = 'revenue' group by 1 order by 1
    """)
    expected = built.query(f"""
        select coalesce(product_category_name, '(no product)'), count(*), sum(price::decimal(24, 6))
        from read_csv('{built.company}/olist_order_items_funnel_sellers.csv')
        left join read_csv('{built.company}/olist_products_funnel.csv') using (product_id) group by 1 order by 1
    """)
    assert found == expected
    assert built.query("select distinct line_kind from marts.fct_line_items where record_type = 'revenue'") == [
        ("line",)
    ]


def test_deals_by_quarter_won_equal_the_reference(built: Built) -> None:
    actual = """
        select
            strftime(closed_date, '%Y-Q') || quarter(closed_date) as won_quarter, count(*) as deals,
            quantile_cont(days_to_customer, 0.5) as median_days, quantile_cont(days_to_customer, 0.9) as p90_days
        from marts.fct_opportunities inner join marts.fct_journeys using (journey_id) group by 1
    """
    assert compare(built, built.company / "reference_deals_by_won_quarter.csv", "won_quarter", actual) == []


def test_the_length_of_a_sale_by_quarter_equals_the_reference(built: Built) -> None:
    report = built.query("""
        select
            strftime(period_date, '%Y-Q') || quarter(period_date), max(denominator)::int, max(unknown_cases),
            max(value) filter (where kpi = 'sales_cycle_median_days'),
            max(value) filter (where kpi = 'sales_cycle_p90_days')
        from marts.fct_kpis
        where kpi_period = 'quarter' and axis = 'all' and kpi like 'sales_cycle%' group by 1 order by 1
    """)
    reference = built.query(
        "select won_quarter, deals, 0, median_days, p90_days "
        f"from read_csv('{built.company}/reference_deals_by_won_quarter.csv') where won_quarter <> '(all)' order by 1"
    )
    assert [row[:3] for row in report] == [row[:3] for row in reference]
    for found, known in zip(report, reference, strict=True):
        assert found[3:] == pytest.approx(known[3:], abs=1e-5), "the reports' days have six decimals"


def test_the_negative_duration_is_shown(built: Built) -> None:
    assert built.query("select round(min(days_to_customer), 2) from marts.fct_journeys") == [(-1.18,)]


def test_totals_tie(built: Built) -> None:
    leads = "(select count(*) from marts.fct_journeys)"
    assert built.query(f"select sum(leads) = {leads} from reports.rpt_closed_loop") == [(True,)]
    credits = "select path_scope, attribution_model, round(sum(conversions), 6) from reports.rpt_attribution"
    found = built.query(f"{credits} where conversion = 'won' and axis = 'channel' group by all")
    assert len(found) >= 27
    assert {conversions for _, _, conversions in found} == {842.0}


REVIEWED = """
    select
        period_from, entered, converted, undecided, at_risk, measured_rate, measured_rate_low, measured_rate_high, basis
    from reports.rpt_review_rates
    where review_period = 'quarter' and period_from >= '2017-07-01' order by 1
"""


def hold_quarters(rows: list[tuple], built: Built, as_of: date) -> dict[date, str]:
    """The quarters of a review against plain Python; the basis of each."""
    known = measured_quarters(read_leads(built.company, as_of), as_of)
    expected = {first: quarter for first, quarter in known.items() if first >= date(2017, 7, 1)}
    assert [row[0] for row in rows] == sorted(expected)
    for first, *figures, basis in rows:
        assert (*figures, basis) == (*(pytest.approx(figure, abs=1e-6) for figure in expected[first][:-1]), basis)
        assert basis == expected[first].basis
    return {row[0]: row[-1] for row in rows}


def test_the_review_of_each_quarter_equals_plain_python(built: Built) -> None:
    """2017-Q3 to 2018-Q2, in the end: nobody has had less than 167 days, and nine in ten deals took 163."""
    [(as_of,)] = built.query("select as_of_date from marts.dim_build")
    bases = hold_quarters(built.query(REVIEWED), built, as_of)
    assert bases == dict.fromkeys((date(2017, 7, 1), date(2017, 10, 1), date(2018, 1, 1), date(2018, 4, 1)), "measured")


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        # 2018-Q1 on the first day after it, and 2018-Q2: most leads are younger than nine in ten deals took.
        (date(2018, 4, 1), "agreed: too many undecided"),
        (date(2018, 7, 1), "agreed: too many undecided"),
    ],
)
def test_a_quarter_that_is_too_young_is_marked(built: Built, sql: dict[str, str], as_of: date, last: str) -> None:
    """The models of a review on the leads as they were known on a day of the past."""
    connection = empty_warehouse()
    connection.execute(f"attach '{built.copy}' as copy (read_only)")
    for table in ("dim_agreement", "dim_target"):
        connection.execute(f"insert into marts.{table} by name from copy.marts.{table}")
    connection.execute("insert into marts.dim_build (as_of_date, fiscal_year_start_month) values (?, 1)", [as_of])
    connection.execute(
        """
        insert into marts.fct_stage_conversions by name
            select
                * replace (
                    if(reached_date <= $1, reached_date, null) as reached_date,
                    if(reached_date <= $1, days_between, null) as days_between,
                    reached_date is null or reached_date > $1 as is_open
                )
            from copy.marts.fct_stage_conversions where entered_date <= $1
        """,
        [as_of],
    )
    run_models(connection, sql)
    bases = hold_quarters(connection.execute(REVIEWED).fetchall(), built, as_of)
    assert bases[max(bases)] == last
