-- What ad platforms bill by day, and every other cost that counts once.
with
    spend as (select * from {{ ref("fct_ad_spend") }}),

    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    stated as (select * from {{ ref("int_stated_costs") }} where exclusion_reason is null),

    channels as (select * from {{ ref("int_source_channels") }}),

    rates as (select * from {{ ref("int_currency_rates") }}),

    build as (
        select as_of_date, behind_after_days, ad_spend_from_date, ad_spend_until_date
        from {{ ref("dim_build") }}
    ),

    -- A cost that names a campaign alone is of the channel that all touches and spend of the campaign have.
    campaign_channels as (
        select campaign, min(channel) as channel
        from
            (
                select campaign, channel
                from touchpoints
                union
                select campaign, channel
                from spend
            ) as named
        group by campaign
        having count(distinct channel) = 1
    ),

    costs as (
        select
            system,
            cast(date_trunc('month', spend_date) as date) as month_date,
            'ad_spend' as cost_kind,
            cast(null as string) as cost_kind_label,
            channel,
            source_label,
            campaign_label,
            campaign,
            amount,
            currency_code,
            amount_reporting,
            true as is_daily_spend
        from spend
        union all
        select
            stated.system,
            cast(date_trunc('month', stated.cost_date) as date) as month_date,
            stated.kind as cost_kind,
            stated.kind_label as cost_kind_label,
            coalesce(
                stated.channel,
                case when stated.source_label is not null then channels.channel end,
                campaign_channels.channel,
                'unattributed'
            ) as channel,
            coalesce(stated.source_label, 'unattributed') as source_label,
            stated.campaign_label,
            stated.campaign,
            stated.amount,
            stated.currency_code,
            {{ in_reporting_currency("stated.amount") }} as amount_reporting,
            false as is_daily_spend
        from stated
        cross join build
        left join
            channels
            on stated.system = channels.system
            and coalesce(stated.source_label, '') = channels.source_label
            and coalesce(stated.source_detail, '') = channels.source_detail
            and {{ day_of_rules("stated.source_date") }} = channels.source_date
        left join campaign_channels on stated.campaign = campaign_channels.campaign
        left join
            rates
            on stated.currency_code = rates.currency_code
            and {{ in_force("rates", "coalesce(stated.cost_date, build.as_of_date)") }}
    )

select
    {{
        hash_text(
            "concat_ws('|', system, coalesce(cast(month_date as string), ''), cost_kind, coalesce(cost_kind_label, ''), channel, source_label, coalesce(campaign_label, ''), coalesce(campaign, ''), coalesce(currency_code, ''), cast(is_daily_spend as string))"
        )
    }}
    as cost_id,
    system,
    month_date,
    cost_kind,
    cost_kind_label,
    channel,
    source_label,
    campaign_label,
    campaign,
    cast(sum(amount) as decimal(24, 6)) as amount,
    currency_code,
    cast(sum(amount_reporting) as decimal(24, 6)) as amount_reporting,
    is_daily_spend,
    -- Of the whole month: what a cost without a rate adds to it is not known.
    min(
        min(
            case
                when {{ are_costs_known("month_date", "build") }} and not ({{ is_unpriced() }}) then 1 else 0
            end
        )
    ) over (partition by month_date)
    = 1 as is_known_month
from costs
cross join build
group by
    system,
    month_date,
    cost_kind,
    cost_kind_label,
    channel,
    source_label,
    campaign_label,
    campaign,
    currency_code,
    is_daily_spend
