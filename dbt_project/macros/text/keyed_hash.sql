{#-
    A hash that only who has the warehouse's key can make again (raw.company__privacy). For whatever an e-mail is in and
    may be published: of a hash without a key, an address can be guessed.
-#}
{% macro keyed_hash(text) -%}
    {{ hash_text("(select email_key from " ~ source("company", "privacy") ~ ") || ':' || " ~ text) }}
{%- endmacro %}
