{#- The company's zone, as a scalar; every local date is made with it. -#}
{% macro company_zone() -%} {{ return(adapter.dispatch("company_zone")()) }} {%- endmacro %}

{% macro duckdb__company_zone() -%}
    (select time_zone from {{ ref("stg_agreement__company") }})
{%- endmacro %}

{#-
    A variable of the session: Spark plans a query again for each of the hundred places at which some models ask. A unit
    test has a company of its own.
-#}
{% macro spark__company_zone() -%}
    {%- set company = ref("stg_agreement__company") -%}
    {%- if model.resource_type == "unit_test" -%}(select time_zone from {{ company }})
    {%- else -%} session.company_zone
    {%- endif -%}
{%- endmacro %}

{#- What runs after the model of the company: nothing, or what sets that variable. -#}
{% macro keep_company_zone() -%} {{ return(adapter.dispatch("keep_company_zone")()) }} {%- endmacro %}

{% macro duckdb__keep_company_zone() -%} {%- endmacro %}

{% macro spark__keep_company_zone() -%}
    {{ return("set variable company_zone = (select time_zone from " ~ this ~ ")") }}
{%- endmacro %}
