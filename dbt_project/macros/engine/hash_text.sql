{#- A text as 64 hexadecimal digits of SHA-256; the same text is the same hash in every build. -#}
{% macro hash_text(text) -%} {{ return(adapter.dispatch("hash_text")(text)) }} {%- endmacro %}

{% macro duckdb__hash_text(text) -%} sha256({{ text }}) {%- endmacro %}

{% macro spark__hash_text(text) -%} sha2({{ text }}, 256) {%- endmacro %}
