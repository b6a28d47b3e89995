with
    transitions as (select * from {{ ref("fct_stage_transitions") }}),

    exits as (select * from {{ ref("int_stage_exits") }}),

    entries as (select * from {{ ref("int_stage_entries") }}),

    side_states as (select * from {{ ref("known_stages") }} where is_side_state),

    opportunities as (select * from {{ ref("fct_opportunities") }} where status = 'lost'),

    feedback as (select * from {{ ref("fct_feedback") }} where feedback_type = 'churn'),

    meanings as (select * from {{ ref("int_reason_meanings") }}),

    exited as (
        select
            transitions.*,
            exits.reason_class,
            entries.system,
            case when side_states.stage is null then 1 else 0 end as begins
        from transitions
        inner join exits on transitions.stage_transition_id = exits.stage_transition_id
        left join side_states on transitions.from_stage = side_states.stage
        left join entries on transitions.stage_transition_id = entries.stage_entry_id
    ),

    -- A no that goes from one side state to the next (rejected, then recycled) is one.
    ended as (
        select
            *,
            sum(begins) over (
                partition by journey_id
                order by entered_at, begins desc, stage_transition_id
                rows between unbounded preceding and current row
            ) as no_number,
            row_number() over (
                partition by journey_id order by entered_at, begins desc, stage_transition_id
            ) as exit_number
        from exited
    ),

    -- Its reason is the first one that was given; the loss of a deal is the deal's.
    noes as (
        select
            journey_id,
            min(person_id) as person_id,
            min_by(stage_transition_id, exit_number) as stage_transition_id,
            min_by(stage, exit_number) as stage,
            min(entered_at) as happened_at,
            min_by(opportunity_id, exit_number) as opportunity_id,
            min_by(system, exit_number) as system,
            min_by(reason_label, exit_number) filter (where reason_label is not null) as reason_label,
            min_by(reason_class, exit_number) filter (where reason_label is not null) as reason_class
        from ended
        group by journey_id, no_number
    ),

    given as (
        select
            'stage:' || stage_transition_id as reason_id,
            case when stage = 'lost' then 'lost' else 'declined' end as reason_of,
            system,
            person_id,
            journey_id,
            cast(null as string) as opportunity_id,
            cast(null as string) as account_id,
            stage,
            happened_at,
            {{ local_date("happened_at") }} as happened_date,
            reason_label,
            -- A reason that the agreement has no class for may still have a motive.
            nullif(reason_class, 'unclassified') as reason_class
        from noes
        where stage <> 'lost' or opportunity_id is null
        union all
        select
            'deal:' || opportunity_id as reason_id,
            'lost' as reason_of,
            system,
            person_id,
            journey_id,
            opportunity_id,
            account_id,
            'lost' as stage,
            closed_at as happened_at,
            closed_date as happened_date,
            lost_reason as reason_label,
            cast(null as string) as reason_class
        from opportunities
        union all
        select
            'feedback:' || feedback_id as reason_id,
            'left' as reason_of,
            system,
            person_id,
            cast(null as string) as journey_id,
            cast(null as string) as opportunity_id,
            account_id,
            cast(null as string) as stage,
            given_at as happened_at,
            given_date as happened_date,
            nullif(reason_label, '(none)') as reason_label,
            cast(null as string) as reason_class
        from feedback
    ),

    worded as (
        select
            *,
            {{ folded_word("reason_label") }} as reason_word,
            '' as any_system,
            coalesce(happened_date, date '9999-12-30') as meaning_date
        from given
    )

select
    worded.reason_id,
    worded.reason_of,
    worded.system,
    worded.person_id,
    worded.journey_id,
    worded.opportunity_id,
    worded.account_id,
    worded.stage,
    worded.happened_at,
    worded.happened_date,
    worded.reason_label,
    worded.reason_class,
    case
        when worded.reason_label is not null then coalesce(own.motive, general.motive, 'unclassified')
    end as motive,
    case when own.motive is not null then own.pain else general.pain end as pain
from worded
left join
    meanings as own
    on worded.reason_word = own.reason_word
    and worded.system = own.system
    and {{ in_force("own", "worded.meaning_date") }}
left join
    meanings as general
    on worded.reason_word = general.reason_word
    and worded.any_system = general.system
    and {{ in_force("general", "worded.meaning_date") }}
