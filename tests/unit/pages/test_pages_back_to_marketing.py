"""What goes back to marketing on the scorecard: reasons and content, and what is missing."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import back_to_marketing
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.scorecard_tables import scorecard_of_june
from tests.unit.pages.test_pages import words

REASONS = """
insert into reports.rpt_reasons (split, part, reason_of, motive, reason_label, pain, reason_class, reasons,
    part_reasons, share_rate, place) values
    ('all', null, 'declined', 'fit', 'Too <b>small', null, 'definitional', 1234, 2468, 0.5, 1),
    ('all', null, 'declined', 'unclassified', 'Odd', null, null, 617, 2468, 0.25, 2),
    ('all', null, 'declined', '(no reason)', null, null, null, 617, 2468, 0.25, 3),
    ('all', null, 'lost', 'price', 'Price', 'Too dear', null, 3, 3, 1, 4),
    ('channel', 'Mail', 'declined', 'fit', 'Too <b>small', null, 'definitional', 2, 4, 0.5, 1),
    ('channel', 'Mail', 'declined', '(no reason)', null, null, null, 2, 4, 0.5, 2),
    ('channel', 'Search', 'declined', '(no reason)', null, null, null, 5, 5, 1, 3),
    ('channel', 'Mail', 'lost', 'price', 'Price', 'Too dear', null, 3, 3, 1, 4)
"""
CONTENT = """
insert into reports.rpt_content (content_stage, content_persona, content_name, content_kind, is_gap, names,
    documents_sent, owners, documents_opened, touches, journeys, place) values
    ('mql', 'owner', 'Case <i>', 'case', false, 2, 0, 0, 0, 1500, 1400, 1),
    ('mql', 'buyer', null, null, true, 0, 0, 0, 0, 0, 0, 2),
    ('sql', 'buyer', null, null, true, 0, 0, 0, 0, 0, 0, 3),
    ('sql', 'office_manager', null, null, true, 0, 0, 0, 0, 0, 0, 4),
    (null, null, 'Offer', 'offer', false, 508, 508, 8, 347, 0, 503, 5),
    (null, null, '(not explained)', null, false, 7, 1, 1, 0, 8, 9, 6)
"""

EFFECTS = """
insert into reports.rpt_content_effect (content_name, stage, outcome, comparison, landmark_days, within_days, seen,
    seen_reached, unseen, unseen_reached, is_few, seen_rate, unseen_rate, difference_rate, difference_rate_low,
    difference_rate_high) values
    ('Case <i>', 'sql', 'next stage', 'landmark', 14, 90, 40, 10, 1234, 246, false, 0.25, 0.2, 0.05, -0.07, 0.17),
    ('Case <i>', 'sql', 'next stage', 'ended paths', null, null, 90, 80, 1500, 600, false, 0.88, 0.4, 0.48, 0.4, 0.5),
    ('Case <i>', 'sql', 'next stage', 'landmark', 7, 90, 40, 11, 1234, 246, false, 0.26, 0.2, 0.06, -0.07, 0.17),
    ('Case <i>', 'sql', 'customer', 'landmark', 14, 90, 40, 9, 1234, 246, false, 0.24, 0.2, 0.04, -0.07, 0.17),
    ('Offer', 'sql', 'next stage', 'landmark', 14, 90, 50, 40, 60, 18, false, 0.8, 0.3, 0.5, 0.31, 0.66),
    ('Few', 'sql', 'next stage', 'landmark', 14, 90, 29, 29, 60, 18, true, null, null, null, null, null),
    ('Far', 'sal', 'next stage', 'ended paths', null, null, 90, 90, 90, 1, false, 1, 0.01, 0.99, 0.9, 1)
"""

RECYCLED = """
insert into reports.rpt_recycled_stock (split, part, recycled, waiting, valued, worth_amount, warmed_up, opted_out,
    most_days, mature, returned, returned_rate, returned_rate_low, returned_rate_high, place) values
    ('all', null, 1500, 1234, 1230, 56789, 1, 2, 400, 1000, 150, 0.15, 0.13, 0.17, 1),
    ('age', 'over 180 days', 1234, 1234, 1230, 56789, 1, 2, 400, null, null, null, null, null, 1),
    ('reason', 'Not <b>now', 20, 5, 5, 99, 0, 0, 30, 0, 0, null, null, null, 1),
    ('stage', 'mql', 20, 5, 0, null, 0, 0, 30, 40, 4, 0.1, 0.04, 0.23, 1)
