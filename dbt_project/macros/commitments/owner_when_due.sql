{#- Who had each person, from when until when, and whether any change of the person names an owner at all. -#}
{% macro recorded_assignments() -%}
    select *, max(owner_id) over (partition by person_id) is not null as is_recorded
    from {{ ref("int_owner_assignments") }}
{%- endmacro %}

{#-
    The CTEs `holders` and `owned`: the rows of `commitments` with `when_due_owner_id`, who had the person at `held_at`. A later owner has
    neither kept nor missed it. Whom no change of owner names had the present owner all the time; before the first change of the others
    nobody knows. While `held_at` is null it is `otherwise`.
-#}
{% macro owner_when_due(commitments, held_at, otherwise) -%}
    holders as ({{ recorded_assignments() }}),

    ended as (select *, case status {{ held_at }} end as held_at from {{ commitments }}),

    owned as (
        select
            ended.*,
            case
                when ended.held_at is null
                then ended.{{ otherwise }}
                when holders.is_recorded
                then holders.owner_id
                else ended.journey_owner_id
            end as when_due_owner_id
        from ended
        left join
            holders
            on ended.person_id = holders.person_id
            and ended.held_at >= holders.owned_from
            and ended.held_at < holders.owned_until
    )
{%- endmacro %}
