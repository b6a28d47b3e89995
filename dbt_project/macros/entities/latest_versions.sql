{#- The latest version of each id in a history table of a connector; `version` is the column of its date. -#}
{% macro latest_versions(system, table, version) -%}
    select *
    from ({{ current_rows(system, table) }}) as versions
    qualify row_number() over (partition by id order by {{ version }} desc, _load_number desc, _line desc) = 1
{%- endmacro %}
