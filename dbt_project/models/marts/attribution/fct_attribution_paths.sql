with
    conversions as (select * from {{ ref("int_attribution_conversions") }}),

    spans as (select * from {{ ref("int_attribution_spans") }} where path_status <> 'converted'),

    touches as (select * from {{ ref("int_attribution_touches") }}),

    walked as (
        select
            path_id,
            min(path_scope) as path_scope,
            min(conversion) as conversion,
            min(path_status) as path_status,
            count(*) as touches,
            count(distinct person_id) as persons,
            min(touched_at) as first_touched_at,
            max(touched_at) as last_touched_at,
            max(case when touch_number = 1 then channel end) as first_channel,
            max(case when touch_number = touches then channel end) as last_channel
        from touches
        group by path_id
    ),

    paths as (
        {%- for path_scope in ["account", "deal_contacts", "person"] %}
            select
                '{{ path_scope }}:' || conversion_id as path_id,
                '{{ path_scope }}' as path_scope,
                conversion,
                'converted' as path_status,
                account_id,
                person_id,
                opportunity_id,
                journey_id,
                converted_at,
                booked_amount,
                attributed_amount,
                agreement_version
            from conversions
            union all
        {%- endfor %}
        select
            spans.path_id,
            walked.path_scope,
            walked.conversion,
            walked.path_status,
            case when spans.path_owner like 'account:%' then substring(spans.path_owner, 9) end as account_id,
            case when spans.path_owner like 'person:%' then substring(spans.path_owner, 8) end as person_id,
            cast(null as string) as opportunity_id,
            cast(null as string) as journey_id,
            cast(null as timestamp) as converted_at,
            cast(null as decimal(24, 6)) as booked_amount,
            cast(null as decimal(24, 6)) as attributed_amount,
            cast(null as string) as agreement_version
        from spans
        inner join walked on spans.path_id = walked.path_id
    )

select
    paths.path_id,
    paths.path_scope,
    paths.conversion,
    paths.path_status,
    paths.account_id,
    paths.person_id,
    paths.opportunity_id,
    paths.journey_id,
    coalesce(walked.touches, 0) as touches,
    coalesce(walked.persons, 0) as persons,
    walked.first_touched_at,
    walked.last_touched_at,
    walked.first_channel,
    walked.last_channel,
    paths.converted_at,
    {{ days_between("walked.first_touched_at", "paths.converted_at") }} as days_to_conversion,
    paths.booked_amount,
    paths.attributed_amount,
    paths.agreement_version
from paths
left join walked on paths.path_id = walked.path_id
