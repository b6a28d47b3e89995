"""What the board shows of attribution: the agreed model before first and last touch, and the bridge."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_board
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

CREDITS = """
delete from reports.rpt_attribution;
insert into reports.rpt_attribution values
    ('linear', 'Linear', 'account', 'won', 'Search', 4, true, true, 41.5, 4100.25),
    ('linear', 'Linear', 'account', 'won', 'Email', 4, true, true, 0.5, 100.25),
    ('linear', 'Linear', 'account', 'mql', 'Email', 4, true, true, 77, null),
    ('first_touch', 'First touch', 'person', 'won', 'Email', 1, false, false, 66, 6600),
    ('first_touch', 'First touch', 'account', 'won', 'Search', 1, false, true, 42, 4200.5),
    ('u_shaped', 'U-shaped', 'account', 'won', 'Search', 5, false, true, 55, 5500),
    ('last_touch', 'Last touch', 'account', 'won', 'Search', 2, false, true, 40, 4000),
    ('last_touch', 'Last touch', 'account', 'won', 'Email', 2, false, true, 2, 200.5);
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection)
        yield connection


def test_the_agreed_model_is_before_first_and_last_touch(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(CREDITS)
    text = words(render_board(company))
    assert "Channel Linear First touch Last touch Opportunities won Amount, EUR" in text
    assert "Search 41.5 4,100 42 4,200 40 4,000 Email 0.5 100 0 – 2 200" in text


def test_without_deals_the_last_conversion_of_the_funnel_is_shown(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(CREDITS)
    company.execute("delete from reports.rpt_attribution where conversion = 'won'")
    assert "Channel Linear MQLs Amount, EUR Email 77 –" in words(render_board(company))


def test_the_board_shows_between_two_figures_of_a_channel_the_deals(company: duckdb.DuckDBPyConnection) -> None:
    assert "Between the closed loop" not in render_board(company)
    company.execute(
        "insert into reports.rpt_channel_bridge (opportunity_id, closed_date, channel, is_shown_first, "
        "journey_channel, journey_amount, credit, attributed_amount, is_same_channel, difference_reason) values "
        "('crm:1', '2026-06-01', 'Event', true, 'Event', 12.5, 0.2, 2.5, false, 'why'), "
        "('crm:1', '2026-06-01', 'Email', true, 'Event', 0, 0.8, 10, false, 'why'), "
        "('crm:1', '2026-06-01', 'Search', false, 'Event', 0, 1, 12.5, false, 'of another model'), "
        "('crm:2', null, 'Event', true, 'Event', 7, 1, 7, true, '')"
    )
    text = words(render_board(company))
    assert "Email 0.00 10.00 Event 19.50 9.50" in text
    assert "2026-06-01 crm:1 Event Email, Event 12.50 why" in text
    assert "crm:2" not in text
    assert "of another model" not in text
