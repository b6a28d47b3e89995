"""The meeting on the scorecard, and the minutes: the rows of their tables, and nothing where there are none."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_minutes
from tests.tables import create
from tests.unit.pages import page_tables, scorecard_tables
from tests.unit.pages.scorecard_tables import scorecard_of_june
from tests.unit.pages.test_pages import words

ROWS = """
insert into reports.rpt_meeting_agenda (month_date, section, place, item, team, topic, reason, figures, period_date,
    decided_in, line, action_owner, due_date, done_date, days_past_due) values
    ('2026-06-01', 'question', 1, 'missed/calls', 'sales', 'First <calls>', 'missed three months running',
        '1,234 of 2,000 kept', '2026-05-01', null, null, null, null, null, null),
    ('2026-06-01', 'further', 4, 'disputes/open', null, 'Open ones', 'missed', '7 open', '2026-06-01', null, null, null,
        null, null, null),
    ('2026-06-01', 'open', 1, '2026-05/missed/mails', 'sales', 'Mails', 'two reps write', '3 of 9', null, '2026-05',
        'missed/mails', 'Eva Blu', '2026-06-20', null, 20),
    ('2026-05-01', 'question', 1, 'missed/other', 'sales', 'Of May', 'missed', '0 of 1', '2026-05-01', null, null, null,
        null, null, null);
insert into reports.rpt_meeting_changes (month_date, team, commitment, commitment_name, unit, target, status, cases,
    attainment, previous_cases, previous_attainment, difference, difference_low, difference_high) values
    ('2026-06-01', 'sales', 'calls', 'First calls', 'share', 0.5, 'met', 70, 0.8, 80, 0.6, 0.2, 0.0524, 0.3339),
    ('2026-06-01', 'sales', 'cycle', 'Cycle', 'days', 45, 'running', 9, 41.5, null, null, null, null, null);
insert into marts.fct_review_lines (review_period, line, line_text, is_item, figures, team, agreement_version,
    reviewed_date, decision, decision_reason, decision_by, decided_date, action_owner, due_date, done_date, done_by,
    done_reason) values
    ('2026-06', 'missed/calls', 'First calls', true, '1,234 of 2,000 kept', 'sales', '2026-01', '2026-07-08',
        'accepted', 'we start at nine', 'Ada Neri', '2026-07-09', 'Ugo Riva', '2026-07-20', '2026-07-10',
        'Ugo Riva', 'all start'),
    ('2026-06', 'disputes/open', 'Open ones', true, '7 open', null, '2026-01', '2026-07-08', 'open', null, null, null,
        null, null, null, null, null);
insert into marts.fct_review_lines (review_period, line, line_text, is_item, revenue_stream, lead_type, from_stage,
    to_stage, agreement_version, reviewed_date, entered, converted, agreed_value, measured_value, proposed_value,
    decision, decided_value, review_measure, unit, decision_reason, decision_by, decided_date) values
    ('2026-Q2', 'shop/form/mql_to_sql', 'shop, form: mql to sql', false, 'shop', 'form', 'mql', 'sql', '2026-01',
        '2026-07-02', 637, 181, 0.34, 0.284, 0.284, 'changed', 0.3,
        'step_rate', 'rate', 'half of it', 'Ada Neri', '2026-07-03');
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    """As of 10 July 2026, so that the scorecard is of June."""
    with duckdb.connect() as connection:
        page_tables.lay_out(connection, with_rows=False)
        create(connection, *scorecard_tables.TABLES)
        yield connection


def test_the_scorecard_opens_with_the_meeting_about_its_month(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    text = words(scorecard_of_june(company))
    assert (
        "1 First <calls> missed/calls Sales 1,234 of 2,000 kept from May 2026 missed three months running accepted"
        in (text)
    )
    assert "Not among the three: Open ones (7 open)." in text
    assert "two reps write Mails 2026-05 missed/mails Eva Blu 20 June 2026 20 open" in text
    assert "smarketing decide 2026-05 missed/mails --done" in text
    assert "First calls Sales 80.0 % 70 60.0 % 80 +20.0 points +5.2 points to +33.4 points met" in text
    assert "Cycle Sales 41.5 d 9 – – – – running" in text
    assert "Of May" not in text


def test_a_month_that_asks_nothing_has_nothing_to_show(company: duckdb.DuckDBPyConnection) -> None:
    text = words(scorecard_of_june(company))
    assert "the figures of the month ask nothing" in text
    assert "no action of an earlier meeting or review is open" in text
    assert render_minutes(company) == {}


def test_minutes_have_who_decided_what_when_and_why(company: duckdb.DuckDBPyConnection) -> None:
    company.execute(ROWS)
    pages = {name: words(page) for name, page in render_minutes(company).items()}
    assert set(pages) == {"minutes/2026-06.html", "minutes/2026-Q2.html"}
    meeting, review = pages["minutes/2026-06.html"], pages["minutes/2026-Q2.html"]
    assert "Period 2026-06 Agreement 2026-01 Figures as of 8 July 2026 Actions as of 10 July 2026" in meeting
    assert "First calls Sales 1,234 of 2,000 kept accepted we start at nine Ada Neri 9 July 2026" in meeting
    assert "Open ones both 7 open open – – –" in meeting
    assert "First calls Ugo Riva 20 July 2026 done on 10 July 2026 by Ugo Riva: all start" in meeting
    assert "two reps write Mails 2026-05 Eva Blu 20 June 2026 20 open" in meeting
    rate = "34.0 % 28.4 % 637 28.4 % changed 30.0 % half of it Ada Neri 3 July 2026"
    assert f"Shop, form: MQL to SQL {rate}" in review
    assert "nobody has to do anything about what was decided" in review
    assert "Open from the meetings before" not in review
