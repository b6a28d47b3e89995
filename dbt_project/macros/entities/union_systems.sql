{#-
    The plug: all systems' rows of one canonical entity, cast to the entity's contract; no row where no system emits it.
    The contract is the columns of the calling model's YAML; a staging model that lacks one of them does not compile,
    unless the column is optional and its text does not name it: then the system does not have it.
-#}
{% macro union_systems(entity) -%}
    {%- for system, entities in var('systems').items() if entity in entities %}
        {%- set staging = (graph.nodes.values() | selectattr("name", "equalto", "stg_" ~ system ~ "__" ~ entity)
            | first) if execute %}
        select
            '{{ system }}' as system
            {%- for column in model.columns.values() if column.name != 'system' %}
                ,
                cast(
                    {{-
                        (
                            "null"
                            if column.meta.optional and column.name not in staging.raw_code
                            else column.name
                        )
                    }} as {{ column.data_type }}
                ) as {{ column.name }}
            {%- endfor %}
        from {{ ref("stg_" ~ system ~ "__" ~ entity) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {%- else %}
        select
            {%- for column in model.columns.values() %}
                cast(null as {{ column.data_type }}) as {{ column.name }}{{ "," if not loop.last }}
            {%- endfor %}
        from (select 1 as nothing) as nothing
        where nothing.nothing = 0
    {%- endfor %}
{%- endmacro %}
