with
    guards as (select * from {{ ref("int_guards") }}),

    guarded as (select * from {{ ref("int_guarded_rows") }}),

    counted as (
        select
            guards.guard,
            guards.definition,
            guards.clause,
            guards.agreement_version,
            guards.at_most_rate,
            guards.is_blocking,
            cast(coalesce(sum(guarded.row_count), 0) as bigint) as evaluated_rows,
            cast(
                coalesce(sum(case when guarded.reason is not null then guarded.row_count end), 0) as bigint
            ) as failed_rows
        from guards
        left join
            guarded on guards.guard = guarded.guard and guards.agreement_version = guarded.agreement_version
        group by
            guards.guard,
            guards.definition,
            guards.clause,
            guards.agreement_version,
            guards.at_most_rate,
            guards.is_blocking
    ),

    shared as (select *, cast(failed_rows as double) / nullif(evaluated_rows, 0) as failed_rate from counted),

    evaluated as (
        select
            *,
            case
                when evaluated_rows = 0
                then 'not_evaluated'
                when failed_rows = 0
                then 'passed'
                when failed_rate <= at_most_rate
                then 'tolerated'
                else 'failed'
            end as status
        from shared
    )

select
    guard,
    definition,
    clause,
    agreement_version,
    evaluated_rows,
    failed_rows,
    failed_rate,
    at_most_rate,
    is_blocking,
    status,
    row_number() over (
        order by
            case status when 'failed' then 1 when 'tolerated' then 2 when 'passed' then 3 else 4 end,
            case when is_blocking then 1 else 2 end,
            failed_rate desc nulls last,
            guard,
            agreement_version
    ) as attention_place
from evaluated
