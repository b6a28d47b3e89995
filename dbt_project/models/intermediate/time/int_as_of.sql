{%- set as_of = env_var("SMARKETING_AS_OF", "") -%}

-- The build is a pure function of raw data, agreements and this instant. Left to itself it is the latest
-- instant at which something was written down: a meeting of next week was so when it was booked, a deal when
-- its record was, and the days of a subscription are no such instants. A typing error does not move it
-- either.
with
    opportunities as (select * from {{ ref("int_opportunities") }}),

    -- The end of a deal is told as a stage too, with the date that somebody typed.
    stage_changes as (
        select changes.*
        from {{ ref("int_stage_changes") }} as changes
        left join
            opportunities
            on changes.system = opportunities.system
            and changes.opportunity_record_id = opportunities.opportunity_record_id
        where
            opportunities.closed_at is null
            or changes.changed_at < opportunities.closed_at
            or changes.changed_at <= opportunities.recorded_at
    ),

    instants as (
        select created_at as known_at
        from {{ ref("int_persons") }}
        union all
        select touched_at as known_at
        from {{ ref("int_touchpoints") }}
        union all
        select least(happened_at, coalesce(logged_at, happened_at)) as known_at
        from {{ ref("int_activities") }}
        union all
        select changed_at as known_at
        from stage_changes
        union all
        select changed_at as known_at
        from {{ ref("int_owner_changes") }}
        union all
        select created_at as known_at
        from opportunities
        union all
        select recorded_at as known_at
        from opportunities
        union all
        select revenue_at as known_at
        from {{ ref("int_revenue") }}
        union all
        select {{ start_of_date("spend_date") }} as known_at
        from {{ ref("int_ad_spend") }}
        union all
        select given_at as known_at
        from {{ ref("int_feedback") }}
        union all
        select sent_at as known_at
        from {{ ref("int_documents") }}
    ),

    known as (
        select min(known_at) as data_from, max(known_at) as data_until
        from instants
        where known_at <= cast(current_timestamp as timestamp)
    )

select
    coalesce(data_from, timestamp '1970-01-01 00:00:00') as data_from,
    coalesce(data_until, timestamp '1970-01-01 00:00:00') as data_until,
    {% if as_of -%} cast('{{ as_of }}' as timestamp)
    {%- else -%} coalesce(data_until, timestamp '1970-01-01 00:00:00')
    {%- endif %} as as_of
from known
