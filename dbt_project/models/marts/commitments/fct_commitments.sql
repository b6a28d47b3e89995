with
    clocks as (select * from {{ ref("int_contact_clock_times") }}),

    lead_values as (select * from {{ ref("int_lead_value_months") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    judged_clocks as (
        select
            clocks.*,
            case
                when clocks.contacted_before_at is not null
                then 'met'
                when clocks.contacted_at <= clocks.due_at
                then 'met'
                when clocks.excused_at <= clocks.due_at
                then 'excused'
                when as_of.as_of <= clocks.due_at
                then 'pending'
                else 'breached'
            end as status,
            case
                when clocks.contacted_before_at is not null
                then 'already in contact'
                when clocks.contacted_at <= clocks.due_at
                then 'in time'
                when clocks.excused_at <= clocks.due_at
                then clocks.excused_by
                when as_of.as_of <= clocks.due_at
                then 'not yet due'
                when clocks.contacted_at is not null
                then 'late'
                else 'no contact'
            end as status_reason
        from clocks
        cross join as_of
    ),

    judged_values as (
        select
            lead_values.*,
            lead_values.delivered_amount / nullif(lead_values.target_amount, 0) as attainment_rate,
            {{ start_of_date("lead_values.month_date") }} as started_at,
            {{ start_of_date(add_months("lead_values.month_date", "1")) }} as due_at,
            versions.tolerance_rate,
            lead_values.as_of_date >= {{ add_months("lead_values.month_date", "1") }} as is_over
        from lead_values
        inner join versions on lead_values.version = versions.version
    )

select
    judged_clocks.commitment_id,
    judged_clocks.version as agreement_version,
    judged_clocks.team,
    judged_clocks.commitment,
    cast(date_trunc('month', {{ local_date("judged_clocks.started_at") }}) as date) as month_date,
    judged_clocks.owner_id,
    judged_clocks.journey_id,
    journeys.revenue_stream,
    journeys.lead_type,
    judged_clocks.clock_type,
    judged_clocks.started_at,
    judged_clocks.due_at,
    judged_clocks.contacted_at as stopped_at,
    judged_clocks.elapsed_minutes,
    judged_clocks.elapsed_business_minutes,
    cast(judged_clocks.within_minutes as double) as target,
    case
        when judged_clocks.clock_type = 'business'
        then judged_clocks.elapsed_business_minutes
        else judged_clocks.elapsed_minutes
    end as actual,
    judged_clocks.target_rate,
    case judged_clocks.status when 'met' then 1.0 when 'breached' then 0.0 end as attainment_rate,
    judged_clocks.status,
    judged_clocks.status_reason
from judged_clocks
inner join journeys on judged_clocks.journey_id = journeys.journey_id
union all
select
    judged_values.commitment
    || ':'
    || judged_values.version
    || ':'
    || judged_values.revenue_stream
    || ':'
    || judged_values.lead_type
    || ':'
    || cast(judged_values.month_date as varchar) as commitment_id,
    judged_values.version as agreement_version,
    judged_values.team,
    judged_values.commitment,
    judged_values.month_date,
    null as owner_id,
    null as journey_id,
    judged_values.revenue_stream,
    judged_values.lead_type,
    null as clock_type,
    judged_values.started_at,
    judged_values.due_at,
    case when judged_values.is_over then judged_values.due_at end as stopped_at,
    null as elapsed_minutes,
    null as elapsed_business_minutes,
    cast(judged_values.target_amount as double) as target,
    cast(judged_values.delivered_amount as double) as actual,
    null as target_rate,
    cast(judged_values.attainment_rate as double) as attainment_rate,
    case
        when not judged_values.is_over
        then 'pending'
        when judged_values.attainment_rate < 1 - judged_values.tolerance_rate
        then 'breached'
        else 'met'
    end as status,
    case
        when not judged_values.is_over
        then 'not yet due'
        when judged_values.attainment_rate < 1 - judged_values.tolerance_rate
        then 'under'
        when judged_values.attainment_rate > 1 + judged_values.tolerance_rate
        then 'over'
        else 'on track'
    end as status_reason
from judged_values
