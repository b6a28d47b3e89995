{#-
    A hash that can be recomputed only with the warehouse's key (raw.company__privacy). For every column that contains an e-mail and
    may be published: of a hash without a key, an address can be guessed.
-#}
{% macro keyed_hash(text) -%}
    {{ hash_text("(select email_key from " ~ source("company", "privacy") ~ ") || ':' || " ~ text) }}
{%- endmacro %}
