-- A system states one cost for the whole life of a campaign. It is spread evenly over the days from its
-- first to its last, and no later than the as-of, since it is what was spent so far. To the cent: each month
-- has what it adds to the rounded sum until its end.
with
    campaigns as (select * from {{ ref("int_campaigns") }} where cost_amount is not null),

    as_of as (select {{ local_date("as_of") }} as as_of_date from {{ ref("int_as_of") }}),

    spans as (
        select
            campaigns.*,
            coalesce(campaigns.started_date, campaigns.ended_date) as first_date,
            greatest(
                coalesce(campaigns.started_date, campaigns.ended_date),
                least(coalesce(campaigns.ended_date, campaigns.started_date), as_of.as_of_date)
            ) as last_date
        from campaigns
        cross join as_of
    ),

    numbers as (
        select value
        from
            {{
                integer_series(
                    "0",
                    "(select coalesce(max("
                    ~ months_between("first_date", "last_date")
                    ~ "), 0) from spans)",
                )
            }}
    ),

    -- A campaign without any date has one row, of no month.
    months as (
        select
            spans.*,
            numbers.value as month_number,
            numbers.value = coalesce({{ months_between("first_date", "last_date") }}, 0) as is_last,
            greatest(
                spans.first_date,
                {{ add_months("cast(date_trunc('month', spans.first_date) as date)", "numbers.value") }}
            ) as cost_date,
            {{ add_months("cast(date_trunc('month', spans.first_date) as date)", "numbers.value + 1") }}
            as next_month_date
        from spans
        inner join
            numbers
            on numbers.value <= coalesce({{ months_between("spans.first_date", "spans.last_date") }}, 0)
    ),

    totals as (
        select
            *,
            cast(
                case
                    when is_last
                    then cost_amount
                    else
                        {{
                            rounded(
                                "cost_amount * "
                                ~ days_apart("first_date", "next_month_date")
                                ~ " / cast("
                                ~ days_apart("first_date", "last_date")
                                ~ " + 1 as double)",
                                2,
                            )
                        }}
                end as decimal(24, 6)
            ) as amount_so_far
        from months
    )

select
    system,
    campaign_record_id,
    campaign_name,
    campaign_type_label,
    month_number,
    first_date,
    cost_date,
    amount_so_far - coalesce(
        lag(amount_so_far) over (partition by system, campaign_record_id order by month_number), 0
    ) as amount,
    currency_code,
    cost_amount
from totals
