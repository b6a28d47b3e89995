-- What takes a lead's value back: the rejection, if it is agreed, and the decision of a dispute.
with
    leads as (select * from {{ ref("int_delivered_leads") }} where is_counted),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    lead_types as (select * from {{ ref("stg_agreement__lead_types") }}),

    exits as (select * from {{ ref("int_stage_exits") }}),

    disputes as (select * from {{ ref("int_disputes") }} where fault is null and decision = 'give_back'),

    rejections as (
        select leads.journey_id, exits.entered_at as returned_at, exits.reason_class
        from leads
        inner join
            exits
            on leads.journey_id = exits.journey_id
            and exits.stage = 'rejected'
            and exits.entered_at >= leads.handed_over_at
        qualify
            row_number() over (
                partition by leads.journey_id order by exits.entered_at, exits.stage_transition_id
            )
            = 1
    ),

    returns as (
        select
            journey_id,
            returned_at,
            {{ local_date("returned_at") }} as returned_date,
            reason_class,
            cast(null as string) as dispute_place
        from rejections
        union all
        select
            journey_id,
            {{ start_of_date("decided_date") }} as returned_at,
            decided_date as returned_date,
            cast(null as string) as reason_class,
            place as dispute_place
        from disputes
    )

-- By the version in force then, where that one still has a commitment to such leads; once, by the first.
select
    leads.journey_id,
    leads.revenue_stream,
    leads.lead_type,
    versions.agreement_version,
    returns.returned_date as given_back_date,
    leads.delivered_amount as given_back_amount,
    leads.has_evidence,
    returns.dispute_place
from returns
inner join leads on returns.journey_id = leads.journey_id
inner join versions on {{ in_force_at("versions", "returns.returned_at") }}
inner join
    lead_types
    on versions.agreement_version = lead_types.agreement_version
    and leads.revenue_stream = lead_types.revenue_stream
    and leads.lead_type = lead_types.lead_type
where
    returns.dispute_place is not null
    or (
        versions.is_value_given_back
        and (
            versions.given_back_reason_class is null
            or returns.reason_class = versions.given_back_reason_class
        )
    )
qualify
    row_number() over (
        partition by leads.journey_id order by returns.returned_date, returns.dispute_place nulls first
    )
    = 1
