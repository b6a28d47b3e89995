-- Which account every account record is. The least record id names it, since accounts
-- bear no date everywhere.
with
    records as (
        select {{ global_id("system", "account_record_id") }} as record_id from {{ ref("int_accounts") }}
    ),

    components as ({{ connected_components(ref("int_account_candidates")) }}),

    members as (
        select
            coalesce(records.record_id, components.record_id) as record_id,
            coalesce(components.component_id, records.record_id) as component_id,
            records.record_id is not null as is_account_record
        from records
        full outer join components on records.record_id = components.record_id
    )

select
    record_id as account_record_id,
    first_value(record_id) over (
        partition by component_id
        order by case when is_account_record then 0 else 1 end, record_id
        rows between unbounded preceding and unbounded following
    ) as account_id,
    is_account_record
from members
