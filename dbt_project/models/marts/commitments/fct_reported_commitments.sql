-- A closed month shows what it has kept of those that have settled, and the present state of those that have
-- not; a change that came too late for it is a restatement.
{%- set columns = closing_columns() %}

with
    closed as (select * from {{ ref("fct_closed_commitments") }}),

    months as (select * from {{ ref("int_closed_months") }}),

    commitments as (select * from {{ ref("fct_commitments") }}),

    unsettled as (
        select commitments.*
        from commitments
        left join months on commitments.month_date = months.month_date
        left join
            closed
            on commitments.month_date = closed.month_date
            and commitments.commitment_id = closed.commitment_id
        where months.month_date is null or (closed.commitment_id is null and not commitments.has_settled)
    )

select {{ columns }}, true as is_settled
from closed
union all
select {{ columns }}, false as is_settled
from unsettled
