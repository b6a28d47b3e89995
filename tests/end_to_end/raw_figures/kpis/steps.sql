-- Of the passes that entered a stage in the quarter: how many reached the next one, of these and of those
-- that have ended.
with
    steps as (
        select 'mql_to_sql_rate' as kpi, mql_at as from_at, sql_at as to_at, has_ended
        from passes
        union all
        select 'sql_to_opportunity_rate', sql_at, opportunity_at, has_ended
        from passes
        union all
        select 'opportunity_to_won_rate', opportunity_at, customer_at, has_ended
        from passes
    )

select
    kpi,
    count(to_at) as numerator,
    count(*) filter (to_at is not null or has_ended) as denominator,
    null as value
from steps, quarter
where milan_date(from_at) >= first_day and milan_date(from_at) < next_day
group by kpi
