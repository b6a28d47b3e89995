with
    opportunities as (select * from {{ ref("fct_opportunities") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    agreed_streams as (select distinct agreement_version, revenue_stream from {{ ref("dim_target") }}),

    -- Two weeks: less is the delay of writing down, more can change the month, the quarter or the fiscal
    -- year.
    closed as (
        select
            *,
            {{ days_apart("written_close_date", local_date("closing_entered_at")) }} as days_apart,
            cast(written_close_date as string) as written_text,
            cast({{ local_date("closing_entered_at") }} as string) as entered_text
        from opportunities
        where status <> 'open'
    )

select
    'closed_flags' as guard,
    cast(null as string) as clause,
    'opportunity' as record_type,
    opportunity_id as record_id,
    person_id,
    owner_id,
    cast(null as string) as agreement_version,
    coalesce(closed_at, created_at) as happened_at,
    1 as row_count,
    case
        when flagged_status = 'closed' and status = 'open'
        then
            'its flag shows that it has ended, and stage_labels does not show whether "'
            || coalesce(present_stage_label, '(none)')
            || '" is won or lost: until then it counts as open'
        when flagged_status <> 'closed' and flagged_status <> status
        then
            'its stage "'
            || coalesce(present_stage_label, '(none)')
            || '" makes it '
            || status
            || ', its flag shows '
            || flagged_status
            || ': stage_labels decides'
    end as reason
from opportunities
where flagged_status is not null
union all
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
union all
select
    'closing_dates' as guard,
    cast(null as string) as clause,
    'opportunity' as record_type,
    opportunity_id as record_id,
    person_id,
    owner_id,
    cast(null as string) as agreement_version,
    coalesce(closed_at, created_at) as happened_at,
    1 as row_count,
    case
        when closed_at is null
        then 'it is ' || status || ', and nobody wrote down when: it is in the figures of no period'
        when closing_entered_at is null and written_close_date > closed_date
        then
            'it is '
            || status
            || ', and its close date '
            || written_text
            || ' is after '
            || case
                when days_to_close is null then 'all that the files record' else 'its record was written'
            end
            || '; it counts on '
            || cast(closed_date as string)
        when abs(days_apart) >= 14
        then
            'its close date '
            || written_text
            || ' and its entry as '
            || status
            || ' on '
            || entered_text
            || ' are '
            || cast(abs(days_apart) as string)
            || ' days apart; it counts on '
            || cast(closed_date as string)
    end as reason
from closed
