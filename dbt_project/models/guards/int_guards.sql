-- What each guard looks for, with the share that each version of the agreement tolerates. The first version
-- covers what happened before it, the last one what came after it: a fact that no version covers is guarded
-- too.
with
    settings as (select * from {{ source("agreement", "guards") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    -- Who has explained no label yet has not forgotten one: until then these guards warn.
    explained as (
        select 'known_stage_labels' as guard, count(*) as labels
        from {{ source("reference", "stage_labels") }}
        union all
        select 'known_activity_labels' as guard, count(*) as labels
        from {{ source("reference", "activity_labels") }}
    ),

    definitions as (select * from {{ ref("known_guards") }}),

    spans as (
        select
            agreement_version,
            case
                when row_number() over (order by valid_from) = 1
                then timestamp '0001-01-01 00:00:00'
                else valid_from
            end as guarded_from,
            coalesce(
                lead(valid_from) over (order by valid_from), timestamp '9999-12-31 00:00:00'
            ) as guarded_to
        from versions
    )

select
    settings.guard,
    settings.agreement_version,
    definitions.clause,
    definitions.definition,
    settings.at_most_rate,
    settings.is_blocking and coalesce(explained.labels > 0, true) as is_blocking,
    spans.guarded_from,
    spans.guarded_to
from settings
inner join spans on settings.agreement_version = spans.agreement_version
left join definitions on settings.guard = definitions.guard
left join explained on settings.guard = explained.guard
