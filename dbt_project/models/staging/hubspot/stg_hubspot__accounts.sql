with companies as ({{ current_rows("hubspot", "companies") }})

select
    record_id as account_record_id,
    company_name as account_name,
    company_domain_name as domain,
    industry as segment_label,
    country,
    cast(null as varchar) as merged_into_record_id
from companies
