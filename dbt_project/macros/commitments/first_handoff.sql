{#- The day with whose month, week and quarter promises begin, with one row, first_lead_date: the first on which
    any lead was handed over, also of a stream or type that no agreement knows, or nothing would be promised where the exports
    have neither. Where no lead was handed over at all, the first day of any record of leads or deals under an agreement: what
    was promised does not vanish where is_any_handed_over is false. -#}
{% macro first_handoff() -%}
    select
        coalesce(min(handed_over_date), min(recorded_date)) as first_lead_date,
        min(handed_over_date) is not null as is_any_handed_over
    from
        (
            select
                {{ local_date("transitions.entered_at") }} as handed_over_date,
                cast(null as date) as recorded_date
            from {{ ref("int_stage_transitions") }} as transitions
            inner join
                (
                    select distinct agreement_version, stage
                    from {{ source("agreement", "targets") }}
                    where step_number = 1
                ) as first_stages
                on transitions.agreement_version = first_stages.agreement_version
                and transitions.stage = first_stages.stage
            where not transitions.is_inferred
            union all
            select
                cast(null as date) as handed_over_date,
                greatest({{ local_date("ends.first_at") }}, agreed.effective_from) as recorded_date
            from {{ ref("int_source_ends") }} as ends
            cross join
                (
                    select min(effective_from) as effective_from from {{ ref("stg_agreement__versions") }}
                ) as agreed
            where ends.entity in ('persons', 'stage_changes', 'opportunities')
        ) as days
{%- endmacro %}
