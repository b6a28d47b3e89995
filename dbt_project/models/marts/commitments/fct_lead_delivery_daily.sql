with
    days as (select * from {{ ref("int_lead_value_days") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    -- What the month is known to be, and whether it is given at all: a day of it shows no more.
    months as (
        select agreement_version, commitment, revenue_stream, lead_type, started_at, status_reason
        from {{ ref("int_lead_value_statuses") }}
    ),

    coverage as (select * from {{ ref("fct_commitment_coverage") }} where kind = 'lead_value'),

    daily as (
        select
            days.*,
            versions.tolerance_rate,
            {{ fiscal_period("days.pacing_date", "versions.fiscal_year_start_month", 3) }} as quarter_date,
            {{ fiscal_period("days.pacing_date", "versions.fiscal_year_start_month", 12) }} as year_date,
            days.target_to_date_amount
            - coalesce(lag(days.target_to_date_amount) over month_days, 0) as target_amount,
            days.carried_to_date_amount
            - coalesce(lag(days.carried_to_date_amount) over month_days, 0) as carried_amount,
            case
                when lead(days.pacing_date) over month_days is null then days.target_to_date_amount
            end as version_target_amount
        from days
        inner join versions on days.agreement_version = versions.agreement_version
        window
            month_days as (
                partition by
                    days.agreement_version,
                    days.commitment,
                    days.revenue_stream,
                    days.lead_type,
                    days.month_date
                order by days.pacing_date
            )
    ),

    -- A month that versions share is one month: what the earlier one asked for has fallen due.
    to_date as (
        select
            *,
            case
                when count(*) over days_before = count(target_amount) over days_before
                then target_to_date_amount + coalesce(sum(version_target_amount) over days_before, 0)
            end as month_to_date_target_amount,
            case
                when min(agreement_version) over whole_month = max(agreement_version) over whole_month
                then month_target_amount
                when count(*) over whole_month = count(target_amount) over whole_month
                then sum(version_target_amount) over whole_month
            end as whole_month_target_amount,
            sum(leads) over month_days as month_leads,
            sum(delivered_amount) over month_days as month_amount,
            -- Not known of a part is not known of the whole.
            case
                when count(*) over month_days = count(delivered_with_evidence_amount) over month_days
                then sum(delivered_with_evidence_amount) over month_days
            end as month_with_evidence_amount,
            sum(delivered_amount) over quarter_days as quarter_amount,
            case
                when count(*) over quarter_days = count(target_amount) over quarter_days
                then sum(cast(target_amount as decimal(24, 6))) over quarter_days
            end as quarter_target_amount,
            sum(delivered_amount) over year_days as year_amount,
            case
                when count(*) over year_days = count(target_amount) over year_days
                then sum(cast(target_amount as decimal(24, 6))) over year_days
            end as year_target_amount
        from daily
        window
            whole_month as (partition by commitment, revenue_stream, lead_type, month_date),
            days_before as (
                partition by commitment, revenue_stream, lead_type, month_date
                order by pacing_date
                rows between unbounded preceding and 1 preceding
            ),
            month_days as (
                partition by commitment, revenue_stream, lead_type, month_date order by pacing_date
            ),
            quarter_days as (
                partition by commitment, revenue_stream, lead_type, quarter_date order by pacing_date
            ),
            year_days as (partition by commitment, revenue_stream, lead_type, year_date order by pacing_date)
    )

select
    to_date.agreement_version,
    to_date.team,
    to_date.commitment,
    to_date.revenue_stream,
    to_date.lead_type,
    pacing_date as delivery_date,
    to_date.month_date,
    quarter_date,
    year_date,
    cast(leads as bigint) as leads,
    cast(leads_not_counted as bigint) as leads_not_counted,
    cast(leads_given_back as bigint) as leads_given_back,
    cast(delivered_amount as double) as delivered_amount,
    cast(delivered_with_evidence_amount as double) as delivered_with_evidence_amount,
    cast(disputed_amount as double) as disputed_amount,
    cast(target_amount as double) as target_amount,
    cast(carried_amount as double) as carried_amount,
    cast(month_leads as bigint) as month_to_date_leads,
    cast(month_amount as double) as month_to_date_amount,
    cast(month_with_evidence_amount as double) as month_to_date_with_evidence_amount,
    cast(month_to_date_target_amount as double) as month_to_date_target_amount,
    cast(whole_month_target_amount as double) as month_target_amount,
    cast(quarter_amount as double) as quarter_to_date_amount,
    cast(quarter_target_amount as double) as quarter_to_date_target_amount,
    cast(year_amount as double) as year_to_date_amount,
    cast(year_target_amount as double) as year_to_date_target_amount,
    month_to_date_target_amount * (1 - tolerance_rate) as month_to_date_low_amount,
    month_to_date_target_amount * (1 + tolerance_rate) as month_to_date_high_amount,
    case
        when month_to_date_target_amount is null
        then 'no quota agreed'
        when pacing_date > as_of_date
        then 'not yet due'
        when months.status_reason = 'not known yet'
        then 'not known yet'
        when coverage.is_withheld
        then 'withheld'
        else {{ tolerance_status("month_amount", "month_to_date_target_amount", "tolerance_rate") }}
    end as status,
    {{ days_apart("pacing_date", "as_of_date") }} = 1 as is_yesterday,
    pacing_date < as_of_date
    and {{ months_between("to_date.month_date", dbt.dateadd("day", -1, "as_of_date")) }}
    = 0 as is_month_to_yesterday
from to_date
left join
    months
    on to_date.agreement_version = months.agreement_version
    and to_date.commitment = months.commitment
    and to_date.revenue_stream = months.revenue_stream
    and to_date.lead_type = months.lead_type
    and to_date.month_date = {{ local_date("months.started_at") }}
left join
    coverage
    on to_date.month_date = coverage.month_date
    and to_date.team = coverage.team
    and to_date.commitment = coverage.commitment
