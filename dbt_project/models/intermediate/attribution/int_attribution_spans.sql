with
    conversions as (select * from {{ ref("int_attribution_conversions") }} where counts_until is not null),

    passes as (select * from {{ ref("int_attribution_passes") }}),

    activities as (select * from {{ ref("int_person_activities") }} where opportunity_id is not null),

    -- The contacts of a deal: whom it names, and who took part in what sales did about it.
    path_owners as (
        select
            conversion_id,
            'account' as path_scope,
            coalesce('account:' || account_id, 'person:' || person_id) as path_owner
        from conversions
        union
        select conversion_id, 'person' as path_scope, 'person:' || person_id as path_owner
        from conversions
        union
        select conversion_id, 'deal_contacts' as path_scope, 'person:' || person_id as path_owner
        from conversions
        union
        select
            conversions.conversion_id,
            'deal_contacts' as path_scope,
            'person:' || activities.person_id as path_owner
        from conversions
        inner join activities on conversions.opportunity_id = activities.opportunity_id
    ),

    converted as (
        select
            path_owners.path_scope,
            path_owners.path_owner,
            conversions.conversion,
            'converted' as path_status,
            path_owners.path_scope || ':' || conversions.conversion_id as path_id,
            conversions.counts_until,
            {{ dbt.dateadd("day", "- conversions.look_back_days", "conversions.counts_until") }}
            as looks_back_to
        from conversions
        inner join path_owners on conversions.conversion_id = path_owners.conversion_id
        where path_owners.path_owner is not null
    ),

    -- The first conversion since each pass began; who has no journey has one pass, without a beginning.
    followed as (
        select passes.path_id, min(converted.counts_until) as first_until
        from passes
        inner join
            converted
            on passes.path_scope = converted.path_scope
            and passes.path_owner = converted.path_owner
            and passes.conversion = converted.conversion
        where converted.counts_until > coalesce(passes.entered_at, timestamp '0001-01-01 00:00:00')
        group by passes.path_id
    ),

    evaluated as (
        select
            passes.*,
            passes.reached_at is not null or followed.first_until is not null as is_followed,
            passes.reached_at is not null
            or coalesce(followed.first_until <= passes.ends_until, false) as is_reached
        from passes
        left join followed on passes.path_id = followed.path_id
    ),

    -- A path ends with its journeys, unless they have converted; what comes after the last is on its way.
    events as (
        select *
        from converted
        union all
        select
            path_scope,
            path_owner,
            conversion,
            case when is_reached then 'reached' else 'ended' end as path_status,
            path_id,
            ends_until as counts_until,
            {{ dbt.dateadd("day", "- look_back_days", "ends_until") }} as looks_back_to
        from evaluated
        where ends_until is not null
        union all
        select
            path_scope,
            path_owner,
            conversion,
            'open' as path_status,
            path_id || '+' as path_id,
            timestamp '9999-12-31 00:00:00' as counts_until,
            timestamp '0001-01-01 00:00:00' as looks_back_to
        from evaluated
        where is_last and not is_followed
    ),

    bounded as (
        select
            *,
            max(counts_until) over owner_events as after_any,
            max(case when path_status = 'converted' then counts_until end) over owner_events
            as after_conversion
        from events
        window
            owner_events as (
                partition by path_scope, path_owner, conversion
                order by counts_until, path_id
                rows between unbounded preceding and 1 preceding
            )
    ),

    opened as (
        select
            *,
            case
                when path_status = 'converted' and after_conversion > looks_back_to
                then after_conversion
                when path_status <> 'converted' and after_any > looks_back_to
                then after_any
                else looks_back_to
            end as counts_from
        from bounded
    ),

    -- A touch within the look-back of a conversion belongs to that path, also where a journey ended between.
    closed as (
        select
            *,
            min(case when path_status = 'converted' then counts_from end) over (
                partition by path_scope, path_owner, conversion
                order by counts_until, path_id
                rows between 1 following and unbounded following
            ) as next_from
        from opened
    )

select
    path_id,
    path_scope,
    path_owner,
    conversion,
    path_status,
    counts_from,
    case
        when path_status <> 'converted' and next_from < counts_until then next_from else counts_until
    end as counts_until
from closed
where path_status <> 'reached'
