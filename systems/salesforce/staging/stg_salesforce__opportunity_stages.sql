with
    opportunities as (select * from {{ ref("stg_salesforce__opportunity_records") }}),

    history_stages as (select * from {{ ref("stg_salesforce__opportunity_history_stages") }}),

    moves as (select * from {{ ref("stg_salesforce__opportunity_moves") }}),

    seen as (
        select
            {{ salesforce_id("id") }} as opportunity_record_id,
            stage_name,
            {{ salesforce_utc("version_started_at", "versions") }} as seen_at
        from {{ source("salesforce", "opportunities") }} as versions
        where version_started_at is not null
    ),

    -- What the first version shows has no date of its own.
    version_changes as (
        select *
        from seen
        qualify
            row_number() over (partition by opportunity_record_id order by seen_at) > 1
            and stage_name != lag(stage_name) over (partition by opportunity_record_id order by seen_at)
    ),

    -- From the best evidence (1) to exports that differ (4), the record's own dates (5) and its opening (6),
    -- of which all have one.
    stated as (
        select witness, opportunity_record_id, stage_name, entered_at, entered_after_at, entry_id, is_seen
        from history_stages
        union all
        select
            3 as witness,
            opportunity_record_id,
            stage_name,
            seen_at as entered_at,
            null as entered_after_at,
            opportunity_record_id || ':' || cast(seen_at as string) as entry_id,
            true as is_seen
        from version_changes
        union all
        select
            4 as witness,
            opportunity_record_id,
            stage_name,
            entered_at,
            entered_after_at,
            entry_id,
            false as is_seen
        from moves
        union all
        select
            5 as witness,
            opportunity_record_id,
            stage_name,
            coalesce(
                last_stage_change_at, case when is_closed then close_date_at else created_at end
            ) as entered_at,
            null as entered_after_at,
            opportunity_record_id || ':stage' as entry_id,
            false as is_seen
        from opportunities
        union all
        select
            6 as witness,
            opportunity_record_id,
            'Opportunity' as stage_name,
            created_at as entered_at,
            null as entered_after_at,
            opportunity_record_id || ':opened' as entry_id,
            false as is_seen
        from opportunities
    ),

    last_seen as (
        select opportunity_record_id, stage_name, entered_at, witness
        from stated
        where witness <= 4 and stage_name is not null
        qualify
            row_number() over (
                partition by opportunity_record_id order by witness, entered_at desc, entry_id desc
            )
            = 1
    ),

    -- A history that was exported before the record lacks the stage in which the record is.
    believed as (
        select stated.*
        from stated
        left join last_seen on stated.opportunity_record_id = last_seen.opportunity_record_id
        where stated.stage_name is not null
        qualify
            stated.witness = min(stated.witness) over (partition by stated.opportunity_record_id)
            or (
                stated.witness = 6
                and min(stated.witness) over (partition by stated.opportunity_record_id) > 2
            )
            or (
                stated.witness = 5
                and stated.stage_name <> last_seen.stage_name
                and (stated.entered_at > last_seen.entered_at or last_seen.witness = 4)
            )
    ),

    -- Half of the rows of a history change the amount, the probability or the close date, and no stage.
    entries as (
        select
            *,
            lag(stage_name) over (
                partition by opportunity_record_id order by entered_at, witness desc, entry_id
            ) as previous_stage_name
        from believed
    )

select
    entry_id as opportunity_stage_id,
    opportunity_record_id,
    stage_name,
    entered_at,
    entered_after_at,
    -- A history observed it; the record's own date of its end was typed.
    is_seen
from entries
where previous_stage_name is null or previous_stage_name != stage_name
