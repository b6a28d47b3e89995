with
    opportunities as (select * from {{ ref("fct_opportunities") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    agreed_streams as (select distinct agreement_version, revenue_stream from {{ ref("dim_target") }})

select
    'opportunity_streams' as guard,
    cast(null as string) as clause,
    'opportunity' as record_type,
    opportunities.opportunity_id as record_id,
    opportunities.person_id,
    opportunities.owner_id,
    versions.agreement_version,
    opportunities.created_at as happened_at,
    1 as row_count,
    case
        when agreed_streams.revenue_stream is null
        then 'its revenue stream is "' || opportunities.revenue_stream || '", which is not agreed'
    end as reason
from opportunities
inner join versions on {{ in_force_at("versions", "opportunities.created_at") }}
left join
    agreed_streams
    on versions.agreement_version = agreed_streams.agreement_version
    and opportunities.revenue_stream = agreed_streams.revenue_stream
