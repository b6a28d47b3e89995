{#- The axes of the closed loop; each journey, and each deal without one, is on every axis once. -#}
{% macro closed_loop_axes() -%}
    {{
        return(
            [
                "all",
                "channel",
                "source",
                "campaign",
                "content",
                "persona",
                "account_size",
                "lead_type",
                "revenue_stream",
            ]
        )
    }}
{%- endmacro %}
