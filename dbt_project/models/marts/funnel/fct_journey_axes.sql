{%- set axes = {
    "channel": "journeys.channel",
    "source": "journeys.source_label",
    "campaign": "coalesce(persons.campaign_label, '(none)')",
    "content": "coalesce(contents.content_name, '(none)')",
    "persona": "coalesce(journeys.persona, 'unknown')",
    "account size": "coalesce(accounts.account_size, 'unknown')",
    "lead type": "coalesce(journeys.lead_type, 'unknown')",
    "stream": "coalesce(journeys.revenue_stream, 'unknown')",
} -%}

with
    journeys as (select * from {{ ref("fct_journeys") }}),

    persons as (select * from {{ ref("dim_person") }}),

    accounts as (
        select
            *,
            case
                when employees < 10
                then '1 to 9'
                when employees < 50
                then '10 to 49'
                when employees < 250
                then '50 to 249'
                else '250 and more'
            end as account_size
        from {{ ref("dim_account") }}
        where employees is not null
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
inner join persons on journeys.person_id = persons.person_id
left join accounts on journeys.account_id = accounts.account_id
left join contents on journeys.journey_id = contents.journey_id
cross join (values ('{{ closed_loop_axes() | join("'), ('") }}')) as places(axis)
