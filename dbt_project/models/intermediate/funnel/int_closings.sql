-- When a deal ended: on the date that was written into it, which is the business date, unless that is
-- after the instant at which it was entered as ended, or belongs to an earlier end. On one day the entry
-- is more exact. A date without an entry may be a plan (the end of a contract): it ended when the record
-- was last written at the latest, else at the end of the known data, or at the as-of if that is later: of
-- such a deal nobody knows how long it took. Without both it has ended, and nobody knows when.
with
    opportunities as (
        select *
        from {{ ref("int_opportunities") }}
        where coalesce(is_closed, closed_at is not null or closing_entered_at is not null)
    ),

    as_of as (select * from {{ ref("int_as_of") }}),

    changes as (select * from {{ ref("int_stage_changes") }} where opportunity_record_id is not null),

    stages as (select * from {{ ref("known_stages") }} where is_side_state or stage = 'customer'),

    labels as (select * from {{ ref("stg_reference__stage_labels") }}),

    ends as (
        select changes.system, changes.opportunity_record_id, changes.changed_at
        from changes
        inner join
            labels
            on changes.system = labels.system
            and {{ folded_word("changes.stage_label") }} = {{ folded_word("labels.stage_label") }}
            and {{ in_force("labels", local_date("changes.changed_at")) }}
        inner join stages on labels.stage = stages.stage
    ),

    earlier_ends as (
        select opportunities.system, opportunities.opportunity_record_id, max(ends.changed_at) as changed_at
        from opportunities
        inner join
            ends
            on opportunities.system = ends.system
            and opportunities.opportunity_record_id = ends.opportunity_record_id
            and opportunities.closing_entered_at > ends.changed_at
        group by opportunities.system, opportunities.opportunity_record_id
    ),

    bounded as (
        select
            opportunities.system,
            opportunities.opportunity_record_id,
            opportunities.closed_at as written_at,
            opportunities.closing_entered_at,
            coalesce(opportunities.closing_entered_at, opportunities.closed_at) as stated_at,
            case
                when opportunities.closing_entered_at is null
                then opportunities.closed_at
                when
                    {{ local_date("opportunities.closed_at") }}
                    < {{ local_date("opportunities.closing_entered_at") }}
                    and coalesce(
                        {{ local_date("opportunities.closed_at") }}
                        > {{ local_date("earlier_ends.changed_at") }},
                        true
                    )
                then opportunities.closed_at
                else opportunities.closing_entered_at
            end as ended_at,
            opportunities.recorded_at is null as is_without_record,
            coalesce(opportunities.recorded_at, greatest(as_of.data_until, as_of.as_of)) as known_at
        from opportunities
        cross join as_of
        left join
            earlier_ends
            on opportunities.system = earlier_ends.system
            and opportunities.opportunity_record_id = earlier_ends.opportunity_record_id
    )

select
    system,
    opportunity_record_id,
    written_at,
    closing_entered_at,
    stated_at,
    case when ended_at > known_at then known_at else ended_at end as closed_at,
    coalesce(is_without_record and ended_at > known_at, false) as is_after_all_records,
    known_at
from bounded
