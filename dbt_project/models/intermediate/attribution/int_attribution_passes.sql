with
    persons as (select person_id, account_id from {{ ref("int_person_profiles") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    -- The conversions for which a path can end without one are those of today.
    rules as (
        select rules.conversion, rules.look_back_days
        from {{ ref("stg_agreement__attribution") }} as rules
        cross join {{ ref("int_as_of") }} as as_of
        where {{ in_force_at("rules", "as_of.as_of") }}
    ),

    path_owners as (
        {%- for path_scope in ["account", "deal_contacts", "person"] %}
            select
                '{{ path_scope }}' as path_scope,
                person_id,
                {%- if path_scope == "account" %}
                    coalesce('account:' || account_id, 'person:' || person_id) as path_owner
                {%- else %} 'person:' || person_id as path_owner
                {%- endif %}
            from persons
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    followed as (
        select
            path_owners.path_scope,
            path_owners.path_owner,
            journeys.journey_id,
            journeys.entered_at,
            case
                when journeys.entered_at is not null
                then coalesce(journeys.customer_at, journeys.closed_at, timestamp '9999-12-31 00:00:00')
            end as ends_at,
            journeys.mql_at,
            journeys.sql_at,
            coalesce(journeys.opportunity_at, journeys.customer_at) as opportunity_at,
            journeys.customer_at
        from path_owners
        left join journeys on path_owners.person_id = journeys.person_id
    ),

    -- What has begun while an earlier journey was under way is of the same pass.
    compared as (
        select
            *,
            case
                when
                    entered_at <= max(ends_at) over (
                        partition by path_scope, path_owner
                        order by coalesce(entered_at, timestamp '0001-01-01 00:00:00'), journey_id
                        rows between unbounded preceding and 1 preceding
                    )
                then 0
                when entered_at is not null
                then 1
                else 0
            end as begins
        from followed
    ),

    numbered as (
        select
            *,
            sum(begins) over (
                partition by path_scope, path_owner
                order by coalesce(entered_at, timestamp '0001-01-01 00:00:00'), journey_id
                rows between unbounded preceding and current row
            ) as pass_number
        from compared
    ),

    passes as (
        select
            path_scope,
            path_owner,
            pass_number,
            min(entered_at) as entered_at,
            max(ends_at) as ends_at,
            min(mql_at) as mql_at,
            min(sql_at) as sql_at,
            min(opportunity_at) as opportunity_at,
            min(customer_at) as customer_at
        from numbered
        group by path_scope, path_owner, pass_number
    )

select
    passes.path_scope
    || ':'
    || rules.conversion
    || ':'
    || passes.path_owner
    || '#'
    || cast(passes.pass_number as string) as path_id,
    passes.path_scope,
    passes.path_owner,
    rules.conversion,
    passes.pass_number = max(passes.pass_number) over (
        partition by passes.path_scope, passes.path_owner, rules.conversion
    ) as is_last,
    rules.look_back_days,
    passes.entered_at,
    case
        when passes.ends_at < timestamp '9999-12-31 00:00:00' then {{ first_instant_after("passes.ends_at") }}
    end as ends_until,
    case
        rules.conversion
        when 'mql'
        then passes.mql_at
        when 'sql'
        then passes.sql_at
        when 'opportunity'
        then passes.opportunity_at
        else passes.customer_at
    end as reached_at
from passes
cross join rules
-- Colleagues without a journey are of the passes of the others.
qualify
    passes.entered_at is not null
    or max(passes.entered_at) over (partition by passes.path_scope, passes.path_owner) is null
