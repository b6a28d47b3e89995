-- How an owner's month went in one figure, for a small chart next to the name: all clocks and cadences
-- together.
with
    commitments as (
        select *
        from {{ ref("fct_reported_commitments") }}
        where kind in ('clock', 'cadence') and owner_id is not null
    ),

    build as (select * from {{ ref("dim_build") }}),

    counted as (
        select month_date, owner_id, {{ count_by_status() }} from commitments group by month_date, owner_id
    )

select
    counted.month_date,
    counted.owner_id,
    counted.kept + counted.missed as due,
    counted.kept,
    counted.early + counted.open + counted.not_evaluated as undecided,
    {{ attainment("counted.kept", "counted.missed") }} as attainment,
    counted.early + counted.open + counted.not_evaluated = 0
    and {{ add_months("counted.month_date", 1) }} <= build.as_of_date as is_final
from counted
cross join build
