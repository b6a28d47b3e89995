{%- set axes = {
    "channel": "journeys.channel",
    "source": "journeys.source_label",
    "campaign": "coalesce(touchpoints.campaign, '(none)')",
    "content": "coalesce(contents.content_name, '(none)')",
    "persona": "coalesce(journeys.persona, 'unknown')",
    "account_size": "coalesce(accounts.account_size, 'unknown')",
    "lead_type": "coalesce(journeys.lead_type, 'unknown')",
    "revenue_stream": "coalesce(journeys.revenue_stream, 'unknown')",
} -%}

with
    journeys as (select * from {{ ref("fct_journeys") }}),

    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    accounts as (
        select account_id, {{ company_size("employees") }} as account_size from {{ ref("dim_account") }}
    ),

    -- The first content of the journey that has a name: one, so that a lead counts once.
    contents as (
        select journey_id, min_by(content_name, event_number) as content_name
        from {{ ref("fct_timeline") }}
        where content_name is not null and kind = 'touch' and coalesce(event_label, '') <> 'machine open'
        group by journey_id
    )

select
    journeys.journey_id,
    places.axis,
    case
        places.axis
        when 'all'
        then 'all'
        {%- for axis, column in axes.items() %} when '{{ axis }}' then {{ column }} {%- endfor %}
    end as axis_value
from journeys
left join touchpoints on journeys.lead_touchpoint_id = touchpoints.touchpoint_id
left join accounts on journeys.account_id = accounts.account_id
left join contents on journeys.journey_id = contents.journey_id
cross join (values ('{{ closed_loop_axes() | join("'), ('") }}')) as places(axis)
