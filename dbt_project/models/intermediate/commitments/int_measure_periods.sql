-- The weeks, months and fiscal quarters with an agreed figure, from the first lead handed over.
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    commitments as (select * from {{ source("agreement", "commitments") }} where kind = 'measure'),

    measures as (
        select
            *,
            case
                when unit = 'count'
                then case measure when 'leads_treated' then 'stage_changes' else 'activities' end
            end as entity
        from {{ source("agreement", "commitment_measures") }}
    ),

    -- A system shows work from its first instant in a file of it until its last instant in any file.
    systems as (
        select system, entity, first_at, max(last_at) over (partition by system) as ends_at
        from {{ ref("int_source_ends") }}
    ),

    shown as (
        select entity, min(first_at) as shown_from, max(ends_at) as shown_until from systems group by entity
    ),

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

    span as (
        select
            cast(date_trunc('month', min(leads.handed_over_date)) as date) as first_date,
            min(leads.handed_over_date) as first_lead_date,
            cast(date_trunc('month', min(clock.as_of_date)) as date) as last_date,
            min(clock.as_of_date) as as_of_date
        from {{ ref("int_delivered_leads") }} as leads
        cross join clock
    ),

    numbers as (
        select value
        from {{ integer_series("0", "(select " ~ months_between("first_date", "last_date") ~ " from span)") }}
    ),

    months as (
        select {{ add_months("span.first_date", "numbers.value") }} as month_date, span.as_of_date
        from numbers
        cross join span
    ),

    week_numbers as (
        select value
        from
            {{
                integer_series(
                    "0",
                    "(select cast(floor("
                    ~ days_apart("first_lead_date", "as_of_date")
                    ~ " / 7.0) as integer) + 1 from span)",
                )
            }}
    ),

    weeks as (
        select
            cast(
                {{ dbt.dateadd("day", "7 * week_numbers.value", week_start("span.first_lead_date")) }} as date
            ) as week_date,
            span.as_of_date
        from week_numbers
        cross join span
    ),

    periods as (
        select distinct
            commitments.agreement_version,
            commitments.commitment,
            commitments.team,
            commitments.period,
            months.as_of_date,
            versions.valid_from,
            versions.valid_to,
            versions.behind_after_days,
            case
                when commitments.period = 'quarter'
                then {{ fiscal_period("months.month_date", "versions.fiscal_year_start_month", 3) }}
                else months.month_date
            end as period_date
        from commitments
        inner join versions on commitments.agreement_version = versions.agreement_version
        inner join
            months
            on {{ add_months("months.month_date", "1") }} > versions.effective_from
            and months.month_date <= coalesce(versions.effective_to, date '9999-12-31')
        where commitments.period <> 'week'
        union all
        select
            commitments.agreement_version,
            commitments.commitment,
            commitments.team,
            commitments.period,
            weeks.as_of_date,
            versions.valid_from,
            versions.valid_to,
            versions.behind_after_days,
            weeks.week_date as period_date
        from commitments
        inner join versions on commitments.agreement_version = versions.agreement_version
        inner join
            weeks
            on weeks.week_date <= weeks.as_of_date
            and {{ period_end("week", "weeks.week_date") }} > versions.effective_from
            and weeks.week_date <= coalesce(versions.effective_to, date '9999-12-31')
        where commitments.period = 'week'
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
    measures.entity is null or shown.entity is not null as is_in_the_data,
    -- Nothing that was agreed for a whole period can be missed in a part of it.
    {{ start_of_date("ending.period_date") }} >= ending.valid_from
    and {{ start_of_date("ending.end_date") }} <= ending.valid_to
    and ending.period_date >= coalesce({{ local_date("shown.shown_from") }}, ending.period_date) as is_whole,
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
