-- The latest record with a title defines the person's role: of a converted lead, the contact.
with
    records as (
        select * from {{ ref("int_persons") }} where nullif({{ trimmed("job_title") }}, '') is not null
    ),

    links as (
        select * from {{ ref("int_person_links") }} where is_person_record and exclusion_reason is null
    ),

    patterns as (
        select personas.*
        from {{ source("agreement", "personas") }} as personas
        inner join
            {{ ref("stg_agreement__versions") }} as versions
            on personas.agreement_version = versions.agreement_version
        where {{ until_as_of("versions.valid_from") }} and not {{ until_as_of("versions.valid_to") }}
    ),

    titles as (
        select links.person_id, {{ trimmed("records.job_title") }} as job_title
        from records
        inner join
            links on records.system = links.system and records.person_record_id = links.person_record_id
        qualify
            row_number() over (
                partition by links.person_id
                order by records.created_at desc, records.system, records.person_record_id desc
            )
            = 1
    ),

    -- Several may fit one title: the first of the agreement counts.
    personas as (
        select titles.job_title, min_by(patterns.persona, patterns.persona_number) as persona
        from (select distinct job_title from titles) as titles
        inner join patterns on lower(titles.job_title) like patterns.title_pattern escape '!'
        group by titles.job_title
    )

select titles.person_id, titles.job_title, personas.persona
from titles
left join personas on titles.job_title = personas.job_title
