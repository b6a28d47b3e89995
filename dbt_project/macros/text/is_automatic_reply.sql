{#-
    Whether a mail was written by a machine in somebody's place: out of office, or not delivered. Its subject alone tells, by
    how it begins, in the six languages.
-#}
{% macro is_automatic_reply(subject) -%}
    {%- set openings = [
        "auto(mated|matic)?[ -]?(reply|response)",
        "auto:",
        "out of (the )?office",
        "ooo:",
        "undeliver(able|ed)",
        "mail delivery (failed|failure)",
        "delivery (status notification|failure)",
        "returned mail",
        "risposta automatica",
        "fuori (ufficio|sede)",
        "assen(za|te) dall.ufficio",
        "resposta autom.tica",
        "aus.ncia",
        "fora do escrit.rio",
        "respuesta autom.tica",
        "fuera de (la )?oficina",
        "no se puede entregar",
        "automatische (antwort|abwesenheit)",
        "abwesen(d|heit)",
        "unzustellbar",
        "r.ponse automatique",
        "absen(ce|te?) du bureau",
        "message d.absence",
        "non remis",
    ] -%}
    {{ matches_regex("lower(" ~ trimmed(subject) ~ ")", "'(" ~ openings | join("|") ~ ").*'") }}
{%- endmacro %}
