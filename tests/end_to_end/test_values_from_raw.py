"""What the demo company's leads are worth and cost, computed a second time by SQL over the rows as exported
(from_raw.py). Where leads that are seeded for an edge case would differ, they are excluded on both sides.
"""

import duckdb
import pytest

from tests.end_to_end.from_raw import JUNE, same

pytestmark = pytest.mark.end_to_end


def test_the_value_of_the_leads_of_a_month(raw: duckdb.DuckDBPyConnection) -> None:
    """Delivered in June 2026 less what was rejected in it."""
    same(
        raw,
        """
        with
            delivered as (
                select stream, sum(lead_value) as amount from valued
                where handed_date between date '2026-06-01' and date '2026-06-30' group by stream
            ),
            back as (select stream, sum(lead_value) as amount from raw_given_back group by stream)
        select lower(replace(stream, ' ', '_')), delivered.amount - back.amount
        from delivered inner join back using (stream) order by stream
        """,
        f"""
        select revenue_stream, sum(actual) from published.marts.fct_commitments
        where kind = 'lead_value' and month_date = date '{JUNE}' group by revenue_stream order by 1
        """,
    )


def test_the_value_of_the_leads_that_show_the_agreed_evidence(raw: duckdb.DuckDBPyConnection) -> None:
    """Small business, June 2026: an MQL needs a score of 25; a rejected lead takes its value back."""
    [(value, value_with_evidence)] = same(
        raw,
        """
        with
            movements as (
                select score, lead_value from raw_lead_value
                where handed_date between date '2026-06-01' and date '2026-06-30'
                union all
                select scores.score, -back.lead_value
                from raw_given_back as back inner join raw_lead_value as scores using (person, mql_at)
            )
        select sum(lead_value), sum(lead_value) filter (score >= 25) from movements
        """,
        f"""
        select sum(delivered_amount), sum(delivered_with_evidence_amount)
        from published.marts.fct_lead_delivery_daily
        where revenue_stream = 'small_business' and month_date = date '{JUNE}'
        """,
    )
    assert 0 < value_with_evidence < value


def test_what_was_delivered_and_never_touched(raw: duckdb.DuckDBPyConnection) -> None:
    [(leads, value)] = same(
        raw,
        """
        select count(*), sum(lead_value) from raw_untouched
        where person not like '%:99%' and person not like '%m00099%'
        """,
        """
        select count(*), sum(lead_value) from published.marts.fct_handoffs
        where is_untouched and person_id not like '%:99%' and person_id not like '%m00099%'
        """,
    )
    assert leads > 300
    assert value > 100_000


def test_what_a_lead_and_a_customer_of_events_cost(raw: duckdb.DuckDBPyConnection) -> None:
    """The cost of every trade show of the CRM, for all leads and customers that came by events; once, in its month."""
    rows = same(
        raw,
        "select * from raw_event_costs",
        """
        select sum(leads), sum(customers), sum(cost_amount), max(channel_cost_per_lead), max(channel_cost_per_customer)
        from published.reports.rpt_closed_loop where channel = 'Event' and cost_kinds = 'campaign'
        """,
    )
    assert rows[0][:3] == (459, 31, 57_400)
    same(
        raw,
        "select date_trunc('month', start_date)::date, sum(actual_cost)::double from raw.salesforce__campaigns "
        "where actual_cost is not null group by 1 order by 1",
        "select month_date, amount_reporting from published.marts.fct_costs where channel = 'Event' order by 1",
    )


def test_what_came_before_the_leads_and_what_customers_answered(raw: duckdb.DuckDBPyConnection) -> None:
    """From July 2026 on: visits and forms of each month, promoters less detractors of 100 answers of a quarter."""
    figures = """
        select measure, period_date, actual from published.marts.fct_measures
        where owner_id is null and lead_type is null and measure = '{}' and period_date < date '2026-10-01'
        order by period_date
    """
    for measure, table, moment in (
        ("website_visits", "web__sessions", "started_at"),
        ("form_submissions", "web__form_submissions", "submitted_at"),
    ):
        same(
            raw,
            f"""
            select '{measure}', date_trunc('month', milan_date({moment}))::date as month_date, count(*) from raw.{table}
            where milan_date({moment}) between date '2026-07-01' and date '2026-09-30'
            group by month_date order by month_date
            """,
            figures.format(measure),
        )
    same(
        raw,
        """
        select 'net_promoter_score', date '2026-07-01',
            100.0 * (count(*) filter (score >= 9) - count(*) filter (score <= 6)) / count(*)
        from raw.surveys__responses
        where _file like 'nps%' and milan_date(answered_at_utc) between date '2026-07-01' and date '2026-09-30'
        """,
        figures.format("net_promoter_score"),
    )


def test_what_a_dispute_gave_back(raw: duckdb.DuckDBPyConnection) -> None:
    """800,000 of 425 forms of large accounts each (the second version): one lead, on the day of the decision."""
    same(
        raw,
        "select decided_on, 800000 / 425 from raw.reference__disputes where decision = 'give_back'",
        "select delivery_date, disputed_amount from published.marts.fct_lead_delivery_daily where disputed_amount != 0",
    )


def test_the_invoices_that_are_late(raw: duckdb.DuckDBPyConnection) -> None:
    """Open, and due before the last day in any file of their system; those of HubSpot go on to the as-of."""
    rows = same(
        raw,
        """
        with files as (
            select max(milan_date(day)) as last_day from (
                select invoiced_at_utc as day from raw.billing__invoices
                union all select churned_at_utc from raw.billing__churn_events
            )
        )
        select 'billing', invoice_number, milan_date(due_at_utc), last_day - milan_date(due_at_utc)
        from raw.billing__invoices, files where status = 'open' and milan_date(due_at_utc) < last_day
        union all
        select 'hubspot', invoice_number, due_date, milan_date(getvariable('as_of')) - due_date
        from raw.hubspot__invoices where invoice_status = 'Open' and due_date < milan_date(getvariable('as_of'))
        order by all
        """,
        "select system, revenue_document_id, due_date, days_late from published.marts.fct_late_invoices order by all",
    )
    assert [row[0] for row in rows] == ["billing", *["hubspot"] * 5]
