-- Asked only of a company that has begun the file: before its first row every page and reason would be a
-- question.
with
    content_rules as (select count(*) as rules from {{ source("reference", "content") }}),

    reason_rules as (select count(*) as rules from {{ source("reference", "reasons") }}),

    territory_rules as (select count(*) as rules from {{ source("reference", "territories") }}),

    places as (
        select system, country from {{ ref("dim_account") }} where country is not null and territory is null
    ),

    contents as (
        select system, content_label as word
        from {{ ref("fct_touchpoints") }}
        where content_label is not null and content_name is null
        union all
        select system, document_label as word
        from {{ ref("fct_documents") }}
        where document_label is not null and content_name is null
    ),

    reasons as (select system, reason_label from {{ ref("fct_reasons") }} where motive = 'unclassified')

select 'content' as reference_file, contents.system, min(contents.word) as word, count(*) as occurrences
from contents
cross join content_rules
where content_rules.rules > 0
group by contents.system, lower(contents.word)
union all
select 'reasons' as reference_file, reasons.system, min(reasons.reason_label) as word, count(*) as occurrences
from reasons
cross join reason_rules
where reason_rules.rules > 0
group by reasons.system, {{ folded_word("reasons.reason_label") }}
union all
select 'territories' as reference_file, places.system, min(places.country) as word, count(*) as occurrences
from places
cross join territory_rules
where territory_rules.rules > 0
group by places.system, lower(places.country)
