with recursive
    deals as ({{ current_rows("hubspot", "deals") }}),

    merged_deals as ({{ current_rows("hubspot", "merged_deals") }}),

    listed as (
        select record_id as deal_id, {{ unnest_list("merged_deal_ids", ";") }} as merged_deal_id from deals
    ),

    merges as (
        select trim(merged_deal_id) as merged_deal_id, deal_id
        from listed
        where trim(merged_deal_id) not in ('', deal_id)
        union
        select merged_deal_id, deal_id
        from merged_deals
        where merged_deal_id != deal_id
    ),

    -- A deal that took another one in can be merged itself. `union` keeps each pair once, so a circle ends.
    reached as (
        select merged_deal_id, deal_id
        from merges
        union
        select reached.merged_deal_id, merges.deal_id
        from reached
        inner join merges on reached.deal_id = merges.merged_deal_id
    )

select merged_deal_id, min(deal_id) as opportunity_record_id
from reached
where
    deal_id not in (select merged_deal_id from merges)
    -- A deal without the row of the other one stands for both.
    and deal_id in (select record_id from deals)
group by merged_deal_id
