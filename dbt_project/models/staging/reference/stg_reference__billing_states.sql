-- What an invoice or a subscription in a state is worth to the figures, by the company's own rows,
-- else by the product's (an empty system is any); the reason why it is not money, if it is not.
with
    own as (
        select distinct system, record_type, {{ folded_word("state_label") }} as state_label, meaning
        from {{ source("reference", "billing_states") }}
    ),

    known as (
        select
            cast(null as string) as system,
            record_type,
            {{ folded_word("state_label") }} as state_label,
            meaning
        from {{ ref("known_billing_states") }}
    ),

    states as (
        select *, true as is_own
        from own
        union all
        select *, false as is_own
        from known
    )

select
    *,
    case
        meaning
        when 'not_issued'
        then 'invoice draft or void'
        when 'uncollectible'
        then 'invoice uncollectible'
        when 'refunded'
        then 'invoice refunded'
        when 'never_paid'
        then 'never paid for'
        when 'not_paying'
        then 'paused or unpaid'
    end as exclusion_reason
from states
