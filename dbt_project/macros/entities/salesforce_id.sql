{#-
    The record that an id of Salesforce means, in Salesforce's own files and wherever else one is written: its first 15 characters. The other three
    encode which of them are capitals, so the id is restored where a tool has written all letters in one case. Zeros are not an id.
-#}
{% macro salesforce_id(id) -%}
    {%- set record = "substr(" ~ id ~ ", 1, 15)" -%}
    {%- set hint = "upper(substr(" ~ id ~ ", 16, 3))" -%}
    {#- Of A to Z and 0 to 5, counted from 0, those whose number has the bit 1, 2, 4, 8 or 16. -#}
    {%- set capitals = [
        "BDFHJLNPRTVXZ135",
        "CDGHKLOPSTWX0145",
        "EFGHMNOPUVWX2345",
        "IJKLMNOPYZ012345",
        "QRSTUVWXYZ012345",
    ] -%}
    nullif(
        case
            when
                length({{ id }}) = 18
                and lower({{ record }}) != upper({{ record }})
                and (
                    {{ record }} = lower({{ record }})
                    -- A whole id in capitals is what a tool made only if the kind of record (the first
                    -- three) is still one.
                    or (
                        {{ record }} = upper({{ record }})
                        and {{ hint }} != 'AAA'
                        and (
                            lower(substr({{ id }}, 3, 1)) = upper(substr({{ id }}, 3, 1))
                            or {{ dbt.position("substr(" ~ hint ~ ", 1, 1)", "'" ~ capitals[2] ~ "'") }} > 0
                        )
                    )
                )
            then
                {%- for letters in capitals * 3 %}
                    {%- set place = loop.index0 %}
                    case
                        when
                            {{
                                dbt.position(
                                    "substr(" ~ hint ~ ", " ~ (place // 5 + 1) ~ ", 1)",
                                    "'" ~ letters ~ "'",
                                )
                            }} > 0
                        then upper(substr({{ id }}, {{ place + 1 }}, 1))
                        else lower(substr({{ id }}, {{ place + 1 }}, 1))
                    end
                    {%- if not loop.last %} || {%- endif %}
                {%- endfor %}
            else {{ record }}
        end,
        '000000000000000'
    )
{%- endmacro %}
