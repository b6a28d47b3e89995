with
    stage_entries as (
        select person_record_id, changed_field, stage_label, entered_at, entered_after_at, is_from_history
        from {{ ref("stg_hubspot__contact_stage_entries") }}
        union all
        select person_record_id, changed_field, stage_label, entered_at, null, false
        from {{ ref("stg_hubspot__contact_present_stages") }}
    ),

    contact_owners as (select * from {{ ref("stg_hubspot__contact_owners") }}),

    reasons as (select * from {{ ref("stg_hubspot__decline_reasons") }}),

    deal_changes as (select * from {{ ref("stg_hubspot__deal_stage_changes") }}),

    opportunities as (select * from {{ ref("stg_hubspot__opportunities") }}),

    new_deals as (select * from opportunities where is_new_business and person_record_id is not null),

    -- When a deal is opened HubSpot makes its contact an Opportunity, and when it is won a Customer. That
    -- is one event and counts once: from the deal, which also keeps what a later deal overwrites in the
    -- contact. The contact's own date counts where there is no such deal.
    lifecycle_entries as (
        select
            *,
            'contact:'
            || person_record_id
            || ':'
            || stage_label
            || case
                when is_from_history or entered_after_at is not null
                then ':' || cast(entered_at as string)
                when entered_at is null
                then ':today'
                else ''
            end as stage_change_record_id
        from stage_entries
        where
            not exists (
                select 1
                from new_deals
                where
                    stage_entries.person_record_id = new_deals.person_record_id
                    and (
                        stage_entries.stage_label = 'Opportunity'
                        or (stage_entries.stage_label = 'Customer' and new_deals.is_won)
                    )
            )
    ),

    -- With the owner of that time, as far as it is known.
    contact_changes as (
        select
            lifecycle_entries.stage_change_record_id,
            lifecycle_entries.person_record_id,
            cast(null as string) as opportunity_record_id,
            contact_owners.owner_record_id,
            lifecycle_entries.stage_label,
            reasons.reason_label,
            lifecycle_entries.entered_at as changed_at,
            lifecycle_entries.entered_after_at as changed_after_at,
            lifecycle_entries.changed_field
        from lifecycle_entries
        left join
            reasons
            on lifecycle_entries.person_record_id = reasons.person_record_id
            and lifecycle_entries.stage_label = reasons.stage_label
            and lifecycle_entries.entered_at = reasons.entered_at
        left join
            contact_owners
            on lifecycle_entries.person_record_id = contact_owners.person_record_id
            and lifecycle_entries.entered_at >= contact_owners.owned_from_at
        qualify
            row_number() over (
                partition by lifecycle_entries.stage_change_record_id
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
