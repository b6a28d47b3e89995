-- Names of content, asked only of a company that names its content: before its first rule every page would
-- be a question.
with
    content_rules as (select count(*) as rules from {{ source("reference", "content") }}),

    contents as (
        select system, content_label as word
        from {{ ref("fct_touchpoints") }}
        where content_label is not null and content_name is null
        union all
        select system, document_label as word
        from {{ ref("fct_documents") }}
        where document_label is not null and content_name is null
    )

select 'content' as reference_file, contents.system, min(contents.word) as word, count(*) as occurrences
from contents
cross join content_rules
where content_rules.rules > 0
group by contents.system, lower(contents.word)
