"""What sales did in the demo company, counted again from the files as they came: one event once."""

from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import Built

HELD = "from raw.hubspot__meetings where meeting_outcome = 'Completed'"


@pytest.fixture
def raw(demo: Built) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(Path(demo.home) / "warehouse.duckdb", read_only=True)


def test_a_meeting_with_two_leads_is_one(demo: Built, raw: duckdb.DuckDBPyConnection) -> None:
    held, leads = raw.sql(f"select count(*), sum(len(string_split(associated_contact_ids, ';'))) {HELD}").fetchall()[0]
    # Of the story; April has two meetings more, one of them with two leads.
    story = f"select count(*), sum(len(string_split(associated_contact_ids, ';'))) {HELD} and _file = 'meetings.csv'"
    assert raw.sql(story).fetchall() == [(997, 1175)]
    counted = demo.query(
        "select count(*), sum(persons) from marts.fct_activities"
        " where activity_type = 'meeting' and is_contact and activity_id like 'hubspot:%'"
    )
    # One of April's, with one lead, is in two calendars.
    assert counted == [(held - 1, leads - 1)]


def test_the_weeks_have_the_meetings_that_were_held(demo: Built, raw: duckdb.DuckDBPyConnection) -> None:
    """HubSpot's wall clock is the company's; Salesforce's is UTC, and a meeting has a row for each invited user."""
    weeks = raw.sql(f"""
        with held as (
            select start_time as held_at {HELD}
            union all
            select timezone('Europe/Rome', timezone('UTC', starts_at)) as held_at
            from raw.salesforce__events where not is_child and not is_deleted and not is_recurrence
        )
        select date_trunc('week', held_at)::date as week_date, count(*) from held
        where held_at >= '2026-09-07' and held_at < '2026-10-05' group by 1 order by 1
    """).fetchall()
    assert [meetings for _, meetings in weeks] == [15, 18, 27, 32]
    shown = demo.query(
        "select week_date, meetings from reports.rpt_weekly_work where team = 'sales' and scope = 'team'"
        " and week_date between '2026-09-07' and '2026-09-28' order by 1"
    )
    assert shown == weeks


def test_an_outcome_is_due_for_each_call_and_meeting_once(demo: Built, raw: duckdb.DuckDBPyConnection) -> None:
    name = "Tullio Bernasca"
    made = raw.execute(
        f"""
        select
            (select count(*) from raw.hubspot__calls where assigned_to = $1 and call_direction = 'Outbound'
                and activity_date >= '2026-09-01' and activity_date < '2026-10-01')
            + (select count(*) {HELD} and assigned_to = $1
                and start_time >= '2026-09-01' and start_time < '2026-10-01')
        """,
        [name],
    ).fetchall()
    assert made == [(134,)]
    cases = demo.query(
        "select count(*) from marts.fct_measure_cases inner join marts.dim_owner using (owner_id)"
        f" where owner_name = '{name}' and measure = 'outcome_logging'"
        " and happened_date between '2026-09-01' and '2026-09-30'"
    )
    assert cases == made
