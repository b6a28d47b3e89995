{#- The CTEs of what an agreement promises a number of: the activities of sales by class, the leads that marketing has
    brought or decided, and the visits and forms before them. They read the CTEs `activities` (of persons at the
    company), `journeys` and `handoffs`. -#}
{% macro counted_work() -%}
    -- A count has cases only where an agreement counts them: there are as many as activities.
    counted as (select distinct measure from {{ ref("int_measure_periods") }} where unit = 'count'),

    counted_classes as (
        {%- for measure, classes in {
            "attempts": ["attempt", "contact", "conversation"],
            "contacts": ["contact", "conversation"],
            "conversations": ["conversation"],
        }.items() %}
            {%- for class in classes %}
                select
                    '{{ measure }}' as measure,
                    '{{ class }}' as activity_class
                    {{ "union all" if not (loop.last and measure == "conversations") }}
            {%- endfor %}
        {%- endfor %}
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

    -- An activity counts once, whatever number of leads took part.
    done as (
        select
            counted_classes.measure,
            activities.activity_id as case_id,
            activities.happened_at,
            activities.journey_id,
            activities.owner_id
        from activities
        inner join counted_classes on activities.activity_class = counted_classes.activity_class
        union all
        select 'leads_decided', journey_id, decided_at, journey_id, null
        from decided
        union all
        select 'new_leads', journey_id, entered_at, journey_id, null
        from journeys
        union all
        select measure, touchpoint_id, touched_at, journey_id, null
        from {{ ref("int_website_touches") }}
    ),

    counted_work as (select done.* from done inner join counted on done.measure = counted.measure)
{%- endmacro %}

{#- What a measure is counted from, in the words of int_work_shown; null where it needs no look at them. -#}
{% macro entity_of(measure) -%}
    case
        {%- for entity, measures in {
            "persons": ["new_leads"],
            "stage_changes": ["leads_decided"],
            "activities": ["attempts", "contacts", "conversations", "customers_contacted"],
            "subscriptions": [
                "customer_retention",
                "recurring_revenue",
                "logo_churn_rate",
                "gross_retention_rate",
                "net_retention_rate",
                "expansion_revenue",
            ],
            "revenue": ["revenue", "revenue_per_account", "gross_margin_rate"],
            "costs": [
                "cost_per_lead",
                "ad_cost_per_lead",
                "cost_per_mql",
                "customer_acquisition_cost",
                "customer_acquisition_cost_cohort",
                "marketing_roi",
                "roas",
                "clv_to_cac",
                "cac_payback_months",
            ],
            "feedback": ["csat"],
            "survey_invitations": ["survey_response_rate"],
            "tickets": ["tickets_answered"],
        }.items() %}
            when {{ measure }} in ('{{ measures | join("', '") }}') then '{{ entity }}'
        {%- endfor %}
        when {{ measure }} in ('website_visits', 'form_submissions', 'net_promoter_score')
        then {{ measure }}
    end
{%- endmacro %}
