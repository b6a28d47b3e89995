with
    forecasts as (select * from {{ ref("fct_forecasts") }} where is_running_quarter and reason is null),

    figures as (select * from {{ ref("fct_forecast_figures") }} where stage_label is not null),

    stays as (select * from {{ ref("fct_deal_stays") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    still_open as (
        select
            forecasts.quarter_date,
            stays.stage_label,
            count(*) as open_deals,
            cast(sum(opportunities.amount_reporting) as decimal(24, 6)) as open_amount,
            count(*) - count(opportunities.amount_reporting) as open_deals_unpriced
        from forecasts
        inner join stays on {{ was_there_at("stays", "forecasts.known_until_at") }}
        inner join opportunities on stays.opportunity_id = opportunities.opportunity_id
        group by forecasts.quarter_date, stays.stage_label
    ),

    expected as (
        select
            quarter_date,
            stage_label,
            max(case when figure = 'stage_deals' then value end) as expected_deals,
            max(case when figure = 'stage_amount' then value end) as expected_amount
        from figures
        group by quarter_date, stage_label
    )

select
    still_open.quarter_date,
    still_open.stage_label,
    still_open.open_deals,
    still_open.open_amount,
    still_open.open_deals_unpriced,
    expected.expected_deals,
    expected.expected_amount
from still_open
left join
    expected
    on still_open.quarter_date = expected.quarter_date
    and still_open.stage_label = expected.stage_label
