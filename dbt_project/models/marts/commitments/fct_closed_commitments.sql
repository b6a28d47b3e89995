{%- set columns -%}
    commitment_id,
    agreement_version,
    team,
    kind,
    commitment,
    started_date,
    month_date,
    owner_id,
    revenue_stream,
    lead_type,
    clock_type,
    started_at,
    due_at,
    stopped_at,
    target,
    actual,
    target_rate,
    attainment_rate,
    status,
    status_reason
{%- endset -%}

with
    kept as (select * from {{ ref("int_closed_commitments") }}),

    commitments as (select * from {{ ref("fct_commitments") }}),

    months as (select * from {{ ref("int_closed_months") }} where not is_kept),

    -- At the closing the closed figures are the present ones.
    closing as (
        select commitments.*, months.closed_at
        from commitments
        inner join months on commitments.month_date = months.month_date
    )

select {{ columns }}, closed_at
from kept
union all
select {{ columns }}, closed_at
from closing
