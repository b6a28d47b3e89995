with
    restatements as (select * from {{ ref("fct_restatements") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    -- The former owner of the commitment loses it, the present one gets it.
    sides as (
        select
            month_date,
            team,
            kind,
            commitment,
            reason,
            commitment_id,
            closed_owner_id as owner_id,
            -1 as sign,
            closed_status as status,
            closed_target as target,
            closed_actual as actual
        from restatements
        where closed_status is not null
        union all
        select
            month_date,
            team,
            kind,
            present_commitment as commitment,
            reason,
            commitment_id,
            present_owner_id as owner_id,
            1 as sign,
            present_status as status,
            present_target as target,
            present_actual as actual
        from restatements
        where present_status is not null
    ),

    -- Added up as decimals: a sum of binary fractions depends on the order of the rows.
    valued as (
        select
            *,
            case when kind = 'lead_value' then cast(target as decimal(18, 4)) end as amount_target,
            case when kind = 'lead_value' then cast(actual as decimal(18, 4)) end as amount_actual
        from sides
    ),

    counted as (
        select
            month_date,
            team,
            commitment,
            min(kind) as kind,
            owner_id,
            reason,
            count(distinct commitment_id) as commitments,
            {% for status in ["kept", "missed", "excused"] -%}
                coalesce(sum(sign) filter (where status = '{{ status }}'), 0) as {{ status }}_change,
            {% endfor -%}
            sum(amount_target) filter (where sign = -1) as closed_target_amount,
            sum(amount_actual) filter (where sign = -1) as closed_actual_amount,
            sum(amount_target) filter (where sign = 1) as present_target_amount,
            sum(amount_actual) filter (where sign = 1) as present_actual_amount
        from valued
        group by month_date, team, commitment, owner_id, reason
    )

select
    counted.month_date,
    counted.team,
    counted.commitment,
    counted.owner_id,
    case
        when owners.owner_id is not null
        then owners.owner_name
        when counted.kind != 'lead_value'
        then '(no owner)'
        else '(team)'
    end as owner_name,
    counted.reason,
    counted.commitments,
    cast(counted.kept_change as bigint) as kept_change,
    cast(counted.missed_change as bigint) as missed_change,
    cast(counted.excused_change as bigint) as excused_change,
    cast(counted.closed_target_amount as double) as closed_target_amount,
    cast(counted.present_target_amount as double) as present_target_amount,
    cast(counted.closed_actual_amount as double) as closed_actual_amount,
    cast(counted.present_actual_amount as double) as present_actual_amount,
    case
        when counted.kind = 'lead_value'
        then
            cast(
                coalesce(counted.present_actual_amount, 0)
                - coalesce(counted.closed_actual_amount, 0) as double
            )
    end as actual_change_amount
from counted
left join owners on counted.owner_id = owners.owner_id
