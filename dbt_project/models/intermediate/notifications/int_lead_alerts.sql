-- What a lead did that the version of today names, once a local day however often. The owner is notified
-- while the journey is open and with sales; marketing before it is handed over, and once it is recycled.
-- Nobody is notified of another end, nor of a journey whose end has no date.
{%- set ended_at -%}
    case
        when journeys.outcome = 'open'
        then timestamp '9999-12-31'
        when journeys.undated_stage is not null
        then journeys.entered_at
        when journeys.outcome = 'customer'
        then journeys.customer_at
        else {{ latest_of("journeys.closed_at") }}
    end
{%- endset %}

with
    versions as (select * from {{ version_of_today() }} as version_of_today),

    matches as (select * from {{ ref("int_score_matches") }} where score_part = 'key_touch'),

    -- What the owner does is not what the lead does.
    happenings as (
        select * from {{ ref("int_score_events") }} where coalesce(direction, 'inbound') = 'inbound'
    ),

    rises as (select * from {{ ref("int_grade_rises") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }}),

    stages as (select * from {{ ref("known_stages") }}),

    answers as (select * from {{ ref("int_handoff_answers") }} where answer = 'recycled_by_default'),

    version_of_today as (
        select versions.agreement_version, handoff_stages.stage_rank as handoff_rank
        from versions
        left join stages as handoff_stages on versions.handoff_stage = handoff_stages.stage
    ),

    -- Without an agreed handoff a lead is with its owner from its first stage on.
    handed_over as (
        select transitions.journey_id, min(transitions.entered_at) as with_sales_from
        from transitions
        inner join stages on transitions.stage = stages.stage and not stages.is_side_state
        inner join version_of_today on stages.stage_rank >= coalesce(version_of_today.handoff_rank, 0)
        group by transitions.journey_id
    ),

    signals as (
        select
            'key_touch' as event,
            matches.rule as signal,
            matches.rule as about,
            happenings.person_id,
            happenings.happened_at
        from matches
        inner join version_of_today on matches.agreement_version = version_of_today.agreement_version
        inner join happenings on matches.subject_id = happenings.event_kind_id
        union all
        select 'grade_rose', grade, 'grade ' || grade, person_id, rose_at
        from rises
    ),

    placed as (
        select
            signals.*,
            journeys.journey_id,
            journeys.owner_id,
            case
                when signals.happened_at >= {{ ended_at }}
                then case when journeys.outcome = 'recycled' then 'warmed_up' end
                when signals.happened_at < coalesce(handed_over.with_sales_from, timestamp '9999-12-31')
                then 'warmed_up'
                -- Silence has sent it back to marketing.
                when signals.happened_at >= answers.answered_at
                then 'warmed_up'
                else signals.event
            end as notified_event
        from signals
        inner join
            journeys
            on signals.person_id = journeys.person_id
            -- What it came in with is its arrival, and no news of it.
            and signals.happened_at > journeys.entered_at
            and signals.happened_at < journeys.counts_to
        left join handed_over on journeys.journey_id = handed_over.journey_id
        left join answers on journeys.journey_id = answers.journey_id
    )

select
    journey_id || ':' || signal || ':' || cast({{ local_date("happened_at") }} as string) as alert_id,
    notified_event as event,
    journey_id,
    person_id,
    owner_id,
    signal,
    min_by(about, happened_at) as about,
    min(happened_at) as occurred_at
from placed
where notified_event is not null
group by notified_event, journey_id, person_id, owner_id, signal, {{ local_date("happened_at") }}
