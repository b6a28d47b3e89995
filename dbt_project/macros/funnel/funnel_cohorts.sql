{#- The days after the entry for which a conversion rate is given. -#}
{% macro horizons() -%} {{ return([30, 60, 90, 180]) }} {%- endmacro %}

{#- The shortest horizon that the days fit in, else the longest. -#}
{% macro horizon_of(days) -%}
    case
        {%- for horizon in horizons()[:-1] %} when {{ days }} <= {{ horizon }} then {{ horizon }}{% endfor %}
        else {{ horizons() | last }}
    end
{%- endmacro %}

{#-
    How long the conversions of each step of `pairs` (fct_stage_conversions) took, ever: nine in ten of them, the horizon
    that holds 19 in 20, and the share of them that it holds. One horizon per step, so that its periods are compared on
    equal terms; long enough for an agreed rate, which has none.
-#}
{% macro step_times(pairs) -%}
    {%- set days = days_apart("entered_date", "reached_date") -%}
    select
        revenue_stream,
        lead_type,
        from_stage,
        to_stage,
        p90_days,
        {{ horizon_of("p95_days") }} as horizon_days,
        case
            {{ horizon_of("p95_days") }}
            {%- for horizon in horizons() %} when {{ horizon }} then within_{{ horizon }}{% endfor %}
        end as within_horizon_rate
    from
        (
            select
                revenue_stream,
                lead_type,
                from_stage,
                to_stage,
                {{ quantile("days_between", 0.9) }} as p90_days,
                {{ quantile("days_between", 0.95) }} as p95_days
                {%- for horizon in horizons() %}
                    ,
                    count(case when {{ days }} <= {{ horizon }} then 1 end)
                    / cast(nullif(count(reached_date), 0) as double) as within_{{ horizon }}
                {%- endfor %}
            from {{ pairs }}
            group by revenue_stream, lead_type, from_stage, to_stage
        ) as steps
{%- endmacro %}

{#- True when two rows are about the same stages of the same lead type. -#}
{% macro same_step(one, other) -%}
    {{ one }}.revenue_stream = {{ other }}.revenue_stream
    and {{ one }}.lead_type = {{ other }}.lead_type
    and {{ one }}.from_stage = {{ other }}.from_stage
    and {{ one }}.to_stage = {{ other }}.to_stage
{%- endmacro %}

{#- With fewer journeys a rate means little, and a review sets no target from it. -#}
{% macro is_few(journeys) -%} {{ journeys }} < 30 {%- endmacro %}

{#-
    Every row of `pairs` (fct_stage_conversions, or counts of it by month of entry and axes) of the company of `build`
    (dim_build) once for each cohort and segment of the funnel's reports that it counts in, with the columns `carried`.
    A rate of a segment is estimated from its own members, since rates do not add up; so no member may be counted twice
    within one cohort_period and segment_type. An axis that a segment does not divide by is null.
-#}
{% macro cohort_members(pairs, build, carried) -%}
    select
        periods.cohort_period,
        case
            periods.cohort_period
            when 'month'
            then pairs.entered_month
            when 'quarter'
            then {{ fiscal_period("pairs.entered_month", "build.fiscal_year_start_month", 3) }}
        end as cohort_date,
        segments.segment_type,
        case when segments.has_lead_type then coalesce(pairs.revenue_stream, '(none)') end as revenue_stream,
        case when segments.has_lead_type then coalesce(pairs.lead_type, '(none)') end as lead_type,
        case when segments.has_channel then coalesce(pairs.channel, '(none)') end as channel,
        case when segments.has_owner then coalesce(pairs.owner_id, '(none)') end as owner_id,
        pairs.from_stage,
        pairs.from_rank,
        pairs.to_stage,
        pairs.to_rank
        {%- for column in carried %}, pairs.{{ column }}{%- endfor %}
    from {{ pairs }} as pairs
    cross join {{ build }} as build
    cross join (values ('month'), ('quarter'), ('all')) as periods(cohort_period)
    cross join
        (
            values
                ('all', false, false, false),
                ('stream and lead type', true, false, false),
                ('channel', false, true, false),
                ('owner', false, false, true),
                ('all dimensions', true, true, true)
        ) as segments(segment_type, has_lead_type, has_channel, has_owner)
{%- endmacro %}

{#- The axes of a pair by which its cohorts are made; all else of it can be counted before. -#}
{% macro cohort_axes() -%}
    revenue_stream, lead_type, channel, owner_id, from_stage, from_rank, to_stage, to_rank
{%- endmacro %}

{#- The columns that name a cohort of `cohort_members`. -#}
{% macro cohort_columns() -%} cohort_period, cohort_date, segment_type, {{ cohort_axes() }} {%- endmacro %}

{#- The columns of a cohort as one text: made of cohorts and not of their members, since it is dear. -#}
{% macro cohort_id() -%}
    cohort_period
    || coalesce('|' || cohort_date, '')
    || '|'
    || segment_type
    || coalesce('|' || revenue_stream || '|' || lead_type, '')
    || coalesce('|' || channel, '')
    || coalesce('|' || owner_id, '')
    || '|'
    || from_stage
    || '|'
    || to_stage
{%- endmacro %}
