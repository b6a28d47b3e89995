{#- The entries of a map whose keys are in a list; an empty map or none stays so. -#}
{% macro entries_of(map, keys) -%} {{ return(adapter.dispatch("entries_of")(map, keys)) }} {%- endmacro %}

{% macro duckdb__entries_of(map, keys) -%}
    map_from_entries(
        list_filter(map_entries({{ map }}), lambda entry:entry.key in ({{ text_literals(keys) }}))
    )
{%- endmacro %}

{% macro spark__entries_of(map, keys) -%}
    map_filter({{ map }}, (key, value) -> key in ({{ text_literals(keys) }}))
{%- endmacro %}

{#- Texts as literals with commas between them. -#}
{% macro text_literals(texts) -%}
    {%- for text in texts -%} '{{ dbt.escape_single_quotes(text) }}'{{ ", " if not loop.last }} {%- endfor -%}
{%- endmacro %}

{#- One map of the entries of several maps that have no key in common; null where all are null. -#}
{% macro union_of_maps(maps) -%} {{ return(adapter.dispatch("union_of_maps")(maps)) }} {%- endmacro %}

{% macro duckdb__union_of_maps(maps) -%}
    {%- if maps | length == 1 -%} {{ maps[0] }} {%- else -%} map_concat({{ maps | join(", ") }}) {%- endif -%}
{%- endmacro %}

{#- Spark's is null where one of them is. -#}
{% macro spark__union_of_maps(maps) -%}
    {%- if maps | length == 1 -%} {{ maps[0] }}
    {%- else -%}
        case
            when coalesce({{ maps | join(", ") }}) is not null
            then
                map_concat(
                    {%- for map in maps %}
                        coalesce(
                            {{ map }}, map_filter(coalesce({{ maps | join(", ") }}), (key, value) -> false)
                        )
                        {{- "," if not loop.last }}
                    {%- endfor %}
                )
        end
    {%- endif -%}
{%- endmacro %}

{#- A map of wall-clock times of a zone as times in UTC, and back. -#}
{% macro entries_in_utc(map, zone) -%}
    {{ return(adapter.dispatch("entries_in_utc")(map, zone)) }}
{%- endmacro %}

{% macro duckdb__entries_in_utc(map, zone) -%}
    map_from_entries(
        list_transform(
            map_entries({{ map }}),
            lambda entry:struct_pack(k := entry.key, v := {{ local_to_utc("entry.value", zone) }})
        )
    )
{%- endmacro %}

{% macro spark__entries_in_utc(map, zone) -%}
    transform_values({{ map }}, (key, value) -> {{ local_to_utc("value", zone) }})
{%- endmacro %}

{% macro entries_in_zone(map, zone) -%}
    {{ return(adapter.dispatch("entries_in_zone")(map, zone)) }}
{%- endmacro %}

{% macro duckdb__entries_in_zone(map, zone) -%}
    map_from_entries(
        list_transform(
            map_entries({{ map }}),
            lambda entry:struct_pack(k := entry.key, v := {{ utc_to_local("entry.value", zone) }})
        )
    )
{%- endmacro %}

{% macro spark__entries_in_zone(map, zone) -%}
    transform_values({{ map }}, (key, value) -> {{ utc_to_local("value", zone) }})
{%- endmacro %}
