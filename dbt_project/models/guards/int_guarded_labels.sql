{%- set label -%}
    cast(null as string) as clause,
    'label' as record_type,
    system || ':' || label as record_id,
    cast(null as string) as person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at
{%- endset -%}

-- A label has no instant: what has to be corrected is the reference file of today.
with
    stage_changes as (select * from {{ ref("int_stage_changes") }}),

    activities as (select * from {{ ref("int_activities") }}),

    known_activities as (select * from {{ ref("int_known_activities") }}),

    excluded as (select * from {{ ref("fct_excluded_rows") }}),

    labels as (
        select
            'known_stage_labels' as guard,
            'stage_labels' as reference_file,
            system,
            coalesce(stage_label, '(none)') as label,
            count(*) as row_count
        from stage_changes
        group by system, coalesce(stage_label, '(none)')
        union all
        select
            'known_activity_labels' as guard,
            'activity_labels' as reference_file,
            system,
            coalesce(activity_label, '(none)') as label,
            count(*) as row_count
        from activities
        group by system, coalesce(activity_label, '(none)')
    ),

    counted as (
        select labels.*, coalesce(excluded.row_count, 0) as unknown_count
        from labels
        left join
            excluded
            on labels.system = excluded.system
            and labels.label = excluded.label
            and excluded.reason = 'label not in ' || labels.reference_file
    ),

    -- A label without an explanation counts as an attempt and is reported.
    outcomes as (
        select
            system,
            activity_label || ': ' || coalesce(outcome_label, '(none)') as label,
            is_class_known,
            count(distinct activity_id) as row_count
        from known_activities
        where activity_type in ('call', 'email', 'meeting')
        group by 1, 2, 3
    )

-- A label may be known on some days only: its rows of the other days are the broken ones.
select guard, {{ label }}, row_count - unknown_count as row_count, cast(null as string) as reason
from counted
where row_count > unknown_count
union all
select
    guard,
    {{ label }},
    unknown_count as row_count,
    'the label "' || label || '" of ' || system || ' is not in ' || reference_file as reason
from counted
where unknown_count > 0
union all
select
    'known_activity_outcomes' as guard,
    {{ label }},
    row_count,
    case
        when not is_class_known
        then
            'the outcome "'
            || label
            || '" of '
            || system
            || ' has no activity_class in activity_labels; until then it counts as an attempt'
    end as reason
from outcomes
