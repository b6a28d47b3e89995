"""What goes back to marketing from the demo company, computed a second time by SQL over the rows as exported (from_raw.py)."""

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


def test_nothing_of_the_demo_is_unexplained_and_what_is_missing_is_listed(raw: duckdb.DuckDBPyConnection) -> None:
    """No content is for the stages sal and customer, and of sql some persona has none."""
    gaps = "select content_stage, content_persona from published.reports.rpt_content where is_gap order by place"
    found = raw.execute(gaps).fetchall()
    assert {stage for stage, _ in found} == {"sal", "sql", "customer"}
    assert {persona for stage, persona in found if stage == "sql"} == {"office_manager", "owner"}
    explained = "select count(*) from published.reports.rpt_content where content_name = '(not explained)'"
    assert raw.execute(explained).fetchone() == (0,)
