{%- set splits = {"owner": "owner_id", "source": "source_label", "age": "age", "outcome": "outcome"} -%}
{%- set sums -%}
    count(*) as leads,
    cast(sum(cast(lead_value as decimal(18, 4))) as double) as lead_value,
    min(handed_over_date) as first_date,
    max(age_days) as most_days,
    -- Sales has not taken it: it is open and has no answer, or one that is not yes.
    count(*) filter (where outcome = 'open' and coalesce(answer <> 'accepted', true)) as waiting_leads,
    count(*) filter (where is_given_back) as given_back_leads
{%- endset -%}

with
    leads as (select * from {{ ref("rpt_untouched_leads") }}),

    parts as (
        select 'all' as split, cast(null as string) as part, cast(null as string) as name, {{ sums }}
        from leads
        {% for split, column in splits.items() %}
            union all
            select
                '{{ split }}' as split,
                {{ column }} as part,
                {{ "owner_name" if split == "owner" else column }} as name,
                {{ sums }}
            from leads
            group by {{ column }}, {{ "owner_name" if split == "owner" else column }}
        {% endfor %}
    )

-- Two owners of one name are two. Ages come in their order, the others by size, the largest first.
select
    split,
    part,
    name,
    leads,
    lead_value,
    first_date,
    most_days,
    waiting_leads,
    given_back_leads,
    row_number() over (
        partition by split
        order by case when split = 'age' then most_days else leads end desc, lead_value desc, name, part
    ) as place
from parts
