{#- True when a dated row of reference data (valid_from inclusive, valid_to exclusive, empty means open) is in force on a day. -#}
{% macro in_force(alias, day) -%}
    {{ day }} >= coalesce({{ alias }}.valid_from, date '0001-01-01')
    and {{ day }} < coalesce({{ alias }}.valid_to, date '9999-12-31')
{%- endmacro %}

{#- True when a version of the agreement (valid_from inclusive, valid_to exclusive, UTC) is in force at an instant. -#}
{% macro in_force_at(alias, instant) -%}
    {{ instant }} >= {{ alias }}.valid_from and {{ instant }} < {{ alias }}.valid_to
{%- endmacro %}

{#- The version of today, that is in force at the as-of, with the columns of stg_agreement__versions; none, or one row. -#}
{% macro version_of_today() -%}
    (
        select versions.*
        from {{ ref("stg_agreement__versions") }} as versions
        cross join {{ ref("int_as_of") }} as as_of
        where {{ in_force_at("versions", "as_of.as_of") }}
    )
{%- endmacro %}

{#- The version that came into force last, or will, with the columns of dim_agreement; none, or one row. -#}
{% macro latest_version() -%}
    (
        select *
        from {{ ref("dim_agreement") }}
        where effective_from is not null
        qualify row_number() over (order by effective_from desc) = 1
    )
{%- endmacro %}

{#-
    Versions with the days or instants from which and until which they hold for what they were not made for too: the first
    also for what was before it, each until the next one.
-#}
{% macro spans_of_versions(versions, starts, first, last) -%}
    select
        agreement_version,
        case
            when lag({{ starts }}) over (order by {{ starts }}) is null then {{ first }} else {{ starts }}
        end as valid_from,
        coalesce(lead({{ starts }}) over (order by {{ starts }}), {{ last }}) as valid_to
    from {{ versions }}
{%- endmacro %}
