-- Time to the first attempt, contact and conversation side by side, so that nobody has to believe one of
-- them.
with
    responses as (select * from {{ ref("fct_response_times") }} where is_agreed),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (select * from {{ ref("dim_build") }}),

    classes as (
        {%- for class in ["attempt", "contact", "conversation"] %}
            select
                *,
                '{{ class }}' as activity_class,
                first_{{ class }}_at as first_at,
                {{ class }}_minutes as minutes,
                {{ class }}_business_minutes as business_minutes,
                is_{{ class }}_before as is_before,
                coalesce(is_{{ class }}_before or first_{{ class }}_at <= due_at, false) as is_in_time
            from responses
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    -- As a promise is judged: when it is due, and not where it was excused before.
    judged as (
        select
            cast(
                date_trunc('month', {{ utc_to_local("classes.started_at", "build.time_zone") }}) as date
            ) as month_date,
            classes.*,
            build.as_of > classes.due_at
            and (
                classes.is_in_time or classes.excused_at is null or classes.excused_at > classes.due_at
            ) as is_due
        from classes
        cross join build
    ),

    scopes as (
        select *, 'team' as scope, cast(null as varchar) as scope_owner_id
        from judged
        union all
        select
            *,
            case when owner_id is null then 'no_owner' else 'owner' end as scope,
            owner_id as scope_owner_id
        from judged
    )

select
    scopes.month_date,
    scopes.commitment,
    scopes.scope,
    scopes.team,
    scopes.scope_owner_id as owner_id,
    max(owners.owner_name) as owner_name,
    scopes.activity_class,
    count(*) as leads,
    count(*) filter (where scopes.is_before) as already_reached,
    count(scopes.first_at) as reached,
    count(*) filter (where scopes.is_due) as due,
    count(*) filter (where scopes.is_due and scopes.is_in_time) as in_time,
    count(*) filter (where scopes.is_due and scopes.is_in_time)
    / cast(nullif(count(*) filter (where scopes.is_due), 0) as double) as in_time_rate,
    {{ quantile("scopes.minutes", 0.5) }} as median_minutes,
    {{ quantile("scopes.minutes", 0.9) }} as p90_minutes,
    {{ quantile("scopes.business_minutes", 0.5) }} as median_business_minutes,
    {{ quantile("scopes.business_minutes", 0.9) }} as p90_business_minutes
from scopes
left join owners on scopes.scope_owner_id = owners.owner_id
group by
    scopes.month_date,
    scopes.commitment,
    scopes.scope,
    scopes.team,
    scopes.scope_owner_id,
    scopes.activity_class
