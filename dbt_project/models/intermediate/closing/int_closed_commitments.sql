with
    commitments as (select * from {{ ref("stg_closing__commitments") }}),

    months as (select * from {{ ref("int_closed_months") }} where is_kept)

select commitments.*, months.closed_at
from commitments
inner join months on commitments.month_date = months.month_date
