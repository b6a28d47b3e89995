"""What each side could excuse itself by, computed apart: from the raw exports, or by SQL that no model shares."""

import duckdb
import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

# Whom HubSpot alone and its helpers know, with what a rep did towards them; its export is on Rome's wall clock.
TRIED_IN_HUBSPOT = """
    with
        links as (
            select person_id, split_part(record_id, ':', 2) as contact_id
            from marts.fct_person_links
            where system = 'hubspot' and person_id not in (
                select person_id from marts.fct_person_links where system = 'salesforce' and person_id is not null
            )
        ),
        done as (
            select unnest(string_split(associated_contact_ids, ';')) as contact_id, activity_date as done_at
            from raw.hubspot__calls where call_direction = 'Outbound'
            union all
            select unnest(string_split(associated_contact_ids, ';')), activity_date
            from raw.hubspot__emails where email_direction <> 'INCOMING_EMAIL'
            union all
            select unnest(string_split(associated_contact_ids, ';')), start_time
            from raw.hubspot__meetings where meeting_outcome = 'Completed'
        ),
        tried as (select person_id, done_at from links inner join done on trim(done.contact_id) = links.contact_id),
        handoffs as (
            select *, timezone('Europe/Rome', timezone('UTC', handed_over_at)) as local_at
            from marts.fct_handoffs
            where is_counted and person_id in (select person_id from links)
        )
    select
        is_untouched,
        exists (
            select 1 from tried
            where
                tried.person_id = handoffs.person_id and tried.done_at >= handoffs.local_at
                and tried.done_at <= timestamp '2026-10-09 18:00'
        ) as was_tried,
        count(*)
    from handoffs
    where
        -- A day has passed, no offer was sent, and he was not in contact already.
        local_at < timestamp '2026-10-08 18:00'
        and person_id not in (select person_id from marts.fct_documents)
        and journey_id not in (
            select journey_id from marts.fct_commitments where status_reason = 'already in contact'
        )
    group by all
    order by all
"""


@pytest.fixture
def warehouse(demo: Built) -> duckdb.DuckDBPyConnection:
    """The warehouse itself: what is published has no raw table."""
    return duckdb.connect(demo.home / "warehouse.duckdb", read_only=True)


def test_who_was_never_touched_has_nothing_in_the_raw_exports(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = warehouse.execute(TRIED_IN_HUBSPOT).fetchall()
    assert [row[:2] for row in found] == [(False, True), (True, False)]
    assert found[1][2] > 250


def test_the_first_figure_is_that_of_the_handoffs(warehouse: duckdb.DuckDBPyConnection) -> None:
    leads, value = warehouse.execute("""
        with values as (
            select agreement_version, revenue_stream, lead_type, lead_value from marts.dim_target where step_number = 1
        )
        select count(*), round(sum(values.lead_value), 2)
        from marts.fct_handoffs inner join values using (agreement_version, revenue_stream, lead_type)
        where is_untouched and is_counted
    """).fetchall()[0]
    total = "select count(*), round(sum(lead_value), 2) from reports.rpt_untouched_leads"
    assert warehouse.execute(total).fetchall() == [(leads, value)]
    assert leads > 300
