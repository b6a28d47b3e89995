{%- set as_of = env_var("SMARKETING_AS_OF", "") -%}

-- The build is a pure function of raw data, agreements and this instant. Left to itself it is the latest
-- instant that the data knows; what is dated in the future (a typing error, a plan) does not move it.
with
    instants as (
        select created_at as known_at
        from {{ ref("int_persons") }}
        union all
        select touched_at as known_at
        from {{ ref("int_touchpoints") }}
        union all
        select happened_at as known_at
        from {{ ref("int_activities") }}
        union all
        select changed_at as known_at
        from {{ ref("int_stage_changes") }}
        union all
        select changed_at as known_at
        from {{ ref("int_owner_changes") }}
        union all
        select created_at as known_at
        from {{ ref("int_opportunities") }}
        union all
        select closed_at as known_at
        from {{ ref("int_opportunities") }}
        union all
        select revenue_at as known_at
        from {{ ref("int_revenue") }}
        union all
        select {{ start_of_date("spend_date") }} as known_at
        from {{ ref("int_ad_spend") }}
        union all
        select {{ start_of_date("started_date") }} as known_at
        from {{ ref("int_subscriptions") }}
        union all
        select {{ start_of_date("ended_date") }} as known_at
        from {{ ref("int_subscriptions") }}
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
