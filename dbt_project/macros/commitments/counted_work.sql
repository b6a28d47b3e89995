{#- The CTEs of what an agreement promises a number of: the activities of sales by class, the leads that marketing has
    brought or decided, and the visits and forms before them. They read the CTEs `activities` (of persons at the
    company), `journeys` and `handoffs`. -#}
{% macro counted_work() -%}
    -- A count has cases only where an agreement counts them: there are as many as activities.
    counted as (select distinct measure from {{ ref("int_measure_periods") }} where unit = 'count'),

    -- What a person did towards a lead, each activity once, whatever number of leads took part.
    work as (
        select counted.measure, activities.*
        from activities
        inner join
            counted
            on counted.measure = 'attempts'
            or (counted.measure = 'contacts' and activities.activity_class <> 'attempt')
            or (counted.measure = 'conversations' and activities.activity_class = 'conversation')
    ),

    -- Marketing has decided a lead when it is handed over, or declined before any handoff.
    declined as (
        select transitions.journey_id, min(transitions.entered_at) as declined_at
        from {{ ref("fct_stage_transitions") }} as transitions
        left join handoffs on transitions.journey_id = handoffs.journey_id
        where
            transitions.stage in ('rejected', 'recycled', 'disqualified')
            and not transitions.is_left_again
            and coalesce(transitions.entered_at < handoffs.handed_over_at, true)
        group by transitions.journey_id
    ),

    decided as (
        select
            coalesce(declined.journey_id, handoffs.journey_id) as journey_id,
            coalesce(declined.declined_at, handoffs.handed_over_at) as decided_at
        from declined
        full outer join handoffs on declined.journey_id = handoffs.journey_id
    ),

    counted_work as (
        select measure, activity_id as case_id, happened_at, journey_id, owner_id
        from work
        union all
        select
            counted.measure, decided.journey_id, decided.decided_at, decided.journey_id, cast(null as string)
        from decided
        inner join counted on counted.measure = 'leads_decided'
        union all
        select
            counted.measure,
            journeys.journey_id,
            journeys.entered_at,
            journeys.journey_id,
            cast(null as string)
        from journeys
        inner join counted on counted.measure = 'new_leads'
        union all
        select
            touches.measure,
            touches.touchpoint_id,
            touches.touched_at,
            touches.journey_id,
            cast(null as string)
        from {{ ref("int_website_touches") }} as touches
        inner join counted on touches.measure = counted.measure
    )
{%- endmacro %}

{#- What a measure is counted from, in the words of int_work_shown; null where it needs no look at them. -#}
{% macro entity_of(measure) -%}
    case
        {%- for entity, measures in {
            "persons": ["new_leads"],
            "stage_changes": ["leads_decided"],
            "activities": ["attempts", "contacts", "conversations", "customers_contacted"],
            "subscriptions": ["customer_retention"],
        }.items() %}
            when {{ measure }} in ('{{ measures | join("', '") }}') then '{{ entity }}'
        {%- endfor %}
        when {{ measure }} in ('website_visits', 'form_submissions', 'net_promoter_score')
        then {{ measure }}
    end
{%- endmacro %}
