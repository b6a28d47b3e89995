with recursive
    deals as ({{ current_rows("hubspot", "deals") }}),

    merged_deals as ({{ current_rows("hubspot", "merged_deals") }}),

    listed as (
        select record_id as deal_id, {{ unnest_list("merged_deal_ids", ";") }} as merged_deal_id from deals
    ),

    merges as (
        select {{ trimmed("merged_deal_id") }} as merged_deal_id, deal_id
        from listed
        where {{ trimmed("merged_deal_id") }} not in ('', deal_id)
        union
        select merged_deal_id, deal_id
        from merged_deals
        where merged_deal_id != deal_id
    ),

    -- A deal that took another one in can be merged itself. The path ends a circle: no deal twice.
    reached as (
        select merged_deal_id, deal_id, ';' || merged_deal_id || ';' || deal_id || ';' as path
        from merges
        union all
        select reached.merged_deal_id, merges.deal_id, reached.path || merges.deal_id || ';' as path
        from reached
        inner join merges on reached.deal_id = merges.merged_deal_id
        where {{ dbt.position("';' || merges.deal_id || ';'", "reached.path") }} = 0
    )

select merged_deal_id, min(deal_id) as opportunity_record_id
from reached
where
    not exists (select 1 from merges where merges.merged_deal_id = reached.deal_id)
    -- A deal without the row of the other one represents both.
    and deal_id in (select record_id from deals)
group by merged_deal_id
