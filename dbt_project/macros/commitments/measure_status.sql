{#- What the figure of a measure came to; a case whose value or period is not known can go either way. -#}
{% macro measure_status(is_over) -%}
    case
        when not {{ is_over }}
        then 'not yet due'
        when is_part
        then 'no target of its own'
        when not is_in_the_data
        then 'not in the data'
        when unit = 'count'
        then
            case
                when actual >= at_least
                then 'reached'
                when not is_whole
                then 'part of a period'
                when is_behind
                then 'not known yet'
                else 'not reached'
            end
        when is_of_kpi and not is_whole
        then 'part of a period'
        when is_of_kpi and is_behind
        then 'not known yet'
        when measure in ({{ customer_measures() }}) and not is_whole and coalesce(low < at_least, true)
        then 'part of a period'
        when (unit = 'points' or measure = 'tickets_answered') and is_behind
        then 'not known yet'
        when all_cases = 0
        then 'no cases'
        when all_cases < least_cases
        then 'too few cases'
        when is_of_kpi and actual is null
        then 'not known yet'
        when (cases >= least_cases or is_of_kpi and open_cases = 0) and (low >= at_least or actual <= at_most)
        then 'reached'
        when (cases >= least_cases or is_of_kpi and open_cases = 0) and (high < at_least or actual > at_most)
        then 'not reached'
        else 'not known yet'
    end
{%- endmacro %}

{#- Why a measure decides nothing. -#}
{% macro excused_measures() -%}
    'no cases', 'too few cases', 'no target of its own', 'part of a period', 'not in the data'
{%- endmacro %}

{#- The month in which the period of a measure ends: it is known, and closed, with that month. -#}
{% macro last_month_of(period, period_date) -%}
    cast(
        case
            {{ period }}
            when 'quarter'
            then {{ add_months(period_date, "2") }}
            when 'week'
            then date_trunc('month', {{ dbt.dateadd("day", 6, period_date) }})
            else {{ period_date }}
        end as date
    )
{%- endmacro %}

{#- The figure of a measure and what it can become: a case whose value is not known yet can go either way, of a count
    that is not complete nobody knows the most, and further answers can move points to either end. -#}
{% macro measure_bounds() -%}
    {%- set is_incomplete = "periods.unit = 'points' and (not periods.is_over or periods.is_behind)" -%}
    case
        when periods.unit = 'count'
        then case when periods.is_in_the_data then figures.total end
        when {{ is_incomplete }}
        then -100.0
        else figures.total / nullif(figures.all_cases, 0)
    end as low,
    case
        when {{ is_incomplete }}
        then 100.0
        when periods.unit <> 'count'
        then (figures.total + figures.open_cases) / nullif(figures.all_cases, 0)
        when periods.is_over and periods.is_in_the_data and not periods.is_behind
        then figures.total
    end as high,
    case
        when periods.unit = 'count'
        then case when periods.is_in_the_data then figures.total end
        when figures.undecided_cases = 0
        then case when periods.unit = 'days' then figures.median else figures.mean end
    end as actual
{%- endmacro %}

{#- What a case counts for; a lead is complete when it has what its version requires, a ticket answered when it was so in the time that
    its version gives; while that time runs, and where its system shows no replies, one that is not answered can be either. -#}
{% macro measured_as_agreed() -%}
    case
        when periods.measure = 'tickets_answered'
        then
            case
                when
                    tickets.is_answered
                    and tickets.waited_hours <= periods.within_minutes / cast(60 as double)
                then 1.0
                when
                    tickets.is_reply_known
                    and tickets.waited_hours > periods.within_minutes / cast(60 as double)
                then 0.0
            end
        when periods.measure <> 'data_completeness'
        then cases.measured
        when
            (handoffs.has_account or not periods.is_account_required)
            and (handoffs.has_source or not periods.is_source_required)
            and (handoffs.has_owner or not periods.is_owner_required)
            and (handoffs.has_country or not periods.is_country_required)
        then 1.0
        else 0.0
    end
{%- endmacro %}

{#- Whether a case counts for a measure that is of some revenue streams; what belongs to no known stream is in none. -#}
{% macro is_of_streams(revenue_stream, revenue_streams) -%}
    (
        {{ revenue_streams }} is null
        or {{ dbt.position("'|' || " ~ revenue_stream ~ " || '|'", revenue_streams) }} > 0
    )
{%- endmacro %}
