with
    versions as (select * from {{ ref("stg_agreement__versions") }} where {{ until_as_of("valid_from") }}),

    scoring as (select * from {{ source("agreement", "scoring") }}),

    build as (select * from {{ ref("int_as_of") }})

select
    scoring.*,
    versions.valid_from,
    versions.valid_to,
    {{ in_force_at("versions", "build.as_of") }} as is_current
from versions
inner join scoring on versions.agreement_version = scoring.agreement_version
cross join build
