-- Identity resolution. Every record that a fact can name, the person it belongs to, and the strongest rule
-- that ties it.
with
    persons as (select * from {{ ref("int_record_persons") }}),

    visitors as (select * from {{ ref("int_visitor_links") }} where ambiguity is null),

    candidates as (select * from {{ ref("int_link_candidates") }} where ambiguity is null),

    rules as (select * from {{ ref("link_rules") }}),

    excluded as (select * from {{ ref("int_excluded_persons") }}),

    ties as (
        select record_id, rule
        from candidates
        union all
        select other_record_id as record_id, rule
        from candidates
    ),

    strongest as (
        select ties.record_id, min_by(rules.rule, rules.rule_rank) as rule
        from ties
        inner join rules on ties.rule = rules.rule
        group by ties.record_id
    ),

    linked as (
        select
            persons.record_id,
            persons.person_id,
            persons.is_person_record,
            persons.is_first_record,
            case when persons.is_first_record then 'own_record' else strongest.rule end as rule
        from persons
        left join strongest on persons.record_id = strongest.record_id
        union all
        select
            record_id,
            person_id,
            false as is_person_record,
            false as is_first_record,
            'normalised_email' as rule
        from visitors
    )

select
    {{ dbt.split_part("linked.record_id", "':'", 1) }} as system,
    substring(linked.record_id, position(':' in linked.record_id) + 1) as person_record_id,
    linked.person_id,
    linked.is_person_record,
    linked.is_first_record,
    rules.rule,
    cast(rules.confidence as double) as confidence,
    excluded.reason as exclusion_reason
from linked
inner join rules on linked.rule = rules.rule
left join excluded on linked.person_id = excluded.person_id
