{%- set hours = {1: "within 1 h", 4: "1 to 4 h", 24: "4 to 24 h", 48: "24 to 48 h"} -%}

-- The three answers of fct_response_times in rows, with what the lead was like when its clock began.
with
    responses as (select * from {{ ref("fct_response_times") }} where is_agreed),

    journeys as (select * from {{ ref("fct_journeys") }}),

    scores as (select * from {{ ref("fct_person_scores") }}),

    targets as (select * from {{ ref("dim_target") }} where step_number = 1),

    classes as (
        {%- for class in ["attempt", "contact", "conversation"] %}
            select
                responses.*,
                '{{ class }}' as activity_class,
                first_{{ class }}_at as answered_at,
                {{ class }}_minutes as answer_minutes,
                {{ class }}_business_minutes as answer_business_minutes,
                is_{{ class }}_before as is_before,
                is_{{ class }}_by_day as is_by_day
            from responses
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    leads as (
        select
            classes.*,
            journeys.person_id,
            journeys.revenue_stream,
            journeys.lead_type,
            journeys.customer_at,
            {{ utc_to_local("classes.started_at", company_zone()) }} as started_local_at,
            {{ has_time("classes.started_at") }} as has_hour,
            case
                when classes.is_before
                then 'before the start'
                when classes.answered_at is null
                then 'not answered'
            end as unanswered
        from classes
        inner join journeys on classes.journey_id = journeys.journey_id
    )

select
    leads.response_time_id,
    leads.activity_class,
    leads.agreement_version,
    leads.commitment,
    leads.journey_id,
    leads.started_at,
    leads.answered_at,
    leads.answer_minutes,
    leads.answer_business_minutes,
    coalesce(
        leads.unanswered,
        case
            when leads.answer_minutes is null
            then 'not known'
            {%- for hour, band in hours.items() %}
                when leads.answer_minutes <= {{ hour * 60 }} then '{{ band }}'
            {%- endfor %}
            else 'after 48 h'
        end
    ) as band,
    coalesce(
        leads.unanswered,
        case
            when leads.is_by_day
            then 'not known'
            when leads.answered_at <= leads.due_at
            then 'in time'
            else 'late'
        end
    ) as agreed_band,
    case when {{ iso_weekday("leads.started_local_at") }} >= 6 then 'weekend' else 'weekday' end as arrival,
    case
        when leads.has_hour then cast(extract(hour from leads.started_local_at) as integer)
    end as started_hour,
    scores.grade,
    leads.revenue_stream,
    leads.lead_type,
    targets.deal_size as deal_amount,
    leads.customer_at
from leads
left join scores on leads.person_id = scores.person_id and {{ held_at("scores", "leads.started_at") }}
left join
    targets
    on leads.agreement_version = targets.agreement_version
    and leads.revenue_stream = targets.revenue_stream
    and leads.lead_type = targets.lead_type
