with
    recycled as (select * from {{ ref("fct_recycled_journeys") }} where is_waiting),

    journeys as (select * from {{ ref("fct_journeys") }}),

    persons as (select * from {{ ref("dim_person") }}),

    scores as (select * from {{ ref("fct_person_scores") }} where is_current),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- What a lead of its kind is worth by the agreement of today.
    targets as (
        select distinct targets.revenue_stream, targets.lead_type, targets.lead_value
        from {{ ref("dim_target") }} as targets
        inner join
            {{ ref("dim_agreement") }} as versions on targets.agreement_version = versions.agreement_version
        inner join
            build
            on build.as_of_date >= versions.effective_from
            and build.as_of_date <= coalesce(versions.effective_to, date '9999-12-31')
    ),

    buyers as (select distinct person_id from journeys where customer_at is not null),

    -- What the person did by themselves since then.
    touched as (
        select
            recycled.journey_id,
            count(*) as touches_since,
            cast(max(timeline.happened_local_at) as date) as last_touch_date
        from recycled
        inner join
            {{ ref("fct_timeline") }} as timeline
            on recycled.person_id = timeline.person_id
            and recycled.recycled_at < timeline.happened_at
        where timeline.kind = 'touch' and coalesce(timeline.event_label, '') <> 'machine open'
        group by recycled.journey_id
    ),

    aged as (
        select recycled.*, {{ days_apart("recycled.recycled_date", "build.as_of_date") }} as age_days
        from recycled
        cross join build
    )

select
    aged.journey_id,
    aged.person_id,
    aged.recycled_by,
    aged.recycled_date,
    cast(aged.age_days as double) as age_days,
    case
        when aged.age_days <= 30
        then 'up to 30 days'
        when aged.age_days <= 90
        then '31 to 90 days'
        when aged.age_days <= 180
        then '91 to 180 days'
        when aged.age_days > 180
        then 'over 180 days'
        else 'not known'
    end as age,
    aged.outcome_reason,
    aged.outcome_reason_class,
    journeys.stage,
    journeys.revenue_stream,
    journeys.lead_type,
    journeys.channel,
    journeys.source_label,
    journeys.persona,
    persons.country,
    journeys.account_id,
    journeys.owner_id,
    coalesce(owners.owner_name, '(no owner)') as owner_name,
    scores.score,
    scores.grade,
    targets.lead_value as worth_amount,
    coalesce(touched.touches_since, 0) as touches_since,
    touched.last_touch_date,
    aged.warmed_up_at,
    buyers.person_id is not null as has_bought,
    coalesce(persons.has_opted_out, false) as has_opted_out
from aged
inner join journeys on aged.journey_id = journeys.journey_id
inner join persons on aged.person_id = persons.person_id
left join scores on aged.person_id = scores.person_id
left join owners on journeys.owner_id = owners.owner_id
left join
    targets on journeys.revenue_stream = targets.revenue_stream and journeys.lead_type = targets.lead_type
left join touched on aged.journey_id = touched.journey_id
left join buyers on aged.person_id = buyers.person_id
