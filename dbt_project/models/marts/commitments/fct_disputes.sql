with
    -- An id that stays when rows of the file move.
    disputes as (
        select
            *,
            concat_ws(
                ':',
                journey_id,
                cast(opened_date as string),
                cast(
                    nullif(
                        row_number() over (partition by journey_id, opened_date order by place), 1
                    ) as string
                )
            ) as dispute_id
        from {{ ref("int_disputes") }}
        where fault is null
    ),

    leads as (select * from {{ ref("int_delivered_leads") }}),

    given_back as (select * from {{ ref("int_given_back_leads") }})

select
    disputes.dispute_id,
    disputes.journey_id,
    disputes.person_id,
    leads.revenue_stream,
    leads.lead_type,
    leads.handed_over_date,
    disputes.opened_date,
    disputes.decided_date,
    case
        disputes.decision when 'give_back' then 'given back' when 'keep' then 'kept' else 'open'
    end as status,
    cast(leads.delivered_amount as double) as lead_value,
    given_back.given_back_date,
    given_back.agreement_version as given_back_version,
    -- The value is given back once: by one dispute, or by the rejection.
    cast(
        case
            when given_back.dispute_place = disputes.place then given_back.given_back_amount else 0
        end as double
    ) as given_back_amount
from disputes
inner join leads on disputes.journey_id = leads.journey_id
left join given_back on disputes.journey_id = given_back.journey_id