"""

COHORTS = """
insert into reports.rpt_closed_loop_cohorts (axis, axis_value, month_of, month_date, leads, customers, mature_leads,
    deals_won, won_amount, spent_amount, cost_per_lead, cost_per_customer) values
    ('all', 'all', 'lead', '2026-05-01', 1200, 30, 900, 31, 60000, 3000, 2.5, 100),
    ('all', 'all', 'close', '2026-05-01', 0, 0, 0, 17, 34567, 3000, null, 176.47),
    ('all', 'all', 'lead', '2026-06-01', 10, 0, 0, 0, 0, null, null, null),
    ('all', 'all', 'lead', '2026-07-01', 0, 0, 0, 0, 0, 77777, null, null),
    ('channel', 'Email', 'lead', '2026-05-01', 1100, 30, 900, 31, 60000, 3000, 2.73, 100)
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection, with_rows=False)
        create(connection, *scorecard_tables.TABLES)
        yield connection


def test_where_nothing_is_there_is_nothing_to_show(company: duckdb.DuckDBPyConnection) -> None:
    text = words(scorecard_of_june(company))
    assert "Nothing to show: no lead was declined, no deal lost" in text
    assert "Nothing to show: no touch or document with a name" in text


def test_reasons_by_kind_with_motive_and_pain(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(REASONS)
    text = words(scorecard_of_june(company))
    assert "Leads declined 2,468 Fit Too <b>small definitional 1,234 50.0 %" in text
    assert "Unclassified Odd 617 25.0 % (no reason) 617 25.0 %" in text
    assert "Deals lost 3 Price Price Too dear 3 100.0 %" in text
    assert "Customers who left 0" not in text


def test_channels_with_their_most_frequent_reason(company: duckdb.DuckDBPyConnection, monkeypatch) -> None:
    company.execute(REASONS)
    text = words(scorecard_of_june(company))
    assert "Mail Too <b>small 50.0 % 2 of 4 Price 100.0 % 3 of 3 – Search no reason given 100.0 % 5 of 5 – –" in text
    monkeypatch.setattr(back_to_marketing, "CHANNELS_SHOWN", 1)
    assert "and 1 more channel Motive and pain" in words(scorecard_of_june(company))


def test_content_with_its_use_and_the_gaps(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(CONTENT)
    text = words(scorecard_of_june(company))
    assert "MQL owner Case <i> case 0 0 1,500 1,400" in text
    assert "any stage Offer offer 508 347 0 503 – (not explained) 7 names 1 0 8 9" in text
    assert "No content is meant for: MQL (buyer); SQL (buyer, office manager)." in text


def test_effects_at_the_landmark_with_their_span(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(CONTENT)
    assert "Nothing to show: of no content have at least 30 journeys" in words(scorecard_of_june(company))
    company.execute(EFFECTS)
    text = words(scorecard_of_june(company)).replace("\u00a0", " ")
    assert "Case <i> SQL 25.0 % 10 of 40 20.0 % 246 of 1,234 +5.0 points" in text
    assert "−7.0 points to +17.0 points: may be chance +48.0 points Offer SQL 80.0 % 40 of 50" in text
    assert "+31.0 points to +66.0 points –" in text
    assert "Few" not in text
    assert "Far" not in text


def test_recycled_leads_with_what_they_are_worth_and_how_many_return(company: duckdb.DuckDBPyConnection) -> None:
    assert "Nothing to show: no lead was recycled" in words(scorecard_of_june(company))
    company.execute(RECYCLED)
    text = words(scorecard_of_june(company)).replace("\u00a0", " ")
    assert "1,234 leads, worth EUR 56,789" in text
    assert "the oldest for 400 days; 1 has warmed up since. Of 1,000 that were recycled at least 90 days ago" in text
    assert "150 came back within 90 days: 15.0 %, between 13.0 % and 17.0 %." in text
    assert ", without the 2 who unsubscribed" in text
    assert "over 180 days 1,234 56,789 1" in text
    assert "Not <b>now 5 99 –" in text
    assert "MQL 5 – 10.0 % 4 of 40: 4.0 % to 23.0 %" in text
    assert "4 without an agreed value are in no sum" in text


def test_cost_and_customers_by_month(company: duckdb.DuckDBPyConnection, monkeypatch) -> None:
    assert "Nothing to show: no lead has come in" in words(scorecard_of_june(company))
    company.execute(COHORTS)
    text = words(scorecard_of_june(company)).replace("\u00a0", " ")
    assert "May 2026 3,000 1,200 30 60,000 2.50 100 75.0 % 900 of 1,200 17 34,567" in text
    assert "June 2026 – 10 0 0 – – 0.0 % 0 of 10 0 0" in text
    assert "1,100" not in text
    assert "77,777" not in text
    monkeypatch.setattr(back_to_marketing, "COHORTS_SHOWN", 1)
    assert "May 2026 3,000" not in words(scorecard_of_june(company))
