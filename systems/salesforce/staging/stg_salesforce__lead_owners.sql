with
    leads as ({{ salesforce_records("leads") }}),

    history as ({{ salesforce_entries("lead_history") }}),

    persons as (select * from {{ ref("stg_salesforce__persons") }}),

    -- A change of owner makes two rows: one with the names, one with the ids.
    changes as (
        select
            {{ salesforce_id("lead_id") }} as lead_record_id,
            {{ salesforce_id("old_value") }} as previous_owner_id,
            {{ salesforce_id("new_value") }} as owner_id,
            {{ salesforce_utc("created_date", "history") }} as changed_at
        from history
        where lower(field) = 'owner' and left({{ salesforce_id("new_value") }}, 3) in ('005', '00G')
    ),

    first_changes as (
        select *
        from changes
        qualify row_number() over (partition by lead_record_id order by changed_at, owner_id) = 1
    ),

    remembered as (
        select
            min({{ salesforce_utc("created_date", "history") }}) as remembered_from,
            max({{ salesforce_utc("created_date", "history") }}) as remembered_until
        from history
    ),

    exported as (
        {{
            salesforce_owners_by_load(
                "leads", ["id", "email", "last_transfer_date", "changed_at", "changed_after_at"]
            )
        }}
    ),

    -- Without a history two exports show who had it, and who was given it by the later one, on which day.
    transfers as (
        select
            exported.record_id as lead_record_id,
            exported.previous_owner_id,
            exported.owner_id,
            coalesce(
                case
                    when exported.last_transfer_date >= {{ local_date("exported.changed_after_at") }}
                    then {{ instant_of_date("exported.last_transfer_date", "persons.created_at") }}
                end,
                exported.changed_at
            ) as changed_at,
            case
                when
                    coalesce(
                        exported.last_transfer_date < {{ local_date("exported.changed_after_at") }}, true
                    )
                then exported.changed_after_at
            end as changed_after_at
        from exported
        inner join persons on exported.record_id = persons.person_record_id
        left join first_changes on exported.record_id = first_changes.lead_record_id
        cross join remembered
        where
            (first_changes.lead_record_id is null or exported.changed_after_at >= remembered.remembered_until)
            and exported.owner_id <> exported.previous_owner_id
    ),

    first_transfers as (
        select *
        from transfers
        qualify row_number() over (partition by lead_record_id order by changed_at, owner_id) = 1
    ),

    -- Without both, only who has it now is known, and since which day. Who had it before the first change of
    -- a history that is younger than the lead, or in the first export, need not have had it always.
    starts as (
        select
            leads.record_id as lead_record_id,
            coalesce(
                first_changes.previous_owner_id, first_transfers.previous_owner_id, persons.owner_record_id
            ) as owner_record_id,
            case
                when
                    first_changes.lead_record_id is null
                    and first_transfers.lead_record_id is null
                    and leads.last_transfer_date is not null
                then {{ instant_of_date("leads.last_transfer_date", "persons.created_at") }}
                else persons.created_at
            end as owned_from,
            case
                when
                    (
                        first_changes.lead_record_id is not null
                        and persons.created_at < remembered.remembered_from
                    )
                    or (first_changes.lead_record_id is null and first_transfers.lead_record_id is not null)
                then timestamp '0001-01-01'
            end as owned_after_at
        from leads
        cross join remembered
        inner join persons on leads.record_id = persons.person_record_id
        left join first_changes on leads.record_id = first_changes.lead_record_id
        left join first_transfers on leads.record_id = first_transfers.lead_record_id
        union all
        select lead_record_id, owner_id as owner_record_id, changed_at as owned_from, null as owned_after_at
        from changes
        union all
        select lead_record_id, owner_id, changed_at, changed_after_at
        from transfers
    )

select
    lead_record_id,
    owner_record_id,
    owned_from,
    owned_after_at,
    lead(owned_from) over (partition by lead_record_id order by owned_from, owner_record_id) as owned_until
from starts
