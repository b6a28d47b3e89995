{%- set is_assigned -%} clock_start = 'assigned' {%- endset -%}
{#- A lead that was in contact before being assigned did not wait for the owner. -#}
{%- set waited -%} {{ is_assigned }} and status_reason != 'already in contact' {%- endset %}

{%- set classes = ["attempt", "contact", "conversation"] %}

with
    statuses as (select * from {{ ref("int_clock_statuses") }} where until_stage is null),

    responses as (
        select
            clock_id
            {%- for class in classes %}
                ,
                min(first_at) filter (where activity_class = '{{ class }}') as first_{{ class }}_at,
                min(elapsed_minutes) filter (where activity_class = '{{ class }}') as {{ class }}_minutes,
                min(elapsed_business_minutes) filter (
                    where activity_class = '{{ class }}'
                ) as {{ class }}_business_minutes,
                min(reached_by_at) filter (where activity_class = '{{ class }}') as {{ class }}_by_at,
                bool_or(activity_class = '{{ class }}' and is_before_start) as is_{{ class }}_before
            {%- endfor %}
        from {{ ref("int_clock_responses") }}
        group by clock_id
    )

select
    commitment_id as response_time_id,
    agreement_version,
    team,
    commitment,
    tier,
    journey_id,
    clock_start,
    is_agreed,
    answering_owner_id as owner_id,
    clock_type,
    calendar,
    started_at,
    due_at,
    stopped_at,
    elapsed_minutes,
    elapsed_business_minutes,
    {%- for class in classes %}
        responses.first_{{ class }}_at,
        responses.{{ class }}_minutes,
        responses.{{ class }}_business_minutes,
        coalesce(responses.is_{{ class }}_before, false) as is_{{ class }}_before,
        -- In time at one time of the day, and not at each.
        coalesce(responses.is_{{ class }}_before or responses.first_{{ class }}_at <= due_at, false)
        and not coalesce(responses.{{ class }}_by_at <= earliest_due_at, false) as is_{{ class }}_by_day,
    {%- endfor %}
    case when {{ is_assigned }} then since_created_minutes end as system_delay_minutes,
    case when {{ is_assigned }} then since_created_business_minutes end as system_delay_business_minutes,
    case when {{ waited }} then elapsed_minutes end as human_delay_minutes,
    case when {{ waited }} then elapsed_business_minutes end as human_delay_business_minutes,
    excused_at,
    status,
    status_reason
from statuses
left join responses on statuses.commitment_id = responses.clock_id
