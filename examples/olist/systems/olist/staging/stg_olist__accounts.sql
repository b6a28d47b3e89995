with
    deals as ({{ current_rows("olist", "closed_deals") }}),

    sellers as ({{ current_rows("olist", "sellers") }}),

    -- Only sellers that the funnel won are accounts; the rest of the marketplace never was a lead.
    won_sellers as (select seller_id, max(business_segment) as business_segment from deals group by seller_id)

select
    won_sellers.seller_id as account_record_id,
    won_sellers.seller_id as account_name,
    cast(null as string) as domain,
    won_sellers.business_segment as segment_label,
    case when sellers.seller_id is not null then 'BR' end as country,
    sellers.seller_state as state,
    cast(null as string) as merged_into_record_id,
    cast(null as bigint) as employees
from won_sellers
left join sellers on won_sellers.seller_id = sellers.seller_id
