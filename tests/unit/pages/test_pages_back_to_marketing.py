"""What goes back to marketing on the scorecard: reasons and content, and what is missing."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import back_to_marketing, render_scorecard
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
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


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection, with_rows=False)
        create(connection, *scorecard_tables.TABLES)
        yield connection


def test_where_nothing_is_there_is_nothing_to_show(company: duckdb.DuckDBPyConnection) -> None:
    text = words(render_scorecard(company))
    assert "Nothing to show: no lead was declined, no deal lost" in text
    assert "Nothing to show: no touch or document with a name" in text


def test_reasons_by_kind_with_motive_and_pain(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(REASONS)
    text = words(render_scorecard(company))
    assert "Leads declined 2,468 Fit Too <b>small definitional 1,234 50.0 %" in text
    assert "Unclassified Odd 617 25.0 % (no reason) 617 25.0 %" in text
    assert "Deals lost 3 Price Price Too dear 3 100.0 %" in text
    assert "Customers who left 0" not in text


def test_channels_with_their_most_frequent_reason(company: duckdb.DuckDBPyConnection, monkeypatch) -> None:
    company.execute(REASONS)
    text = words(render_scorecard(company))
    assert "Mail Too <b>small 50.0 % 2 of 4 Price 100.0 % 3 of 3 – Search no reason given 100.0 % 5 of 5 – –" in text
    monkeypatch.setattr(back_to_marketing, "CHANNELS_SHOWN", 1)
    assert "and 1 more channels" in words(render_scorecard(company))


def test_content_with_its_use_and_the_gaps(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(CONTENT)
    text = words(render_scorecard(company))
    assert "MQL owner Case <i> case 0 0 1,500 1,400" in text
    assert "any stage Offer offer 508 347 0 503 – (not explained) 7 names 1 0 8 9" in text
    assert "No content is meant for: MQL (buyer); SQL (buyer, office manager)." in text
