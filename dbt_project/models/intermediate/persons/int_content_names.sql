-- A name is matched once, however often it was touched; the rules of the day then decide what it is.
with
    touchpoints as (select * from {{ ref("int_person_touchpoints") }} where content_label is not null),

    documents as (select * from {{ ref("int_documents") }} where document_label is not null),

    rules as (select * from {{ source("reference", "content") }}),

    named as (
        select system, content_label as name, {{ local_date("touched_at") }} as content_date
        from touchpoints
        union
        select system, document_label as name, {{ local_date("sent_at") }} as content_date
        from documents
    ),

    names as (select distinct system, name, {{ spaced_words("name") }} as words from named),

    matched as (
        select names.name, names.system as name_system, rules.*
        from names
        inner join
            rules
            on coalesce(rules.system, names.system) = names.system
            and {{ matches_pattern("names.words", spaced_words("rules.name_pattern")) }}
    )

select
    named.system,
    named.name,
    named.content_date,
    matched.content as content_name,
    matched.kind as content_kind,
    matched.stage as content_stage,
    matched.persona as content_persona
from named
inner join
    matched
    on named.system = matched.name_system
    and named.name = matched.name
    and {{ in_force("matched", "named.content_date") }}
qualify
    row_number() over (
        partition by named.system, named.name, named.content_date
        order by {{ most_specific_first("matched") }}
    )
    = 1
