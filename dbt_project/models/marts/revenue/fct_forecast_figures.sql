{%- set columns = [
    "half_number",
    "stage_label",
    "age",
    "movement",
    "next_stage_label",
    "cases",
    "days",
    "amount",
] %}
with
    forecasts as (select * from {{ ref("fct_forecasts") }} where reason is null),

    movements as (select * from {{ ref("fct_deal_movements") }}),

    stays as (select * from {{ ref("fct_deal_stays") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    deals as (
        select stays.*, cast(opportunities.amount_reporting as double) as amount
        from stays
        inner join opportunities on stays.opportunity_id = opportunities.opportunity_id
    ),

    -- What had been counted, the deals that were open, and the amounts of those won.
    known as (
        select
            forecasts.quarter_date,
            forecasts.rest_days,
            movements.half_number,
            movements.stage_label,
            movements.age,
            movements.movement,
            movements.next_stage_label,
            cast(movements.deals as double) as cases,
            movements.days,
            cast(null as double) as amount
        from forecasts
        inner join
            movements
            on movements.half_number >= forecasts.first_half_number
            and movements.half_number <= forecasts.half_number
        union all
        select
            forecasts.quarter_date,
            forecasts.rest_days,
            null,
            deals.stage_label,
            null,
            'open',
            null,
            null,
            {{
                days_of(
                    to_microseconds("forecasts.known_until_at")
                    ~ " - "
                    ~ to_microseconds("deals.entered_at")
                )
            }},
            deals.amount
        from forecasts
        inner join deals on {{ was_there_at("deals", "forecasts.known_until_at") }}
        union all
        select
            forecasts.quarter_date,
            forecasts.rest_days,
            null,
            null,
            null,
            'paid',
            null,
            null,
            null,
            deals.amount
        from forecasts
        inner join
            deals on deals.left_at >= forecasts.known_from_at and deals.left_at < forecasts.known_until_at
        where deals.movement = 'won' and deals.amount is not null
    ),

    drawn as (
        select quarter_date, {{ quarter_forecast("rest_days", columns) }} as figures
        from known
        group by quarter_date, rest_days
    ),

    entries as (select quarter_date, {{ map_entries("figures") }} as entry from drawn)

select
    quarter_date,
    case
        when entry.key like 'stage%' then left(entry.key, position(':' in entry.key) - 1) else entry.key
    end as figure,
    case
        when entry.key like 'stage%' then substring(entry.key, position(':' in entry.key) + 1)
    end as stage_label,
    entry.value
from entries
