{%- set is_shown_from_start -%}
    ending.period_date >= coalesce({{ local_date("shown.shown_from") }}, ending.period_date)
{%- endset -%}
-- The weeks, months and fiscal quarters with an agreed figure, from the first lead handed over.
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    commitments as (select * from {{ source("agreement", "commitments") }} where kind = 'measure'),

    measures as (
        select *, {{ entity_of("measure") }} as entity from {{ source("agreement", "commitment_measures") }}
    ),

    shown as (select * from {{ ref("int_work_shown") }}),

    requirements as (
        select
            agreement_version,
            commitment,
            max(case when lead_field = 'account' then 1 else 0 end) = 1 as is_account_required,
            max(case when lead_field = 'source' then 1 else 0 end) = 1 as is_source_required,
            max(case when lead_field = 'owner' then 1 else 0 end) = 1 as is_owner_required,
            max(case when lead_field = 'country' then 1 else 0 end) = 1 as is_country_required
        from {{ source("agreement", "commitment_requirements") }}
        group by agreement_version, commitment
    ),

    clock as (select {{ local_date("as_of") }} as as_of_date from {{ ref("int_as_of") }}),

    first_lead as ({{ first_handoff() }}),

    span as (
        select
            first_lead.first_lead_date,
            cast(date_trunc('month', first_lead.first_lead_date) as date) as first_date,
            clock.as_of_date,
            {{ dbt.last_day("clock.as_of_date", "month") }} as last_date
        from first_lead
        cross join clock
    ),

    numbers as (
        select value
        from {{ integer_series("0", "(select " ~ days_apart("first_date", "last_date") ~ " from span)") }}
    ),

    days as (
        select cast({{ dbt.dateadd("day", "numbers.value", "span.first_date") }} as date) as day_date, span.*
        from numbers
        cross join span
    ),

    periods as (
        select distinct
            commitments.agreement_version,
            commitments.commitment,
            commitments.team,
            commitments.period,
            commitments.within_minutes,
            days.as_of_date,
            versions.valid_from,
            versions.valid_to,
            versions.behind_after_days,
            case
                commitments.period
                when 'week'
                then {{ week_start("days.day_date") }}
                when 'quarter'
                then {{ fiscal_period("days.day_date", "versions.fiscal_year_start_month", 3) }}
                else cast(date_trunc('month', days.day_date) as date)
            end as period_date
        from commitments
        inner join versions on commitments.agreement_version = versions.agreement_version
        inner join
            days
            on days.day_date >= versions.effective_from
            and days.day_date <= coalesce(versions.effective_to, date '9999-12-31')
            -- A week is shorter than the month of the first lead, and of the as-of.
            and (
                commitments.period <> 'week'
                or {{ week_start("days.day_date") }}
                between {{ week_start("days.first_lead_date") }} and days.as_of_date
            )
    ),

    ending as (
        select
            *,
            case
                when period = 'week'
                then {{ period_end("week", "period_date") }}
                else {{ add_months("period_date", months_of("period")) }}
            end as end_date
        from periods
    )

select
    ending.agreement_version,
    ending.commitment,
    ending.team,
    ending.period,
    ending.period_date,
    ending.end_date,
    {{ start_of_date("ending.period_date") }} as started_at,
    {{ start_of_date("ending.end_date") }} as due_at,
    ending.as_of_date >= ending.end_date as is_over,
    ending.valid_from,
    ending.valid_to,
    measures.measure,
    measures.at_least,
    measures.at_most,
    measures.least_cases,
    measures.unit,
    measures.revenue_streams,
    ending.within_minutes,
    -- Costs need no files of ads: reference/costs.csv has others.
    measures.entity is null or measures.entity = 'costs' or shown.entity is not null as is_in_the_data,
    -- Nothing that was agreed for a whole period can be missed in a part of it.
    {{ start_of_date("ending.period_date") }} >= ending.valid_from
    and {{ start_of_date("ending.end_date") }} <= ending.valid_to
    and {{ is_shown_from_start }} as is_whole,
    {{ is_shown_from_start }} as is_shown_from_start,
    -- What the files do not reach is not known; a source may end a few days before the period does.
    coalesce(
        {{ days_apart(local_date("shown.shown_until"), "ending.end_date") }} > ending.behind_after_days, false
    ) as is_behind,
    coalesce(requirements.is_account_required, false) as is_account_required,
    coalesce(requirements.is_source_required, false) as is_source_required,
    coalesce(requirements.is_owner_required, false) as is_owner_required,
    coalesce(requirements.is_country_required, false) as is_country_required
from ending
inner join
    measures
    on ending.agreement_version = measures.agreement_version
    and ending.commitment = measures.commitment
left join shown on measures.entity = shown.entity
left join
    requirements
    on ending.agreement_version = requirements.agreement_version
    and ending.commitment = requirements.commitment
