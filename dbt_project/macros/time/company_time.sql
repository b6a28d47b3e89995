{#- The same for reports, which read marts only. A zone from a join would be looked up for each row: four times as dear. -#}
{% macro build_zone() -%} (select time_zone from {{ ref("dim_build") }}) {%- endmacro %}

{#- The company's local date of a UTC timestamp. -#}
{% macro local_date(utc_timestamp) -%}
    cast({{ utc_to_local(utc_timestamp, company_zone()) }} as date)
{%- endmacro %}

{#- The company's local midnight at which a date begins, in UTC. -#}
{% macro start_of_date(local_day) -%}
    {{ local_to_utc("cast(" ~ local_day ~ " as timestamp)", company_zone()) }}
{%- endmacro %}

{#- True for what had happened by the instant for which everything is computed. -#}
{% macro until_as_of(utc_timestamp) -%}
    {{ utc_timestamp }} <= (select as_of from {{ ref("int_as_of") }})
{%- endmacro %}
