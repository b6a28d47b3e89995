-- Value that is given back is taken off on the day of the rejection, and not where it had been counted.
with
    delivered as (select * from {{ ref("int_delivered_leads") }}),

    movements as (
        select
            agreement_version,
            revenue_stream,
            lead_type,
            handed_over_date as movement_date,
            case when is_counted then 1 else 0 end as leads,
            case when is_counted then 0 else 1 end as leads_not_counted,
            0 as leads_given_back,
            delivered_amount,
            case when has_evidence then delivered_amount else 0 end as with_evidence_amount
        from delivered
        union all
        select
            given_back_version as agreement_version,
            revenue_stream,
            lead_type,
            given_back_date as movement_date,
            0 as leads,
            0 as leads_not_counted,
            1 as leads_given_back,
            - delivered_amount as delivered_amount,
            case when has_evidence then - delivered_amount else 0 end as with_evidence_amount
        from delivered
        where given_back_version is not null
    )

select
    agreement_version,
    revenue_stream,
    lead_type,
    movement_date,
    sum(leads) as leads,
    sum(leads_not_counted) as leads_not_counted,
    sum(leads_given_back) as leads_given_back,
    sum(delivered_amount) as delivered_amount,
    sum(with_evidence_amount) as with_evidence_amount
from movements
group by agreement_version, revenue_stream, lead_type, movement_date
