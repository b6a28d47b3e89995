{#- The first day on which any lead was handed over, with one row and the column first_lead_date: months, weeks and quarters of
    promises begin there. Also of a lead whose stream or type no agreement knows, or nothing would be promised where the
    exports have neither. -#}
{% macro first_handoff() -%}
    select min({{ local_date("transitions.entered_at") }}) as first_lead_date
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
{%- endmacro %}
