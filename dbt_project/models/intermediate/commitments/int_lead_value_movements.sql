-- Value that is given back is taken off on the day of the rejection or decision, and not where it had been
-- counted.
with
    delivered as (select * from {{ ref("int_delivered_leads") }}),

    given_back as (select * from {{ ref("int_given_back_leads") }}),

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
            case when has_evidence then delivered_amount else 0 end as with_evidence_amount,
            0 as disputed_amount
        from delivered
        union all
        select
            agreement_version,
            revenue_stream,
            lead_type,
            given_back_date as movement_date,
            0 as leads,
            0 as leads_not_counted,
            1 as leads_given_back,
            - given_back_amount as delivered_amount,
            case when has_evidence then - given_back_amount else 0 end as with_evidence_amount,
            case when dispute_place is not null then given_back_amount else 0 end as disputed_amount
        from given_back
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
    sum(with_evidence_amount) as with_evidence_amount,
    sum(disputed_amount) as disputed_amount
from movements
group by agreement_version, revenue_stream, lead_type, movement_date
