-- A system shows work from its first instant in a file of it until its last instant in any file. Visits end
-- with the last of them: what a visitor sent later shows that their file ends before. Costs are known until
-- the first platform of ads ends: what another one has spent is not what this one did. A platform that ended
-- more than a quarter before the last one has no ads any more.
with
    ends as (
        select system, entity, first_at, max(last_at) over (partition by system) as ends_at
        from {{ ref("int_source_ends") }}
    ),

    systems as (select system, max(ends_at) as ends_at from ends group by system),

    -- What a file of its entity need not have.
    parts as (
        select
            system,
            case touch_label when 'visit' then 'website_visits' else 'form_submissions' end as entity,
            touched_at as known_at
        from {{ ref("int_touchpoints") }}
        where touch_label in ('visit', 'form')
        union all
        select system, 'net_promoter_score' as entity, given_at as known_at
        from {{ ref("int_feedback") }}
        where feedback_type = 'nps'
        union all
        select system, 'subscriptions' as entity, {{ start_of_date("started_date") }} as known_at
        from {{ ref("int_subscriptions") }}
        union all
        select system, 'subscriptions' as entity, {{ start_of_date("ended_date") }} as known_at
        from {{ ref("int_subscriptions") }}
    ),

    spans as (
        select system, entity, min(known_at) as first_at, max(known_at) as last_at
        from parts
        where {{ until_as_of("known_at") }}
        group by system, entity
    ),

    platforms as (select ends_at, max(ends_at) over () as latest_at from ends where entity = 'ad_spend'),

    shown as (
        select entity, first_at, ends_at
        from ends
        union all
        select 'costs' as entity, cast(null as timestamp) as first_at, min(ends_at) as ends_at
        from platforms
        where ends_at >= {{ dbt.dateadd("day", -92, "latest_at") }}
        having min(ends_at) is not null
        union all
        select
            spans.entity,
            spans.first_at,
            case
                when
                    spans.entity = 'website_visits'
                    or systems.ends_at is null
                    or spans.last_at > systems.ends_at
                then spans.last_at
                else systems.ends_at
            end as ends_at
        from spans
        left join systems on spans.system = systems.system
    )

select entity, min(first_at) as shown_from, max(ends_at) as shown_until
from shown
group by entity
