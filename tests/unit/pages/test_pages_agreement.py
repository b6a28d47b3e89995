"""The agreement on the pages: who signed, what waits, the next review, a month of two versions."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_review, render_today
from orchestration.lib.review.measured import Period, review_period
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import REVIEWED, words

SIGN = """
    update marts.dim_agreement
    set status = 'signed', is_signed = true, sales_signed_by = 'Ugo', missing_signatures = null
    where agreement_version = '2026-01'
"""
HEAD = """
    update reports.rpt_page_header set is_signed = true, sales_signed_by = 'Ugo', missing_signatures = null
"""
NEXT = """
    insert into marts.dim_agreement
        (agreement_version, status, effective_from, agreed_from_date, tolerance_rate, is_signed)
    values ('2026-06', 'signed', '2026-06-13', '2026-06-13', 0.1, true)
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection)
        yield connection


def test_a_draft_names_who_has_not_signed(company: duckdb.DuckDBPyConnection) -> None:
    for page in (render_today(company), render_review(company, review_period(company, REVIEWED))):
        assert "Draft, not signed. Both teams are measured by this version, but sales has not signed it" in words(page)
    company.execute("update reports.rpt_page_header set missing_signatures = 'marketing and sales'")
    assert "but marketing and sales have not signed it yet" in words(render_today(company))


def test_a_signed_version_names_who_signed(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(SIGN + ";" + HEAD)
    text = words(render_today(company))
    assert "Draft, not signed." not in text + render_review(company, review_period(company, REVIEWED))
    assert "Agreement in force 2026-01 signed by Ada and Ugo Next review 10 July 2026 As of" in text


def test_an_overdue_review_is_marked(company: duckdb.DuckDBPyConnection) -> None:
    assert "Next review 10 July 2026 As of" in words(render_today(company))
    company.execute("update reports.rpt_page_header set next_review_date = '2026-07-09', is_review_overdue = true")
    assert "Next review 9 July 2026 overdue As of" in words(render_today(company))


def test_a_version_that_waits_is_shown(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(SIGN + ";" + HEAD)
    assert "waits for signatures" not in words(render_today(company))
    company.execute("""
        insert into marts.dim_agreement (agreement_version, status, agreed_from_date, is_signed, missing_signatures)
        values ('2026-07', 'waiting', '2026-07-01', false, 'sales')
    """)
    text = words(render_today(company))
    assert "Version 2026-07 waits for signatures of sales. It was to start on 1 July 2026;" in text
    assert "Agreement in force 2026-01 signed" in text


def test_a_month_of_two_versions_names_both(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("update marts.dim_agreement set effective_to = '2026-06-12'")
    company.execute(NEXT)
    review = render_review(company, review_period(company, Period(REVIEWED.starts, 3)))
    assert "June 2026 evaluated by 2026-01, by 2026-06 from 13 June" in words(review)
