{%- set columns -%}
    commitment_id,
    agreement_version,
    team,
    kind,
    commitment,
    {{ local_date("started_at") }} as started_date,
    cast(date_trunc('month', {{ local_date("started_at") }}) as date) as month_date,
    owner_id,
    journey_id,
    revenue_stream,
    lead_type,
    clock_type,
    started_at,
    due_at,
    stopped_at,
    elapsed_minutes,
    elapsed_business_minutes,
    target,
    actual,
    target_rate
{%- endset -%}
{%- set no_cases -%} cast(null as bigint) as cases, cast(null as bigint) as open_cases {%- endset -%}
{%- set decided -%} case status when 'kept' then 1.0 when 'missed' then 0.0 end {%- endset -%}
{%- set excuse -%} excused_at, excuse_reason, is_own_exit, tier {%- endset -%}
{%- set no_calendar -%} cast(null as string) as calendar {%- endset -%}
{%- set none_excused -%}
    cast(null as timestamp) as excused_at,
    cast(null as string) as excuse_reason,
    false as is_own_exit,
    cast(null as string) as tier,
    {{ no_calendar }}
{%- endset -%}
{#- A month is closed by the version in force on its last day; one that a hand has closed waits for nothing but the due
    instants of its commitments. -#}
{%- set month_end = add_months("commitments.month_date", "1") -%}
{%- set after_days -%}
    case when closed_by_hand.month_date is not null then 0 else cast(versions.closing_after_days as integer) end
{%- endset %}

with
    commitments as (
        select
            {{ columns }},
            {{ decided }} as attainment_rate,
            status,
            status_reason,
            {{ no_cases }},
            {{ excuse }},
            calendar
        from {{ ref("int_clock_statuses") }}
        where is_agreed
        union all
        select
            {{ columns }},
            {{ decided }} as attainment_rate,
            status,
            status_reason,
            {{ no_cases }},
            {{ excuse }},
            {{ no_calendar }}
        from {{ ref("int_cadence_statuses") }}
        union all
        select {{ columns }}, attainment_rate, status, status_reason, {{ no_cases }}, {{ none_excused }}
        from {{ ref("int_lead_value_statuses") }}
        union all
        select
            commitment_id,
            agreement_version,
            team,
            'measure' as kind,
            commitment,
            period_date as started_date,
            {{ last_month_of("period", "period_date") }} as month_date,
            owner_id,
            cast(null as string) as journey_id,
            revenue_stream,
            lead_type,
            cast(null as string) as clock_type,
            started_at,
            due_at,
            stopped_at,
            cast(null as double) as elapsed_minutes,
            cast(null as double) as elapsed_business_minutes,
            target,
            actual,
            cast(null as double) as target_rate,
            {{ decided }} as attainment_rate,
            status,
            status_reason,
            cases,
            open_cases,
            {{ none_excused }}
        from {{ ref("fct_measures") }}
    ),

    versions as (select * from {{ ref("dim_agreement") }}),

    build as (select * from {{ ref("dim_build") }}),

    closed_by_hand as (
        select month_date from {{ ref("int_closed_months") }} where is_kept and closed_by = 'hand'
    ),

    settling as (
        select
            commitments.*,
            -- From a day of the company's on, and no sooner than it is due.
            case
                when {{ after_days }} is not null
                then
                    greatest(
                        commitments.due_at,
                        {{
                            start_of_date(
                                dbt.dateadd(
                                    "day",
                                    after_days,
                                    "greatest(" ~ month_end ~ ", " ~ local_date("commitments.due_at") ~ ")",
                                )
                            )
                        }}
                    )
            end as settles_at
        from commitments
        left join closed_by_hand on commitments.month_date = closed_by_hand.month_date
        left join
            versions
            on versions.effective_from < {{ month_end }}
            and {{ month_end }} <= {{ next_day("coalesce(versions.effective_to, date '9999-12-30')") }}
    )

select
    settling.*,
    settling.status not in ('early', 'open')
    -- A measure that its open cases cannot turn any more has its status, and not yet its figure.
    and coalesce(settling.open_cases, 0) = 0
    and settling.due_at < build.as_of
    and coalesce(settling.settles_at <= build.as_of, false) as has_settled
from settling
cross join build
