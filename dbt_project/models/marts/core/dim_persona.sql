with
    personas as (select * from {{ source("agreement", "personas") }}),

    versions as (select * from {{ version_of_today() }} as versions)

select
    personas.persona,
    min(personas.persona_name) as persona_name,
    cast(min(personas.persona_number) as integer) as persona_number,
    min(personas.agreement_version) as agreement_version
from personas
inner join versions on personas.agreement_version = versions.agreement_version
group by personas.persona
