{#-
    A whole select: one row per record of `links`, with the least record of its connected component.
    `links` is a relation with record_id and other_record_id, in either direction. Each round, every record takes the
    least component that it, its neighbours, its component and its component's members heard of (the hooking and
    shortcutting of FastSV: Zhang, Azad, Hu 2020), so that chains and cycles settle after about log n rounds; the
    round that changes nothing is the last one. Cost: rounds x links, no pairs within a component are ever made.
-#}
{% macro connected_components(links) -%}
    {{ return(adapter.dispatch("connected_components")(links)) }}
{%- endmacro %}

{% macro duckdb__connected_components(links) -%}
    with recursive
        numbered as (
            select record_id, row_number() over (order by record_id) as number
            from
                (
                    select record_id
                    from {{ links }}
                    union
                    select other_record_id as record_id
                    from {{ links }}
                ) as records
        ),

        neighbours as (
            select left_record.number, right_record.number as neighbour
            from {{ links }} as links
            inner join numbered as left_record on links.record_id = left_record.record_id
            inner join numbered as right_record on links.other_record_id = right_record.record_id
            union
            select right_record.number, left_record.number as neighbour
            from {{ links }} as links
            inner join numbered as left_record on links.record_id = left_record.record_id
            inner join numbered as right_record on links.other_record_id = right_record.record_id
        ),

        rounds as (
            select number, least(number, min(neighbour)) as component, false as is_settled
            from neighbours
            group by number
            union all
            (
                with
                    labels as (select number, component from rounds where not is_settled),

                    heard as (
                        select neighbours.number, min(labels.component) as component
                        from neighbours
                        inner join labels on neighbours.neighbour = labels.number
                        group by neighbours.number
                    ),

                    reported as (
                        select labels.component as number, min(heard.component) as component
                        from labels
                        inner join heard on labels.number = heard.number
                        group by labels.component
                    ),

                    renewed as (
                        select
                            labels.number,
                            labels.component as former,
                            least(
                                labels.component,
                                heard.component,
                                parents.component,
                                coalesce(reported.component, labels.component)
                            ) as component
                        from labels
                        inner join heard on labels.number = heard.number
                        inner join labels as parents on labels.component = parents.number
                        left join reported on labels.number = reported.number
                    )

                select number, component, not bool_or(component != former) over () as is_settled
                from renewed
            )
        )

    select records.record_id, components.record_id as component_id
    from rounds
    inner join numbered as records on rounds.number = records.number
    inner join numbered as components on rounds.component = components.number
    where rounds.is_settled
{%- endmacro %}

{#-
    Spark's recursion takes no aggregate, so a function in Python (orchestration/lib/lake/components.py) has all links in one
    row: some ten million of them fit.
-#}
{% macro spark__connected_components(links) -%}
    select member.record_id, member.component_id
    from
        (
            select
                explode(components_of_links(collect_list(record_id), collect_list(other_record_id))) as member
            from {{ links }} as links
        ) as members
{%- endmacro %}
