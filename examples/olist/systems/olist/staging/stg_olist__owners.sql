with
    deals as ({{ current_rows("olist", "closed_deals") }}),

    -- Some people are both: the role is not in the id.
    people as (
        select sdr_id as owner_record_id, 'sdr' as role
        from deals
        where sdr_id is not null
        union all
        select sr_id as owner_record_id, 'sr' as role
        from deals
        where sr_id is not null
    )

select
    owner_record_id,
    owner_record_id as owner_name,
    cast(null as string) as owner_email,
    case when min(role) = max(role) then min(role) else 'sdr and sr' end as team_label,
    false as is_automatic
from people
group by owner_record_id
