with
    compliance as (select * from {{ ref("rpt_team_compliance") }} where has_ended),

    commitments as (
        select commitment, max_by(commitment_name, effective_from) as commitment_name
        from {{ ref("dim_commitment") }}
        group by commitment
    ),

    -- The month before, if the promise was agreed in it.
    compared as (
        select
            month.*,
            previous.kept as previous_kept,
            previous.due as previous_due,
            coalesce(previous.cases, previous.due) as previous_cases,
            previous.attainment as previous_attainment,
            month.status <> 'running' and previous.status <> 'running' as is_known,
            month.kind in ('clock', 'cadence') and month.due > 0 and previous.due > 0 as is_counted
        from compliance as month
        left join
            compliance as previous
            on previous.period_date = {{ add_months("month.period_date", "-1") }}
            and month.team = previous.team
            and month.commitment = previous.commitment
    ),

    bounds as (
        select
            *,
            case when is_known then attainment - previous_attainment end as difference,
            {% for prefix in ["", "previous_"] %}
                {% for name, sign in [("low", "-"), ("high", "+")] %}
                    case
                        when is_known and is_counted
                        then {{ wilson_bound(prefix ~ "kept", prefix ~ "due", sign) }}
                    end as {{ prefix }}{{ name }}{{ "," if not (prefix and name == "high") }}
                {% endfor %}
            {% endfor %}
        from compared
    )

-- The difference of two shares has its 95 % interval (Newcombe 1998, method 10).
select
    bounds.period_date as month_date,
    bounds.team,
    bounds.commitment,
    coalesce(commitments.commitment_name, replace(bounds.commitment, '_', ' ')) as commitment_name,
    bounds.unit,
    bounds.target,
    bounds.status,
    bounds.is_final,
    coalesce(bounds.cases, bounds.due) as cases,
    bounds.attainment,
    bounds.previous_cases,
    bounds.previous_attainment,
    {{ rounded("difference", 9) }} as difference,
    {{
        rounded(
            "difference - sqrt(power(attainment - low, 2) + power(previous_high - previous_attainment, 2))",
            4,
        )
    }} as difference_low,
    {{
        rounded(
            "difference + sqrt(power(high - attainment, 2) + power(previous_attainment - previous_low, 2))",
            4,
        )
    }} as difference_high
from bounds
left join commitments on bounds.commitment = commitments.commitment
