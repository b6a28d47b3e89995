-- The company's own rows, and the product's for the words that mean the same everywhere (an empty system is
-- any).
select distinct
    system,
    nullif({{ folded_word("deal_type") }}, '') as deal_type,
    nullif({{ folded_word("pipeline") }}, '') as pipeline,
    kind,
    valid_from,
    valid_to,
    true as is_own
from {{ source("reference", "deal_kinds") }}
union all
select
    cast(null as string) as system,
    nullif({{ folded_word("deal_type") }}, '') as deal_type,
    nullif({{ folded_word("pipeline") }}, '') as pipeline,
    kind,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    false as is_own
from {{ ref("known_deal_kinds") }}
