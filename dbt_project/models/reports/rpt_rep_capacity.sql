{%- set average = "sum(cast({} as decimal(28, 12))) over (partition by owner_id) / count(*) over (partition by owner_id)" -%}
{#- Student's t of 90 % from the normal quantile, by the first term of Cornish and Fisher. -#}
{%- set quantile = "(1.644854 + 1.523762 / freedom)" -%}

-- Each month of a rep beside the other months of the same rep: who has many leads may be who is good at them.
with
    attainments as (select * from {{ ref("rpt_owner_months") }} where is_final and due >= 10),

    owners as (select * from {{ ref("dim_owner") }} where not is_automatic),

    load as (
        select owner_id, month_date, sum(month_leads) as leads
        from {{ ref("fct_owner_load") }}
        group by owner_id, month_date
    ),

    months as (
        select attainments.owner_id, attainments.month_date, load.leads, attainments.attainment
        from attainments
        inner join owners on attainments.owner_id = owners.owner_id
        inner join load on attainments.owner_id = load.owner_id and attainments.month_date = load.month_date
    ),

    centred as (
        select
            *,
            leads - {{ average.format("leads") }} as leads_apart,
            attainment - {{ average.format("attainment") }} as attainment_apart,
            ntile(3) over (partition by owner_id order by leads, month_date) as band_number
        from months
        qualify count(*) over (partition by owner_id) >= 3
    ),

    sums as (
        select
            count(*) as all_months,
            count(*) - count(distinct owner_id) - 1 as freedom,
            cast(sum(cast(attainment as decimal(28, 12))) as double) / count(*) as all_attainment,
            cast(sum(cast(leads_apart * attainment_apart as decimal(28, 12))) as double) as products,
            cast(sum(cast(leads_apart * leads_apart as decimal(28, 12))) as double) as leads_squares,
            cast(
                sum(cast(attainment_apart * attainment_apart as decimal(28, 12))) as double
            ) as attainment_squares
        from centred
    ),

    slopes as (
        select
            *,
            products / nullif(leads_squares, 0) as slope,
            sqrt(
                greatest(attainment_squares - products * products / nullif(leads_squares, 0), 0)
                / nullif(freedom, 0)
                / nullif(leads_squares, 0)
            ) as slope_error,
            sqrt(attainment_squares / nullif(freedom + 1, 0)) as deviation
        from sums
    ),

    bands as (
        select
            band_number,
            count(*) as months,
            count(distinct owner_id) as owners,
            cast(sum(leads) as double) / count(*) as leads,
            cast(sum(cast(attainment_apart as decimal(28, 12))) as double) / count(*) as apart
        from centred
        group by band_number
    ),

    compared as (
        select
            bands.*,
            slopes.*,
            bands.apart - light.apart as difference,
            slopes.deviation
            * sqrt(cast(1 as double) / bands.months + cast(1 as double) / light.months) as difference_error
        from bands
        cross join slopes
        inner join bands as light on light.band_number = 1
    )

select
    case band_number when 1 then 'light' when 2 then 'middle' else 'heavy' end as load_band,
    months,
    owners,
    {{ rounded("leads", 6) }} as month_leads,
    {{ rounded("all_attainment + apart", 9) }} as attainment_rate,
    case when band_number > 1 then {{ rounded("difference", 9) }} end as difference_rate,
    {%- for name, sign in {"low": "-", "high": "+"}.items() %}
        case
            when band_number > 1 and freedom >= 12
            then {{ rounded("difference " ~ sign ~ quantile ~ " * difference_error", 9) }}
        end as difference_rate_{{ name }},
    {%- endfor %}
    all_months,
    {{ rounded("10 * slope", 9) }} as ten_leads_rate,
    {%- for name, sign in {"low": "-", "high": "+"}.items() %}
        case
            when freedom >= 12 then {{ rounded("10 * (slope " ~ sign ~ quantile ~ " * slope_error)", 9) }}
        end as ten_leads_rate_{{ name }},
    {%- endfor %}
    case
        when freedom < 12 or slope is null
        then 'unknown: too few months'
        when slope + {{ quantile }} * slope_error < 0
        then 'falls'
        else 'no evidence that it falls'
    end as result
from compared
