with
    records as (select * from {{ ref("stg_salesforce__opportunity_records") }}),

    stages as (select * from {{ ref("stg_salesforce__opportunity_stages") }}),

    roles as ({{ salesforce_records("opportunity_contact_roles") }}),

    reported_roles as (select * from {{ ref("stg_salesforce__reported_roles") }}),

    conversions as (select * from {{ ref("stg_salesforce__conversions") }}),

    company as (select * from {{ ref("stg_agreement__company") }}),

    -- An opportunity that has ended stays with who had it then.
    owners_then as (
        {{
            value_at_state(
                "salesforce",
                "opportunities",
                salesforce_id("id"),
                "stage_name",
                "owner_id",
                condition="version_started_at is null",
            )
        }}
    ),

    owner_names as (select * from {{ ref("stg_salesforce__owner_names") }}),

    reported_owners_then as (
        {%- set rows -%}
            select *
            from {{ ref("stg_salesforce__reported_deals") }}
            qualify row_number() over (partition by record_id, _load_number order by _line desc) = 1
        {%- endset -%}
        {{ value_while_in_state(rows, "record_id", "stage_name", "owner_name") }}
    ),

    persons_known as (select person_record_id, created_at from {{ ref("stg_salesforce__persons") }}),

    -- The primary role, the record's own contact, any other role, and last the lead that
    -- became the opportunity; of several, who was known first.
    candidates as (
        select
            {{ salesforce_id("opportunity_id") }} as opportunity_record_id,
            {{ salesforce_id("contact_id") }} as person_record_id,
            case when is_primary then 1 else 3 end as place
        from roles
        where not coalesce(is_deleted, false) and coalesce(is_active_version, true)
        union all
        -- Whom a name means that nobody or several have is in no file, and counted as such.
        select
            opportunity_record_id,
            coalesce(person_record_id, 'named:' || opportunity_record_id) as person_record_id,
            case when person_record_id is null then 5 when is_primary then 1 else 3 end as place
        from reported_roles
        union all
        select opportunity_record_id, contact_record_id as person_record_id, 2 as place
        from records
        union all
        select
            opportunity_record_id, coalesce(contact_record_id, lead_record_id) as person_record_id, 4 as place
        from conversions
    ),

    persons as (
        select candidates.opportunity_record_id, candidates.person_record_id
        from candidates
        left join persons_known on candidates.person_record_id = persons_known.person_record_id
        where candidates.opportunity_record_id is not null and candidates.person_record_id is not null
        qualify
            row_number() over (
                partition by candidates.opportunity_record_id
                order by candidates.place, persons_known.created_at nulls last, candidates.person_record_id
            )
            = 1
    ),

    -- The last entry into the stage in which it ended.
    ended as (
        select
            records.opportunity_record_id,
            max(
                case
                    when stages.is_seen or stages.entered_at = records.last_stage_change_at
                    then stages.entered_at
                end
            ) as seen_at
        from records
        inner join
            stages
            on records.opportunity_record_id = stages.opportunity_record_id
            and records.stage_name = stages.stage_name
        where records.is_closed
        group by 1
    )

select
    records.opportunity_record_id,
    persons.person_record_id,
    records.account_record_id,
    coalesce(
        case
            when records.is_closed
            then
                coalesce(
                    {{ salesforce_id("owners_then.held_value") }},
                    owner_names.owner_record_id,
                    reported_owners_then.held_value
                )
        end,
        records.owner_record_id
    ) as owner_record_id,
    records.stream_label,
    records.is_new_business,
    records.deal_type as deal_type_label,
    records.pipeline_label,
    records.stage_name as present_stage_label,
    records.flagged_status,
    records.created_at,
    -- The close date of an open opportunity is a forecast, and no end.
    case when records.is_closed then records.close_date_at end as closed_at,
    case when not records.is_closed then records.close_date_at end as planned_close_at,
    ended.seen_at as closing_entered_at,
    records.is_closed,
    coalesce(records.last_modified_at, ended.seen_at) as recorded_at,
    records.is_won,
    records.amount,
    -- An organisation with several currencies has the field in every export and report.
    {{ export_currency("records.currency_iso_code", "salesforce", "company.currency_code") }}
    as currency_code,
    case when records.is_closed and not records.is_won then records.lost_reason end as lost_reason,
    records.deleted_at,
    records.exclusion_reason
from records
cross join company
left join persons on records.opportunity_record_id = persons.opportunity_record_id
left join owners_then on records.opportunity_record_id = owners_then.record_key
left join reported_owners_then on records.opportunity_record_id = reported_owners_then.record_key
left join owner_names on reported_owners_then.held_value = owner_names.owner_name
left join ended on records.opportunity_record_id = ended.opportunity_record_id
