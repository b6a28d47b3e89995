with
    models as (select * from {{ ref("known_attribution_models") }}),

    milestones as (select * from {{ ref("int_attribution_milestones") }}),

    touches as (select * from {{ ref("int_attribution_touches") }} where path_status = 'converted'),

    shares as (select * from {{ ref("int_channel_shares") }} where share is not null),

    channels as (select path_id, channel, count(*) as channel_touches from touches group by path_id, channel),

    -- The models of channels give credit where their shares are known.
    known_shares as (select distinct conversion, path_scope, attribution_model from shares),

    path_models as (
        select
            milestones.*,
            models.attribution_model,
            models.is_of_channels,
            models.lead_share,
            models.opportunity_share,
            models.close_share,
            case
                when models.attribution_model = 'last_non_direct'
                then coalesce(milestones.not_direct_touch, milestones.touches)
                else milestones.touches
            end as last_touch,
            {%- for position in ["first", "middle", "last"] %}
                case
                    when models.attribution_model <> 'position_based'
                    then models.{{ position }}_share
                    when milestones.touches > 2
                    then milestones.{{ position }}_weight
                    {%- if position != "middle" %} else 0.5 {%- endif %}
                end as {{ position }}_share
                {% if not loop.last %},{% endif %}
            {%- endfor %}
        from milestones
        cross join models
        left join
            known_shares
            on milestones.conversion = known_shares.conversion
            and milestones.path_scope = known_shares.path_scope
            and models.attribution_model = known_shares.attribution_model
        where not models.is_of_channels or known_shares.attribution_model is not null
    ),

    weighted as (
        select
            path_models.path_id,
            path_models.attribution_model,
            path_models.touches,
            touches.touch_number,
            touches.touchpoint_id,
            touches.channel,
            path_models.middle_share,
            case
                when path_models.is_of_channels
                then coalesce(shares.share, 0) / channels.channel_touches
                when path_models.attribution_model = 'time_decay'
                then
                    power(
                        2,
                        - {{ minutes_between("touches.touched_at", "path_models.last_touched_at") }}
                        / 1440
                        / path_models.half_life_days
                    )
            end as own_weight,
            case when touches.touch_number = 1 then path_models.first_share end as first_part,
            case
                when touches.touch_number = path_models.lead_touch then path_models.lead_share
            end as lead_part,
            case
                when touches.touch_number = path_models.opportunity_touch then path_models.opportunity_share
            end as opportunity_part,
            case
                when touches.touch_number = path_models.close_touch then path_models.close_share
            end as close_part,
            case
                when touches.touch_number = path_models.last_touch then path_models.last_share
            end as last_part
        from path_models
        inner join touches on path_models.path_id = touches.path_id
        inner join channels on touches.path_id = channels.path_id and touches.channel = channels.channel
        left join
            shares
            on path_models.conversion = shares.conversion
            and path_models.path_scope = shares.path_scope
            and path_models.attribution_model = shares.attribution_model
            and touches.channel = shares.channel
    ),

    owned as (
        select
            *,
            case
                when coalesce(first_part, lead_part, opportunity_part, close_part, last_part) is not null
                then
                    coalesce(first_part, 0)
                    + coalesce(lead_part, 0)
                    + coalesce(opportunity_part, 0)
                    + coalesce(close_part, 0)
                    + coalesce(last_part, 0)
                else own_weight
            end as weight
        from weighted
    ),

    totals as (
        select
            path_id,
            attribution_model,
            {{ sum_exactly("weight", 30) }} as total_weight,
            count(*) - count(weight) as others,
            case when count(*) > count(weight) then coalesce(max(middle_share), 0) else 0 end as others_weight
        from owned
        group by path_id, attribution_model
    ),

    credited as (
        select
            owned.path_id,
            owned.attribution_model,
            owned.touch_number,
            owned.touchpoint_id,
            owned.channel,
            case
                when coalesce(totals.total_weight, 0) + totals.others_weight = 0
                then 1 / cast(owned.touches as double)
                else
                    coalesce(owned.weight, totals.others_weight / totals.others)
                    / (coalesce(totals.total_weight, 0) + totals.others_weight)
            end as credit
        from owned
        inner join
            totals on owned.path_id = totals.path_id and owned.attribution_model = totals.attribution_model
    )

select
    path_id,
    attribution_model,
    touch_number,
    touchpoint_id,
    channel,
    cast({{ rounded("credit", 12) }} as decimal(18, 12)) as credit
from credited
where credit > 0
