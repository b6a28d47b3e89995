with
    leads as (select * from {{ source("salesforce", "leads") }} where {{ salesforce_id("id") }} is null),

    contacts as (
        select * from {{ source("salesforce", "contacts") }} where {{ salesforce_id("id") }} is null
    ),

    report_rows as (
        select 'lead' as kind, _load_id, _line, {{ normalised_email("email") }} as email
        from leads
        union all
        select 'contact' as kind, _load_id, _line, {{ normalised_email("email") }} as email
        from contacts
    ),

    -- The last row of an e-mail is the person.
    numbered as (
        select *, row_number() over (partition by kind, _load_id, email order by _line desc) as place_of_email
        from report_rows
    )

select
    kind || ':row:' || coalesce(_load_id, '') || ':' || cast(_line as string) as person_record_id,
    case
        when email is null then 'no id and no e-mail' else 'another row of the same e-mail'
    end as exclusion_reason
from numbered
where email is null or place_of_email > 1
