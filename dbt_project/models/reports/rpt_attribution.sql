with
    attribution as (select * from {{ ref("fct_attribution") }}),

    models as (select * from {{ ref("dim_attribution_model") }}),

    latest as (
        select shown_path_scope, shown_model
        from {{ ref("dim_agreement") }}
        where effective_from is not null
        qualify row_number() over (order by effective_from desc) = 1
    )

select
    attribution.attribution_model,
    models.model_name,
    attribution.path_scope,
    attribution.conversion,
    attribution.channel,
    models.model_number,
    attribution.attribution_model = latest.shown_model as is_shown_first,
    attribution.path_scope = latest.shown_path_scope as is_shown_scope,
    sum(attribution.credit) as conversions,
    cast(sum(attribution.attributed_amount) as decimal(24, 6)) as attributed_amount
from attribution
inner join models on attribution.attribution_model = models.attribution_model
cross join latest
group by 1, 2, 3, 4, 5, 6, 7, 8
