-- A rule applies to a subject if every one of its attributes meets any of its patterns or its range. Patterns
-- are matched to the distinct values, not to the persons and events that have them.
-- A key touch of the notifications is described as an event of engagement is.
with
    known_attributes as (select * from {{ ref("int_score_attributes") }}),

    rules as (select * from {{ source("agreement", "score_rules") }}),

    conditions as (select * from {{ source("agreement", "score_conditions") }}),

    described as (select distinct score_part, attribute from conditions),

    attributes as (
        select
            described.score_part,
            known_attributes.subject_id,
            known_attributes.attribute,
            known_attributes.attribute_value
        from known_attributes
        inner join
            described
            on known_attributes.attribute = described.attribute
            and known_attributes.score_part
            = case described.score_part when 'key_touch' then 'engagement' else described.score_part end
    ),

    attribute_values as (select distinct score_part, attribute, attribute_value from attributes),

    met as (
        select distinct
            conditions.agreement_version,
            conditions.score_part,
            conditions.rule,
            conditions.attribute,
            attribute_values.attribute_value
        from conditions
        inner join
            attribute_values
            on conditions.score_part = attribute_values.score_part
            and conditions.attribute = attribute_values.attribute
        where
            case
                when conditions.pattern is not null
                then attribute_values.attribute_value like conditions.pattern escape '!'
                else
                    {{ cast_or_null("attribute_values.attribute_value", "double") }}
                    between coalesce(conditions.from_number, -1e300) and coalesce(conditions.to_number, 1e300)
            end
    )

select
    met.agreement_version,
    met.score_part,
    met.rule,
    attributes.subject_id,
    cast(rules.points as decimal(18, 4)) as points,
    cast(rules.at_most as decimal(18, 4)) as at_most
from met
inner join
    attributes
    on met.score_part = attributes.score_part
    and met.attribute = attributes.attribute
    and met.attribute_value = attributes.attribute_value
inner join
    rules
    on met.agreement_version = rules.agreement_version
    and met.score_part = rules.score_part
    and met.rule = rules.rule
group by
    met.agreement_version,
    met.score_part,
    met.rule,
    attributes.subject_id,
    rules.points,
    rules.at_most,
    rules.conditions
having count(*) = rules.conditions
