-- Two questions about one deal: how did the lead come, and which touches led to it? By each model a deal is
-- in one or several channels of the attribution, and in one of the closed loop.
with
    paths as (
        select
            paths.*,
            opportunities.closed_date,
            coalesce(journeys.channel, 'unattributed') as journey_channel,
            journeys.entered_at
        from {{ ref("fct_attribution_paths") }} as paths
        inner join
            {{ ref("fct_opportunities") }} as opportunities
            on paths.opportunity_id = opportunities.opportunity_id
        left join {{ ref("fct_journeys") }} as journeys on opportunities.journey_id = journeys.journey_id
        where paths.path_status = 'converted' and paths.conversion = 'won'
    ),

    latest as (select * from {{ latest_version() }} as versions),

    shown as (select paths.* from paths inner join latest on paths.path_scope = latest.shown_path_scope),

    credits as (
        select
            path_id,
            attribution_model,
            channel,
            cast(sum(credit) as decimal(18, 12)) as credit,
            cast(sum(attributed_amount) as decimal(24, 6)) as attributed_amount
        from {{ ref("fct_attribution") }}
        group by path_id, attribution_model, channel
    ),

    models as (
        select distinct shown.path_id, credits.attribution_model
        from shown
        inner join credits on shown.path_id = credits.path_id
    ),

    channels as (
        select path_id, attribution_model, channel
        from credits
        union
        select models.path_id, models.attribution_model, shown.journey_channel as channel
        from models
        inner join shown on models.path_id = shown.path_id
    ),

    compared as (
        select
            shown.opportunity_id,
            channels.attribution_model,
            channels.channel,
            shown.closed_date,
            shown.journey_id,
            shown.person_id,
            shown.journey_channel,
            shown.entered_at,
            shown.touches,
            shown.first_touched_at,
            latest.shown_model = channels.attribution_model as is_shown_first,
            case
                when channels.channel = shown.journey_channel then shown.booked_amount else 0
            end as won_amount,
            case
                when channels.channel = shown.journey_channel then shown.attributed_amount else 0
            end as journey_amount,
            cast(coalesce(credits.credit, 0) as decimal(18, 12)) as credit,
            case
                when shown.attributed_amount is not null then coalesce(credits.attributed_amount, 0)
            end as attributed_amount,
            max(case when channels.channel = shown.journey_channel then credits.credit end) over (
                partition by channels.path_id, channels.attribution_model
            ) as same_credit
        from shown
        cross join latest
        inner join channels on shown.path_id = channels.path_id
        left join
            credits
            on channels.path_id = credits.path_id
            and channels.attribution_model = credits.attribution_model
            and channels.channel = credits.channel
    )
select
    opportunity_id,
    attribution_model,
    channel,
    is_shown_first,
    closed_date,
    cast(date_trunc('month', closed_date) as date) as month_date,
    journey_id,
    journey_channel,
    won_amount,
    journey_amount,
    credit,
    attributed_amount,
    cast(attributed_amount - journey_amount as decimal(24, 6)) as difference_amount,
    coalesce(same_credit, 0) > 0.999999 as is_same_channel,
    case
        when same_credit > 0.999999
        then 'the same'
        when journey_id is null
        then 'the deal has no journey'
        when touches = 0 and person_id is null
        then 'the deal names no person'
        when touches = 0
        then 'no touch in the look-back before the deal, or none since the one before'
        when same_credit > 0
        then 'other channels have a part'
        when first_touched_at < entered_at
        then 'the first touch is older than the journey'
        else 'the source of the lead is not the channel of its touches'
    end as difference_reason
from compared
