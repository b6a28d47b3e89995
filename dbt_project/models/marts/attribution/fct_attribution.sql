with
    models as (select * from {{ ref("known_attribution_models") }}),

    paths as (select * from {{ ref("fct_attribution_paths") }} where path_status = 'converted'),

    credits as (select * from {{ ref("int_attribution_credits") }}),

    known_shares as (
        select distinct conversion, path_scope, attribution_model
        from {{ ref("int_channel_shares") }}
        where share is not null
    ),

    touchpoints as (select touchpoint_id, source_label from {{ ref("fct_touchpoints") }}),

    -- A conversion without a touch has one row of each model that is known.
    credited as (
        select path_id, attribution_model, touch_number, touchpoint_id, channel, credit
        from credits
        union all
        select
            paths.path_id,
            models.attribution_model,
            0 as touch_number,
            cast(null as string) as touchpoint_id,
            'unattributed' as channel,
            cast(1 as decimal(18, 12)) as credit
        from paths
        cross join models
        left join
            known_shares
            on paths.conversion = known_shares.conversion
            and paths.path_scope = known_shares.path_scope
            and models.attribution_model = known_shares.attribution_model
        where paths.touches = 0 and (not models.is_of_channels or known_shares.attribution_model is not null)
    ),

    -- Whole cents by the largest remainder; what of an amount is less than a cent goes with the first of
    -- them.
    shared as (
        select
            paths.path_id,
            paths.path_scope,
            paths.conversion,
            paths.opportunity_id,
            paths.journey_id,
            paths.converted_at,
            paths.attributed_amount as path_amount,
            credited.attribution_model,
            credited.touch_number,
            credited.touchpoint_id,
            credited.channel,
            credited.credit,
            {{
                rounded(
                    "cast(credited.credit as double) * cast(paths.attributed_amount as double) * 100", 6
                )
            }} as exact_cents
        from paths
        inner join credited on paths.path_id = credited.path_id
    ),

    floored as (
        select
            *,
            cast(floor(exact_cents) as decimal(24, 6)) as whole_cents,
            row_number() over (
                partition by path_id, attribution_model
                order by {{ rounded("exact_cents - floor(exact_cents)", 5) }} desc, touch_number
            ) as remainder_rank
        from shared
    ),

    left_over as (
        select
            *,
            path_amount * 100 - sum(whole_cents) over (partition by path_id, attribution_model) as left_cents
        from floored
    ),

    parted as (
        select
            *, case when left_cents > 0 then left_cents - floor(left_cents) else left_cents end as loose_cents
        from left_over
    )

select
    parted.path_id
    || ':'
    || parted.attribution_model
    || ':'
    || cast(parted.touch_number as string) as attribution_id,
    parted.path_id,
    parted.path_scope,
    parted.conversion,
    parted.attribution_model,
    parted.opportunity_id,
    parted.journey_id,
    parted.touchpoint_id,
    parted.channel,
    coalesce(touchpoints.source_label, 'unattributed') as source_label,
    parted.converted_at,
    parted.credit,
    cast(
        cast(
            parted.whole_cents
            + case when parted.remainder_rank <= parted.left_cents then 1 else 0 end
            + case when parted.remainder_rank = 1 then parted.loose_cents else 0 end as decimal(30, 6)
        )
        * 0.01 as decimal(24, 6)
    ) as attributed_amount
from parted
left join touchpoints on parted.touchpoint_id = touchpoints.touchpoint_id
