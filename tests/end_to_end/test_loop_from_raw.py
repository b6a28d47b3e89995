"""What goes back to marketing from the demo company, computed a second time from the rows as exported (from_raw.py)."""

import duckdb
import pytest

from tests.end_to_end.from_raw import same

pytestmark = pytest.mark.end_to_end


def test_what_leads_saw_and_sales_sent(raw: duckdb.DuckDBPyConnection) -> None:
    """By content: 508 offers are one, a guide is a form in one system and a page in two others."""
    rows = same(
        raw,
        "select * from raw_content order by content",
        """
        select content_name, touches, documents_sent, documents_opened from published.reports.rpt_content
        where content_name in (select content from raw_content) order by content_name
        """,
    )
    assert ("Offer", 0, 508, 347) in rows
    assert len(rows) == 8


def test_why_leads_deals_and_customers_were_lost(raw: duckdb.DuckDBPyConnection) -> None:
    """By reason as the systems have it, spellings aside; leads that are seeded for an edge case are in neither."""
    edge_cases = "coalesce({0}, '') not like '%:99%' and coalesce({0}, '') not like '%m00099%'"
    rows = same(
        raw,
        f"""
        select reason_of, lower(reason), count(*) from raw_reasons where {edge_cases.format("person")}
        group by 1, 2 order by 1, 2
        """,
        f"""
        select reason_of, lower(reason_label), count(*) from published.marts.fct_reasons
        where reason_label is not null and (reason_of <> 'declined' or {edge_cases.format("person_id")})
        group by 1, 2 order by 1, 2
        """,
    )
    assert ("declined", "not now", 211) in rows


def test_the_motives_of_the_report(raw: duckdb.DuckDBPyConnection) -> None:
    """Of deals and customers, with their shares; none is unclassified."""
    rows = same(
        raw,
        """
        select
            reason_of,
            case
                when reason in ('Price', 'too_expensive') then 'price'
                when reason in ('Chose a competitor', 'switched_service') then 'competition'
                when reason in ('Missing product', 'missing_features') then 'product'
                when reason = 'No budget this year' then 'budget'
                when reason = 'No decision' then 'indecision'
                when reason = 'Timing' then 'timing'
                when reason = 'customer_service' then 'service'
                else 'need'
            end as motive,
            count(*), count(*) / sum(count(*)) over (partition by reason_of)
        from raw_reasons where reason_of <> 'declined' group by 1, 2 order by 1, 2
        """,
        """
        select reason_of, motive, sum(reasons), sum(share_rate) from published.reports.rpt_reasons
        where split = 'all' and reason_of <> 'declined' group by 1, 2 order by 1, 2
        """,
    )
    assert len(rows) == 11
    unclassified = "select count(*) from published.reports.rpt_reasons where motive = 'unclassified'"
    assert raw.execute(unclassified).fetchone() == (0,)


def test_nothing_of_the_demo_is_unexplained_and_what_is_missing_is_listed(raw: duckdb.DuckDBPyConnection) -> None:
    """No content is for the stages sal and customer, and of sql some persona has none."""
    gaps = "select content_stage, content_persona from published.reports.rpt_content where is_gap order by place"
    found = raw.execute(gaps).fetchall()
    assert {stage for stage, _ in found} == {"sal", "sql", "customer"}
    assert {persona for stage, persona in found if stage == "sql"} == {"office_manager", "owner"}
    explained = "select count(*) from published.reports.rpt_content where content_name = '(not explained)'"
    assert raw.execute(explained).fetchone() == (0,)
