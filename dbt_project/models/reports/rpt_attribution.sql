with
    attribution as (select * from {{ ref("fct_attribution") }}),

    models as (select * from {{ ref("dim_attribution_model") }}),

    spent as (
        select channel, cast(sum(amount_reporting) as decimal(24, 6)) as cost_amount
        from {{ ref("fct_costs") }}
        group by channel
    ),

    latest as (
        select shown_path_scope, shown_model
        from {{ ref("dim_agreement") }}
        where effective_from is not null
        qualify row_number() over (order by effective_from desc) = 1
    ),

    credited as (
        select
            attribution_model,
            path_scope,
            conversion,
            channel,
            {{ rounded("sum(credit)", 9) }} as conversions,
            cast(sum(attributed_amount) as decimal(24, 6)) as attributed_amount
        from attribution
        group by attribution_model, path_scope, conversion, channel
    ),

    -- A channel that costs and gets no credit is one of them.
    costly as (select models.attribution_model, spent.channel from models cross join spent),

    channels as (
        select attribution_model, path_scope, conversion, channel
        from credited
        union
        select credited.attribution_model, credited.path_scope, credited.conversion, costly.channel
        from credited
        inner join costly on credited.attribution_model = costly.attribution_model
    ),

    costed as (
        select
            channels.*,
            coalesce(credited.conversions, 0) as conversions,
            case
                when credited.channel is null and channels.conversion in ('opportunity', 'won')
                then 0
                else credited.attributed_amount
            end as attributed_amount,
            spent.cost_amount
        from channels
        left join
            credited
            on channels.attribution_model = credited.attribution_model
            and channels.path_scope = credited.path_scope
            and channels.conversion = credited.conversion
            and channels.channel = credited.channel
        left join spent on channels.channel = spent.channel
    )

select
    costed.attribution_model,
    models.model_name,
    costed.path_scope,
    costed.conversion,
    costed.channel,
    models.model_number,
    costed.attribution_model = latest.shown_model as is_shown_first,
    costed.path_scope = latest.shown_path_scope as is_shown_scope,
    costed.conversions,
    costed.attributed_amount,
    costed.cost_amount,
    cast(costed.cost_amount as double) / nullif(costed.conversions, 0) as cost_per_conversion,
    cast(costed.attributed_amount as double) / nullif(cast(costed.cost_amount as double), 0) as return_on_cost
from costed
inner join models on costed.attribution_model = models.attribution_model
cross join latest
