{#- A hash of a text (SHA-256, 64 hexadecimal digits). -#}
{% macro hash_text(text) -%} sha256({{ text }}) {%- endmacro %}
