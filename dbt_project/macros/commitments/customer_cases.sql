{#- The measures of which each customer at the beginning of a period is a case of that whole period. -#}
{% macro customer_measures() -%} 'customers_contacted', 'customer_retention' {%- endmacro %}

{#- The CTEs of the cases that customers make, with the columns of fct_measure_cases: what they answered, whether they were contacted,
    whether they stayed, and what they asked. -#}
{% macro customer_cases() -%}
    answers as (select * from {{ ref("fct_feedback") }} where feedback_type = 'nps'),

    tickets as (select * from {{ ref("fct_tickets") }}),

    persons as (select * from {{ ref("dim_person") }}),

    customer_cases as (
        -- The share of promoters less that of detractors, in points: the mean of these.
        select
            'net_promoter_score' as measure,
            answers.feedback_id as case_id,
            answers.given_at as happened_at,
            answers.given_date as happened_date,
            answers.given_at as possible_from_at,
            cast(null as string) as journey_id,
            persons.owner_id,
            persons.revenue_stream,
            persons.lead_type,
            case
                answers.nps_class when 'promoter' then 100.0 when 'passive' then 0.0 else -100.0
            end as measured,
            cast(null as string) as period
        from answers
        left join persons on answers.person_id = persons.person_id
        union all
        -- In whatever time: how long is agreed in a version.
        select
            'tickets_answered',
            tickets.ticket_id,
            tickets.created_at,
            tickets.created_date,
            tickets.created_at,
            null,
            tickets.owner_id,
            persons.revenue_stream,
            persons.lead_type,
            case when tickets.is_answered then 1.0 end,
            null
        from tickets
        left join persons on tickets.person_id = persons.person_id
        union all
        select
            measure,
            case_id,
            started_at,
            period_date,
            started_at,
            null,
            owner_id,
            revenue_stream,
            null,
            measured,
            period
        from {{ ref("fct_customer_cases") }}
    )
{%- endmacro %}
