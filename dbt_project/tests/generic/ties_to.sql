{#-
    A total of the relation equals a total of another table (with the arguments of `untied_total`), where `holds` cannot
    have the tie: what it reads is not upstream of the relation.
-#}
{% test ties_to(model) %} {{ untied_total(model, **kwargs) }} {% endtest %}
