-- How an owner's month went in one figure, for a small picture beside the name: all clocks and cadences together.
with
    compliance as (select * from {{ ref("rpt_sla_compliance_month") }} where scope = 'owner')

select
    period_date as month_date,
    owner_id,
    min(owner_name) as owner_name,
    cast(sum(due) as bigint) as due,
    cast(sum(kept) as bigint) as kept,
    cast(sum(early + open) as bigint) as undecided,
    {{ attainment("sum(kept)", "sum(missed)") }} as attainment,
    {{ attainment_low("sum(kept)", "sum(missed)", "sum(early)", "sum(open)") }} as attainment_low,
    {{ attainment_high("sum(kept)", "sum(missed)", "sum(early)", "sum(open)") }} as attainment_high,
    bool_and(is_final) as is_final
from compliance
group by period_date, owner_id
