{%- set kinds = ["system", "owner", "cover", "absent", "unknown"] -%}

-- Whose time the clocks ran: on the clock of the commitment, calendar or business.
with
    shares as (select * from {{ ref("fct_clock_owners") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    timed as (
        select
            *,
            cast(date_trunc('month', {{ utc_to_local("started_at", build_zone()) }}) as date) as month_date,
            -- Whole microseconds: their sum does not depend on the order of rows.
            cast(
                case when clock_type = 'business' then held_business_minutes else held_minutes end
                * 60000000 as bigint
            ) as passed
        from shares
    ),

    scopes as (
        select *, 'team' as scope, cast(null as string) as scope_owner_id
        from timed
        union all
        select
            *,
            case when owner_id is null then 'no_owner' else 'owner' end as scope,
            owner_id as scope_owner_id
        from timed
    )

select
    scopes.month_date,
    scopes.team,
    scopes.commitment,
    scopes.clock_type,
    scopes.scope,
    scopes.scope_owner_id as owner_id,
    max(owners.owner_name) as owner_name,
    count(distinct scopes.commitment_id) as clocks,
    {%- for kind in kinds %}
        coalesce(
            cast(sum(scopes.passed) filter (where scopes.time_of = '{{ kind }}') as double) / 3600000000, 0
        ) as {{ kind }}_hours,
    {%- endfor %}
    {%- for kind in kinds %}
        cast(coalesce(sum(scopes.passed) filter (where scopes.time_of = '{{ kind }}'), 0) as double)
        / nullif(sum(scopes.passed), 0) as {{ kind }}_rate{{ "," if not loop.last }}
    {%- endfor %}
from scopes
left join owners on scopes.scope_owner_id = owners.owner_id
group by
    scopes.month_date, scopes.team, scopes.commitment, scopes.clock_type, scopes.scope, scopes.scope_owner_id
