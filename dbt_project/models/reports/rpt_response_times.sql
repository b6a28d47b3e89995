-- Time to the first attempt, contact and conversation side by side, so that no reader has to rely on one of
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
                is_{{ class }}_by_day as is_by_day,
                case when is_{{ class }}_before then started_at else first_{{ class }}_at end as kept_at
            from responses
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    -- As a commitment of just this class would be evaluated.
    evaluated as (
        select
            cast(
                date_trunc('month', {{ utc_to_local("classes.started_at", build_zone()) }}) as date
            ) as month_date,
            classes.*,
            case
                when classes.is_by_day and build.as_of > classes.due_at
                then 'not_evaluated'
                else
                    {{
                        commitment_status(
                            "classes.kept_at", "classes.due_at", "classes.excused_at", "build.as_of"
                        )
                    }}
            end as class_status
        from classes
        cross join build
    ),

    scopes as (
        select *, 'team' as scope, cast(null as string) as scope_owner_id
        from evaluated
        union all
        select
            *,
            case when owner_id is null then 'no_owner' else 'owner' end as scope,
            owner_id as scope_owner_id
        from evaluated
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
    count(*) filter (where scopes.class_status in ('kept', 'missed')) as due,
    count(*) filter (where scopes.class_status = 'kept') as in_time,
    count(*) filter (where scopes.class_status = 'not_evaluated') as not_evaluated,
    count(*) filter (where scopes.class_status = 'kept') / cast(
        nullif(count(*) filter (where scopes.class_status in ('kept', 'missed')), 0) as double
    ) as in_time_rate,
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
