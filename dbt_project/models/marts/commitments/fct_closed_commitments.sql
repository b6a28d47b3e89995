{%- set columns = closing_columns() -%}

-- A closed month keeps each commitment from the day on which it settles, not all of them at its end: what was
-- open at the closing is evaluated when it is due. What settled before the last closing and came later is
-- late.
with
    ledger as (select * from {{ ref("int_closed_commitments") }}),

    kept as (select * from ledger where not is_premature),

    months as (select * from {{ ref("int_closed_months") }}),

    last_kept as (
        select max(kept_at) as kept_at
        from
            (
                select kept_at
                from ledger
                union all
                select closed_at
                from months
                where is_kept
            ) as closings
    ),

    build as (select * from {{ ref("dim_build") }}),

    commitments as (select * from {{ ref("fct_commitments") }}),

    settling as (
        select commitments.*, build.as_of as kept_at
        from commitments
        cross join build
        cross join last_kept
        inner join months on commitments.month_date = months.month_date
        left join
            kept
            on commitments.month_date = kept.month_date
            and commitments.commitment_id = kept.commitment_id
        left join
            ledger as premature
            on premature.is_premature
            and commitments.month_date = premature.month_date
            and commitments.commitment_id = premature.commitment_id
        where
            commitments.has_settled
            and kept.commitment_id is null
            and (
                not months.is_kept
                or commitments.settles_at > last_kept.kept_at
                or commitments.due_at >= last_kept.kept_at
                -- A measure is decided when its last case is, long after it was due: until then it was open.
                or commitments.kind = 'measure'
                or premature.commitment_id is not null
            )
    )

select {{ columns | replace("owner_id", "present_owner_id as owner_id") }}, kept_at
from kept
union all
select {{ columns }}, kept_at
from settling
