with
    opportunities as (select * from {{ ref("int_known_opportunities") }} where is_new_business),

    journeys as (select * from {{ ref("int_journeys") }}),

    rules as (select * from {{ ref("stg_agreement__attribution") }}),

    streams as (select * from {{ source("agreement", "streams") }}),

    as_of as (select as_of from {{ ref("int_as_of") }}),

    deals as (
        select
            opportunities.opportunity_id,
            opportunities.journey_id,
            opportunities.person_id,
            opportunities.account_id,
            opportunities.revenue_stream,
            opportunities.amount_reporting,
            journeys.entered_at as lead_at,
            opportunities.created_at,
            opportunities.closed_at,
            opportunities.status
        from opportunities
        left join journeys on opportunities.journey_id = journeys.journey_id
    ),

    conversions as (
        select 'opportunity' as conversion, deals.*, created_at as opportunity_at, created_at as converted_at
        from deals
        union all
        select 'won' as conversion, deals.*, created_at as opportunity_at, closed_at as converted_at
        from deals
        where status = 'won'
        union all
        {%- for stage in ["mql", "sql"] %}
            select
                '{{ stage }}' as conversion,
                cast(null as string) as opportunity_id,
                journey_id,
                person_id,
                account_id,
                revenue_stream,
                cast(null as decimal(24, 6)) as amount_reporting,
                entered_at as lead_at,
                cast(null as timestamp) as created_at,
                cast(null as timestamp) as closed_at,
                cast(null as string) as status,
                opportunity_at,
                {{ stage }}_at as converted_at
            from journeys
            where {{ stage }}_at is not null
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    )

-- By the version in force at its instant; one that nobody dated, by the latest until the as-of.
select
    conversions.conversion
    || ':'
    || coalesce(conversions.opportunity_id, conversions.journey_id) as conversion_id,
    conversions.conversion,
    conversions.opportunity_id,
    conversions.journey_id,
    conversions.person_id,
    conversions.account_id,
    conversions.converted_at,
    -- A conversion that is dated by day alone may have come after all touches of that day.
    {{ first_instant_after("conversions.converted_at") }} as counts_until,
    {{ first_instant_after("conversions.lead_at") }} as lead_until,
    {{ first_instant_after("conversions.opportunity_at") }} as opportunity_until,
    conversions.amount_reporting as booked_amount,
    cast(
        case
            when rules.amount_basis = 'booked'
            then conversions.amount_reporting
            else conversions.amount_reporting * cast(streams.margin_rate as decimal(9, 6))
        end as decimal(24, 6)
    ) as attributed_amount,
    rules.agreement_version,
    rules.look_back_days,
    rules.half_life_days,
    rules.first_weight,
    rules.middle_weight,
    rules.last_weight
from conversions
cross join as_of
inner join
    rules
    on conversions.conversion = rules.conversion
    and {{ in_force_at("rules", "coalesce(conversions.converted_at, as_of.as_of)") }}
left join
    streams
    on rules.agreement_version = streams.agreement_version
    and conversions.revenue_stream = streams.revenue_stream
