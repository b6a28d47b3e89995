with
    companies as ({{ current_rows("hubspot", "companies") }}),

    listed as (
        select record_id as merged_into_record_id, {{ unnest_list("merged_company_ids", ";") }} as listed_id
        from companies
    ),

    merges as (
        select
            {{ trimmed("listed_id") }} as account_record_id,
            min(merged_into_record_id) as merged_into_record_id
        from listed
        where {{ trimmed("listed_id") }} not in ('', merged_into_record_id)
        group by {{ trimmed("listed_id") }}
    )

-- What was merged away has no row of its own any more, but older exports and links still name it.
select
    coalesce(companies.record_id, merges.account_record_id) as account_record_id,
    companies.company_name as account_name,
    companies.company_domain_name as domain,
    companies.industry as segment_label,
    {{ head_count("companies.employees") }} as employees,
    companies.country,
    companies.state,
    companies.postcode,
    merges.merged_into_record_id
from companies
full outer join merges on companies.record_id = merges.account_record_id
