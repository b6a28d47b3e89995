{#- The rows of a model by opportunity (system, opportunity_record_id), without those of opportunities that nothing counts at
    the as-of. A row without an opportunity stays. -#}
{% macro without_excluded_opportunities(model) -%}
    select counted.*
    from {{ ref(model) }} as counted
    left join
        {{ ref("int_excluded_opportunities") }} as excluded
        on counted.system = excluded.system
        and counted.opportunity_record_id = excluded.opportunity_record_id
    where excluded.reason is null
{%- endmacro %}
