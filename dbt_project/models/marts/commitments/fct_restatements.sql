-- Compared by month and commitment: one that has moved into another month is gone from its own.
with
    months as (select * from {{ ref("int_closed_months") }}),

    closed as (select * from {{ ref("fct_closed_commitments") }}),

    commitments as (select * from {{ ref("fct_commitments") }}),

    premature as (select * from {{ ref("int_closed_commitments") }} where is_premature),

    -- A commitment that has not settled yet is compared once it has.
    present as (
        select commitments.*
        from commitments
        inner join months on commitments.month_date = months.month_date
        left join
            closed
            on commitments.month_date = closed.month_date
            and commitments.commitment_id = closed.commitment_id
        where closed.commitment_id is not null or commitments.has_settled
    ),

    compared as (
        select
            coalesce(closed.month_date, present.month_date) as month_date,
            coalesce(closed.commitment_id, present.commitment_id) as commitment_id,
            coalesce(closed.team, present.team) as team,
            coalesce(closed.kind, present.kind) as kind,
            coalesce(closed.commitment, present.commitment) as commitment,
            present.commitment as present_commitment,
            closed.owner_id as closed_owner_id,
            present.owner_id as present_owner_id,
            closed.status as closed_status,
            present.status as present_status,
            closed.target as closed_target,
            present.target as present_target,
            closed.actual as closed_actual,
            present.actual as present_actual,
            -- Of a clock only its status is a figure; of value and measures the target and the actual figure.
            coalesce(closed.kind, present.kind) in ('lead_value', 'measure')
            and (
                cast(closed.target as decimal(18, 4)) is distinct from cast(present.target as decimal(18, 4))
                or cast(closed.actual as decimal(18, 4))
                is distinct from cast(present.actual as decimal(18, 4))
            ) as is_other_value
        from closed
        full outer join
            present on closed.month_date = present.month_date and closed.commitment_id = present.commitment_id
    ),

    -- Of a month that an earlier version of this project closed as a whole: what was not due at its closing.
    too_early as (
        select
            premature.month_date,
            premature.commitment_id,
            premature.team,
            premature.kind,
            premature.commitment,
            commitments.commitment as present_commitment,
            premature.owner_id as closed_owner_id,
            commitments.owner_id as present_owner_id,
            premature.status as closed_status,
            commitments.status as present_status,
            premature.target as closed_target,
            commitments.target as present_target,
            premature.actual as closed_actual,
            commitments.actual as present_actual
        from premature
        inner join
            commitments
            on premature.month_date = commitments.month_date
            and premature.commitment_id = commitments.commitment_id
            and premature.status != commitments.status
    ),

    named as (
        select
            *,
            case
                when closed_status is null and commitment_id in (select commitment_id from closed)
                then 'month changed'
                when closed_status is null
                then 'arrived late'
                when present_status is null and commitment_id in (select commitment_id from commitments)
                then 'month changed'
                -- The month keeps its figure, under an id that leads to nobody.
                when present_status is null and commitment_id like 'forgotten:%'
                then 'forgotten'
                when present_status is null
                then 'gone'
                when is_other_value
                then 'value changed'
                when closed_status != present_status
                then 'status changed'
                when commitment != present_commitment
                then 'tier changed'
                when closed_owner_id is distinct from present_owner_id
                then 'owner changed'
            end as reason
        from compared
    )

    {% set columns %}
    month_date,
    commitment_id,
    team,
    kind,
    commitment,
    present_commitment,
    closed_owner_id,
    present_owner_id,
    closed_status,
    present_status,
    closed_target,
    present_target,
    closed_actual,
    present_actual
    {% endset -%}

select {{ columns }}, reason
from named
where reason is not null
union all
select {{ columns }}, 'closed before it was due' as reason
from too_early
