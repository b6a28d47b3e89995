with
    contact_stages as (select * from {{ ref("stg_hubspot__contact_stages") }}),

    contact_owners as (select * from {{ ref("stg_hubspot__contact_owners") }}),

    reasons as (select * from {{ ref("stg_hubspot__decline_reasons") }}),

    deal_changes as (select * from {{ ref("stg_hubspot__deal_stage_changes") }}),

    -- With the owner of that time, as far as it is known.
    contact_changes as (
        select
            contact_stages.stage_change_record_id,
            contact_stages.person_record_id,
            cast(null as string) as opportunity_record_id,
            contact_owners.owner_record_id,
            contact_stages.stage_label,
            reasons.reason_label,
            contact_stages.entered_at as changed_at,
            contact_stages.entered_after_at as changed_after_at,
            contact_stages.changed_field
        from contact_stages
        left join
            reasons
            on contact_stages.person_record_id = reasons.person_record_id
            and contact_stages.stage_label = reasons.stage_label
            and contact_stages.entered_at = reasons.entered_at
        left join
            contact_owners
            on contact_stages.person_record_id = contact_owners.person_record_id
            and contact_stages.entered_at >= contact_owners.owned_from_at
        qualify
            row_number() over (
                partition by contact_stages.stage_change_record_id
                order by contact_owners.owned_from_at desc nulls last, contact_owners.owner_record_id
            )
            = 1
    ),

    changes as (
        select *
        from contact_changes
        union all
        select *, cast(null as string) as changed_field
        from deal_changes
    )

select *
from changes
