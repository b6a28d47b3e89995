-- The quota that the leads of a month are for: that of the same month or, by the agreed sales cycle, of the
-- months in which they close. A deal of June asks for its lead in April (requirement R6).
with
    pacing as (select * from {{ ref("int_pacing_days") }}),

    commitments as (select * from {{ source("agreement", "commitments") }} where kind = 'lead_value'),

    lead_types as (select * from {{ ref("stg_agreement__lead_types") }}),

    quota_periods as (select * from {{ source("agreement", "quota_periods") }}),

    closing_days as (select * from {{ ref("int_agreed_closing_days") }}),

    months as (select distinct agreement_version, commitment, month_date from pacing),

    delays as (
        select distinct
            commitments.agreement_version,
            commitments.commitment,
            lead_types.revenue_stream,
            0 as day_number,
            cast(1 as double) as closed_rate
        from commitments
        inner join lead_types on commitments.agreement_version = lead_types.agreement_version
        where commitments.due_by = 'quota_month'
        union all
        select
            commitments.agreement_version,
            commitments.commitment,
            closing_days.revenue_stream,
            closing_days.day_number,
            closing_days.closed_rate
        from commitments
        inner join closing_days on commitments.agreement_version = closing_days.agreement_version
        where commitments.due_by = 'sales_cycle'
    ),

    span as (
        select min(month_date) as first_date, {{ add_months("max(month_date)", "1") }} as end_date from months
    ),

    numbers as (
        select value
        from {{ integer_series("0", "(select " ~ days_apart("first_date", "end_date") ~ " - 1 from span)") }}
    ),

    lead_days as (
        select cast({{ dbt.dateadd("day", "numbers.value", "span.first_date") }} as date) as lead_date
        from numbers
        cross join span
    ),

    -- In which month the leads of a month close, for every number of days that they take.
    closings as (
        select
            cast(date_trunc('month', lead_days.lead_date) as date) as month_date,
            delays.day_number,
            cast(
                date_trunc(
                    'month', {{ dbt.dateadd("day", "delays.day_number", "lead_days.lead_date") }}
                ) as date
            ) as quota_month_date,
            count(*) as days
        from lead_days
        cross join (select distinct day_number from delays) as delays
        group by all
    )

-- Null, not 0, where no quota is agreed for one of the months. Added up as decimals: a sum of binary
-- fractions depends on the order of the rows.
select
    months.agreement_version,
    months.commitment,
    delays.revenue_stream,
    months.month_date,
    case
        when count(*) = count(quota_periods.period_amount)
        then
            cast(
                sum(
                    cast(
                        quota_periods.period_amount
                        * quota_periods.month_share
                        / quota_periods.period_months
                        * delays.closed_rate
                        * closings.days
                        / {{
                            days_apart(
                                "closings.quota_month_date", add_months("closings.quota_month_date", "1")
                            )
                        }} as decimal(28, 12)
                    )
                ) as double
            )
    end as quota_amount
from months
inner join
    delays on months.agreement_version = delays.agreement_version and months.commitment = delays.commitment
inner join closings on months.month_date = closings.month_date and delays.day_number = closings.day_number
left join
    quota_periods
    on delays.agreement_version = quota_periods.agreement_version
    and delays.revenue_stream = quota_periods.revenue_stream
    and {{ quota_of_month("quota_periods", "closings.quota_month_date") }}
group by months.agreement_version, months.commitment, delays.revenue_stream, months.month_date
