{%- set year_months -%}
    partition by agreement_version, commitment, revenue_stream, lead_type, year_date order by month_date
{%- endset -%}

-- What the leads of a month must be worth: their part of the quota and, if that is agreed, what the months
-- before fell short in the same fiscal year. What is delivered above a target pays for no later month.
with
    quotas as (select * from {{ ref("int_lead_value_quotas") }}),

    pacing as (select * from {{ ref("int_pacing_days") }}),

    commitments as (select * from {{ source("agreement", "commitments") }} where kind = 'lead_value'),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    lead_types as (select * from {{ ref("stg_agreement__lead_types") }}),

    movements as (select * from {{ ref("int_lead_value_movements") }}),

    -- A version that begins or ends within a month has the target of its own days.
    months as (
        select
            agreement_version,
            commitment,
            month_date,
            max(due_days_elapsed) / cast(max(due_days_of_month) as double) as month_part
        from pacing
        group by agreement_version, commitment, month_date
    ),

    delivered as (
        select
            agreement_version,
            revenue_stream,
            lead_type,
            cast(date_trunc('month', movement_date) as date) as month_date,
            sum(delivered_amount) as delivered_amount
        from movements
        group by all
    ),

    promised as (
        select
            quotas.agreement_version,
            quotas.commitment,
            quotas.revenue_stream,
            lead_types.lead_type,
            quotas.month_date,
            {{ fiscal_period("quotas.month_date", "versions.fiscal_year_start_month", 12) }} as year_date,
            commitments.is_carried_over,
            quotas.quota_amount * lead_types.quota_share as quota_amount,
            quotas.quota_amount * lead_types.quota_share * months.month_part as due_amount,
            coalesce(delivered.delivered_amount, 0) as delivered_amount
        from quotas
        inner join versions on quotas.agreement_version = versions.agreement_version
        inner join
            commitments
            on quotas.agreement_version = commitments.agreement_version
            and quotas.commitment = commitments.commitment
        inner join
            months
            on quotas.agreement_version = months.agreement_version
            and quotas.commitment = months.commitment
            and quotas.month_date = months.month_date
        inner join
            lead_types
            on quotas.agreement_version = lead_types.agreement_version
            and quotas.revenue_stream = lead_types.revenue_stream
        left join
            delivered
            on quotas.agreement_version = delivered.agreement_version
            and quotas.month_date = delivered.month_date
            and lead_types.revenue_stream = delivered.revenue_stream
            and lead_types.lead_type = delivered.lead_type
    ),

    -- A month without a quota neither falls short nor pays for one that did.
    missing as (
        select
            *,
            sum(coalesce(cast(due_amount - delivered_amount as decimal(28, 12)), 0)) over (
                {{ year_months }}
            ) as missing_amount
        from promised
    ),

    -- What was delivered too much before a month was short does not lower what is missing since.
    short as (
        select *, missing_amount - least(0, min(missing_amount) over ({{ year_months }})) as short_amount
        from missing
    ),

    carried as (
        select
            *,
            cast(
                case
                    when is_carried_over then coalesce(lag(short_amount) over ({{ year_months }}), 0) else 0
                end as double
            ) as carried_amount
        from short
    )

select
    agreement_version,
    commitment,
    revenue_stream,
    lead_type,
    month_date,
    case when quota_amount is not null then carried_amount end as carried_amount,
    quota_amount + carried_amount as month_target_amount
from carried
