-- A system shows work from its first instant in a file of it until its last instant in any file.
with
    ends as (
        select system, entity, first_at, max(last_at) over (partition by system) as ends_at
        from {{ ref("int_source_ends") }}
    )

select entity, min(first_at) as shown_from, max(ends_at) as shown_until
from ends
group by entity
