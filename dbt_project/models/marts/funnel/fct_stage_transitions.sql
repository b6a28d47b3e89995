with
    entries as (select * from {{ ref("int_stage_entries") }} where is_left_again),

    transitions as (
        select *, false as is_left_again
        from {{ ref("int_stage_transitions") }}
        union all
        select
            entries.stage_entry_id as stage_transition_id,
            entries.person_id,
            entries.journey_id,
            entries.journey_number,
            entries.opportunity_id,
            entries.owner_id,
            cast(null as string) as from_stage,
            entries.stage,
            entries.stage_label,
            entries.reason_label,
            cast(null as timestamp) as from_entered_at,
            entries.entered_at,
            entries.entered_after_at,
            false as is_inferred,
            entries.entry_source,
            entries.agreement_version,
            true as is_left_again
        from entries
    ),

    stages as (select * from {{ ref("known_stages") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    -- Until the handoff of the version of that day a stage is marketing's work; what ends a journey is
    -- sales'.
    dated as (
        select
            transitions.*,
            stages.place,
            {{ local_date("transitions.entered_at") }} as entered_date,
            case
                when stages.is_side_state or stages.stage_rank > handoffs.stage_rank
                then 'sales'
                else 'marketing'
            end as team
        from transitions
        inner join stages on transitions.stage = stages.stage
        left join versions on transitions.agreement_version = versions.agreement_version
        inner join stages as handoffs on coalesce(versions.handoff_stage, 'mql') = handoffs.stage
    )

select
    stage_transition_id,
    person_id,
    journey_id,
    journey_number,
    opportunity_id,
    owner_id,
    from_stage,
    stage,
    stage_label,
    reason_label,
    from_entered_at,
    entered_at,
    entered_after_at,
    is_inferred,
    entry_source,
    is_left_again,
    agreement_version,
    team,
    entered_date,
    -- The latest entry of the latest journey is where a person is; of one instant what ends a journey is
    -- the last.
    coalesce(
        min(case when not is_left_again then entered_date end) over (
            partition by person_id
            order by journey_number, entered_at, place, stage_transition_id
            rows between 1 following and unbounded following
        ),
        case when is_left_again then entered_date end
    ) as left_date
from dated
