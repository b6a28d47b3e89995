-- Whether each month of lead value was kept: within the tolerance it is on track, both ways (requirement R7).
-- A month without an agreed quota promises nothing: it is excused, whatever came in it.
-- A month that the files with leads do not reach is not under: what came in it is not known. Nor is any month
-- where no lead was handed over at all: marketing delivered none, or nobody recorded when.
with
    days as (select * from {{ ref("int_lead_value_days") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    ends as (select * from {{ ref("int_source_ends") }}),

    -- A system shows leads until its last instant in any file, since one that goes on proves that
    -- the others are quiet; but no month without any new lead at all.
    lead_systems as (
        select
            system,
            max(last_at) as ends_at,
            max(case when entity = 'persons' then last_at end) as last_lead_at
        from ends
        group by system
        having
            max(case when entity = 'persons' then 1 else 0 end)
            + max(case when entity = 'stage_changes' then 1 else 0 end)
            = 2
    ),

    last_handoff as (select max(handed_over_at) as last_at from {{ ref("int_delivered_leads") }}),

    known as (
        select
            max(lead_systems.ends_at) as ends_at,
            greatest(max(lead_systems.last_lead_at), max(last_handoff.last_at)) as last_lead_at
        from lead_systems
        cross join last_handoff
    ),

    first_lead as ({{ first_handoff() }}),

    -- A month in the state of its last day; a version that ends within it has the target of its own days.
    lead_values as (
        select
            agreement_version,
            commitment,
            team,
            revenue_stream,
            lead_type,
            month_date,
            max(as_of_date) as as_of_date,
            max(target_to_date_amount) as target_amount,
            cast(sum(delivered_amount) as double) as delivered_amount
        from days
        group by agreement_version, commitment, team, revenue_stream, lead_type, month_date
    ),

    measured as (
        select
            lead_values.*,
            lead_values.delivered_amount / nullif(lead_values.target_amount, 0) as attainment_rate,
            {{ start_of_date("lead_values.month_date") }} as started_at,
            {{ start_of_date(add_months("lead_values.month_date", "1")) }} as due_at,
            versions.tolerance_rate,
            first_lead.is_any_handed_over,
            lead_values.as_of_date >= {{ add_months("lead_values.month_date", "1") }} as is_over,
            coalesce(
                (
                    {{ local_date("known.last_lead_at") }} < lead_values.month_date
                    and lead_values.as_of_date >= {{ add_months("lead_values.month_date", "1") }}
                )
                or {{
                    days_apart(
                        local_date("known.ends_at"),
                        "least(" ~ add_months("lead_values.month_date", "1") ~ ", lead_values.as_of_date)",
                    )
                }} > versions.behind_after_days,
                false
            ) as is_unknown
        from lead_values
        cross join known
        cross join first_lead
        inner join versions on lead_values.agreement_version = versions.agreement_version
    ),

    evaluated as (
        select
            *,
            case
                when target_amount is null
                then 'no quota agreed'
                when
                    (not is_any_handed_over or is_unknown)
                    and delivered_amount < target_amount * (1 - tolerance_rate)
                then 'not known yet'
                when not is_over
                then 'not yet due'
                else {{ tolerance_status("delivered_amount", "target_amount", "tolerance_rate") }}
            end as status_reason
        from measured
    )

select
    commitment
    || ':'
    || agreement_version
    || ':'
    || revenue_stream
    || ':'
    || lead_type
    || ':'
    || cast(month_date as string) as commitment_id,
    agreement_version,
    team,
    'lead_value' as kind,
    commitment,
    cast(null as string) as owner_id,
    cast(null as string) as journey_id,
    revenue_stream,
    lead_type,
    cast(null as string) as clock_type,
    started_at,
    due_at,
    case when is_over then due_at end as stopped_at,
    cast(null as double) as elapsed_minutes,
    cast(null as double) as elapsed_business_minutes,
    cast(target_amount as double) as target,
    cast(delivered_amount as double) as actual,
    cast(null as double) as target_rate,
    cast(attainment_rate as double) as attainment_rate,
    case
        when not is_over or status_reason = 'not known yet'
        then 'open'
        when status_reason = 'no quota agreed'
        then 'excused'
        when status_reason = 'under'
        then 'missed'
        else 'kept'
    end as status,
    status_reason
from evaluated
