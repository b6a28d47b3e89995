with accounts as ({{ salesforce_records("accounts") }})

select
    record_id as account_record_id,
    account_name,
    -- A website is written with or without its protocol and its www.
    nullif(
        {{
            dbt.split_part(
                "regexp_replace(lower(trim(website)), '^(https?://)?(www[.])?', '')",
                "'/'",
                1,
            )
        }},
        ''
    ) as domain,
    industry as segment_label,
    billing_country as country,
    {{ salesforce_id("master_record_id") }} as merged_into_record_id
from accounts
