with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    audits as ({{ current_rows("hubspot", "contact_merges") }}),

    listed as (
        select record_id, {{ unnest_list("merged_contact_ids", ";") }} as entry
        from contacts
        union all
        select record_id, {{ unnest_list("merged_contact_times", ";") }} as entry
        from contacts
    ),

    -- An entry is the id, or the id and the milliseconds of the merge: `123:1617298367000`.
    merges as (
        select
            {{ trimmed(dbt.split_part("entry", "':'", 1)) }} as merged_record_id,
            record_id as person_record_id,
            {{ cast_or_null(dbt.split_part("entry", "':'", 2), "bigint") }} * 1000 as merged_at_microseconds
        from listed
        union all
        select merged_contact_id, contact_id, {{ to_microseconds("merged_at") }}
        from audits
    )

select merged_record_id, person_record_id, {{ from_microseconds("max(merged_at_microseconds)") }} as merged_at
from merges
where merged_record_id not in ('', person_record_id)
group by merged_record_id, person_record_id
