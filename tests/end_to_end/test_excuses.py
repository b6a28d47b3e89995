"""What each side could excuse itself by, computed again: from the raw exports, or by SQL that no model shares."""

import duckdb
import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

# The persons known to HubSpot and its helpers only, with the reps' activities; its export is on Rome's wall clock.
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
            from raw.hubspot__calls where call_direction = 'Outbound' and call_status is distinct from 'CANCELED'
            union all
            select unnest(string_split(associated_contact_ids, ';')), activity_date
            from raw.hubspot__emails where email_direction = 'EMAIL' and coalesce(email_status, 'SENT') = 'SENT'
                and sequence_id is null
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
        -- A day has passed, no offer was sent, and the rep was not in contact already.
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


# Of every step of a cadence, from the stages and attempts alone: the first time that the lead went back out of the
# funnel before the step was due, whether it had gone forward before, and the attempts made until it was due.
EXITS = """
    with
        steps as (
            select * from marts.fct_commitments where kind = 'cadence' and month_date <= date '2026-07-01'
        ),
        moves as (
            select
                steps.commitment_id,
                min(moves.entered_at) filter (where moves.stage in ('rejected', 'recycled', 'disqualified', 'lost'))
                    as left_at,
                min(moves.entered_at) filter (where moves.stage in ('sql', 'opportunity', 'customer')) as forward_at
            from steps
            inner join marts.fct_stage_transitions as moves
                on steps.journey_id = moves.journey_id and moves.entered_at > steps.started_at
            group by steps.commitment_id
        ),
        tries as (
            select steps.commitment_id, count(*) as tries
            from steps
            inner join marts.fct_contact_attempts as attempts
                on steps.journey_id = attempts.journey_id
                and attempts.happened_at between steps.started_at and steps.due_at
            group by steps.commitment_id
        )
    select
        steps.*,
        moves.left_at <= steps.due_at and coalesce(moves.forward_at > moves.left_at, true) as has_left,
        coalesce(tries.tries, 0) as tries
    from steps
    left join moves using (commitment_id)
    left join tries using (commitment_id)
"""


def test_an_own_exit_is_one_by_the_stages_and_attempts_alone(warehouse: duckdb.DuckDBPyConnection) -> None:
    exits = f"select count(*) from ({EXITS}) where is_own_exit"
    assert (
        warehouse.execute(f"{exits} and has_left and tries < target").fetchall() == warehouse.execute(exits).fetchall()
    )
    # Who is excused by a side state and made no own exit had nobody, or another owner sent the lead away.
    others = f"select count(*) from ({EXITS}) where has_left and not is_own_exit and tries < target"
    by_lead = "and excuse_reason not in ('replied', 'meeting', 'opt_out')"
    (own,), (left,) = warehouse.execute(exits).fetchone(), warehouse.execute(f"{others} {by_lead}").fetchone()
    assert own > 1000
    assert left < own / 10


def test_both_rates_are_side_by_side(warehouse: duckdb.DuckDBPyConnection) -> None:
    published = warehouse.execute("""
        select commitment, month_date, any_value(excused_attainment_rate), any_value(missed_attainment_rate),
            sum(own_exits)
        from reports.rpt_excuses where month_date <= date '2026-07-01' group by all order by all
    """).fetchall()
    counted = warehouse.execute("""
        select
            commitment, month_date,
            count(*) filter (where status = 'kept')
            / nullif(count(*) filter (where status = 'kept' or (status = 'missed' and not is_own_exit)), 0),
            count(*) filter (where status = 'kept')
            / nullif(count(*) filter (where status in ('kept', 'missed') or is_own_exit), 0),
            count(*) filter (where is_own_exit)
        from marts.fct_reported_commitments
        where kind in ('clock', 'cadence') and month_date <= date '2026-07-01'
        group by all having count(excuse_reason) > 0 order by all
    """).fetchall()
    assert published == counted
    assert all(missed <= excused for _, _, excused, missed, _ in published if excused is not None)
    assert sum(own for *_, own in published) > 1000


# The score of a lead when it became an MQL, which the agreement asks to be 25, against what its type is worth.
EVIDENCE = """
    with
        entries as (
            select handoffs.*, transitions.is_inferred, (
                select max_by(scores.score, scores.scored_at) from marts.fct_person_scores as scores
                where scores.person_id = handoffs.person_id and scores.scored_at = handoffs.handed_over_at
            ) as score
            from marts.fct_handoffs as handoffs
            inner join marts.fct_stage_transitions as transitions
                on handoffs.journey_id = transitions.journey_id and transitions.stage = 'mql'
                and transitions.entered_at = handoffs.handed_over_at
            where is_counted
        ),
        worth as (
            select agreement_version, revenue_stream, lead_type, lead_value from marts.dim_target where step_number = 1
        )
    select
        round(sum(worth.lead_value) filter (where not is_given_back), 2),
        round(sum(worth.lead_value) filter (where not is_given_back and score >= 25 and not is_inferred), 2),
        count(*) filter (where score < 25 and not is_inferred)
    from entries inner join worth using (agreement_version, revenue_stream, lead_type)
"""


def test_the_value_with_evidence_is_that_of_the_scores(warehouse: duckdb.DuckDBPyConnection) -> None:
    by_label, with_evidence, lacking = warehouse.execute(EVIDENCE).fetchone()
    sums = "round(sum(delivered_amount), 2), round(sum(delivered_with_evidence_amount), 2)"
    assert warehouse.execute(f"select {sums} from marts.fct_lead_delivery_daily").fetchone() == (
        by_label,
        with_evidence,
    )
    assert lacking > 250
