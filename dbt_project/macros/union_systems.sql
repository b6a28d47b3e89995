{#-
    The plug: all systems' rows of one canonical entity, cast to the entity's contract.
    The contract is the columns of the calling model's YAML; a staging model that lacks one of them does not compile.
-#}
{% macro union_systems(entity) -%}
    {%- for system, entities in var('systems').items() if entity in entities %}
        select
            '{{ system }}' as system
            {%- for column in model.columns.values() if column.name != 'system' %}
                , cast({{ column.name }} as {{ column.data_type }}) as {{ column.name }}
            {%- endfor %}
        from {{ ref("stg_" ~ system ~ "__" ~ entity) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {%- else %} {{ exceptions.raise_compiler_error("no system in vars.systems emits " ~ entity) }}
    {%- endfor %}
{%- endmacro %}
