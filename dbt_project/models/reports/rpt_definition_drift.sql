with
    drift as (select * from {{ ref("fct_definition_drift") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    weeks as (
        select
            owner_id,
            {{ week_start("evaluated_date") }} as week_date,
            stage,
            count(*) as evaluated,
            count(*) filter (where status = 'both') as both_agree,
            count(*) filter (where status = 'label_only') as label_only,
            count(*) filter (where status = 'rule_only') as rule_only,
            count(*) filter (where is_open) as rule_only_open
        from drift
        group by all
    )

select
    weeks.owner_id,
    coalesce(owners.owner_name, weeks.owner_id, '(no owner)') as owner_name,
    weeks.week_date,
    weeks.stage,
    weeks.evaluated,
    weeks.both_agree,
    weeks.label_only,
    weeks.rule_only,
    weeks.rule_only_open,
    weeks.both_agree / cast(weeks.evaluated as double) as agreement_rate
from weeks
left join owners on weeks.owner_id = owners.owner_id
