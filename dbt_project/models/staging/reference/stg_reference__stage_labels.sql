-- The company's own rows, and the product's for what a system calls so in every company. Of a system that the
-- company explains itself, only those are added that always hold (won and lost, what is not a stage, what
-- staging itself writes): the rest of its funnel is its own.
with
    own as (
        select distinct
            system,
            {{ folded_word(reference_word("stage_label")) }} as stage_label,
            stage,
            valid_from,
            valid_to
        from {{ source("reference", "stage_labels") }}
    ),

    known as (
        select system, {{ folded_word("stage_label") }} as stage_label, stage, is_always
        from {{ ref("known_stage_labels") }}
    ),

    -- An empty system is any.
    systems as (
        select cast(null as string) as system
        {%- for system in var("systems") %}
            union all
            select '{{ system }}'
        {%- endfor %}
    ),

    explained as (select distinct system from own),

    added as (
        select systems.system, known.stage_label, known.stage
        from systems
        inner join known on systems.system = coalesce(known.system, systems.system)
        left join explained on systems.system = explained.system
        left join own on systems.system = own.system and known.stage_label = own.stage_label
        where own.system is null and (known.is_always or explained.system is null)
    )

select *, true as is_own
from own
union all
select
    system,
    stage_label,
    stage,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    false as is_own
from added
