{%- set period = "agreement_version, commitment, period_date" -%}
{%- set whole -%}
    cast(null as string) as owner_id, cast(null as string) as revenue_stream, cast(null as string) as lead_type
{%- endset -%}
{%- set earliest = "greatest(cases.possible_from_at, periods.started_at, periods.valid_from)" -%}
{%- set scope = period ~ ", owner_id, revenue_stream, lead_type" -%}

-- Whether each figure kept its limit: the team's, of each owner of sales, of each lead type of marketing.
with
    periods as (select * from {{ ref("int_measure_periods") }}),
    cases as (select * from {{ ref("fct_measure_cases") }}),
    handoffs as (select *, 'data_completeness' as measure from {{ ref("fct_handoffs") }}),
    tickets as (select *, 'tickets_answered' as measure from {{ ref("fct_tickets") }}),

    {{ kpi_measures() }},

    -- By the version in force when it happened; a lead is complete when it has what that version requires.
    counted as (
        select
            periods.agreement_version,
            periods.commitment,
            periods.period_date,
            periods.team,
            cases.owner_id,
            cases.revenue_stream,
            cases.lead_type,
            cases.case_id,
            -- Customers contacted so far are no sample of all, nor are tickets answered so far.
            cases.happened_at is null
            or (
                (cases.period is not null or cases.measure = 'tickets_answered')
                and {{ measured_as_agreed() }} is null
            ) as is_undecided,
            {{ measured_as_agreed() }} as measured
        from cases
        inner join
            periods
            on cases.measure = periods.measure
            -- What happened at an unknown time can belong to any period since it was possible.
            and coalesce(cases.happened_date, periods.period_date) >= periods.period_date
            and coalesce(cases.happened_date, {{ local_date("cases.possible_from_at") }}) < periods.end_date
            -- A customer of a month does not count in the week that begins with it.
            and coalesce(cases.period, periods.period) = periods.period
            and case when cases.period is null then periods.period_date else cases.happened_date end
            = periods.period_date
            and {{ is_of_streams("cases.revenue_stream", "periods.revenue_streams") }}
            and {{ in_force_at("periods", "coalesce(cases.happened_at, " ~ earliest ~ ")") }}
        left join handoffs on cases.measure = handoffs.measure and cases.case_id = handoffs.journey_id
        left join tickets on cases.measure = tickets.measure and cases.case_id = tickets.ticket_id
    ),

    -- The team has a figure of every period, also of one in which nothing happened.
    scoped as (
        select
            {{ period }},
            {{ whole }},
            cast(null as string) as case_id,
            cast(null as double) as measured,
            false as is_undecided
        from periods
        union all
        select {{ period }}, {{ whole }}, case_id, measured, is_undecided
        from counted
        union all
        select {{ period }}, owner_id, null, null, case_id, measured, is_undecided
        from counted
        where team = 'sales' and owner_id is not null
        union all
        select {{ period }}, null, revenue_stream, lead_type, case_id, measured, is_undecided
        from counted
        where team = 'marketing' and revenue_stream is not null and lead_type is not null
    ),

    figures as (
        select
            {{ scope }},
            count(measured) as cases,
            count(case_id) as all_cases,
            count(case_id) - count(measured) as open_cases,
            count(*) filter (where is_undecided) as undecided_cases,
            coalesce(sum(measured), 0.0) as total,
            avg(measured) as mean,
            {{ quantile("measured", 0.5) }} as median
        from scoped
        group by {{ scope }}
    ),

    measured as (
        select
            periods.*,
            figures.owner_id,
            figures.revenue_stream,
            figures.lead_type,
            figures.cases,
            figures.all_cases,
            figures.open_cases,
            {{ measure_bounds() }},
            -- A number is promised by the team: an owner or a lead type has a part of it, and no target.
            periods.unit = 'count'
            and (figures.owner_id is not null or figures.lead_type is not null) as is_part
        from figures
        inner join case_periods as periods on {{ of_period("figures") }}
        union all
        select *
        from kpi_measured
    ),

    evaluated as (select *, {{ measure_status("is_over") }} as status_reason from measured)

select
    commitment
    || ':'
    || agreement_version
    || ':'
    || coalesce(owner_id, revenue_stream || ':' || lead_type, team)
    || ':'
    || cast(period_date as string) as commitment_id,
    agreement_version,
    team,
    commitment,
    measure,
    unit,
    period,
    period_date,
    owner_id,
    revenue_stream,
    lead_type,
    started_at,
    due_at,
    case when is_over then due_at end as stopped_at,
    cases,
    open_cases,
    least_cases,
    case when not is_part then coalesce(at_least, at_most) end as target,
    actual,
    case when at_least is not null then low else actual end as actual_low,
    case when at_least is not null then high else actual end as actual_high,
    case
        when status_reason = 'reached'
        then 'kept'
        when status_reason = 'not reached'
        then 'missed'
        when status_reason in ({{ excused_measures() }})
        then 'excused'
        else 'open'
    end as status,
    status_reason,
    period_date
    = max(case when is_over then period_date end) over (partition by commitment) as is_latest_period
from evaluated
