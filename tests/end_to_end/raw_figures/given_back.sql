-- What sales rejected in June 2026 of what had counted, whenever it was handed over: its value goes
-- back.
with
    passes as (select *, lead(mql_at) over (partition by person order by mql_at) as next_mql_at from valued),

    rejected as (
        select
            passes.person, passes.mql_at, passes.stream, passes.lead_value, min(moves.moved_at) as rejected_at
        from passes
        inner join
            moves
            on passes.person = moves.person
            and moves.stage = 'Rejected by Sales'
            and moves.moved_at >= passes.mql_at
            and moves.moved_at < coalesce(passes.next_mql_at, timestamp '9999-12-31')
        group by all
    )

select *
from rejected
where milan_date(rejected_at) between date '2026-06-01' and date '2026-06-30'
