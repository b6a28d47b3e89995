{% macro hash_text(text) -%} sha256({{ text }}) {%- endmacro %}
