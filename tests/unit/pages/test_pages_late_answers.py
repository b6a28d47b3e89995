"""What late answers cost on the scorecard."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.scorecard_tables import scorecard_of_june
from tests.unit.pages.test_pages import words

ROWS = """
insert into reports.rpt_late_answers (commitment, activity_class, within_days, comparison, band, leads, converted,
    censored, median_minutes, converted_rate, converted_rate_low, converted_rate_high, difference_rate,
    difference_rate_low, difference_rate_high, valued, lost_amount, lost_low_amount, lost_high_amount) values
    ('first_contact', 'attempt', 90, 'agreed time', 'in time', 2000, 200, 7, 60, 0.1, 0.08, 0.12, null, null, null,
        2000, null, null, null),
    ('first_contact', 'attempt', 90, 'agreed time', 'late', 600, 30, 1, 3000, 0.05, 0.04, 0.07, 0.04, 0.01, 0.06, 500,
        72688, 20522, 121086),
    ('first_contact', 'attempt', 30, 'agreed time', 'late', 600, 20, 1, 3000, 0.03, 0.02, 0.05, 0.5, 0.4, 0.6, 500,
        99999, 88888, 111111),
    ('first_contact', 'contact', 90, 'agreed time', 'late', 20, 1, 1, 3000, 0.05, 0.01, 0.2, null, null, null, 20,
        null, null, null),
    ('first_contact', 'attempt', 90, 'arrival', 'weekday', 2100, 190, 9, 70, 0.09, 0.08, 0.1, null, null, null, 2100,
        null, null, null),
    ('first_contact', 'attempt', 90, 'arrival', 'weekend', 500, 40, 3, 2000, 0.08, 0.05, 0.1, 0.01, -0.02, 0.04, 0,
        null, null, null),
    ('first_contact', 'attempt', 90, 'response time', 'within 1 h', 100, 9, 0, 20, 0.09, 0.05, 0.16, null, null, null,
        100, null, null, null),
    ('first_contact', 'conversation', 90, 'response time', 'not answered', 40, 0, 0, null, 0, 0, 0.09, null, null, null,
        40, null, null, null)
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        page_tables.lay_out(connection, with_rows=False)
        create(connection, *scorecard_tables.TABLES)
        yield connection


def test_without_a_difference_there_is_nothing_to_show(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    company.execute("delete from reports.rpt_late_answers where band = 'late' and activity_class = 'attempt'")
    assert "Nothing to show: of no commitment to contact were at least 30" in words(scorecard_of_june(company))


def test_late_answers_with_their_cost_and_the_weekend(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    text = words(scorecard_of_june(company)).replace("\u00a0", " ")
    assert "Attempt late 10.0 % 200 of 2,000 5.0 % 30 of 600" in text
    assert "+4.0 points +1.0 points to +6.0 points 72,688 20,522 to 121,086, of 500 leads" in text
    assert "Came at the weekend 9.0 % 190 of 2,100 8.0 % 40 of 500" in text
    assert "+1.0 points −2.0 points to +4.0 points: may be chance –" in text
    assert "Within 1 h 9.0 % 9 of 100 5.0 % to 16.0 %" in text
    assert "Not answered 0.0 % 0 of 40 0.0 % to 9.0 %" in text
    assert "of leads that have had that time: 12 of" in text
    assert "Contact late" not in text
    assert "99,999" not in text
