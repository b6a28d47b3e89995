with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    merges as (select merged_record_id from {{ ref("stg_hubspot__contact_merges") }}),

    names as (
        select record_id, {{ normalised_emails("email") }} as contact_name
        from contacts
        union
        select record_id, {{ normalised_emails("additional_emails") }} as contact_name
        from contacts
        union
        select
            record_id,
            lower(
                {{ trimmed("concat_ws(' ', " ~ trimmed("first_name") ~ ", " ~ trimmed("last_name") ~ ")") }}
            ) as contact_name
        from contacts
    )

select contact_name, min(record_id) as contact_id, count(distinct record_id) as contacts
from names
where contact_name <> '' and not exists (select 1 from merges where names.record_id = merges.merged_record_id)
group by contact_name
