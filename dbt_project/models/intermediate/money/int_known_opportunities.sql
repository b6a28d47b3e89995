with
    opportunities as ({{ without_excluded_opportunities("int_opportunities") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    links as (select * from {{ ref("int_person_links") }}),

    account_links as (select * from {{ ref("int_account_links") }}),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    streams as ({{ reference_words("stream_labels", ["stream_label"], ["revenue_stream"]) }}),

    rates as (select * from {{ ref("int_currency_rates") }}),

    closings as (select * from {{ ref("int_closings") }}),

    -- An opportunity that closes after the as-of is still open.
    known as (
        select
            opportunities.*,
            closings.closed_at as ended_at,
            {{ global_id("opportunities.system", "opportunities.opportunity_record_id") }} as opportunity_id,
            links.person_id,
            closings.is_after_all_records,
            {{ local_date("closings.written_at") }} as written_close_date,
            -- What has ended at an unknown time is open at no time.
            closings.opportunity_record_id is not null
            and coalesce(closings.closed_at <= as_of.as_of, true) as has_ended
        from opportunities
        cross join as_of
        left join
            closings
            on opportunities.system = closings.system
            and opportunities.opportunity_record_id = closings.opportunity_record_id
        left join
            links
            on opportunities.system = links.system
            and opportunities.person_record_id = links.person_record_id
    ),

    -- An opportunity belongs to the journey that the person was on when it was opened.
    with_journeys as (
        select known.*, journeys.journey_id, journeys.revenue_stream as person_revenue_stream
        from known
        left join journeys on known.person_id = journeys.person_id
        qualify
            row_number() over (
                partition by known.opportunity_id
                order by
                    case when journeys.entered_at <= known.created_at then 0 else 1 end,
                    case when journeys.entered_at <= known.created_at then - journeys.journey_number end,
                    journeys.journey_number
            )
            = 1
    )

select
    with_journeys.opportunity_id,
    with_journeys.system,
    with_journeys.person_id,
    with_journeys.journey_id,
    coalesce(
        account_links.account_id, {{ global_id("with_journeys.system", "with_journeys.account_record_id") }}
    ) as account_id,
    owner_links.owner_id,
    coalesce(streams.revenue_stream, with_journeys.person_revenue_stream, 'unknown') as revenue_stream,
    with_journeys.is_new_business,
    with_journeys.deal_type_label,
    with_journeys.pipeline_label,
    with_journeys.present_stage_label,
    with_journeys.flagged_status,
    with_journeys.created_at,
    case when with_journeys.has_ended then with_journeys.ended_at end as closed_at,
    case when with_journeys.has_ended then {{ local_date("with_journeys.ended_at") }} end as closed_date,
    case when with_journeys.has_ended then with_journeys.closing_entered_at end as closing_entered_at,
    case when with_journeys.has_ended then with_journeys.written_close_date end as written_close_date,
    case
        when not with_journeys.has_ended then {{ local_date("with_journeys.planned_close_at") }}
    end as planned_close_date,
    case
        when not with_journeys.has_ended then 'open' when with_journeys.is_won then 'won' else 'lost'
    end as status,
    case
        when with_journeys.has_ended and not with_journeys.is_won then with_journeys.lost_reason
    end as lost_reason,
    with_journeys.amount,
    with_journeys.currency_code,
    with_journeys.company_amount,
    {{ in_reporting_currency("with_journeys.amount") }} as amount_reporting,
    case
        when with_journeys.has_ended and not coalesce(with_journeys.is_after_all_records, false)
        then {{ days_between("with_journeys.created_at", "with_journeys.ended_at") }}
    end as days_to_close
from with_journeys
left join
    owner_links
    on with_journeys.system = owner_links.system
    and with_journeys.owner_record_id = owner_links.owner_record_id
left join
    account_links
    on {{ global_id("with_journeys.system", "with_journeys.account_record_id") }}
    = account_links.account_record_id
left join
    streams
    on with_journeys.system = streams.system
    and {{ folded_word("with_journeys.stream_label") }} = {{ folded_word("streams.stream_label") }}
    and {{ in_force("streams", local_date("with_journeys.created_at")) }}
left join
    rates
    on with_journeys.currency_code = rates.currency_code
    and
    {{
        in_force(
            "rates",
            local_date(
                "coalesce(case when with_journeys.has_ended then with_journeys.ended_at end, with_journeys.created_at)"
            ),
        )
    }}
