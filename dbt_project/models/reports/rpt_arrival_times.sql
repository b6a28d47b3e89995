{%- set levels = {
    "week_part": ["cast(null as integer)", "cast(null as integer)"],
    "weekday": ["iso_weekday", "cast(null as integer)"],
    "six_hours": ["iso_weekday", "local_hour - local_hour % 6"],
    "hour": ["iso_weekday", "local_hour"],
} -%}

-- When leads come in during the week, and whether they are answered in time then.
with
    commitments as (select * from {{ ref("fct_commitments") }} where kind = 'clock'),

    dates as (select * from {{ ref("dim_date") }}),

    starts as (
        select
            commitments.*,
            dates.is_weekend,
            dates.iso_weekday,
            {{ utc_to_local("commitments.started_at", build_zone()) }} as local_at
        from commitments
        inner join dates on commitments.started_date = dates.day_date
    ),

    -- A start without a time is the midnight that begins its day; one that was given as midnight is a
    -- microsecond later, and means the same where no start at all has another time.
    timed as (
        select
            *,
            case
                when
                    local_at > cast(cast(local_at as date) as timestamp)
                    and max(extract(hour from local_at) * 60 + extract(minute from local_at)) over () > 0
                then cast(extract(hour from local_at) as integer)
            end as local_hour
        from starts
    ),

    scopes as (
        {%- for scope, (weekday, hour) in levels.items() %}
            select
                month_date,
                team,
                commitment,
                '{{ scope }}' as scope,
                is_weekend,
                {{ weekday }} as iso_weekday,
                {{ hour }} as from_hour,
                status,
                stopped_at,
                elapsed_minutes,
                elapsed_business_minutes
            from timed
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    counted as (
        select
            month_date,
            team,
            commitment,
            scope,
            is_weekend,
            iso_weekday,
            from_hour,
            count(*) as leads,
            count(stopped_at) as answered,
            {{ count_by_status() }},
            {{ quantile("elapsed_minutes", 0.5) }} as median_minutes,
            {{ quantile("elapsed_business_minutes", 0.5) }} as median_business_minutes
        from scopes
        group by month_date, team, commitment, scope, is_weekend, iso_weekday, from_hour
    )

select
    month_date,
    team,
    commitment,
    scope,
    is_weekend,
    iso_weekday,
    from_hour,
    leads,
    answered,
    kept + missed as due,
    kept,
    missed,
    early,
    open,
    excused,
    not_evaluated,
    {{ attainment("kept", "missed") }} as attainment,
    {{ attainment_low("kept", "missed", "early", "(open + not_evaluated)") }} as attainment_low,
    {{ attainment_high("kept", "missed", "early", "(open + not_evaluated)") }} as attainment_high,
    median_minutes,
    median_business_minutes
from counted
