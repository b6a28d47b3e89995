{%- set year_of_halves = 8 %}
with
    halves as (select * from {{ ref("dim_quarter_half") }}),

    stays as (select * from {{ ref("fct_deal_stays") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    -- From the middle of a quarter that has ended, and from the as-of.
    forecasts as (
        select
            quarter_date,
            quarter_end_date,
            is_running_quarter,
            half_number,
            greatest(half_number - {{ year_of_halves - 1 }}, 1) as first_half_number,
            ends_at as known_until_at,
            quarter_ends_at
        from halves
        where half = 1 and not is_running_quarter or half_number = (select max(half_number) from halves)
    ),

    windows as (
        select forecasts.*, halves.starts_at as known_from_at
        from forecasts
        inner join halves on forecasts.first_half_number = halves.half_number
    ),

    deals as (
        select
            stays.entered_at,
            stays.left_at,
            stays.is_last,
            stays.movement,
            opportunities.status,
            opportunities.closed_date,
            opportunities.amount_reporting
        from stays
        inner join opportunities on stays.opportunity_id = opportunities.opportunity_id
    ),

    closed as (
        select
            windows.quarter_date,
            count(*) as closed_deals,
            count(case when deals.movement = 'won' then 1 end) as won_deals,
            count(case when deals.movement = 'won' then deals.amount_reporting end) as won_amounts
        from windows
        inner join deals on deals.left_at >= windows.known_from_at and deals.left_at < windows.known_until_at
        where deals.movement in ('won', 'lost')
        group by windows.quarter_date
    ),

    still_open as (
        select
            windows.quarter_date,
            count(*) as open_deals,
            cast(sum(deals.amount_reporting) as decimal(24, 6)) as open_amount,
            count(*) - count(deals.amount_reporting) as open_deals_unpriced
        from windows
        inner join deals on {{ was_there_at("deals", "windows.known_until_at") }}
        group by windows.quarter_date
    ),

    won as (
        select
            windows.quarter_date,
            count(*) as quarter_deals,
            cast(sum(opportunities.amount_reporting) as decimal(24, 6)) as quarter_amount,
            count(*) - count(opportunities.amount_reporting) as quarter_deals_unpriced
        from windows
        inner join
            opportunities
            on opportunities.closed_date >= windows.quarter_date
            and opportunities.closed_date < windows.quarter_end_date
        where opportunities.status = 'won'
        group by windows.quarter_date
    ),

    won_so_far as (
        select
            windows.quarter_date,
            count(*) as so_far_deals,
            cast(sum(deals.amount_reporting) as decimal(24, 6)) as so_far_amount
        from windows
        inner join
            deals
            on deals.closed_date >= windows.quarter_date
            and deals.closed_date < windows.quarter_end_date
            and deals.left_at < windows.known_until_at
        where deals.status = 'won' and deals.is_last
        group by windows.quarter_date
    ),

    unknown as (
        select count(*) as deals_of_unknown_time
        from opportunities
        where created_at is null or (status <> 'open' and closed_at is null)
    )

select
    windows.quarter_date,
    windows.quarter_end_date,
    windows.is_running_quarter,
    windows.first_half_number,
    windows.half_number,
    windows.known_from_at,
    windows.known_until_at,
    {{
        days_of(
            to_microseconds("windows.quarter_ends_at") ~ " - " ~ to_microseconds("windows.known_until_at")
        )
    }} as rest_days,
    coalesce(closed.closed_deals, 0) as closed_deals,
    coalesce(closed.won_deals, 0) as won_deals,
    unknown.deals_of_unknown_time,
    coalesce(still_open.open_deals, 0) as open_deals,
    still_open.open_amount,
    coalesce(still_open.open_deals_unpriced, 0) as open_deals_unpriced,
    coalesce(won_so_far.so_far_deals, 0) as so_far_deals,
    cast(coalesce(won_so_far.so_far_amount, 0) as decimal(24, 6)) as so_far_amount,
    case when not windows.is_running_quarter then coalesce(won.quarter_deals, 0) end as quarter_deals,
    cast(
        case when not windows.is_running_quarter then coalesce(won.quarter_amount, 0) end as decimal(24, 6)
    ) as quarter_amount,
    coalesce(won.quarter_deals_unpriced, 0) as quarter_deals_unpriced,
    case
        when coalesce(closed.closed_deals, 0) < 30
        then 'fewer than 30 deals had closed in the year before'
        when coalesce(closed.won_amounts, 0) = 0
        then 'no deal with an amount had been won in the year before'
    end as reason
from windows
cross join unknown
left join closed on windows.quarter_date = closed.quarter_date
left join still_open on windows.quarter_date = still_open.quarter_date
left join won on windows.quarter_date = won.quarter_date
left join won_so_far on windows.quarter_date = won_so_far.quarter_date
