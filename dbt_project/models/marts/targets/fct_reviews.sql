-- When the review of each period of the agreed cycle is due, and whether it was held.
with
    build as (select * from {{ ref("dim_build") }}),

    days as (select * from {{ ref("dim_date") }} where is_until_as_of),

    versions as (select * from {{ ref("dim_agreement") }}),

    -- A finding may be left without a decision.
    lines as (select * from {{ ref("fct_review_lines") }} where not is_item),

    today as (
        select versions.next_review_date
        from build
        inner join
            versions
            on build.as_of_date >= versions.effective_from
            and build.as_of_date <= coalesce(versions.effective_to, date '9999-12-31')
    ),

    started as (
        select
            days.day_date as period_from,
            {{ add_months("days.day_date", "build.review_months") }} as period_to,
            {{ add_months("days.day_date", "2 * build.review_months") }} as following_to,
            case
                build.review_months when 3 then days.quarter_name when 6 then days.half_year_name
            end as fiscal_name,
            build.as_of_date
        from days
        cross join build
        where
            days.day_date
            = {{ period_start("days.day_date", "build.review_counted_from_date", "build.review_months") }}
    ),

    -- The version in force when the period has ended defines the day; if it agrees on one after the end of
    -- the following period too, this period is not reviewed.
    periods as (
        select
            coalesce(
                started.fiscal_name,
                cast(started.period_from as string)
                || '..'
                || cast(cast({{ dbt.dateadd("day", -1, "started.period_to") }} as date) as string)
            ) as period_name,
            started.period_from,
            started.period_to,
            started.following_to,
            started.as_of_date,
            versions.agreement_version,
            greatest(started.period_to, versions.next_review_date) as due_date
        from started
        inner join
            versions
            on started.period_to >= versions.effective_from
            and started.period_to <= coalesce(versions.effective_to, date '9999-12-31')
        where versions.next_review_date < started.following_to
    ),

    decided as (
        select
            review_period as period_name,
            count(*) as line_count,
            count(case when decision <> 'open' then 1 end) as decided_lines,
            max(decided_date) as decided_date
        from lines
        group by review_period
    ),

    signed as (
        select
            periods.period_name,
            min(greatest(versions.marketing_signed_date, versions.sales_signed_date)) as signed_date
        from periods
        inner join
            versions
            on versions.is_signed
            and versions.agreed_from_date >= periods.period_to
            and greatest(versions.marketing_signed_date, versions.sales_signed_date) >= periods.period_to
            and greatest(versions.marketing_signed_date, versions.sales_signed_date) < periods.following_to
        group by periods.period_name
    ),

    held as (
        select
            periods.*,
            coalesce(decided.line_count, 0) as line_count,
            coalesce(decided.decided_lines, 0) as decided_lines,
            signed.signed_date,
            case
                when decided.decided_lines = decided.line_count then decided.decided_date
            end as all_decided_date
        from periods
        left join decided on periods.period_name = decided.period_name
        left join signed on periods.period_name = signed.period_name
    ),

    dated as (
        select
            *,
            least(all_decided_date, signed_date) as held_date,
            max(case when due_date <= as_of_date then due_date end) over () as last_due_date
        from held
    )

select
    period_name,
    period_from,
    period_to,
    agreement_version,
    due_date,
    case
        when held_date is not null
        then 'held'
        when due_date > as_of_date
        then 'coming'
        when due_date = last_due_date and (select max(next_review_date) from today) <= as_of_date
        then 'due'
        else 'missed'
    end as status,
    held_date,
    line_count,
    decided_lines
from dated
