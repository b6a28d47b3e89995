with
    rules as (select * from {{ source("agreement", "attribution") }}),

    conversions as (select * from {{ source("agreement", "attribution_conversions") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }} where effective_from is not null),

    -- Before the first version there were touches and deals, and they are shown too: by its rules.
    spans as (
        {{
            spans_of_versions(
                "versions",
                "valid_from",
                "timestamp '0001-01-01 00:00:00'",
                "timestamp '9999-12-31 00:00:00'",
            )
        }}
    )

select rules.*, conversions.conversion, spans.valid_from, spans.valid_to
from rules
inner join conversions on rules.agreement_version = conversions.agreement_version
inner join spans on rules.agreement_version = spans.agreement_version
