-- What marketing promised to hand over in each month, and what the leads that came were worth (requirement
-- R4).
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    commitments as (select * from {{ ref("stg_agreement__commitments") }} where kind = 'lead_value'),

    lead_types as (select * from {{ ref("stg_agreement__lead_types") }}),

    first_stages as (select * from {{ ref("stg_agreement__targets") }} where step_number = 1),

    transitions as (select * from {{ ref("fct_stage_transitions") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    clock as (select {{ local_date("as_of") }} as as_of_date from {{ ref("int_as_of") }}),

    leads as (
        select
            versions.version,
            journeys.revenue_stream,
            journeys.lead_type,
            cast(date_trunc('month', {{ local_date("transitions.entered_at") }}) as date) as month_date,
            count(*) as leads
        from transitions
        inner join journeys on transitions.journey_id = journeys.journey_id
        inner join
            versions
            on transitions.entered_at >= versions.valid_from
            and transitions.entered_at < versions.valid_to
        inner join
            first_stages
            on versions.version = first_stages.version
            and journeys.revenue_stream = first_stages.revenue_stream
            and journeys.lead_type = first_stages.lead_type
            and transitions.stage = first_stages.stage
        group by all
    ),

    -- Months are promised from the first that brought a lead until the one of the as-of.
    span as (
        select min(leads.month_date) as first_month, min(clock.as_of_date) as as_of_date
        from leads
        cross join clock
    ),

    month_numbers as (
        select value
        from
            {{
                integer_series(
                    "0", "(select " ~ months_between("first_month", "as_of_date") ~ " from span)"
                )
            }}
    ),

    months as (
        select {{ add_months("span.first_month", "month_numbers.value") }} as month_date, span.as_of_date
        from month_numbers
        cross join span
    ),

    -- A version owes the share of the month that its days are of it.
    version_months as (
        select
            versions.version,
            months.month_date,
            months.as_of_date,
            (
                {{
                    days_apart(
                        "greatest(months.month_date, versions.effective_from)",
                        "least("
                        ~ add_months("months.month_date", "1")
                        ~ ", coalesce("
                        ~ next_day("versions.effective_to")
                        ~ ", date '9999-12-31'))",
                    )
                }}
            ) / cast(
                {{ days_apart("months.month_date", add_months("months.month_date", "1")) }} as double
            ) as month_share
        from months
        inner join
            versions
            on months.month_date >= cast(date_trunc('month', versions.effective_from) as date)
            and months.month_date <= coalesce(versions.effective_to, date '9999-12-31')
    ),

    promised as (
        select
            version_months.version,
            commitments.commitment,
            commitments.team,
            lead_types.revenue_stream,
            lead_types.lead_type,
            lead_types.lead_value,
            version_months.month_date,
            version_months.as_of_date,
            version_months.month_share
            * lead_types.quota_amount
            * lead_types.quota_share
            / case
                lead_types.quota_period when 'year' then 12 when 'quarter' then 3 else 1
            end as target_amount
        from version_months
        inner join commitments on version_months.version = commitments.version
        inner join lead_types on version_months.version = lead_types.version
    )

select
    promised.version,
    promised.commitment,
    promised.team,
    promised.revenue_stream,
    promised.lead_type,
    promised.month_date,
    promised.as_of_date,
    coalesce(leads.leads, 0) as leads,
    promised.target_amount,
    coalesce(leads.leads, 0) * promised.lead_value as delivered_amount
from promised
left join
    leads
    on promised.version = leads.version
    and promised.revenue_stream = leads.revenue_stream
    and promised.lead_type = leads.lead_type
    and promised.month_date = leads.month_date
