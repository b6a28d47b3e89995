with
    rules as (select * from {{ source("agreement", "attribution") }}),

    conversions as (select * from {{ source("agreement", "attribution_conversions") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }} where effective_from is not null),

    -- Before the first version there were touches and deals, and they are shown too: by its rules.
    spans as (
        select
            agreement_version,
            case
                when lag(valid_from) over (order by valid_from) is null
                then timestamp '0001-01-01 00:00:00'
                else valid_from
            end as valid_from,
            coalesce(lead(valid_from) over (order by valid_from), timestamp '9999-12-31 00:00:00') as valid_to
        from versions
    )

select rules.*, conversions.conversion, spans.valid_from, spans.valid_to
from rules
inner join conversions on rules.agreement_version = conversions.agreement_version
inner join spans on rules.agreement_version = spans.agreement_version
